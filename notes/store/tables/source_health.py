"""How the sources stand: the results of their last readings, without their saved state."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from notes.model.notes import NOT_READ, SourceHealth
from notes.store.sql.statements import Statements, Values, listed
from notes.store.sql.stored_values import read_instant, read_known_instant

_HEALTH = (
    "name, team, last_attempt, last_success, last_change, error, hint, failures, rows_read,"
    " rows_used, problems, skipped, readings"
)
"""All but what a source remembers for itself, which grows with the log."""


def health(
    statements: Statements, *, names: Collection[str] | None = None, team: str | None = None
) -> dict[str, SourceHealth]:
    """Return the health of every known source, of those of these names, or of a team's, by name."""
    if names is not None and not names:
        return {}
    of_sources, values = _condition("name", names, team)
    rows = statements.rows(
        f"SELECT {_HEALTH} FROM source WHERE {of_sources} ORDER BY name",  # noqa: S608  our own names
        values,
    )
    unread = _unread(statements, names, team)
    return {row["name"]: _health(row, unread.get(row["name"], ())) for row in rows}


def _condition(
    column: str, names: Collection[str] | None, team: str | None
) -> tuple[str, dict[str, object]]:
    """Return what chooses the lines of sources (by the column of their names), with its values."""
    conditions, values = ["1 = 1"], dict[str, object]()
    if team is not None:
        conditions.append("team = :team")
        values["team"] = team
    if names is not None:
        marks, chosen = listed("source", names)
        conditions.append(f"{column} IN ({marks})")
        values |= chosen
    return " AND ".join(conditions), values


def _unread(
    statements: Statements, names: Collection[str] | None, team: str | None
) -> dict[str, list[tuple[str, str]]]:
    """Return what was not read at all of each source: what, and the instant it was first seen."""
    of_sources, values = _condition("source", names, team)
    signs: Values = {f"sign{at}": f'%"{code}"%' for at, code in enumerate(sorted(NOT_READ))}
    marked = " OR ".join(f"payload LIKE :{sign}" for sign in signs)
    rows = statements.rows(
        "SELECT source, first_seen, payload FROM problem"  # noqa: S608  our own names
        f" WHERE {of_sources} AND ({marked}) ORDER BY source, id",
        {**values, **signs},
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        problem = json.loads(row["payload"])
        if problem["code"] in NOT_READ:
            what = problem.get("value", "")
            found.setdefault(row["source"], []).append((what, row["first_seen"]))
    return found


def open_columns(readings: Iterable[Mapping[str, Any]]) -> int:
    """Return how many columns of logs have an open meaning and hold something."""
    columns = (
        one
        for table in readings
        if table.get("record_kind") == "experiment"
        for one in table["columns"]
    )
    return sum(1 for one in columns if one.get("grade") == "open" and one.get("samples"))


def _health(row: Any, unread: Sequence[tuple[str, str]]) -> SourceHealth:
    """Return the line of a source as its health."""
    return SourceHealth(
        source=row["name"],
        team=row["team"],
        last_attempt=read_known_instant(row["last_attempt"]),
        last_success=read_known_instant(row["last_success"]),
        last_change=read_known_instant(row["last_change"]),
        error=row["error"],
        hint=row["hint"],
        rows_read=row["rows_read"],
        rows_used=row["rows_used"],
        problems=row["problems"],
        skipped=json.loads(row["skipped"]),
        failures_in_a_row=row["failures"],
        unread=tuple(dict.fromkeys(what for what, _ in unread)),
        unread_since=min((read_instant(since) for _, since in unread), default=None),
        open_columns=open_columns(json.loads(row["readings"])),
    )
