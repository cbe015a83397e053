"""`sync` and `columns`: pulls the sources, or parses them without storing anything."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from loopnote.commands.runs.run_records import record_run
from loopnote.commands.runs.worker_states import source_turn
from loopnote.config.model import AnySource
from loopnote.services.wiring import Progress, Wiring
from notes.model.errors import LoopnoteError
from notes.model.findings import Finding
from notes.store.store import Store

if TYPE_CHECKING:  # loaded where something is read: an idle run reads nothing (ADR 0410)
    from sync.parse_result import ParseResult
    from sync.pull import PullResult, SourceJob

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
    from sync.pull import SourceJob

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
    from sync.isolated_pull import pull_all
    from sync.moved_between_sources import join_moved_rows

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
    """Write one line about a pull; what the command says itself (`told`) is not said a second time."""
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
    """Pull the sources that were not tried within the configured minutes, and return what came of each."""
    now, patience = wiring.clock(), timedelta(minutes=wiring.config.schedule.sync_every_minutes)
    tried = {health.source: health.last_attempt for health in store.health()}
    stale = [
        settings
        for settings in wiring.config.sources
        if _is_stale(tried.get(settings.name), now, patience)
    ]
    if not stale:
        return ()
    from sync.isolated_pull import IsolatedPulls
    from sync.moved_between_sources import join_moved_rows

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


def read_sources(
    wiring: Wiring, *, only: str = "", progress: Progress
) -> "Iterator[tuple[str, ParseResult | LoopnoteError]]":
    """Read sources as `sync` would and yield how they were understood, or why one cannot be read.

    Each in a child process, and nothing is stored.
    """
    from sync.child_process import in_child

    limits = replace(wiring.limits(), answer_mb=wiring.config.limits.memory_mb)
    for job in jobs(wiring, only, progress):
        name = job.source.name
        try:
            readings, stopped = in_child(partial(_read_apart, job), limits, name=name)
        except LoopnoteError as error:  # whatever became of the child (ADR 0210)
            readings, stopped = [], error
        yield from ((name, reading) for reading in readings)
        if stopped is not None:
            yield name, stopped


def _read_apart(job: "SourceJob") -> "tuple[list[ParseResult], LoopnoteError | None]":
    """Return the readings of a source, and why they ended before its end."""
    readings: list[ParseResult] = []
    try:
        readings.extend(_readings_of(job))
    except LoopnoteError as error:
        return readings, error
    return readings, None


def _readings_of(job: "SourceJob") -> "Iterator[ParseResult]":
    from sync.parse_result import join_results
    from sync.parsing.content import parse_content
    from sync.workbook import Workbook

    fetch = job.source.fetch({}, full=True, known=list)
    for content in fetch.contents:
        found = parse_content(content, job.options, file=content.name)
        yield from [join_results(found)] if isinstance(content, Workbook) else found


def override_findings(wiring: Wiring, settings: AnySource, *, progress: Progress) -> list[Finding]:
    """Read a source, where its settings name tabs or columns, and return what of these is not there."""
    from sync.parsing.overrides import has_overrides

    if not has_overrides(wiring.hints(settings)):
        return []
    read = read_sources(wiring, only=settings.name, progress=progress)
    return override_mistakes(wiring, settings, [reading for _, reading in read])


def override_mistakes(
    wiring: Wiring, settings: AnySource, results: "Iterable[ParseResult | LoopnoteError]"
) -> list[Finding]:
    """Return what the configuration says of a source's tabs and columns that is not in its readings."""
    from sync.parsing.overrides import FoundNames, find_mistakes, override_error

    found = FoundNames.empty()
    for one in results:
        if isinstance(one, LoopnoteError):
            return []  # it could not be read to the end: what is missing may only not have been seen
        found.add(one)
    subject = f"source {settings.name}"
    mistakes = find_mistakes(wiring.hints(settings), found) if found.tabs else []
    return [Finding.of(override_error(one), subject, id_="source.overrides") for one in mistakes]
