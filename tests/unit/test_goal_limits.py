from datetime import date

import pytest

from notes.model.notes import Metric, Note, Place
from reports.analysis.metrics.metric_change import metric_change_of, metrics_of


def way(goal, metric):
    note = Note(
        "experiment", Place("t", 1), goal=goal, metric=metric, start_date=date(2026, 11, 16)
    )
    (found,) = metrics_of(note)
    return metric_change_of(found).direction


CALLS = Metric("전화", before=113, after=74, unit="통")


@pytest.mark.parametrize("goal", ["하루 80통 아래", "전화를 80통 이하로", "80 통 미만"])
def test_a_goal_that_names_an_upper_limit_in_the_metrics_unit_says_that_less_is_better(goal):
    assert way(goal, CALLS) == "better"


@pytest.mark.parametrize("goal", ["", "하루 80건 아래", "전화를 더 받는다", "불만을 줄인다"])
def test_a_limit_of_something_else_says_nothing(goal):
    assert way(goal, CALLS) == "worse"


@pytest.mark.parametrize(
    ("goal", "metric"),
    [
        ("구독을 쉰 독자 주 10명 아래", Metric("구독을 쉰 독자", before=19, after=14)),
        ("Unread letters under 40 a day", Metric("Unread letters", before=61, after=52)),
    ],
)
def test_a_goal_that_names_the_number_itself_limits_it_in_whatever_unit(goal, metric):
    assert way(goal, metric) == "better"
    assert way("주 10명 아래", metric) == "worse"


@pytest.mark.parametrize(
    "name", ["떠난 독자", "예약 부도율", "탈퇴 회원", "Readers who left", "Lost deals"]
)
def test_words_of_leaving_and_losing_say_that_less_is_better(name):
    assert way("", Metric(name, before=19, after=14)) == "better"


def test_english_limits_say_the_same():
    assert way("keep it under 3 days", Metric("Wait", before=5, after=4, unit="days")) == "better"


def test_a_target_outranks_the_words():
    assert (
        way("하루 80통 아래", Metric("전화", before=113, after=120, target=150, unit="통"))
        == "better"
    )


@pytest.mark.parametrize(
    "goal",
    ["Cut support tickets below 30", "Bring tickets down to under 30", "tickets at most 30 a week"],
)
def test_a_limit_may_stand_behind_the_thing_that_the_unit_names(goal):
    assert way(goal, Metric("", before=52, after=41, unit="tickets")) == "better"
    assert way(goal, Metric("Calls", before=52, after=41, unit="calls")) == "worse"
