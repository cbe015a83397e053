"""Resolves a path or glob pattern to files, independent of Unicode normalisation.

A Mac writes 가 as two letters (NFD), most others as one (NFC); the names look the same, and either
finds the other. `**` goes into folders below, each of them once: a link that leads back to a folder
above ends there.
"""

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from unicodedata import normalize

_WILD = re.compile(r"[*?\[]")
_DEEPEST = 40
"""Folders below each other that `**` goes into."""


def files_at(path: str) -> list[Path]:
    """Return the files that a path or a pattern names, in the order of their names, each once.

    Hidden ones never.
    """
    whole = Path(path)
    if whole.is_file():
        return [whole]
    start = Path(whole.anchor) if whole.anchor else Path()
    parts = whole.parts[1:] if whole.anchor else whole.parts
    found: dict[tuple[int, int], Path] = {}
    for file in sorted(set(_matches(start, parts, 0))):
        try:
            status = file.stat()
        except OSError:
            continue
        found.setdefault((status.st_dev, status.st_ino), file)
    return sorted(found.values())


def _matches(folder: Path, parts: tuple[str, ...], at: int) -> Iterator[Path]:
    """Yield the files below `folder` that the parts of a pattern from `at` on name."""
    part, last = parts[at], at == len(parts) - 1
    if part == "**":
        for below in _folders(folder, set(), 0):
            yield from _matches(below, ("*",) if last else parts[at + 1 :], 0)
        return
    for name in _named(folder, part):
        here = folder / name
        if last and here.is_file():
            yield here
        elif not last and here.is_dir():
            yield from _matches(here, parts, at + 1)


def _named(folder: Path, part: str) -> list[str]:
    """Return the names in a folder that one part of a pattern fits, however they are spelled."""
    if part in ("..", ".") or (not _WILD.search(part) and (folder / part).exists()):
        return [part]
    wanted = normalize("NFC", part)
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return []
    if not _WILD.search(part):
        return [name for name in names if normalize("NFC", name) == wanted][:1]
    return [
        name
        for name in names
        if fnmatchcase(normalize("NFC", name), wanted)
        and (not name.startswith(".") or wanted.startswith("."))
    ]


def _folders(folder: Path, seen: set[tuple[int, int]], depth: int) -> Iterator[Path]:
    """Yield a folder and all below it, each once though links may lead in a ring."""
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    if (status.st_dev, status.st_ino) in seen or depth > _DEEPEST:
        return
    seen.add((status.st_dev, status.st_ino))
    yield folder
    for entry in entries:
        if entry.is_dir() and not entry.name.startswith("."):
            yield from _folders(Path(entry.path), seen, depth + 1)
