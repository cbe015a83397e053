"""Resolves the parts that a cell writes to calendar days, with the context of the cell.

The context fills what is missing, or nothing does.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from notes.model.periods import Week

from .days import Order, WrittenDay
from .named_periods import FirstWeek, NamedPeriod, span_of

Precision = Literal["", "day", "range", "week", "month", "quarter", "half", "year"]
Remark = tuple[str, tuple[tuple[str, str], ...]]
"""The code of a problem (`[problem]` in notes/messages/problems) and its facts."""


@dataclass(frozen=True, slots=True)
class WeekHabit:
    """What a whole column proves about how its weeks are written.

    `of_days`: "11/2주" is the week of 2 November. `of_year`: "1주차" counts in the year.
    `numbered`: "2026-10" is a week, no month.
    """

    of_days: bool = False
    of_year: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class DateContext:
    """The context of a cell: year and month of missing parts, the week of the label above.

    `years` are the first and last year that a date of this log may have without looking like a slip
    of the keys. `zone` is the team's time zone, in which the day of an instant is taken ("": as
    written). `habit` is what the cell's column proves about its weeks.
    """

    year: int | None = None
    order: Order = ""
    first_week: FirstWeek = "thursday"
    month: int | None = None
    week: str = ""
    years: tuple[int, int] | None = None
    zone: str = ""
    habit: WeekHabit = WeekHabit()


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell says about time.

    `start` and `end` are days (a single day has no end); a named stretch ("2월", "W6") has `span`,
    its first and last day, and no start; a week, or a range that names its week, has `week`
    ("2026-W37"). `year_inferred`: the year came from the context. `text` is a remark that stood
    beside the date.
    """

    start: date | None = None
    end: date | None = None
    week: str = ""
    precision: Precision = ""
    span: tuple[date, date] | None = None
    problems: tuple[Remark, ...] = ()
    year_inferred: bool = False
    text: str = ""

    @property
    def says_something(self) -> bool:
        """Return whether any day or stretch was understood."""
        return self.start is not None or self.end is not None or self.span is not None


NOTHING = DateReading()
"""A cell without any date."""
ANYWHERE = DateContext()
"""A cell of which nothing around is known."""
_WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""As `date.weekday()` counts them; the words of the problem's reader are in its messages."""


def date_of_period(stretch: NamedPeriod, context: DateContext) -> DateReading:
    """Return the span of a named stretch.

    Without a year, or for a week that its year lacks, the problem.
    """
    precision: Precision = "week" if stretch.kind == "month_week" else stretch.kind
    year = stretch.year or context.year
    if stretch.kind == "month_week" and not (stretch.month or context.month):
        if context.habit.of_year:
            return date_of_period(replace(stretch, kind="week"), context)
        return DateReading(precision=precision)
    if year is None:
        return DateReading(precision=precision, problems=(("year_unknown", ()),))
    if stretch.number <= 5 and stretch.month is None and stretch.year is None and context.month:
        stretch = NamedPeriod("month_week", None, context.month, stretch.number)
    span = span_of(stretch, year, context.first_week)
    if span is None:
        return DateReading(precision=precision, problems=(("impossible_date", ()),))
    week = str(Week.containing(span[0])) if precision == "week" else ""
    return DateReading(
        week=week, precision=precision, span=span, year_inferred=stretch.year is None
    )


def resolve_day(day: WrittenDay, context: DateContext) -> DateReading:
    """Return the calendar day that the written parts mean, or the problem that prevents it."""
    if day.day is None:
        return _weekday_of_week(day, context)
    if day.ambiguous:
        turned = _turned(day, context)
        if turned is None:
            return DateReading(precision="day", problems=(("ambiguous_date", ()),))
        day = turned
    year = day.year or context.year
    found = _date(year or 2024, day.month, day.day)
    if found is None:
        return DateReading(precision="day", problems=(("impossible_date", ()),))
    if year is None:
        return DateReading(precision="day", problems=(("year_unknown", ()),))
    reading = checked_day(found, context)
    reading = replace(reading, year_inferred=day.year is None)
    if day.weekday and reading.start and reading.start.isoweekday() != day.weekday:
        actual = (("weekday", _WEEKDAY_NAMES[reading.start.weekday()]),)
        return replace(reading, problems=(*reading.problems, ("weekday_mismatch", actual)))
    return reading


def _turned(day: WrittenDay, context: DateContext) -> WrittenDay | None:
    """Order an ambiguous day by its weekday, or by the week or month of the label above."""
    ways = [replace(day, ambiguous=False), WrittenDay(day.year, day.day, day.month, day.weekday)]
    year = day.year or context.year
    right = [
        way for way in ways if year and _fits(_date(year, way.month, way.day), day.weekday, context)
    ]
    return right[0] if len(right) == 1 else None


def _fits(found: date | None, weekday: int | None, context: DateContext) -> bool:
    if found is None or (weekday and found.isoweekday() != weekday):
        return False
    if context.week and found not in Week.parse(context.week):
        return False
    if context.month and found.month != context.month:
        return False
    return bool(weekday or context.week or context.month)


def _weekday_of_week(day: WrittenDay, context: DateContext) -> DateReading:
    week = Week.parse(context.week)
    found = date.fromisocalendar(week.year, week.number, day.weekday or 1)
    return DateReading(found, precision="day", year_inferred=True)


def checked_day(day: date, context: DateContext) -> DateReading:
    """Return the day, unless its year is far outside the log's (reading rules 7.6)."""
    return _checked(day, context.years or (1990, 2100))


@lru_cache(maxsize=4096)
def _checked(day: date, years: tuple[int, int]) -> DateReading:
    if not years[0] <= day.year <= years[1]:
        return DateReading(precision="day", problems=(("suspicious_date", (("date", str(day)),)),))
    return DateReading(day, precision="day")


def _date(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 1, day or 1)
    except ValueError:
        return None
