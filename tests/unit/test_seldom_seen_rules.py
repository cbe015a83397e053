"""Rules of the method that few logs meet, one small log each."""

from dataclasses import replace
from datetime import date

import pytest
from fakes.stored_notes import (
    TEAM,
    WEEK,
    action,
    feedback,
    funnel,
    inputs,
    log,
    metric,
    plan,
    series,
    stored,
    trial,
)

from notes.model.notes import Metric, StoredNote
from reports.analysis.data.contacts import given_in
from reports.analysis.data.period_membership import is_of
from reports.analysis.data.person_spellings import names_in
from reports.analysis.data.planned_work import big3_share
from reports.analysis.learnings.learnings import learning_of
from reports.analysis.metrics.claimed_numbers import claimed_metric, with_counts
from reports.analysis.metrics.impact import claims_of
from reports.analysis.metrics.metric_change import is_either_way
from reports.analysis.questions.key_number import key_number
from reports.analysis.questions.people import speeds, with_offer
from reports.analysis.questions.stop_candidates import find_continuation
from reports.analysis.records.answers import PersonAnswer
from reports.analysis.sections.behaviour import measure_behaviours
from reports.analysis.sections.funnel import measure_funnels
from reports.analysis.sections.milestones import find_milestones
from reports.analysis.sections.signals import leading_signal
from reports.analysis.text.changed_lines import IgnoredText, changed_lines
from reports.analysis.text.vocabulary import words
from reports.analysis.weekly import weekly_report

MON, LAST = date(2026, 11, 16), date(2026, 11, 9)


def test_a_stated_share_of_the_big_three_is_taken_as_written() -> None:
    card = plan(1, "2026-W47", other=(("Big 3 결과", "2/3"),))
    share = big3_share(log(card), WEEK)
    assert share is not None
    assert (share.done, share.planned) == (2, 3)


def test_the_metric_of_the_bhag_is_the_key_number() -> None:
    lines = (
        series(1, "방문", {LAST: 10, MON: 12}),
        series(2, "재방문", {MON: 3}),
    )
    assert getattr(key_number(log(*lines)), "name", "") == "방문"
    named = log(*lines, team=replace(TEAM, bhag_metric="재방문"))
    assert getattr(key_number(named), "name", "") == "재방문"


def test_a_number_in_a_goal_of_the_quarter_is_the_key_number() -> None:
    lines = (series(1, "방문", {LAST: 10, MON: 12}), series(2, "재방문", {MON: 3}))
    goal = trial(3, "전화", goal="4분기 목표: 재방문 100")
    assert getattr(key_number(log(*lines, goal)), "name", "") == "재방문"  # "방문" is inside it


def test_a_learning_with_the_word_of_a_standard_is_one() -> None:
    written = trial(1, "전화", learned="전화가 빠르다", applied_to="전 매장 표준으로 등록")
    assert learning_of(written, log(written)).state == "standard"


def test_a_table_of_numbers_belongs_to_the_weeks_of_its_points() -> None:
    table = series(1, "방문", {MON: 12})
    zone = log(table).zone
    assert is_of(table, WEEK, zone)
    assert not is_of(table, WEEK.back(), zone)


def test_who_gives_and_who_takes_feedback_is_known_by_name() -> None:
    line = feedback(1, MON, "고마워요", giver="서다온", receiver="문하람")
    assert {"서다온", "문하람"} <= set(names_in([line]))


def test_a_lever_that_names_somebody_else_gives_this_person_nothing() -> None:
    assert given_in("김정호 님께 사례집 전달", "이수진") == ""


def test_a_list_that_no_language_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("no_such_list")


def test_levels_in_two_units_are_no_change() -> None:
    told = trial(1, "값", retrospective="재구매가 10%에서 12건으로 바뀌었다")
    assert claimed_metric(told.note) is None


def test_counts_that_are_not_the_levels_stay_in_the_text() -> None:
    told = trial(1, "쿠폰", retrospective="쿠폰군은 42명 중 13명, 대조군은 43명 중 11명")
    other = Metric("재방문", before=50, after=60, unit="%")
    assert with_counts(other, told.note) == other


def test_a_line_that_came_in_between_is_told_as_new() -> None:
    sent = "제목\n\n가나다라마 첫째 줄입니다\n바사아자차 둘째 줄 10입니다"
    now = "제목\n\n새로 생긴 줄입니다\n가나다라마 첫째 줄입니다\n바사아자차 둘째 줄 12입니다"
    found = changed_lines(sent, now, IgnoredText())
    assert ("", "새로 생긴 줄입니다") in [(one.before, one.after) for one in found]


def test_input_that_rose_while_output_did_not_is_said() -> None:
    lines = (
        series(1, "전화 수", {LAST: 10, MON: 20}, role="leading"),
        series(2, "계약", {LAST: 5, MON: 5}, role="lagging"),
    )
    signal = leading_signal(log(*lines))
    assert signal is not None
    assert signal.parting == "input_up_output_not"


def test_a_step_of_a_funnel_that_more_left_than_entered_has_no_interval() -> None:
    before = [funnel(n, date(2026, 10, 5 + 7 * n), {"방문": 100, "가입": 20}) for n in range(1, 4)]
    here = funnel(9, MON, {"방문": 100, "가입": 130})
    [found] = measure_funnels(log(*before, here))
    assert found.steps[0].state == "usual"


def test_a_behaviour_named_by_one_letter_is_counted_nowhere() -> None:
    card = plan(1, "2026-W47", learning=("콜 주 3회",))
    calls = [trial(n, "콜") for n in (2, 3, 4)]
    [found] = measure_behaviours(log(card, *calls))
    assert (found.times, found.actual, found.basis) == (3, None, "none")
    [longer] = measure_behaviours(
        log(plan(1, "2026-W47", learning=("전화 주 3회",)), *(trial(n, "전화") for n in (2, 3, 4)))
    )
    assert (longer.actual, longer.basis) == (3, "dates")


def test_groups_that_were_compared_have_reached_no_target() -> None:
    compared = Metric(
        "다",
        before=10,
        after=60,
        target=50,
        before_counts=(10, 100),
        after_counts=(60, 100),
        comparison=True,
    )
    found = log(trial(1, "비교", metric=compared))
    assert find_milestones(found, claims_of(found)) == ()


def test_a_goal_whose_numbers_went_both_ways_cannot_be_judged() -> None:
    notes = (
        trial(1, "하나", goal="재방문 늘리기", metric=metric("방문", 10, 20)),
        trial(2, "둘", goal="재방문 늘리기", metric=metric("매출", 20, 10)),
    )
    report = weekly_report(inputs(*notes))
    assert [line.state for line in report.business.goals] == ["undecidable"]


def test_nobody_is_called_fast_by_a_single_trial() -> None:
    done = trial(1, "전화", start_date=date(2026, 11, 10), people=("문하람",), outcome="success")
    assert speeds(log(done)) == []


def test_an_activity_goes_on_where_a_later_note_has_its_name() -> None:
    past = trial(1, "문자 보내기", day=5, outcome="failure", start_date=date(2026, 11, 2))
    again = trial(2, "문자 보내기", start_date=date(2026, 11, 17))
    ended = trial(3, "문자 보내기", start_date=date(2026, 11, 17), outcome="dropped")
    assert find_continuation(past, log(past, again)) == again
    assert find_continuation(past, log(past, ended)) is None


def test_an_activity_that_still_runs_goes_on_itself() -> None:
    running = trial(1, "문자 보내기", start_date=date(2026, 11, 2), outcome="running")
    stopped = trial(1, "문자 보내기", start_date=date(2026, 11, 2), next_kind="stop")
    assert find_continuation(running, log(running)) == running
    assert find_continuation(stopped, log(stopped)) is None


def test_a_behaviour_that_the_team_counts_is_not_read_off_other_tasks() -> None:
    card = plan(1, "2026-W47", learning=("상담 24시간 내 90%",))
    tasks = (action(2, MON, "방문", done=2), action(3, MON, "상담 24시간 내 90%", done=80))
    [found] = measure_behaviours(log(card, *tasks))
    assert (found.actual, found.basis) == (0.8, "self_reported")


@pytest.mark.parametrize("name", ["문의 해결 건수", "resolved tickets"])
def test_a_name_that_says_more_is_better_leaves_no_way_open(name: str) -> None:
    assert not is_either_way(name)


def test_a_trial_that_failed_before_has_not_moved_the_number_twice() -> None:
    def called(row: int, day: date, outcome: str) -> StoredNote:
        return stored(
            row,
            title="전화",
            execution="단골에게 전화했다",
            end_date=day,
            outcome=outcome,
            metric=metric("재방문", 10, 14),
        )

    now = called(1, date(2026, 11, 18), "success")
    for outcome, times in (("success", 1), ("failure", 0)):
        before = called(2, date(2026, 10, 7), outcome)
        [claim] = [one for one in claims_of(log(before, now)) if one.stored is now]
        assert len(claim.repeated) == times


def test_what_worked_for_the_same_goal_is_offered_first() -> None:
    applied = trial(
        1, "전화", goal="재방문", learned="아침에 전화한다", applied_to="전 매장 표준으로 등록"
    )
    learning = learning_of(applied, log(applied))
    assert learning.applied
    answer = PersonAnswer("overdue", "문하람", goal="재방문")
    offer = with_offer(answer, log(applied), [learning])
    assert offer is not None
    assert offer.kind == "learning"
    assert with_offer(replace(answer, goal="채용"), log(applied), [learning]) is None


@pytest.mark.parametrize(("name", "lower"), [("계약", False), ("대기 시간", True)])
def test_a_number_that_comes_to_its_very_target_has_reached_it(name: str, lower: bool) -> None:
    values: dict[date, float] = {LAST: 9, MON: 5} if lower else {LAST: 1, MON: 5}
    line = series(1, name, values, target=5, lower_is_better=lower)
    found = log(line)
    assert [one.kind for one in find_milestones(found, claims_of(found))] == ["target_reached"]
