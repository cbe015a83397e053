"""The fake of Google answers as the real service was recorded, so that what is tested against
it holds.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fakes.google_documents import (
    EXCEL_TYPE,
    FakeSpreadsheet,
    FakeTab,
    GoogleDocuments,
    cell,
    find_range,
    shown,
)
from fakes.google_server import GoogleServer, google_server
from fakes.google_values import echo, value_range
from fakes.schemas import discovery_errors

RECORDED = Path(__file__).parents[1] / "data" / "services" / "google-value-reads.json"


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with google_server() as made:
        made.tokens.append("ya29.t")
        yield made


def get(server: GoogleServer, path: str, *query: tuple[str, str]) -> tuple[int, Any]:
    address = f"{server.url}{path}?{urlencode(query)}"
    request = urllib.request.Request(address, headers={"Authorization": "Bearer ya29.t"})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def values(server: GoogleServer, book: FakeSpreadsheet, text: str, **options: str) -> Any:
    status, found = get(
        server, f"/v4/spreadsheets/{book.id}/values/{quote(text, safe='')}", *options.items()
    )
    assert status == 200, found
    assert not discovery_errors("sheets", "ValueRange", found)
    return found


def sample(server: GoogleServer) -> FakeSpreadsheet:
    book = server.world.spreadsheet()
    sum_ = {**cell(7), "userEnteredValue": {"formulaValue": "=3+4"}}
    wrong = {
        "effectiveValue": {"errorValue": {"type": "DIVIDE_BY_ZERO"}},
        "formattedValue": "#DIV/0!",
    }
    book.tab(
        "Q1",
        [
            ["a", None, True],
            [date(2020, 1, 1), shown(0.5, "PERCENT", "0%"), sum_],
            [],
            [3.0, wrong, None],
        ],
    )
    book.tab("O'Brien a/b", [["x"]], row_count=10, column_count=4)
    return book


def test_values_come_in_every_form_and_trimmed(server: GoogleServer) -> None:
    book = sample(server)
    plain = values(server, book, "'Q1'", valueRenderOption="UNFORMATTED_VALUE")
    assert plain["values"] == [["a", "", True], [43831, 0.5, 7], [], [3, "#DIV/0!"]]
    assert values(server, book, "'Q1'")["values"][1] == ["2020-01-01", "50%", "7"]
    assert values(server, book, "'Q1'", valueRenderOption="FORMULA")["values"][1] == [
        43831,
        0.5,
        "=3+4",
    ]
    dated = values(
        server,
        book,
        "'Q1'",
        valueRenderOption="UNFORMATTED_VALUE",
        dateTimeRenderOption="FORMATTED_STRING",
    )
    assert dated["values"][1] == ["2020-01-01", 0.5, 7]
    columns = values(
        server, book, "'Q1'", majorDimension="COLUMNS", valueRenderOption="UNFORMATTED_VALUE"
    )
    assert (columns["majorDimension"], columns["values"]) == (
        "COLUMNS",
        [["a", 43831, "", 3], ["", 0.5, "", "#DIV/0!"], [True, 7]],
    )
    assert "values" not in values(server, book, "'Q1'!D1:F9")


def test_an_option_that_is_none_is_refused_by_its_name(server: GoogleServer) -> None:
    book = sample(server)
    status, error = get(
        server, f"/v4/spreadsheets/{book.id}/values/Q1", ("valueRenderOption", "PRETTY")
    )
    assert (status, error["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert error["error"]["details"][0]["fieldViolations"][0]["field"] == "value_render_option"


def test_ranges_are_looked_up_as_cells_then_as_names(server: GoogleServer) -> None:
    book = sample(server)
    book.named["Targets"] = "'O''Brien a/b'!A1:B2"
    asked = {
        "Q1": "'Q1'!Q1",
        "'q1'": "'Q1'!A1:Z1000",
        "A2:A": "'Q1'!A2:A1000",
        "R2C3": "'Q1'!C2",
        "R1C1:R2C2": "'Q1'!A1:B2",
        "'O''Brien a/b'": "'O''Brien a/b'!A1:D10",
        "O'Brien a/b!B2": "'O''Brien a/b'!B2",
        "Targets": "'O''Brien a/b'!A1:B2",
        "'Q1'!Y990:AC2000": "'Q1'!Y990:Z1000",
    }
    assert {text: values(server, book, text)["range"] for text in asked} == asked
    for text, message in (
        ("nowhere", "Unable to parse range: nowhere"),
        ("'Q1'!AB1", "Range ('Q1'!AB1) exceeds grid limits. Max rows: 1000, max columns: 26"),
    ):
        status, error = get(server, f"/v4/spreadsheets/{book.id}/values/{quote(text, safe='')}")
        assert (status, error["error"]["message"]) == (400, message)


def test_one_wrong_range_fails_the_batch(server: GoogleServer) -> None:
    book = sample(server)
    path = f"/v4/spreadsheets/{book.id}/values:batchGet"
    status, found = get(
        server, path, ("ranges", "'Q1'!A1"), ("ranges", "A2"), ("valueRenderOption", "FORMULA")
    )
    assert (status, [one["range"] for one in found["valueRanges"]]) == (200, ["'Q1'!A1", "'Q1'!A2"])
    assert not discovery_errors("sheets", "BatchGetValuesResponse", found)
    assert get(server, path, ("ranges", "'Q1'!A1"), ("ranges", "no such"))[0] == 400


def test_drive_lists_what_is_shared_in_pages(server: GoogleServer) -> None:
    for number in range(5):
        server.world.spreadsheet(f"Trials {number}")
    books = list(server.world.files.values())
    books[1].shared, books[2].trashed, books[3].mime_type = False, True, EXCEL_TYPE
    query = "mimeType='application/vnd.google-apps.spreadsheet' and trashed=false"
    names, token = [], ""
    while True:
        more = (("pageToken", token),) if token else ()
        status, found = get(
            server, "/drive/v3/files", ("q", query), ("pageSize", "1"), *more, ("fields", "*")
        )
        assert status == 200
        assert not discovery_errors("drive", "FileList", found)
        names += [file["name"] for file in found["files"]]
        token = found.get("nextPageToken", "")
        if not token:
            break
    assert names == ["Trials 0", "Trials 4"]


def test_a_bad_token_names_its_scheme(server: GoogleServer) -> None:
    server.tokens.append("ya29.newer")
    book = sample(server)
    request = urllib.request.Request(
        f"{server.url}/v4/spreadsheets/{book.id}", headers={"Authorization": "Bearer ya29.t"}
    )
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request)
    with told.value as error:
        assert (error.code, "Bearer" in error.headers["WWW-Authenticate"]) == (401, True)


def recorded_reads() -> list[dict[str, Any]]:
    """Every recorded read of values: what was asked, and what the real service said back."""
    found: list[dict[str, Any]] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return found


def test_recorded_ranges_are_said_back_alike() -> None:
    """The range that the real service says back is the one that the test server says."""
    alike = 0
    for read in recorded_reads():
        asked, said = read["asked"], read["said"]
        title = said.rpartition("!")[0].strip("'").replace("''", "'")
        tab = FakeTab(0, title, [], row_count=read["size"][0], column_count=read["size"][1])
        book = FakeSpreadsheet("x", "x", [tab], named={"NamedRange": said})
        alike += echo(*find_range(book, asked)) == said
        assert echo(*find_range(book, asked)).rpartition("!")[0] == said.rpartition("!")[0]
    assert alike > 200


def test_recorded_values_replay_in_their_form() -> None:
    """What was read back from a tab of plain values is what the test server makes of its cells."""
    replayed = 0
    for read in recorded_reads():
        asked, said = read["asked"], read["said"]
        if read.get("batch") or asked.count("!") or read["dimension"] != "ROWS":
            continue
        title = said.rpartition("!")[0].strip("'").replace("''", "'")
        book = GoogleDocuments().spreadsheet()
        book.tab(title, read["values"])
        again = value_range(book, asked, {"valueRenderOption": "UNFORMATTED_VALUE"})
        assert again.get("values", []) == read["values"], read["test"]
        replayed += 1
    assert replayed > 30
