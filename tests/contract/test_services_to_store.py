"""Both services all the way into the store.

What vanished, what came back, what is no note any more.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes.google_server import google_server
from fakes.http_service import Answer
from fakes.notion_server import TOKEN, failing, notion_server, truncated

from notes.store.store import Store
from sync.notion.source import NotionSource
from sync.parse_result import ParseOptions
from sync.pulls.pull import PullResult, SourceJob, pull_source
from sync.retry import RetryPolicy
from sync.sheets.source import SheetsSource


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/notes.db") as opened:
        yield opened


def run(store: Store, source: Any, world: Any, *, full: bool = False) -> PullResult:
    world.tick(60)
    run_id = store.begin_run("sync", world.now)
    pulled = pull_source(
        store,
        SourceJob(source, ParseOptions()),
        run_id=run_id,
        now=world.now,
        full=full,
        progress=lambda _text: None,
    )
    store.end_run(run_id, world.now, ok=pulled.ok)
    return pulled


def titles(store: Store) -> set[str]:
    return {stored.note.title for stored in store.notes()}


def test_notion_pages_live_and_die_in_the_store(store: Store) -> None:
    with notion_server() as server:
        world = server.world
        database = world.database("Trials")
        names = {"Name": "title", "Hypothesis": "rich_text", "Retrospective": "rich_text"}
        ds = world.data_source(database, "Trials", dict(names))
        start = world.now - timedelta(days=200)
        rows = [
            world.add(
                ds, {"Name": f"Trial {n}", "Hypothesis": f"if {n}"}, at=start + timedelta(hours=n)
            )
            for n in range(130)
        ]
        source = NotionSource(
            "trials", "growth", database, token=lambda: TOKEN, base_url=server.url,
            clock=lambda: world.now,
            sleep=world.tick, retry=RetryPolicy(attempts=3),
        )  # fmt: skip
        assert run(store, source, world).counts.new == 130
        assert run(store, source, world).unchanged
        world.edit(rows[3], Retrospective="It was the price.")
        changed = run(store, source, world).counts
        assert (changed.read, changed.changed, changed.gone) == (1, 1, 0)
        world.trash(rows[4])
        assert run(store, source, world).counts.gone == 1
        world.edit(rows[5], Name="[Template]", Hypothesis="")
        assert run(store, source, world).counts.gone == 1
        before = store.state("trials")
        world.edit(rows[6], Hypothesis="lost?")
        server.fail(*[truncated] * 3)
        assert not run(store, source, world).ok
        assert store.state("trials") == before
        assert run(store, source, world).counts.changed == 1
        assert len(titles(store)) == 128


def test_one_changed_page_does_not_change_what_a_column_means(store: Store) -> None:
    with notion_server() as server:
        world = server.world
        database = world.database("Trials")
        ds = world.data_source(
            database, "Trials", {"Name": "title", "Hypothesis": "rich_text", "Learned": "rich_text"}
        )
        rows = [
            world.add(ds, {"Name": f"Trial {n}", "Hypothesis": f"if {n}, then more"})
            for n in range(9)
        ]
        source = NotionSource(
            "trials", "growth", database, token=lambda: TOKEN, base_url=server.url,
            clock=lambda: world.now,
            sleep=world.tick, bodies=False,
        )  # fmt: skip
        run(store, source, world)
        columns = store.readings("trials")
        world.edit(rows[3], Hypothesis="validated")
        assert run(store, source, world).counts.changed == 1
        (changed,) = [stored.note for stored in store.notes() if stored.note.title == "Trial 3"]
        assert (changed.hypothesis, changed.outcome) == ("validated", None)
        assert store.readings("trials") == columns


def test_a_relation_keeps_its_title_when_only_one_end_changes(store: Store) -> None:
    with notion_server() as server:
        world = server.world
        database = world.database("Trials")
        names = {
            "Name": "title",
            "Learned": "rich_text",
            "Hypothesis": "rich_text",
            "Applied to": "relation",
        }
        ds = world.data_source(database, "Trials", dict(names))
        target = world.add(
            ds, {"Name": "The second chair", "Hypothesis": "if they sit twice, they buy"}
        )
        row = world.add(
            ds, {"Name": "Half a day", "Learned": "end well", "Applied to": [target.id]}
        )
        source = NotionSource(
            "trials", "growth", database, token=lambda: TOKEN, base_url=server.url,
            clock=lambda: world.now,
            sleep=world.tick, bodies=False,
        )  # fmt: skip
        run(store, source, world)
        world.edit(row, Learned="end very well")
        assert run(store, source, world).counts.changed == 1
        (changed,) = [stored.note for stored in store.notes() if stored.note.title == "Half a day"]
        assert (changed.learned, changed.applied_to) == ("end very well", "The second chair")


def test_a_relation_to_a_page_that_comes_batches_later_has_its_title_at_once(store: Store) -> None:
    with notion_server() as server:
        world = server.world
        database = world.database("Trials")
        names = {
            "Name": "title",
            "Learned": "rich_text",
            "Hypothesis": "rich_text",
            "Applied to": "relation",
        }
        ds = world.data_source(database, "Trials", dict(names))
        rows = [
            world.add(ds, {"Name": f"Trial {n}", "Learned": f"lesson {n}", "Hypothesis": "if"})
            for n in range(1250)
        ]
        links: list[tuple[int, dict[str, Any]]] = [
            (3, {"Applied to": [rows[1240].id, rows[5].id]}),
            (700, {"Applied to": [rows[1249].id]}),
            (701, {"Applied to": [world.new_id()]}),
        ]
        for place, change in links:
            world.edit(rows[place], **change)
        source = NotionSource(
            "trials", "growth", database, token=lambda: TOKEN, base_url=server.url,
            clock=lambda: world.now,
            sleep=world.tick, bodies=False,
        )  # fmt: skip
        first = run(store, source, world)
        assert (first.counts.new, first.requests) == (1250, 15)
        found = [
            each.problem for each in store.problems() if each.problem.code == "dangling_relation"
        ]
        assert [problem.place.page_id for problem in found] == [rows[701].id]
        applied = {
            stored.note.title: stored.note.applied_to
            for stored in store.notes()
            if stored.note.applied_to
        }
        assert applied["Trial 3"] == "Trial 1240\nTrial 5"
        assert applied["Trial 700"] == "Trial 1249"
        again = run(store, source, world, full=True).counts
        assert (again.read, again.changed) == (1250, 0)


def test_rows_of_a_sheet_that_was_only_sorted_have_no_new_versions(
    store: Store, tmp_path: Path
) -> None:
    with google_server() as server:
        world = server.world
        book = world.spreadsheet("Trials")
        head = ["Date", "Experiment", "Hypothesis", "What we did", "Result", "Learned", "Owner"]
        rows = [
            [
                date(2026, 3, 2) + timedelta(days=n),
                f"Trial {n}",
                f"If {n} then more",
                f"We did {n}",
                "Up",
                f"Ask {n}",
                "Ada",
            ]
            for n in range(30)
        ]
        tab = book.tab("Log", [head, *rows])
        key = tmp_path / "key.json"
        key.write_text(json.dumps(server.key()), encoding="utf-8")
        source = SheetsSource(
            "log", "growth", book.id, credentials=key, sheets_url=server.url, drive_url=server.url,
            clock=lambda: world.now, sleep=world.tick,
        )  # fmt: skip
        assert run(store, source, world).counts.new == 30
        assert run(store, source, world).unchanged
        tab.rows[1:] = reversed(tab.rows[1:])
        world.touch(book)
        sorted_only = run(store, source, world).counts
        assert (sorted_only.new, sorted_only.changed, sorted_only.gone) == (0, 0, 0)
        del tab.rows[5]
        world.touch(book)
        assert run(store, source, world).counts.gone == 1


def test_a_token_revoked_at_any_request_of_a_pull_keeps_every_note_and_says_why(
    store: Store,
) -> None:
    with notion_server() as server:
        world = server.world
        database = world.database("Trials")
        ds = world.data_source(database, "Trials", {"Name": "title", "Hypothesis": "rich_text"})
        rows = [
            world.add(ds, {"Name": f"Trial {n}", "Hypothesis": f"if {n}, then more"})
            for n in range(230)
        ]
        source = NotionSource(
            "trials", "growth", database, token=lambda: TOKEN, base_url=server.url,
            clock=lambda: world.now,
            sleep=world.tick, bodies=False, retry=RetryPolicy(attempts=2),
        )  # fmt: skip
        assert run(store, source, world).counts.new == 230
        asked = len(server.log)
        assert run(store, source, world, full=True).ok
        requests = len(server.log) - asked
        assert requests >= 4
        for passed in range(requests):
            world.edit(rows[passed], Hypothesis=f"changed {passed}")
            through: list[Any] = [lambda _request: None] * passed
            server.fail(*through, *[failing(401, "unauthorized")] * 3)
            pulled = run(store, source, world, full=True)
            server.faults.clear()
            assert not pulled.ok
            assert pulled.hint
            assert len(titles(store)) == 230
        last = run(store, source, world, full=True).counts
        assert (last.changed, last.gone) == (requests, 0)


def test_a_person_whom_notion_no_longer_names_still_owns_their_notes(store: Store) -> None:
    with notion_server() as server:
        world = server.world
        database = world.database("Trials")
        columns = {"Name": "title", "Hypothesis": "rich_text", "Owner": "people"}
        ds = world.data_source(database, "Trials", dict(columns))
        for number, owners in enumerate((["Mina"], ["Ben", "Mina"], ["Ben"])):
            values = {"Name": f"Trial {number}", "Hypothesis": f"if {number}, then more"}
            world.add(ds, {**values, "Owner": owners})
        source = NotionSource(
            "trials", "growth", database, token=lambda: TOKEN, base_url=server.url,
            clock=lambda: world.now,
            sleep=world.tick, bodies=False,
        )  # fmt: skip
        assert run(store, source, world).counts.new == 3
        world.nameless.add("Mina")
        counts = run(store, source, world, full=True).counts
        assert (counts.new, counts.gone) == (0, 0)
        by_id = f"@{world.person('Mina')['id'][:8]}"
        assert sorted(one.note.owners for one in store.notes()) == [
            (by_id,), ("Ben",), ("Ben", by_id)
        ]  # fmt: skip


def refuse(_request: Any) -> Answer:
    denied = {"code": 403, "status": "PERMISSION_DENIED", "message": "no"}
    return Answer(403, {"error": denied})


def test_a_share_taken_away_while_a_sheet_is_read_keeps_every_note(store: Store) -> None:
    with google_server() as server:
        world = server.world
        book = world.spreadsheet("Trials")
        header = ["Date", "Goal", "Hypothesis", "What we did", "Retrospective"]
        rows = [
            [date(2026, 9, 8), "More orders", "A reminder brings people back", "Sent one", "Fine"],
            [date(2026, 9, 9), "More orders", "A photo sells better", "Took new photos", ""],
            [date(2026, 9, 10), "Fewer returns", "A size table helps", "Drew a table", "Half"],
        ]
        book.tab("September", [header, *rows])
        source = SheetsSource(
            "sheet", "growth", book.id, credentials=server.key, sheets_url=server.url,
            drive_url=server.url, sleep=world.tick, clock=lambda: world.now,
            retry=RetryPolicy(attempts=2),
        )  # fmt: skip
        assert run(store, source, world).counts.new == 3
        asked = len(server.api_log())
        assert run(store, source, world, full=True).ok
        requests = len(server.api_log()) - asked
        assert requests >= 2
        for passed in range(requests):
            server.fail(*[lambda _request: None] * passed, *[refuse] * 3)
            pulled = run(store, source, world, full=True)
            server.faults.clear()
            assert not pulled.ok, passed
            assert sum(1 for _ in store.notes()) == 3
        assert run(store, source, world, full=True).counts.gone == 0
