"""The method's own tables under the headers that teams give them (METHOD §1, §8)."""

from datetime import date

import pytest
from fakes.text_grids import grid, notes, read

from sync.contents.workbook import Grid
from sync.parse_result import ParseOptions

LONG = """
| 주 | 지표 | 값 | 단위 | 목표 | 구분 | 순위 | 판단 보류 |
| 2026-W46 | 첫 미팅 전환율 | 13 | % | 20 | 선행 | 1 |  |
| 2026-W46 | 매출 | 1750 | 만원 | 30000 | 후행 | 3 | 2027-03-31 |
"""
LONG_EN = """
| Week | KPI | Actual | Unit | Target | Leading/lagging | Rank | Judge from |
| 2026-W46 | Trial calls | 13 | calls | 20 | leading | 1 |  |
| 2026-W46 | Revenue | 1750 | $ | 30000 | lagging | 3 | 2027-03-31 |
"""


@pytest.mark.parametrize("log", [LONG, LONG_EN])
def test_a_metrics_table_in_long_form_keeps_role_rank_target_and_judging_day(log: str) -> None:
    first, second = (note.details.points[0] for note in notes(log))
    assert (first.value, first.target, first.role, first.rank, first.judge_from) == (
        13,
        20,
        "leading",
        1,
        None,
    )
    assert (second.role, second.rank, second.judge_from) == ("lagging", 3, date(2027, 3, 31))
    assert {note.week for note in notes(log)} == {"2026-W46"}


@pytest.mark.parametrize(
    "log",
    [
        """
| 날짜 | 목표 | 실행 | 지표 | 전 | 후 | 회고 |
| 2026-11-17 | 재방문 | 쿠폰 30장 | 재구매율 | 8% | 9% | 기한이 짧으면 온다 |
| 2026-11-18 | 재방문 | 전화 10통 | 재구매율 | 10% → 12% | 11% | 오전이 낫다 |
""",
        """
| Date | Goal | KPI | Before | Now | Retrospective |
| 2026-11-17 | Retention | Return rate | 8% | 9% | Short expiry works |
| 2026-11-18 | Retention | Return rate | 10% → 12% | 11% | Mornings are better |
""",
    ],
)
def test_a_log_with_a_number_in_each_row_is_no_metrics_table(log: str) -> None:
    first, second = notes(log)
    assert (first.kind, first.retrospective != "") == ("experiment", True)
    assert (first.metric.before, first.metric.after) == (8, 9)
    # a change in the cell before says two numbers, and neither is certain
    assert (second.metric.before, second.metric.after) == (None, 11)


def test_a_comment_beside_one_number_a_row_leaves_it_a_metrics_table() -> None:
    log = (
        "| 주 | 지표 | 값 | 코멘트 |\n| 46주차 | 재방문 | 30% | 조금 내려감 |\n| 47주차 | "
        "재방문 | 33% | 다시 오름 |"
    )
    assert [note.kind for note in notes(log)] == ["metric", "metric"]


def test_a_metrics_table_with_one_number_or_with_numbers_below_zero_is_a_series() -> None:
    one = "| 주차 | 재주문율(%) |\n| 2026-W46 | 27 |\n| 2026-W47 | 29 |"
    below = "| 주차 | 매장수 | 영업이익(억) |\n| 2026-W46 | 15 | -2 |\n| 2026-W47 | 17 | -2.9 |"
    for log, values in ((one, [27, 29]), (below, [15, -2, 17, -2.9])):
        assert [point.value for note in notes(log) for point in note.details.points] == values


ACTIONS = """
| 주 | 할 일 | 계획 | 실행 | 담당 | 비고 |
| 2026-W46 | 콜드메일 발송 | 40 | 30 | 서하늘 |  |
| 2026-W46 | 제안서 작성 | 4 | 4 | 박도윤 | 자료를 기다렸다 |
| 2026-W46 | 부스 지원 |  | 1 | 정다은 | 계획 외 |
"""


def test_planned_and_done_counts_are_an_action_log_and_work_outside_the_plan_says_so() -> None:
    items = [note.details for note in notes(ACTIONS)]
    assert [(item.planned, item.done, item.finished, item.unplanned) for item in items] == [
        (40, 30, False, False),
        (4, 4, True, False),
        (None, 1, None, True),
    ]
    assert [note.kind for note in notes(ACTIONS)] == ["action"] * 3


def test_ticks_and_marks_of_an_action_log_count_once_or_not_at_all_and_no_mark_is_no_answer() -> (
    None
):
    log = """
    | Week | Activity | Plan | Done | Who |
    | 2026-W46 | Call ten firms | TRUE | TRUE | Mina |
    | 2026-W46 | Write the case | TRUE | FALSE | Ben |
    | 2026-W46 | Ask for a talk | TRUE |  | Ben |
    """
    assert [(n.details.planned, n.details.done, n.details.finished) for n in notes(log)] == [
        (1, 1, True),
        (1, 0, False),
        (1, None, None),
    ]


@pytest.mark.parametrize(
    "log",
    [
        """
        | 날짜 | 목표 | 할 일 | 담당 | 결과 |
        | 2026-11-16 |  | 작은 상자로 바꾸기 | 이수민 | 성공 |
        | 2026-11-17 |  | 검수표 붙이기 | 박지훈 | 실패 |
        | 2026-11-18 |  | 사유를 전화로 묻기 | 이수민 | 완료 |
        """,
        """
        | Date | Plan | Task | Owner | Result |
        | 2026-11-16 |  | Smaller boxes for single items | Ann Lee | worked |
        | 2026-11-17 |  | A check list at the door | Bob Kim | failed |
        | 2026-11-18 |  | Ask for reasons by phone | Ann Lee | worked |
        """,
    ],
)
def test_goals_that_nobody_wrote_and_results_that_succeeded_or_failed_stay_a_log(log: str) -> None:
    found = notes(log)
    assert [note.kind for note in found] == ["experiment"] * 3
    assert "failure" in {note.outcome for note in found}


def test_ticks_beside_a_plan_that_nobody_wrote_are_an_action_log() -> None:
    log = """
    | 날짜 | 할 일 | 계획 | 실행 | 담당 |
    | 2026-11-16 | 전화 걸기 |  | O | 이수민 |
    | 2026-11-17 | 검수표 붙이기 |  | X | 박지훈 |
    """
    assert [(note.kind, note.details.done) for note in notes(log)] == [("action", 1), ("action", 0)]


def test_a_plan_and_what_was_done_in_words_stay_a_log() -> None:
    (first, _) = notes("""
    | 날짜 | 활동 | 계획 | 실행 | 회고 |
    | 2026-11-16 | 콜드메일 | 열 곳에 보내 보기로 했다 | 여덟 곳에 보냈다 | 명단을 고르는 단계가 \
길었다 |
    | 2026-11-17 | 제안서 | 두 쪽으로 줄이기로 했다 | 한 쪽 반이 되었다 | 표를 그림으로 바꾼 것이 \
나았다 |
    """)
    assert first.kind == "experiment"


@pytest.mark.parametrize(
    "log",
    [
        """
        | 날짜 | 보낸 사람 | 받는 사람 | 구분 | 내용 |
        | 2026-11-17 | 정다은 | 최유나 | 칭찬 | 질문지를 먼저 보낸 덕에 콜이 짧아졌어요 |
        | 2026-11-18 | 서하늘 | 박도윤 | 제안 | 사례를 산업별로도 보여 주세요 |
        """,
        """
        | Date | From | To | Type | Message |
        | 2026-11-17 | Mina | Ben | Praise | Your questions made the calls shorter |
        | 2026-11-18 | Ben | Mina | Suggestion | Please show cases by trade as well |
        """,
    ],
)
def test_a_feedback_feed_keeps_giver_receiver_and_tone(log: str) -> None:
    first, second = (note.details for note in notes(log))
    assert first.giver
    assert (first.tone, second.tone) == ("praise", "suggestion")
    assert [note.people for note in notes(log)] == [(first.receiver,), (second.receiver,)]


def test_from_and_to_that_are_days_are_no_feedback() -> None:
    (note, _) = notes("""
    | From | To | What | Learned |
    | 2026-11-16 | 2026-11-18 | Moved the stand to the door | People look left first |
    | 2026-11-17 | 2026-11-19 | Wrote the prices by hand | Big numbers are read first |
    """)
    assert (note.kind, note.start_date) == ("experiment", date(2026, 11, 16))


def test_the_goals_of_a_goal_tree_are_no_trials() -> None:
    first, second = notes("""
    | 단계 | 목표 | 상위 목표 | 기한 | 목표치 |
    | BHAG | 매출 2배 |  | 2026-12-31 | 30000만원 |
    | 연간 | 재계약률 85% | 매출 2배 | 2026-12-31 | 85% |
    """)
    assert (first.kind, first.details, first.goal, first.tags) == (
        "plan",
        None,
        "매출 2배",
        ("BHAG",),
    )
    assert (second.links, second.end_date, second.metric.target) == (
        ("매출 2배",),
        date(2026, 12, 31),
        85,
    )


def test_a_six_line_card_has_the_week_of_the_line_above_or_of_its_tab() -> None:
    card = """
    | 1) BHAG(연간): | 매출 2배 |
    | 2) 이번 주 핵심 결과(숫자): | 신규 미팅 3건 |
    | 3) Business 레버(1개): | 맞춤 편지 10통 |
    | 6) 리스크 & 차단책(최대 2개): | 편지가 길다 → 다섯 줄 이내 |
    """
    (above,) = notes("| 2026-W48 주간 카드 |  |\n" + card.strip())
    (tab,) = notes(grid(card, "2026-W48"))
    assert (above.week, tab.week) == ("2026-W48", "2026-W48")
    assert above.details.risks[0].countermeasure == "다섯 줄 이내"


CARD_KO = """
| 2026-W48 우리 팀 한 장 |  |
| 1) 멀리 보는 꿈(올해): | 독자 5,000명 |
| 2) 이번 주 결승선(숫자): | 새 독자 50명 |
| 3) 일 하나: | 엽서 세 곳 |
| 4) 배움 레버(1개): | 제목 길이 재기 |
| 5) 누구에게 무엇을(사람): | 문 선생님께 지난 호 드리기 |
| 6) 걱정과 대비: | 엽서가 늦는다 → 대비: 월요일에 찍기 |
|  |  |
| 2026-W49 우리 팀 한 장 |  |
| 1) 멀리 보는 꿈(올해): | 독자 5,000명 |
| 2) 이번 주 결승선(숫자): | 새 독자 60명 |
| 3) 일 하나: | 낭독회 |
| 4) 배움 레버(1개): | 설문 다듬기 |
| 5) 누구에게 무엇을(사람): | 문 선생님께 포스터 드리기 |
| 6) 걱정과 대비: | 비가 온다 |
"""
CARD_EN = """
| Week 2026-W48 |  |
| The dream (this year): | 5,000 readers |
| Finish line (a number): | 50 new readers |
| The one job: | Postcards in three shops |
| Learning lever: | Measure title length |
| Who gets what from us: | Noor gets last month's issues |
| Worries and answers: | Printing is late -> print on Monday |
"""


@pytest.mark.parametrize(
    ("card", "weeks"), [(CARD_KO, ["2026-W48", "2026-W49"]), (CARD_EN, ["2026-W48"])]
)
def test_six_lines_in_the_methods_order_are_a_card_whatever_they_are_called(card, weeks) -> None:
    cards = notes(card.strip(), options=ParseOptions(tables={"Log": "plan"}))
    assert [(one.kind, one.week) for one in cards] == [("plan", week) for week in weeks]
    first = cards[0].details
    assert all((first.bhag, first.key_result, first.business, first.learning, first.people))
    assert first.risks[0].countermeasure != ""


def test_lines_in_another_order_than_the_cards_stay_what_they_are_called() -> None:
    card = CARD_KO.replace("4) 배움 레버(1개)", "4) 사람 레버(1개)").strip()
    first = notes(card, options=ParseOptions(tables={"Log": "plan"}))[0].details
    assert (first.business, first.people) == ((), ("제목 길이 재기",))


NUMBERS_KO = """
| 잰 주 | 항목 | 수치 | 단위 | 목표 |
| 2026-W46 | 대기 시간 | 33 | 분 | 20 |
| 2026-W46 | 불만 | 6 | 건 | 3 |
| 2026-W47 | 대기 시간 | 27 | 분 | 20 |
| 2026-W47 | 불만 | 9 | 건 | 3 |
"""
NUMBERS_EN = """
| In week | What we count | Reading | Unit | Goal |
| 2026-W46 | Waiting | 33 | min | 20 |
| 2026-W47 | Waiting | 27 | min | 20 |
"""


@pytest.mark.parametrize("log", [NUMBERS_KO, NUMBERS_EN])
def test_a_list_of_numbers_is_known_by_its_cells_under_headers_of_its_own(log: str) -> None:
    found = notes(log)
    assert {note.kind for note in found} == {"metric"}
    points = [note.details.points[0] for note in found]
    assert (points[0].value, points[0].target, points[0].name) in {
        (33, 20, "대기 시간"),
        (33, 20, "Waiting"),
    }


def test_a_trial_with_a_number_and_a_goal_but_no_unit_stays_a_note() -> None:
    log = """
    | 날짜 | 무엇을 | 수치 | 목표 |
    | 2026-11-16 | 문자 보내기 | 33 | 20 |
    | 2026-11-17 | 전화하기 | 27 | 20 |
    """
    assert {note.kind for note in notes(log.strip())} <= {"experiment"}


def test_what_was_agreed_is_known_by_the_words_of_any_log() -> None:
    log = """
    | 주 | 하기로 한 것 | 계획 | 한 것 | 메모 |
    | 2026-W46 | 안내 문자 | 120 | 118 |  |
    | 2026-W47 | 직원 교육 | 2 | 1 | 한 번은 휴진 |
    """
    assert [(one.kind, one.details.planned, one.details.done) for one in notes(log.strip())] == [
        ("action", 120, 118),
        ("action", 2, 1),
    ]


@pytest.mark.parametrize("tab", ["dashboard", "요약"])
def test_the_only_tab_of_a_file_with_numbers_by_week_is_no_summary_for_its_name(tab: str) -> None:
    numbers = (
        "| Week of | Orders | Refund rate |\n| 2026-11-09 | 120 | 3.4% |\n| 2026-11-16 | 118 | "
        "3.3% |"
    )
    assert {note.kind for note in notes(grid(numbers, tab))} == {"metric"}
    log = "| 날짜 | 실행 | 회고 |\n| 2026-11-16 | 안내 문자 보내기 | 오후가 낫다 |"
    beside = notes(grid(numbers, tab), grid(log, "기록"))
    assert {note.kind for note in beside} == {"experiment"}


def test_the_configured_kind_of_a_table_is_obeyed() -> None:
    log = (
        "| 주 | 활동 | 계획 | 실행 건수 | 회고 |\n| 2026-W46 | 콜드메일 | 40 | 30 | 명단을 "
        "고르는 단계가 길었다 |"
    )
    told = ParseOptions(tables={"Log": "action"})
    assert [note.kind for note in notes(log, options=told)] == ["action"]
    assert notes(LONG, options=ParseOptions(tables={"Log": "summary"})) == []
    assert [
        table.kind for table in read(ACTIONS, options=ParseOptions(tables={"Log": "log"})).tables
    ] == ["log"]
    plan = "| 주 | 큰 목표 | Business 레버 |\n| 2026-W46 | 매출 2배 | 편지 10통 |"
    (card,) = notes(plan, options=ParseOptions(tables={"Log": "plan"}))
    assert (card.kind, card.details.business) == ("plan", ("편지 10통",))


@pytest.mark.parametrize(
    ("before", "after"), [("Control", "Variant"), ("대조군", "실험군"), ("A", "B"), ("A안", "B안")]
)
def test_two_sides_at_one_time_are_a_comparison(before: str, after: str) -> None:
    (note,) = notes(
        f"| 가설 | 실행 | 지표 | {before} | {after} |\n| 전화하면 온다 | 전화를 걸었다 | "
        f"방문율 | 11% | 14% |"
    )
    assert (note.metric.before, note.metric.after, note.metric.comparison) == (11, 14, True)


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (
            ("Reply rate", "Win rate", "Average order value"),
            "| Week | KPI | Actual | Unit | Target |",
        ),
        (("답장률", "승률", "평균 객단가"), "| 주 | 지표 | 값 | 단위 | 목표 |"),
    ],
)
def test_a_metric_whose_name_sounds_like_a_total_is_no_line_of_totals(
    names: tuple[str, ...], rows: str
) -> None:
    cells = [
        f"| 2026-W{week} | {name} | {week - 15} | % | 60 |" for week in (46, 47) for name in names
    ]
    assert [note.title for note in notes("\n".join((rows, *cells)))] == [*names, *names]


def test_a_total_behind_a_week_stays_a_total() -> None:
    log = (
        "| 주 | 지표 | 값 |\n| 46주차 | 재방문 | 30 |\n| 46주차 | 답장 | 12 |\n| 46주차 | 합계 "
        "| 42 |"
    )
    assert [note.title for note in notes(log)] == ["재방문", "답장"]


@pytest.mark.parametrize(
    "names", [("Week", "Enquiries", "Visits", "Bookings"), ("주차", "문의", "방문", "계약")]
)
def test_counts_of_a_csv_that_come_again_in_their_order_are_no_labels_of_cards(
    names: tuple[str, ...],
) -> None:
    counts = [(40, 20, 8), (42, 21, 8), (44, 22, 9), (41, 20, 8), (43, 21, 9), (45, 23, 9)]
    counts += [(64, 14, 5), (45, 22, 9)]
    rows = [[f"2026-W{40 + at}", *map(str, each)] for at, each in enumerate(counts)]
    found = read(Grid("weeks", [list(names), *rows]))
    assert {one.kind for one in found.tables} <= {"metric", "funnel"}
    assert len({entry.note.week for entry in found.entries}) == len(counts)


@pytest.mark.parametrize(
    "header",
    [
        "| 주간 | 항목 | 계획 수 | 실행 수 | 책임자 |",
        "| week | item | plan count | done count | owner |",
    ],
)
def test_what_was_planned_and_done_is_an_action_log_though_its_items_come_again(
    header: str,
) -> None:
    rows = [
        f"| 2026-W{week} | {item} | {planned} | {done} | 고은채 |"
        for week, done in ((45, 18), (46, ""), (47, 20))
        for item, planned in (("견본 보내기", 20), ("상담", 10))
    ]
    found = read(grid("\n".join((header, *rows)), "약속"))
    assert {entry.note.kind for entry in found.entries} == {"action"}
