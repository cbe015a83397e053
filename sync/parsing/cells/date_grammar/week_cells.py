"""Reads the cells of a column of weeks, where less has to be written than elsewhere.

46 · "46" · "46W" · "2026-46" ─► the week        "11/2주", "1주차" ─► as the whole column means them
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from notes.model.periods import Week
from sync.contents.workbook import Value
from sync.parsing.cells.text import fold

from .date_context import DateContext, DateReading, WeekHabit
from .dates import read_date
from .named_periods import day_of_slash_week, parse_named_period

_WEEKS = 53
"""The last week that a year can have."""
_MONTHS = 12
_WEEKS_OF_MONTH = 6
"""A month has no seventh week: "11/9주" is the week of a day, "7주차" one of the year."""
_COUNTED = ("w", "wk", "week", "st week", "nd week", "rd week", "th week", "회차")
"""What may stand behind the number of a week, in a column of weeks alone: elsewhere "2w" says how
long something takes."""


def read_week(value: Value, context: DateContext) -> DateReading:
    """Return the week, or the days, that a cell of a column of weeks says.

    >>> context = DateContext(year=2026)
    >>> [read_week(cell, context).week for cell in (46, "46W", "46th week", "2026-46")]
    ['2026-W46', '2026-W46', '2026-W46', '2026-W46']
    """
    if isinstance(value, date):
        reading = read_date(value, context)
        week = str(Week.containing(reading.start)) if reading.start else ""
        return DateReading(week=week, problems=reading.problems)
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = value == int(value) if abs(value) <= _WEEKS else False
        return _numbered(int(value), context) if whole and value >= 1 else read_date(value, context)
    if not isinstance(value, str):
        return read_date(value, context)
    if number := week_number(value):
        return _numbered(number, context)
    if _is_bare_span(value):
        return read_date(f"W{value}", replace(context, month=None))
    return read_date(_whole(value, numbered=context.habit.numbered) or value, context)


def _is_bare_span(text: str) -> bool:
    """Return whether a text is two numbers of which neither can be a month: "46-47"."""
    parts = fold(text).replace("~", "-").split("-") if len(text) <= _LONGEST else []
    return len(parts) == 2 and all(
        part.isdecimal() and _MONTHS < int(part) <= _WEEKS for part in parts
    )


def _numbered(number: int, context: DateContext) -> DateReading:
    return read_date(f"W{number}", replace(context, month=None))


@lru_cache(maxsize=1 << 11)
def week_number(text: str) -> int:
    """Return the number of a week that is counted and named by nothing else, 0 for any other text.

    >>> week_number("46"), week_number("46 wk"), week_number("46주차"), week_number("54")
    (46, 46, 0, 0)
    """
    plain = fold(text) if len(text) <= _LONGEST else ""
    digits = plain[: len(plain) - len(plain.lstrip("0123456789"))]
    behind = plain[len(digits) :].removeprefix(".0").strip()
    if not digits or len(digits) > 2 or (behind and behind not in _COUNTED):
        return 0
    return int(digits) if 1 <= int(digits) <= _WEEKS else 0


_LONGEST = 12
"""Characters of a week as it is written ("W10 - W12", "제46주 - 제48주"); judgement."""


def _whole(text: str, *, numbered: bool) -> str:
    """Return a year and a number as a week ("2026-46", "46/2026"), "" where they may be a month."""
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        return ""
    year, number = sorted(parts, key=len, reverse=True)
    if len(year) != 4 or len(number) > 2:
        return ""
    is_week = int(number) > _MONTHS or (numbered and int(number) > 0)
    return f"{year}-W{int(number):02d}" if is_week and int(number) <= _WEEKS else ""


def week_habit(values: Iterable[Value]) -> WeekHabit:
    """Return what the cells of a whole column prove about all of them.

    >>> week_habit(["11/2주", "11/9주"]).of_days, week_habit(["1주차", "44주차"]).of_year
    (True, True)
    """
    texts = {value for value in values if isinstance(value, str) and len(value) <= _LONGEST}
    return WeekHabit(
        of_days=any(day_of_slash_week(fold(text)) > _WEEKS_OF_MONTH for text in texts),
        of_year=any("주" in text and _counts_in_year(fold(text)) for text in texts),
        numbered=any(_whole(text, numbered=False) for text in texts),
    )


def _counts_in_year(plain: str) -> bool:
    found = parse_named_period(plain)
    return (
        found is not None
        and found.kind == "week"
        and found.year is None
        and found.number > _WEEKS_OF_MONTH
    )
