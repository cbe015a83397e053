"""Workers that are killed, that hang, whose clocks differ, whose database restarts: nothing
lost, nothing twice.
"""

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakes.command import loopnote
from fakes.postgres import Postgres
from fakes.smtp import MailHost, MailHostRunning
from fakes.worker_fleet import Fleet, lay_out, mails, seconds_ahead, until
from sqlalchemy import update

from notes.model.periods import Week
from notes.store.delivery.ledger import Deliveries
from notes.store.sql.schema import revision_mark, worker
from notes.store.store import Store
from notes.store.work.leases import LEASE_S

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals"),
]
MONDAY = datetime(2026, 11, 23, 8, 0, 30, tzinfo=ZoneInfo("Asia/Seoul")).timestamp()


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.database()


def judge(url: str, host: MailHost, teams: int) -> None:
    """See that each mail came once, or is in doubt, and that every note is there once."""
    with Store.open(url) as store:
        lines = Deliveries(store.database).lines()
        notes = [len(list(store.notes(team=f"T{n:04}"))) for n in range(teams)]
    arrived = mails(host)
    assert set(arrived.values()) <= {1}
    assert {line.state for line in lines} <= {"sent", "unknown"}
    assert len(lines) == teams
    for line in lines:
        assert line.state == "unknown" or arrived[line.mailbox] == 1, line
    assert notes == [2] * teams


def settled(url: str, teams: int) -> bool:
    with Store.open(url) as store:
        lines = Deliveries(store.database).lines()
    return len([one for one in lines if one.state in {"sent", "unknown"}]) == teams


def test_workers_killed_at_any_moment_lose_and_double_nothing(tmp_path: Path, url: str) -> None:
    host, chance, teams = MailHost(think_s=0.05), random.Random(1), 16
    with (
        MailHostRunning(host) as running,
        Fleet(tmp_path, LOOPNOTE_NOW=seconds_ahead(MONDAY)) as fleet,
    ):
        lay_out(tmp_path, teams=teams, url=url, port=running.port)
        for _ in range(4):
            fleet.start("--concurrency", "1")
        assert until(lambda: len(mails(host)) > 0, seconds=400), fleet.said()
        for victim in fleet.processes[:2]:
            time.sleep(chance.uniform(0, 3))
            victim.kill()
        assert until(lambda: settled(url, teams), seconds=400), fleet.said(2)
    judge(url, host, teams)


def test_the_work_of_a_worker_that_hangs_is_done_by_another(tmp_path: Path, url: str) -> None:
    host, teams = MailHost(), 4
    with (
        MailHostRunning(host) as running,
        Fleet(tmp_path, LOOPNOTE_NOW=seconds_ahead(MONDAY)) as fleet,
    ):
        lay_out(tmp_path, teams=teams, url=url, port=running.port)
        hanging = fleet.start("--concurrency", "1")
        assert until(lambda: "event=source" in fleet.said(), seconds=300), fleet.said()
        hanging.send_signal(signal.SIGSTOP)
        stopped = time.monotonic()
        fleet.start("--concurrency", "1")
        assert until(lambda: settled(url, teams), seconds=400), fleet.said(1)
        time.sleep(max(0.0, LEASE_S + 15 - (time.monotonic() - stopped)))
        hanging.send_signal(signal.SIGCONT)
        assert hanging.wait(200) == 1, fleet.said()  # it notices, and ends
    judge(url, host, teams)


def test_workers_whose_clocks_are_minutes_apart_send_each_mail_once(tmp_path, url) -> None:
    host, teams = MailHost(), 6
    with MailHostRunning(host) as running, Fleet(tmp_path) as fleet:
        lay_out(tmp_path, teams=teams, url=url, port=running.port)
        for minutes in (0, 7):
            ahead = seconds_ahead(MONDAY + 60 * minutes)
            fleet.start("--concurrency", "1", LOOPNOTE_NOW=ahead)
        assert until(lambda: settled(url, teams), seconds=400), fleet.said()
    judge(url, host, teams)
    assert sum(mails(host).values()) == teams


FAST = """
import sys
from datetime import datetime, timedelta
import notes.system.clock

class Fast(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + timedelta(minutes=3)

notes.system.clock.datetime = Fast
from loopnote.cli import main
sys.exit(main())
"""


def test_a_host_whose_clock_is_minutes_ahead_sends_nothing_before_its_time(tmp_path, url) -> None:
    host, teams, arrivals = MailHost(), 6, list[datetime]()
    host.on_body = lambda _address: arrivals.append(datetime.now(UTC))
    due = (datetime.now(UTC) + timedelta(minutes=2)).replace(second=0, microsecond=0)
    with MailHostRunning(host) as running, Fleet(tmp_path) as fleet:
        lay_out(tmp_path, teams=teams, url=url, port=running.port)
        config = tmp_path / "config.toml"
        at = f"{due.astimezone(ZoneInfo('Asia/Seoul')):%a %H:%M}"
        text = config.read_text(encoding="utf-8").replace("Mon 08:00", at)
        config.write_text(text, encoding="utf-8")
        (tmp_path / "fast.py").write_text(FAST, encoding="utf-8")
        fleet.start("--concurrency", "1")
        fleet.start("--concurrency", "1", program=("fast.py",))
        assert until(lambda: settled(url, teams), seconds=400), fleet.said() + fleet.said(1)
        told = loopnote("doctor", "--json", folder=tmp_path).out
    assert len(mails(host)) == teams
    assert min(arrivals) >= due
    assert "s ahead of the database's" in told


def mails_and_notes(url: str) -> tuple[list[tuple[str, bytes, str]], list[str]]:
    with Store.open(url) as store:
        kept = Deliveries(store.database).messages_about(Week.parse("2026-W47"))
        notes = sorted(repr(one.entry) for one in store.notes())
    return sorted((key, mail.body, mail.page) for key, mail in kept), notes


def test_workers_make_the_same_notes_and_bytes_as_one_process(tmp_path, postgres) -> None:
    fixed, teams = "2026-11-23T08:00:30+09:00", 4
    one, many, host = postgres.database(), postgres.database(), MailHost()
    with MailHostRunning(host) as running:
        lay_out(tmp_path / "one", teams=teams, url=one, port=running.port)
        assert loopnote("run", folder=tmp_path / "one", LOOPNOTE_NOW=fixed).code == 0
        with Fleet(tmp_path / "many", LOOPNOTE_NOW=fixed) as fleet:
            lay_out(tmp_path / "many", teams=teams, url=many, port=running.port)
            for _ in range(2):
                fleet.start("--concurrency", "1")
            assert until(lambda: settled(many, teams), seconds=400), fleet.said()
    assert len(mails_and_notes(one)[0]) == teams
    assert mails_and_notes(one) == mails_and_notes(many)


def add_an_endless_log(folder: Path) -> None:
    """Give the folder a log whose end never comes."""
    os.mkfifo(folder / "logs" / "endless.csv")
    more = (
        '\n[[teams]]\nname = "Slow"\n[[sources]]\nname = "endless"\nteam = "Slow"\n'
        'kind = "file"\npath = "logs/endless.csv"\n'
    )
    with (folder / "config.toml").open("a", encoding="utf-8") as file:
        file.write(more)


def test_a_log_that_takes_for_ever_keeps_no_other_team_waiting(tmp_path: Path, url: str) -> None:
    host, teams = MailHost(), 3
    with (
        MailHostRunning(host) as running,
        Fleet(tmp_path, LOOPNOTE_NOW=seconds_ahead(MONDAY)) as fleet,
    ):
        lay_out(tmp_path, teams=teams, url=url, port=running.port)
        earlier = seconds_ahead(MONDAY - 7200)
        assert loopnote("sync", folder=tmp_path, LOOPNOTE_NOW=earlier).code == 0
        add_an_endless_log(tmp_path)
        fleet.start("--concurrency", "1")
        assert until(lambda: settled(url, teams), seconds=400), fleet.said()
    judge(url, host, teams)
    with Store.open(url) as store:
        tried = {one.source: one.last_attempt.timestamp() for one in store.health()}
    assert min(tried[f"log{number:04}"] for number in range(teams)) >= MONDAY


def test_a_second_signal_gives_back_what_is_not_done(tmp_path: Path, url: str) -> None:
    host, teams = MailHost(), 3
    with (
        MailHostRunning(host) as running,
        Fleet(tmp_path, LOOPNOTE_NOW=seconds_ahead(MONDAY)) as fleet,
    ):
        lay_out(tmp_path, teams=teams, url=url, port=running.port)
        add_an_endless_log(tmp_path)
        worker_ = fleet.start()
        assert until(lambda: settled(url, teams), seconds=300), fleet.said()
        worker_.send_signal(signal.SIGTERM)
        time.sleep(1)
        worker_.send_signal(signal.SIGTERM)
        assert worker_.wait(60) == 0, fleet.said()
    judge(url, host, teams)


OLDER = (
    "import loopnote, procrastinate\n"
    "loopnote.__version__, procrastinate.__version__ = '0.0.9', '3.9.0'\n"
    "from loopnote.cli import main\n"
    "raise SystemExit(main())\n"
)
"""A worker of an earlier version, with a queue of an earlier version."""


def test_two_versions_side_by_side_send_each_mail_once_and_doctor_tells(tmp_path, url) -> None:
    host, teams = MailHost(), 6
    with (
        MailHostRunning(host) as running,
        Fleet(tmp_path, LOOPNOTE_NOW=seconds_ahead(MONDAY)) as fleet,
    ):
        lay_out(tmp_path, teams=teams, url=url, port=running.port)
        fleet.start("--concurrency", "1", program=("-c", OLDER))
        fleet.start("--concurrency", "1")
        assert until(lambda: "Works on" in fleet.said() and "Works on" in fleet.said(1)), (
            fleet.said()
        )
        told = loopnote("doctor", folder=tmp_path, **fleet.environment)
        assert until(lambda: settled(url, teams), seconds=400), fleet.said()
    assert "live side by side in versions 0.0.9 (3.9.0)" in told.out + told.err
    judge(url, host, teams)
    assert sum(mails(host).values()) == teams


def test_a_worker_ends_when_a_newer_version_has_migrated_the_store(tmp_path, url) -> None:
    with MailHostRunning(MailHost()) as running, Fleet(tmp_path) as fleet:
        lay_out(tmp_path, teams=1, url=url, port=running.port)
        older = fleet.start("--only", "sync")
        assert until(lambda: "Works on" in fleet.said()), fleet.said()
        with Store.open(url) as store, store.database.writing() as connection:
            connection.execute(update(revision_mark).values(version_num="9999"))
        assert older.wait(120) == 1, fleet.said()
        again = fleet.start("--only", "sync")
        assert again.wait(120) == 2, fleet.said(1)
    for said in (fleet.said(0), fleet.said(1)):
        assert "was written by a newer loopnote (schema 9999" in said


def test_a_run_does_the_work_when_no_worker_has_lived_for_long_and_tells(tmp_path, url) -> None:
    host, teams = MailHost(), 2
    with (
        MailHostRunning(host) as running,
        Fleet(tmp_path, LOOPNOTE_NOW=seconds_ahead(MONDAY)) as fleet,
    ):
        lay_out(tmp_path, teams=teams, url=url, port=running.port)
        killed = fleet.start("--only", "sync")
        assert until(lambda: "Works on" in fleet.said(), seconds=120)
        killed.kill()
        killed.wait(30)
        with Store.open(url) as store, store.database.writing() as connection:
            connection.execute(update(worker).values(beat=worker.c.beat - 900))
        ran = loopnote("run", folder=tmp_path, **fleet.environment)
        assert "[workers.silent]" in ran.err
        assert settled(url, teams)
    assert "no worker has been running" in " ".join(host.texts_to("op@example.org"))
