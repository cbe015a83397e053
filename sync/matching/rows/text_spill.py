"""The texts of rows, kept in an unlinked temporary file while few of them are needed.

Those of a row that is as it was stay in the store until somebody asks.
"""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain

from notes.system.spill_file import Piece, SpillFile

Texts = dict[str, str]
_CHUNK = 250
"""Rows encoded and written at once; judgement: small enough that the rows of a small log stay in
memory."""
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_ALONE = 16
"""Stored rows of a chunk that are looked up one by one: all of it costs as much as about eighty."""
_STORED = 1 << 48
"""From here on a number in `_where` is that of a stored row: no log has so many others."""
_DIGEST = 16
"""Bytes of a digest (`notes.store.note_rows.json_payload.digest`)."""
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
        self._last: list[Texts] = []
        self._recent: dict[int, list[Texts]] = {}
        self._digests = bytearray()
        self._looked_up: dict[int, dict[int, Texts]] = {}
        self._asked: Counter[int] = Counter()
        self._kept: dict[int, Texts] = {}

    def add(self, texts: Texts) -> None:
        """Add the texts of the next row."""
        self._where.append(len(self._pieces) * _CHUNK + len(self._last))
        self._last.append(texts)
        if len(self._last) == _CHUNK:
            self._write()

    def add_stored(self, digests: Sequence[bytes]) -> None:
        """Add rows whose texts are those of stored ones."""
        first = _STORED + len(self._digests) // _DIGEST
        self._where.extend(range(first, first + len(digests)))
        self._digests += b"".join(digests)

    def add_as(self, others: Iterable[int]) -> None:
        """Add rows that say what rows of the other spill say, by their numbers there."""
        self._where.extend([-1 - other for other in others])

    def texts(self, at: int) -> Texts:
        """Return the texts of one row."""
        kept = self._kept.get(at)
        if kept is not None:
            return kept
        where = self._where[at]
        if where < 0 and self._other is not None:
            return self._other.texts(-1 - where)
        if where >= _STORED:
            return self._stored_texts(where - _STORED)
        number, place = divmod(where, _CHUNK)
        if number not in self._recent:
            if len(self._recent) > 2:
                self._recent.clear()
            self._recent[number] = self._chunk(number)
        return self._recent[number][place]

    def _stored_texts(self, number: int) -> Texts:
        """Return a stored row; it is looked up alone until many beside it are asked for."""
        chunk = number // _CHUNK
        if chunk not in self._looked_up:
            if len(self._looked_up) > 2:
                self._looked_up.clear()
            self._looked_up[chunk] = {}
        found = self._looked_up[chunk]
        if number not in found:
            self._asked[chunk] += 1
            wanted = range(number, number + 1)
            if self._asked[chunk] > _ALONE:
                last = len(self._digests) // _DIGEST
                wanted = range(chunk * _CHUNK, min((chunk + 1) * _CHUNK, last))
            found.update(self._look_up(wanted))
        return found[number]

    def _look_up(self, wanted: Sequence[int]) -> dict[int, Texts]:
        """Return the texts of stored rows, asked for in one question."""
        if not wanted or self._of_stored is None:
            return {}
        digests = self._digests
        asked = [bytes(digests[at * _DIGEST : (at + 1) * _DIGEST]) for at in wanted]
        return dict(zip(wanted, self._of_stored(asked), strict=True))

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
        lacking = [at for at in wanted if at not in found]
        stored = [at for at in lacking if self._where[at] >= _STORED]
        looked_up = self._look_up([self._where[at] - _STORED for at in stored])
        found.update((at, looked_up[self._where[at] - _STORED]) for at in stored)
        number, chunk = -1, list[Texts]()
        for at in lacking:
            where = self._where[at]
            if where < _STORED:
                if where // _CHUNK != number:
                    number = where // _CHUNK
                    chunk = self._chunk(number)
                found[at] = chunk[where % _CHUNK]
        return found

    def __iter__(self) -> Iterator[Texts]:
        own, other = chain.from_iterable(self.own()), self._other
        for first in range(0, len(self._where), _AHEAD):
            some = self._where[first : first + _AHEAD]
            # In the order of the other spill: a sorted tab would have a chunk read anew for each
            # row.
            wanted = sorted({-1 - where for where in some if where < 0}) if other else ()
            found = dict(zip(wanted, other.of(wanted), strict=True)) if other else {}
            stored = self._look_up([where - _STORED for where in some if where >= _STORED])
            for where in some:
                if where >= _STORED:
                    yield stored[where - _STORED]
                else:
                    yield next(own) if where >= 0 or other is None else found[-1 - where]

    def own(self) -> Iterator[list[Texts]]:
        """Yield the texts added here in their order, some hundred at a time."""
        return map(self._chunk, range(len(self._pieces) + 1))

    def stored(self) -> Iterator[list[bytes]]:
        """Yield the digests of the stored rows added here in their order, some hundred at a
        time.
        """
        digests, step = bytes(self._digests), _CHUNK * _DIGEST
        for first in range(0, len(digests), step):
            last = min(first + step, len(digests))
            yield [digests[at : at + _DIGEST] for at in range(first, last, _DIGEST)]

    def _chunk(self, number: int) -> list[Texts]:
        if number == len(self._pieces):
            return self._last
        found: list[Texts] = json.loads(self._file.read(self._pieces[number]))
        return found

    def _write(self) -> None:
        content = _encode(self._last).encode("utf-8", "backslashreplace")
        self._pieces.append(self._file.write(content))
        self._last = []
