"""Manual corrections of identity (join, split): kept over later syncs, and undoable.

    join A B    the row that became B continues A: A lives on with B's content, B is absorbed
    split A     the row of A is another note: it gets a new id, A goes back to its state before

What was overwritten stands in `note_version`, so an undo loses nothing.
"""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, insert, select, update

from notes.model.errors import StoreError
from notes.store.sql.schema import note, note_version, repair
from notes.store.sql.schema import source as source_table
from notes.store.sql.statements import EngineStatements
from notes.store.sql.stored_values import instant_text

from .bulk import insert_many
from .decoded_rows import NoteLine, note_of, revert_changes
from .field_changes import Change, field_changes
from .first_written import WrittenTimes, days_touched, times_by_field
from .json_payload import compact, read_fields
from .note_ids import unused_ids
from .writer import NEW_COLUMNS, VERSION_COLUMNS, WriteContext, queue_for_index, version_line


@dataclass(frozen=True, slots=True)
class ManualLink:
    """One repair: `absorbed` was joined to `kept`, or was split from it.

    `undone` since when it no longer holds.
    """

    id: int
    kind: Literal["join", "split"]
    kept: str
    absorbed: str
    at: datetime
    undone: datetime | None


@dataclass(frozen=True, slots=True)
class ContinuedSource:
    """A source that took over `notes` living notes of another one, `former`."""

    source: str
    former: str
    notes: int


def continued_sources(connection: Connection) -> list[ContinuedSource]:
    """Return which sources hold notes that came from another one, by name."""
    rows = connection.execute(
        select(note.c.id, note.c.source, note_version.c.changes)
        .join(note_version, note_version.c.note_id == note.c.id)
        .where(note.c.gone.is_(None), note_version.c.event == "moved")
        .where(note_version.c.changes.contains('["source",', autoescape=True))
        .order_by(note.c.seq, note_version.c.version)
    )
    came: dict[str, tuple[str, str]] = {}
    for note_id, source, changes in rows:
        for name, *sides in json.loads(changes):
            if name == "source" and sides[-1] == source:
                came[note_id] = source, sides[0]
    counted = sorted(Counter(came.values()).items())
    return [ContinuedSource(source, former, times) for (source, former), times in counted]


def manual_links(connection: Connection) -> list[ManualLink]:
    """Return all repairs, oldest first."""
    columns = (
        repair.c.id,
        repair.c.kind,
        repair.c.kept,
        repair.c.absorbed,
        repair.c.at,
        repair.c.undone,
    )
    return [
        ManualLink(**row)
        for row in connection.execute(select(*columns).order_by(repair.c.id)).mappings()
    ]


def join(connection: Connection, one: RowMapping, other: RowMapping, *, stamp: WriteContext) -> str:
    """Make two notes one; return the id that stays, which is the older one's.

    Raises:
        StoreError: they are the same, of two teams, or not one gone and one alive.
    """
    if one["id"] == other["id"] or one["team"] != other["team"]:
        raise StoreError(
            "only two notes of one team can be joined", hint="`loopnote notes --all` lists the ids"
        )
    if (one["gone"] is None) == (other["gone"] is None):
        state = "both are in the log" if one["gone"] is None else "neither is in the log any more"
        raise StoreError(
            f"{one['id']} and {other['id']} cannot be joined: {state}", hint=_JOIN_HINT
        )
    kept, absorbed = (one, other) if one["gone"] else (other, one)
    version = _join(connection, kept, absorbed, stamp=stamp)
    _remember(connection, "join", kept["id"], absorbed=absorbed["id"], stamp=stamp, version=version)
    return str(kept["id"])


_JOIN_HINT = "join a note that vanished with the one that its row became"
"""The next step for a join of two notes that both stand in their logs."""


def _join(
    connection: Connection, kept: RowMapping, absorbed: RowMapping, *, stamp: WriteContext
) -> int:
    before, after = (
        read_fields(kept["payload"], kept["cells"]),
        read_fields(absorbed["payload"], absorbed["cells"]),
    )
    changes = field_changes(before, after)
    since = times_by_field(json.loads(absorbed["written"]), list(after))
    written: dict[str, str] = json.loads(kept["written"])
    for name, _, now_says in changes:
        written.pop(name, None)
        if now_says:
            written[name] = instant_text(since.get(name, absorbed["first_seen"]))
    link: list[Change] = [("note", absorbed["id"], kept["id"])]
    _put(
        connection,
        kept,
        absorbed,
        turn=_NoteEvent("joined", link + changes, written=written),
        stamp=stamp,
    )
    _put(
        connection, absorbed, absorbed, turn=_NoteEvent("joined", link, gone=stamp.now), stamp=stamp
    )
    return int(kept["version"]) + 1


def split(
    connection: Connection, row: RowMapping, stamp: WriteContext, *, version: int | None = None
) -> str:
    """Give the row that a note holds an id of its own; return it.

    Args: connection: a writing transaction. row: the note, alive. stamp: who asks, and when.
        version: the version with which the wrong row came; the latest that changed something when
        not given.

    Raises:
        StoreError: the note is gone, or no earlier state of it is known.
    """
    if row["gone"] is not None:
        raise StoreError(
            f"{row['id']} is not in the log any more", hint="only a living note can be split"
        )
    wrong, earlier = _before(connection, row, version)
    (new_id,) = unused_ids(
        stamp.source, [f"split\n{row['id']}\n{row['version']}"], _ids_taken(connection)
    )
    _insert(connection, row, new_id, since=wrong["at"], stamp=stamp)
    version = _part(connection, row, earlier, stamp=stamp, other=new_id, since=wrong["at"])
    _remember(connection, "split", row["id"], absorbed=new_id, stamp=stamp, version=version)
    return new_id


def part_source(connection: Connection, source: str, former: str, *, stamp: WriteContext) -> int:
    """Give the rows of `source` that took over notes of `former` ids of their own; return how many.

    Raises:
        StoreError: no living note of `source` came from `former`.
    """
    came = compact([["source", former, source]])[1:-1]
    rows = connection.execute(
        select(note, note_version.c.version.label("came"))
        .join(note_version, note_version.c.note_id == note.c.id)
        .where(note.c.source == source, note.c.gone.is_(None), note_version.c.event == "moved")
        .where(note_version.c.changes.contains(came, autoescape=True))
        .order_by(note.c.seq)
    ).mappings()
    latest = {row["id"]: row for row in sorted(rows, key=lambda row: row["came"])}
    if not latest:
        raise StoreError(
            f"no note of {source} came from {former}", hint="see `loopnote status` for the sources"
        )
    for row in latest.values():
        split(connection, row, stamp, version=row["came"])
    # what is read of `former` next must not be skipped as unchanged: its rows are its own again
    connection.execute(update(source_table).where(source_table.c.name == former).values(state="{}"))
    return len(latest)


def _before(
    connection: Connection, row: RowMapping, version: int | None
) -> tuple[RowMapping, dict[str, Any]]:
    """Return the change with which the wrong row came, and the note as it was before it."""
    changes = (
        connection.execute(
            select(note_version)
            .where(note_version.c.note_id == row["id"])
            .order_by(note_version.c.version.desc())
        )
        .mappings()
        .all()
    )
    linking = [
        change for change in changes if change["event"] in {"changed", "moved", "back", "joined"}
    ]
    chosen = [change for change in linking if version is None or change["version"] == version]
    if not chosen:
        raise StoreError(
            f"{row['id']} has no earlier state to go back to",
            hint=f"see `loopnote history {row['id']}`",
        )
    later = [change["before"] for change in changes if change["version"] >= chosen[0]["version"]]
    return chosen[0], revert_changes(row, later)


def _part(
    connection: Connection,
    row: RowMapping,
    earlier: dict[str, Any],
    *,
    stamp: WriteContext,
    other: str,
    since: datetime,
) -> int:
    now_says, said = (read_fields(line["payload"], line["cells"]) for line in (row, earlier))
    changes = field_changes(now_says, said)
    link: list[Change] = [("note", row["id"], other)]
    written = json.loads(earlier["written"])
    gone = earlier["gone"] or since
    _put(
        connection,
        row,
        earlier,
        turn=_NoteEvent("split", link + changes, gone, written),
        stamp=stamp,
    )
    return int(row["version"]) + 1


def undo(connection: Connection, repair_id: int, stamp: WriteContext) -> ManualLink:
    """Undo a repair; the notes go on from what they say now.

    Raises:
        StoreError: there is no such repair, it was undone before, or its note is gone meanwhile.
    """
    row = (
        connection.execute(
            select(repair).where(repair.c.id == repair_id, repair.c.undone.is_(None))
        )
        .mappings()
        .first()
    )
    if row is None:
        raise StoreError(
            f"there is no repair {repair_id} to undo", hint="`loopnote undo` lists them"
        )
    kept, absorbed = (_line(connection, row[name]) for name in ("kept", "absorbed"))
    if (kept if row["kind"] == "join" else absorbed)["gone"] is not None:
        raise StoreError(
            "the note is not in the log any more", hint="there is nothing left to undo"
        )
    if row["kind"] == "split":
        _join(connection, kept, absorbed, stamp=stamp)
    else:
        wrong, earlier = _before(connection, kept, row["version"])
        link: list[Change] = [("note", kept["id"], absorbed["id"])]
        written = json.loads(absorbed["written"])
        _put(
            connection, absorbed, kept, turn=_NoteEvent("split", link, written=written), stamp=stamp
        )
        _part(connection, kept, earlier, stamp=stamp, other=absorbed["id"], since=wrong["at"])
    connection.execute(update(repair).where(repair.c.id == repair_id).values(undone=stamp.now))
    return next(each for each in manual_links(connection) if each.id == repair_id)


def _line(connection: Connection, note_id: str) -> RowMapping:
    return connection.execute(select(note).where(note.c.id == note_id)).mappings().one()


def _ids_taken(connection: Connection) -> set[str]:
    return set(connection.execute(select(note.c.id)).scalars())


_CONTENT = ("source", "kind", "native_id", "digest", "place", "url", "payload", "cells")
"""Columns that come from the row: a join takes them from the row's note, the rest from the
older one."""


@dataclass(frozen=True, slots=True)
class _NoteEvent:
    """What happens to a note; `written` of None leaves it as it is."""

    event: Literal["joined", "split"]
    changes: list[Change]
    gone: datetime | None = None
    written: WrittenTimes | None = None


def _put(
    connection: Connection,
    row: RowMapping,
    content: NoteLine,
    *,
    turn: _NoteEvent,
    stamp: WriteContext,
) -> None:
    """Write a version, and the note with the given content."""
    version = version_line(row, turn.event, turn.changes, stamp=stamp, with_content=True)
    statements = EngineStatements(connection)
    insert_many(statements, "note_version", VERSION_COLUMNS, rows=[version])
    written = json.loads(row["written"]) if turn.written is None else turn.written
    first, last = days_touched(note_of(content), written, turn.gone)
    values = {name: content[name] for name in _CONTENT} | {
        "version": row["version"] + 1,
        "touched_first": first,
        "touched_last": last,
        "changed": stamp.now,
        "gone": turn.gone,
        "link": "",
        "written": json.dumps(written),
    }
    connection.execute(update(note).where(note.c.seq == row["seq"]).values(**values))
    queue_for_index(statements, [row["seq"]])


def _insert(
    connection: Connection, row: RowMapping, new_id: str, *, since: datetime, stamp: WriteContext
) -> None:
    """Insert what the note holds as a note of its own, first seen when its row came."""
    says = list(json.loads(row["payload"]))
    known = times_by_field(json.loads(row["written"]), says)
    written = {name: instant_text(max(known.get(name, since), since)) for name in says}
    first, last = days_touched(note_of(row), written)
    values = {name: row[name] for name in NEW_COLUMNS} | {
        "id": new_id,
        "version": 1,
        "touched_first": first,
        "touched_last": last,
        "first_seen": since,
        "first_run": stamp.run_id,
        "changed": since,
        "gone": since,
        "link": "",
        "written": json.dumps(written),
    }
    connection.execute(insert(note).values(**values))
    made = _line(connection, new_id)
    link: list[Change] = [("note", row["id"], new_id)]
    _put(connection, made, row, turn=_NoteEvent("split", link, written=written), stamp=stamp)


def _remember(
    connection: Connection,
    kind: str,
    kept: str,
    *,
    absorbed: str,
    stamp: WriteContext,
    version: int,
) -> None:
    connection.execute(
        insert(repair).values(
            kind=kind, kept=kept, absorbed=absorbed, at=stamp.now, version=version
        )
    )
