"""Rows and links, made short."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from notes.model.notes import Entry, Link, LinkHow, Note, Place, RawRow

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def weeks_later(count: float) -> datetime:
    """Return a Monday so many weeks after the first."""
    return MONDAY + timedelta(weeks=count)


def entry(row: int, goal: str, *, tab: str = "2월", native_id: str = "", **fields: Any) -> Entry:
    """Return a row whose cells say what its note says."""
    place = Place(page_id=native_id) if native_id else Place(tab=tab, row=row)
    note = Note(
        kind=fields.pop("kind", "experiment"),
        place=place,
        url=f"https://log/{tab}/{row}",
        goal=goal,
        **fields,
    )
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    cells = (("목표", goal), *((name, text) for name, text in texts.items() if text))
    return Entry(RawRow(place, cells, native_id), note)


def new(*entries: Entry) -> list[Link]:
    """Return links of rows that were never seen."""
    return [Link(each, "", "new") for each in entries]


def same(entry: Entry, note_id: str, how: LinkHow = "exact", **link: Any) -> Link:
    """Return the link of a row that continues a note."""
    return Link(entry, note_id, how, **link)


def moved(entry: Entry, *, row: int, tab: str = "") -> Entry:
    """Return the same row elsewhere."""
    place = replace(entry.raw.place, row=row, tab=tab or entry.raw.place.tab)
    return Entry(replace(entry.raw, place=place), replace(entry.note, place=place))
