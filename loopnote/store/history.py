"""A note's past: its versions, and the notes as they stood at a moment."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from loopnote.notes import StoredNote, Version

from .rows import Line, note_of, stored_note, taken_back
from .schema import note, note_version


def versions_of(connection: Connection, row: RowMapping) -> list[Version]:
    """Return the states of a note, oldest first; the first is the oldest that is kept."""
    changes = connection.execute(
        select(note_version).where(note_version.c.note_id == row["id"]).order_by(note_version.c.version.desc())
    ).mappings()
    state: Line = row
    found = []
    for change in changes:
        found.append(_version(change, state))
        state = taken_back(state, [change["before"]])
    found.append(_oldest(row, state))
    return found[::-1]


def _version(change: RowMapping, state: Line) -> Version:
    return Version(
        note_id=change["note_id"],
        version=change["version"],
        at=change["at"],
        run_id=change["run_id"],
        event=change["event"],
        note=note_of(state),
        changes=tuple((name, before, after) for name, before, after in json.loads(change["changes"])),
    )


def _oldest(row: RowMapping, state: Line) -> Version:
    first = state["version"] == 1
    return Version(
        note_id=row["id"],
        version=state["version"],
        at=row["first_seen"] if first else state["changed"],
        run_id=row["first_run"] if first else "",
        event="new" if first else "changed",
        note=note_of(state),
    )


def changes_since(connection: Connection, moment: datetime, chosen: ColumnElement[bool]) -> dict[str, list[str]]:
    """Return what `taken_back` needs to undo everything after a moment: by chosen note, newest first."""
    later: dict[str, list[str]] = defaultdict(list)
    changes = connection.execute(
        select(note_version.c.note_id, note_version.c.before)
        .join(note, note.c.id == note_version.c.note_id)
        .where(note_version.c.at > moment, chosen)
        .order_by(note_version.c.note_id, note_version.c.version.desc())
    )
    for note_id, before in changes:
        later[note_id].append(before)
    return dict(later)


def stood(line: Line, later: Mapping[str, Sequence[str]]) -> StoredNote:
    """Return a note as it stood before the changes of `changes_since`."""
    befores = later.get(line["id"])
    return stored_note(taken_back(line, befores) if befores else line)
