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
