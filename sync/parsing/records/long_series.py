"""Reads a metrics table in long form, one number per row, as notes of series.

Each row has a period, name, unit, target, role, rank and judging day.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from notes.model.notes import Note, Point, Series
from notes.model.periods import Week
from sync.parsing.cells.date_grammar.date_context import DateContext, DateReading
from sync.parsing.cells.date_grammar.dates import read_date
from sync.parsing.cells.numbers import header_unit, read_number
from sync.parsing.cells.text import fold
from sync.parsing.columns.column_texts import RoleTable, cell_text
from sync.parsing.fields.metric_fields import stated_direction
from sync.parsing.vocabulary import load_words

from .number_series import read_period


def long_series(table: RoleTable, context: DateContext) -> Iterator[tuple[int, Note]]:
    """Yield one note a row that states a number of a named metric.

    What is written once is not filled down.
    """
    record_table = table.record_table
    for record in range(table.size):
        name, number = _text(table, record, "metric_name"), _value(table, record, "metric_value")
        if not name or number is None:
            continue
        reading = _period(table, record, context)
        place = record_table.place(record)
        day = _first_day(reading)
        point = replace(
            _point(table, record, context), name=name, value=number[0], unit=number[1], day=day
        )
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
        role=_role(_text(table, record, "metric_role")),
        judge_from=judged,
        lower_is_better=stated_direction(_text(table, record, "direction")),
    )


def _role(text: str) -> Literal["leading", "lagging"] | None:
    """Return whether a metric leads or follows, None where the cell says neither."""
    said, book = fold(text), load_words("records")
    if any(word in said for word in book["leading"]):
        return "leading"
    return "lagging" if any(word in said for word in book["lagging"]) else None


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


def _period(table: RoleTable, record: int, context: DateContext) -> DateReading | None:
    for number in table.columns("period"):
        if reading := read_period(table.column(number).values[record], context):
            return reading
    return None


def _first_day(reading: DateReading | None) -> date | None:
    if reading is None:
        return None
    return reading.start or (reading.span[0] if reading.span else None)
