"""`join`, `split` and `undo`: manual corrections of identity.

They are kept over later syncs and can be undone.
"""

from loopnote.commands.run_state.run_records import record_run
from loopnote.services.wiring import Wiring
from notes.store.note_rows.manual_links import ContinuedSource, ManualLink


def join(wiring: Wiring, one: str, other: str) -> str:
    """Merge two notes; return the id that stays.

    Raises:
        StoreError: they cannot be joined.
    """
    with wiring.store() as store, record_run(wiring, store, "join") as record:
        return store.join(one, other, record.run_id, now=wiring.clock())


def split(wiring: Wiring, note_id: str, *, version: int | None) -> str:
    """Give a note's present row a new id; return it.

    Raises:
        StoreError: it cannot be split.
    """
    with wiring.store() as store, record_run(wiring, store, "split") as record:
        return store.split(note_id, record.run_id, wiring.clock(), version=version)


def undo_manual_link(wiring: Wiring, repair: int) -> ManualLink:
    """Undo a join or split.

    Raises:
        StoreError: it cannot be undone.
    """
    with wiring.store() as store, record_run(wiring, store, "undo") as record:
        return store.undo_manual_link(repair, record.run_id, wiring.clock())


def part_source(wiring: Wiring, source: str, former: str) -> int:
    """Undo that a source continues another; return how many rows got new ids.

    Raises:
        StoreError: no note of the one came from the other.
    """
    with wiring.store() as store, record_run(wiring, store, "undo") as record:
        return store.part_source(source, former, record.run_id, now=wiring.clock())


def manual_links(wiring: Wiring) -> list[ManualLink]:
    """Return all joins and splits, oldest first."""
    with wiring.store() as store:
        return store.manual_links()


def continued_sources(wiring: Wiring) -> list[ContinuedSource]:
    """Return which sources hold notes that came from another one, by name."""
    with wiring.store() as store:
        return store.continued_sources()
