"""The pace of requests that all hosts with one store keep together (ADR 1003).

Workers, cron and the commands of a person share it.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from loopnote.config.model import Config
from notes.store.database import Database
from notes.store.work.rate_slots import Budget, RateSlots
from sync.retry import Progress, RateLimiter, ignore_progress, paused

LONGEST_WAIT_S = 300.0
"""Seconds that one request waits for its turn; one that closes for longer fails the reading."""

_WORTH_TELLING_S = 3.0
"""Seconds of waiting that whoever watches is told of; judgement."""
_RECHECK_S = 0.05
"""Who waited this long looks again whether another host was told to pause meanwhile."""

_NOTION_BURST = 1
_GOOGLE_BURST = 8
"""Requests at once after a pause. Google counts whole minutes (50 + 8 stay under 60), Notion some
seconds."""

_PROJECT_BURST = 20
"""270 + 20 stay under the 300 of a project."""


SHARED_IDLE_S = 15.0
"""Seconds for which a process that was stopped may hold what all hosts share: a beat and a half."""


@lru_cache(maxsize=8)
def _slots_of(url: str, process: int) -> RateSlots:  # noqa: ARG001  a forked child has connections of its own
    return RateSlots(Database(url, idle_s=SHARED_IDLE_S))


def shared_slots(url: str) -> RateSlots:
    """Return the budgets of a store, over connections of this process."""
    return _slots_of(url, os.getpid())


@dataclass
class SharedRateLimiter(RateLimiter):
    """Reserves each request in the store, where every host sees it; a pause of the first
    budget holds for all.
    """

    service: str = ""
    budgets: Sequence[Budget] = ()
    slots: Callable[[], RateSlots] = field(default=lambda: shared_slots(""))

    def wait(self, progress: Progress = ignore_progress) -> None:
        """Return when the next request may be sent, and count it for every host.

        Raises:
            SourceUnavailableError: the service asked everybody to wait for longer than a request
                does.
        """
        reservation = self.slots().reserve(self.budgets, patience_s=LONGEST_WAIT_S)
        if not reservation.reserved:
            raise paused(self.service, reservation.wait_s)
        pause = reservation.wait_s
        while pause >= 0.001:
            if pause >= _WORTH_TELLING_S:
                progress(f"keeping to the rate limit, going on in {pause:.0f} s")
            self.sleep(pause)
            pause = self.slots().paused_s(self.budgets[0].key) if pause >= _RECHECK_S else 0.0

    def hold(self, seconds: float) -> None:
        """Let no host send for so many seconds, as the service asked."""
        self.slots().pause(self.budgets[0].key, seconds)

    def state(self) -> None:
        """Return None: every process asks the store."""


def service_budgets(config: Config, service: str, account: str) -> tuple[Budget, ...]:
    """Return what a request to a service counts for: its account first, then what several
    accounts share.
    """
    if service == "notion":
        return (Budget(f"notion:{account}", config.notion.requests_per_minute, _NOTION_BURST),)
    google = config.google
    project = google.accounts[account].project if account else google.project
    return (
        Budget(f"google:{account}", google.requests_per_minute, _GOOGLE_BURST),
        Budget(f"google-project:{project}", google.project_requests_per_minute, _PROJECT_BURST),
    )


def mail_budget(config: Config) -> Budget:
    """Return what a mail counts for: the mail server."""
    mail = config.mail
    where = f"{mail.host}:{mail.port}" if mail.transport == "smtp" else mail.transport
    return Budget(f"mail:{where}", config.worker.mails_per_minute, config.worker.mail_connections)


def shared_pace(config: Config, url: str, service: str, *, account: str) -> SharedRateLimiter:
    """Return the pace of an account of a service, shared by all hosts."""
    budgets = service_budgets(config, service, account)
    return SharedRateLimiter(
        limit=int(budgets[0].per_minute),
        service={"google": "Google", "notion": "Notion"}[service],
        budgets=budgets,
        slots=lambda: shared_slots(url),
    )
