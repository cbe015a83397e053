"""Finds records that repeat an earlier one in every cell.

Compared by hashes, so that a tall table needs one pass and little memory.
"""

from array import array
from collections.abc import Iterable
from itertools import pairwise

from sync.contents.workbook import Value

from .record_table import RecordTable, RowContext

_LEAST_CELLS = 3
"""With fewer filled cells two records may well be the same by chance."""


def find_duplicates(
    record_table: RecordTable, passing: Iterable[tuple[Value, ...]] | None = None
) -> dict[int, int]:
    """Return the records that repeat an earlier one in every cell, with the sheet row of that.

    `passing` are the cells of all records where somebody else looks at them in the same pass.
    """
    if record_table.record_columns or (record_table.rows and record_table.rows[0] == 0):
        return {}
    hashes = array(
        "q",
        (
            hash(_key(cells, now))
            for cells, now in zip(
                record_table.cells() if passing is None else passing,
                record_table.row_contexts,
                strict=True,
            )
        ),
    )
    ordered = sorted(hashes)
    again = {one for one, other in pairwise(ordered) if one == other}
    seen: dict[object, int] = {}
    copies: dict[int, int] = {}
    for record, cells in enumerate(record_table.cells() if again else ()):
        key = _key(cells, record_table.row_contexts[record]) if hashes[record] in again else None
        if key is not None:
            first = seen.setdefault(key, record)
            if first != record:
                copies[record] = record_table.rows[first]
    return copies


def _key(cells: tuple[Value, ...], now: RowContext) -> object:
    """Return what tells a record from others, None where it says too little."""
    if len(cells) - cells.count(None) < _LEAST_CELLS:
        return None
    return (*cells, now.period.week, now.period.start) if now.period else cells
