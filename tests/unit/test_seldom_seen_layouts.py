"""Forms, cards and headers of two rows that few teams draw: each has one right reading."""

from datetime import date

import pytest
from fakes.text_grids import area, grid, lines, notes, read

from sync.contents.workbook import CellFormat, Grid, Value
from sync.parsing.layout.headers.changed_headers import may_name_columns
from sync.parsing.tables.record_table import NO_CONTEXT, RecordTable, TableColumn

ROWS = """
2026-11-02 | 글이 짧으면 읽는다 | 안내문을 줄였다 | 문의가 줄었다 | 짧은 글이 낫다
2026-11-03 | 사진이 있으면 머문다 | 사진을 넣었다 | 더 오래 머물렀다 | 사진은 약하다
"""


def test_a_value_merged_over_two_trials_in_columns_is_said_of_both() -> None:
    table = grid(
        """
        항목 | 1차 | 2차 | 3차
        날짜 | 2026-11-02 | 2026-11-09 | 2026-11-16
        가설 | 글이 짧으면 읽는다 | | 의자가 있으면 쉰다
        한 일 | 안내문을 줄였다 | 사진을 넣었다 | 의자를 놓았다
        결과 | 문의가 줄었다 | 더 머물렀다 | 오래 쉬었다
        """,
        merges=(area(3, 2, 3, 3),),
    )
    first, second, third = notes(table)
    assert first.hypothesis == second.hypothesis == "글이 짧으면 읽는다"
    assert third.hypothesis == "의자가 있으면 쉰다"


def test_a_blank_line_between_the_labels_of_a_form_ends_what_the_one_above_says() -> None:
    first, *_rest = notes("""
        항목 | 1차 | 2차 | 3차
        날짜 | 2026-11-02 | 2026-11-09 | 2026-11-16
        한 일 | 안내문을 줄였다 | 사진을 넣었다 | 의자를 놓았다
         | | |
        결과 | 문의가 줄었다 | 더 머물렀다 | 오래 쉬었다
        배운 점 | 짧은 글이 낫다 | 사진은 약하다 | 의자가 낫다
    """)
    assert (first.execution, first.learned) == ("안내문을 줄였다", "짧은 글이 낫다")


@pytest.mark.parametrize("merged", [True, False])
def test_a_form_whose_labels_are_wider_than_a_cell_keeps_their_values(merged: bool) -> None:
    form = Grid(
        "Log",
        lines("""
담당 | 민지 | 날짜 | | 2026-11-02
한 일 | 안내문을 두 줄로 줄였다 | | |
결과 | 문의가 줄었다 | | |
"""),
        merges=(area(1, 3, 1, 4),) if merged else (),
    )
    [note] = notes(form)
    assert (note.owners, note.start_date) == (("민지",), date(2026, 11, 2))


def test_lines_below_a_value_of_a_card_go_on_with_it() -> None:
    table = Grid(
        "Log",
        lines("""
날짜 | 2026-11-02
한 일 | 안내문을 두 줄로 줄였다
 | 글자도 키웠다
결과 | 문의가 줄었다
배운 점 |
 | 짧은 글이 낫다
 |
날짜 | 2026-11-09
한 일 | 사진을 세 장 넣었다
결과 | 오래 머물렀다
배운 점 | 사진이 낫다
 |
날짜 | 2026-11-16
한 일 | 의자를 놓았다
결과 | 오래 쉬었다
"""),
    )
    first, second, third = notes(table)
    assert first.execution == "안내문을 두 줄로 줄였다\n글자도 키웠다"
    assert (first.learned, second.learned, third.learned) == ("짧은 글이 낫다", "사진이 낫다", "")


def test_a_number_of_a_card_stays_a_number_whatever_stands_below_it() -> None:
    rows: list[list[Value]] = [
        ["날짜", "2026-11-02"],
        ["한 일", "안내문을 두 줄로 줄였다"],
        ["전", 0.12],
        ["후", 0.15],
        [None, "지난주보다 낫다"],
        [None, 0.16],
        [None, None],
        ["날짜", "2026-11-09"],
        ["한 일", "사진을 세 장 넣었다"],
        ["전", 0.15],
        ["후", 0.16],
    ]
    shown = {(row, 2): CellFormat("percent") for row in (3, 4, 10, 11)}
    first, second = notes(Grid("Log", rows, formats=shown))
    assert [(one.metric.before, one.metric.after, one.metric.unit) for one in (first, second)
            if one.metric] == [(12, 15, "%"), (15, 16, "%")]  # fmt: skip


def test_cards_that_stand_side_by_side_with_the_same_labels_are_records_of_their_own() -> None:
    found = notes("""
        날짜 | 2026-11-02 | 날짜 | 2026-11-09
        한 일 | 안내문을 두 줄로 줄였다 | 한 일 | 사진을 세 장 넣었다
        결과 | 문의가 줄었다 | 결과 | 오래 머물렀다
        배운 점 | 짧은 글이 낫다 | 배운 점 | 사진이 낫다
         | | |
        날짜 | 2026-11-16 | 날짜 | 2026-11-23
        한 일 | 의자를 놓았다 | 한 일 | 음악을 틀었다
        결과 | 오래 쉬었다 | 결과 | 불평이 있었다
        배운 점 | 의자가 낫다 | 배운 점 | 소리는 작게
    """)
    assert [(note.start_date.day, note.execution) for note in found if note.start_date] == [
        (2, "안내문을 두 줄로 줄였다"),
        (9, "사진을 세 장 넣었다"),
        (16, "의자를 놓았다"),
        (23, "음악을 틀었다"),
    ]


def test_unknown_words_down_the_side_name_rows_where_the_cells_of_a_row_are_of_one_sort() -> None:
    rows: list[list[Value]] = [
        ["때", "2026-11-02", "2026-11-09", "2026-11-16"],
        ["몇 명", 12, 14, None],
        ["거리", 3, 4, None],
        ["쪽", 3, 4, 5],
        ["무엇", "안내문을 두 줄로 줄여 붙였다", "사진을 세 장 넣어 보았다", None],
    ]
    reading = read(Grid("Log", rows))
    assert [table.kind for table in reading.tables] == ["metric"]
    assert [entry.note.title for entry in reading.entries] == ["몇 명", "거리", "쪽"]


def test_groups_of_unknown_words_above_the_header_are_part_of_its_names() -> None:
    table = Grid(
        "Log",
        lines("준비 | | | 정리 | \n날짜 | 가설 | 한 일 | 결과 | 배운 점" + ROWS),
        merges=(
            area(1, 1, 1, 3),
            area(1, 4, 1, 5),
        ),
    )
    reading = read(table)
    assert [column.header for column in reading.tables[0].columns][2:4] == [
        "준비 / 한 일",
        "정리 / 결과",
    ]
    assert [entry.note.learned for entry in reading.entries] == ["짧은 글이 낫다", "사진은 약하다"]


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("날짜 | 한 일 | 방문 수 | | 메모", " | | 본점 | 분점 | "),
        ("Date | What we did | Visitors | | Remark", " | | North | South | "),
    ],
)
def test_a_merged_name_is_split_by_the_places_below_it(header: str, parts: str) -> None:
    table = Grid(
        "Log",
        lines(f"""
{header}
{parts}
2026-11-02 | 안내문을 줄였다 | 12 | 14 | 짧은 글이 낫다
2026-11-03 | 사진을 넣었다 | 13 | 15 | 사진이 낫다
"""),
        merges=(area(1, 3, 1, 4),),
    )
    reading = read(table)
    group, *names = [name.strip() for name in (header.split("|")[2], *parts.split("|")[2:4])]
    headers = [column.header for column in reading.tables[0].columns]
    assert headers[2:4] == [f"{group} / {name}" for name in names]
    assert [entry.note.place.row for entry in reading.entries] == [3, 4]


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("날짜 | 한 일 | 방문 수 | | | 메모", "월일 | 내용 | 본점 | 분점 | 야외 | 그 밖"),
        ("Date | What we did | Visitors | | | Remark", "d/m | words | North | South | Yard | etc"),
    ],
)
def test_a_row_that_names_every_column_below_merged_names_is_a_part_of_the_header(
    header: str, parts: str
) -> None:
    table = Grid(
        "Log",
        lines(f"""
{header}
{parts}
2026-11-02 | 안내문을 줄였다 | 12 | 14 | 15 | 짧은 글이 낫다
2026-11-03 | 사진을 넣었다 | 13 | 15 | 16 | 사진이 낫다
"""),
        merges=(area(1, 3, 1, 5),),
    )
    headers = [column.header for column in read(table).tables[0].columns]
    assert headers[0] == " / ".join(text.split("|")[0].strip() for text in (header, parts))
    assert not any("안내문" in header for header in headers)


def test_numbers_below_a_merged_name_are_a_record_and_no_names() -> None:
    rows: list[list[Value]] = [
        ["날짜", "한 일", "방문", None, "메모"],
        [None, None, 12, 15, None],
        ["2026-11-02", "안내문을 줄였다", 12, 14, "짧은 글이 낫다"],
        ["2026-11-03", "사진을 넣었다", 13, 15, "사진이 낫다"],
    ]
    reading = read(Grid("Log", rows))
    assert reading.tables[0].header_rows == (1,)
    assert [entry.note.place.row for entry in reading.entries] == [3, 4]


def test_a_column_without_a_name_is_kept_where_most_rows_that_say_anything_fill_it() -> None:
    table = Grid(
        "Log",
        lines("""
날짜 | 한 일 | 결과 | | 담당
2026-11-02 | 안내문을 줄였다 | 문의가 줄었다 | 매장 | 민지
 | | | |
 | | | |
2026-11-03 | 사진을 넣었다 | 더 오래 머물렀다 | 누리집 | 도윤
"""),
    )
    assert "D" in [column.letter for column in read(table).tables[0].columns]


def test_a_second_table_below_a_blank_line_has_a_header_of_its_own() -> None:
    found = read(
        Grid(
            "Log",
            lines("""
날짜 | 한 일 | 결과 | 담당
2026-11-02 | 안내문을 줄였다 | 문의가 줄었다 | 민지
2026-11-03 | 사진을 넣었다 | 더 오래 머물렀다 | 도윤
 | | |
Date | What we did | Result | Owner
2026-11-04 | Cut the notice | Fewer questions | Ann
2026-11-05 | Added photos | They stayed longer | Bo
"""),
        )
    )
    assert [table.header_rows for table in found.tables] == [(1,), (5,)]
    assert [entry.note.owners[0] for entry in found.entries] == ["민지", "도윤", "Ann", "Bo"]


def test_a_line_that_says_one_thing_in_every_cell_is_no_header() -> None:
    reading = read(
        Grid(
            "Log",
            lines("""
날짜 | 한 일 | 결과 | 담당
2026-11-02 | 안내문을 줄였다 | 문의가 줄었다 | 민지
오늘 배운 점 | 없음 | 없음 | 없음
2026-11-03 | 사진을 넣었다 | 더 오래 머물렀다 | 도윤
"""),
        )
    )
    assert [table.header_rows for table in reading.tables] == [(1,)]
    assert [entry.note.owners for entry in reading.entries] == [("민지",), ("도윤",)]


@pytest.mark.parametrize(
    ("cells", "may"),
    [
        (["안내문을 줄였다", "한 일"], True),
        (["안내문을 줄였다", "사진을 넣었다", "한 일"], False),
        ([None, 3, "한 일"], False),
        (["안내문을 줄였다", None], False),
        ([], False),
    ],
)
def test_a_row_may_name_columns_where_one_of_its_first_cells_does(
    cells: list[Value], may: bool
) -> None:
    assert may_name_columns(cells, ["날짜", "결과"]) is may


def test_a_heading_whose_only_text_is_a_name_is_that_of_the_owner() -> None:
    [note] = notes("이름\n민지\n한 일\n안내문을 두 줄로 줄였다\n결과\n문의가 줄었다")
    assert (note.owners, note.title) == (("민지",), "")


@pytest.mark.parametrize("name", ["민지", "도윤"])
def test_a_section_line_that_is_a_name_says_whose_the_rows_below_it_are(name: str) -> None:
    first, second = notes(f"""
        한 일 | 결과 | 배운 점
        [{name}] | |
        안내문을 두 줄로 줄였다 | 문의가 줄었다 | 짧은 글이 낫다
        사진을 세 장 넣었다 | 머문 시간이 늘었다 | 사진이 낫다
    """)
    assert first.owners == second.owners == (name,)


def test_some_records_of_a_table_without_lines_of_a_tab_hold_what_these_say() -> None:
    columns = (
        TableColumn("한 일", "", "1", ["전화", "편지", "문자"], 1, inherited=frozenset({2})),
        TableColumn("결과", "", "2", ["좋다", "나쁘다", "좋다"], 2),
    )
    whole = RecordTable("Log", columns, [1, 1, 1], [NO_CONTEXT] * 3)
    some = whole.part([0, 2])
    assert [list(column.values) for column in some.columns] == [["전화", "문자"], ["좋다", "좋다"]]
    assert [column.inherited for column in some.columns] == [frozenset({1}), frozenset()]
    assert len(some.rows) == len(some.row_contexts) == 2


@pytest.mark.parametrize(("header", "row"), [("합계 방문", 12), ("Total visits", 14)])
def test_a_day_before_a_name_like_that_of_a_total_makes_a_record(header: str, row: int) -> None:
    rows: list[list[Value]] = [
        ["주", "지표", "값", "비고"],
        [date(2026, 11, 2), header, row, None],
        [date(2026, 11, 9), header, row + 1, None],
    ]
    found = notes(Grid("주간 수치", rows))
    assert [note.week for note in found] == ["2026-W45", "2026-W46"]


def test_a_line_of_a_series_whose_label_is_no_period_has_no_day() -> None:
    *_weeks, outlook = notes("""
        주 | 방문 | 매출
        2026-W45 | 12 | 300
        2026-W46 | 14 | 320
        2026-W47 | 15 | 330
        다음 주 예상 | 16 | 340
    """)
    assert (outlook.week, outlook.start_date) == ("", None)
