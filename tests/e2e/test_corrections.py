"""A correction in the configuration counts at the next reading, and one that corrects nothing is told."""

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
