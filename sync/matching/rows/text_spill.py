"""The texts of rows, kept in an unlinked temporary file while few of them are needed."""

import json
from array import array
from collections.abc import Collection, Iterator
from tempfile import TemporaryFile
from typing import IO

from notes.model.errors import StoreError

Texts = dict[str, str]
_CHUNK = 250
"""Rows encoded and written at once; judgement: small enough that the rows of a small log stay in
memory."""
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class TextSpill:
    """The texts of rows by the order in which they were added.

    Those of small logs never touch the disk.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._starts = array("Q", [0])
        self._last: list[Texts] = []
        self._recent: dict[int, list[Texts]] = {}
        self._kept: dict[int, Texts] = {}

    def add(self, texts: Texts) -> None:
        """Add the texts of the next row."""
        self._last.append(texts)
        if len(self._last) == _CHUNK:
            self._write()

    def texts(self, at: int) -> Texts:
        """Return the texts of one row."""
        kept = self._kept.get(at)
        if kept is not None:
            return kept
        number, place = divmod(at, _CHUNK)
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

    def __iter__(self) -> Iterator[Texts]:
        for number in range(len(self._starts) - 1):
            yield from self._chunk(number)
        yield from self._last

    def _chunk(self, number: int) -> list[Texts]:
        if self._file is None or number == len(self._starts) - 1:
            return self._last
        self._file.seek(self._starts[number])
        found: list[Texts] = json.loads(
            self._file.read(self._starts[number + 1] - self._starts[number])
        )
        return found

    def _write(self) -> None:
        content = _encode(self._last).encode("utf-8", "backslashreplace")
        try:
            if self._file is None:
                self._file = TemporaryFile()  # noqa: SIM115  it lives as long as the rows
            self._file.seek(self._starts[-1])
            self._file.write(content)
            self._file.flush()
        except OSError as error:
            raise StoreError(
                f"rows cannot be buffered while they are linked: {error.strerror}; nothing was saved",
                hint="free some space in the folder for temporary files, then run the same command again",
            ) from error
        self._starts.append(self._starts[-1] + len(content))
        self._last = []
