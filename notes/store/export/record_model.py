"""The export model: which tables and columns are exported, in which order, and how.

A test holds it against `notes.store.sql.schema`: a new column either gets a `RecordField` here, or
a reason in `LEFT_OUT`.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from sqlalchemy import ColumnElement, Table

from notes.messages.problems import reason_of
from notes.model.deliveries import ReportKind, State
from notes.model.notes import WRITTEN_IN, Kind, Note, Place, Problem, Version
from notes.store.note_rows.decoded_rows import joined_before
from notes.store.note_rows.json_payload import (
    cell_pairs,
    compact,
    read_problem,
    with_positions,
    with_texts,
)
from notes.store.sql import schema

from .json_types import member_checks, type_check
from .record_fields import (
    InvalidValueError,
    RecordField,
    Row,
    base64_bytes,
    boolean,
    choice,
    day,
    digest,
    instant,
    instant_from,
    json_text,
    optional,
    page,
    read_json,
    text,
    whole,
    write_spaced,
)

_ID = r"[0-9a-z]{1,64}"
"""Ids are lower case letters and digits (ADR 0501); 64 is the width of the column."""


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_objects(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_object, value))


def _is_counts(value: Any) -> bool:
    return isinstance(value, dict) and all(type(count) is int for count in value.values())


def _is_written(value: Any) -> bool:
    return isinstance(value, dict) and all(instant_from(at) for at in value.values())


def _is_doubt(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == _DOUBT.keys()
        and all(_DOUBT[name](value[name]) for name in _DOUBT)
    )


def _is_problem(value: Any) -> bool:
    """Return whether a sentence can be made of the problem."""
    if not _has_members_of_a_problem(value):
        return False
    try:
        return bool(reason_of(read_problem(compact(value)), WRITTEN_IN))
    except (LookupError, ValueError, TypeError):
        return False


_has_members_of_a_problem = type_check(Problem)
_DOUBT = {"how": type_check(str), "score": type_check(float), "rivals": type_check(tuple[str, ...])}
"""Members of a link that was not sure."""
_is_cells = type_check(dict[str, str] | tuple[tuple[str, str], ...])


def _fields(row: Row) -> Any:
    return with_texts(read_json(row["payload"]), cell_pairs(read_json(row["cells"])))


def _payload(value: Any, record: Row) -> str:
    """Return the note's fields as the store keeps them.

    A text that is a cell's stands there once.
    """
    if not isinstance(value, dict):
        raise InvalidValueError("it is no note")
    for name, check in _NOTE.items():
        if name in value and not check(value[name]):
            raise InvalidValueError(f"{name} does not hold what it should")
    if "kind" not in value or "place" in value or "url" in value:
        raise InvalidValueError("it is no note")
    return _write_payload(value, record)


def _write_payload(value: dict[str, Any], record: Row) -> str:
    return compact(with_positions(dict(value), cell_pairs(record["cells"])))


_NOTE = member_checks(Note)
"""The checks of a note's members."""
_place = json_text("place", type_check(Place))
_written = json_text("written", _is_written, write=write_spaced)
_doubt = json_text("link", _is_doubt, empty=True)
_cells = json_text("cells", _is_cells)
_note_fields = RecordField("fields", "payload", _fields, _payload, _write_payload)
_BEFORE = (
    whole("version", 1),
    instant("changed"),
    optional(instant("gone")),
    text("source"),
    text("url", one_line=False),
    _doubt,
    _place,
    _written,
    _cells,
    _note_fields,
)
"""What a version keeps of the state before it; notes of old exports lack the last two."""


def _before(row: Row) -> dict[str, Any]:
    said = json.loads(row["before"])
    texts = {
        name: compact(said[name])
        for name in ("place", "written", "payload", "cells")
        if name in said
    }
    line = said | texts
    return {field.name: field.show(line) for field in _BEFORE if field.column in line}


def _joined(value: Any, _: Row) -> str:
    if not isinstance(value, dict):
        raise InvalidValueError("it is no former state")
    fields = _BEFORE if "fields" in value else _BEFORE[:-2]
    if value.keys() != {field.name for field in fields}:
        raise InvalidValueError("it is no former state")
    return joined_before({field.column: field.take(value[field.name], value) for field in fields})


def _write_before(value: dict[str, Any], _: Row) -> str:
    fields = _BEFORE if "fields" in value else _BEFORE[:-2]
    return joined_before(
        {field.column: (field.write or field.take)(value[field.name], value) for field in fields}
    )


class ExportTable(NamedTuple):
    """One table in an export: the name of its records, its columns, and their order.

    `key` are the members that tell one record from another; a table with `diary` is of this
    machine: what stands there already stays, and the export of a single team does without.
    """

    kind: str
    table: Table
    fields: tuple[RecordField, ...]
    order: tuple[ColumnElement[Any], ...]
    key: tuple[str, ...]
    diary: bool = False


def _kept(
    kind: str, table: Table, *fields: RecordField, key: tuple[str, ...], **more: Any
) -> ExportTable:
    order = more.pop("order", key)
    return ExportTable(kind, table, fields, tuple(table.c[name] for name in order), key, **more)


SOURCE = _kept(
    "source",
    schema.source,
    text("name"),
    text("team"),
    json_text("state", _is_object),
    whole("generation"),
    optional(instant("first_success")),
    optional(instant("last_attempt")),
    optional(instant("last_success")),
    optional(instant("last_change")),
    text("error", one_line=False),
    text("hint", one_line=False),
    whole("failures"),
    whole("rows_read"),
    whole("rows_used"),
    whole("problems"),
    whole("requests"),
    json_text("skipped", _is_counts),
    json_text("readings", _is_objects),
    key=("name",),
)
NOTE = _kept(
    "note",
    schema.note,
    text("id", pattern=_ID),
    text("team"),
    text("source"),
    choice("kind", get_args(Kind)),
    _place,
    text("url", one_line=False),
    _cells,
    _note_fields,
    whole("version", 1),
    instant("first_seen"),
    text("first_run"),
    instant("changed"),
    optional(instant("gone")),
    _written,
    _doubt,
    text("native_id"),
    day("touched_first"),
    day("touched_last"),
    digest("digest"),
    key=("id",),
    order=("seq",),
)
VERSION = ExportTable(
    "version",
    schema.note_version,
    (
        text("note_id", pattern=_ID)._replace(name="note"),
        whole("version", 1),
        instant("at"),
        text("run_id")._replace(name="run"),
        choice("event", get_args(Version.__annotations__["event"])),
        json_text("changes", type_check(tuple[tuple[str, str, str], ...])),
        RecordField("before", "before", _before, _joined, _write_before),
    ),
    (schema.note.c.seq, schema.note_version.c.version),
    ("note", "version"),
)
PROBLEM = _kept(
    "problem",
    schema.problem,
    text("source"),
    text("team"),
    text("page_id"),
    instant("first_seen"),
    json_text("payload", _is_problem)._replace(name="problem"),
    key=(),
    order=("source", "id"),
)
REPAIR = _kept(
    "repair",
    schema.repair,
    choice("kind", ("join", "split")),
    text("kept", pattern=_ID),
    text("absorbed", pattern=_ID),
    instant("at"),
    whole("version", 1),
    optional(instant("undone")),
    key=("kind", "kept", "absorbed", "at"),
    order=("id",),
)
REPORT = _kept(
    "report",
    schema.report,
    text("key"),
    text("team"),
    choice("kind", get_args(ReportKind)),
    text("period", pattern=r"\d{4}-(W\d\d|\d\d)"),
    whole("revision", 1),
    instant("created_at"),
    text("subject", one_line=False),
    json_text("facts", _is_object),
    key=("key",),
    order=("created_at", "key"),
)
MESSAGE = _kept(
    "message",
    schema.message,
    text("report_key")._replace(name="report"),
    text("language"),
    text("audience"),
    text("message_id", one_line=False),
    instant("date"),
    json_text("notes", type_check(tuple[tuple[str, int], ...]))._replace(missing=[]),
    text("sha256", pattern=r"[0-9a-f]{64}"),
    base64_bytes("bytes"),
    page("page"),
    key=("report", "language", "audience", "sha256"),
    order=("id",),
)
DELIVERY = _kept(
    "delivery",
    schema.delivery,
    text("report_key")._replace(name="report"),
    text("recipient"),
    optional(whole("message_id", 1))._replace(name="message"),
    choice("state", get_args(State)),
    whole("attempts"),
    text("claimed_by"),
    optional(instant("claimed_at")),
    instant("updated_at"),
    text("code", one_line=False),
    text("detail", one_line=False),
    key=("report", "recipient"),
    order=("report_key", "recipient"),
)
RUN = _kept(
    "run",
    schema.run,
    text("id"),
    text("command", one_line=False),
    instant("started"),
    optional(instant("ended")),
    boolean("ok"),
    text("error", one_line=False),
    key=("id",),
    order=("started", "id"),
    diary=True,
)
ALARM = _kept(
    "alarm",
    schema.alarm,
    text("subject", one_line=False),
    text("id"),
    instant("since"),
    optional(instant("notified_at")),
    optional(instant("recovered_at")),
    key=("subject", "id", "since"),
    diary=True,
)
HEARTBEAT = _kept(
    "heartbeat", schema.heartbeat, text("name"), instant("at"), key=("name",), diary=True
)
ERASED_NAME = _kept(
    "erased_name",
    schema.erased_name,
    text("digest", pattern=r"[0-9a-f]{32}"),
    text("salt", pattern=r"[0-9a-f]{1,32}"),
    whole("words", 1),
    whole("length"),
    whole("first"),
    text("mark"),
    instant("at"),
    key=("digest", "salt"),
    diary=True,
)

MODEL = (
    *(SOURCE, NOTE, VERSION, PROBLEM, REPAIR, REPORT, MESSAGE, DELIVERY),
    *(RUN, ALARM, HEARTBEAT, ERASED_NAME),
)
"""Every table of an export, in its order: what is named by another comes before it."""

LEFT_OUT: Mapping[str, str] = {
    "note.seq": "the order of the records stands for it",
    "problem.id": "the order of the records stands for it",
    "repair.id": "the order of the records stands for it",
    "message.id": "deliveries name their mail by its place among the mails of the export",
    "search_queue": "the index is made anew from the notes",
    "search_document": "the index is made anew from the notes",
    "parsed_rows": "a cache: the next reading makes it anew",
    "worker": "which processes are at work belongs to a moment",
    "lease": "which processes are at work belongs to a moment",
    "rate_slot": "which processes are at work belongs to a moment",
    "work_failure": "the next worker tries again",
}
"""Columns and tables that are in no export, and why."""


def record_values(kept: ExportTable, row: Row) -> dict[str, Any]:
    """Return a row as record values; `exact` holds JSON texts that would be written differently."""
    values: dict[str, Any] = {}
    exact = {}
    for field in kept.fields:
        value = values[field.name] = field.show(row)
        if field.write and field.write(value, values) != row[field.column]:
            exact[field.column] = row[field.column]
    return values | {"exact": exact} if exact else values


def row_values(kept: ExportTable, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the row of a record's values, in the order of the table's fields.

    Raises:
        MisfitError: they are not what `record_values` gives.
    """
    exact = values.get("exact", {})
    known = {field.name for field in kept.fields}
    if unknown := sorted(values.keys() - known - {"exact"}):
        raise InvalidValueError(f"this loopnote knows no member {', '.join(unknown)}")
    if not isinstance(exact, dict) or exact.keys() - {
        field.column for field in kept.fields if field.write
    }:
        raise InvalidValueError("exact does not hold what it should")
    row: dict[str, Any] = {}
    for field in kept.fields:
        row[field.column] = _taken(field, values, exact, row=row)
    return tuple(row.values())


def _taken(
    field: RecordField, values: Mapping[str, Any], exact: Mapping[str, Any], *, row: Row
) -> Any:
    value = values.get(field.name, field.missing)
    if value is ...:
        raise InvalidValueError(f"it lacks {field.name}")
    try:
        made = field.take(value, values)
        return (
            _exactly(field, exact[field.column], row, value=value)
            if field.column in exact
            else made
        )
    except InvalidValueError as error:
        raise InvalidValueError(f"{field.name}: {error}") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidValueError(f"{field.name}: it cannot be read") from error


def _exactly(field: RecordField, text: Any, row: Row, *, value: Any) -> str:
    if (
        not isinstance(text, str)
        or "\0" in text
        or field.show({**row, field.column: text}) != value
    ):
        raise InvalidValueError("what stands in exact says something else")
    return text
