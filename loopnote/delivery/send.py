"""Sends the due mails, and mails that a person asks for.

    abandon ─► due ─► make the mail ─► keep its bytes ─► plan ─► deliver

A mail is made once per report, language and audience; from then on the kept bytes are what is sent.
A report that cannot be made does not stop the others. Only who holds the run lock may call these,
or shares it with the workers (`alone` is false).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from notes.model.deliveries import Delivery, DueMail, Message, Subscription
from notes.model.errors import LoopnoteError
from notes.model.mail_addresses import mailbox
from notes.model.periods import Period
from notes.model.report_keys import ReportKey
from notes.store.delivery.ledger import Deliveries
from reports.delivery.deliver import DeliveryOutcome, PlannedMail, deliver
from reports.delivery.transport import Transport

from .due import Holiday, due, due_mail, no_holidays


@dataclass(frozen=True, slots=True)
class BuiltMail:
    """A mail that was made, and what the next reports want to remember of it (JSON)."""

    message: Message
    facts: str = "{}"


@dataclass(frozen=True, slots=True)
class NothingToSend:
    """There is nothing to send.

    `final`: and there will not be (a preview without gaps); else it may come yet, after `hint`.
    """

    reason: str
    final: bool = True
    hint: str = ""


BuildMail = Callable[[DueMail, int], BuiltMail | NothingToSend]
"""Builds the mail of a due report in a revision (1, more for corrections) or raises LoopnoteError.
"""


@dataclass(frozen=True, slots=True)
class MailFailure:
    """A mail that could not be made, or was held back."""

    due: DueMail
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """The result of sending. `abandoned` are claims of a dead process, now unknown."""

    delivered: tuple[DeliveryOutcome, ...] = ()
    failures: tuple[MailFailure, ...] = ()
    skipped: tuple[DueMail, ...] = ()
    abandoned: tuple[Delivery, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all that was due is on its way, and nothing is in doubt."""
        fine = all(one.state in {"sent", "held"} for one in self.delivered)
        return fine and not self.failures and not self.abandoned


@dataclass(frozen=True, slots=True)
class DeliveryPlan:
    """The mails that may be sent, those that could not be made, and those with nothing to say."""

    mails: tuple[PlannedMail, ...] = ()
    failures: tuple[MailFailure, ...] = ()
    skipped: tuple[DueMail, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryContext:
    """The dependencies of sending; `alone`: no other process sends, so that any claim of one
    is left over.
    """

    ledger: Deliveries
    transport: Transport
    make: BuildMail
    clock: Callable[[], datetime]
    run_id: str
    stop: Callable[[], bool] = field(default=lambda: False)
    alone: bool = True

    def abandon(self) -> list[Delivery]:
        """Mark the claims of dead processes in doubt, where nobody else can be sending;
        return them.
        """
        return self.ledger.abandon(self.clock(), but=self.run_id) if self.alone else []


def send_due(
    delivery: DeliveryContext, subscriptions: Sequence[Subscription], holiday: Holiday = no_holidays
) -> DeliveryResult:
    """Send all mails that are due now.

    Raises:
        StoreError: the ledger cannot be read or written.
    """
    now = delivery.clock()
    abandoned = delivery.abandon()
    return _send(
        delivery, due(now, subscriptions, delivery.ledger.latest(), holiday=holiday), abandoned
    )


def send_period(
    delivery: DeliveryContext, subscriptions: Iterable[Subscription], period: Period
) -> DeliveryResult:
    """Send the reports of a period now, because a person asked.

    Who has it already does not get it again.
    """
    now = delivery.clock()
    abandoned = delivery.abandon()
    return _send(delivery, [_now(one, period, now) for one in subscriptions], abandoned)


def send_again(
    delivery: DeliveryContext, subscriptions: Iterable[Subscription], period: Period
) -> DeliveryResult:
    """Send the same bytes again to refused or unknown recipients, because a person asked."""
    now = delivery.clock()
    abandoned = delivery.abandon()
    ledger = delivery.ledger.latest()
    asked = []
    for one in (_now(subscription, period, now) for subscription in subscriptions):
        line = ledger.get((one.report, mailbox(one.address)))
        if (
            line is not None
            and line.state in {"refused", "unknown", "sent"}
            and delivery.ledger.request_again(line, now)
        ):
            asked.append(one)
    return _send(delivery, asked, abandoned)


def send_correction(
    delivery: DeliveryContext, subscriptions: Sequence[Subscription], period: Period
) -> DeliveryResult:
    """Send a new revision, which says that it corrects, to whoever has the report already."""
    now = delivery.clock()
    ledger = delivery.ledger.latest()
    readers = [
        one
        for one in (_now(subscription, period, now) for subscription in subscriptions)
        if (line := ledger.get((one.report, mailbox(one.address)))) is not None
        and line.state in {"sent", "unknown"}
    ]
    for label in sorted({one.report for one in readers}):
        delivery.ledger.correct_report(label, subject="", now=now)
    return _send(delivery, readers, [])


def _now(subscription: Subscription, period: Period, now: datetime) -> DueMail:
    return due_mail(subscription, period, now, until=now + timedelta(days=1))


def _send(
    delivery: DeliveryContext, dues: Iterable[DueMail], abandoned: Sequence[Delivery]
) -> DeliveryResult:
    plan = plan_mails(delivery, dues)
    with delivery.transport:
        delivered = deliver(
            delivery.ledger,
            delivery.transport,
            plan.mails,
            run_id=delivery.run_id,
            clock=delivery.clock,
            stop=delivery.stop,
        )
    return DeliveryResult(tuple(delivered), plan.failures, plan.skipped, tuple(abandoned))


def plan_mails(delivery: DeliveryContext, dues: Iterable[DueMail]) -> DeliveryPlan:
    """Make the mails that were not made yet, keep their bytes, and write each into the ledger
    as planned.
    """
    planned: list[PlannedMail] = []
    failures: list[MailFailure] = []
    skipped: list[DueMail] = []
    for one in dues:
        try:
            made = _plan(delivery, one)
        except LoopnoteError as error:
            failures.append(MailFailure(one, str(error), error.hint))
            continue
        if isinstance(made, PlannedMail):
            planned.append(made)
        elif made.final:
            skipped.append(one)
        else:
            failures.append(MailFailure(one, made.reason, made.hint))
    return DeliveryPlan(tuple(planned), tuple(failures), tuple(skipped))


def _plan(delivery: DeliveryContext, one: DueMail) -> PlannedMail | NothingToSend:
    ledger = delivery.ledger
    revision = max(ledger.latest_revision(one.report), 1)
    key = str(ReportKey(one.report, revision))
    message = ledger.kept(key, one.language, one.audience)
    if message is None:
        made = delivery.make(one, revision)
        now = delivery.clock()
        if isinstance(made, NothingToSend):
            if made.final:
                ledger.open_report(one.scope, one.period, one.kind, subject="", now=now)
                ledger.skip(key, one.address, now, reason=made.reason)
            return made
        ledger.open_report(
            one.scope, one.period, one.kind, subject=made.message.subject, now=now, facts=made.facts
        )
        message = ledger.keep(key, made.message)
    return PlannedMail(ledger.plan(key, one.address, message, now=delivery.clock()), one.address)
