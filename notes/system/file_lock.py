"""A lock between processes that the operating system releases when the process ends.

It lies on a file that stays; the operating system lets go of it when the process ends, however it
ends.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from notes.model.errors import StoreError


@contextmanager
def file_lock(path: Path) -> Iterator[bool]:
    """Yield True while this process alone holds the lock, False at once when another has it.

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
    with file:
        with suppress(OSError):
            path.chmod(0o600)
        yield _take(file)


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
