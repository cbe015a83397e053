"""A limit on the total time of a block, such as a request to a slow server.

A server that sends a byte now and then never triggers a socket timeout.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def total_time(seconds: float) -> Iterator[None]:
    """Limit a block to so many seconds of wall-clock time, even while data keeps arriving.

    Only the main thread of a system with interval timers can be interrupted so; elsewhere the
    block's own timeouts are all there is. One such block may not stand in another.

    Raises:
        TimeoutError: the time is up; wherever the block was waiting, as a socket would say it.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"not done within {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class RoundTimeUpError(BaseException):
    """The total time of a round is up.

    No `Exception`, so that nothing on the way takes it for a failure of a request or of one mail.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not done within {seconds:.0f} s")
        self.seconds = seconds


_AGAIN_S = 5.0
"""Seconds between two interruptions once the time of a round is up (judgement). What is interrupted
first may clean up by asking the very server that does not answer."""


class _RepeatedTimer(threading.Timer):
    """Calls its function at the end of its time, and again every so many seconds until it is
    called off.
    """

    again_s = _AGAIN_S

    def run(self) -> None:
        wait = self.interval
        while not self.finished.wait(wait):
            self.function(*self.args, **self.kwargs)
            wait = self.again_s


@contextmanager
def round_time(seconds: float, *, again_s: float = _AGAIN_S) -> Iterator[None]:
    """Let a whole round take so many seconds, whatever it is doing and whatever its parts' limits
    say.

    What goes on nevertheless (a rollback on a connection that is silent) is interrupted again every
    `again_s` seconds. A `total_time` may stand in it. Only the main thread of a system with such
    signals can be interrupted so; elsewhere nothing happens.

    Raises:
        RoundTimeUpError: the time is up.
    """
    main = threading.main_thread()
    if not hasattr(signal, "pthread_kill") or threading.current_thread() is not main:
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise RoundTimeUpError(seconds)

    before = signal.signal(signal.SIGUSR1, stop)
    clock = _RepeatedTimer(seconds, signal.pthread_kill, (main.ident or 0, signal.SIGUSR1))
    clock.again_s = again_s
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
        signal.signal(signal.SIGUSR1, before)
