"""Database access for SQLite and PostgreSQL: opening, transactions, and readable errors.

The only module that uses SQLAlchemy engines and the drivers. SQLite runs in WAL mode; a transaction
that will write says so from its first statement (BEGIN IMMEDIATE), so that two writers queue up
instead of failing half-way.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from notes.model.errors import StoreBusyError, StoreError, StoreMissingError
from notes.system.fork import closed_in_children

from .schema import APPLICATION_ID, metadata

_RUN_LOCK = APPLICATION_ID + 1  # APPLICATION_ID itself is held while tables are made
_TRY_LOCK = text("SELECT pg_try_advisory_lock(:key)")
_UNLOCK = text("SELECT pg_advisory_unlock(:key)")
_TRY_SHARED = text("SELECT pg_try_advisory_lock_shared(:key)")
_LIMIT = (
    "SELECT set_config('lock_timeout', %(waits)s, false),"
    " set_config('idle_in_transaction_session_timeout', %(idle)s, false),"
    " set_config('tcp_keepalives_idle', '60', false), set_config('tcp_keepalives_interval',"
    " '15', false),"
    " set_config('tcp_keepalives_count', '4', false), set_config('tcp_user_timeout', "
    "'60000', false)"
)
"""A client whose machine or network is gone is noticed within two minutes, not hours (a server's
usual setting).

Over a Unix socket, and on systems without them, the server ignores those of TCP."""
NOTICE_LOST_SERVER = {
    "keepalives_idle": "60",
    "keepalives_interval": "15",
    "keepalives_count": "4",
    "tcp_user_timeout": "60000",
}
"""The same for the client: parameters of libpq, which ignores those that a system does not have."""
HELD_S = 60.0
"""Seconds for which a process that fell silent may hold what it wrote: as long as its leases (ADR
1014)."""
_HOLD = text("SELECT set_config('idle_in_transaction_session_timeout', :held, true)")
_SESSION = text("SELECT pg_backend_pid()")
_NAME_HOLDER = text("SELECT set_config('application_name', :name, false)")
_HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = :key"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_STATISTICS = "pg_statistic"
_OWN_TABLES = (*(table.name for table in metadata.sorted_tables), "note_search")
"""With the search index, which no `Table` describes."""
_WITH_STATISTICS = """
SELECT format('ALTER TABLE %%I ALTER COLUMN %%I TYPE %%s', s.tablename, s.attname, \
format_type(a.atttypid, a.atttypmod))
FROM pg_stats s JOIN pg_attribute a
  ON a.attrelid = format('%%I.%%I', s.schemaname, s.tablename)::regclass AND a.attname = s.attname
WHERE s.schemaname = current_schema() AND s.tablename = %s
"""
_REWRITES = (
    f"VACUUM (FULL) {', '.join(_OWN_TABLES)}",
    f"ANALYZE {', '.join(_OWN_TABLES)}",
    f"VACUUM (FULL) pg_catalog.{_STATISTICS}",
)
"""In this order: the second writes the new frequent values beside the old ones, the third leaves
only the new."""
_WRITES = "loopnote_writes"


class Database:
    """An open database: gives transactions, and turns the drivers' errors into `StoreError`.

    Args:
        url: `sqlite:///file` or `postgresql://…`.
        patience: seconds to wait for another program's lock.
        create: make the SQLite file when it is missing; else a missing or empty one is an error.
        idle_s: seconds after which PostgreSQL ends a connection that does nothing inside a
            transaction:
            a process that was stopped must not hold its rows for ever. One that writes has `HELD_S`
            at most.
    """

    def __init__(
        self, url: str, *, patience: float = 5.0, create: bool = True, idle_s: float = 600.0
    ) -> None:
        self._idle_s = idle_s
        self._url = _read_url(url)
        self.dialect = self._url.get_backend_name()
        self.where = _describe(self._url)
        if self.dialect == "sqlite":
            _touch(self._path, create=create)
        self._engine = self._make_engine(patience)

    @property
    def _path(self) -> Path:
        return Path(self._url.database or "")

    def _make_engine(self, patience: float) -> Engine:
        if self.dialect == "sqlite":
            engine = create_engine(
                self._url, connect_args={"timeout": patience, "check_same_thread": False}
            )
            event.listen(engine, "connect", _prepare)
            event.listen(engine, "begin", _begin)
            return engine
        try:
            engine = create_engine(self._url, connect_args=_patience_of(self._url))
        except ImportError as error:
            raise StoreError(
                "the PostgreSQL driver is not installed",
                hint="install it with: pip install 'loopnote[postgres]'",
            ) from error
        limits = {"waits": str(int(patience * 1000)), "idle": str(int(self._idle_s * 1000))}
        event.listen(engine, "connect", lambda connection, _record: _limit(connection, limits))
        return engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection in a transaction that sees one moment of the store.

        Raises:
            StoreError: see `_explained`.
        """
        with self._speaking(), self._engine.connect() as connection:
            yield (
                connection.execution_options(isolation_level="REPEATABLE READ")
                if self._is_postgres
                else connection
            )

    @contextmanager
    def writing(self, *, alone: bool = False) -> Iterator[Connection]:
        """Yield a connection in a writing transaction: committed at the end, rolled back on errors.

        Args:
            alone: nobody waits for what is written, and the next statement may be minutes away;
                else
                PostgreSQL ends the transaction when nothing comes for `HELD_S`.

        Raises:
            StoreError: see `_explained`.
        """
        with self._speaking(), self._engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                if self._is_postgres and not alone and self._idle_s > HELD_S:
                    connection.execute(_HOLD, {"held": str(int(HELD_S * 1000))})
                yield connection

    @contextmanager
    def driver(self) -> Iterator[Any]:
        """Yield the driver's own connection, outside of any transaction.

        Raises:
            StoreError: see `_explained`.
        """
        with self._speaking():
            pooled = self._engine.raw_connection()
            try:
                yield pooled.driver_connection
            finally:
                pooled.close()

    def vacuum(self) -> None:
        """Return unused space to the file system.

        Raises:
            StoreBusyError: another program is using the store.
        """
        with self.driver() as connection:
            if self._is_postgres:
                connection.autocommit = True
                connection.execute("VACUUM ANALYZE")
                connection.autocommit = False
                return
            connection.execute("VACUUM")
            connection.execute("PRAGMA optimize")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def rewrite_files(self) -> list[str]:
        """Write every table anew, so that nothing deleted stays in the files; return those that
        could not be.

        PostgreSQL keeps frequent values of each column in a table of its own, which its owner or a
        superuser may rewrite; its write-ahead log is out of reach.

        Raises:
            StoreBusyError: another program is using the store.
        """
        if not self._is_postgres:
            self.vacuum()
            return []
        refused: list[str] = []
        with self.driver() as connection:
            connection.autocommit = True
            connection.add_notice_handler(lambda notice: refused.append(notice.message_primary))
            for statement in [*_forget_statistics(connection), *_REWRITES]:
                connection.execute(statement)
            connection.autocommit = False
        return [_STATISTICS] if any(_STATISTICS in one for one in refused) else []

    def queue_up(self, connection: Connection, name: str) -> None:
        """Wait until no other transaction holds this name.

        SQLite has one writer at a time anyway.
        """
        if self._is_postgres:
            connection.execute(
                text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name}
            )

    @contextmanager
    def advisory_lock(self, name: str = "") -> Iterator[bool]:
        """Yield True while this process holds PostgreSQL's lock of this store, else False at once.

        The connection is called `name` while it holds the lock. The server lets go of it within two
        minutes when the holder's machine is gone, and no child process keeps it open.

        Raises:
            StoreError: see `_explained`.
        """
        with self._speaking(), self._engine.connect() as connection:
            session = connection.execution_options(isolation_level="AUTOCOMMIT")
            held = bool(session.execute(_TRY_LOCK, {"key": _RUN_LOCK}).scalar())
            if held:
                self._see_that_it_lasts(session)
                session.execute(_NAME_HOLDER, {"name": name})
            driver: Any = connection.connection.driver_connection
            try:
                with closed_in_children(driver.fileno()):
                    yield held
            finally:
                with suppress(DBAPIError):  # a connection that died has let go already
                    if held:
                        session.execute(_UNLOCK, {"key": _RUN_LOCK})
                        session.execute(_NAME_HOLDER, {"name": ""})

    @contextmanager
    def shared_lock(self, name: str) -> Iterator["LockSession"]:
        """Yield a session that may hold PostgreSQL's lock of this store beside others that share
        it.

        It keeps out whoever wants the lock alone, for as long as it lives.

        Raises:
            StoreError: see `_explained`.
        """
        with self._speaking(), self._engine.connect() as connection:
            session = connection.execution_options(isolation_level="AUTOCOMMIT")
            driver: Any = connection.connection.driver_connection
            with closed_in_children(driver.fileno()):
                yield LockSession(self, session, name)
            connection.invalidate()  # closes it, and so lets go

    def _see_that_it_lasts(self, session: Connection) -> int:
        """Return the number of a connection's session at the server, which has to stay the same.

        Raises:
            StoreError: a pooler hands out another one for each transaction, and with it a lock is
                lost.
        """
        number = session.execute(_SESSION).scalar_one()
        with self.reading() as other:  # a pooler that gives sessions away gives this one now
            other.exec_driver_sql("SELECT 1")
            if session.execute(_SESSION).scalar_one() != number:
                raise _pooled(self.where)
        return int(number)

    def lock_holder(self) -> str:
        """Return the name of the connection that holds PostgreSQL's lock of this store, "" where
        none does.

        Raises:
            StoreError: see `_explained`.
        """
        with self.reading() as connection:
            return str(connection.execute(_HOLDER, {"key": _RUN_LOCK}).scalar() or "")

    @property
    def _is_postgres(self) -> bool:
        return self.dialect == "postgresql"

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _explained(error.orig or error, self.where) from error
        except self._driver_error as error:
            raise _explained(error, self.where) from error

    @property
    def _driver_error(self) -> type[Exception]:
        error: type[Exception] = self._engine.dialect.loaded_dbapi.Error
        return error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @property
    def is_in_memory(self) -> bool:
        """Whether the data end with this process, and no other can see them."""
        return self.dialect == "sqlite" and self._url.database in {None, "", ":memory:"}

    def let_go(self) -> None:
        """Close the unused connections before a fork: a child must not inherit SQLite's.

        The next use opens them again.
        """
        if self.dialect == "sqlite":
            self._engine.dispose()

    def begin_as_child(self) -> None:
        """Forget the connections of the parent without closing them, in a child process.

        They stay the parent's.
        """
        self._engine.dispose(close=False)


def _forget_statistics(connection: Any) -> list[str]:
    """Return statements that remove the frequent values of tables that are empty now: ANALYZE
    leaves those as they were.

    A column that gets a type, even its own, loses them (PostgreSQL 9 to 18, ALTER TABLE).
    """
    empty = [
        name
        for name in _OWN_TABLES
        if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() is None  # noqa: S608  our own names
    ]
    return [row[0] for name in empty for row in connection.execute(_WITH_STATISTICS, [name])]


class LockSession:
    """A connection that holds, or tries to get, the shared lock of a store."""

    def __init__(self, database: Database, session: Connection, name: str) -> None:
        self._database = database
        self._session = session
        self._name = name
        self._number = 0

    def take(self) -> bool:
        """Take the lock together with others; say whether nobody has it alone.

        Raises:
            StoreError: see `_explained`.
        """
        with self._database._speaking():  # noqa: SLF001  a part of it
            held = bool(self._session.execute(_TRY_SHARED, {"key": _RUN_LOCK}).scalar())
            if held:
                self._number = self._database._see_that_it_lasts(self._session)  # noqa: SLF001
                self._session.execute(_NAME_HOLDER, {"name": self._name})
        return held

    def check(self) -> None:
        """See that the connection, and so the lock, is still there.

        Raises:
            StoreError: the database ended it, or a pooler gave its session away.
        """
        with self._database._speaking():  # noqa: SLF001
            if self._session.execute(_SESSION).scalar_one() != self._number:
                raise _pooled(self._database.where)


def _read_url(text: str) -> URL:
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError("the store's address cannot be read", hint=_KINDS) from error
    if backend == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(f"the store cannot live at {url.render_as_string()}", hint=_KINDS)


_KINDS = 'set store.url to "sqlite:///loopnote.db" or "postgresql://user@host/name"'


def _describe(url: URL) -> str:
    return (
        str(url.database)
        if url.get_backend_name() == "sqlite"
        else url.render_as_string(hide_password=True)
    )


def _pooled(where: str) -> StoreError:
    return StoreError(
        f"{where} goes through a pooler that gives every transaction another session",
        hint="connect to PostgreSQL itself, or set the pooler to session mode",
    )


def missing(where: object) -> StoreMissingError:
    """Return the error for an address at which there is no store."""
    return StoreMissingError(
        f"there is no store at {where}",
        hint="run `loopnote sync` to make it, or correct store.url",
    )


def _touch(path: Path, *, create: bool) -> None:
    if path.exists():
        return
    if not create:
        raise missing(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except FileNotFoundError as error:
        raise StoreError(
            f"the folder {path.parent} does not exist",
            hint="create the folder, or correct store.url",
        ) from error
    except OSError as error:
        raise StoreError(
            f"the store cannot be created at {path}: {error.strerror}",
            hint="choose a folder you may write to in store.url",
        ) from error


def _limit(connection: Any, limits: dict[str, str]) -> None:
    """Set a session's limits (milliseconds); a pooler refuses them among the parameters of a
    connection.
    """
    connection.autocommit = True
    connection.execute(_LIMIT, limits)
    connection.autocommit = False


def _patience_of(url: URL) -> dict[str, Any]:
    """Return how long a connection waits for its server, where the address itself says
    nothing else.
    """
    limits = {"connect_timeout": "10", **NOTICE_LOST_SERVER}
    return {name: value for name, value in limits.items() if name not in url.query}


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's late one
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            # Another process is just making the same change, or holds the file: the next statement
            # tells.
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_SQLITE_ERRORS: tuple[tuple[str, str, str], ...] = (
    (
        "not a database",
        "{where} is not a loopnote store",
        "correct store.url; the file was left as it is",
    ),
    ("malformed", "the store {where} is damaged", "restore the last backup; keep the damaged file"),
    (
        "full",
        "the disk is full: nothing was saved to {where}",
        "free some space, then run the same command again",
    ),
    (
        "readonly",
        "the store {where} may not be written",
        "give your user write permission to the file and its folder",
    ),
    (
        "unable to open",
        "the store {where} cannot be opened",
        "check that the file and its folder may be read and written",
    ),
    (
        "disk i/o",
        "the disk failed while using {where}",
        "check the disk; the last complete run is safe",
    ),
)


def _explained(error: BaseException, where: str) -> StoreError:
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    lowered = said.lower()
    if "locked" in lowered or "lock timeout" in lowered or "could not serialize" in lowered:
        return StoreBusyError(
            f"another program is using the store {where}",
            hint="wait until it is done, then run the same command again",
        )
    for sign, message, hint in _SQLITE_ERRORS:
        if sign in lowered and isinstance(error, sqlite3.Error):
            return StoreError(message.format(where=where), hint=hint)
    if "connection" in lowered:
        # The driver repeats what it tried before each cause; the last one is the reason.
        return StoreError(
            f"the database {where} does not answer: {said.rpartition(' failed: ')[2]}",
            hint="check store.url and that it is running",
        )
    return StoreError(f"the store {where} failed: {said}", hint="run `loopnote doctor`")


def is_foreign(connection: Connection) -> bool:
    """Return whether an SQLite file that has tables is another program's."""
    return bool(connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID)
