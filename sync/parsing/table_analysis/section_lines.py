"""Applies section lines inside a table: a goal, a person, or a plain heading."""

import re
from collections.abc import Sequence
from dataclasses import replace

from notes.system.compiled_tables import kept_pattern
from sync.parsing.cells.named_people import name_key
from sync.parsing.columns.column_texts import cell_text
from sync.parsing.columns.grades import Meaning
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.profiles.text_classifier import classify_text
from sync.parsing.tables.record_table import RecordTable, RowContext

_LIKELY_GOAL = 0.5
"""Probability of a goal from which a section line is one; the sentences of a column need as much
(`columns.grades`)."""
_OF_A_LIST = kept_pattern(
    r"\d\s*[/.월-]\s*\d|\d\s*(?:건|개|명|items?\b|rows?\b|tasks?\b)|완료|진행|예정|\b(?:done|todo|closed|open)\b",
    re.IGNORECASE,
)
"""A day, a count or a state in a heading: it sorts the rows below it, it is not what they want."""


def apply_sections(
    record_table: RecordTable,
    sections: dict[int, tuple[int, str]],
    meanings: Sequence[Meaning],
    *,
    owner: str = "",
) -> RecordTable:
    """Return the table with owners and goals from its section lines (reading rules 2.4, 2.5).

    A line is a goal only where the table has no column for goals and the line sounds like one;
    `owner` is the person the tab is named after.
    """
    if not sections and not owner:
        return record_table
    people = _people(record_table, meanings)
    has_goals = any(found.role == "goal" for found in meanings)
    row_contexts = []
    for now in record_table.row_contexts:
        text = sections.get(now.stretch, (0, ""))[1]
        row_contexts.append(_said(now, text, people, owner=owner, has_goals=has_goals))
    return replace(record_table, row_contexts=row_contexts)


def _said(
    now: RowContext, text: str, people: set[str], *, owner: str, has_goals: bool
) -> RowContext:
    if owner and not now.owner:
        now = replace(now, owner=owner)
    if not text or now.goal or now.owner == text:
        return now
    if name_key(text) in people or (cell_sort(text) == "name" and not people and len(text) <= 12):
        return replace(now, owner=text)
    return replace(now, goal=text) if not has_goals and _is_goal(text) else now


def _is_goal(text: str) -> bool:
    return (
        len(text) >= 5
        and not _OF_A_LIST.search(text)
        and cell_sort(text) in ("text", "short")
        and dict(classify_text(text))["goal"] >= _LIKELY_GOAL
    )


def _people(record_table: RecordTable, meanings: Sequence[Meaning]) -> set[str]:
    return {
        name_key(text)
        for column, found in zip(record_table.columns, meanings, strict=True)
        if found.role in ("owners", "people")
        for value in column.values[:400]
        if (text := cell_text(value))
    }
