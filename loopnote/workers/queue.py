"""The queue of jobs: the only module that imports procrastinate (ADR 1002).

The library keeps jobs in PostgreSQL, hands each to one worker, and wakes workers. What it must not
decide is not asked of it: no periodic tasks (the dispatcher is ours), no chains of locks, nothing
that has to survive (due work is computed anew).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import Any
from urllib.parse import urlsplit

from loopnote.workers.decisions.jobs import KINDS, Handler, Job, JobKind, Lane
from notes.model.errors import ConfigError, LoopnoteError, StoreError
from notes.store.database import NOTICE_LOST_SERVER, Database
from notes.store.work.job_tables import create_schema, queue_schema
from notes.store.work.leases import Leases

try:
    import procrastinate
    from procrastinate import exceptions
    from procrastinate.jobs import Job as QueuedJob
    from procrastinate.jobs import Status
except ImportError as error:
    raise ConfigError(
        "workers need a library",
        hint="install it with: pip install 'loopnote[scale]'",
    ) from error

STALLED_S = 30.0
"""A worker that did not beat for so long is taken for dead, and its jobs are handed to others."""

_POLL_S = 2.0
"""Nothing wakes a worker when a lock is freed or a retry is due: it looks every two seconds."""

_SETTINGS = (
    "SELECT set_config('search_path', %(schema)s, false),"
    " set_config('idle_in_transaction_session_timeout', '15000', false)"
)
"""The library finds its tables by the path. A worker that was stopped in a transaction must not
keep its job's row."""

_MOST_WAITS = 120
"""Half seconds that a worker waits for another one that makes the tables: as long as a lease."""

log = logging.getLogger(__name__)
for _talkative in (
    "procrastinate",
    "psycopg.pool",
    "asyncio",
):  # what matters of theirs is said by us
    logging.getLogger(_talkative).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class JobEnds:
    """Who is told how jobs end: what `failed` (with the message and the hint), and what is `done`.

    `died` hears of jobs whose worker died, and says whether they are tried again. All may block.
    """

    failed: Callable[[Job, str, str], None]
    died: Callable[[Job], bool]
    done: Callable[[Job], None]


class JobQueue:
    """The queue of one worker process, in the event loop that opened it.

    A job that fails is gone from it: what is still due is dispatched again. `now` is the database's
    time.
    """

    def __init__(
        self,
        url: str,
        schema: str,
        handlers: Mapping[JobKind, Handler],
        *,
        ends: JobEnds,
        now: Callable[[], datetime],
    ) -> None:
        async def prepare(connection: Any) -> None:
            await connection.set_autocommit(True)
            await connection.execute(_SETTINGS, {"schema": schema})
            await connection.set_autocommit(False)

        connector = procrastinate.PsycopgConnector(
            conninfo=conninfo(url),
            kwargs=dict(NOTICE_LOST_SERVER),
            min_size=1,
            max_size=4,
            timeout=10.0,
            configure=prepare,
        )
        self._app = procrastinate.App(connector=connector)
        self._handlers = handlers
        self._where = ""
        self._ends = ends
        self._now = now
        self._running: dict[int, QueuedJob] = {}
        for kind in KINDS:
            self._app.task(name=kind, queue=kind, pass_context=True)(self._task(kind))

    async def open(self, database: Database, holder: str) -> None:
        """Connect, and make the library's tables where they are missing.

        Raises:
            StoreError: the database does not answer, or its user may not make a schema.
        """
        self._where = database.where
        with explained(self._where):
            await self._app.open_async()
        schema = await asyncio.to_thread(_schema_to_fill, database, holder)
        if schema:
            with explained(self._where):
                await self._app.schema_manager.apply_schema_async()
            await asyncio.to_thread(Leases(database, holder).release, schema)

    async def close(self) -> None:
        """Close the connections."""
        await self._app.close_async()

    async def run(self, lane: Lane, *, concurrency: int, listen: bool) -> None:
        """Work on jobs of one lane until cancelled; what is begun is finished first."""
        with explained(self._where):
            await self._app.run_worker_async(
                queues=[lane],
                name=lane,
                concurrency=concurrency,
                fetch_job_polling_interval=_POLL_S,
                listen_notify=listen,
                delete_jobs="always",
                install_signal_handlers=False,
                stalled_worker_timeout=STALLED_S,
            )

    def _task(self, kind: JobKind) -> Callable[..., Awaitable[None]]:
        async def perform(context: Any, key: str) -> None:
            self._running[context.job.id] = context.job
            try:
                await self._perform(Job(kind, key))
            finally:
                self._running.pop(context.job.id, None)

        return perform

    async def _perform(self, job: Job) -> None:
        try:
            following = await asyncio.to_thread(lambda: list(self._handlers[job.kind](job.key)))
        except Exception as error:  # noqa: BLE001  whatever it is, it is this job's alone
            message, hint = str(error) or type(error).__name__, getattr(error, "hint", "")
            log.warning("job failed", extra={"job": job.name, "error": message})
            await asyncio.to_thread(self._ends.failed, job, message, hint)
            return
        await asyncio.to_thread(self._ends.done, job)
        for one in following:
            await self.enqueue(one)

    async def enqueue(self, job: Job) -> bool:
        """Enqueue a job, unless one of its name waits already; say whether it was."""
        deferrer = self._app.configure_task(
            job.kind,
            queue=job.lane,
            lock=job.name,
            queueing_lock=job.name,
            priority=job.priority,
            schedule_at=self._now() + timedelta(seconds=job.after_s) if job.after_s else None,
        )
        try:
            await deferrer.defer_async(key=job.key)
        except exceptions.AlreadyEnqueued:
            return False
        return True

    async def enqueue_missing(self, jobs: Sequence[Job]) -> int:
        """Enqueue the jobs of which none waits or is worked on; return how many.

        One that waits with a lower priority (its mail was not due soon when it was enqueued) gets
        the higher one.
        """
        with explained(self._where):
            running = {one.lock for one in await self._listed("doing")}
            waiting = {one.lock: one for one in await self._listed("todo")}
            missing = [job for job in jobs if job.name not in running and job.name not in waiting]
            sooner = [
                job
                for job in jobs
                if (one := waiting.get(job.name)) is not None and one.priority < job.priority
            ]
            for job in sooner:
                await self._withdraw(waiting[job.name])
            return sum([await self.enqueue(job) for job in (*missing, *sooner)])

    async def _withdraw(self, job: QueuedJob) -> None:
        """Take a waiting job out of the queue; one that a worker has begun meanwhile stays."""
        if job.id is not None:
            await self._app.job_manager.cancel_job_by_id_async(job.id, delete_job=True)

    async def _listed(self, status: str) -> Iterable[QueuedJob]:
        return await self._app.job_manager.list_jobs_async(status=status)

    async def rescue(self) -> list[str]:
        """Enqueue the jobs of dead workers anew; return their names.

        Each counts as failed: one that kills its workers is given up in the end.
        """
        manager, found = self._app.job_manager, list[str]()
        with explained(self._where):
            for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
                job = _job_of(stalled)
                if await self._take_away(stalled):
                    found.append(job.name)
                    if await asyncio.to_thread(self._ends.died, job):
                        await self.enqueue(job)
            await manager.prune_stalled_workers(STALLED_S)
        return found

    async def give_back(self) -> int:
        """Let other workers do at once what this one is at; return how many jobs."""
        held = list(self._running.values())
        for one in held:
            if await self._take_away(one):
                await self.enqueue(_job_of(one))
        return len(held)

    async def _take_away(self, job: QueuedJob) -> bool:
        """End a job that is worked on.

        Not by a retry: where another of its name waits, that would fail for ever.
        """
        try:
            await self._app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        except exceptions.ProcrastinateException:  # another worker was first
            return False
        return True


def conninfo(url: str) -> str:
    """Return the store's address as the driver itself takes it.

    >>> conninfo("postgresql+psycopg://me@/db?host=/tmp")
    'postgresql://me@/db?host=/tmp'
    """
    return urlsplit(url)._replace(scheme="postgresql").geturl()


def version() -> str:
    """Return the version of the library."""
    return str(procrastinate.__version__)


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn the library's errors of the connection into ours.

    Raises:
        StoreError: the database does not answer.
    """
    try:
        yield
    except (LoopnoteError, AttributeError, TypeError):
        raise
    except Exception as error:  # the library's own and the driver's, of which it wraps some
        raise StoreError(
            (
                f"the database {where} does not answer the worker: "
                f"{str(error) or type(error).__name__}"
            ),
            hint="check store.url and that it is running",
        ) from error


def _schema_to_fill(database: Database, holder: str) -> str:
    """Make the schema; return its name where this process is to make the tables, "" where
    they are there.
    """
    name, leases = queue_schema(database, version()), Leases(database, holder)
    for _ in range(_MOST_WAITS):
        if create_schema(database, name):
            return ""
        if leases.take(name):
            return "" if create_schema(database, name) else name
        sleep(0.5)
    raise StoreError(
        f"the tables of the queue in {database.where} are not made by the worker that began to",
        hint="start this one again",
    )


def _job_of(job: QueuedJob) -> Job:
    kind = next(kind for kind in KINDS if kind == job.task_name)
    return Job(kind, str(job.task_kwargs["key"]), priority=job.priority)
