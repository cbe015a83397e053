"""The table of runs: which commands wrote to the store, when, and how they ended."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import Connection, insert, select, update

from notes.store.schema import instant_text, run


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One command that wrote; `ok` is None while it runs, or when it was killed."""

    id: str
    command: str
    started: datetime
    ended: datetime | None
    ok: bool | None
    error: str


def begin(connection: Connection, command: str, now: datetime) -> str:
    """Record the start of a command; return its id, which sorts by time."""
    at_once = connection.execute(select(run.c.id).where(run.c.started == now)).all()
    mark = blake2b(f"{command}\n{now}\n{len(at_once)}".encode(), digest_size=3).hexdigest()
    run_id = f"{instant_text(now)[:19].replace(':', '').replace('-', '')}-{mark}"
    connection.execute(insert(run).values(id=run_id, command=command, started=now))
    return run_id


def end(connection: Connection, run_id: str, now: datetime, *, ok: bool, error: str) -> None:
    """Record the end of a command."""
    connection.execute(update(run).where(run.c.id == run_id).values(ended=now, ok=ok, error=error))


def latest(connection: Connection, limit: int) -> list[RunRecord]:
    """Return the last runs, newest first."""
    rows = connection.execute(
        select(run).order_by(run.c.started.desc(), run.c.id).limit(limit)
    ).mappings()
    return [RunRecord(**row) for row in rows]


def is_known(connection: Connection, run_id: str) -> bool:
    """Say whether a run of this id was written down."""
    return connection.execute(select(run.c.id).where(run.c.id == run_id)).first() is not None
