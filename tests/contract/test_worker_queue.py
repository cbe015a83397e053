"""The queue of the workers: a job waits once, and becomes urgent when its mail does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from fakes.postgres import Postgres

from loopnote.workers.decisions.jobs import KINDS, SOON, Handler, Job, JobKind
from loopnote.workers.queue import JobEnds, JobQueue, version
from notes.store.database import Database
from notes.store.store import Store
from notes.store.work.job_tables import queue_schema

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(postgres: Postgres) -> str:
    return postgres.database()


def with_queue(url: str, act: Callable[[JobQueue], Awaitable[None]]) -> list[tuple[str, int]]:
    """Open a queue, act on it, and return what waits: names and priorities, by name."""

    async def play() -> list[tuple[str, int]]:
        Store.open(url).close()
        database = Database(url)
        ends = JobEnds(failed=print, died=lambda _job: True, done=print)
        handlers: dict[JobKind, Handler] = dict.fromkeys(KINDS, lambda _key: [])
        queue = JobQueue(
            url,
            queue_schema(database, version()),
            handlers,
            ends=ends,
            now=lambda: datetime.now(UTC),
        )
        await queue.open(database, "me")
        try:
            await act(queue)
            waiting = await queue._listed("todo")
            return sorted((str(one.lock), one.priority) for one in waiting)
        finally:
            await queue.close()
            database.close()

    return asyncio.run(play())


def test_a_job_that_waits_is_not_enqueued_again(url: str) -> None:
    async def twice(queue: JobQueue) -> None:
        job = Job("sync", "notion:")
        assert await queue.enqueue_missing([job]) == 1
        assert await queue.enqueue_missing([job, Job("sync", "google:")]) == 1

    assert with_queue(url, twice) == [("sync google:", 0), ("sync notion:", 0)]


def test_a_job_that_waits_gets_a_higher_priority_when_its_mail_is_due_soon_and_keeps_it(
    url: str,
) -> None:
    async def sooner(queue: JobQueue) -> None:
        for priority in (0, SOON, 0):
            await queue.enqueue_missing([Job("sync", "notion:", priority=priority)])

    assert with_queue(url, sooner) == [("sync notion:", SOON)]
