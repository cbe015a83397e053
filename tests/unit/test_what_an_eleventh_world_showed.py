"""What pages of an unseen world asked of chance, or said beside what nobody read (ADR 0684)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fakes.stored_notes import WEEK, action, funnel, inputs, log, metric, series, trial

from notes.model.notes import Metric, SourceHealth, StoredNote
from reports.analysis.metrics.impact import claims_of
from reports.analysis.metrics.metric_change import better_by_word
from reports.analysis.questions.business import answer_business
from reports.analysis.questions.events import is_usual
from reports.analysis.questions.stop_candidates import stop_candidates
from reports.analysis.records.report_record import WeeklyReport
from reports.analysis.sections.funnel import measure_funnels
from reports.analysis.weekly import weekly_report
from reports.page.builders.multi_team_page import TeamReport, multi_team_view
from reports.page.builders.weekly_page import page_view
from reports.page.messages.page_sentences import load_messages

OLD = trial(9, "옛날", start_date=date(2026, 10, 5), end_date=date(2026, 10, 9))


def weeks(name: str, *values: float) -> StoredNote:
    """Return a series of the last weeks, the last value of the week of the report."""
    days = [WEEK.back(n).first for n in range(len(values) - 1, -1, -1)]
    return series(90, name, dict(zip(days, values, strict=True)))


def test_a_move_as_far_as_every_week_is_nothing_to_decide() -> None:
    usual = weekly_report(inputs(OLD, weeks("예약 부도", 8, 7, 8, 7, 8, 7, 8)))
    assert usual.leader.decision is None
    assert usual.leader.key_number is not None
    assert is_usual(usual.leader.key_number)
    far = weekly_report(inputs(OLD, weeks("예약 부도", 8, 7, 8, 7, 8, 7, 10)))
    assert far.leader.decision is not None
    assert far.leader.decision.kind == "number_worse"


def test_of_a_number_with_few_earlier_moves_no_spread_is_known() -> None:
    report = weekly_report(inputs(OLD, weeks("예약 부도", 8, 7, 8, 7, 8)))
    assert report.leader.key_number is not None
    assert not is_usual(report.leader.key_number)


@pytest.mark.parametrize(("before", "asked"), [(7, 1), (None, 0)])
def test_what_its_team_leaves_open_is_asked_to_stop_only_where_its_number_stood_still(
    before: float | None, asked: int
) -> None:
    own = metric("재방문", before, before) if before else Metric(name="재방문")
    note = trial(1, "사진 보내기", outcome="inconclusive", metric=own)
    found = log(note)
    assert len(stop_candidates(found, claims_of(found))) == asked
    said = replace(note, note=replace(note.note, next_kind="stop"))
    assert len(stop_candidates(log(said), ())) == 1


@pytest.mark.parametrize(("name", "goes"), [("하자 재방문", "down"), ("재방문", "up")])
def test_visits_because_of_a_defect_are_fewer_the_better(name: str, goes: str) -> None:
    assert better_by_word(name) == (goes, "word")


def test_a_success_on_its_way_to_its_target_is_no_loss_whatever_a_word_says() -> None:
    own = replace(metric("반복 방문", 8, 7), target=3)
    assert answer_business(log(trial(1, "점검표", outcome="success", metric=own))).wrong_way == ()
    lost = answer_business(log(trial(1, "점검표", outcome="failure", metric=own)))
    assert lost.wrong_way_total == 1


def test_a_step_is_below_its_usual_only_beyond_what_both_sides_allow() -> None:
    def state(before: int, passed: int) -> str:
        was = funnel(1, WEEK.back(1).first, {"재생": 560, "완청": before})
        now = funnel(2, WEEK.first, {"재생": 640, "완청": passed})
        (found,) = measure_funnels(log(was, now))
        return found.steps[0].state

    assert state(330, 350) == "usual"  # 59 % and 55 %: one week of each
    assert state(330, 320) == "below"
    assert state(330, 430) == "above"


def test_a_week_whose_agreed_activities_are_ticked_is_not_without_activity() -> None:
    done = action(3, WEEK.first, "감사 전화", planned=20, done=20)
    moved = (weeks("헌혈자", 120, 140), done)
    line = page_view(weekly_report(inputs(OLD, *moved)), load_messages("en")).parts[0].key_lines[0]
    assert line.text == "20 of 20 agreed activities were done."


def test_no_number_moved_is_said_of_teams_only_where_all_could_be_read() -> None:
    read = weekly_report(inputs(OLD, trial(1, "카드")))
    read_on = datetime(2026, 11, 22, 23, tzinfo=UTC)
    health = SourceHealth(
        "trials", "구독팀", last_success=read_on, rows_read=2, rows_used=2, open_columns=1
    )
    part = weekly_report(inputs(OLD, trial(1, "카드"), health=(health,)))
    open_way = weekly_report(inputs(OLD, trial(1, "카드"), weeks("물동량", 30, 20)))

    def lead(*reports: WeeklyReport) -> str:
        teams = [TeamReport(report) for report in reports]
        return multi_team_view(teams, load_messages("ko")).lead

    assert lead(read, read) == "2팀 모두 아직 움직인 숫자가 없습니다."
    unknown = "2팀의 숫자가 나아졌는지 나빠졌는지 다 말할 수는 없습니다."
    assert lead(read, part) == unknown
    assert lead(read, open_way) == unknown
