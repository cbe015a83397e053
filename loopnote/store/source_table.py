"""What is remembered of each source: its state, and how its readings went."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from loopnote.notes import SourceHealth

from .schema import source


def put_source(connection: Connection, name: str, line: Mapping[str, Any]) -> None:
    """Insert or update the line of a source."""
    if connection.execute(update(source).where(source.c.name == name).values(**line)).rowcount == 0:
        connection.execute(insert(source).values(name=name, **line))


def write_failure(connection: Connection, name: str, *, team: str, now: datetime, error: str, hint: str) -> None:
    """Remember that a reading failed; what the last good one left stays."""
    failures = connection.execute(select(source.c.failures).where(source.c.name == name)).scalar() or 0
    line = {"team": team, "last_attempt": now, "error": error, "hint": hint, "failures": failures + 1}
    put_source(connection, name, line)


def health_of(row: RowMapping) -> SourceHealth:
    """Return the line of a source as its health."""
    return SourceHealth(
        source=row["name"],
        team=row["team"],
        last_attempt=row["last_attempt"],
        last_success=row["last_success"],
        last_change=row["last_change"],
        error=row["error"],
        hint=row["hint"],
        rows_read=row["rows_read"],
        rows_used=row["rows_used"],
        problems=row["problems"],
        skipped=json.loads(row["skipped"]),
        failures_in_a_row=row["failures"],
    )
