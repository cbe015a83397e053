"""Recognises headers of weeks or days, and two-row headers in files without merges."""

from collections.abc import Sequence
from datetime import date

from sync.contents.workbook import Value
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_date, read_period_label
from sync.parsing.cells.date_grammar.days import parse_day
from sync.parsing.cells.date_grammar.east_asian_days import in_korean
from sync.parsing.cells.date_grammar.named_periods import parse_named_period
from sync.parsing.cells.numbers import read_number
from sync.parsing.cells.text import fold
from sync.parsing.layout.sheet.clean_sheet import CleanSheet

from .header_rows import known_role

_LEAST_PERIODS = 3
"""Different periods that make a header of a grid; judgement: two may be a start and an end."""
_LEAST_WEEKS = 2
"""So many where each names a week or a month and numbers stand below: a table of numbers in its
second week. A start and an end are days, and stand over texts.
"""
_MOSTLY = 0.6
"""Share of cells that are numbers; judgement: a clear majority, "미정" may stand among them."""
_MOST_OTHERS = 3
"""Other columns beside the periods: a name, a unit and a total; judgement."""
_LONGEST = 24
"""Characters of a header cell of a grid; judgement."""
_LOOKED_AT = 6
"""Rows looked at above and below the header; judgement: titles above, enough cells below to tell
their sort."""
_CONTEXT = DateContext(year=2024)
"""Only whether a text is a period is asked, not which: a leap year has every day."""


def names_periods(sheet: CleanSheet, row: int, left: int, *, right: int) -> bool:
    """Return whether a row names the columns of a grid by weeks or days, over cells that are none.

    In a table that runs sideways, days stand in a row too: between others, or over the names of
    fields.
    """
    values = sheet.rows[row - 1][left - 1 : right]
    periods = _periods_of(values) or names_weekdays(values)
    others = [
        value for place, value in enumerate(values) if value is not None and place not in periods
    ]
    different = {str(values[place]) for place in periods}
    named = _head_numbers(others)
    least = 1 if named else _LEAST_WEEKS
    if len(different) < max(least, len(periods)) or len(others) > _MOST_OTHERS:
        return False
    if not all(isinstance(value, str) and len(value) <= _LONGEST for value in others):
        return False
    above = (line[left - 1 : right] for line in sheet.rows[max(0, row - 1 - _LOOKED_AT) : row - 1])
    if any(len([place for place in periods if line[place] is not None]) >= 2 for line in above):
        return False
    below = [line[left - 1 : right] for line in sheet.rows[row : row + _LOOKED_AT]]
    under = [line[place] for line in below for place in periods if line[place] is not None]
    if len(different) < _LEAST_PERIODS:
        counted = sum(map(_is_counted, under)) >= _MOSTLY * len(under)
        if not counted or not (named or all(_names_a_stretch(values[at]) for at in periods)):
            return False
    beginnings = [text for line in below for text in line[:1] if isinstance(text, str)]
    if sum(1 for text in beginnings if known_role(text)) * 2 > len(beginnings):
        return False
    beside = [line for line in below if any(isinstance(value, str) for value in line[: periods[0]])]
    return bool(under) and bool(beside) and not any(map(is_period, under))


def _periods_of(values: Sequence[Value]) -> list[int]:
    """Return the places of the periods; "11/9" is one beside a day that says which part is the
    month ("11/16").
    """
    places = [place for place, value in enumerate(values) if is_period(value)]
    return [at for at, value in enumerate(values) if at in places or (places and _is_day(value))]


def _is_day(value: Value) -> bool:
    if not isinstance(value, str) or len(value) > _LONGEST:
        return False
    reading = read_date(value, _CONTEXT)
    return any(code == "ambiguous_date" for code, _ in reading.problems) and not reading.text


def _head_numbers(others: Sequence[Value]) -> bool:
    """Return whether the headers beside periods are those of a table of numbers alone, which in its
    first week has one: its name, and a target, a unit or who answers for it.
    """
    roles = {known_role(text) for text in others if isinstance(text, str)}
    return bool(roles & _NAMES) and roles - _NAMES <= _FACTS and len(roles) > 1


_NAMES = frozenset({"metric", "metric_name"})
_FACTS = frozenset({"target", "goal", "unit", "owners", "direction"})
"""What heads the first columns of a table of numbers (method §1): a bare "목표" is its target."""


def are_periods_but_few(headers: Sequence[str]) -> bool:
    """Return whether headers are periods but for the few that say more of a metric by week: what
    stands before them is what is counted in each.
    """
    others = [name for name in headers if read_period_label(name, _CONTEXT) is None]
    return len(others) < len(headers) and len(others) <= _MOST_OTHERS


def is_period(value: Value) -> bool:
    """Return whether a cell is a day, or names a week or a month."""
    if not isinstance(value, str):
        return isinstance(value, date)
    if len(value) > _LONGEST or not any(map(str.isdigit, value)):
        return False
    if (named := parse_named_period(in_korean(fold(value)))) is not None:
        return named.kind in _STRETCHES
    reading = read_date(value, _CONTEXT)
    return reading.start is not None and not reading.text


def _is_counted(value: Value) -> bool:
    return not isinstance(value, bool) and read_number(value) is not None


def _names_a_stretch(value: Value) -> bool:
    """Return whether a cell names a week or a month: "9월 1주", "W36", no day."""
    named = parse_named_period(in_korean(fold(value))) if isinstance(value, str) else None
    return named is not None and named.kind in _STRETCHES


_STRETCHES = ("week", "month_week", "month")
"""Periods that head the columns of a grid; quarters and years stand over totals."""


def names_weekdays(values: Sequence[Value]) -> list[int]:
    """Return the places of the weekdays that a header names, [] where they are fewer than four."""
    places = [
        place for place, value in enumerate(values) if isinstance(value, str) and _is_weekday(value)
    ]
    return places if len({values[place] for place in places}) >= _LEAST_WEEKDAYS else []


def _is_weekday(text: str) -> bool:
    if fold(text) in _SHORT_WEEKDAYS:
        return True
    day = parse_day(in_korean(fold(text))) if len(text) <= _LONGEST else None
    return day is not None and day.weekday is not None and day.day is None


_SHORT_WEEKDAYS = frozenset({"mo", "tu", "we", "th", "fr", "sa", "su"})
"""As calendars write them: only several beside each other are weekdays ("we")."""
_LEAST_WEEKDAYS = 4
"""Different weekdays that make a header; judgement: fewer are abbreviations of something else."""


def splits_groups(sheet: CleanSheet, row: int, below: int, *, left: int, right: int) -> bool:
    """Return whether the row below a header splits its groups, in a file that has lost the merges.

    A group's name stands over its first part, the columns of its further parts are blank; every
    blank is named below, and what has a name of its own has none below.
    """
    above, parts = (sheet.rows[n - 1][left - 1 : right] for n in (row, below))
    starts = [
        place
        for place, value in enumerate(above)
        if value is not None and _goes_on(above, parts, place)
    ]
    inside = {place for start in starts for place in _group(above, start)}
    named = {place for place, value in enumerate(parts) if value is not None}
    alone = {place for place, value in enumerate(above) if value is not None} - set(starts)
    if not starts or not alone or named & alone or not inside <= named or named - inside:
        return False
    texts = [parts[place] for place in named]
    if not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts):
        return False
    known = sum(1 for text in texts if isinstance(text, str) and known_role(text))
    return known * 2 >= len(texts)


def repeats_fields(above: Sequence[Value], names: Sequence[Value]) -> bool:
    """Return whether a row of groups stands over the same names of fields, once for each of them.

    "Week 32 | | Week 33 | " over "Plan | Done | Plan | Done", in a file that has lost the merges.
    """
    groups: dict[int, tuple[Value, ...]] = {}
    start = -1
    for place, (group, name) in enumerate(zip(above, names, strict=True)):
        if group is not None:
            start = place
        if name is not None and start >= 0:
            groups[start] = (*groups.get(start, ()), name)
    repeated = [parts for parts in groups.values() if len(parts) > 1]
    if len(repeated) < _LEAST_GROUPS or any(parts != repeated[0] for parts in repeated):
        return False
    texts = [part for part in repeated[0] if isinstance(part, str)]
    known = sum(1 for text in texts if len(text) <= _LONGEST and known_role(text))
    return len(texts) == len(repeated[0]) and known * 2 >= len(texts)


_LEAST_GROUPS = 2
"""Groups that have the same names below them; judgement: one is a header of two rows."""


def _goes_on(above: Sequence[Value], parts: Sequence[Value], place: int) -> bool:
    following = place + 1 < len(above) and above[place + 1] is None and parts[place + 1] is not None
    return following and parts[place] is not None


def _group(above: Sequence[Value], start: int) -> range:
    end = start + 1
    while end < len(above) and above[end] is None:
        end += 1
    return range(start, end)
