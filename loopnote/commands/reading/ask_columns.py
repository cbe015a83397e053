"""The questions that are open about a log, its columns and the year of its dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loopnote.services.wiring import Progress, Wiring
from notes.model.errors import LoopnoteError
from notes.model.notes import YEAR_UNKNOWN, Problem
from sync.parse_result import ParsedColumn, ParsedTable, ParseResult

from .columns import read_sources

# What a column of a log is asked to be after its own candidates: the fields that the page is made
# of.
USUAL = (
    "title",
    "goal",
    "hypothesis",
    "execution",
    "retrospective",
    "outcome",
    "learned",
    "next_action",
    "applied_to",
    "date",
    "owners",
    "people",
    "metric",
    "tags",
)
IGNORE = "ignore"
YEARS = 3
"""Years that are offered: logs are kept for the running year, and begun in one of the two before.
"""


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """What a column of a source may be.

    `name` is what the configuration calls it, `samples` are cells of it, `choices` the meanings,
    the likeliest first; `likely` says that the first is what it is read as now.
    """

    source: str
    tab: str
    name: str
    header: str
    samples: tuple[str, ...]
    choices: tuple[str, ...]
    likely: bool


@dataclass(frozen=True, slots=True)
class YearQuestion:
    """In which year the dates of a source are that name none.

    `samples` are such dates as they are written, `choices` the years, the running one first.
    """

    source: str
    samples: tuple[str, ...]
    choices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """What is to be asked about sources, and those that cannot be read."""

    years: list[YearQuestion] = field(default_factory=list)
    columns: list[ColumnQuestion] = field(default_factory=list)
    failed: list[tuple[str, LoopnoteError]] = field(default_factory=list)


def open_questions(wiring: Wiring, source: str, *, progress: Progress) -> OpenQuestions:
    """Read the sources and return what is open about them."""
    held: dict[str, list[ParseResult]] = {}
    failed: list[tuple[str, LoopnoteError]] = []
    for name, reading in read_sources(wiring, only=source, progress=progress):
        if isinstance(reading, LoopnoteError):
            failed.append((name, reading))
        else:
            held.setdefault(name, []).append(reading)
    this_year = wiring.clock().year
    return OpenQuestions(
        years=[
            one for name, found in held.items() for one in year_questions(name, found, this_year)
        ],
        columns=[one for name, found in held.items() for one in questions_of(name, found)],
        failed=failed,
    )


def year_questions(
    source: str, readings: Sequence[ParseResult], this_year: int
) -> list[YearQuestion]:
    """Return the question about the year of a source, none where every date has one."""
    dates = without_year(problem for reading in readings for problem in reading.problems)
    choices = tuple(range(this_year, this_year - YEARS, -1))
    return [YearQuestion(source, dates, choices)] if dates else []


def without_year(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the dates, as they are written, that name no year and are in none by their place."""
    written = (one.value for one in problems if one.code == YEAR_UNKNOWN)
    return tuple(dict.fromkeys(written))


def questions_of(source: str, readings: Sequence[ParseResult]) -> list[ColumnQuestion]:
    """Return the questions about a source, each column once, in the order of their worth."""
    tables = [table for reading in readings for table in reading.tables]
    questions: dict[str, ColumnQuestion] = {}
    pairs = [pair for reading in readings for pair in asked_columns(reading)]
    for table, column in sorted(pairs, key=lambda pair: question_worth(pair[1]), reverse=True):
        name = _name(table, column, tables)
        first = [column.field] if column.field else list(column.candidates)
        choices = tuple(dict.fromkeys([*first, *USUAL]))
        questions.setdefault(
            name,
            ColumnQuestion(
                source=source,
                tab=table.tab,
                name=name,
                header=column.header or column.letter,
                samples=column.samples,
                choices=choices,
                likely=column.grade == "likely",
            ),
        )
    return list(questions.values())


def asked_columns(reading: ParseResult) -> list[tuple[ParsedTable, ParsedColumn]]:
    """Return the columns of logs whose meaning is open or only likely, most valuable first."""
    asked = [
        (table, column)
        for table in reading.tables
        if table.record_kind == "experiment"
        for column in table.columns
        if column.grade != "certain" and column.samples and not _only_counts(column)
    ]
    return sorted(asked, key=lambda pair: question_worth(pair[1]), reverse=True)


def _only_counts(column: ParsedColumn) -> bool:
    """Return whether the first cells of a column only count its rows ("Incident" 1, 2, 3)."""
    first = [sample.removesuffix(".0") for sample in column.samples]
    return len(first) > 2 and first == [str(number) for number in range(1, len(first) + 1)]


def question_worth(column: ParsedColumn) -> tuple[int, float]:
    """Return how much an answer would tell: open columns with sentences first, then likely ones."""
    length = sum(map(len, column.samples)) / len(column.samples)
    told = any(" " in sample for sample in column.samples)
    rank = 2 if column.grade == "open" and told else 1 if column.grade == "likely" else 0
    return rank, length


def _name(table: ParsedTable, column: ParsedColumn, tables: Iterable[ParsedTable]) -> str:
    """Return what the configuration calls a column: its header where it has one of its own,
    else its place.
    """
    if column.letter == column.header:
        return column.header  # a property of Notion
    alike = [
        one
        for other in tables
        if other.tab == table.tab
        for one in other.columns
        if one.header == column.header
    ]
    if not column.header or len(alike) > 1:
        return f"{table.tab}!{column.letter}"
    return " ".join(column.header.replace(" / ", " ").split())
