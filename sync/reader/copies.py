"""Records that stand in a table twice, cell for cell: found by their hashes, so that a tall table is only passed."""

from array import array
from itertools import pairwise

from sync.grid import Value

from .frame import Circumstance, Frame

_LEAST_CELLS = 3
"""With fewer filled cells two records may well be the same by chance."""


def copies_of(frame: Frame) -> dict[int, int]:
    """Return the records that repeat an earlier one in every cell, with the sheet row of that."""
    if frame.record_columns or (frame.rows and frame.rows[0] == 0):
        return {}
    hashes = array("q", (hash(_key(cells, now)) for cells, now in zip(frame.cells(), frame.circumstances, strict=True)))
    ordered = sorted(hashes)
    again = {one for one, other in pairwise(ordered) if one == other}
    seen: dict[object, int] = {}
    copies: dict[int, int] = {}
    for record, cells in enumerate(frame.cells() if again else ()):
        key = _key(cells, frame.circumstances[record]) if hashes[record] in again else None
        if key is not None:
            first = seen.setdefault(key, record)
            if first != record:
                copies[record] = frame.rows[first]
    return copies


def _key(cells: tuple[Value, ...], now: Circumstance) -> object:
    """Return what tells a record from others, None where it says too little."""
    if len(cells) - cells.count(None) < _LEAST_CELLS:
        return None
    return (*cells, now.period.week, now.period.start) if now.period else cells
