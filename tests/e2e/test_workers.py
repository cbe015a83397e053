"""Worker processes on a real PostgreSQL, with a real mail server: each mail once, whatever
ends a worker.
"""

import json
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakes.command import loopnote
from fakes.postgres import Postgres
from fakes.smtp import MailHost, MailHostRunning
from fakes.worker_fleet import Fleet, lay_out, mails, seconds_ahead, until

from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from notes.store.work.workers import Workers

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals"),
]
MONDAY = datetime(2026, 11, 23, 8, 0, 30, tzinfo=ZoneInfo("Asia/Seoul")).timestamp()


@pytest.fixture
def host() -> MailHost:
    return MailHost()


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.database()


def test_two_workers_send_each_report_once_and_end_when_they_are_asked_to(tmp_path, url, host):
    with (
        MailHostRunning(host) as running,
        Fleet(tmp_path, LOOPNOTE_NOW=seconds_ahead(MONDAY)) as fleet,
    ):
        lay_out(tmp_path, teams=4, url=url, port=running.port)
        workers = [fleet.start(), fleet.start("--concurrency", "1")]
        assert until(lambda: len(mails(host)) == 4, seconds=300), fleet.said()
        told = loopnote("status", "--json", folder=tmp_path, **fleet.environment).out
        turned_away = loopnote("run", folder=tmp_path, **fleet.environment)
        for one in workers:
            one.send_signal(signal.SIGTERM)
        assert [one.wait(120) for one in workers] == [0, 0], fleet.said()
    assert set(mails(host).values()) == {1}
    records = [json.loads(one) for one in told.splitlines()]
    alive = [one for one in records if one["kind"] == "worker"]
    assert [one["state"] for one in alive] == ["alive", "alive"]
    assert any(one["kind"] == "budget" and one["key"].startswith("mail:") for one in records)
    assert turned_away.code == 0
    assert "Workers are at it" in turned_away.out
    with Store.open(url) as store:
        assert all(one.ended for one in Workers(store.database).states())
        states = {line.state for line in Deliveries(store.database).lines()}
        assert states == {"sent"}
        assert [len(list(store.notes(team=f"T{n:04}"))) for n in range(4)] == [2] * 4
        assert all(one.ok for one in store.runs())


@pytest.mark.slow
def test_a_worker_ends_with_an_error_when_the_database_ends_its_connection(tmp_path, url, host):
    with MailHostRunning(host) as running, Fleet(tmp_path) as fleet:
        lay_out(tmp_path, teams=1, url=url, port=running.port)
        worker = fleet.start("--only", "sync")
        assert until(lambda: "Works on" in fleet.said(), seconds=120)
        end_connections(url)
        assert worker.wait(120) == 1, fleet.said()
    assert "Traceback" not in fleet.said()


def end_connections(url: str) -> None:
    """End every connection of a worker, as a database that restarts does."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name LIKE 'loopnote-worker%'"
        )


@pytest.mark.slow
def test_a_run_keeps_workers_waiting_and_workers_keep_a_run_away(tmp_path, url, host):
    holder = (
        "import sys; from datetime import datetime, UTC\n"
        "from notes.store.store import Store; from notes.store.tables.run_lock import run_lock\n"
        "with Store.open(sys.argv[1]) as store, run_lock(store.database, datetime.now(UTC)):\n"
        "    print('held', flush=True); sys.stdin.readline()\n"
    )
    with MailHostRunning(host) as running, Fleet(tmp_path) as fleet:
        lay_out(tmp_path, teams=1, url=url, port=running.port)
        with subprocess.Popen(
            [sys.executable, "-c", holder, url],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as run:
            assert run.stdout.readline().strip() == "held"
            worker = fleet.start("--only", "sync")
            assert not until(lambda: "Works on" in fleet.said(), seconds=6)
            run.stdin.write("\n")
            run.stdin.flush()
            assert until(lambda: "Works on" in fleet.said(), seconds=120)
        assert loopnote("run", folder=tmp_path).out.startswith("Workers are at it")
        worker.terminate()
        assert worker.wait(120) == 0


def test_a_store_on_sqlite_has_no_workers(tmp_path):
    lay_out(tmp_path, teams=1, url="sqlite:///loopnote.db", port=1)
    ran = loopnote("worker", folder=tmp_path)
    assert ran.code == 2
    assert "workers need a store on PostgreSQL" in ran.err
