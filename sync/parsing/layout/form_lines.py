"""Lines of a form above its table: the day and the writer of all its rows.

| Date | 2026-11-16 | Name | Ann |
| Time | What was done |             ◄─ the table
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sync.parsing.cells.date_grammar.date_context import DateContext, DateReading
from sync.parsing.cells.date_grammar.dates import read_period_label
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.tables.record_table import RowContext
from sync.parsing.vocabulary.header_phrases import nearest_role

from .body_rows import with_week
from .name_cells import is_name
from .table_blocks import MemoLine, TableBlock

_NAMED = 0.9
"""Likeness from which a label is a field's name, as `outline._NAMED`."""
_LONGEST = 24
"""Characters of a label; judgement: longer ones are text."""
_LOOKED_AT = 20
"""Rows of a table in which a column of days shows."""
_DAYS = frozenset({"date", "start_date", "end_date", "due", "week", "logged", "other_period"})
_PEOPLE = frozenset({"owners", "author", "people"})
"""What a form says once for all of its rows; where a column says it, the column decides."""


@dataclass(frozen=True, slots=True, eq=False)
class TabLines:
    """A table with its tab and the lines above it."""

    sheet: CleanSheet
    block: TableBlock
    memos: Sequence[MemoLine]


def form_context(
    now: RowContext,
    around: TabLines,
    context: DateContext,
    *,
    day: str,
) -> RowContext:
    """Return what the lines above a table and the tab say of its rows, where it has no such column.

    `day` is the name of a tab that is one of several days, "" for any other.
    """
    roles = {nearest_role(header, _NAMED) for header, _group in around.block.names.values()}
    stated = dict(reversed(list(_stated(around.memos))))
    if now.period is None and not _has_days(around):
        told = (stated.get(role, "") for role in ("date", "logged"))
        readings = (_day_of(text, context) for text in (*told, *_alone(around.memos), day) if text)
        found = next((one for one in readings if one is not None), None)
        if found is not None and found.start is not None:
            now = replace(now, period=with_week(found), year=found.start.year)
    person = next((stated[role] for role in ("owners", "author") if role in stated), "")
    if person and not roles & _PEOPLE and not now.owner:
        now = replace(now, owner=person)
    return now


def _has_days(around: TabLines) -> bool:
    """Return whether a column (or labelled row) of the table holds days; clock times are none."""
    area = around.block.area
    for number, (header, _group) in around.block.names.items():
        if nearest_role(header, _NAMED) not in _DAYS:
            continue
        if around.block.headers:
            first = around.block.headers[-1]
            near = around.sheet.rows[first : min(area.bottom, first + _LOOKED_AT)]
            cells = [values[number - 1] for values in near]
        else:
            cells = list(around.sheet.rows[number - 1][area.left : area.right])
        if any(cell_sort(value) in ("date", "week") for value in cells if value is not None):
            return True
    return False


def _day_of(text: str, context: DateContext) -> DateReading | None:
    reading = read_period_label(text, context)
    return reading if reading is not None and reading.precision == "day" else None


def is_day(tab: str) -> bool:
    """Return whether a tab is named after a day and nothing else."""
    return _day_of(tab, DateContext(year=2024)) is not None


def _by_row(memos: Iterable[MemoLine]) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for memo in memos:
        rows.setdefault(memo.row, []).append(memo.text)
    return rows


def _stated(memos: Sequence[MemoLine]) -> Iterator[tuple[str, str]]:
    """Yield the meaning of each label above a table and what stands behind or beside it."""
    for texts in _by_row(memos).values():
        for place, text in enumerate(texts):
            label, sign, rest = text.replace("：", ":").partition(":")
            beside = rest.strip() if sign else next(iter(texts[place + 1 : place + 2]), "")
            role = nearest_role(label, _NAMED) if len(label) <= _LONGEST else ""
            if role == "title" and is_name(beside):
                role = "author"
            if role and beside:
                yield role, beside


def _alone(memos: Sequence[MemoLine]) -> list[str]:
    return [texts[0] for texts in _by_row(memos).values() if len(texts) == 1]
