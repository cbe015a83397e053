"""Carried rows: copied into the team's next file, where their notes go on, and still in this one.

A team begins a new file each quarter, carries rows over and leaves the old ones where they are. The
note goes on in the new file; the old row, as long as it says what it said, is that note too.
"""

import json
from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, select

from notes.model.notes import Entry
from notes.store.note_rows.json_payload import compact
from notes.store.note_rows.rows import ENTRY, entries, revert_changes
from notes.store.schema import note, note_version


def carried_entries(connection: Connection, source: str, team: str) -> Iterator[Entry]:
    """Yield the rows of living notes that went on from `source` in another, as they stood here.

    A row that had gone from here before it turned up elsewhere was moved: nothing of it stands
    here.
    """
    left = compact([["source", source, ""]])[1:].partition('""')[0]
    moved = (
        select(note_version.c.note_id)
        .join(note, note.c.id == note_version.c.note_id)
        .where(note.c.team == team, note.c.source != source, note.c.gone.is_(None))
        .where(note_version.c.event == "moved")
        .where(note_version.c.changes.contains(left, autoescape=True))
    )
    rows = connection.execute(
        select(note, note_version.c.changes, note_version.c.before)
        .join(note_version, note_version.c.note_id == note.c.id)
        .where(note.c.id.in_(moved))
        .order_by(note.c.seq, note_version.c.version.desc())
    ).mappings()
    names = [column.name for column in ENTRY]
    for _, versions in groupby(rows, key=lambda row: row["seq"]):
        later: list[str] = []
        for version in versions:
            later.append(version["before"])
            if left in version["changes"] and not json.loads(version["before"])["gone"]:
                line = {name: version[name] for name in note.c.keys()}  # noqa: SIM118  columns
                state = revert_changes(line, later)
                yield from entries([[state[name] for name in names]])
                break
