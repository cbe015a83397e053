"""The store when the world is against it.

Kill -9, a full disk, another program's lock, two runs at once.
"""

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fakes.changing_log import edition_links
from fakes.entries import MONDAY, entry, new, same, weeks_later
from sqlalchemy import select, text

from notes.export_formats.record import ExportSelection, NumberedRecord, Record
from notes.model.errors import StoreBusyError, StoreError
from notes.model.notes import Link, Place, Problem
from notes.store.search.query import SearchQuery
from notes.store.sql.schema import (
    note,
    note_version,
    problem,
    search_document,
    search_queue,
    source,
)
from notes.store.store import Store

STEPS = 30
BLAMELESS = (note, note_version, problem, source, search_queue, search_document)
"""Everything that must not depend on what happened on the way."""


def one_step(store: Store) -> bool:
    """Sync the next edition; tell whether there was one."""
    step: int = store.state("trials").get("step", 0)
    if step == STEPS:
        return False
    with store.update("trials", "Bookshop", f"run {step}", now=weeks_later(step / 7)) as update:
        update.save(edition_links(step, update.known.rows()))
        update.gone_except_seen()
        update.put_problems(
            [Problem(Place("2월", step), "impossible_date", f"{step}") for _ in range(step % 4)]
        )
        update.finish({"step": step + 1})
    return True


def all_steps(url: str) -> None:
    with Store.open(url, patience=30) as store:
        while one_step(store):
            if store.state("trials")["step"] % 10 == 0:
                store.search("goal")
        store.search("goal")


def content(url: str) -> dict[str, Any]:
    with Store.open(url) as store, store.database.reading() as connection:
        unsettled = {"doc", "generation"}
        found: dict[str, Any] = {
            table.name: sorted(
                tuple(
                    str(row[column.name])
                    for column in table.columns
                    if column.name not in unsettled
                )
                for row in connection.execute(select(table)).mappings()
            )
            for table in BLAMELESS
        }
        if store.database.dialect == "sqlite":
            found["check"] = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        return found


def forked(work: Callable[[], None]) -> int:
    """Do something in a process of its own; return its id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    except BaseException as error:  # noqa: BLE001  a child must never go on as the parent's test run
        os.write(2, f"{error!r}\n".encode())
        os._exit(1)
    os._exit(0)


def undisturbed(url: str) -> float:
    """Run the steps in a process of its own; return how many seconds they took."""
    began = time.monotonic()
    assert os.waitpid(forked(lambda: all_steps(url)), 0)[1] == 0
    return time.monotonic() - began


def killed_again_and_again(url: str, kills: int, *, seed: int, steps_take: float) -> int:
    """Run the steps, killing the process at random moments of their first quarter.

    Return how often it was still alive to be killed; each time the steps go on where they were.
    """
    chance, hits = random.Random(seed), 0
    for _ in range(kills):
        pid = forked(lambda: all_steps(url))
        time.sleep(chance.uniform(0, steps_take / 4))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        hits += os.WIFSIGNALED(status)
    return hits


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 here")
def test_ten_kills_leave_the_store_of_an_undisturbed_run(tmp_path: Path) -> None:
    calm, disturbed = f"sqlite:///{tmp_path}/calm.db", f"sqlite:///{tmp_path}/disturbed.db"
    took = undisturbed(calm)

    assert killed_again_and_again(disturbed, 10, seed=1, steps_take=took) > 0
    all_steps(disturbed)

    assert content(disturbed) == content(calm)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 here")
def test_two_hundred_kills_leave_the_store_of_an_undisturbed_run(tmp_path: Path) -> None:
    calm = f"sqlite:///{tmp_path}/calm.db"
    took = undisturbed(calm)
    hits = 0
    for round_ in range(10):
        disturbed = f"sqlite:///{tmp_path}/disturbed{round_}.db"
        hits += killed_again_and_again(disturbed, 20, seed=round_, steps_take=took)
        all_steps(disturbed)
        assert content(disturbed) == content(calm)
    assert hits > 50


def race(url: str) -> None:
    """Run the steps beside another process.

    A step that the other finished first is simply not ours.
    """
    with Store.open(url, patience=30) as store:
        while True:
            try:
                if not one_step(store):
                    return
            except StoreBusyError:
                time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_two_runs_at_once_leave_the_store_of_one(store_url: str, tmp_path: Path) -> None:
    calm = f"sqlite:///{tmp_path}/calm.db"
    all_steps(calm)

    pids = [forked(lambda: race(store_url)) for _ in range(3)]
    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0, 0, 0]
    with Store.open(store_url) as store:
        store.search("goal")

    raced, undisturbed = content(store_url), content(calm)
    assert raced["note_version"] == undisturbed["note_version"]
    assert [row[1:] for row in raced["problem"]] == [row[1:] for row in undisturbed["problem"]]
    assert [row[1] for row in raced["note"]] == [row[1] for row in undisturbed["note"]]


CALLS: dict[str, Callable[[Store], object]] = {
    "begin_run": lambda store: store.begin_run("sync", MONDAY),
    "end_run": lambda store: store.end_run("run", MONDAY, ok=True),
    "runs": lambda store: store.runs(),
    "update": one_step,
    "record_failure": lambda store: store.record_failure("trials", "Bookshop", MONDAY, error="403"),
    "state": lambda store: store.state("trials"),
    "readings": lambda store: store.readings("trials"),
    "health": lambda store: store.health(),
    "teams": lambda store: store.teams(),
    "source_teams": lambda store: store.source_teams(),
    "asked": lambda store: store.asked("Bookshop", "weekly"),
    "latest": lambda store: store.latest("experiment", before=MONDAY.date(), limit=3),
    "notes": lambda store: list(store.notes()),
    "notes touching": lambda store: list(
        store.notes(touching=(date(2026, 1, 1), date(2026, 1, 7)))
    ),
    "notes as of": lambda store: list(store.notes(as_of=MONDAY)),
    "note": lambda store: store.note("a"),
    "versions": lambda store: store.versions("a"),
    "problems": lambda store: store.problems(),
    "search": lambda store: store.search("goal"),
    "answers": lambda store: store.answers(SearchQuery("goal")),
    "search_count": lambda store: store.search_count(SearchQuery("goal"), 3),
    "similar": lambda store: store.similar("goal"),
    "steps": lambda store: store.steps(["a"]),
    "fingerprints": lambda store: store.fingerprints(),
    "doubts": lambda store: store.doubts(),
    "records": lambda store: list(store.records(ExportSelection())),
    "import_records": lambda store: store.import_records(
        [NumberedRecord(2, Record("heartbeat", {"name": "run", "at": MONDAY}))]
    ),
    "join": lambda store: store.join("a", "b", "run", now=MONDAY),
    "split": lambda store: store.split("a", "run", MONDAY),
    "undo_manual_link": lambda store: store.undo_manual_link(1, "run", MONDAY),
    "part_source": lambda store: store.part_source("a", "b", "run", now=MONDAY),
    "experiments": lambda store: store.experiments("a"),
    "continued_sources": lambda store: store.continued_sources(),
    "manual_links": lambda store: store.manual_links(),
    "doubt": lambda store: store.doubt("a"),
    "check": lambda store: store.check(),
    "prune": lambda store: store.prune(MONDAY, gone_days=1, versions_days=1),
    "erase": lambda store: store.erase(["x"], mark="y", now=MONDAY),
    "erased_names": lambda store: store.erased_names(),
    "knows_run": lambda store: store.knows_run("run"),
    "give_back_space": lambda store: store.give_back_space(),
    "bring_index_up_to_date": lambda store: store.bring_index_up_to_date(),
}


def test_every_method_of_the_store_is_tried_against_a_lock() -> None:
    own = {
        name
        for name, member in vars(Store).items()
        if callable(member) and not name.startswith("_")
    }

    assert own - {"open", "close", "backup"} == {name.split()[0] for name in CALLS}


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Hold everything, as another program."""
    if store.database.dialect == "sqlite":
        store.close()  # SQLite gives the exclusive lock to the only one
        other = sqlite3.connect(store.database.where, isolation_level=None)
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.close()
        return
    with store.database.writing() as connection:
        names = (
            "note, note_version, problem, source, run, repair, search_queue, search_document,"
            " note_search, erased_name, report, delivery"
        )
        connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
        yield


@pytest.mark.parametrize("name", CALLS)
def test_another_programs_lock_is_told_in_one_line(store_url: str, name: str) -> None:
    with Store.open(store_url, patience=0.05) as store:
        all_steps_of_one(store)
        if name == "check" and store.database.dialect == "postgresql":
            with locked(store):
                assert store.check() == []  # PostgreSQL keeps its own structure
            return
        with (
            locked(store),
            pytest.raises(StoreBusyError, match="another program is using the store") as caught,
        ):
            CALLS[name](store)

    assert caught.value.hint


def all_steps_of_one(store: Store) -> None:
    one_step(store)
    one_step(store)


def test_a_full_disk_loses_nothing_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        one_step(store)
        before = content(f"sqlite:///{tmp_path}/store.db")
        store.close()
        connected = store.database._connected
        monkeypatch.setattr(
            store.database, "_connected", lambda file: _no_more_pages(connected(file))
        )
        rows = new(
            *(entry(row, f"much {row}", learned="길다 " * 300, tab="새") for row in range(500))
        )

        with pytest.raises(StoreError, match="the disk is full: nothing was saved") as caught:
            save_all(store, rows)

        assert "free some space" in caught.value.hint
    assert content(f"sqlite:///{tmp_path}/store.db") == before


def save_all(store: Store, rows: list[Link]) -> None:
    with store.update("trials", "Bookshop", "run", now=MONDAY) as update:
        update.save(rows)
        update.finish({"step": 99})


def _no_more_pages(connection: sqlite3.Connection) -> sqlite3.Connection:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    return connection


def test_a_reader_sees_one_moment_while_another_writes(store: Store) -> None:
    all_steps_of_one(store)
    living = [each.id for each in store.notes()]

    reading = store.notes()
    first = next(reading)
    one_step(store)

    assert [first.id, *(each.id for each in reading)] == living


def test_an_update_that_is_never_finished_saves_nothing(store: Store) -> None:
    with store.update("trials", "Bookshop", "run", now=MONDAY) as update:
        update.save(new(entry(2, "가")))

    assert list(store.notes()) == []
    assert store.health() == []


def test_the_same_link_twice_is_not_one_row_lost(store: Store) -> None:
    save_all(store, new(entry(2, "가")))
    (known,) = store.notes()

    save_all(store, [same(entry(2, "가"), known.id), same(entry(3, "가"), known.id)])

    assert len(list(store.notes())) == 2
