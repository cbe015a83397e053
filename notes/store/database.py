"""Database access for SQLite and PostgreSQL: opening, transactions, and readable errors.

The only module that uses SQLAlchemy engines and the drivers. SQLite runs in WAL mode; a transaction
that will write says so from its first statement (BEGIN IMMEDIATE), so that two writers queue up
instead of failing half-way.

Few tables are asked by every command, with statements as text: on SQLite these go to the standard
library's driver, and SQLAlchemy is loaded by whoever asks for more (ADR 0470).
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notes.model.errors import StoreBusyError, StoreError, StoreMissingError
from notes.system.fork import closed_in_children

from .sql.statements import EngineStatements, SqliteStatements, Statements
from .sql.stored_values import APPLICATION_ID

if TYPE_CHECKING:  # loaded by the methods that need it: an idle command on SQLite does without
    from sqlalchemy import URL, Connection, Engine, TextClause

_RUN_LOCK = APPLICATION_ID + 1  # APPLICATION_ID itself is held while tables are made
_TRY_LOCK = "SELECT pg_try_advisory_lock(:key)"
_UNLOCK = "SELECT pg_advisory_unlock(:key)"
_TRY_SHARED = "SELECT pg_try_advisory_lock_shared(:key)"
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
_HOLD = "SELECT set_config('idle_in_transaction_session_timeout', :held, true)"
_SESSION = "SELECT pg_backend_pid()"
_NAME_HOLDER = "SELECT set_config('application_name', :name, false)"
_HOLDER = (
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = :key"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_STATISTICS = "pg_statistic"
_WITH_STATISTICS = """
SELECT format('ALTER TABLE %%I ALTER COLUMN %%I TYPE %%s', s.tablename, s.attname, \
format_type(a.atttypid, a.atttypmod))
FROM pg_stats s JOIN pg_attribute a
  ON a.attrelid = format('%%I.%%I', s.schemaname, s.tablename)::regclass AND a.attname = s.attname
WHERE s.schemaname = current_schema() AND s.tablename = %s
"""
_WRITES = "loopnote_writes"
_BEGIN = {False: "BEGIN", True: "BEGIN IMMEDIATE"}
"""What begins a transaction of SQLite, by whether it will write."""


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
        self._patience = patience
        self._text = url
        self._file = _sqlite_file(url)
        self._unused: list[sqlite3.Connection] = []
        self.dialect = "sqlite" if self._file else self._url.get_backend_name()
        self.where = self._file or _describe(self._url)
        if self.dialect == "sqlite":
            _touch(Path(self.where), create=create)
        else:
            self._engine  # noqa: B018  a driver that is missing is told when the store is opened

    @cached_property
    def _url(self) -> "URL":
        return _read_url(self._text)

    @cached_property
    def _engine(self) -> "Engine":
        from sqlalchemy import create_engine, event

        if self.dialect == "sqlite":
            engine = create_engine(self._url, connect_args=self._sqlite_options)
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
        limits = {"waits": str(int(self._patience * 1000)), "idle": str(int(self._idle_s * 1000))}
        event.listen(engine, "connect", lambda connection, _record: _limit(connection, limits))
        return engine

    @property
    def _sqlite_options(self) -> dict[str, Any]:
        return {"timeout": self._patience, "check_same_thread": False}

    def asking(self) -> AbstractContextManager[Statements]:
        """Yield what runs statements of text in a transaction that sees one moment of the store.

        Raises:
            StoreError: see `_explained`.
        """
        return self._statements(writes=False)

    def changing(self) -> AbstractContextManager[Statements]:
        """Yield what runs statements of text in a writing transaction; as `writing` does.

        Raises:
            StoreError: see `_explained`.
        """
        return self._statements(writes=True)

    @contextmanager
    def _statements(self, *, writes: bool) -> Iterator[Statements]:
        if self._file:
            with self._sqlite_transaction(self._file, writes=writes) as statements:
                yield statements
        else:
            with self.writing() if writes else self.reading() as connection:
                yield EngineStatements(connection)

    @contextmanager
    def _sqlite_transaction(self, file: str, *, writes: bool) -> Iterator[Statements]:
        """Yield statements between BEGIN and COMMIT; a connection that saw an error is not used
        again, and closing it takes back what it wrote.
        """
        try:
            connection = self._unused.pop() if self._unused else self._connected(file)
            try:
                connection.execute(_BEGIN[writes])
                yield SqliteStatements(connection)
                connection.execute("COMMIT")
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise _explained(error, self.where) from error
        self._unused.append(connection)

    def _connected(self, file: str) -> sqlite3.Connection:
        connection: sqlite3.Connection = sqlite3.connect(file, **self._sqlite_options)
        connection.row_factory = sqlite3.Row
        try:
            _prepare(connection, None)
        except BaseException:
            connection.close()
            raise
        return connection

    def _close_unused(self) -> None:
        while self._unused:
            self._unused.pop().close()

    @contextmanager
    def reading(self) -> "Iterator[Connection]":
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
    def writing(self, *, alone: bool = False) -> "Iterator[Connection]":
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
                    connection.execute(_sql(_HOLD), {"held": str(int(HELD_S * 1000))})
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
            for statement in [*_forget_statistics(connection), *_rewrites()]:
                connection.execute(statement)
            connection.autocommit = False
        return [_STATISTICS] if any(_STATISTICS in one for one in refused) else []

    def queue_up(self, connection: "Connection", name: str) -> None:
        """Wait until no other transaction holds this name.

        SQLite has one writer at a time anyway.
        """
        queue_up(EngineStatements(connection), name)

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
            held = bool(session.execute(_sql(_TRY_LOCK), {"key": _RUN_LOCK}).scalar())
            if held:
                self._see_that_it_lasts(session)
                session.execute(_sql(_NAME_HOLDER), {"name": name})
            driver: Any = connection.connection.driver_connection
            try:
                with closed_in_children(driver.fileno()):
                    yield held
            finally:
                with suppress(*self._failures):  # a connection that died has let go already
                    if held:
                        session.execute(_sql(_UNLOCK), {"key": _RUN_LOCK})
                        session.execute(_sql(_NAME_HOLDER), {"name": ""})

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

    def _see_that_it_lasts(self, session: "Connection") -> int:
        """Return the number of a connection's session at the server, which has to stay the same.

        Raises:
            StoreError: a pooler hands out another one for each transaction, and with it a lock is
                lost.
        """
        number = session.execute(_sql(_SESSION)).scalar_one()
        with self.reading() as other:  # a pooler that gives sessions away gives this one now
            other.exec_driver_sql("SELECT 1")
            if session.execute(_sql(_SESSION)).scalar_one() != number:
                raise _pooled(self.where)
        return int(number)

    def lock_holder(self) -> str:
        """Return the name of the connection that holds PostgreSQL's lock of this store, "" where
        none does.

        Raises:
            StoreError: see `_explained`.
        """
        with self.reading() as connection:
            return str(connection.execute(_sql(_HOLDER), {"key": _RUN_LOCK}).scalar() or "")

    @property
    def _is_postgres(self) -> bool:
        return self.dialect == "postgresql"

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except self._failures as error:
            raise _explained(getattr(error, "orig", None) or error, self.where) from error

    @property
    def _failures(self) -> tuple[type[Exception], ...]:
        """What a database that fails raises: the driver's errors, plain or in SQLAlchemy's."""
        from sqlalchemy.exc import DBAPIError

        return DBAPIError, self._engine.dialect.loaded_dbapi.Error

    @property
    def _is_made(self) -> bool:
        return "_engine" in self.__dict__

    def close(self) -> None:
        """Close every connection."""
        self._close_unused()
        if self._is_made:
            self._engine.dispose()

    def let_go(self) -> None:
        """Close the unused connections before a fork: a child must not inherit SQLite's.

        The next use opens them again.
        """
        if self.dialect == "sqlite":
            self.close()

    def begin_as_child(self) -> None:
        """Forget the connections of the parent without closing them, in a child process.

        They stay the parent's.
        """
        self._unused.clear()
        if self._is_made:
            self._engine.dispose(close=False)


def queue_up(statements: Statements, name: str) -> None:
    """Wait, in a transaction of PostgreSQL, until no other one holds this name."""
    if statements.is_postgres:
        statements.rows("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))", {"name": name})


def _sql(statement: str) -> "TextClause":
    from sqlalchemy import text

    return text(statement)


def _own_tables() -> list[str]:
    """Return the names of our tables, with the search index, which no `Table` describes."""
    from .sql.schema import metadata

    return [*(table.name for table in metadata.sorted_tables), "note_search"]


def _rewrites() -> list[str]:
    """Return what writes all tables anew, in this order.

    The second statement writes the new frequent values beside the old ones, the third leaves only
    the new.
    """
    names = ", ".join(_own_tables())
    return [
        f"VACUUM (FULL) {names}",
        f"ANALYZE {names}",
        f"VACUUM (FULL) pg_catalog.{_STATISTICS}",
    ]


def _forget_statistics(connection: Any) -> list[str]:
    """Return statements that remove the frequent values of tables that are empty now: ANALYZE
    leaves those as they were.

    A column that gets a type, even its own, loses them (PostgreSQL 9 to 18, ALTER TABLE).
    """
    empty = [
        name
        for name in _own_tables()
        if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() is None  # noqa: S608  our own names
    ]
    return [row[0] for name in empty for row in connection.execute(_WITH_STATISTICS, [name])]


class LockSession:
    """A connection that holds, or tries to get, the shared lock of a store."""

    def __init__(self, database: Database, session: "Connection", name: str) -> None:
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
            held = bool(self._session.execute(_sql(_TRY_SHARED), {"key": _RUN_LOCK}).scalar())
            if held:
                self._number = self._database._see_that_it_lasts(self._session)  # noqa: SLF001
                self._session.execute(_sql(_NAME_HOLDER), {"name": self._name})
        return held

    def check(self) -> None:
        """See that the connection, and so the lock, is still there.

        Raises:
            StoreError: the database ended it, or a pooler gave its session away.
        """
        with self._database._speaking():  # noqa: SLF001
            if self._session.execute(_sql(_SESSION)).scalar_one() != self._number:
                raise _pooled(self._database.where)


def _sqlite_file(url: str) -> str:
    """Return the path of an SQLite store; "" for an address that SQLAlchemy has to read.

    >>> _sqlite_file("sqlite:////home/loopnote.db"), _sqlite_file("sqlite:///a.db?timeout=9")
    ('/home/loopnote.db', '')
    """
    path = url.removeprefix("sqlite:///")
    is_plain = path != url and path not in {"", ":memory:"} and not {*"?%"} & {*path}
    return path if is_plain else ""


def _read_url(text: str) -> "URL":
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

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
"""The next step where store.url is neither."""


def _describe(url: "URL") -> str:
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


def _patience_of(url: "URL") -> dict[str, Any]:
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


def _begin(connection: "Connection") -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql(_BEGIN[writes])


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
"""Parts of SQLite's messages (sqlite3ErrStr in its main.c), what they mean and the next step."""


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


def is_foreign(connection: "Connection") -> bool:
    """Return whether an SQLite file that has tables is another program's."""
    return bool(connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID)
