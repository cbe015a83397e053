"""Dates that name no year: it is asked for where a person can say it, and counts in the next
page.
"""

import json
import tomllib

import openpyxl
import pytest
from fakes.command import loopnote
from fakes.pseudo_terminal import Terminal

KOREAN = [
    ["언제", "누가", "가설", "해본 것", "어떻게 됐나"],
    ["11/16", "민지", "후기를 보이면 가입이 는다", "첫 화면에 후기 3개를 두었다",
    "가입 41명 → 58명"],
    ["11/18", "준호", "배송비를 먼저 보이면 이탈이 준다", "배송비를 적었다", "이탈 62% 그대로"],
]  # fmt: skip
ENGLISH = [
    ["When", "Who", "Hypothesis", "What we did", "What happened"],
    ["Nov 16", "Ann", "Reviews bring sign-ups", "Put 3 reviews up", "41 → 58 sign-ups"],
    ["Nov 18", "Bo", "Early shipping costs keep carts", "Showed the costs", "still 62 %"],
]
DONE = "실행한 일"
"""What a page says of a week with dated rows."""
NOW = {"LOOPNOTE_NOW": "2026-11-27T08:00:00+09:00", "TZ": "Asia/Seoul"}


def log_of(folder, rows, name="log.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)


def weeks_of(folder, tabs):
    book = openpyxl.Workbook()
    del book["Sheet"]
    for tab, rows in tabs.items():
        sheet = book.create_sheet(tab)
        for row in rows:
            sheet.append(row)
    book.save(folder / "log.xlsx")


def configured(folder, rows):
    log_of(folder, rows)
    (folder / "config.toml").write_text(
        '[[teams]]\nname = "Team"\n\n[[sources]]\nname = "log"\nteam = "Team"\nkind = "file"\n'
        'path = "log.xlsx"  # every Friday\n',
        encoding="utf-8",
    )


def page_of(folder):
    assert loopnote("sync", folder=folder, **NOW).code == 0
    made = loopnote("report", "--week", "2026-W47", "--out", "pages", folder=folder, **NOW)
    assert made.code == 0, made.err
    (page,) = (folder / "pages").glob("*.html")
    return page.read_text(encoding="utf-8")


def test_try_asks_for_the_year_of_tabs_that_name_their_weeks_alone(tmp_path):
    card = [["목표", "재등록률 70%"], ["가설", "문자를 먼저 보내면 재등록한다"],
            ["실행", "만료 7일 전 문자"], ["회고", "답장 온 사람은 거의 다 등록했다"]]  # fmt: skip
    weeks_of(tmp_path, {"11월 2주": card, "11월 3주": card})
    ran = loopnote("try", "log.xlsx", folder=tmp_path, LOOPNOTE_LANG="ko", **NOW)
    assert "try log.xlsx --year 2026" in ran.out
    weeks_of(tmp_path, {"메모": card})
    ran = loopnote("try", "log.xlsx", folder=tmp_path, LOOPNOTE_LANG="ko", **NOW)
    assert "--year" not in ran.out


@pytest.mark.parametrize(
    ("rows", "spoken", "asked"),
    [
        pytest.param(KOREAN, "ko", "날짜에 연도가 없습니다", id="ko"),
        pytest.param(ENGLISH, "en", "name no year", id="en", marks=pytest.mark.slow),
    ],
)
def test_try_says_which_option_makes_the_page_where_nobody_can_be_asked(
    tmp_path, rows, spoken, asked
):
    log_of(tmp_path, rows)
    ran = loopnote("try", "log.xlsx", folder=tmp_path, LOOPNOTE_LANG=spoken, **NOW)
    assert ran.code == 1
    assert asked in ran.out
    assert "try log.xlsx --year 2026" in ran.out
    again = loopnote("try", "log.xlsx", "--year", "2026", folder=tmp_path, **NOW)
    assert again.code == 0, again.err
    assert f"2026-W47-log-{spoken}.html" in again.out
    assert "init --from log.xlsx --year 2026" in again.out


def test_a_person_at_a_terminal_answers_with_enter_and_has_the_page(tmp_path):
    log_of(tmp_path, KOREAN)
    terminal = Terminal("try", "log.xlsx", folder=tmp_path, LOOPNOTE_LANG="ko", **NOW)
    terminal.expect("몇 년의 기록인가요? (Enter: 2026)")
    terminal.type("")
    assert terminal.ended() == 0, terminal.shown
    assert "2026-W47-log-ko.html" in terminal.shown
    assert "init --from log.xlsx --year 2026" in terminal.shown


def test_a_log_whose_dates_have_a_year_asks_nothing(tmp_path):
    log_of(tmp_path, [KOREAN[0], ["2026-11-16", *KOREAN[1][1:]], KOREAN[2]])
    terminal = Terminal("try", "log.xlsx", folder=tmp_path, LOOPNOTE_LANG="ko", **NOW)
    assert terminal.ended() == 0, terminal.shown
    assert "몇 년의" not in terminal.shown


@pytest.mark.parametrize("text", ["26", "twenty", "3026"])
def test_what_is_no_year_is_said_to_be_none(tmp_path, text):
    log_of(tmp_path, ENGLISH)
    ran = loopnote("try", "log.xlsx", "--year", text, folder=tmp_path, **NOW)
    assert ran.code == 2
    assert "write it like 2026" in ran.err


@pytest.mark.parametrize(
    ("rows", "spoken", "asked"),
    [
        (KOREAN, "ko", "이 날짜들은 몇 년인가요?"),
        pytest.param(ENGLISH, "en", "which year are these dates in?", marks=pytest.mark.slow),
    ],
    ids=["ko", "en"],
)
def test_the_year_that_ask_was_told_is_in_the_next_page(tmp_path, rows, spoken, asked):
    configured(tmp_path, rows)
    assert DONE not in page_of(tmp_path)
    shown = loopnote("columns", folder=tmp_path, LOOPNOTE_LANG=spoken, **NOW)
    assert asked in shown.out
    assert "    year = 2026\n" in shown.out
    ran = loopnote(
        "columns", "--ask", folder=tmp_path, answers="8\n1\nq\n", LOOPNOTE_LANG=spoken, **NOW
    )
    assert ran.code == 0, ran.err
    assert asked in ran.out
    assert rows[1][0] in ran.out
    written = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert 'path = "log.xlsx"  # every Friday\nyear = 2026\n' in written
    assert DONE in page_of(tmp_path)
    assert asked not in loopnote("columns", folder=tmp_path, LOOPNOTE_LANG=spoken, **NOW).out


def test_later_leaves_the_year_open(tmp_path):
    configured(tmp_path, ENGLISH)
    before = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert loopnote("columns", "--ask", folder=tmp_path, answers="\nq\n", **NOW).code == 0
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == before


def test_init_writes_the_year_that_try_was_told(tmp_path):
    log_of(tmp_path, ENGLISH)
    start = "Team\nen\nAsia/Seoul\nleader@example.com\n\n\n\n"
    ran = loopnote("init", "--from", "log.xlsx", "--year", "2026", folder=tmp_path, answers=start)
    assert ran.code == 0, ran.err
    held = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))
    assert held["sources"][0]["year"] == 2026
    log_of(tmp_path, KOREAN, "second.xlsx")
    added = loopnote(
        "init", "--add", "source", "--year", "2025", folder=tmp_path, answers="\nsecond.xlsx\n\n"
    )
    assert added.code == 0, added.err
    held = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))
    assert held["sources"][1]["year"] == 2025


@pytest.mark.parametrize(
    ("spoken", "told"),
    [
        ("ko", "몇 년인지 알 수 없어"),
        pytest.param("en", "nothing says which year 2 dates are in", marks=pytest.mark.slow),
    ],
)
def test_sync_and_doctor_ask_for_the_year_until_it_is_known(tmp_path, spoken, told):
    configured(tmp_path, KOREAN)
    speaking = {"LOOPNOTE_LANG": spoken, **NOW}
    for command in ("sync", "doctor"):
        out = loopnote(command, folder=tmp_path, **speaking).out
        assert told in out
        assert "columns log --ask" in out.replace('"', "")
    answer = json.loads(loopnote("--json", "sync", folder=tmp_path, **NOW).out)
    assert answer["yearless"] == 2
    loopnote("columns", "log", "--ask", folder=tmp_path, answers="1\nq\n", **speaking)
    for command in ("sync", "doctor"):
        assert told not in loopnote(command, folder=tmp_path, **speaking).out
