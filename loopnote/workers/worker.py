"""A worker process: it beats, dispatches, rescues, and works on jobs until it is asked to end.

    beat (10 s) · dispatch (half a minute, or when something becomes due) · a queue for each kind of
    job

It ends with an error when the database ends its connection, and when it stood still for longer than
its leases last: whoever started it starts it anew, with nothing left over.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from typing import Any

from loopnote import __version__
from loopnote.commands.run_state.same_store import check_same_store
from loopnote.delivery.clock_jump import is_far
from loopnote.delivery.holidays import public_holidays
from loopnote.runtime.logging import bind_run
from loopnote.services.shared_pace import SHARED_IDLE_S
from loopnote.services.wiring import Wiring
from loopnote.workers.decisions.dispatch import dispatch
from loopnote.workers.decisions.jobs import UPKEEP, Job, JobKind, Lane, lanes_of
from loopnote.workers.steps.deliver_job import send_due_mails
from loopnote.workers.steps.report_job import is_upkeep_due, keep_up, make_report
from loopnote.workers.steps.sync_job import sweep
from notes.model.errors import ConfigError, LoopnoteError, StoreBusyError, StoreError
from notes.store.database import Database, LockSession
from notes.store.delivery.alarms import Heartbeats
from notes.store.migrations.migrate import check_revision
from notes.store.store import Store
from notes.store.tables.run_lock import this_process, worker_lock
from notes.store.work.failures import WorkFailure
from notes.store.work.job_tables import queue_schema
from notes.store.work.leases import LEASE_S, Leases
from notes.store.work.workers import WorkerProcess, Workers
from notes.system.clock import CorrectedClock, is_real

from .dispatch_times import TICK_S, DispatchTimes
from .minute_checks import watch
from .queue import JobEnds, JobQueue
from .queue import version as queue_version
from .views import read_view
from .warm_up import warm_up
from .worker_context import WorkerContext

BEAT_S = 10.0
"""Six beats fit into the minute after which a worker is taken for dead."""

_WATCH_S = 55.0
"""Somebody looks after the operator once a minute."""

_LAST_WORK_S = 20.0
"""Seconds that a worker without a database gives the mails that are under way."""

Task = asyncio.Task[Any]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """Which kinds of jobs a worker does, and how many of each at once."""

    kinds: Sequence[JobKind]
    concurrency: int

    @property
    def lanes(self) -> list[Lane]:
        """Where the jobs of these kinds stand in line."""
        return [lane for kind in self.kinds for lane in lanes_of(kind)]


def run_worker(wiring: Wiring, options: WorkerOptions, *, ready: Callable[[], None]) -> None:
    """Work until SIGTERM or SIGINT; a second signal gives back what is not done.

    `ready` is called when it begins.

    Raises:
        ConfigError: the store is not on PostgreSQL, or a library is missing.
        StoreError: the database does not answer, or ended the connection.
    """
    if not wiring.store_url().startswith("postgres"):
        raise ConfigError(
            "workers need a store on PostgreSQL",
            hint="set store.url to postgresql://…; see docs/how-to/workers.md",
        )
    loop = asyncio.new_event_loop()
    threads = len(options.lanes) * options.concurrency + 6
    loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="job"))
    worker = _Worker(wiring, options, ready)
    try:
        loop.run_until_complete(worker.work())
    except LoopnoteError as error:
        if not worker.begun:
            raise
        log.error("worker ended", extra={"error": str(error), "hint": error.hint})  # noqa: TRY400
        print(f"loopnote: {error}", file=sys.stderr)
        _leave(1)
    if worker.hurried:
        _leave(0)
    loop.close()


def _leave(code: int) -> None:
    """End at once: threads may be in jobs that nobody waits for, whose child processes end
    with this one.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(code)


class _Worker:
    """One worker process; its methods run in the event loop, what blocks in threads."""

    def __init__(self, wiring: Wiring, options: WorkerOptions, ready: Callable[[], None]) -> None:
        self._wiring = wiring
        self._options = options
        self._ready = ready
        self._stop = asyncio.Event()
        self._stopped = Event()
        self._hurry = asyncio.Event()
        self.begun = False

    @property
    def hurried(self) -> bool:
        """Whether a second signal came."""
        return self._hurry.is_set()

    async def work(self) -> None:
        """Work from the first beat to the last."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._asked)
        with self._wiring.store() as store:
            shared = Database(self._wiring.store_url(), idle_s=SHARED_IDLE_S)
            workers, clock = Workers(shared), self._wiring.clock
            if is_real(clock):
                self._wiring.clock = clock = CorrectedClock()
                clock.correct(workers.now())
            warm_up(self._wiring)
            with closing(shared), worker_lock(shared, clock()) as session:
                if await self._take(session):
                    await self._work(self._begin(store, shared), session)

    def _asked(self) -> None:
        if self._stop.is_set():
            self._hurry.set()
        self._stop.set()
        self._stopped.set()

    async def _take(self, session: LockSession) -> bool:
        """Wait until no run is at it; say whether this worker may begin."""
        while not self._stop.is_set():
            if await asyncio.to_thread(session.take):
                return True
            await self._sleep(2.0)
        return False

    async def _sleep(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    async def _work(self, world: WorkerContext, session: LockSession) -> None:
        service = _Service(self, world, session)
        ok = False
        try:
            await service.open()
            self.begun = True
            self._ready()
            await self._serve(service)
            ok = True
        finally:
            await service.close()
            with suppress(LoopnoteError):
                await asyncio.to_thread(service.end, ok)

    def _begin(self, store: Store, shared: Database) -> WorkerContext:
        wiring, now = self._wiring, self._wiring.clock()
        check_same_store(wiring, store, now)
        me = this_process(now)
        run_id = store.begin_run(f"worker {me.pid}@{me.host}", now)
        bind_run(run_id)
        country = wiring.config.schedule.holidays
        holiday = public_holidays([country] if country else [])
        Workers(shared).register(
            WorkerProcess(
                id=run_id,
                host=me.host,
                pid=me.pid,
                version=f"{__version__} ({queue_version()})",
                kinds=tuple(self._options.kinds),
                concurrency=self._options.concurrency,
            ),
            skew_s=0.0,
        )
        return WorkerContext(
            wiring=wiring,
            store=store,
            shared=shared,
            run_id=run_id,
            holiday=holiday,
            stop=self._stopped.is_set,
            leases=Leases(shared, run_id),
        )

    async def _serve(self, service: "_Service") -> None:
        """Work until a signal; raise when anything else ends it."""
        options = self._options
        queues: list[Task] = [
            asyncio.create_task(service.work_on(lane, options.concurrency))
            for lane in options.lanes
        ]
        duties = (service.beats(), service.dispatches(), service.watches())
        upkeep: list[Task] = [asyncio.create_task(one) for one in duties]
        asked: Task = asyncio.create_task(self._stop.wait())
        hurry: Task = asyncio.create_task(self._hurry.wait())
        try:
            await asyncio.wait([*queues, *upkeep, asked], return_when=asyncio.FIRST_COMPLETED)
            for task in queues:
                task.cancel()  # what is begun is finished first
            if not self._stop.is_set():
                await asyncio.wait(queues, timeout=_LAST_WORK_S)
                raise _why([*queues, *upkeep], service.where)
            left = asyncio.create_task(asyncio.wait(queues))
            await asyncio.wait([left, hurry], return_when=asyncio.FIRST_COMPLETED)
            if self.hurried:
                await service.give_back()
        finally:
            rest = [task for task in (*upkeep, asked, hurry) if not task.done()]
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)


def _why(tasks: Sequence[Task], where: str) -> LoopnoteError:
    """Return why a worker ended that nobody asked to."""
    for task in tasks:
        error = task.exception() if task.done() and not task.cancelled() else None
        if isinstance(error, LoopnoteError):
            return error
        if error is not None:
            log.error("worker fault", exc_info=error)
            return StoreError(
                f"the worker ended: {type(error).__name__}: {' '.join(str(error).split())}",
                hint="run `loopnote doctor`",
            )
    return StoreError(
        f"the database {where} ended the worker's connection",
        hint="check that it is running; whatever started the worker starts it again",
    )


class _Service:
    """What one worker does beside and around its jobs."""

    def __init__(self, worker: _Worker, world: WorkerContext, session: LockSession) -> None:
        self._worker = worker
        self._world = world
        self._session = session
        self._last_beat = monotonic()
        self.where = world.shared.where
        self._workers = Workers(world.shared)
        self._turns = Leases(world.shared, "tick")
        schema = queue_schema(world.shared, queue_version())
        self._ticks = DispatchTimes(
            self._turns, f"tick {schema}"
        )  # each version of the queue has its own
        self._queue = JobQueue(
            world.wiring.store_url(),
            schema,
            {
                "sync": self._sync,
                "report": lambda key: make_report(world, key),
                "deliver": lambda key: send_due_mails(world, key),
            },
            ends=JobEnds(
                failed=self._failed,
                died=lambda job: not world.failures.died(job.name).given_up,
                done=lambda job: world.failures.done(job.name),
            ),
            now=self._workers.now,
        )

    async def open(self) -> None:
        """Open the queue."""
        await self._queue.open(self._world.shared, self._world.run_id)

    async def close(self) -> None:
        """Close the queue, also where its database is gone."""
        with suppress(Exception):
            await self._queue.close()

    async def work_on(self, lane: Lane, concurrency: int) -> None:
        """Do jobs of one lane until cancelled."""
        listen = self._world.config.worker.listen
        await self._queue.run(lane, concurrency=concurrency, listen=listen)

    def _sync(self, key: str) -> list[Job]:
        return keep_up(self._world) if key == UPKEEP else sweep(self._world, key)

    def _failed(self, job: Job, message: str, hint: str) -> None:
        told = self._world.wiring.redactor.redact(message)
        self._world.failures.put(WorkFailure(job.name, told, hint))

    # Beats

    async def beats(self) -> None:
        """Show that this worker lives, and keep its leases.

        Raises:
            StoreError: the database ended the connection, a newer version migrated the store, or
                this process
                stood still for too long.
        """
        while True:
            with suppress(StoreBusyError):  # a stopped process holds a row for some seconds
                await asyncio.to_thread(self._beat)
            silent = monotonic() - self._last_beat
            if silent > LEASE_S:
                raise StoreError(
                    f"this worker stood still for {silent:.0f} s, and others took over its work",
                    hint="whatever started the worker starts it again",
                )
            self._last_beat = monotonic()
            await asyncio.sleep(BEAT_S)

    def _beat(self) -> None:
        self._session.check()
        check_revision(self._world.shared)
        clock, theirs = self._world.wiring.clock, self._workers.now()
        ahead = clock.correct(theirs) if isinstance(clock, CorrectedClock) else timedelta(0)
        self._workers.beat(self._world.run_id, skew_s=ahead.total_seconds())
        self._world.leases.renew()

    # Dispatching

    async def dispatches(self) -> None:
        """Enqueue what is due, again and again, and what dead workers left."""
        while True:
            wait = TICK_S
            with suppress(StoreBusyError):
                await self._queue.rescue()
                wait = await self._dispatch()
            await asyncio.sleep(wait)

    async def watches(self) -> None:
        """Look after the operator and dead workers' claims, when no other worker just did."""
        while True:
            with suppress(StoreBusyError):
                if await asyncio.to_thread(self._turns.take, "watch", seconds=_WATCH_S):
                    await asyncio.to_thread(self._watch)
            await asyncio.sleep(BEAT_S)

    async def _dispatch(self) -> float:
        """Enqueue what is due, unless another worker just did; return in how many seconds to
        look again.
        """
        clock = self._world.wiring.clock
        if not await asyncio.to_thread(self._ticks.take, clock()):
            return self._ticks.wait_s(clock(), most=TICK_S)
        jobs, next_at = await asyncio.to_thread(self._due)
        self._ticks.expect(next_at)
        await self._queue.enqueue_missing(jobs)
        return self._ticks.wait_s(clock())

    def _due(self) -> tuple[list[Job], datetime | None]:
        world = self._world
        now = world.wiring.clock()
        if is_far(now, Heartbeats(world.store.database).last("run")):
            return [], None  # the watch says so (ADR 0814)
        found = dispatch(world.config, read_view(world))
        upkeep = [Job("sync", UPKEEP)] if is_upkeep_due(world) else []
        return [*found.jobs, *upkeep], found.next_at

    def _watch(self) -> None:
        try:
            watch(self._world)
        except StoreError:
            raise
        except LoopnoteError as error:
            log.warning("watch failed", extra={"error": str(error), "hint": error.hint})

    # The end

    async def give_back(self) -> None:
        """Let others do what this worker is at."""
        count = await self._queue.give_back()
        log.info("gave back", extra={"jobs": count})

    def end(self, ok: bool) -> None:
        """Say goodbye: nothing is held any more."""
        world = self._world
        world.leases.release_all()
        self._workers.end(world.run_id)
        world.store.end_run(world.run_id, world.wiring.clock(), ok=ok)
