"""Files that are written whole or not at all, for their owner alone unless said otherwise.

A file is written under another name in its folder and renamed at the end. What a killed process
left of that is taken away by the next one that writes into the folder, whatever name it writes.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO

PRIVATE = 0o600
"""Rights of a file that only its owner reads."""

_BEGINNING = ".loopnote-write-"
_ENDING = ".part"
"""A file that is being written; what a crash left is known by both and removed."""


@contextmanager
def replaced_path(path: Path, *, mode: int = PRIVATE) -> Iterator[Path]:
    """Yield the path of an empty file, made for its owner alone, that takes the place of `path` at
    the end.

    For what opens its files itself. This process holds a lock on it, so that nobody takes it away
    meanwhile; what no living process holds is taken away first. `mode` are the rights of the file.

    Raises:
        OSError: it cannot be written; the one before stays.
    """
    path.with_name(f".{path.name}.part").unlink(missing_ok=True)  # as earlier versions left it
    remove_leftovers(path.parent)
    part, held = _begin(path.parent)
    try:
        yield part
        if mode != PRIVATE:
            part.chmod(mode)
        if sys.platform == "win32":
            held.close()  # an open file is not renamed there
        part.replace(path)
    finally:
        held.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def replaced_file(path: Path, *, mode: int = PRIVATE, synced: bool = False) -> Iterator[IO[bytes]]:
    """Yield an open file in the way of `replaced_path`; `synced`: it is on the disk before it takes
    the place.

    Raises:
        OSError: it cannot be written; the one before stays.
    """
    with replaced_path(path, mode=mode) as part, part.open("r+b") as file:
        yield file
        if synced:
            file.flush()
            os.fsync(file.fileno())


def remove_leftovers(folder: Path) -> None:
    """Take away what killed processes left half-written in a folder."""
    for part in folder.glob(f"{_BEGINNING}*{_ENDING}"):
        if _is_left(part):
            # The companions of a database first: a kill in between leaves the name to find them by.
            for file in sorted(folder.glob(f"{part.name}*"), reverse=True):
                with suppress(OSError):
                    file.unlink()


def _begin(folder: Path) -> tuple[Path, IO[bytes]]:
    for number in count():
        part = folder / f"{_BEGINNING}{os.getpid()}-{number}{_ENDING}"
        try:
            file = os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE), "w+b")
        except FileExistsError:
            continue
        _hold(file)
        if part.exists():  # nobody took it away before it was held
            return part, file
        file.close()
    raise AssertionError("numbers do not end")


if sys.platform == "win32":

    def _hold(file: IO[bytes]) -> None:
        """Do nothing: an open file cannot be removed there."""

    def _is_left(_part: Path) -> bool:
        return True

else:
    import fcntl

    def _hold(file: IO[bytes]) -> None:
        with suppress(OSError):  # a drive without locks: nobody will call it left either
            fcntl.flock(file, fcntl.LOCK_EX)

    def _is_left(part: Path) -> bool:
        """Say whether no living process holds it; False where that cannot be known."""
        try:
            with part.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def write_private(path: Path, content: bytes | str) -> None:
    """Write a private file in the place of the one before; a text in UTF-8.

    Raises:
        OSError: it cannot be written.
    """
    with replaced_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)
