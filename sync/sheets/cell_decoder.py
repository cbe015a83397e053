"""Decodes Google's cells row by row while the answer is still arriving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.contents.row_buffer import BufferedRows, RowBuffer
from sync.contents.workbook import CellFormat, CellFormats, Grid, Value

from .json_stream import JsonStream
from .number_formats import error_value, number_value
from .spreadsheet import SheetTab

Json = Mapping[str, Any]
Cell = tuple[int, int]

_CHECKBOX = CellFormat("checkbox")
"""The format of a tick box."""
_USUAL = frozenset({"effectiveValue", "effectiveFormat"})
"""Members of nearly every cell; another one (a link, a chip, a note) takes the longer way."""


@dataclass(slots=True)
class GridPart:
    """One `GridData`: some rows of a tab, offset by `top` and `left` from the tab's corner."""

    rows: BufferedRows
    top: int = 0
    left: int = 0
    cells: int = 0
    formats: CellFormats = field(default_factory=CellFormats)
    links: dict[Cell, str] = field(default_factory=dict)
    comments: dict[Cell, str] = field(default_factory=dict)
    people: dict[Cell, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def read(self, stream: JsonStream) -> None:
        """Read the part from an answer positioned at its beginning.

        Raises:
            ValueError: the answer is no JSON, or no GridData.
        """
        for name in stream.members():
            if name == "rowData":
                for row, _ in enumerate(stream.items(), 1):
                    values = stream.value().get("values")
                    if values:
                        self._row(values, row)
            elif name in ("rowMetadata", "columnMetadata"):
                hidden = self.hidden_rows if name == "rowMetadata" else self.hidden_columns
                for place, _ in enumerate(stream.items(), 1):
                    one = stream.value()
                    if one and (one.get("hiddenByUser") or one.get("hiddenByFilter")):
                        hidden.append(place)
            else:
                value = stream.value()
                self.top = int(value) if name == "startRow" else self.top
                self.left = int(value) if name == "startColumn" else self.left

    def _row(self, values: Sequence[Json], row: int) -> None:
        self.cells += len(values)
        read: list[Value] = []
        add = read.append
        for cell in values:
            effective = cell.get("effectiveValue")
            if effective and "stringValue" in effective:
                add(effective["stringValue"] or None)
            else:
                add(self._typed(cell, effective, row, column=len(read) + 1) if effective else None)
            if (len(cell) > 1 or (cell and not effective)) and cell.keys() - _USUAL:
                self._trimmings(cell, (row, len(read)))
        while read and read[-1] is None:
            read.pop()
        if read:
            for _ in range(len(self.rows), row - 1):
                self.rows.append([])
            self.rows.append(read)

    def _typed(self, cell: Json, effective: Json, row: int, *, column: int) -> Value:
        if "numberValue" in effective:
            shown = cell.get("effectiveFormat")
            number = effective["numberValue"]
            if not shown:
                return number  # type: ignore[no-any-return]
            value, form = number_value(number, shown.get("numberFormat"))
            if form is not None:
                self.formats.put(row, column, form)
            return value
        if "boolValue" in effective:
            self.formats.put(row, column, _CHECKBOX)
            return bool(effective["boolValue"])
        return error_value(effective["errorValue"]) if "errorValue" in effective else None

    def _trimmings(self, cell: Json, place: Cell) -> None:
        link = cell.get("hyperlink")
        runs = cell.get("textFormatRuns")
        if not link and runs:
            link = next(
                (
                    uri
                    for run in runs
                    if (uri := ((run.get("format") or {}).get("link") or {}).get("uri"))
                ),
                "",
            )
        note = cell.get("note")
        if note:
            self.comments[place] = note
        chips = [run["chip"] for run in cell.get("chipRuns") or () if run.get("chip")]
        emails = [
            chip["personProperties"].get("email") for chip in chips if "personProperties" in chip
        ]
        if any(emails):
            self.people[place] = ", ".join(filter(None, emails))
        if not link and chips:
            link = next(
                (
                    uri
                    for chip in chips
                    if (uri := (chip.get("richLinkProperties") or {}).get("uri"))
                ),
                "",
            )
        if link:
            self.links[place] = link


def decode_cells(
    stream: JsonStream, buffer: RowBuffer, widths: Mapping[int, int]
) -> dict[int, list[GridPart]]:
    """Return the parts of each tab, by its id, in the order in which they were asked for.

    `widths` are the tabs' columns.

    Raises:
        ValueError: the answer is no JSON, ends too soon, or is not Google's.
    """
    found: dict[int, list[GridPart]] = {}
    every: list[GridPart] = []
    try:
        for name in stream.members():
            if name != "sheets":
                stream.value()
                continue
            for _ in stream.items():
                tab_id, parts = _sheet(stream, buffer, widths, every=every)
                found.setdefault(tab_id, []).extend(parts)
        stream.end()
        return _some(found)
    except BaseException:
        for part in every:
            part.rows.clear()
        raise


def _some(found: dict[int, list[GridPart]]) -> dict[int, list[GridPart]]:
    if not found:
        raise ValueError("an answer to ranges holds tabs")
    return found


def _sheet(
    stream: JsonStream, buffer: RowBuffer, widths: Mapping[int, int], *, every: list[GridPart]
) -> tuple[int, list[GridPart]]:
    tab_id, parts = 0, []
    for name in stream.members():
        if name == "properties":
            tab_id = int(stream.value().get("sheetId") or 0)
        elif name == "data":
            for _ in stream.items():
                part = GridPart(buffer.rows(widths.get(tab_id, max(widths.values(), default=26))))
                every.append(part)
                parts.append(part)
                part.read(stream)
        else:
            stream.value()
    return tab_id, parts


class GridDecoder:
    """Gathers the parts of one tab into a grid; rows may come in several stretches."""

    def __init__(self, tab: SheetTab, buffer: RowBuffer) -> None:
        self.tab = tab
        self._buffer = buffer
        self._whole: GridPart | None = None

    @property
    def cells(self) -> int:
        """Return the number of cells read, with the empty ones between others."""
        return self._whole.cells if self._whole else 0

    def add(self, part: GridPart) -> None:
        """Add the next part; its rows are below all those before."""
        if self._whole is None and not part.top and not part.left:
            self._whole = part
            return
        whole = self._whole = self._whole or GridPart(self._buffer.rows(self.tab.columns))
        whole.cells += part.cells
        for _ in range(len(whole.rows), part.top if len(part.rows) else 0):
            whole.rows.append([])
        for values in part.rows:
            whole.rows.append([None] * part.left + values if values else values)
        part.rows.clear()
        for (row, column), form in part.formats.items():
            whole.formats.put(row + part.top, column + part.left, form)
        for into, found in (
            (whole.links, part.links),
            (whole.comments, part.comments),
            (whole.people, part.people),
        ):
            into.update(
                {
                    (row + part.top, column + part.left): text
                    for (row, column), text in found.items()
                }
            )
        whole.hidden_rows.extend(row + part.top for row in part.hidden_rows)
        whole.hidden_columns.extend(column + part.left for column in part.hidden_columns)

    def grid(self, *, locale: str, cell_url: str) -> Grid:
        """Return the grid of everything read."""
        whole = self._whole or GridPart(self._buffer.rows(self.tab.columns))
        return Grid(
            tab=self.tab.title,
            rows=whole.rows,
            merges=self.tab.merges,
            hidden_rows=frozenset(whole.hidden_rows),
            hidden_columns=frozenset(whole.hidden_columns),
            formats=whole.formats,
            links=whole.links,
            comments=whole.comments,
            people=whole.people,
            tables=self.tab.tables,
            locale=locale,
            cell_url=cell_url,
        )

    def clear(self) -> None:
        """Drop the rows."""
        if self._whole:
            self._whole.rows.clear()
