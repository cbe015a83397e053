"""From what is due to what was delivered: one round.

    abandon ─► due ─► make the mail ─► keep its bytes ─► plan ─► deliver

A mail is made once per report, language and audience; from then on the kept bytes are what is sent. A report that
cannot be made does not stop the others. Only who holds the run lock may call these.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from loopnote.due import Holiday, due, no_holidays, promised
from loopnote.errors import LoopnoteError
from loopnote.mail import Appointment, Delivery, Due, Message, mailbox
from loopnote.store.deliveries import Deliveries
from loopnote.weeks import Period
from reports.delivery.deliver import Delivered, Planned, deliver
from reports.delivery.transport import Transport


@dataclass(frozen=True, slots=True)
class Made:
    """A mail that was made, and what the next reports want to remember of it (JSON)."""

    message: Message
    facts: str = "{}"


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to send. `final`: and there will not be (a preview without gaps); else it may come yet."""

    reason: str
    final: bool = True


Maker = Callable[[Due, int], Made | Nothing]
"""Makes the mail of a due report in a revision (1 first, more for corrections); may raise LoopnoteError."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail that could not be made, or was held back."""

    due: Due
    what: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round. `abandoned` are leftovers of a dead process, now unknown."""

    delivered: tuple[Delivered, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Due, ...] = ()
    abandoned: tuple[Delivery, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all that was due is on its way, and nothing is in doubt."""
        fine = all(one.state in {"sent", "held"} for one in self.delivered)
        return fine and not self.failures and not self.abandoned


@dataclass(frozen=True, slots=True)
class Office:
    """What a round works with."""

    ledger: Deliveries
    transport: Transport
    make: Maker
    clock: Callable[[], datetime]
    run_id: str
    stop: Callable[[], bool] = field(default=lambda: False)


def send_due(office: Office, appointments: Sequence[Appointment], holiday: Holiday = no_holidays) -> Round:
    """Send whatever is due now.

    Raises:
        StoreError: the ledger cannot be read or written.
    """
    now = office.clock()
    abandoned = office.ledger.abandon(now, but=office.run_id)
    return _send(office, due(now, appointments, office.ledger.latest(), holiday), abandoned)


def send_period(office: Office, appointments: Iterable[Appointment], period: Period) -> Round:
    """Send the reports of a period now, because a person asked; who has it already does not get it again."""
    now = office.clock()
    abandoned = office.ledger.abandon(now, but=office.run_id)
    return _send(office, [_now(one, period, now) for one in appointments], abandoned)


def send_again(office: Office, appointments: Iterable[Appointment], period: Period) -> Round:
    """Send the very same bytes again to whoever was refused or is in doubt, because a person asked."""
    now = office.clock()
    abandoned = office.ledger.abandon(now, but=office.run_id)
    ledger = office.ledger.latest()
    asked = []
    for one in (_now(appointment, period, now) for appointment in appointments):
        line = ledger.get((one.report, mailbox(one.address)))
        if line is not None and line.state in {"refused", "unknown", "sent"} and office.ledger.ask_again(line, now):
            asked.append(one)
    return _send(office, asked, abandoned)


def send_correction(office: Office, appointments: Sequence[Appointment], period: Period) -> Round:
    """Send a new revision, which says that it corrects, to whoever has the report already."""
    now = office.clock()
    ledger = office.ledger.latest()
    readers = [
        one
        for one in (_now(appointment, period, now) for appointment in appointments)
        if (line := ledger.get((one.report, mailbox(one.address)))) is not None and line.state in {"sent", "unknown"}
    ]
    for label in sorted({one.report for one in readers}):
        office.ledger.correct_report(label, subject="", now=now)
    return _send(office, readers, [])


def _now(appointment: Appointment, period: Period, now: datetime) -> Due:
    return promised(appointment, period, now, now + timedelta(days=1))


def _send(office: Office, dues: Iterable[Due], abandoned: Sequence[Delivery]) -> Round:
    planned: list[Planned] = []
    failures: list[Failure] = []
    skipped: list[Due] = []
    for one in dues:
        try:
            made = _plan(office, one)
        except LoopnoteError as error:
            failures.append(Failure(one, str(error), error.hint))
            continue
        if isinstance(made, Planned):
            planned.append(made)
        elif made.final:
            skipped.append(one)
        else:
            failures.append(Failure(one, made.reason))
    with office.transport:
        delivered = deliver(
            office.ledger, office.transport, planned, run_id=office.run_id, clock=office.clock, stop=office.stop
        )
    return Round(tuple(delivered), tuple(failures), tuple(skipped), tuple(abandoned))


def _plan(office: Office, one: Due) -> Planned | Nothing:
    ledger = office.ledger
    revision = max(ledger.latest_revision(one.report), 1)
    key = f"{one.report}/r{revision}"
    message = ledger.kept(key, one.language, one.audience)
    if message is None:
        made = office.make(one, revision)
        now = office.clock()
        if isinstance(made, Nothing):
            if made.final:
                ledger.open_report(one.scope, one.period, one.kind, subject="", now=now)
                ledger.skip(key, one.address, now, made.reason)
            return made
        ledger.open_report(one.scope, one.period, one.kind, subject=made.message.subject, now=now, facts=made.facts)
        message = ledger.keep(key, made.message)
    return Planned(ledger.plan(key, one.address, message, office.clock()), one.address)
