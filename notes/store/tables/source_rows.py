"""The table of sources: what each remembers, and the line that a reading writes."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, insert, select, update

from notes.store.schema import source

T = TypeVar("T")


def put_source(connection: Connection, name: str, line: Mapping[str, Any]) -> None:
    """Insert or update the line of a source."""
    if connection.execute(update(source).where(source.c.name == name).values(**line)).rowcount == 0:
        connection.execute(insert(source).values(name=name, **line))


def write_failure(
    connection: Connection, name: str, *, team: str, now: datetime, error: str, hint: str
) -> None:
    """Record that a reading failed; the data of the last good one stay."""
    failures = (
        connection.execute(select(source.c.failures).where(source.c.name == name)).scalar() or 0
    )
    line = {
        "team": team,
        "last_attempt": now,
        "error": error,
        "hint": hint,
        "failures": failures + 1,
    }
    put_source(connection, name, line)


def kept(
    connection: Connection, name: str, column: Literal["state", "readings"], *, missing: T
) -> T:
    """Return what is kept of a source as JSON, or `missing` where it was never read."""
    text = connection.execute(select(source.c[column]).where(source.c.name == name)).scalar()
    return json.loads(text) if text else missing


def source_teams(connection: Connection) -> dict[str, str]:
    """Return the team of each source, by the source's name."""
    rows = connection.execute(select(source.c.name, source.c.team).order_by(source.c.name))
    return {row.name: row.team for row in rows}


def teams(connection: Connection) -> list[str]:
    """Return the teams that have a source, by name."""
    return list(
        connection.execute(select(source.c.team).distinct().order_by(source.c.team)).scalars()
    )
