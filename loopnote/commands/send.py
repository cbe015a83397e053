"""`run` and `send`."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from loopnote.alerts.conditions import Alert
from loopnote.delivery.clock_jump import SET_BACK
from loopnote.delivery.due import due
from loopnote.delivery.holidays import public_holidays
from loopnote.delivery.send import (
    BuildMail,
    BuiltMail,
    DeliveryContext,
    DeliveryResult,
    NothingToSend,
    send_again,
    send_correction,
    send_period,
)
from loopnote.services.run import BusyRun, RunContext, RunResult, run_once, tell_alone
from loopnote.services.subscriptions import subscriptions
from loopnote.services.transports import operator
from loopnote.services.wiring import Progress, Wiring
from notes.model.deliveries import ALL_TEAMS, DueMail, Subscription
from notes.model.errors import StoreError
from notes.model.mail_addresses import mailbox
from notes.model.periods import Month, Period
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from notes.store.tables.run_lock import lock_holder, run_lock, send_lock
from notes.system.clock import utc_minute
from notes.system.time_limit import round_time
from reports.delivery.deliver import send_copy
from reports.delivery.transport import OutgoingMail, SendResult

from .archive import after_a_round
from .maintenance import tidy
from .remote_time import remote_time
from .run_records import record_run
from .same_store import check_same_store, remember_run
from .sync import pull_stale
from .worker_states import absent_workers

log = logging.getLogger(__name__)
"""Lines are given with `extra` fields: what formats them is only imported where one is written."""


def run(
    wiring: Wiring, *, progress: Progress, stop: Callable[[], bool] = lambda: False
) -> RunResult | BusyRun:
    """Do what is due now: sync, mails, alerts; a `BusyRun` while another run is active.

    Raises:
        StoreError: the store cannot be read or written, or does not know the last run.
        RoundTimeUpError: the total time of a run was up.
    """
    now, minutes = wiring.clock(), wiring.config.limits.run_minutes
    with round_time(60.0 * minutes), wiring.store() as store, run_lock(store.database, now) as mine:
        if not mine:
            return _wait_for_holder(wiring, store, now, progress=progress)
        check_same_store(wiring, store, now)
        with record_run(wiring, store, "run") as record:
            try:
                result = run_once(
                    run_context(wiring, store, record.run_id, progress=progress, stop=stop)
                )
            finally:
                with suppress(StoreError):
                    remember_run(wiring, store, record.run_id, now=wiring.clock())
            record.ok = result.ok and result.all_read
            _log_round(result, told=wiring.told)
            if not result.stood_still:
                tidy(wiring, store)
            return result


def _wait_for_holder(wiring: Wiring, store: Store, now: datetime, *, progress: Progress) -> BusyRun:
    """Return who is at it; the operator hears of it when that has been too long."""
    holder = lock_holder(store.database)
    patience = timedelta(minutes=wiring.config.limits.busy_minutes)
    if holder is None or holder.worker or now - holder.since < patience:
        return BusyRun(holder)
    process = f"{holder.pid} @ {holder.host}"
    facts = {"since": f"{utc_minute(holder.since)} UTC", "process": process}
    alert = Alert("run.busy", "run", facts=facts)
    context = run_context(wiring, store, "", progress=progress)
    notification = tell_alone(context, alert, now)
    context.operator.ping(False)
    return BusyRun(holder, alert, notification)


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
        holiday=public_holidays([country] if country else []),
    )


def send(
    wiring: Wiring,
    *,
    team: str,
    period: Period | None,
    resend: str,
    correct: bool,
    progress: Progress,
) -> DeliveryResult | BusyRun:
    """Send a period's reports to recipients without them; with `resend` again to that one.

    With `correct` a new revision goes to whoever has the report, and says that it corrects.

    Nothing is sent when another run is at it; workers may be, for each mail is claimed.
    """
    now = wiring.clock()
    with wiring.store() as store, send_lock(store.database, now) as lock:
        if not lock:
            return BusyRun(lock_holder(store.database))
        check_same_store(wiring, store, now)
        progress("…")
        with record_run(wiring, store, "send") as record:
            delivery, wanted = (
                replace(_delivery(wiring, store, record.run_id), alone=lock == "alone"),
                _wanted(wiring, team, resend),
            )
            about = {one: period or _last(wiring, one) for one in wanted}
            act = send_correction if correct else send_again if resend else send_period
            try:
                rounds = [
                    act(delivery, [one for one in wanted if about[one] == each], each)
                    for each in dict.fromkeys(about.values())
                ]
            finally:  # what went out before a failure must be known outside of the store, too
                with suppress(StoreError):
                    remember_run(wiring, store, record.run_id, now=wiring.clock())
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
    from loopnote.services.reports import ReportVariant
    from reports.page.mail import MailAddress

    now = wiring.clock()
    with wiring.store() as store:
        report_service = wiring.report_service(store)
        for settings in wiring.teams(team):
            report = report_service.report(settings, period or wiring.last_week(settings.name), now)
            view = report_service.view(report, ReportVariant(settings.language), now)
            mail = report_service.mail(view, report, "copy", to=[MailAddress(address)], now=now)
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


def _wanted(wiring: Wiring, team: str, address: str) -> list[Subscription]:
    if team:
        wiring.team(team)
    return [
        one
        for one in subscriptions(wiring.config)
        if one.kind != "preview"
        and team in {"", one.scope}
        and (not address or mailbox(address) == mailbox(one.address))
    ]


def _last(wiring: Wiring, subscription: Subscription) -> Period:
    team = wiring.config.teams[0].name if subscription.scope == ALL_TEAMS else subscription.scope
    week = wiring.last_week(team)
    return Month.containing(week.last).back() if subscription.kind == "monthly" else week


def _delivery(
    wiring: Wiring, store: Store, run_id: str, *, stop: Callable[[], bool] = lambda: False
) -> DeliveryContext:
    ledger = Deliveries(store.database)
    return DeliveryContext(
        ledger=ledger,
        transport=wiring.transport(),
        make=_mail_builder(wiring, store, ledger),
        clock=wiring.clock,
        run_id=run_id,
        stop=stop,
    )


def _agrees_with_a_service(wiring: Wiring, now: datetime) -> bool:
    """Say whether a service of a source tells about the same time."""
    told = remote_time(wiring)
    return told is not None and abs(told[1] - now) < SET_BACK


def _mail_builder(wiring: Wiring, store: Store, ledger: Deliveries) -> BuildMail:
    """Return what makes the mails; reports and pages are loaded with the first mail that is due."""

    @cache
    def builder() -> BuildMail:
        from loopnote.services.mails import MailBuilder

        return MailBuilder(wiring.config, wiring.report_service(store), ledger, clock=wiring.clock)

    def build(due: DueMail, revision: int) -> BuiltMail | NothingToSend:
        return builder()(due, revision)

    return build


def run_context(
    wiring: Wiring,
    store: Store,
    run_id: str,
    *,
    progress: Progress,
    stop: Callable[[], bool] = lambda: False,
) -> RunContext:
    """Return what a round needs, over an open store."""
    config = wiring.config
    country = config.schedule.holidays
    return RunContext(
        database=store.database,
        delivery=_delivery(wiring, store, run_id, stop=stop),
        subscriptions=subscriptions(config),
        pull=lambda: pull_stale(wiring, store, run_id, progress=progress),
        health=lambda: store.health([(source.name, source.team) for source in config.sources]),
        operator=operator(wiring.loaded),
        holiday=public_holidays([country] if country else []),
        stale_after={
            source.name: timedelta(days=source.stale_after_days) for source in config.sources
        },
        archive=lambda sent: after_a_round(wiring, store, progress, sent=sent),
        clock_is_right=lambda now: wiring.accept_clock or _agrees_with_a_service(wiring, now),
        work=lambda: absent_workers(wiring, store),
    )
