"""Total times: of one act, and of a whole round around it."""

import signal
import sys
import threading
import time

import pytest

from notes.system.time_limit import RoundTimeUpError, round_time, total_time

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs such signals")


def stubborn_requests() -> None:
    """Try again and again, whatever a request met."""
    while True:
        try:
            with total_time(60):
                time.sleep(60)
        except Exception:  # noqa: BLE001  this is what the time of a round must come through
            continue


def test_a_round_ends_whatever_its_parts_take_for_a_failure_of_their_own():
    with pytest.raises(RoundTimeUpError), round_time(0.2):
        stubborn_requests()


def test_a_cleaning_up_that_waits_for_ever_is_interrupted_too():
    def clean_up_at_length() -> None:
        try:
            time.sleep(60)
        finally:
            time.sleep(60)

    with pytest.raises(RoundTimeUpError), round_time(0.2, again_s=0.2):
        clean_up_at_length()


def test_the_time_of_an_act_inside_a_round_is_its_own():
    with round_time(60), pytest.raises(TimeoutError), total_time(0.05):
        time.sleep(60)


def test_a_round_that_is_done_in_time_is_not_disturbed_later():
    before = signal.getsignal(signal.SIGUSR1)
    ending = set(threading.enumerate())  # clocks of other tests, called off, not yet ended
    with round_time(60):
        started = set(threading.enumerate()) - ending
        (clock,) = [one for one in started if isinstance(one, threading.Timer)]
        assert not clock.finished.is_set()
    assert clock.finished.is_set()  # it was called off, and sends nothing
    assert signal.getsignal(signal.SIGUSR1) is before
