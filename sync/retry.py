"""The retry policy and the rate limiter of all sources.

A service is asked at a pace that its other users can live with (`RateLimiter`, one for each
credential, shared by every source that uses it). What fails in passing is asked again (`Retry`): a
Retry-After is honoured in full, or the source is given up for this run when it asks for more
patience than is left.
"""

import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import TypeVar

from notes.model.errors import SourceRefusedError, SourceUnavailableError
from notes.system.time_limit import total_time

T = TypeVar("T")
Sleep = Callable[[float], None]
Progress = Callable[[str], None]

_WORTH_TELLING_S = 3.0
"""A wait from this length on is shown."""


def ignore_progress(_text: str) -> None:
    """Ignore a progress report."""


def parse_retry_after(retry_after: str | None, date: str | None = None) -> float | None:
    """Return the seconds of a Retry-After header, a number or a date.

    None where it says nothing readable.

    A date is measured from `date`, the answer's own Date header: our clock may be wrong.

    >>> parse_retry_after("1.5"), parse_retry_after("Mon, 02 Feb 2026 10:00:30 GMT",
    ...     "Mon, 02 Feb 2026 10:00:00 GMT")
    (1.5, 30.0)
    """
    try:
        return max(0.0, float(retry_after or ""))
    except ValueError:
        until, since = parse_http_date(retry_after), parse_http_date(date)
        return max(0.0, (until - since).total_seconds()) if until and since else None


def parse_http_date(text: str | None) -> datetime | None:
    """Return the instant of an HTTP date; None where there is none."""
    try:
        return parsedate_to_datetime(text or "").astimezone(UTC)
    except ValueError:
        return None


def in_clear(service: str, address: str) -> SourceRefusedError:
    """Return the error for an address that would carry a secret in clear."""
    return SourceRefusedError(
        f"{address} is not an https:// address: the secret for {service} would be sent unencrypted",
        hint="write the address as https://…; plain http:// is only for this very machine",
        code="service.in_clear",
        facts={"service": service, "address": address},
    )


UNUSABLE_ENVIRONMENT = (ImportError, OSError, ValueError)
"""What a client raises when it is made: for a proxy it has no library for or cannot read, for
certificates not there."""


def unusable_environment(error: Exception) -> SourceRefusedError:
    """Return the error for a proxy or certificates of the environment that no request can be made
    with.

    Their address stays unsaid: it may hold a password.
    """
    reason = type(error).__name__
    return SourceRefusedError(
        f"the proxy or the certificates that the environment names cannot be used ({reason})",
        hint=(
            "correct $HTTPS_PROXY, $ALL_PROXY or $SSL_CERT_FILE; a proxy of socks:// needs "
            "`pip install socksio`"
        ),
        code="service.environment",
        facts={"reason": reason},
    )


def paused(service: str, seconds: float) -> SourceUnavailableError:
    """Return the error for a service that asked everybody to wait for longer than a request
    does.
    """
    return SourceUnavailableError(
        f"{service} asked to wait for {seconds:.0f} s",
        hint="nothing was changed; the next run tries again",
        code="service.paused",
        facts={"service": service, "seconds": f"{seconds:.0f}"},
    )


class TransientError(Exception):
    """One attempt failed in a way that may pass.

    Args:
        reason: what happened, for people, without secrets.
        retry_after: seconds that the service asks for; None where it says nothing.
        shared: True when everybody with this credential has to wait, as with a rate limit.
    """

    def __init__(
        self, reason: str, *, retry_after: float | None = None, shared: bool = False
    ) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.shared = shared


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How much patience one reading of a source has.

    `attempts` a request; waits double from `first_wait_s` to `longest_wait_s`, with jitter, where
    the service names none; `patience_s` is what one reading may wait for faults altogether;
    `request_s` what one request may take in all, to the last byte of its answer.
    """

    attempts: int = 8
    first_wait_s: float = 0.5
    longest_wait_s: float = 60.0
    patience_s: float = 900.0
    request_s: float = 300.0


@dataclass
class RateLimiter:
    """Allows `limit` requests in any `window_s` seconds, over all sources and threads sharing it.

    Bursts are fine until the window is full: that is how both services count
    (developers.notion.com/reference/request-limits,
    developers.google.com/workspace/sheets/api/limits; read 2026-11).
    """

    limit: int
    window_s: float = 60.0
    clock: Callable[[], float] = time.monotonic
    sleep: Sleep = time.sleep
    _sent: deque[float] = field(default_factory=deque)
    _not_before: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def wait(self, progress: Progress = ignore_progress) -> None:
        """Return when the next request may be sent, and count it."""
        while True:
            with self._lock:
                now = self.clock()
                pause = self._pause(now)
                if pause < 0.001:  # clocks are not finer than that
                    self._sent.append(now)
                    return
            if pause >= _WORTH_TELLING_S:
                progress(f"keeping to the rate limit, going on in {pause:.0f} s")
            self.sleep(pause)

    def state(self) -> tuple[list[float], float] | None:
        """Return what has been sent, for a pace in another process of this machine; None
        where it knows already.
        """
        return list(self._sent), self._not_before

    def go_on_from(self, state: tuple[list[float], float]) -> None:
        """Count what another process has sent with this credential."""
        self._sent, self._not_before = deque(state[0]), state[1]

    def hold(self, seconds: float) -> None:
        """Send nothing for so many seconds, as the service asked."""
        with self._lock:
            self._not_before = max(self._not_before, self.clock() + seconds)

    def _pause(self, now: float) -> float:
        while self._sent and self._sent[0] <= now - self.window_s:
            self._sent.popleft()
        full = self._sent[0] + self.window_s - now if len(self._sent) >= self.limit else 0.0
        return max(full, self._not_before - now)


@dataclass(slots=True)
class Retry:
    """The patience of one reading of one source; make a new one for the next.

    `requests` is for whoever sends: one for each that left.
    """

    service: str
    policy: RetryPolicy
    rate_limiter: RateLimiter
    sleep: Sleep = time.sleep
    progress: Progress = ignore_progress
    jitter: Callable[[], float] = random.random
    requests: int = 0
    waited: float = 0.0

    def call(self, attempt: Callable[[], T], *, paced: bool = True) -> T:
        """Return what `attempt` returns, however many times it has to be made.

        `paced` by the shared budget.

        Raises:
            SourceUnavailableError: the attempts or the patience are used up.
        """
        for count in range(1, self.policy.attempts + 1):
            if paced:
                self.rate_limiter.wait(self.progress)
            try:
                return self._timed(attempt)
            except TransientError as error:
                if count == self.policy.attempts:
                    raise self._given_up(f"{error}, {count} times") from error
                self._wait(error, count)
        raise self._given_up("no attempt is allowed")

    def _timed(self, attempt: Callable[[], T]) -> T:
        try:
            with total_time(self.policy.request_s):
                return attempt()
        except TimeoutError as error:
            raise TransientError(
                f"an answer took longer than {self.policy.request_s:.0f} s"
            ) from error

    def _wait(self, error: TransientError, count: int) -> None:
        seconds = error.retry_after
        if seconds is None:
            longest = min(self.policy.first_wait_s * 2 ** (count - 1), self.policy.longest_wait_s)
            seconds = longest * (0.5 + self.jitter() / 2)
        if self.waited + seconds > self.policy.patience_s:
            raise self._given_up(f"{error}; it asks to wait {seconds:.0f} s") from error
        if seconds >= _WORTH_TELLING_S:
            self.progress(f"{self.service}: {error}; trying again in {seconds:.0f} s")
        self.waited += seconds
        if error.shared:
            self.rate_limiter.hold(seconds)
        self.sleep(seconds)

    def _given_up(self, reason: str) -> SourceUnavailableError:
        return SourceUnavailableError(
            f"{self.service} does not answer: {reason}",
            hint="nothing was changed; the next run tries again",
            code="service.unavailable",
            facts={"service": self.service, "reason": reason},
        )
