"""Targets that were reached, learnings that fit another team, and the action that a section
asks for.
"""

from datetime import date
from typing import Any

import pytest
from fakes.stored_notes import TEAM, WEEK, funnel, inputs, metric, series, trial

from notes.model.notes import StoredNote
from reports.analysis.learnings.shared_learnings import shared_learnings
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.weekly import weekly_report


def reached(*notes: StoredNote) -> list[str]:
    found = weekly_report(inputs(*notes)).milestones
    return [one.text for one in found if one.kind == "target_reached"]


@pytest.mark.parametrize(
    ("before", "after", "target", "lower", "is_reached"),
    [
        (9, 4, 5, True, True),
        (9, 6, 5, True, False),
        (4, 3, 5, True, False),  # it was there before
        (40, 61, 60, None, True),
        (40, 55, 60, None, False),
        (40, 61, None, None, False),
    ],
)
def test_a_target_is_reached_by_crossing_it_in_the_direction_that_is_better(
    before: float, after: float, target: float | None, lower: bool | None, is_reached: bool
) -> None:
    note = trial(
        1, "Card", metric=metric("Reading", before, after, target=target, lower_is_better=lower)
    )
    assert reached(note) == (["Reading"] if is_reached else [])


@pytest.mark.parametrize(
    ("name", "last_week", "this_week", "target", "is_reached"),
    [
        ("Visits", 8.0, 12.0, 10.0, True),
        ("Visits", 11.0, 12.0, 10.0, False),
        ("Complaints", 12.0, 8.0, 10.0, True),
        ("Complaints", 9.0, 8.0, 10.0, False),
    ],
)
def test_a_metric_line_reaches_its_target_in_the_week_that_crosses_it(
    name: str, last_week: float, this_week: float, target: float, is_reached: bool
) -> None:
    values = {WEEK.back(1).first: last_week, WEEK.first: this_week}
    lower = True if name == "Complaints" else None
    line = series(2, name, values, target=target, lower_is_better=lower)
    assert reached(line) == ([name] if is_reached else [])


LEARNED = "문 앞에서 물으면 답한다"
OURS: dict[str, Any] = {
    "learned": LEARNED,
    "applied_to": "안내문",
    "goal": "재구독률",
    "tags": ("카드",),
}


@pytest.mark.parametrize(
    ("theirs", "why", "sure"),
    [
        ({"tags": ("카드",)}, "same_tag", True),
        ({"goal": "재구독률"}, "same_goal", True),
        ({"hypothesis": LEARNED, "execution": ""}, "similar", False),
        ({"goal": "재구독률", "tags": ("카드",)}, "same_tag", True),
    ],
)
def test_a_learning_fits_a_team_by_tag_goal_or_words_and_only_words_are_unsure(
    theirs: dict[str, Any], why: str, sure: bool
) -> None:
    ours = inputs(trial(1, "카드", **OURS))
    other = inputs(trial(2, "쿠폰", **theirs), team=ReportTeam("회원팀"))
    found = shared_learnings([ours, other])
    assert [(one.team, one.other, one.because, one.sure) for one in found] == [
        (TEAM.name, "회원팀", why, sure)
    ]


def test_a_learning_that_the_other_team_wrote_itself_is_not_shared() -> None:
    ours = inputs(trial(1, "카드", **OURS))
    other = inputs(trial(2, "쿠폰", tags=("카드",), learned=LEARNED), team=ReportTeam("회원팀"))
    assert shared_learnings([ours, other]) == ()


def test_the_step_below_its_usual_rate_is_what_the_funnel_asks_to_mend() -> None:
    stages = {"Visits": 100, "Sign-ups": 50}
    past = [funnel(10 + n, WEEK.back(n).first, stages) for n in range(1, 9)]
    now = funnel(30, date(2026, 11, 16), {"Visits": 100, "Sign-ups": 20})
    actions = weekly_report(inputs(trial(1, "Card"), *past, now)).actions
    assert ("funnel", "fix_step", "Visits → Sign-ups") in [
        (one.section, one.kind, one.text) for one in actions
    ]
