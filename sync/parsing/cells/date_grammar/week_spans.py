"""Parses spans of weeks: `W33 - W35`, `Weeks 33-35`, `33~35주차`, `11월 1~2주차`, `W52-W1`.

A span is a start and an end: the first day of the one week and the last day of the other.
"""

import re
from dataclasses import replace
from datetime import date

from notes.model.periods import Week
from notes.system.compiled_tables import kept_pattern

from .date_context import DateContext, DateReading, date_of_period
from .days import full_year
from .named_periods import NamedPeriod, StretchKind

_WORD = r"(?:calendar weeks?|weeks?|wks?|kw|cw|w)\.?"
_TO = r"\s?(?P<sign>[-~/&,]|to|and|through|thru|until)\s?"
_SPANS = (
    kept_pattern(
        rf"(?:'?(?P<y>\d{{4}}|\d\d)[- ]?)?{_WORD}\s?#?(?P<a>\d{{1,2}}){_TO}(?:{_WORD}\s?#?)?"
        r"(?P<b>\d{1,2})(?: ?[,(]? ?(?P<y2>20\d\d)\)?)?"
    ),
    kept_pattern(
        rf"(?:(?P<y>\d{{4}}|\d\d)년?\s)?(?:(?P<m>\d{{1,2}})월\s?)?제?(?P<a>\d{{1,2}})(?:주차?)?"
        rf"{_TO}제?(?P<b>\d{{1,2}})\s?(?:주차?|주간)"
    ),
)
_LONGEST = 40
"""Characters of a span; judgement: the longest writing with all its parts has thirty."""
_MOST = 26
"""Weeks: two weeks of a log half a year apart are no span of a trial but two numbers."""
_BESIDE = 4
"""Weeks that a slash may join ("W33/34"): further apart the second number is rather a year."""
_YEARS = (15, 39)
"""Two digits that may be the year of a log."""
_LAST_OF_MONTH = 6
"""From this number on a week is none of a month, which has five at most, a part of one counted."""
_UNREADABLE = DateReading(precision="week", problems=(("unreadable_date", ()),))
"""Two weeks that are no span are said to be unreadable, not taken for one of them."""


def span_of_weeks(plain: str, context: DateContext) -> DateReading | None:
    """Return the span that a folded text names by its first and last week, None for any other text.

    Where one number may as well be a year ("CW25/26" in 2026) nobody can read it.

    >>> reading = span_of_weeks("w33-35", DateContext(year=2026))
    >>> str(reading.start), str(reading.end), reading.week
    ('2026-08-10', '2026-08-30', '2026-W33')
    """
    if len(plain) > _LONGEST:
        return None
    found = next((hit for one in _SPANS if (hit := one.fullmatch(plain))), None)
    if found is None:
        return None
    parts = found.groupdict()
    first, last = int(parts["a"]), int(parts["b"])
    written = parts["y"] or parts.get("y2")
    year = full_year(int(written)) if written else None
    if found["sign"] in "-/" and _may_be_year(found, context):
        return _UNREADABLE if 0 < last - first <= _BESIDE else None
    month = int(parts["m"]) if parts.get("m") else None
    in_month = month is not None or ("주" in plain and max(first, last) < _LAST_OF_MONTH)
    kind: StretchKind = "month_week" if in_month else "week"
    return joined_weeks(
        NamedPeriod(kind, year, month, first), NamedPeriod(kind, year, month, last), context
    )


def _may_be_year(found: re.Match[str], context: DateContext) -> bool:
    """Return whether one of two bare numbers may be a year: "26-46주", "CW47/26", not "33-35주"."""
    first, last = int(found["a"]), int(found["b"])
    bare, sign = found.groupdict()["y"] is None, found["sign"]
    short = first if "주" in found.string else last
    as_year = bare and _YEARS[0] <= short <= _YEARS[1]
    near = context.year is None or abs(full_year(short) - context.year) <= 1
    parted = "w" in found.string[found.start("sign") :]
    return (as_year and near and not parted) or (sign == "/" and not 0 < last - first <= _BESIDE)


def joined_weeks(one: NamedPeriod, two: NamedPeriod, context: DateContext) -> DateReading | None:
    """Return the days from the first week to the last; over New Year the last is of the next
    year.

    None where the second is before the first, or the year of both is unknown to anybody.
    """
    first, last = date_of_period(one, context), date_of_period(two, context)
    if first.span is None or last.span is None:
        return first if first.problems or first.span is None else last
    if last.span[0] < first.span[0] and two.year in (None, one.year):
        year = (two.year or context.year or first.span[0].year) + 1
        last = date_of_period(replace(two, year=year), context)
    if last.span is None or not 0 <= _weeks_between(first.span[0], last.span[0]) <= _MOST:
        return None
    return replace(first, start=first.span[0], end=last.span[1], span=(first.span[0], last.span[1]))


def _weeks_between(first: date, last: date) -> int:
    return (Week.containing(last).first - Week.containing(first).first).days // 7
