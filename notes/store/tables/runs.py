"""The table of runs: which commands wrote to the store, when, and how they ended."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from notes.store.sql.statements import Statements
from notes.store.sql.stored_values import instant_text, read_instant, read_known_instant


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One command that wrote; `ok` is None while it runs, or when it was killed."""

    id: str
    command: str
    started: datetime
    ended: datetime | None
    ok: bool | None
    error: str


def begin(statements: Statements, command: str, now: datetime) -> str:
    """Record the start of a command; return its id, which sorts by time."""
    started = instant_text(now)
    at_once = statements.rows("SELECT id FROM run WHERE started = :started", {"started": started})
    mark = blake2b(f"{command}\n{now}\n{len(at_once)}".encode(), digest_size=3).hexdigest()
    run_id = f"{started[:19].replace(':', '').replace('-', '')}-{mark}"
    statements.change(
        "INSERT INTO run (id, command, started, error) VALUES (:id, :command, :started, '')",
        {"id": run_id, "command": command, "started": started},
    )
    return run_id


def end(statements: Statements, run_id: str, now: datetime, *, ok: bool, error: str) -> None:
    """Record the end of a command."""
    statements.change(
        "UPDATE run SET ended = :ended, ok = :ok, error = :error WHERE id = :id",
        {"ended": instant_text(now), "ok": ok, "error": error, "id": run_id},
    )


def latest(statements: Statements, limit: int) -> list[RunRecord]:
    """Return the last runs, newest first."""
    rows = statements.rows(
        "SELECT * FROM run ORDER BY started DESC, id LIMIT :limit", {"limit": limit}
    )
    return [
        RunRecord(
            id=row["id"],
            command=row["command"],
            started=read_instant(row["started"]),
            ended=read_known_instant(row["ended"]),
            ok=None if row["ok"] is None else bool(row["ok"]),
            error=row["error"],
        )
        for row in rows
    ]


def is_known(statements: Statements, run_id: str) -> bool:
    """Say whether a run of this id was written down."""
    return bool(statements.rows("SELECT id FROM run WHERE id = :id", {"id": run_id}))
