"""Files that are written whole or not at all, for their owner alone unless said otherwise."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PRIVATE = 0o600
"""Rights of a file that only its owner reads."""


@contextmanager
def replaced_file(path: Path, *, mode: int = PRIVATE, synced: bool = False) -> Iterator[IO[bytes]]:
    """Yield a file that takes the place of the one before at the end.

    A kill leaves at most `.NAME.part`, which the next writing of that file takes away. `mode` are
    the rights of the file; `synced`: it is on the disk before it takes the place.

    Raises:
        OSError: it cannot be written; the one before stays.
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE), "wb") as file:
            yield file
            if synced:
                file.flush()
                os.fsync(file.fileno())
        if mode != PRIVATE:
            part.chmod(mode)
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_private(path: Path, content: bytes | str) -> None:
    """Write a private file in the place of the one before; a text in UTF-8.

    Raises:
        OSError: it cannot be written.
    """
    with replaced_file(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)
