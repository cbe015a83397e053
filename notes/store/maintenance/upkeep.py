"""Backup, pruning and checks of the store.

A backup does not block other programs; pruning deletes what is older than the configuration keeps.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Select, delete, func, select

from notes.model.errors import StoreBusyError, StoreError
from notes.store.database import Database
from notes.store.search.index import empty_index, forget
from notes.store.sql.schema import note, note_version, search_document
from notes.system.private_file import replaced_path


@dataclass(frozen=True, slots=True)
class PruneCounts:
    """How many notes and versions were deleted."""

    notes: int
    versions: int


def backup(database: Database, path: Path) -> None:
    """Write a copy of an SQLite store to a new file that only its owner can read.

    Raises:
        StoreError: the file exists, cannot be written, or the store is a PostgreSQL database.
    """
    if database.dialect != "sqlite":
        raise StoreError(
            "loopnote copies SQLite stores only",
            hint=(
                f"run: pg_dump --format=custom --file={path.with_suffix('.dump')} "
                f"'{database.where}'"
            ),
        )
    try:
        if path.exists():
            raise StoreError(f"{path} exists already", hint="name another file for the backup")
        with replaced_path(path) as part, database.driver() as source:
            _copy(source, part)
    except OSError as error:
        raise StoreError(
            f"the backup cannot be written to {path}: {error.strerror}",
            hint="choose another folder or free some space",
        ) from error


def _copy(source: sqlite3.Connection, path: Path) -> None:
    copy = sqlite3.connect(path)
    try:
        source.backup(copy, pages=2000)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
    finally:
        copy.close()


def check(database: Database) -> list[str]:
    """Return what is wrong with the database's own structure.

    Nothing when it is sound, or is PostgreSQL's affair.
    """
    if database.dialect != "sqlite":
        return []
    try:
        with database.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
    except StoreBusyError:
        raise
    except StoreError as error:
        return [str(error)]
    return [] if found == ["ok"] else [str(line) for line in found]


def prune(database: Database, now: datetime, *, gone_days: int, versions_days: int) -> PruneCounts:
    """Delete versions older than `versions_days` and notes gone for longer than `gone_days`."""
    with database.writing() as connection:
        old = note_version.c.at < now - timedelta(days=versions_days)
        versions = connection.execute(delete(note_version).where(old)).rowcount
        lost = note.c.gone < now - timedelta(days=gone_days)
        ids, seqs = (
            select(note.c.id).where(lost),
            list(connection.execute(select(note.c.seq).where(lost)).scalars()),
        )
        versions += connection.execute(
            delete(note_version).where(note_version.c.note_id.in_(ids))
        ).rowcount
        forget(connection, seqs)
        connection.execute(delete(note).where(lost))
    return PruneCounts(len(seqs), versions)


def give_back_space(database: Database) -> None:
    """Compact the search index and return unused space to the file system.

    Raises:
        StoreBusyError: another program is using the store.
    """
    with database.writing() as connection:
        database.queue_up(connection, "search")
        if _is_mostly_stale(connection):
            empty_index(connection)
    database.vacuum()


def _is_mostly_stale(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return False
    documents = connection.exec_driver_sql("SELECT count(*) FROM note_search_docsize").scalar() or 0
    return bool(documents > 1000 + 2 * _count(connection, select(search_document.c.doc)))


def _count(connection: Connection, rows: Select[int]) -> int:
    return connection.execute(select(func.count()).select_from(rows.subquery())).scalar() or 0
