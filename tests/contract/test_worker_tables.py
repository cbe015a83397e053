"""What workers share in PostgreSQL: budgets that hold over all hosts, leases that end,
workers that are seen dead.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from fakes.postgres import Postgres
from sqlalchemy import select, update

from loopnote.services.shared_pace import SharedRateLimiter
from loopnote.workers import dispatch_times
from loopnote.workers.dispatch_times import DispatchTimes
from notes.model.errors import SourceUnavailableError, StoreError
from notes.store.sql.schema import lease, rate_slot, worker
from notes.store.store import Store
from notes.store.work.failures import GIVEN_UP, WorkFailure, WorkFailures
from notes.store.work.leases import LEASE_S, Leases
from notes.store.work.rate_slots import Budget, RateSlots
from notes.store.work.workers import WorkerProcess, Workers

pytestmark = pytest.mark.postgres
STEP = 100.0
"""Seconds between two requests: so long that no machine is too slow for these tests."""
ACCOUNT = Budget("google:", 60 / STEP, burst=2)
PROJECT = Budget("google-project:", 600)


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url, patience=0.2) as opened:
        yield opened


def waits(slots: RateSlots, count: int, *budgets: Budget) -> list[int]:
    """Reserve again and again; return for how many steps each has to wait."""
    found = [slots.reserve(budgets, patience_s=10_000) for _ in range(count)]
    return [round(one.wait_s / STEP) for one in found]


def test_a_budget_gives_its_burst_at_once_and_then_an_even_pace(store):
    assert waits(RateSlots(store.database), 4, ACCOUNT) == [0, 0, 1, 2]


def test_two_budgets_of_one_request_are_reserved_together_or_not_at_all(store):
    slots = RateSlots(store.database)
    slots.pause(PROJECT.key, 7 * STEP)
    refused = slots.reserve([ACCOUNT, PROJECT], patience_s=STEP)
    assert not refused.reserved
    assert round(refused.wait_s / STEP) == 7
    assert slots.wait_s([ACCOUNT]) == 0
    assert waits(slots, 2, ACCOUNT) == [0, 0]


def test_asking_how_long_to_wait_reserves_nothing(store):
    slots = RateSlots(store.database)
    assert [slots.wait_s([ACCOUNT]) for _ in range(5)] == [0] * 5
    assert waits(slots, 2, ACCOUNT) == [0, 0]


def test_many_hosts_reserve_no_more_than_the_budget(store):
    slots, each = RateSlots(store.database), Budget("notion:", 60 / STEP)
    with ThreadPoolExecutor(4) as hosts:
        found = list(hosts.map(lambda _: slots.reserve([each], patience_s=1e6).wait_s, range(40)))
    assert sorted(round(one / STEP) for one in found) == list(range(40))


def test_what_one_host_is_told_pauses_the_others(store):
    one, other = RateSlots(store.database), RateSlots(store.database)
    limiter = SharedRateLimiter(60, service="Notion", budgets=[ACCOUNT], slots=lambda: one)
    limiter.hold(9 * STEP)
    other.pause(ACCOUNT.key, STEP)  # a shorter one does not end it
    assert round(other.paused_s(ACCOUNT.key) / STEP) == 9
    with pytest.raises(SourceUnavailableError, match="Notion asked to wait"):
        limiter.wait()


def test_a_request_waits_for_its_turn_and_looks_for_a_pause_again(store):
    slots, slept = RateSlots(store.database), list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 1:
            slots.pause(ACCOUNT.key, 5 * STEP)
        else:
            with store.database.writing() as connection:
                connection.execute(update(rate_slot).values(paused_until=0.0))

    waits(slots, 2, ACCOUNT)
    SharedRateLimiter(60, sleep=sleep, budgets=[ACCOUNT], slots=lambda: slots).wait()
    assert [round(one / STEP) for one in slept] == [1, 5]


def test_a_lease_is_one_process_at_a_time_and_ends_by_itself(store):
    one, other = Leases(store.database, "one"), Leases(store.database, "other")
    with one.held("source log") as first, other.held("source log") as second:
        assert (first, second) == (True, False)
    with other.held("source log") as third:
        assert third
        with store.database.writing() as connection:
            connection.execute(update(lease).values(until=0.0))  # its holder hangs
        assert one.take("source log")
    assert not other.take("source log")  # what the hanging one gave back was not its any more


def test_a_renewed_lease_goes_on_and_an_ended_one_is_not_revived(store):
    one, other = Leases(store.database, "one"), Leases(store.database, "other")
    assert one.take("a", seconds=LEASE_S / 2)
    assert one.take("b", seconds=0.0)
    one.renew()
    with store.database.reading() as connection:
        (kept,) = connection.execute(select(lease).where(lease.c.key == "a"))
    assert kept.until - kept.since >= LEASE_S
    assert not other.take("a")
    assert other.take("b")
    one.release_all()
    assert other.take("a")


def process(name: str) -> WorkerProcess:
    return WorkerProcess(id=name, host="host", pid=1, version="1", kinds=("sync",), concurrency=2)


def test_a_lease_that_could_not_be_given_back_is_not_renewed(store, url):
    one = Leases(store.database, "one")
    assert one.take("a", seconds=LEASE_S / 2)
    with pytest.raises(StoreError), locked(url):
        one.release("a")
    one.renew()
    with store.database.reading() as connection:
        (kept,) = connection.execute(select(lease))
    assert kept.until - kept.since < LEASE_S


@contextmanager
def locked(url: str) -> Iterator[None]:
    with Store.open(url) as other, other.database.writing() as connection:
        connection.exec_driver_sql("LOCK TABLE lease IN ACCESS EXCLUSIVE MODE")
        yield


def test_a_worker_that_does_not_beat_is_dead(store):
    workers = Workers(store.database)
    for name in ("alive", "silent", "ended"):
        workers.register(process(name), skew_s=0.0)
    workers.end("ended")
    with store.database.writing() as connection:
        silent = update(worker).where(worker.c.id == "silent")
        connection.execute(silent.values(beat=worker.c.beat - 100))
    workers.beat("alive", skew_s=12.5)
    states = {one.process.id: one for one in workers.states()}
    assert {name for name, one in states.items() if one.alive} == {"alive"}
    assert states["alive"].skew_s == 12.5
    assert states["silent"].process.kinds == ("sync",)


def test_failures_are_counted_until_the_work_is_done(store):
    failures = WorkFailures(store.database)
    for _ in range(GIVEN_UP):
        failures.put(WorkFailure("sync file:T", "no", "look"))
    (found,) = failures.open()
    assert found.given_up
    assert not failures.died("sync file:T").given_up
    assert (found.message, found.hint) == ("no", "look")
    failures.done("sync file:T")
    assert failures.open() == []


@pytest.fixture
def long_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let turns last longer than any machine takes for a test."""
    monkeypatch.setattr(dispatch_times, "TICK_S", 1000.0)
    monkeypatch.setattr(dispatch_times, "_DUE_S", 1000.0)


@pytest.mark.usefixtures("long_turns")
def test_what_becomes_due_is_dispatched_at_once_although_another_worker_just_looked(store):
    hour = datetime(2026, 11, 22, 23, tzinfo=UTC)
    before, past = hour - timedelta(seconds=3), hour + timedelta(seconds=0.1)
    first, second = (DispatchTimes(Leases(store.database, "tick"), "tick q") for _ in range(2))
    assert first.take(before)
    first.expect(hour)
    assert first.wait_s(before) == pytest.approx(3.05)
    assert not second.take(before)
    second.expect(hour)
    assert [first.take(past), second.take(past)] == [True, False]
    assert first.wait_s(past) > 5


@pytest.mark.usefixtures("long_turns")
def test_what_is_not_due_yet_is_looked_for_by_one_worker_in_ten_seconds(store):
    now = datetime(2026, 11, 22, 23, tzinfo=UTC)
    workers = [DispatchTimes(Leases(store.database, "tick"), "tick q") for _ in range(4)]
    for one in workers:
        one.expect(now + timedelta(minutes=5))
    assert [one.take(now) for one in workers] == [True, False, False, False]
