"""A log that changes: at each step rows come, change, move, vanish and return."""

from collections.abc import Iterable

from fakes.entries import entry

from notes.model.notes import Entry, KnownRow, Link


def edition(step: int) -> list[Entry]:
    """Return the log as it stands at a step; every row has an id of the team's own."""
    rows = [number for number in range(60) if (number * 7 + step) % 11 and number <= 20 + step * 2]
    return [
        entry(
            place + 2,
            f"goal {number}",
            key=f"K{number}",
            retrospective=f"written in {step // 4}" if number % 3 == 0 else "",
            tab="2월" if number % 5 or step < 15 else "보관",
        )
        for place, number in enumerate(rows)
    ]


def edition_links(step: int, known: Iterable[KnownRow]) -> list[Link]:
    """Return the log of a step, each row linked to the note that has its id."""
    ids = {row.entry.note.key: row.note_id for row in known}
    return [Link(row, ids.get(row.note.key, ""), "key") for row in edition(step)]
