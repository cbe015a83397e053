"""Numbers, dates, promises and contacts that pages told falsely; the pages are in
`tests/data/cases/page`.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.stored_notes import TEAM, WEEK, inputs, log, metric, plan, series, stored, trial

from notes.model.notes import Place, Problem, StoredProblem
from reports.analysis.commitments.promises import is_negated, is_stopping
from reports.analysis.data.data_quality import assess_data_quality
from reports.analysis.data.slipped_dates import without_slipped_dates
from reports.analysis.learnings.learnings import Learning
from reports.analysis.metrics.metric_series import metric_series_of
from reports.analysis.questions.forecast import forecasts
from reports.analysis.questions.key_number import key_line
from reports.analysis.questions.people import answer_people
from reports.analysis.sections.next_week import next_period
from reports.analysis.weekly import weekly_report
from sync.parsing.records.other_records import card_roles

MONDAY = WEEK.first
NOW = datetime(2026, 11, 20, tzinfo=UTC)
BEFORE = trial(90, "지난 일", 11)


def weekly(*values: float) -> dict[date, float]:
    """Return values of the last weeks, the last one of the week of the report."""
    return {WEEK.back(n).first: one for n, one in zip(range(len(values) - 1, -1, -1), values)}  # noqa: B905


def value_of(points: dict[date, float]) -> float | None:
    line = metric_series_of(log(series(1, "매출", points, unit="천원")))[0]
    return line.value_in(WEEK)


def test_a_weekly_number_that_is_written_anew_replaces_the_first() -> None:
    points = weekly(41, 40, 42, 43)
    assert value_of({**points, MONDAY + timedelta(days=5): 44}) == 44


def test_numbers_of_days_are_added() -> None:
    days = {MONDAY + timedelta(days=n): 10.0 for n in range(3)}
    assert value_of({**weekly(41, 40, 42), **days}) == 30
    assert value_of({MONDAY: 1.0, MONDAY + timedelta(days=1): 2.0}) == 3  # no usual week is known


def test_the_first_metric_of_the_table_is_the_key_number_where_nothing_else_says_one() -> None:
    lines = [series(2, "접수 대기", weekly(30, 29)), series(3, "가입", weekly(4, 5))]
    found = key_line(log(*lines))
    assert found is not None
    assert found.name == "접수 대기"


def test_a_result_told_long_before_its_date_has_no_date() -> None:
    late = stored(
        1, execution="하기", outcome="success", start_date=date(2027, 11, 16), first_seen=NOW
    )
    assert without_slipped_dates(late).note.start_date is None
    told = replace(late, written={"outcome": NOW})
    assert without_slipped_dates(told).note.start_date is None
    planned = replace(late, note=replace(late.note, outcome="planned"))
    soon = replace(late, note=replace(late.note, start_date=date(2026, 12, 1)))
    measured = replace(late, note=replace(late.note, outcome=None, metric=metric("가", 1, 2)))
    assert [without_slipped_dates(one) == one for one in (planned, soon, measured)] == [
        True,
        True,
        False,
    ]


def test_a_forecast_of_a_trial_older_than_its_series_starts_from_the_notes_own_number() -> None:
    note = trial(
        1,
        "문자",
        20,
        start_date=date(2026, 11, 3),
        hypothesis="전날 보내면 1%p 줄어든다",
        outcome="success",
        metric=metric("부도율", 8.2, 7.1, unit="%"),
    )
    found = log(BEFORE, note, series(2, "부도율", weekly(8.2, 8.0, 7.1), unit="%"))
    assert forecasts(found, ()).hit == 1
    bare = replace(note, note=replace(note.note, metric=metric("부도율", None, 7.1, unit="%")))
    unknown = log(BEFORE, bare, series(2, "부도율", weekly(8.2, 8.0, 7.1), unit="%"))
    assert forecasts(unknown, ()).hit == 0


def test_contacts_are_known_only_where_somebody_is_to_be_kept_in_touch_with() -> None:
    learnings: list[Learning] = []
    assert answer_people(log(BEFORE), learnings).contacts == 0
    card = plan(2, str(WEEK), people=("김정호 님께 사례집 전달",))
    assert answer_people(log(BEFORE, card), learnings).contacts == 0  # never seen in the log
    met = trial(3, "사례집", people=("김정호",))
    assert answer_people(log(BEFORE, card, met), learnings).contacts == 1


def test_a_next_action_and_its_kind_do_not_contradict_each_other() -> None:
    def shown(text: str, kind: str) -> tuple[str, str | None]:
        one = next_period(log(trial(1, "가", next_action=text, next_kind=kind))).actions[0]
        return one.text, one.kind

    assert shown("Stop two-part interviews", "start") == ("Stop two-part interviews", None)
    assert shown("반찬 종류 늘리지 않기", "stop") == ("반찬 종류 늘리기", "stop")
    assert shown("Drop the second ad", "start") == ("Drop the second ad", "start")


@pytest.mark.parametrize(
    ("text", "told", "kind"),
    [
        ("Stop after Jan 6", "가: Stop after Jan 6", None),
        ("stop it next week", "가: stop it next week", None),
        ("Stop in-person visits", "In-person visits", "stop"),
        ("다음 달까지만 하고 그만", "가: 다음 달까지만 하고 그만", None),
        ("다음 달 행사 그만", "다음 달 행사", "stop"),
    ],
)
def test_a_promise_that_says_only_when_to_stop_names_what(
    text: str, told: str, kind: str | None
) -> None:
    one = next_period(log(trial(1, "가", next_action=text))).actions[0]
    assert (one.text, one.kind) == (told, kind)


def test_a_note_whose_activity_is_the_stopping_is_known() -> None:
    stops = [stored(1, execution=text).note for text in ("콜드메일 중단", "Drop the second ad")]
    assert [is_stopping(one) for one in stops] == [True, True]
    assert not is_stopping(stored(1, execution="콜드메일 60통").note)
    assert (is_negated("Don't double the menu"), is_negated("메뉴 늘리기")) == (True, False)


def test_an_activity_that_came_back_is_asked_about_with_why_it_was_to_be_stopped() -> None:
    old = trial(
        1,
        "반찬 두 배",
        6,
        start_date=date(2026, 11, 2),
        outcome="failure",
        retrospective="남는 쟁반이 3개 늘었다",
        next_action="반찬 두 배 그만",
        next_kind="stop",
    )
    again = trial(2, "반찬 두 배", 20, start_date=date(2026, 11, 17), execution="반찬 두 배")
    decision = weekly_report(inputs(old, again)).leader.decision
    assert decision is not None
    assert (decision.kind, decision.why) == ("came_back", "남는 쟁반이 3개 늘었다")


def test_problems_of_cells_that_were_read_are_counted_apart() -> None:
    found = [
        StoredProblem("log", TEAM.name, Problem(Place(tab="log", row=row), code), NOW)
        for row, code in enumerate(("duplicate_row", "unreadable_number"), 1)
    ]
    given = inputs(BEFORE, problems=tuple(found))
    quality = assess_data_quality(given, log(BEFORE))
    assert (quality.problems_total, quality.problems_kept) == (2, 1)


def test_one_word_names_a_line_only_inside_a_card() -> None:
    assert card_roles(["Week", "BHAG", "Learning", "Risk", "Plan B"])[2:] == [
        "plan_learning",
        "plan_risk",
        "plan_countermeasure",
    ]
    assert card_roles(["Week", "Learning", "People"])[1:] == ["", ""]


def test_the_look_back_at_another_activity_is_no_reason_of_a_stop() -> None:
    old = trial(
        1,
        "첫 화면 사진 바꾸기",
        6,
        start_date=date(2026, 11, 2),
        outcome="success",
        retrospective="결이 보이는 사진을 앞에 둔 단계가 통했다",
        next_action="전단 뿌리기",
        next_kind="stop",
    )
    again = trial(
        2, "전단 뿌리기", 20, start_date=date(2026, 11, 17), execution="전단 뿌리기 300장"
    )
    decision = weekly_report(inputs(old, again)).leader.decision
    assert decision is not None
    assert (decision.kind, decision.why) == ("came_back", "")
