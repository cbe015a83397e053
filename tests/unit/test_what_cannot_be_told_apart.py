"""What a page cannot tell apart is not told as known: fractions and percentages, a number and its
longer name, a result and its week, a verdict in words nobody read (ADR 0726).
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fakes.stored_notes import TEAM, WEEK, inputs, log, metric, series, trial
from fakes.text_grids import notes, points, read

from notes.model.notes import Metric, Place, Problem, SourceHealth, StoredProblem
from notes.model.periods import Month
from reports.analysis.metrics.impact import claims_of, is_contrary, is_unsure
from reports.analysis.metrics.metric_series import metric_series_of, period_metrics
from reports.analysis.sections.signals import recorded_signal
from reports.analysis.sections.traps import too_many_metrics
from reports.analysis.weekly import weekly_report
from reports.page.builders.multi_team_page import TeamReport, sort_worst_first
from reports.page.builders.weekly_page import remarks, subject_number
from reports.page.formatting.metric_texts import how_taken, period_name_of
from reports.page.formatting.text_formatter import PageOptions, TextFormatter
from reports.page.messages.page_sentences import load_messages
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_date

LAST, NOW = WEEK.back().first, WEEK.first
BEGAN = WEEK.first - timedelta(days=9)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _problem(code: str, row: int, value: str = "") -> StoredProblem:
    return StoredProblem("trials", TEAM.name, Problem(Place(tab="log", row=row), code, value), NOON)


@pytest.mark.parametrize(
    ("name", "goal", "shown"),
    [
        ("재이용률", "재이용률 40%", (31.0, 33.0, "%")),
        ("On-time departures", "On-time departures 40%", (31.0, 33.0, "%")),
        ("Repeat", "more repeats", (0.31, 0.33, "")),
    ],
)
def test_a_table_of_fractions_is_in_percent_where_the_log_writes_so(
    name: str, goal: str, shown: tuple[float, float, str]
) -> None:
    table = series(9, name, {LAST: 0.31, NOW: 0.33}, target=0.4)
    (number,) = period_metrics(log(trial(1, "문자", goal=goal), table))
    assert (number.previous, number.value, number.unit) == shown
    assert number.target == (40.0 if number.unit else 0.4)


@pytest.mark.parametrize(
    ("value", "goal", "unit"),
    [(0.8, "Churn 1%", ""), (0.02, "Churn 1%", "%"), (2.4, "Churn 2%", "")],
)
def test_a_small_percentage_is_no_fraction(value: float, goal: str, unit: str) -> None:
    (line,) = metric_series_of(log(trial(1, "calls", goal=goal), series(9, "Churn", {NOW: value})))
    assert line.unit == unit


def test_a_note_in_percent_does_not_contradict_a_table_of_fractions() -> None:
    table = series(9, "재이용률", {LAST: 0.31, NOW: 0.33})
    own = trial(
        1, "문자", goal="재이용률 40%", outcome="success", metric=metric("재이용률", 31, 33)
    )
    found = weekly_report(inputs(own, table)).business
    assert (found.disputed, [one.move.after for one in found.kept]) == ((), [33.0])


@pytest.mark.parametrize(
    ("name", "unit"), [("재이용률", ""), ("On-time", ""), ("On-time", "%"), ("재이용률", "%")]
)
def test_a_note_of_fractions_does_not_contradict_a_table_in_percent(name: str, unit: str) -> None:
    size = 100 if unit else 1  # without a unit the table has fractions too, and the goal says so
    table = series(9, name, {LAST: 0.31 * size, NOW: 0.33 * size}, unit=unit)
    own = trial(1, "문자", goal=f"{name} 40%", outcome="success", metric=metric(name, 0.31, 0.33))
    found = weekly_report(inputs(own, table)).business
    assert (found.disputed, [one.move.after for one in found.kept]) == ((), [33.0])
    other = replace(own, note=replace(own.note, metric=metric(name, 0.31, 0.37)))
    (differs,) = weekly_report(inputs(other, table)).business.disputed
    assert (differs.said.after, differs.number.value) == (37.0, 33.0)


@pytest.mark.parametrize(("after", "told"), [(86, 0), (82, 1)])
def test_a_number_under_a_part_of_a_series_name_is_told_where_both_agree(
    after: float, told: int
) -> None:
    table = series(9, "On-time departures", {NOW: 82.0}, unit="%")
    own = trial(1, "gate", metric=metric("on-time", 78, after, unit="%"), outcome="success")
    report = weekly_report(inputs(own, table))
    assert len(report.business.kept) == told
    assert report.business.may_have_moved is not bool(told)
    other = trial(1, "club", metric=metric("morning on-time departures", 78, after, unit="%"))
    assert len(claims_of(log(other, table))) == 1  # a part of the whole has a number of its own


def test_a_number_and_its_longer_name_are_not_counted_as_two() -> None:
    own = trial(1, "gate", metric=metric("on-time", 78, 86, unit="%"))
    trap = too_many_metrics(log(own, series(9, "On-time departures", {NOW: 82.0}, unit="%")))
    assert trap is not None
    assert trap.names == ("On-time departures",)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("on time", "On-time departures"),
        ("재방문", "재방문(전체) 비율"),
        ("정시 출발", "정시·출발 비율"),
    ],
)
def test_a_part_of_a_name_is_one_whatever_sign_stands_between_its_words(
    short: str, long: str
) -> None:
    own = trial(1, "gate", metric=metric(short, 78, 86, unit="%"), outcome="success")
    found = log(own, series(9, long, {NOW: 82.0}, unit="%"))
    trap = too_many_metrics(found)
    assert trap is not None
    assert (claims_of(found), trap.names) == ((), (long,))


@pytest.mark.parametrize(
    ("told", "last", "differs"), [(4, 4.0, False), (4, 7.0, True), (4, None, False)]
)
def test_a_result_written_late_is_set_against_all_weeks_of_its_trial(
    told: float, last: float | None, differs: bool
) -> None:
    weeks = {WEEK.back(2).first: 9.0, NOW: 6.0} | ({} if last is None else {LAST: last})
    own = trial(1, "사진", start_date=LAST, metric=metric("클레임", 9, told), outcome="success")
    found = weekly_report(inputs(own, series(9, "클레임", weeks))).business
    assert bool(found.disputed) is differs


def test_a_verdict_in_words_nobody_read_credits_the_trial_with_nothing() -> None:
    own = trial(1, "flyers", metric=metric("sign-ups", 30, 44), outcome=None, start_date=BEGAN)
    (read_claim,) = claims_of(log(own))
    (claim,) = claims_of(log(own, problems=(_problem("unknown_status", 1, "too close to call"),)))
    assert (is_contrary(read_claim), is_contrary(claim)) == (False, True)
    report = weekly_report(inputs(own, problems=(_problem("unknown_status", 1, "kind of"),)))
    assert (report.business.kept, report.business.stop) == ((), ())
    assert [one.evidence.note_id for one in report.business.contrary] == [own.id]


def test_no_failure_was_recorded_is_not_said_beside_a_verdict_nobody_read() -> None:
    done = [trial(n, f"trial {n}", outcome="success", end_date=WEEK.back(n).last) for n in range(5)]
    read_all = recorded_signal(log(*done))
    open_one = trial(9, "leaflets", outcome=None, start_date=BEGAN)
    part = recorded_signal(log(*done, open_one, problems=(_problem("unknown_status", 9, "no"),)))
    assert read_all is not None
    assert part is not None
    assert (read_all.warning, part.warning) == (True, False)


def test_two_counted_shares_within_chance_moved_nothing() -> None:
    counted = Metric(name="redeemed", before_counts=(9, 60), after_counts=(14, 60))
    (claim,) = claims_of(log(trial(1, "flyers", metric=counted, outcome="success")))
    assert is_unsure(claim)
    report = weekly_report(inputs(trial(1, "flyers", metric=counted, outcome="success")))
    assert (report.business.kept, len(report.business.unsure)) == ((), 1)


@pytest.mark.parametrize(("goal", "target"), [("On-time 92%", None), ("On-time 90%", 90.0)])
def test_a_goal_that_was_raised_in_the_log_and_not_in_the_table_is_not_reached(
    goal: str, target: float | None
) -> None:
    table = series(9, "On-time", {LAST: 89.0, NOW: 90.0}, unit="%", target=90.0)
    report = weekly_report(inputs(trial(1, "pen", goal=goal), table))
    assert report.business.series[0].target == target
    assert bool(report.milestones) is (target is not None)


@pytest.mark.parametrize("code", ["log_lost", "not_understood"])
def test_a_number_of_a_table_that_was_lost_is_not_called_missing(code: str) -> None:
    health = SourceHealth("trials", TEAM.name, NOON, NOON, rows_used=4, unread=("KPI",))
    table = series(9, "주문", {LAST: 320.0})
    report = weekly_report(
        inputs(
            trial(1, "문자", outcome="success"),
            table,
            health=(health,),
            sources=("trials",),
            problems=(replace(_problem(code, 0), problem=Problem(Place(tab="KPI"), code, "KPI")),),
        )
    )
    (remark,) = remarks(TextFormatter(load_messages("ko"), PageOptions()), report)
    assert "읽지 못한 기록이 있어" in remark.text
    assert report.data.is_part_unread is (code == "log_lost")


@pytest.mark.parametrize(
    "text",
    [
        "지표|9월 1주|9월 2주\n주문|320|334\n재이용률|31%|33%\n매출|512만원|미정",
        "KPI|Aug|Sep\nOrders|320|334\nRepeat|31%|33%",
    ],
)
def test_a_table_of_numbers_is_read_in_its_second_week(text: str) -> None:
    found = points(notes(text))
    assert {point.name for point in found[:2]} in ({"주문"}, {"Orders"})
    assert [point.value for point in found[:2]] == [320.0, 334.0]


@pytest.mark.parametrize("cell", ["Oct 6 -", "6 Oct 2026 –", "Oct 6 - now", "2026-10-06 - 진행중"])
def test_a_dash_with_no_day_behind_it_leaves_a_trial_open(cell: str) -> None:
    reading = read_date(cell, DateContext(year=2026))
    assert (reading.start, reading.end, reading.problems) == (date(2026, 10, 6), None, ())


def test_two_weeks_over_texts_are_no_table_of_numbers() -> None:
    assert points(notes("해본 것|9월 1주|9월 2주\n전단|준비|배포\n문자|준비|발송")) == []


def test_a_log_that_has_just_begun_is_no_list_of_numbers() -> None:
    begun = (
        "Date|By|Goal|What we tried|Measure|Was|Now|Learned|Do next\n"
        "2026-09-01|Lena|Conversion 25%|free second visit for trial climbers|conversion|18%|||\n"
        "2026-09-07|Tom|Quiet mornings|early bird ticket|morning visits|40|||"
    )
    found = [entry.note for entry in read(begun).entries]
    assert [note.execution for note in found] == [
        "free second visit for trial climbers",
        "early bird ticket",
    ]
    assert found[0].start_date == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("weeks", "said", "named"),
    [
        (4, "이 달의 합", "주문 합"),
        (3, "이 달 4주 가운데 3주의 합", "3주치 주문 합"),
    ],
)
def test_a_month_whose_weeks_are_not_all_written_says_of_how_many_its_number_is(
    weeks: int, said: str, named: str
) -> None:
    month = Month(2026, 9)
    mondays = [date(2026, 9, day) for day in (7, 14, 21, 28)][:weeks]
    table = series(9, "주문", dict.fromkeys(mondays, 300.0), unit="건")
    (number,) = period_metrics(log(table, period=month))
    formatter = TextFormatter(load_messages("ko"), PageOptions(), monthly=True)
    assert (how_taken(formatter, number), period_name_of(formatter, number)) == (said, named)
    report = weekly_report(inputs(table, period=month))
    assert named in subject_number(formatter, report)


@pytest.mark.parametrize(("last", "told"), [(2.2, False), (3.4, True)])
def test_a_month_does_not_tell_what_had_come_back_by_its_end(last: float, told: bool) -> None:
    mondays = (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16))
    table = series(9, "churn", dict(zip(mondays, (2.2, 3.6, last), strict=True)), unit="%")
    own = trial(
        1, "price up", day=15, outcome="failure", metric=metric("churn", 2.2, 3.6, unit="%")
    )
    claims = claims_of(log(own, table, period=Month(2026, 11)))
    assert bool(claims) is told


def test_of_two_teams_with_good_headlines_the_one_with_a_worse_number_comes_first() -> None:
    visits = series(8, "visits", {LAST: 940.0, NOW: 1010.0})
    worse = series(9, "complaints", {LAST: 6.0, NOW: 7.0})
    rows = {"A": (visits,), "B": (visits, worse)}
    teams = [
        TeamReport(
            weekly_report(
                replace(inputs(*notes), team=replace(TEAM, name=name, key_metric="visits"))
            )
        )
        for name, notes in rows.items()
    ]
    assert [one.report.scope.team for one in sort_worst_first(teams)] == ["B", "A"]


@pytest.mark.parametrize(
    ("action", "known"),
    [
        ("1월에 다시 묻기", False),
        ("설에는 2주 전에 시작", False),
        ("again in January", False),
        ("ask the council by Christmas", False),
        ("문자 이어 보내기", True),
        ("ask 20 buyers", True),
        ("Leaflet for the winter box", True),
    ],
)
def test_a_promise_that_names_a_later_time_is_not_called_unanswered(
    action: str, known: bool
) -> None:
    made = trial(1, "쪽지", end_date=WEEK.back(2).last, outcome="success", next_action=action)
    ledger = weekly_report(inputs(made, trial(2, "다른 일"))).commitments
    assert (dict(ledger.counts)["unanswered"], ledger.unclear) == (int(known), int(not known))


@pytest.mark.parametrize("action", ["11월까지 보기", "measure again in two weeks"])
def test_a_promise_whose_own_time_runs_on_is_not_in_the_ledger_yet(action: str) -> None:
    made = trial(1, "쪽지", end_date=WEEK.back(2).last, outcome="success", next_action=action)
    for week, due in ((WEEK, 0), (WEEK.back(-4), 1)):
        ledger = weekly_report(inputs(made, trial(2, "다른 일"), period=week)).commitments
        assert (ledger.due, dict(ledger.counts)["unanswered"]) == (due, due)


@pytest.mark.parametrize(("earlier", "before"), [(1, None), (4, 82.0)])
def test_a_mean_of_weeks_is_not_set_against_a_month_of_one(
    earlier: int, before: float | None
) -> None:
    august = [date(2026, 8, day) for day in (31, 24, 17, 10)][:earlier]
    september = [date(2026, 9, day) for day in (7, 14, 21, 28)]
    weeks = dict.fromkeys(august, 82.0) | dict.fromkeys(september, 84.0)
    table = series(9, "On-time", weeks, unit="%")
    (number,) = period_metrics(log(table, period=Month(2026, 9)))
    assert number.previous == before


@pytest.mark.parametrize(("after", "kept"), [(5.9, 0), (5.1, 1)])
def test_a_result_written_late_is_not_credited_with_the_next_week(after: float, kept: int) -> None:
    weeks = {WEEK.back(2).first: 6.8, LAST: 5.9, NOW: 5.1}
    own = trial(
        1, "pilot", start_date=LAST, outcome="success", metric=metric("review time", 6.8, after)
    )
    report = weekly_report(inputs(own, series(9, "review time", weeks)))
    assert len(report.business.kept) == kept
    assert report.business.may_have_moved is not bool(kept)


def test_a_months_headline_is_no_week_that_its_series_had_left() -> None:
    mondays = (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16))
    table = series(9, "churn", dict(zip(mondays, (3.6, 2.5, 2.2), strict=True)))
    own = trial(1, "price up", day=13, outcome="failure", metric=metric("churn", 2.2, 3.6))
    assert claims_of(log(own, table, period=Month(2026, 11))) == ()


def test_a_month_of_daily_numbers_is_not_told_as_one_of_so_many_weeks() -> None:
    days = {date(2026, 9, day): 10.0 for day in (1, 2, 8, 9, 15)}
    (line,) = metric_series_of(log(series(1, "주문", days, unit="건"), period=Month(2026, 9)))
    assert line.weeks_held(Month(2026, 9)) is None
    assert line.weeks_held(Month(2026, 8)) is None
