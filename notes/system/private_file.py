"""Files that are written whole or not at all, for their owner alone unless said otherwise."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PRIVATE = 0o600
"""Rights of a file that only its owner reads."""


@contextmanager
def replaced_path(path: Path, *, mode: int = PRIVATE) -> Iterator[Path]:
    """Yield the path of an empty file, made for its owner alone, that takes the place of `path` at the end.

    For what opens its files itself. A kill leaves at most `.NAME.part`, which the next writing of
    that file takes away. `mode` are the rights of the file.

    Raises:
        OSError: it cannot be written; the one before stays.
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        yield part
        if mode != PRIVATE:
            part.chmod(mode)
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def replaced_file(path: Path, *, mode: int = PRIVATE, synced: bool = False) -> Iterator[IO[bytes]]:
    """Yield an open file in the way of `replaced_path`; `synced`: it is on the disk before it takes the place.

    Raises:
        OSError: it cannot be written; the one before stays.
    """
    with replaced_path(path, mode=mode) as part, part.open("r+b") as file:
        yield file
        if synced:
            file.flush()
            os.fsync(file.fileno())


def write_private(path: Path, content: bytes | str) -> None:
    """Write a private file in the place of the one before; a text in UTF-8.

    Raises:
        OSError: it cannot be written.
    """
    with replaced_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)
