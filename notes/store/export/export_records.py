"""Reads the records of an export: streamed in a fixed order, from one moment of the store."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, select, type_coerce

from notes.export_formats.record import ExportSelection, Record
from notes.store.note_rows.selection import is_current
from notes.store.sql.schema import (
    Instant,
    message,
    note,
    note_version,
    problem,
    repair,
    report,
    source,
)

from .record_model import (
    DELIVERY,
    MESSAGE,
    MODEL,
    NOTE,
    PROBLEM,
    REPAIR,
    REPORT,
    SOURCE,
    VERSION,
    ExportTable,
    record_values,
)

_AT_ONCE = 500
_MAILS_AT_ONCE = 20
"""Records read at once. A mail may hold 100 kB and more, so that fewer of them do; judgement."""


def export_records(connection: Connection, chosen: ExportSelection) -> Iterator[Record]:
    """Yield the chosen records, table by table in the order of the model; the memory stays flat.

    A team's export has no diary of the machine (runs, alarms, signs of life): that speaks of all
    teams.
    """
    numbers: dict[int, int] = {}
    for kept in MODEL:
        if kept.diary and chosen.team:
            continue
        for row in _rows(connection, kept, chosen):
            yield Record(kept.kind, record_values(kept, _numbered(kept, row, numbers)))


def _rows(
    connection: Connection, kept: ExportTable, chosen: ExportSelection
) -> Iterator[dict[str, Any]]:
    names = [field.column for field in kept.fields]
    asked = _where(kept, chosen, select(*_plain(kept), *_row_number(kept)))
    asked = asked.order_by(*(_bytewise(connection, column) for column in kept.order))
    streamed = connection.execution_options(
        yield_per=_MAILS_AT_ONCE if kept is MESSAGE else _AT_ONCE
    )
    for row in streamed.execute(asked):
        yield dict(
            zip([*names, "id"], row, strict=False)
            if kept is MESSAGE
            else zip(names, row, strict=True)
        )


def _bytewise(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Let texts stand in the same order whatever language the database sorts by."""
    is_text = isinstance(column.type, (String, Instant))
    return (
        type_coerce(column, String).collate("C")
        if is_text and connection.dialect.name == "postgresql"
        else column
    )


def _plain(kept: ExportTable) -> list[ColumnElement[Any]]:
    """Return the columns as the database keeps them: an instant as its text."""
    columns = [kept.table.c[field.column] for field in kept.fields]
    return [
        type_coerce(column, String) if isinstance(column.type, Instant) else column
        for column in columns
    ]


def _row_number(kept: ExportTable) -> list[ColumnElement[Any]]:
    return [message.c.id] if kept is MESSAGE else []


def _numbered(kept: ExportTable, row: dict[str, Any], numbers: dict[int, int]) -> dict[str, Any]:
    """Let a delivery name its mail by its place among the mails of the export."""
    if kept is MESSAGE:
        numbers[row["id"]] = len(numbers) + 1
    elif kept is DELIVERY and row["message_id"] is not None:
        return row | {"message_id": numbers[row["message_id"]]}
    return row


def _where(kept: ExportTable, chosen: ExportSelection, asked: Select[Any]) -> Select[Any]:
    notes = _notes(chosen)
    if kept is NOTE:
        return asked.where(notes)
    if kept is VERSION:
        return asked.join(note, note.c.id == note_version.c.note_id).where(notes)
    if not chosen.team:
        return asked
    reports = select(report.c.key).where(report.c.team == chosen.team)
    conditions = {
        SOURCE.kind: source.c.team == chosen.team,
        PROBLEM.kind: problem.c.team == chosen.team,
        REPAIR.kind: repair.c.kept.in_(select(note.c.id).where(note.c.team == chosen.team)),
        REPORT.kind: report.c.team == chosen.team,
        MESSAGE.kind: message.c.report_key.in_(reports),
        DELIVERY.kind: kept.table.c[kept.fields[0].column].in_(reports),
    }
    return asked.where(conditions[kept.kind])


def _notes(chosen: ExportSelection) -> ColumnElement[bool]:
    condition = is_current(touching=chosen.touching, include_gone=chosen.gone)
    return condition & (note.c.team == chosen.team) if chosen.team else condition
