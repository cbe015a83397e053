"""The period's new hypotheses beside earlier ones.

Suggestions for the team, at most one alert for the leader.
"""

from datetime import date

from fakes.sample_reports import SAMPLES
from fakes.stored_notes import inputs, log, plan, stored, trial

from reports.analysis.learnings.repeated_hypotheses import repeated_failure, repeated_hypotheses
from reports.analysis.weekly import weekly_report
from reports.page.builders.preview_page import preview_view
from reports.page.messages.page_sentences import load_messages

COUPON = "할인 쿠폰을 금요일에 보내면 주말 예약이 는다"
AGAIN = "주말 예약을 늘리기 위해 금요일에 할인 쿠폰 발송"
WEDNESDAY = date(2026, 11, 18)


def old(row=1, *, outcome="failure", day=date(2026, 9, 4), **more):
    return stored(row, hypothesis=COUPON, outcome=outcome, execution="x", end_date=day, **more)


def new(row=9, text=AGAIN, **more):
    return stored(row, hypothesis=text, start_date=WEDNESDAY, **more)


def test_a_new_hypothesis_meets_the_earlier_one_with_what_came_of_it():
    (one,) = repeated_hypotheses(
        log(old(failure_factors="빈자리가 없었다", learned="빈자리 안내가 먼저다"), new())
    )
    (met,) = one.earlier
    assert (one.new.note_id, met.evidence.note_id, met.outcome) == ("n009", "n001", "failure")
    assert (met.why, met.learned, met.day) == (
        "빈자리가 없었다",
        "빈자리 안내가 먼저다",
        date(2026, 9, 4),
    )
    assert {"쿠폰", "할인"} & set(met.words)


def test_an_earlier_success_is_met_too_but_raises_no_alarm():
    found = repeated_hypotheses(log(old(outcome="success", success_factors="문자"), new()))
    assert [one.earlier[0].why for one in found] == ["문자"]
    assert repeated_failure(found) is None


def test_one_that_still_runs_or_ended_later_is_no_past():
    assert repeated_hypotheses(log(old(outcome="running"), new())) == ()
    assert (
        repeated_hypotheses(
            log(stored(1, hypothesis=COUPON, outcome="failure", end_date=date(2026, 11, 20)), new())
        )
        == ()
    )


def test_the_activities_of_the_weeks_plan_are_new_hypotheses():
    (one,) = repeated_hypotheses(
        log(old(), plan(5, "2026-W47", business=("금요일에 할인 쿠폰을 다시 보낸다", "회의")))
    )
    assert (one.new.note_id, one.hypothesis) == ("n005", "금요일에 할인 쿠폰을 다시 보낸다")


def test_what_succeeded_within_the_week_asks_for_no_look_back():
    assert repeated_hypotheses(log(old(), new(outcome="success"))) == ()


def test_only_the_surest_failure_becomes_the_alert_of_the_week():
    both = inputs(old(), new(), new(10, "금요일에 할인 쿠폰을 보내면 주말 예약이 는다"))
    learning = weekly_report(both).learning
    assert len(learning.again) == 2
    assert learning.same_failure is not None
    assert learning.same_failure.new.note_id == "n010"


def test_blame_is_left_out_of_what_came_of_it():
    blamed = old(
        failure_factors="김도현 님이 늦게 줘서 망했다. 빈자리가 없었다", owners=("김도현",)
    )
    (one,) = repeated_hypotheses(log(blamed, new()))
    assert "김도현" not in one.earlier[0].why


def test_the_preview_has_the_section_only_where_something_was_tried_before():
    report = SAMPLES["full_ko"]()
    (part,) = preview_view(report, load_messages("ko")).parts
    assert [section.id for section in part.sections][:2] == ["fixes", "again"]
    (part,) = preview_view(weekly_report(inputs(trial(1, "카드"))), load_messages("ko")).parts
    assert "again" not in [section.id for section in part.sections]
