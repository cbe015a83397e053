"""The logs of tabs as files that a team could have: .xlsx and .csv."""

import csv
from pathlib import Path
from typing import Any

import openpyxl

from bench.corpus.logs import Tab, TableLog


def write(log: TableLog, folder: Path) -> Path:
    """Write a log into a folder; return the file."""
    if log.csv is None:
        return _xlsx(log.tabs, folder / f"{log.name}.xlsx")
    path = folder / f"{log.name}.csv"
    with path.open("w", newline="", encoding=log.csv["encoding"]) as file:
        csv.writer(file, delimiter=log.csv["separator"]).writerows(log.tabs[0].rows)
    return path


def _xlsx(tabs: list[Tab], path: Path) -> Path:
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
