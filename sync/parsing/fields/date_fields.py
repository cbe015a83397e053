"""Reads the dates of each record from cells, label lines, tab and title; infers missing years.

A missing year comes, in the order of reading rules 7.2, from the cell itself, the tab's name, the
title or a label line above, other dates of the column, other tabs, the file's name; a list that
passes from December to January passes into the next year.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from notes.model.notes import Outcome
from notes.model.periods import Week
from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.date_grammar.date_context import DateContext, DateReading, Remark, WeekHabit
from sync.parsing.cells.date_grammar.dates import read_dated_cell
from sync.parsing.cells.date_grammar.days import Order, order_in_header, order_proofs, proved_order
from sync.parsing.cells.date_grammar.named_periods import FirstWeek
from sync.parsing.cells.date_grammar.week_cells import read_week, week_habit
from sync.parsing.columns.column_texts import RoleTable
from sync.parsing.tables.record_table import RowContext

from .month_years import are_months, as_day_of_month, with_whole_years
from .note_rows import fill_periods
from .years import RowDate, day_in, years_by_weekday, years_for

_YEAR = kept_pattern(
    r"(?<!\d)(20[0-4]\d)(?!\d)|(?<!\d)'?(\d{2})년(?!\s*(?:차|간|동안))|(?:FY|')(\d{2})\b"
)
_DAYS = ("date", "start_date", "end_date", "due")
"""The roles of columns that hold days, in the order in which they are read."""
DateProblem = tuple[int, int, str, tuple[tuple[str, str], ...]]
"""A problem before it has an address: record, column, code, facts."""


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What the surroundings of a table say about its dates.

    `today` is the day of reading, `zone` the team's. `span` is the quarter or half year that the
    tab's name states, `elsewhere_order` the order of day and month that other tabs prove.
    """

    tab: int | None = None
    title: int | None = None
    elsewhere: int | None = None
    month: int | None = None
    order: Order = ""
    first_week: FirstWeek = "thursday"
    years: tuple[int, int] | None = None
    last_resort: int | None = None
    today: date | None = None
    zone: str = ""
    span: tuple[date, date] | None = None
    elsewhere_order: Order = ""


@dataclass(slots=True)
class NoteDates:
    """When one record ran; `week` is what the log states, or the week of the start."""

    start: date | None = None
    end: date | None = None
    week: str = ""
    stated: bool = False


@lru_cache(maxsize=1 << 11)
def find_year(text: str) -> int | None:
    """Return the year that a title, a tab or a file name names, None when it names none or several.

    >>> find_year("2026 상반기"), find_year("26년 9월"), find_year("2025-2026"), find_year(
    ...     "실험 30개")
    (2026, 2026, None, None)
    """
    found = {int(y4) if y4 else 2000 + int(y2 or y3) for y4, y2, y3 in _YEAR.findall(text[:300])}
    return found.pop() if len(found) == 1 else None


def count_years(values: Iterable[Value]) -> Counter[int]:
    """Count the years that the dates among some cells state themselves."""
    years: Counter[int] = Counter()
    for value in values:
        if isinstance(value, date):
            years[value.year] += 1
        elif type(value) is str and len(value) <= 40 and "2" in value:
            found = re.search(r"(?<!\d)(20[0-4]\d)\s*[-./년]", value)
            if found:
                years[int(found[1])] += 1
        elif (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and 40_000 <= value <= 55_000
        ):
            years[date.fromordinal(date(1899, 12, 30).toordinal() + int(value)).year] += 1
    return years


def read_note_dates(
    table: RoleTable, date_evidence: DateEvidence, outcomes: Sequence[Outcome | None]
) -> tuple[list[NoteDates], list[DateProblem]]:
    """Return when each record ran, and what was wrong with its dates.

    The day of writing is not the time of what is only planned, so `outcomes` is asked.
    """
    spans = [NoteDates() for _ in range(table.size)]
    remarks: list[DateProblem] = []
    short = _weeks(table, date_evidence, spans, remarks=remarks)
    for role in _DAYS:
        for number in table.columns(role):
            _read_column(
                table, number, role, date_evidence=date_evidence, spans=spans, remarks=remarks
            )
    for record, value, context in short:
        _week_by_day(spans[record], value, context)
    _from_writing(table, date_evidence, spans, outcomes=outcomes, remarks=remarks)
    ends = table.columns("end_date", "due") or table.columns("date", "start_date")
    told = {record for record, _, code, _ in remarks if code == "end_before_start"}
    for record, span in enumerate(spans):
        _settle(span, table.record_table.row_contexts[record], record, table=table, remarks=remarks)
        if record not in told and span.start and span.end and span.end < span.start:
            facts = (("start", str(span.start)), ("end", str(span.end)))
            remarks.append((record, ends[-1] if ends else -1, "end_before_start", facts))
    return spans, remarks


def _weeks(
    table: RoleTable,
    date_evidence: DateEvidence,
    spans: list[NoteDates],
    *,
    remarks: list[DateProblem],
) -> list[tuple[int, Value, DateContext]]:
    """Read the weeks; return those that write no year, with their record."""
    short: list[tuple[int, Value, DateContext]] = []
    for number in table.columns("week"):
        values = fill_periods(table, number)
        context = _context(table, number, date_evidence)
        # Beside days of its own a log says the years itself: where a row has none, it is asked.
        told = {} if table.columns(*_DAYS) else _cached_years(table, number, date_evidence)
        year, above = None, None
        for record, value in enumerate(values):
            if value is None:
                continue
            local = _around(context, table.record_table.row_contexts[record], date_evidence)
            year = told.get(table.place_in_whole(record), year if value == above else None)
            above = value
            reading = read_week(value, replace(local, year=year) if year else local)
            span = spans[record]
            if reading.year_inferred and not span.week:
                short.append((record, value, local))
            span.week = span.week or reading.week
            span.stated = span.stated or bool(reading.week)
            if reading.start and span.start is None:
                span.start, span.end = reading.start, reading.end
            remarks.extend((record, number, *problem) for problem in _flaws(reading))
    return short


def _flaws(reading: DateReading) -> tuple[Remark, ...]:
    """Return what is wrong with a reading; a week of no known month ("1주차") is unreadable."""
    lost = reading.precision == "week" and not reading.week and reading.start is None
    return reading.problems or ((("unreadable_date", ()),) if lost else ())


def _week_by_day(span: NoteDates, value: Value, context: DateContext) -> None:
    """Give a week without a year the year of its row's own day, the nearest neighbour (reading
    rules 7.2).

    "W1" beside 2024-12-31 is the first of 2025; in a tab "3월" beside a day of January it is no
    week of March.
    """
    day = span.start
    if day is None or not span.week or _week_holds(span.week, day, span.end):
        return
    for year in (day.year, day.year + 1, day.year - 1):
        week = read_week(value, replace(context, year=year, month=None, week="")).week
        if week and _week_holds(week, day, span.end):
            span.week = week
            return
    span.week = read_week(value, replace(context, year=day.year)).week or span.week


def _week_holds(week: str, start: date, end: date | None) -> bool:
    stated = Week.parse(week)
    return (end or start) >= stated.first and start <= stated.last


def _context(table: RoleTable, number: int, date_evidence: DateEvidence) -> DateContext:
    column = table.column(number)
    order = order_in_header(column.header) or date_evidence.order
    order = order or proved_order(_proofs_of(table, number))
    order = order or table.table_context.cached("order", -1, lambda: _order_of_table(table))
    order = order or date_evidence.elsewhere_order
    return DateContext(
        order=order,
        first_week=date_evidence.first_week,
        years=date_evidence.years,
        zone=date_evidence.zone,
        habit=_habit(table, number),
    )


def _habit(table: RoleTable, number: int) -> WeekHabit:
    """Return what a whole column proves about its weeks; without texts it proves nothing."""
    if not table.table_context.may_hold(number, str):
        return WeekHabit()
    return table.table_context.cached("weeks", number, lambda: week_habit(table.whole(number)))


def _order_of_table(table: RoleTable) -> Order:
    """Return the order that the other dates prove, else that of the language.

    Korean writes the month first.
    """
    dated = table.columns(*_DAYS)
    proofs = frozenset(chain.from_iterable(_proofs_of(table, number) for number in dated))
    korean = any(
        "가" <= sign <= "힣" for column in table.record_table.columns for sign in column.header
    )
    return proved_order(proofs) or ("mdy" if korean else "")


def _proofs_of(table: RoleTable, number: int) -> frozenset[Order]:
    """Return the orders that a whole column proves; days of the spreadsheet program prove none."""
    if not table.table_context.may_hold(number, str):
        return frozenset()
    return table.table_context.cached("order", number, lambda: order_proofs(table.whole(number)))


def _around(
    context: DateContext, row_context: RowContext, date_evidence: DateEvidence
) -> DateContext:
    week = row_context.period.week if row_context.period else ""
    year = row_context.year or date_evidence.tab or date_evidence.title
    month = row_context.month or date_evidence.month
    if year is None and month is None and not week:
        return context
    return replace(context, year=year, month=month, week=week)


def _read_column(
    table: RoleTable,
    number: int,
    role: str,
    *,
    date_evidence: DateEvidence,
    spans: list[NoteDates],
    remarks: list[DateProblem],
) -> None:
    column = table.column(number)
    values = with_whole_years(column.values) if holds_months(table, number) else column.values
    context = _context(table, number, date_evidence)
    years = _cached_years(table, number, date_evidence)
    known: tuple[RowContext, DateContext] | None = None
    for record, value in enumerate(values):
        if value is None:
            continue
        row_context = table.record_table.row_contexts[record]
        if known is None or known[0] is not row_context:
            known = (row_context, _around(context, row_context, date_evidence))
        local = known[1]
        if years and (at := table.place_in_whole(record)) in years:
            local = replace(local, year=years[at])
        cell = as_day_of_month(value, column.header) if local.month and role == "date" else value
        reading = read_dated_cell(cell, local)
        _take(spans[record], reading, role)
        remarks.extend((record, number, *problem) for problem in _flaws(reading))


def _cached_years(
    table: RoleTable, number: int, date_evidence: DateEvidence
) -> Mapping[int, int | None]:
    context = _context(table, number, date_evidence)
    return table.table_context.cached(
        "years", number, lambda: _years(table, number, context, date_evidence=date_evidence)
    )


def holds_months(table: RoleTable, number: int) -> bool:
    """Return whether a whole column holds months with a year of two digits ("Jan-26")."""
    return table.table_context.may_hold(number, str) and table.table_context.cached(
        "months", number, lambda: are_months(table.whole(number), table.column(number).header)
    )


def months_told(table: RoleTable) -> list[bool]:
    """Return of each column with days whether it holds months, in the order of the roles."""
    return [holds_months(table, number) for number in table.columns(*_DAYS)]


def date_habits(
    table: RoleTable, date_evidence: DateEvidence
) -> list[tuple[Order, bool, bool, bool]]:
    """Return how each column with dates writes them, in the order of the columns: day or month
    first, and its habit of weeks.
    """
    contexts = (
        _context(table, number, date_evidence) for number in table.columns("week", *_DAYS, "logged")
    )
    return [(one.order, *astuple(one.habit)) for one in contexts]


def inferred_years(
    table: RoleTable, date_evidence: DateEvidence
) -> dict[int, Mapping[int, int | None]]:
    """Return the years of whole columns' dates and weeks that write none, by column and place in
    the table.
    """
    days = table.columns(*_DAYS) or table.columns("week")
    days += table.columns("logged")[:1]
    every = {number: _cached_years(table, number, date_evidence) for number in days}
    return {number: years for number, years in every.items() if years}


def _from_writing(
    table: RoleTable,
    date_evidence: DateEvidence,
    spans: list[NoteDates],
    *,
    outcomes: Sequence[Outcome | None],
    remarks: list[DateProblem],
) -> None:
    """Date records that nothing else dates by the day of writing (reading rules 7.7).

    A day of writing that dates nothing needs no year, so only one that does is told.
    """
    for number in table.columns("logged")[:1]:
        context = _context(table, number, date_evidence)
        years = _cached_years(table, number, date_evidence)
        for record, value in enumerate(table.column(number).values):
            span, row_context = spans[record], table.record_table.row_contexts[record]
            dated = span.start or span.end or span.week or row_context.period
            if value is None or dated or outcomes[record] == "planned":
                continue
            local = _around(context, row_context, date_evidence)
            year = years.get(table.place_in_whole(record))
            reading = read_dated_cell(value, replace(local, year=year) if year else local)
            span.start = reading.start
            remarks.extend((record, number, *problem) for problem in _flaws(reading))


def _years(
    table: RoleTable, number: int, context: DateContext, *, date_evidence: DateEvidence
) -> Mapping[int, int | None]:
    """Return, by record, the years of a whole column's dates or weeks that write none."""
    whole = table.table_context.whole or table.record_table
    values = whole.columns[number].values
    read = read_week if number in table.columns("week") else read_dated_cell
    if holds_months(table, number):
        values = with_whole_years(values)
    if read is read_dated_cell and (
        not table.table_context.may_hold(number, str) or all(map(_has_own_year, values))
    ):
        return {}
    days: list[RowDate] = []
    known: tuple[RowContext, DateContext] | None = None
    first = True
    for place, value in enumerate(values):
        if value is None:
            continue
        row_context = whole.row_contexts[place]
        # The rows below one line share one object, so that comparing which it is is enough.
        if known is None or known[0] is not row_context:
            known = (
                row_context,
                replace(_around(context, row_context, date_evidence), year=_LEAP, years=None),
            )
            first = row_context.stretch > 0
        if day := _written(place, read(value, known[1])):
            near = _near(row_context) or _within(day, date_evidence.span)
            days.append(replace(day, near=near, stated=row_context.year if first else None))
            first = False
    base = (
        date_evidence.tab
        or date_evidence.title
        or date_evidence.elsewhere
        or date_evidence.last_resort
    )
    told = years_for(days, base, date_evidence.today)
    if not told and days and date_evidence.today is not None and read is read_dated_cell:

        def is_wrong(one: RowDate, year: int) -> bool:
            around = _around(context, whole.row_contexts[one.record], date_evidence)
            local = replace(around, year=year, years=None)
            return _has_wrong_weekday(values[one.record], local)

        told = years_by_weekday(days, is_wrong, date_evidence.today)
    return told if date_evidence.span is None else _near_span(told, days, date_evidence.span)


def _has_wrong_weekday(value: Value, context: DateContext) -> bool:
    reading = read_dated_cell(value, context)
    return any(code == "weekday_mismatch" for code, _ in reading.problems)


def _near_span(
    told: Mapping[int, int | None], days: Sequence[RowDate], span: tuple[date, date]
) -> dict[int, int | None]:
    """Leave the year of a day open that lies far outside the quarter that the tab states.

    "3/3" on a tab "2026 4분기" may be of the year before or of the one behind.
    """
    first, last = span[0] - _BESIDE_SPAN, span[1] + _BESIDE_SPAN
    far = {
        one.record
        for one in days
        if (year := told.get(one.record)) and not first <= day_in(year, one) <= last
    }
    return {record: None if record in far else year for record, year in told.items()}


_BESIDE_SPAN = timedelta(days=45)
"""How far from a quarter a row of its tab may lie: half of another quarter (judgement), so that a
preparation or a late report still is of it."""


def _has_own_year(value: Value) -> bool:
    """Return whether nothing has to be inferred for a cell: no text, or a day that begins
    with its year.
    """
    return type(value) is not str or _ISO_DAY.fullmatch(value) is not None


_ISO_DAY = kept_pattern(r"(?:19|20)\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?", re.ASCII)
_TO_THURSDAY = timedelta(days=3)
"""From Monday: the year of a week is that of its Thursday (ISO 8601)."""
_LEAP = 2020
"""A year that has every day and a 53rd week."""


def _written(place: int, reading: DateReading) -> RowDate | None:
    day = reading.start or reading.end or (reading.span[0] if reading.span else None)
    if day is None:
        return None
    if reading.span and reading.precision == "week":
        day = reading.span[0] + _TO_THURSDAY  # a week is of the year that its Thursday is in
    return RowDate(place, day.month, day.day, year=None if reading.year_inferred else day.year)


def _near(row_context: RowContext) -> date | None:
    """Return a day within the time that a label line states for its rows."""
    period = row_context.period
    if period is not None and (day := period.start or (period.span[0] if period.span else None)):
        return day
    if row_context.year and row_context.month:
        return date(row_context.year, row_context.month, 15)
    return None


def _within(day: RowDate, span: tuple[date, date] | None) -> date | None:
    """Return a day in the quarter or half year that the tab states, None where it lies outside."""
    if span is None:
        return None
    for year in {span[0].year, span[1].year}:
        found = day_in(year, day)
        if span[0] <= found <= span[1]:
            return found
    return None


def _take(span: NoteDates, reading: DateReading, role: str) -> None:
    if role in ("end_date", "due"):
        last = reading.end or reading.start
        last = _behind(span.start, last) if reading.year_inferred else last
        span.end = last if last and (role == "end_date" or span.end is None) else span.end
        if reading.end and reading.start and span.start is None:
            span.start = reading.start
        return
    if reading.start and (role == "start_date" or span.start is None):
        span.start = reading.start
    if reading.end and span.end is None:
        span.end = reading.end
    if reading.week and not span.week:
        span.week, span.stated = reading.week, True


def _behind(start: date | None, end: date | None) -> date | None:
    """Return an end without a year in the year that puts it behind its start.

    12/28 to 1/3 passes New Year.
    """
    if start is None or end is None or end >= start or (start - end).days < _HALF_A_YEAR:
        return end
    return end.replace(year=end.year + 1, day=min(end.day, 28) if end.month == 2 else end.day)


_HALF_A_YEAR = 182
"""Days: an end that lies farther before its start than half a year lacks the next year (reading
rules 7.2)."""


def _settle(
    span: NoteDates,
    row_context: RowContext,
    record: int,
    *,
    table: RoleTable,
    remarks: list[DateProblem],
) -> None:
    """Fill what the row leaves out from the label line, and compare what both state."""
    period = row_context.period
    if period is not None and period.week:
        if span.start is None and span.end is None:
            span.start, span.end = period.start, period.end
        span.week, span.stated = span.week or period.week, True
    if span.start and not span.week:
        span.week = _week_of(span.start)
        return
    if not (span.stated and span.week and span.start) or (period and period.start):
        return
    if not _week_holds(span.week, span.start, span.end):
        facts = (("date", str(span.start)), ("week", span.week))
        remarks.append((record, _date_column(table), "week_date_conflict", facts))


@lru_cache(maxsize=4096)
def _week_of(day: date) -> str:
    return str(Week.containing(day))


def _date_column(table: RoleTable) -> int:
    numbers = table.columns("date", "start_date", "week")
    return numbers[0] if numbers else -1
