"""What two snapshots cannot decide, a person can: joins and splits, kept over later syncs and undoable."""

from loopnote.store.repair import Repair
from loopnote.wiring import Wiring


def join(wiring: Wiring, one: str, other: str) -> str:
    """Make two notes one; return the id that stays.

    Raises:
        StoreError: they cannot be joined.
    """
    with wiring.store() as store:
        now = wiring.clock()
        run_id = store.begin_run("join", now)
        kept = store.join(one, other, run_id, now)
        store.end_run(run_id, now, ok=True)
        return kept


def split(wiring: Wiring, note_id: str, *, version: int | None) -> str:
    """Give the row that a note holds an id of its own; return it.

    Raises:
        StoreError: it cannot be split.
    """
    with wiring.store() as store:
        now = wiring.clock()
        run_id = store.begin_run("split", now)
        new = store.split(note_id, run_id, now, version=version)
        store.end_run(run_id, now, ok=True)
        return new


def undo_repair(wiring: Wiring, repair: int) -> Repair:
    """Undo a join or split.

    Raises:
        StoreError: it cannot be undone.
    """
    with wiring.store() as store:
        now = wiring.clock()
        run_id = store.begin_run("undo", now)
        undone = store.undo_repair(repair, run_id, now)
        store.end_run(run_id, now, ok=True)
        return undone


def repairs(wiring: Wiring) -> list[Repair]:
    """Return all joins and splits, oldest first."""
    with wiring.store() as store:
        return store.repairs()
