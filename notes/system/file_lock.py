"""A lock between processes that the operating system releases when the process ends.

It lies on a file that stays; the operating system lets go of it when the process ends, however it
ends. What the holder writes into the file says who it is. A child process that is forked meanwhile
does not inherit the lock, so an orphan cannot hold it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from notes.model.errors import StoreError

from .fork import closed_in_children


@contextmanager
def file_lock(path: Path, holder: str = "") -> Iterator[bool]:
    """Yield True while this process alone holds the lock, False at once when another has it.

    `holder` is left in the file for whoever does not get it.

    Raises:
        StoreError: the lock's file cannot be made.
    """
    try:
        file = path.open("a+b")
    except OSError as error:
        raise StoreError(
            f"the lock {path} cannot be made: {error.strerror}",
            hint="give your user write permission to its folder",
        ) from error
    with file, closed_in_children(file.fileno()):
        with suppress(OSError):
            path.chmod(0o600)
        held = _take(file)
        if held:
            _leave(file, holder)
        yield held


def read_holder(path: Path) -> str:
    """Return what the holder of a lock left in its file; "" where that cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _leave(file: IO[bytes], holder: str) -> None:
    with suppress(OSError):  # a full disk: the lock is held all the same
        file.truncate(0)
        file.write(holder.encode())
        file.flush()


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
