"""Sends planned mails; the only module of this package that changes the delivery ledger.

    for each line of the ledger:  ready ─► claim ─► send ─► settle

A line is claimed only once the transport is ready, so a process that dies while it connects leaves
nothing in doubt (ADR 0801). One refused address does not stop the others; a transport that fails
for everybody defers the rest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from notes.model.deliveries import Delivery, State
from notes.model.errors import LoopnoteError
from notes.store.delivery.ledger import Deliveries

from .transport import OutgoingMail, SendResult, Transport

MOST_BROKEN_LINES = 2
"""Connections in a row that break or stall before the rest is deferred: bounds the time of one run.
"""


@dataclass(frozen=True, slots=True)
class Halt:
    """Why no further mail is sent in this run, and the hint."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PlannedMail:
    """A line of the ledger that may be sent, and the address as its owner writes it."""

    line: Delivery
    address: str


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """Result of one planned mail in this run.

    "held": another process has it, or it was settled before.
    """

    report: str
    address: str
    state: State | str
    code: int = 0
    reply: str = ""
    hint: str = ""


def deliver(
    ledger: Deliveries,
    transport: Transport,
    planned: Sequence[PlannedMail],
    *,
    run_id: str,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
) -> list[DeliveryOutcome]:
    """Send the planned mails in order, and return the result of each.

    Raises:
        StoreError: the ledger cannot be written; a mail whose result could not be recorded becomes
            `unknown`.
    """
    results: list[DeliveryOutcome] = []
    broken = 0
    halted: Halt | None = None
    for one in planned:
        if halted is None and stop():
            halted = Halt("asked to stop")
        if halted is None:
            halted = _fault_of(transport)
        if halted is not None:
            results.append(_put_off(ledger, one, clock(), halt=halted))
            continue
        result, send_result = _send(ledger, transport, one, run_id=run_id, clock=clock)
        results.append(result)
        if send_result is None:
            continue
        broken = broken + 1 if send_result.broken else 0
        if send_result.halt or broken >= MOST_BROKEN_LINES:
            halted = Halt(send_result.reply, send_result.hint or "run `loopnote doctor`")
    return results


def send_copy(transport: Transport, outgoing_mail: OutgoingMail) -> SendResult:
    """Send a test copy without a trace in the ledger.

    Raises:
        DeliveryError: the transport cannot be used.
    """
    with transport:
        transport.ready()
        return transport.send(outgoing_mail)


def _fault_of(transport: Transport) -> Halt | None:
    try:
        transport.ready()
    except (
        LoopnoteError
    ) as error:  # a DeliveryError, or the ConfigError of a secret that is not where it should be
        return Halt(str(error), error.hint)
    return None


def _put_off(ledger: Deliveries, one: PlannedMail, now: datetime, *, halt: Halt) -> DeliveryOutcome:
    ledger.defer(one.line, now, halt.message)
    return DeliveryOutcome(
        one.line.report, one.address, "deferred", reply=halt.message, hint=halt.hint
    )


def _send(
    ledger: Deliveries,
    transport: Transport,
    one: PlannedMail,
    *,
    run_id: str,
    clock: Callable[[], datetime],
) -> tuple[DeliveryOutcome, SendResult | None]:
    body = ledger.claim(one.line, run_id, clock())
    if body is None:
        return DeliveryOutcome(one.line.report, one.address, "held"), None
    send_result = transport.send(OutgoingMail(one.line.report, one.address, body))
    code = str(send_result.code or "")
    ledger.settle(
        one.line, run_id, send_result.state, now=clock(), code=code, reply=send_result.reply
    )
    outcome = DeliveryOutcome(
        one.line.report,
        one.address,
        send_result.state,
        code=send_result.code,
        reply=send_result.reply,
        hint=send_result.hint,
    )
    return outcome, send_result
