"""Years that are not written, days of writing, instants with a zone, second periods (RULES
7.2, 7.7 to 7.7c).
"""

from datetime import UTC, date, datetime

import pytest
from fakes.text_grids import grid, notes, read
from hypothesis import given
from hypothesis import strategies as st

from sync.parse_result import ParseOptions
from sync.parsing.fields.years import RowDate, years_for

ROW = "| {day} | 전단을 돌렸다 {day} | 세 분이 들고 오셨다고 한다 |"


def log(*days: str, header: str = "날짜", above: str = "") -> str:
    return "\n".join(
        [
            *([above] if above else []),
            f"| {header} | 실행 | 회고 |",
            *(ROW.format(day=day) for day in days),
        ]
    )


def starts(*days: str, today: date | None = None, **more: str) -> list[str]:
    return [
        str(note.start_date)
        for note in notes(log(*days, **more), options=ParseOptions(today=today, zone="Asia/Seoul"))
    ]


def test_a_log_with_the_newest_first_passes_new_year_upwards() -> None:
    assert starts("1/4", "1/2", "2026-12-31", "12/28") == [
        "2027-01-04",
        "2027-01-02",
        "2026-12-31",
        "2026-12-28",
    ]


def test_a_log_with_the_newest_last_passes_new_year_downwards() -> None:
    assert starts("2026-12-29", "12/30", "1/2", "1/5")[2:] == ["2027-01-02", "2027-01-05"]


def test_a_log_without_order_stays_around_its_written_years() -> None:
    days = ("1/2", "12/28", "2026-12-30", "1/4", "12/29", "1/3", "12/31")
    assert [day[:4] for day in starts(*days)] == [
        "2027",
        "2026",
        "2026",
        "2027",
        "2026",
        "2027",
        "2026",
    ]


def test_a_year_from_the_title_gives_way_where_the_log_would_be_in_the_future() -> None:
    said = {"above": "| 2026 실험 기록 |"}
    assert starts("12/20", "1/5", "2/3", "3/2", today=date(2026, 3, 9), **said) == [
        "2025-12-20", "2026-01-05", "2026-02-03", "2026-03-02",
    ]  # fmt: skip


def test_a_day_that_may_be_of_either_year_has_none() -> None:
    found = read(log("2026-11-02", "12/1", "4/15"), options=ParseOptions(today=date(2026, 12, 3)))
    assert [str(entry.note.start_date) for entry in found.entries] == [
        "2026-11-02",
        "2026-12-01",
        "None",
    ]
    assert [problem.code for problem in found.problems] == ["year_unknown"]


@given(
    st.lists(st.integers(0, 40), min_size=2, max_size=40),
    st.dates(date(2020, 3, 1), date(2029, 1, 1)),
    st.sampled_from([1, -1]),
)
def test_the_years_of_an_ordered_log_are_those_it_was_written_in(
    gaps: list[int], first: date, order: int
) -> None:
    days = [date.fromordinal(first.toordinal() + sum(gaps[: n + 1])) for n in range(len(gaps))][
        ::order
    ]
    cells = [
        RowDate(n, day.month, day.day, year=day.year if n == 0 else None)
        for n, day in enumerate(days)
    ]
    assert years_for(cells, None, None) == {n: day.year for n, day in enumerate(days) if n}


def test_the_day_of_writing_dates_a_row_that_has_no_other_date() -> None:
    (first, second) = notes("""
    | 작성일 | 실행일 | 실행 | 회고 |
    | 2026-11-20 | 2026-11-12 | 전단을 돌렸다 | 세 분이 들고 오셨다고 한다 |
    | 2026-11-21 |  | 문자를 보냈다 | 답이 하나 왔다고 한다 |
    """)
    assert (first.start_date, first.week) == (date(2026, 11, 12), "2026-W46")
    assert (second.start_date, second.end_date, second.week) == (
        date(2026, 11, 21),
        None,
        "2026-W47",
    )


@pytest.mark.parametrize("header", ["수정일", "Last edited time"])
def test_the_day_of_the_last_change_dates_nothing(header: str) -> None:
    assert starts("2026-11-20", "2026-11-21", header=header) == ["None", "None"]


def test_an_instant_counts_on_the_day_of_the_teams_zone() -> None:
    assert starts("2026-11-22T15:00:00Z", "2026-11-22T14:59:00.000+00:00") == [
        "2026-11-23",
        "2026-11-22",
    ]
    stamp = datetime(2026, 11, 22, 16, tzinfo=UTC)
    (note,) = notes(log(stamp.isoformat()), options=ParseOptions(zone="America/New_York"))
    assert note.start_date == date(2026, 11, 22)


@pytest.mark.parametrize("header", ["데이터 기간", "정산월", "Data period", "Billing month"])
def test_a_second_period_is_not_the_time_of_the_trial(header: str) -> None:
    (note, _) = notes(f"""
    | 날짜 | 실행 | {header} | 회고 |
    | 2026-11-16 | 전단을 돌렸다 | 2024-01-01 ~ 2024-12-31 | 세 분이 들고 오셨다고 한다 |
    | 2026-11-17 | 문자를 보냈다 | 2025-01-01 ~ 2025-06-30 | 답이 하나 왔다고 한다 |
    """)
    assert (note.start_date, note.end_date) == (date(2026, 11, 16), None)


def test_an_end_without_a_year_lies_behind_its_start() -> None:
    (note, *_) = notes("""
    | 시작일 | 종료일 | 실행 | 회고 |
    | 2026-12-28 | 1/3 | 전단을 돌렸다 | 세 분이 들고 오셨다고 한다 |
    | 2026-12-29 | 12/30 | 문자를 보냈다 | 답이 하나 왔다고 한다 |
    """)
    assert (note.start_date, note.end_date) == (date(2026, 12, 28), date(2027, 1, 3))


def test_the_day_of_writing_does_not_date_what_is_only_planned() -> None:
    (done, planned) = notes("""
    | 작성일 | 실행 | 상태 | 회고 |
    | 2026-11-20 | 전단을 돌렸다 | 완료 | 세 분이 들고 오셨다고 한다 |
    | 2026-11-21 | 문자를 보낸다 | 예정 |  |
    """)
    assert (done.start_date, planned.start_date) == (date(2026, 11, 20), None)


def test_a_bare_weekday_is_that_day_of_the_week_of_the_label_above() -> None:
    found = notes("""
    | 날짜 | 실행 | 회고 |
    | [2026년 6주차] 2/2~2/6 | | |
    | 화 | 전단을 돌렸다 | 세 분이 들고 왔다 |
    | 2026. 2. 9 ~ 2. 13 | | |
    | 월요일 | 매대를 옮겼다 | 두 배로 팔렸다 |
    | Week 8 (2/16-2/20), 2026 | | |
    | | 포장을 바꿨다 | 두 배로 팔렸다 |
    """)
    assert [(note.start_date, note.end_date, note.week) for note in found] == [
        (date(2026, 2, 3), None, "2026-W06"),
        (date(2026, 2, 9), None, "2026-W07"),
        (date(2026, 2, 16), date(2026, 2, 20), "2026-W08"),
    ]


@pytest.mark.parametrize(
    "cell", ["3분기", "2026 Q4", "25년 12월", "FY26 Q1", "FY2026", "2026 상반기"]
)
def test_a_period_that_is_no_week_is_no_day_and_no_problem(cell: str) -> None:
    above = "| 시기 | 실행 | 회고 |\n| 2026-11-02 | 전단을 돌렸다 | 세 분이 왔다 |"
    log = f"{above}\n| {cell} | 매대를 옮겼다 | 두 배로 팔렸다 |"
    assert (notes(log)[1].start_date, read(log).problems) == (None, ())


@pytest.mark.parametrize(
    ("tab", "header", "first", "second"),
    [
        ("Q1 2027", "Date | What we tried | What happened", "Jan 11", "Feb 3"),
        ("2027년 1분기", "날짜 | 한 일 | 결과", "1/11", "2/3"),
        ("H1 2027", "Date | What we tried | What happened", "11 Jan", "3 Feb"),
    ],
)
def test_a_quarter_to_come_that_the_tab_states_keeps_its_year(
    tab: str, header: str, first: str, second: str
) -> None:
    log = (
        f"| {header} |\n| {first} | Ring all the others |  |\n| {second} | Hang a timetable up |  |"
    )
    found = notes(grid(log, tab), options=ParseOptions(today=date(2026, 11, 28)))
    assert [str(note.start_date) for note in found] == ["2027-01-11", "2027-02-03"]


def test_the_order_of_days_that_one_tab_proves_holds_for_the_others() -> None:
    header = "| Date | What we tried | What happened |"
    tabs = [
        grid(
            f"{header}\n| 11/02 | Rang them | Forty came |\n| 11/20 | Moved it | Fewer ask |",
            "Q4 2026",
        ),
        grid(f"{header}\n| 01/11 | Ring all the others |  |", "Q1 2027"),
    ]
    found = notes(*tabs, options=ParseOptions(today=date(2026, 11, 28)))
    assert [str(note.start_date) for note in found] == ["2026-11-02", "2026-11-20", "2027-01-11"]


def test_a_day_far_behind_the_day_of_reading_is_asked_about_in_a_short_log_too() -> None:
    log = """
    | Date | What we tried | What happened |
    | 2062-01-03 | Rang the lapsed members | Forty of them came back |
    """
    reading = read(log, options=ParseOptions(today=date(2026, 11, 28)))
    assert [problem.code for problem in reading.problems] == ["suspicious_date"]


WEEKS = """
| 주차 | 가설 | 해본 것 | 결과 |
| W51 | 후기를 보이면 가입이 는다 | 첫 화면에 후기 3개를 두었다 | 가입이 늘었다 |
| 52주 | 쿠폰이 손님을 부른다 | 쿠폰 40장을 돌렸다 | 그대로였다 |
| W1 | 문자가 손님을 부른다 | 문자를 60명에게 보냈다 | 열 명이 왔다 |
"""


@pytest.mark.parametrize(
    ("name", "options"),
    [("log", ParseOptions(year=2025)), ("2025 겨울 기록", ParseOptions())],
)
def test_weeks_alone_take_the_year_that_is_told_and_pass_into_the_next(
    name: str, options: ParseOptions
) -> None:
    found = [note.week for note in notes(WEEKS, name=name, options=options)]
    assert found == ["2025-W51", "2025-W52", "2026-W01"]


def test_the_53rd_week_takes_the_year_that_is_told() -> None:
    log = WEEKS.replace("W51", "52주차").replace("52주 ", "53주차 ")
    found = [note.week for note in notes(log, options=ParseOptions(year=2026))]
    assert found == ["2026-W52", "2026-W53", "2027-W01"]


def test_weeks_as_bare_numbers_and_merged_ones_take_the_year_that_is_told() -> None:
    log = """
    | Week | Hypothesis | What we did | Result |
    | 46 | Reviews bring sign-ups | Put 3 reviews up | 41 signed up |
    |    | Coupons bring guests | Handed 40 coupons out | no change |
    | 47 | Texts bring guests | Sent 60 texts | ten came |
    """
    found = [note.week for note in notes(log, options=ParseOptions(year=2026))]
    assert found == ["2026-W46", "2026-W46", "2026-W47"]


def test_a_week_without_a_day_beside_rows_with_days_of_two_years_is_not_guessed() -> None:
    log = """
    | Date | Week | Hypothesis | What we did | Result |
    | 2025-12-30 | W1 | Reviews bring sign-ups | Put 3 reviews up | 41 signed up |
    | 2026-01-06 | W2 | Coupons bring guests | Handed 40 coupons out | no change |
    |  | W3 | Texts bring guests | Sent 60 texts | ten came |
    """
    assert [note.week for note in notes(log)] == ["2026-W01", "2026-W02", ""]


def test_weeks_of_which_nothing_says_the_year_stay_without_one() -> None:
    reading = read(WEEKS)
    assert [entry.note.week for entry in reading.entries] == ["", "", ""]
    assert {problem.code for problem in reading.problems} == {"year_unknown"}


def test_a_day_far_from_the_quarter_of_its_tab_has_no_year() -> None:
    days = ("3/3", "10/12", "11/2", "1/6")
    book = grid(log(*days), "2026 4분기")
    found = read(book, options=ParseOptions(today=date(2027, 2, 20), zone="Asia/Seoul"))
    assert [str(entry.note.start_date) for entry in found.entries] == [
        "None",
        "2026-10-12",
        "2026-11-02",
        "2027-01-06",
    ]
    assert [(one.code, one.value) for one in found.problems] == [("year_unknown", "3/3")]


def test_a_column_that_is_named_a_day_is_never_a_goal() -> None:
    days = ("before the fair", "after the fair", "at the fair")
    found = notes(log(*days, header="Date"))
    assert [(note.goal, note.start_date) for note in found] == [("", None)] * 3


@pytest.mark.parametrize("header", ["작성일", "타임스탬프", "Created on"])
def test_a_day_of_writing_without_a_year_takes_it_as_other_days_do(header: str) -> None:
    assert starts("2026-12-29", "12/30", "1/2", header=header) == [
        "2026-12-29",
        "2026-12-30",
        "2027-01-02",
    ]
    assert starts("10/6", "10/13", header=header, above="2026년 실험") == [
        "2026-10-06",
        "2026-10-13",
    ]


def test_a_day_of_writing_that_dates_a_row_and_has_no_year_is_told() -> None:
    parsed = read(grid(log("10/6", "10/13", header="작성일")))
    assert [problem.code for problem in parsed.problems] == ["year_unknown", "year_unknown"]


def test_a_day_of_writing_beside_a_day_of_its_own_is_not_asked_for_its_year() -> None:
    text = """
| 작성일 | 날짜 | 실행 | 회고 |
| 10/6 | 2026-10-05 | 전단을 돌렸다 | 세 분이 들고 오셨다고 한다 |
| 10/7 | 2026-10-06 | 전화를 걸었다 | 다섯 분이 오셨다고 한다 |
"""
    assert not read(grid(text)).problems


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("9/7(월)", "9/8(화)", "9/10"), ["2026-09-07", "2026-09-08", "2026-09-10"]),
        (("Mon 7 Sept", "Tue 15 Sept"), ["2026-09-07", "2026-09-15"]),
        (("12/29(월)", "12/31(수)", "1/5(월)"), ["2025-12-29", "2025-12-31", "2026-01-05"]),
        (("9/7(월)~9/11(금)", "9/14(월)~9/18(금)"), ["2026-09-07", "2026-09-14"]),
        (
            ("9/2(월)", "11/5(화)", "2/10(월)", "7/1(화)", "11/3(월)", "3/4(수)"),
            ["2024-09-02", "2024-11-05", "2025-02-10", "2025-07-01", "2025-11-03", "2026-03-04"],
        ),
        (("9/7(월)", "9/8"), ["None", "None"]),
        (("9/7(화)", "9/8(화)", "9/9(수)"), ["None", "None", "None"]),
        (("9/7(목)", "9/8(금)"), ["None", "None"]),
        (("9/7", "9/8"), ["None", "None"]),
    ],
)
def test_weekdays_beside_days_prove_the_year_that_nothing_else_says(
    days: tuple[str, ...], expected: list[str]
) -> None:
    assert starts(*days, today=date(2026, 11, 29)) == expected
    assert starts(*days[::-1], today=date(2026, 11, 29)) == expected[::-1]


def test_weekdays_prove_the_same_year_soon_after_new_year() -> None:
    days = ("12/29(월)", "12/31(수)", "1/5(월)")
    assert starts(*days, today=date(2026, 1, 10)) == ["2025-12-29", "2025-12-31", "2026-01-05"]


def test_a_written_year_outranks_what_weekdays_would_prove() -> None:
    days = starts("9/7(월)", "9/8(화)", today=date(2026, 11, 29), above="| 2024년 기록 | | |")
    assert days == ["2024-09-07", "2024-09-08"]


def test_weekdays_prove_nothing_where_nobody_says_the_day_of_reading() -> None:
    assert starts("9/7(월)", "9/8(화)") == ["None", "None"]
