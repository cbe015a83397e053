"""A log that is not understood, or not any more, is never taken for a log in which nothing
was written.
"""

import email
import email.policy
import json
from pathlib import Path

import pytest
from fakes.command import loopnote

pytestmark = pytest.mark.slow

CONFIG = """
[[teams]]
name = "team"
language = "ko"
timezone = "Asia/Seoul"
[[sources]]
name = "log"
team = "team"
kind = "file"
path = "log.csv"
[operator]
address = "op@example.org"
[mail]
transport = "folder"
folder = "outbox"
from = "loopnote@example.org"
"""
HEADER = "날짜,가설,실행,회고,담당\n"
ROWS = "".join(
    f"2026-11-{10 + n},가까우면 더 온다 {n},지도를 {n}장 붙였다,지도를 보고 {n}명이 왔다,민서\n"
    for n in range(6)
)
PROSE = "".join(f"오늘은 {n}번째로 손님과 길게 이야기했다\n" for n in range(6))


def workspace(folder: Path, log: str) -> Path:
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "log.csv").write_text(log, encoding="utf-8")
    return folder


def synced(folder: Path, *more: str) -> tuple[int, dict[str, object]]:
    ran = loopnote("--json", "sync", *more, folder=folder)
    return ran.code, json.loads(ran.out.splitlines()[0])


def living(folder: Path) -> int:
    return len(loopnote("--json", "notes", folder=folder).out.splitlines())


def test_texts_without_a_note_end_with_exit_1_and_are_said_everywhere(tmp_path: Path) -> None:
    folder = workspace(tmp_path, PROSE)
    code, told = synced(folder)
    assert (code, told["understood"], told["unread"], told["read"]) == (1, False, ["log"], 0)
    assert synced(folder)[0] == 1  # also where nothing changed since
    assert "not understood: log" in loopnote("status", folder=folder).out
    assert "source.understood" in loopnote("doctor", folder=folder).out
    assert "every cell was understood" not in loopnote("problems", folder=folder).out


def test_a_log_of_which_nothing_was_read_has_no_clean_bill(tmp_path: Path) -> None:
    folder = workspace(tmp_path, HEADER)
    assert synced(folder)[0] == 0
    assert "every cell was understood" not in loopnote("problems", folder=folder).out
    (folder / "log.csv").write_text(HEADER + ROWS, encoding="utf-8")
    assert synced(folder)[0] == 0
    assert "every cell was understood" in loopnote("problems", folder=folder).out


def test_notes_of_a_log_that_is_not_understood_any_more_stay_until_somebody_says_so(
    tmp_path: Path,
) -> None:
    folder = workspace(tmp_path, HEADER + ROWS)
    assert synced(folder)[0] == 0
    (folder / "log.csv").write_text(PROSE, encoding="utf-8")
    code, told = synced(folder)
    assert (code, told["gone"], told["understood"], living(folder)) == (1, 0, False, 6)
    assert "--accept" in loopnote("sync", "--full", folder=folder).err
    code, told = synced(folder, "--source", "log", "--accept")
    assert (told["gone"], living(folder)) == (6, 0)


def test_most_notes_at_once_are_kept_and_a_few_are_not(tmp_path: Path) -> None:
    folder = workspace(tmp_path, HEADER + ROWS)
    assert synced(folder)[0] == 0
    rows = ROWS.splitlines(keepends=True)
    (folder / "log.csv").write_text(HEADER + "".join(rows[:4]), encoding="utf-8")
    assert (synced(folder)[1]["gone"], living(folder)) == (2, 4)
    (folder / "log.csv").write_text(HEADER + ROWS, encoding="utf-8")
    assert (synced(folder)[0], living(folder)) == (0, 6)
    (folder / "log.csv").write_text(HEADER + rows[0], encoding="utf-8")
    code, told = synced(folder)
    assert (code, told["gone"], living(folder)) == (1, 0, 6)
    (folder / "log.csv").write_text(HEADER + ROWS, encoding="utf-8")
    assert (synced(folder)[0], living(folder)) == (0, 6)


def test_the_operator_hears_that_a_log_is_not_understood(tmp_path: Path) -> None:
    folder = workspace(tmp_path, HEADER + ROWS)
    loopnote("run", folder=folder, LOOPNOTE_NOW="2026-11-21T09:00:00+09:00")
    (folder / "log.csv").write_text(PROSE, encoding="utf-8")
    loopnote("run", folder=folder, LOOPNOTE_NOW="2026-11-23T08:05:00+09:00")
    mails = [path.read_bytes() for path in (folder / "outbox").rglob("*.eml")]
    assert any(b"op@example.org" in mail for mail in mails)


def test_the_leader_hears_since_when_the_log_is_not_understood(tmp_path: Path) -> None:
    folder = workspace(tmp_path, HEADER + ROWS)
    (folder / "config.toml").write_text(
        CONFIG + '[[recipients]]\naddress = "leader@example.org"\n', encoding="utf-8"
    )
    loopnote("run", folder=folder, LOOPNOTE_NOW="2026-11-21T09:00:00+09:00")
    (folder / "log.csv").write_text(PROSE, encoding="utf-8")
    loopnote("sync", folder=folder, LOOPNOTE_NOW="2026-11-22T09:00:00+09:00")
    loopnote("run", folder=folder, LOOPNOTE_NOW="2026-11-23T08:05:00+09:00")
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in (folder / "outbox").rglob("*.eml")
    ]
    texts = [
        mail.get_body(("plain",)).get_content() for mail in mails if "leader@" in str(mail["To"])
    ]
    assert len(texts) == 1
    assert "11월 22일(일)부터 팀의 기록을 알아볼 수 없습니다" in texts[0]
    assert "없습니다" not in texts[0].replace("수 없습니다", "")


def test_columns_goes_on_past_a_source_that_cannot_be_read(tmp_path: Path) -> None:
    broken = '[[sources]]\nname = "broken"\nteam = "team"\nkind = "file"\npath = "broken.xlsx"\n'
    folder = workspace(tmp_path, HEADER + ROWS)
    config = CONFIG.replace("[[sources]]", broken + "[[sources]]", 1)
    (folder / "config.toml").write_text(config, encoding="utf-8")
    (folder / "broken.xlsx").write_bytes(b"no workbook")
    ran = loopnote("--json", "columns", folder=folder)
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 1
    assert [bool(one.get("error")) for one in records] == [True, False]
    assert records[1]["columns"][1]["grade"] == "certain"
