"""`sync`: pulls the sources, all or those that were not tried lately."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from loopnote.commands.run_state.run_records import record_run
from loopnote.commands.run_state.worker_states import source_turn
from loopnote.config.model import AnySource
from loopnote.services.wiring import Progress, Wiring
from notes.store.store import Store

if TYPE_CHECKING:  # loaded where something is read: an idle run reads nothing (ADR 0410)
    from sync.pulls.pull import PullResult, SourceJob

log = logging.getLogger(__name__)
"""Lines are given with `extra` fields: what formats them is only imported where one is written."""


def jobs(
    wiring: Wiring, only: str, progress: Progress, *, accept: bool = False
) -> "list[SourceJob]":
    """Return the sources to pull, each with its hints.

    Raises:
        ConfigError: there is no such source, or a credential is missing.
    """
    return [_job(wiring, settings, progress, accept=accept) for settings in wiring.sources(only)]


def _job(
    wiring: Wiring, settings: AnySource, progress: Progress, *, accept: bool = False
) -> "SourceJob":
    from sync.pulls.pull import SourceJob

    return SourceJob(
        wiring.source(settings, progress),
        wiring.hints(settings),
        fingerprint=wiring.reading_fingerprint(settings),
        accept=accept,
    )


def with_others(wiring: Wiring, store: Store, wanted: "list[SourceJob]") -> "list[SourceJob]":
    """Return the jobs, each knowing the other sources of its team.

    Those that the configuration no longer names, and those that it does.
    """
    configured = {settings.name for settings in wiring.config.sources}
    retired: defaultdict[str, set[str]] = defaultdict(set)
    for name, team in store.source_teams().items() if wanted else ():
        if name not in configured:
            retired[team].add(name)
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for settings in wiring.config.sources:
        beside[settings.team].add(settings.name)
    return [
        replace(
            job,
            retired=frozenset(retired[job.source.team]),
            beside=frozenset(beside[job.source.team] - {job.source.name}),
        )
        for job in wanted
    ]


def sync(
    wiring: Wiring, *, only: str = "", full: bool = False, accept: bool = False, progress: Progress
) -> "Iterator[PullResult]":
    """Pull the sources; yield what came of each as it ends.

    `accept`: notes that went at once are gone.
    """
    from sync.pulls.isolated_pull import pull_all
    from sync.pulls.moved_between_sources import join_moved_rows

    wanted = jobs(wiring, only, progress, accept=accept)
    with wiring.store() as store, record_run(wiring, store, "sync") as record:
        now, results = wiring.clock(), []
        wanted, limits = with_others(wiring, store, wanted), wiring.limits()
        pulls = pull_all(
            store,
            wanted,
            run_id=record.run_id,
            now=now,
            full=full,
            progress=progress,
            limits=limits,
            turn=source_turn(store),
        )
        for pulled in pulls:
            record.ok = record.ok and pulled.ok and pulled.understood
            results.append(pulled)
            log_pulled(pulled, told=wiring.told)
            yield pulled
        join_moved_rows(store, results, run_id=record.run_id, now=now)


def log_pulled(pulled: "PullResult", *, told: bool) -> None:
    """Write one line about a pull; what the command says itself (`told`) is not said a second
    time.
    """
    counts = pulled.counts
    status = "failed" if not pulled.ok else "unchanged" if pulled.unchanged else "read"
    reason = {} if pulled.ok or told else {"error": pulled.error, "hint": pulled.hint}
    fields = {
        "source": pulled.source,
        "team": pulled.team,
        "status": status,
        "read": counts.read,
        "new": counts.new,
        "changed": counts.changed,
        "gone": counts.gone,
        "problems": counts.problems,
        "understood": pulled.understood,
        "requests": pulled.requests,
        "took_s": pulled.seconds,
        **reason,
    }
    log.log(logging.INFO if pulled.ok else logging.WARNING, "source", extra=fields)
    for warning in () if told else pulled.warnings:
        log.warning("source warning", extra={"source": pulled.source, "warning": warning})


def pull_stale(
    wiring: Wiring, store: Store, run_id: str, *, progress: Progress
) -> "tuple[PullResult, ...]":
    """Pull the sources that were not tried within the configured minutes, and return what
    came of each.
    """
    now, patience = wiring.clock(), timedelta(minutes=wiring.config.schedule.sync_every_minutes)
    tried = {health.source: health.last_attempt for health in store.health()}
    stale = [
        settings
        for settings in wiring.config.sources
        if _is_stale(tried.get(settings.name), now, patience)
    ]
    if not stale:
        return ()
    from sync.pulls.isolated_pull import IsolatedPulls
    from sync.pulls.moved_between_sources import join_moved_rows

    wanted = with_others(wiring, store, [_job(wiring, one, progress) for one in stale])
    results, apart = [], IsolatedPulls(store, wiring.limits())
    for job in wanted:
        pulled = apart.pull_source(job, run_id=run_id, now=now, full=False, progress=progress)
        results.append(pulled)
        log_pulled(pulled, told=wiring.told)
    join_moved_rows(store, results, run_id=run_id, now=now)
    return tuple(results)


def _is_stale(last: datetime | None, now: datetime, patience: timedelta) -> bool:
    return last is None or not now - patience < last <= now
