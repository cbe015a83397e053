"""Where mails only go into a folder, nothing says that anybody was mailed."""

import json

import pytest
from fakes.command import loopnote

CONFIG = """
[[teams]]
name = "영업"
timezone = "Asia/Seoul"
[[recipients]]
address = "leader@example.com"
[[sources]]
name = "log"
team = "영업"
kind = "file"
path = "log.csv"
[operator]
address = "operator@example.com"
"""
NOW = {"LOOPNOTE_NOW": "2026-11-23T08:30:00+09:00"}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "log.csv").write_text(
        "날짜,가설,실행,결과\n2026-11-17,전화하면 다시 온다,30명에게 전화했다,실패\n",
        encoding="utf-8",
    )
    return tmp_path


def test_run_and_status_name_the_file_and_never_say_sent(folder):
    ran = loopnote("run", folder=folder, **NOW)
    assert "written to outbox/" in ran.out, ran.err
    status = loopnote("status", folder=folder, **NOW)
    assert "written to outbox/" in status.out
    assert "sent" not in (ran.out + status.out).replace("not sent", "")
    korean = loopnote("status", folder=folder, **{**NOW, "LOOPNOTE_LANG": "ko"})
    assert "에 씀(보내지 않음)" in korean.out


def test_the_log_says_written_of_a_mail_that_was_not_sent(folder):
    ran = loopnote("--verbose", "run", folder=folder, **NOW)
    assert "state=written" in ran.err, ran.err
    assert "state=sent" not in ran.err
    assert "written=1" in ran.err


def test_a_test_copy_and_the_answer_for_programs_name_the_file(folder):
    loopnote("sync", folder=folder, **NOW)
    ran = loopnote("send", "--to", "me@example.com", folder=folder, **NOW)
    assert "nobody was mailed" in ran.out
    sent = loopnote("--json", "send", folder=folder, **NOW)
    (line,) = map(json.loads, sent.out.splitlines())
    assert line["outbox"].endswith(".eml")


def test_doctor_says_that_nobody_is_mailed_and_that_the_operator_hears_nothing(folder):
    ran = loopnote("--json", "doctor", folder=folder, **NOW)
    found = {one["id"]: one for one in map(json.loads, ran.out.splitlines())}
    assert found["mail.nobody"]["level"] == "warning"
    assert found["operator.told"]["level"] == "warning"
    assert "loopnote init --add mail" in found["mail.nobody"]["next_step"]
    assert "only written" in found["operator.told"]["what"]


def test_an_alert_that_is_only_written_says_so(folder):
    loopnote("run", folder=folder, **NOW)
    (folder / "log.csv").unlink()
    for hour in ("10", "12", "14", "16", "18"):
        ran = loopnote("run", folder=folder, LOOPNOTE_NOW=f"2026-11-24T{hour}:30:00+09:00")
    assert "nobody was mailed" in ran.err or any(
        "operator" in path.name for path in (folder / "outbox").iterdir()
    )
