"""A table as columns of cells, one cell per record.

The source may be rows, a transposed table, cards, or Notion pages.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import overload

from notes.model.notes import Place
from sync.contents.row_buffer import BufferedRows
from sync.contents.workbook import CellFormat, CellFormats, Value
from sync.parsing.cells.date_grammar.date_context import DateReading
from sync.table_kind import TableKind


@dataclass(frozen=True, slots=True, eq=False)
class TableColumn:
    """A column: header, group above it, letter (or property name), and a cell per record.

    `inherited` holds the records whose cell comes from a merge above; `type` is a Notion property
    type, "" for a sheet; `number` the sheet column (or row) it stands in; `options` what a Notion
    choice may be.
    """

    header: str
    group: str
    letter: str
    values: Sequence[Value]
    number: int = 0
    inherited: frozenset[int] = frozenset()
    type: str = ""
    formats: Mapping[int, CellFormat] = field(default_factory=dict)
    people: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    options: tuple[str, ...] = ()


def _lines_at(lines: Sequence[Sequence[Value]], rows: Iterable[int]) -> Iterator[Sequence[Value]]:
    """Return an iterator over the lines of a tab that are these rows of it, counted from 1."""
    places = (row - 1 for row in rows)
    return lines.at(places) if isinstance(lines, BufferedRows) else map(lines.__getitem__, places)


class ColumnCells(Sequence[Value]):
    """The cells of one column in some rows of a tab, looked up when they are asked for."""

    __slots__ = ("_column", "_lines", "_rows")

    def __init__(self, lines: Sequence[Sequence[Value]], rows: Sequence[int], column: int) -> None:
        self._lines, self._rows, self._column = lines, rows, column - 1

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Value]:
        column = self._column
        return (line[column] for line in _lines_at(self._lines, self._rows))

    @overload
    def __getitem__(self, at: int) -> Value: ...

    @overload
    def __getitem__(self, at: slice) -> list[Value]: ...

    def __getitem__(self, at: int | slice) -> Value | list[Value]:
        if isinstance(at, slice):
            return [self._lines[row - 1][self._column] for row in self._rows[at]]
        return self._lines[self._rows[at] - 1][self._column]


@dataclass(frozen=True, slots=True)
class RowContext:
    """What the lines above a record say about it: a period, a goal, an owner.

    `stretch` counts the lines passed.

    Nothing is filled down from one stretch to the next.
    """

    stretch: int = 0
    period: DateReading | None = None
    year: int | None = None
    month: int | None = None
    goal: str = ""
    owner: str = ""


NO_CONTEXT = RowContext()
"""A row below no line that says something of it."""


def verbatim(value: Value) -> str:
    """Return a cell as text, a whole number without its point.

    >>> verbatim(3.0), verbatim("가설"), verbatim(0.5)
    ('3', '가설', '0.5')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _named(column: TableColumn) -> list[tuple[str, str] | None]:
    name = column.header or column.group or column.letter
    texts = [
        value if type(value) is str or value is None else verbatim(value) for value in column.values
    ]
    return [(name, text) if text else None for text in texts]


@dataclass(frozen=True, eq=False)
class RecordTable:
    """The records of a table.

    `rows` is the sheet row of each record (0 in Notion), `record_columns` the letter of the column
    where the record is one; `spots` are the addresses of cells that do not stand at (record's row,
    column's letter). In Notion `page_ids` are the records, and `page_urls` opens them. `lines` are
    the rows of the tab where the columns only look into them (see `ColumnCells`): such a table is
    read part by part. `fills` are the fills of these rows (`column_profile.fill_of`), where known.
    """

    tab: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[int]
    row_contexts: Sequence[RowContext]
    record_columns: Sequence[str] = ()
    spots: Mapping[tuple[int, int], tuple[int, str]] = field(default_factory=dict)
    titles: Sequence[str] = ()
    file: str = ""
    cell_url: str = ""
    kind: TableKind = "log"
    page_ids: Sequence[str] = ()
    page_urls: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[Sequence[Value]] | None = None
    cell_formats: CellFormats = field(default_factory=CellFormats)
    fills: Sequence[bytes] = ()

    def cells(self) -> Iterator[tuple[Value, ...]]:
        """Return an iterator over the cells of every record, in the order of the columns."""
        if self.lines is None or len(self.columns) < 2:
            return zip(*(column.values for column in self.columns), strict=True)
        pick = itemgetter(*(column.number - 1 for column in self.columns))
        return map(pick, _lines_at(self.lines, self.rows))

    def part(
        self,
        records: Sequence[int],
        *,
        only: Collection[int] | None = None,
        lines: Sequence[Sequence[Value]] = (),
    ) -> "RecordTable":
        """Return some of the records, in order, as a table whose cells are at hand.

        Of cards and the like only what they hold. `only` names the columns whose cells are wanted;
        `lines` are the records' rows where the caller has them (`lines_of`).
        """
        if self.lines is None:
            return self if len(records) == len(self.rows) else self._picked(records)
        rows, lines = [self.rows[record] for record in records], lines or self.lines_of(records)
        return replace(
            self,
            columns=tuple(
                self._column(column, records, rows, lines=lines)
                if only is None or number in only
                else replace(column, values=(), inherited=frozenset())
                for number, column in enumerate(self.columns)
            ),
            rows=rows,
            row_contexts=[self.row_contexts[record] for record in records],
            lines=None,
            cell_formats=CellFormats(),
            fills=(),
        )

    def lines_of(self, records: Sequence[int]) -> list[Sequence[Value]]:
        """Return the rows of the tab in which some records stand, of a table that has `lines`."""
        return list(_lines_at(self.lines or (), map(self.rows.__getitem__, records)))

    def _column(
        self,
        column: TableColumn,
        records: Sequence[int],
        rows: Sequence[int],
        *,
        lines: Sequence[Sequence[Value]],
    ) -> TableColumn:
        number = column.number
        formats: dict[int, CellFormat] = {}
        for row, form in self.cell_formats.column(number, rows[0], rows[-1]) if rows else ():
            place = bisect_left(rows, row)
            if rows[place] == row:
                formats[place] = form
        inherited = column.inherited
        if inherited:
            inherited = frozenset(
                place for place, record in enumerate(records) if record in inherited
            )
        values = [line[number - 1] for line in lines]
        return replace(column, values=values, inherited=inherited, formats=formats)

    def _picked(self, records: Sequence[int]) -> "RecordTable":
        columns = []
        for column in self.columns:
            inherited = frozenset(
                place for place, record in enumerate(records) if record in column.inherited
            )
            columns.append(
                replace(
                    column,
                    values=[column.values[r] for r in records],
                    inherited=inherited,
                    formats={},
                )
            )
        rows, row_contexts = (
            [self.rows[r] for r in records],
            [self.row_contexts[r] for r in records],
        )
        return RecordTable(self.tab, tuple(columns), rows, row_contexts)

    @cached_property
    def verbatim(self) -> list[tuple[tuple[str, str] | None, ...]]:
        """Return the cells as text with their columns' names (header, group or letter), or None."""
        columns = [_named(column) for column in self.columns]
        return list(zip(*columns, strict=True)) if columns else [() for _ in self.rows]

    def place(self, record: int) -> Place:
        """Return where a record stands."""
        if self.page_ids:
            return Place(page_id=self.page_ids[record], file=self.file)
        column = self.record_columns[record] if self.record_columns else ""
        return Place(self.tab, self.rows[record], column, file=self.file)

    def spot(self, record: int, column: int) -> Place:
        """Return where one cell of a record stands."""
        if self.page_ids:
            return Place(
                page_id=self.page_ids[record], property=self.columns[column].header, file=self.file
            )
        row, letter = self.spots.get((record, column), (0, ""))
        if not row:
            row = self.rows[record]
            letter = self.columns[column].letter
        return Place(self.tab, row, letter, file=self.file)

    def url(self, place: Place) -> str:
        """Return the address that opens a place, "" where nothing can be opened."""
        if place.page_id:
            return self.page_urls.get(place.page_id, "")
        return self.cell_url.format(row=place.row, col=place.col or "A") if self.cell_url else ""
