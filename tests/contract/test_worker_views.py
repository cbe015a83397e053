"""A job of a worker looks at what it is about only, and decides as if it had looked at
everything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes.postgres import Postgres
from fakes.worker_fleet import lay_out

from loopnote.config.read import load
from loopnote.services.wiring import Wiring
from loopnote.workers.decisions.dispatch import dispatch, makeable, spoken_of
from loopnote.workers.decisions.sweeps import teams_of_sweep, teams_to_sweep
from loopnote.workers.views import read_view, view_of_report, view_of_teams
from loopnote.workers.worker_context import WorkerContext
from notes.model.periods import Week
from notes.store.database import Database
from notes.store.delivery.ledger import Deliveries
from notes.store.work.leases import Leases

pytestmark = pytest.mark.postgres
MONDAY = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # 08:00 in Seoul
TEAMS = 6
SHARED = """
[[recipients]]
address = "all@example.org"
teams = ["*"]
[[recipients]]
address = "two@example.org"
teams = ["T0001", "T0002"]
"""


@contextmanager
def opened(folder: Path, now: datetime) -> Iterator[WorkerContext]:
    """Give the world of a worker whose clock stands still."""
    wiring = Wiring(load(folder / "config.toml"), clock=lambda: now)
    with wiring.store() as store:
        shared = Database(wiring.store_url())
        yield WorkerContext(
            wiring=wiring,
            store=store,
            shared=shared,
            run_id="r",
            holiday=lambda _country, _day: False,
            stop=lambda: False,
            leases=Leases(shared, "r"),
        )
        shared.close()


@pytest.fixture
def world(tmp_path: Path, postgres: Postgres) -> Iterator[WorkerContext]:
    """Teams of which some were read a moment ago, and one has its mail planned."""
    lay_out(tmp_path, teams=TEAMS, url=postgres.database(), port=1, more=SHARED)
    with opened(tmp_path, MONDAY - timedelta(minutes=5)) as found:
        store = found.store
        for team in ("T0001", "T0002", "T0004"):
            name = f"log{team[1:]}"
            store.record_failure(name, team, MONDAY - timedelta(minutes=6), error="", hint="")
        ledger = Deliveries(store.database)
        report = ledger.open_report(
            "T0004", Week.parse("2026-W47"), "weekly", subject="", now=MONDAY
        )
        ledger.skip(report, "lead0004@example.org", MONDAY, reason="nothing")
        yield found


def test_each_report_is_judged_alone_as_it_is_among_all(world: WorkerContext) -> None:
    whole = read_view(world)
    still = [one for one in whole.ahead if one.until > whole.now]
    among_all = makeable(world.config, whole, still)
    labels = {one.report for one in still}
    assert len(labels) == TEAMS + 1  # the two leaders of several teams share a label
    alone = [
        one
        for label in sorted(labels)
        for view in [view_of_report(world, label)]
        for one in makeable(world.config, view, view.ahead)
    ]
    assert {(one.report, one.address) for one in alone} == {
        ("T0001/2026-W47/weekly", "lead0001@example.org"),
        ("T0002/2026-W47/weekly", "lead0002@example.org"),
        ("*/2026-W47/weekly", "two@example.org"),
    }
    assert sorted(alone, key=repr) == sorted(among_all, key=repr)


def test_each_sweep_is_walked_alone_as_it_is_dispatched_among_all(world: WorkerContext) -> None:
    whole = read_view(world)
    sweeps = [one.key for one in dispatch(world.config, whole).jobs if one.kind == "sync"]
    assert sweeps == [f"file:T{number:04} slow" for number in (0, 3, 5)]
    for key in sweeps:
        own = teams_of_sweep(world.config, key)
        view = view_of_teams(world, own)
        found = teams_to_sweep(world.config, view.pulses, view.now, among=own)
        assert found == {key: own}


def test_a_job_about_one_team_reads_the_lines_of_that_team_and_of_its_shared_mails(
    world: WorkerContext,
) -> None:
    of_team = view_of_teams(world, ["T0004"])
    assert {one.address for one in of_team.ahead} == {"lead0004@example.org", "all@example.org"}
    assert all("T0004" in spoken_of(one, of_team.teams_of) for one in of_team.ahead)
    assert list(of_team.pulses) == ["log0004"]
    assert list(of_team.ledger) == [("T0004/2026-W47/weekly", "lead0004@example.org")]
    of_report = view_of_report(world, "T0001/2026-W47/weekly")
    assert [one.address for one in of_report.ahead] == ["lead0001@example.org"]
    assert list(of_report.pulses) == ["log0001"]
    assert not of_report.ledger


def test_mails_are_prepared_so_early_that_the_pace_of_last_week_suffices(
    tmp_path: Path, postgres: Postgres
) -> None:
    lay_out(tmp_path, teams=20, url=postgres.database(), port=1)
    with opened(tmp_path, MONDAY - timedelta(minutes=80)) as world:
        for number in range(20):
            name = f"T{number:04}"
            read = world.wiring.clock() - timedelta(minutes=1)
            world.store.record_failure(f"log{number:04}", name, read, error="", hint="")
        assert reports_wanted(world) == 0
        for number in range(20):  # last week one report took three minutes
            made = MONDAY - timedelta(days=7, minutes=20 - 3 * number)
            week = Week.parse("2026-W46")
            world.ledger.open_report(f"T{number:04}", week, "weekly", subject="", now=made)
        assert reports_wanted(world) == 20
        of_report = view_of_report(world, "T0003/2026-W47/weekly")
        wanted = [one for one in of_report.ahead if one.until > of_report.now]
        assert [one.address for one in wanted] == ["lead0003@example.org"]
        assert makeable(world.config, of_report, wanted) == wanted


def reports_wanted(world: WorkerContext) -> int:
    return sum(one.kind == "report" for one in dispatch(world.config, read_view(world)).jobs)
