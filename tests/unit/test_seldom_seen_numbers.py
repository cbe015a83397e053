"""Tables of numbers and statuses that few teams write, so that nothing else runs their lines."""

import pytest
from fakes.text_grids import grid, notes, points, read

from notes.model.errors import SourceRefusedError
from notes.model.notes import Series
from sync.parse_result import ParseOptions
from sync.parsing.cells.korean_endings import as_noun
from sync.parsing.cells.outcomes import read_status
from sync.parsing.overrides import FoundNames, check_overrides


@pytest.mark.parametrize(
    ("said", "noun"), [("효과를 보았다", "효과를 봄"), ("먹었다", "먹음"), ("줄었다", "줄음")]
)
def test_a_verb_of_the_past_has_a_noun(said: str, noun: str) -> None:
    assert as_noun(said) == noun


@pytest.mark.parametrize(
    ("cell", "sense"),
    [
        ("가설이 빗나갔습니다", "failure"),
        ("오늘은 날씨가 아주 좋아서 다 같이 천천히 걷다가 늦게 돌아왔습니다", ""),
    ],
)
def test_a_status_is_known_however_its_verb_ends(cell: str, sense: str) -> None:
    found = read_status(cell)
    assert (found.sense if found else "") == sense


def test_a_number_without_a_period_has_no_day() -> None:
    table = """
| 주차 | 지표 | 값 |
| | 방문 | 10 |
| 41주차 | 방문 | 12 |
| 42주차 | 방문 | 15 |
| 43주차 | 방문 | 11 |
"""
    assert [str(point.day) for point in points(notes(grid(table, "지표 2026")))] == [
        "None",
        "2026-10-05",
        "2026-10-12",
        "2026-10-19",
    ]


@pytest.mark.parametrize("marks", [("1", "2"), ("1호기", "2호기")])
def test_one_number_of_several_machines_is_no_series_of_one(marks: tuple[str, str]) -> None:
    rows = [f"| 2026-10-{day:02} | {mark} | {day / 10} |" for day in (5, 12, 19) for mark in marks]
    found = read(grid("\n".join(["| 주 | 호기 | 불량률 |", *rows]), "불량"))
    assert not found.entries
    assert [one.code for one in found.problems] == ["not_understood"]


def test_a_tab_that_the_configuration_names_has_to_be_there() -> None:
    found = FoundNames({"실험": None}, {}, {})
    check_overrides(ParseOptions(tables={"실험": "log"}), found)
    with pytest.raises(SourceRefusedError):
        check_overrides(ParseOptions(tables={"회고": "log"}), found)


def test_sentences_under_the_name_of_a_day_are_open_beside_days() -> None:
    (first, _) = notes(
        """
| 시작일 | 날짜 | 실행 | 결과 |
| 2026-10-05 | 전단이 잘 통하지 않았던 것 같다 | 전단을 30장 돌렸다 | 두 분이 오셨다 |
| 2026-10-12 | 문자가 훨씬 나았던 것 같다 | 문자를 30건 보냈다 | 다섯 분이 오셨다 |
"""
    )
    assert (first.retrospective, str(first.start_date)) == ("두 분이 오셨다", "2026-10-05")


WEEKS = ("2026-W40", "2026-W41", "2026-W42")


def test_numbers_beside_what_was_done_are_no_table_of_numbers() -> None:
    rows = [f"| {week} | {what} | 12 | 전단 |" for week in WEEKS for what in ("방문", "구매")]
    found = read(grid("\n".join(["| 측정일 | 항목 | 수치 | 실행 |", *rows]), "모음"))
    assert not any(isinstance(entry.note.details, Series) for entry in found.entries)


def test_what_tells_two_numbers_of_one_name_apart_may_stand_in_a_later_column() -> None:
    rows = [
        f"| {week} | 별점 | {star} | 4.{at} | 서울 | {shop} |"
        for at, week in enumerate(WEEKS)
        for shop, star in (("강남", 4.1), ("목동", 3.2))
    ]
    found = notes("\n".join(["| 주차 | 지켜본 숫자 | 값 | 목표 | 도시 | 지점 |", *rows]))
    assert {point.name for point in points(found)} == {"별점 (강남)", "별점 (목동)"}


@pytest.mark.parametrize(
    ("log", "values"),
    [
        (
            """
| 날짜 | 문의 | 방문 |
| 2024-09-02 | 31건 | 45명 |
| 2024-09-03 | 12건 | 19명 |
| 2024-09-04 | 14건 | 22명 |
""",
            [31, 45, 12, 19, 14, 22],
        ),
        (
            """
| 지표 | 9월 1주 | 9월 2주 | 9월 3주 |
| 문의 수 | 31건 | 28건 | 30건 |
| 방문 | 402 | 390 | 388 |
| 합계 | 31건 | 28건 | 30건 |
""",
            [31, 28, 30, 402, 390, 388],
        ),
        (
            """
| Metric | W36 | W37 | W38 |
| Returns | 31 items | 28 items | 30 items |
| Visits | 402 | 390 | 388 |
""",
            [31, 28, 30, 402, 390, 388],
        ),
    ],
)
def test_counts_side_by_side_are_measured_and_no_total(log: str, values: list[float]) -> None:
    assert [point.value for point in points(notes(log))] == values


def test_a_lone_count_below_a_log_is_a_total() -> None:
    reading = read("""
| 날짜 | 실험 | 결과 | 전 | 후 |
| 2024-09-02 | 새 문구를 붙였다 | 더 많이 물었다 | 31건 | 45건 |
| 2024-09-03 | 큰 사진을 걸었다 | 더 오래 보았다 | 12명 | 19명 |
| 9월 | 2건 | | | |
| | 2건 | 2개 | | |
""")
    assert [entry.note.place.row for entry in reading.entries] == [2, 3]
    assert {one.first_row: one.code for one in reading.skipped} == {
        1: "header",
        4: "total",
        5: "total",
    }
