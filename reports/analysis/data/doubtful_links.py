"""What a report does not count where it is not sure which note a row goes on (ADR 0253).

A row that changed much may be the note it was taken for, another one or a new one. What is right
either way is told; what would be false one way is kept out, and the page says how many rows it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from notes.model.notes import StoredNote
from notes.model.periods import Period

from .period_membership import told_day

Rivals = Mapping[str, Sequence[str]]
"""The ids of the notes that a note of an unsure link may also be, by its id."""


def without_doubtful_times(stored: StoredNote, rivals: Iterable[StoredNote]) -> StoredNote:
    """Return the note without the instants of what one of its rivals said as well.

    If the row goes on that rival, the text is as old as that one's: nobody knows when it was
    written.
    """
    others = [one.note for one in rivals]
    written = {
        name: at
        for name, at in stored.written.items()
        if not any(_says(stored, other, name) for other in others)
    }
    return stored if len(written) == len(stored.written) else replace(stored, written=written)


def _says(stored: StoredNote, other: object, name: str) -> bool:
    mine = getattr(stored.note, name, None)
    return bool(mine) and getattr(other, name, None) == mine


def contested_in(
    notes: Iterable[StoredNote], rivals: Rivals, period: Period, *, zone: ZoneInfo
) -> frozenset[str]:
    """Return the ids of the notes of which this period's entries may be another's, or the other
    way round.

    The notes whose row was recognised in the period without being sure, and their rivals.
    """
    doubted = [one.id for one in notes if not one.sure and told_day(one.changed, zone) in period]
    return frozenset(doubted).union(*(rivals.get(note_id, ()) for note_id in doubted))
