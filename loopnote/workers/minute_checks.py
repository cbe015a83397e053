"""Checks that one worker makes each minute: claims of dead workers are settled, the operator is
told, the ping URL is called.
"""

from datetime import timedelta

from loopnote.alerts.conditions import Failure, WorkInputs
from loopnote.commands.run_state.same_store import remember_run
from loopnote.commands.runs.failed_runs import tell_recovery
from loopnote.commands.runs.run import run_context
from loopnote.services.run import watch_once
from notes.model.deliveries import Delivery
from notes.store.store import Store
from notes.store.work.failures import WorkFailures
from notes.store.work.workers import Workers, WorkerState
from sync.pulls.child_process import Limits

from .forked_jobs import do_apart
from .worker_context import WorkerContext

_WATCH_S = 600.0
"""What looking may take: a mail server that does not answer the test of the account."""

_UNKNOWN_CLAIM = timedelta(minutes=30)
"""How long a claim of no worker (`loopnote send`) may stand: longer than a mail server may take to
answer."""


def watch(world: WorkerContext) -> None:
    """Settle the claims of dead workers, tell the operator what is wrong, and remember this run."""
    abandon_dead_claims(world)
    limits = Limits(_WATCH_S, world.config.limits.memory_mb)
    do_apart(lambda: _look(world), world.begin_as_child, limits, name="watch")


def abandon_dead_claims(world: WorkerContext) -> list[Delivery]:
    """Mark the mails in doubt whose claimer died or hangs; return them."""
    states = {one.process.id: one for one in Workers(world.shared).states()}
    ledger, now = world.ledger, world.wiring.clock()
    dead = [
        line
        for line in ledger.claims()
        if _is_dead(states.get(line.run_id.partition("/")[0]), now - line.changed)
    ]
    return [line for line in dead if ledger.abandon_claim(line, now)]


def _is_dead(claimer: WorkerState | None, age: timedelta) -> bool:
    return age > _UNKNOWN_CLAIM if claimer is None else not claimer.alive


def _look(world: WorkerContext) -> None:
    wiring, store = world.wiring, world.store
    context = run_context(wiring, store, world.run_id, progress=lambda _text: None)
    watch_once(context, failed_work(store))
    remember_run(wiring, store, world.run_id, now=wiring.clock())
    tell_recovery(wiring.loaded.path)


def failed_work(store: Store) -> WorkInputs:
    """Return what the workers gave up, as the alerts take it."""
    found = WorkFailures(store.database).open()
    reports = [one for one in found if one.key.startswith("report ")]
    archive = next((one for one in found if one.key == "archive"), None)
    others = [one for one in found if one not in reports and one is not archive]
    jobs = [one for one in others if one.given_up]
    return WorkInputs(
        failures=tuple(
            Failure(one.key.removeprefix("report "), one.message, one.hint) for one in reports
        ),
        jobs=tuple(Failure(one.key, one.message, one.hint) for one in jobs),
        archive=Failure(archive.key, archive.message, archive.hint) if archive else None,
    )
