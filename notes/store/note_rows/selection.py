"""Queries for notes: the conditions, and reading the results.

Streamed, as they stood, or one by its id.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, select, true

from notes.model.errors import StoreError
from notes.model.notes import StoredNote
from notes.store.sql.schema import note

from .decoded_rows import STORED, stored_notes
from .history import changes_since, notes_before
from .note_conditions import is_among

_STORED = tuple(note.c[name] for name in STORED)
"""The columns that a stored note is decoded from."""


@dataclass(frozen=True, slots=True)
class LinkDoubt:
    """Why the identity of a note is uncertain.

    How its row was found, how well it fits (0 to 1), and the notes nearly as good.
    """

    how: str
    score: float
    rivals: list[str]


def matches_note(
    *, team: str | None, source: str | None, kinds: Collection[str] | None
) -> ColumnElement[bool]:
    """Return the condition on what a note is, whenever."""
    conditions: list[ColumnElement[bool]] = [true()]
    if team is not None:
        conditions.append(note.c.team == team)
    if source is not None:
        conditions.append(note.c.source == source)
    if kinds is not None:
        conditions.append(note.c.kind.in_(sorted(kinds)))
    return and_(*conditions)


def is_current(*, touching: tuple[date, date] | None, include_gone: bool) -> ColumnElement[bool]:
    """Return the condition on how a note stands now."""
    conditions: list[ColumnElement[bool]] = [true() if include_gone else note.c.gone.is_(None)]
    if touching:
        first, last = touching
        conditions += [
            note.c.touched_last >= first.isoformat(),
            note.c.touched_first <= last.isoformat(),
        ]
    return and_(*conditions)


def chosen_notes(
    connection: Connection, asked: ColumnElement[bool], ids: Collection[str] | None
) -> ColumnElement[bool]:
    """Return the condition on the lines themselves, of these ids only where some are given."""
    if ids is not None:
        asked &= is_among(connection, note.c.id, ids)
    return note.c.seq.in_(select(note.c.seq).where(asked))


def doubts(connection: Connection, ids: Collection[str] | None = None) -> dict[str, LinkDoubt]:
    """Return by id why each note's identity is not sure, of those where it is not.

    `ids` asks of these notes only.
    """
    asked = true() if ids is None else is_among(connection, note.c.id, ids)
    rows = connection.execute(
        select(note.c.id, note.c.link).where(asked, note.c.link != "").order_by(note.c.seq)
    )
    return {row.id: LinkDoubt(**json.loads(row.link)) for row in rows}


def counted(connection: Connection, team: str) -> tuple[int, int]:
    """Return how many living experiments a team has, and how many of them have no known day."""
    ours = matches_note(team=team, source=None, kinds=("experiment",)) & note.c.gone.is_(None)
    known = select(func.count(), func.count(note.c.touched_first)).where(ours)
    every, dated = connection.execute(known).one()
    return every, every - dated


def stream_notes(connection: Connection, chosen: ColumnElement[bool]) -> Iterator[StoredNote]:
    """Yield the chosen notes in stored order."""
    rows = select(*_STORED).where(chosen).order_by(note.c.seq)
    for part in connection.execution_options(yield_per=500).execute(rows).partitions():
        yield from stored_notes(part)


def notes_at(
    connection: Connection, chosen: ColumnElement[bool], moment: datetime, *, include_gone: bool
) -> Iterator[StoredNote]:
    """Return the chosen notes as they stood at a moment, those not yet seen left out."""
    later = changes_since(connection, moment, chosen)
    rows = select(*_STORED).where(chosen, note.c.first_seen <= moment).order_by(note.c.seq)
    for part in connection.execution_options(yield_per=500).execute(rows).partitions():
        yield from (each for each in notes_before(part, later) if include_gone or not each.gone)


def find_line(connection: Connection, note_id: str) -> RowMapping:
    """Return the line of a note by its id, or the beginning of one.

    Raises:
        StoreError: no note, or several, have such an id.
    """
    begins = (note.c.id >= note_id) & (note.c.id < note_id + "~")
    rows = (
        connection.execute(select(note).where(begins).order_by(note.c.id).limit(6)).mappings().all()
    )
    if len(rows) == 1 or (rows and rows[0]["id"] == note_id):
        return rows[0]
    if not rows:
        raise StoreError(f"there is no note {note_id}", hint="`loopnote notes` lists the ids")
    several = ", ".join(row["id"] for row in rows[:5])
    raise StoreError(f"{note_id} begins more than one id: {several}", hint="write more of the id")
