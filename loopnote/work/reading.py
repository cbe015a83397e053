"""Pulling the sources, and reading them without keeping anything."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from loopnote.store.store import Store
from loopnote.wiring import Progress, Wiring
from sync.grid import Workbook
from sync.pull import Pulled, SourceJob, pull, pull_all
from sync.reading import Reading, joined
from sync.reunite import reunite

from .recording import recorded

log = logging.getLogger(__name__)


def jobs(wiring: Wiring, only: str, progress: Progress) -> list[SourceJob]:
    """Return the sources to pull, each with its hints.

    Raises:
        ConfigError: there is no such source, or a credential is missing.
    """
    return [SourceJob(wiring.source(settings, progress), wiring.hints(settings)) for settings in wiring.sources(only)]


def sync(wiring: Wiring, *, only: str = "", full: bool = False, progress: Progress) -> Iterator[Pulled]:
    """Pull the sources; yield what came of each as it ends."""
    wanted = jobs(wiring, only, progress)
    with wiring.store() as store, recorded(wiring, store, "sync") as record:
        now, results = wiring.clock(), []
        for pulled in pull_all(store, wanted, run_id=record.run_id, now=now, full=full, progress=progress):
            record.ok = record.ok and pulled.ok
            results.append(pulled)
            yield pulled
        reunite(store, results, run_id=record.run_id, now=now)


def pull_stale(wiring: Wiring, store: Store, run_id: str, progress: Progress) -> None:
    """Pull the sources that were not tried within the configured minutes; a failed one is in its health."""
    now, patience = wiring.clock(), timedelta(minutes=wiring.config.schedule.sync_every_minutes)
    tried = {health.source: health.last_attempt for health in store.health()}
    results = []
    for job in jobs(wiring, "", progress):
        last = tried.get(job.source.name)
        if last is None or not now - patience < last <= now:
            pulled = pull(store, job, run_id=run_id, now=now, full=False, progress=progress)
            results.append(pulled)
            for warning in pulled.warnings:
                log.warning("source=%s warning=%s", pulled.source, warning)
    reunite(store, results, run_id=run_id, now=now)


def readings(wiring: Wiring, *, only: str = "", progress: Progress) -> Iterator[tuple[str, Reading]]:
    """Read sources as `sync` would and yield how they were understood; nothing is stored."""
    from sync.understand import understand

    for job in jobs(wiring, only, progress):
        fetch = job.source.fetch({}, full=True, known=list)
        for content in fetch.contents:
            found = understand(content, job.hints, file=content.name)
            for reading in [joined(found)] if isinstance(content, Workbook) else found:
                yield job.source.name, reading
