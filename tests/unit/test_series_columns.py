"""What the columns of a table of numbers are to it, and are shown as."""

import pytest

from notes.model.notes import Note, PlanCard, Series
from sync.contents.workbook import Grid, Workbook
from sync.parse_result import ParseOptions, ParseResult, join_results
from sync.parsing.logs.content import parse_content

WEEKS = ("W44", "W45", "W46", "W47")


def read(*rows: tuple) -> ParseResult:
    book = Workbook("kpi", (Grid("KPI", rows),))
    return join_results(parse_content(book, ParseOptions(year=2026)))


def fields(result: ParseResult) -> list[str]:
    (table,) = result.tables
    return [column.field for column in table.columns]


def points(note: Note) -> list[tuple[str, float, float | None]]:
    assert isinstance(note.details, Series)
    return [(point.name, point.value, point.target) for point in note.details.points]


def test_every_number_by_week_is_shown_as_the_metric_that_it_is() -> None:
    found = read(
        ("주", "가입 완료율", "예약수", "이탈률"),
        *((week, 0.4 + at / 100, 12 + at, 0.6) for at, week in enumerate(WEEKS)),
    )
    assert fields(found) == ["period", "metric_name", "metric_name", "metric_name"]


def test_goal_over_numbers_by_week_is_the_target_of_the_one_metric() -> None:
    found = read(
        ("주차", "주문수", "목표"), *((week, 100 + at, 200) for at, week in enumerate(WEEKS))
    )
    assert fields(found) == ["period", "metric_name", "target"]
    assert points(found.entries[0].note) == [("주문수", 100.0, 200.0)]


def test_goal_over_numbers_belongs_to_no_one_of_two_metrics_and_is_none() -> None:
    found = read(
        ("Week", "Visits", "Orders", "Goal"),
        *((week, 1000 + at, 100 + at, 200) for at, week in enumerate(WEEKS)),
    )
    assert points(found.entries[0].note) == [("Visits", 1000.0, None), ("Orders", 100.0, None)]


def test_weeks_along_the_header_have_the_target_beside_the_name() -> None:
    found = read(
        ("지표", "단위", "목표", *WEEKS),
        ("재구매율", "%", 30, 21, 22, 24, 25),
        ("주문", "건", 200, 9, 8, 7, 6),
    )
    assert fields(found) == ["metric_name", "unit", "target", *["metric_value"] * 4]
    assert points(found.entries[0].note)[0] == ("재구매율", 21.0, 30.0)


@pytest.mark.parametrize(
    "weeks",
    [
        ("Week 40", "Week 41", "Week 42"),
        ("Week of Sep 7", "Week of Sep 14", "Week of Sep 21"),
        ("W40", "W41", "W42"),
        ("9월 1주", "9월 2주", "9월 3주"),
    ],
)
@pytest.mark.parametrize("beside", [(), ("Unit", "Target"), ("단위", "목표")])
def test_weeks_along_the_header_may_be_spelled_like_a_field(
    weeks: tuple[str, ...], beside: tuple[str, ...]
) -> None:
    said = [("min", 5), ("count", 10)] if beside else [(), ()]
    found = read(
        ("Metric", *beside, *weeks),
        ("Wait time", *said[0], 9, 8, 7),
        ("Returned parcels", *said[1], 14, 12, 15),
    )
    assert [points(entry.note)[0][:2] for entry in found.entries] == [
        ("Wait time", 9.0),
        ("Returned parcels", 14.0),
    ]


@pytest.mark.parametrize("unit", ["min", "count", "max", "개수", "합계"])
def test_a_unit_that_is_a_word_of_totals_as_well_makes_no_total(unit: str) -> None:
    found = read(
        ("Week", "What we did", "Unit", "Before", "After"),
        ("2026-W44", "Moved the desk", unit, 9, 7),
        ("2026-W45", "One more bell", "people", 4, 6),
    )
    assert [entry.note.execution for entry in found.entries] == ["Moved the desk", "One more bell"]


@pytest.mark.parametrize("corner", ["지표", "항목", "Number", None])
@pytest.mark.parametrize("beside", [(), ("단위", "목표"), ("담당", "목표")])
@pytest.mark.parametrize("names", [("반품 건수", "평균 대기 시간"), ("Average wait",)])
def test_what_stands_before_the_weeks_names_the_metric(
    corner: str | None, beside: tuple[str, ...], names: tuple[str, ...]
) -> None:
    said = {(): (), ("단위", "목표"): ("분", 5), ("담당", "목표"): ("지현", 5)}[beside]
    found = read((corner, *beside, *WEEKS), *((name, *said, 9, 8, 7, 6) for name in names))
    assert [entry.note.title for entry in found.entries] == list(names)


def test_a_number_by_week_that_nothing_names_is_not_told_under_its_unit() -> None:
    found = read(("단위", "목표", *WEEKS), ("분", 5, 9, 8, 7, 6), ("건", 10, 14, 12, 15, 11))
    assert found.entries == ()
    assert [problem.code for problem in found.problems] == ["not_understood"]


def test_a_goal_by_its_words_is_the_name_of_the_numbers_along_the_header() -> None:
    found = read(("목표", *WEEKS), ("재구매율 올리기", 1, 2, 3, 4), ("이탈 줄이기", 9, 8, 8, 7))
    assert fields(found) == ["metric_name", *["metric_value"] * 4]
    assert points(found.entries[0].note)[0] == ("재구매율 올리기", 1.0, None)


def test_a_card_counts_its_big_3_on_one_line() -> None:
    found = read(
        ("BHAG", "동네 1등 세탁소"),
        ("핵심 결과", "재방문율 40%"),
        ("사업 레버", "당일 배송"),
        ("배움 레버", "얼룩 실험"),
        ("사람 레버", "기사와 통화"),
        ("Big 3", "1) 당일 배송 3일 2) 가격표 3) 전화 20통"),
    )
    card = found.entries[0].note.details
    assert isinstance(card, PlanCard)
    assert card.big3 == ("당일 배송 3일", "가격표", "전화 20통")


def test_what_a_table_settles_is_shown_with_its_reason() -> None:
    found = read(
        ("주차", "할 일", "계획", "실행"), ("47주", "전화", 20, 11), ("47주", "배송", 3, 3)
    )
    (table,) = found.tables
    assert {column.reason for column in table.columns if column.field == "done_count"} == {
        "planned and done"
    }
    assert all(column.confidence >= 0.9 for column in table.columns)


def test_in_a_column_of_metrics_a_mean_and_a_count_are_metrics_and_no_totals() -> None:
    """What its last word or first one could make a total of: "반품 건수", "평균 대기 시간"."""
    found = read(
        ("지표", "목표", *WEEKS),
        ("평균 대기 시간(분)", 10, 15, 17, 16, 13),
        ("반품 건수", 20, 34, 27, 25, 24),
        ("전체 합계", 30, 49, 44, 41, 37),
    )
    names = [points(entry.note)[0][0] for entry in found.entries]
    assert names == ["평균 대기 시간", "반품 건수"]


def test_the_scale_of_a_score_is_no_part_of_its_unit() -> None:
    """4.1 of 5 is no 4.15."""
    found = read(
        ("지표", *WEEKS), ("만족도(5점)", 4.1, 4.2, 4.1, 4.3), ("Rating (1-5)", 4, 4, 3, 4)
    )
    units = [
        point.unit
        for entry in found.entries
        if isinstance(entry.note.details, Series)
        for point in entry.note.details.points[:1]
    ]
    assert units == ["점", ""]


def test_where_one_header_is_the_week_of_a_day_all_of_them_are() -> None:
    """Alone "10/5 주" is the fifth week of October, "10/12 주" the weeks from 10 to 12."""
    found = read(("지표", "9/28 주", "10/5 주", "10/12 주"), ("주문", 9, 8, 7), ("문의", 3, 4, 5))
    details = found.entries[0].note.details
    assert isinstance(details, Series)
    days = [point.day and point.day.isoformat() for point in details.points]
    assert days == ["2026-09-28", "2026-10-05", "2026-10-12"]
