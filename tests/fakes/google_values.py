"""What the values endpoints of Sheets and the list of Drive answer (API_FACTS 3.5).

Values, echoes, trimming.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from fakes.google_documents import FakeSpreadsheet, FakeTab, Json, cell, find_range, plain_value

RENDER = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
DATES = ("SERIAL_NUMBER", "FORMATTED_STRING")
MAJOR = ("ROWS", "COLUMNS", "DIMENSION_UNSPECIFIED")
_PLAIN = re.compile(r"[^\W\d]\w*")
_REFERENCE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|[Rr]\d*|[Cc]\d*")


class EnumError(Exception):
    """A parameter has a value that its enumeration does not know."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(
            f"Invalid value at '{field}' (type.googleapis.com/google.apps.sheets.v4), \"{value}\""
        )
        self.field = field


def value_range(book: FakeSpreadsheet, text: str, parameters: Json) -> Json:
    """A ValueRange: rows or columns, trimmed at their ends; no `values` where there is none."""
    render = _known(parameters, "valueRenderOption", "value_render_option", RENDER)
    dates = _known(parameters, "dateTimeRenderOption", "date_time_render_option", DATES)
    major = _known(parameters, "majorDimension", "major_dimension", MAJOR)
    tab, top, left, bottom, right = find_range(book, text)
    lines = [
        [_shown(cell(value), render, dates) for value in row[left:right]]
        for row in tab.rows[top:bottom]
    ]
    if major == "COLUMNS":
        width = max(map(len, lines), default=0)
        lines = [
            [row[place] if place < len(row) else "" for row in lines] for place in range(width)
        ]
    for line in lines:
        while line and line[-1] == "":
            line.pop()
    while lines and not lines[-1]:
        lines.pop()
    answer: Json = {
        "range": echo(tab, top, left, bottom, right),
        "majorDimension": major.replace(MAJOR[2], "ROWS"),
    }
    return {**answer, "values": lines} if lines else answer


def _known(parameters: Json, name: str, field: str, known: tuple[str, ...]) -> str:
    value = parameters.get(name) or known[0]
    if value not in known:
        raise EnumError(field, value)
    return str(value)


def _shown(value: Json, render: str, dates: str) -> Any:
    if not value:
        return ""
    if render == "FORMULA":
        return (value.get("userEnteredValue") or {}).get("formulaValue") or plain_value(value)
    is_date = _format(value).get("type") in ("DATE", "TIME", "DATE_TIME")
    if render == "FORMATTED_VALUE" or (is_date and dates == "FORMATTED_STRING"):
        return formatted(value)
    return plain_value(value)


def formatted(value: Json) -> str:
    """A cell as the sheet shows it; only the formats that tests use."""
    number = (value.get("effectiveValue") or {}).get("numberValue")
    kind = _format(value).get("type")
    if number is None or not kind:
        return str(value.get("formattedValue", ""))
    if kind in ("DATE", "DATE_TIME"):
        moment = datetime(1899, 12, 30) + timedelta(days=number)
        return moment.strftime(
            "%Y-%m-%d" if kind == "DATE" or not number % 1 else "%Y-%m-%d %H:%M:%S"
        )
    if kind == "PERCENT":
        return f"{number * 100:g}%"
    return str(value.get("formattedValue", number))


def _format(value: Json) -> Json:
    form: Json = (value.get("effectiveFormat") or {}).get("numberFormat") or {}
    return form


def echo(tab: FakeTab, top: int, left: int, bottom: int, right: int) -> str:
    """A range as the service says it back.

    Resolved against the grid, one cell alone, titles quoted if need be.
    """
    title = tab.title
    if not _PLAIN.fullmatch(title) or _REFERENCE.fullmatch(title):
        title = "'" + title.replace("'", "''") + "'"
    first, last = f"{letters(left + 1)}{top + 1}", f"{letters(right)}{bottom}"
    return f"{title}!{first}" if first == last else f"{title}!{first}:{last}"


def letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def file_list(files: list[FakeSpreadsheet], parameters: Json, describe: Any) -> Json:
    """Drive's list of what is shared: by kind and bin, in pages."""
    query = str(parameters.get("q") or "")
    kind = re.search(r"mimeType\s*=\s*['\"]([^'\"]+)['\"]", query)
    binned = re.search(r"trashed\s*=\s*(true|false)", query)
    named = re.search(r"name\s*=\s*['\"]([^'\"]+)['\"]", query)
    found = [
        book
        for book in files
        if book.shared
        and (kind is None or book.mime_type == kind[1])
        and (binned is None or book.trashed == (binned[1] == "true"))
        and (named is None or book.title == named[1])
    ]
    size, start = int(parameters.get("pageSize") or 100), int(parameters.get("pageToken") or 0)
    answer: Json = {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [describe(book) for book in found[start : start + size]],
    }
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    return answer
