"""The table of sources: the state of each, and the results of its readings."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, RowMapping, insert, or_, select, update

from notes.model.notes import NOT_READ, SourceHealth, StoredProblem
from notes.store.schema import problem, source

from .problem_rows import read_problems

T = TypeVar("T")

_HEALTH = tuple(one for one in source.columns if one.name != "state")


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


def health(
    connection: Connection, *, names: Collection[str] | None = None, team: str | None = None
) -> dict[str, SourceHealth]:
    """Return the health of every known source, of those of these names, or of a team's, by name.

    What a source remembers for itself stays unread: it grows with the log.
    """
    asked, marked = (
        select(*_HEALTH),
        or_(*(problem.c.payload.contains(f'"{code}"') for code in NOT_READ)),
    )
    if team is not None:
        asked, marked = asked.where(source.c.team == team), marked & (problem.c.team == team)
    if names is not None:
        asked, marked = asked.where(source.c.name.in_(names)), marked & problem.c.source.in_(names)
    rows = connection.execute(asked.order_by(source.c.name)).mappings().all()
    unread: dict[str, list[StoredProblem]] = {}
    for one in read_problems(connection, marked):
        if one.problem.code in NOT_READ:
            unread.setdefault(one.source, []).append(one)
    return {row["name"]: _health(row, unread.get(row["name"], [])) for row in rows}


def open_columns(readings: Iterable[Mapping[str, Any]]) -> int:
    """Return how many columns of logs have an open meaning and hold something."""
    columns = (
        one
        for table in readings
        if table.get("record_kind") == "experiment"
        for one in table["columns"]
    )
    return sum(1 for one in columns if one.get("grade") == "open" and one.get("samples"))


def _health(row: RowMapping, unread: Sequence[StoredProblem]) -> SourceHealth:
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
        unread=tuple(dict.fromkeys(one.problem.value for one in unread)),
        unread_since=min((one.first_seen for one in unread), default=None),
        open_columns=open_columns(json.loads(row["readings"])),
    )
