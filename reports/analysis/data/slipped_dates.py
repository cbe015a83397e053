"""Takes away dates that the writing itself contradicts: a deed told with its result, dated to come.

A slip of the keys ("2028" for "2027") would put a note into a week that has not come, and the week
in which it was written would say that nothing was done (method §1, §2).
"""

from dataclasses import replace
from datetime import date, timedelta

from notes.model.notes import StoredNote

from .period_membership import VERDICTS

_AHEAD = timedelta(days=31)
"""How far the day of a deed may lie ahead of its told result: as far as a date without a year may
lie ahead of the day of reading (reading rules 7.7b).
"""


def without_slipped_dates(stored: StoredNote) -> StoredNote:
    """Return the note without dates, as of no known day, where its result was told long
    before them.
    """
    first, told = _first_day(stored), _result_told(stored)
    if first is None or told is None or first <= told + _AHEAD:
        return stored
    return replace(stored, note=replace(stored.note, start_date=None, end_date=None, week=""))


def _first_day(stored: StoredNote) -> date | None:
    note = stored.note
    return min((day for day in (note.start_date, note.end_date) if day), default=None)


def _result_told(stored: StoredNote) -> date | None:
    """Return the day by which a verdict or a measured number was there; None where there is
    none.
    """
    note = stored.note
    found = [name for name, is_told in (
        ("outcome", note.outcome in VERDICTS),
        ("metric", note.metric is not None and note.metric.after is not None),
    ) if is_told]  # fmt: skip
    return min((stored.written.get(name, stored.first_seen).date() for name in found), default=None)
