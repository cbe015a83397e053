"""A temporary file for what does not fit into memory; the one place that writes such files.

    write(content) ─► Piece ─► read(piece)

It is made with the first piece and has no name: only this process sees it, and nothing is left
behind, however the process ends. Three containers stand on it: `SpillList` (items in order),
`sync.contents.row_buffer` (rows of cells, the latest used in memory) and
`sync.matching.rows.text_spill` (texts by row).
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from notes.model.errors import StoreError


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a piece stands in the file, in bytes."""

    start: int
    size: int


class SpillFile:
    """Pieces of bytes in an unlinked file. Not for threads.

    Args: folder: where the file is made; the system's own folder for such files when not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None

    def write(self, content: bytes) -> Piece:
        """Append a piece.

        Raises:
            StoreError: the file cannot be made or written.
        """
        try:
            if self._file is None:
                self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115  it lives as long as its container
            start = self._file.seek(0, 2)
            self._file.write(content)
            self._file.flush()
        except OSError as error:
            raise StoreError(
                f"rows cannot be buffered while the source is read: {error.strerror}; "
                "nothing was saved",
                hint="free some space in the folder for temporary files, "
                "then run the same command again",
            ) from error
        return Piece(start, len(content))

    def read(self, piece: Piece) -> bytes:
        """Return a piece.

        Raises:
            ValueError: nothing was written, or the file is closed.
        """
        if self._file is None:
            raise ValueError("these rows were never buffered, or the buffer is closed")
        self._file.seek(piece.start)
        return self._file.read(piece.size)

    def clear(self) -> None:
        """Drop all pieces."""
        if self._file is not None:
            self._file.truncate(0)

    def close(self) -> None:
        """Release the file."""
        if self._file is not None:
            self._file.close()
