"""What `run` and `sync` say and return, for a person, for a program and in the log: each
thing once.
"""

import json
from pathlib import Path

import pytest
from fakes.command import loopnote

CONFIG = """[[teams]]
name = "영업"
language = "ko"
timezone = "Asia/Seoul"

[[sources]]
name = "일지"
team = "영업"
kind = "file"
path = "일지.csv"

[[sources]]
name = "없는 것"
team = "영업"
kind = "file"
path = "없음.csv"

[[recipients]]
address = "leader@example.com"

[log]
format = "json"
"""
ROWS = "날짜,가설,실행,결과\n2026-11-17,전화하면 다시 온다,30명에게 전화했다,실패\n"
MONDAY = "2026-11-23T00:30:00+00:00"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "일지.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def test_run_says_like_sync_that_a_source_was_not_read_and_returns_the_same(workspace):
    synced = loopnote("sync", folder=workspace, LOOPNOTE_NOW=MONDAY, LOOPNOTE_LANG="ko")
    ran = loopnote(
        "run", folder=workspace, LOOPNOTE_NOW="2026-11-23T03:00:00+00:00", LOOPNOTE_LANG="ko"
    )
    for one in (synced, ran):
        assert one.code == 1
        assert one.err.count("없음.csv에 파일이 없습니다") == 1
        assert "`path`를 확인하세요" in one.err
        assert '"event"' not in one.err
    status = loopnote("status", folder=workspace, LOOPNOTE_LANG="ko").out
    assert "없음.csv에 파일이 없습니다" in status
    assert "no file is at" not in status


def test_verbose_adds_one_line_a_unit_of_work_with_its_fields_and_repeats_no_sentence(workspace):
    ran = loopnote("run", "--verbose", folder=workspace, LOOPNOTE_NOW=MONDAY)
    lines = [json.loads(line) for line in ran.err.splitlines() if line.startswith("{")]
    sources = {line["source"]: line for line in lines if line["event"] == "source"}
    assert (sources["일지"]["status"], sources["일지"]["new"]) == ("read", 1)
    assert sources["없는 것"]["status"] == "failed"
    (mail,) = [line for line in lines if line["event"] == "mail"]
    assert (mail["to"], mail["state"]) == ("leader@example.com", "written")
    (done,) = [line for line in lines if line["event"] == "round"]
    assert done["sources"] == 2
    assert len({line["run"] for line in lines}) == 1
    assert ran.err.count("no file is at") == 1


def test_run_as_json_ends_with_the_round(workspace):
    ran = loopnote("run", "--json", folder=workspace, LOOPNOTE_NOW=MONDAY)
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert [one["kind"] for one in records] == ["mail", "round"]
    assert records[-1]["ok"] is False
    assert [one["ok"] for one in records[-1]["sources"]] == [True, False]
    assert records[-1]["next"]["to"] == "leader@example.com"
    assert ran.code == 1
    again = loopnote("run", "--json", folder=workspace, LOOPNOTE_NOW=MONDAY)
    assert [json.loads(line)["kind"] for line in again.out.splitlines()] == ["round"]
