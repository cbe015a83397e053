"""Columns, lists and Notion databases that few teams have: each has one right reading."""

from collections.abc import Sequence
from datetime import date

import pytest
from fakes.text_grids import grid, notes, read

from notes.model.notes import PlanCard
from sync.contents.pages import (
    BodySection,
    DateValue,
    Page,
    PageProperty,
    PropertySchema,
    build_page_set,
)
from sync.parse_result import ParseOptions, ParseResult, join_results
from sync.parsing.logs.content import parse_content


def fields(reading: ParseResult) -> list[str]:
    """Return the field of each column of the first table."""
    return [column.field for column in reading.tables[0].columns]


@pytest.mark.parametrize(
    ("log", "field"),
    [
        (
            """
            Date | Why | What we did | Owner
            2026-11-02 | Too many complaints about the queue | Opened a second till | Ann
            2026-11-03 | Nobody knew the place | Hung out three signs | Bo
            """,
            "hypothesis",
        ),
        (
            """
            Date | Why | What we did | Owner
            2026-11-02 | To reach young people | Opened a second till | Ann
            2026-11-03 | To cut the queue | Hung out three signs | Bo
            """,
            "goal",
        ),
        (
            """
            날짜 | 왜 | 한 일 | 담당
            2026-11-02 | 매출 증대 | 계산대를 하나 더 열었다 | 민지
            2026-11-03 | 재방문 늘리기 | 사진을 세 장 넣었다 | 도윤
            """,
            "hypothesis",
        ),
        (
            """
            날짜 | 왜 | 한 일 | 담당
            2026-11-02 | 젊은 손님을 늘리려고 | 계산대를 하나 더 열었다 | 민지
            2026-11-03 | 대기를 줄이려고 | 사진을 세 장 넣었다 | 도윤
            """,
            "goal",
        ),
    ],
)
def test_a_reason_beside_deeds_is_a_goal_only_where_it_says_what_for(log: str, field: str) -> None:
    assert fields(read(log))[1] == field


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Stop", ("keep", "stop")),
        ("Keep", ("keep", "stop")),
        ("계속할 것", ("계속", "중단")),
        ("그만둘 것", ("계속", "중단")),
    ],
)
def test_a_column_of_what_goes_on_or_ends_may_only_say_whether_it_does(
    header: str, cells: Sequence[str]
) -> None:
    first, second = notes(f"""
        Date | What we did | Result | {header}
        2026-11-02 | Cut the notice to two lines | Fewer questions came | {cells[0]}
        2026-11-03 | Added three photos | They left sooner | {cells[1]}
    """)
    assert (first.next_kind, second.next_kind) == ("keep", "stop")
    assert (first.next_action, second.next_action) == ("", "")


def test_yes_under_a_header_that_asks_whether_to_stop_is_not_read_as_going_on() -> None:
    configured = ParseOptions(columns={"Stop?": "next_kind"})
    first, second = notes(
        """
        Date | What we did | Result | Stop?
        2026-11-02 | Cut the notice to two lines | Fewer questions came | no
        2026-11-03 | Added three photos | They left sooner | yes
        """,
        options=configured,
    )
    assert (first.next_kind, second.next_kind) == (None, None)


@pytest.mark.parametrize("year", ["", "2026-"])
def test_an_end_without_a_year_that_would_lie_before_its_start_is_of_the_next_year(
    year: str,
) -> None:
    first, second = notes(
        grid(
            f"""
            시작일 | 종료일 | 한 일 | 결과
            {year}12-28 | 1/3 | 안내문을 두 줄로 줄였다 | 문의가 줄었다
            {year}12-29 | 1/5 | 사진을 세 장 넣었다 | 머문 시간이 늘었다
            """.replace("12-2", "12-2" if year else "12/2"),
            tab="2026",
        )
    )
    assert (first.start_date, first.end_date) == (date(2026, 12, 28), date(2027, 1, 3))
    assert (second.start_date, second.end_date) == (date(2026, 12, 29), date(2027, 1, 5))


def test_days_of_a_tab_named_after_a_quarter_are_of_its_year_and_one_outside_is_near_them() -> None:
    first, second, third = notes(
        grid(
            """
            날짜 | 한 일 | 결과
            10/2 | 안내문을 두 줄로 줄였다 | 문의가 줄었다
            11/3 | 사진을 세 장 넣었다 | 더 오래 머물렀다
            1/5 | 문 앞에 의자를 놓았다 | 더 오래 쉬었다
            """,
            tab="2026 4분기",
        )
    )
    assert [one.start_date for one in (first, second, third)] == [
        date(2026, 10, 2),
        date(2026, 11, 3),
        date(2027, 1, 5),
    ]


@pytest.mark.parametrize("cell", ["13/42로 늘었다", "→ 13/42", "up to 13/42"])
def test_a_cell_of_afterwards_that_tells_a_change_to_counts_gives_the_counts(cell: str) -> None:
    first, *_rest = notes(f"""
        날짜 | 한 일 | 지표 | 개선 전 | 개선 후
        2026-11-02 | 안내문을 두 줄로 줄였다 | 가입률 | 24% | {cell}
        2026-11-03 | 사진을 세 장 넣었다 | 가입률 | 25% | 31%
        2026-11-04 | 의자를 놓았다 | 가입률 | 25% | 33%
    """)
    assert first.metric is not None
    assert (first.metric.before, first.metric.after) == (24, None)
    assert first.metric.after_counts == (13, 42)


@pytest.mark.parametrize(
    ("cell", "after"),
    [
        ("3% 줄었다", None),
        ("8%p 늘었다", None),
        ("up 3%", None),
        ("fell by 3%", None),
        ("31%로 늘었다", 31),
        ("up to 31%", 31),
        ("31% (7%p 상승)", 31),
    ],
)
def test_by_how_much_a_number_moved_is_not_where_it_ended(cell: str, after: float | None) -> None:
    reading = read(f"""
        날짜 | 한 일 | 지표 | 개선 전 | 개선 후
        2026-11-02 | 안내문을 두 줄로 줄였다 | 가입률 | 24% | {cell}
        2026-11-03 | 사진을 세 장 넣었다 | 가입률 | 25% | 31%
        2026-11-04 | 의자를 놓았다 | 가입률 | 25% | 33%
    """)
    metric = reading.entries[0].note.metric
    assert metric is not None
    assert (metric.before, metric.after) == (24, after)
    told = [(2, "unreadable_number")] if after is None else []
    assert [(one.place.row, one.code) for one in reading.problems] == told


@pytest.mark.parametrize("cell", ["24% → 31%", "24%에서 31%로"])
def test_a_cell_of_afterwards_that_tells_the_whole_change_gives_its_end(cell: str) -> None:
    first, *_rest = notes(f"""
        날짜 | 한 일 | 지표 | 개선 전 | 개선 후
        2026-11-02 | 안내문을 두 줄로 줄였다 | 가입률 | 24% | {cell}
        2026-11-03 | 사진을 세 장 넣었다 | 가입률 | 25% | 31%
        2026-11-04 | 의자를 놓았다 | 가입률 | 25% | 33%
    """)
    assert first.metric is not None
    assert (first.metric.before, first.metric.after) == (24, 31)


@pytest.mark.parametrize(
    ("headers", "name"),
    [("재방문 (A) | 재방문 (B)", "재방문"), ("Visits (old) | Visits (new)", "Visits")],
)
def test_two_headers_that_differ_in_their_brackets_are_named_by_the_rest(
    headers: str, name: str
) -> None:
    first, _second = notes(f"""
        Date | What we did | {headers}
        2026-11-02 | Cut the notice to two lines | 12 | 15
        2026-11-03 | Added three photos | 12 | 16
    """)
    assert first.metric is not None
    assert (first.metric.name, first.metric.before, first.metric.after) == (name, 12, 15)


@pytest.mark.parametrize("labelled", ["잘된 점: 분위기\\n아쉬운 점: 소리", "Good: x\\nBad: y"])
def test_a_learning_of_good_and_bad_alone_stays_as_it_was_written(labelled: str) -> None:
    first, _second = notes(f"""
        날짜 | 한 일 | 결과 | 배운 점
        2026-11-04 | 음악을 틀었다 | 손님이 더 머물렀다 | {labelled}
        2026-11-05 | 의자를 놓았다 | 더 오래 쉬었다 | 의자가 낫다
    """)
    assert first.learned == labelled.replace("\\n", "\n")
    assert first.success_factors
    assert first.failure_factors


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            """
            Task | Owner | Done?
            Order the banner for the door | Ann | TRUE
            Print the leaflets for the fair | Bo | FALSE
            """,
            "a checklist",
        ),
        (
            """
            실행 | 담당 | 완료
            현수막을 주문한다 | 민지 | TRUE
            전단을 인쇄한다 | 도윤 | FALSE
            """,
            "a checklist",
        ),
        (
            """
            성공 요인 | 구역
            문의를 절반으로 줄였다 | 가동
            머무는 시간을 두 배로 늘렸다 | 나동
            """,
            "no text of a log",
        ),
        (
            """
            물건 | 구역 | 크기 | 메모
            문 앞 안내판 | 가동 | 큼 | 지난달에 새로 칠했다
            뒤뜰 나무 의자 | 나동 | 작음 | 다리 하나가 흔들린다
            옥상 빨간 우산 | 다동 | 큼 | 바람이 불면 접어야 한다
            """,
            "a list of things",
        ),
        (
            """
            구분 | 건수
            좋은 점 | 3
            아쉬운 점 | 4
            """,
            "definitions",
        ),
    ],
)
def test_a_list_that_is_no_log_makes_no_notes_and_says_what_it_is(text: str, reason: str) -> None:
    reading = read(text)
    assert [table.reason for table in reading.tables] == [reason]
    assert [problem.code for problem in reading.problems] == ["not_understood"]
    assert reading.entries == ()


@pytest.mark.parametrize("header", ["다음 행동", "Next action"])
def test_a_list_of_one_field_is_no_log_though_the_configuration_names_its_header(
    header: str,
) -> None:
    reading = read(
        f"""
        {header} | 크기
        문의를 절반으로 줄여 보자 | 가동
        머무는 시간을 두 배로 늘려 보자 | 나동
        """,
        options=ParseOptions(header_rows={"Log": 1}),
    )
    assert [table.reason for table in reading.tables] == ["a single list"]
    assert reading.entries == ()


def test_many_rows_that_only_describe_things_are_a_catalogue() -> None:
    things = ["창가", "안쪽", "뒤뜰", "옥상", "문 앞"] * 5
    rows = [
        f"{n}번 나무 의자와 탁자를 놓는 {one} 자리 | {one}에 놓는 의자로 {n}년 쓴다 | {n}호"
        for n, one in enumerate(things, 1)
    ]
    reading = read("\n".join(["Name | Summary | Wing", *rows]))
    assert [table.reason for table in reading.tables] == ["descriptions"]


@pytest.mark.parametrize("header", ["날짜 | 준 사람 | 피드백 내용", "Date | From | Feedback text"])
def test_a_feed_needs_only_one_side_of_who_gave_and_who_got(header: str) -> None:
    found = notes(f"""
        {header}
        2026-11-02 | 민지 | 설명이 짧아서 좋았어요
        2026-11-03 | 도윤 | 미리 알려 줘서 고마워요
    """)
    assert [note.kind for note in found] == ["feedback", "feedback"]


def test_a_log_that_also_names_who_gave_feedback_stays_a_log() -> None:
    first, _second = notes("""
        날짜 | 준 사람 | 받은 사람 | 피드백 내용 | 한 일 | 배운 점
        2026-11-02 | 민지 | 도윤 | 설명이 짧아서 좋았어요 | 안내문을 줄였다 | 짧은 글이 낫다
        2026-11-03 | 도윤 | 민지 | 미리 알려 줘서 고마워요 | 사진을 넣었다 | 사진이 낫다
    """)
    assert (first.kind, first.execution, first.learned) == (
        "experiment",
        "안내문을 줄였다",
        "짧은 글이 낫다",
    )


def test_counts_of_planned_and_done_under_a_goal_are_a_log_of_actions() -> None:
    found = notes("""
        Week | Goal | Planned | Done
        2026-W45 | More first meetings | 10 | 8
        2026-W46 | More first meetings | 10 | 12
    """)
    assert [(note.kind, note.week) for note in found] == [
        ("action", "2026-W45"),
        ("action", "2026-W46"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        """
        Place | What | Reading | Unit | Goal
        North hall | Visitors | 12 | people | 20
        South hall | Visitors | 14 | people | 20
        """,
        """
        어디 | 무엇 | 값 | 단위 | 목표값
        본점 | 방문 | 12 | 명 | 20
        분점 | 방문 | 14 | 명 | 20
        """,
    ],
)
def test_a_list_of_numbers_without_a_day_is_no_series(text: str) -> None:
    reading = read(text)
    assert "metric" not in [table.kind for table in reading.tables]
    assert [problem.code for problem in reading.problems] == ["not_understood"]


@pytest.mark.parametrize(
    "text",
    [
        """
        단계 | 목표 | 지표 | 목표값 | 상위 목표 | 기한
        연간 | 재방문을 늘린다 | 재방문율 | 40% | | 2026-12-31
        월 | | 가입 | 100 | 재방문을 늘린다 | 2026-11-30
        """,
        """
        Level | Goal | Metric | Target | Parent goal | Due
        Year | More people come back | Return rate | 40% | | 2026-12-31
        Month | | Sign-ups | 100 | More people come back | 2026-11-30
        """,
    ],
)
def test_a_row_of_a_goal_tree_that_names_no_goal_is_told_as_left_out(text: str) -> None:
    reading = read(text)
    assert [entry.note.place.row for entry in reading.entries] == [2]
    assert (3, "no_text") in [(one.first_row, one.code) for one in reading.skipped]


def test_an_empty_cell_of_an_unknown_column_adds_nothing_to_a_plan() -> None:
    first, second = notes("""
        주차 | BHAG | 핵심 결과 | Business 레버 | Learning 레버 | 덧붙임
        2026-W47 | 한 동네 한 책 | 완독률 60% | 수첩 | 낭독 |
        2026-W48 | 한 동네 한 책 | 완독률 60% | 수첩 | 낭독 | 휴일이 있다
    """)
    assert isinstance(first.details, PlanCard)
    assert isinstance(second.details, PlanCard)
    assert (first.details.other, second.details.other) == ((), (("덧붙임", "휴일이 있다"),))


def database(*pages: Page, schema: Sequence[PropertySchema], key: str = "set") -> ParseResult:
    """Return the reading of a Notion database of these pages."""
    found = build_page_set(key, "기록", tuple(schema), pages=pages)
    return join_results(parse_content(found, ParseOptions()))


def page(number: int, title: str, *values: PageProperty, body: str = "") -> Page:
    name = PageProperty("t", "이름", "title", title, title)
    parts = (BodySection("", 1, body),) if body else ()
    return Page(f"page-{number}", "", title, (name, *values), parts)


def text(name: str, value: str) -> PageProperty:
    return PageProperty(name, name, "rich_text", value, value)


TITLE = PropertySchema("t", "이름", "title")


@pytest.mark.parametrize(
    ("names", "line"),
    [(("Lorem", "Colour"), 'columns = { "Lorem" = "execution" }'), (("파일", "x"), "")],
)
def test_a_database_that_is_not_understood_proposes_the_property_that_tells_most(
    names: tuple[str, str], line: str
) -> None:
    first, second = names
    schema = (TITLE, *(PropertySchema(name, name, "rich_text") for name in names))
    reading = database(
        page(1, "", text(first, "손님이 안내문 앞에서 오래 멈추어 섰다"), text(second, "빨강")),
        page(
            2, "", text(first, "사진을 보고 웃으며 다시 들어온 사람이 많다"), text(second, "파랑")
        ),
        schema=schema,
    )
    assert reading.entries == ()
    [problem] = [one for one in reading.problems if one.code == "not_understood"]
    assert dict(problem.facts)["line"] == line


def test_a_day_of_a_database_written_without_its_year_is_of_the_year_most_others_state() -> None:
    schema = (
        TITLE,
        PropertySchema("날짜", "날짜", "rich_text"),
        PropertySchema("실행", "실행", "rich_text"),
        PropertySchema("생성", "생성", "created_time"),
    )
    made = PageProperty("생성", "생성", "created_time", DateValue(date(2031, 1, 1)), "")
    deeds = ("안내문을 두 줄로 줄였다", "사진을 세 장 넣었다", "의자를 놓았다")
    days = ("2025. 11. 2", "11/9", "2025. 11. 16")
    found = database(
        *(
            page(n, f"{n}차", text("날짜", day), text("실행", deed), made)
            for n, (day, deed) in enumerate(zip(days, deeds, strict=True))
        ),
        schema=schema,
    )
    assert [entry.note.start_date for entry in found.entries] == [
        date(2025, 11, 2),
        date(2025, 11, 9),
        date(2025, 11, 16),
    ]


def test_a_database_whose_days_state_no_year_takes_the_year_it_is_told() -> None:
    schema = (
        TITLE,
        PropertySchema("날짜", "날짜", "rich_text"),
        PropertySchema("실행", "실행", "rich_text"),
    )
    one = page(1, "하나", text("날짜", "11/9"), text("실행", "사진을 세 장 넣었다"))
    found = build_page_set("set", "기록", schema, pages=[one])
    reading = join_results(parse_content(found, ParseOptions(year=2024)))
    assert [entry.note.start_date for entry in reading.entries] == [date(2024, 11, 9)]


def test_pages_that_all_name_a_page_that_is_gone_are_read_all_the_same() -> None:
    schema = (
        TITLE,
        PropertySchema("실행", "실행", "rich_text"),
        PropertySchema("관련 기록", "관련 기록", "relation", target="aa00"),
    )
    gone = PageProperty("관련 기록", "관련 기록", "relation", ("bb99",), "")
    found = database(
        page(1, "하나", text("실행", "안내문을 두 줄로 줄였다"), gone),
        page(2, "둘", text("실행", "사진을 세 장 넣었다"), gone),
        schema=schema,
        key="aa00",
    )
    assert [entry.note.title for entry in found.entries] == ["하나", "둘"]
