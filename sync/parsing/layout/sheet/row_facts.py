"""What the rows of a tab are by their cells alone: kept, so that an equal row is not asked again.

    row ─► digest ─► known from the last reading ─► fill, marks
                 └─► new ─────────────────────────► looked at, then kept

A *fill* says of each cell of a row whether it is empty, stands for an empty one, or holds
something. A *mark* says that a question was answered for a row as it is for nearly all: that no
table ends there, that it is a record. Answers are kept under a stamp of all that the question looks
at besides the cells of the row, so what is kept can be missing but never wrong (ADR 0461).

The digests of its rows and of all else that a grid tells are that of the tab: equal ones are read
alike, so a workbook of equal tabs is as it was (ADR 0442).
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from sync.contents.parsed_rows import KnownTab, TabRecord
from sync.contents.row_buffer import Row, bytes_of_row
from sync.contents.workbook import CellFormats, Grid, Remark
from sync.parsing.cells.text import clean_cells
from sync.parsing.profiles.column_profile import fill_of

_SIZE = 16
"""Bytes of a digest, as of a row key: two rows or tabs never share 128 bits by chance."""
_MOST_STAMPS = 7
"""Questions whose answers are kept for one tab, a bit each: two for each table on it."""
_CLEAN = 1 << _MOST_STAMPS
"""The bit of a row whose cells stand in the tab as they are with nothing left to clean."""


class RowMarks:
    """The answers to one question about the rows of a tab, counted from 1."""

    __slots__ = ("_before", "_new", "_now", "_old")

    def __init__(self, before: bytearray, now: bytearray, *, old: int, new: int) -> None:
        self._before, self._now, self._old, self._new = before, now, old, new

    def has(self, row: int) -> bool:
        """Return whether a row is known to be like nearly all; it is remembered then."""
        if not self._before[row - 1] & self._old:
            return False
        self._now[row - 1] |= self._new
        return True

    def put(self, row: int) -> None:
        """Remember that a row is like nearly all."""
        self._now[row - 1] |= self._new


class RowFacts:
    """The fills and marks of the rows of one tab; `known` are those of the last reading.

    `size` are the bytes of the row taken last, more than its letters.
    """

    def __init__(self, known: KnownTab) -> None:
        self.fills: list[bytes] = []
        self.size = 0
        self._known = known
        self._digests = bytearray()
        self._before, self._now = bytearray(), bytearray()
        self._stamps: list[bytes] = []
        self._shared: dict[bytes, bytes] = {}

    def take(self, row: Row) -> tuple[Row, bytes]:
        """Take the next row of a tab as it stands there; return it with clean cells, and its
        digest.
        """
        digest = self._digest(row)
        found = self._known.rows.get(digest)
        clean = found is not None and found & _CLEAN
        if not clean:
            cleaned = clean_cells(row)
            clean = _CLEAN if cleaned == row else 0
            if not clean:
                return cleaned, self.add(cleaned)
        return row, self._add(row, digest, found, clean=clean)

    def add(self, row: Row) -> bytes:
        """Take the next row of the tab with clean cells; return its digest."""
        digest = self._digest(row)
        return self._add(row, digest, self._known.rows.get(digest), clean=0)

    def _digest(self, row: Row) -> bytes:
        content = bytes_of_row(row)
        self.size = len(content)
        return blake2b(content, digest_size=_SIZE).digest()

    def _add(self, row: Row, digest: bytes, found: int | None, *, clean: int) -> bytes:
        fill, marks = (fill_of(row), 0) if found is None else self._known.told(found)
        self._digests += digest
        self.fills.append(self._shared.setdefault(fill, fill))  # one object for rows alike
        self._before.append(marks)
        self._now.append(clean)
        return digest

    def marks(self, *asked: object) -> RowMarks:
        """Return the answers to a question, which is all that it looks at but a row's cells."""
        stamp = blake2b(repr(asked).encode("utf-8", "backslashreplace"), digest_size=_SIZE).digest()
        stamps = self._known.stamps
        old = 1 << stamps.index(stamp) if stamp in stamps else 0
        if stamp not in self._stamps and len(self._stamps) < _MOST_STAMPS:
            self._stamps.append(stamp)
        new = 1 << self._stamps.index(stamp) if stamp in self._stamps else 0
        return RowMarks(self._before, self._now, old=old, new=new)

    def record(self) -> TabRecord:
        """Return what is kept for the next reading."""
        fills = list(self._shared)
        number = {fill: at for at, fill in enumerate(fills)}
        return TabRecord(
            self._stamps,
            fills,
            bytes(self._digests),
            [number[fill] for fill in self.fills],
            bytes(self._now),
        )


class SheetDigest:
    """Takes the digests of a tab's clean rows one by one, then all else that a grid tells."""

    def __init__(self) -> None:
        self._digest = blake2b(digest_size=_SIZE)
        self._rows = 0

    def add(self, row: bytes) -> None:
        """Take the digest of the next row."""
        self._rows += 1
        self._digest.update(row)

    def of(self, grid: Grid, formats: CellFormats, remarks: Iterable[Remark]) -> bytes:
        """Return the digest of all rows added and of this grid."""
        sparse: tuple[Mapping[tuple[int, int], object], ...] = (
            grid.links,
            grid.comments,
            grid.people,
        )
        told = (
            self._rows,
            grid.tab,
            grid.merges,
            sorted(grid.hidden_rows),
            sorted(grid.hidden_columns),
            [sorted(cells.items()) for cells in sparse],
            grid.tables,
            grid.hidden,
            grid.locale,
            grid.cell_url,
            grid.remarks,
            tuple(remarks),
        )
        self._digest.update(repr(told).encode("utf-8", "surrogatepass"))
        formats.add_to(self._digest.update)
        return self._digest.digest()


def workbook_digest(name: str, sheets: Iterable[bytes]) -> str:
    """Return the digest of a workbook by its name (with its folder) and the digests of its tabs."""
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_SIZE)
    for one in sheets:
        digest.update(one)
    return digest.hexdigest()
