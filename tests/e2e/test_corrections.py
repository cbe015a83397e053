"""A correction in the configuration counts at the next reading, and one that corrects nothing
is told.
"""

import json

import pytest
from fakes.command import loopnote

from notes.store.store import Store

ROWS = (
    "날짜,가설,실행,결과,갈래\n"
    "2026-11-09,쿠폰을 보내면 주말 예약이 는다,단골 120명에게 쿠폰을 보냈다,성공,문자\n"
    "2026-11-17,전화하면 다시 온다,30명에게 전화했다,실패,전화\n"
)
CONFIG = """
[[teams]]
name = "영업"
[[sources]]
name = "log"
team = "영업"
kind = "file"
path = "log.csv"
{extra}
"""
NOW = {"LOOPNOTE_NOW": "2026-11-27T08:00:00+09:00"}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "log.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def sync(folder, extra="", **environment):
    (folder / "config.toml").write_text(CONFIG.format(extra=extra), encoding="utf-8")
    return loopnote("--json", "sync", folder=folder, **{**NOW, **environment})


def notes(folder):
    ran = loopnote("--json", "notes", folder=folder, **NOW)
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_correction_counts_at_the_next_sync_and_only_once(folder):
    assert json.loads(sync(folder).out)["read_anew"] is None
    assert [note["tags"] for note in notes(folder)] == [["문자"], ["전화"]]
    corrected = json.loads(sync(folder, 'columns = { "갈래" = "ignore" }').out)
    assert (corrected["read_anew"], corrected["changed"]) == ("settings", 2)
    assert [note["tags"] for note in notes(folder)] == [[], []]
    again = json.loads(sync(folder, 'columns = { "갈래" = "ignore" }').out)
    assert (again["read_anew"], again["changed"]) == (None, 0)


def test_a_row_that_a_correction_brings_in_was_not_written_today(folder):
    sync(folder, 'tables = { log = "guide" }')
    assert notes(folder) == []
    sync(folder)
    with Store.open(f"sqlite:///{folder / 'loopnote.db'}") as store:
        held = list(store.notes())
    assert [note.written for note in held] == [{}, {}]
    (folder / "log.csv").write_text(
        ROWS + "2026-11-24,편지를 쓰면 온다,편지를 썼다,성공,편지\n", encoding="utf-8"
    )
    sync(folder)
    with Store.open(f"sqlite:///{folder / 'loopnote.db'}") as store:
        held = list(store.notes())
    assert [bool(note.written) for note in held] == [False, False, True]


@pytest.mark.parametrize("command", [("sync",), ("columns",), ("doctor",)], ids=lambda one: one[0])
def test_an_override_of_what_is_not_there_is_an_error_everywhere(folder, command):
    sync(folder)
    kept = notes(folder)
    sync(folder, 'columns = { "갈레" = "ignore" }')
    ran = loopnote(*command, folder=folder, **NOW)
    assert ran.code == 1
    assert "did you mean “갈래”" in ran.out + ran.err
    in_korean = loopnote(*command, folder=folder, **NOW, LOOPNOTE_LANG="ko")
    assert "‘갈레’ 열이 없습니다" in in_korean.out + in_korean.err
    assert notes(folder) == kept


def test_a_meaning_that_there_is_not_is_a_mistake_of_the_configuration(folder):
    ran = sync(folder, 'columns = { "갈래" = "tgas" }')
    assert ran.code == 2
    assert "did you mean tags?" in ran.err


def test_an_answer_to_a_question_is_in_the_next_reading(folder):
    (folder / "log.csv").write_text(
        "언제,무엇,느낌,거시기\n"
        "2026-11-09,단골 120명에게 쿠폰을 보냈다,금요일 저녁에 답이 많았다,일찍 보내면 더 "
        "온다고 생각\n"
        "2026-11-17,30명에게 전화했다,오전에는 받지 않는다,전화가 낫다고 봄\n"
        "2026-11-18,간판을 바꿨다,눈에 잘 띈다고 한다,밝으면 들어온다\n",
        encoding="utf-8",
    )
    sync(folder)
    asked = loopnote("columns", "--ask", folder=folder, answers="9\nx\n\n0\nq\n", **NOW)
    assert asked.code == 0, asked.err
    assert "what stands in the column" in asked.out
    assert "Press one of" in asked.err
    config = (folder / "config.toml").read_text(encoding="utf-8")
    assert "columns = {" in config
    again = loopnote("--json", "sync", folder=folder, **NOW)
    assert json.loads(again.out)["read_anew"] == "settings"


def test_stopping_at_the_first_question_writes_nothing(folder):
    (folder / "log.csv").write_text(ROWS.replace("실행", "거시기"), encoding="utf-8")
    sync(folder)
    before = (folder / "config.toml").read_text(encoding="utf-8")
    assert loopnote("columns", "--ask", folder=folder, answers="q\n", **NOW).code == 0
    assert (folder / "config.toml").read_text(encoding="utf-8") == before
