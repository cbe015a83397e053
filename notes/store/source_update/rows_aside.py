"""Holds the rows of a reading aside until it is known which living note each continues.

    parsed rows, encoded ─► spilled to disk ─┐
    rows that were not parsed again ─────────┴► RowsAside ─► each with the line that it continues
    living notes ─► LivingRows

That a row says and stands as a living note does is seen by one number of either side. Of such rows,
nearly all of a log, nothing else is read or written.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple

from notes.model.notes import Entry, Link, UnchangedRows
from notes.store.note_rows.json_payload import places_json
from notes.store.note_rows.writer import PendingRow
from notes.system.spill_list import SpillList


def stand_of(digest: bytes, place: str, url: str) -> int:
    """Return the number of what a row says and where it stands, for this process."""
    return hash((digest, place, url))


class LivingPart(NamedTuple):
    """Some living notes: their lines, digests and numbers by `stand_of`."""

    lines: Sequence[int]
    digests: Sequence[bytes]
    stands: Sequence[int]


class LivingRows:
    """The living notes of a source by their lines, in order."""

    def __init__(self) -> None:
        self._lines, self._stands = array("q"), array("q")
        self._digests: list[bytes] = []
        self.line_of: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add notes, each as line, digest, place and address."""
        self._lines.extend([line for line, *_ in rows])
        self._stands.extend([hash(tuple(stand)) for _, *stand in rows])
        digests = [digest for _, digest, *_ in rows]
        self._digests += digests
        self.line_of.update(zip(digests, [line for line, *_ in rows], strict=True))

    def parts(self, size: int) -> Iterator[LivingPart]:
        """Yield the notes in order, so many at a time."""
        for first in range(0, len(self), size):
            some = slice(first, first + size)
            yield LivingPart(self._lines[some], self._digests[some], self._stands[some])


class RowsAside:
    """Rows put aside, by the order of putting."""

    def __init__(self) -> None:
        self._parsed: SpillList[tuple[int, tuple[Any, ...]]] = SpillList()
        self._taken = chain.from_iterable(self._parsed.parts())
        self._firsts: list[int] = []
        self._unchanged: list[UnchangedRows] = []
        self._stands = array("q")
        self._as_it_was = array("q")

    def put(self, row: Entry) -> bytes:
        """Put a parsed row aside; return its digest."""
        pending = PendingRow.of(Link(row, "", "new"))
        self._parsed.add(None, (len(self._stands), tuple(pending)))
        self._stands.append(stand_of(pending.digest, pending.place, pending.url))
        return pending.digest

    def put_unchanged(self, rows: UnchangedRows) -> None:
        """Put rows aside that were not parsed again."""
        self._firsts.append(len(self._stands))
        self._unchanged.append(rows)
        places = places_json(rows.tab, rows.file, rows.rows)
        urls = map(rows.url, range(len(rows))) if rows.cell_url else repeat("")
        self._stands.extend(map(hash, zip(rows.digests, places, urls, strict=False)))

    def stands_as(self, at: int, stand: int) -> bool:
        """Return whether a row says and stands as a note does, by its number; False for no row."""
        return 0 <= at < len(self._stands) and self._stands[at] == stand

    def go_on_as_they_were(self, ats: Sequence[int], lines: Sequence[int]) -> None:
        """Remember lines that say and stand as these rows do."""
        known = self._as_it_was
        known.extend([0] * (max(ats) + 1 - len(known)))
        for at, line in zip(ats, lines, strict=True):
            known[at] = line

    def left(self, lines: Sequence[int], take: Callable[[int], bool]) -> list[int]:
        """Return the rows that do not go on, on `lines`, as they were.

        `take` is asked with each line on which a row does, whether it may.
        """
        known = chain(self._as_it_was, repeat(0))
        return [
            at
            for at, (line, was) in enumerate(zip(lines, known, strict=False))
            if not line or line != was or not take(line)
        ]

    def rows(self, ats: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows at these places, which rise from call to call, as plain `PendingRow`."""
        for at in ats:
            run = bisect_right(self._firsts, at) - 1
            if run >= 0 and at < self._firsts[run] + len(self._unchanged[run]):
                yield PendingRow.of_unchanged(self._unchanged[run], at - self._firsts[run])
            else:
                yield next(row for place, row in self._taken if place == at)
