"""The Notion source against a server that is as strict and as strange as the real one."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from fakes.http_service import slow
from fakes.notion_server import (
    FAULTS,
    TOKEN,
    NotionServer,
    failing,
    notion_server,
    rate_limited,
    truncated,
)
from fakes.notion_workspace import FakeRow, NotionWorkspace, Rollup, rich

from notes.model.errors import SourceError, SourceRefusedError, SourceUnavailableError
from sync.contents.pages import DateValue, Page
from sync.notion.source import NotionSource
from sync.retry import RateLimiter, RetryPolicy

COLUMNS: dict[str, Any] = {
    "Name": "title",
    "Hypothesis": "rich_text",
    "Result": "rich_text",
    "Learned": "rich_text",
    "Status": {"type": "status", "id": "a%3Ab%5Cc"},
    "Day": {"type": "date", "id": "U%60%3BC"},
    "Owner": "people",
    "Used in": "relation",
    "Files": "files",
}
BODY_COLUMNS: dict[str, Any] = {"Name": "title", "Day": "date", "Owner": "people"}


@dataclass
class Pulled:
    pages: list[Page]
    requests: list[str]
    state: dict[str, Any]
    covers: str
    gone: tuple[str, ...]
    warnings: tuple[str, ...]
    unchanged: bool

    @property
    def ids(self) -> set[str]:
        return {page.id for page in self.pages}


@dataclass
class Team:
    """A source, its server, and what the store would hold."""

    server: NotionServer
    database: str
    source_id: str
    state: dict[str, Any] = field(default_factory=dict)
    alive: dict[str, Page] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def world(self) -> NotionWorkspace:
        return self.server.world

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.world.tick(seconds)

    def source(self, **more: Any) -> NotionSource:
        world = self.world
        settings: dict[str, Any] = {
            "database": self.database,
            "token": lambda: TOKEN,
            "base_url": self.server.url,
            "rate_limiter": RateLimiter(limit=100_000, clock=seconds_of(world), sleep=self.sleep),
            "sleep": self.sleep,
            "clock": lambda: world.now,
            "progress": self.told.append,
            **self.more,
            **more,
        }
        return NotionSource("trials", "growth", **settings)

    def pull(self, *, full: bool = False, **more: Any) -> Pulled:
        """Fetch as a sync run does: keep the pages and the state only when everything went well."""
        start = len(self.server.log)
        known: Collection[str] = set(self.alive)
        fetch = self.source(**more).fetch(self.state, full=full, known=lambda: known)
        pages = [page for found in fetch.contents for page in found.pages]
        outcome = fetch.outcome()
        self.state = json.loads(json.dumps(outcome.state))
        if outcome.covers == "all":
            self.alive = {}
        self.alive.update({page.id: page for page in pages})
        for page_id in outcome.gone:
            self.alive.pop(page_id, None)
        requests = [request.path for request in self.server.log[start:]]
        assert fetch.requests() == len(requests)
        assert len({page.id for page in pages}) == len(pages), "a page came twice"
        return Pulled(
            pages,
            requests,
            self.state,
            outcome.covers,
            outcome.gone,
            outcome.warnings,
            fetch.unchanged,
        )


def seconds_of(world: NotionWorkspace) -> Any:
    def clock() -> float:
        return world.now.timestamp()

    return clock


@pytest.fixture
def team() -> Iterator[Team]:
    with notion_server() as server:
        yield filled(server, COLUMNS)


@pytest.fixture
def diary() -> Iterator[Team]:
    """A team that writes in the pages' bodies."""
    with notion_server() as server:
        yield filled(server, BODY_COLUMNS)


def filled(server: NotionServer, columns: dict[str, Any]) -> Team:
    world = server.world
    database = world.database("Trials")
    source = world.data_source(database, "Trials", columns)
    return Team(server, database, source)


def add(team: Team, count: int, **more: Any) -> list[FakeRow]:
    start = team.world.now - timedelta(days=count)
    return [
        team.world.add(
            team.source_id,
            {
                "Name": f"Trial {number}",
                "Hypothesis": "if so, then",
                "Owner": ["Ada"],
                "Files": ["plan.pdf"],
            },
            at=start + timedelta(hours=number * 20),
            **more,
        )
        for number in range(count)
    ]


def titles(pulled: Pulled) -> set[str]:
    return {page.title for page in pulled.pages}


# --- counts of requests ---


def test_a_first_pull_needs_one_request_per_hundred_rows_and_two(team: Team) -> None:
    add(team, 230)
    pulled = team.pull()
    assert (len(pulled.pages), len(pulled.requests), pulled.covers) == (230, 5, "all")


def test_an_unchanged_database_needs_one_request_and_a_probe(team: Team) -> None:
    add(team, 230)
    team.pull()
    team.world.tick(3600)
    pulled = team.pull()
    assert pulled.unchanged
    assert len(pulled.requests) == 2


def test_an_unchanged_database_needs_one_request_where_the_probe_is_refused(team: Team) -> None:
    add(team, 230)
    team.server.trash = "refuse"
    team.pull()
    team.world.tick(3600)
    team.pull()
    assert len(team.pull().requests) == 1


def test_an_unchanged_small_database_needs_one_request(team: Team) -> None:
    add(team, 60)
    team.pull()
    pulled = team.pull()
    assert pulled.unchanged
    assert len(pulled.requests) == 1


def test_as_many_changes_as_one_answer_holds_need_one_request_and_a_probe(team: Team) -> None:
    rows = add(team, 1000)
    team.world.tick(3600)
    team.pull()
    team.world.tick(3600)
    for row in rows[::10]:
        team.world.edit(row, Hypothesis="changed")
    pulled = team.pull()
    assert pulled.ids == {row.id for row in rows[::10]}
    assert len(pulled.requests) == 2


def test_bodies_cost_one_request_for_each_changed_page(diary: Team) -> None:
    rows = add(diary, 150)
    for row in rows:
        diary.world.write_body(row, "## Learned\nask twice", bump=False)
    first = diary.pull()
    assert len(first.requests) == 2 + 2 + 150
    assert all(page.sections[0].text == "ask twice" for page in first.pages)
    diary.world.tick(3600)
    assert len(diary.pull().requests) == 2
    diary.world.write_body(rows[3], "## Learned\nask thrice")
    changed = diary.pull()
    assert [page.sections[0].text for page in changed.pages] == ["ask thrice"]
    assert len(changed.requests) == 3


def test_cut_values_cost_one_request_each_and_only_where_wanted(team: Team) -> None:
    targets = [team.world.new_id() for _ in range(30)]
    names = [f"Person {number}" for number in range(27)]
    team.world.add(team.source_id, {"Name": "wide", "Used in": targets, "Owner": names})
    (page,) = team.pull().pages
    values = {found.name: found for found in page.properties}
    assert values["Used in"].value == tuple(targets)
    assert values["Owner"].value == tuple(names)
    assert values["Owner"].complete
    wanted = team.pull(full=True, wanted=lambda column: column.type == "people")
    assert sum("/properties/" in path for path in wanted.requests) == 1
    assert not {found.name: found for found in wanted.pages[0].properties}["Used in"].complete


def test_a_text_that_says_there_is_more_of_it_is_completed(team: Team) -> None:
    team.world.cuts_texts = True
    runs = [piece for number in range(40) for piece in rich(f"word{number} ")]
    team.world.add(team.source_id, {"Name": "wide", "Learned": runs})
    (cut,) = team.pull(wanted=lambda _column: False).pages
    (whole,) = team.pull(full=True, wanted=lambda column: column.name == "Learned").pages
    found = [{one.name: one for one in page.properties}["Learned"] for page in (cut, whole)]
    assert [one.complete for one in found] == [False, True]
    assert "word24" in found[0].text
    assert "word25" not in found[0].text
    assert "word39" in found[1].text


TITLES = [{"type": "title", "title": rich(f"t{number}")} for number in range(130)]
ROLLED = [
    (Rollup("sum", {"type": "number", "number": 12.5}, 3), 12.5),
    (Rollup("earliest_date", {"type": "date", "date": {"start": "2026-01-02", "end": None,
    "time_zone": None}}, 3),
     DateValue(date(2026, 1, 2))),
    (Rollup("show_original", {"type": "array", "array": [{"type": "number",
    "number": n} for n in (1, 2)]}), "1, 2"),
    (Rollup("median", {"type": "unsupported", "unsupported": {}}, 3), None),
    (Rollup("sum", {"type": "number", "number": 130}, 130), 130),
    (Rollup("show_original", {"type": "array", "array": TITLES}),
    ", ".join(f"t{n}" for n in range(130))),
]  # fmt: skip
FORMULAS = [
    ({"type": "number", "number": 4}, 4),
    ({"type": "string", "string": "so"}, "so"),
    ({"type": "boolean", "boolean": False}, False),
    (
        {"type": "date", "date": {"start": "2026-01-02", "end": None, "time_zone": None}},
        DateValue(date(2026, 1, 2)),
    ),
    ({"type": "unsupported", "unsupported": {}}, None),
    ({"type": "string", "string": None}, None),
]


@pytest.mark.parametrize(("kind", "value", "cell"), [
    *(("rollup", value, cell) for value, cell in ROLLED),
    *(("formula", value, cell) for value, cell in FORMULAS),
])  # fmt: skip
def test_every_form_of_a_rollup_and_a_formula_is_read(
    team: Team, kind: str, value: Any, cell: Any
) -> None:
    config = {"rollup": {"function": "sum"}, "formula": {"expression": "1"}}[kind]
    spec = {"id": "rr", "type": kind, "config": config}
    team.world.sources[team.source_id].columns["Result of all"] = spec
    team.server.checked["data_source"] = 9
    team.world.add(team.source_id, {"Name": "a", "Result of all": value})
    (page,) = team.pull(wanted=lambda _column: True).pages
    found = page.properties[-1]
    assert (found.value, found.complete) == (cell, True)


def test_a_rollup_that_is_not_wanted_whole_is_marked_as_cut(team: Team) -> None:
    team.world.sources[team.source_id].columns["All"] = {"id": "rr", "type": "rollup", "config": {}}
    team.server.checked["data_source"] = 9
    team.world.add(
        team.source_id, {"Name": "a", "All": Rollup("sum", {"type": "number", "number": 130}, 130)}
    )
    pulled = team.pull(wanted=lambda _column: False)
    assert (pulled.pages[0].properties[-1].value, pulled.pages[0].properties[-1].complete) == (
        None,
        False,
    )
    assert not [path for path in pulled.requests if "/properties/" in path]


def test_more_than_a_hundred_blocks_are_read_by_their_cursor(diary: Team) -> None:
    diary.server.markdown = False
    lines = [paragraph(f"line {number}", diary.world.new_id()) for number in range(230)]
    diary.world.add(diary.source_id, {"Name": "long"}, blocks=lines)
    pulled = diary.pull()
    assert pulled.pages[0].sections[0].text.split("\n") == [
        f"line {number}" for number in range(230)
    ]
    assert sum(path.endswith("/children") for path in pulled.requests) == 3


def ask(
    server: NotionServer, method: str, path: str, *, version: str = "2025-09-03"
) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {TOKEN}", "Notion-Version": version}
    answer = httpx.request(
        method, server.url + path, headers=headers, content=b"{}" if method == "POST" else None
    )
    return answer.status_code, answer.json()


def test_the_server_knows_the_old_query_only_in_old_versions(team: Team) -> None:
    team.world.add(team.source_id, {"Name": "a"})
    status, refused = ask(team.server, "POST", f"/v1/databases/{team.database}/query")
    assert (status, refused["code"], refused["message"]) == (
        400,
        "invalid_request_url",
        "Invalid request URL.",
    )
    status, old = ask(
        team.server, "POST", f"/v1/databases/{team.database}/query", version="2022-06-28"
    )
    assert (status, len(old["results"])) == (200, 1)
    team.world.data_source(team.database, "Second", {"Name": "title"})
    status, refused = ask(
        team.server, "POST", f"/v1/databases/{team.database}/query", version="2022-06-28"
    )
    assert (status, refused["code"]) == (400, "validation_error")


def test_the_server_gives_a_block_by_its_id_and_lists_as_notion_does(diary: Team) -> None:
    lines = [paragraph(f"line {number}", diary.world.new_id()) for number in range(3)]
    row = diary.world.add(diary.source_id, {"Name": "short"}, blocks=lines)
    status, block = ask(diary.server, "GET", f"/v1/blocks/{lines[1]['id']}")
    assert (status, block["id"]) == (200, lines[1]["id"])
    assert ask(diary.server, "GET", f"/v1/blocks/{diary.world.new_id()}")[0] == 404
    path = f"/v1/blocks/{row.id}/children"
    assert ask(diary.server, "GET", f"{path}?page_size=2")[1]["next_cursor"] == lines[2]["id"]
    assert len(ask(diary.server, "GET", f"{path}?page_size=0")[1]["results"]) == 3
    assert ask(diary.server, "GET", f"{path}?start_cursor={diary.world.new_id()}")[0] == 400


# --- time, minutes, edits ---


def test_an_edit_within_the_same_minute_is_seen(team: Team) -> None:
    row = add(team, 150)[-1]
    team.world.edit(row, Status="running")
    team.pull()
    team.world.tick(20)
    team.world.edit(row, Status="done")
    pulled = team.pull()
    assert row.id in pulled.ids
    assert team.alive[row.id].properties[4].value == "done"


def test_a_body_edited_within_the_same_minute_is_seen(diary: Team) -> None:
    row = add(diary, 120)[-1]
    diary.world.write_body(row, "first")
    diary.pull()
    diary.world.tick(20)
    diary.world.write_body(row, "second")
    diary.pull()
    assert diary.alive[row.id].sections[0].text == "second"


def test_a_page_at_rest_is_not_given_again(diary: Team) -> None:
    row = add(diary, 120)[-1]
    diary.world.write_body(row, "first")
    diary.pull()
    diary.world.tick(300)
    diary.pull()
    diary.world.tick(300)
    pulled = diary.pull()
    assert pulled.unchanged
    assert not any("markdown" in path for path in pulled.requests)


def test_signed_addresses_are_no_change(team: Team) -> None:
    add(team, 30)
    team.pull()
    assert team.pull().unchanged


def test_an_edit_that_moves_no_time_is_seen_in_a_small_database(team: Team) -> None:
    row = add(team, 30)[3]
    team.pull()
    team.world.edit(row, bump=False, Status="done")
    assert team.pull().ids == {row.id}


def test_an_edit_that_moves_no_time_is_seen_by_the_sweep(team: Team) -> None:
    row = add(team, 130)[3]
    team.pull()
    team.world.edit(row, bump=False, Status="done")
    assert row.id not in team.pull().ids
    team.world.tick(86_400)
    assert row.id in team.pull().ids


def test_many_rows_imported_in_one_minute_are_not_read_again_and_again(team: Team) -> None:
    for number in range(350):
        team.world.add(team.source_id, {"Name": f"Import {number}"})
    team.pull()
    team.world.tick(3600)
    team.pull()
    for _ in range(3):
        team.world.tick(600)
        assert len(team.pull().requests) <= 2


def test_a_server_whose_clock_is_ahead_of_its_data_loses_nothing(team: Team) -> None:
    rows = add(team, 150)
    team.server.now = lambda: datetime(2031, 1, 1, tzinfo=UTC)
    team.pull()
    team.world.tick(600)
    team.world.edit(rows[0], Status="done")
    assert team.pull().ids >= {rows[0].id}


def test_a_server_whose_clock_is_behind_its_data_does_not_read_all_again(team: Team) -> None:
    add(team, 350)
    team.server.now = lambda: datetime(2021, 1, 1, tzinfo=UTC)
    team.pull()
    assert len(team.pull().requests) <= 2


# --- changes while paging ---


def during(team: Team, page: int, act: Any) -> None:
    """Do something right before the answer to the given page of the next query."""
    left = [page]

    def before(request: Any) -> None:
        if request.path.endswith("/query"):
            left[0] -= 1
            if left[0] == 0:
                act()

    team.server.before = before


def test_rows_edited_while_paging_are_neither_lost_nor_doubled(team: Team) -> None:
    rows = add(team, 350)

    def edited() -> None:
        for place in (10, 100, 101, 340):
            team.world.edit(rows[place], Status="moved")

    during(team, 2, edited)
    pulled = team.pull()
    assert pulled.ids == {row.id for row in rows}
    team.world.tick(60)
    team.server.before = lambda _request: None
    assert rows[10].id in team.pull().ids
    assert [team.alive[rows[place].id].properties[4].value for place in (10, 100, 101, 340)] == [
        "moved"
    ] * 4


def test_the_row_under_the_cursor_going_to_the_trash_starts_the_query_again(team: Team) -> None:
    rows = add(team, 350)
    during(team, 2, lambda: team.world.trash(rows[100]))
    pulled = team.pull()
    assert pulled.ids == {row.id for row in rows} - {rows[100].id}


def test_a_row_added_while_paging_is_not_lost(team: Team) -> None:
    rows = add(team, 150)
    added: list[FakeRow] = []
    during(team, 2, lambda: added.append(team.world.add(team.source_id, {"Name": "late"})))
    assert team.pull().ids == {row.id for row in [*rows, *added]}


@pytest.mark.slow
def test_edits_during_an_incremental_read_are_seen_by_the_next(team: Team) -> None:
    rows = add(team, 500)
    team.pull()
    team.world.tick(3600)
    for row in rows[:250]:
        team.world.edit(row, Status="one")

    def edited() -> None:
        for row in rows[:3]:
            team.world.edit(row, Status="two")

    during(team, 2, edited)
    team.pull()
    team.server.before = lambda _request: None
    team.world.tick(10)
    team.pull()
    assert [team.alive[row.id].properties[4].value for row in rows[:4]] == [
        "two",
        "two",
        "two",
        "one",
    ]


def test_short_and_empty_pages_end_nothing(team: Team) -> None:
    rows = add(team, 150)
    team.server.short = 33
    team.server.empty_page_once = True
    assert team.pull().ids == {row.id for row in rows}


def test_a_cursor_that_repeats_is_an_error_and_not_an_endless_loop(team: Team) -> None:
    add(team, 150)
    team.server.short = 10
    team.server.cursor_loop = True
    with pytest.raises(SourceUnavailableError, match="again and again"):
        team.pull()
    assert team.state == {}


def test_rows_beyond_the_cap_are_read_by_windows(team: Team) -> None:
    rows = add(team, 23)
    team.server.cap = 7
    pulled = team.pull()
    assert pulled.ids == {row.id for row in rows}
    assert pulled.covers == "all"


def test_a_cap_that_no_window_can_pass_fails_loudly(team: Team) -> None:
    for _ in range(12):
        team.world.add(team.source_id, {"Name": "same minute"})
    team.server.cap = 7
    with pytest.raises(SourceUnavailableError, match="only a part"):
        team.pull()
    assert team.state == {}


# --- what is gone ---


def test_a_page_in_the_trash_is_noticed_at_once(team: Team) -> None:
    rows = add(team, 150)
    team.pull()
    team.world.trash(rows[7])
    assert team.pull().gone == (rows[7].id,)


def test_a_page_in_the_trash_of_a_small_database_is_noticed_without_a_probe(team: Team) -> None:
    rows = add(team, 20)
    team.server.trash = "refuse"
    team.pull()
    team.world.trash(rows[7], bump=False)
    pulled = team.pull()
    assert pulled.gone == (rows[7].id,)
    assert not pulled.unchanged


def test_an_unshared_page_is_noticed_by_the_sweep(team: Team) -> None:
    rows = add(team, 150)
    team.pull()
    rows[9].shared = False
    assert team.pull().gone == ()
    team.world.tick(86_400)
    assert team.pull().gone == (rows[9].id,)


@pytest.mark.slow
@pytest.mark.parametrize("trash", ["refuse", "ignore"])
def test_where_the_trash_cannot_be_asked_for_the_sweep_finds_it(team: Team, trash: str) -> None:
    rows = add(team, 150)
    team.server.trash = trash
    team.pull()
    team.world.trash(rows[7], bump=False)
    assert team.pull().gone == ()
    for _ in range(24):
        pulled = team.pull()
    assert pulled.gone == (rows[7].id,) or rows[7].id not in team.alive


def test_a_full_pull_covers_everything(team: Team) -> None:
    rows = add(team, 150)
    team.pull()
    rows[9].shared = False
    assert team.pull(full=True).covers == "all"
    assert rows[9].id not in team.alive


def test_a_page_restored_from_the_trash_comes_back(diary: Team) -> None:
    rows = add(diary, 150)
    diary.pull()
    diary.world.trash(rows[7])
    diary.pull()
    rows[7].trashed = False
    diary.world.tick(86_400)
    assert rows[7].id in diary.pull().ids


def test_more_than_half_vanishing_is_believed_only_the_second_time(team: Team) -> None:
    rows = add(team, 150)
    team.pull()
    for row in rows[:120]:
        row.shared = False
    first = team.pull(full=True)
    assert first.covers == "changed"
    assert "120 of 150" in first.warnings[0]
    assert len(team.alive) == 150
    assert team.pull(full=True).covers == "all"
    assert len(team.alive) == 30


# --- bodies ---


def heading(text: str) -> dict[str, Any]:
    return block("heading_2", rich_text=rich(text), color="default", is_toggleable=False)


def block(kind: str, **content: Any) -> dict[str, Any]:
    key = content.pop("id", "7775f3a3-893f-43fa-b625-460c61094c78")
    user = {"object": "user", "id": "7775f3a3-893f-43fa-b625-460c61094c78"}
    return {
        "object": "block",
        "id": key,
        "parent": {"type": "page_id", "page_id": key},
        "created_time": "2026-09-07T10:00:00.000Z",
        "last_edited_time": "2026-09-07T10:00:00.000Z",
        "created_by": user,
        "last_edited_by": user,
        "has_children": content.pop("children", False),
        "in_trash": False,
        "type": kind,
        kind: content,
    }


def paragraph(text: str, key: str = "") -> dict[str, Any]:
    own = {"id": key} if key else {}
    return block("paragraph", **own, rich_text=rich(text), color="default", icon=None)


def test_bodies_are_read_by_blocks_where_markdown_is_not_served(diary: Team) -> None:
    diary.server.markdown = False
    toggle = diary.world.new_id()
    nested = block("toggle", id=toggle, children=True, rich_text=rich("Learned"), color="default")
    diary.world.blocks[toggle] = [paragraph("ask twice")]
    diary.world.add(
        diary.source_id, {"Name": "a"}, blocks=[heading("Tried"), paragraph("cards"), nested]
    )
    diary.world.add(
        diary.source_id, {"Name": "b"}, blocks=[paragraph(f"line {n}") for n in range(130)]
    )
    pulled = diary.pull()
    bodies = {page.title: page.sections for page in pulled.pages}
    assert [(found.heading, found.text) for found in bodies["a"]] == [
        ("Tried", "cards"),
        ("Learned", "ask twice"),
    ]
    assert len(bodies["b"][0].text.splitlines()) == 130
    assert sum("markdown" in path for path in pulled.requests) == 1
    assert pulled.state["markdown"] is False


def test_a_body_that_markdown_cuts_is_read_by_blocks(diary: Team) -> None:
    diary.world.add(
        diary.source_id, {"Name": "a"}, markdown="cut", truncated=True, blocks=[paragraph("whole")]
    )
    (page,) = diary.pull().pages
    assert page.sections[0].text == "whole"


def test_a_block_that_the_api_does_not_give_costs_the_body_and_not_the_page(diary: Team) -> None:
    diary.server.markdown = False
    row = diary.world.add(diary.source_id, {"Name": "a"})
    diary.world.broken_blocks[row.id] = 400
    (page,) = diary.pull().pages
    assert (page.title, page.sections, page.body_complete) == ("a", (), False)


def test_a_synced_copy_of_something_unshared_leaves_the_rest(diary: Team) -> None:
    diary.server.markdown = False
    copy = diary.world.new_id()
    diary.world.broken_blocks[copy] = 404
    synced = block(
        "synced_block", id=copy, children=True, synced_from={"type": "block_id", "block_id": copy}
    )
    diary.world.add(diary.source_id, {"Name": "a"}, blocks=[synced, paragraph("rest")])
    (page,) = diary.pull().pages
    assert (page.sections[0].text, page.body_complete) == ("rest", False)


def test_people_mentioned_by_id_alone_get_their_names(diary: Team) -> None:
    ben = diary.world.person("Ben")["id"]
    diary.world.add(
        diary.source_id, {"Name": "a"}, markdown=f'ask <mention-user url="user://{ben}"/>'
    )
    pulled = diary.pull()
    assert pulled.pages[0].sections[0].text == "ask @Ben"
    assert pulled.pages[0].sections[0].people == ("Ben",)
    assert pulled.requests.count("/v1/users") == 1


# --- faults ---


@pytest.mark.parametrize("number", range(len(FAULTS)))
def test_every_passing_fault_is_survived(team: Team, number: int) -> None:
    rows = add(team, 150)
    team.server.fail(FAULTS[number], FAULTS[number])
    assert team.pull().ids == {row.id for row in rows}


def test_a_slow_answer_is_waited_for(team: Team) -> None:
    add(team, 3)
    team.server.fail(slow(0.2))
    assert len(team.pull().pages) == 3


@pytest.mark.slow
def test_five_percent_of_faults_abort_nothing(diary: Team) -> None:
    add(diary, 250)
    diary.server.fail_at_random(0.05, FAULTS)
    assert len(diary.pull().pages) == 250
    for _ in range(5):
        diary.world.tick(60)
        diary.pull()
    assert len(diary.alive) == 250


@pytest.mark.parametrize("asked", ["7", "90", "1.5"])
def test_retry_after_is_honoured_in_full_and_shown(team: Team, asked: str) -> None:
    add(team, 3)
    team.server.fail(rate_limited(asked))
    team.pull()
    assert float(asked) in team.waits
    assert float(asked) < 3 or any("trying again" in text for text in team.told)


def test_more_patience_than_there_is_ends_the_fetch_and_moves_nothing(team: Team) -> None:
    add(team, 3)
    team.server.fail(rate_limited("3600"))
    with pytest.raises(SourceUnavailableError, match="3600 s") as caught:
        team.pull()
    assert caught.value.hint
    assert team.state == {}


def test_a_blocked_integration_is_not_retried(team: Team) -> None:
    add(team, 3)
    team.server.fail(rate_limited(None, "public_api_request_blocked"))
    with pytest.raises(SourceRefusedError, match="blocked"):
        team.pull()
    assert len(team.server.log) == 1


def test_a_service_that_stays_down_is_given_up(team: Team) -> None:
    add(team, 3)
    team.server.fail(*[failing(500, "internal_server_error")] * 8)
    with pytest.raises(SourceUnavailableError, match="8 times"):
        team.pull()


def test_a_failure_half_way_keeps_nothing_and_the_next_pull_has_all(team: Team) -> None:
    rows = add(team, 350)
    team.pull()
    before = dict(team.state)
    team.world.tick(3600)
    for row in rows:
        team.world.edit(row, Status="done")
    during(team, 3, lambda: team.server.fail(*[truncated] * 8))
    with pytest.raises(SourceUnavailableError):
        team.pull()
    assert team.state == before
    team.server.before = lambda _request: None
    assert team.pull().ids == {row.id for row in rows}


def test_an_outcome_before_the_end_is_an_error(team: Team) -> None:
    add(team, 150)
    fetch = team.source().fetch({}, full=False, known=set)
    with pytest.raises(SourceUnavailableError, match="not read to its end"):
        fetch.outcome()
    assert list(fetch.contents)
    with pytest.raises(SourceUnavailableError, match="not read to its end"):
        fetch.outcome()


@pytest.mark.slow
def test_the_pace_keeps_within_the_services_limit(diary: Team) -> None:
    add(diary, 400)
    diary.server.limit = (180, 60)
    world = diary.world
    rate_limiter = RateLimiter(limit=150, clock=seconds_of(world), sleep=diary.sleep)
    assert len(diary.pull(rate_limiter=rate_limiter).pages) == 400
    assert diary.server.refused_by_limit == 0
    assert any("rate limit" in text for text in diary.told)


@pytest.mark.slow
def test_an_impolite_pace_is_put_right_by_the_service(diary: Team) -> None:
    add(diary, 300)
    diary.server.limit = (180, 60)
    assert len(diary.pull(retry=RetryPolicy(attempts=80)).pages) == 300
    assert diary.server.refused_by_limit > 0


# --- schema, several data sources ---


def test_a_renamed_property_keeps_its_id_and_gets_its_new_name(team: Team) -> None:
    rows = add(team, 150)
    team.pull()
    team.world.tick(3600)
    team.world.rename(team.source_id, "Result", "Outcome")
    team.world.edit(rows[0], Outcome="fine")
    pulled = team.pull()
    assert [found.name for found in pulled.pages[0].properties][2] == "Outcome"
    assert len(pulled.pages) == 150


def test_unknown_kinds_of_property_are_kept_as_they_are(team: Team) -> None:
    team.world.sources[team.source_id].columns["Aura"] = {"id": "zz", "type": "aura", "config": {}}
    team.server.checked = {"query": 9, "data_source": 9}
    team.world.add(team.source_id, {"Name": "a", "Aura": {"hue": 3}})
    (page,) = team.pull().pages
    assert page.properties[-1].text == '{"hue": 3}'


def test_each_data_source_of_a_database_is_a_set_of_its_own(team: Team) -> None:
    second = team.world.data_source(team.database, "Archive", {"Titel": "title"})
    add(team, 3)
    row = team.world.add(second, {"Titel": "old"})
    fetch = team.source().fetch({}, full=False, known=set)
    assert [(found.name, len(list(found.pages))) for found in fetch.contents] == [
        ("Trials", 3),
        ("Archive", 1),
    ]
    team.state = json.loads(json.dumps(fetch.outcome().state))
    team.world.tick(3600)
    team.world.edit(row, Titel="older")
    pulled = team.pull()
    assert titles(pulled) == {"older"}
    assert [path.rpartition("/")[2] for path in pulled.requests] == ["query", "query", "markdown"]


def test_a_data_source_that_moved_away_is_looked_for_again(team: Team) -> None:
    second = team.world.data_source(team.database, "Archive", {"Titel": "title"})
    add(team, 3)
    team.pull()
    team.world.databases[team.database]["sources"].remove(team.source_id)
    team.world.sources[team.source_id].shared = False
    team.world.add(second, {"Titel": "new home"})
    assert titles(team.pull()) == {"new home"}


def test_a_data_source_can_be_named_by_its_own_id(team: Team) -> None:
    add(team, 3)
    assert len(team.pull(database=team.source_id).pages) == 3


def test_another_database_starts_anew(team: Team) -> None:
    add(team, 3)
    team.pull()
    other = team.world.database("Other")
    team.world.data_source(other, "Other", {"Name": "title"})
    assert team.pull(database=other).covers == "all"


# --- refusals ---


def refused(team: Team, **more: Any) -> SourceError:
    with pytest.raises(SourceRefusedError) as caught:
        team.pull(**more)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    (finding,) = team.source(**more).check()
    assert (finding.level, finding.message, finding.hint) == (
        "error",
        str(caught.value),
        caught.value.hint,
    )
    return caught.value


def test_a_bad_token_is_named(team: Team) -> None:
    assert refused(team, token=lambda: "ntn_wrong").code == "notion.token"
    assert refused(team, token=lambda: "").code == "notion.token"
    assert refused(team, token=lambda: "ntn_\u200b").code == "notion.token"


def test_a_missing_capability_is_named(team: Team) -> None:
    team.server.capability = False
    assert refused(team).code == "notion.capability"


def test_an_unshared_database_names_the_integration_to_share_with(team: Team) -> None:
    team.world.databases[team.database]["shared"] = False
    team.world.sources[team.source_id].shared = False
    error = refused(team)
    assert error.code == "notion.not_shared"
    assert "loopnote reader" in error.hint


def test_a_linked_view_is_named(team: Team) -> None:
    linked = team.world.database("Linked", linked=True)
    assert refused(team, database=linked).code == "notion.no_data_source"


def test_a_database_without_data_sources_is_named(team: Team) -> None:
    empty = team.world.database("Empty")
    assert refused(team, database=empty).code == "notion.no_data_source"


def test_a_page_is_no_database(team: Team) -> None:
    row = add(team, 1)[0]
    assert refused(team, database=row.id).code == "notion.wrong_kind"


def test_an_address_without_id_is_named(team: Team) -> None:
    assert refused(team, database="https://www.notion.so/Trials").code == "notion.no_id"


def test_check_says_what_can_be_read_without_reading_it(team: Team) -> None:
    add(team, 3)
    (finding,) = team.source().check()
    assert (finding.level, finding.message) == (
        "ok",
        "“loopnote reader” can read “Trials” (properties: 9)",
    )
    assert not any(path.endswith("/query") for path in team.server.paths())


def test_the_door_does_not_write(team: Team) -> None:
    door = team.source()._new_client()
    for method, path in (
        ("PATCH", "pages/x"),
        ("POST", "pages"),
        ("DELETE", "blocks/x"),
        ("PUT", "pages/x"),
    ):
        with pytest.raises(SourceRefusedError, match="only reads"):
            door.ask(method, path)
    assert not team.server.log


def test_no_secret_is_in_a_message_or_a_log(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    team.server.fail(failing(500, "internal_server_error"))
    add(team, 3)
    team.pull()
    assert TOKEN not in caplog.text
    assert not any(TOKEN in text for text in team.told)
