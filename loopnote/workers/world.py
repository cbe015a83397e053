"""What a worker works with, and the view of the store from which it is decided what is to be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from loopnote.config.model import Config
from loopnote.delivery.due import Holiday, occurrences
from loopnote.services.shared_pace import shared_slots
from loopnote.services.subscriptions import subscriptions
from loopnote.services.wiring import Wiring
from notes.model.deliveries import Subscription
from notes.model.report_keys import ReportKey
from notes.store.database import Database
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from notes.store.work.failures import WorkFailures
from notes.store.work.leases import Leases
from notes.store.work.pulses import source_lines
from notes.store.work.rate_slots import RateSlots

from .dispatch import WorkView, horizon
from .sweeps import SourcePulse

_REPORT_RESTS_S = 240.0
"""A report that could not be made is tried again after as long as a mail that was put off once (`delivery.due.WAITS`)."""

_JOB_RESTS_S = 3600.0
"""A job that failed for good, or killed its worker again and again, is tried again after an hour. Judgement."""


@dataclass(frozen=True, slots=True)
class WorkerWorld:
    """The dependencies of all jobs of one worker process; `run_id` is the run that it is recorded as.

    `store` is open; what hosts share is asked over `shared`, whose transactions are short (ADR 1001). `stop`
    says whether the worker was asked to end.
    """

    wiring: Wiring
    store: Store
    shared: Database
    run_id: str
    holiday: Holiday
    stop: Callable[[], bool]
    leases: Leases

    @property
    def config(self) -> Config:
        """The configuration."""
        return self.wiring.config

    @property
    def ledger(self) -> Deliveries:
        """The delivery ledger."""
        return Deliveries(self.store.database)

    @property
    def failures(self) -> WorkFailures:
        """What failed for good."""
        return WorkFailures(self.shared)

    def begin_as_child(self) -> None:
        """Forget the parent's connections, in a forked child."""
        self.store.database.begin_as_child()
        self.shared.begin_as_child()

    @property
    def slots(self) -> RateSlots:
        """The budgets that all hosts share."""
        return shared_slots(self.wiring.store_url())


def read_view(world: WorkerWorld, *, label: str = "") -> WorkView:
    """Return what dispatching looks at, of one report where `label` names it."""
    now = world.wiring.clock()
    start, end = horizon(world.config, now)
    wanted = _subscriptions(world.config, label)
    ahead = occurrences(wanted, start, end, holiday=world.holiday)
    if label:
        ahead = [one for one in ahead if one.report == label]
    return WorkView(
        now=now,
        ahead=ahead,
        ledger=world.ledger.about(str(one.period) for one in ahead),
        pulses=read_pulses(world.store),
        teams_of=_teams_of(world.config),
        resting=_resting(world.failures) if not label else frozenset(),
    )


def _subscriptions(config: Config, label: str) -> Sequence[Subscription]:
    every = subscriptions(config)
    if not label:
        return every
    key = ReportKey(label)
    return [one for one in every if (one.scope, one.kind) == (key.scope, key.kind)]


def read_pulses(store: Store) -> Mapping[str, SourcePulse]:
    """Return when each source was last tried, and how it is."""
    return {
        line.name: SourcePulse(line.last_attempt, line.well, line.rows)
        for line in source_lines(store.database)
    }


def _teams_of(config: Config) -> Mapping[tuple[str, str], Sequence[str]]:
    return {
        (one.address, "monthly" if one.every == "month" else "weekly"): [
            team.name for team in config.teams_of(one)
        ]
        for one in config.recipients
    }


def _resting(failures: WorkFailures) -> frozenset[str]:
    reports = (one.key for one in failures.recent(_REPORT_RESTS_S) if one.key.startswith("report "))
    given_up = (one.work for one in failures.recent(_JOB_RESTS_S) if one.given_up)
    return frozenset([*reports, *given_up])


def patience_of(config: Config) -> timedelta:
    """Return how old a reading may be before its source is pulled again."""
    return timedelta(minutes=config.schedule.sync_every_minutes)
