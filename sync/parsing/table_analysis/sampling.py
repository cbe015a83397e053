"""Samples a tall table, so that its columns are understood before it is read part by part."""

from collections.abc import Iterator, Sequence
from itertools import compress, islice

from sync.contents.workbook import Value
from sync.parsing.columns.column_texts import build_role_table
from sync.parsing.columns.grades import Meaning
from sync.parsing.fields.note_rows import continues_row_above
from sync.parsing.profiles.column_profile import (
    EMPTY,
    FULL,
    SAMPLE,
    ColumnProfile,
    ColumnSample,
    profile_sample,
    stride,
)
from sync.parsing.tables.record_table import RecordTable

PART = 500
"""Records read at once: a few megabytes with all that is made of them."""


def is_tall(record_table: RecordTable) -> bool:
    """Return whether a table is read in parts."""
    return record_table.lines is not None and len(record_table.rows) > 2 * PART


def sample_profiles(record_table: RecordTable) -> list[ColumnProfile]:
    """Return what the columns of a tall table hold; the same as `profile` says of each."""
    fills = _fills(record_table)
    flags = [column.translate(_FLAGS) for column in fills]
    samples = _samples(record_table, flags)
    size = len(record_table.rows)
    return [
        profile_sample(
            ColumnSample(size, size - fill.count(EMPTY), sum(full), sample),
            len(column.inherited),
        )
        for fill, full, sample, column in zip(
            fills, flags, samples, record_table.columns, strict=True
        )
    ]


_FLAGS = bytes(value == FULL for value in range(256))
"""What `bytes.translate` makes of a fill: 1 for a full cell, else 0."""


def _fills(record_table: RecordTable) -> list[bytes]:
    """Return the fill of each column, a value per record, as the rows of the tab were seen."""
    fills = [record_table.fills[row - 1] for row in record_table.rows]
    whole, width = b"".join(fills), len(fills[0])
    return [whole[column.number - 1 :: width] for column in record_table.columns]


def _samples(record_table: RecordTable, full: Sequence[bytes]) -> list[list[Value]]:
    """Return every so-many-th full cell of each column, at most SAMPLE; `full` flags its
    records.
    """
    wanted: dict[int, list[int]] = {}
    for number, flags in enumerate(full):
        places = compress(range(len(flags)), flags)
        for record in islice(islice(places, 0, None, stride(sum(flags))), SAMPLE):
            wanted.setdefault(record, []).append(number)
    samples: list[list[Value]] = [[] for _ in full]
    for record in sorted(wanted):
        (line,) = record_table.lines_of([record])
        for number in wanted[record]:
            samples[number].append(line[record_table.columns[number].number - 1])
    return samples


def split_parts(
    record_table: RecordTable, meanings: Sequence[Meaning], *, joined: bool
) -> Iterator[range]:
    """Yield the parts of a table, each when it is asked for: its last rows are looked at then.

    Where records may be `joined` to the one above, none is cut from its own.
    """
    size = len(record_table.rows)
    if not is_tall(record_table):
        yield range(size)
        return
    start = 0
    while start < size:
        end = min(start + PART, size)
        while (
            joined
            and end < size
            and continues_row_above(
                build_role_table(record_table.part(range(end - 1, end + 1)), meanings)
            )
        ):
            end += 1
        yield range(start, end)
        start = end
