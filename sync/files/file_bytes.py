"""Reads the bytes of a file with their digest, in pieces, so that a large one need not be held."""

from hashlib import blake2b
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 1 << 20
"""Bytes read at once."""


class DigestedFile(RawIOBase):
    """A file that takes the digest and counts the bytes of all that is read of it."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self._digest = blake2b(digest_size=16)
        self.size = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, into: "WriteableBuffer") -> int:
        """Read the next bytes into a buffer and return how many."""
        count = self._file.readinto(into) or 0
        self._digest.update(memoryview(into)[:count])
        self.size += count
        return count

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def buffered(self) -> BufferedReader:
        """Return a reader that holds one piece."""
        return BufferedReader(self, PIECE)

    def digest_of_all(self) -> str:
        """Read what has not been read, and return the digest of the whole file."""
        into = bytearray(PIECE)
        while self.readinto(into):
            pass
        return self._digest.hexdigest()
