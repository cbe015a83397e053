"""The job that pulls the sources of one credential, team by team, and gives the jobs that follow.

    team ─► its stale sources, one after the other, each under its lease ─► rows that moved between
    them

It ends after some teams or minutes, or when its service asks for patience, and gives its rest as
another job, beside those that make the reports of the teams it pulled: no job holds a worker's slot
for long, and what is done is kept (one transaction a source).
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from time import monotonic

from loopnote.commands.reading.sync import jobs, log_pulled, with_others
from loopnote.config.model import AnySource, FileSourceSettings
from loopnote.services.shared_pace import service_budgets
from loopnote.workers.decisions.dispatch import WorkView, makeable, reports_of, teams_of
from loopnote.workers.decisions.jobs import SLOW, SOON, Job
from loopnote.workers.decisions.sweeps import (
    SERVICES,
    stale_sources,
    teams_of_sweep,
    teams_to_sweep,
)
from loopnote.workers.views import names_of_sources, read_pulses, view_of_teams
from loopnote.workers.worker_context import WorkerContext, patience_of
from notes.model.errors import ConfigError
from sync.pulls.child_process import Limits
from sync.pulls.isolated_pull import IsolatedPulls
from sync.pulls.moved_between_sources import join_moved_rows
from sync.pulls.pull import PullResult, SourceJob

MOST_TEAMS = 50
MOST_SECONDS = 300.0
"""What one job walks at most before it stands in line again, so that other work comes between."""

PATIENCE_S = 5.0
"""Seconds that a job waits for its service's budget; a longer wait gives the slot back."""

QUICK_SECONDS = 120.0
"""What a source may take beside others. One that takes longer is pulled again in the slow sweep."""


@dataclass(frozen=True, slots=True)
class _Sweep:
    """One walk over the teams of a credential; mails about those of `soon` are due soon."""

    world: WorkerContext
    view: WorkView
    pulls: IsolatedPulls
    key: str
    soon: frozenset[str]


def sweep(world: WorkerContext, key: str) -> list[Job]:
    """Pull what is stale in one sweep; return the reports that may be made now, and the rest
    of it.
    """
    own = teams_of_sweep(world.config, key)
    view = view_of_teams(world, own)
    still = [one for one in view.ahead if one.until > view.now]
    soon = frozenset(team for one in still for team in teams_of(view, one))
    teams = teams_to_sweep(world.config, view.pulses, view.now, first=soon, among=own).get(key, [])
    pulls = IsolatedPulls(world.store, _limits(world, key))
    walk = _Sweep(world, view, pulls, key=key, soon=soon)
    return _walk(walk, teams)


def _walk(walk: _Sweep, teams: Sequence[str]) -> list[Job]:
    until, following = monotonic() + MOST_SECONDS, list[Job]()
    for count, team in enumerate(teams):
        if walk.world.stop():
            break
        if count >= MOST_TEAMS or monotonic() > until:
            following.append(_rest(walk, teams[count:]))
            break
        wait = _wait_s(walk, team)
        if wait > PATIENCE_S:
            following.append(_rest(walk, teams[count:], after_s=wait))
            break
        results = pull_team(walk.world, walk.pulls, team)
        following += _reports_of(walk, team)
        if not walk.key.endswith(SLOW) and any(one.code == "source.too_slow" for one in results):
            following.append(Job("sync", walk.key + SLOW))
    return following


def _rest(walk: _Sweep, teams: Iterable[str], *, after_s: float = 0.0) -> Job:
    """Return the rest of a sweep as a job, as urgent as the teams that are left."""
    priority = SOON if walk.soon.intersection(teams) else 0
    return Job("sync", walk.key, priority=priority, after_s=after_s)


def pull_team(world: WorkerContext, pulls: IsolatedPulls, team: str) -> list[PullResult]:
    """Pull a team's stale sources as of one instant; what another process is pulling is left
    to it.
    """
    now, results = world.wiring.clock(), list[PullResult]()
    with ExitStack() as held:
        for settings in world.config.sources_by_team[team]:
            if not held.enter_context(world.leases.held(f"source {settings.name}")):
                continue
            job = _job(world, settings)
            if job is None:
                continue
            pulled = pulls.pull_source(
                job, run_id=world.run_id, now=now, full=False, progress=lambda _text: None
            )
            pulls.load_ahead()
            log_pulled(pulled, told=False)
            results.append(pulled)
        join_moved_rows(world.store, results, run_id=world.run_id, now=now)
    return results


def _job(world: WorkerContext, settings: AnySource) -> SourceJob | None:
    """Return what to pull; None where another process has just done it, or a credential is
    missing.
    """
    now = world.wiring.clock()
    if not _is_stale(world, settings):
        return None
    try:
        found = jobs(world.wiring, settings.name, lambda _text: None)
    except ConfigError as error:
        told = {"error": str(error), "hint": error.hint}
        world.store.record_failure(settings.name, settings.team, now, **told)
        return None
    return with_others(world.wiring, world.store, found)[0]


def _is_stale(world: WorkerContext, settings: AnySource) -> bool:
    pulses, now = read_pulses(world.store, [settings.name]), world.wiring.clock()
    return bool(stale_sources([settings], pulses, now, patience=patience_of(world.config)))


def _reports_of(walk: _Sweep, team: str) -> list[Job]:
    """Return the reports about a team that waited for its logs only."""
    world, view, now = walk.world, walk.view, walk.world.wiring.clock()
    about = [one for one in view.ahead if one.until > now and team in teams_of(view, one)]
    spoken_of = {other for one in about for other in teams_of(view, one)}
    pulses = read_pulses(world.store, names_of_sources(world.config, spoken_of))
    fresh = replace(view, now=now, pulses=pulses)
    return reports_of(makeable(world.config, fresh, about), now)


def _limits(world: WorkerContext, key: str) -> Limits:
    limits = world.wiring.limits()
    if key.endswith(SLOW):
        return limits
    return replace(limits, seconds=min(QUICK_SECONDS, limits.seconds))


def _wait_s(walk: _Sweep, team: str) -> float:
    """Return how long the service of a team's first stale source asks to wait."""
    world, view = walk.world, walk.view
    sources, patience = world.config.sources_by_team[team], patience_of(world.config)
    stale = stale_sources(sources, view.pulses, view.now, patience=patience)
    asked = next((one for one in stale if not isinstance(one, FileSourceSettings)), None)
    if asked is None:
        return 0.0
    budgets = service_budgets(world.config, SERVICES[asked.kind], asked.account)
    return world.slots.wait_s(budgets)
