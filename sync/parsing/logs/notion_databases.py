"""Parses a Notion data source, batch by batch."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from notes.model.notes import Place, Problem
from notes.system.compiled_tables import kept_pattern
from notes.system.spill_list import SpillList
from sync.contents.pages import PageBatch, PageSet
from sync.parse_result import ParsedTable, ParseOptions, ParseResult
from sync.parsing.cells.outcomes import parse_legend
from sync.parsing.columns.column_meanings import assign_roles, parsed_columns
from sync.parsing.columns.column_texts import RoleTable, build_role_table
from sync.parsing.columns.grades import Meaning, Open
from sync.parsing.fields.date_fields import DateEvidence, count_years, find_year
from sync.parsing.normalize import ParseRules, normalize
from sync.parsing.profiles.column_profile import cell_sort, is_full
from sync.parsing.table_analysis.alike_problems import one_a_column
from sync.parsing.table_analysis.page_table import PageTable, PageTitles, build_page_tables, key_of
from sync.parsing.tables.record_table import RecordTable, TableColumn

_DAYS = kept_pattern(r"\d{4}-\d\d-\d\d ~ \d{4}-\d\d-\d\d")
"""A range of days as Notion's property is decoded."""
Known = dict[tuple[str, str, str], Meaning]


def parse_pages(
    pages: PageSet, options: ParseOptions, later: SpillList[PageBatch]
) -> Iterator[ParseResult]:
    """Yield the readings of a data source.

    What a column means is decided by the first batch that has it.

    `later` is where pages wait that name one which comes after them.
    """
    titles = PageTitles(elsewhere=options.titles_of)
    known: Known = {}
    notes, told = 0, False
    for table in build_page_tables(pages, titles, later, zone=options.zone):
        if table.preview:
            _assigned(table.record_table, options, known)
        else:
            reading = _reading(pages, table, options, known=known)
            notes += len(reading.entries)
            told = told or _tells(table.record_table)
            yield reading
    if not pages.whole:
        return
    problems = [
        *_dangling(titles),
        *([_not_understood(pages, known)] if told and not notes else []),
    ]
    if problems:
        yield ParseResult(problems=tuple(problems))


def _tells(record_table: RecordTable) -> bool:
    """Return whether some page holds a text, in a property or in its body."""
    return any(
        cell_sort(value) in ("text", "short")
        for column in record_table.columns
        for value in column.values
        if is_full(value)
    )


def _not_understood(pages: PageSet, known: Known) -> Problem:
    """Return the problem of a set of pages of which no note came, with the line that helps.

    The property that tells most is proposed as what was done: any text of it makes a note.
    """
    texts = {
        header: found.profile
        for (_, header, _), found in known.items()
        if header and isinstance(found, Open) and found.tells
    }
    header = max(sorted(texts), key=lambda name: texts[name].words, default="")
    named = json.dumps(header, ensure_ascii=False)
    line = f'columns = {{ {named} = "execution" }}' if header else ""
    return Problem(
        Place(tab=pages.name), "not_understood", pages.name, (("line", line), ("why", "no_table"))
    )


def _reading(
    pages: PageSet, table: PageTable, options: ParseOptions, *, known: Known
) -> ParseResult:
    record_table = table.record_table
    meanings = _assigned(record_table, options, known)
    understood = build_role_table(record_table, meanings)
    found = normalize(understood, _rules(pages, understood, options))
    cut = [
        Problem(
            Place(page_id=page_id, property=name), "incomplete_value" if name else "unreadable_body"
        )
        for page_id, name in table.incomplete
    ]
    shown = ParsedTable(
        tab=pages.name,
        kind="log",
        reason="Notion",
        columns=parsed_columns(record_table.columns, meanings),
        record_kind="experiment",  # its open columns are asked about like a sheet's
    )
    problems = one_a_column(found.problems, record_table, meanings)
    return ParseResult(
        found.entries, (*problems, *cut), (*table.skipped, *found.skipped), (shown,), table.page_ids
    )


def _assigned(record_table: RecordTable, options: ParseOptions, known: Known) -> list[Meaning]:
    if all(_name(column) in known for column in record_table.columns):
        return [known[_name(column)] for column in record_table.columns]
    meanings = assign_roles(record_table.columns, options.columns, record_table.tab)
    for column, found in zip(record_table.columns, meanings, strict=True):
        known.setdefault(_name(column), found)
    return [
        replace(known[_name(column)], profile=found.profile)
        for column, found in zip(record_table.columns, meanings, strict=True)
    ]


def _name(column: TableColumn) -> tuple[str, str, str]:
    return column.group, column.header, column.type


def _rules(pages: PageSet, table: RoleTable, options: ParseOptions) -> ParseRules:
    date_evidence = DateEvidence(
        title=find_year(pages.name),
        elsewhere=_likely_year(table) if _has_written_days(table) else None,
        order=options.date_order,
        first_week=options.first_week,
        last_resort=options.year,
        today=options.today,
        zone=options.zone,
    )
    return ParseRules(options.aliases, parse_legend(pages.name), options.decimal, date_evidence)


def _has_written_days(table: RoleTable) -> bool:
    """Return whether any date is a text that may lack its year; Notion's own dates have one."""
    columns = (
        table.column(number)
        for number in table.columns("week", "date", "start_date", "end_date", "due")
    )
    return any(
        not isinstance(value, date) and not (isinstance(value, str) and _DAYS.fullmatch(value))
        for column in columns
        for value in column.values
        if value is not None
    )


def _likely_year(table: RoleTable) -> int | None:
    years: Counter[int] = Counter()
    for column in table.record_table.columns:
        if column.type not in ("created_time", "last_edited_time"):
            years.update(count_years(column.values))
    return max(sorted(years), key=lambda year: years[year]) if years else None


def _dangling(titles: PageTitles) -> Sequence[Problem]:
    """Return the relations to pages that are not there.

    Only of properties that point into this data source at all.
    """
    return [
        Problem(Place(page_id=page, property=name), "dangling_relation", target)
        for page, name, target in titles.asked
        if name in titles.answered and key_of(target) not in titles.known
    ]
