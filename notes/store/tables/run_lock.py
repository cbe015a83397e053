"""The run lock: one run at a time for one store; a crash releases it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notes.store.database import Database
from notes.system.file_lock import file_lock


@contextmanager
def run_lock(database: Database) -> Iterator[bool]:
    """Yield True while this process alone may run, False at once when another does.

    On SQLite the lock is a file beside the store, on PostgreSQL an advisory lock of a connection of
    its own.

    Raises:
        StoreError: the lock cannot be asked for.
    """
    if database.dialect == "sqlite":
        with file_lock(Path(f"{database.where}.lock")) as held:
            yield held
    else:
        with database.advisory_lock() as held:
            yield held
