"""Writes the line of a source after a reading that went well: what it remembers, and its counts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from notes.store.note_rows.json_payload import compact
from notes.store.note_rows.writer import WriteContext
from notes.store.schema import note, problem, source
from notes.store.tables.source_rows import put_source


@dataclass(frozen=True, slots=True)
class UpdateCounts:
    """What one update did: rows read, and how many of them were what; `problems` stand after it."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    gone: int = 0
    back: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRecord:
    """What a source remembers of a reading; `skipped` and `readings` stay as they were for None.

    `skipped` counts rows left out, by reason code. `requests` are those that were sent.
    """

    generation: int
    state: Mapping[str, Any]
    requests: int
    skipped: Mapping[str, int] | None
    readings: Sequence[Mapping[str, Any]] | None


def write_source_line(
    connection: Connection, stamp: WriteContext, reading: ReadingRecord, *, counts: UpdateCounts
) -> UpdateCounts:
    """Write the line of a source whose rows and problems are written; return the counts with the
    problems.
    """
    name, now = stamp.source, stamp.now
    row = connection.execute(select(source).where(source.c.name == name)).mappings().first()
    if row and row["team"] != stamp.team:
        connection.execute(update(note).where(note.c.source == name).values(team=stamp.team))
    skipped = (
        compact(reading.skipped) if reading.skipped is not None else row["skipped"] if row else "{}"
    )
    used = count_rows(
        connection, select(note.c.seq).where(note.c.source == name, note.c.gone.is_(None))
    )
    problems = count_rows(connection, select(problem.c.id).where(problem.c.source == name))
    wrote = counts.new + counts.changed + counts.moved + counts.gone + counts.back
    line = {
        "team": stamp.team,
        "state": compact(dict(reading.state)),
        "generation": reading.generation,
        "first_success": row["first_success"] if row and row["first_success"] else now,
        "last_attempt": now,
        "last_success": now,
        "last_change": now if wrote else row["last_change"] if row else None,
        "error": "",
        "hint": "",
        "failures": 0,
        "rows_read": used + sum(json.loads(skipped).values()),
        "rows_used": used,
        "problems": problems,
        "requests": reading.requests,
        "skipped": skipped,
    }
    if reading.readings is not None:
        line["readings"] = compact(reading.readings)
    put_source(connection, name, line)
    return replace(counts, problems=problems)


def count_rows(connection: Connection, rows: Select[int]) -> int:
    """Return how many rows a question finds."""
    return connection.execute(select(func.count()).select_from(rows.subquery())).scalar() or 0
