"""The Google Sheets source against servers of its own for the token, Drive and Sheets."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes.google_documents import EXCEL_TYPE, FakeSpreadsheet, GoogleDocuments, cell, shown
from fakes.google_server import (
    ACCOUNT,
    FAULTS,
    GoogleServer,
    google_server,
    over_quota,
    sheets_failing,
)
from fakes.http_service import Answer, Request, slow

from notes.model.errors import SourceError, SourceRefusedError, SourceUnavailableError
from sync.contents.workbook import Area, CellError, CellFormat, Grid
from sync.retry import RateLimiter, RetryPolicy
from sync.sheets.source import SheetsSource


@dataclass
class Pulled:
    grids: list[Grid]
    requests: list[str]
    covers: str
    warnings: tuple[str, ...]
    unchanged: bool
    name: str = ""

    @property
    def rows(self) -> list[Any]:
        return [list(row) for row in self.grids[0].rows]


@dataclass
class Team:
    server: GoogleServer
    book: FakeSpreadsheet
    state: dict[str, Any] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def world(self) -> GoogleDocuments:
        return self.server.world

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.world.tick(seconds)

    def source(self, **more: Any) -> SheetsSource:
        world = self.world

        def seconds() -> float:
            return world.now.timestamp()

        settings: dict[str, Any] = {
            "credentials": self.server.key,
            "sheets_url": self.server.url,
            "drive_url": self.server.url,
            "rate_limiter": RateLimiter(limit=100_000, clock=seconds, sleep=self.sleep),
            "sleep": self.sleep,
            "clock": lambda: world.now,
            "progress": self.told.append,
            **more,
        }
        address = settings.pop("spreadsheet", self.book.id)
        return SheetsSource("trials", "growth", address, **settings)

    def pull(self, *, full: bool = False, **more: Any) -> Pulled:
        start = len(self.server.api_log())
        fetch = self.source(**more).fetch(self.state, full=full, known=set)
        grids: list[Grid] = []
        name = ""
        for content in fetch.contents:
            name = content.name
            grids.extend(replace(grid, rows=list(grid.rows)) for grid in content.grids)
        outcome = fetch.outcome()
        self.state = json.loads(json.dumps(outcome.state))
        requests = [request.path.split("/")[1] for request in self.server.api_log()[start:]]
        assert fetch.requests() == len(requests)
        return Pulled(grids, requests, outcome.covers, outcome.warnings, fetch.unchanged, name)


@pytest.fixture
def team() -> Iterator[Team]:
    with google_server() as server:
        book = server.world.spreadsheet("2026 trials")
        book.tab(
            "2월",
            [
                ["Day", "Hypothesis", "Rate"],
                [date(2026, 2, 3), "if so", shown(0.14, "PERCENT", "0%")],
            ],
        )
        yield Team(server, book)


# --- counts of requests ---


def test_a_first_pull_of_three_tabs_needs_one_drive_and_two_sheets_requests(team: Team) -> None:
    team.book.tab("3월", [["a"]])
    team.book.tab("4월", [["b"]])
    pulled = team.pull()
    assert pulled.requests == ["drive", "v4", "v4"]
    assert [grid.tab for grid in pulled.grids] == ["2월", "3월", "4월"]
    assert (pulled.covers, pulled.name) == ("all", "2026 trials")


def test_an_unchanged_spreadsheet_needs_one_drive_request(team: Team) -> None:
    team.pull()
    team.world.tick(3600)
    pulled = team.pull()
    assert pulled.unchanged
    assert pulled.requests == ["drive"]
    assert sum(request.path == "/token" for request in team.server.log) == 2


def test_a_changed_spreadsheet_is_read_again(team: Team) -> None:
    team.pull()
    team.book.tabs[0].rows.append([date(2026, 2, 4), "if not"])
    team.world.touch(team.book, lag=180)
    assert team.pull().rows[2] == [date(2026, 2, 4), "if not"]


def test_many_tabs_need_few_requests(team: Team) -> None:
    for number in range(25):
        team.book.tab(f"tab {number}", [["x"] * 5] * 40)
    assert team.pull().requests == ["drive", "v4", "v4"]


def test_a_big_tab_comes_in_ranges_and_is_whole(team: Team) -> None:
    rows = [[f"row {number}", *range(9)] for number in range(5000)]
    team.book.tab("big", rows, row_count=5000, column_count=10)
    pulled = team.pull()
    assert [row[0] for row in pulled.grids[1].rows] == [f"row {number}" for number in range(5000)]
    assert pulled.requests == ["drive", "v4", "v4", "v4", "v4", "drive"]


def test_requests_follow_the_data_and_not_the_grid(team: Team) -> None:
    rows = [["Date", "Goal"], *[[f"day {number}", "more"] for number in range(3)]]
    team.book.tab("vast", rows, row_count=50_000, column_count=100)
    pulled = team.pull()
    assert len(pulled.grids[1].rows) == 4
    assert len(pulled.requests) <= 7


def test_a_spreadsheet_read_within_minutes_of_an_edit_is_read_once_more(team: Team) -> None:
    team.world.touch(team.book)
    team.pull()
    assert team.pull().unchanged
    team.world.tick(900)
    assert not team.pull().unchanged
    team.world.tick(900)
    assert team.pull().unchanged


def test_formulas_that_change_by_themselves_are_seen_within_a_day(team: Team) -> None:
    team.pull()
    team.world.tick(86_400)
    assert team.pull().requests == ["drive", "v4", "v4"]


def test_another_choice_of_tabs_reads_again(team: Team) -> None:
    team.book.tab("3월", [["a"]])
    team.pull()
    assert [grid.tab for grid in team.pull(tabs=["3*"]).grids] == ["3월"]


# --- cells ---


def test_cells_have_their_types(team: Team) -> None:
    error = {
        "effectiveValue": {"errorValue": {"type": "DIVIDE_BY_ZERO", "message": "x"}},
        "formattedValue": "#DIV/0!",
    }
    row = [
        "text",
        3,
        4.5,
        True,
        error,
        None,
        datetime(2026, 2, 3, 9, 30),
        shown(0.75, "TIME", "h:mm"),
    ]
    long = [
        shown(1.5, "TIME", "[h]:mm"),
        shown(1200, "CURRENCY", '"₩"#,##0'),
        shown(31, "NUMBER", '0"건"'),
    ]
    team.book.tabs[0].rows.append([*row, *long])
    grid = team.pull().grids[0]
    assert list(grid.rows[2]) == [
        "text", 3, 4.5, True, CellError("#DIV/0!"), None, datetime(2026, 2, 3, 9, 30),
        datetime(2000, 1, 1, 18).time(), timedelta(hours=36), 1200, 31,
    ]  # fmt: skip
    assert list(grid.rows[1]) == [date(2026, 2, 3), "if so", 0.14]
    assert grid.formats == {
        (2, 3): CellFormat("percent", "%"),
        (3, 4): CellFormat("checkbox"),
        (3, 10): CellFormat("currency", "₩"),
        (3, 11): CellFormat("number", "건"),
    }


def test_links_chips_and_notes_stand_beside_their_cells(team: Team) -> None:
    person = {"personProperties": {"email": "ada@example.org"}}
    linked = [{"format": {}}, {"startIndex": 3, "format": {"link": {"uri": "https://two.example"}}}]
    page = {"richLinkProperties": {"uri": "https://doc.example"}}
    team.book.tabs[0].rows.append(
        [
            {**cell("one"), "hyperlink": "https://one.example"},
            {**cell("a, b"), "textFormatRuns": linked},
            {**cell("@Ada"), "chipRuns": [{"chip": person}, {"startIndex": 4}]},
            {**cell("doc"), "chipRuns": [{"chip": page}]},
            {"note": "remember"},
        ]
    )
    grid = team.pull().grids[0]
    assert grid.links == {
        (3, 1): "https://one.example",
        (3, 2): "https://two.example",
        (3, 4): "https://doc.example",
    }
    assert grid.people == {(3, 3): "ada@example.org"}
    assert grid.comments == {(3, 5): "remember"}


def test_merges_tables_and_hidden_rows_are_known(team: Team) -> None:
    tab = team.book.tabs[0]
    tab.merges = [{"sheetId": 0, "endRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 3}]
    tab.tables = [
        {"tableId": "1", "name": "T1", "range": {"endRowIndex": 2, "endColumnIndex": 2}},
        {
            "tableId": "2",
            "name": "T2",
            "range": {"startRowIndex": 4, "endRowIndex": 9, "endColumnIndex": 3},
        },
    ]
    tab.rows.extend([["filtered"], ["hidden"]])
    tab.filtered_rows, tab.hidden_rows, tab.hidden_columns = {3}, {4}, {2}
    grid = team.pull().grids[0]
    assert grid.merges == (Area(1, 2, 1, 3),)
    assert grid.tables == (Area(1, 1, 2, 2), Area(5, 1, 9, 3))
    assert (grid.hidden_rows, grid.hidden_columns, len(grid.rows)) == (
        frozenset({3, 4}),
        frozenset({2}),
        4,
    )


def test_a_cell_can_be_opened(team: Team) -> None:
    team.book.tab("3월", [["a"]])
    urls = [grid.cell_url.format(col="C", row=12) for grid in team.pull().grids]
    assert urls[0] == f"https://docs.google.com/spreadsheets/d/{team.book.id}/edit#gid=0&range=C12"
    assert "#gid=1000003&" in urls[1]


def test_the_locale_of_the_spreadsheet_is_known(team: Team) -> None:
    team.book.locale = "de_DE"
    assert team.pull().grids[0].locale == "de_DE"


def test_blank_rows_and_tabs_are_kept_in_place(team: Team) -> None:
    team.book.tabs[0].rows.extend([[], [None, "after a blank"], [None, None], []])
    team.book.tab("empty", [])
    pulled = team.pull()
    assert pulled.rows[2:] == [[], [None, "after a blank"]]
    assert list(pulled.grids[1].rows) == []


# --- tabs ---


@pytest.mark.parametrize(
    "title", ["Q1", "R1C1", "A1", "O'Brien", "a/b", "what!", "1월 [초안]", "Tab: 1", "2026", "*"]
)
def test_every_title_names_its_tab_and_nothing_else(team: Team, title: str) -> None:
    team.book.tab(title, [[f"in {title}"]])
    (grid,) = team.pull(tabs=[title] if title != "*" else ["[*]"]).grids
    assert (grid.tab, grid.rows[0][0]) == (title, f"in {title}")


def test_hidden_tabs_and_charts_are_left_out_unless_named(team: Team) -> None:
    team.book.tab("비밀", [["x"]], hidden=True)
    team.book.tab("Chart1", [], kind="OBJECT")
    assert [grid.tab for grid in team.pull().grids] == ["2월"]
    assert [grid.tab for grid in team.pull(tabs=["비밀"]).grids] == ["비밀"]


def test_a_title_that_fits_no_tab_is_told_and_deletes_nothing(team: Team) -> None:
    pulled = team.pull(tabs=["2월", "3월"])
    assert pulled.covers == "changed"
    assert "3월" in pulled.warnings[0]


def test_a_renamed_tab_is_the_same_tab(team: Team) -> None:
    team.pull()
    team.book.tabs[0].title = "이월"
    team.world.touch(team.book)
    assert team.pull().grids[0].cell_url.endswith("#gid=0&range={col}{row}")


# --- changes while reading ---


def before_request(team: Team, number: int, act: Any) -> None:
    left = [number]

    def before(request: Request) -> None:
        if request.path.startswith("/v4"):
            left[0] -= 1
            if left[0] == 0:
                act()

    team.server.before = before


def test_a_tab_renamed_between_two_requests_is_still_read(team: Team) -> None:
    before_request(team, 2, lambda: setattr(team.book.tabs[0], "title", "renamed"))
    pulled = team.pull()
    assert pulled.grids[0].tab == "renamed"
    assert pulled.covers == "changed"
    assert team.state["version"] == ""


def test_a_tab_deleted_between_two_requests_is_no_error(team: Team) -> None:
    team.book.tab("3월", [["a"]])
    before_request(team, 2, lambda: team.book.tabs.pop(0))
    assert [grid.tab for grid in team.pull().grids] == ["3월"]


@pytest.mark.slow
def test_rows_deleted_from_a_big_tab_while_it_is_read_delete_nothing(team: Team) -> None:
    tab = team.book.tab(
        "big", [[f"row {n}", *range(9)] for n in range(5000)], row_count=5000, column_count=10
    )

    def shrink() -> None:
        del tab.rows[2000:]
        tab.row_count = 2000
        team.world.touch(team.book)

    before_request(team, 4, shrink)
    pulled = team.pull()
    assert pulled.covers == "changed"
    assert len(pulled.grids[1].rows) == 2000
    team.server.before = lambda _request: None
    assert team.pull().covers == "all"


@pytest.mark.slow
def test_an_edit_between_the_ranges_of_a_big_tab_is_decided_next_time(team: Team) -> None:
    tab = team.book.tab(
        "big", [[f"row {n}", *range(9)] for n in range(5000)], row_count=5000, column_count=10
    )

    def insert() -> None:
        tab.rows.insert(0, ["new"])
        team.world.touch(team.book)

    before_request(team, 3, insert)
    assert team.pull().covers == "changed"
    team.server.before = lambda _request: None
    assert team.pull().covers == "all"


# --- faults ---


@pytest.mark.parametrize("number", range(len(FAULTS)))
@pytest.mark.parametrize("place", [0, 2])
def test_every_passing_fault_is_survived(team: Team, number: int, place: int) -> None:
    team.server.fail(*[lambda _request: None] * place, FAULTS[number])
    assert len(team.pull().rows) == 2


@pytest.mark.slow
def test_five_percent_of_faults_abort_nothing(team: Team) -> None:
    team.server.fail_at_random(0.05, FAULTS, seed=3)
    for _ in range(40):
        team.world.touch(team.book)
        team.pull()


def test_a_redirect_leads_the_token_to_no_other_host(team: Team) -> None:
    with google_server() as other:

        def elsewhere(_request: Request) -> Answer:
            return Answer(307, raw=b"", headers={"Location": f"{other.url}/v4/spreadsheets/x"})

        team.server.fail(elsewhere)
        assert len(team.pull().rows) == 2
        assert other.log == []


def test_a_slow_answer_is_waited_for(team: Team) -> None:
    team.server.fail(slow(0.2))
    assert team.pull().rows


def test_a_rate_limit_without_retry_after_is_waited_out_and_shown(team: Team) -> None:
    team.server.fail(*[over_quota] * 5)
    team.pull()
    assert sum(team.waits) > 5
    assert any("rate limit" in text for text in team.told)


@pytest.mark.slow
def test_the_pace_keeps_within_the_services_limit(team: Team) -> None:
    team.server.limit = (60, 60)
    clock = team.world

    def seconds() -> float:
        return clock.now.timestamp()

    rate_limiter = RateLimiter(limit=50, clock=seconds, sleep=team.sleep)
    for _ in range(30):
        team.world.touch(team.book)
        team.pull(rate_limiter=rate_limiter, retry=RetryPolicy(attempts=80))
    assert len(team.server.api_log()) == 90 + team.server.refused_by_limit


def test_a_service_that_stays_down_is_given_up_and_nothing_moves(team: Team) -> None:
    team.server.fail(*[sheets_failing(503)] * 8)
    with pytest.raises(SourceUnavailableError, match="8 times"):
        team.pull()
    assert team.state == {}


def test_an_outcome_before_the_end_is_an_error(team: Team) -> None:
    fetch = team.source().fetch({}, full=False, known=set)
    with pytest.raises(SourceUnavailableError, match="not read to its end"):
        fetch.outcome()


def test_an_expired_token_is_renewed(team: Team) -> None:
    team.server.lifetime = 1
    team.pull()
    assert len(team.server.tokens) == 3


def test_a_token_that_google_forgets_is_renewed(team: Team) -> None:
    before_request(team, 1, lambda: team.server.tokens.append("another"))
    team.pull()
    assert [request.path for request in team.server.log].count("/token") == 2


@pytest.mark.parametrize(
    "answer",
    [
        Answer(502, raw=b"<html>", content_type="text/html"),
        Answer(200, raw=b"<html>", content_type="text/html"),
    ],
)
def test_a_token_service_that_stumbles_is_asked_again(team: Team, answer: Answer) -> None:
    team.server.token_faults = [answer]
    assert team.pull().rows


# --- refusals ---


def refused(team: Team, **more: Any) -> SourceError:
    with pytest.raises(SourceRefusedError) as caught:
        team.pull(**more)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    finding = team.source(**more).check()[0]
    assert (finding.level, finding.message, finding.hint) == (
        "error",
        str(caught.value),
        caught.value.hint,
    )
    return caught.value


def test_an_unshared_spreadsheet_names_the_account_to_share_with(team: Team) -> None:
    team.book.shared = False
    error = refused(team)
    assert error.code == "sheets.not_shared"
    assert ACCOUNT in error.hint


def test_a_wrong_id_is_named(team: Team) -> None:
    assert refused(team, spreadsheet="1" * 44).code == "sheets.not_shared"
    assert refused(team, spreadsheet="https://docs.google.com/spreadsheets/").code == "sheets.no_id"
    assert (
        refused(team, spreadsheet="https://docs.google.com/spreadsheets/d/e/2PACX-1vT/pubhtml").code
        == "sheets.no_id"
    )


def test_an_excel_file_on_drive_is_named(team: Team) -> None:
    team.book.mime_type = EXCEL_TYPE
    error = refused(team)
    assert error.code == "sheets.office_file"
    assert "Save as Google Sheets" in error.hint


def test_a_document_is_no_spreadsheet(team: Team) -> None:
    team.book.mime_type = "application/vnd.google-apps.document"
    assert refused(team).code == "sheets.wrong_kind"


def test_a_spreadsheet_in_the_bin_is_named(team: Team) -> None:
    team.book.trashed = True
    assert refused(team).code == "sheets.trashed"


def test_an_api_that_is_off_is_named(team: Team) -> None:
    team.server.sheets_off = True
    assert refused(team).code == "sheets.api_disabled"


def test_without_drive_the_cells_are_read_every_time_and_it_is_told(team: Team) -> None:
    team.server.drive_off = True
    assert team.pull().covers == "all"
    pulled = team.pull()
    assert pulled.rows
    assert "Drive API" in pulled.warnings[0]
    assert [finding.level for finding in team.source().check()] == ["ok", "warning"]


def test_an_insufficient_scope_is_named(team: Team) -> None:
    team.server.scope_missing = True
    assert refused(team).code == "sheets.scope"


def test_a_revoked_key_is_named(team: Team) -> None:
    detail = {"error": "invalid_grant", "error_description": "Invalid grant: account not found"}
    team.server.token_faults = [Answer(400, detail)] * 2
    error = refused(team)
    assert error.code == "sheets.key"
    assert "account not found" in str(error)


def test_a_key_that_is_none_is_named(team: Team, tmp_path: Path) -> None:
    assert refused(team, credentials=lambda: {"type": "external"}).code == "sheets.key"
    assert refused(team, credentials=lambda: {"type": "authorized_user"}).code == "google.person"
    assert refused(team, credentials=lambda: {"type": "service_account"}).code == "sheets.key"
    assert refused(team, credentials=tmp_path / "absent.json").code == "sheets.key"
    (tmp_path / "key.json").write_text("no json", encoding="utf-8")
    assert refused(team, credentials=tmp_path / "key.json").code == "sheets.key"


def test_a_choice_of_tabs_that_fits_none_names_those_there_are(team: Team) -> None:
    error = refused(team, tabs=["log*"])
    assert error.code == "sheets.no_tab"
    assert "2월" in str(error)


def test_check_says_what_can_be_read_without_reading_it(team: Team) -> None:
    (finding,) = team.source().check()
    assert (finding.level, finding.message) == ("ok", f"{ACCOUNT} can read “2026 trials”: 2월")
    assert not any("ranges" in dict(request.query) for request in team.server.log)


def test_the_key_can_be_a_file(team: Team, tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    path.write_text(json.dumps(team.server.key()), encoding="utf-8")
    assert team.pull(credentials=path).rows


def test_no_thread_and_no_look_up_leaves_for_anywhere_else(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def watched(host: Any, *more: Any, **named: Any) -> Any:
        asked.append(str(host))
        return real(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", watched)
    threads = {thread.name for thread in threading.enumerate()}
    team.pull()
    assert set(asked) <= {"127.0.0.1"}
    started = {thread.name for thread in threading.enumerate()} - threads
    assert not any("process_request" not in name for name in started)


def test_a_proxy_of_the_environment_does_not_come_between_this_machine(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert team.pull().rows


def test_no_secret_is_in_a_message_or_a_log(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    team.server.fail(over_quota)
    team.pull()
    secrets = [*team.server.tokens, team.server.key()["private_key"]]
    assert not any(
        secret in caplog.text or any(secret in text for text in team.told) for secret in secrets
    )
