"""`init` checks each answer when it is given, and adds to what is there."""

import tomllib

from fakes.command import loopnote

ROWS = "날짜,가설,실행,결과\n2026-11-17,전화하면 다시 온다,30명에게 전화했다,실패\n"


def config(folder):
    return tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))


def test_a_wrong_answer_is_asked_again_with_the_reason(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    answers = (
        "영업\nko\nAsia/Soul\nAsia/Seoul\n없는.csv\n영업.csv\nleader\nleader@example.com\n\n\n"
    )
    ran = loopnote("init", folder=tmp_path, answers=answers, LOOPNOTE_LANG="ko")
    assert ran.code == 0, ran.err
    assert "혹시 Asia/Seoul?" in ran.err
    assert "없는.csv에 파일이 없습니다" in ran.err
    assert "메일 주소가 아닙니다" in ran.err
    held = config(tmp_path)
    assert held["teams"][0]["timezone"] == "Asia/Seoul"
    assert held["sources"][0]["path"] == "영업.csv"
    assert f"--config {tmp_path / 'config.toml'} run" in ran.out
    assert loopnote("doctor", folder=tmp_path).code == 0


def test_what_try_prints_asks_only_what_is_missing(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    answers = "\n\n\nleader@example.com\n\n\n"
    ran = loopnote("init", "--from", "영업.csv", folder=tmp_path, answers=answers, TZ="Asia/Seoul")
    assert ran.code == 0, ran.err
    assert config(tmp_path)["teams"][0]["name"] == "영업"


def test_a_team_a_source_and_a_reader_are_added_and_comments_stay(tmp_path):
    (tmp_path / "영업.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "연구.csv").write_text(ROWS, encoding="utf-8")
    start = "영업\nko\nAsia/Seoul\n영업.csv\nleader@example.com\n\n\n"
    loopnote("init", folder=tmp_path, answers=start)
    before = (tmp_path / "config.toml").read_text(encoding="utf-8")
    for what, answers in (
        ("team", "연구\nko\nAsia/Seoul\n"),
        ("source", "연구\n연구.csv\n연구 기록\n"),
        ("reader", "kim@example.com\n연구\n"),
    ):
        ran = loopnote("init", "--add", what, folder=tmp_path, answers=answers)
        assert ran.code == 0, ran.err
    held = config(tmp_path)
    assert [team["name"] for team in held["teams"]] == ["영업", "연구"]
    assert held["sources"][1] == {
        "name": "연구 기록", "team": "연구", "kind": "file", "path": "연구.csv"
    }  # fmt: skip
    assert held["recipients"][1] == {"address": "kim@example.com", "teams": ["연구"]}
    comments = [line for line in before.splitlines() if line.startswith("#")]
    after = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert all(comment in after for comment in comments)


def test_notion_gets_a_token_file_because_cron_has_no_environment(tmp_path):
    address = "https://www.notion.so/team/0123456789abcdef0123456789abcdef"
    answers = f"영업\nko\nAsia/Seoul\n{address}\nleader@example.com\n\n\n"
    ran = loopnote("init", folder=tmp_path, answers=answers)
    assert ran.code == 0, ran.err
    assert config(tmp_path)["notion"] == {"token_file": "secrets/notion-token"}
    assert "secrets/notion-token" in ran.out
