from datetime import UTC, date, datetime

import pytest

from notes.messages import figures
from notes.model.periods import Month, Week


@pytest.mark.parametrize(
    ("value", "unit", "korean", "english"),
    [
        (18.4, "%", "18.4%", "18.4%"),
        (12, "건", "12건", "12건"),
        (12_000_000, "원", "1,200만원", "12,000,000원"),
        (234_500_000, "원", "2억 3,450만원", "234,500,000원"),
        (12_000, "₩", "₩12,000", "₩12,000"),
        (3.14159, "", "3.14", "3.14"),
        (12, "orders", "12 orders", "12 orders"),
        (1, "days", "1 day", "1 day"),
        (-1, "replies", "−1 reply", "−1 reply"),
        (1, "boxes", "1 box", "1 box"),
        (1, "gas", "1 gas", "1 gas"),
        (-4, "%", "−4%", "−4%"),
    ],
)
def test_a_number_stands_with_its_unit(value: float, unit: str, korean: str, english: str) -> None:
    assert figures.quantity(value, unit, "ko") == korean
    assert figures.quantity(value, unit, "en") == english


def test_rates_differ_by_points() -> None:
    assert figures.difference(18.4 - 16.3, "%", "ko") == "2.1%p"
    assert figures.difference(-1, "%", "en") == "1 point"
    assert figures.difference(0.25, "%", "en") == "0.25 points"


def test_days_weeks_and_months_read_as_people_write_them() -> None:
    assert figures.day(date(2026, 11, 16), "ko") == "11월 16일(월)"
    assert figures.day(date(2026, 11, 16), "en") == "Mon 16 Nov"
    assert figures.span(Week(2026, 47), "ko") == "11월 16일(월)–22일(일)"
    assert figures.span(Week(2026, 53), "ko") == "12월 28일(월)–1월 3일(일)"
    assert figures.span(Week(2026, 53), "en") == "Mon 28 Dec 2026 – Sun 3 Jan"
    assert figures.period_name(Month(2026, 10), "en") == "October"
    assert (
        figures.moment(datetime(2026, 11, 23, 7, 58, tzinfo=UTC), "ko") == "2026년 11월 23일 07:58"
    )
