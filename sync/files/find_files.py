"""Resolves a path or glob pattern to files, independent of Unicode normalisation.

A Mac writes 가 as two letters (NFD), most others as one (NFC); the names look the same, and either
finds the other. `**` goes into folders below, each of them once: a link that leads back to a folder
above ends there. A folder that may not be read is an error, not a folder without files: what stood
in it would be taken for gone.
"""

import difflib
import errno
import os
import re
import stat
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from unicodedata import normalize

_WILD = re.compile(r"[*?\[]")
_LIKE = 0.5
"""Share of common letters from which a name may be meant: one of two Korean syllables; endings
(".csv") do not count."""
_DEEPEST = 40
"""Folders below each other that `**` goes into."""
_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EBADF, errno.ENAMETOOLONG}
"""Errors that only say that nothing is there, or nothing any more."""


def files_at(path: str) -> list[Path]:
    """Return the files that a path or a pattern names, in the order of their names, each once.

    Hidden ones never.

    Raises:
        OSError: a folder on the way may not be read.
    """
    whole = Path(path)
    if stat.S_ISREG(_mode(whole)):
        return [whole]
    start = Path(whole.anchor) if whole.anchor else Path()
    parts = whole.parts[1:] if whole.anchor else whole.parts
    found: dict[tuple[int, int], Path] = {}
    for file in sorted(set(_matches(start, parts, 0))):
        status = _status(file)
        if status is not None:
            found.setdefault((status.st_dev, status.st_ino), file)
    return sorted(found.values())


def file_like(path: Path) -> Path | None:
    """Return the file beside a path that is not there whose name is most like its own; None
    for a pattern.
    """
    if _WILD.search(path.name):
        return None
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return None
    stems = [normalize("NFC", file.stem) for file in beside]
    near = difflib.get_close_matches(normalize("NFC", path.stem), stems, n=1, cutoff=_LIKE)
    alike = [file for file, stem in zip(beside, stems, strict=True) if stem in near]
    return min(alike, key=lambda file: file.suffix != path.suffix, default=None)


def is_there(path: Path) -> bool:
    """Return whether something has this very name.

    Raises:
        OSError: a folder on the way may not be read.
    """
    return _status(path) is not None


def _status(path: Path) -> os.stat_result | None:
    """Return what the system knows of a path, None where nothing is."""
    try:
        return path.stat()
    except OSError as error:
        if error.errno not in _ABSENT:
            raise
        return None
    except ValueError:  # a name that no file can have
        return None


def _mode(path: Path) -> int:
    status = _status(path)
    return status.st_mode if status else 0


def _matches(folder: Path, parts: tuple[str, ...], at: int) -> Iterator[Path]:
    """Yield the files below `folder` that the parts of a pattern from `at` on name."""
    part, last = parts[at], at == len(parts) - 1
    if part == "**":
        for below in _folders(folder, set(), 0):
            yield from _matches(below, ("*",) if last else parts[at + 1 :], 0)
        return
    for name in _named(folder, part):
        here = folder / name
        mode = _mode(here)
        if last and stat.S_ISREG(mode):
            yield here
        elif not last and stat.S_ISDIR(mode):
            yield from _matches(here, parts, at + 1)


def _named(folder: Path, part: str) -> list[str]:
    """Return the names in a folder that one part of a pattern fits, however they are spelled."""
    if part in ("..", ".") or (not _WILD.search(part) and is_there(folder / part)):
        return [part]
    wanted = normalize("NFC", part)
    names = sorted(_entries(folder))
    if not _WILD.search(part):
        return [name for name in names if normalize("NFC", name) == wanted][:1]
    return [
        name
        for name in names
        if fnmatchcase(normalize("NFC", name), wanted)
        and (not name.startswith(".") or wanted.startswith("."))
    ]


def _entries(folder: Path) -> list[str]:
    """Return the names in a folder, none where there is no such folder."""
    try:
        return os.listdir(folder)  # noqa: PTH208  the error names the folder, iterdir's may not
    except OSError as error:
        if error.errno not in _ABSENT:
            raise
        return []


def _folders(folder: Path, seen: set[tuple[int, int]], depth: int) -> Iterator[Path]:
    """Yield a folder and all below it, each once though links may lead in a ring."""
    status = _status(folder)
    if status is None or not stat.S_ISDIR(status.st_mode):
        return
    if (status.st_dev, status.st_ino) in seen or depth > _DEEPEST:
        return
    seen.add((status.st_dev, status.st_ino))
    yield folder
    for name in sorted(_entries(folder)):
        if not name.startswith("."):
            yield from _folders(folder / name, seen, depth + 1)
