"""`backup`, and the daily clean-up of the store."""

from datetime import timedelta
from pathlib import Path

from loopnote.services.wiring import Wiring
from notes.store.delivery.alarms import Heartbeats
from notes.store.store import Store


def back_up(wiring: Wiring, path: Path) -> None:
    """Write a complete copy of the store to a new file, as it is: an older version's is not
    migrated first.

    So a backup that a new version makes is a way back to the old one, too (ADR 0940).

    Raises:
        StoreMissingError: there is no store.
        StoreError: it cannot be written.
    """
    with wiring.open_store(create=False, migrate=False) as store:
        store.backup(path)


_SIGHTED = "prune"
_PRUNE_AFTER = timedelta(days=2)
"""What is deleted was old enough two days before, too: a clock wrong for a day deletes nothing."""

_STALE_SIGHTING = timedelta(days=40)
"""A sighting as old as this (a little over the longest silence between two runs) is not trusted: it
is made anew."""


def tidy(wiring: Wiring, store: Store) -> None:
    """Index what is new for searching; delete what is older than the configuration keeps.

    That needs two sightings days apart; deleted is what was old enough at the first (ADR 0814).
    """
    store.bring_index_up_to_date()
    now, heartbeats, settings = wiring.clock(), Heartbeats(store.database), wiring.config.store
    sighted = heartbeats.last(_SIGHTED)
    if sighted is not None and timedelta(0) <= now - sighted < _PRUNE_AFTER:
        return
    if sighted is not None and _PRUNE_AFTER <= now - sighted <= _STALE_SIGHTING:
        store.prune(
            sighted,
            gone_days=settings.keep_gone_days,
            versions_days=settings.keep_versions_days,
        )
    heartbeats.record_beat(_SIGHTED, now)
