"""How things stand, read from the store without anything that reads logs, makes pages or sends."""

from dataclasses import dataclass, field
from datetime import datetime

from loopnote.commands.run_state.worker_states import WorkStatus, read_work
from loopnote.delivery.due import next_due
from loopnote.services.subscriptions import subscriptions
from loopnote.services.wiring import Wiring
from notes.model.deliveries import Alarm, Delivery, DueMail
from notes.model.notes import SourceHealth
from notes.store.delivery.alarms import Alarms
from notes.store.delivery.ledger import Deliveries
from notes.store.tables.runs import RunRecord


@dataclass(frozen=True, slots=True)
class StatusReport:
    """How things stand.

    Sources, the latest deliveries and runs, what comes next, the troubles that are open, the
    workers.
    """

    now: datetime
    health: tuple[SourceHealth, ...]
    deliveries: tuple[Delivery, ...]
    runs: tuple[RunRecord, ...]
    next: DueMail | None
    alarms: tuple[Alarm, ...] = ()
    work: WorkStatus = field(default_factory=WorkStatus)


def read_status(wiring: Wiring) -> StatusReport:
    """Return how things stand."""
    now = wiring.clock()
    with wiring.store() as store:
        ledger = Deliveries(store.database)
        return StatusReport(
            now=now,
            health=tuple(
                store.health([(source.name, source.team) for source in wiring.config.sources])
            ),
            deliveries=tuple(ledger.lines(limit=20)),
            runs=tuple(store.runs(limit=5)),
            next=next_due(now, subscriptions(wiring.config), ledger.latest()),
            alarms=tuple(Alarms(store.database).open()),
            work=read_work(store),
        )
