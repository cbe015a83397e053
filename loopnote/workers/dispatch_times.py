"""When a worker dispatches jobs: every few seconds, and at once when something becomes due.

Many workers together look no more often than one would, and any of them is enough.
"""

import random
from datetime import datetime

from notes.store.work.leases import Leases

DISPATCH_S = 30.0
"""A worker dispatches twice a minute at least."""

TICK_S = 10.0
"""Seconds for which no other worker dispatches after one did: many workers ask no more often than
one."""

_DUE_S = 2.0
"""Seconds in which one worker dispatches what has just become due: others, whose clocks are as
good, leave it to it."""


class DispatchTimes:
    """The times at which one worker dispatches; `name` is shared by those that dispatch the same.

    A mail that becomes due does not wait until the last look is ten seconds old.
    """

    def __init__(self, leases: Leases, name: str) -> None:
        self._leases = leases
        self._name = name
        self._next_at: datetime | None = None

    def take(self, now: datetime) -> bool:
        """Say whether this worker is to look now, and no other one."""
        if self._next_at is not None and self._next_at <= now:
            self._next_at = None
            return self._leases.take(f"{self._name} due", seconds=_DUE_S)
        return self._leases.take(self._name, seconds=TICK_S)

    def expect(self, next_at: datetime | None) -> None:
        """Remember when the next thing becomes due."""
        self._next_at = next_at

    def wait_s(self, now: datetime, *, most: float = DISPATCH_S) -> float:
        """Return in how many seconds to ask again."""
        usual = random.uniform(0.7, 1.0) * most  # noqa: S311  so that hosts do not march in step
        if self._next_at is None:
            return usual
        return min(usual, max(0.2, (self._next_at - now).total_seconds() + 0.05))
