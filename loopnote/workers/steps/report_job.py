"""The jobs that make reports and bring the archive up to date, each in a child process with
limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from loopnote.commands.reporting.archive import after_a_round
from loopnote.commands.store.maintenance import tidy
from loopnote.delivery.send import DeliveryContext, DeliveryPlan, plan_mails
from loopnote.services.mails import MailBuilder
from loopnote.workers.decisions.dispatch import makeable
from loopnote.workers.decisions.jobs import NOW, UPKEEP, Job
from loopnote.workers.forked_jobs import do_apart
from loopnote.workers.views import view_of_report
from loopnote.workers.worker_context import WorkerContext
from notes.model.deliveries import DueMail
from notes.model.errors import RenderError
from notes.store.delivery.alarms import Heartbeats
from notes.store.work.failures import WorkFailure
from sync.pulls.child_process import Limits

_REPORT_S = 900.0
"""What one report may take: that of a leader of a thousand teams takes some minutes. Judgement."""

_HOURLY = timedelta(hours=1)
"""How often the archive and the store's upkeep have their turn; judgement."""


@dataclass(frozen=True, slots=True)
class _ReportResult:
    """What became of a report: when its mails are due, and why others could not be made."""

    due: tuple[datetime, ...]
    failures: tuple[tuple[str, str], ...]


def make_report(world: WorkerContext, label: str) -> list[Job]:
    """Make the mails of one report that are due soon; return the delivery of those that are due
    now.

    Raises:
        RenderError: one of them cannot be made.
        SourceError: making them took too much time or memory.
    """
    with world.leases.held(f"report {label}") as mine:
        if not mine:
            return []
        limits = Limits(_REPORT_S, world.config.limits.memory_mb)
        made = do_apart(lambda: _make(world, label), world.begin_as_child, limits, name=label)
    if made.failures:  # those that were made leave by the next dispatch
        message, hint = made.failures[0]
        raise RenderError(message, hint=hint)
    now = world.wiring.clock()
    return [delivery_of(world, label)] if any(at <= now for at in made.due) else []


def delivery_of(world: WorkerContext, label: str) -> Job:
    """Return the job that delivers, on one of the connections to the mail server."""
    lane = crc32(label.encode()) % world.config.worker.mail_connections
    return Job("deliver", str(lane), priority=NOW)


def _make(world: WorkerContext, label: str) -> _ReportResult:
    view = view_of_report(world, label)
    mails = makeable(world.config, view, [one for one in view.ahead if one.until > view.now])
    plan = _plan(world, mails)
    failed = {id(one.due) for one in plan.failures}
    return _ReportResult(
        due=tuple(one.at for one in mails if id(one) not in failed),
        failures=tuple((one.message, one.hint) for one in plan.failures),
    )


def _plan(world: WorkerContext, mails: Sequence[DueMail]) -> DeliveryPlan:
    wiring, ledger = world.wiring, world.ledger
    builder = MailBuilder(
        world.config, wiring.report_service(world.store), ledger, clock=wiring.clock
    )
    context = DeliveryContext(ledger, wiring.transport(), builder, wiring.clock, world.run_id)
    return plan_mails(context, mails)


def is_upkeep_due(world: WorkerContext) -> bool:
    """Say whether the archive and the store's upkeep have their turn: once an hour."""
    last, now = Heartbeats(world.store.database).last(UPKEEP), world.wiring.clock()
    return last is None or not last <= now < last + _HOURLY


def keep_up(world: WorkerContext) -> list[Job]:
    """Index, prune and bring the archive up to date, one process at a time."""
    with world.leases.held(UPKEEP) as mine:
        if mine and is_upkeep_due(world):
            limits = world.wiring.limits()
            do_apart(lambda: _keep_up(world), world.begin_as_child, limits, name=UPKEEP)
    return []


def _keep_up(world: WorkerContext) -> None:
    Heartbeats(world.store.database).record_beat(UPKEEP, world.wiring.clock())
    tidy(world.wiring, world.store)
    failure = after_a_round(world.wiring, world.store, lambda _text: None, sent=False)
    if failure:
        world.failures.put(WorkFailure("archive", failure.message, failure.hint))
    else:
        world.failures.done("archive")
