"""What must not matter.

The order of columns, strangers beside them, other words, other code points, blank lines.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fakes.text_grids import accounted, grid, read
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from notes.model.notes import Note
from sync.contents.pages import (
    BodySection,
    DateValue,
    Page,
    PageProperty,
    PropertySchema,
    build_page_set,
)
from sync.contents.workbook import CellError, Grid, Value, Workbook
from sync.parse_result import ParseOptions, join_results
from sync.parsing.logs.content import parse_content

LOG = grid("""
| 목표 | 가설 | 실행 | 시작일 | 종료일 | 담당자 | 판정 | 회고 | 배운 점 | 다음 행동 |
| 재방문 40% | 이름을 부르면 다시 온다 | 단골 이름 외우기 | 2026-09-07 | 2026-09-11 | 김하늘 | 성공 | 먼저 웃어 주었다 | 이름은 값보다 오래 간다 | 신입에게도 가르치기 |
| 재방문 40% | 덤이 있으면 다시 온다 | 쿠키 하나씩 드림 | 2026-09-14 | 2026-09-18 | 박서준 | 실패 | 쿠키만 드시고 가셨다 | 덤은 기억되지 않는다 | 쿠키 빼기 |
| 민원 반으로 | 먼저 사과하면 풀린다 | 첫 문장을 사과로 바꿈 | 2026-09-21 | 2026-09-25 | 김하늘 | 보류 | 전화는 줄었는데 편지가 늘었다 | 사과는 빠를수록 좋다 | 편지에도 적용 |
""")  # noqa: E501
SYNONYMS = {
    "목표": ("이루려는 것", "Objective"),
    "가설": ("우리 생각", "We believe"),
    "실행": ("한 일", "What we did"),
    "시작일": ("시작한 날", "Start date"),
    "종료일": ("끝난 날", "End date"),
    "담당자": ("맡은 이", "Owner"),
    "판정": ("성공 여부", "Verdict"),
    "회고": ("돌아보기", "Retrospective"),
    "배운 점": ("교훈", "Lessons learned"),
    "다음 행동": ("다음 할 일", "Next step"),
}


def told(one: Grid) -> list[Note]:
    """Return the notes without their places."""
    return [
        replace(entry.note, place=entry.note.place.__class__(), url="")
        for entry in read(one).entries
    ]


def moved(rows: Sequence[Sequence[Value]]) -> Grid:
    return replace(LOG, rows=rows)


@given(st.permutations(range(10)))
@settings(deadline=None, max_examples=examples(25))
def test_shuffled_columns_leave_the_notes_unchanged(order: list[int]) -> None:
    assert told(moved([[row[place] for place in order] for row in LOG.rows])) == told(LOG)


@given(
    st.integers(0, 10),
    st.sampled_from(
        [("예산", [10000, 20000, None]), ("링크", ["https://a.example/1", None, None])]
    ),
)
@settings(deadline=None, max_examples=examples(25))
def test_extra_columns_leave_the_notes_unchanged(
    place: int, column: tuple[str, list[Value]]
) -> None:
    cells = [column[0], *column[1]]
    rows = [[*row[:place], cell, *row[place:]] for row, cell in zip(LOG.rows, cells, strict=True)]
    assert told(moved(rows)) == told(LOG)


@given(st.lists(st.integers(0, 1), min_size=10, max_size=10))
@settings(deadline=None, max_examples=examples(25))
def test_synonyms_in_the_header_leave_the_notes_unchanged(choice: list[int]) -> None:
    header = [SYNONYMS[str(name)][way] for name, way in zip(LOG.rows[0], choice, strict=True)]
    assert told(moved([header, *map(list, LOG.rows[1:])])) == told(LOG)


def test_decomposed_letters_and_zero_width_signs_leave_the_notes_unchanged() -> None:
    rows = [
        [
            unicodedata.normalize("NFD", cell) + "\u200b" if isinstance(cell, str) else cell
            for cell in row
        ]
        for row in LOG.rows
    ]
    assert told(moved(rows)) == told(LOG)


@given(
    st.lists(st.sampled_from(["", "가을 실험 기록", "금요일마다 적어요"]), max_size=4),
    st.sets(st.integers(1, 3)),
)
@settings(deadline=None, max_examples=examples(25))
def test_title_and_blank_lines_leave_the_notes_unchanged(
    above: list[str], blanks: set[int]
) -> None:
    rows: list[list[Value]] = [[line or None] for line in above]
    for number, row in enumerate(LOG.rows):
        if number in blanks and number > 1:
            rows.append([None])
        rows.append(list(row))
    assert told(moved(rows)) == told(LOG)


CELL = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.sampled_from(
        [
            "목표",
            "가설",
            "회고",
            "성공",
            "9/31",
            "2026-09-01",
            "11%→22%",
            "합계",
            "K) a T) b",
            "Week 37",
            "=1+1",
            "-",
            "○",
        ]
    ),
    st.integers(-5, 60000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.just(CellError("#REF!")),
    st.dates(),
)


@given(st.lists(st.lists(CELL, max_size=8), max_size=14), st.text(max_size=12))
@example([["가설"], ["3", ":"], ["목표", "ª"]], "")
@example([["WEEK1", 1.0], [date(999, 1, 1)]], "")
@settings(deadline=None, max_examples=examples(150))
def test_no_sheet_stops_the_reader_and_every_row_is_accounted_for(
    rows: Sequence[Sequence[Value]], tab: str
) -> None:
    sheet = Grid(tab, rows)
    reading = join_results(parse_content(Workbook("log", [sheet]), ParseOptions()))
    assert accounted(reading, [sheet]) <= blank_to_the_eye(sheet)
    assert join_results(parse_content(Workbook("log", [sheet]), ParseOptions())) == reading


def blank_to_the_eye(sheet: Grid) -> set[tuple[str, int]]:
    """Rows that hold nothing once texts are clean."""
    from sync.contents.row_buffer import RowBuffer
    from sync.parsing.layout.sheet.clean_sheet import clean_grid

    return {
        (sheet.tab, number)
        for number, row in enumerate(clean_grid(sheet, RowBuffer()).rows, 1)
        if all(cell is None or cell is False for cell in row)
    }


VALUE = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.floats(0, 100),
    st.booleans(),
    st.builds(DateValue, st.dates()),
)


@given(st.lists(st.tuples(st.text(max_size=20), VALUE, st.text(max_size=40)), max_size=6))
@settings(deadline=None, max_examples=examples(60))
def test_no_page_stops_the_reader_and_every_page_is_accounted_for(
    pages: list[tuple[str, Any, str]],
) -> None:
    schema = (PropertySchema("t", "이름", "title"), PropertySchema("v", "결과", "rich_text"))
    made = [
        Page(
            f"page-{number}",
            "",
            title,
            (
                PageProperty("t", "이름", "title", title, title),
                PageProperty("v", "결과", "rich_text", value, str(value or "")),
            ),
            (BodySection("회고", 2, body),) if body else (),
        )
        for number, (title, value, body) in enumerate(pages)
    ]
    readings = list(parse_content(build_page_set("set", "log", schema, pages=made), ParseOptions()))
    assert sum(len(reading.entries) + len(reading.skipped) for reading in readings) >= len(pages)


def test_untitled_pages_are_a_note_each_and_never_continue_one_another() -> None:
    schema = (PropertySchema("t", "Name", "title"), PropertySchema("v", "실행", "rich_text"))
    made = [
        Page(f"page-{n}", "", "", (PageProperty("v", "실행", "rich_text", text, text),), ())
        for n, text in enumerate(["전단을 돌렸다", "쪽지를 붙였다", "문을 일찍 열었다"])
    ]
    found = list(parse_content(build_page_set("set", "log", schema, pages=made), ParseOptions()))
    assert sum(len(reading.entries) for reading in found) == 3
