"""Small logs written as text.

One line a row, cells between bars, an empty cell where nothing stands between them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from notes.model.notes import Note, Point, Series
from sync.contents.workbook import Area, CellError, Grid, Value, Workbook
from sync.parse_result import ParseOptions, ParseResult, join_results
from sync.parsing.logs.content import parse_content


def grid(text: str, tab: str = "Log", **more: Any) -> Grid:
    """Return a tab; `\\n` stands for a line break inside a cell, TRUE and FALSE for boxes,
    46147 for a number.
    """
    rows = [
        [_cell(cell.strip()) for cell in line.strip().strip("|").split("|")]
        for line in text.strip("\n").split("\n")
    ]
    return Grid(tab, rows, **more)


def lines(text: str) -> list[list[Value]]:
    """Return rows of cells between bars; other than `grid`, the first cell may be empty."""
    rows = text.strip("\n").split("\n")
    return [[cell.strip() or None for cell in row.split("|")] for row in rows]


def _cell(text: str) -> Value:
    if not text:
        return None
    if text in ("TRUE", "FALSE"):
        return text == "TRUE"
    if text.startswith("#") and text.endswith(("!", "?", "A")):
        return CellError(text)
    if text.isdigit():
        return int(text)
    try:
        return float(text)
    except ValueError:
        return text.replace("\\n", "\n")


def read(*grids: Grid | str, name: str = "log", options: ParseOptions | None = None) -> ParseResult:
    """Return the reading of a workbook of these tabs."""
    tabs = [grid(one) if isinstance(one, str) else one for one in grids]
    return join_results(parse_content(Workbook(name, tabs), options or ParseOptions()))


def notes(*grids: Grid | str, **more: Any) -> list[Note]:
    """Return the notes of these tabs, in order."""
    return [entry.note for entry in read(*grids, **more).entries]


def points(found: Iterable[Note]) -> list[Point]:
    """Return the numbers of these notes, in order."""
    return [
        point for note in found if isinstance(note.details, Series) for point in note.details.points
    ]


def codes(reading: ParseResult) -> list[tuple[int, str, str]]:
    """Return (row, column, code) of a reading's problems."""
    return [(problem.place.row, problem.place.col, problem.code) for problem in reading.problems]


def accounted(reading: ParseResult, grids: Sequence[Grid]) -> set[tuple[str, int]]:
    """Return the rows that no note and no reason accounts for."""
    told = {(entry.note.place.tab, entry.note.place.row) for entry in reading.entries}
    for skipped in reading.skipped:
        told.update((skipped.tab, row) for row in range(skipped.first_row, skipped.last_row + 1))
    for table in (
        reading.tables
    ):  # a note of a transposed table stands in all of its rows, and is placed at the first
        if table.kind == "transposed" and (table.tab, table.area.top) in told:
            told.update((table.tab, row) for row in range(table.area.top, table.area.bottom + 1))
    held = {
        (one.tab, row)
        for one in grids
        for row, cells in enumerate(one.rows, 1)
        if any(c is not None for c in cells)
    }
    return held - told


def area(top: int, left: int, bottom: int, right: int) -> Area:
    """Return a merged area."""
    return Area(top, left, bottom, right)
