"""Parses dates strictly: what the cell leaves out comes from the context or stays unknown.

    cell ─► days · stretches ─► start, end, week  |  problems

Never today's date, never a guess: a day without a year is a problem when nothing tells the year
(reading rules 7).
"""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from math import isfinite
from typing import get_args

from notes.model.periods import Week
from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import CellError, Value
from sync.parsing.cells.text import fold, is_placeholder

from .date_context import (
    ANYWHERE,
    NOTHING,
    DateContext,
    DateReading,
    checked_day,
    date_of_period,
    resolve_day,
)
from .date_ranges import listed_days, one_day, period_words, range_of_days, without_words
from .days import Order, day_of, order_proof, parse_day
from .east_asian_days import in_korean
from .named_periods import FirstWeek, NamedPeriod, day_of_slash_week, parse_named_period
from .week_spans import span_of_weeks

_CLOCK = (
    r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:am|pm|a\.m\.|p\.m\.)?"
    r"|(?<![-./\d])(?:0?\d|1[0-2])\s*(?:am|pm)\b|\d{1,2}시(?:\s*\d{1,2}분|\s*반)?"
)
_TIME = rf"(?:(?:오전|오후|am|pm|낮|밤)\s*)?(?:{_CLOCK})"
_TIMES = kept_pattern(
    rf"(?:(?<=\d)t|[, (]|^|\b)\s*{_TIME}(?:\s*[-~]\s*{_TIME})?\s*(?:z\b|utc|gmt|kst"
    rf"|[+-]\d{{2}}:?\d{{2}})?\)?"
)
_YEAR_ALONE = kept_pattern(r"(?<![\d.])20\d\d(?![\d.년/-])")
"""A year that stands for itself in a label line: "Week 37 (9/7-9/11), 2026"."""
_ISO_WEEK = kept_pattern(
    r"(?P<before>[^\d.!?]{0,24})\b(?P<week>20\d\d-?w[0-5]\d)\b(?P<after>[^\d.!?]{0,24})"
)
"""A title with a whole week in it ("2026-W48 this week on a page"): nothing else can be meant."""
_FISCAL = kept_pattern(
    r"(?:fy|회계연도)\s?'?\d{2,4}(?:[ /-]*(?:q[1-4]|h[12]))?|(?:q[1-4]|h[12])[ /-]*fy\s?'?\d{2,4}"
)
"""A fiscal year: where it begins is the company's, so that it has no days."""
_INSTANT = kept_pattern(
    r"20\d\d-[01]\d-[0-3]\d[Tt ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?\s?(?:[Zz]"
    r"|[+-][01]\d:?[0-5]\d)"
)
"""An instant that states its zone; anything else is in the team's own time."""
_BRACKET = kept_pattern(r"(?:(?<!\s)\s+)?[(\[<]([^()\[\]<>]*)[)\]>]\s*")
_WEEK_OF = kept_pattern(
    r"(?:(?:the )?(?:week|wk)(?: (?:of|commencing|beginning|starting|from|end|ending|ended))"
    r"|w[/.]?[cbe]\.?)[: ]+(.+)"
    r"|(.+?)\s*(?:주간|주|주차|week)"
)
_DECORATION = " #*■□▪▫▶►▷▸▹▻◆◇●○★☆-=_[]<>【】《》|:·•📅🗓─━═"
_SERIAL_TEXT = kept_pattern(r"(?:3[7-9]|4\d|5[0-7])\d{3}(?:\.0)?", re.ASCII)
"""A spreadsheet's day as a CSV writes it (reading rules 7.3): of this century, 2001 to 2058."""
_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheets, whose day 60 is a 29 February 1900 that never was."""


def read_date(value: Value, context: DateContext = ANYWHERE) -> DateReading:
    """Return what a cell says about time.

    An empty cell or a placeholder says nothing, without a problem.

    >>> reading = read_date("9/7(월) ~ 11", DateContext(year=2026))
    >>> str(reading.start), str(reading.end), reading.year_inferred
    ('2026-09-07', '2026-09-11', True)
    >>> read_date("9/31", DateContext(year=2026)).problems
    (('impossible_date', ()),)
    >>> str(read_date("46272").start)
    '2026-09-07'
    """
    if isinstance(value, str):
        serial = _SERIAL_TEXT.fullmatch(value)
        return _read_number(float(value), context) if serial else _read_text(value, context)
    if isinstance(value, date):
        return checked_day(day_of(value, context.zone), context)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _read_number(value, context)
    if isinstance(value, CellError):
        return DateReading(problems=(("error_value", ()),))
    return NOTHING if value is None or isinstance(value, time | timedelta) else _unreadable()


def read_dated_cell(value: Value, context: DateContext = ANYWHERE) -> DateReading:
    """Return what a cell of a column of days says: of a day with words behind it, the day.

    Elsewhere such words may be a text that begins with a number ("3/4 of the guests left").

    >>> reading = read_dated_cell("11/3 카페에서 처음", DateContext(year=2026))
    >>> str(reading.start), reading.text
    ('2026-11-03', '카페에서 처음')
    >>> read_dated_cell("11/3 이후", DateContext(year=2026)).problems
    (('unreadable_date', ()),)
    """
    reading = read_date(value, context)
    if not isinstance(value, str) or reading.problems != _unreadable().problems:
        return reading
    return _before_words(value, context) or reading


@lru_cache(maxsize=1 << 11)
def _before_words(text: str, context: DateContext) -> DateReading | None:
    """Read a whole day with words behind it that say nothing of another day."""
    whole = in_korean(fold(text))
    if len(whole) > _LONGEST_DATED:
        return None
    plain = _without_time(whole)
    order: Order = context.order or ("mdy" if _has_hangul(whole) else "")
    for cut in islice(_BEHIND_DAY.finditer(plain), _MOST_CUTS):
        words = plain[cut.end() :].strip(" ,:;()-")
        if any(map(str.isdigit, words)) or not words.isprintable() or _moves(words):
            continue
        day = parse_day(plain[: cut.start()], order, context.year)
        if day is not None and day.day is not None and day.month is not None:
            return replace(resolve_day(day, context), text=words)
    return None


def _moves(words: str) -> bool:
    said = words.split()
    return not said or bool(period_words("moving") & {said[0], said[-1], words}) or "?" in words


_BEHIND_DAY = kept_pattern(r"(?<![\s,:;])[\s,:;]+")
_LONGEST_DATED = 40
"""Characters up to which a cell of a column of days is a day with a remark; judgement: a longer one
tells a story, and may tell of several days."""
_MOST_CUTS = 5
"""Words of which a day may consist ("Mon, 2 Nov 2026", "2026년 11월 2일 월요일"), and one more."""


def read_period_label(text: str, context: DateContext = ANYWHERE) -> DateReading | None:
    """Read a label line or a tab name that states a period and nothing else.

    None when it is anything else.

    Decoration ("■", "[ ]", "──") and the filler words of `vocabulary/periods.toml` do not matter.

    >>> read_period_label("■ 9월 2주차 기록", DateContext(year=2026)).week
    '2026-W37'
    >>> read_period_label("Week 2026-W48").week, read_period_label("2026-W48 한 장").week
    ('2026-W48', '2026-W48')
    >>> read_period_label("Week 37 results were good") is None
    True
    """
    return _read_label(text, context) if len(text) <= 80 else None


@lru_cache(maxsize=1 << 11)
def _read_label(text: str, context: DateContext) -> DateReading | None:
    whole = in_korean(fold(text))
    plain = whole.strip(_DECORATION)
    own = _YEAR_ALONE.search(plain)
    dated = replace(context, year=int(own[0])) if own else context
    candidates = [
        (plain, context),
        (
            whole.strip(
                _DECORATION.replace("[", "").replace("]", "").replace("<", "").replace(">", "")
            ),
            context,
        ),
        (_filler().sub(" ", plain).strip(" -:·|,"), context),
        *([(_YEAR_ALONE.sub(" ", plain).strip(" -:·|,"), dated)] if own else []),
    ]
    titled = _ISO_WEEK.fullmatch(plain)
    if titled and not (titled["before"] and titled["after"]):
        candidates.append((titled["week"], context))
    found = (_labelled(candidate, local) for candidate, local in candidates)
    return next((reading for reading in found if reading is not None), None)


def _labelled(candidate: str, context: DateContext) -> DateReading | None:
    stretch = None if _is_week_of_day(candidate, context) else parse_named_period(candidate)
    if stretch is None and not any(sign.isdigit() for sign in candidate):
        return None
    reading = date_of_period(stretch, context) if stretch else _read_text(candidate, context)
    return reading if reading.precision and not reading.text else None


@lru_cache(maxsize=1 << 11)
def _read_text(text: str, context: DateContext) -> DateReading:
    if len(text) > 120 or is_placeholder(text):
        return NOTHING if is_placeholder(text) else _unreadable()
    if context.zone and _INSTANT.fullmatch(text.strip()):
        return _instant(text.strip().upper(), context)
    whole = in_korean(fold(text))
    plain = _without_time(whole)
    order: Order = context.order or ("mdy" if _has_hangul(whole) else order_proof([plain]))
    local = context if order == context.order else replace(context, order=order)
    if _FISCAL.fullmatch(plain):
        return DateReading(precision="year")
    return _understand(plain, local) or _beside_remark(plain, local) or _unreadable()


def _without_time(plain: str) -> str:
    """Return a text without the time of day that it states, in numbers or in words.

    >>> _without_time("2 nov, morning"), _without_time("2026-11-10 9 pm"), _without_time("nov 9 pm")
    ('2 nov', '2026-11-10', 'nov 9')
    """
    rest = plain
    if ":" in plain or "시" in plain or "am" in plain or "pm" in plain:
        rest = _TIMES.sub(" ", plain).strip(" ,t")
        rest = rest if not rest or any(map(str.isdigit, rest)) else plain  # "nov 9 pm" is a day
    return _part_of_day().sub("", rest).strip(" ,") or rest


def _instant(text: str, context: DateContext) -> DateReading:
    try:
        return checked_day(day_of(datetime.fromisoformat(text), context.zone), context)
    except ValueError:
        return DateReading(precision="day", problems=(("impossible_date", ()),))


def _understand(plain: str, context: DateContext) -> DateReading | None:
    if not plain:
        return NOTHING
    return (
        one_day(plain, context)
        or (None if _is_week_of_day(plain, context) else _one_stretch(plain, context))
        or range_of_days(plain, context)
        or _labelled_week(plain, context)
        or _week_of(plain, context)
        or listed_days(plain, context)
    )


def _is_week_of_day(plain: str, context: DateContext) -> bool:
    """Return whether a text is the week of a day, as its column writes them ("10/12주")."""
    return context.habit.of_days and day_of_slash_week(plain) > 0


def _one_stretch(plain: str, context: DateContext) -> DateReading | None:
    if (span := span_of_weeks(plain, context)) is not None:
        return span
    stretch = parse_named_period(plain) or _about(plain)
    return date_of_period(stretch, context) if stretch else None


def _about(plain: str) -> NamedPeriod | None:
    """Return the month or longer that a text names with words such as "쯤" or "예정" beside it.

    A week so is how long something takes ("약 2주").
    """
    stretch = parse_named_period(without_words(plain))
    known = stretch is not None and stretch.kind not in ("week", "month_week")
    return stretch if known else None


def _labelled_week(plain: str, context: DateContext) -> DateReading | None:
    """Return the week and the days that it states.

    "Week 37 (9/7–9/11)", "9/7~9/11 (W37)", "W37: 9/7-11".
    """
    for name, days in _cuts(plain):
        stretch = parse_named_period(name)
        if stretch is None or stretch.kind not in ("week", "month_week", "month"):
            continue
        named = date_of_period(stretch, context)
        inside = (
            replace(context, week=named.week, year=stretch.year or context.year)
            if named.week
            else context
        )
        reading = one_day(days, inside) or range_of_days(days, inside)
        if reading is None or reading.precision not in ("day", "range"):
            continue
        return _with_week(reading, stretch, context)
    return None


def _cuts(plain: str) -> list[tuple[str, str]]:
    found = _BRACKET.search(plain)
    if found is not None:
        outer = (plain[: found.start()] + " " + plain[found.end() :]).strip(" ,:-")
        inner = found[1].strip()
        return [(outer, inner), (inner, outer)]
    halves = [
        (plain[: cut.start()].strip(" :,|/-"), plain[cut.end() :].strip(" :,|/-"))
        for cut in re.finditer(r"[ :,|/]+", plain)
    ]
    return [*halves, *((last, first) for first, last in halves)]


def _with_week(days: DateReading, stretch: NamedPeriod, context: DateContext) -> DateReading:
    day = days.start or days.end
    year = stretch.year or (day.isocalendar().year if day else context.year)
    named = date_of_period(stretch, replace(context, year=year)) if year else None
    if named is None or named.span is None or day is None:
        return days
    last = days.end or day
    if stretch.kind == "month_week" and not _holds(named, day, last):
        named = _as_counted(stretch, replace(context, year=year), day, last=last) or named
    if named.precision == "week" and not _holds(named, day, last):
        if stretch.kind == "week" and stretch.year is None and _is_own_count(named, day):
            return days
        facts = (("date", str(day)), ("week", named.week))
        return replace(
            days, week=named.week, problems=(*days.problems, ("week_date_conflict", facts))
        )
    return replace(days, week=named.week, span=named.span)


def _holds(named: DateReading, day: date, last: date) -> bool:
    """Return whether some of the days lie in the week that stands beside them."""
    return named.span is not None and last >= named.span[0] and day <= named.span[1]


def _is_own_count(named: DateReading, day: date) -> bool:
    """Return whether a week's number can't be that of the year: "Week 3 (Sept 14–18)" of a term.

    The days beside it say when it was.
    """
    return named.span is not None and abs((day - named.span[0]).days) > _SLIP_DAYS


_SLIP_DAYS = 28
"""Days by which a week and the days beside it may differ by a slip of the keys or by another way to
count weeks; judgement: four weeks are no slip."""


def _as_counted(
    stretch: NamedPeriod, context: DateContext, day: date, *, last: date
) -> DateReading | None:
    """Return a week of a month as the days in its own cell count it; None where none does.

    "10월 1주(10/5~10/11)" counts from the month's first Monday: the days say so themselves.
    """
    ways = (replace(context, first_week=way) for way in get_args(FirstWeek))
    counted = (date_of_period(stretch, way) for way in ways)
    return next((named for named in counted if _holds(named, day, last)), None)


def _week_of(plain: str, context: DateContext) -> DateReading | None:
    found = _WEEK_OF.fullmatch(plain)
    if found is None:
        return None
    inner = found[1] or found[2]
    reading = one_day(inner, context) or range_of_days(inner, context)
    if reading is None or (reading.start is None and not reading.problems):
        return None
    if reading.start is None:
        return reading
    week = Week.containing(reading.start)
    start, end = (reading.start, reading.end) if reading.end else (None, None)
    return replace(
        reading,
        start=start,
        end=end,
        week=str(week),
        precision="week",
        span=(week.first, week.last),
    )


def _beside_remark(plain: str, context: DateContext) -> DateReading | None:
    """Read a date with a remark in brackets, or with words that say nothing about it."""
    found = _BRACKET.search(plain)
    if found is None:
        return None
    reading = _understand((plain[: found.start()] + " " + plain[found.end() :]).strip(), context)
    return replace(reading, text=found[1].strip()) if reading and reading is not NOTHING else None


def _read_number(value: float, context: DateContext) -> DateReading:
    if not isfinite(value):
        return _unreadable()
    if 30_000 <= value <= 60_000:
        return checked_day(_SERIAL_ZERO + timedelta(days=int(value)), context)
    if value == int(value) and (19_900_101 <= value <= 21_001_231 or 100_101 <= value <= 991_231):
        return _read_text(str(int(value)), context)
    if value != int(value) and 1 <= value < 13:
        return _read_eaten(value, context)
    return _unreadable()


def _read_eaten(value: float, context: DateContext) -> DateReading:
    """Read a month and day that the spreadsheet took for a number.

    9.14 is 14 September, 9.1 may be the 1st or the 10th.
    """
    month, _, digits = f"{value:.4f}".rstrip("0").partition(".")
    if len(digits) > 2 or (len(digits) == 1 and digits in "123"):
        return DateReading(
            problems=(("ambiguous_date" if len(digits) == 1 else "unreadable_date", ()),)
        )
    return _read_text(f"{month}월 {digits}일", context)


def _unreadable() -> DateReading:
    return DateReading(problems=(("unreadable_date", ()),))


def _has_hangul(text: str) -> bool:
    return not text.isascii() and any("가" <= sign <= "힣" for sign in text)


@lru_cache(maxsize=1)
def _part_of_day() -> re.Pattern[str]:
    words = sorted(period_words("parts_of_day"), key=lambda word: (-len(word), word))
    every = "|".join(map(re.escape, words))
    korean = "|".join(re.escape(word) for word in words if not word.isascii())
    behind = rf"(?<![\s,(-])(?:[\s,-]{{1,3}}\(?(?:{every})|\(?(?:{korean}))\)?$"
    return kept_pattern(rf"{behind}|^(?:{every})[\s,]{{1,2}}(?=\d)")


@lru_cache(maxsize=1)
def _filler() -> re.Pattern[str]:
    choice = "|".join(
        re.escape(word) for word in sorted(period_words("filler"), key=len, reverse=True)
    )
    return kept_pattern(rf"(?<![^\s\d주월년일)\]])(?:{choice})(?![^\s:|)\]-])|\s#\s")
