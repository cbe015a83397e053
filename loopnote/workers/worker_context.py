"""Worker context: the store, the leases and the settings that every job of one worker uses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from loopnote.config.model import Config
from loopnote.delivery.due import Holiday
from loopnote.services.shared_pace import shared_slots
from loopnote.services.wiring import Wiring
from notes.store.database import Database
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from notes.store.work.failures import WorkFailures
from notes.store.work.leases import Leases
from notes.store.work.rate_slots import RateSlots


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """The dependencies of all jobs of one worker process; `run_id` is the run that it is recorded
    as.

    `store` is open; what hosts share is asked over `shared`, whose transactions are short (ADR
    1001). `stop` says whether the worker was asked to end.
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
        """The delivery ledger, over `shared`: a host that is cut off inside a claim keeps no
        mail from the others.
        """
        return Deliveries(self.shared)

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


def patience_of(config: Config) -> timedelta:
    """Return how old a reading may be before its source is pulled again."""
    return timedelta(minutes=config.schedule.sync_every_minutes)
