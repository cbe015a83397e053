"""What is due, what a person asks to send, and how things stand."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from loopnote.delivery.due import due, next_due
from loopnote.delivery.holidays import public_holidays
from loopnote.delivery.send import (
    DeliveryContext,
    DeliveryResult,
    send_again,
    send_correction,
    send_period,
)
from loopnote.services.mails import MailBuilder, operator, subscriptions
from loopnote.services.reports import ReportVariant
from loopnote.services.run import RunContext, RunResult, run_once
from loopnote.services.wiring import Progress, Wiring
from notes.model.deliveries import ALL_TEAMS, Alarm, Delivery, DueMail, Subscription
from notes.model.notes import SourceHealth
from notes.model.periods import Month, Period
from notes.store.delivery.alarms import Alarms
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from notes.store.tables.run_lock import run_lock
from notes.store.tables.runs import RunRecord
from reports.delivery.deliver import send_copy
from reports.delivery.transport import OutgoingMail, SendResult
from reports.page.mail import MailAddress

from .archive import after_a_round
from .maintenance import tidy
from .run_records import record_run
from .sync import pull_stale

log = logging.getLogger(__name__)
"""Lines are given with `extra` fields: what formats them is only imported where one is written."""


def run(
    wiring: Wiring, *, progress: Progress, stop: Callable[[], bool] = lambda: False
) -> RunResult | None:
    """Do what is due now: sync, mails, the operator's news; None when another run is at it.

    Raises:
        StoreError: the store cannot be read or written.
    """
    with wiring.store() as store, run_lock(store.database) as mine:
        if not mine:
            return None
        with record_run(wiring, store, "run") as record:
            result = run_once(_context(wiring, store, record.run_id, progress, stop))
            record.ok = result.ok and result.all_read
            _log_round(result, told=wiring.told)
            tidy(wiring, store)
            return result


def _log_round(result: RunResult, *, told: bool) -> None:
    """Write a line a mail, a line an alert and a line about the round itself."""
    _log_sent(result.sent, told=told)
    for alert in result.alerts:
        log.warning("alert", extra={"id": alert.id, "subject": alert.subject})
    states = [str(one.state) for one in result.sent.delivered]
    fields = {
        "ok": result.ok,
        "sources": len(result.pulled),
        "sent": states.count("sent"),
        "mails": len(states),
        "alerts": len(result.alerts),
        "next": result.next.report if result.next else None,
        "next_at": f"{result.next.at:%Y-%m-%dT%H:%M:%SZ}" if result.next else None,
    }
    log.info("round", extra=fields)


def _log_sent(sent: DeliveryResult, *, told: bool) -> None:
    for one in sent.delivered:
        level = logging.INFO if one.state in {"sent", "held"} else logging.WARNING
        reply = {} if told else {"reply": one.reply}
        about = {"report": one.report, "to": one.address, "state": str(one.state)}
        log.log(level, "mail", extra=about | reply)
    for failure in sent.failures:
        reason = {} if told else {"error": failure.message, "hint": failure.hint}
        about = {"report": failure.due.report, "to": failure.due.address}
        log.warning("mail not made", extra=about | reason)


def due_now(wiring: Wiring) -> list[DueMail]:
    """Return the mails that a run would send now, as far as the ledger alone can tell."""
    country = wiring.config.schedule.holidays
    with wiring.store() as store:
        ledger = Deliveries(store.database).latest()
    return due(
        wiring.clock(),
        subscriptions(wiring.config),
        ledger,
        public_holidays([country] if country else []),
    )


def send(
    wiring: Wiring,
    *,
    team: str,
    period: Period | None,
    resend: str,
    correct: bool,
    progress: Progress,
) -> DeliveryResult | None:
    """Send a period's reports now to whoever has not got them; with `resend` again to that one reader.

    With `correct` a new revision goes to whoever has the report, and says that it corrects.

    None when another run is at it.
    """
    with wiring.store() as store, run_lock(store.database) as mine:
        if not mine:
            return None
        progress("…")
        with record_run(wiring, store, "send") as record:
            delivery, wanted = (
                _delivery(wiring, store, record.run_id),
                _wanted(wiring, team, resend),
            )
            about = {one: period or _last(wiring, one) for one in wanted}
            act = send_correction if correct else send_again if resend else send_period
            rounds = [
                act(delivery, [one for one in wanted if about[one] == each], each)
                for each in dict.fromkeys(about.values())
            ]
            record.ok = all(one.ok for one in rounds)
            for one in rounds:
                _log_sent(one, told=wiring.told)
    return DeliveryResult(
        tuple(line for one in rounds for line in one.delivered),
        tuple(line for one in rounds for line in one.failures),
        tuple(line for one in rounds for line in one.skipped),
        tuple(line for one in rounds for line in one.abandoned),
    )


@dataclass(frozen=True, slots=True)
class TestCopy:
    """A test copy of a team's report, and what became of it."""

    team: str
    send_result: SendResult


def send_copies(
    wiring: Wiring, address: str, *, team: str, period: Period | None
) -> Iterator[TestCopy]:
    """Send each team's report to one address as a test; the ledger stays as it is."""
    now = wiring.clock()
    with wiring.store() as store:
        report_service = wiring.report_service(store)
        for settings in wiring.teams(team):
            report = report_service.report(settings, period or wiring.last_week(settings.name), now)
            view = report_service.view(report, ReportVariant(settings.language), now)
            mail = report_service.mail(view, report, "copy", [MailAddress(address)], now)
            outgoing_mail = OutgoingMail(
                f"{settings.name}/{report.scope.period}/copy", address, mail.eml
            )
            yield TestCopy(settings.name, send_copy(wiring.transport(), outgoing_mail))


def to_send(
    wiring: Wiring, *, team: str, period: Period | None
) -> Iterator[tuple[Subscription, Period]]:
    """Yield what `send` would send, to whom and about which period."""
    for one in _wanted(wiring, team, ""):
        yield one, period or _last(wiring, one)


@dataclass(frozen=True, slots=True)
class StatusReport:
    """How things stand.

    Sources, the latest deliveries and runs, what comes next, and the troubles that are open.
    """

    now: datetime
    health: tuple[SourceHealth, ...]
    deliveries: tuple[Delivery, ...]
    runs: tuple[RunRecord, ...]
    next: DueMail | None
    alarms: tuple[Alarm, ...] = ()


def read_status(wiring: Wiring) -> StatusReport:
    """Return how things stand."""
    now = wiring.clock()
    with wiring.store() as store:
        ledger = Deliveries(store.database)
        return StatusReport(
            now,
            tuple(store.health([(source.name, source.team) for source in wiring.config.sources])),
            tuple(ledger.lines(limit=20)),
            tuple(store.runs(limit=5)),
            next_due(now, subscriptions(wiring.config), ledger.latest()),
            tuple(Alarms(store.database).open()),
        )


def _wanted(wiring: Wiring, team: str, address: str) -> list[Subscription]:
    if team:
        wiring.team(team)
    return [
        one
        for one in subscriptions(wiring.config)
        if one.kind != "preview" and team in {"", one.scope} and address in {"", one.address}
    ]


def _last(wiring: Wiring, subscription: Subscription) -> Period:
    team = wiring.config.teams[0].name if subscription.scope == ALL_TEAMS else subscription.scope
    week = wiring.last_week(team)
    return Month.containing(week.last).back() if subscription.kind == "monthly" else week


def _delivery(
    wiring: Wiring, store: Store, run_id: str, stop: Callable[[], bool] = lambda: False
) -> DeliveryContext:
    ledger = Deliveries(store.database)
    return DeliveryContext(
        ledger=ledger,
        transport=wiring.transport(),
        make=MailBuilder(wiring.config, wiring.report_service(store), ledger, wiring.clock),
        clock=wiring.clock,
        run_id=run_id,
        stop=stop,
    )


def _context(
    wiring: Wiring, store: Store, run_id: str, progress: Progress, stop: Callable[[], bool]
) -> RunContext:
    config = wiring.config
    country = config.schedule.holidays
    return RunContext(
        database=store.database,
        delivery=_delivery(wiring, store, run_id, stop),
        subscriptions=subscriptions(config),
        pull=lambda: pull_stale(wiring, store, run_id, progress),
        health=lambda: store.health([(source.name, source.team) for source in config.sources]),
        operator=operator(config),
        holiday=public_holidays([country] if country else []),
        stale_after={
            source.name: timedelta(days=source.stale_after_days) for source in config.sources
        },
        archive=lambda sent: after_a_round(wiring, store, progress, sent=sent),
    )
