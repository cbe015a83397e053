"""Which notes belong to a period (METHOD.md §2), and the day that a note stands for."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from notes.model.notes import Note, StoredNote
from notes.model.periods import Period, Week

ENTRIES = ("execution", "retrospective", "outcome", "learned", "applied_to", "metric")
"""The fields whose writing is an entry; a number filled in is the outcome in figures."""

_RAN = ("success", "failure", "inconclusive", "running", "dropped")
_FINAL = ("success", "failure", "inconclusive", "dropped")


def is_in_period_span(stored: StoredNote, period: Period, zone: ZoneInfo) -> bool:
    """Tell whether the note started, ended or was executed in the period, or an entry was written in it."""
    return any(day in period for day in days_of(stored, zone))


def days_of(stored: StoredNote, zone: ZoneInfo) -> Iterator[date]:
    """Give every day by which the note belongs to a period.

    Its own days and those of its entries.
    """
    yield from own_days(stored.note)
    for name in ENTRIES:
        if name in stored.written:
            yield local_day(stored.written[name], zone)


def own_days(note: Note) -> Iterator[date]:
    """Give the days that the log itself names: start, end, and the Thursday of a stated week."""
    if note.start_date:
        yield note.start_date
    if note.end_date:
        yield note.end_date
    week = week_of(note)
    if week:
        yield week.first + timedelta(days=3)


def week_of(note: Note) -> Week | None:
    """Return the week that the log states, None where it states none that exists."""
    try:
        return Week.parse(note.week) if note.week else None
    except ValueError:
        return None


def is_written_in(
    stored: StoredNote, period: Period, zone: ZoneInfo, fields: tuple[str, ...] = ENTRIES
) -> bool:
    """Tell whether one of the fields got its present text in the period, in the team's zone."""
    return any(
        name in stored.written and local_day(stored.written[name], zone) in period
        for name in fields
    )


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the day that an instant is in a zone."""
    return instant.astimezone(zone).date()


def day_of(stored: StoredNote, zone: ZoneInfo) -> date:
    """Return the day the note stands for.

    Its end, its start, its week's Sunday, else the day it was first seen.
    """
    note = stored.note
    week = week_of(note)
    return (
        note.end_date
        or note.start_date
        or (week.last if week else local_day(stored.first_seen, zone))
    )


def start_day_of(stored: StoredNote, zone: ZoneInfo) -> date:
    """Return the day the note began.

    Its start, its end, its week's Monday, else the day it was first seen.
    """
    note = stored.note
    week = week_of(note)
    return (
        note.start_date
        or (week.first if week else None)
        or note.end_date
        or local_day(stored.first_seen, zone)
    )


def is_silent(stored: StoredNote, period: Period, zone: ZoneInfo) -> bool:
    """Tell whether the note runs on through the whole period without an entry (조용한 실험)."""
    note = stored.note
    if note.start_date is None or note.start_date >= period.first or note.outcome == "planned":
        return False
    runs_on = note.end_date > period.last if note.end_date else note.outcome == "running"
    return runs_on and not is_in_period_span(stored, period, zone)


def is_executed(note: Note) -> bool:
    """Tell whether the log says that something was done.

    An execution, a verdict or a look back, not just a plan.
    """
    if note.outcome == "planned":
        return False
    if note.outcome == "dropped":
        return bool(note.execution)
    return bool(note.execution or note.retrospective) or note.outcome in _RAN


def is_finished(note: Note, period: Period) -> bool:
    """Tell whether the note is over at the period's end: a verdict, or an end date reached."""
    return note.outcome in _FINAL or bool(
        note.end_date and note.end_date <= period.last and note.outcome != "planned"
    )
