"""From a line of the note table to the note, and to its former states."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from loopnote.notes import Entry, KnownRow, Note, Place, RawRow, StoredNote

from .payload import read_cells, read_note, read_place
from .schema import instant_text
from .written import written_fields

Line = RowMapping | Mapping[str, Any]
"""A line of the note table, as read or as reconstructed."""


def note_of(row: Line) -> Note:
    """Return the note of a line of the table."""
    return read_note(row["payload"], read_place(row["place"]), row["url"])


def entry_of(row: Line) -> Entry:
    """Return the row as read, with its note."""
    place = read_place(row["place"])
    raw = RawRow(place, read_cells(row["cells"]), row["native_id"])
    return Entry(raw, read_note(row["payload"], place, row["url"]))


def known_row(row: RowMapping) -> KnownRow:
    """Return the line as identity needs it."""
    return KnownRow(row["id"], row["source"], entry_of(row), row["gone"])


def stored_note(row: Line) -> StoredNote:
    """Return the line with its history's outline."""
    entry = entry_of(row)
    return StoredNote(
        id=row["id"],
        team=row["team"],
        source=row["source"],
        note=entry.note,
        raw=entry.raw,
        version=row["version"],
        first_seen=row["first_seen"],
        changed=row["changed"],
        gone=row["gone"],
        sure=not row["link"],
        written=_written(row),
    )


def _written(row: Line) -> dict[str, datetime]:
    written = json.loads(row["written"])
    return written_fields(written, list(json.loads(row["payload"]))) if written else {}


def before_text(row: Line, *, with_content: bool) -> str:
    """Return a line as `note_version.before` keeps it; without its content where that did not change."""
    gone = f'"{instant_text(row["gone"])}"' if row["gone"] else "null"
    parts = [
        f'"version":{row["version"]},"changed":"{instant_text(row["changed"])}","gone":{gone}',
        f'"source":{json.dumps(row["source"])},"url":{json.dumps(row["url"])},"link":{json.dumps(row["link"])}',
        f'"place":{row["place"]},"written":{row["written"]}',
    ]
    if with_content:
        parts.append(f'"payload":{row["payload"]},"cells":{row["cells"]}')
    return "{" + ",".join(parts) + "}"


def taken_back(row: Line, befores: Sequence[str]) -> dict[str, Any]:
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
