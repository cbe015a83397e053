"""What `run`, `send` and the workers send with, and the line that is logged of each mail."""

import logging
from collections.abc import Callable
from functools import cache

from loopnote.delivery.send import (
    BuildMail,
    BuiltMail,
    DeliveryContext,
    DeliveryResult,
    NothingToSend,
)
from loopnote.services.wiring import Wiring
from notes.model.deliveries import DueMail, logged_state
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store

log = logging.getLogger(__name__)
"""Lines are given with `extra` fields: what formats them is only imported where one is written."""


def log_sent(sent: DeliveryResult, *, told: bool) -> None:
    """Write a line a mail; what the command says itself (`told`) is not said a second time."""
    for one in sent.delivered:
        level = logging.INFO if one.state in {"sent", "held"} else logging.WARNING
        reply = {} if told else {"reply": one.reply}
        state = logged_state(one.state, one.reply)
        about = {"report": one.report, "to": one.address, "state": state}
        log.log(level, "mail", extra=about | reply)
    for failure in sent.failures:
        reason = {} if told else {"error": failure.message, "hint": failure.hint}
        about = {"report": failure.due.report, "to": failure.due.address}
        log.warning("mail not made", extra=about | reason)


def delivery_context(
    wiring: Wiring, store: Store, run_id: str, *, stop: Callable[[], bool] = lambda: False
) -> DeliveryContext:
    """Return what mails are made and sent with, over an open store."""
    ledger = Deliveries(store.database)
    return DeliveryContext(
        ledger=ledger,
        transport=wiring.transport(),
        make=_mail_builder(wiring, store, ledger),
        clock=wiring.clock,
        run_id=run_id,
        stop=stop,
    )


def _mail_builder(wiring: Wiring, store: Store, ledger: Deliveries) -> BuildMail:
    """Return what makes the mails; reports and pages are loaded with the first mail that is due."""

    @cache
    def builder() -> BuildMail:
        from loopnote.services.mails import MailBuilder

        return MailBuilder(wiring.config, wiring.report_service(store), ledger, clock=wiring.clock)

    def build(due: DueMail, revision: int) -> BuiltMail | NothingToSend:
        return builder()(due, revision)

    return build
