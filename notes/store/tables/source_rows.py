"""The table of sources: what each remembers, and the line that a reading writes."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, TypeVar

from notes.store.sql.statements import Statements
from notes.store.sql.stored_values import instant_text

T = TypeVar("T")

_UNREAD: Mapping[str, Any] = {
    "state": "{}",
    "generation": 0,
    "first_success": None,
    "last_success": None,
    "last_change": None,
    "rows_read": 0,
    "rows_used": 0,
    "problems": 0,
    "requests": 0,
    "skipped": "{}",
    "readings": "[]",
}
"""What stands in the line of a source that was never read."""


def put_source(statements: Statements, name: str, line: Mapping[str, Any]) -> None:
    """Insert or update the line of a source; instants as text."""
    if not statements.change(_update(line), {**line, "name": name}):
        whole = {**_UNREAD, **line, "name": name}
        names, marks = ", ".join(whole), ", ".join(f":{each}" for each in whole)
        statements.change(f"INSERT INTO source ({names}) VALUES ({marks})", whole)  # noqa: S608


def _update(line: Mapping[str, Any]) -> str:
    values = ", ".join(f"{each} = :{each}" for each in line)
    return f"UPDATE source SET {values} WHERE name = :name"  # noqa: S608  our own names


def write_failure(
    statements: Statements, name: str, *, team: str, now: datetime, error: str, hint: str
) -> None:
    """Record that a reading failed; the data of the last good one stay."""
    found = statements.lines("SELECT failures FROM source WHERE name = :name", {"name": name})
    line = {
        "team": team,
        "last_attempt": instant_text(now),
        "error": error,
        "hint": hint,
        "failures": (found[0][0] if found else 0) + 1,
    }
    put_source(statements, name, line)


def kept(
    statements: Statements, name: str, column: Literal["state", "readings"], *, missing: T
) -> T:
    """Return what is kept of a source as JSON, or `missing` where it was never read."""
    asked = f"SELECT {column} FROM source WHERE name = :name"  # noqa: S608  one of two
    found = statements.lines(asked, {"name": name})
    return json.loads(found[0][0]) if found and found[0][0] else missing


def source_teams(statements: Statements) -> dict[str, str]:
    """Return the team of each source, by the source's name."""
    return dict(statements.lines("SELECT name, team FROM source ORDER BY name"))


def teams(statements: Statements) -> list[str]:
    """Return the teams that have a source, by name."""
    return [line[0] for line in statements.lines("SELECT DISTINCT team FROM source ORDER BY team")]
