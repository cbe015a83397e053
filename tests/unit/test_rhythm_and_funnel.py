from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.stored_notes import (
    WEEK,
    action,
    funnel,
    inputs,
    log,
    metric,
    plan,
    series,
    stored,
    trial,
)

from notes.model.notes import Risk
from notes.model.periods import Month
from reports.analysis.data.planned_work import without_done_marks
from reports.analysis.data.team_log import build_log
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.sections.funnel import measure_funnels
from reports.analysis.sections.next_week import next_period
from reports.analysis.sections.rhythm import rhythm

TUESDAY = date(2026, 11, 17)


def test_execution_is_done_of_planned_by_week_with_unplanned_work_apart() -> None:
    found = rhythm(
        log(
            action(1, TUESDAY, "전화", planned=20, done=25),
            action(2, TUESDAY, "메일", planned=10, done=5),
            action(3, TUESDAY, "불려 감", unplanned=True),
            action(4, TUESDAY - timedelta(weeks=1), "전화", finished=True),
            action(5, TUESDAY - timedelta(weeks=1), "메일", finished=False),
        )
    ).execution
    assert [(one.week, one.done, one.planned, one.unplanned) for one in found] == [
        ("2026-W46", 1, 2, 0),
        ("2026-W47", 25, 30, 1),
    ]


def test_big_three_are_read_from_marks_actions_and_notes() -> None:
    card = plan(1, "2026-W47", big3=("✅ 카드 문구 확정", "해지 인터뷰 5건", "재고 회의 (미완료)"))
    found = rhythm(log(card, action(2, TUESDAY, "해지 인터뷰 5건", finished=True)))
    assert [(one.text, one.done) for one in found.big3_items] == [
        ("카드 문구 확정", True),
        ("해지 인터뷰 5건", True),
        ("재고 회의", False),
    ]
    assert [(one.done, one.planned) for one in found.big3] == [(2, 3)]


def test_big_three_of_which_the_log_says_nothing_are_not_counted() -> None:
    found = rhythm(log(plan(1, "2026-W47", big3=("가나다", "라마바"))))
    assert [one.done for one in found.big3_items] == [None, None]
    assert found.big3 == ()


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("✅ 카드", "카드"),
        ("[x] 카드", "카드"),
        ("카드 (완료)", "카드"),
        ("완료 화면 고치기", "완료 화면 고치기"),
        ("call Ana - done", "call Ana"),
    ],
)
def test_a_mark_is_not_part_of_the_text(text: str, bare: str) -> None:
    assert without_done_marks(text) == bare


def test_the_bhag_is_held_against_the_straight_line_to_it() -> None:
    team = ReportTeam(
        "구독팀",
        bhag_metric="구독 가구",
        bhag_from=800,
        bhag_to=10_000,
        bhag_start=date(2026, 1, 1),
        bhag_end=date(2028, 12, 31),
    )
    notes = (
        plan(1, "2026-W47", bhag="1만 가구"),
        series(2, "구독 가구", {date(2026, 11, 16): 2140}),
    )
    found = rhythm(build_log(inputs(*notes, team=team))).bhag
    assert found is not None
    assert (found.text, found.value) == ("1만 가구", 2140)
    assert found.share == pytest.approx(0.14565, abs=1e-4)
    assert found.line == pytest.approx(325 / 1095, abs=1e-4)


def test_weeks_in_a_row_with_a_retrospective_end_at_the_first_gap() -> None:
    def week(n: int):
        return stored(
            n, title=f"t{n}", end_date=date(2026, 11, 18) - timedelta(weeks=n), retrospective="시점"
        )

    assert rhythm(log(week(0), week(1), week(3))).retrospective_weeks == 2
    assert rhythm(log(week(1))).retrospective_weeks == 0


def test_activities_are_new_repeated_or_stopped_against_the_weeks_before() -> None:
    found = rhythm(
        log(
            trial(1, "카드"),
            trial(2, "새것"),
            trial(3, "접음", outcome="dropped"),
            stored(4, title="카드", execution="카드 하기", end_date=date(2026, 11, 11)),
            stored(5, title="전화", execution="전화 하기", end_date=date(2026, 11, 11)),
        )
    ).structure
    assert found is not None
    assert (found.new, found.repeated, found.stopped) == (1, 1, 1)
    assert (found.base_new, found.base_repeated, found.base_stopped, found.base_weeks) == (
        1.0,
        0.0,
        0.0,
        1,
    )


def test_a_stop_that_is_typed_later_changes_no_earlier_week() -> None:
    typed = datetime(2026, 11, 17, 3, tzinfo=UTC)
    found = rhythm(
        log(
            trial(1, "새것"),
            stored(
                2,
                title="영상",
                execution="영상 찍기",
                end_date=date(2026, 11, 11),
                next_kind="stop",
                written={"next_kind": typed},
            ),
            stored(3, title="카드", execution="카드 하기", end_date=date(2026, 11, 12)),
        )
    ).structure
    assert found is not None
    assert (found.new, found.repeated, found.stopped) == (1, 0, 1)
    assert (found.base_new, found.base_stopped) == (1.0, 0.0)


def test_a_behaviour_is_computed_from_dates_where_they_exist() -> None:
    card = plan(1, "2026-W47", business=("주 3회 고객 통화",))
    calls = [action(n, date(2026, 11, 14 + n), "고객 통화", finished=True) for n in (2, 4)]
    found = rhythm(log(card, *calls)).behaviours
    assert [(one.text, one.times, one.actual, one.met, one.basis) for one in found] == [
        ("주 3회 고객 통화", 3, 2, False, "dates")
    ]


def test_a_behaviour_without_dates_is_self_reported_and_labelled_so() -> None:
    line = series(1, "문의 24시간 내 90% 답변", {date(2026, 11, 16): 93}, unit="%")
    found = rhythm(log(line)).behaviours
    assert [(one.share, one.within_hours, one.actual, one.met, one.basis) for one in found] == [
        (0.9, 24, 0.93, True, "self_reported")
    ]
    bare = rhythm(log(plan(1, "2026-W47", people=("3 customer calls a week",)))).behaviours
    assert [(one.times, one.actual, one.met, one.basis) for one in bare] == [
        (3, None, None, "none")
    ]


@pytest.mark.parametrize(
    ("goal", "done"),
    [("상담 예약 주 20건", "상담 예약 버튼 달기"), ("20 demos a week", "A chat bubble for demos")],
)
def test_a_goal_of_so_many_things_is_a_result_and_its_trials_are_not_counted(
    goal: str, done: str
) -> None:
    trials = (trial(1, done, goal=goal), trial(2, done, goal=goal))
    assert rhythm(log(*trials)).behaviours == ()
    planned = rhythm(log(plan(3, "2026-W47", business=(goal,)), *trials)).behaviours
    assert [(one.actual, one.basis) for one in planned] == [(None, "none")]
    calls = (trial(row, "부모 통화", goal="부모 통화 주 3회") for row in (1, 2))
    assert [(one.actual, one.basis) for one in rhythm(log(*calls)).behaviours] == [(2, "dates")]


def weeks(now: Mapping[str, float], usual: Mapping[str, float], count: int = 8):
    past = [funnel(10 + n, WEEK.back(n).first, usual) for n in range(1, count + 1)]
    return log(funnel(1, WEEK.first, now), *past)


def test_the_bottleneck_is_the_step_whose_return_to_its_baseline_brings_most() -> None:
    usual = {"방문": 1000, "상담": 200, "첫 미팅": 100, "2차 미팅": 50}
    now = {"방문": 1000, "상담": 200, "첫 미팅": 60, "2차 미팅": 30}
    found = measure_funnels(weeks(now, usual))[0]
    assert found.bottleneck is not None
    assert (found.bottleneck.start, found.bottleneck.end, found.bottleneck.state) == (
        "상담",
        "첫 미팅",
        "below",
    )
    assert found.bottleneck.gain == pytest.approx(20)  # 40 more first meetings, half of them go on
    assert [step.state for step in found.steps] == ["usual", "below", "usual"]


def test_a_step_of_pooled_weeks_is_no_bottleneck_for_having_more_weeks() -> None:
    """Two weeks of the one step and one of the other are set side by side by the week (§8)."""
    usual = {"문의": 60, "답장": 30, "시연": 10, "계약": 5}
    now = {"문의": 60, "답장": 24, "시연": 8, "계약": 3}
    found = measure_funnels(weeks(now, usual))[0]
    gains = {step.start: (step.gain, step.weeks) for step in found.steps}
    assert gains["시연"][0] > gains["문의"][0] > gains["시연"][0] / gains["시연"][1]
    assert found.bottleneck is not None
    assert found.bottleneck.start == "문의"


def test_too_few_cases_conclude_nothing() -> None:
    found = measure_funnels(weeks({"방문": 2, "상담": 0}, {"방문": 2, "상담": 1}))[0]
    assert found.steps[0].state == "too_few"
    assert found.bottleneck is None


def test_weeks_with_few_cases_are_pooled_until_there_are_twenty() -> None:
    found = measure_funnels(weeks({"미팅": 8, "제안": 1}, {"미팅": 14, "제안": 6}))[0].steps[0]
    assert (found.weeks, found.entered, found.passed) == (2, 22, 7)
    assert found.state != "too_few"


def test_without_a_baseline_there_is_no_bottleneck() -> None:
    found = measure_funnels(log(funnel(1, WEEK.first, {"방문": 100, "상담": 1})))[0]
    assert (found.steps[0].state, found.bottleneck) == ("no_baseline", None)


def test_members_are_added_up_and_kept_apart_for_the_team() -> None:
    one = funnel(1, WEEK.first, {"방문": 60, "상담": 12}, member="가람")
    two = funnel(2, WEEK.first, {"방문": 40, "상담": 8}, member="나래")
    found = measure_funnels(log(one, two))[0]
    assert [stage.value for stage in found.stages] == [100, 20]
    assert [name for name, _ in found.members] == ["가람", "나래"]


def test_a_month_adds_its_weeks() -> None:
    rows = [
        funnel(n, date(2026, 11, 2) + timedelta(weeks=n), {"방문": 100, "상담": 10})
        for n in range(4)
    ]
    assert [
        stage.value for stage in measure_funnels(log(*rows, period=Month(2026, 11)))[0].stages
    ] == [400, 40]


def test_the_coming_plan_is_shown_as_found() -> None:
    card = plan(
        1, "2026-W48", key_result="재구독률 58%", business=("가", "나"), risks=(Risk("재고",
        "대안"), Risk("휴가")),
    )  # fmt: skip
    found = next_period(log(card, plan(2, "2026-W47", key_result="지난 것"))).plan
    assert found is not None
    assert (found.key_number, found.key_unit, found.business, found.learning, found.bare_risks) == (
        58,
        "%",
        ("가", "나"),
        (),
        1,
    )


def test_without_a_card_the_next_actions_are_grouped_keep_stop_start() -> None:
    found = next_period(
        log(
            trial(1, "a", next_action="새로", next_kind="start"),
            trial(2, "b", next_action="계속", next_kind="keep"),
            trial(3, "c", next_action="그만", next_kind="stop"),
            trial(4, "d", next_action="아무"),
            trial(5, "e", next_action="-"),
            trial(6, "f", next_action="계속", next_kind="keep"),
        )
    )
    assert found.plan is None
    assert [(one.text, one.kind) for one in found.actions] == [
        ("b: 계속", "keep"),
        ("f: 계속", "keep"),
        ("c", "stop"),
        ("새로", "start"),
        ("아무", None),
    ]
    assert found.actions_total == 5


def test_the_key_result_is_the_series_that_the_plan_names() -> None:
    values = {date(2026, 11, 9): 54.1, date(2026, 11, 16): 56.2}
    found = rhythm(
        log(
            plan(1, "2026-W47", key_result="재구독률 60%"),
            series(2, "가입", values),
            series(3, "재구독률", values, unit="%", target=60),
        )
    ).key_result
    assert found is not None
    assert (found.name, found.previous, round(found.change or 0, 1), found.points, round(found.left or 0, 1)) == (  # noqa: E501
        "재구독률", 54.1, 2.1, True, 3.8
    )  # fmt: skip
    assert found.history == (("2026-W46", 54.1), ("2026-W47", 56.2))


def test_a_metric_with_no_number_last_week_has_no_arrow() -> None:
    found = rhythm(log(series(3, "재구독률", {date(2026, 11, 16): 56.2}, target=60))).key_result
    assert found is not None
    assert (found.previous, found.change, found.direction) == (None, None, None)
    assert metric("a", 1, 2).evidence == "cells"
