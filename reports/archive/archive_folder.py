"""Writes the archive's folder: only changed files, never files of others, safe against a kill.

    manifest (files and their fingerprints) ─► journal of files about to be written ─► pages ─►
    new manifest

A page is written beside its place and renamed, so a reader never sees half of one. Files that a
killed build had touched stand in the journal, and the next build writes them again. Files that the
manifest does not name belong to somebody else and are left alone.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from notes.model.errors import RenderError
from notes.system.file_lock import file_lock

from .page_plan import PlannedPage

MANIFEST = ".loopnote-archive"
MEMORY = ".loopnote-archive.memory"
JOURNAL = ".loopnote-archive.journal"
LOCK = ".loopnote-archive.lock"
_PART = ".loopnote-archive.part"
"""Our own files in the archive's folder: dotted, so that no web server lists them, and named,
so that no other program's are taken for them."""

Access = Literal["owner", "group", "everyone"]
_MODES: dict[Access, tuple[int, int]] = {
    "owner": (0o700, 0o600),
    "group": (0o750, 0o640),
    "everyone": (0o755, 0o644),
}
"""File modes (folder, file) by access."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """Result of a build: files in the archive, files written, former files removed."""

    files: int
    written: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class _StoredFile:
    """A file in the folder: the fingerprint of its inputs, and its size in bytes."""

    fingerprint: str
    size: int


@contextmanager
def open_archive_folder(
    root: Path, *, access: Access = "owner"
) -> Iterator["ArchiveFolder | None"]:
    """Yield the folder to build in, made if missing; None while another build runs.

    Raises:
        RenderError: the folder cannot be made, read or written.
    """
    try:
        root.mkdir(mode=_MODES[access][0], parents=True, exist_ok=True)
        _refuse_others_folder(root)
        with file_lock(root / LOCK) as mine:
            yield ArchiveFolder(root, access) if mine else None
    except OSError as error:
        raise RenderError(
            f"the archive {root} cannot be written: {error.strerror}",
            hint="free some space, or name another folder in archive.folder",
        ) from error


class ArchiveFolder:
    """One build of the archive; made by `open_archive_folder` only."""

    def __init__(self, root: Path, access: Access) -> None:
        self._root = root
        self._folder_mode, self._file_mode = _MODES[access]
        self._stamp, self._kept = _read_manifest(root)
        self._suspect = _read_journal(root)
        self._needed: dict[str, _StoredFile] = {}
        self._made: set[Path] = {root}
        self._written = 0
        self._journal: IO[str] | None = None

    def unchanged(self, stamp: str) -> BuildResult | None:
        """Return the last result if it was made from this fingerprint and is complete; or None."""
        if (
            stamp != self._stamp
            or self._suspect
            or self._sizes() != {path: one.size for path, one in self._kept.items()}
        ):
            return None
        return BuildResult(len(self._kept))

    def forget(self) -> None:
        """Mark every page as out of date."""
        self._suspect.update(self._kept)

    def wants(self, path: str, fingerprint: str) -> bool:
        """Return whether a page has to be written, and mark it as part of the archive."""
        kept = self._kept.get(path)
        if (
            kept is None
            or kept.fingerprint != fingerprint
            or path in self._suspect
            or not self._is_whole(path, kept)
        ):
            return True
        self._needed[path] = kept
        return False

    def put(self, path: str, fingerprint: str, text: str) -> None:
        """Write a page, whole or not at all; an equal file is left as it is."""
        target, body = self._root / path, text.encode(errors="replace")
        if self._lies_there(path, target, body):
            self._needed[path] = _StoredFile(fingerprint, len(body))
            return
        self._refuse_foreign(path, target)
        self._note_down(path)
        self._make_folder(target.parent)
        part = self._root / _PART
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, self._file_mode)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        part.chmod(self._file_mode)
        part.replace(target)
        self._needed[path] = _StoredFile(fingerprint, len(body))
        self._written += 1

    def plan(self, pages: Iterable[PlannedPage]) -> None:
        """Write those of the planned pages that have to be written."""
        for page in pages:
            if self.wants(page.path, page.fingerprint):
                self.put(page.path, page.fingerprint, page.make())

    def recall(self) -> bytes:
        """Return the `memory` of the last build; nothing where there is none."""
        try:
            return (self._root / MEMORY).read_bytes()
        except FileNotFoundError:
            return b""

    def finish(self, stamp: str, memory: Iterable[bytes] = ()) -> BuildResult:
        """Remove former files, and write the manifest of what was made from what.

        `memory`, line by line, spares the next build some work; it may be lost without harm.
        """
        self._replace(MEMORY, memory)
        removed = [
            path
            for path in {**self._kept, **dict.fromkeys(self._suspect)}
            if path not in self._needed
        ]
        gone = sum(self._remove(path) for path in sorted(removed))
        pages = {path: [one.fingerprint, one.size] for path, one in sorted(self._needed.items())}
        text = json.dumps(
            {"format": 1, "stamp": stamp, "pages": pages}, ensure_ascii=False, separators=(",", ":")
        )
        if self._journal is not None:
            self._journal.close()
        self._replace(MANIFEST, [text.encode()])
        (self._root / JOURNAL).unlink(missing_ok=True)
        return BuildResult(len(pages), self._written, gone)

    def _replace(self, name: str, lines: Iterable[bytes]) -> None:
        part = self._root / _PART
        with part.open("wb") as file:
            for number, line in enumerate(lines):
                file.write(b"\n" if number else b"")
                file.write(line)
        part.chmod(0o600)
        part.replace(self._root / name)

    def _lies_there(self, path: str, target: Path, body: bytes) -> bool:
        kept = self._kept.get(path)
        return (
            kept is not None
            and kept.size == len(body)
            and path not in self._suspect
            and self._is_whole(path, kept)
            and target.read_bytes() == body
        )

    def _note_down(self, path: str) -> None:
        if self._journal is None:
            self._journal = (self._root / JOURNAL).open("a", encoding="utf-8")
        self._journal.write(path + "\n")
        self._journal.flush()

    def _make_folder(self, folder: Path) -> None:
        if folder not in self._made:
            if folder != self._root:
                self._make_folder(
                    folder.parent
                )  # the rights of a folder that mkdir adds are not ours
            folder.mkdir(mode=self._folder_mode, exist_ok=True)
            self._made.add(folder)

    def _refuse_foreign(self, path: str, target: Path) -> None:
        if (
            path not in self._kept
            and path not in self._suspect
            and path not in self._needed
            and target.exists()
        ):
            raise RenderError(
                f"{target} exists already and does not belong to the archive",
                hint="name an empty folder, or remove the file if an older archive left it",
            )

    def _is_whole(self, path: str, kept: _StoredFile) -> bool:
        try:
            return os.stat(f"{self._root}/{path}").st_size == kept.size  # noqa: PTH116  asked of every page: a Path costs more than the question
        except OSError:
            return False

    def _remove(self, path: str) -> bool:
        target = self._root / path
        try:
            target.unlink()
        except FileNotFoundError:
            return False
        for folder in target.relative_to(self._root).parents:
            if folder == Path():
                break
            try:
                (self._root / folder).rmdir()
            except OSError:
                break
        return True

    def _sizes(self) -> dict[str, int]:
        """Return the size of each of our files that exists."""
        found: dict[str, int] = {}
        by_folder: dict[str, set[str]] = {}
        for path in self._kept:
            folder, _, name = path.rpartition("/")
            by_folder.setdefault(folder, set()).add(name)
        for folder, names in by_folder.items():
            prefix = f"{folder}/" if folder else ""
            try:
                entries = os.scandir(self._root / folder)
            except OSError:
                continue
            with entries:
                found.update(
                    (prefix + each.name, each.stat().st_size)
                    for each in entries
                    if each.name in names
                )
        return found


def _refuse_others_folder(root: Path) -> None:
    """Refuse to fill a folder in which somebody else's files lie and no archive was ever begun.

    Hidden files are no reason: a web host and a file manager leave theirs everywhere.
    """
    if (root / MANIFEST).exists() or (root / JOURNAL).exists():
        return
    other = next((one.name for one in os.scandir(root) if not one.name.startswith(".")), "")
    if other:
        raise RenderError(
            f"{root} holds other files ({other}) and no archive, and is left as it is",
            hint="name an empty or a new folder: --out DIR, or archive.folder",
        )


def _read_manifest(root: Path) -> tuple[str, dict[str, _StoredFile]]:
    """Return fingerprint and pages of the last finished build; nothing if it cannot be read."""
    try:
        found = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
        pages = {
            path: _StoredFile(str(one[0]), int(one[1]))
            for path, one in found["pages"].items()
            if _is_ours(path)
        }
        return str(found["stamp"]), pages
    except FileNotFoundError:
        return "", {}
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise RenderError(
            f"{root / MANIFEST} is damaged",
            hint="remove the archive's folder; the next build creates it again",
        ) from error


def _read_journal(root: Path) -> set[str]:
    """Return the files that a killed build had touched; its last line may be cut off."""
    try:
        lines = (root / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    return {line for line in lines if _is_ours(line)}


def _is_ours(path: str) -> bool:
    parts = path.split("/")
    return (
        bool(path)
        and not Path(path).is_absolute()
        and not {"", ".", ".."} & set(parts)
        and "\\" not in path
    )
