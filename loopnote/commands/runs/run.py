"""`run`: does what is due now."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from loopnote.alerts.conditions import Alert
from loopnote.commands.reading.sync import pull_stale
from loopnote.commands.reporting.archive import after_a_round
from loopnote.commands.run_state.remote_time import remote_time
from loopnote.commands.run_state.run_records import record_run
from loopnote.commands.run_state.same_store import check_same_store, remember_run
from loopnote.commands.run_state.worker_states import absent_workers
from loopnote.commands.runs.delivery import delivery_context, log_sent
from loopnote.commands.store.maintenance import tidy
from loopnote.delivery.clock_jump import SET_BACK
from loopnote.delivery.due import due
from loopnote.delivery.holidays import public_holidays
from loopnote.services.run import BusyRun, RunContext, RunResult, run_once, tell_alone
from loopnote.services.subscriptions import subscriptions
from loopnote.services.transports import operator
from loopnote.services.wiring import Progress, Wiring
from notes.model.deliveries import DueMail, logged_state
from notes.model.errors import StoreError
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from notes.store.tables.run_lock import lock_holder, run_lock
from notes.system.clock import utc_minute
from notes.system.time_limit import round_time

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
    log_sent(result.sent, told=told)
    for alert in result.alerts:
        log.warning("alert", extra={"id": alert.id, "subject": alert.subject})
    states = [logged_state(one.state, one.reply) for one in result.sent.delivered]
    fields = {
        "ok": result.ok,
        "sources": len(result.pulled),
        "sent": states.count("sent"),
        "written": states.count("written"),
        "mails": len(states),
        "alerts": len(result.alerts),
        "next": result.next.report if result.next else None,
        "next_at": f"{result.next.at:%Y-%m-%dT%H:%M:%SZ}" if result.next else None,
    }
    log.info("round", extra=fields)


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


def _agrees_with_a_service(wiring: Wiring, now: datetime) -> bool:
    """Say whether a service of a source tells about the same time."""
    told = remote_time(wiring)
    return told is not None and abs(told[1] - now) < SET_BACK


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
        delivery=delivery_context(wiring, store, run_id, stop=stop),
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
