"""Writes the line of a source after a reading that went well: what it remembers, and its counts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notes.store.note_rows.json_payload import compact
from notes.store.note_rows.writer import WriteContext
from notes.store.sql.statements import Statements
from notes.store.sql.stored_values import instant_text
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
    statements: Statements, stamp: WriteContext, reading: ReadingRecord, *, counts: UpdateCounts
) -> UpdateCounts:
    """Write the line of a source whose rows and problems are written; return the counts with the
    problems.
    """
    name, now = stamp.source, instant_text(stamp.now)
    mine = {"source": name}
    row = next(iter(statements.rows(_BEFORE, mine)), None)
    if row and row["team"] != stamp.team:
        team = {**mine, "team": stamp.team}
        statements.change("UPDATE note SET team = :team WHERE source = :source", team)
    skipped = (
        compact(reading.skipped) if reading.skipped is not None else row["skipped"] if row else "{}"
    )
    used, problems = (statements.lines(asked, mine)[0][0] for asked in (_USED, _PROBLEMS))
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
    put_source(statements, name, line)
    return replace(counts, problems=problems)


_BEFORE = "SELECT team, skipped, first_success, last_change FROM source WHERE name = :source"
_USED = "SELECT count(*) FROM note WHERE source = :source AND gone IS NULL"
_PROBLEMS = "SELECT count(*) FROM problem WHERE source = :source"
"""What the line of a source keeps from before, and what it counts."""
