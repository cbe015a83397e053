"""Migrates a store to the schema of this code, in one transaction.

A store that is up to date is recognised by its marks, without Alembic (half a second of imports)
and, on SQLite, without SQLAlchemy (ADR 0470); a new one on SQLite is made without it, too (ADR
0469).
"""

from typing import TYPE_CHECKING

from notes.model.errors import StoreError
from notes.store.database import Database, is_foreign, missing
from notes.store.sql.statements import Statements
from notes.store.sql.stored_values import APPLICATION_ID, HEAD, REVISION_TABLE

from .sqlite_tables import create_tables

if TYPE_CHECKING:  # a store that is up to date needs none of it (ADR 0410)
    from sqlalchemy import Connection


def bring_up_to_date(database: Database, *, create: bool = True, migrate: bool = True) -> None:
    """Create the tables of an empty database, or migrate an older one unless it is to stay as it
    is.

    Raises:
        StoreMissingError: the database is empty, and `create` does not allow to fill it.
        StoreError: the store is newer than this code, or not ours.
    """
    if database.dialect == "sqlite":
        with database.asking() as statements:
            if _is_up_to_date(statements):
                return
            empty = _is_empty(statements)
        if empty and create and _made_on_sqlite(database):
            return
    with database.reading() as connection:
        revision = _revision(connection, database.where)
    if revision == HEAD or (revision and not migrate):
        return
    if not revision and not create:
        raise missing(database.where)
    with database.writing(alone=True) as connection:
        database.queue_up(connection, "schema")
        revision = _revision(connection, database.where)
        if not revision:
            _create(connection)
        elif revision < HEAD:
            upgrade(connection)


def _made_on_sqlite(database: Database) -> bool:
    """Make the tables of an SQLite file, unless another process has done so meanwhile; return
    whether they were made.
    """
    with database.changing() as statements:
        empty = _is_empty(statements)
        if empty:
            create_tables(statements)
        return empty


def _is_empty(statements: Statements) -> bool:
    """Return whether an SQLite file has no table but those that SQLite keeps for itself."""
    return not statements.rows(
        "SELECT 1 FROM sqlite_master"
        " WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' LIMIT 1"
    )


def _is_up_to_date(statements: Statements) -> bool:
    """Return whether an SQLite file bears our mark and the revision of this code."""
    (mark,) = statements.rows("PRAGMA application_id")
    if mark["application_id"] != APPLICATION_ID:
        return False
    named = statements.rows(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name",
        {"name": REVISION_TABLE},
    )
    if not named:
        return False
    rows = statements.rows(f"SELECT version_num FROM {REVISION_TABLE}")  # noqa: S608  our own name
    return [row["version_num"] for row in rows] == [HEAD]


def _revision(connection: "Connection", where: str) -> str:
    from sqlalchemy import inspect

    tables = inspect(connection).get_table_names()
    if not tables:
        return ""
    if REVISION_TABLE not in tables or (
        connection.dialect.name == "sqlite" and is_foreign(connection)
    ):
        raise StoreError(
            f"{where} belongs to another program",
            hint="correct store.url; the database was left as it is",
        )
    return _known_revision(connection, where)


def check_revision(database: Database) -> None:
    """Look whether an open store is still one that this code may write.

    Raises:
        StoreError: a newer loopnote has migrated it meanwhile.
    """
    with database.reading() as connection:
        _known_revision(connection, database.where)


def _known_revision(connection: "Connection", where: str) -> str:
    from sqlalchemy import select

    from notes.store.sql.schema import revision_mark

    revision = connection.execute(select(revision_mark.c.version_num)).scalar() or ""
    if revision > HEAD:
        raise StoreError(
            (
                f"the store {where} was written by a newer loopnote (schema {revision}, this "
                f"one knows {HEAD})"
            ),
            hint="upgrade loopnote, or restore a backup from before the upgrade",
        )
    return revision


def _create(connection: "Connection") -> None:
    """Make every table of an empty PostgreSQL database; SQLite has them from `create_tables`."""
    from sqlalchemy import insert

    from notes.store.sql.schema import metadata, revision_mark

    metadata.create_all(connection)
    revision_mark.create(connection)
    connection.execute(insert(revision_mark).values(version_num=HEAD))


def upgrade(
    connection: "Connection", revision: str = "head", *, scripts: str = "notes.store:migrations"
) -> None:
    """Apply the migrations up to a revision, inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
