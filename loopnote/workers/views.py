"""Reads from the store the facts by which jobs are decided: all of them, or those of one job.

A job looks at its own report or teams only: where a thousand jobs each looked at a thousand teams,
that would take longer than the work itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from loopnote.config.model import Config
from loopnote.delivery.due import Ledger, occurrences
from loopnote.services.subscriptions import subscriptions
from loopnote.workers.decisions.dispatch import WorkView, horizon, line_of, spoken_of
from loopnote.workers.decisions.lead_time import LONGEST_LEAD, seconds_a_report, to_prepare
from loopnote.workers.decisions.sweeps import SourcePulse
from notes.model.deliveries import ALL_TEAMS, DueMail, Subscription
from notes.model.report_keys import ReportKey
from notes.store.store import Store
from notes.store.work.failures import WorkFailures
from notes.store.work.made_reports import made_at
from notes.store.work.source_states import source_lines

from .worker_context import WorkerContext

_REPORT_RESTS_S = 240.0
"""A report that could not be made is tried again after as long as a mail that was put off once
(`delivery.due.WAITS`)."""

_JOB_RESTS_S = 3600.0
"""A job that failed for good, or killed its worker again and again, is tried again after an hour.
Judgement."""


def read_view(world: WorkerContext) -> WorkView:
    """Return the view of everything, for dispatching."""
    now = world.wiring.clock()
    every = mails_ahead(world, subscriptions(world.config), now, at_least=LONGEST_LEAD)
    ledger = world.ledger.about(str(one.period) for one in every)
    return WorkView(
        now=now,
        ahead=_in_time(world, every, ledger, now=now),
        ledger=ledger,
        pulses=read_pulses(world.store),
        teams_of=shared_mails(world.config),
        resting=_resting(world.failures),
    )


def _in_time(
    world: WorkerContext, every: Sequence[DueMail], ledger: Ledger, *, now: datetime
) -> list[DueMail]:
    """Return the mails that are of interest now: those near, and those whose making would end
    too late otherwise.
    """
    usual = horizon(world.config, now)[1]
    near = [one for one in every if one.at < usual]
    unmade = [one for one in every if one.at > now and not line_of(ledger, one)]
    if not any(one.at >= usual for one in unmade):
        return near
    past = [one for one in near if one.at <= now]
    made = made_at(world.store.database, {str(one.period) for one in past})
    seconds = seconds_a_report(past, made)
    early = to_prepare(unmade, now, usual=usual - now, seconds=seconds)
    return [*near, *(one for one in early if one.at >= usual)]


def view_of_report(world: WorkerContext, label: str) -> WorkView:
    """Return the view of one report and the logs that it speaks of."""
    now, key, shared = world.wiring.clock(), ReportKey(label), shared_mails(world.config)
    wanted = subscriptions(world.config, scopes={key.scope})
    every = mails_ahead(world, wanted, now, at_least=LONGEST_LEAD)
    own = [one for one in every if one.report == label]
    first = min((one.at for one in own if one.at > now), default=now)  # why the job was enqueued
    until = max(first, horizon(world.config, now)[1])
    ahead = [one for one in own if one.at <= until]
    teams = {team for one in ahead for team in spoken_of(one, shared)}
    return WorkView(
        now=now,
        ahead=ahead,
        ledger=world.ledger.about({str(one.period) for one in ahead}, scopes={key.scope}),
        pulses=read_pulses(world.store, names_of_sources(world.config, teams)),
        teams_of=shared,
    )


def view_of_teams(world: WorkerContext, teams: Collection[str]) -> WorkView:
    """Return the view of some teams' logs, and of the mails that speak of any of them."""
    now, scopes, shared = world.wiring.clock(), {*teams, ALL_TEAMS}, shared_mails(world.config)
    every = mails_ahead(world, subscriptions(world.config, scopes=scopes), now)
    ahead = [one for one in every if not scopes.isdisjoint(spoken_of(one, shared))]
    return WorkView(
        now=now,
        ahead=ahead,
        ledger=world.ledger.about({str(one.period) for one in ahead}, scopes=scopes),
        pulses=read_pulses(world.store, names_of_sources(world.config, teams)),
        teams_of=shared,
    )


def mails_ahead(
    world: WorkerContext,
    wanted: Iterable[Subscription],
    now: datetime,
    *,
    at_least: timedelta = timedelta(0),
) -> list[DueMail]:
    """Return the mails of subscriptions that are of interest now, or due `at_least` so soon,
    by time.
    """
    start, end = horizon(world.config, now)
    return occurrences(wanted, start, max(end, now + at_least), holiday=world.holiday)


def names_of_sources(config: Config, teams: Iterable[str]) -> list[str]:
    """Return the sources of some teams, by name."""
    every = config.sources_by_team
    return sorted(source.name for team in teams for source in every.get(team, ()))


def read_pulses(store: Store, names: Collection[str] | None = None) -> Mapping[str, SourcePulse]:
    """Return when each source was last tried, and how it is; of all, or of those named."""
    return {
        line.name: SourcePulse(line.last_attempt, line.well, line.rows)
        for line in source_lines(store.database, names)
    }


def shared_mails(config: Config) -> Mapping[tuple[str, str], Sequence[str]]:
    """Return the teams of the mails that speak of several, by address and kind."""
    return {
        (one.address, "monthly" if one.every == "month" else "weekly"): [
            team.name for team in config.teams_of(one)
        ]
        for one in config.recipients
        if len(config.teams_of(one)) > 1
    }


def _resting(failures: WorkFailures) -> frozenset[str]:
    reports = (one.key for one in failures.recent(_REPORT_RESTS_S) if one.key.startswith("report "))
    given_up = (one.work for one in failures.recent(_JOB_RESTS_S) if one.given_up)
    return frozenset([*reports, *given_up])
