"""Whatever a grid or a page holds, it is understood without a crash, and the same each time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from sync.contents.pages import (
    BodySection,
    DateValue,
    Page,
    PageProperty,
    PropertySchema,
    build_page_set,
)
from sync.contents.workbook import Area, CellError, CellFormat, Grid, Workbook
from sync.parse_result import ParseOptions
from sync.parsing.logs.content import parse_content

WORDS = st.sampled_from(
    [
        "목표",
        "가설",
        "실행",
        "회고",
        "결과",
        "상태",
        "담당",
        "시작일",
        "종료일",
        "기간",
        "지표",
        "이전",
        "이후",
        "다음",
        "배운 점",
        "태그",
        "실험명",
        "Goal",
        "Hypothesis",
        "Owner",
        "Result",
        "Week",
        "Metric",
        "before",
        "after",
        "Next",
        "합계",
        "예시",
        "Total",
        "비고",
        "No.",
        "#",
        "■ 9월 2주차",
        "Week 37 (9/7–9/11)",
        "2026년 9월",
        "목표: 단골 늘리기",
        "────",
        "K) 가 P) 나 T) 다",
        "성공",
        "실패",
        "O",
        "X",
        "△",
        "진행중",
        "9/7",
        "9/31",
        "2026-09-07",
        "12/28",
        "1/3",
        "W37",
        "어제",
        "11%→22%",
        "1,200만원",
        "▲3%",
        "-",
        "n/a",
        "김하늘",
        "@서준",
        "Park (Ops)",
        "짧은 문구가 더 눌릴 것이다",
        "Shorter texts will be read",
        "=SUM(A1:A9)",
        "<b>굵게</b>",
        "🟡 = 진행중, ✅ = 성공",
        "\u200b",
        " ",
        "\n",
        "1" * 400,
    ]
)
VALUES = st.one_of(
    st.none(),
    st.none(),
    WORDS,
    WORDS,
    WORDS,
    st.text(max_size=12),
    st.booleans(),
    st.integers(-5, 60_000),
    st.floats(allow_nan=True),
    st.dates(date(1900, 1, 1), date(2300, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), datetime(2300, 1, 1)),
    st.just(time(9, 30)),
    st.just(timedelta(hours=30)),
    st.just(CellError("#REF!")),
)
FAST = settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def grids(draw):
    rows = draw(st.lists(st.lists(VALUES, max_size=9), max_size=14))
    spots = st.tuples(st.integers(1, 15), st.integers(1, 10))
    areas = st.builds(
        lambda a, h, w: Area(a[0], a[1], a[0] + h, a[1] + w),
        spots,
        st.integers(0, 4),
        st.integers(0, 4),
    )
    formats = st.dictionaries(
        spots,
        st.sampled_from(
            [CellFormat("percent"), CellFormat("currency", "₩"), CellFormat("number", "명")]
        ),
        max_size=3,
    )
    return Grid(
        tab=draw(
            st.sampled_from(["로그", "9월", "W37", "김하늘", "요약", "안내", "Sheet1", "2026"])
        ),
        rows=rows,
        merges=tuple(draw(st.lists(areas, max_size=3))),
        hidden_rows=frozenset(draw(st.lists(st.integers(1, 14), max_size=2))),
        hidden_columns=frozenset(draw(st.lists(st.integers(1, 9), max_size=1))),
        formats=draw(formats),
        links=draw(st.dictionaries(spots, st.just("https://example.org"), max_size=1)),
        comments=draw(st.dictionaries(spots, st.just("메모"), max_size=1)),
        tables=tuple(draw(st.lists(areas, max_size=1))),
        hidden=draw(st.booleans()) and draw(st.booleans()),
    )


def read(content):
    return list(parse_content(content(), ParseOptions(language="ko")))


@FAST
@given(st.lists(grids(), min_size=1, max_size=3))
def test_no_grid_crashes_the_reader_and_it_reads_the_same_twice(found):
    first = read(lambda: Workbook("무작위 2026", tuple(found)))
    assert first == read(lambda: Workbook("무작위 2026", tuple(found)))
    for reading in first:
        for entry in reading.entries:
            assert entry.raw.place.row >= 1
            assert entry.raw.cells
            note = entry.note
            assert any(
                (
                    note.title,
                    note.goal,
                    note.hypothesis,
                    note.execution,
                    note.retrospective,
                    note.learned,
                    note.next_action,
                    note.details,
                )
            )


def pages():
    value = st.one_of(
        st.tuples(st.just("rich_text"), WORDS),
        st.tuples(st.just("number"), st.floats(allow_nan=False)),
        st.tuples(st.just("checkbox"), st.booleans()),
        st.tuples(st.just("people"), st.lists(WORDS, max_size=2).map(tuple)),
        st.tuples(st.just("multi_select"), st.lists(WORDS, max_size=2).map(tuple)),
        st.tuples(
            st.just("date"),
            st.builds(DateValue, st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.none()),
        ),
        st.tuples(st.just("relation"), st.just(("deadbeef",))),
        st.tuples(st.just("brand_new_type"), st.none()),
    )
    prop = st.builds(
        lambda n, v: PageProperty(n, n, v[0], v[1], "" if v[1] is None else str(v[1])), WORDS, value
    )
    section = st.builds(BodySection, WORDS, st.integers(1, 6), WORDS)
    return st.lists(
        st.tuples(st.lists(prop, max_size=6), st.lists(section, max_size=4)), max_size=5
    )


@FAST
@given(pages())
def test_no_page_crashes_the_reader(drawn):
    moment = datetime(2026, 9, 7, tzinfo=UTC)

    def content():
        made = (
            Page(f"{n:032x}", "", "제목", tuple(properties), tuple(sections), edited=moment)
            for n, (properties, sections) in enumerate(drawn)
        )
        names = dict.fromkeys(
            (prop.id, prop.name, prop.type) for properties, _ in drawn for prop in properties
        )
        return build_page_set(
            "ds", "노트", tuple(PropertySchema(*name) for name in names), pages=made
        )

    assert read(content) == read(content)


@pytest.mark.slow
@settings(FAST, max_examples=1000)
@given(st.lists(grids(), min_size=1, max_size=2))
def test_no_grid_of_thousands_crashes_the_reader(found):
    read(lambda: Workbook("무작위", tuple(found)))
