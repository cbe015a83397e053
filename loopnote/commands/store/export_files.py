"""Export files: private, written atomically, never over another program's file."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from notes.export_formats import jsonlines
from notes.model.errors import ExchangeError
from notes.system.private_file import replaced_file

RECORDS = "loopnote-export.jsonl.gz"
"""The exact records in the folder of an export for people; `import` of the folder reads them."""

STREAM = Path("-")
""""-" is standard input or output, as in other programs."""
_PACKED = b"\x1f\x8b"
"""The first bytes of every gzip file (RFC 1952, 2.3.1)."""


def write_lines(path: Path, lines: Iterable[bytes], *, force: bool) -> None:
    """Write the lines of an export.

    A file that ends in .gz is compressed, the same lines always to the same bytes.
    """
    with private_file(path, force=force, is_ours=_begins_as_export) as file:
        if path.suffix != ".gz":
            file.writelines(lines)
            return
        with gzip.GzipFile(
            filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6
        ) as packed:
            packed.writelines(lines)


@contextmanager
def private_file(
    path: Path, *, force: bool, is_ours: Callable[[Path], bool]
) -> Iterator[IO[bytes]]:
    """Yield a file that only its owner may read; it is renamed into place when complete.

    Raises: ExchangeError: it cannot be written, or another program's file stands there and nobody
        said `force`.
    """
    try:
        _check_place(path, force=force, is_ours=is_ours)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replaced_file(path, synced=True) as file:
            yield file
    except OSError as error:
        raise ExchangeError(
            f"{path} cannot be written: {error.strerror}",
            hint="free some space, or name another place with --out",
        ) from error


def _check_place(path: Path, *, force: bool, is_ours: Callable[[Path], bool]) -> None:
    if path.is_dir():
        raise ExchangeError(f"{path} is a folder", hint="name a file with --out")
    if path.exists() and not path.is_file():
        raise ExchangeError(
            f"{path} is no ordinary file", hint="name a file with --out; --out - writes to stdout"
        )
    if path.exists() and not force and not is_ours(path):
        raise ExchangeError(
            f"{path} exists, and is no export of loopnote", hint="name another file, or add --force"
        )


def refuse_others_folder(folder: Path, ours: Iterable[Path], *, force: bool) -> None:
    """Refuse to fill a folder in which somebody else's files lie and none of ours.

    Raises:
        ExchangeError: it does, and nobody said `force`.
    """
    if force or not folder.is_dir() or any(path.exists() for path in ours):
        return
    other = next((one.name for one in folder.iterdir() if not one.name.startswith(".")), "")
    if other:
        raise ExchangeError(
            f"{folder} holds other files ({other}) and no export, and is left as it is",
            hint="name a new folder with --out, or add --force",
        )


def _begins_as_export(path: Path) -> bool:
    try:
        with open_lines(path) as file:
            return jsonlines.is_ours(file.readline(200))
    except (OSError, EOFError, zlib.error, ExchangeError):
        return False


@contextmanager
def open_lines(path: Path) -> Iterator[IO[bytes]]:
    """Open a file of lines, compressed or not, whatever its name."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise ExchangeError(
            f"{path} cannot be read: {error.strerror}", hint="correct the path"
        ) from error
    with file, decompress_lines(file) as lines:
        yield lines


@contextmanager
def decompress_lines(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield the lines of a file or pipe, uncompressed."""
    if not isinstance(file, BufferedReader) or file.peek(2)[:2] != _PACKED:
        yield file
        return
    with gzip.GzipFile(fileobj=file, mode="rb") as lines:
        yield cast(IO[bytes], lines)


def begins_with(beginnings: tuple[bytes, ...]) -> Callable[[Path], bool]:
    """Return the test whether a file begins in one of these ways."""
    return lambda path: first_bytes(path).startswith(beginnings)


def first_bytes(path: Path) -> bytes:
    """Return how a file begins."""
    with path.open("rb") as file:
        return file.read(4000)
