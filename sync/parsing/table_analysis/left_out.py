"""Reports tables that were left out although they hold texts (reading rules 1.3a).

A line of configuration is only proposed after it was tried: a header row that makes a log of the
tab, else the tab's kind, where notes come of it. What makes none is left out by saying what it is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from notes.model.notes import Place, Problem
from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.columns.column_meanings import assign_roles
from sync.parsing.columns.column_texts import build_role_table
from sync.parsing.fields.note_rows import group_records
from sync.parsing.layout.body_rows import read_body
from sync.parsing.layout.headers.header_rows import judge_header
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.layout.tab_layout import find_tables
from sync.parsing.records.method_tables import method_table
from sync.parsing.tables.record_table import NO_CONTEXT, RecordTable
from sync.parsing.vocabulary.header_kinds import composed_roles
from sync.parsing.vocabulary.header_phrases import plain_header
from sync.table_kind import TableKind

from .rows_outside import rows_without_header
from .table_kinds import TableSetting, classify_table, told_fields

_LOOKED_AT = 400
"""Rows looked at per tab; judgement: bounds the work for a tab that is not read."""
_FEWEST = 3
"""So many sentences are a text that somebody wrote; a cover or a title has fewer."""
_WORDS = 3
"""Words from which a text counts as a sentence; judgement."""
_SIGNS = 8
"""Japanese or Chinese signs from which a text counts as a sentence; judgement: about three words.
"""
_WITHOUT_BLANKS = kept_pattern(r"[\u3041-\u30ff\u4e00-\u9fff]")
_HEADERS = 15
"""Rows tried as the header that is proposed; judgement: titles above a table take fewer."""
_NAMED = 2
"""A row is only proposed as the header where it names at least two meanings."""
_FEWEST_ROWS = 2
"""Lines of sentences side by side from which a header row is missing; judgement: one may be a
remark."""
_QUIET = frozenset(
    {"definitions", "a single list", "raw data", "counts", "config", "stages", "numbers by period"}
)
"""Reasons that say what a table is instead of a log: beside a log that was read, nothing needs
to be asked."""
_NO_LOG: tuple[TableKind, ...] = ("guide", "lookup", "summary")
"""Kinds of table that are no log whatever they hold: nothing is said where this is plain."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A table or tab of which no note came.

    `record_tables` are its tables as found, none where there is no table.
    """

    sheet: CleanSheet
    kind: TableKind
    reason: str
    record_table: RecordTable | None = None
    row: int = 1


def problems_of(
    left: Sequence[LeftOut], overrides: Mapping[str, str], *, alone: bool, noted: bool
) -> Iterator[Problem]:
    """Yield a problem for every tab that was left out and should be asked about.

    `alone`: nothing at all came of the workbook; then whatever it holds is asked about. `noted`: a
    note came of it; where only other records did, one sentence is enough to ask.
    """
    told: set[str] = set()
    for one in left:
        tab = one.sheet.tab
        if tab in told or not _is_asked(one, alone=alone, fewest=_FEWEST if noted else 1):
            continue
        told.add(tab)
        line = _line(one, overrides)
        rows = rows_without_header(one.sheet) if one.reason == "no_table" else 0
        headless = rows >= _FEWEST_ROWS
        why = (("why", "no header"), ("count", str(rows))) if headless else (("why", one.reason),)
        yield Problem(Place(tab, one.row), "not_understood", tab, (("line", line), *why))


def _is_asked(one: LeftOut, *, alone: bool, fewest: int) -> bool:
    if one.reason == "config" and one.kind in _NO_LOG:
        return False  # the answer was given
    lines = list(_lines(one))
    if alone:
        return _has_rows(one.sheet) if lines else _told(_texts(one.sheet.rows)) >= _FEWEST
    if one.reason in _QUIET or (one.kind in _NO_LOG and one.reason == "tab name"):
        return False
    return _told(lines) >= fewest


def _told(lines: Iterable[Sequence[str]]) -> int:
    """Return how many sentences the lines hold."""
    return sum(_is_sentence(text) for texts in lines for text in texts)


def _is_sentence(text: str) -> bool:
    """Return whether a text is more than a word; Japanese and Chinese write no blanks."""
    return len(text.split()) >= _WORDS or len(_WITHOUT_BLANKS.findall(text)) >= _SIGNS


def _has_rows(sheet: CleanSheet) -> bool:
    """Return whether a tab holds more than one line: one is a header under which nobody has
    written.
    """
    return sum(any(value is not None for value in row) for row in sheet.rows[:_LOOKED_AT]) > 1


def _lines(one: LeftOut) -> Iterator[list[str]]:
    rows = (
        one.record_table.rows[:_LOOKED_AT]
        if one.record_table is not None and not one.record_table.page_ids
        else None
    )
    yield from _texts(one.sheet.rows if rows is None else (one.sheet.rows[row - 1] for row in rows))


def _texts(rows: Iterable[Sequence[Value]]) -> Iterator[list[str]]:
    """Give the texts of each of the first lines that hold any."""
    for values in islice(rows, _LOOKED_AT):
        texts = [value for value in values if isinstance(value, str)]
        if texts:
            yield texts


def _line(one: LeftOut, overrides: Mapping[str, str]) -> str:
    """Return the line of configuration that makes a log of the tab, tried.

    Else the one that leaves it out.
    """
    name = json.dumps(one.sheet.tab, ensure_ascii=False)
    row = _header_row(one.sheet, overrides)
    if row and not _is_below(one.record_table, row):
        return f"header_rows = {{ {name} = {row} }}"
    if one.record_table is not None and _is_log(one.record_table, overrides, forced="log"):
        return f'tables = {{ {name} = "log" }}'
    if one.record_table is not None and _may_be_numbers(one.record_table, overrides):
        return f'tables = {{ {name} = "metric" }}'
    return f'tables = {{ {name} = "guide" }}'


def _may_be_numbers(record_table: RecordTable, overrides: Mapping[str, str]) -> bool:
    """Return whether a table is read as one number a row where a person says so, and has the word
    of a number or of its name in a header.
    """
    record_table = record_table.part(range(min(len(record_table.rows), _LOOKED_AT)))
    meanings = assign_roles(record_table.columns, overrides, record_table.tab)
    words = (("names", "metric_name"), ("numbers", "metric_value"), ("numbers", "reached"))
    headers = [plain_header(column.header) for column in record_table.columns]
    named = any(
        composed_roles(header, grammar) == (role,) for header in headers for grammar, role in words
    )
    return named and method_table(record_table, meanings, "metric") is not None


def _is_below(record_table: RecordTable | None, row: int) -> bool:
    """Return whether the rows of a table follow this one: it was its header all along."""
    return record_table is not None and list(record_table.rows[:1]) == [row + 1]


def _header_row(sheet: CleanSheet, overrides: Mapping[str, str]) -> int:
    for row in range(1, min(len(sheet.rows), _HEADERS) + 1):
        if judge_header(sheet, row, 1, right=sheet.width).roles < _NAMED:
            continue
        for block in find_tables(sheet, row).blocks:
            record_table = read_body(sheet, block, DateContext(), first=NO_CONTEXT).record_table
            if record_table.rows and _is_log(
                record_table.part(range(min(len(record_table.rows), _LOOKED_AT))), overrides
            ):
                return row
    return 0


def _is_log(record_table: RecordTable, overrides: Mapping[str, str], *, forced: str = "") -> bool:
    record_table = record_table.part(range(min(len(record_table.rows), _LOOKED_AT)))
    meanings = assign_roles(record_table.columns, overrides, record_table.tab)
    kind, _ = classify_table(
        record_table, meanings, forced, setting=TableSetting(forced=bool(forced))
    )
    return (
        kind == "log"
        and bool(told_fields(meanings))
        and bool(group_records(build_role_table(record_table, meanings), {}).notes)
    )
