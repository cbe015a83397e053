"""Tables that follow from a package's own files alone, kept beside its byte code.

    files of the room ──► stamp ─► kept under that very stamp? ─► as kept
                                 └► else made, and kept where byte code may be written

The stamp is taken of what the files say, not of their times: what is kept can be missing, and never
be that of other words (ADR 0468).
"""

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_INPUTS = (".py", ".toml")
_DIGEST = 32
"""Bytes of the digest before the tables, of the stamp and of them: it tells damage too."""


def compiled(name: str, room: Path, make: Callable[[], T]) -> T:
    """Return what `make` makes of the files of a room of the package, and of nothing else.

    It has to be made of what `marshal` knows: texts, numbers, tuples, lists and dictionaries.
    """
    path = _path(room, name)
    if path is None:
        return make()
    stamp = _stamp(room)
    kept = _kept(path, stamp)
    if kept is not None:
        found: T = kept
        return found
    made = make()
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # a folder of the system: then it is made in each process
            _keep(path, stamp, made)
    return made


def _path(room: Path, name: str) -> Path | None:
    """Return where it is kept; None where this Python keeps no byte code."""
    try:
        return Path(cache_from_source(str(room / f"{name}.py"))).with_suffix(".tables")
    except NotImplementedError:
        return None


@cache
def _stamp(room: Path) -> bytes:
    """Return a digest of the files of the room, and of the Python that made something of them.

    Of all of them, whatever it was made of: six milliseconds, and nobody has to know what it needs.
    """
    digest = blake2b(f"{sys.version} {marshal.version}".encode(), digest_size=_DIGEST)
    for file in sorted(room.rglob("*")):
        if file.suffix in _INPUTS:
            content = file.read_bytes()
            digest.update(f"{file.relative_to(room).as_posix()} {len(content)} ".encode())
            digest.update(content)
    return digest.digest()


def _kept(path: Path, stamp: bytes) -> Any:
    """Return what is kept under this stamp; None where there is nothing, or it is damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    told, tables = content[:_DIGEST], content[_DIGEST:]
    # Not another's data: it stands where Python's own byte code does, and is trusted like that.
    return marshal.loads(tables) if told == _digest(stamp, tables) else None  # noqa: S302


def _keep(path: Path, stamp: bytes, made: Any) -> None:
    """Write it as a whole or not at all: others may be reading it."""
    tables = marshal.dumps(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_bytes(_digest(stamp, tables) + tables)
    beside.replace(path)


def _digest(stamp: bytes, tables: bytes) -> bytes:
    digest = blake2b(stamp, digest_size=_DIGEST)
    digest.update(tables)
    return digest.digest()
