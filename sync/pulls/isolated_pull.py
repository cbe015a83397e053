"""Pulls each source in its own child process, within the time limit of one run.

    source ─► child: fetch → parse → match → store ─► counts

A child that dies or exceeds its time is a failure of that source alone.
"""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from time import monotonic
from typing import Any

from notes.model.errors import SourceError
from notes.store.store import Store
from notes.system.compiled_tables import keep_patterns
from sync.pulls.warm_vocabulary import Built, build, built

from .child_process import Limits, can_fork, in_child
from .pull import Progress, PullResult, SourceJob, failed, pull_source

log = logging.getLogger(__name__)


Turn = Callable[[str], AbstractContextManager[bool]]
"""Gives the turn of pulling a source, by its name: False while another process has it."""


def at_once(_source: str) -> AbstractContextManager[bool]:
    """Return a turn that nobody else can have."""
    return nullcontext(True)


def pull_all(  # noqa: PLR0913  what a pull needs, and its limits
    store: Store,
    jobs: Iterable[SourceJob],
    *,
    run_id: str,
    now: datetime,
    full: bool = False,
    progress: Progress,
    limits: Limits,
    turn: Turn = at_once,
) -> Iterator[PullResult]:
    """Pull every source, one after the other; yield what came of each as it ends."""
    apart = IsolatedPulls(store, limits, turn=turn)
    for job in jobs:
        progress(f"{job.source.name}: reading")
        yield apart.pull_source(job, run_id=run_id, now=now, full=full, progress=progress)


@dataclass(frozen=True, slots=True)
class _ChildAnswer:
    """What a child gives back.

    The result, the modules that it had to load, what it had to build of the vocabulary, what it
    sent to the service.
    """

    pulled: PullResult
    loaded: tuple[str, ...]
    built: frozenset[Built] = frozenset()
    sent: Any = None


class IsolatedPulls:
    """Pulls sources in child processes, within the time of one round.

    The child opens connections of its own to the store; nothing of an open one is shared. What a
    child had to load is loaded here before the next one, what two had to build is built here before
    the third (ADR 0457), and what it sent to a service counts for the next one's rate_limiter.
    """

    def __init__(
        self,
        store: Store,
        limits: Limits,
        clock: Callable[[], float] = monotonic,
        *,
        turn: Turn = at_once,
    ) -> None:
        self._store = store
        self._limits = limits
        self._clock = clock
        self._until = clock() + limits.round_seconds
        self._turn = turn
        self._to_load: tuple[str, ...] = ()
        self._built_once: frozenset[Built] = frozenset()
        self._to_build: frozenset[Built] = frozenset()

    def pull_source(
        self, job: SourceJob, *, run_id: str, now: datetime, full: bool, progress: Progress
    ) -> PullResult:
        """Pull one source; any fate of its child becomes a result, and the last good data stays."""
        with self._turn(job.source.name) as mine:
            if not mine:
                return failed(job, _pulled_elsewhere(job.source.name))
            return self._pull_apart(job, run_id, now, full=full, progress=progress)

    def _pull_apart(
        self, job: SourceJob, run_id: str, now: datetime, *, full: bool, progress: Progress
    ) -> PullResult:
        source, started = job.source, self._clock()
        left = self._until - started
        if not can_fork():
            return pull_source(
                self._store, job, run_id=run_id, now=now, full=full, progress=progress
            )
        try:
            if left <= 0:
                raise _no_time_left(source.name, self._limits)
            limits = replace(self._limits, seconds=min(left, self._limits.seconds))
            self._prepare()
            done = in_child(
                lambda: self._work(job, run_id, now, full=full, progress=progress),
                limits,
                name=source.name,
            )
        except SourceError as error:
            self._store.record_failure(
                source.name, source.team, now, error=str(error), hint=error.hint
            )
            return replace(failed(job, error), seconds=round(self._clock() - started, 3))
        self._to_load = done.loaded
        self._to_build = self._built_once & done.built
        self._built_once |= done.built
        if done.sent is not None:
            _limiter_of(job).go_on_from(done.sent)
        return done.pulled

    def load_ahead(self) -> None:
        """Import what the last child did, and build what two children built: the next one
        need not.
        """
        for name in self._to_load:
            with suppress(ImportError):
                import_module(name)
        build(self._to_build)
        self._to_load, self._to_build = (), frozenset()

    def _prepare(self) -> None:
        """Load what children had to, and close the store: a child must not inherit it."""
        self.load_ahead()
        self._store.database.let_go()

    def _work(
        self, job: SourceJob, run_id: str, now: datetime, *, full: bool, progress: Progress
    ) -> _ChildAnswer:
        before, had = set(sys.modules), built()
        self._store.database.begin_as_child()
        pulled = pull_source(self._store, job, run_id=run_id, now=now, full=full, progress=progress)
        keep_patterns()  # nothing is registered for the end of a child
        rate_limiter = _limiter_of(job)
        return _ChildAnswer(
            pulled,
            tuple(sorted(set(sys.modules) - before)),
            built() - had,
            rate_limiter.state() if rate_limiter else None,
        )


def _limiter_of(job: SourceJob) -> Any:
    """Return the rate limiter of a source that asks a service; None for another."""
    return getattr(job.source, "rate_limiter", None)


def _pulled_elsewhere(name: str) -> SourceError:
    return SourceError(
        f"{name} is just being read by another process",
        hint="wait a moment, and look with `loopnote status`",
        code="source.elsewhere",
        facts={"name": name},
    )


def _no_time_left(name: str, limits: Limits) -> SourceError:
    return SourceError(
        (
            f"{name} was not read: the other sources took all of this round's "
            f"{limits.round_seconds / 60:.0f} minutes"
        ),
        hint=(
            "the next run reads it; look at what makes the others slow, or raise [limits] "
            "round_minutes"
        ),
        code="source.no_time_left",
        facts={"name": name, "minutes": f"{limits.round_seconds / 60:g}"},
    )
