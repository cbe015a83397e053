"""What pages of an unseen world said though the log denied it or could not be read (ADR 0683)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from fakes.stored_notes import TEAM, WEEK, inputs, log, metric, series, stored, trial

from notes.model.notes import Metric, Place, Problem, SourceHealth, StoredNote, StoredProblem
from reports.analysis.data.contacts import last_contact
from reports.analysis.questions.business import answer_business
from reports.analysis.questions.forecast import forecasts
from reports.analysis.questions.stop_candidates import stop_candidates
from reports.analysis.sections.fixes import fixes_of
from reports.analysis.weekly import weekly_report
from reports.page.formatting.text_formatter import PageOptions, TextFormatter
from reports.page.messages.page_sentences import load_messages
from reports.page.sections.data_quality import problems_title, unknown

MONDAY = WEEK.first
SOON = datetime(2026, 11, 17, 9, tzinfo=UTC)
BEFORE = datetime(2026, 11, 3, 9, tzinfo=UTC)
KO = TextFormatter(load_messages("ko"), PageOptions(), zone=UTC)


def weeks(name: str, *values: float, **more: Any) -> StoredNote:
    """Return a series of the last weeks, the last value of the week of the report."""
    days = [WEEK.back(n).first for n in range(len(values) - 1, -1, -1)]
    return series(90, name, dict(zip(days, values, strict=True)), **more)


def no_year(count: int = 1) -> StoredProblem:
    problem = Problem(Place("log", 1), "year_unknown", "7/1~7/9", (("count", str(count)),))
    return StoredProblem("trials", TEAM.name, problem, SOON)


@pytest.mark.parametrize("outcome", ["failure", "inconclusive"])
def test_a_trial_that_its_team_does_not_call_a_success_moved_nothing(outcome: str) -> None:
    sign = trial(1, "안내판", outcome=outcome, metric=metric("대기 불만", 15, 14))
    answer = answer_business(log(sign, weeks("대기 불만", 15, 14)))
    assert (answer.kept, answer.wrong_way) == ((), ())
    assert [one.name for one in answer.series] == ["대기 불만"]  # the number itself is told


def test_a_trial_left_open_is_not_blamed_for_a_number_that_fell() -> None:
    board = trial(1, "Board", outcome="inconclusive", metric=metric("Revenue", 1650, 1640))
    answer = answer_business(log(board, weeks("Revenue", 1745, 1640)))
    assert not answer.wrong_way
    assert not answer.stop


def test_a_span_of_a_note_is_no_change_of_the_week_beside_a_series_without_its_value() -> None:
    done = trial(1, "문자", outcome="success", metric=metric("매출", 16, 19))
    report = weekly_report(inputs(done, series(90, "매출", {WEEK.back().first: 18.0})))
    assert report.leader.headline.activity_move is None
    assert [one.move.after for one in report.business.kept] == [19]  # the note's own, as its own


def test_a_log_without_read_days_is_reported_first_only_once() -> None:
    undated = stored(1, execution="공고", first_seen=BEFORE, written={"execution": BEFORE})
    assert not weekly_report(inputs(undated)).scope.first_ever
    numbers = weeks("지원자", 41, 46)
    assert not weekly_report(inputs(trial(2, "가"), numbers)).scope.first_ever
    assert weekly_report(inputs(trial(2, "가"))).scope.first_ever


def test_nothing_is_missing_while_days_of_notes_could_not_be_read() -> None:
    undated = stored(1, execution="공고", first_seen=BEFORE, written={"execution": BEFORE})
    report = weekly_report(inputs(undated, problems=(no_year(),)))
    assert unknown(KO, report) == "날짜를 읽지 못한 기록이 1건 있어 말할 수 없습니다."
    over = stored(
        1, execution="공고", outcome="success", first_seen=BEFORE,
        written={"execution": BEFORE, "outcome": BEFORE},
    )  # fmt: skip
    assert not unknown(KO, weekly_report(inputs(over, problems=(no_year(),))))
    assert not unknown(KO, weekly_report(inputs(undated)))  # undated, and no cell was unreadable


def test_cells_that_have_one_problem_are_all_counted() -> None:
    report = weekly_report(inputs(trial(1, "가"), problems=(no_year(11),)))
    assert problems_title(KO, report.data) == "읽지 못한 칸 11곳"


def test_no_number_moved_is_said_only_where_none_did() -> None:
    bare: dict[str, Any] = {
        "outcome": "inconclusive",
        "start_date": date(2026, 11, 9),
        "next_kind": "stop",
    }
    still = trial(1, "시료", metric=Metric(name="가동률"), **bare)
    assert [one.reason for one in stop_candidates(log(still), ())] == ["no_effect"]
    moved = log(still, weeks("가동률", 61, 61, 58))
    assert not stop_candidates(moved, ())
    health = SourceHealth("trials", TEAM.name, open_columns=2)
    assert not stop_candidates(log(still, health=(health,)), ())
    own = trial(1, "통화", metric=metric("수락률", 60, 67), **bare)
    assert not stop_candidates(log(own, weeks("수락률", 67, 67)), ())


def test_numbers_are_not_asked_for_while_a_column_is_a_question() -> None:
    done = trial(1, "가", outcome="success", metric=Metric(name="매출"))
    assert [fix.kind for fix in fixes_of(log(done), (), ())] == ["number"]
    assert fixes_of(log(done), (), (), known=False) == []


def test_a_share_of_whole_things_is_met_by_the_nearest_whole_number() -> None:
    named = trial(
        1, "제목", outcome="success", hypothesis="제목을 줄이면 지원이 20% 늘어난다",
        metric=metric("지원자 수", 46, 55, unit="명"),
    )  # fmt: skip
    assert forecasts(log(named), ()).hit == 1
    short = trial(
        1, "제목", outcome="success", hypothesis="제목을 줄이면 지원이 20% 늘어난다",
        metric=metric("지원자 수", 46, 54, unit="명"),
    )  # fmt: skip
    assert forecasts(log(short), ()).miss == 1


@pytest.mark.parametrize(
    ("hypothesis", "name", "judged"),
    [
        ("A drone takes half the time of ropes", "Inspections", False),
        ("If we fly early, inspections double", "Inspections", True),
        ("드론을 쓰면 시간이 절반으로 준다", "점검 수", False),
        ("전화를 먼저 하면 답장이 두 배가 된다", "답장률", True),
    ],
)
def test_a_bare_multiple_is_a_forecast_of_what_its_clause_names(
    hypothesis: str, name: str, judged: bool
) -> None:
    flown = trial(1, "가", outcome="success", hypothesis=hypothesis, metric=metric(name, 18, 23))
    ledger = forecasts(log(flown), ())
    assert bool(ledger.items) is judged


def test_a_stop_that_comes_back_under_another_owner_and_goal_is_asked_about() -> None:
    stopped: dict[str, Any] = {
        "next_action": "재방문 쿠폰 보내기",
        "next_kind": "stop",
        "outcome": "failure",
    }
    coupon = stored(
        1, execution="재방문 쿠폰 보내기", owners=("오세린",), goal="점유율",
        end_date=date(2026, 11, 4), **stopped,
    )  # fmt: skip
    again = trial(
        2, "재방문 쿠폰을 다시 보내기", owners=("임도현",), goal="매출",
        start_date=date(2026, 11, 16),
    )  # fmt: skip
    found = weekly_report(inputs(coupon, again)).commitments.items
    assert [(one.state, one.sure) for one in found] == [("came_back", False)]
    board = stored(
        3, execution="출석 도장판 걸기", next_action="도장판", next_kind="stop", outcome="failure",
        end_date=date(2026, 11, 4),
    )  # fmt: skip
    door = trial(4, "출석 도장판 문 옆에 다시 걸기", start_date=date(2026, 11, 16))
    found = weekly_report(inputs(board, door)).commitments.items
    assert [(one.state, one.sure) for one in found] == [("came_back", False)]
    other = trial(2, "재방문 손님에게 전화하기", start_date=date(2026, 11, 16))
    assert not weekly_report(inputs(coupon, other)).commitments.suggested


def test_no_failure_is_missed_where_a_column_may_hold_it() -> None:
    past = [trial(n, f"일 {n}", outcome="success", end_date=WEEK.back(n).last) for n in range(6)]
    health = SourceHealth("trials", TEAM.name, last_success=SOON, open_columns=1)
    whole = weekly_report(inputs(*past)).signals.recorded
    assert whole is not None
    assert whole.warning
    known = weekly_report(inputs(*past, health=(health,))).signals.recorded
    assert known is not None
    assert known.warning  # every note has its verdict: the column holds none
    bare = stored(9, execution="전화", end_date=WEEK.last)
    told = weekly_report(inputs(*past, bare, health=(health,))).signals.recorded
    assert told is not None
    assert not told.warning


def test_a_week_that_may_stand_in_an_unknown_column_is_not_called_empty() -> None:
    health = SourceHealth("trials", TEAM.name, last_success=SOON, open_columns=1)
    old = trial(1, "가", end_date=date(2026, 11, 4))
    assert weekly_report(inputs(old)).leader.headline.kind == "empty"
    assert weekly_report(inputs(old, health=(health,))).leader.headline.kind == "unsure"


def test_who_answers_for_a_number_does_not_make_it_a_members_own() -> None:
    led = weeks("합의", 27, 29, member="Yasmin")
    assert [one.value for one in answer_business(log(led)).series] == [29]
    split = series(91, "합의", {WEEK.first: 4.0}, member="Bruno")
    assert not answer_business(log(led, split)).series


def test_the_last_contact_is_the_last_writing_of_a_note_without_an_end() -> None:
    wrote = datetime(2026, 11, 13, 9, tzinfo=UTC)
    open_end = stored(
        1, execution="일정 짜기", people=("반서준",), first_seen=BEFORE, outcome="success",
        written={"execution": BEFORE, "outcome": wrote},
    )  # fmt: skip
    assert last_contact("반서준", log(open_end)) == date(2026, 11, 13)
    runs_on: dict[str, Any] = {"start_date": BEFORE.date(), "outcome": "running"}
    goes_on = stored(2, execution="일정", people=("반서준",), **runs_on)
    assert last_contact("반서준", log(goes_on)) == WEEK.last
