"""The period to which each statement of a note belongs (method §2), and the note's day.

An activity belongs to the weeks that its dates touch; a number to the day it was measured; an
outcome and a look back to the note's end, or to the day they were written where that was later; a
learning and its application to the day they were written. `StoredNote.written` must tell when each
field first said what it says (`reports.analysis.data.written_times`).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from notes.model.notes import Note, Series, StoredNote
from notes.model.periods import Period, Week
from reports.analysis.text.vocabulary import contains_term

ENTRIES = ("execution", "retrospective", "outcome", "learned", "applied_to", "metric")
"""Fields whose writing is an entry of the log; a number filled in is an outcome in figures."""

_CARRIED_OUT = ("success", "failure", "running")
"""Outcomes of a note that was carried out at least in part; "보류" and "on hold" are read as
inconclusive and may stand beside what nobody began.
"""
VERDICTS = frozenset({"success", "failure", "inconclusive"})
"""Outcomes by which a team judges what it did."""
_FINAL = VERDICTS | {"dropped"}
"""Outcomes after which a note no longer runs."""
NOT_OVER = frozenset({"running", "planned"})
"""Outcomes by which the log says that a trial is not over, whatever its dates."""
_LATE = timedelta(days=7)
"""An outcome or retrospective written within a week of the note's end belongs to that end (method
§2).
"""
_NOON = 12
"""Hour on a Monday before which what is first seen belongs to the week that ended (ADR 0610): that
Monday's page is made from it.
"""


def is_in_period_span(stored: StoredNote, period: Period, zone: ZoneInfo) -> bool:
    """Return whether the note's activity belongs to the period.

    Mail, archive and `notes --week` all count by it.
    """
    return any(day in period for day in days_of(stored, zone))


def is_of(stored: StoredNote, period: Period, zone: ZoneInfo) -> bool:
    """Return whether a record of any kind belongs to a period: a number table by its points.

    Records of other kinds count like notes.
    """
    details = stored.note.details
    if isinstance(details, Series):
        return any(point.day is not None and point.day in period for point in details.points)
    return is_in_period_span(stored, period, zone)


def days_of(stored: StoredNote, zone: ZoneInfo) -> Iterator[date]:
    """Yield every day by which the note belongs to a period: its own and those of its entries.

    A note without any date stands on the day its execution was first written, else on that of its
    first entry; one that was there, undated, at the source's first reading belongs to no period.
    """
    own = tuple(own_days(stored.note))
    yield from own
    if not own:
        first = written_day(stored, "execution", zone) or min(_entries(stored, zone), default=None)
        if first is not None:
            yield first
        return
    end = ended(stored, zone)
    for day in _entries(stored, zone):
        if min(own) <= day and (end is None or day <= end):
            yield day


def _entries(stored: StoredNote, zone: ZoneInfo) -> Iterator[date]:
    for name in ENTRIES:
        if name in stored.written:
            yield told_day(stored.written[name], zone)


def ended(stored: StoredNote, zone: ZoneInfo) -> date | None:
    """Return the day the note ended; None while it runs, is planned, or has no date.

    Its end date; else, of a trial that was seen to run before, the day its verdict or its number
    was written; else the Sunday of its week, or its one date.
    """
    note = stored.note
    if note.end_date:
        return note.end_date
    if note.outcome in NOT_OVER:
        return None
    result = _result_written(stored, zone)
    if (
        result is not None
        and note.start_date
        and result > max(note.start_date, told_day(stored.first_seen, zone))
    ):
        return result
    week = week_of(note)
    return week.last if week else note.start_date


def says_it_is_over(stored: StoredNote) -> bool:
    """Return whether the log itself says that a note is over: an end, a week, a verdict, a look
    back.

    One date alone is a start that nothing has ended (method §1: unmarked is not finished); the week
    of that day, which every reading fills in, says no more.
    """
    note = stored.note
    if note.outcome in NOT_OVER:
        return False
    over = note.end_date or note.outcome in _FINAL or note.retrospective
    return bool(over or (week_of(note) and not note.start_date))


def _result_written(stored: StoredNote, zone: ZoneInfo) -> date | None:
    """Return the day on which a verdict or a number, whichever was later, first stood there."""
    verdict = written_day(stored, "outcome", zone) if stored.note.outcome in _FINAL else None
    metric = stored.note.metric
    given = metric is not None and metric.tells_what_came
    number = written_day(stored, "metric", zone) if given else None
    return max((day for day in (verdict, number) if day is not None), default=None)


def measured_on(stored: StoredNote, zone: ZoneInfo) -> date | None:
    """Return the day of the note's number; None where unknown.

    Its end date; the one day of a row that came with its number; else the day it was first
    written.
    """
    if stored.note.end_date:
        return stored.note.end_date
    day = max(own_days(stored.note), default=None)
    if day is not None and stored.written.get("metric") == stored.first_seen:
        return day  # the whole row was there at once: it tells of its own day, however late
    return _by_end(stored, "metric", zone)


def concluded_on(stored: StoredNote, zone: ZoneInfo) -> date | None:
    """Return the day of the note's outcome."""
    return _by_end(stored, "outcome", zone)


def looked_back_on(stored: StoredNote, zone: ZoneInfo) -> date | None:
    """Return the day of the note's retrospective."""
    return _by_end(stored, "retrospective", zone)


def _by_end(stored: StoredNote, name: str, zone: ZoneInfo) -> date | None:
    """Return the note's end if the field was written within a week of it, else the day written.

    A note that names only its start and stood in the log before names no end: the day written.
    """
    end, written = ended(stored, zone), written_day(stored, name, zone)
    if written is None:
        return end or max(own_days(stored.note), default=None)
    if _names_only_a_start(stored.note) and written > told_day(stored.first_seen, zone):
        return max(written, end or written)
    return end if end is not None and written <= end + _LATE else written


def _names_only_a_start(note: Note) -> bool:
    return bool(note.start_date and not note.end_date and week_of(note) is None)


def learned_on(stored: StoredNote, zone: ZoneInfo) -> date | None:
    """Return the day the learning was first written.

    The note's day, if the learning was there at the first reading.
    """
    return written_day(stored, "learned", zone) or _own_end(stored, zone)


def applied_on(stored: StoredNote, zone: ZoneInfo) -> date | None:
    """Return the day the note's own cell first said that its learning was applied.

    As in `learned_on`, the note's day if it was there at the first reading.
    """
    return written_day(stored, "applied_to", zone) or _own_end(stored, zone)


def stopped_on(stored: StoredNote, zone: ZoneInfo) -> date | None:
    """Return the day on which the log first said that an activity is stopped; None where it is not.

    A stop is a commitment: it belongs to the day it was written (method §2), so that one typed
    later changes no week that was told. One that was there at the first reading has the note's day.
    """
    note = stored.note
    if note.outcome == "dropped":
        name = "outcome"
    elif note.next_kind == "stop" and is_executed(note):
        name = "next_kind"
    else:
        return None
    return written_day(stored, name, zone) or _own_end(stored, zone)


def _own_end(stored: StoredNote, zone: ZoneInfo) -> date | None:
    return ended(stored, zone) or max(own_days(stored.note), default=None)


def written_day(stored: StoredNote, name: str, zone: ZoneInfo) -> date | None:
    """Return the day a field first said what it says; None where unknown."""
    at = stored.written.get(name)
    return None if at is None else told_day(at, zone)


def told_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the day to which something first seen at an instant belongs.

    Monday before noon belongs to the week that ended.
    """
    local = instant.astimezone(zone)
    morning = local.weekday() == 0 and local.hour < _NOON
    return local.date() - timedelta(days=1) if morning else local.date()


def is_undated(stored: StoredNote, zone: ZoneInfo) -> bool:
    """Return whether the note has no date and was there at the first reading: it has no period."""
    return next(days_of(stored, zone), None) is None


def own_days(note: Note) -> Iterator[date]:
    """Yield the days that the log itself names: start, end, the Thursday of a stated week."""
    if note.start_date:
        yield note.start_date
    if note.end_date:
        yield note.end_date
    week = week_of(note)
    if week:
        yield week.first + timedelta(days=3)


def week_of(note: Note) -> Week | None:
    """Return the week that the log states; None without one, or if it does not exist."""
    return _week_named(note.week) if note.week else None


@lru_cache(maxsize=1024)
def _week_named(text: str) -> Week | None:
    """Return a week by its name: each note is asked for its week many times, and weeks are few."""
    try:
        return Week.parse(text)
    except ValueError:
        return None


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the day of an instant in a zone."""
    return instant.astimezone(zone).date()


def day_of(stored: StoredNote, zone: ZoneInfo) -> date:
    """Return the note's day: its end, start, its week's Sunday, else the day it was first seen."""
    note = stored.note
    week = week_of(note)
    return (
        note.end_date
        or note.start_date
        or (week.last if week else local_day(stored.first_seen, zone))
    )


def start_day_of(stored: StoredNote, zone: ZoneInfo) -> date:
    """Return the day the note began: its start, end, its week's Monday, else when first seen."""
    note = stored.note
    week = week_of(note)
    return (
        note.start_date
        or (week.first if week else None)
        or note.end_date
        or local_day(stored.first_seen, zone)
    )


def is_silent(stored: StoredNote, period: Period, zone: ZoneInfo) -> bool:
    """Return whether the note runs through the whole period without an entry (조용한 실험)."""
    note = stored.note
    if note.start_date is None or note.start_date >= period.first or note.outcome == "planned":
        return False
    runs_on = note.end_date > period.last if note.end_date else note.outcome == "running"
    return runs_on and not is_in_period_span(stored, period, zone)


def runs_on(note: Note, period: Period) -> bool:
    """Return whether the log says that a trial runs: by its outcome, or by an end still to come."""
    if note.outcome:
        return note.outcome == "running"
    return bool(note.end_date and note.end_date > period.last and is_executed(note))


def is_executed(note: Note) -> bool:
    """Return whether the log says that something was done.

    By an execution, a verdict on a trial or a retrospective; by a number that came of it or what
    was learned from it, where the log has no words for the deed but its name. What was put off may
    never have begun, and what was dropped is told in the words of its plan: that needs what came
    of it.
    """
    if note.outcome == "planned" or _only_looks_back(note):
        return False
    metric = note.metric
    measured = metric is not None and metric.tells_what_came
    if note.outcome == "dropped":
        return bool(note.execution) and (measured or bool(note.retrospective or note.learned))
    if note.execution or note.outcome in _CARRIED_OUT:
        return True
    if note.retrospective and not contains_term("blocked", note.retrospective):
        return True
    return bool(note.title) and (measured or bool(note.learned))


def _only_looks_back(note: Note) -> bool:
    """Return whether a note is a retrospective alone: what went well and what did not, of a sprint
    or a week, beside no deed, verdict or name.
    """
    if note.execution or note.title or note.hypothesis or note.outcome:
        return False
    told = f"{note.success_factors}\n{note.failure_factors}".split()
    return bool(told) and set(note.retrospective.split()) <= set(told)


def is_finished(note: Note, period: Period) -> bool:
    """Return whether the note is over at the period's end: a verdict, or an end date reached.

    What the log calls running or planned is not over, however its planned end has passed.
    """
    if note.outcome in NOT_OVER:
        return False
    return note.outcome in _FINAL or bool(note.end_date and note.end_date <= period.last)
