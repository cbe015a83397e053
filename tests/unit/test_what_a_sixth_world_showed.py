"""Directions, targets, people and milestones that pages told falsely; the pages are in
`tests/data/cases/page`.
"""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from fakes.stored_notes import WEEK, inputs, log, metric, series, trial

from notes.messages import figures
from notes.model.notes import StoredNote
from notes.model.periods import Month, Week
from reports.analysis.metrics.better_way import goal_target, known_ways
from reports.analysis.metrics.goal_numbers import goal_number
from reports.analysis.metrics.metric_series import metric_series_of, period_metric_of
from reports.analysis.questions.events import events_of, worst_event
from reports.analysis.records.answers import (
    BusinessAnswer,
    PeriodMetric,
    StopCandidate,
    StopCheck,
)
from reports.analysis.records.evidence import Evidence
from reports.analysis.weekly import weekly_report
from reports.page.formatting.text_formatter import PageOptions, TextFormatter
from reports.page.messages.page_sentences import load_messages
from reports.page.sections.business import stop_check_text


def weekly(*values: float) -> dict[date, float]:
    """Return values of the last weeks, the last one of the week of the report."""
    return {WEEK.back(n).first: one for n, one in zip(range(len(values) - 1, -1, -1), values)}  # noqa: B905


def number_of(*notes: StoredNote) -> PeriodMetric:
    read = log(*notes)
    found = period_metric_of(metric_series_of(read)[0], read)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("goal", "name", "unit", "number"),
    [
        ("재문의율 12%", "재문의율", "%", 12),
        ("Activation 45% by the end of Q1", "Activation", "%", 45),
        ("2028년 말까지 구독자 1만 명", "구독자", "명", 10_000),
        ("신규 미팅 주 8건", "신규 미팅", "건", 8),
        ("DAU to 100K", "DAU", "K", 100),
        ("문의 월 80건", "문의", "건", None),
        ("orders 500 a month", "orders", "", None),
        ("신규 미팅 주 8건", "미팅", "건", None),
        ("매출 2배", "매출", "만원", None),
        ("완독률이 오른다", "완독률", "%", None),
        ("오픈율 45%와 클릭률 5%", "오픈율", "%", None),
    ],
)
def test_a_goal_names_a_target_only_for_its_own_metric(
    goal: str, name: str, unit: str, number: float | None
) -> None:
    assert goal_number(goal, name, unit) == number


def test_a_goal_of_a_count_is_a_weekly_one_only_where_it_says_so() -> None:
    assert goal_target("주문", "건", log(trial(1, "가", goal="주문 500건"))) is None
    assert goal_target("주문", "건", log(trial(1, "가", goal="주문 주 50건"))) == 50
    both = log(trial(1, "가", goal="완독률 70%"), trial(2, "나", goal="완독률 80%"))
    assert goal_target("완독률", "%", both) is None


def test_the_goals_number_says_which_way_is_better() -> None:
    number = number_of(
        trial(1, "가", goal="꼬임율 12%"), series(2, "꼬임율", weekly(18, 17), unit="%")
    )
    assert (number.direction, number.target, number.left) == ("better", 12, 5)
    bare = number_of(trial(1, "가", goal="꼬임율 12%"), series(2, "꼬임율", weekly(18, 17)))
    assert (bare.direction, bare.target) == (None, None)  # shares may be written as 0.18


def test_successes_of_the_team_say_which_way_is_better_and_failures_do_not() -> None:
    won = trial(1, "가", outcome="success", metric=metric("소음", 62, 58))
    lost = trial(2, "나", outcome="failure", metric=metric("높이", 10, 12))
    torn = [
        trial(n, "다", outcome="success", metric=metric("폭", 10, 10 + by))
        for n, by in ((3, 1), (4, -1))
    ]
    assert known_ways(log(won, lost, *torn)) == {"소음": "down"}
    assert number_of(won, series(5, "소음", weekly(58, 49))).direction == "better"


def test_a_number_of_which_nothing_says_which_way_is_better_is_never_worse() -> None:
    fell = number_of(series(1, "방석 높이", weekly(48, 30)))
    assert (fell.change, fell.direction) == (-18, None)
    report = weekly_report(inputs(trial(9, "옛", 11), series(1, "방석 높이", weekly(48, 30))))
    decision = report.leader.decision
    assert report.business.series_worse == ()
    assert decision is not None
    assert (decision.kind, decision.number and decision.number.direction) == ("number_worse", None)


def test_a_trial_of_such_a_number_is_not_called_worse_even_where_it_failed() -> None:
    def wrong(outcome: str, name: str = "방석 높이") -> int:
        note = trial(1, "가", outcome=outcome, metric=metric(name, 48, 30))
        return len(weekly_report(inputs(note)).business.wrong_way)

    assert (wrong("failure"), wrong("inconclusive")) == (0, 0)
    assert wrong("failure", "매출") == 1


def test_of_two_counts_that_fell_the_one_beyond_chance_is_the_event() -> None:
    def number(name: str, before: float, now: float) -> PeriodMetric:
        return PeriodMetric(name, now, "", before, now - before, direction="worse")

    tickets, orders = number("tickets", 12, 15), number("orders", 172, 139)
    found = worst_event(events_of(BusinessAnswer(series=(tickets, orders)), (), None))
    assert found is not None
    assert found.number is orders
    quiet = worst_event(events_of(BusinessAnswer(series=(number("tickets", 11, 12),)), (), None))
    assert quiet is None
    few = worst_event(events_of(BusinessAnswer(series=(number("customers", 5, 4),)), (), None))
    assert few is not None


def test_a_target_that_was_met_before_is_no_milestone() -> None:
    def named(*values: float) -> list[str]:
        line = series(1, "가입", weekly(*values), unit="건", target=10)
        return [one.text for one in weekly_report(inputs(line)).milestones]

    assert (named(8, 9, 11), named(10, 9, 11)) == (["가입"], [])


def test_a_week_over_new_year_is_said_with_the_years_of_its_days() -> None:
    week = Week(2026, 53)
    assert figures.span(week, "en") == "Mon 28 Dec 2026 – Sun 3 Jan"
    assert figures.span_year(week, "en") == "2027"
    assert figures.span_year(week, "ko") == "2026"
    assert figures.span_year(Week(2026, 1), "ko") == "2026"
    assert figures.span_year(Month(2026, 12), "ko") == "2026"


def test_a_month_has_no_headline_of_one_weeks_claim_beside_its_series() -> None:
    month = Month(2026, 11)
    claim = trial(1, "체크리스트", metric=metric("완료율", 39, 43, unit="%"))
    past = trial(9, "옛", 11)
    line = series(2, "결제", {date(2026, 10, 20): 300.0, date(2026, 11, 17): 330.0}, unit="건")
    found = weekly_report(inputs(past, claim, line, period=month)).leader.headline
    assert found.activity_move is None


def test_a_candidate_is_not_said_to_go_on_where_only_something_like_it_is_there() -> None:
    told = TextFormatter(load_messages("ko"), PageOptions(), zone=ZoneInfo("Asia/Seoul"))
    seen = Evidence("a", "설 특집 두 통")
    candidate = StopCandidate(Evidence("b", "연말 특집 두 통"), "failed")
    check = StopCheck(candidate, "continued", seen, sure=False)
    assert (
        stop_check_text(told, check) == "‘연말 특집 두 통’과 닮은 일이 다시 적혔습니다. (확인 필요)"
    )
    assert "계속되고" in stop_check_text(told, replace(check, sure=True))


@pytest.mark.parametrize(
    ("name", "before", "target", "better"),
    [
        ("Tickets per 100 orders", 9.4, 7, "down"),
        ("Replies within four hours", 61, 85, "up"),
        ("주문 100건당 문의", 12, 8, "down"),
        ("48시간 안에 답한 비율", 61, 85, "up"),
    ],
)
def test_what_a_number_is_counted_by_says_nothing_of_its_direction(
    name: str, before: float, target: float, better: str
) -> None:
    aimed = metric(name=name, before=before, after=before + 1, target=target)
    number = number_of(trial(1, "가", metric=aimed), series(2, name, weekly(8, 7.9)))
    assert number.better == better
    assert number.direction == ("better" if better == "down" else "worse")
