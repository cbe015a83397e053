"""What pages of an unseen world asked of chance, or said beside what nobody read (ADR 0684)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fakes.stored_notes import WEEK, action, funnel, inputs, log, metric, series, trial
from fakes.text_grids import notes

from notes.model.notes import Series, SourceHealth, StoredNote
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
    report = weekly_report(inputs(OLD, weeks("예약 부도", 8, 7, 8, 7, 9)))
    assert report.leader.key_number is not None
    assert not is_usual(report.leader.key_number)


@pytest.mark.parametrize(("before", "now", "asked"), [(7, 8, False), (5, 6, True), (7, 9, True)])
def test_the_least_step_of_a_whole_number_is_nothing_to_decide(
    before: float, now: float, asked: bool
) -> None:
    report = weekly_report(inputs(OLD, weeks("재작업", before, now)))
    decision = report.leader.decision
    assert (decision is not None and decision.kind == "number_worse") is asked


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("작업 시간(평균)", "작업 시간", ""),
        ("Wait (avg)", "Wait", ""),
        ("Wait (min)", "Wait", "min"),
        ("작업 시간(최대)", "작업 시간(최대)", ""),
        ("Donors (total)", "Donors (total)", ""),
        ("대기 시간(분)", "대기 시간", "분"),
        ("버리는 빵(하루 평균)", "버리는 빵", ""),
        ("대기(평균, 분)", "대기", "분"),
        ("Sales (£ a day)", "Sales", "£"),
        ("Wait (per day)", "Wait", ""),
        ("매출(하루 평균)", "매출(하루 평균)", ""),
    ],
)
def test_how_a_number_was_taken_is_no_unit(header: str, name: str, unit: str) -> None:
    lines = [f"| 기준일 | {header} | 매출 |"]
    lines += [f"| 2026-10-{day:02} | {day} | {day * 7} |" for day in (5, 12, 19, 26)]
    found = [note.details for note in notes("\n".join(lines)) if isinstance(note.details, Series)]
    points = [one for series_ in found for one in series_.points if one.name != "매출"]
    assert {(point.name, point.unit) for point in points} == {(name, unit)}


_TRIALS = """| 시작일 | 종료일 | 담당 | 실행 | 지표 | 전 | 후 | 결과 |
| 2026-10-05 | 2026-10-16 | 유라온 | 사진 보내기 | 재방문 | 9% | 7% | 성공 |
| 2026-10-12 | 2026-10-23 | 채도하 | 문자 보내기 | 문의 | 12% | 12% | {word} |
| 2026-10-19 | 2026-10-30 | 유라온 | 쪽지 붙이기 | 재방문 | 7% | 8% | 실패 |"""
"""A log whose second trial has two equal numbers."""


@pytest.mark.parametrize("word", ["Flat", "변화 없음", "no change", "그대로", "완료 - 변화 없음"])
def test_a_verdict_that_nothing_moved_states_a_change_of_none(word: str) -> None:
    moved, stood, _ = notes(_TRIALS.format(word=word))
    assert stood.metric is not None
    assert moved.metric is not None
    assert (stood.outcome, stood.metric.change) == ("inconclusive", 0.0)
    assert moved.metric.change is None


@pytest.mark.parametrize(
    "word", ["아직 모름", "보류", "not yet clear", "판단 보류", "변화 없음, 아직 모름", "부분 성공"]
)
def test_a_verdict_that_is_open_states_no_change_beside_equal_numbers(word: str) -> None:
    _, stood, _ = notes(_TRIALS.format(word=word))
    assert stood.metric is not None
    assert (stood.outcome, stood.metric.change) == ("inconclusive", None)


@pytest.mark.parametrize(("change", "asked"), [(0.0, 1), (None, 0)])
def test_only_a_verdict_that_its_number_stood_still_lets_an_open_trial_be_asked_to_stop(
    change: float | None, asked: int
) -> None:
    own = replace(metric("재방문", 7, 7), change=change)
    note = trial(1, "사진 보내기", outcome="inconclusive", metric=own)
    found = log(note)
    assert len(stop_candidates(found, claims_of(found))) == asked
    said = replace(note, note=replace(note.note, next_kind="stop"))
    assert len(stop_candidates(log(said), ())) == 1


def test_what_to_do_with_a_trial_says_not_how_it_went() -> None:
    text = """| 날짜 | 실행 | 지표 | 전 | 후 | 결정 |
| 2026-10-05 | 사진 보내기 | 재방문 | 9% | 7% | 그대로 |
| 2026-10-12 | 문자 보내기 | 문의 | 12% | 13% | 확대 |
| 2026-10-19 | 쪽지 붙이기 | 재방문 | 7% | 8% | 중단 |"""
    assert [note.outcome for note in notes(text)] == [None, None, None]


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
        was = [funnel(n, WEEK.back(n).first, {"재생": 190, "완청": before / 3}) for n in (1, 2, 3)]
        now = funnel(9, WEEK.first, {"재생": 640, "완청": passed})
        (found,) = measure_funnels(log(*was, now))
        return found.steps[0].state

    assert state(330, 350) == "usual"  # 58 % and 55 %
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

    assert lead(read, read) == "2팀 모두에서 움직인 숫자를 찾지 못했습니다."
    unknown = "2팀의 숫자가 나아졌는지 나빠졌는지 다 말할 수는 없습니다."
    assert lead(read, part) == unknown
    assert lead(read, open_way) == unknown
