"""Spreadsheets in memory, in the forms that the Sheets and Drive APIs give them.

And a clock that tests move.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

Json = dict[str, Any]
SHEET_TYPE = "application/vnd.google-apps.spreadsheet"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def shown(value: Any, kind: str, pattern: str = "", **more: Any) -> Json:
    """A cell with a number format."""
    return {
        **cell(value),
        "effectiveFormat": {"numberFormat": {"type": kind, "pattern": pattern}},
        **more,
    }


def cell(value: Any) -> Json:
    """A value as CellData; {} for an empty cell."""
    if isinstance(value, dict):
        return value
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {"effectiveValue": {"boolValue": value}, "formattedValue": str(value).upper()}
    if isinstance(value, date):
        return shown(
            serial(value), "DATE_TIME" if isinstance(value, datetime) else "DATE", "yyyy-mm-dd"
        )
    if isinstance(value, int | float):
        number = int(value) if float(value).is_integer() else value
        return {"effectiveValue": {"numberValue": number}, "formattedValue": str(number)}
    return {"effectiveValue": {"stringValue": str(value)}, "formattedValue": str(value)}


def serial(value: date) -> float:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    days = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    return int(days) if float(days).is_integer() else days


@dataclass
class FakeTab:
    id: int
    title: str
    rows: list[list[Any]]
    hidden: bool = False
    kind: str = "GRID"
    hidden_rows: set[int] = field(default_factory=set)
    filtered_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Json] = field(default_factory=list)
    tables: list[Json] = field(default_factory=list)
    row_count: int = 1000
    column_count: int = 26

    def size(self) -> tuple[int, int]:
        return max(self.row_count, len(self.rows)), max(
            self.column_count, max(map(len, self.rows), default=0)
        )


@dataclass
class FakeSpreadsheet:
    id: str
    title: str
    tabs: list[FakeTab] = field(default_factory=list)
    locale: str = "ko_KR"
    time_zone: str = "Asia/Seoul"
    version: int = 11
    modified: datetime = datetime(2026, 9, 1, tzinfo=UTC)
    trashed: bool = False
    mime_type: str = SHEET_TYPE
    shared: bool = True
    named: dict[str, str] = field(default_factory=dict)

    def tab(self, title: str, rows: list[list[Any]], **more: Any) -> FakeTab:
        made = FakeTab(0 if not self.tabs else 1_000_003 * len(self.tabs), title, rows, **more)
        self.tabs.append(made)
        return made

    def answer(self) -> Json:
        """Everything but the cells."""
        return {
            "spreadsheetId": self.id,
            "properties": {
                "title": self.title,
                "locale": self.locale,
                "autoRecalc": "ON_CHANGE",
                "timeZone": self.time_zone,
            },
            "sheets": [self.sheet_answer(place, tab) for place, tab in enumerate(self.tabs)],
            **(
                {"namedRanges": [{"namedRangeId": name, "name": name} for name in self.named]}
                if self.named
                else {}
            ),
            "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{self.id}/edit",
        }

    def sheet_answer(self, place: int, tab: FakeTab) -> Json:
        rows, columns = tab.size()
        properties: Json = {
            "sheetId": tab.id,
            "title": tab.title,
            "index": place,
            "sheetType": tab.kind,
        }
        if tab.hidden:
            properties["hidden"] = True
        if tab.kind == "GRID":
            properties["gridProperties"] = {"rowCount": rows, "columnCount": columns}
        answer: Json = {"properties": properties}
        if tab.merges:
            answer["merges"] = tab.merges
        if tab.tables:
            answer["tables"] = tab.tables
        return answer


@dataclass
class GoogleDocuments:
    now: datetime = datetime(2026, 9, 7, 10, 0, 20, tzinfo=UTC)
    files: dict[str, FakeSpreadsheet] = field(default_factory=dict)

    def tick(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def spreadsheet(self, title: str = "Trials") -> FakeSpreadsheet:
        made = FakeSpreadsheet(f"1Sle_EDNRq8PsQGzmskqQWIGnUT4epR-d9A-{len(self.files):07d}", title)
        self.files[made.id] = made
        return made

    def touch(self, spreadsheet: FakeSpreadsheet, *, lag: float = 0) -> None:
        """An edit happened: the version grows at once, the time of modification may lag behind."""
        spreadsheet.version += 3
        spreadsheet.modified = self.now - timedelta(seconds=lag)


_R1C1 = re.compile(r"[Rr](\d+)[Cc](\d+)(?::[Rr](\d+)[Cc](\d+))?")
_CELLS = re.compile(r"([A-Za-z]{0,3})(\d*)(?::([A-Za-z]{0,3})(\d*))?")


class RangeError(Exception):
    """The range names nothing."""


def find_range(book: FakeSpreadsheet, text: str) -> tuple[FakeTab, int, int, int, int]:
    """The tab and the four edges, from 0, the ends open.

    A1 first, R1C1, a title, then the name of a range.
    """
    title, cells = _split(text)
    if title is not None and cells in book.named:
        return find_range(book, book.named[cells])
    if title is None and _is_cells(cells):
        return _edges(book.tabs[0], cells, text)
    name = cells if title is None else title
    tab = next((tab for tab in book.tabs if tab.title.lower() == name.lower()), None)
    if tab is None and name in book.named:
        return find_range(book, book.named[name])
    if tab is None or tab.kind != "GRID":
        raise RangeError(f"Unable to parse range: {text}")
    return _edges(tab, "" if title is None else cells, text)


def _split(text: str) -> tuple[str | None, str]:
    if text.startswith("'"):
        found = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text)
        if not found:
            raise RangeError(f"Unable to parse range: {text}")
        return found[1].replace("''", "'"), found[2] or ""
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def _is_cells(text: str) -> bool:
    found = _CELLS.fullmatch(text)
    return bool(found and found[1] and (found[2] or found[3])) or bool(_R1C1.fullmatch(text))


def _edges(tab: FakeTab, cells: str, text: str) -> tuple[FakeTab, int, int, int, int]:
    rows, columns = tab.size()
    if not cells:
        return tab, 0, 0, rows, columns
    if turned := _R1C1.fullmatch(cells):
        row, column, last, right = (int(part or 0) for part in turned.groups())
        return tab, row - 1, column - 1, min(last or row, rows), min(right or column, columns)
    found = _CELLS.fullmatch(cells)
    if not found:
        raise RangeError(f"Unable to parse range: {text}")
    left, top = _column(found[1]) or 1, int(found[2] or 1)
    single = ":" not in cells
    right = _column(found[3] or "") or (left if single else columns)
    bottom = int(found[4]) if found[4] else (top if single and found[2] else rows)
    if top > rows or left > columns:
        raise RangeError(
            f"Range ({text}) exceeds grid limits. Max rows: {rows}, max columns: {columns}"
        )
    return tab, top - 1, left - 1, min(bottom, rows), min(right, columns)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def grid_data(tab: FakeTab, top: int, left: int, bottom: int, right: int) -> Json:
    """GridData of a range: rows to the last one with a cell, metadata for all; zeros left out."""
    rows = [[cell(value) for value in row[left:right]] for row in tab.rows[top:bottom]]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    answer: Json = {"rowData": [{"values": row} if row else {} for row in rows]} if rows else {}
    if top:
        answer["startRow"] = top
    if left:
        answer["startColumn"] = left
    answer["rowMetadata"] = [
        _dimension(row + 1, tab.hidden_rows, tab.filtered_rows) for row in range(top, bottom)
    ]
    answer["columnMetadata"] = [
        _dimension(column + 1, tab.hidden_columns, set()) for column in range(left, right)
    ]
    return answer


def _dimension(place: int, hidden: set[int], filtered: set[int]) -> Json:
    answer: Json = {"pixelSize": 21}
    if place in hidden:
        answer["hiddenByUser"] = True
    if place in filtered:
        answer["hiddenByFilter"] = True
    return answer


def plain_value(value: Json) -> Any:
    """A cell as values.get gives it with UNFORMATTED_VALUE."""
    effective = value.get("effectiveValue") or {}
    if "errorValue" in effective:
        return value.get("formattedValue", "#ERROR!")
    return next(iter(effective.values()), "")
