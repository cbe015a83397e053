"""No query of a pull, a report, a page or a look at the health walks through a table that grows.

SQLite's plans say SCAN; PostgreSQL is asked with sequential scans priced out, so that its plan has
one only where no index serves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fakes.entries import MONDAY, entry, new
from sqlalchemy import event, text

from notes.model.notes import Place, Problem
from notes.model.periods import Week
from notes.store.delivery.alarms import Alarms
from notes.store.store import Store
from reports.analysis.load_inputs import load_inputs
from reports.analysis.records.inputs import ReportTeam
from sync.files.source import FileSource
from sync.parse_result import ParseOptions
from sync.pulls.pull import SourceJob, pull_source

GROWING = ("note", "note_version", "problem", "report", "message", "delivery", "search_document")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@contextmanager
def asked(store: Store) -> Iterator[list[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def keep(statement, parameters=()):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.append((statement, parameters))

    def take(_connection, _cursor, statement, parameters, _context, many):
        if not many:
            keep(statement, parameters)

    engine = store.database._engine
    with store.database.asking():
        pass
    event.listen(engine, "before_cursor_execute", take)
    for plain in store.database._unused:  # SQLite's own, of which one is used at a time
        plain.set_trace_callback(keep)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", take)
        for plain in store.database._unused:
            plain.set_trace_callback(None)


def scans(store: Store, statements: list[tuple[str, Any]]) -> list[str]:
    with store.database.reading() as connection:
        if store.database.dialect == "sqlite":
            return sorted({found for each in statements for found in _sqlite(connection, *each)})
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        return sorted({found for each in statements for found in _postgres(connection, *each)})


def _sqlite(connection, statement, parameters):
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    for *_, step in plan:
        words = step.split()
        if words[0] == "SCAN" and words[1] in GROWING:
            yield f"{step}: {statement}"


def _postgres(connection, statement, parameters):
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
    yield from (f"{name}: {statement}" for name in _sequential(plan[0]["Plan"]) if name in GROWING)


def _sequential(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _sequential(part)


@pytest.fixture
def filled(store: Store) -> Store:
    for team in ("Bookshop", "Kitchen"):
        rows = [
            entry(row, f"goal {row} of {team}", start_date=date(2026, 11, 1) + timedelta(days=row))
            for row in range(2, 22)
        ]
        with store.update(f"log of {team}", team, "run", now=MONDAY) as update:
            update.save(new(*rows))
            update.put_problems([Problem(Place("2월", 3), "impossible_date", "2월 30일")])
            update.finish({})
    store.bring_index_up_to_date()
    return store


def pulled(store: Store, path, days: int):
    job = SourceJob(FileSource("log of Garden", "Garden", str(path)), ParseOptions())
    now = NOW + timedelta(days=days)
    run = store.begin_run("sync", now)
    found = pull_source(store, job, run_id=run, now=now, full=False, progress=lambda _text: None)
    assert found.ok, found.error
    return found


def test_a_pull_after_an_edit_scans_nothing_that_grows(filled: Store, tmp_path) -> None:
    log = tmp_path / "log.csv"
    lines = [
        f"2026-11-{day:02},a lamp {day} brings guests,we hung lamp {day},success"
        for day in range(1, 21)
    ]
    log.write_text("\n".join(["date,hypothesis,what we did,result", *lines]), encoding="utf-8")
    pulled(filled, log, 0)
    log.write_text(
        "\n".join(
            [
                "date,hypothesis,what we did,result",
                *lines[:-1],
                "2026-11-20,a bell brings guests,we rang it,failure",
            ]
        )
    )
    with asked(filled) as statements:
        assert pulled(filled, log, 1).counts.read == 20
    assert statements
    assert scans(filled, statements) == []


def test_looking_up_the_services_own_ids_scans_nothing_that_grows(filled: Store) -> None:
    with filled.update("log of Bookshop", "Bookshop", "run", now=NOW) as update:
        with asked(filled) as statements:
            update.known.note_ids(["a", "b"])
            update.known.titles(["a", "b"])
        assert scans(filled, statements) == []


def test_a_report_scans_nothing_that_grows(filled: Store) -> None:
    with asked(filled) as statements:
        inputs = load_inputs(filled, ReportTeam("Bookshop"), Week(2026, 47), now=NOW)
    assert inputs.notes
    assert len(statements) >= 5
    assert scans(filled, statements) == []


def test_what_a_page_shows_of_its_notes_scans_nothing_that_grows(filled: Store) -> None:
    ids = [one.id for one in filled.notes(team="Bookshop")]
    with asked(filled) as statements:
        list(filled.notes(ids=ids, include_gone=True))
        filled.versions(ids[0])
        filled.steps(ids)
    assert scans(filled, statements) == []


def test_a_look_at_the_health_scans_nothing_that_grows(filled: Store) -> None:
    with asked(filled) as statements:
        filled.health([("log of Bookshop", "Bookshop")])
        Alarms(filled.database).open()
        filled.bring_index_up_to_date()
    assert len(statements) == 4
    assert scans(filled, statements) == []


def test_a_scan_is_found_where_there_is_one(filled: Store) -> None:
    with asked(filled) as statements, filled.database.reading() as connection:
        connection.execute(text("SELECT count(*) FROM note WHERE url = 'x'")).all()
    assert len(scans(filled, statements)) == 1
