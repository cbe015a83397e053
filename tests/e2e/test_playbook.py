"""`loopnote playbook`: Markdown on the terminal, records for programs, and the files."""

import json

import pytest
from fakes.command import loopnote
from fakes.csv_workspace import one_log

pytestmark = pytest.mark.slow
ROWS = """번호,날짜,가설,실행,결과,배운 점,적용,담당,전,후,지표
T-1,2025-03-03,보관법을 알려 주면 다시 산다,카드 넣기,성공,첫날이 재주문을 정한다,,윤슬기,,,
T-2,2025-06-02,첫날 안내,T-1대로 안내,성공,,,박가온,11,22,재주문율
T-3,2026-02-02,첫날 안내 둘,T-1대로 문자,성공,,,이준,20,24,재주문율
T-4,2026-03-02,저녁 전화,저녁에 전화,성공,저녁에 닿는다,상담 안내문,이준,,,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return one_log(tmp_path_factory.mktemp("playbook"), ROWS)


def test_the_terminal_shows_markdown_of_the_whole_log(folder):
    ran = loopnote("playbook", folder=folder)
    assert ran.code == 0
    assert "### 1. 첫날이 재주문을 정한다" in ran.out
    assert "2명이 2번 적용" in ran.out
    assert "저녁에 닿는다" in ran.out


def test_programs_read_one_record_an_entry(folder):
    records = [
        json.loads(line) for line in loopnote("playbook", "--json", folder=folder).out.splitlines()
    ]
    assert [one["kind"] for one in records] == ["do", "candidate"]
    do = records[0]
    assert (do["team"], do["what"], do["times"], do["since"]) == (
        "책방",
        "첫날이 재주문을 정한다",
        2,
        "2025-03-03",
    )
    assert do["people"] == ["박가온", "이준"]
    assert set(do["evidence"][0]) == {"id", "source", "source_ref", "url"}
    assert set(records[0]) == set(records[1])


def test_the_files_are_a_page_and_markdown_in_the_language_asked_for(folder):
    ran = loopnote("playbook", "--out", "out", "--language", "en", folder=folder)
    assert ran.code == 0
    page = (folder / "out" / "playbook-책방-en.html").read_text(encoding="utf-8")
    markdown = (folder / "out" / "playbook-책방-en.md").read_text(encoding="utf-8")
    assert "applied 2 times by 2 people" in page
    assert markdown.startswith("# 책방 playbook")


def test_a_wrong_format_or_team_is_said_with_a_next_step(folder):
    for arguments in (("--format", "pdf"), ("--team", "없는팀")):
        ran = loopnote("playbook", *arguments, folder=folder)
        assert (ran.code, ran.out) == (2, "")
        assert "→" in ran.err
