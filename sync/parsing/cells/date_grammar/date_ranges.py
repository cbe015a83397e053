"""Parses a day, a range of days or a list of days.

`9/7~9/11`, `9.7-11`, `~ 9/11`, `9/7부터`, `7–11 September`.
"""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from notes.system.compiled_tables import kept_pattern
from sync.parsing.vocabulary import load_words

from .date_context import DateContext, DateReading, date_of_period, resolve_day
from .days import WrittenDay, parse_day, parse_day_number
from .named_periods import parse_named_period
from .week_spans import joined_weeks

_STRONG = kept_pattern(
    r"(?:(?<!\s)\s+)?(?:~+|->|=>|→|➜|➡|⇒)\s*|\s{1,2}(?:to|until|till|through|thru|bis)\s+|부터\s*"
)
"""Signs and words that stand between two days and nowhere inside one."""
_DAY_AND_YEAR = kept_pattern(r"([0-3]?\d)(?:st|nd|rd|th)?,? ((?:19|20)\d\d)")
"""The end of a range whose month stands at its start: "3 - 7, 2026"."""
_WEAK = kept_pattern(r"(?:(?<!\s)\s+)?-\s*")
"""A dash stands inside days as well: it parts two only where both sides are days."""
_LISTED = kept_pattern(r"(?:(?<!\s)\s+)?(?:,|;|&|\+|·|및|/(?= )|\band\b)\s*")
"""What parts the days of a list."""


def one_day(plain: str, context: DateContext) -> DateReading | None:
    """Read folded text as one day, perhaps with "까지" or "from", which make it an end or start."""
    role, bare = _role(plain)
    day = parse_day(bare, context.order, context.year) or (
        _day_of_month(bare, context) if context.month else None
    )
    if day is None or (day.day is None and not context.week):
        return None
    reading = resolve_day(day, context)
    if role == "end" and reading.start:
        return replace(reading, start=None, end=reading.start)
    return reading


def _day_of_month(bare: str, context: DateContext) -> WrittenDay | None:
    said = _WITH_WEEKDAY.fullmatch(bare)
    ends = bare.endswith(("일", "st", "nd", "rd", "th"))
    number = parse_day_number(bare) if ends or said else None
    weekday = _WEEKDAYS.index(said[1]) + 1 if said else None
    return WrittenDay(None, context.month, number, weekday) if number else None


_WEEKDAYS = "월화수목금토일"
_WITH_WEEKDAY = kept_pattern(rf"\d{{1,2}}\s?\(([{_WEEKDAYS}])\)")
"""A day of the month that only its weekday shows to be one: "4(월)" on a tab "5월"."""


_MOST_SIGNS = 12
"""Signs that may part two days: 2026-09-07 - 2026-09-11 has five; a text of many more is no range
(judgement)."""


def range_of_days(plain: str, context: DateContext) -> DateReading | None:
    """Read folded text as a range, open or closed, of days or of named stretches."""
    for sign in (_STRONG, _WEAK):
        for found in islice(sign.finditer(plain), _MOST_SIGNS):
            reading = _two_ends(
                plain[: found.start()].strip(),
                plain[found.end() :].strip(),
                context,
                strong=sign is _STRONG,
            )
            if reading is not None:
                return reading
    return None


def _two_ends(left: str, right: str, context: DateContext, *, strong: bool) -> DateReading | None:
    is_open = not right or right in period_words("open")
    if is_open if left else strong:
        return _open_range(left, right, context)
    first, last = _end_of_range(left, context), _end_of_range(right, context)
    if first is None or last is None:
        return _stretches(left, right, context) if strong or not right.isdigit() else None
    first, last = _completed(first, last)
    if first.month is None or last.month is None:
        month = context.month
        first, last = (
            replace(first, month=first.month or month),
            replace(last, month=last.month or month),
        )
    if first.day is None or first.month is None or last.month is None:
        return None
    return _joined(resolve_day(first, context), resolve_day(last, context), rolls=last.year is None)


def _open_range(left: str, right: str, context: DateContext) -> DateReading | None:
    if left:
        reading = one_day(left, context)
        return (
            replace(reading, precision="range" if reading.precision else "")
            if reading and reading.end is None
            else None
        )
    reading = one_day(right, context) if right else None
    return (
        replace(reading, start=None, end=reading.start or reading.end, precision="range")
        if reading
        else None
    )


def _end_of_range(text: str, context: DateContext) -> WrittenDay | None:
    bare = _role(text)[1]
    day = parse_day(bare, context.order, context.year)
    if day is not None:
        return day if day.day is not None else None
    number = parse_day_number(bare)
    if number:
        return WrittenDay(day=number)
    with_year = _DAY_AND_YEAR.fullmatch(bare)
    return WrittenDay(int(with_year[2]), None, int(with_year[1])) if with_year else None


def _completed(first: WrittenDay, last: WrittenDay) -> tuple[WrittenDay, WrittenDay]:
    """Complete each end with the month and the year of the other."""
    if (
        first.ambiguous
        and last.ambiguous
        and (first.month == last.month) != (first.day == last.day)
    ):
        turn = first.day == last.day  # 9/7 ~ 9/11 are days of September, 3/9 ~ 11/9 too
        first, last = (
            WrittenDay(d.year, *((d.day, d.month) if turn else (d.month, d.day)), d.weekday)
            for d in (first, last)
        )
    elif first.ambiguous or last.ambiguous:
        first, last = (
            _same_way(first, last, bare_turns=False),
            _same_way(last, first, bare_turns=True),
        )
    first = replace(first, month=first.month or last.month)
    last = replace(last, month=last.month or first.month)
    if first.year is None and last.year is not None:
        earlier = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)
        first = replace(first, year=last.year - earlier)
    elif last.year is None and first.year is not None:
        later = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
        last = replace(
            last, year=first.year + (later and (first.month or 0) - (last.month or 0) > 6)
        )
    return first, last


def _same_way(day: WrittenDay, other: WrittenDay, *, bare_turns: bool) -> WrittenDay:
    """Read an ambiguous end in the order that the other end proves.

    3/9 - 14/9 is September, and so are 9.7-11 and 7-11.9.
    """
    if not day.ambiguous or (other.month is not None and other.month not in (day.month, day.day)):
        return day
    if other.month == day.month or (other.month is None and not bare_turns):
        return replace(day, ambiguous=False)
    return WrittenDay(day.year, day.day, day.month, day.weekday)


def _joined(first: DateReading, last: DateReading, *, rolls: bool) -> DateReading:
    start, end = first.start, last.start
    if start and end and end < start and rolls and last.year_inferred and (start - end).days > 180:
        end = end.replace(year=end.year + 1)
    problems = tuple(dict.fromkeys(first.problems + last.problems))
    if start and end and end < start:
        problems += (("end_before_start", (("start", str(start)), ("end", str(end)))),)
    return DateReading(
        start,
        end,
        precision="range",
        problems=problems,
        year_inferred=first.year_inferred or last.year_inferred,
    )


def _stretches(left: str, right: str, context: DateContext) -> DateReading | None:
    """Return the periods of "W36 ~ W37" or "9월~10월".

    The span from the first of the one to the last of the other.
    """
    one, two = parse_named_period(left), parse_named_period(right)
    if one is None or two is None or one.kind != two.kind:
        return None
    if one.kind in ("week", "month_week"):
        return joined_weeks(one, replace(two, year=two.year or one.year), context)
    one = replace(one, year=one.year or two.year)
    two = replace(two, year=two.year or one.year)
    first, last = date_of_period(one, context), date_of_period(two, context)
    if first.span is None or last.span is None:
        return first
    return replace(first, span=(first.span[0], last.span[1]))


def listed_days(plain: str, context: DateContext) -> DateReading | None:
    """Return the span of several days, first to last: "9/7, 9/9, 9/11"."""
    pieces = [piece for piece in _LISTED.split(plain.replace("\n", ",")) if piece]
    if not 2 <= len(pieces) <= 31:
        return None
    days = [_end_of_range(piece, context) for piece in pieces]
    first, last = days[0], days[-1]
    if first is None or last is None or None in days or first.month is None:
        return None
    first, last = _completed(first, last)
    return _joined(resolve_day(first, context), resolve_day(last, context), rolls=last.year is None)


@lru_cache(maxsize=1 << 11)
def _role(text: str) -> tuple[str, str]:
    """Remove words such as "까지", "by" or "예정" from a day.

    Return what they make of it, and the bare day.
    """
    for role in ("end", "start", "beside"):
        found = _beside(role).fullmatch(text)
        if found is not None:
            bare = found[1] or found[2]
            inner, rest = _role(bare)
            return (inner if role == "beside" else role), rest
    return "", text


def without_words(plain: str) -> str:
    """Return a period without the words beside it that say nothing about it, "" without any."""
    role, bare = _role(plain)
    return bare if not role and bare != plain else ""


@lru_cache(maxsize=4)
def _beside(role: str) -> re.Pattern[str]:
    words_of_role = sorted(period_words(role), key=lambda word: (-len(word), word))
    choice = "|".join(re.escape(word) for word in words_of_role)
    attached = "|".join(re.escape(word) for word in words_of_role if not word.isascii())
    # Folded text has no longer runs of blanks; without a limit a long one takes its length squared.
    before = rf"(?:{choice})[일:]{{0,3}}(?:\s{{0,2}}:\s{{0,2}}|\s{{1,2}})(.+)"
    return kept_pattern(rf"{before}|(.+?)(?:\s{{0,2}}(?:{attached})|\s{{1,2}}(?:{choice}))")


@lru_cache(maxsize=8)
def period_words(kind: str) -> frozenset[str]:
    """Return the words of one list of `vocabulary/periods.toml`."""
    return frozenset(load_words("periods")[kind])
