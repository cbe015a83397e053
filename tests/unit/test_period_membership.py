from datetime import UTC, date, datetime
from typing import Any

import pytest
from fakes.stored_notes import WEEK, inputs, log, metric, stored

from notes.model.periods import Month, Week
from reports.analysis.data.period_membership import is_finished
from reports.analysis.data.team_log import build_log
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.weekly import weekly_report

SUNDAY = date(2026, 11, 22)


def ids(found) -> list[str]:
    return [one.id for one in found]


def test_a_note_belongs_to_the_week_in_which_it_started_or_ended_or_that_it_names() -> None:
    found = log(
        stored(1, start_date=date(2026, 11, 16), title="첫날"),
        stored(2, start_date=date(2026, 10, 1), end_date=SUNDAY, title="마지막 날"),
        stored(3, week="2026-W47", title="주만"),
        stored(4, start_date=date(2026, 11, 23), title="다음 주"),
        stored(5, start_date=date(2026, 11, 15), end_date=date(2026, 11, 15), title="지난주"),
        stored(6, title="날짜 없음"),
    ).period_notes
    assert sorted(ids(found)) == ["n001", "n002", "n003"]


@pytest.mark.parametrize("field", ["retrospective", "outcome", "learned", "applied_to"])
def test_filling_another_cell_of_a_dated_note_makes_it_no_activity_of_that_week(field: str) -> None:
    old = stored(
        1,
        start_date=date(2026, 9, 1),
        title="옛것",
        written={field: datetime(2026, 11, 18, tzinfo=UTC)},
    )
    assert log(old).period_notes == ()


@pytest.mark.parametrize("field", ["retrospective", "outcome", "learned", "execution"])
def test_a_note_that_runs_belongs_to_the_week_in_which_something_was_written_in_it(
    field: str,
) -> None:
    runs = stored(
        1,
        start_date=date(2026, 9, 1),
        outcome="running",
        title="긴 것",
        written={field: datetime(2026, 11, 18, tzinfo=UTC)},
    )
    assert ids(log(runs).period_notes) == ["n001"]


def test_a_note_without_dates_belongs_to_the_week_in_which_its_execution_was_first_written() -> (
    None
):
    at = {
        "goal": datetime(2026, 11, 9, tzinfo=UTC),
        "execution": datetime(2026, 11, 18, tzinfo=UTC),
    }
    there = stored(2, title="처음부터 있던 것", execution="x")
    assert ids(log(stored(1, title="a", execution="x", written=at), there).period_notes) == ["n001"]
    report = weekly_report(inputs(stored(1, title="a", execution="x", written=at), there))
    assert (report.scope.undated, report.scope.undated_many) == (1, True)


def test_a_number_is_of_the_day_it_was_measured_and_an_outcome_written_late_of_the_day_it_was_written() -> (  # noqa: E501
    None
):
    late = {
        "metric": datetime(2026, 11, 18, tzinfo=UTC),
        "outcome": datetime(2026, 11, 18, tzinfo=UTC),
    }
    note = stored(
        1,
        title="a",
        end_date=date(2026, 11, 6),
        outcome="failure",
        metric=metric("신청", 5, 6),
        written=late,
    )
    found = log(note)
    assert (found.period_notes, found.measured, ids(found.concluded)) == ((), (), ["n001"])
    soon = stored(1, title="a", end_date=date(2026, 11, 12), outcome="failure", written=late)
    assert log(soon).concluded == ()


def test_what_is_seen_on_monday_morning_belongs_to_the_week_that_ended() -> None:
    morning = {"learned": datetime(2026, 11, 22, 23, 0, tzinfo=UTC)}  # Monday 08:00 in Seoul
    noon = {"learned": datetime(2026, 11, 23, 4, 0, tzinfo=UTC)}
    assert ids(log(stored(1, title="a", written=morning)).period_notes) == ["n001"]
    assert log(stored(1, title="a", written=noon)).period_notes == ()


def test_the_instant_of_writing_counts_as_a_day_of_the_teams_zone() -> None:
    late = datetime(
        2026, 11, 23, 4, 30, tzinfo=UTC
    )  # Monday afternoon in Seoul, Monday morning in London
    note = stored(1, title="한밤", written={"learned": late})
    assert log(note).period_notes == ()
    london = build_log(inputs(note, team=ReportTeam("구독팀", "Europe/London")))
    assert ids(london.period_notes) == ["n001"]


def test_the_clocks_going_back_do_not_move_a_note_to_another_week() -> None:
    zone = ReportTeam("t", "Europe/London")
    before = stored(1, title="a", written={"learned": datetime(2026, 10, 26, 11, 59, tzinfo=UTC)})
    after = stored(2, title="b", written={"learned": datetime(2026, 10, 26, 12, 0, tzinfo=UTC)})
    assert ids(build_log(inputs(before, after, team=zone, period=Week(2026, 43))).period_notes) == [
        "n001"
    ]
    assert ids(build_log(inputs(before, after, team=zone, period=Week(2026, 44))).period_notes) == [
        "n002"
    ]


def test_a_week_across_the_year_is_one_week() -> None:
    week = Week(2026, 53)
    found = log(
        stored(1, start_date=date(2026, 12, 31), title="a"),
        stored(2, start_date=date(2027, 1, 3), title="b"),
        stored(3, start_date=date(2027, 1, 4), title="c"),
        period=week,
    ).period_notes
    assert ids(found) == ["n001", "n002"]
    report = weekly_report(
        inputs(stored(3, start_date=date(2027, 1, 4), title="c"), period=Week(2027, 1))
    )
    assert report.scope.first == date(2027, 1, 4)


def test_a_month_is_computed_on_its_own_days() -> None:
    month = Month(2026, 11)
    found = log(
        stored(1, start_date=date(2026, 11, 1), title="a"),
        stored(2, start_date=date(2026, 11, 30), title="b"),
        stored(3, start_date=date(2026, 12, 1), title="c"),
        stored(4, week="2026-W49", title="d"),  # its Thursday is in December
        period=month,
    ).period_notes
    assert ids(found) == ["n001", "n002"]


def test_a_note_that_runs_on_without_an_entry_is_silent() -> None:
    silent = stored(1, title="조용", start_date=date(2026, 11, 2), outcome="running")
    until = stored(2, title="길다", start_date=date(2026, 11, 2), end_date=date(2026, 12, 2))
    spoke = stored(
        3, title="말함", start_date=date(2026, 11, 2), outcome="running",
        retrospective="중간 점검", written={"retrospective": datetime(2026, 11, 19, tzinfo=UTC)},
    )  # fmt: skip
    new = stored(4, title="새것", start_date=date(2026, 11, 18), outcome="running")
    over = stored(5, title="끝", start_date=date(2026, 11, 2), end_date=date(2026, 11, 9))
    scope = weekly_report(inputs(silent, until, spoke, new, over)).scope
    assert scope.silent_total == 2
    assert {one.what for one in scope.silent} == {"조용", "길다"}


def test_the_first_report_of_all_knows_that_it_is_the_first() -> None:
    now = stored(1, title="a", start_date=date(2026, 11, 18))
    past = stored(2, title="b", start_date=date(2026, 11, 10))
    assert weekly_report(inputs(now)).scope.first_ever
    assert not weekly_report(inputs(now, past)).scope.first_ever
    assert weekly_report(inputs(now, past)).scope.previous_notes == 1


def test_a_week_label_that_does_not_exist_is_no_week() -> None:
    assert log(stored(1, week="2025-W53", title="없는 주"), period=WEEK).period_notes == ()


STARTED: dict[str, Any] = {
    "title": "체험 수업",
    "execution": "체험 수업 열기",
    "start_date": date(2026, 11, 12),
    "first_seen": datetime(2026, 11, 12, 9, tzinfo=UTC),
}
TUESDAY = datetime(2026, 11, 17, 9, tzinfo=UTC)


def test_a_note_with_only_a_start_is_not_over_on_that_day() -> None:
    look = stored(
        1, **STARTED, retrospective="문 앞 자리가 좋았다", written={"retrospective": TUESDAY}
    )
    assert (ids(log(look).looked_back), log(look).period_notes) == (["n001"], ())
    number = stored(2, **STARTED, metric=metric("신청", 5, 9), written={"metric": TUESDAY})
    found = log(number)
    assert (ids(found.measured), ids(found.period_notes)) == (["n002"], ["n002"])
    assert ids(build_log(inputs(number, period=Week(2026, 46))).measured) == []


def test_a_note_with_one_date_that_was_written_at_once_is_of_that_date() -> None:
    late = {**STARTED, "first_seen": TUESDAY}
    written = dict.fromkeys(("execution", "retrospective", "metric"), TUESDAY)
    whole = stored(1, **late, retrospective="좋았다", metric=metric("신청", 5, 9), written=written)
    found = build_log(inputs(whole, period=Week(2026, 46)))
    assert (ids(found.looked_back), ids(found.period_notes)) == (["n001"], ["n001"])


@pytest.mark.parametrize(
    ("outcome", "finished"),
    [("running", False), ("planned", False), (None, True), ("success", True)],
)
def test_what_the_log_calls_running_is_not_over_when_its_planned_end_has_passed(
    outcome: Any, finished: bool
) -> None:
    note = stored(1, execution="알림", end_date=SUNDAY, outcome=outcome).note
    assert is_finished(note, WEEK) is finished
