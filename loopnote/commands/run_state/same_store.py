"""What a run remembers outside of the store, and whether the store still knows the run before
(ADR 0812).
"""

from datetime import datetime

from loopnote.config.contact import contact_tables
from loopnote.services.run_memory import (
    KnownStore,
    RunMemory,
    address_digest,
    settled,
    write_memory,
)
from loopnote.services.wiring import ACCEPT_HINT, Wiring
from notes.model.errors import StoreError
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from notes.system.clock import utc_minute


def check_same_store(wiring: Wiring, store: Store, now: datetime) -> None:
    """See that the store knows the last run, so that nothing is sent again from an old or another
    one.

    Where a person accepts the store as it is, what was sent is written into its ledger.

    Raises:
        StoreError: it does not know that run.
    """
    memory = wiring.memory()
    known = memory.store
    if known is None or store.knows_run(known.run_id):
        return
    if not wiring.accept_store:
        raise StoreError(
            f"the store {store.database.where} does not know the last run, of "
            f"{utc_minute(known.at)} UTC"
            f" in {known.where}: it is older, or another one",
            hint=ACCEPT_HINT,
        )
    Deliveries(store.database).take_over(memory.sent, now)


def remember_run(wiring: Wiring, store: Store, run_id: str, *, now: datetime) -> None:
    """Remember this run, the mails that are settled, and whom to tell of trouble; for whoever
    holds the run lock.
    """
    url = wiring.store_url()
    lines = Deliveries(store.database).latest().values()
    memory = wiring.memory()
    write_memory(
        wiring.loaded.path,
        RunMemory(
            store=KnownStore(address_digest(url), store.database.where, run_id, now),
            sent=settled(lines, now),
            contact=contact_tables(wiring.config),
            troubles=memory.troubles,
        ),
    )


def remember_first(wiring: Wiring, store: Store, run_id: str, *, now: datetime) -> None:
    """Remember the store after a command that wrote to it, where no run is remembered yet."""
    if wiring.memory().store is None:
        remember_run(wiring, store, run_id, now=now)
