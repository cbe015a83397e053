"""Reads a metrics table in long form, one number per row, as notes of series.

Each row has a period, name, unit, target, role, rank and judging day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

from notes.model.notes import Note, Point, Series
from notes.model.periods import Week
from sync.contents.workbook import Value
from sync.parsing.cells.date_grammar.date_context import DateContext, DateReading
from sync.parsing.cells.date_grammar.dates import read_date
from sync.parsing.cells.numbers import header_unit, read_number
from sync.parsing.columns.column_texts import RoleTable, cell_text
from sync.parsing.fields.metric_fields import stated_direction

from .number_parts import leading_or_lagging
from .number_series import hold_week_numbers, read_period, week_label


def long_series(table: RoleTable, context: DateContext) -> Iterator[tuple[int, Note]]:
    """Yield one note a row that states a number of a named metric.

    Only the period is filled down where it is written once (reading rules 2.2). A name that
    counts the same in several branches or channels has the branch with it: "별점 (강남점)".
    """
    record_table = table.record_table
    periods = [_written(table, number) for number in table.columns("period")]
    numbered = any(hold_week_numbers(table.column(number)) for number in table.columns("period"))
    for record in range(table.size):
        name, number = _text(table, record, "metric_name"), _value(table, record, "metric_value")
        if not name or number is None:
            continue
        at = table.place_in_whole(record)
        labels = (week_label(column[at]) if numbered else column[at] for column in periods)
        reading = next(filter(None, (read_period(label, context) for label in labels)), None)
        place = record_table.place(record)
        day = _first_day(reading)
        value, unit = number
        if not unit and name.endswith(")"):
            unit, factor = header_unit(name)
            value *= factor
        if part := _text(table, record, "metric_part"):
            name = f"{name} ({part})"
        point = replace(_point(table, record, context), name=name, value=value, unit=unit, day=day)
        week = (
            reading.week if reading and reading.week else str(Week.containing(day)) if day else ""
        )
        yield (
            record,
            Note(
                "metric",
                place,
                record_table.url(place),
                title=name,
                week=week,
                details=Series((point,)),
            ),
        )


def _point(table: RoleTable, record: int, context: DateContext) -> Point:
    target, judged = _value(table, record, "target"), None
    for number in table.columns("judge_from"):
        judged = _first_day(read_date(table.column(number).values[record], context))
    rank = _value(table, record, "rank")
    return Point(
        name="",
        value=0.0,
        label=_text(table, record, "period"),
        target=target[0] if target else None,
        rank=int(rank[0]) if rank and rank[0] == int(rank[0]) else None,
        member=_text(table, record, "owners"),
        role=leading_or_lagging(_text(table, record, "metric_role")),
        judge_from=judged,
        lower_is_better=stated_direction(_text(table, record, "direction")),
    )


def _value(table: RoleTable, record: int, role: str) -> tuple[float, str] | None:
    """Return the number of a part and its unit.

    The cell's, the unit column's, else that of the header.
    """
    for number in table.columns(role):
        column = table.column(number)
        read = read_number(column.values[record], column.formats.get(record))
        if read is None:
            continue
        stated, factor = header_unit(column.header)
        own = _text(table, record, "unit") if role in ("metric_value", "target") else ""
        return read.value * (1 if read.unit else factor), read.unit or own or stated
    return None


def _text(table: RoleTable, record: int, role: str) -> str:
    return next(
        (text for n in table.columns(role) if (text := cell_text(table.column(n).values[record]))),
        "",
    )


def _written(table: RoleTable, number: int) -> Sequence[Value]:
    """Return all cells of a column, for each blank one the nearest above it."""
    values = table.whole(number)
    return table.table_context.cached(
        "written above", number, lambda: list(accumulate(values, _or_above))
    )


def _or_above(above: Value, value: Value) -> Value:
    return above if value is None else value


def _first_day(reading: DateReading | None) -> date | None:
    if reading is None:
        return None
    return reading.start or (reading.span[0] if reading.span else None)
