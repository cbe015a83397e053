"""The whole command, as a process, against servers that behave like Google's and Notion's."""

import json
from datetime import date
from typing import Any

import pytest
from fakes.command import loopnote
from fakes.google_server import google_server
from fakes.notion_server import TOKEN, notion_server

NOW = "2026-09-14T09:00:00+00:00"

CONFIG = """
[[teams]]
name = "Team"
language = "en"
timezone = "Europe/London"

[[recipients]]
address = "leader@example.com"

[mail]
from = "loopnote@example.com"
"""


@pytest.fixture
def sheet(tmp_path):
    with google_server() as server:
        book = server.world.spreadsheet("Trials")
        book.tab(
            "September",
            [
                ["Date", "Goal", "Hypothesis", "What we did", "Retrospective", "Owner"],
                [
                    date(2026, 9, 8),
                    "More orders",
                    "A reminder brings people back",
                    "Sent a reminder",
                    "It worked",
                    "Ada",
                ],
                [date(2026, 9, 9), "More orders", "A photo sells", "New photos", "", "Ben"],
            ],
        )
        (tmp_path / "key.json").write_text(json.dumps(server.key()), encoding="utf-8")
        source = (
            f'[[sources]]\nname = "sheet"\nteam = "Team"\nkind = "google_sheets"\nspreadsheet '
            f'= "{book.id}"\n'
        )
        google = (
            f'[google]\nservice_account_file = "key.json"\nsheets_url = "{server.url}"\n'
            f'drive_url = "{server.url}"\n'
        )
        (tmp_path / "config.toml").write_text(CONFIG + source + google, encoding="utf-8")
        yield tmp_path, server, book


@pytest.fixture
def database(tmp_path):
    with notion_server() as server:
        world = server.world
        place = world.database("Trials")
        columns: dict[str, Any] = {
            "Name": "title",
            "Hypothesis": "rich_text",
            "Result": "rich_text",
            "Day": "date",
            "Owner": "people",
        }
        rows = world.data_source(place, "Trials", columns)
        for number in range(3):
            world.add(
                rows,
                {
                    "Name": f"Trial {number}",
                    "Hypothesis": f"If {number} then more",
                    "Owner": ["Ada"],
                },
            )
        source = (
            f'[[sources]]\nname = "pages"\nteam = "Team"\nkind = "notion"\ndatabase = "{place}"\n'
        )
        notion = f'[notion]\ntoken_env = "NOTION_SECRET"\nbase_url = "{server.url}"\n'
        (tmp_path / "config.toml").write_text(CONFIG + source + notion, encoding="utf-8")
        yield tmp_path, server


def synced(folder, **environment):
    ran = loopnote("sync", "--json", folder=folder, LOOPNOTE_NOW=NOW, **environment)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_a_google_sheet_becomes_notes_with_links_to_their_cells(sheet):
    folder, server, book = sheet
    first = synced(folder)
    assert (first["read"], first["new"]) == (2, 2)
    assert first["requests"] <= 4
    notes = [
        json.loads(line) for line in loopnote("notes", "--json", folder=folder).out.splitlines()
    ]
    assert [note["start_date"] for note in notes] == ["2026-09-08", "2026-09-09"]
    assert all(
        note["url"].startswith(f"https://docs.google.com/spreadsheets/d/{book.id}/")
        for note in notes
    )
    assert "range=" in notes[0]["url"]
    assert all(request.method == "GET" for request in server.api_log())


def test_an_unchanged_google_sheet_costs_one_request(sheet):
    folder, server, _ = sheet
    synced(folder)
    before = len(server.api_log())
    again = synced(folder)
    assert again["requests"] == 1
    assert len(server.api_log()) - before == 1


def test_doctor_tries_the_access_without_reading_the_log(sheet):
    folder, server, _ = sheet
    ran = loopnote("doctor", folder=folder, LOOPNOTE_NOW=NOW)
    assert "source.access" in ran.out
    assert "can read “Trials”" in ran.out
    assert not any("values" in request.path for request in server.api_log())


def test_a_missing_key_is_one_failed_source_with_the_next_step(sheet):
    folder, _, _ = sheet
    (folder / "key.json").unlink()
    ran = loopnote("sync", folder=folder, LOOPNOTE_NOW=NOW)
    assert ran.code == 1
    assert "key.json" in ran.err
    status = loopnote("status", "--json", folder=folder, LOOPNOTE_NOW=NOW).out
    assert '"failures":1' in status


def test_a_notion_database_becomes_notes(database):
    folder, server = database
    first = synced(folder, NOTION_SECRET=TOKEN)
    assert (first["read"], first["new"]) == (3, 3)
    again = synced(folder, NOTION_SECRET=TOKEN)
    assert again["requests"] <= 2
    assert (again["new"], again["changed"], again["gone"]) == (0, 0, 0)
    assert all(request.method == "GET" or request.path.endswith("/query") for request in server.log)


def test_a_revoked_token_is_told_and_never_shown(database):
    folder, _ = database
    ran = loopnote(
        "sync",
        "--verbose",
        folder=folder,
        LOOPNOTE_NOW=NOW,
        NOTION_SECRET="ntn_revoked_secret_1234",
    )
    assert ran.code == 1
    assert "token" in ran.err
    assert "ntn_revoked_secret_1234" not in ran.err + ran.out
    assert b"ntn_revoked_secret_1234" not in (folder / "loopnote.db").read_bytes()


@pytest.fixture
def unread(tmp_path):
    """A database of untitled pages whose texts stand under a name that says nothing."""
    with notion_server() as server:
        world = server.world
        place = world.database("Cards")
        rows = world.data_source(place, "Cards", {"Name": "title", "Zeug": "rich_text"})
        for text in ("till door", "green sign", "seven on Sunday"):
            world.add(rows, {"Name": "", "Zeug": text})
        source = (
            f'[[sources]]\nname = "pages"\nteam = "Team"\nkind = "notion"\ndatabase = "{place}"\n'
        )
        notion = f'[notion]\ntoken_env = "NOTION_SECRET"\nbase_url = "{server.url}"\n'
        (tmp_path / "config.toml").write_text(CONFIG + source + notion, encoding="utf-8")
        yield tmp_path, source + '[sources.columns]\n"Zeug" = "execution"\n' + notion


def test_pages_without_a_note_are_a_problem_until_the_proposed_line_is_there(unread):
    folder, mended = unread
    first = loopnote("sync", folder=folder, LOOPNOTE_NOW=NOW, NOTION_SECRET=TOKEN)
    again = loopnote("sync", folder=folder, LOOPNOTE_NOW=NOW, NOTION_SECRET=TOKEN)
    assert (first.code, again.code) == (1, 1), first.err + first.out
    told = loopnote("problems", folder=folder, LOOPNOTE_NOW=NOW)
    assert 'columns = { "Zeug" = "execution" }' in told.out + told.err
    (folder / "config.toml").write_text(CONFIG + mended, encoding="utf-8")
    assert synced(folder, NOTION_SECRET=TOKEN)["new"] == 3
    problems = loopnote("problems", "--json", folder=folder, LOOPNOTE_NOW=NOW).out
    assert "not_understood" not in problems
