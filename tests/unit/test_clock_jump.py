"""Which gaps between two runs are a schedule, and which are another date."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from loopnote.delivery.clock_jump import LONGEST_SILENCE, SET_BACK, is_far

LAST = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_the_first_run_of_all_has_nothing_to_be_far_from():
    assert not is_far(LAST, None)


@given(st.timedeltas(min_value=-SET_BACK, max_value=LONGEST_SILENCE))
def test_every_gap_that_a_schedule_explains_is_believed(gap):
    assert not is_far(LAST + gap, LAST)


@given(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=9000)))
def test_everything_beyond_is_far(more):
    assert is_far(LAST + LONGEST_SILENCE + more, LAST)
    assert is_far(LAST - SET_BACK - more, LAST)
