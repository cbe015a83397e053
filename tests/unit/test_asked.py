"""The page remembers what it asked, and says once what the log answered."""

from dataclasses import replace
from datetime import date

from fakes.stored_notes import inputs, metric, series, stored, trial

from reports.analysis.weekly import weekly_report

OLD = stored(90, title="옛것", end_date=date(2026, 10, 2))


def fell(*values: float):
    days = [date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    return series(2, "주문", dict(zip(days, values, strict=True)), unit="건")


def test_a_question_that_was_asked_before_says_how_often_and_since_when() -> None:
    leader = weekly_report(inputs(OLD, trial(1, "카드"), fell(200, 200, 180, 150))).leader
    assert leader.decision is not None
    assert (leader.decision.kind, leader.decision.asked, leader.decision.first_asked) == (
        "number_worse",
        2,
        "2026-W46",
    )
    new = weekly_report(inputs(OLD, trial(1, "카드"), fell(200, 200, 210, 150))).leader
    assert new.decision is not None
    assert (new.decision.asked, new.decision.first_asked) == (1, "")


def test_what_the_log_answered_to_the_last_question_is_said() -> None:
    asked = stored(
        1,
        title="쿠폰",
        execution="쿠폰",
        end_date=date(2026, 11, 13),
        outcome="failure",
        metric=metric("추천", 31, 31),
    )
    stopped = replace(asked, note=replace(asked.note, next_kind="stop"))
    report = weekly_report(inputs(OLD, stopped, trial(3, "편지"), earlier=(OLD, asked)))
    answered = report.leader.answered
    assert answered is not None
    assert (answered.kind, answered.subject, answered.state) == ("stop", "쿠폰", "stopped")
    silent = weekly_report(inputs(OLD, asked, trial(3, "편지"), earlier=(OLD, asked)))
    assert silent.leader.answered is None


def test_the_worst_event_of_the_week_makes_headline_and_decision() -> None:
    best = trial(1, "메뉴 이름", metric=metric("메뉴 클릭", 10, 12))
    leader = weekly_report(inputs(OLD, best, fell(170, 170, 169, 139))).leader
    assert leader.decision is not None
    assert (leader.headline.kind, leader.decision.kind, leader.decision.subject) == (
        "key_number",
        "number_worse",
        "주문",
    )
    other = series(
        5, "방문", {date(2026, 11, 9): 100.0, date(2026, 11, 16): 101.0}, unit="명", rank=1
    )
    team_number = weekly_report(inputs(OLD, best, other, fell(170, 170, 169, 139))).leader
    assert team_number.decision is not None
    assert team_number.decision.subject == "주문"
