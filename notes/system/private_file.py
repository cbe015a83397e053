"""Files that only their owner reads, written whole or not at all."""

import os
from pathlib import Path


def write_private(path: Path, content: bytes | str) -> None:
    """Write a file in the place of the one before; a text in UTF-8.

    A kill leaves at most `.NAME.part`, which the next writing of that file takes away.

    Raises:
        OSError: it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
