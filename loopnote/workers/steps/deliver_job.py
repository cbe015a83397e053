"""The job that sends the mails that are due, over one of the allowed connections to the mail
server.

    next mail that is due ─► reserve it in the server's budget ─► claim ─► send ─► settle

The ledger decides who sends a mail (ADR 0801), so several connections take from the same list. Each
job is a child process that sends for some seconds over one connection.
"""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic, sleep
from uuid import uuid4

from loopnote.services.shared_pace import mail_budget
from loopnote.services.subscriptions import subscriptions
from loopnote.workers.decisions.dispatch import sendable
from loopnote.workers.decisions.jobs import NOW, Job
from loopnote.workers.forked_jobs import do_apart
from loopnote.workers.views import mails_ahead
from loopnote.workers.worker_context import WorkerContext
from notes.model.deliveries import OPEN, DueMail, logged_state
from notes.model.mail_addresses import mailbox
from reports.delivery.deliver import MOST_BROKEN_LINES, DeliveryOutcome, PlannedMail, deliver
from reports.delivery.transport import ACCOUNT_CODES, Transport
from sync.pulls.child_process import Limits

_SECONDS = 20.0
"""How long one job sends: a worker that is asked to end waits for it."""

_PATIENCE_S = 5.0
"""Seconds that a job waits for the mail server's budget; a longer wait gives the slot back."""

_FAULT_RESTS_S = 60.0
"""Seconds for which no host tries a mail server that refused or broke a connection. Judgement."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Claim:
    """Who claims a mail: this worker, in this job."""

    world: WorkerContext
    id: str


def send_due_mails(world: WorkerContext, lane: str) -> list[Job]:
    """Send for some seconds; return the rest as another job."""
    claim = _Claim(world, f"{world.run_id}/{uuid4().hex[:8]}")
    mail = world.config.mail
    limits = Limits(
        _SECONDS + 6.0 * mail.timeout_s + mail.answer_timeout_s, world.config.limits.memory_mb
    )
    try:
        name = f"mail connection {lane}"
        wait = do_apart(lambda: _send(claim, lane), world.begin_as_child, limits, name=name)
    finally:
        _abandon(claim)
    return [] if wait is None else [Job("deliver", lane, priority=NOW, after_s=wait)]


def _abandon(claim: _Claim) -> None:
    """Mark what the child left in doubt; nothing where it ended by itself."""
    ledger = claim.world.ledger
    for line in ledger.claims():
        if line.run_id == claim.id:
            ledger.abandon_claim(line, claim.world.wiring.clock())


def _send(claim: _Claim, lane: str) -> float | None:
    """Send what is due; return in how many seconds to go on, None when there is nothing left."""
    world = claim.world
    order, until = random.Random(lane), monotonic() + _SECONDS  # noqa: S311  no secret
    ahead = mails_ahead(world, subscriptions(world.config), world.wiring.clock())
    with world.wiring.transport() as transport:
        connection = _Connection(claim, transport)
        while mails := _planned(world, ahead):
            order.shuffle(mails)  # connections that begin at different places seldom meet
            for mail in mails:
                wait = connection.send(mail)
                if wait is not None:
                    return wait
                if monotonic() > until:
                    return 0.0
    return None


def _planned(world: WorkerContext, ahead: Sequence[DueMail]) -> list[PlannedMail]:
    ledger = world.ledger.about({str(one.period) for one in ahead})
    return [
        PlannedMail(ledger[one.report, mailbox(one.address)], one.address)
        for one in sendable(ahead, ledger, world.wiring.clock())
    ]


class _Connection:
    """One connection to the mail server, and how many times in a row it broke."""

    def __init__(self, claim: _Claim, transport: Transport) -> None:
        self._claim = claim
        self._transport = transport
        self._broken = 0

    def send(self, mail: PlannedMail) -> float | None:
        """Send one mail; return for how long to rest where the server or its budget asks for it."""
        world, budget = self._claim.world, mail_budget(self._claim.world.config)
        ledger = world.ledger
        if ledger.again(mail.line).state not in OPEN:
            return None  # another connection has it
        reservation = world.slots.reserve([budget], patience_s=_PATIENCE_S)
        if not reservation.reserved:
            return reservation.wait_s
        sleep(reservation.wait_s)
        (outcome,) = deliver(
            ledger, self._transport, [mail], run_id=self._claim.id, clock=world.wiring.clock
        )
        _log(outcome)
        if not self._is_fault(outcome):
            return None
        world.slots.pause(budget.key, _FAULT_RESTS_S)
        return _FAULT_RESTS_S

    def _is_fault(self, outcome: DeliveryOutcome) -> bool:
        """Say whether the server, and not one reader's address, was the trouble."""
        if outcome.state != "deferred":
            self._broken = 0
            return False
        if outcome.hint or outcome.code >= 500 or outcome.code in ACCOUNT_CODES:
            return True
        self._broken = self._broken + 1 if outcome.code == 0 else 0
        return self._broken >= MOST_BROKEN_LINES


def _log(outcome: DeliveryOutcome) -> None:
    level = logging.INFO if outcome.state in {"sent", "held"} else logging.WARNING
    state = logged_state(outcome.state, outcome.reply)
    fields = {"report": outcome.report, "to": outcome.address, "state": state}
    log.log(level, "mail", extra=fields | {"reply": outcome.reply})
