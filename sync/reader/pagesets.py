"""A Notion data source understood, batch by batch."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from loopnote.notes import Place, Problem
from loopnote.store.waiting import Waiting
from sync.pages import PageBatch, PageSet
from sync.reading import Hints, Reading, TableReading

from .cells.outcomes import parse_legend
from .columns import Assigned, assign, readings
from .frame import Column, Frame
from .normalize import Rules, normalize
from .pagetable import PageTable, Titles, key_of, page_tables
from .when import Clues, year_in, years_of
from .wording import Table, table_of

_DAYS = re.compile(r"\d{4}-\d\d-\d\d ~ \d{4}-\d\d-\d\d")
Known = dict[tuple[str, str, str], Assigned]


def read_pages(pages: PageSet, hints: Hints, later: Waiting[PageBatch]) -> Iterator[Reading]:
    """Give the readings of a data source; what a column means is decided by the first batch that has it.

    `later` is where pages wait that name one which comes after them.
    """
    titles = Titles(elsewhere=hints.title_of)
    known: Known = {}
    for table in page_tables(pages, titles, later):
        if table.preview:
            _assigned(table.frame, hints, known)
        else:
            yield _reading(pages, table, hints, known)
    dangling = _dangling(titles) if pages.whole else []
    if dangling:
        yield Reading(problems=tuple(dangling))


def _reading(pages: PageSet, table: PageTable, hints: Hints, known: Known) -> Reading:
    frame = table.frame
    assigned = _assigned(frame, hints, known)
    understood = table_of(frame, assigned)
    found = normalize(understood, _rules(pages, understood, hints))
    cut = [
        Problem(Place(page_id=page_id, property=name), "incomplete_value" if name else "unreadable_body")
        for page_id, name in table.incomplete
    ]
    shown = TableReading(pages.name, "log", "Notion", columns=readings(frame.columns, assigned))
    return Reading(found.entries, (*found.problems, *cut), (*table.skipped, *found.skipped), (shown,), table.page_ids)


def _assigned(frame: Frame, hints: Hints, known: Known) -> list[Assigned]:
    if all(_name(column) in known for column in frame.columns):
        return [known[_name(column)] for column in frame.columns]
    assigned = assign(frame.columns, hints.columns, frame.tab)
    for column, found in zip(frame.columns, assigned, strict=True):
        known.setdefault(_name(column), found)
    return [
        replace(found, role=known[_name(column)].role) for column, found in zip(frame.columns, assigned, strict=True)
    ]


def _name(column: Column) -> tuple[str, str, str]:
    return column.group, column.header, column.type


def _rules(pages: PageSet, table: Table, hints: Hints) -> Rules:
    clues = Clues(
        title=year_in(pages.name),
        elsewhere=_likely_year(table) if _has_written_days(table) else None,
        order=hints.date_order,
        first_week=hints.first_week,
        last_resort=hints.year,
    )
    return Rules(hints.aliases, parse_legend(pages.name), hints.decimal, clues)


def _has_written_days(table: Table) -> bool:
    """Say whether any date is a text that may lack its year; Notion's own dates have one."""
    columns = (table.column(number) for number in table.columns("week", "date", "start_date", "end_date", "due"))
    return any(
        not isinstance(value, date) and not (isinstance(value, str) and _DAYS.fullmatch(value))
        for column in columns
        for value in column.values
        if value is not None
    )


def _likely_year(table: Table) -> int | None:
    years: Counter[int] = Counter()
    for column in table.frame.columns:
        if column.type not in ("created_time", "last_edited_time"):
            years.update(years_of(column.values))
    return max(sorted(years), key=lambda year: years[year]) if years else None


def _dangling(titles: Titles) -> Sequence[Problem]:
    """Return the relations to pages that are not there; only of properties that point into this data source at all."""
    return [
        Problem(Place(page_id=page, property=name), "dangling_relation", target)
        for page, name, target in titles.asked
        if name in titles.answered and key_of(target) not in titles.known
    ]
