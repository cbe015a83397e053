"""Groups the records of a table into notes.

Handles values filled down, rows that continue the one above, and duplicates.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.named_people import name_key, people_names
from sync.parsing.columns.column_texts import (
    RoleTable,
    cell_text,
    column_texts,
    is_error,
    join_texts,
)
from sync.parsing.tables.duplicates import find_duplicates

NAMING = ("title", "hypothesis", "if", "then")
TEXTS = (
    "goal", "hypothesis", "if", "then", "because", "expected", "execution", "result",
    "retrospective",
    "success_factors", "failure_factors", "learned", "next_action", "next_keep", "next_stop",
    "next_start", "title",
)  # fmt: skip
_STEPS = frozenset({
    "execution", "date", "start_date", "end_date", "due", "week", "owners", "people", "status",
    "done_check", "key",
    "note", "url", "tool", "audience", "author", "logged", "budget", "team", "mention", "",
})  # fmt: skip
_DAYS = ("date", "start_date", "week")
_PERSONS = ("owners",)
_TAKING_PART = ("owners", "people")
_NUMBERED = kept_pattern(
    r"\s*(?:\(?\d{1,2}[.)]|[①-⑳]|\d{1,2}(?:단계|차)|step \d|[-•·→↳])", re.IGNORECASE
)
"""How a step of several begins: "2) call them", "② 전화", "- call"."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """The records of a table as notes: each note's first record and its further ones.

    `goals` is the goal of every record with what is filled down; `skipped` gives the reason for
    records that are none; `copies` maps a record to the sheet row of the earlier one that it
    repeats; `steps` says of each record whether it would continue a note just above it, if that is
    of its own person.
    """

    notes: tuple[tuple[int, ...], ...]
    goals: Sequence[str]
    skipped: dict[int, str]
    copies: Mapping[int, int]
    steps: Sequence[bool]


def group_records(table: RoleTable, aliases: Mapping[str, str]) -> Grouping:
    """Return which records make which note; `aliases` are the team's spellings of its people."""
    own = _own_texts(table)
    goals = _filled_goals(table)
    skipped: dict[int, str] = {}
    copies = (
        find_duplicates(table.record_table)
        if table.table_context.copies is None
        else table.table_context.copies
    )
    steps, strangers = _continuing(table, own, aliases)
    told = list(map(any, zip(*own.values(), strict=True))) if own else [False] * table.size
    notes: list[list[int]] = []
    for record in range(table.size):
        if record in copies:
            skipped[record] = "duplicate"
        elif (
            steps[record]
            and record not in strangers
            and notes
            and _adjacent(table, notes[-1][-1], record)
        ):
            notes[-1].append(record)
            skipped[record] = "continued"
        elif told[record]:
            notes.append([record])
        else:
            skipped[record] = "no_text"
    return Grouping(
        notes=tuple(tuple(note) for note in notes),
        goals=goals,
        skipped=skipped,
        copies=copies,
        steps=steps,
    )


def _adjacent(table: RoleTable, last: int, record: int) -> bool:
    row_contexts = table.record_table.row_contexts
    return last == record - 1 and row_contexts[last].stretch == row_contexts[record].stretch


def _own_texts(table: RoleTable) -> dict[str, list[str]]:
    """Return, for each role with texts, the records' own texts.

    Not those that a merge gives them.
    """
    found: dict[str, list[str]] = {}
    for role in TEXTS:
        for number in table.columns(role):
            texts = column_texts(table, number)
            if table.column(number).inherited:
                texts = [
                    "" if record in table.column(number).inherited else text
                    for record, text in enumerate(texts)
                ]
            known = found.get(role)
            found[role] = (
                texts
                if known is None
                else [one or other for one, other in zip(known, texts, strict=True)]
            )
    if "result" in found:
        found["result"] = [
            text if len(text) > 6 and any(map(str.isalpha, text)) else ""
            for text in found["result"]
        ]
    return found


def _filled_goals(table: RoleTable) -> list[str]:
    """Return each record's goal.

    Its own, a merge's, the one above within the stretch, or what a line above states.
    """
    numbers = table.columns("goal")
    row_contexts = table.record_table.row_contexts
    if not numbers:
        return [row_context.goal for row_context in row_contexts]
    whole = join_texts([_filled_goal(table, number) for number in numbers], table.size)
    return [text or row_context.goal for text, row_context in zip(whole, row_contexts, strict=True)]


def _filled_goal(table: RoleTable, number: int) -> Sequence[str]:
    """Return the texts of a goal column; the blank ones are filled from above unless it has
    merges.
    """
    if number in table.table_context.carried:
        return [str(text) for text in table.table_context.carried[number]]
    texts = column_texts(table, number)
    if (
        table.column(number).inherited
        or table.record_table.record_columns
        or table.record_table.rows[:1] == [0]
    ):
        return texts
    return _filled_down(table, number, texts)


def carry_down(table: RoleTable) -> dict[int, Sequence[Value]]:
    """Return the cells of all columns that are filled downwards, by column, as they are once
    filled.

    Of all records of a part: they may then be given to a table of some of them
    (`TableContext.carried`).
    """
    found: dict[int, Sequence[Value]] = {
        number: _filled_goal(table, number) for number in table.columns("goal")
    }
    return found | {number: fill_periods(table, number) for number in table.columns("week")}


def _filled_down(table: RoleTable, number: int, texts: Sequence[str]) -> list[str]:
    """Return the texts with the blank ones filled from above.

    Nothing passes a cell that could not be read (2.2).
    """
    filled: list[str] = []
    known, stretch = table.table_context.filled.get(number, ("", -1))
    last = str(known)
    values = table.column(number).values
    for record, text in enumerate(texts):
        now = table.record_table.row_contexts[record].stretch
        if now != stretch or (not text and is_error(values[record])):
            last, stretch = "", now
        last = text or last
        filled.append(last)
    table.table_context.filled[number] = last, stretch
    return filled


def fill_periods(table: RoleTable, number: int) -> list[Value]:
    """Return a week column with its blanks filled from above, within the stretch."""
    if number in table.table_context.carried:
        return list(table.table_context.carried[number])
    filled: list[Value] = []
    last, stretch = table.table_context.filled.get(number, (None, -1))
    for record, value in enumerate(table.column(number).values):
        now = table.record_table.row_contexts[record].stretch
        if now != stretch:
            last, stretch = None, now
        last = last if value is None else value
        filled.append(last)
        last = None if is_error(last) else last
    table.table_context.filled[number] = last, stretch
    return filled


def continues_row_above(table: RoleTable) -> bool:
    """Return whether the last record of a table may continue the one above it."""
    return _steps(table, _own_texts(table))[-1]


def _continuing(
    table: RoleTable, own: dict[str, list[str]], aliases: Mapping[str, str]
) -> tuple[list[bool], Set[int]]:
    """Return of each record whether it continues a note just above; and which of these do not,
    since that note is of other people. A page never continues another.

    A deed of another person, or with its own day, is a note, unless that is how this log writes
    steps: of the trial above it would say what another day and another person did; alone it says
    only what is written.
    """
    steps = _steps(table, own)
    dated, others = _owned_steps(table, own, steps, aliases=aliases)
    usual = table.table_context.owned_steps
    if usual is None:
        usual = _are_usual(dated | others, steps)
    if usual:
        return steps, frozenset()
    return [step and at not in dated for at, step in enumerate(steps)], others


def writes_owned_steps(table: RoleTable, aliases: Mapping[str, str]) -> bool:
    """Return whether a log writes steps with a day or a person of their own (reading rules
    1.6).
    """
    own = _own_texts(table)
    steps = _steps(table, own)
    dated, others = _owned_steps(table, own, steps, aliases=aliases)
    return _are_usual(dated | others, steps)


def _owned_steps(
    table: RoleTable,
    own: dict[str, list[str]],
    steps: Sequence[bool],
    *,
    aliases: Mapping[str, str],
) -> tuple[set[int], set[int]]:
    """Return the steps with a day of their own, and those without that are other people's."""
    dated = _dated_steps(table, own, steps)
    return dated, {
        record
        for run in _runs(table, steps, dated)
        for record in _steps_of_others(table, own, run, aliases=aliases)
    }


def _are_usual(owned: Set[int], steps: Sequence[bool]) -> bool:
    """Return whether at least every other trial has such a step.

    Trials are counted, not steps: a pile of work below one of them is no habit.
    """
    trials = list(accumulate(not step for step in steps))
    return 2 * len({trials[record] for record in owned}) >= steps.count(False)


def _dated_steps(table: RoleTable, own: dict[str, list[str]], steps: Sequence[bool]) -> set[int]:
    """Return the steps with a day and a person of their own that no merge and no number makes
    steps.
    """
    days, people = _own_cells(table, _DAYS), _own_cells(table, _PERSONS)
    if people:  # where the log names persons, a deed without one may be anybody's: "Office closed"
        people = set(range(table.size))
    merged = _merged(table)
    return {
        record
        for record in days & people
        if steps[record] and record not in merged and not _NUMBERED.match(own["execution"][record])
    }


def _runs(table: RoleTable, steps: Sequence[bool], dated: Set[int]) -> list[list[int]]:
    """Return the records that begin a note, each with the steps just below it, in order."""
    runs: list[list[int]] = []
    for record, step in enumerate(steps):
        if step and record not in dated and _adjacent(table, record - 1, record):
            runs[-1].append(record)
        else:
            runs.append([record])
    return [run for run in runs if len(run) > 1]


def _steps_of_others(
    table: RoleTable, own: dict[str, list[str]], run: Sequence[int], *, aliases: Mapping[str, str]
) -> Iterator[int]:
    """Yield the steps of a run whose people have no part in the trial that begins it.

    No merge, not of the day either, and no number makes them steps. Below such a deed each one
    with a person of its own is one too: the trial is over.
    """
    part = _people_of(table, run[0], _TAKING_PART, aliases=aliases)
    over = False
    for record in run[1:]:
        people = _people_of(table, record, _PERSONS, aliases=aliases)
        alone = not _is_joined(table, record) and not _NUMBERED.match(own["execution"][record])
        if people and alone and (over or (part and not _share(part, people))):
            yield record
            over = True
        part |= people


def _people_of(
    table: RoleTable, record: int, roles: Sequence[str], *, aliases: Mapping[str, str]
) -> set[str]:
    """Return the keys of the people that a record names in the columns of these roles."""
    texts = (cell_text(table.column(number).values[record]) for number in table.columns(*roles))
    return {name_key(name) for text in texts for name in people_names(text, aliases)}


def _is_joined(table: RoleTable, record: int) -> bool:
    """Return whether a merge gives a record its name, its hypothesis or its day."""
    numbers = table.columns(*NAMING, *_DAYS)
    return any(record in table.column(number).inherited for number in numbers)


def _share(some: Set[str], others: Set[str]) -> bool:
    """Return whether somebody is in both; "하늘" may be "김하늘", and "Ann" be "Ann Lee"."""
    return any(
        long.startswith(short) or long.endswith(short)
        for one in some
        for other in others
        for short, long in [sorted((one, other), key=len)]
    )


def _own_cells(table: RoleTable, roles: Sequence[str]) -> set[int]:
    """Return the records with a cell of their own in a column of one of these roles."""
    return {
        record
        for number in table.columns(*roles)
        for record, value in enumerate(table.column(number).values)
        if value is not None and record not in table.column(number).inherited
    }


def _merged(table: RoleTable) -> set[int]:
    """Return the records whose name or hypothesis a merge gives them."""
    return {
        record for number in table.columns(*NAMING) for record in table.column(number).inherited
    }


def _steps(table: RoleTable, own: dict[str, list[str]]) -> list[bool]:
    """Return of each record whether it may be a step under the name or hypothesis above it
    (1.6).
    """
    none = [False] * table.size
    if (
        not any(role in own for role in NAMING)
        or table.record_table.record_columns
        or table.record_table.page_ids
        or "execution" not in own
    ):
        return none
    naming = [own[role] for role in NAMING if role in own]
    unread = {
        record
        for role in NAMING
        for number in table.columns(role)
        for record, value in enumerate(table.column(number).values)
        if is_error(value)
    }
    merged = _merged(table)
    others = [
        (number, table.column(number).values, table.column(number).inherited)
        for number, found in enumerate(table.meanings)
        if found.role not in _STEPS
    ]
    steps = list(none)
    for record in range(1, table.size):
        if (
            record in unread
            or any(texts[record] for texts in naming)
            or (own.get("goal") or none)[record]
        ):
            continue
        if record in merged:
            steps[record] = True
        elif own["execution"][record]:
            steps[record] = not any(
                values[record] is not None and record not in inherited
                for _, values, inherited in others
            )
    return steps
