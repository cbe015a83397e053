"""A goal for which no activity is written, and goals and numbers whose words sound like blame."""

from datetime import date

import pytest
from fakes.stored_notes import log, stored

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
