"""The spreadsheet record and the plan of requests for its cells (pure).

One form of request gives everything a log needs of a cell: `spreadsheets.get` with a field mask and
ranges. The mask is lean on purpose: what is not asked for is neither sent nor parsed (ADR 0302).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from unicodedata import normalize

from sync.contents.workbook import Area, column_letters

Json = Mapping[str, Any]

BOOK_FIELDS = (
    "properties(title,locale),"
    "sheets(properties(sheetId,title,index,sheetType,hidden,gridProperties(rowCount,columnCount)),merges,tables(range))"
)
CELL_FIELDS = (
    "sheets(properties(sheetId),data(startRow,startColumn,rowMetadata(hiddenByUser,hiddenByFilter),"
    "columnMetadata(hiddenByUser,hiddenByFilter),rowData(values(effectiveValue,effectiveFormat(numberFormat),"
    "hyperlink,textFormatRuns(format(link)),chipRuns(chip),note))))"
)
REQUEST_CELLS = 40_000
"""Cells asked for at once: some two to four megabytes, as Google advises."""

KNOWN_CELLS = 200_000
"""Cells asked for at once of tabs that were read before: ten tabs of 1,000 rows are one request.

Judgement (ADR 0411): some fifteen megabytes of an answer that is decoded while it arrives. A first
reading asks for as much without knowing it, so Google has answered it once.
"""

_LONGER = 12
"""A stretch is at most so many times as long as the one before: what follows emptiness may be
full."""
_FRESH_GRID_CELLS = 26_000
"""Cells of a new tab, 1000 × 26; see `_GUESSED_CELLS`."""
_GUESSED_CELLS = 1_500
"""A tab as Sheets makes it, 1000 × 26, tells nothing of what is in it; a log's tab seldom has
more than that."""


@dataclass(frozen=True, slots=True)
class SheetTab:
    """A tab as the spreadsheet's own record has it; `id` stays when it is renamed or moved."""

    id: int
    title: str
    rows: int
    columns: int
    hidden: bool = False
    is_grid: bool = True
    merges: tuple[Area, ...] = ()
    tables: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class SpreadsheetInfo:
    """A spreadsheet without its cells."""

    title: str
    locale: str
    tabs: tuple[SheetTab, ...]


@dataclass(frozen=True, slots=True)
class TabContents:
    """What the requests so far have brought of a tab.

    How many there were, and the cells of their answers.
    """

    requests: int = 0
    cells: int = 0


_NOTHING_FOUND: Mapping[int, TabContents] = {}
"""A tab of which nothing was asked."""


@dataclass(frozen=True, slots=True)
class RowRange:
    """Rows of a tab to ask for at once, both included; `last` 0 means the whole tab."""

    tab: SheetTab
    first: int = 1
    last: int = 0

    @property
    def range(self) -> str:
        """Return the range in A1 notation; the title is quoted, because `Q1` alone is a cell."""
        title = "'" + self.tab.title.replace("'", "''") + "'"
        if not self.last:
            return title
        return f"{title}!A{self.first}:{column_letters(max(1, self.tab.columns))}{self.last}"


def decode_spreadsheet(answer: Json) -> SpreadsheetInfo:
    """Return a spreadsheet's record from the answer to `BOOK_FIELDS`."""
    properties = answer.get("properties") or {}
    sheets = sorted(
        answer.get("sheets") or (), key=lambda sheet: sheet["properties"].get("index", 0)
    )
    return SpreadsheetInfo(
        title=str(properties.get("title") or ""),
        locale=str(properties.get("locale") or ""),
        tabs=tuple(_tab(sheet) for sheet in sheets),
    )


def _tab(sheet: Json) -> SheetTab:
    properties = sheet["properties"]
    size = properties.get("gridProperties") or {}
    rows, columns = int(size.get("rowCount") or 0), int(size.get("columnCount") or 0)
    return SheetTab(
        id=int(properties.get("sheetId") or 0),
        title=str(properties.get("title") or ""),
        rows=rows,
        columns=columns,
        hidden=bool(properties.get("hidden")),
        is_grid=properties.get("sheetType", "GRID") == "GRID" and bool(rows and columns),
        merges=tuple(_area(merge, rows, columns) for merge in sheet.get("merges") or ()),
        tables=tuple(
            _area(table["range"], rows, columns)
            for table in sheet.get("tables") or ()
            if table.get("range")
        ),
    )


def _area(grid_range: Json, rows: int, columns: int) -> Area:
    """Return a half-open range counted from 0, with zeros left out, as an area counted from 1."""
    return Area(
        top=grid_range.get("startRowIndex", 0) + 1,
        left=grid_range.get("startColumnIndex", 0) + 1,
        bottom=grid_range.get("endRowIndex", rows),
        right=grid_range.get("endColumnIndex", columns),
    )


def choose_tabs(
    tabs: Sequence[SheetTab], patterns: Sequence[str]
) -> tuple[tuple[SheetTab, ...], tuple[str, ...]]:
    """Return the tabs that a configuration means, in order, and the patterns without a tab.

    Charts have no cells, and a hidden tab is left out unless its very title is named.
    """
    grids = [tab for tab in tabs if tab.is_grid]
    found = tuple(tab for tab in grids if any(_fits(tab, pattern) for pattern in patterns))
    missing = tuple(
        pattern
        for pattern in patterns
        if not any(_fits(tab, pattern) or _same(tab.title, pattern) for tab in grids)
    )
    return found, missing


def _fits(tab: SheetTab, pattern: str) -> bool:
    if _same(tab.title, pattern):
        return True
    return not tab.hidden and fnmatchcase(normalize("NFC", tab.title), normalize("NFC", pattern))


def _same(title: str, pattern: str) -> bool:
    return normalize("NFC", title).strip() == normalize("NFC", pattern).strip()


def plan_requests(
    tabs: Iterable[SheetTab],
    cells: Mapping[str, int],
    found: Mapping[int, TabContents] = _NOTHING_FOUND,
) -> Iterator[tuple[RowRange, ...]]:
    """Yield the stretches to ask for, request by request: as few as a flat memory allows.

    `cells` says how many cells a tab had when it was last read, by its id. `found` is what the
    requests so far have brought of each tab, by its id, and is looked at between two requests: the
    further a tab is empty, the more of it is asked for at once, so that the requests follow the
    data and not the grid.
    """
    batch: list[RowRange] = []
    room = 0
    for tab in tabs:
        before = cells.get(str(tab.id))
        most = REQUEST_CELLS if before is None else KNOWN_CELLS
        expected = _expected(tab, before)
        if expected > most:
            if batch:
                yield tuple(batch)
            batch, room = [], 0
            for stretch in _stretches(tab, found, most):
                if stretch.last == tab.rows:  # what is left of it leaves room for other tabs
                    batch = [stretch]
                    room = most - (stretch.last - stretch.first + 1) * tab.columns
                else:
                    yield (stretch,)
            continue
        if expected > room and batch:
            yield tuple(batch)
            batch = []
        if not batch:
            room = most
        batch.append(RowRange(tab))
        room = min(room, most) - expected
    if batch:
        yield tuple(batch)


def _expected(tab: SheetTab, before: int | None) -> int:
    size = tab.rows * tab.columns
    if before is not None:
        return min(size, before + before // 4 + 200)
    return size if size > _FRESH_GRID_CELLS else min(size, _GUESSED_CELLS)


def _stretches(tab: SheetTab, found: Mapping[int, TabContents], most: int) -> Iterator[RowRange]:
    """Yield the stretches of a tall tab from the top, of at most so many cells.

    Each as long as what the last one brought allows.
    """
    shortest = max(100, most // tab.columns)
    first, rows, before = 1, shortest, TabContents()
    while first <= tab.rows:
        last = min(first + rows - 1, tab.rows)
        yield RowRange(tab, first, last)
        brought = found.get(tab.id, TabContents())
        share = (brought.cells - before.cells) / max(1, (last - first + 1) * tab.columns)
        fitting = int(most / (share * tab.columns)) if share else tab.rows
        rows = (
            max(shortest, min(fitting, rows * _LONGER))
            if brought.requests > before.requests
            else shortest
        )
        first, before = last + 1, brought


def cell_url(spreadsheet: str, tab: SheetTab) -> str:
    """Return the address of a cell, with `{col}` and `{row}` to fill."""
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet}/edit#gid={tab.id}&range={{col}}{{row}}"


_ID = re.compile(r"[A-Za-z0-9_-]{15,}")
_IN_ADDRESS = re.compile(
    r"/(?:spreadsheets|file)/(?:u/\d+/)?d/([A-Za-z0-9_-]{15,})|[?&](?:id|key)=([A-Za-z0-9_-]{15,})"
)
"""The id of a spreadsheet, alone or in an address as Sheets, Drive or an export write it."""


def parse_spreadsheet_id(address: str) -> str | None:
    """Return the id of a spreadsheet from its address or from the id itself.

    None where there is none.

    A published address (`/d/e/…`) names another thing and has none.

    >>> parse_spreadsheet_id("https://docs.google.com/spreadsheets/u/0/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4epR-d9A/edit#gid=0")
    '1Sle_EDNRq8PsQGzmskqQWIGnUT4epR-d9A'
    """
    text = address.strip()
    if _ID.fullmatch(text):
        return text
    found = _IN_ADDRESS.search(text)
    return (found[1] or found[2]) if found else None
