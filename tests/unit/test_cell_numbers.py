"""The grammar of numbers and of changes."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contents.workbook import CellError, CellFormat
from sync.parsing.cells.changes import read_change, read_changes
from sync.parsing.cells.numbers import header_unit, read_number


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,200만원", 12_000_000, "원"),
        ("3억", 300_000_000, "원"),
        ("2억 3,400만원", 234_000_000, "원"),
        ("1만 2천원", 12_000, "원"),
        ("₩1.2M", 1_200_000, "원"),
        ("1.5k", 1500, ""),
        ("8,2", 8.2, ""),
        ("1,234,567", 1_234_567, ""),
        ("１２％", 12, "%"),
        ("+20%p", 20, "%p"),
        ("-3건", -3, "건"),
        ("▼3%", -3, "%"),
        ("(1,200)", -1200, ""),
        ("1시간 30분", 90, "분"),
        ("2h 15m", 135, "min"),
        ("약 30명", 30, "명"),
        ("42명 (지난주 30명)", 42, "명"),
        ("4.2/5", 4.2, ""),
        ("12켤레", 12, "켤레"),
        ("USD 300", 300, "$"),
    ],
)
def test_a_number_is_read_with_its_unit(text, value, unit):
    number = read_number(text)
    assert number is not None
    assert (number.value, number.unit) == (value, unit)


@pytest.mark.parametrize(
    "value",
    ["재지 못함", "▲3%", "△ 2", "13/42", "3~5건", "12 또는 15", CellError("#DIV/0!"), None, True],
)
def test_what_holds_no_single_number_is_none(value):
    assert read_number(value) is None


def test_formats_and_decimal_commas_tell_what_a_number_is():
    assert read_number(0.14, CellFormat("percent")).value == 14
    assert read_number(1200, CellFormat("currency", "₩")).unit == "원"
    assert read_number("1.234,5", decimal=",").value == 1234.5
    assert read_number(timedelta(minutes=90)).value == 90


def test_a_header_states_the_unit_and_its_scale():
    assert header_unit("매출 (단위: 만원)") == ("원", 10_000)
    assert header_unit("Wait time [min]") == ("min", 1)
    assert header_unit("가입 전환율 %") == ("%", 1)
    assert header_unit("비고") == ("", 1)


@pytest.mark.parametrize(
    ("text", "name", "before", "after", "unit"),
    [
        ("11%→22%", "", 11, 22, "%"),
        ("8.2 -> 9.4", "", 8.2, 9.4, ""),
        ("from 8 to 12", "", 8, 12, ""),
        ("재방문율이 27%에서 9%로 떨어졌다", "재방문율", 27, 9, "%"),
        ("단가 12,000원 → 9,800원", "단가", 12_000, 9_800, "원"),
        ("Wait time fell from 14 to 9 min", "Wait time", 14, 9, "min"),
        ("open rate: 18% → 24%", "open rate", 18, 24, "%"),
        ("3% → 5% → 8%", "", 3, 8, "%"),
        ("개선 전 12분 / 개선 후 8분", "", 12, 8, "분"),
        ("18건(전주 12건)", "", 12, 18, "건"),
        ("지난달 12건 대비 18건", "", 12, 18, "건"),
        ("4 → 11 orders", "", 4, 11, "orders"),
        ("1시간 20분 → 50분", "", 80, 50, "분"),
    ],
)
def test_a_pair_is_read_where_something_connects_it(text, name, before, after, unit):
    change = read_change(text)
    assert change is not None
    assert (change.name, change.before, change.after, change.unit, change.pair) == (
        name,
        before,
        after,
        unit,
        True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "신청 30명 중 12명 참석",
        "12 to 15 people came",
        "2026-09-07",
        "9월 7일 ~ 11일",
        "▲3%p",
        "1:10 → 1:32",
        "",
    ],
)
def test_numbers_side_by_side_are_no_change(text):
    assert read_change(text) is None


def test_counts_comparisons_targets_and_differences():
    counts = read_change("13/42 vs 13/88")
    assert (counts.before_counts, counts.after_counts, counts.comparison) == (
        (13, 42),
        (13, 88),
        True,
    )
    assert read_change("대조군 4.1% vs 실험군 5.0%").comparison
    assert read_change("25% (목표 30%)").target == 30
    assert (read_change("+20%p").change, read_change("+20%p").unit) == (20, "%p")
    assert read_change("문의 3건 감소").change == -3
    assert read_change("응답률 42%").after == 42


def test_a_text_may_state_several_changes():
    assert [(one.name, one.after) for one in read_changes("전환 3%→5%, 문의 12→20건")] == [
        ("전환", 5),
        ("문의", 20),
    ]


@given(
    st.text(alphabet="0123456789.,%→-+~()/: 만억천원건명전후to vs▲k$₩목표", max_size=30)
    | st.text(max_size=60)
)
def test_no_text_crashes_the_grammar(text):
    read_number(text)
    read_number(text, decimal=",")
    read_changes(text)


@given(st.integers(-(10**9), 10**9))
def test_a_whole_number_is_read_back_from_its_spellings(number):
    assert read_number(f"{number:,}").value == number
    assert read_number(f"{number}건").value == number


@pytest.mark.parametrize(
    ("text", "before", "after", "unit"),
    [
        ("주 1회→주 2회", 1, 2, "회"),
        ("월 4건→월 1건", 4, 1, "건"),
        ("하루 평균 3번 → 하루 평균 5번", 3, 5, "번"),
        ("weekly 1 → weekly 2", 1, 2, ""),
        ("3/week → 5/week", 3, 5, "/week"),
        ("1인당 2건→1인당 3건", 2, 3, "건"),
        ("0:06:30 → 0:04:15", 6.5, 4.25, "min"),
    ],
)
def test_a_change_may_repeat_how_often_and_may_be_of_times(text, before, after, unit):
    found = read_change(text)
    assert (found.before, found.after, found.unit, found.name, found.pair) == (
        before,
        after,
        unit,
        "",
        True,
    )


def test_a_time_is_minutes_and_one_without_seconds_written_as_text_may_be_either():
    assert read_number(time(0, 6, 30)).value == 6.5
    assert read_number("1:02:03").value == 62.05
    assert read_number("6:30") is None


@pytest.mark.parametrize(
    "text", ["전화 74통→", "전화 74통 → ?", "전화 74통→#REF!", "전화 74통 -> 미정"]
)
def test_an_arrow_to_nothing_leaves_only_the_number_before(text):
    found = read_change(text)
    assert (found.name, found.before, found.after, found.unit) == ("전화", 74, None, "통")


@pytest.mark.parametrize(
    ("text", "name", "before", "after"),
    [
        ("주문 12건(이전 0)", "주문", 0, 12),
        ("주문 12건 (기존 3건)", "주문", 3, 12),
        ("Orders 12 (was 5)", "Orders", 5, 12),
        ("A안 38% / 기존 31%", "", 31, 38),
        ("variant 5.0%, control 4.1%", "", 4.1, 5),
    ],
)
def test_what_was_before_in_brackets_leaves_the_name_alone(
    text: str, name: str, before: float, after: float
) -> None:
    found = read_change(text)
    assert found is not None
    assert (found.name, found.before, found.after) == (name, before, after)


@pytest.mark.parametrize(
    ("text", "name"),
    [("still 62 %", ""), ("Churn stayed at 62 %", "Churn"), ("Churn still 62 %", "Churn")],
)
def test_a_word_of_staying_names_nothing(text: str, name: str) -> None:
    found = read_change(text)
    assert found is not None
    assert (found.name, found.after) == (name, 62)


@pytest.mark.parametrize(
    "text",
    [
        "31/40 → 36/40",
        "31 of 40 → 36 of 40",
        "31 out of the 40 → 36 out of the 40",
        "40명 중 31명 → 40명 중 36명",
        "40건 가운데 31건→40건 가운데 36건",
    ],
)
def test_so_many_of_so_many_is_a_share_however_it_is_said(text: str) -> None:
    found = read_change(text)
    assert found is not None
    assert (found.before_counts, found.after_counts) == ((31, 40), (36, 40))
    assert (found.before, found.after) == (None, None)


@pytest.mark.parametrize("text", ["12 a month → 3 a month", "12 per shift → 3 per shift"])
def test_the_same_words_behind_both_numbers_do_not_part_a_change(text: str) -> None:
    found = read_change(text)
    assert found is not None
    assert (found.before, found.after) == (12, 3)
    assert read_change("12 a month → 3 a week later") != found


@pytest.mark.parametrize("text", ["20분 빨라짐", "20 minutes faster", "마감이 20분 앞당겨졌다"])
def test_what_got_faster_is_a_change_and_no_state(text: str) -> None:
    found = read_change(text)
    assert found is not None
    assert (found.after, found.change) == (None, -20)
