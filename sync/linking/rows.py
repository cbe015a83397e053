"""Rows in the form in which they are compared: numbered columns, plain texts, a place in a sequence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from loopnote.notes import Entry, KnownRow

from .texts import plain

Order = tuple[str, str, int, str]
Cell = tuple[str, date | None, date | None]
Cells = tuple[tuple[tuple[str, str], ...], date | None, date | None]


@dataclass(slots=True)
class Row:
    """One row on either side: `at` is its index in the list that was given, `sheet` its file and tab.

    `texts` maps a column to its plain text; rows of equal cells share it. `standing` is 0 for a row alive in this
    source, 1 for one that is gone, and 2 for one of another source; a row just read stands at 0.
    """

    at: int
    sheet: str
    order: Order
    texts: dict[str, str]
    standing: int = 0


def order_of(entry: Entry) -> Order:
    """Return what puts rows into the order of their sheets."""
    place = entry.raw.place
    return (place.file, place.tab, place.row, place.col)


def read_entries(entries: Sequence[Entry], keep: Callable[[int], bool], reader: "Reader") -> list[Row]:
    """Return today's rows that `keep` wants (by index), in sheet order; equal places are told apart by content."""
    rows = [
        Row(at, _sheet(entry), order_of(entry), reader.texts(entry)) for at, entry in enumerate(entries) if keep(at)
    ]
    rows.sort(key=lambda row: (row.order, entries[row.at].raw.cells, row.at))
    return rows


def read_known(known: Sequence[KnownRow], keep: Callable[[int], bool], source: str, reader: "Reader") -> list[Row]:
    """Return the known rows that `keep` wants (by index), those alive in `source` first, in sheet order.

    Rows that went at one time, or that stand in another source, are a sheet of their own: their columns may bear other
    names than those of today.
    """
    rows = [_known_row(at, row, source, reader) for at, row in enumerate(known) if keep(at)]
    rows.sort(
        key=lambda row: (row.standing, row.sheet, row.order, known[row.at].entry.raw.cells, known[row.at].note_id)
    )
    return rows


def _known_row(at: int, row: KnownRow, source: str, reader: "Reader") -> Row:
    standing, sheet = 0, _sheet(row.entry)
    if row.gone is not None:
        standing, sheet = 1, f"{sheet}\t{row.source}\t{row.gone.isoformat()}"
    elif row.source != source:
        standing, sheet = 2, f"{sheet}\t{row.source}"
    return Row(at, sheet, order_of(row.entry), reader.texts(row.entry), standing)


def _sheet(entry: Entry) -> str:
    return f"{entry.raw.place.file}\t{entry.raw.place.tab}"


class Reader:
    """Reads cells, equal ones and equal rows once: most rows of a week are those of the week before."""

    def __init__(self) -> None:
        self.cells: dict[Cell, str] = {}
        self.rows: dict[Cells, dict[str, str]] = {}

    def texts(self, entry: Entry) -> dict[str, str]:
        """Return the plain texts of a row by column; a second column of one name gets a number."""
        asked = entry.raw.cells, entry.note.start_date, entry.note.end_date
        found = self.rows.get(asked)
        if found is None:
            found = self.rows[asked] = self._texts(*asked)
        return found

    def _texts(self, cells: tuple[tuple[str, str], ...], start: date | None, end: date | None) -> dict[str, str]:
        texts: dict[str, str] = {}
        for label, text in cells:
            form = self.cells.get((text, start, end))
            if form is None:
                form = self.cells[text, start, end] = plain(text, start, end)
            if form:
                texts[label if label not in texts else _another(label, texts)] = form
        return texts


def _another(label: str, texts: dict[str, str]) -> str:
    number = 2
    while f"{label}\t{number}" in texts:
        number += 1
    return f"{label}\t{number}"
