"""What a page says belongs to its week or month, and is not said where it is unknown (method
§1–§3).
"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fakes.stored_notes import action, inputs, metric, series, stored, trial

from notes.model.notes import Language, SourceHealth
from notes.model.periods import Month
from reports.analysis.weekly import weekly_report
from reports.page.builders.multi_team_page import TeamReport, multi_team_view
from reports.page.builders.weekly_page import page_view
from reports.page.messages.page_sentences import load_messages

NOVEMBER = Month(2026, 11)
OLD = stored(90, title="옛것", end_date=date(2026, 9, 4))


def by_week(row: int, name: str, values: list[float], **more):
    days = [date(2026, 10, 26), *(date(2026, 11, day) for day in (2, 9, 16, 23))]
    return series(row, name, dict(zip(days, values, strict=False)), **more)


def words_of(report, language: Language = "ko") -> str:
    view = page_view(report, load_messages(language))
    (part,) = view.parts
    lines = [part.headline, *(line.text for line in part.key_lines), view.subject]
    return " ".join([*lines, *(section.subtitle for section in part.sections)])


def test_a_month_judges_a_trial_by_the_week_of_its_number_not_by_the_mean() -> None:
    waiting = by_week(2, "대기 시간", [24, 24, 27, 26, 19], unit="분", lower_is_better=True)
    first = trial(1, "문진표", 27, outcome="success", metric=metric("대기 시간", 26, 19, unit="분"))
    note = replace(
        first, note=replace(first.note, retrospective="문진 단계를 집으로 옮긴 것이 통했다")
    )
    business = weekly_report(inputs(OLD, note, waiting, period=NOVEMBER)).business
    assert business.stop == ()
    (kept,) = business.kept
    assert (kept.move.before, kept.move.after) == (26, 19)


def test_a_months_headline_is_no_number_of_one_week() -> None:
    orders = by_week(2, "주문", [20, 21, 22, 23, 30], unit="건")
    note = trial(1, "카드", 27, outcome="success", metric=metric("전환율", 31, 42, unit="%"))
    headline = weekly_report(inputs(OLD, note, orders, period=NOVEMBER)).leader.headline
    assert headline.number is not None
    assert (headline.kind, headline.number.name, headline.number.value) == (
        "key_number",
        "주문",
        96,
    )


def test_what_worked_is_no_reason_to_stop() -> None:
    note = trial(
        1,
        "쿠폰",
        outcome="success",
        metric=metric("추천", 31, 31),
        retrospective="보낸 시간이 통했다",
    )
    (candidate,) = weekly_report(inputs(OLD, note)).business.stop
    assert candidate.why == ""
    failed = replace(note, note=replace(note.note, outcome="failure"))
    (candidate,) = weekly_report(inputs(OLD, failed)).business.stop
    assert candidate.why == "보낸 시간이 통했다"


@pytest.mark.parametrize(
    ("hypothesis", "name"),
    [
        ("상자를 줄이면 지연이 3건 준다", "지연"),
        ("Labels by street cut late deliveries by 3", "late deliveries"),
    ],
)
def test_a_forecast_is_held_against_the_number_before_the_trial(hypothesis: str, name: str) -> None:
    late = by_week(2, name, [12, 11, 10, 8], lower_is_better=True)
    note = trial(
        1, "이름표", hypothesis=hypothesis, start_date=date(2026, 11, 9), outcome="success",
        metric=metric(name, 11, 8),
    )  # fmt: skip
    business = weekly_report(inputs(OLD, note, late)).business
    assert (business.forecasts.hit, business.forecasts.miss) == (1, 0)
    assert (business.kept[0].move.before, business.kept[0].move.after) == (10, 8)


def test_a_next_action_that_was_taken_up_is_none_any_more() -> None:
    said = trial(1, "문자", 3, next_action="변경 링크 넣기", next_kind="start")
    done = trial(2, "변경 링크 넣기", 20, execution="변경 링크 넣기", outcome="success")
    whole = weekly_report(inputs(OLD, said, done, period=NOVEMBER))
    assert whole.next.actions == ()
    alone = weekly_report(inputs(OLD, said, period=NOVEMBER))
    assert [one.text for one in alone.next.actions] == ["변경 링크 넣기"]


def test_a_month_counts_what_was_done_in_the_month_not_in_its_last_week() -> None:
    lines = [
        action(row, date(2026, 11, day), "편지", planned=10.0, done=done)
        for row, day, done in ((1, 3, 4.0), (2, 10, 6.0), (3, 24, 10.0))
    ]
    found = weekly_report(inputs(OLD, *lines, period=NOVEMBER)).rhythm.execution
    assert (found[-1].week, found[-1].done, found[-1].planned) == ("2026-11", 20, 30)


def test_without_an_earlier_number_nothing_is_said_not_to_have_moved() -> None:
    runs = stored(
        1, title="영상", execution="영상 넣기", start_date=date(2026, 11, 18),
        end_date=date(2026, 12, 4),
    )  # fmt: skip
    first = series(2, "미팅", {date(2026, 11, 16): 5.0}, unit="건")
    assert "움직인 숫자" not in words_of(weekly_report(inputs(runs, first)))
    same = series(2, "미팅", {date(2026, 11, 9): 5.0, date(2026, 11, 16): 5.0}, unit="건")
    assert "움직인 숫자" in words_of(weekly_report(inputs(OLD, runs, same)))


@pytest.mark.parametrize(
    ("language", "nothing"),
    [("ko", ("움직인 숫자", "숫자가 적혀 있지")), ("en", ("no number", "none of"))],
)
def test_where_a_column_is_a_question_no_number_is_said_not_to_have_moved(
    language: Language, nothing: tuple[str, ...]
) -> None:
    note = trial(1, "쿠폰", outcome="success")
    health = SourceHealth(
        "trials",
        "구독팀",
        last_success=datetime(2026, 11, 23, tzinfo=UTC),
        rows_read=1,
        rows_used=1,
    )
    known = words_of(weekly_report(inputs(OLD, note, health=(health,))), language)
    assert any(word in known.lower() for word in nothing)
    open_ = (replace(health, open_columns=1),)
    said = words_of(weekly_report(inputs(OLD, note, health=open_)), language)
    assert not [word for word in nothing if word in said.lower()]


def test_a_trial_whose_end_is_still_to_come_runs_and_names_no_helper() -> None:
    runs = stored(
        1, title="명단", execution="명단 사기", start_date=date(2026, 11, 16),
        end_date=date(2026, 11, 27),
    )  # fmt: skip
    assert weekly_report(inputs(OLD, runs)).people.gaps_total == 1
    assert "도움을 기다린다고 적힌 일은" not in words_of(weekly_report(inputs(OLD, runs)))
    now = datetime(2026, 11, 23, tzinfo=UTC)
    asked = SourceHealth("trials", "구독팀", last_success=now, rows_used=1, open_columns=1)
    said = words_of(weekly_report(inputs(OLD, runs, health=(asked,))))
    assert "도울 사람이 없거나" not in said  # the open column may hold the helper
    helped = replace(runs, note=replace(runs.note, people=("이준",)))
    assert weekly_report(inputs(OLD, helped)).people.gaps_total == 0
    assert "도움을 기다린다고 적힌 일은" in words_of(weekly_report(inputs(OLD, helped)))


def test_a_goal_begun_this_week_is_not_stalled_though_the_trial_is_over() -> None:
    note = trial(
        1, "종이", start_date=date(2026, 11, 16), goal="후기 주 10개", outcome="failure",
        metric=metric("후기", 4, 4),
    )  # fmt: skip
    (goal,) = weekly_report(inputs(OLD, note)).business.goals
    assert (goal.state, goal.reasons) == ("undecidable", ("begun",))


def test_what_the_log_stops_already_is_not_asked_to_be_undone() -> None:
    worse = trial(
        1, "전화", outcome="failure", metric=metric("해지", 5, 6, lower_is_better=True),
        next_action="전화", next_kind="stop",
    )  # fmt: skip
    steady = series(2, "주문", {date(2026, 11, 9): 30.0, date(2026, 11, 16): 30.0}, unit="건")
    asked = weekly_report(inputs(OLD, worse, steady, period=NOVEMBER)).leader.decision
    assert asked is None or asked.kind != "wrong_way" or asked.subject != "전화 하기"


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("ko", "2팀 가운데 1팀에 나빠진 숫자가, 2팀에 나아진 숫자가 있습니다."),
        ("en", "A number got worse in 1 of 2 teams and better in 2."),
    ],
)
def test_the_leader_of_several_teams_hears_of_every_number_that_moved(
    language: Language, lead: str
) -> None:
    days = (date(2026, 11, 9), date(2026, 11, 16))

    def line(row: int, name: str, *values: float):
        return series(row, name, dict(zip(days, values, strict=True)), unit="건")

    both = weekly_report(
        inputs(OLD, trial(1, "카드"), line(2, "주문", 30, 33), line(3, "후기", 30, 20))
    )
    first = trial(1, "전단", metric=metric("주문", 30, 33))
    first_ever = weekly_report(inputs(first))
    view = multi_team_view([TeamReport(both), TeamReport(first_ever)], load_messages(language))
    assert view.lead == lead


def test_a_source_that_was_only_not_read_since_is_no_failed_connection() -> None:
    sunday = datetime(2026, 11, 22, 11, tzinfo=UTC)
    stale = SourceHealth("trials", "구독팀", last_success=sunday, rows_read=1, rows_used=1)
    failed = replace(stale, error="refused", failures_in_a_row=2)
    unknown = replace(
        stale, last_success=datetime(2026, 11, 23, tzinfo=UTC), rows_used=0, unread=("log",)
    )

    def action_of(health: SourceHealth) -> str:
        report = weekly_report(inputs(OLD, trial(1, "카드"), health=(health,)))
        (part,) = page_view(report, load_messages("ko")).parts
        return next(section.next for section in part.sections if section.id == "data")

    assert action_of(stale) == ""
    assert action_of(failed) == "trials 연결 확인하기"
    assert action_of(unknown) == "trials에서 알아볼 수 없는 표 살펴보기"
