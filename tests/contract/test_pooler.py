"""A pooler between loopnote and PostgreSQL: one that keeps sessions works, one that hands
them out is refused.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fakes.command import loopnote
from fakes.postgres import Postgres
from fakes.worker_fleet import Fleet, lay_out, until

from notes.model.errors import StoreError
from notes.store.database import Database

pytestmark = pytest.mark.postgres
BOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
REFUSED = "goes through a pooler that gives every transaction another session"
SETTINGS = """
[databases]
store = user=loopnote host={server} dbname=pooled_{mode}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
unix_socket_mode = 0777
auth_type = any
pool_mode = {mode}
logfile = {folder}/log
pidfile = {folder}/pid
"""


@pytest.fixture
def pooled(postgres: Postgres, tmp_path_factory, request) -> Iterator[str]:
    """Give an address that leads through PgBouncer to a database of its own."""
    postgres.do(f"CREATE DATABASE pooled_{request.param}")
    folder = tmp_path_factory.mktemp("pooler")
    base = Path(tempfile.gettempdir())
    for one in (folder, *folder.parents):  # one more of them in a worker of the test run
        if base in one.parents:
            one.chmod(0o755)
    settings = folder / "settings.ini"
    text = SETTINGS.format(server=postgres.folder, folder=folder, mode=request.param)
    settings.write_text(text, encoding="utf-8")
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    with subprocess.Popen([BOUNCER, "--quiet", settings], user=user) as pooler:
        assert until((folder / ".s.PGSQL.6432").exists, seconds=20)
        yield f"postgresql://loopnote@/store?host={quote(str(folder))}&port=6432"
        pooler.terminate()


without = pytest.mark.skipif(not BOUNCER, reason="apt-get install pgbouncer")


@pytest.mark.slow
@without
@pytest.mark.parametrize("pooled", ["session"], indirect=True)
def test_a_worker_works_through_a_pooler_that_keeps_sessions(tmp_path: Path, pooled: str):
    lay_out(tmp_path, teams=2, url=pooled, port=1)
    with Fleet(tmp_path) as fleet:
        worker = fleet.start("--only", "sync")
        assert until(lambda: fleet.said().count("status=read") == 2), fleet.said()
        worker.terminate()
        assert worker.wait(60) == 0


@pytest.mark.slow
@without
@pytest.mark.parametrize("pooled", ["transaction"], indirect=True)
def test_worker_and_run_refuse_a_pooler_that_gives_sessions_away(tmp_path: Path, pooled: str):
    lay_out(tmp_path, teams=1, url=pooled, port=1)
    for command in ("worker", "run"):
        ran = loopnote(command, folder=tmp_path)
        assert (ran.code, REFUSED in ran.err) == (2, True), ran.err


class OtherSessions:
    """A connection whose every statement may run in another session."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers

    def execute(self, _statement: object) -> "OtherSessions":
        return self

    def scalar_one(self) -> int:
        return self.numbers.pop(0)


def other_sessions(*numbers: int) -> Any:
    return OtherSessions(list(numbers))


def test_a_session_that_changes_between_two_transactions_is_told(postgres: Postgres):
    database = Database(postgres.database())
    assert database._see_that_it_lasts(other_sessions(7, 7)) == 7
    with pytest.raises(StoreError, match=REFUSED):
        database._see_that_it_lasts(other_sessions(7, 8))
    database.close()


def test_a_worker_whose_session_was_given_away_later_hears_of_it(postgres: Postgres):
    database = Database(postgres.database())
    with database.shared_lock("worker") as session:
        assert session.take()
        session.check()
        with database.reading() as other:
            session._session = other
            with pytest.raises(StoreError, match=REFUSED):
                session.check()
    database.close()


def test_the_limits_of_a_session_are_set_without_parameters_that_a_pooler_refuses(
    postgres: Postgres,
):
    database = Database(postgres.database(), patience=3.0, idle_s=45.0)
    with database.reading() as connection:
        asked = ("lock_timeout", "idle_in_transaction_session_timeout")
        found = [connection.exec_driver_sql(f"SHOW {one}").scalar() for one in asked]
    assert found == ["3s", "45s"]
    database.close()
