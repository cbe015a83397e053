"""`send`: the reports of a period, for who has none yet; again, corrected, or as a copy."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from loopnote.commands.run_state.run_records import record_run
from loopnote.commands.run_state.same_store import check_same_store, remember_run
from loopnote.commands.runs.delivery import delivery_context, log_sent
from loopnote.delivery.send import (
    DeliveryResult,
    send_again,
    send_correction,
    send_period,
)
from loopnote.services.run import BusyRun
from loopnote.services.subscriptions import subscriptions
from loopnote.services.wiring import Progress, Wiring
from notes.model.deliveries import ALL_TEAMS, Subscription
from notes.model.errors import ConfigError, StoreError
from notes.model.mail_addresses import mailbox
from notes.model.periods import Month, Period
from notes.store.tables.run_lock import lock_holder, send_lock
from reports.delivery.deliver import send_copy
from reports.delivery.transport import OutgoingMail, SendResult

log = logging.getLogger(__name__)
"""Lines are given with `extra` fields: what formats them is only imported where one is written."""


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
    if resend and not _wanted(wiring, team, resend):
        known = ", ".join(dict.fromkeys(one.address for one in _wanted(wiring, team, "")))
        raise ConfigError(f"{resend} gets no report", hint=f"known are: {known or 'none'}")
    now = wiring.clock()
    with wiring.store() as store, send_lock(store.database, now) as lock:
        if not lock:
            return BusyRun(lock_holder(store.database))
        check_same_store(wiring, store, now)
        progress("…")
        with record_run(wiring, store, "send") as record:
            delivery, wanted = (
                replace(delivery_context(wiring, store, record.run_id), alone=lock == "alone"),
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
                log_sent(one, told=wiring.told)
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
