"""A tab with cleaned cells, merged values filled in and hidden columns left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from notes.model.notes import Place, Problem
from sync.contents.parsed_rows import KnownTab
from sync.contents.row_buffer import BufferedRows, RowBuffer
from sync.contents.workbook import Area, CellFormats, Grid, Remark, Value, column_letters
from sync.parsing.cells.text import LONGEST_READ, clean_cells

from .hidden_columns import cut_remark, hidden_remark, left_out, long_remarks
from .row_facts import RowFacts, SheetDigest

_MOST_LONG = 20
"""Remarks on texts that are too long, per tab; judgement: more say nothing new."""
_HEAVY = 400
"""Columns that are looked at; a log of people has some dozens, and the rest is counted and said."""

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class CleanSheet:
    """A grid with clean cells; the grid's own rows are no longer needed.

    `rows[0]` is sheet row 1; every row is as wide as `width`. `inherited` holds the cells that a
    merge gives their value from above; `spans` the merged stretches of one row, by row, as (first
    column, last column); `remarks` what was left out of it here, `left_out` the hidden columns that
    were filled. `digest` is that of all of it, `facts` are what is known of its rows.
    """

    grid: Grid
    rows: BufferedRows
    width: int
    formats: CellFormats
    inherited: frozenset[Cell]
    spans: dict[int, tuple[tuple[int, int], ...]]
    tall: frozenset[Cell]
    facts: RowFacts
    remarks: tuple[Remark, ...] = ()
    digest: bytes = b""
    left_out: frozenset[int] = frozenset()

    @property
    def tab(self) -> str:
        """Return the tab's name."""
        return self.grid.tab

    def hidden(self, row: int) -> bool:
        """Return whether the sheet row is hidden."""
        return row in self.grid.hidden_rows

    def widest_span(self, row: int) -> int:
        """Return how many columns the widest merge of that sheet row covers, 1 without one."""
        if row not in self.spans:
            return 1
        return max(last - first + 1 for first, last in self.spans[row])


def clean_grid(grid: Grid, buffer: RowBuffer, known: KnownTab | None = None) -> CleanSheet:
    """Return the grid with clean texts; `known` is what the last reading kept of its rows.

    Empty strings are None, tall merges give their value to every row.
    """
    widest = _widest(grid.rows)
    width = min(widest, _HEAVY)
    waiting = isinstance(grid.rows, BufferedRows)  # in a buffer: clean ones may stay as they wait
    given = cast("BufferedRows", grid.rows)
    changed = None if waiting else buffer.rows(width, count=len(grid.rows))
    held = dict.fromkeys(left_out(grid, width), 0)
    long: list[Remark] = []
    facts, told = RowFacts(known or KnownTab()), SheetDigest()
    for number, (row, digest, as_given) in enumerate(_taken(grid, width, facts, held=held), 1):
        if changed is None and not as_given:
            changed = _begun(given, buffer, width, above=number - 1)
        if changed is not None:
            changed.append(row)
        told.add(digest)
        if facts.size > LONGEST_READ:
            long += long_remarks(number, row)
    cut = (
        sum(value is not None for row in grid.rows for value in row[width:])
        if widest > width
        else 0
    )
    rows = given.moved_to(buffer) if changed is None else changed
    remarks = (*hidden_remark(held), *cut_remark(_HEAVY, cut), *long[:_MOST_LONG])
    inherited, spans, tall = _merged(len(rows), grid.merges, width)
    formats = grid.formats if isinstance(grid.formats, CellFormats) else CellFormats(grid.formats)
    return CleanSheet(
        grid=grid,
        rows=rows,
        width=width,
        formats=formats,
        inherited=frozenset(inherited),
        spans=spans,
        tall=frozenset(tall),
        facts=facts,
        remarks=remarks,
        digest=told.of(grid, formats, remarks),
        left_out=frozenset(column for column, count in held.items() if count),
    )


def _begun(given: BufferedRows, buffer: RowBuffer, width: int, *, above: int) -> BufferedRows:
    """Return the rows of a tab that are clean as they stand: so many, `above` the first other."""
    rows = buffer.rows(width, count=len(given))
    for row in islice(given, above):
        rows.append(row)
    return rows


def _taken(
    grid: Grid, width: int, facts: RowFacts, *, held: dict[int, int]
) -> Iterator[tuple[list[Value], bytes, bool]]:
    """Yield the rows with clean cells, and what merges and hidden columns make of them; each with
    its digest, and whether it is the very row of the grid.
    """
    if not held and not grid.merges:
        for given in grid.rows:
            row, digest = facts.take(_padded(given, width))
            yield row, digest, row is given
        return
    for row in _inherited(_clean_rows(grid, width, held), grid.merges, width):
        yield row, facts.add(row), False


def _padded(row: Sequence[Value], width: int) -> list[Value]:
    """Return a row of just so many cells; the very row where it has them."""
    if len(row) == width and type(row) is list:
        return row
    return [*row[:width], *[None] * (width - len(row))]


def _widest(rows: Sequence[Sequence[Value]]) -> int:
    """Return how many cells the longest row has; rows in a buffer are not read for that."""
    return rows.widest if isinstance(rows, BufferedRows) else max(map(len, rows), default=0)


def _clean_rows(grid: Grid, width: int, held: dict[int, int]) -> Iterator[list[Value]]:
    """Yield the rows with clean cells; hidden columns are left out and counted in `held`."""
    for row in grid.rows:
        cleaned: list[Value] = clean_cells(row[:width])
        if len(cleaned) < width:
            cleaned.extend([None] * (width - len(cleaned)))
        for column in held:
            held[column] += cleaned[column - 1] is not None
            cleaned[column - 1] = None
        yield cleaned


def _inherited(
    rows: Iterator[list[Value]], merges: Sequence[Area], width: int
) -> Iterator[list[Value]]:
    """Yield the rows with the values that merges hand down."""
    tall = [area for area in merges if area.bottom > area.top and area.left <= width]
    waiting = sorted(tall, key=lambda area: area.top, reverse=True)
    open_: list[tuple[Area, Value]] = []
    for row, values in enumerate(rows, 1):
        if open_:
            open_ = [(area, value) for area, value in open_ if area.bottom >= row]
            for area, value in open_:
                values[area.left - 1] = value
        while waiting and waiting[-1].top <= row:
            area = waiting.pop()
            open_.append((area, values[area.left - 1]))
        yield values


def _merged(
    height: int, merges: Sequence[Area], width: int
) -> tuple[set[Cell], dict[int, tuple[tuple[int, int], ...]], set[Cell]]:
    inherited: set[Cell] = set()
    tall: set[Cell] = set()
    spans: dict[int, tuple[tuple[int, int], ...]] = {}
    for area in merges:
        bottom, right = min(area.bottom, height), min(area.right, width)
        if area.top > bottom or area.left > right:
            continue
        for row in range(area.top, bottom + 1):
            if right > area.left:
                spans[row] = (*spans.get(row, ()), (area.left, right))
            if row > area.top:
                inherited.add((row, area.left))
        if bottom > area.top:
            tall.update((row, area.left) for row in range(area.top, bottom + 1))
    return inherited, spans, tall


def remarks_of(sheet: CleanSheet) -> tuple[Problem, ...]:
    """Return what of a tab could not be read as it stands, as problems with their place."""
    return tuple(_problem(sheet.grid, remark) for remark in (*sheet.grid.remarks, *sheet.remarks))


def _problem(grid: Grid, remark: Remark) -> Problem:
    row, col = max(remark.row, 1), column_letters(remark.column)
    url = grid.cell_url.format(row=row, col=col or "A") if grid.cell_url else ""
    return Problem(
        Place(tab=grid.tab, row=row, col=col), remark.code, remark.value[:200], remark.facts, url
    )


def texts(row: Sequence[Value]) -> list[tuple[int, str]]:
    """Return the (1-based column, text) of a row's texts."""
    return [(column, value) for column, value in enumerate(row, 1) if type(value) is str]


def filled(row: Sequence[Value]) -> list[int]:
    """Return the 1-based columns of a row that hold something."""
    return [column for column, value in enumerate(row, 1) if value is not None]
