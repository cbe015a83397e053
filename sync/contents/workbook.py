"""The workbook model: typed cells with their addresses, not yet interpreted.

Rows and columns are 1-based, as a person sees them; `Grid.rows[0]` is sheet row 1. Rows may be
ragged. An empty cell is None. A number is float or int as the file has it (a percent cell of 14 %
holds 0.14 and has the format "percent"); a date cell holds a `date` or `datetime` without a zone
(the spreadsheet's own).
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value of the spreadsheet program, such as `#REF!`.

    Or a formula whose result the file does not hold.

    `missing` says the latter; `code` is the formula then ("=A3+1").
    """

    code: str
    missing: bool = False

    def __str__(self) -> str:
        return self.code


Value = str | bool | int | float | date | datetime | time | timedelta | CellError | None


@dataclass(frozen=True, slots=True)
class CellFormat:
    """How a number is shown, where its value alone does not tell: 0.14 as 14 %, 1200 as ₩1,200."""

    kind: Literal["percent", "currency", "number", "text", "checkbox"]
    symbol: str = ""


class CellFormats(Mapping[tuple[int, int], CellFormat]):
    """The formats of a tab's cells by (row, column), at five bytes each.

    Filled from the top of the tab downwards.
    """

    def __init__(self, formats: Mapping[tuple[int, int], CellFormat] = {}) -> None:
        self._rows: dict[int, array[int]] = {}
        self._kinds: dict[int, array[int]] = {}
        self._formats: list[CellFormat] = []
        self._known: dict[CellFormat, int] = {}
        for (row, column), form in sorted(formats.items(), key=lambda item: item[0]):
            self.put(row, column, form)

    def put(self, row: int, column: int, form: CellFormat) -> None:
        """Add the format of a cell that stands below those of its column that are known."""
        kind = self._known.get(form)
        if kind is None:
            kind = self._known[form] = len(self._formats)
            self._formats.append(form)
        rows = self._rows.get(column)
        if rows is None:
            rows = self._rows[column] = array("I")
            self._kinds[column] = array("H")
        rows.append(row)
        self._kinds[column].append(kind)

    def column(self, column: int, first: int, last: int) -> Iterator[tuple[int, CellFormat]]:
        """Yield (row, format) of a column's cells between two rows, both included, in order."""
        rows = self._rows.get(column)
        if rows is None:
            return
        kinds = self._kinds[column]
        for at in range(bisect_left(rows, first), bisect_left(rows, last + 1)):
            yield rows[at], self._formats[kinds[at]]

    def add_to(self, take: Callable[[bytes], None]) -> None:
        """Give all formats and their cells as bytes, the same for the same formats set in one
        order.
        """
        take(repr(self._formats).encode())
        for column, rows in self._rows.items():
            take(f"{column} {len(rows)}".encode())
            take(rows.tobytes())
            take(self._kinds[column].tobytes())

    def __getitem__(self, place: tuple[int, int]) -> CellFormat:
        for _, form in self.column(place[1], place[0], place[0]):
            return form
        raise KeyError(place)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for column, rows in self._rows.items() for row in rows)

    def __len__(self) -> int:
        return sum(map(len, self._rows.values()))


@dataclass(frozen=True, slots=True)
class Remark:
    """A reading problem in a file: a broken byte, a quote that never closes, a stray cell.

    `code` is a key under `[problem]` in notes/messages/problems, `facts` fill its sentence; row and
    column are 1-based, 0 for the whole tab.
    """

    code: str
    row: int = 0
    column: int = 0
    value: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, all four edges included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """One tab.

    `formats`, `links`, `comments` and `people` are sparse, by (row, column); `people` holds the
    e-mail address of a person chip. `tables` are areas that the program itself calls a table.
    `locale` ("de_DE", "") tells decimal commas. `remarks` are what of it could not be read as it
    stands. `cell_url` has `{row}` and `{col}` (letters) to fill, or is "" where nothing can be
    opened.
    """

    tab: str
    rows: Sequence[Sequence[Value]]
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formats: Mapping[tuple[int, int], CellFormat] = field(default_factory=dict)
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    people: Mapping[tuple[int, int], str] = field(default_factory=dict)
    tables: tuple[Area, ...] = ()
    hidden: bool = False
    locale: str = ""
    cell_url: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Workbook:
    """A spreadsheet file: its name without folder and ending, and its tabs in order.

    The tabs may be lazy: they are read once, and the rows of one are good until the next is asked
    for.
    """

    name: str
    grids: Iterable[Grid]


def column_letters(column: int) -> str:
    """Return the letters of a 1-based column.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
