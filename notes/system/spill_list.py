"""A list with bounded memory: items above a limit are written to a temporary file.

In memory while they are few, in a temporary file when they are many.
"""

import pickle
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from .spill_file import Piece, SpillFile

T = TypeVar("T")


class SpillList(Generic[T]):
    """A list with bounded memory; of two items with one key only the later is yielded.

    Args:
        most: how many items to hold in memory before they are written to a file of our own, which
            only the system
            sees and which is gone with the process.
        folder: where that file is made; the system's own folder for such files when not given.
    """

    def __init__(self, most: int = 500, folder: Path | None = None) -> None:
        self._most = most
        self._held: list[tuple[int, T]] = []
        self._last: dict[Hashable, int] = {}
        self._replaced: set[int] = set()
        self._count = 0
        self._file = SpillFile(folder)
        self._pieces: list[Piece] = []

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
        self._pieces.append(self._file.write(pickle.dumps(self._held)))
        self._held = []

    def parts(self) -> Iterator[list[T]]:
        """Yield the items in order, some hundred at a time."""
        for held in self._batches():
            part = [item for number, item in held if number not in self._replaced]
            if part:
                yield part

    def _batches(self) -> Iterator[list[tuple[int, T]]]:
        for piece in self._pieces:
            yield pickle.loads(self._file.read(piece))  # noqa: S301  written by `_settle`, in this process
        yield self._held
