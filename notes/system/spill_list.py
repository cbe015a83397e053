"""A list with bounded memory: items above a limit are written to a temporary file.

In memory while they are few, in a temporary file when they are many.
"""

import pickle
from collections.abc import Hashable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Generic, TypeVar

from notes.model.errors import StoreError

T = TypeVar("T")


class SpillList(Generic[T]):
    """A list with bounded memory; of two items with one key only the later is yielded.

    Args:
        most: how many items to hold in memory before they are written to a file of our own, which only the system
            sees and which is gone with the process.
        folder: where that file is made; the system's own folder for such files when not given.
    """

    def __init__(self, most: int = 500, folder: Path | None = None) -> None:
        self._folder = folder
        self._most = most
        self._held: list[tuple[int, T]] = []
        self._last: dict[Hashable, int] = {}
        self._replaced: set[int] = set()
        self._count = 0
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        return self._count - len(self._replaced)

    def add(self, key: Hashable | None, item: T) -> None:
        """Add an item; when many are held, they go to the file.

        Raises:
            StoreError: the file cannot be written.
        """
        if key is not None:
            if key in self._last:
                self._replaced.add(self._last[key])
            self._last[key] = self._count
        self._held.append((self._count, item))
        self._count += 1
        if len(self._held) >= self._most:
            self._settle()

    def _settle(self) -> None:
        try:
            self._file = self._file or TemporaryFile(dir=self._folder)  # noqa: SIM115  it lives as long as the update
            pickle.dump(self._held, self._file)
            self._file.flush()
        except OSError as error:
            raise StoreError(
                f"rows cannot be buffered while the source is read: {error.strerror}; "
                "nothing was saved",
                hint="free some space in the folder for temporary files, "
                "then run the same command again",
            ) from error
        self._held = []

    def parts(self) -> Iterator[list[T]]:
        """Yield the items in order, some hundred at a time."""
        for held in self._batches():
            part = [item for number, item in held if number not in self._replaced]
            if part:
                yield part

    def _batches(self) -> Iterator[list[tuple[int, T]]]:
        if self._file:
            end = self._file.seek(0, 2)
            self._file.seek(0)
            while self._file.tell() < end:
                yield pickle.load(self._file)  # noqa: S301  written by `settle` above, in this process
        yield self._held
