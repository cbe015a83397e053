"""How teams write weeks and spans of weeks, and weeks that nobody can read (reading rules 7.5)."""

from datetime import date

import pytest
from fakes.text_grids import notes, read

from sync.parse_result import ParseOptions
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_date

IN_2026 = DateContext(year=2026)
THIS_YEAR = ParseOptions(year=2026)


def log(*weeks: str, header: str = "Week") -> str:
    rows = [
        f"| {week} | Reviews bring sign-ups | Put {n} reviews up | It went well |"
        for n, week in enumerate(weeks, 2)
    ]
    return "\n".join([f"| {header} | Hypothesis | What we did | Result |", *rows])


def weeks(*cells: str, header: str = "Week") -> list[str]:
    return [note.week for note in notes(log(*cells, header=header), options=THIS_YEAR)]


@pytest.mark.parametrize(
    "cell",
    [
        "CW 47", "KW47", "calendar week 47", "Week no. 47", "2026 CW47", "CW47/2026", "26W47",
        "第47週", "47週目", "2026年第47周", "11月第三週", "11월 3째주", "11월W3", "M11 W3",
        "Week 3 (Nov)", "Nov 3rd week", "w/c 16 Nov", "week ending 20 Nov", "w/e 22 Nov",
        "11/16주", "semaine 47",
    ],
)  # fmt: skip
def test_a_week_is_read_in_whatever_way_it_is_written(cell: str) -> None:
    assert (read_date(cell, IN_2026).week, weeks(cell, cell)) == ("2026-W47", ["2026-W47"] * 2)


@pytest.mark.parametrize("cell", ["47", "47W", "47wk", "47th week", "2026-47", "47/2026"])
def test_in_a_column_of_weeks_the_number_is_enough(cell: str) -> None:
    assert weeks(cell, "W48") == ["2026-W47", "2026-W48"]


def test_a_number_with_w_is_no_week_where_the_header_does_not_say_so() -> None:
    assert [note.week for note in notes(log("6w", "2w", header="Effort"), options=THIS_YEAR)] == [
        "",
        "",
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "W33 - W35", "W33-35", "Weeks 33 to 35", "weeks 33–35", "CW33-35", "33~35주차", "33주~35주",
        "33-35주", "2026-W33~W35", "8월 2~4주차", "8월 2주차~4주차",
    ],
)  # fmt: skip
def test_a_span_of_weeks_is_a_start_and_an_end(cell: str) -> None:
    (note,) = notes(log(cell), options=THIS_YEAR)
    assert (note.start_date, note.end_date, note.week) == (
        date(2026, 8, 10),
        date(2026, 8, 30),
        "2026-W33",
    )


def test_a_span_of_weeks_passes_new_year() -> None:
    reading = read_date("W52-W01", IN_2026)
    assert (reading.start, reading.end) == (date(2026, 12, 21), date(2027, 1, 10))


@pytest.mark.parametrize("cell", ["CW26/27", "CW24/26", "26-27주"])
def test_two_numbers_that_may_be_a_year_and_a_week_are_asked_about(cell: str) -> None:
    reading = read(log(cell, "W48"), options=THIS_YEAR)
    assert reading.entries[0].note.week == ""
    assert [problem.code for problem in reading.problems] == ["unreadable_date"]


def test_a_year_and_a_week_are_no_span() -> None:
    assert read_date("26-46주", IN_2026).week == "2026-W46"


def test_a_day_beyond_the_sixth_shows_that_the_column_names_weeks_by_days() -> None:
    assert weeks("11/2주", "11/9주", header="주차") == ["2026-W45", "2026-W46"]
    assert weeks("11/1주", "11/2주", header="주차") == ["2026-W45", "2026-W46"]


def test_a_week_of_the_year_shows_that_the_small_ones_count_in_it_too() -> None:
    log_ = log("51주차", "52주차", "1주차", header="주차")
    found = [note.week for note in notes(log_, options=ParseOptions(year=2025))]
    assert found == ["2025-W51", "2025-W52", "2026-W01"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Week", ["Q4 W1", "Q4 W2", "Q4 W3", "Q4 W4"]),
        ("주차", ["1주차", "2주차", "3주차", "4주차"]),
        ("When", ["before the fair", "in spring", "after the move", "in the holidays"]),
    ],
)
def test_a_column_of_weeks_or_days_that_nobody_can_read_is_one_problem(
    header: str, cells: list[str]
) -> None:
    reading = read(log(*cells, header=header), options=THIS_YEAR)
    (problem,) = reading.problems
    assert (problem.code, problem.place.row, problem.value) == ("unreadable_date", 2, cells[0])
    assert dict(problem.facts)["count"] == "4"
    assert [entry.note.week for entry in reading.entries] == [""] * 4


def test_one_week_that_cannot_be_read_is_named_with_its_place() -> None:
    reading = read(log("Week 45", "Week 46", "the fair"), options=THIS_YEAR)
    assert [(one.code, one.place.row) for one in reading.problems] == [("unreadable_date", 4)]


def test_a_week_that_cannot_be_read_beside_a_day_is_no_loss() -> None:
    table = """
    | Date | Week | Hypothesis | What we did | Result |
    | 2026-11-16 | W47 | Reviews bring sign-ups | Put 3 reviews up | went well |
    | 2026-11-23 | the fair | Coupons bring guests | Handed 40 out | ten came |
    """
    assert read(table).problems == ()
