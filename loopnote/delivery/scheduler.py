"""The long-running form of `loopnote run`; the only module that imports the schedule library.

The library only calls `tick`; the store decides what is due, so a missed, doubled or
late tick is harmless. An exception of a round is logged and the next tick comes; SIGTERM and SIGINT
end it after the round.
"""

import signal
from collections.abc import Callable
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

import schedule as ticker

from loopnote.runtime.logging import get_logger
from notes.model.errors import LoopnoteError

if TYPE_CHECKING:
    from structlog.stdlib import BoundLogger

RunOnce = Callable[[], None]


class StopSignal:
    """An event set by SIGTERM or SIGINT; it interrupts waiting."""

    def __init__(self) -> None:
        self._event = Event()

    def on_signals(self) -> None:
        """Install handlers of SIGTERM and SIGINT that stop the scheduler; a second SIGINT exits."""
        signal.signal(signal.SIGTERM, self._asked)
        signal.signal(signal.SIGINT, self._asked)

    def _asked(self, number: int, _frame: FrameType | None) -> None:
        if self._event.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        self._event.set()

    def ask(self) -> None:
        """Request the stop."""
        self._event.set()

    def asked(self) -> bool:
        """Return whether a stop was requested."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait so many seconds, or until a stop is requested; return whether it was."""
        return self._event.wait(seconds)


def run_schedule(
    tick: RunOnce, *, stop: StopSignal, every_s: int = 60, tell: Callable[[], str] | None = None
) -> int:
    """Call `tick` at once and then every so many seconds until stopped; return the failures.

    `tell` says what comes next; it is logged when the schedule starts.
    """
    log = get_logger("loopnote.delivery.scheduler")
    failures = 0

    def guarded() -> None:
        nonlocal failures
        try:
            tick()
        except LoopnoteError as error:
            failures += 1
            log.error("round failed", error=str(error), hint=error.hint)  # noqa: TRY400  explained: no traceback
        except Exception:
            failures += 1
            log.exception("round failed")

    log.info("schedule started", every_s=every_s, next=_told(tell, log))
    jobs = ticker.Scheduler()
    jobs.every(every_s).seconds.do(guarded)
    jobs.run_all()
    while not stop.wait(max(0.05, min(float(every_s), jobs.idle_seconds or 0.0))):
        if (
            jobs.idle_seconds or 0.0
        ) > every_s:  # the clock was set back: do not wait for the old time to return
            jobs.run_all()
        jobs.run_pending()
    log.info("schedule stopped", failures=failures)
    return failures


def _told(tell: Callable[[], str] | None, log: "BoundLogger") -> str:
    try:
        return tell() if tell else ""
    except LoopnoteError as error:
        log.warning("cannot tell what comes next", error=str(error))
        return ""
