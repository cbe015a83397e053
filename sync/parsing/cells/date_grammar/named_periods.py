"""Parses named periods: `W6`, `2026-W37`, `2월 1주차`, `Sep 2026`, `3분기`.

All patterns expect text that `text.fold` has folded. What is not written (mostly the year) stays
None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from notes.model.periods import Month, Week
from notes.system.compiled_tables import kept_pattern

from .days import MONTH_NAMES, full_year, month_number

FirstWeek = Literal["thursday", "monday", "first"]
StretchKind = Literal["week", "month_week", "month", "quarter", "half", "year"]

_NTH = {
    **{word: n for n, word in enumerate(("첫째", "둘째", "셋째", "넷째", "다섯째"), 1)},
    **{word: n for n, word in enumerate(("첫", "두", "세", "네", "다섯"), 1)},
    **{word: n for n, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)},
    **{word: n for n, word in enumerate(("1st", "2nd", "3rd", "4th", "5th"), 1)},
}
"""Korean ordinals of the weeks of a month; a month has five at most."""
_NTH_KO = "[1-6]|첫째|둘째|셋째|넷째|다섯째|첫|두|세|네|다섯"
_NTH_EN = "1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth"
"""How a week of a month is counted, in figures and words; a month has six weeks at most."""
_SHORT_YEAR = r"(?:1[5-9]|[23]\d)"  # 26년, not 12.09
_Y = rf"(?:'?(?P<y>\d{{4}}|{_SHORT_YEAR})\s*년?\s*[-./,_]?\s*)?"
_Y_APART = rf"(?:'?(?P<y>\d{{4}}|{_SHORT_YEAR})(?:\s*년\s*|\s*[-./,_]\s*|\s+))?"
_Y_AFTER = r"(?:\s*[-/,_]?\s*(?:of\s*)?(?:'(?P<y>\d\d)|(?P<y2>\d{4})))?"
"""A year before a period (with what parts the two) and behind it."""
_WEEK_WORD = r"(?:calendar week|week|wk|kw|cw|w)"
_WEEK_NO = rf"(?:{_WEEK_WORD}(?:\s?(?:no|nr|number)\b)?|semana|semaine)"
"""Words and abbreviations for an ISO week; W, WK, KW and CW stand in calendars."""
_PART = r"(?:\s*(?:초순?|중순?|말|하순|상순|경))?"  # a part of a month is read as the month
_M = MONTH_NAMES.replace("(", "(?P<m>", 1)

_PATTERNS: tuple[tuple[StretchKind, re.Pattern[str]], ...] = (
    (
        "month_week",
        kept_pattern(
            rf"{_Y_APART}(?P<m>\d{{1,2}})\s*월\s*제?\s*(?P<n>{_NTH_KO})\s*(?:(?:번?째)\s*)?(?:주차?|주간|w|week)"
        ),
    ),
    (
        "month_week",
        kept_pattern(rf"(?:the )?(?P<n>{_NTH_EN}) {_WEEK_WORD} (?:of |in )?{_M}{_Y_AFTER}"),
    ),
    ("month_week", kept_pattern(rf"{_M},?[ -](?P<n>{_NTH_EN}) {_WEEK_WORD}{_Y_AFTER}")),
    ("month_week", kept_pattern(rf"{_WEEK_WORD} ?(?P<n>[1-5]),? (?:of |in |- )?{_M}{_Y_AFTER}")),
    ("month_week", kept_pattern(rf"{_WEEK_WORD} ?(?P<n>[1-5]) ?\({_M}\)")),
    ("month_week", kept_pattern(r"(?:(?P<m>\d{1,2})\s?월\s?w|m(?P<m2>\d{1,2})[ -]?w)(?P<n>[1-6])")),
    ("month_week", kept_pattern(rf"{_M},?[ -]?{_WEEK_WORD} ?#?(?P<n>[1-6]){_Y_AFTER}")),
    (
        "month_week",
        kept_pattern(r"(?:(?P<y>\d{4})[-./ ])?(?P<m>\d{1,2})[-./ ](?P<n>[1-6])\s*주차?"),
    ),
    ("week", kept_pattern(rf"{_Y}{_WEEK_NO}\.?\s*[-#]?\s*(?P<n>\d{{1,2}})(?:\s*주차?)?")),
    ("week", kept_pattern(rf"{_Y_APART}제?\s*(?P<n>\d{{1,2}})\s*(?:주차?|번째 ?주|주간)")),
    (
        "week",
        kept_pattern(
            rf"{_WEEK_NO}\.?\s*[-#]?\s*(?P<n>\d{{1,2}})\s*[-/,(]?\s*(?:'(?P<y>\d\d)|(?P<y2>\d{{4}}))\)?"
        ),
    ),
    (
        "month",
        kept_pattern(
            rf"'?(?P<y>\d{{4}}|{_SHORT_YEAR})\s*(?:년|[-./_])\s*(?P<m>\d{{1,2}})\s*[월.]?{_PART}"
        ),
    ),
    ("month", kept_pattern(rf"(?P<m>\d{{1,2}})\s*월(?:달)?{_PART}")),
    ("month", kept_pattern(rf"(?:(?:early|mid|late|end of|beginning of)[ -])?{_M}{_Y_AFTER}")),
    ("month", kept_pattern(r"(?P<m>\d{1,2})\s*[-/]\s*(?P<y>\d{4})")),
    ("month", kept_pattern(rf"(?P<y>\d{{4}})[- /.]+{_M}")),
    ("quarter", kept_pattern(rf"{_Y_APART}(?:q(?P<n>[1-4])|(?P<n2>[1-4])\s*(?:q|분기))")),
    ("quarter", kept_pattern(r"(?:q(?P<n>[1-4])|(?P<n2>[1-4])\s*q)[ '/_-]*(?P<y>\d{4}|\d{2})")),
    ("half", kept_pattern(rf"{_Y_APART}(?:h(?P<n>[12])|(?P<n2>[12])\s*h|(?P<n3>상|하)반기)")),
    ("half", kept_pattern(r"(?:h(?P<n>[12])|(?P<n2>[12])\s*h)[ '/_-]*(?P<y>\d{4}|\d{2})")),
    ("year", kept_pattern(r"(?P<y>\d{4})\s*년?도?")),
)
"""The forms of a period, the longest first: the first that fits a whole cell is it
(reading rules 7.5, 7.7d)."""


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A named stretch of time.

    `number` is the week, the quarter or the half, and 0 for a month or a year.
    """

    kind: StretchKind
    year: int | None = None
    month: int | None = None
    number: int = 0


@lru_cache(maxsize=1 << 11)
def parse_named_period(text: str) -> NamedPeriod | None:
    """Read folded text as one named stretch of time.

    None when it is not wholly one, or cannot exist.

    >>> parse_named_period("9월 2주차")
    NamedPeriod(kind='month_week', year=None, month=9, number=2)
    >>> parse_named_period("q3 2026")
    NamedPeriod(kind='quarter', year=2026, month=None, number=3)
    """
    if len(text) > 40:
        return None
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is not None:
            stretch = _stretch(kind, found.groupdict(), korean="주" in text)
            if stretch is not None:
                return stretch
    return None


def day_of_slash_week(plain: str) -> int:
    """Return the second number of "11/2주", 0 where the text is no such thing."""
    month, _, rest = plain.partition("/")
    day = rest.removesuffix("주").strip()
    known = rest.endswith("주") and month.isdecimal() and day.isdecimal() and len(day) <= 2
    return int(day) if known and 1 <= int(month) <= 12 else 0


def _stretch(
    kind: StretchKind, groups: Mapping[str, str | None], *, korean: bool
) -> NamedPeriod | None:
    """Return the period of a match; groups are y, m and n, with a digit at a second place."""
    year, month, number = (
        "".join(part for name, part in groups.items() if part and name[0] == letter)
        for letter in "ymn"
    )
    if kind == "week" and korean and int(number) <= 5 and not year:
        kind = "month_week"  # "2주차" is the second week of the month around it, if there is one
    known = NamedPeriod(
        kind,
        full_year(int(year)) if year else None,
        (int(month) if month.isdigit() else month_number(month)) if month else None,
        _number(number) if number else 0,
    )
    return known if _exists(known) else None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return {"상": 1, "하": 2}.get(text) or _NTH[text]


def _exists(stretch: NamedPeriod) -> bool:
    if stretch.year is not None and not 1990 <= stretch.year <= 2100:
        return False
    if stretch.month is not None and not 1 <= stretch.month <= 12:
        return False
    highest = {"week": 53, "month_week": 6, "quarter": 4, "half": 2}.get(stretch.kind)
    return highest is None or 1 <= stretch.number <= highest


def span_of(
    stretch: NamedPeriod, year: int, first_week: FirstWeek = "thursday", *, month: int | None = None
) -> tuple[date, date] | None:
    """Return the first and the last day of a stretch, in `year` where it names none.

    None when there is no such week.

    `month` is the month around it: "1주차" under "9월" is the first week of September.

    >>> [str(day) for day in span_of(NamedPeriod("month_week", 2026, 9, 2), 2026)]
    ['2026-09-07', '2026-09-13']
    """
    year = stretch.year or year
    if stretch.kind == "year":
        return date(year, 1, 1), date(year, 12, 31)
    if stretch.kind in ("quarter", "half"):
        months = 3 if stretch.kind == "quarter" else 6
        last = Month(year, stretch.number * months)
        return last.back(months - 1).first, last.last
    if stretch.kind == "month":
        return Month(year, stretch.month or 1).first, Month(year, stretch.month or 1).last
    if stretch.kind == "week" and month is not None and stretch.number <= 5:
        stretch = NamedPeriod("month_week", year, month, stretch.number)
    if stretch.kind == "month_week":
        return _week_of_month(year, stretch.month or 1, stretch.number, first_week=first_week)
    try:
        week = Week(year, stretch.number)
    except ValueError:
        return None
    return week.first, week.last


def _week_of_month(
    year: int, month: int, number: int, *, first_week: FirstWeek
) -> tuple[date, date] | None:
    first = date(year, month, 1)
    if first_week == "first":
        monday = first - timedelta(days=first.weekday())
    elif first_week == "monday":
        monday = first + timedelta(days=-first.weekday() % 7)
    else:
        monday = first + timedelta(days=(3 - first.weekday()) % 7 - 3)
    monday += timedelta(weeks=number - 1)
    if monday > Month(year, month).last:
        return None
    return monday, monday + timedelta(days=6)
