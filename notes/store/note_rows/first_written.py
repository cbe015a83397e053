"""First-seen times of field texts, and the span of days on which a note can matter.

`written` is kept as a mapping of field name to instant text. The name "*" stands for every filled
field that is not named: a note that appeared after its source's first reading carries it. A note of
the first reading has none: nobody knows when its texts were written.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from notes.model.notes import Note, Series
from notes.model.periods import Week
from notes.store.sql.stored_values import instant_text

EVERY = "*"
"""The entry for all fields of a note that was written at once."""
OPEN_END = date.max
"""A note that can still matter on any later day."""

WrittenTimes = Mapping[str, str]


def initial_times(now: datetime, *, first_reading: bool) -> WrittenTimes:
    """Return what is known of a note that has just appeared."""
    return {} if first_reading else {EVERY: instant_text(now)}


def updated_times(
    before: WrittenTimes, emptied: set[str], filled: set[str], *, now: datetime
) -> WrittenTimes:
    """Return what is known after some fields were emptied, and others filled or changed."""
    kept = {name: at for name, at in before.items() if name not in emptied}
    return kept | dict.fromkeys(sorted(filled), instant_text(now))


def times_by_field(written: WrittenTimes, filled: Iterator[str] | list[str]) -> dict[str, datetime]:
    """Return the instants by field, each filled field named."""
    every = written.get(EVERY)
    named = dict.fromkeys(filled, every) if every else {}
    named.update({name: at for name, at in written.items() if name != EVERY})
    return {name: datetime.fromisoformat(at) for name, at in named.items() if at}


def days_touched(
    note: Note, written: WrittenTimes, gone: datetime | None = None
) -> tuple[str | None, str | None]:
    """Return the first and last day on which the note can matter; None for both when none is known.

    Instants count for every day they can be anywhere on earth: the team's zone is not the store's
    business.
    """
    return days_touched_by_span(span_of(note, runs=not gone), written, gone)


def span_of(note: Note, *, runs: bool = True) -> tuple[str | None, str | None]:
    """Return the first and last day that a note itself names, as text.

    None for both when it names none.
    """
    days = [*_dated(note, runs=runs), *_week(note), *_points(note)]
    return (min(days).isoformat(), max(days).isoformat()) if days else (None, None)


def days_touched_by_span(
    span: tuple[str | None, str | None], written: WrittenTimes, gone: datetime | None = None
) -> tuple[str | None, str | None]:
    """Return the days of `days_touched` from the span of the note itself."""
    if not written and gone is None:
        return span
    instants = [datetime.fromisoformat(text) for text in written.values()] + (
        [gone] if gone else []
    )
    days = [day for day in span if day] + [day.isoformat() for day in _around(instants)]
    return (min(days), max(days)) if days else (None, None)


def days_touched_when_gone(first: str | None, last: str | None, gone: datetime) -> tuple[str, str]:
    """Return the span of days with the day on which the note vanished.

    A trial that was running ends there.
    """
    before, after = (day.isoformat() for day in _around([gone]))
    if last is None or last == OPEN_END.isoformat():
        last = after
    return min(first or before, before), max(last, after)


def _dated(note: Note, *, runs: bool) -> Iterator[date]:
    if note.start_date:
        yield note.start_date
    if note.end_date:
        yield note.end_date
    elif note.start_date and note.outcome == "running" and runs:
        yield OPEN_END


def _week(note: Note) -> Iterator[date]:
    yield from _days_of_week(note.week) if note.week else ()


@lru_cache(maxsize=1024)
def _days_of_week(text: str) -> tuple[date, ...]:
    try:
        week = Week.parse(text)
    except ValueError:
        return ()
    return week.first, week.last


def _points(note: Note) -> Iterator[date]:
    if not isinstance(note.details, Series):
        return
    for point in note.details.points:
        if point.day:
            yield point.day
            if point.label:
                yield point.day + timedelta(days=30)  # a label may name a week or a month


def _around(instants: Iterable[datetime]) -> Iterator[date]:
    for instant in instants:
        yield (instant - timedelta(hours=12)).date()
        yield (instant + timedelta(hours=14)).date()
