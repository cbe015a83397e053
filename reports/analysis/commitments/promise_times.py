"""The time that a promise names for itself: until it has passed nobody is to be asked about it."""

import re
from calendar import monthrange
from datetime import date, timedelta

from reports.analysis.text.number_words import with_digits

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAYS = {"주": 7, "주일": 7, "week": 7, "달": 30, "개월": 30, "month": 30}
"""Days of a span: a month as it is counted from no date."""
_YEAR = 12
_QUARTER = 3
"""Their months."""
_SPAN = re.compile(
    r"(?<!\w)(\d{1,2})\s?(주일|주|달|개월)\s?(?:뒤|후|있다가|더|간|동안)"
    r"|\b(?:in|after|for) (\d{1,2}|a) (week|month)s?\b"
    r"|(?<!\w)(\d{1,2}|a) (week|month)s? (?:later|longer|more|from now)\b"
    r"|\banother (?:(\d{1,2}) )?(week|month)s?\b|(?<!\w)(\d{1,2}) more (week|month)s?\b",
    re.IGNORECASE,
)
"""A time counted from the day on which it was promised, its number in digits: when it is over, or
how long something goes on."""
_MONTH = re.compile(
    r"(?<!\d)(1[0-2]|[1-9])월(?!\s?\d)"
    rf"|\b(?:in|by|until|from|of|for|each|every) ({'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)
"""A month by its name; "11월 3일" is a day."""
_YEAR_OF_MONTH = re.compile(
    rf"(?<!\d)(20\d\d)년|\b(?:{'|'.join(_MONTHS)}),? (20\d\d)\b|내년|\bnext year\b", re.IGNORECASE
)
"""The year of a month, where it is said: "내년 12월", "December 2027"."""
_NEXT_MONTH = re.compile(
    r"다음\s?달|내달|차월|매달|매월|달마다|한 달에|\b(?:next|every|each) month\b|\bmonthly\b",
    re.IGNORECASE,
)
_QUARTERLY = re.compile(
    r"다음\s?분기|차분기|분기마다|매\s?분기|분기별|\b(?:next|every|each) quarter\b|\bquarterly\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"내년|연초|해마다|매년|\b(?:next|every|each) year\b", re.IGNORECASE)
"""The next month, quarter or year; what is promised for each of them lasts until one ends."""
_YEAR_END = re.compile(r"연말|\byear[- ]end\b|\bend of the year\b", re.IGNORECASE)
"""The end of the year in which it was promised."""
_TIMED = re.compile(
    r"[달월주]|분기|[내매]년|연[초말]|해마다|week|month|quarter|year|" + "|".join(_MONTHS)
)
"""What a text holds, in small letters, where any of these finds something: most promises name no
time, and each is asked for it on two days.
"""


def last_day_of(text: str, made: date) -> date | None:
    """Return the last day of the time that a promise names; None where it names none.

    >>> last_day_of("11월 현장반 두 번 열기", date(2026, 10, 16))
    datetime.date(2026, 11, 30)
    >>> last_day_of("한 달 뒤 다시 재기", date(2026, 10, 8)), last_day_of(
    ...     "Measure again in two weeks", date(2026, 10, 8))
    (datetime.date(2026, 11, 7), datetime.date(2026, 10, 22))
    >>> last_day_of("한 달 더 보내 보고 판단", date(2026, 10, 16)), last_day_of(
    ...     "Run it for two more weeks", date(2026, 10, 16))
    (datetime.date(2026, 11, 15), datetime.date(2026, 10, 30))
    >>> last_day_of("표를 분기마다 고치기", date(2026, 11, 13))
    datetime.date(2027, 3, 31)
    >>> last_day_of("내년 12월에 다시", date(2026, 11, 13)), last_day_of(
    ...     "Look at October again next month", date(2026, 11, 13))
    (datetime.date(2027, 12, 31), datetime.date(2026, 12, 31))
    >>> last_day_of("11월 자료로 다시 쓰기", date(2026, 12, 1)), last_day_of(
    ...     "명단 정리", date(2026, 12, 1))
    (None, None)
    """
    if not _TIMED.search(text.casefold()):
        return None
    if span := _SPAN.search(with_digits(text)):
        *number, unit = filter(None, span.groups())
        count = int(number[0]) if number and number[0].isdigit() else 1
        return made + timedelta(days=count * _DAYS[unit.lower()])
    later = _months_to(text, made)
    if later is not None:
        return _end_of_month(made, later)
    if _YEARLY.search(text):
        return date(made.year + 1, _YEAR, 31)
    return date(made.year, _YEAR, 31) if _YEAR_END.search(text) else None


def _months_to(text: str, made: date) -> int | None:
    """Return how many months after a day's own the time ends; None where that is past, or where no
    month and no quarter is named.
    """
    if named := _MONTH.search(text):
        month = int(named[1]) if named[1] else _MONTHS.index(named[2].lower()) + 1
        said = _YEAR_OF_MONTH.search(text)
        year = int(said[1] or said[2] or made.year + 1) if said else made.year
        later = _YEAR * (year - made.year) + month - made.month
        if later >= 0:
            return later
    if _NEXT_MONTH.search(text):
        return 1
    quarterly = _QUARTERLY.search(text)
    return 2 * _QUARTER - 1 - (made.month - 1) % _QUARTER if quarterly else None


def _end_of_month(made: date, later: int) -> date:
    """Return the last day of the month that comes so many months after a day's own."""
    years, month = divmod(made.month - 1 + later, _YEAR)
    return date(made.year + years, month + 1, monthrange(made.year + years, month + 1)[1])
