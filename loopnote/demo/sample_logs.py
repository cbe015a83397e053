"""The sample logs as spreadsheets, as they stood in any of the twelve weeks.

The contents are written by hand in logs/*.toml; this module only types them into files the way a
person would: titles above the header, goals merged over their rows, percent cells, real dates
beside typed ones, a guide tab.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FIRST_WEEK, LAST_WEEK = 36, 47  # as many as the window of trends
HEADER = PatternFill("solid", fgColor="E4E9F0")
WRAP = Alignment(wrap_text=True, vertical="top")
"""Long texts break within their cell, as in a sheet that people read."""

SampleLog = Mapping[str, Any]


def load(name: str) -> SampleLog:
    """Return the hand-written contents of a sample log ("banchan" or "workshop")."""
    return tomllib.loads(
        files(__package__).joinpath(f"logs/{name}.toml").read_text(encoding="utf-8")
    )


def rows_as_of(log: SampleLog, week: int) -> Iterator[tuple[str, list[str]]]:
    """Yield (tab, cells) of a week's log; cells written later are empty."""
    later = [log["columns"].index(name) for name in log["later"]]
    verdict = log["columns"].index(log["verdict"])
    for row in log["rows"]:
        if row["at"] > week or row.get("gone", LAST_WEEK + 1) <= week:
            continue
        written = row.get("filled", LAST_WEEK + 1) <= week
        blank = () if written or "filled" not in row else later
        cells = ["" if index in blank else cell for index, cell in enumerate(row["cells"])]
        if blank:
            cells[verdict] = log["running"]
        yield row.get("tab", ""), cells


def write_banchan(path: Path, week: int) -> None:
    """Write the Korean team's workbook as it stood in a week."""
    log = load("banchan")
    book = Workbook()
    book.remove(book.worksheets[0])
    guide = book.create_sheet("읽어주세요")
    for line in log["guide"]["lines"]:
        guide.append([line])
    rows = list(rows_as_of(log, week))
    for tab in dict.fromkeys(tab for tab, _ in rows):
        _month_tab(
            book.create_sheet(tab),
            tab,
            log["columns"],
            rows=[cells for name, cells in rows if name == tab],
        )
    _table(
        book.create_sheet("숫자판"), log["metrics"], log["metrics"]["rows"][: week - FIRST_WEEK + 1]
    )
    _table(
        book.create_sheet("퍼널"),
        log["funnel"],
        [row for row in log["funnel"]["rows"] if int(row[0][-2:]) <= week],
    )
    if week == LAST_WEEK:
        card = book.create_sheet("다음 주 카드")
        card.append([log["plan"]["title"]])
        for label, text in log["plan"]["lines"]:
            card.append([label, text])
    book.save(path)


def _month_tab(
    sheet: Worksheet, tab: str, columns: Sequence[str], *, rows: Sequence[Sequence[str]]
) -> None:
    sheet.append([f"2026년 {tab} 시도 기록"])
    sheet.append([])
    sheet.append(list(columns))
    _dress_header(sheet, 3)
    goal = columns.index("목표") + 1
    for cells in rows:
        sheet.append([_typed(cell) for cell in cells])
    _merge_down(sheet, goal, first=4)
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            cell.alignment = WRAP
            if isinstance(cell.value, float):
                cell.number_format = "0.0%"
    sheet.append([])
    sheet.append([f"합계 {len(rows)}건"])


def _typed(cell: str) -> str | float | int | None:
    """Return a cell as a spreadsheet program would keep it.

    Percent and whole numbers, the rest as typed.
    """
    if cell.endswith("%") and cell[:-1].replace(".", "", 1).isdigit():
        return float(cell[:-1]) / 100
    return int(cell) if cell.isdigit() else (cell or None)


def _merge_down(sheet: Worksheet, column: int, *, first: int) -> None:
    start, last = first, sheet.max_row
    for row in range(first + 1, last + 2):
        if row > last or sheet.cell(row, column).value:
            if row - 1 > start and sheet.cell(start, column).value:
                sheet.merge_cells(
                    start_row=start, end_row=row - 1, start_column=column, end_column=column
                )
            start = row


def _dress_header(sheet: Worksheet, row: int) -> None:
    for number, cell in enumerate(sheet[row], 1):
        cell.font, cell.fill, cell.alignment = Font(bold=True), HEADER, WRAP
        sheet.column_dimensions[get_column_letter(number)].width = 18


def _table(sheet: Worksheet, table: Mapping[str, Any], rows: Sequence[Sequence[Any]]) -> None:
    sheet.append([table["title"]])
    sheet.append(table["header"])
    _dress_header(sheet, 2)
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])


GROUPS = (("Plan", 6), ("Number", 4), ("Looking back", 6), ("People", 2))
"""Headings above the headers of the demo's grouped log, each with its number of columns."""


def write_workshop(path: Path, week: int) -> None:
    """Write the English team's workbook as it stood in a week.

    A header of two rows, dates as real dates.
    """
    log = load("workshop")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Trials 2026"
    sheet.append(["Workshop trials: one line per thing we try"])
    column = 1
    for name, width in GROUPS:
        sheet.cell(2, column, name)
        sheet.merge_cells(
            start_row=2, end_row=2, start_column=column, end_column=column + width - 1
        )
        column += width
    sheet.append(log["columns"])
    _dress_header(sheet, 2)
    _dress_header(sheet, 3)
    for _, cells in rows_as_of(log, week):
        sheet.append([_dated(cell) for cell in cells])
    _merge_down(sheet, log["columns"].index("Objective") + 1, first=4)
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            cell.alignment = WRAP
            if isinstance(cell.value, datetime):
                cell.number_format = "m/d/yyyy"
            elif isinstance(cell.value, float) and cell.value < 1:
                cell.number_format = "0%"
    sheet.freeze_panes = "D4"
    weeks = log["metrics"]["rows"][: week - FIRST_WEEK + 1]
    _table(book.create_sheet("Numbers"), log["metrics"], weeks)
    book.save(path)


def _dated(cell: str) -> str | float | int | datetime | None:
    try:
        return datetime.strptime(cell, "%m/%d/%Y")  # noqa: DTZ007  a spreadsheet date has no zone
    except ValueError:
        return _number(cell)


def _number(cell: str) -> str | float | int | None:
    try:
        return float(cell) if "." in cell else _typed(cell)
    except ValueError:
        return cell or None


def write_actions(path: Path, week: int) -> None:
    """Write the English team's plan and actual as a semicolon file, as a European Excel saves
    it.
    """
    actions = load("workshop")["actions"]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(actions["header"])
        writer.writerows(row for row in actions["rows"] if int(row[0][-2:]) <= week)


def write_all(folder: Path, week: int) -> None:
    """Write all sample logs into a folder, as they stood at the end of an ISO week of 2026."""
    folder.mkdir(parents=True, exist_ok=True)
    write_banchan(folder / "반찬가게 시도 기록.xlsx", week)
    write_workshop(folder / "workshop trials.xlsx", week)
    write_actions(folder / "workshop plan and done.csv", week)
