"""The clock: the only module that reads the system time."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from notes.model.errors import ConfigError

Clock = Callable[[], datetime]
"""Gives the present instant, aware and in UTC."""


def system_clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)  # noqa: TID251  the one door


class CorrectedClock:
    """The system's clock, put right by another one that all hosts share."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        """Return the present instant by the other clock."""
        return system_clock() - self._ahead

    def correct(self, theirs: datetime) -> timedelta:
        """Take over what the other clock says just now; return how far the system's is ahead
        of it.
        """
        self._ahead = system_clock() - theirs
        return self._ahead


def is_real(clock: Clock) -> bool:
    """Say whether a clock tells the real time, and not a rehearsal's."""
    return clock is system_clock or isinstance(clock, CorrectedClock)


def clock_from_environment() -> Clock:
    """Return the system's clock, or one of a rehearsal that `$LOOPNOTE_NOW` sets.

    An instant (ISO 8601; UTC without a zone) stands still; "+3600" or "-60" runs so many seconds
    ahead of the system's, or behind.

    Raises:
        ConfigError: the variable holds no instant.
    """
    text = os.environ.get("LOOPNOTE_NOW", "")
    if not text:
        return system_clock
    try:
        if text[0] in "+-":
            ahead = timedelta(seconds=float(text))
            return lambda: system_clock() + ahead
        instant = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise ConfigError(
            f"LOOPNOTE_NOW is {text!r}, which is not an instant",
            hint="write it as 2026-11-23T08:00:00+09:00",
        ) from error
    instant = instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    return lambda: instant


def utc_minute(at: datetime) -> str:
    """Return an instant in UTC to the minute, as messages name it before "UTC".

    >>> utc_minute(datetime(2026, 11, 23, 8, 5, tzinfo=UTC))
    '2026-11-23 08:05'
    """
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"
