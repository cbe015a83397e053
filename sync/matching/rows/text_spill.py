"""The texts of rows, kept in an unlinked temporary file while few of them are needed.

Those of a row that is as it was stay in the store until somebody asks.
"""

import json
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence

from notes.system.spill_file import Piece, SpillFile

Texts = dict[str, str]
_CHUNK = 250
"""Rows encoded and written at once; judgement: small enough that the rows of a small log stay in
memory."""
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_AHEAD = 4096
"""Rows whose texts are looked up together where they stand in the other spill: some megabytes."""


class TextSpill:
    """The texts of rows by the order in which they were added.

    Those of small logs never touch the disk. A row may say what a row of another spill says, and is
    read there; or what a stored row says, and is asked of `stored` by its digest.
    """

    def __init__(
        self,
        other: "TextSpill | None" = None,
        stored: Callable[[Sequence[bytes]], list[Texts]] | None = None,
    ) -> None:
        self._other, self._of_stored = other, stored
        self._where = array("q")
        self._file = SpillFile()
        self._pieces: list[Piece] = []
        self._last: list[Texts | str] = []
        self._recent: dict[int, list[Texts]] = {}
        self._kept: dict[int, Texts] = {}

    def add(self, texts: Texts) -> None:
        """Add the texts of the next row."""
        self._add(texts)

    def _add(self, texts: Texts | str) -> None:
        self._where.append(len(self._pieces) * _CHUNK + len(self._last))
        self._last.append(texts)
        if len(self._last) == _CHUNK:
            self._write()

    def add_stored(self, digest: bytes) -> None:
        """Add a row whose texts are those of a stored one."""
        self._add(digest.hex())

    def add_as(self, other: int) -> None:
        """Add a row that says what a row of the other spill says, by its number there."""
        self._where.append(-1 - other)

    def texts(self, at: int) -> Texts:
        """Return the texts of one row."""
        kept = self._kept.get(at)
        if kept is not None:
            return kept
        where = self._where[at]
        if where < 0 and self._other is not None:
            return self._other.texts(-1 - where)
        number, place = divmod(where, _CHUNK)
        if number not in self._recent:
            if len(self._recent) > 2:
                self._recent.clear()
            self._recent[number] = self._chunk(number)
        return self._recent[number][place]

    def keep(self, wanted: Collection[int]) -> None:
        """Keep the texts of these rows in memory from now on."""
        for at in sorted(wanted):
            if at not in self._kept:
                self._kept[at] = self.texts(at)
        self._recent.clear()

    def of(self, wanted: Sequence[int]) -> Iterator[Texts]:
        """Yield the texts of these rows, in their order; rows beside each other cost one look."""
        for first in range(0, len(wanted), _AHEAD):
            some = wanted[first : first + _AHEAD]
            there = sorted({-1 - self._where[at] for at in some if self._where[at] < 0})
            other = dict(zip(there, self._other.of(there), strict=True)) if self._other else {}
            own = {at: self.texts(at) for at in sorted(set(some)) if self._where[at] >= 0}
            yield from (own[at] if at in own else other[-1 - self._where[at]] for at in some)

    def __iter__(self) -> Iterator[Texts]:
        own, other = self._own(), self._other
        for first in range(0, len(self._where), _AHEAD):
            some = self._where[first : first + _AHEAD]
            # In the order of the other spill: a sorted tab would have a chunk read anew for each row.
            wanted = sorted({-1 - where for where in some if where < 0}) if other else ()
            found = {at: other.texts(at) for at in wanted} if other else {}
            for where in some:
                yield next(own) if where >= 0 or other is None else found[-1 - where]

    def held(self) -> Iterator[list[Texts | bytes]]:
        """Yield the rows added here in their order, some hundred at a time.

        Each as its texts, or as the digest of the stored row that has them.
        """
        for number in range(len(self._pieces) + 1):
            yield [bytes.fromhex(one) if isinstance(one, str) else one for one in self._raw(number)]

    def _own(self) -> Iterator[Texts]:
        for number in range(len(self._pieces) + 1):
            yield from self._chunk(number)

    def _chunk(self, number: int) -> list[Texts]:
        found = self._raw(number)
        digests = [bytes.fromhex(one) for one in found if isinstance(one, str)]
        stored = iter(self._of_stored(digests) if digests and self._of_stored else ())
        return [next(stored) if isinstance(one, str) else one for one in found]

    def _raw(self, number: int) -> list[Texts | str]:
        if number == len(self._pieces):
            return self._last
        found: list[Texts | str] = json.loads(self._file.read(self._pieces[number]))
        return found

    def _write(self) -> None:
        content = _encode(self._last).encode("utf-8", "backslashreplace")
        self._pieces.append(self._file.write(content))
        self._last = []
