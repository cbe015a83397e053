"""`export`: the store as JSON Lines, as tables for spreadsheet programs, as pages for a wiki."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from loopnote.services.wiring import Wiring
from notes.export_formats import jsonlines
from notes.export_formats.record import ExportSelection, Record
from notes.model.errors import ConfigError
from notes.model.notes import Language
from notes.store.store import Store

from .export_files import (
    RECORDS,
    STREAM,
    begins_with,
    first_bytes,
    private_file,
    refuse_others_folder,
    write_lines,
)

_EVERY = 1000
"""Records between two progress messages."""

Count = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ExportWording:
    """What tables and pages are written in.

    The heading of a column in each way, the wanted one, and words by team.
    """

    heading: Callable[[str], str]
    headings: tuple[Callable[[str], str], ...]
    language: Language
    words_of: Callable[[str], Callable[[str], str]]


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written where, and how many records of each kind."""

    paths: tuple[Path, ...]
    records: dict[str, int]


class RecordCounter:
    """Counts records as they pass, and reports progress every `_EVERY` records."""

    def __init__(self, tell: Count) -> None:
        self.kinds: dict[str, int] = {}
        self._tell = tell
        self._count = 0

    def of(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records, counted."""
        for record in records:
            self.kinds[record.kind] = self.kinds.get(record.kind, 0) + 1
            self._count += 1
            if self._count % _EVERY == 0:
                self._tell(self._count)
            yield record


def chosen_of(wiring: Wiring, store: Store, chosen: ExportSelection) -> ExportSelection:
    """Return what was chosen.

    Raises:
        ConfigError: neither the store nor the configuration knows the team.
    """
    if chosen.team and chosen.team not in store.teams():
        wiring.team(chosen.team)
    return chosen


def export_lines(
    wiring: Wiring, chosen: ExportSelection, out: Path, *, force: bool, tell: Count
) -> ExportResult:
    """Write the chosen records as JSON Lines to a file (gzip for .gz) or to stdout ("-").

    Raises:
        ExchangeError: the file cannot be written, or is not ours to write over.
    """
    tally = RecordCounter(tell)
    with wiring.open_store(create=False) as store:
        lines = jsonlines.encode_lines(
            tally.of(store.records(chosen_of(wiring, store, chosen))), chosen
        )
        if out == STREAM:
            sys.stdout.buffer.writelines(lines)
            sys.stdout.buffer.flush()
            return ExportResult((), tally.kinds)
        write_lines(out, lines, force=force)
    return ExportResult((out,), tally.kinds)


def export_tables(
    wiring: Wiring,
    chosen: ExportSelection,
    out: Path,
    *,
    wording: ExportWording,
    force: bool,
    tell: Count,
) -> ExportResult:
    """Write four CSV tables into a folder; for whole exports also the exact records.

    A file (`notes.csv`, `metrics.csv` …) or stdout gets the one table of its name, or else the
    notes.

    Raises:
        ExchangeError: the place cannot be written, or holds files that are not ours to write over.
    """
    from notes.export_formats import csv_tables

    single = out == STREAM or out.suffix.lower() == ".csv"
    tables = list(csv_tables.COLUMNS)
    wanted = [out.stem if out.stem in tables else "notes"] if single else tables
    paths = {table: out if single else out / f"{table}.csv" for table in wanted}
    if not single:
        refuse_others_folder(out, (*paths.values(), out / RECORDS), force=force)
    tally = RecordCounter(tell)
    with wiring.open_store(create=False) as store, ExitStack() as stack:
        chosen_of(wiring, store, chosen)
        files = {
            table: stack.enter_context(_table(path, table, wording, force=force))
            for table, path in paths.items()
        }
        for table, row in csv_tables.rows(tally.of(store.records(chosen)), wording.language):
            if table in files:
                files[table].write(row.encode())
    written = () if out == STREAM else tuple(paths.values())
    if single or chosen.touching is not None:
        return ExportResult(written, tally.kinds)
    exact = export_lines(wiring, replace(chosen, gone=True), out / RECORDS, force=force, tell=tell)
    return ExportResult((*written, *exact.paths), tally.kinds)


@contextmanager
def _table(path: Path, table: str, wording: ExportWording, *, force: bool) -> Iterator[IO[bytes]]:
    """Give the file of a table, begun with its headings."""
    from notes.export_formats import csv_tables

    heading = csv_tables.heading(table, wording.heading).encode()
    if path == STREAM:
        sys.stdout.buffer.write(heading)
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    ours = tuple(csv_tables.heading(table, words).encode() for words in wording.headings)
    with private_file(path, force=force, is_ours=begins_with(ours)) as file:
        file.write(heading)
        yield file


def export_pages(
    wiring: Wiring,
    chosen: ExportSelection,
    folder: Path,
    *,
    wording: ExportWording,
    force: bool,
    tell: Count,
) -> ExportResult:
    """Write a Markdown page for each team and month into a folder, and an index.

    Raises:
        ExchangeError: the folder cannot be written, or holds files that are not ours to write over.
    """
    from notes.export_formats import markdown_pages

    refuse_others_folder(folder, [folder / "index.md"], force=force)
    tally = RecordCounter(tell)
    with wiring.open_store(create=False) as store, TemporaryFile() as spool:
        chosen_of(wiring, store, chosen)
        places: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for kind, note in tally.of(store.records(chosen)):
            if kind == "note":
                section = markdown_pages.section(note, wording.words_of(note["team"])).encode()
                about = note["team"], markdown_pages.month_of(note)
                places.setdefault(about, []).append(
                    (markdown_pages.day_of(note), spool.tell(), len(section))
                )
                spool.write(section)
        names = _page_names(sorted(places))
        for (team, month), sections in sorted(places.items()):
            texts = [_part(spool, start, length) for _, start, length in sorted(sections)]
            _write_page(
                folder / names[team, month], markdown_pages.page(team, month, texts), force=force
            )
    pages = [(*about, len(sections), names[about]) for about, sections in sorted(places.items())]
    _write_page(folder / "index.md", markdown_pages.index(pages), force=force)
    return ExportResult((folder / "index.md",), tally.kinds)


def _part(spool: IO[bytes], start: int, length: int) -> str:
    spool.seek(start)
    return spool.read(length).decode()


def _page_names(about: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return a file name for each team and month; no two teams share one."""
    from reports.archive.addresses import team_folders

    stems = team_folders(team for team, _ in about)
    return {(team, month): f"{stems[team]}-{month}.md" for team, month in about}


def _write_page(path: Path, text: str, *, force: bool) -> None:
    from notes.export_formats import markdown_pages

    with private_file(
        path, force=force, is_ours=lambda known: markdown_pages.is_ours(first_bytes(known))
    ) as file:
        file.write(text.encode())


def format_of(named: str, out: Path | None) -> str:
    """Return the format: as named, else as the file's name ends, else JSON Lines.

    Raises:
        ConfigError: there is no such format, or it has no single file.
    """
    known = {
        "": "jsonl",
        "jsonl": "jsonl",
        "json": "jsonl",
        "csv": "csv",
        "markdown": "markdown",
        "md": "markdown",
    }
    ending = out.suffix.lower().removeprefix(".") if out is not None else ""
    wanted = named.lower() or (ending if ending in {"csv", "md"} else "")
    if wanted not in known:
        raise ConfigError(f"{named!r} is not an export format", hint="jsonl, csv or markdown")
    if known[wanted] == "markdown" and out is not None and (ending == "md" or out == STREAM):
        raise ConfigError(
            "there is a page for each team and month",
            hint="name a folder: --format markdown --out pages",
        )
    return known[wanted]
