"""The grammar of dates: what a careful person reads in one cell, and what nobody can."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.messages.problems import reason_of
from notes.model.notes import Place, Problem
from sync.contents.workbook import CellError
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_date, read_period_label
from sync.parsing.cells.date_grammar.days import order_in_header, order_proof

IN_2026 = DateContext(year=2026)
MDY = DateContext(year=2026, order="mdy")


def days(value, context=MDY):
    reading = read_date(value, context)
    return str(reading.start or ""), str(reading.end or "")


def codes(value, context=MDY):
    return [code for code, _ in read_date(value, context).problems]


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-07",
        "2026. 9. 7.",
        "2026.09.07",
        "26.09.07",
        "26/9/7",
        "'26.9.7",
        "20260907",
        "260907",
        "2026년 9월 7일",
        "9월 7일(월)",
        "9/7",
        "9/7(월)",
        "9/7 월",
        "7 Sep",
        "Sep 7, 2026",
        "7th of September 2026",
        "Mon 7 Sep",
        "7-Sep-26",
        "2026-09-07T08:00:00Z",
        "2026.09.07 오후 3:20",
        "9/7 14:00~16:00",
        "９／７",
        "9월 7일 예정",
    ],
)
def test_a_day_is_read_in_every_habit(text):
    assert days(text) == ("2026-09-07", "")


@pytest.mark.parametrize(
    "text",
    [
        "9/7~9/11",
        "9/7 ~ 11",
        "9.7-11",
        "9월 7일 ~ 11일",
        "7–11 Sep",
        "7-11.9",
        "2026-09-07 ~ 2026-09-11",
        "2026-09-07-2026-09-11",
        "2026.09.07-09.11",
        "9/7부터 9/11까지",
        "From Sep 7 until Sep 11",
        "Sep 7 – 11, 2026",
        "07.09. - 11.09.2026",
        "9/7(월)~9/11(금)",
        "9/7, 9/9, 9/11",
        "W37 (9/7~9/11)",
        "9월 2주차 (9/7~9/11)",
    ],
)
def test_a_range_is_read_in_every_spelling(text):
    assert days(text, IN_2026) == ("2026-09-07", "2026-09-11")


@pytest.mark.parametrize(
    "text",
    [
        "2월 1주차",
        "W6",
        "2026-W06",
        "6주차",
        "Week 6",
        "1st week of February",
        "Feb W1",
        "KW 6",
        "2/2 주간",
        "w/c 2 Feb",
    ],
)
def test_a_week_gives_its_week_and_no_start(text):
    reading = read_date(text, IN_2026)
    assert (reading.week, reading.start, str(reading.span[0])) == ("2026-W06", None, "2026-02-02")


def test_the_first_week_of_a_month_follows_the_convention():
    weeks = [
        read_date("10월 1주차", DateContext(year=2026, first_week=rule)).week
        for rule in ("thursday", "monday", "first")
    ]
    assert weeks == ["2026-W40", "2026-W41", "2026-W40"]


def test_a_bare_number_of_a_week_needs_the_month_around_it():
    assert read_date("2주차", DateContext(year=2026, month=9)).week == "2026-W37"
    assert read_date("2주차", IN_2026).week == ""


def test_half_open_ranges_have_one_end():
    assert days("~ 9/11") == ("", "2026-09-11")
    assert days("9/7 ~") == ("2026-09-07", "")
    assert days("9/7 ~ 진행중") == ("2026-09-07", "")
    assert days("9/11까지") == ("", "2026-09-11")


def test_a_range_over_new_year_passes_into_the_next_year():
    assert days("12/28 ~ 1/3") == ("2026-12-28", "2027-01-03")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-09-31", "impossible_date"),
        ("9/31", "impossible_date"),
        ("2026-13-01", "impossible_date"),
        ("2206-09-01", "suspicious_date"),
        ("9/7(화)", "weekday_mismatch"),
        ("9/11~9/7", "end_before_start"),
        ("W38 (9/7~9/11)", "week_date_conflict"),
        ("지난주", "unreadable_date"),
        ("12%", "unreadable_date"),
        (CellError("#REF!"), "error_value"),
    ],
)
def test_what_cannot_be_read_is_a_problem(value, code):
    assert codes(value) == [code]


def test_without_a_year_nothing_is_guessed():
    assert codes("9/7(월)", DateContext(order="mdy")) == ["year_unknown"]
    assert codes("9월 31일", DateContext()) == ["impossible_date"]


def test_an_ambiguous_day_is_a_problem_until_something_proves_its_order():
    assert codes("3/2/2026", DateContext()) == ["ambiguous_date"]
    assert days("3/2/2026 (Tue)", DateContext()) == ("2026-02-03", "")
    assert days("3/2", DateContext(year=2026, order="dmy")) == ("2026-02-03", "")
    assert days("9/7", DateContext(year=2026, week="2026-W37")) == ("2026-09-07", "")


def test_a_column_proves_its_order_only_when_it_does_not_contradict_itself():
    assert order_proof(["3/2/2026", "14/2/2026"]) == "dmy"
    assert order_proof(["26.02.14", "26.03.01"]) == ""
    assert order_proof(["13/2", "2/13"]) == ""
    assert order_in_header("Start (DD/MM/YYYY)") == "dmy"


def test_serials_and_typed_dates_are_days():
    assert days(46272) == ("2026-09-07", "")
    assert days(46272.75) == ("2026-09-07", "")
    assert days(date(2026, 9, 7)) == days(datetime(2026, 9, 7, 23, 59)) == ("2026-09-07", "")
    assert codes(date(1900, 1, 3)) == ["suspicious_date"]
    assert codes(9.1) == ["ambiguous_date"]


def test_a_weekday_alone_is_a_day_of_the_week_above():
    assert days("Tue", DateContext(week="2026-W37")) == ("2026-09-08", "")
    assert codes("Tue", IN_2026) == ["unreadable_date"]
    assert days("Mon", DateContext(week="2026-W37")) == ("2026-09-07", "")


@pytest.mark.parametrize(
    ("text", "week", "precision"),
    [
        ("■ 9월 2주차 기록", "2026-W37", "week"),
        ("── Week 37 ──", "2026-W37", "week"),
        ("2026년 9월", "", "month"),
        ("W37 (9/7~9/11)", "2026-W37", "range"),
        ("9/7 주간", "2026-W37", "week"),
        ("2026 Q3", "", "quarter"),
        ("Week of Sep 7", "2026-W37", "week"),
    ],
)
def test_a_label_line_states_a_period(text, week, precision):
    reading = read_period_label(text, IN_2026)
    assert (reading.week, reading.precision) == (week, precision)


@pytest.mark.parametrize(
    "text",
    ["Week 37 results were good", "김하늘", "5건", "Sprint 12", "12", "오늘", "9월 매출이 올랐다"],
)
def test_other_lines_are_no_period_labels(text):
    assert read_period_label(text, IN_2026) is None


def test_the_weekday_of_a_problem_is_said_in_the_readers_language():
    (code, facts), *_ = read_date("9/7(화)", MDY).problems
    problem = Problem(Place(tab="log", row=2), code, "9/7(화)", facts)
    assert reason_of(problem, "ko") == "‘9/7(화)’: 그날은 월요일입니다"
    assert reason_of(problem, "en").endswith("that day is a Monday")


@given(
    st.text(alphabet="0123456789./-~()월일주차년 WQhabcSepMon,:'#\n", max_size=24)
    | st.text(max_size=40)
)
def test_no_text_crashes_the_grammar(text):
    read_date(text, IN_2026)
    read_period_label(text, IN_2026)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_its_spellings(day):
    for spelling in (
        day.isoformat(),
        f"{day.year}. {day.month}. {day.day}.",
        f"{day:%d} {day:%b} {day.year}",
        f"{day.year}년 {day.month}월 {day.day}일",
    ):
        assert read_date(spelling, DateContext()).start == day
