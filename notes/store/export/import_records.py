"""Writes the records of an export into a store; one that conflicts refuses the whole import.

Everything happens in the caller's one transaction, which the caller keeps or takes back. What is of
the machine (runs, alarms, signs of life) and stands there already stays as it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, String, func, insert, select, type_coerce

from notes.export_formats.record import NumberedRecord, invalid_line
from notes.model.errors import ExchangeError
from notes.model.report_keys import ReportKey, report_label
from notes.store.note_rows.bulk import insert_many
from notes.store.note_rows.note_conditions import is_among
from notes.store.note_rows.writer import queue_new_for_index
from notes.store.sql.schema import Instant, message, note
from notes.store.sql.statements import EngineStatements

from .record_fields import InvalidValueError
from .record_model import (
    DELIVERY,
    MESSAGE,
    MODEL,
    PROBLEM,
    REPORT,
    SOURCE,
    VERSION,
    ExportTable,
    row_values,
)

_AT_ONCE = 500
_MAILS_AT_ONCE = 20
"""Records written at once. A mail may hold 100 kB and more, so that fewer of them do; judgement."""
_NAMED = 5
"""Conflicting records that an error names: judgement, enough to find them, still one line."""
_MODEL = {kept.kind: (place, kept) for place, kept in enumerate(MODEL)}
"""The place of a kind in the export: records come in this order."""
Line = tuple[int, dict[str, Any]]
"""The number of a line, and its row by column."""


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """How many records of each kind were new, and how many stood there already, alike."""

    new: Mapping[str, int]
    alike: Mapping[str, int]

    @property
    def nothing_new(self) -> bool:
        """Whether the store held all of it before."""
        return not any(self.new.values())


class _ImportState:
    """State of an import in progress."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.new: Counter[str] = Counter()
        self.alike: Counter[str] = Counter()
        self.new_sources: set[str] = set()
        self.known_problems: dict[str, Counter[tuple[Any, ...]]] = {}
        self.mails: list[int] = []
        """The row of each mail, in the order of the export."""


def import_records(connection: Connection, records: Iterable[NumberedRecord]) -> ImportCounts:
    """Write the records of an export.

    Raises:
        ExchangeError: a record is none, or the store holds another of its name.
    """
    intake = _ImportState(connection)
    last = connection.execute(select(func.max(note.c.seq))).scalar() or 0
    reached = 0
    for kind, several in groupby(records, key=lambda one: one.record.kind):
        for part in _parts(several, _MAILS_AT_ONCE if kind == MESSAGE.kind else _AT_ONCE):
            if kind not in _MODEL:
                raise invalid_line(part[0].line, f"this loopnote knows no {kind!r}")
            place, kept = _MODEL[kind]
            if place < reached:
                raise invalid_line(part[0].line, f"a {kind} cannot come here")
            reached = place
            _take(intake, kept, [(one.line, _row(kept, one)) for one in part])
    queue_new_for_index(EngineStatements(connection), last)
    return ImportCounts(intake.new, intake.alike)


def _parts(records: Iterator[NumberedRecord], size: int) -> Iterator[list[NumberedRecord]]:
    while part := list(islice(records, size)):
        yield part


def _row(kept: ExportTable, one: NumberedRecord) -> dict[str, Any]:
    try:
        row = row_values(kept, one.record.values)
    except InvalidValueError as error:
        raise invalid_line(one.line, str(error)) from error
    return dict(zip([field.column for field in kept.fields], row, strict=True))


def _take(intake: _ImportState, kept: ExportTable, lines: Sequence[Line]) -> None:
    if kept.kind in _CHECKS:
        _CHECKS[kept.kind](intake, lines)
    fresh = _new_problems(intake, lines) if kept is PROBLEM else _new(intake, kept, lines)
    intake.new[kept.kind] += len(fresh)
    intake.alike[kept.kind] += len(lines) - len(fresh)
    if kept is MESSAGE:
        return
    if kept is SOURCE:
        intake.new_sources.update(row["name"] for row in fresh)
    names = [field.column for field in kept.fields]
    insert_many(
        EngineStatements(intake.connection),
        kept.table.name,
        names,
        rows=[tuple(row.values()) for row in fresh],
    )


def _new(intake: _ImportState, kept: ExportTable, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the rows that the store does not hold.

    Mails are written at once, to know where they are.
    """
    columns = [field.column for field in kept.fields if field.name in kept.key]
    known = _known(intake.connection, kept, columns, first={row[columns[0]] for _, row in lines})
    seen: set[tuple[Any, ...]] = set()
    fresh, other = [], []
    for line, row in lines:
        key = tuple(row[name] for name in columns)
        if key in seen:
            raise invalid_line(line, f"{_called(kept, row)} stands twice")
        seen.add(key)
        number, standing = known.get(key, (0, None))
        if standing is None:
            fresh.append(row)
        elif standing != row and not kept.diary:
            other.append(row)
        if kept is MESSAGE and not other:
            intake.mails.append(number or _write_mail(intake.connection, row))
    if other:
        raise _collision(kept, other)
    return fresh


def _known(
    connection: Connection, kept: ExportTable, key: Sequence[str], *, first: set[str]
) -> dict[tuple[Any, ...], tuple[int, dict[str, Any]]]:
    names = [field.column for field in kept.fields]
    columns = [kept.table.c[name] for name in names]
    plain = [
        type_coerce(column, String) if isinstance(column.type, Instant) else column
        for column in columns
    ]
    number = [message.c.id] if kept is MESSAGE else []
    asked = select(*plain, *number).where(is_among(connection, kept.table.c[key[0]], first))
    found = [dict(zip([*names, "id"], row, strict=False)) for row in connection.execute(asked)]
    return {
        tuple(row[name] for name in key): (
            row["id"] if kept is MESSAGE else 0,
            {name: row[name] for name in names},
        )
        for row in found
    }


def _write_mail(connection: Connection, row: Mapping[str, Any]) -> int:
    columns = {
        name: type_coerce(value, String) if name == "date" else value for name, value in row.items()
    }
    return int(
        connection.execute(insert(message).values(columns).returning(message.c.id)).scalar_one()
    )


def _collision(kept: ExportTable, rows: Sequence[Mapping[str, Any]]) -> ExchangeError:
    named = ", ".join(_called(kept, row) for row in rows[:_NAMED]) + (
        ", …" if len(rows) > _NAMED else ""
    )
    return ExchangeError(
        f"{named}: in this store already, and not as in the export; nothing was loaded",
        hint="load it into a store of its own: name a new file in [store] url, then import again",
    )


def _called(kept: ExportTable, row: Mapping[str, Any]) -> str:
    columns = [field.column for field in kept.fields if field.name in kept.key]
    return f"{kept.kind} {' '.join(str(row[name]) for name in columns)}"


# What a kind of record needs beside its own columns


def _check_notes_of_versions(intake: _ImportState, lines: Sequence[Line]) -> None:
    ids = {row["note_id"] for _, row in lines}
    known = set(
        intake.connection.execute(
            select(note.c.id).where(is_among(intake.connection, note.c.id, ids))
        ).scalars()
    )
    for line, row in lines:
        if row["note_id"] not in known:
            raise invalid_line(line, f"there is no note {row['note_id']}")


def _check_reports(_: _ImportState, lines: Sequence[Line]) -> None:
    for line, row in lines:
        label = report_label(row["team"], row["period"], row["kind"])
        if row["key"] != str(ReportKey(label, row["revision"])):
            raise invalid_line(
                line, "the key of the report is not that of its team, period, kind and revision"
            )


def _check_mails(intake: _ImportState, lines: Sequence[Line]) -> None:
    _check_their_reports(intake, lines)
    for line, row in lines:
        if sha256(row["bytes"]).hexdigest() != row["sha256"]:
            raise invalid_line(line, "the mail is not the one of its digest")


def _check_deliveries(intake: _ImportState, lines: Sequence[Line]) -> None:
    """Replace each delivery's mail number by the row id of that mail."""
    _check_their_reports(intake, lines)
    for line, row in lines:
        number = row["message_id"]
        if number is None:
            continue
        if number > len(intake.mails):
            raise invalid_line(line, f"there is no mail {number}")
        row["message_id"] = intake.mails[number - 1]


def _check_their_reports(intake: _ImportState, lines: Sequence[Line]) -> None:
    keys = {row["report_key"] for _, row in lines}
    column = REPORT.table.c.key
    known = set(
        intake.connection.execute(
            select(column).where(is_among(intake.connection, column, keys))
        ).scalars()
    )
    for line, row in lines:
        if row["report_key"] not in known:
            raise invalid_line(line, f"there is no report {row['report_key']}")


_CHECKS = {
    VERSION.kind: _check_notes_of_versions,
    REPORT.kind: _check_reports,
    MESSAGE.kind: _check_mails,
    DELIVERY.kind: _check_deliveries,
}
"""What is checked of a kind once all of its records are there."""


def _new_problems(intake: _ImportState, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the problems of new sources; those of a source that was there must be there too."""
    fresh = []
    for line, row in lines:
        name = row["source"]
        if name in intake.new_sources:
            fresh.append(row)
            continue
        if name not in intake.known_problems:
            intake.known_problems[name] = _problems_of(intake.connection, name)
        known, problem = intake.known_problems[name], tuple(row.values())
        if known[problem] <= 0 and not _is_known(intake.connection, name):
            raise invalid_line(line, f"there is no source {name!r}")
        if known[problem] <= 0:
            raise _collision(SOURCE, [{"name": name}])
        known[problem] -= 1
    return fresh


def _problems_of(connection: Connection, name: str) -> Counter[tuple[Any, ...]]:
    columns = [PROBLEM.table.c[field.column] for field in PROBLEM.fields]
    plain = [
        type_coerce(column, String) if isinstance(column.type, Instant) else column
        for column in columns
    ]
    return Counter(
        tuple(row)
        for row in connection.execute(select(*plain).where(PROBLEM.table.c.source == name))
    )


def _is_known(connection: Connection, name: str) -> bool:
    column = SOURCE.table.c.name
    return connection.execute(select(column).where(column == name)).first() is not None
