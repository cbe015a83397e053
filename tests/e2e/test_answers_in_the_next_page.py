"""What `columns --ask` was told is in the next page, whatever the log is kept in."""

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from fakes.command import Ran, loopnote
from fakes.google_server import google_server
from fakes.notion_server import TOKEN, notion_server
from fakes.pseudo_terminal import Terminal

LOGS = {
    "ko": [
        ["날짜", "담당", "실행", "결과", "거시기"],
        ["2026-11-16", "민지", "단골 120명에게 쿠폰을 보냈다", "성공",
        "금요일 저녁에 보내야 답이 많다"],
        ["2026-11-17", "준호", "30명에게 전화했다", "실패", "오전에는 아무도 받지 않는다"],
        ["2026-11-18", "소라", "간판을 바꿨다", "성공", "큰 글씨가 멀리서도 잘 보인다"],
    ],
    "en": [
        ["Date", "Who", "What we did", "Result", "Thingy"],
        ["2026-11-16", "Ann", "Sent coupons to 120 regulars", "success", "Friday evening is best"],
        ["2026-11-17", "Bo", "Called 30 people", "failure", "Nobody answers in the morning"],
        ["2026-11-18", "Cy", "Changed the sign", "success", "Large letters are seen from afar"],
    ],
}  # fmt: skip
NEXT = {"ko": "- [할 일] 금요일 저녁에 보내야 답이 많다", "en": "- Next: Friday evening is best"}
NOW = {"LOOPNOTE_NOW": "2026-11-27T08:00:00+09:00"}


def in_a_file(folder: Path, rows: list[list[str]], _server: Any) -> str:
    with (folder / "log.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return 'kind = "file"\npath = "log.csv"\n'


def in_a_sheet(folder: Path, rows: list[list[str]], server: Any) -> str:
    book = server.world.spreadsheet("log")
    book.tab("2026", rows)
    (folder / "key.json").write_text(json.dumps(server.key()), encoding="utf-8")
    return (
        f'kind = "google_sheets"\nspreadsheet = "{book.id}"\n[google]\nsheets_url = '
        f'"{server.url}"\n'
        f'drive_url = "{server.url}"\nservice_account_file = "key.json"\n'
    )


def in_notion(folder: Path, rows: list[list[str]], server: Any) -> str:
    header, *others = rows
    place = server.world.database("log")
    kinds = {name: "title" if name == header[2] else "rich_text" for name in header}
    held = server.world.data_source(place, "log", kinds)
    for row in others:
        server.world.add(held, dict(zip(header, row, strict=True)))
    (folder / "token").write_text(TOKEN, encoding="utf-8")
    return (
        f'kind = "notion"\ndatabase = "{place}"\n[notion]\nbase_url = "{server.url}"\n'
        'token_file = "token"\n'
    )


@pytest.fixture(scope="module")
def servers():
    with google_server() as google, notion_server() as notion:
        yield {in_a_file: None, in_a_sheet: google, in_notion: notion}


def run(folder: Path, *words: str, language: str, answers: str = "") -> Ran:
    ran = loopnote(*words, folder=folder, answers=answers, LOOPNOTE_LANG=language, **NOW)
    assert ran.code == 0, ran.err
    return ran


def page(folder: Path, language: str) -> str:
    run(folder, "sync", language=language)
    run(folder, "report", "--week", "2026-W47", "--out", "pages", language=language)
    (text,) = (folder / "pages").glob("*.txt")
    return text.read_text(encoding="utf-8")


def key_of(folder: Path, language: str, label: str) -> str:
    """Return the key that stands before a meaning in the question."""
    asked = run(folder, "columns", "--ask", language=language, answers="q\n").out
    return next(line.split()[0] for line in asked.splitlines() if line.strip().endswith(label))


@pytest.mark.parametrize(
    ("kept", "language"),
    [
        (in_a_file, "ko"),
        (in_a_sheet, "en"),
        (in_notion, "ko"),
        pytest.param(in_a_file, "en", marks=pytest.mark.slow),  # the other halves of the pairs
        pytest.param(in_a_sheet, "ko", marks=pytest.mark.slow),
        pytest.param(in_notion, "en", marks=pytest.mark.slow),
    ],
)
def test_an_answer_is_in_the_next_page(tmp_path, servers, kept, language):
    source = kept(tmp_path, LOGS[language], servers[kept])
    comment = "# our own remark\n"
    (tmp_path / "config.toml").write_text(
        f'[[teams]]\nname = "Team"\nlanguage = "{language}"\ntimezone = "Asia/Seoul"\n\n'
        f'{comment}[[sources]]\nname = "log"\nteam = "Team"\n{source}',
        encoding="utf-8",
    )
    assert NEXT[language] not in page(tmp_path, language)
    key = key_of(tmp_path, language, {"ko": "다음 행동", "en": "next action"}[language])
    run(tmp_path, "columns", "--ask", language=language, answers=f"{key}\nq\n")
    written = (tmp_path / "config.toml").read_text(encoding="utf-8")
    answered = tomllib.loads(written)["sources"][0]["columns"]
    assert answered == {LOGS[language][0][-1]: "next_action"}
    assert comment in written
    assert NEXT[language] in page(tmp_path, language)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "멈췄습니다."), pytest.param("en", "Stopped.", marks=pytest.mark.slow)],
)
def test_ctrl_c_keeps_the_answers_until_there(tmp_path, language, said):
    rows = [[*row, row[-1] + (" too" if language == "en" else " 그렇다")] for row in LOGS[language]]
    rows[0][-1] = "Whatsit" if language == "en" else "머시기"
    source = in_a_file(tmp_path, rows, None)
    (tmp_path / "config.toml").write_text(
        f'[[teams]]\nname = "Team"\n\n[[sources]]\nname = "log"\nteam = "Team"\n{source}',
        encoding="utf-8",
    )
    before = (tmp_path / "config.toml").read_text(encoding="utf-8")
    terminal = Terminal("columns", "--ask", folder=tmp_path, LOOPNOTE_LANG=language, **NOW)
    terminal.expect("(1/2)")
    terminal.press(b"0")
    terminal.expect("(2/2)")
    terminal.press(b"\x03")
    assert terminal.ended() == 130, terminal.shown
    assert said in terminal.shown
    after = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert after.count('"ignore"') == 1
    assert after.startswith(before.rstrip("\n"))
    terminal = Terminal("columns", "--ask", folder=tmp_path, LOOPNOTE_LANG=language, **NOW)
    terminal.expect("(1/1)")
    terminal.press(b"\x03")
    assert terminal.ended() == 130, terminal.shown
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == after
