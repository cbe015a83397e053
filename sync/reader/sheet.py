"""A tab as the reader looks at it: clean texts, merges resolved, hidden columns out of sight."""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.grid import Area, Grid, Value

from .cells.text import clean

_HEAVY = 400


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A grid with clean cells.

    `rows[0]` is sheet row 1; every row is as wide as `width`. `inherited` holds the cells that a merge gives their
    value from above; `spans` the merged stretches of one row, by row, as (first column, last column).
    """

    grid: Grid
    rows: list[list[Value]]
    width: int
    inherited: frozenset[tuple[int, int]]
    spans: dict[int, tuple[tuple[int, int], ...]]
    tall: frozenset[tuple[int, int]]

    @property
    def tab(self) -> str:
        """The tab's name."""
        return self.grid.tab

    def hidden(self, row: int) -> bool:
        """Whether the sheet row is hidden."""
        return row in self.grid.hidden_rows

    def widest_span(self, row: int) -> int:
        """Return how many columns the widest merge of that sheet row covers, 1 without one."""
        return max((last - first + 1 for first, last in self.spans.get(row, ())), default=1)


def look_at(grid: Grid) -> Sheet:
    """Return the grid with clean texts: empty strings are None, tall merges give their value to every row."""
    width = min(max((len(row) for row in grid.rows), default=0), _HEAVY)
    rows = [_clean_row(row, width) for row in grid.rows]
    for column in grid.hidden_columns:
        if column <= width:
            for row in rows:
                row[column - 1] = None
    inherited, spans, tall = _merged(rows, grid.merges, width)
    return Sheet(grid, rows, width, frozenset(inherited), spans, frozenset(tall))


def _clean_row(row: Sequence[Value], width: int) -> list[Value]:
    cleaned: list[Value] = [(clean(value) or None) if type(value) is str else value for value in row[:width]]
    if len(cleaned) < width:
        cleaned.extend([None] * (width - len(cleaned)))
    return cleaned


def _merged(
    rows: list[list[Value]], merges: Sequence[Area], width: int
) -> tuple[set[tuple[int, int]], dict[int, tuple[tuple[int, int], ...]], set[tuple[int, int]]]:
    inherited: set[tuple[int, int]] = set()
    tall: set[tuple[int, int]] = set()
    spans: dict[int, tuple[tuple[int, int], ...]] = {}
    for area in merges:
        bottom, right = min(area.bottom, len(rows)), min(area.right, width)
        if area.top > bottom or area.left > right:
            continue
        value = rows[area.top - 1][area.left - 1]
        for row in range(area.top, bottom + 1):
            if right > area.left:
                spans[row] = (*spans.get(row, ()), (area.left, right))
            if row > area.top:
                rows[row - 1][area.left - 1] = value
                inherited.add((row, area.left))
        if bottom > area.top:
            tall.update((row, area.left) for row in range(area.top, bottom + 1))
    return inherited, spans, tall


def texts(row: Sequence[Value]) -> list[tuple[int, str]]:
    """Return the (1-based column, text) of a row's texts."""
    return [(column, value) for column, value in enumerate(row, 1) if type(value) is str]


def filled(row: Sequence[Value]) -> list[int]:
    """Return the 1-based columns of a row that hold something."""
    return [column for column, value in enumerate(row, 1) if value is not None]
