"""The logs as files that a team could have.

.xlsx, .csv, and Notion as the pages that the service gives.
"""

import csv
from pathlib import Path
from typing import Any

import openpyxl

from bench.corpus.layouts import Built, Tab
from bench.corpus.model import Log


def write(log: Log, built: Built, folder: Path) -> Path:
    if log.kind == "csv":
        return _csv(log, built.tabs[0], folder / f"{log.name}.csv")
    return write_xlsx(built.tabs, folder / f"{log.name}.xlsx")


def _csv(log: Log, tab: Tab, path: Path) -> Path:
    with path.open("w", newline="", encoding=log.extra.get("encoding", "utf-8")) as file:
        csv.writer(file, delimiter=log.extra.get("separator", ",")).writerows(tab.rows)
    return path


def write_xlsx(tabs: list[Tab], path: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for tab in tabs:
        sheet = book.create_sheet(tab.name)
        for row, cells in enumerate(tab.rows, 1):
            for column, value in enumerate(cells, 1):
                _put(sheet.cell(row, column), value)
        for (row, column), form in tab.formats.items():
            sheet.cell(row, column).number_format = form
        for top, left, bottom, right in tab.merges:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for row in tab.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        sheet.sheet_state = "hidden" if tab.hidden else "visible"
    book.save(path)
    return path


def _put(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "A")):
        cell.data_type = "e"
    elif isinstance(value, str) and value.startswith("="):
        cell.data_type = "s"
