"""Decodes rows of the note table into notes, and puts a row's former states together.

Names the columns that this needs, and what a version keeps of a row before it (`before_text`).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from notes.model.notes import Entry, Note, Place, RawRow, StoredNote
from notes.store.sql.statements import Statements, Values
from notes.store.sql.stored_values import instant_text, read_instant, read_known_instant

from .first_written import times_by_field
from .json_payload import cell_pairs, note_from, read_json, read_places, with_texts

if TYPE_CHECKING:  # a pull asks without SQLAlchemy (ADR 0469)
    from sqlalchemy import RowMapping

NoteLine: TypeAlias = "RowMapping | Mapping[str, Any]"
"""A line of the note table, as read or as reconstructed."""

ENTRY = ("place", "url", "native_id", "payload", "cells")
"""The columns that `entries` needs, in its order."""
STORED = (
    *("id", "team", "source", "version", "first_seen", "changed", "gone"),
    *("link", "written", *ENTRY),
)
"""The columns that `stored_notes` needs, in its order."""
COLUMNS = (
    *("seq", "id", "team", "source", "kind", "native_id", "version"),
    *("touched_first", "touched_last", "first_seen", "first_run", "changed", "gone"),
    *("link", "digest", "place", "url", "written", "payload", "cells"),
)
"""The columns of the note table, in its order."""


def note_lines(statements: Statements, condition: str, values: Values) -> list[dict[str, Any]]:
    """Return the lines of the note table that meet a condition, with their instants."""
    asked = f"SELECT {_ALL} FROM note WHERE {condition}"  # noqa: S608  our own names
    return [_note_line(row) for row in statements.rows(asked, values)]


_ALL = ", ".join(COLUMNS)
"""Every column, as SQL names them."""


def _note_line(row: Any) -> dict[str, Any]:
    line = {name: row[name] for name in COLUMNS}
    return line | {
        "first_seen": read_instant(line["first_seen"]),
        "changed": read_instant(line["changed"]),
        "gone": read_known_instant(line["gone"]),
    }


def entries(rows: Sequence[Sequence[Any]]) -> list[Entry]:
    """Return the rows as read, with their notes, of many `ENTRY` columns.

    Decoded together: one call instead of thousands, and the labels of the cells are shared.
    """
    places = read_places([row[0] for row in rows])
    notes = _together([row[3] for row in rows])
    cells = _together([row[4] for row in rows])
    return [
        _entry(place, row[1], row[2], fields=fields, cells=found)
        for row, place, fields, found in zip(rows, places, notes, cells, strict=True)
    ]


def _entry(place: Place, url: str, native_id: str, *, fields: dict[str, Any], cells: Any) -> Entry:
    row = cell_pairs(cells)
    return Entry(RawRow(place, row, native_id), note_from(with_texts(fields, row), place, url))


def _together(texts: Sequence[str]) -> list[Any]:
    found: list[Any] = read_json(f"[{','.join(texts)}]")
    return found


def stored_notes(rows: Sequence[Sequence[Any]]) -> list[StoredNote]:
    """Return the notes of many lines, given as `STORED` columns."""
    found = entries([row[9:] for row in rows])
    return [_stored(row, entry) for row, entry in zip(rows, found, strict=True)]


def _stored(row: Sequence[Any], entry: Entry) -> StoredNote:
    id_, team, source, version, first_seen, changed, gone, link, written = row[:9]
    since = _written(written, row[12])
    return StoredNote(
        *(
            id_,
            team,
            source,
            entry.note,
            entry.raw,
            version,
            first_seen,
            changed,
            gone,
            not link,
            since,
        )
    )


def _written(written: str, payload: str) -> dict[str, datetime]:
    return {} if written == "{}" else times_by_field(json.loads(written), list(json.loads(payload)))


def notes_of(lines: Sequence[NoteLine]) -> list[StoredNote]:
    """Return the notes of many lines by name."""
    return stored_notes([tuple(line[name] for name in STORED) for line in lines])


def stored_note(line: NoteLine) -> StoredNote:
    """Return the note of one line."""
    return notes_of([line])[0]


def note_of(line: NoteLine) -> Note:
    """Return what the note of one line says."""
    return stored_note(line).note


def before_text(row: NoteLine, *, with_content: bool) -> str:
    """Return a line as `note_version.before` keeps it.

    Without its content where that did not change.
    """
    said = {
        **{name: row[name] for name in ("version", "source", "url", "link", "place", "written")},
        "changed": instant_text(row["changed"]),
        "gone": instant_text(row["gone"]) if row["gone"] else None,
    }
    return joined_before(
        said | {name: row[name] for name in ("payload", "cells")} if with_content else said
    )


def joined_before(said: Mapping[str, Any]) -> str:
    """Return `note_version.before` of its parts.

    Instants, place, written, payload and cells as the texts they are.
    """
    gone = f'"{said["gone"]}"' if said["gone"] else "null"
    parts = [
        f'"version":{said["version"]},"changed":"{said["changed"]}","gone":{gone}',
        f'"source":{json.dumps(said["source"])},"url":{json.dumps(said["url"])},"link":{json.dumps(said["link"])}',
        f'"place":{said["place"]},"written":{said["written"]}',
    ]
    if "payload" in said:
        parts.append(f'"payload":{said["payload"]},"cells":{said["cells"]}')
    return "{" + ",".join(parts) + "}"


def revert_changes(row: NoteLine, befores: Sequence[str]) -> dict[str, Any]:
    """Return the line as it was before the given changes, which are listed newest first."""
    state: dict[str, Any] = {name: row[name] for name in row}
    for text in befores:
        found = json.loads(text)
        for name in ("version", "source", "url", "link"):
            state[name] = found[name]
        for name in ("place", "written", "payload", "cells"):
            if name in found:
                state[name] = json.dumps(found[name], ensure_ascii=True)
        state["changed"] = datetime.fromisoformat(found["changed"])
        state["gone"] = datetime.fromisoformat(found["gone"]) if found["gone"] else None
        state["kind"] = json.loads(state["payload"])["kind"]
    return state


def place_words(place: Place) -> str:
    """Return a place as a version's change names it."""
    return " · ".join(part for part in (place.file, place.tab) if part)
