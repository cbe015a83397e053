"""What pages of a seventeenth unseen world told wrongly: work that nobody had ticked off, shares
written as fractions, what falls and should (ADR 0728).
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fakes.stored_notes import WEEK, commitments_of, inputs, log, metric, series, stored, trial
from fakes.text_grids import codes, grid, notes, points, read

from notes.model.notes import RawRow
from reports.analysis.commitments.promises import told_promise
from reports.analysis.data.period_membership import is_executed
from reports.analysis.metrics.metric_series import metric_series_of
from reports.analysis.questions.contact_gaps import gaps_of
from reports.analysis.questions.stop_candidates import stop_candidates
from reports.analysis.weekly import weekly_report
from sync.parse_result import ParseOptions

LOG = """
| 날짜 | 가설 | 실행 | 결과 | 회고 |
| 2026-11-16 | 가까우면 온다 | 지도를 붙였다 | 세 명이 왔다 | 지도를 보고 왔다 |
| 2026-11-17 | 싸면 온다 | 쿠폰을 뿌렸다 | 줄이 길어졌다 | 기다림이 길었다 |
"""
KOREAN = """
| 주(월요일) | 할 일 | 담당 | 했나요 |
| 2026-11-16 | 가방 걸기 | 정미 | O |
| 2026-11-16 | 사진 교육 | 기태 | X |
| 2026-11-16 | 명단 뽑기 | 하준 | △ |
| 2026-11-16 | 가격표 |  |  |
"""
ENGLISH = """
| Week of | Action | Owner | Done |
| 2026-11-16 | Set up the text | Priya | x |
| 2026-11-16 | Card for the desk | Tom | no |
| 2026-11-16 | List of recalls | Joan |  |
"""
CROSSES = """
| Week of | Action | Owner | Done |
| 2026-11-16 | Set up the text | Priya | x |
| 2026-11-16 | Card for the desk | Tom |  |
"""


@pytest.mark.parametrize(
    ("table", "finished"),
    [
        (KOREAN, [True, False, None, None]),
        (ENGLISH, [True, False, None]),
        (CROSSES, [None, None]),  # a tick or a no: nobody knows
    ],
)
def test_work_of_a_week_with_marks_is_an_action_log(
    table: str, finished: list[bool | None]
) -> None:
    found = [note for note in notes(grid(LOG, "실험"), grid(table, "할 일")) if note.details]
    assert [note.kind for note in found] == ["action"] * len(finished)
    assert [note.details.finished for note in found] == finished
    assert all(note.details.planned == 1 for note in found)


def test_a_line_without_a_text_was_not_planned() -> None:
    table = "| 주 | 할 일 | 완료 |\n| 2026-11-16 | 걸기 | O |\n| 2026-11-16 |  | X |"
    items = [
        note.details for note in notes(grid(LOG, "실험"), grid(table, "할 일")) if note.details
    ]
    assert [item.planned for item in items] == [1, 0]


def test_a_deed_and_its_result_stay_a_log_and_so_do_deeds_without_any_mark() -> None:
    table = "| Date | Action | Result |\n| 2026-11-16 | Rang ten firms | two came |"
    assert [note.kind for note in notes(table)] == ["experiment"]


@pytest.mark.parametrize(
    "names",
    [("Calls answered within 3 rings", "Revisions per 100"), ("24시간 안 답장", "5점 만점 평")],
)
def test_a_row_of_numbers_keeps_a_name_that_holds_a_number(names: tuple[str, str]) -> None:
    table = f"""
    | KPI | Target | 2026-11-09 | 2026-11-16 |
    | {names[0]} | 90% | 71% | 74% |
    | Members | 200 | 171 | 174 |
    | {names[1]} | 8 | 14 | 13 |
    """
    assert [point.name for point in points(notes(table))][::2] == [names[0], "Members", names[1]]


def test_a_row_of_numbers_without_any_name_is_named_by_no_unit() -> None:
    table = "| KPI | Unit | 2026-11-09 | 2026-11-16 |\n| 12 | % | 71 | 74 |\n| Calls | n | 3 | 4 |"
    assert {point.name for point in points(notes(table))} <= {"Calls", "%"}


@pytest.mark.parametrize(
    "headers",
    [
        "주 | KR | Business | Learning | People | Risk",
        "주 | 핵심 결과 | 사업 | 배움 | 사람 | 리스크",
    ],
)
def test_a_card_that_names_its_levers_by_one_word_is_no_log(headers: str) -> None:
    table = f"| {headers} |\n| 2026-11-16 | 95% | 답장 2시간 | 단어장 정리 | 상무님께 부탁 | 물량 |"
    (card,) = notes(grid(LOG, "실험"), grid(table, "카드"))[2:]
    assert card.kind == "plan"
    assert (card.details.business, card.details.learning) == (("답장 2시간",), ("단어장 정리",))


@pytest.mark.parametrize(
    ("values", "target", "shown"),
    [
        ((0.88, 0.91), 95.0, (91.0, 95.0)),
        ((0.4, 0.3), 5.0, (0.3, 5.0)),
        ((0.4, 0.3), None, (0.3, None)),
    ],
)
def test_fractions_beside_their_own_goal_in_percent_are_percentages(
    values: tuple[float, float], target: float | None, shown: tuple[float, float | None]
) -> None:
    days = {WEEK.back().first: values[0], WEEK.first: values[1]}
    (line,) = metric_series_of(log(series(9, "On-time", days, unit="%", target=target)))
    assert (line.points[-1][1].value, line.known.target) == shown


def test_a_retrospective_of_a_sprint_and_what_nobody_began_are_no_activities() -> None:
    retro = stored(
        1,
        retrospective="Calls\nPoster late",
        success_factors="Calls",
        failure_factors="Poster late",
    )
    on_hold = stored(2, hypothesis="월요일 용차", outcome="inconclusive")
    dropped = stored(3, title="음악", execution="nothing, speaker broken", outcome="dropped")
    tried = stored(
        4, title="음악", execution="틀어 봄", outcome="dropped", retrospective="시끄럽다고 함"
    )
    told = stored(5, retrospective="Calls every day helped", success_factors="Calls")
    assert [is_executed(one.note) for one in (retro, on_hold, dropped, tried, told)] == [
        False, False, False, True, True,
    ]  # fmt: skip


def test_what_should_fall_and_fell_too_little_is_a_failure_and_not_called_worse() -> None:
    note = trial(1, "두 번 읽기", outcome="failure", metric=metric("revision asks", 14, 13))
    report = weekly_report(inputs(note))
    assert report.business.wrong_way == ()
    (candidate,) = stop_candidates(log(note), ())
    assert (candidate.reason, candidate.move) == ("failed", None)


def test_what_is_put_off_or_waits_for_somebody_is_no_work_that_nobody_waits_for() -> None:
    held = trial(1, "용차", outcome="inconclusive")
    held = replace(held, raw=RawRow(held.note.place, (("가설", "용차"), ("판정", "보류"))))
    waits = trial(2, "deposit", outcome="inconclusive", retrospective="We wait for the owner")
    over = trial(3, "표지판", outcome="inconclusive", retrospective="반반")
    assert [gap.kind for gap in gaps_of(log(held))] == ["running"]
    assert [gap.kind for gap in gaps_of(log(waits))] == ["blocked"]
    assert gaps_of(log(over)) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("End it after September", "Two for one: End it after September"),
        ("그대로 두기", "Two for one: 그대로 두기"),
        ("Print on Wednesday", "Print on Wednesday"),
    ],
)
def test_a_promise_that_speaks_of_it_says_what_it_is(text: str, printed: str) -> None:
    note = trial(1, "Two for one", next_action=text)
    assert told_promise(text, note.note, log(note)) == printed


def test_a_promise_that_stands_in_a_later_plan_is_not_called_unanswered() -> None:
    made = trial(
        1, "5시 수거", owners=("기태",), end_date=WEEK.back(3).first, next_action="월요일만 용차"
    )
    plan = stored(
        2, hypothesis="월요일 용차", owners=("기태",), outcome="inconclusive",
        start_date=WEEK.back(1).first,
    )  # fmt: skip
    other = stored(3, hypothesis="쿠폰", owners=("기태",), start_date=WEEK.back(1).first)
    (alone,) = commitments_of(log(made, other))
    assert (alone.state, alone.sure) == ("unanswered", True)
    (planned,) = commitments_of(log(made, plan))
    assert (planned.state, planned.sure) == ("unanswered", False)


@pytest.mark.parametrize(
    "periods", ["11/16", "11/9 | 11/16", "2026-11-16", "w/c 16 Nov 2026", "11월 16일 주"]
)
@pytest.mark.parametrize("beside", ["KPI | Target", "지표 | 목표"])
def test_a_table_of_numbers_is_one_in_its_first_week(periods: str, beside: str) -> None:
    row = " | ".join("73" for _ in periods.split("|"))
    table = f"| {beside} | {periods} |\n| Calls answered | 90 | {row} |\n| Members | 9 | {row} |"
    found = notes(table, options=ParseOptions(year=2026))
    assert {note.kind for note in found} == {"metric"}
    assert points(found)[-1].day == WEEK.first


@pytest.mark.parametrize("periods", ["11/9", "11/12"])
def test_days_of_which_nobody_knows_the_month_make_no_table_of_numbers(periods: str) -> None:
    row = " | ".join("73" for _ in periods.split("|"))
    table = f"| KPI | Target | {periods} |\n| Calls | 90 | {row} |\n| Members | 9 | {row} |"
    assert [code for _, _, code in codes(read(table))] == ["not_understood"]


def test_a_start_and_an_end_over_texts_are_no_numbers_by_week() -> None:
    table = "| Step | 2026-11-09 | 2026-11-16 |\n| Calls | asked | done |\n| Cards | drawn | sent |"
    assert "metric" not in {note.kind for note in notes(table)}


def test_a_result_that_only_waits_is_no_deed() -> None:
    waits, came = (
        stored(1, retrospective="개발 업체 회신 대기"),
        stored(2, retrospective="세 명이 왔다"),
    )
    assert [is_executed(one.note) for one in (waits, came)] == [False, True]


@pytest.mark.parametrize(
    ("deed", "state"),
    [
        ("Tasting evening instead of the tasting box", "kept"),
        ("시식회 대신 tasting box", "kept"),
        ("The tasting box once more", "came_back"),
    ],
)
def test_what_stands_in_place_of_a_stopped_thing_is_not_that_thing(deed: str, state: str) -> None:
    past = trial(1, "Tasting box", end_date=WEEK.back(2).first, next_action="Stop the tasting box")
    later = trial(2, deed, start_date=WEEK.first)
    (found,) = commitments_of(log(past, later))
    assert found.state == state


def test_where_nobody_judges_an_answer_is_told_once_when_it_begins() -> None:
    made = trial(1, "차", end_date=WEEK.back(4).first, next_action="저녁 체험에만")
    begun = stored(
        2,
        execution="저녁 체험에만 차",
        start_date=WEEK.back(2).first,
        metric=metric("전환", 28, 37),
        written={"metric": datetime(2026, 11, 18, tzinfo=UTC)},
    )
    (found,) = commitments_of(log(made, begun))
    assert (found.state, found.changed) == ("kept", str(WEEK.back(2)))
