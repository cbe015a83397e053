"""A goal for which no activity is written, and goals and numbers whose words sound like blame."""

from dataclasses import replace
from datetime import date

import pytest
from fakes.stored_notes import log, metric, stored

from reports.analysis.questions.goals import judge_goals
from reports.analysis.text.quoting import KnownPeople

PEOPLE = KnownPeople.of(["김선미", "Dana Cole"])


def test_that_nothing_is_written_does_not_say_that_the_goal_stopped() -> None:
    tried = stored(1, execution="보드게임", goal="지각 줄이기", start_date=date(2026, 11, 10))
    (line,) = judge_goals(log(tried), ())
    assert (line.goal, line.state, line.reasons) == (
        "지각 줄이기",
        "undecidable",
        ("nothing_written",),
    )


@pytest.mark.parametrize(
    "text",
    [
        "지각 줄이기",
        "지각률",
        "포장 실수 줄이기",
        "missed calls",
        "Reduce forgotten carts",
        "학생 지각 줄이기",
    ],
)
def test_a_goal_or_a_number_names_nobody_by_its_subject(text: str) -> None:
    assert PEOPLE.without_anybody(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "김선미 님 지각 줄이기",
        "김선미가 놓친 전화",
        "Dana misses fewer calls",
        "게으른 직원 줄이기",
    ],
)
def test_a_goal_that_names_a_person_is_not_quoted(text: str) -> None:
    assert PEOPLE.without_anybody(text) == ""


def test_a_look_back_without_a_subject_still_has_somebody_as_its_subject() -> None:
    assert PEOPLE.without_people("지각을 자주 함") == ""


def test_a_number_of_both_sides_is_no_cause_of_itself() -> None:
    told = stored(1, execution="무료 배송", metric=metric("주문", 310, 362))
    plain = replace(
        told, note=replace(told.note, retrospective="주문 310→362. 배송비 10건이 없어져서")
    )
    only = replace(told, note=replace(told.note, retrospective="주문 310→362, 비용 늘음"))
    lines = [log(one).lines(one.note) for one in (plain, only)]
    assert [(one.factors, one.withheld) for one in lines] == [
        ("배송비 10건이 없어져서", False),
        ("", False),
    ]
