"""Tables with one number a row under headers of their own (ADR 0193)."""

from datetime import date

import pytest
from fakes.text_grids import grid, notes, points, read

from sync.contents.workbook import Area, Grid
from sync.parse_result import ParseOptions
from sync.parsing.vocabulary.header_kinds import composed_roles

WEEKS = ("2026-W40", "2026-W41", "2026-W42")


def told(log: str) -> list[tuple[str, float, float | None]]:
    return [(point.name, point.value, point.target) for point in points(notes(log))]


def lines(header: str, *rows: str) -> str:
    return "\n".join((header, *rows))


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("이번 주 숫자", "metric_value"),
        ("측정치", "metric_value"),
        ("daily figure", "metric_value"),
        ("월간 실적", "reached"),
        ("where we are", "reached"),
        ("얼마", "counted"),
        ("지난주 값", "previous"),
        ("previous reading", "previous"),
        ("누적", "running"),
        ("달성률", "share"),
        ("number to hit", "target"),
        ("목표 숫자", "target"),
    ],
)
def test_a_header_over_numbers_says_which_of_them_it_is(header: str, role: str) -> None:
    assert composed_roles(header, "numbers") == (role,)


@pytest.mark.parametrize("header", ["수량", "amount", "종가", "현재 잔액", "budget", "체중"])
def test_what_is_no_word_for_a_value_says_nothing_over_numbers(header: str) -> None:
    assert composed_roles(header, "numbers") == ()


KO = [
    f"| {week} | {name} | {value} | {unit} | {target} | {role} |"
    for week, values in zip(WEEKS, ((21, 1200), (22, 1310), (23, 1180)), strict=True)
    for name, value, unit, target, role in (
        ("재구매율", values[0], "%", 30, "후행"),
        ("방문자 수", values[1], "명", 1500, "선행"),
    )
]


@pytest.mark.parametrize(
    "header",
    [
        "| 측정일 | 지켜보는 지표 | 수치 | 단위 | 목표 | 선행·후행 |",
        "| 확인한 주 | 세어 본 것 | 이번 주 숫자 | 단위 | 목표 숫자 | 선행/후행 구분 |",
        "| Measured | Measure | Value | Unit | Goal | Lead or lag |",
        "| As at | Number we watch | Latest | Units | Number to hit | Kind |",
    ],
)
def test_one_number_a_row_is_read_under_headers_of_its_own(header: str) -> None:
    (first, second, *_) = found = points(notes(lines(header, *KO)))
    assert len(found) == len(KO)
    assert (first.name, first.value, first.unit, first.target) == ("재구매율", 21, "%", 30)
    assert (first.role, second.role) == ("lagging", "leading")
    assert first.day == date(2026, 9, 28)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("| 주차 | 항목 | 실적 | 계획 |", ("신규 상담", "계약", "재계약")),
        ("| Week | Item | Actual | Plan |", ("New calls", "Deals", "Renewals")),
    ],
)
def test_items_that_come_again_in_their_order_are_names_of_numbers_and_no_cards(
    header: str, names: tuple[str, ...]
) -> None:
    rows = [
        f"| {week} | {name} | {at + 10} | 20 |" for at, week in enumerate(WEEKS) for name in names
    ]
    assert told(lines(header, *rows)) == [
        (name, at + 10, 20) for at, _ in enumerate(WEEKS) for name in names
    ]


@pytest.mark.parametrize(
    "header",
    [
        "| 주차 | 이름 | 실적 | 목표 |",
        "| 주차 | 구분 | 실적 | 목표 |",
        "| 날짜 | 품목 | 수량 | 적정 |",
        "| Date | Item | Count | Reorder at |",
        "| Month | Vendor | Actual | Budget |",
        "| 월 | 항목 | 실적 | 예산 |",
        "| 점검일 | 설비 | 온도 | 압력 |",
    ],
)
def test_people_and_ledgers_of_that_form_are_no_numbers_of_the_team_and_are_asked_about(
    header: str,
) -> None:
    rows = [
        f"| {week} | {name} | {at + 10} | 20 |"
        for at, week in enumerate(WEEKS)
        for name in ("하나", "둘째", "셋째")
    ]
    found = read(lines(header, *rows))
    assert found.entries == ()
    assert [problem.code for problem in found.problems] == ["not_understood"]


@pytest.mark.parametrize(
    "names",
    [
        ("문의", "상담", "계약", "해지", "환불", "추천"),
        ("문의", "문의", "상담", "상담", "계약", "계약"),
    ],
)
def test_items_that_do_not_come_again_or_stand_twice_a_week_are_no_series(
    names: tuple[str, ...],
) -> None:
    weeks = [week for week in WEEKS for _ in (1, 2)]
    rows = [f"| {week} | {name} | 10 |" for week, name in zip(weeks, names, strict=True)]
    assert told(lines("| 주차 | 항목 | 실적 |", *rows)) == []


def test_a_ledger_with_two_lines_of_one_thing_a_day_is_no_series_either() -> None:
    rows = [
        f"| {week} | {name} | {at} | 900 |" for week in WEEKS for at in (1, 2) for name in "가나"
    ]
    assert read(lines("| 날짜 | 품목 | 수량 | 단가 |", *rows)).entries == ()


def test_half_of_the_words_propose_the_line_that_reads_the_table() -> None:
    rows = [
        f"| {week} | {name} | {at + 10} |"
        for at, week in enumerate(WEEKS)
        for name in ("강남", "목동")
    ]
    log = lines("| 주차 | 구분 | 실적 |", *rows)
    (problem,) = read(log).problems
    assert dict(problem.facts)["line"] == 'tables = { "Log" = "metric" }'
    answered = notes(log, options=ParseOptions(tables={"Log": "metric"}))
    assert [(p.name, p.value) for p in points(answered)][:2] == [("강남", 10), ("목동", 10)]


def test_a_ledger_is_asked_about_without_proposing_that_it_holds_numbers_of_the_team() -> None:
    rows = [f"| {week} | {name} | 10 | 900 |" for week in WEEKS for name in ("양파", "당근")]
    (problem,) = read(lines("| 주차 | 품목 | 수량 | 단가 |", *rows)).problems
    assert dict(problem.facts)["line"] == 'tables = { "Log" = "guide" }'


@pytest.mark.parametrize(
    "header", ["| 주차 | 지점 | 지표 | 값 |", "| Week | Store | KPI | Actual |"]
)
def test_the_same_number_of_two_branches_is_two_numbers(header: str) -> None:
    rows = [
        f"| {week} | {store} | {name} | {at} |"
        for at, week in enumerate(WEEKS)
        for store in ("강남", "목동")
        for name in ("리뷰", "노쇼")
    ]
    names = [name for name, _, _ in told(lines(header, *rows))]
    assert names[:4] == ["리뷰 (강남)", "노쇼 (강남)", "리뷰 (목동)", "노쇼 (목동)"]
    assert len(names) == len(rows)


def test_a_number_of_last_week_a_running_total_and_a_share_are_beside_the_one_that_counts() -> None:
    rows = [
        f"| {week} | 답장 수 | {at + 10} | {at + 9} | {at + 40} | 80% |"
        for at, week in enumerate(WEEKS)
    ]
    log = lines("| 주 | 지표 | 이번 주 값 | 지난주 값 | 누적 | 달성률 |", *rows)
    assert told(log) == [("답장 수", 10, None), ("답장 수", 11, None), ("답장 수", 12, None)]


def test_bare_numbers_under_week_are_weeks_and_a_count_by_its_name_is_no_line_of_totals() -> None:
    rows = [f"| {week} | {name} | 12 |" for week in (40, 41) for name in ("재방문율", "주문 건수")]
    found = notes(lines("| 주차 | 지표 | 값 |", *rows), options=ParseOptions(year=2026))
    assert [(note.title, note.week) for note in found] == [
        ("재방문율", "2026-W40"),
        ("주문 건수", "2026-W40"),
        ("재방문율", "2026-W41"),
        ("주문 건수", "2026-W41"),
    ]


def test_a_week_written_once_holds_for_the_rows_below_it_merged_or_not() -> None:
    log = """
    | 주차 | 지표 | 값 |
    | 2026-W40 | 재방문율 | 31 |
    |  | 답장률 | 12 |
    | 2026-W41 | 재방문율 | 33 |
    |  | 답장률 | 13 |
    """
    assert [note.week for note in notes(log.strip())] == ["2026-W40"] * 2 + ["2026-W41"] * 2
    merged = grid(
        log.strip().replace("답장률", "주문 건수"), merges=[Area(2, 1, 3, 1), Area(4, 1, 5, 1)]
    )
    assert [(note.title, note.week) for note in notes(merged)] == [
        ("재방문율", "2026-W40"),
        ("주문 건수", "2026-W40"),
        ("재방문율", "2026-W41"),
        ("주문 건수", "2026-W41"),
    ]


def test_the_unit_stands_in_the_brackets_of_the_name_where_it_stands_nowhere_else() -> None:
    (point,) = points(notes("| 주 | 지표 | 값 |\n| 2026-W40 | 매출 (만원) | 120 |"))
    assert (point.value, point.unit) == (1_200_000, "원")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("| 주 | 답장률 | 목표 답장률 | 데모 수 | 목표 데모 수 |", "답장률"),
        ("| Week | Replies | Replies goal | Demos | Demos goal |", "Replies"),
    ],
)
def test_a_goal_with_the_name_of_a_number_is_the_target_of_that_number(
    header: str, name: str
) -> None:
    rows = [f"| {week} | {at + 20} | 30 | 7 | 12 |" for at, week in enumerate(WEEKS)]
    found = told(lines(header, *rows))
    assert found[0] == (name, 20, 30)
    assert {target for _, _, target in found} == {30, 12}
    assert len(found) == 2 * len(WEEKS)


def test_a_comment_beside_weekly_numbers_leaves_them_numbers() -> None:
    rows = [
        f"| {week} | {at + 20} | 7 | {'storm' if at == 1 else ''} |"
        for at, week in enumerate(WEEKS)
    ]
    assert len(told(lines("| Week of | Visits | Calls | Comment |", *rows))) == 2 * len(WEEKS)


def test_days_along_a_header_prove_their_order_for_each_other() -> None:
    days = ("9/7", "9/14", "9/21", "9/28")
    table = Grid(
        "KPI",
        [
            [None, *days],
            ["Visits", 310, 322, 298, 340],
            ["Calls", 31, 29, 35, 33],
            ["Deals", 3, 4, 2, 5],
        ],
    )
    read_as = [point.day for point in points(notes(table, options=ParseOptions(year=2026)))]
    assert read_as[:4] == [date(2026, 9, day) for day in (7, 14, 21, 28)]


def test_a_log_with_a_metric_and_its_value_stays_a_log() -> None:
    log = """
    | Date | What we tried | Metric | Value | What we learned |
    | 2026-09-28 | Postcards at the door | Visits | 310 | People keep a card with a picture |
    | 2026-10-05 | A sign in the window | Visits | 298 | Nobody reads it in the rain |
    """
    assert {note.kind for note in notes(log.strip())} == {"experiment"}
