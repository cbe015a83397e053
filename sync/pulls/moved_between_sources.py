"""Joins rows that moved between two sources of a team where the new place was read first.

Each source is linked on its own, against its own rows and those that have gone. A row that left a
source after its new place had been read is still a new note there; when all sources have been read,
the two are put together.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from notes.model.notes import KnownRow, StoredNote
from notes.store.store import Store

from .pull import PullResult


def join_moved_rows(
    store: Store, pulled: Iterable[PullResult], *, run_id: str, now: datetime
) -> int:
    """Join rows that left one source of a team and appeared in another in this run.

    Return the count.

    Only sure links are taken; a join can be undone like any other.
    """
    results = list(pulled)
    joined = 0
    for team in dict.fromkeys(one.team for one in results):
        came = {one.source for one in results if one.team == team and one.counts.new}
        went = {one.source for one in results if one.team == team and one.counts.gone}
        if came and went and len(came | went) > 1:
            joined += _join_team(store, team, came, went=went, run_id=run_id, now=now)
    return joined


def _join_team(
    store: Store, team: str, came: set[str], *, went: set[str], run_id: str, now: datetime
) -> int:
    notes = [one for one in store.notes(team=team, include_gone=True) if not one.raw.native_id]
    gone = [one for one in notes if one.gone == now and one.source in went]
    joined = 0
    for source in sorted(came):
        new = [
            one
            for one in notes
            if one.source == source and one.gone is None and one.first_seen == now
        ]
        joined += _join_sure(
            store,
            [one for one in gone if one.source != source],
            new,
            source=source,
            run_id=run_id,
            now=now,
        )
    return joined


def _join_sure(
    store: Store,
    gone: Sequence[StoredNote],
    new: Sequence[StoredNote],
    *,
    source: str,
    run_id: str,
    now: datetime,
) -> int:
    from sync.matching.row_links import link_rows

    known = [KnownRow(one.id, one.source, one.entry, one.gone) for one in gone]
    found = link_rows(known, [one.entry for one in new], source=source, now=now)
    pairs = [
        (one.note_id, stored.id)
        for one, stored in zip(found, new, strict=True)
        if one.note_id and one.sure
    ]
    for old, fresh in pairs:
        store.join(old, fresh, run_id, now=now)
    return len(pairs)
