"""What the leader is asked and told first, by what the log holds; of several things the first
of the method's order.
"""

from datetime import date
from typing import Any

import pytest
from fakes.stored_notes import WEEK, action, funnel, inputs, log, metric, plan, series, trial

from notes.model.notes import Risk, StoredNote
from reports.analysis.records.report_record import LeaderLines
from reports.analysis.records.section_results import Behaviour
from reports.analysis.sections.rhythm import rhythm
from reports.analysis.weekly import weekly_report

NEXT = "2026-W48"
BEFORE = trial(90, "지난 일", 11)
"""A quiet trial of the week before: this report is not the team's first."""
CARD = trial(1, "카드")


def leader(*notes: StoredNote) -> LeaderLines:
    return weekly_report(inputs(BEFORE, *notes)).leader


def asked(*notes: StoredNote) -> tuple[str, str, int] | None:
    decision = leader(*notes).decision
    return (decision.kind, decision.subject, decision.count) if decision else None


def change(*notes: StoredNote) -> tuple[str, str] | None:
    found = leader(*notes).change
    return (found.kind, found.text) if found else None


def usual_funnel(signed_up: int) -> list[StoredNote]:
    """Return a funnel of half for eight weeks, then a week in which so many of 100 went on."""
    past = [
        funnel(10 + n, WEEK.back(n).first, {"Visits": 100, "Sign-ups": 50}) for n in range(1, 9)
    ]
    return [*past, funnel(30, WEEK.first, {"Visits": 100, "Sign-ups": signed_up})]


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (
            plan(2, NEXT, business=("문구 바꾸기", "가격 내리기")),
            ("one_lever", "문구 바꾸기", 2),
        ),
        (plan(2, NEXT, people=("Meet Ana", "Meet Bo")), ("one_lever", "Meet Ana", 2)),
        (
            plan(2, NEXT, business=("문구 바꾸기",), risks=(Risk("비가 온다"),)),
            ("countermeasure", "비가 온다", 1),
        ),
        (plan(2, NEXT, business=("문구",), risks=(Risk("비", "천막을 빌린다"),)), None),
    ],
)
def test_a_plan_is_asked_about_its_second_lever_and_its_bare_risks(
    card: StoredNote, expected: tuple[str, str, int] | None
) -> None:
    assert asked(CARD, card) == expected


def test_without_a_plan_one_of_several_next_actions_is_asked_for() -> None:
    note = trial(1, "Card", next_action="Change the text", next_kind="start")
    other = trial(2, "Desk", next_action="Move the desk", next_kind="start")
    assert asked(note, other) == ("no_plan", "Change the text", 2)
    assert asked(note) is None  # of a single one nothing is to be chosen
    keep = trial(3, "Till", next_action="The second till", next_kind="keep")
    assert asked(note, keep) is None  # what goes on competes with nothing that begins
    assert change(note) == ("start", "Change the text")


def test_what_blocks_a_trial_is_asked_and_suggested_before_any_plan() -> None:
    blocked = trial(
        1,
        "카드",
        outcome="running",
        end_date=None,
        start_date=date(2026, 11, 17),
        retrospective="디자인팀 승인을 기다리느라 막혔다",
    )
    assert asked(blocked, plan(2, NEXT, business=("a", "b"))) == ("unblock", "카드", 0)
    assert change(blocked) == ("unblock", "카드")


def test_a_failure_repeated_with_the_same_guess_is_asked_whether_it_stops() -> None:
    guess: dict[str, Any] = {"hypothesis": "A video makes people buy", "outcome": "failure"}
    again = (trial(3, "Video", 11, **guess), trial(1, "Video again", **guess))
    assert asked(*again, plan(2, NEXT, business=("a",))) == ("stop", "Video again", 1)
    assert change(*again) == ("stop", "Video again")


def test_a_number_that_went_the_wrong_way_is_headline_decision_and_a_candidate_to_stop() -> None:
    note = trial(1, "카드", metric=metric("재구독률", 10, 8, unit="%"))
    assert leader(note).headline.kind == "wrong_way"
    assert asked(note) == ("wrong_way", "카드", 0)
    assert change(note) == ("stop", "카드")


def test_a_step_far_below_its_usual_rate_is_headline_decision_and_bottleneck() -> None:
    notes = [CARD, *usual_funnel(20)]
    assert leader(*notes).headline.kind == "funnel"
    assert asked(*notes) == ("fix_step", "Visits → Sign-ups", 0)
    assert change(*notes) == ("bottleneck", "Visits → Sign-ups")


def test_a_step_at_its_usual_rate_is_neither() -> None:
    notes = [CARD, *usual_funnel(50)]
    assert leader(*notes).headline.kind == "too_few"
    assert (asked(*notes), change(*notes)) == (None, None)


@pytest.mark.parametrize(
    ("notes", "kind"),
    [
        ([trial(1, "카드", goal="재구독률", metric=metric("재구독률", 10, 12))], "moved"),
        ([CARD, series(4, "Visits", {WEEK.back(1).first: 10, WEEK.first: 12})], "key_number"),
        ([CARD], "too_few"),
    ],
)
def test_a_quiet_week_has_the_headline_of_what_there_is(notes: list[StoredNote], kind: str) -> None:
    assert leader(*notes).headline.kind == kind


def behaviour(*notes: StoredNote) -> Behaviour:
    (found,) = rhythm(log(*notes)).behaviours
    return found


@pytest.mark.parametrize(
    ("text", "thing"), [("견적 2일 이내 80%", "견적"), ("Quotes: 80% within 2 days", "quotes")]
)
def test_a_share_within_days_is_counted_from_the_days_of_each_case(text: str, thing: str) -> None:
    """Sixteen to eighteen is at most two days, ten to eighteen is more."""
    card = plan(1, "2026-W47", business=(text,))
    cases = [
        trial(3 + n, thing, start_date=date(2026, 11, day))
        for n, day in enumerate((18, 17, 16, 10))
    ]
    found = behaviour(card, *cases)
    assert (found.within_hours, found.actual, found.cases) == (48.0, 0.75, 4)
    assert (found.met, found.basis) == (False, "dates")


def test_days_that_leave_the_hours_open_are_not_counted() -> None:
    """From one day to the next may be one hour or forty-seven: 30 hours cannot be judged."""
    card = plan(1, "2026-W47", business=("환불 문의 30시간 내 90%",))
    found = behaviour(card, trial(2, "환불 문의", start_date=date(2026, 11, 17)))
    assert (found.actual, found.met, found.basis) == (None, None, "none")
    without_days = behaviour(card, trial(2, "환불 문의"))
    assert without_days.basis == "none"


def test_a_count_beside_its_own_target_is_what_the_team_reports() -> None:
    found = behaviour(action(1, date(2026, 11, 17), "주 3회 고객 통화", planned=3, done=4))
    assert (found.actual, found.met, found.basis) == (4, True, "self_reported")
