"""Parts a tab into the ranges of columns that stand side by side, each with a header of its own."""

from collections.abc import Sequence

from sync.contents.workbook import Value
from sync.parsing.layout.headers.header_rows import judge_header, known_role
from sync.parsing.layout.orientation import label_cells
from sync.parsing.layout.sheet.clean_sheet import CleanSheet, filled
from sync.parsing.layout.sheet.tab_names import tab_kind
from sync.parsing.vocabulary.header_phrases import EXACT, nearest_role, plain_header

_RECORD = 3
"""A line with fewer cells may be a label or a section; it says nothing about the sides."""

_LOOKED_AT = 200
"""Rows below a header that tell whether what stands beside each other belongs together."""

_PAIR = 2
"""A label and its value."""


def column_ranges(sheet: CleanSheet) -> list[tuple[int, int]]:
    """Return the stretches of columns that stand side by side, each with a header of its own.

    Else the whole width.
    """
    used = [False] * (sheet.width + 2)
    for row, values in enumerate(sheet.rows, 1):
        if sheet.widest_span(row) * 2 <= sheet.width or sheet.width <= 3:
            for column in filled(values):
                used[column] = True
            if all(used[1:-1]):
                break  # there is no gap: the rest of a tall tab need not be read
    for column in sheet.left_out:  # a helper that somebody hid parts no table
        used[column] = True
    runs, start = [], 0
    for column in range(1, sheet.width + 2):
        if used[column] and not start:
            start = column
        elif not used[column] and start:
            runs.append((start, column - 1))
            start = 0
    whole = [(1, sheet.width)] if sheet.width else []
    if len(runs) < 2 or _is_one_table(sheet, runs):
        return whole
    return runs if all(_stands_alone(sheet, left, right) for left, right in runs) else whole


def _is_one_table(sheet: CleanSheet, runs: Sequence[tuple[int, int]]) -> bool:
    """Return whether blank columns only part one table.

    One header row, hardly a meaning twice, and rows filled on all sides; or names of fields down
    the first side alone. A backlog beside a log is a table of its own.
    """
    named = [{role for _, role in label_cells(sheet, left)} for left, _ in runs]
    if len(named[0]) >= _RECORD and not any(len(roles) >= _RECORD for roles in named[1:]):
        return True
    first = _first_header(sheet, runs)
    if not first:
        return False
    if first < len(sheet.rows) and _named(sheet, first + 1, runs) > _named(sheet, first, runs):
        first += 1  # groups stand above the names of the columns
    heads = (sheet.rows[first - 1][left - 1] for left, _ in runs[1:])
    if any(isinstance(head, str) and tab_kind(head) == "backlog" for head in heads):
        return False
    roles = [_roles_of(sheet, first, left, right=right) for left, right in runs]
    own = [_own_fields(sheet, first, left, right=right) for left, right in runs]
    twice = sum(map(len, own)) - len(set().union(*own))
    if not all(roles) or twice * 2 > min(map(len, roles)):
        return False
    held = [
        sum(any(value is not None for value in values[left - 1 : right]) for left, right in runs)
        for values in _first_rows(sheet, first)
        if len(filled(values)) >= _RECORD
    ]
    return sum(count == len(runs) for count in held) * 3 >= len(held) * 2


def _first_rows(sheet: CleanSheet, header: int) -> list[list[Value]]:
    """Return the rows below a header down to a blank line, where at least two stand above it."""
    rows = list(sheet.rows[header : header + _LOOKED_AT])
    blank = next((place for place, values in enumerate(rows) if not filled(values)), len(rows))
    return rows[:blank] if blank >= _PAIR else rows


def _first_header(sheet: CleanSheet, runs: Sequence[tuple[int, int]]) -> int:
    """Return the first row in which some side has a header, 0 for none."""
    for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        if any(judge_header(sheet, row, left, right=right).sure for left, right in runs):
            return row
    return 0


def _roles_of(sheet: CleanSheet, row: int, left: int, *, right: int) -> set[str]:
    cells = sheet.rows[row - 1][left - 1 : right]
    return {role for value in cells if isinstance(value, str) and (role := known_role(value))}


def _named(sheet: CleanSheet, row: int, runs: Sequence[tuple[int, int]]) -> int:
    """Return how many fields a row names, on all sides."""
    return sum(len(_roles_of(sheet, row, left, right=right)) for left, right in runs)


def _own_fields(sheet: CleanSheet, row: int, left: int, *, right: int) -> set[str]:
    """Return the header texts of one side, and the fields that a table has once, by exact name.

    A table beside another repeats them; what only describes ("Impact", "Phase") may come twice in
    one table (ADR 0189).
    """
    cells = [value for value in sheet.rows[row - 1][left - 1 : right] if isinstance(value, str)]
    fields = {nearest_role(value, EXACT) for value in cells} & _ONCE
    days = {"day" if field in _DAYS else field for field in fields}
    return {plain_header(value) for value in cells} | days


_DAYS = frozenset({"date", "start_date", "week"})
_ONCE = frozenset({*_DAYS, "title", "goal", "hypothesis", "execution", "owners"})
"""Fields by which a table beside another stands for itself: each has its own."""


def _stands_alone(sheet: CleanSheet, left: int, right: int) -> bool:
    if right == left:
        return False
    return any(
        judge_header(sheet, row, left, right=right).sure
        for row in range(1, min(len(sheet.rows), 40) + 1)
    ) or (len(label_cells(sheet, left)) >= 3)
