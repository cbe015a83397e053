"""How promises stand on a day is the same whatever day was asked for before."""

from datetime import date, timedelta
from random import Random

import pytest
from fakes.stored_notes import log, stored

from notes.model.notes import StoredNote
from reports.analysis.commitments.all_commitments import standing
from reports.analysis.data.team_log import TeamLog

LAST = date(2026, 11, 22)
"""The last day of the period of the logs."""
DEEDS = (
    "쿠폰 문구 바꾸기",
    "전단 다시 붙이기",
    "예약 안내 문자",
    "Send a reminder",
    "Move the shelf",
)
TIMES = ("", "again", "11월에", "설에는")


def notes_of_a_year(chance: Random) -> list[StoredNote]:
    """Return trials of three people with few deeds, so that many promises may be answered."""
    return [
        stored(
            number,
            title=chance.choice(DEEDS),
            execution=f"{chance.choice(DEEDS)} {number}",
            goal=chance.choice(("", "", "재방문", "Fewer calls")),
            next_action=" ".join((chance.choice(DEEDS), chance.choice(TIMES))),
            next_kind=chance.choice((None, None, "keep", "stop", "start")),
            owners=(chance.choice(("민지", "Sam", "하늘")),),
            outcome=chance.choice((None, "success", "failure", "running", "dropped")),
            start_date=(day := LAST - timedelta(days=chance.randrange(360))),
            end_date=day + timedelta(days=chance.randrange(9)),
        )
        for number in range(60)
    ]


def told(log: TeamLog, day: date) -> list[tuple[object, ...]]:
    """Return what is known of each promise on a day."""
    return [
        (one.promise.text, one.state, one.on, one.answer and one.answer.id, one.sure)
        for one in standing(log, until=day)
    ]


@pytest.mark.parametrize("seed", range(8))
def test_the_days_of_a_ledger_do_not_depend_on_each_other(seed: int) -> None:
    chance = Random(seed)
    notes = notes_of_a_year(chance)
    days = [LAST - timedelta(days=ago) for ago in (0, 7, 200, 1, 8, 0, 90)]
    shared = log(*notes)
    for day in days:
        assert told(shared, day) == told(log(*notes), day)
