"""Searchable fields of a note: its texts, the conditions it meets, and how the index writes these
and its day.

Used by the terminal's search and by the archive's.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from hashlib import blake2b

from notes.model.notes import Note, StoredNote
from notes.model.periods import Week
from notes.store.note_rows.first_written import days_touched

SearchCondition = tuple[str, str]
"""A condition: one of team, week, person, outcome, tag; and a value as `fold_value` writes it."""


def searchable_texts(found: StoredNote) -> Iterator[str]:
    """Yield everything the row says, and what its note says beyond that."""
    cells = [value for _, value in found.raw.cells]
    yield from cells
    said = set(cells)
    for name in _TEXT_FIELDS:
        value = getattr(found.note, name)
        for part in (value,) if isinstance(value, str) else value:
            if part not in said:
                yield part


_TEXT_FIELDS = tuple(
    field.name
    for field in fields(Note)
    if field.name not in {"kind", "url", "outcome", "next_kind", "flow"}
    and field.type in {str, tuple[str, ...]}
)
"""What a search looks at: all texts that people wrote, no codes and no addresses."""


def search_conditions(found: StoredNote) -> Iterator[SearchCondition]:
    """Yield the conditions that a note meets; the same one perhaps twice."""
    note = found.note
    yield "team", fold_value(found.team)
    yield from (("week", fold_value(week)) for week in weeks_of(note))
    yield from (("person", fold_value(name)) for name in (*note.owners, *note.people))
    yield from (("tag", fold_value(tag)) for tag in note.tags)
    if note.outcome:
        yield "outcome", note.outcome


def fold_value(value: str) -> str:
    """Return a condition's value for comparison: lower case, without spaces."""
    return "".join(value.split()).casefold()


def weeks_of(note: Note) -> list[str]:
    """Return the weeks of a note's dates, and the one it states."""
    return sorted(
        {str(Week.containing(day)) for day in days_of(note)} | ({note.week} if note.week else set())
    )


def days_of(note: Note) -> list[date]:
    """Return the days that a note states, the first and the last."""
    return [day for day in (note.start_date, note.end_date) if day]


def day_of(found: StoredNote) -> str:
    """Return the day by which notes are ordered, the first that one can matter on.

    "" when none is known.
    """
    written = {name: at.isoformat() for name, at in found.written.items()}
    return days_touched(found.note, written, found.gone)[0] or ""


def condition_word(kind: str, value: str) -> str:
    """Return the word under which a team, week, person, outcome or tag is indexed."""
    return (
        kind[0]
        + blake2b(f"{kind}:{fold_value(value)}".encode(errors="replace"), digest_size=8).hexdigest()
    )


def first_number(day: date) -> int:
    """Return the number below which all documents of earlier days are, and those without a day."""
    return day.toordinal() << DAY_BITS


DAY_BITS = 21
"""Bits for the notes of one day: 2 million; with the day number it stays far below 63 bits."""
