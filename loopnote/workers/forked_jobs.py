"""Jobs in forked child processes: does one, and loads here what it had to load, so that the next
starts at once.
"""

import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from typing import TypeVar

from sync.pulls.child_process import Limits, in_child

T = TypeVar("T")


def do_apart(work: Callable[[], T], begin: Callable[[], None], limits: Limits, *, name: str) -> T:
    """Return what `work` returns, done in a child; `begin` is called there first.

    Raises:
        SourceError: the child died, or took too much time or memory.
        LoopnoteError: as `work` raised it.
    """

    def in_the_child() -> tuple[T, tuple[str, ...]]:
        for number in (signal.SIGTERM, signal.SIGINT):  # the worker says when to end
            signal.signal(number, signal.SIG_IGN)
        begin()
        before = set(sys.modules)
        found = work()
        return found, tuple(sorted(set(sys.modules) - before))

    found, loaded = in_child(in_the_child, limits, name=name)
    load(loaded)
    return found


def load(modules: Iterable[str]) -> None:
    """Import modules; one that cannot be is left to whoever needs it."""
    for name in modules:
        with suppress(ImportError):
            import_module(name)
