"""Cells and rows that few logs hold: other spellings, impossible days, columns named seldom."""

from dataclasses import replace
from datetime import date

import pytest
from fakes.text_grids import codes, grid, notes, read

from sync.contents.workbook import Area, CellError, Grid
from sync.parse_result import ParseOptions
from sync.parsing.cells.changes import read_change
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_date
from sync.parsing.cells.date_grammar.named_periods import NamedPeriod, span_of
from sync.parsing.cells.label_sites import label_sites
from sync.parsing.cells.named_people import people_names
from sync.parsing.cells.numbers import find_numbers
from sync.parsing.columns.column_meanings import assign_roles

LOG = """
| 날짜 | 목표 | 가설 | 실행 | 결과 | 회고 |
| 2026-11-16 | 재방문 40% | 쿠폰을 주면 온다 | 쿠폰을 나눠 주었다 | 성공 | 쿠폰이 낫다 |
| 2026-11-17 | 재방문 40% | 덤을 주면 온다 | 과자를 드렸다 | 실패 | 덤은 잊힌다 |
"""


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("W36 ~ W37", date(2026, 8, 31), date(2026, 9, 13)),
        ("9월 ~ 10월", None, None),
        ("2026 Mar 5", date(2026, 3, 5), None),
        ("45/3/12", date(2045, 3, 12), None),
        ("2026-02-30T10:00:00Z", None, None),
        ("3월 1주차 ~ 3월 3주차", date(2026, 3, 2), date(2026, 3, 22)),
        ("week of 2026-02-30", None, None),
        (20260302, date(2026, 3, 2), None),
        (9.14, date(2026, 9, 14), None),
        (float("inf"), None, None),
    ],
)
def test_a_day_or_span_as_it_is_seldom_written_is_read_or_said(text, start, end) -> None:
    found = read_date(text, DateContext(year=2026))
    assert found.start == start
    assert found.end == end
    assert found.says_something != bool(found.problems)


def test_a_span_of_months_without_a_year_has_none() -> None:
    assert read_date("9월 ~ 10월", DateContext()).span is None
    whole = read_date("2026년 9월 ~ 10월", DateContext()).span
    assert whole == (date(2026, 9, 1), date(2026, 10, 31))


def test_the_month_around_it_tells_a_day_from_a_month() -> None:
    assert read_date("11/3", DateContext(year=2026, month=3)).start == date(2026, 3, 11)


def test_a_week_under_a_month_is_one_of_its_weeks_and_a_sixth_is_none() -> None:
    assert span_of(NamedPeriod("week", None, None, 1), 2026, month=9) == (
        date(2026, 8, 31),
        date(2026, 9, 6),
    )
    assert span_of(NamedPeriod("month_week", 2026, 2, 6), 2026) is None


def test_a_number_of_after_before_that_of_before_is_turned() -> None:
    found = read_change("conversion after 36%, before 31%")
    assert found is not None
    assert (found.before, found.after) == (31, 36)


def test_minutes_and_seconds_are_seconds() -> None:
    [found] = find_numbers("통화 3분 20초")
    assert (found.number.value, found.number.unit) == (200, "초")


def test_a_letter_without_a_sign_is_no_label() -> None:
    assert [one.start for one in label_sites("K팀이 와서 P) 늦었다 T) 먼저 건다")] == [7, 14]


def test_a_name_with_more_titles_than_two_keeps_one() -> None:
    assert people_names("김하늘 팀장님") == ("김하늘",)
    assert people_names("김하늘 대리 팀장 님")


def test_no_columns_have_no_meanings() -> None:
    assert assign_roles([], {}, "Log") == []


def test_a_column_says_which_of_the_three_a_row_is_about() -> None:
    found = notes("""
| 날짜 | 구분 flow | Flow | 가설 | 실행 | 결과 | 회고 |
| 2026-11-16 | a | 사업 | 쿠폰을 주면 온다 | 쿠폰을 나눠 주었다 | 성공 | 쿠폰이 낫다 |
| 2026-11-17 | b | 배움 | 덤을 주면 온다 | 과자를 드렸다 | 실패 | 덤은 잊힌다 |
""")
    assert [one.flow for one in found] == ["business", "learning"]


def test_a_column_of_links_is_read_line_by_line() -> None:
    found = notes("""
| Date | Hypothesis | What we did | Result | Related notes |
| 2026-11-16 | Coupons bring people back | Gave thirty coupons away | worked | T-1, T-2 |
| 2026-11-17 | A sign stops people | Hung a sign at the door | failed | T-3 |
""")
    assert [one.links for one in found] == [("T-1", "T-2"), ("T-3",)]


def test_a_formula_that_nobody_computed_is_said_as_such() -> None:
    sheet = grid(LOG)
    rows = [list(row) for row in sheet.rows]
    rows[1][4] = CellError("", missing=True)
    reading = read(replace(sheet, rows=rows))
    assert [code for _, _, code in codes(reading)] == ["formula_without_value"]


def test_a_merge_beyond_the_sheet_changes_nothing() -> None:
    sheet = grid(LOG)
    beyond = replace(sheet, merges=(Area(90, 1, 92, 3),))
    assert notes(beyond) == notes(sheet)


def test_a_decimal_comma_is_that_of_the_sheets_language() -> None:
    text = """
| Date | Hypothesis | What we did | Result | Before | After |
| 2026-11-16 | Coupons bring people back | Gave thirty coupons away | worked | 4,125 | 5,250 |
"""
    [found] = notes(replace(grid(text), locale="de_DE"))
    assert found.metric is not None
    assert (found.metric.before, found.metric.after) == (4.125, 5.25)


def test_a_card_of_one_line_is_none() -> None:
    card = Grid("Plan", [["Goal", "More repeat visits"]])
    reading = read(card, options=ParseOptions(tables={"Plan": "plan"}))
    assert not reading.entries


def of_kind(kind, text):
    found = read(text, options=ParseOptions(tables={"Log": kind}))
    return [entry.note for entry in found.entries]


def test_a_plan_says_whose_it_is_and_keeps_what_has_no_place_of_its_own() -> None:
    [card] = of_kind(
        "plan",
        """
| 주차 | Business Lever | Learning Lever | People Lever | 예상 위험 | 대응책 | 담당자 | 날씨 |
| 2026-W47 | 전화하기 | 편지 시험 | 김 대표 만나기 | 눈이 온다 | 미리 떠난다 | 김하늘 | 맑음 |
""",
    )
    assert card.owners == ("김하늘",)
    assert ("날씨", "맑음") in card.details.other
    assert card.details.risks[0].countermeasure == "미리 떠난다"


def test_a_line_of_an_action_log_without_a_count_is_none() -> None:
    found = of_kind(
        "action",
        """
| 기간 | 실행 | 계획 | 완료 |
| 11월 3주차 | 전화 | 5 | 3 |
| 11월 3주차 | 편지 | | |
""",
    )
    assert [one.details.text for one in found] == ["전화"]


def test_a_line_of_feedback_without_a_text_is_none() -> None:
    found = of_kind(
        "feedback",
        """
| 날짜 | 주는 사람 | 받는 사람 | 피드백 |
| 2026-11-16 | 김하늘 | 박서준 | 설명이 쉬웠다 |
| 2026-11-17 | 김하늘 | 박서준 | |
""",
    )
    assert len(found) == 1


def test_numbers_without_a_period_have_no_week() -> None:
    found = of_kind(
        "metric",
        """
| 주차 | 지표 | 값 | 단위 | 목표 |
| 2026-W46 | 재방문 | 31 | % | 40 |
| | 재방문 | 36 | % | 40 |
""",
    )
    assert found


def test_weekdays_above_the_same_fields_are_the_days_of_a_row() -> None:
    found = notes(
        replace(
            grid("""
| 이름 | 월 | | 화 | |
| | 실행 | 회고 | 실행 | 회고 |
| 김하늘 | 문구를 바꾸어 걸었다 | 짧게 쓰자 | 손님에게 물어 보았다 | 먼저 묻자 |
| 박서준 | 열 곳에 전화를 했다 | 아침이 낫다 | 전단을 돌려 보았다 | 역 앞이 낫다 |
"""),
            merges=(Area(1, 2, 1, 3), Area(1, 4, 1, 5)),
        )
    )
    assert len(found) == 4


def test_a_header_that_somebody_hid_is_no_header() -> None:
    sheet = grid(LOG)
    twice = replace(sheet, rows=[sheet.rows[0], *sheet.rows], hidden_rows=frozenset({1}))
    assert len(notes(twice)) == 2


def test_a_line_of_signs_alone_is_no_total() -> None:
    found = notes(f"{LOG}| ✱ 합계 ✱ |\n| --- |\n")
    assert len(found) == 2


def test_an_integer_beyond_all_bounds_has_a_key_of_its_own() -> None:
    sheet = grid(LOG)
    rows = [list(row) for row in sheet.rows]
    rows[1][5] = 10**40
    assert len(notes(replace(sheet, rows=rows))) == 2


def test_a_tab_of_lines_alone_has_no_rows_beside_a_table() -> None:
    assert not read("| 이 파일은 팀의 기록입니다 |\n| 고치지 마세요 |\n").entries
