"""The run lock: one run at a time for a store, or workers that share it; a crash frees it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from notes.store.database import Database, LockSession
from notes.system.file_lock import file_lock, read_holder

_NAME = "loopnote"
_WORKER = "loopnote-worker"
"""How a holder's name in PostgreSQL begins, so that it is told from another program's."""


@dataclass(frozen=True, slots=True)
class LockHolder:
    """The process that holds the run lock, its machine, and since when.

    A `worker` holds it together with other workers, for as long as it runs.
    """

    pid: int
    host: str
    since: datetime
    worker: bool = False

    def text(self) -> str:
        """Return it as the lock keeps it: at most 63 ASCII characters, the most that
        PostgreSQL takes as a name.
        """
        host = "".join(char for char in self.host[:24] if char.isascii() and char.isprintable())
        name = _WORKER if self.worker else _NAME
        return f"{name} {self.pid}@{host} {self.since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def this_process(now: datetime) -> LockHolder:
    """Return this process as a holder."""
    return LockHolder(os.getpid(), os.uname().nodename if hasattr(os, "uname") else "", now)


@contextmanager
def run_lock(database: Database, now: datetime | None = None) -> Iterator[bool]:
    """Yield True while this process alone may run, False at once when another does.

    On SQLite the lock is a file beside the store, on PostgreSQL an advisory lock of a connection of
    its own. Either says whose it is, since `now`.

    Raises:
        StoreError: the lock cannot be asked for.
    """
    name = this_process(now).text() if now else ""
    if database.dialect == "sqlite":
        with file_lock(_lock_file(database), name) as held:
            yield held
    else:
        with database.advisory_lock(name) as held:
            yield held


@contextmanager
def worker_lock(database: Database, now: datetime) -> Iterator[LockSession]:
    """Yield a session that takes the run lock together with other workers: no run can begin beside
    them.

    Raises:
        StoreError: the database does not answer.
    """
    with database.shared_lock(replace(this_process(now), worker=True).text()) as session:
        yield session


@contextmanager
def send_lock(
    database: Database, now: datetime
) -> Iterator[Literal["alone", "beside workers", ""]]:
    """Yield "alone" while this process alone may send, "beside workers" where only workers do too,
    else "".

    Raises:
        StoreError: the lock cannot be asked for.
    """
    with run_lock(database, now) as mine:
        if mine:
            yield "alone"
            return
    holder = lock_holder(database)
    if holder is None or not holder.worker:
        yield ""
        return
    with worker_lock(database, now) as session:
        yield "beside workers" if session.take() else ""


def lock_holder(database: Database) -> LockHolder | None:
    """Return who holds the run lock; None where nobody does, or it does not say."""
    if database.dialect == "sqlite":
        return _read(read_holder(_lock_file(database)))
    return _read(database.lock_holder())


def _lock_file(database: Database) -> Path:
    return Path(f"{database.where}.lock")


def _read(text: str) -> LockHolder | None:
    with suppress(ValueError):
        name, process, since = text.split(" ")
        pid, _, host = process.partition("@")
        if name in {_NAME, _WORKER}:
            began = datetime.fromisoformat(since)
            return LockHolder(int(pid), host, began, worker=name == _WORKER)
    return None
