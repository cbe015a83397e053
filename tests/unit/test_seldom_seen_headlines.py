"""Headlines, answers and forecasts that few weeks have, one small log each."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fakes.stored_notes import TEAM, inputs, log, metric, plan, series, stored, trial

from notes.model.deliveries import AskedDecision
from notes.model.periods import Month
from reports.analysis.metrics.impact import claims_of
from reports.analysis.questions.forecast import forecasts
from reports.analysis.questions.people import answer_people, speeds
from reports.analysis.sections.rhythm import retrospective_weeks
from reports.analysis.summary.asked_before import asked_of
from reports.analysis.weekly import weekly_report

MON, LAST = date(2026, 11, 16), date(2026, 11, 9)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
OLD = stored(90, title="옛것", execution="옛것", end_date=date(2026, 10, 2))


def head(*notes, **more):
    return weekly_report(inputs(OLD, *notes, **more)).leader.headline


def test_a_number_that_fell_a_little_is_the_headline_of_a_week_without_more() -> None:
    lines = (series(2, "방문", {MON: 30}), series(3, "매출", {LAST: 100, MON: 98}))
    found = head(*lines, trial(1, "전화"), team=replace(TEAM, key_metric="방문"))
    assert (found.kind, found.number.name, found.number.direction) == ("number", "매출", "worse")


def test_a_trial_that_cost_a_little_is_the_headline_where_no_series_says_more() -> None:
    found = head(trial(1, "문구", metric=metric("재방문", 100, 98)))
    assert (found.kind, found.evidence.note_id) == ("wrong_way", "n001")


def test_a_first_month_has_no_number_of_a_single_week() -> None:
    lines = series(2, "방문", {MON: 30})
    done = trial(1, "전화", metric=metric("가", 10, 20))
    first = weekly_report(inputs(lines, done, period=Month(2026, 11))).leader.headline
    assert first.kind == "first_ever"
    assert first.activity_move is None


def test_a_page_that_asked_nothing_is_remembered_as_such() -> None:
    report = weekly_report(inputs(OLD))
    silent = replace(report, leader=replace(report.leader, decision=None))
    assert asked_of(silent, NOW) == AskedDecision("2026-W47", NOW)


@pytest.mark.parametrize(
    ("kind", "before", "after", "answer"),
    [
        ("stop", {"outcome": "failure"}, {"outcome": "failure", "next_kind": "keep"}, "kept"),
        ("unblock", {"outcome": "running"}, {"outcome": "success"}, "done"),
        ("unblock", {"outcome": "running"}, {"outcome": "dropped"}, "stopped"),
        ("unblock", {"outcome": "running"}, {"outcome": "running"}, None),
    ],
)
def test_what_became_of_a_question_about_a_note_is_read_from_the_note(
    kind, before, after, answer
) -> None:
    past = stored(1, title="쿠폰", execution="쿠폰", end_date=date(2026, 11, 13), **before)
    now = replace(past, note=replace(past.note, **after))
    page = inputs(OLD, now, trial(3, "편지"), earlier=(OLD, past))
    asked = (AskedDecision("2026-W46", NOW, kind, "", past.id),)
    answered = weekly_report(replace(page, asked=asked)).leader.answered
    assert (answered.state if answered else None) == answer


def test_one_number_that_rose_beside_another_that_missed_is_a_surprise() -> None:
    told = trial(
        1,
        "쿠폰",
        hypothesis="쿠폰을 주면 재방문이 20%까지 오른다",
        outcome="success",
        metric=metric("재방문", 10, 9, unit="%"),
        more_metrics=(metric("추천", 10, 40),),
    )
    found = log(told)
    ledger = forecasts(found, claims_of(found))
    assert [one.verdict for one in ledger.items] in (["unexpected"], ["wrong_way"])


def cycle(row: int, days: int, *, people=(), owners=("서다온",), **fields):
    end = date(2026, 11, 18)
    start = date.fromordinal(end.toordinal() - days)
    return trial(row, f"시도 {row}", start_date=start, people=people, owners=owners, **fields)


def test_whoever_makes_a_goal_fast_is_asked_for_where_it_goes_on_without_them() -> None:
    quick = [
        cycle(n, 2, people=("문하람",), goal="재방문 늘리기", outcome="success") for n in (1, 2, 3)
    ]
    slow = [cycle(n, 12, goal="매출", outcome="success") for n in (4, 5, 6)]
    own = cycle(7, 9, owners=("문하람",), outcome="success")  # neither with nor without
    going = trial(
        8, "문자", end_date=None, start_date=MON, goal="재방문 늘리기", people=("윤슬기",)
    )
    going = replace(going, note=replace(going.note, outcome="running"))
    found = log(*quick, *slow, going)
    sides = speeds(log(*quick, *slow, own))
    assert [(one.person, one.with_notes, one.without_notes) for one in sides] == [("문하람", 3, 3)]
    answers = answer_people(found).answers
    assert [(one.kind, one.person) for one in answers if one.kind == "speed"] == [
        ("speed", "문하람")
    ]


def test_retrospectives_in_a_row_end_where_a_week_has_none() -> None:
    here = trial(1, "전화", retrospective="짧게 걸자")
    before = trial(2, "문자", day=11, retrospective="길었다")
    assert retrospective_weeks(log(here, before)) == 2
    assert retrospective_weeks(log(before)) == 0


def test_what_was_left_undone_of_the_big_three_is_the_next_action() -> None:
    card = plan(1, "2026-W47", big3=("[x] 전화하기", "[ ] 문자 보내기"))
    report = weekly_report(inputs(OLD, card, trial(2, "전화하기")))
    texts = [one.text for one in report.actions if one.section == "rhythm"]
    assert texts == ["문자 보내기"]
