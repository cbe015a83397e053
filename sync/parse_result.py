"""The parse result and the parse options.

Holds entries, problems, skipped rows, and how each column was understood.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from notes.model.notes import PAGE_LANGUAGE, Entry, Kind, Language, Problem, UnchangedRows
from sync.contents.workbook import Area

from .contents.parsed_rows import Remarks
from .table_kind import TableKind

TitlesOf = Callable[[Collection[str]], Mapping[str, str]]
"""Gives the titles of pages by their ids, of those that it knows."""


def no_titles(_page_ids: Collection[str]) -> Mapping[str, str]:
    """Return no title for any page id."""
    return {}


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """What the configuration knows about a source, all optional.

    `columns` overrides by header text or column letter ("실험 내용" or "Log!C" → field name, or
    "ignore"); `tables` overrides the kind by tab name; `header_rows` by tab name. `aliases` maps
    other spellings of a person to the name to keep. `date_order` decides 3/2/2026 where the sheet
    does not. `year` is the year of dates where nothing else tells. `first_week` is the convention
    of "1주차". `titles_of` gives the titles of pages that are not in the set that is read, of those
    that it knows. `zone` is the team's time zone ("Asia/Seoul"), in which the day of an instant
    is taken; "" leaves it as written. `today` is the day of reading there, None where nobody says:
    no date without a year is taken for one far behind it.
    """

    language: Language = PAGE_LANGUAGE
    columns: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, TableKind] = field(default_factory=dict)
    header_rows: Mapping[str, int] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    date_order: Literal["", "mdy", "dmy"] = ""
    decimal: Literal["", ".", ","] = ""
    year: int | None = None
    first_week: Literal["thursday", "monday", "first"] = "thursday"
    titles_of: TitlesOf = no_titles
    zone: str = ""
    today: date | None = None


@dataclass(frozen=True, slots=True)
class ParsedColumn:
    """How one column was understood; `field` is its role, "" when it is kept verbatim only.

    `grade`: "certain" is read, "likely" is read and asked about, "open" is not read and asked
    about; `candidates` are then the fields that it may be. `samples` are cells of the very tab.
    """

    letter: str
    header: str
    field: str
    reason: str
    confidence: float
    samples: tuple[str, ...] = ()
    grade: Literal["certain", "likely", "open"] = "certain"
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """How one table was understood.

    Where it stands, what kind it is and why, its header rows and its columns.
    """

    tab: str
    kind: TableKind
    reason: str
    area: Area | None = None
    header_rows: tuple[int, ...] = ()
    columns: tuple[ParsedColumn, ...] = ()
    record_kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class SkippedRows:
    """Rows that are no note, with the reason code (`[skipped]` in notes/messages/problems).

    Both ends included.
    """

    tab: str
    first_row: int
    last_row: int
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ParseResult:
    """What was understood of some rows of a workbook, or of one batch of pages.

    `row_keys` are, where rows may be reused at the next reading, the keys of the entries (b"" for
    one that may not), `row_remarks` what was remarked on each; `unchanged` are rows that were
    reused in this one (see `parsed_rows`). `as_before`: the whole workbook is what it was at the
    last reading, and says nothing here; who asks on for more has it read like any other.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[SkippedRows, ...] = ()
    tables: tuple[ParsedTable, ...] = ()
    page_ids: tuple[str, ...] = ()
    row_keys: tuple[bytes, ...] = ()
    row_remarks: tuple[Remarks, ...] = ()
    unchanged: tuple[UnchangedRows, ...] = ()
    as_before: bool = False

    @property
    def notes(self) -> int:
        """Return how many rows are notes or records, whether parsed now or unchanged."""
        return len(self.entries) + sum(map(len, self.unchanged))


def join_results(readings: Iterable[ParseResult]) -> ParseResult:
    """Return several readings as one, in their order."""
    every = list(readings)
    return ParseResult(
        entries=tuple(entry for one in every for entry in one.entries),
        problems=tuple(problem for one in every for problem in one.problems),
        skipped=tuple(skipped for one in every for skipped in one.skipped),
        tables=tuple(table for one in every for table in one.tables),
        page_ids=tuple(page_id for one in every for page_id in one.page_ids),
        row_keys=tuple(key for one in every for key in one.row_keys),
        row_remarks=tuple(told for one in every for told in one.row_remarks),
        unchanged=tuple(rows for one in every for rows in one.unchanged),
    )
