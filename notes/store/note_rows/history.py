"""History of notes: versions, and notes as they stood at a given instant."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from notes.model.notes import Step, StoredNote, Version
from notes.store.sql.schema import note, note_version

from .decoded_rows import STORED, NoteLine, note_of, revert_changes, stored_notes
from .note_conditions import is_among


def versions_of(connection: Connection, row: RowMapping) -> list[Version]:
    """Return the states of a note, oldest first; the first is the oldest that is kept."""
    changes = connection.execute(
        select(note_version)
        .where(note_version.c.note_id == row["id"])
        .order_by(note_version.c.version.desc())
    ).mappings()
    state: NoteLine = row
    found = []
    for change in changes:
        found.append(_version(change, state))
        state = revert_changes(state, [change["before"]])
    found.append(_oldest(row, state))
    return found[::-1]


def steps_of(connection: Connection, ids: Collection[str]) -> dict[str, list[Step]]:
    """Return what changed each of the notes, oldest first.

    The first step of one whose past is whole is `new`.
    """
    found: dict[str, list[Step]] = {
        row.id: [Step(1, row.first_seen, "new")] if (row.oldest or row.version + 1) == 2 else []
        for row in connection.execute(_firsts(connection, ids))
    }
    rows = (
        select(
            note_version.c.note_id,
            *(note_version.c[name] for name in ("version", "at", "event", "changes")),
        )
        .where(is_among(connection, note_version.c.note_id, ids))
        .order_by(note_version.c.note_id, note_version.c.version)
    )
    for row in connection.execute(rows):
        changes = tuple((name, before, after) for name, before, after in json.loads(row.changes))
        found[row.note_id].append(Step(row.version, row.at, row.event, changes))
    return found


def _firsts(connection: Connection, ids: Collection[str]) -> Select[Any]:
    oldest = (
        select(func.min(note_version.c.version))
        .where(note_version.c.note_id == note.c.id)
        .scalar_subquery()
    )
    return select(note.c.id, note.c.first_seen, note.c.version, oldest.label("oldest")).where(
        is_among(connection, note.c.id, ids)
    )


def _version(change: RowMapping, state: NoteLine) -> Version:
    return Version(
        note_id=change["note_id"],
        version=change["version"],
        at=change["at"],
        run_id=change["run_id"],
        event=change["event"],
        note=note_of(state),
        changes=tuple(
            (name, before, after) for name, before, after in json.loads(change["changes"])
        ),
    )


def _oldest(row: RowMapping, state: NoteLine) -> Version:
    first = state["version"] == 1
    return Version(
        note_id=row["id"],
        version=state["version"],
        at=row["first_seen"] if first else state["changed"],
        run_id=row["first_run"] if first else "",
        event="new" if first else "changed",
        note=note_of(state),
    )


def changes_since(
    connection: Connection, moment: datetime, chosen: ColumnElement[bool]
) -> dict[str, list[str]]:
    """Return what `revert_changes` needs to undo everything after a moment.

    By chosen note, newest first.
    """
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


def notes_before(
    rows: Iterable[Sequence[Any]], later: Mapping[str, Sequence[str]]
) -> list[StoredNote]:
    """Return notes, given as `STORED` columns, as they stood before the changes of
    `changes_since`.
    """
    return stored_notes([_row_before(row, later) for row in rows])


def _row_before(row: Sequence[Any], later: Mapping[str, Sequence[str]]) -> Sequence[Any]:
    if row[0] not in later:
        return row
    line = revert_changes(dict(zip(STORED, row, strict=True)), later[row[0]])
    return [line[name] for name in STORED]
