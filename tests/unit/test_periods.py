from datetime import date

import pytest

from notes.model.periods import Month, Week, parse_period


def test_a_year_of_53_weeks_ends_in_the_next_january():
    assert Week.containing(date(2027, 1, 3)) == Week(2026, 53)
    assert Week(2026, 53).back(-1) == Week(2027, 1)


def test_a_week_is_monday_to_sunday():
    week = Week.parse("2026-W47")
    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert date(2026, 11, 22) in week
    assert date(2026, 11, 23) not in week
    assert str(week) == "2026-W47"


@pytest.mark.parametrize("text", ["2025-W53", "2026-W00", "W47", "2026-47-1", ""])
def test_what_is_no_week_is_refused_with_its_text(text):
    with pytest.raises(ValueError, match="week"):
        Week.parse(text)


def test_months_know_their_last_day_and_their_neighbours():
    assert Month(2028, 2).last == date(2028, 2, 29)
    assert Month(2026, 1).back() == Month(2025, 12)
    assert parse_period("2026-11") == Month(2026, 11)
    assert parse_period("2026-W09") == Week(2026, 9)
