"""Reads a table of numbers by period into notes of kind metric or funnel.

The periods stand down the first column or along the header. Also tells what its columns are to the
series, and which columns hold periods, numbers of weeks or targets.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Literal

from notes.model.notes import Kind, Note, Point, Series
from notes.model.periods import Week
from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.date_grammar.date_context import DateContext, DateReading
from sync.parsing.cells.date_grammar.dates import read_date, read_period_label
from sync.parsing.cells.date_grammar.days import Order, order_proofs, proved_order
from sync.parsing.cells.date_grammar.week_cells import week_habit
from sync.parsing.cells.numbers import WrittenNumber, read_number
from sync.parsing.cells.text import fold
from sync.parsing.columns.column_texts import cell_text
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import plain_header

_UNIT = kept_pattern(r"(?:(?<!\s)\s+)?[(\[]\s*([^()\[\]]{1,10})\s*[)\]]\s*$")
_NUMBER = kept_pattern(r"\d{1,2}(?:\.0)?")
_FIRST = 3
"""Columns in which a table's periods may stand."""
_LEAST_WEEKS = 2
"""Weeks that make a series: one number in a row may be anything else."""
_LAST_WEEK = 53
"""The last week of a long year (ISO 8601)."""
_BESIDE = ("target", "unit", "owners", "note", "score", "direction")
"""Columns that say more of a series and are no series."""


def read_period(value: Value, context: DateContext) -> DateReading | None:
    """Return the day, week or month that a cell or header names, None when it names none."""
    if isinstance(value, str):
        return read_period_label(value, context)
    reading = (
        read_date(value, context) if value is not None and not isinstance(value, bool) else None
    )
    return reading if reading and reading.says_something and isinstance(value, date) else None


def series_roles(record_table: RecordTable, context: DateContext) -> tuple[str, ...]:
    """Return what each column is to a series of numbers, "" for one that gives it nothing.

    The period, a number under its metric's name (or under the period that it is of), what stands
    beside the numbers by its header.
    """
    down = period_column(record_table, context)
    targets = target_columns(record_table) if down >= 0 else {}
    roles = [
        "period"
        if number == down
        else "target"
        if number in targets.values()
        else _role_in_series(column, context, across=down < 0)
        for number, column in enumerate(record_table.columns)
    ]
    if down < 0 and "" in roles:
        roles[roles.index("")] = "metric_name"
    return tuple(roles)


def target_columns(record_table: RecordTable) -> dict[int, int]:
    """Return the columns of numbers that have a target of their own, each with that column:
    "답장률" and "목표 답장률", "Signups" and "Signups goal".
    """
    words = load_words("measures")["labels"]["target"]
    names = {plain_header(column.header): at for at, column in enumerate(record_table.columns)}
    return {
        names[name]: at
        for name in names
        for word in words
        for text in (f"{word} {name}", f"{name} {word}")
        if (at := names.get(text)) is not None
    }


def _role_in_series(column: TableColumn, context: DateContext, *, across: bool) -> str:
    if across and read_period(column.header, context):
        return "metric_value"
    told = _role_beside(column)
    if across:
        return told if told == "unit" or (told == "target" and _is_counted(column)) else ""
    return "metric_name" if told not in _BESIDE and _is_counted(column) else told


def _is_counted(column: TableColumn) -> bool:
    """Return whether a column holds a number."""
    return any(read_number(value, column.formats.get(at)) for at, value in enumerate(column.values))


def stage_count(names: Sequence[str]) -> int:
    """Return how many of these names are stages of a funnel."""
    known = {fold(word) for word in load_words("records")["stages"]}
    return sum(
        1
        for name in names
        if fold(_UNIT.sub("", name)).strip(" 수") in known or fold(name) in known
    )


def read_series(
    record_table: RecordTable, kind: Literal["metric", "funnel"], context: DateContext, *, down: int
) -> Iterator[tuple[int, Note]]:
    """Yield one note a row.

    All its numbers, with the period that each is for, which stands in the column `down`, or in the
    headers, of which "10/12주" is a day where another one can be nothing else ("8/31주").
    """
    targets = target_columns(record_table) if down >= 0 else {}
    if down < 0:
        habit = week_habit(column.header for column in record_table.columns)
        context = replace(context, habit=habit)
    for record in range(len(record_table.rows)):
        points = (
            _row_points(record_table, record, (down, targets), kind=kind, context=context)
            if down >= 0
            else _column_points(record_table, record, context)
        )
        if points:
            yield record, _note(record_table, record, kind, points=points)


def _note(record_table: RecordTable, record: int, kind: Kind, *, points: tuple[Point, ...]) -> Note:
    place = record_table.place(record)
    day = points[0].day if len({point.day for point in points}) == 1 else None
    week = str(Week.containing(day)) if day else ""
    return Note(
        kind,
        place,
        record_table.url(place),
        title=points[0].name,
        week=week,
        details=Series(points),
    )


def period_column(record_table: RecordTable, context: DateContext) -> int:
    """Return the column whose cells are periods, -1 where they stand along the header."""
    for number, column in enumerate(record_table.columns[:_FIRST]):
        if _holds_periods(column, context) or are_week_numbers(column):
            return number
    return -1


def _holds_periods(column: TableColumn, context: DateContext) -> bool:
    held = [value for value in column.values if value is not None]
    read = sum(1 for value in held if read_period(value, context))
    return bool(held) and read * 3 >= len(held) * 2


def order_of_periods(record_table: RecordTable, context: DateContext) -> Order:
    """Return the order of day and month that the days of the first columns, or those along the
    header, prove; "" for none.
    """
    columns = record_table.columns
    days = [column.values for column in columns[:_FIRST] if _holds_periods(column, context)]
    along = [column.header for column in columns if read_period(column.header, context)]
    return proved_order(order_proofs(chain(along, *days)))


def _row_points(
    record_table: RecordTable,
    record: int,
    beside: tuple[int, Mapping[int, int]],
    *,
    kind: Literal["metric", "funnel"],
    context: DateContext,
) -> tuple[Point, ...]:
    """Return the numbers of a row; `beside` are the column of its period and those of targets."""
    down, targets = beside
    label = _week_of(record_table.columns[down], record)
    reading = read_period(label, context)
    member = _member(record_table, record, down)
    points: list[Point] = []
    names = _names(tuple(column.header for column in record_table.columns))
    for number, column in enumerate(record_table.columns):
        if number == down or number in targets.values() or _is_beside(column, record):
            continue
        read = read_number(column.values[record], column.formats.get(record))
        name, unit = names[number]
        read = read or _clock(column.values[record], column.header, unit)
        if read is not None:
            point = Point(
                name, read.value, read.unit or unit, _day(reading), cell_text(label), member=member
            )
            if number in targets:
                point = replace(point, target=_target_of(record_table, targets[number], record))
            points.append(replace(point, order=len(points)) if kind == "funnel" else point)
    return _with_target(record_table, record, points)


def _clock(value: Value, header: str, unit: str) -> WrittenNumber | None:
    """Return a time of two parts as a number where the header says of what: "3:58" under "(h:mm)".

    Without it nobody knows whether it is hours or minutes.
    """
    form = fold(unit).replace(" ", "")
    whole, _, rest = value.strip().partition(":") if isinstance(value, str) else ("", "", "")
    if form not in _CLOCKS or not (whole.isdecimal() and rest.isdecimal() and len(rest) == 2):
        return None
    korean = any("가" <= sign <= "힣" for sign in header)
    return WrittenNumber(int(whole) * 60 + int(rest), _CLOCKS[form][korean])


_CLOCKS = {
    **dict.fromkeys(("h:mm", "hh:mm", "시:분", "시간:분"), ("min", "분")),
    **dict.fromkeys(("m:ss", "mm:ss", "분:초"), ("s", "초")),
}
"""How a header writes that its times are of hours and minutes, or of minutes and seconds; the unit
of the number, in English and Korean."""


def names_a_period(value: Value) -> bool:
    """Return whether a cell or header names a day, week or month, whatever its year."""
    return read_period(value, _ANY_YEAR) is not None


_ANY_YEAR = DateContext(year=2024)
"""A year, so that a day or month without one is read."""


def are_week_numbers(column: TableColumn) -> bool:
    """Return whether a column called week holds the bare numbers of weeks, each once: 44, 45,
    46.
    """
    held = [value for value in column.values if value is not None]
    return len(held) == len(set(map(str, held))) and hold_week_numbers(column)


def hold_week_numbers(column: TableColumn) -> bool:
    """Return whether a column called week holds bare numbers of weeks: 44, 44, 45, 45. One that is
    called after a week ("Week 40") holds the numbers of that week.
    """
    held = [str(value) for value in column.values if value is not None]
    if len(held) < _LEAST_WEEKS or known_role(column.header) != "week":
        return False
    if names_a_period(column.header):
        return False
    return all(_NUMBER.fullmatch(text) and 1 <= int(float(text)) <= _LAST_WEEK for text in held)


def _week_of(column: TableColumn, record: int) -> Value:
    """Return what a cell says of its period; a bare number under "Week" is that week."""
    value = column.values[record]
    return week_label(value) if are_week_numbers(column) else value


def week_label(value: Value) -> Value:
    """Return the bare number of a week as weeks are written, 44 as "W44", anything else as it is.

    >>> week_label(44), week_label("44.0"), week_label("W44")
    ('W44', 'W44', 'W44')
    """
    text = str(value) if value is not None else ""
    return f"W{int(float(text))}" if _NUMBER.fullmatch(text) else value


def _member(record_table: RecordTable, record: int, down: int) -> str:
    for number, column in enumerate(record_table.columns):
        if number != down and known_role(column.header) == "owners":
            text = cell_text(column.values[record])
            return "" if read_number(text) else text
    return ""


def _is_beside(column: TableColumn, record: int) -> bool:
    """Return whether a column tells about the numbers; one near to a person's that counts is
    one.
    """
    role = _role_beside(column)
    if role == "owners":
        return read_number(column.values[record], column.formats.get(record)) is None
    return role in _BESIDE


def _role_beside(column: TableColumn) -> str:
    """Return what a header names; a bare "목표" beside numbers is the number to reach."""
    role = known_role(column.header)
    return "target" if role == "goal" else role


def _target_of(record_table: RecordTable, number: int, record: int) -> float | None:
    column = record_table.columns[number]
    read = read_number(column.values[record], column.formats.get(record))
    return read.value if read else None


def _with_target(record_table: RecordTable, record: int, points: list[Point]) -> tuple[Point, ...]:
    targets = [
        at for at, column in enumerate(record_table.columns) if _role_beside(column) == "target"
    ]
    if targets and len(points) == 1 and points[0].target is None:
        points[0] = replace(points[0], target=_target_of(record_table, targets[0], record))
    return tuple(points)


def _column_points(
    record_table: RecordTable, record: int, context: DateContext
) -> tuple[Point, ...]:
    """Return the points of a row that is one metric, its periods along the header; none without a
    name, which tells nobody what was counted.
    """
    periods = [(column, read_period(column.header, context)) for column in record_table.columns]
    rest = sorted(
        (column for column, reading in periods if reading is None), key=attrgetter("number")
    )  # a column without a header stands behind the others, and in the corner it has the names
    title, unit = _named(_name_beside(rest, record))
    if not title:
        return ()
    facts = _facts(rest, record)
    points = []
    for column, reading in periods:
        read = read_number(column.values[record], column.formats.get(record)) if reading else None
        if read is not None:
            points.append(
                Point(
                    name=title,
                    value=read.value,
                    unit=read.unit or facts[1] or unit,
                    day=_day(reading),
                    label=column.header,
                    target=facts[0],
                )
            )
    return tuple(points)


def _name_beside(rest: Sequence[TableColumn], record: int) -> str:
    """Return the name of a row of numbers: its first text in words, a number among them or not
    ("Calls answered within 3 rings"), under a header that says nothing else of the series; else who
    answers for it, or a remark, and never its unit.
    """
    texts = [
        (_role_beside(column), text)
        for column in rest
        if (text := cell_text(column.values[record])) and any(map(str.isalpha, text))
    ]
    named = (text for role, text in texts if role not in _BESIDE)
    others = (text for role, text in texts if role != "unit" and read_number(text) is None)
    return next(chain(named, others), "")


def _facts(rest: Sequence[TableColumn], record: int) -> tuple[float | None, str]:
    target, unit = None, ""
    for column in rest:
        role = _role_beside(column)
        if role == "target" and (
            read := read_number(column.values[record], column.formats.get(record))
        ):
            target = read.value
        elif role == "unit":
            unit = cell_text(column.values[record])
    return target, unit


def _day(reading: DateReading | None) -> date | None:
    if reading is None:
        return None
    return reading.start or (reading.span[0] if reading.span else None)


@lru_cache(maxsize=256)
def _names(headers: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the name and unit of each column of numbers.

    Two columns that are one number but for how it was taken keep their whole headers ("매출(주)",
    "매출(하루 평균)").
    """
    named = [_named(header) for header in headers]
    often = Counter(name for name, _ in named)
    return tuple(
        (header.strip(), unit) if often[name] > 1 else (name, unit)
        for header, (name, unit) in zip(headers, named, strict=True)
    )


@lru_cache(maxsize=1024)
def _named(header: str) -> tuple[str, str]:
    """Return a number's name and unit; what a bracket says of how it was taken is no unit.

    Without the mean a number is itself; a total or a maximum is another one.

    >>> _named("작업 시간(평균)"), _named("버리는 빵(하루 평균)"), _named("Wait (min, avg)")
    (('작업 시간', ''), ('버리는 빵', ''), ('Wait', 'min'))
    >>> _named("작업 시간(최대)"), _named("대기(분)")
    (('작업 시간(최대)', ''), ('대기', '분'))
    >>> _named("민원 만족도(5점)"), _named("Rating (1-5)")
    (('민원 만족도', '점'), ('Rating', ''))
    """
    found = _UNIT.search(header)
    if found is None:
        return header.strip(), ""
    bare, inside, book = _UNIT.sub("", header).strip(), found[1], load_words("records")
    if scale := _SCALE.match(inside):
        return bare, scale[1] or ""
    words = {fold(inside), *map(fold, _TOKEN.findall(inside))}
    if words & set(book["other_statistic"]):
        return header.strip(), ""
    rest = _EACH.sub(" ", inside)
    if rest == inside and not words & set(book["mean"]):
        return bare, inside
    beside = {*book["mean"], *book["mean_of"]}
    return bare, " ".join(word for word in _TOKEN.findall(rest) if fold(word) not in beside)


_SCALE = kept_pattern(r"\s*\d[\d.]*(?:\s*[-~–]\s*\d[\d.]*)?\s*(점)?")
"""What a number is of at most ("5점", "1-5"): written behind a value it would be another one."""
_TOKEN = kept_pattern(r"[^\s,;·/]+")
_EACH = kept_pattern(r"\b(?:per|a|each) [a-z]+", re.IGNORECASE)
"""English for what one of a mean's numbers stands for ("per day")."""
