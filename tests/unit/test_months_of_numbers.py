"""A month's number is the month's: sum, mean or last, by its kind, and never set against a week."""

from datetime import date, timedelta

import pytest
from fakes.stored_notes import log, metric, series, trial

from notes.model.periods import Month
from reports.analysis.metrics.impact import disputes_of
from reports.analysis.metrics.metric_series import period_metrics

OCTOBER = Month(2026, 10)


def weekly(*, name: str, first: date, values: list[float], **more):
    return series(1, name, {first + timedelta(weeks=n): v for n, v in enumerate(values)}, **more)


@pytest.mark.parametrize(
    ("name", "unit", "taken", "number"),
    [
        ("주문", "", "sum", 46),
        ("New orders", "", "sum", 46),
        ("재구독률", "%", "mean", 11.5),
        ("객단가", "원", "mean", 11.5),
        ("구독자", "명", "last", 13),
        ("처리 시간", "일", "mean", 11.5),
    ],
)
def test_a_month_takes_its_number_by_the_kind_of_the_metric(
    name: str, unit: str, taken: str, number: float
) -> None:
    line = weekly(name=name, first=date(2026, 10, 5), values=[10, 11, 12, 13], unit=unit)
    (found,) = period_metrics(log(line, period=OCTOBER))
    assert (found.taken, found.value) == (taken, number)


def test_a_mean_has_no_more_decimals_than_its_numbers_and_one_at_least() -> None:
    shares = weekly(name="재구독률", first=date(2026, 9, 7), values=[32, 36, 36.5, 37.4], unit="%")
    whole = weekly(name="만족도", first=date(2026, 10, 5), values=[4, 5, 5], unit="점")
    (found,) = period_metrics(log(shares, period=Month(2026, 9)))
    assert found.value == 35.5  # of 35.475
    (found,) = period_metrics(log(whole, period=OCTOBER))
    assert found.value == 4.7


def test_the_chart_of_a_sum_leaves_out_a_month_that_the_series_holds_in_part() -> None:
    line = weekly(name="주문", first=date(2026, 8, 24), values=[10.0] * 10, unit="건")
    (found,) = period_metrics(log(line, period=OCTOBER))  # two weeks of August
    assert found.history == (("2026-09", 40), ("2026-10", 40))


def test_the_chart_of_a_mean_keeps_a_month_of_one_week() -> None:
    line = weekly(name="재구독률", first=date(2026, 8, 31), values=[10.0] * 9, unit="%")
    (found,) = period_metrics(log(line, period=OCTOBER))
    assert [month for month, _ in found.history] == ["2026-08", "2026-09", "2026-10"]


def test_the_target_of_a_week_is_none_of_the_month() -> None:
    line = weekly(name="주문", first=date(2026, 10, 5), values=[10, 11, 12, 13], target=20.0)
    (found,) = period_metrics(log(line, period=OCTOBER))
    assert (found.target, found.left, found.reached) == (None, None, None)


def test_five_weeks_are_not_set_against_four() -> None:
    line = weekly(name="주문", first=date(2026, 9, 3), values=[10.0] * 9, unit="건")
    (found,) = period_metrics(log(line, period=OCTOBER))  # 1, 8, 15, 22, 29 October
    assert (found.value, found.previous, found.change) == (50, None, None)


def test_a_number_of_a_week_is_no_dispute_about_the_month() -> None:
    line = weekly(name="주문", first=date(2026, 10, 5), values=[10, 11, 12, 13], unit="건")
    note = trial(2, "안내문", metric=metric("주문", 10, 11), end_date=date(2026, 10, 16))
    assert disputes_of(log(line, note, period=OCTOBER)) == ()
