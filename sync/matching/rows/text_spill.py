"""The texts of rows, kept in an unlinked temporary file while few of them are needed.

Those of a row that is as it was stay in the store until somebody asks.
"""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain

from notes.system.spill_file import Piece, SpillFile

Texts = dict[str, str]
_CHUNK = 250
"""Rows encoded and written at once; judgement: small enough that the rows of a small log stay in
memory."""
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_ALONE = 16
"""Stored rows of a chunk that are looked up one by one: all of it costs as much as about eighty."""
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
        self._recent: dict[int, list[Texts | str]] = {}
        self._asked: Counter[int] = Counter()
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
            self._recent[number] = list(self._raw(number))
        return self._told(number, place)

    def _told(self, number: int, place: int) -> Texts:
        """Return a row of a chunk at hand; a stored one is looked up alone until many are
        asked for.
        """
        chunk = self._recent[number]
        one = chunk[place]
        if isinstance(one, str):
            self._asked[number] += 1
            if self._asked[number] > _ALONE:
                chunk[:] = self._whole(chunk)
            else:
                chunk[place], *_ = self._whole([one])
            one = chunk[place]
        return one if isinstance(one, dict) else {}

    def keep(self, wanted: Collection[int]) -> None:
        """Keep the texts of these rows in memory from now on."""
        lacking = sorted(at for at in wanted if at not in self._kept)
        self._kept.update(zip(lacking, self.of(lacking), strict=True))
        self._recent.clear()

    def of(self, wanted: Sequence[int]) -> Iterator[Texts]:
        """Yield the texts of these rows, in their order; rows beside each other cost one look."""
        for first in range(0, len(wanted), _AHEAD):
            some = wanted[first : first + _AHEAD]
            there = sorted({-1 - self._where[at] for at in some if self._where[at] < 0})
            other = dict(zip(there, self._other.of(there), strict=True)) if self._other else {}
            own = self._together(sorted(at for at in set(some) if self._where[at] >= 0))
            yield from (own[at] if at in own else other[-1 - self._where[at]] for at in some)

    def _together(self, wanted: Sequence[int]) -> dict[int, Texts]:
        """Return the texts of rows that stand here; stored ones are looked up in one question."""
        found = {at: self._kept[at] for at in wanted if at in self._kept}
        raw: dict[int, Texts | str] = {}
        number, chunk = -1, list[Texts | str]()
        for at in wanted:
            if at in found:
                continue
            if self._where[at] // _CHUNK != number:
                number = self._where[at] // _CHUNK
                chunk = self._raw(number)
            raw[at] = chunk[self._where[at] % _CHUNK]
        return found | dict(zip(raw, self._whole(list(raw.values())), strict=True))

    def __iter__(self) -> Iterator[Texts]:
        own, other = self._own(), self._other
        for first in range(0, len(self._where), _AHEAD):
            some = self._where[first : first + _AHEAD]
            # In the order of the other spill: a sorted tab would have a chunk read anew for each
            # row.
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
        return chain.from_iterable(map(self._chunk, range(len(self._pieces) + 1)))

    def _chunk(self, number: int) -> list[Texts]:
        return self._whole(self._raw(number))

    def _whole(self, found: Sequence[Texts | str]) -> list[Texts]:
        """Return rows with the texts of those that are stored."""
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
