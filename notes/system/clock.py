"""The clock: the only module that reads the system time."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from notes.model.errors import ConfigError

Clock = Callable[[], datetime]
"""Gives the present instant, aware and in UTC."""


def system_clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)  # noqa: TID251  the one door


def clock_from_environment() -> Clock:
    """Return the system's clock, or one fixed at `$LOOPNOTE_NOW` (ISO 8601; UTC without a zone).

    Raises:
        ConfigError: the variable holds no instant.
    """
    text = os.environ.get("LOOPNOTE_NOW", "")
    if not text:
        return system_clock
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
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
