"""What is known of workers, where the store is on PostgreSQL; nothing is loaded for it
elsewhere.
"""

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from loopnote.alerts.conditions import WorkInputs
from loopnote.services.wiring import Wiring
from notes.store.store import Store

if TYPE_CHECKING:  # only where there may be workers
    from collections.abc import Callable

    from notes.store.work.failures import WorkFailure
    from notes.store.work.job_tables import QueueCount
    from notes.store.work.rate_slots import RateState
    from notes.store.work.workers import WorkerState

_NOT_WANTED = timedelta(days=1)
"""Workers that were silent for so long are taken as no longer wanted: somebody went back to cron.
"""

_LONGEST_TURN_S = 600.0
"""A person's `sync` does not renew: a reading that takes longer may be done twice, and is kept once
(ADR 0402)."""


@dataclass(frozen=True, slots=True)
class WorkStatus:
    """The workers of a store, what waits for them, the shared budgets, and what failed."""

    workers: "tuple[WorkerState, ...]" = ()
    queue: "tuple[QueueCount, ...]" = ()
    rates: "tuple[RateState, ...]" = ()
    failures: "tuple[WorkFailure, ...]" = ()


def read_work(store: Store) -> WorkStatus:
    """Return how the workers stand; nothing on SQLite, where there are none."""
    if store.database.dialect == "sqlite":
        return WorkStatus()
    from notes.store.work.failures import WorkFailures
    from notes.store.work.job_tables import queue_counts
    from notes.store.work.rate_slots import RateSlots
    from notes.store.work.workers import Workers

    database = store.database
    return WorkStatus(
        tuple(Workers(database).states()),
        tuple(queue_counts(database)),
        tuple(RateSlots(database).states()),
        tuple(WorkFailures(database).open()),
    )


def absent_workers(wiring: Wiring, store: Store) -> WorkInputs:
    """Return for how long no worker has lived, where there were some and that is too long."""
    if store.database.dialect == "sqlite":
        return WorkInputs()
    from notes.store.work.workers import Workers

    states = Workers(store.database).states()
    if not states or any(one.alive for one in states):
        return WorkInputs()
    silent = timedelta(seconds=min(one.silent_s for one in states))
    patience = timedelta(minutes=wiring.config.worker.silent_minutes)
    return WorkInputs(silent=silent if patience <= silent < _NOT_WANTED else None)


def source_turn(store: Store) -> "Callable[[str], AbstractContextManager[bool]]":
    """Return who may pull a source: one process at a time where workers may be at it."""
    if store.database.dialect == "sqlite":
        return lambda _source: nullcontext(True)
    from notes.store.work.leases import Leases

    leases = Leases(store.database, f"sync {os.getpid()} {id(store)}")
    return lambda source: leases.held(f"source {source}", seconds=_LONGEST_TURN_S)
