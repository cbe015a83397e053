"""What is to be done now: a pure function of the clock, the configuration, the ledger and the
sources.

    due mails ─┬─ not made yet ─► report (when its team's logs are fresh, or the time has come)
               └─ made          ─► deliver, as many connections as are allowed
    stale sources ──────────────► sync, one job a credential

It is asked again and again (level-triggered): a missed, doubled, early or late call is harmless.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from loopnote.config.model import Config
from loopnote.delivery.due import LOOK_BACK, Ledger, is_open, may_retry
from notes.model.deliveries import ALL_TEAMS, DueMail
from notes.model.mail_addresses import mailbox

from .jobs import NOW, SOON, Job
from .sweeps import SourcePulse, stale_sources, teams_to_sweep

GRACE = timedelta(minutes=2)
"""A report waits so long past its time for logs that are being read; then it says how old they are.
"""


_NEAR = timedelta(minutes=5)
"""A mail that is due so soon goes before those that are only prepared: a report takes some seconds.
Judgement."""


@dataclass(frozen=True, slots=True)
class WorkView:
    """What dispatching looks at: mails that are due by then (`occurrences`), ledger, sources.

    `teams_of` gives the teams that a mail speaks of, `resting` names jobs that failed a moment ago.
    """

    now: datetime
    ahead: Sequence[DueMail]
    ledger: Ledger
    pulses: Mapping[str, SourcePulse]
    teams_of: Mapping[tuple[str, str], Sequence[str]]
    resting: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What to enqueue, and the next instant at which something becomes due (None: nothing soon)."""

    jobs: tuple[Job, ...]
    next_at: datetime | None


def horizon(config: Config, now: datetime) -> tuple[datetime, datetime]:
    """Return from when to when mails are of interest."""
    lead = timedelta(minutes=config.worker.prepare_minutes)
    return now - LOOK_BACK, now + lead + timedelta(microseconds=1)


def dispatch(config: Config, view: WorkView) -> Dispatch:
    """Return what is to be done now."""
    mails = [one for one in view.ahead if one.until > view.now and is_open(view.ledger, one)]
    urgent = _urgency_by_team(view, mails)
    sweeps = teams_to_sweep(config, view.pulses, view.now, first=urgent)
    jobs = [*_deliveries(config, view, mails), *_reports(config, view, mails)]
    for sweep, waiting in sweeps.items():
        priority = max((urgent.get(team, 0) for team in waiting), default=0)
        jobs.append(Job("sync", sweep, priority=priority))
    later = [one.at for one in mails if one.at > view.now]
    awake = tuple(job for job in jobs if job.name not in view.resting)
    return Dispatch(awake, min(later, default=None))


def urgency(mail: DueMail, now: datetime) -> int:
    """Return the priority of work for a mail that is prepared for, or waited for."""
    return NOW if mail.at <= now + _NEAR else SOON


def _urgency_by_team(view: WorkView, mails: Iterable[DueMail]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in mails:
        for team in teams_of(view, one):
            found[team] = max(found.get(team, 0), urgency(one, view.now))
    return found


def teams_of(view: WorkView, mail: DueMail) -> Sequence[str]:
    """Return the teams that a mail speaks of."""
    return spoken_of(mail, view.teams_of)


def spoken_of(mail: DueMail, shared: Mapping[tuple[str, str], Sequence[str]]) -> Sequence[str]:
    """Return the teams of a mail; `shared` knows those of mails about several, by address and
    kind.
    """
    if mail.scope != ALL_TEAMS:
        return (mail.scope,)
    return shared.get((mail.address, mail.kind), ())


def line_of(ledger: Ledger, mail: DueMail) -> bool:
    """Say whether a mail was made and stands in the ledger."""
    return (mail.report, mailbox(mail.address)) in ledger


def sendable(ahead: Iterable[DueMail], ledger: Ledger, now: datetime) -> list[DueMail]:
    """Return the mails that are made and may leave now, by time."""
    return [
        one
        for one in ahead
        if one.at <= now < one.until
        and line_of(ledger, one)
        and is_open(ledger, one)
        and may_retry(ledger, one, now)
    ]


def makeable(config: Config, view: WorkView, mails: Iterable[DueMail]) -> list[DueMail]:
    """Return the mails that are to be made now: not made yet, and about logs that are fresh
    enough.
    """
    unmade = [one for one in mails if not line_of(view.ledger, one)]
    patience = timedelta(minutes=config.schedule.sync_every_minutes)
    sources = config.sources_by_team
    stale = {
        team
        for team in {team for one in unmade for team in teams_of(view, one)}
        if stale_sources(sources.get(team, ()), view.pulses, view.now, patience=patience)
    }
    return [
        one for one in unmade if view.now >= one.at + GRACE or stale.isdisjoint(teams_of(view, one))
    ]


def _reports(config: Config, view: WorkView, mails: Iterable[DueMail]) -> list[Job]:
    return reports_of(makeable(config, view, mails), view.now)


def reports_of(mails: Iterable[DueMail], now: datetime) -> list[Job]:
    """Return the jobs that make these mails, one a report, as urgent as the first of its mails."""
    labels: dict[str, int] = {}
    for one in mails:
        labels[one.report] = max(labels.get(one.report, 0), urgency(one, now))
    return [Job("report", label, priority=priority) for label, priority in labels.items()]


def _deliveries(config: Config, view: WorkView, mails: Iterable[DueMail]) -> list[Job]:
    waiting = len(sendable(view.ahead, view.ledger, view.now)) if mails else 0
    lanes = min(config.worker.mail_connections, waiting)
    return [Job("deliver", str(lane), priority=NOW) for lane in range(lanes)]
