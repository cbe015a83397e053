"""`backup` and `erase`, and the daily clean-up of the store."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from loopnote.services.wiring import Wiring
from notes.store.delivery.alarms import Heartbeats
from notes.store.store import Store

if TYPE_CHECKING:
    from notes.store.maintenance.erasure import ErasureCounts

MARK = "(…)"
"""What stands where a name stood."""


def back_up(wiring: Wiring, path: Path) -> None:
    """Write a complete copy of the store to a new file.

    Raises:
        StoreError: it cannot be written.
    """
    with wiring.store() as store:
        store.backup(path)


def erase(wiring: Wiring, names: list[str]) -> "ErasureCounts":
    """Replace a person's names everywhere in the store; return how many records named them.

    Raises:
        StoreError: the store cannot be written.
    """
    with wiring.store() as store:
        return store.erase(names, mark=MARK)


def tidy(wiring: Wiring, store: Store) -> None:
    """Index what is new for searching.

    Once a day, delete what is older than the configuration keeps.
    """
    store.bring_index_up_to_date()
    now, heartbeats, settings = wiring.clock(), Heartbeats(store.database), wiring.config.store
    last = heartbeats.last("prune")
    if last is not None and now - last < timedelta(days=1):
        return
    heartbeats.record_beat("prune", now)
    store.prune(now, gone_days=settings.keep_gone_days, versions_days=settings.keep_versions_days)
