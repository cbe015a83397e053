"""Row buffer for two-pass parsing; what is too large for memory spills to an unlinked temporary
file.

grid ─► RowBuffer.rows() ─► append … ─► read again, in any order
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import overload

import msgspec

from notes.system.spill_file import Piece, SpillFile

from .workbook import CellError, Value

Row = list[Value]
_none_for = {"": None}.get


def without_blanks(record: Sequence[str]) -> Row:
    """Return the cells of a record, None for each empty text."""
    return list(map(_none_for, record, record))


_CHUNK_CELLS = 600
"""Cells of a chunk, the unit written and read back: where one row in a hundred has changed, most
chunks hold none of them and need not be read back."""
_WHOLE = 400_000
"""Up to this weight all rows are held, and nothing is written: a log of 10,000 rows, at most some
thirty megabytes, and these while a reading begins, which is not where it needs most."""
_MOST_CELLS = 20000
"""Weight held of rows that weigh more than that: some two megabytes where texts are long."""
_LETTERS = 16
"""Letters of a text that weigh as much as a cell: 32 bytes or less, where a cell has 60 and more.
"""


class RowBuffer:
    """Where rows wait. Not for threads.

    Args: most: how many cells to hold in memory before the ones longest unused are written to the
        file; long texts weigh more. whole: up to how many all are held; once there were more, it is
        `most`. folder: where the file is made; the system's own folder for such files when not
        given.
    """

    def __init__(
        self, most: int = _MOST_CELLS, folder: Path | None = None, *, whole: int = _WHOLE
    ) -> None:
        self._most, self._limit = most, whole
        self._held: OrderedDict[RowChunk, list[Row]] = OrderedDict()
        self._stored = 0
        self._cells = 0
        self._file = SpillFile(folder)

    def rows(self, width: int, count: int | None = None) -> "BufferedRows":
        """Return an empty list of rows, for rows of about `width` cells.

        Where it is known how many there will be (`count`), too many are not even held at first.
        """
        if self._cells + width * (count or 0) > self._limit:
            self._limit = self._most
        return BufferedRows(self, width)

    def weight(self, rows: Sequence[Row]) -> int:
        """Return how many cells rows weigh as much as; letters count only while all are held."""
        cells = sum(map(len, rows))
        if self._limit == self._most:
            return cells
        letters = sum([len(value) for row in rows for value in row if type(value) is str])
        return cells + letters // _LETTERS

    def put(self, chunk: "RowChunk", rows: list[Row]) -> None:
        """Store a chunk; the least recently used one is written to the file."""
        self._held[chunk] = rows
        self._cells += chunk.cells
        if self._cells <= self._limit:
            return
        self._limit = self._most
        while self._cells > self._most and len(self._held) > 1:
            other, given = self._held.popitem(last=False)
            self._cells -= other.cells
            if other.piece is None:
                other.piece = self._file.write(_encoded(given))
                self._stored += 1

    def get(self, chunk: "RowChunk") -> list[Row]:
        """Return the rows of a chunk."""
        rows = self._held.get(chunk)
        if rows is None:
            if chunk.piece is None:
                raise ValueError("these rows were never buffered, or the buffer is closed")
            rows = self._read(chunk.piece)
            self.put(chunk, rows)
        else:
            self._held.move_to_end(chunk)
        return rows

    def give(self, chunk: "RowChunk") -> tuple[list[Row] | None, bytes]:
        """Return the rows of a chunk if they are held, and what of it stands in the file; it is
        here no longer.
        """
        held, written = self._held.pop(chunk, None), b""
        if held is not None:
            self._cells -= chunk.cells
        if chunk.piece is not None:
            written, chunk.piece = self._file.read(chunk.piece), None
            self._stored -= 1
        return held, written

    def take(self, chunk: "RowChunk", held: list[Row] | None, written: bytes) -> None:
        """Store a chunk as another buffer gives it; where that one wrote, this one writes too."""
        if written:
            self._limit = self._most
            chunk.piece = self._file.write(written)
            self._stored += 1
        if held is not None:
            self.put(chunk, held)

    def drop(self, chunks: Iterable["RowChunk"]) -> None:
        """Drop these chunks."""
        for chunk in chunks:
            if self._held.pop(chunk, None) is not None:
                self._cells -= chunk.cells
            self._stored -= chunk.piece is not None
        if not self._stored:
            self._file.clear()

    def close(self) -> None:
        """Release memory and the file."""
        self._held.clear()
        self._file.close()

    def _read(self, piece: Piece) -> list[Row]:
        return _decoded(self._file.read(piece))


class RowChunk:
    """Some rows next to each other; `cells` is their weight.

    `piece` says where they stand in the file, None where they do not.
    """

    __slots__ = ("cells", "piece")

    def __init__(self, cells: int) -> None:
        self.cells = cells
        self.piece: Piece | None = None


class BufferedRows(Sequence[Row]):
    """A list of rows to append to and to read; rows read are not to be changed."""

    def __init__(
        self,
        buffer: RowBuffer,
        width: int,
        chunks: Sequence[RowChunk] = (),
        *,
        open_: Sequence[Row] = (),
    ) -> None:
        self._buffer, self._width = buffer, width
        self._each = max(8, min(250, _CHUNK_CELLS // max(width, 1)))
        self._chunks, self._open = list(chunks), list(open_)
        self._latest: tuple[int, list[Row]] = -1, []
        self.widest = 0
        """Cells of the longest row that was ever added."""

    def append(self, row: Row) -> None:
        """Add a row at the end."""
        self.widest = max(self.widest, len(row))
        self._open.append(row)
        if len(self._open) == self._each:
            self._chunks.append(chunk := RowChunk(self._buffer.weight(self._open)))
            self._buffer.put(chunk, self._open)
            self._open = []

    def __len__(self) -> int:
        return len(self._chunks) * self._each + len(self._open)

    def __iter__(self) -> Iterator[Row]:
        for chunk in self._chunks:
            yield from self._buffer.get(chunk)
        yield from self._open

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return list(self.at(range(*at.indices(len(self)))))
        if at < 0:
            at += len(self)
        number, place = divmod(at, self._each)
        if number >= len(self._chunks):
            return self._open[place]
        if self._latest[0] != number:  # rows are mostly asked for one after the other
            self._latest = number, self._buffer.get(self._chunks[number])
        return self._latest[1][place]

    def between(self, first: int, last: int) -> Iterator[Row]:
        """Return an iterator over the rows from the one at `first` up to, not with, `last`."""
        return self.at(range(first, min(last, len(self))))

    def at(self, places: Iterable[int]) -> Iterator[Row]:
        """Yield the rows at these places, none below zero; those of a chunk cost one look."""
        each, last, open_ = self._each, len(self._chunks), -1
        rows: list[Row] = []
        for at in places:
            number, place = divmod(at, each)
            if number != open_:
                rows = self._open if number >= last else self._buffer.get(self._chunks[number])
                open_ = number
            yield rows[place]

    def moved_to(self, buffer: RowBuffer) -> "BufferedRows":
        """Return these rows as rows of another buffer, as they wait; here is none of them then."""
        for chunk in self._chunks:
            buffer.take(chunk, *self._buffer.give(chunk))
        moved = BufferedRows(buffer, self._width, self._chunks, open_=self._open)
        moved.widest = self.widest
        self._chunks = []
        self.clear()
        return moved

    def clear(self) -> None:
        """Drop all rows."""
        self._buffer.drop(self._chunks)
        self._chunks, self._open, self._latest = [], [], (-1, [])


def _coded(value: object) -> tuple[str, str]:
    """Return a cell that MessagePack has no word for, or none that tells it from a text."""
    if isinstance(value, timedelta):
        return "l", f"{value.days} {value.seconds} {value.microseconds}"
    if isinstance(value, CellError):
        return "m" if value.missing else "e", value.code
    kind = next((kind for kind, known in _KINDS if isinstance(value, known)), "")
    if not kind:
        raise TypeError(f"{type(value).__name__} is not a cell value")
    return kind, value.isoformat() if isinstance(value, date | time) else str(value)


_KINDS = (("t", datetime), ("h", time), ("i", int), ("s", str))
_CELLS: dict[str, Callable[[str], Value]] = {
    "t": datetime.fromisoformat,
    "h": time.fromisoformat,
    "l": lambda text: timedelta(*map(int, text.split())),
    "e": CellError,
    "m": lambda code: CellError(code, missing=True),
    "i": int,
    "s": str,
}
_PLAIN: frozenset[type] = frozenset({str, int, float, bool, type(None)})
_UTF8 = "utf-8", "surrogatepass"
"""How a cell is written and read by its type: a letter, then its text. Times of day before
numbers, days as instants; half surrogates of damaged files pass as they are."""


def _as_ext(value: Value) -> msgspec.msgpack.Ext:
    kind, text = _coded(value)
    return msgspec.msgpack.Ext(ord(kind), text.encode(*_UTF8))


def _from_ext(kind: int, content: memoryview) -> Value:
    return _CELLS[chr(kind)](bytes(content).decode(*_UTF8))


_day = lru_cache(maxsize=1 << 10)(date.fromordinal)
"""A day by its ordinal: a log has few days and holds each on many rows."""


def _encoded(rows: Sequence[Row]) -> bytes:
    """Return rows as MessagePack: the cells, and beside them the days, as row, place and ordinal.

    A day is no value of MessagePack, and one that is asked for each cell costs as much as a row.
    """
    days: list[int] = []
    try:
        return _encode((_packed(rows, _PLAIN, days), days))
    except (UnicodeEncodeError, OverflowError):  # half a surrogate pair, an integer beyond 64 bits
        days.clear()
        return _encode((_packed(rows, _PLAIN - {str, int}, days), days))


def _decoded(content: bytes) -> list[Row]:
    rows, days = _decode(content)
    told = iter(days)
    for row, place, ordinal in zip(told, told, told, strict=True):
        rows[row][place] = _day(ordinal)
    return rows


def bytes_of_row(row: Row) -> bytes:
    """Return a row as bytes, which differ wherever a cell or its type does.

    A row of plain cells is a list of them; any other is a list of two lists.
    """
    if _PLAIN.issuperset(map(type, row)):
        with suppress(UnicodeEncodeError, OverflowError):
            return _encode(row)
    return _encoded((row,))


def _packed(rows: Sequence[Row], plain: frozenset[type], days: list[int]) -> list[Sequence[object]]:
    """Return rows without what MessagePack has no word for; their days are added to `days`."""
    packed: list[Sequence[object]] = []
    for number, row in enumerate(rows):
        if plain.issuperset(map(type, row)):
            packed.append(row)
            continue
        told: list[object] = []
        for place, value in enumerate(row):
            if type(value) in plain:
                told.append(value)
            elif isinstance(value, date) and not isinstance(value, datetime):
                days += (number, place, value.toordinal())
                told.append(None)
            else:
                told.append(_as_ext(value))
        packed.append(told)
    return packed


_encode = msgspec.msgpack.Encoder().encode
_decode: Callable[[bytes], tuple[list[Row], list[int]]]
_decode = msgspec.msgpack.Decoder(ext_hook=_from_ext).decode
