"""The world is played through the real command, and every sentence is held against the truth."""

import pytest

from world.__main__ import FIRST_WEEK, WEEKS
from world.judge import Judge
from world.logs import load_world, weeks_from
from world.play import ROOT, play


def wrong_in(teams, weeks, folder):
    judge = Judge(teams, ROOT / "templates" / "words")
    wrong = [
        f"{one.week} {one.team} [{one.kind}] {one.line} — {one.why}"
        for sheet in play(teams, weeks, folder)
        for one in judge.judge(sheet)
    ]
    return wrong, judge


@pytest.mark.slow
def test_six_weeks_of_a_shop_hold_no_false_sentence(tmp_path):
    wrong, judge = wrong_in(load_world(["shop"]), weeks_from(FIRST_WEEK, 6), tmp_path)
    assert judge.lines > 500
    assert wrong == []


@pytest.mark.endurance
def test_eighteen_weeks_of_four_teams_hold_no_false_sentence(tmp_path):
    wrong, judge = wrong_in(load_world(), weeks_from(FIRST_WEEK, WEEKS), tmp_path)
    assert len(judge.checked) > 80
    assert wrong == []
