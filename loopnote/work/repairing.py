"""What two snapshots cannot decide, a person can: joins and splits, kept over later syncs and undoable."""

from loopnote.store.repair import Repair
from loopnote.wiring import Wiring

from .recording import recorded


def join(wiring: Wiring, one: str, other: str) -> str:
    """Make two notes one; return the id that stays.

    Raises:
        StoreError: they cannot be joined.
    """
    with wiring.store() as store, recorded(wiring, store, "join") as record:
        return store.join(one, other, record.run_id, wiring.clock())


def split(wiring: Wiring, note_id: str, *, version: int | None) -> str:
    """Give the row that a note holds an id of its own; return it.

    Raises:
        StoreError: it cannot be split.
    """
    with wiring.store() as store, recorded(wiring, store, "split") as record:
        return store.split(note_id, record.run_id, wiring.clock(), version=version)


def undo_repair(wiring: Wiring, repair: int) -> Repair:
    """Undo a join or split.

    Raises:
        StoreError: it cannot be undone.
    """
    with wiring.store() as store, recorded(wiring, store, "undo") as record:
        return store.undo_repair(repair, record.run_id, wiring.clock())


def repairs(wiring: Wiring) -> list[Repair]:
    """Return all joins and splits, oldest first."""
    with wiring.store() as store:
        return store.repairs()
