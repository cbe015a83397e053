"""`replay --diff`: nothing when nothing changed.

A changed cell with its statement, its note and where it stands.
"""

import csv
import json
from pathlib import Path

import pytest
from fakes.command import loopnote

CONFIG = """
[[teams]]
name = "Bookshop"
language = "en"
timezone = "UTC"

[[teams]]
name = "서점"
language = "ko"
timezone = "Asia/Seoul"

[[recipients]]
address = "lead@example.org"
teams = ["Bookshop"]

[[recipients]]
address = "both@example.org"
teams = ["*"]
language = "ko"

[[sources]]
name = "trials"
team = "Bookshop"
kind = "file"
path = "trials.csv"

[[sources]]
name = "시도"
team = "서점"
kind = "file"
path = "시도.csv"

[mail]
from = "loop@example.org"
"""
HEAD = [
    "Date",
    "Goal",
    "Hypothesis",
    "Execution",
    "Metric",
    "Before",
    "After",
    "Outcome",
    "Retrospective",
    "Learned",
]
COUPON = [
    "2026-11-17",
    "More visits",
    "A coupon brings people",
    "Coupon",
    "Visits",
    "11",
    "14",
    "success",
    "It worked",
    "Ask",
]
POSTER = [
    "2026-11-18",
    "More visits",
    "A poster brings people",
    "Poster",
    "Calls",
    "5",
    "6",
    "success",
    "Fine",
    "",
]
OLDER = ["2026-11-02", "More visits", "A sign", "Sign", "Looks", "1", "2", "success", "ok", ""]
MONDAY, TUESDAY = "2026-11-23T09:00:00+00:00", "2026-11-24T09:00:00+00:00"


def write(folder: Path, *rows: list[str]) -> None:
    for name in ("trials", "시도"):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    write(tmp_path, COUPON, POSTER, OLDER)
    for now in ("2026-11-22T09:00:00+00:00", MONDAY):
        ran = loopnote("run", folder=tmp_path, LOOPNOTE_NOW=now)
        assert ran.code == 0, ran.err
    return tmp_path


def diff(folder: Path, *arguments: str, **environment: str) -> str:
    ran = loopnote(
        "replay",
        "2026-W47",
        "--diff",
        *arguments,
        folder=folder,
        LOOPNOTE_NOW=TUESDAY,
        **environment,
    )
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.slow
def test_nothing_changed_says_so(sent):
    told = diff(sent)
    assert told.count("It would say the same now.") == 2
    assert loopnote("replay", "--diff", folder=sent, LOOPNOTE_NOW=TUESDAY).out == told
    assert not (sent / "replay").exists()


@pytest.mark.slow
def test_rows_that_only_moved_change_nothing(sent):
    write(sent, OLDER, COUPON, POSTER)
    assert loopnote("sync", folder=sent, LOOPNOTE_NOW=TUESDAY).code == 0
    for one in map(json.loads, diff(sent, "--json").splitlines()):
        assert (one["changed"], one["lines"], one["notes"]) == (False, [], [])


@pytest.mark.slow
def test_a_changed_cell_is_shown_with_its_statement_and_its_note(sent):
    write(sent, [*COUPON[:6], "15", *COUPON[7:]], POSTER, OLDER)
    assert loopnote("sync", folder=sent, LOOPNOTE_NOW=TUESDAY).code == 0

    for_both, for_one = map(json.loads, diff(sent, "--json").splitlines())

    assert (for_one["report"], for_one["sent"]) == (
        "Bookshop/2026-W47/weekly/r1",
        "2026-11-23T09:00:00Z",
    )
    assert any(
        "3 to 14" in line["before"] and "4 to 15" in line["after"]  # a subject is told once
        for line in for_one["lines"]
    )
    (note,) = for_one["notes"]
    assert note["source_ref"] == {"tab": "trials", "row": 2}
    (change,) = note["changes"]
    assert (change["event"], change["at"]) == ("changed", TUESDAY.replace("+00:00", "Z"))
    assert for_both["report"].startswith("*/2026-W47/weekly")
    assert {
        line["section"].partition(" · ")[0] for line in for_both["lines"] if line["section"]
    } == {
        "Bookshop",
        "서점",
    }

    told = diff(sent, "--team", "Bookshop", LOOPNOTE_LANG="ko")
    assert "보낸 뒤 바뀐 근거 노트" in told
    assert "후 15" in told


@pytest.mark.slow
def test_a_report_of_a_team_that_is_no_more_says_that_it_cannot_be_made(sent):
    config = (sent / "config.toml").read_text(encoding="utf-8")
    (sent / "config.toml").write_text(config.replace('"Bookshop"', '"Bookworm"'), encoding="utf-8")
    assert diff(sent).count("It cannot be made now") == 2


def test_a_week_without_mails_says_so(tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    assert loopnote("sync", folder=tmp_path).code in {0, 1}
    assert "No mail was made about 2026-W47" in diff(tmp_path)
