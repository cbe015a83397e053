"""The `file` source: files by path or pattern, read whole after any change.

Tables are .xlsx and .xlsm, texts .csv, .tsv and .txt, archives .zip (tables and .csv or .tsv,
or an export of Notion).

What was read is known by size, time and content, so nothing is read again in an unchanged folder.
A file of a pattern that cannot be read does not stop the others, and costs none of its own notes
(ADR 0201). What reads workbooks and archives is loaded where there is one.
"""

import fnmatch
import os
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import TypeVar

from notes.model.errors import SourceError, SourceRefusedError, SourceUnavailableError
from notes.model.findings import Finding
from sync.contents.pages import PageSet
from sync.contents.workbook import Workbook
from sync.files.text_tables.csv_files import read_csv
from sync.files.text_tables.large_csv import read_large_csv
from sync.source import Content, Fetch, FetchOutcome, State

from .file_bytes import DigestedFile
from .find_files import file_like, files_at
from .protection import is_protected, protected

T = TypeVar("T")

_LARGE = 4 << 20
"""Bytes from which a text is read piece by piece: held as a whole it takes six times its size."""
_HELD = 8 << 20
"""Bytes of a text whose rows wait in memory: some ten thousand rows, which the reader holds too
(`row_buffer`). Written to a file and read back they would cost a tenth of reading them again."""
_TABLES = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".tsv", ".txt")
_ARCHIVES = (".zip",)
_KNOWN = (*_TABLES, *_TEXTS, *_ARCHIVES)
# A Notion export of text shrinks to a tenth and less; what it unpacks to may be this much larger.
_UNPACKED = 20
_OTHERS = {
    ".xls": "an old Excel file",
    ".xlsb": "a binary Excel file",
    ".ods": "an OpenDocument file",
    ".numbers": "a Numbers file",
}
_STEPS = {
    ".numbers": "in Numbers: File → Export To → Excel, and name that",
    ".gsheet": "open it in a browser, and give the address of the sheet instead",
}
"""What to do about files that are no table a program could save once more as it is."""
_MARK = "~$"
"""Excel's mark beside a workbook that is open begins so."""
_UNFINISHED = (
    "let the program that writes it finish; in a cloud folder, make the file available offline"
)
"""The next step for a file that is being written or not yet downloaded."""
_LATER = "run `loopnote sync` again in a minute"
"""The next step for a file that changed while it was read."""

Stamp = list[object]
"""Size in bytes, time of change in ns, digest: JSON, as it is kept in the state."""


class WantedTabs:
    """Says which tabs the configuration wants, and remembers what there was to choose from."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        self._offered: dict[str, None] = {}
        self._fitting: set[str] = set()
        self.has_other = False

    def __call__(self, tab: str) -> bool:
        """Return whether a tab is wanted."""
        self._offered[tab] = None
        fitting = {one for one in self._patterns if fnmatch.fnmatchcase(tab, one)}
        self._fitting |= fitting
        return bool(fitting)

    @property
    def none_fits(self) -> bool:
        """Whether there were tabs, and not one of them is wanted."""
        return bool(self._offered) and not self._fitting and not self.has_other

    @property
    def missing(self) -> list[str]:
        """The patterns that no tab fits."""
        return [one for one in self._patterns if self._offered and one not in self._fitting]

    def refusal(self) -> SourceRefusedError:
        """Return the error with what there is to choose from."""
        patterns, titles = ", ".join(self._patterns), ", ".join(self._offered)
        return SourceRefusedError(
            f"no tab fits {patterns}; there is: {titles}",
            hint="correct `tabs` of this source in the configuration",
            code="file.no_tab",
            facts={"patterns": patterns, "titles": titles},
        )


@dataclass(slots=True)
class _FilesRead:
    """What one fetch finds out while it reads.

    Stamps of the files read, remarks, how many could not be read.
    """

    seen: dict[str, Stamp] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    unreadable: int = 0

    def outcome(self) -> FetchOutcome:
        """Return the outcome; with a file unread no note vanishes, the next fetch reads again."""
        if self.unreadable:
            return FetchOutcome({"files": {}}, covers="changed", warnings=tuple(self.warnings))
        return FetchOutcome({"files": self.seen}, warnings=tuple(self.warnings))


@dataclass(frozen=True, slots=True)
class FileSource:
    """A log in files on this machine; `path` is a file or a pattern (`logs/**/*.xlsx`).

    `tabs` are patterns of tab names, `max_bytes` is the largest file that is read.
    """

    name: str
    team: str
    path: str
    tabs: Sequence[str] = ("*",)
    max_bytes: int = 100 << 20

    def fetch(self, state: State, *, full: bool, known: Callable[[], Collection[str]]) -> Fetch:  # noqa: ARG002
        """Read every file when one has changed, appeared or gone since `state`.

        Nothing otherwise.
        """
        files = self._files()
        reading = _FilesRead(warnings=self._opened_elsewhere(files))
        before = {} if full else dict(state.get("files", {}))
        if before and self._untouched(files, before, reading.seen):
            return Fetch(iter(()), reading.outcome, unchanged=True)
        gone = sorted(set(before) - {self._short(file) for file in files})
        reading.warnings += [f"{short} is no longer there" for short in gone]
        return Fetch(self._contents(files, reading), reading.outcome)

    def check(self) -> list[Finding]:
        """Check every file for readability without keeping its content."""
        subject = f"source {self.name}"
        try:
            files = self._files()
        except SourceError as error:
            return [Finding.of(error, subject)]
        wanted = WantedTabs(self.tabs)
        findings = [self._finding(file, subject, wanted) for file in files]
        if wanted.none_fits:
            unread = [finding for finding in findings if finding.level == "error"]
            return [*unread, Finding.of(wanted.refusal(), subject)]
        wrong = [finding for finding in findings if finding.level != "ok"]
        opened = self._opened_elsewhere(files)
        notices = [
            Finding("source.open", "warning", subject, text, "save it there") for text in opened
        ]
        return (wrong or findings[:1]) + notices

    def _finding(self, file: Path, subject: str, wanted: WantedTabs) -> Finding:
        short = self._short(file)
        try:
            contents = self._read(file, {}, wanted)
        except SourceError as error:
            return Finding.of(error, subject)
        tabs, filled = 0, False
        for content in contents:
            grids = list(content.grids) if isinstance(content, Workbook) else []
            tabs += len(grids) or 1
            filled = filled or not grids or any(grid.rows for grid in grids)
        facts = {"file": short, "tabs": str(tabs)}
        if not filled:
            return Finding(
                "source.empty",
                "warning",
                subject,
                f"{short} has no cells",
                "check that it is the right file",
                code="file.no_cells",
                facts=facts,
            )
        what = f"{short}: tabs that can be read: {tabs}"
        return Finding("source.access", "ok", subject, what, code="file.readable", facts=facts)

    def _contents(self, files: Sequence[Path], reading: _FilesRead) -> Iterator[Content]:
        failed: list[SourceError] = []
        given: set[str] = set()
        wanted = WantedTabs(self.tabs)
        for file in _newest_exports_first(files):
            try:
                contents = self._read(file, reading.seen, wanted)
            except SourceError as error:
                failed.append(error)
                continue
            for content in contents:
                if isinstance(content, PageSet):
                    if content.id in given:
                        continue  # an older export of the same database
                    given.add(content.id)
                yield content
        if len(failed) == len(files):
            raise failed[0]
        if not failed:  # else the tab may stand in a file that could not be read
            if wanted.none_fits:
                raise wanted.refusal()
            reading.warnings += [f"no tab fits “{one}”" for one in wanted.missing]
        reading.unreadable = len(failed)
        reading.warnings += [f"{error}; {error.hint}" for error in failed]

    def _read(self, file: Path, seen: dict[str, Stamp], wanted: WantedTabs) -> list[Content]:
        """Return what a file holds: one workbook, or of an archive all that is in it."""
        short = self._short(file)
        name = unicodedata.normalize("NFC", short.removesuffix(file.suffix))
        if file.suffix.lower() in _TEXTS and (large := self._large_text(file, name, seen)):
            wanted.has_other = True  # a text has one table, whatever it is called
            return [large]
        content, stamp = self._bytes(file)
        if is_protected(content):
            raise protected(name)
        ending = file.suffix.lower()
        if ending in _ARCHIVES:
            from sync.files.zipped.zip_files import read_zip

            held = list(read_zip(content, name, wanted, max_bytes=self.max_bytes * _UNPACKED))
        elif ending in _TEXTS:
            wanted.has_other = True  # a text has one table, whatever it is called
            held = [read_csv(content, name, unicodedata.normalize("NFC", file.stem))]
        else:
            from .xlsx import read_xlsx

            held = [read_xlsx(content, name, wanted)]
        seen[short] = stamp
        return held

    def _untouched(
        self, files: Sequence[Path], before: dict[str, Stamp], seen: dict[str, Stamp]
    ) -> bool:
        """Return whether every file is as it was: by size and time, or else by content."""
        if {self._short(file) for file in files} != set(before):
            return False
        for file in files:
            short = self._short(file)
            size, moment, digest = before[short]
            status = _status(file, short)
            if [status[0], status[1]] != [size, moment]:
                _, stamp = self._through(file, lambda _: None)
                if stamp[2] != digest:
                    return False
                seen[short] = stamp
            else:
                seen[short] = before[short]
        return True

    def _large_text(self, file: Path, name: str, seen: dict[str, Stamp]) -> Workbook | None:
        """Return what a large text holds, its rows in a buffer; None for any other file."""
        short = self._short(file)
        size, _ = self._ready(file, short)
        if size < _LARGE:
            return None
        tab = unicodedata.normalize("NFC", file.stem)
        found, stamp = self._through(
            file, lambda opened: read_large_csv(opened, name, tab, held=size < _HELD)
        )
        if found is not None:
            seen[short] = stamp
        return found

    def _bytes(self, file: Path) -> tuple[bytes, Stamp]:
        """Return what a file holds, and (size, time, digest); raises what `_through` does."""
        return self._through(file, BufferedReader.read)

    def _through(self, file: Path, read: Callable[[BufferedReader], T]) -> tuple[T, Stamp]:
        """Return what `read` makes of an open file, and (size, time, digest).

        One that is being written is asked again later.

        Raises: SourceUnavailableError: it changed while it was read, or another program holds it.
            SourceRefusedError: it may not be read, is empty, too large or of a kind that is not
            read.
        """
        short = self._short(file)
        before = self._ready(file, short)
        try:
            with DigestedFile(file) as opened, opened.buffered() as reader:
                found = read(reader)
                digest, size = opened.digest_of_all(), opened.size
        except OSError as error:
            raise _unreadable(short, error) from error
        if _status(file, short) != before or size != before[0]:
            raise SourceUnavailableError(f"{short} is just being written", hint=_LATER)
        return found, [before[0], before[1], digest]

    def _ready(self, file: Path, short: str) -> tuple[int, int]:
        """Return size and time of a file that may be read."""
        self._refuse(file, short)
        before = _status(file, short)
        if before[0] == 0:
            raise SourceRefusedError(f"{short} is empty", hint=_UNFINISHED)
        if before[0] > self.max_bytes:
            raise SourceRefusedError(
                (
                    f"{short} has {before[0] / 1e6:.0f} MB, more than the "
                    f"{self.max_bytes / 1e6:.0f} MB that are read"
                ),
                hint="raise max_mb for this source, or move old rows to another file",
            )
        return before

    def _refuse(self, file: Path, short: str) -> None:
        if file.name.startswith(_MARK):
            raise SourceRefusedError(
                f"{short} only marks a workbook that is open in Excel",
                hint="name the workbook itself, without ~$",
            )
        if step := _STEPS.get(file.suffix.lower()):
            raise SourceRefusedError(f"{short} holds no table that can be read", hint=step)
        kind = _OTHERS.get(file.suffix.lower())
        if kind or file.suffix.lower() not in _KNOWN:
            raise SourceRefusedError(
                f"{short} is {kind or 'of a kind that loopnote does not read'}",
                hint="save it as .xlsx or .csv",
                code="file.wrong_kind",
                facts={"file": short},
            )

    def _files(self) -> list[Path]:
        """Return the files that the path names, in the order of their names.

        Raises:
            SourceRefusedError: there is none, or their folder may not be read.
        """
        try:
            return self._found()
        except PermissionError as error:
            raise _closed(self.path, error) from error
        except OSError as error:
            raise _unreadable(self.path, error) from error

    def _found(self) -> list[Path]:
        named = Path(self.path)
        if named.is_dir():
            raise SourceRefusedError(
                f"{self.path} is a folder",
                hint=f"name the files in it, for example {self.path}/*.xlsx",
            )
        files = [path for path in files_at(self.path) if not path.name.startswith(("~$", "."))]
        if files and any(path.suffix.lower() in _KNOWN for path in files) and named not in files:
            files = [path for path in files if path.suffix.lower() in (*_KNOWN, *_OTHERS)]
        if not files:
            near = file_like(named)
            raise SourceRefusedError(
                f"no file is at {self.path}",
                hint=f"did you mean {near}? correct `path` of this source, or put the file back"
                if near
                else "check `path` of this source; it counts from the config",
            )
        return files

    def _opened_elsewhere(self, files: Sequence[Path]) -> list[str]:
        """Return which files Excel or LibreOffice holds open.

        What is not saved there cannot be read here.
        """
        told = []
        for file in files:
            names = (f"~${file.name}", f"~${file.name[2:]}", f".~lock.{file.name}#")
            if any((file.parent / name).exists() for name in names):
                told.append(
                    f"{self._short(file)} is open in another program; what is not saved "
                    f"yet was not read"
                )
        return told

    def _short(self, file: Path) -> str:
        """Return the part of a file's path that tells it from the others of the source."""
        fixed = Path(
            self.path.split("*", maxsplit=1)[0].split("?", maxsplit=1)[0].split("[", maxsplit=1)[0]
        )
        folder = fixed if fixed.is_dir() else fixed.parent
        whole, above = (Path(unicodedata.normalize("NFC", str(path))) for path in (file, folder))
        return whole.relative_to(above).as_posix() if whole.is_relative_to(above) else whole.name


def _newest_exports_first(files: Sequence[Path]) -> list[Path]:
    """Return the files in their order, archives before them, the newest first.

    A folder of Notion exports holds the same database several times; the last export is what
    counts.
    """
    archives = [file for file in files if file.suffix.lower() in _ARCHIVES]
    archives.sort(key=lambda file: _status(file, file.name)[1], reverse=True)
    return [*archives, *(file for file in files if file not in archives)]


def _status(file: Path, short: str) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError as error:
        raise _unreadable(short, error) from error
    return status.st_size, status.st_mtime_ns


def _closed(path: str, error: PermissionError) -> SourceError:
    """Return the error of a folder on the way to the files that this user may not look into."""
    refused = Path(str(error.filename or path))
    folder = refused if os.path.isdir(refused) else refused.parent  # noqa: PTH112  never raises
    return SourceRefusedError(
        f"the folder {folder} may not be read, so nobody knows which files are in it",
        hint="give this user permission to read and enter it",
    )


def _unreadable(short: str, error: OSError) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceUnavailableError(f"{short} vanished while it was read", hint=_LATER)
    if isinstance(error, PermissionError):
        # A program that has the file open keeps others out on Windows, until it is closed.
        refused = SourceUnavailableError if sys.platform == "win32" else SourceRefusedError
        return refused(
            f"{short} may not be read",
            hint="close it where it is open, or give this user permission to read it",
        )
    return SourceUnavailableError(
        f"{short} cannot be read ({error.strerror or error})", hint="check the disk or the share"
    )
