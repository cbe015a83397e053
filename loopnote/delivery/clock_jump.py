"""Whether the clock stands where it can stand: a pure comparison with the last time that was
believed.
"""

from datetime import datetime, timedelta

LONGEST_SILENCE = timedelta(days=35)
"""A gap between two runs up to this is a schedule, a holiday or a machine that was off; a monthly
cron line leaves 31 days."""

SET_BACK = timedelta(days=1)
"""A clock put right by NTP, or by hand in the wrong zone, moves by hours; more is another date."""


def is_far(now: datetime, last: datetime | None) -> bool:
    """Say whether an instant is too far from the last one that was believed to be acted upon.

    >>> from datetime import UTC
    >>> is_far(datetime(2031, 1, 6, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
    True
    """
    return last is not None and not last - SET_BACK <= now <= last + LONGEST_SILENCE
