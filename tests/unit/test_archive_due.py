"""When a round brings the archive up to date: not every minute, and never too late."""

from datetime import UTC, datetime, timedelta

from loopnote.commands.reporting.archive import is_due

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_the_first_round_builds_it() -> None:
    assert is_due(None, None, NOW)


def test_a_log_that_was_read_since_is_a_reason() -> None:
    assert is_due(NOW - MINUTE, NOW, NOW)
    assert is_due(NOW - MINUTE, NOW - MINUTE, NOW)


def test_a_round_that_read_nothing_is_none() -> None:
    assert not is_due(NOW - MINUTE, NOW - 2 * MINUTE, NOW)
    assert not is_due(NOW - MINUTE, None, NOW)


def test_a_day_is_a_reason_and_so_is_a_clock_that_was_wrong() -> None:
    assert is_due(NOW - timedelta(days=1), NOW - timedelta(days=2), NOW)
    assert is_due(NOW + timedelta(days=9), NOW - timedelta(days=2), NOW)
