"""Interprets a Google Sheets number by its format: day, time, percent, money. Pure.

Source: developers.google.com/workspace/sheets/api/guides/formats and
…/reference/rest/v4/DateTimeRenderOption (read 2026-11).
"""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any, Literal

from sync.contents.workbook import CellError, CellFormat, Value

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  serial numbers have no zone: they are the spreadsheet's own time
_LAST_SERIAL = 2_958_465
"""9999-12-31."""

Shown = Literal["day", "time", "length", "percent", "currency", "number", "text", ""]

_DATES = frozenset({"DATE", "DATE_TIME"})
"""Types of number format that are days."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY_TAG = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_SIGNS = re.compile(
    r"[₩$€¥£₫₹฿₽₺₴₪원円元]|(?<![A-Za-z])(?:R\$|kr|zł|CHF|KRW|USD|EUR|JPY)(?![A-Za-z])"
)
_LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_COLOURS = re.compile(
    r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color\d+)\]", re.IGNORECASE
)
"""The parts of a format pattern (developers.google.com/workspace/sheets/api/guides/formats):
literal text, currencies, lengths of time, colours."""

ERRORS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}
"""Google's types of error values, as the sheet shows them."""


@lru_cache(maxsize=512)
def format_kind(kind: str, pattern: str) -> tuple[Shown, str]:
    """Return how a number with this format is shown, and the sign or unit that stands with it.

    >>> format_kind("CURRENCY", "[$₩-412]#,##0"), format_kind("NUMBER", '0.0"%p"'), format_kind(
    ...     "NUMBER", "0.00%")
    (('currency', '₩'), ('number', '%p'), ('percent', '%'))
    """
    if kind in _DATES:
        return "day", ""
    if kind == "TIME":
        return ("length" if _LENGTH.search(pattern) else "time"), ""
    return _number_shown_as(kind, pattern)


def _number_shown_as(kind: str, pattern: str) -> tuple[Shown, str]:
    bare = _LITERAL.sub("", _COLOURS.sub("", _CURRENCY_TAG.sub("", pattern)))
    if kind == "PERCENT" or "%" in bare:
        return "percent", "%"
    sign = _sign(pattern)
    if kind == "CURRENCY":
        return "currency", sign
    if kind == "TEXT":
        return "text", ""
    if sign and (_CURRENCY_TAG.search(pattern) or _SIGNS.search(sign)):
        return "currency", sign
    return ("number", sign) if sign else ("", "")


def _sign(pattern: str) -> str:
    tag = _CURRENCY_TAG.search(pattern)
    if tag and tag[1]:
        return tag[1].strip()
    literal = "".join(
        quoted or escaped for quoted, escaped in _LITERAL.findall(pattern.partition(";")[0])
    ).strip(" ()")
    if literal:
        return literal
    bare = _SIGNS.search(pattern)
    return bare[0] if bare else ""


def number_value(
    number: float, number_format: Mapping[str, Any] | None
) -> tuple[Value, CellFormat | None]:
    """Return what a number stands for, and the format that its value alone does not tell.

    Args:
        number: the cell's number; a serial number where it is shown as a date.
        number_format: the cell's `numberFormat`, None where it has none.
    """
    if not number_format:
        return number, None
    shown, sign = format_kind(number_format.get("type") or "", number_format.get("pattern") or "")
    if shown == "day":
        return day_from_serial(number), None
    if shown == "time":
        return (time_from_serial(number) if 0 <= number < 1 else length_from_serial(number)), None
    if shown == "length":
        return length_from_serial(number), None
    if not shown:
        return number, None
    return number, CellFormat(shown, sign)


def day_from_serial(serial: float) -> Value:
    """Return the day of a serial number, with its time where it has one.

    The number itself where it is no date.

    >>> day_from_serial(46052), day_from_serial(46052.5), day_from_serial(0)
    (datetime.date(2026, 1, 30), datetime.datetime(2026, 1, 30, 12, 0), 0)
    """
    if not 0 < serial <= _LAST_SERIAL:
        return serial
    moment = _DAY_ZERO + timedelta(seconds=round(serial * 86_400))
    return moment.date() if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else moment


def time_from_serial(serial: float) -> time:
    """Return the time of day of a fraction of a day.

    >>> time_from_serial(0.75)
    datetime.time(18, 0)
    """
    return (_DAY_ZERO + timedelta(seconds=round(serial * 86_400) % 86_400)).time()


def length_from_serial(serial: float) -> timedelta:
    """Return a stretch of time given in days."""
    return timedelta(seconds=round(serial * 86_400))


def error_value(error: Mapping[str, Any]) -> CellError:
    """Return an error as the cell shows it."""
    kind = str(error.get("type") or "ERROR")
    return CellError(ERRORS.get(kind, f"#{kind}"))
