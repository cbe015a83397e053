"""Carried rows: copied into the team's next file, where their notes go on, and still in this one.

A team begins a new file each quarter, carries rows over and leaves the old ones where they are. The
note goes on in the new file; the old row, as long as it says what it said, is that note too.
"""

import json
from collections.abc import Iterator
from itertools import groupby

from notes.model.notes import Entry
from notes.store.note_rows.decoded_rows import COLUMNS, ENTRY, entries, revert_changes
from notes.store.note_rows.json_payload import compact
from notes.store.sql.statements import Statements


def carried_entries(statements: Statements, source: str, team: str) -> Iterator[Entry]:
    """Yield the rows of living notes that went on from `source` in another, as they stood here.

    A row that had gone from here before it turned up elsewhere was moved: nothing of it stands
    here.
    """
    left = compact([["source", source, ""]])[1:].partition('""')[0]
    rows = statements.rows(_CARRIED, {"source": source, "team": team, "left": _escaped(left)})
    for _, versions in groupby(rows, key=lambda row: row["seq"]):
        later: list[str] = []
        for version in versions:
            later.append(version["before"])
            if left in version["changes"] and not json.loads(version["before"])["gone"]:
                line = {name: version[name] for name in COLUMNS}
                state = revert_changes(line, later)
                yield from entries([[state[name] for name in ENTRY]])
                break


_CARRIED = f"""
SELECT {", ".join(f"note.{name}" for name in COLUMNS)}, note_version.changes, note_version.before
FROM note JOIN note_version ON note_version.note_id = note.id
WHERE note.id IN (
    SELECT note_version.note_id FROM note_version JOIN note ON note.id = note_version.note_id
    WHERE note.team = :team AND note.source <> :source AND note.gone IS NULL
    AND note_version.event = 'moved' AND note_version.changes LIKE :left ESCAPE '/'
)
ORDER BY note.seq, note_version.version DESC
"""  # noqa: S608  our own names
"""Notes of a team's other sources whose row came with a copy: their state, and that before it."""


def _escaped(text: str) -> str:
    """Return the pattern of LIKE for texts that hold this one."""
    for sign in "/%_":
        text = text.replace(sign, f"/{sign}")
    return f"%{text}%"
