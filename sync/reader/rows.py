"""Which records of a table are notes: what is filled down, what continues the row above, what is there twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sync.grid import Value

from .copies import copies_of
from .wording import Table, column_texts, joined

NAMING = ("title", "hypothesis", "if", "then")
TEXTS = (
    "goal", "hypothesis", "if", "then", "because", "expected", "execution", "result", "retrospective",
    "success_factors", "failure_factors", "learned", "next_action", "next_keep", "next_stop", "next_start", "title",
)  # fmt: skip
_STEPS = frozenset({
    "execution", "date", "start_date", "end_date", "due", "week", "owners", "people", "status", "done_check", "key",
    "note", "url", "tool", "audience", "author", "logged", "budget", "team", "mention", "",
})  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """The records of a table as notes: each note's first record and its further ones.

    `goals` is the goal of every record with what is filled down; `skipped` gives the reason for records that are none;
    `copies` maps a record to the sheet row of the earlier one that it repeats.
    """

    notes: tuple[tuple[int, ...], ...]
    goals: Sequence[str]
    skipped: dict[int, str]
    copies: Mapping[int, int]


def group(table: Table) -> Grouping:
    """Return which records make which note."""
    own = _own_texts(table)
    goals = _filled_goals(table)
    skipped: dict[int, str] = {}
    copies = copies_of(table.frame) if table.course.copies is None else table.course.copies
    steps = _continuing(table, own)
    told = list(map(any, zip(*own.values(), strict=True))) if own else [False] * table.size
    notes: list[list[int]] = []
    for record in range(table.size):
        if record in copies:
            skipped[record] = "duplicate"
        elif steps[record] and notes and _adjacent(table, notes[-1][-1], record):
            notes[-1].append(record)
            skipped[record] = "continued"
        elif told[record]:
            notes.append([record])
        else:
            skipped[record] = "no_text"
    return Grouping(tuple(tuple(note) for note in notes), goals, skipped, copies)


def _adjacent(table: Table, last: int, record: int) -> bool:
    circumstances = table.frame.circumstances
    return last == record - 1 and circumstances[last].stretch == circumstances[record].stretch


def _own_texts(table: Table) -> dict[str, list[str]]:
    """Return, for each role with texts, the records' own texts: not those that a merge gives them."""
    found: dict[str, list[str]] = {}
    for role in TEXTS:
        for number in table.columns(role):
            texts = column_texts(table, number)
            if table.column(number).inherited:
                texts = ["" if record in table.column(number).inherited else text for record, text in enumerate(texts)]
            known = found.get(role)
            found[role] = texts if known is None else [one or other for one, other in zip(known, texts, strict=True)]
    if "result" in found:
        found["result"] = [text if len(text) > 6 and any(map(str.isalpha, text)) else "" for text in found["result"]]
    return found


def _filled_goals(table: Table) -> list[str]:
    """Return each record's goal: its own, a merge's, the one above within the stretch, or what a line above states."""
    numbers = table.columns("goal")
    circumstances = table.frame.circumstances
    if not numbers:
        return [circumstance.goal for circumstance in circumstances]
    parts = []
    for number in numbers:
        texts = column_texts(table, number)
        if not table.column(number).inherited and not table.frame.record_columns and table.frame.rows[:1] != [0]:
            texts = _filled_down(table, number, texts)
        parts.append(texts)
    whole = joined(parts, table.size)
    return [text or circumstance.goal for text, circumstance in zip(whole, circumstances, strict=True)]


def _filled_down(table: Table, number: int, texts: Sequence[str]) -> list[str]:
    filled: list[str] = []
    known, stretch = table.course.filled.get(number, ("", -1))
    last = str(known)
    for record, text in enumerate(texts):
        now = table.frame.circumstances[record].stretch
        if now != stretch:
            last, stretch = "", now
        last = text or last
        filled.append(last)
    table.course.filled[number] = last, stretch
    return filled


def fill_periods(table: Table, number: int) -> list[Value]:
    """Return a week column with its blanks filled from above, within the stretch."""
    filled: list[Value] = []
    last, stretch = table.course.filled.get(number, (None, -1))
    for record, value in enumerate(table.column(number).values):
        now = table.frame.circumstances[record].stretch
        if now != stretch:
            last, stretch = None, now
        last = last if value is None else value
        filled.append(last)
    table.course.filled[number] = last, stretch
    return filled


def goes_on(table: Table) -> bool:
    """Say whether the last record of a table only continues the one above it."""
    return _continuing(table, _own_texts(table))[-1]


def _continuing(table: Table, own: dict[str, list[str]]) -> list[bool]:
    """Say of each record whether it only continues the note above: steps under a name or a hypothesis (RULES 1.6)."""
    none = [False] * table.size
    if not any(role in own for role in NAMING) or table.frame.record_columns or "execution" not in own:
        return none
    naming = [own[role] for role in NAMING if role in own]
    merged = {record for role in NAMING for number in table.columns(role) for record in table.column(number).inherited}
    others = [
        (number, table.column(number).values, table.column(number).inherited)
        for number, found in enumerate(table.assigned)
        if found.role not in _STEPS
    ]
    steps = list(none)
    for record in range(1, table.size):
        if any(texts[record] for texts in naming) or (own.get("goal") or none)[record]:
            continue
        if record in merged:
            steps[record] = True
        elif own["execution"][record]:
            steps[record] = not any(
                values[record] is not None and record not in inherited for _, values, inherited in others
            )
    return steps
