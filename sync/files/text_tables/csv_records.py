"""Splits a text table into records: the csv module for valid files, a tolerant parser for others.

The tolerant parser takes a quote as one only where it closes properly: with a separator or
the end of the line behind it, no lone quote before, and rows as wide as the others. Any other quote
is a character of its cell, and where a cell begins with one that never closes, that is remarked.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from .csv_dialect import SEPARATORS, Dialect, cells_of, lines_of

_WORK = 20
"""Times its own length that a text may be looked through for closing quotes; beyond, quotes are
characters."""


@dataclass(slots=True)
class Records:
    """The records of a table, and the 0-based (record, cell) places of quotes that never close."""

    rows: list[list[str]] = field(default_factory=list)
    unclosed: list[tuple[int, int]] = field(default_factory=list)


def records_of(text: str, dialect: Dialect) -> Records:
    """Return the records of a text table; blank lines are records without a cell."""
    proper = _proper(text, dialect)
    found = Records(proper) if proper is not None else _TolerantParser(text, dialect).records()
    for place, row in enumerate(_mended(found.rows, dialect)):
        found.rows[place] = row
    return found


class ImproperCsvError(Exception):
    """A text does not keep the rules of CSV; all of it has to be looked at."""


def proper_records(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """Yield the records of a text that keeps the rules, as `records_of` says of all of its lines.

    Raises: ImproperCsvError: it does not, which may show after any record.
    """
    yield from _mended(_kept_rules(lines, dialect), dialect)


def _kept_rules(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    reader, line = _reader(lines, dialect), 0
    try:
        for row in reader:
            if reader.line_num > line + 1 and _swallows(row, dialect):
                raise ImproperCsvError
            line = reader.line_num
            yield row
    except csv.Error as error:
        raise ImproperCsvError from error


def _proper(text: str, dialect: Dialect) -> list[list[str]] | None:
    """Return the records of a file that keeps the rules.

    None where a quote is out of place, or may be.
    """
    reader = _reader(StringIO(text, newline=""), dialect)
    try:
        rows = list(reader)
    except csv.Error:
        return None
    if reader.line_num == len(rows):
        return rows
    return None if any(_swallows(row, dialect) for row in rows) else rows


def _reader(lines: Iterable[str], dialect: Dialect) -> Any:
    """Return the csv module's reader of lines with their ends; its class has no public name."""
    csv.field_size_limit(1 << 30)
    return csv.reader(
        lines,
        delimiter=dialect.separator,
        quotechar=dialect.quote,
        skipinitialspace=dialect.separator != " ",
        strict=True,
    )


def _swallows(row: list[str], dialect: Dialect) -> bool:
    """Return whether a cell of several lines holds what looks like rows of the table."""
    for cell in row:
        if "\n" in cell and dialect.separator in cell:
            lines = lines_of(cell)
            inner = lines[1:-1] if len(row) == dialect.width else lines[1:]
            if any(
                len(cells_of(line, dialect.separator, dialect.quote)) == dialect.width > 2
                for line in inner
            ):
                return True
            if len(row) != dialect.width:
                return True
    return False


class _TolerantParser:
    """Reads a text whose quotes do not keep the rules, in one pass."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self._text = re.sub(r"\r\n|\r", "\n", text)
        self._dialect = dialect
        self._escapes = f"\\{dialect.quote}" in text
        self._work = _WORK * len(text) + 1_000

    def records(self) -> Records:
        """Return all records."""
        found, at, size = Records(), 0, len(self._text)
        while at < size:
            end = self._text.find("\n", at)
            end = size if end < 0 else end
            cells, unclosed, after = self._record(at, end)
            found.unclosed.extend((len(found.rows), cell) for cell in unclosed)
            found.rows.append(cells)
            at = after + 1
        return found

    def _record(self, at: int, end: int) -> tuple[list[str], list[int], int]:
        """Return the record that begins at `at`, whose first line ends at `end`.

        Cells, unclosed ones, its own end.
        """
        line = self._text[at:end]
        if not line.strip():
            return [], [], end
        if self._dialect.quote not in line:
            return cells_of(line, self._dialect.separator, self._dialect.quote), [], end
        cells, unclosed, after = self._quoted(at, end)
        width = self._dialect.width
        if len(cells) != width or self._looks_swallowed(at, after, len(cells)):
            alone = cells_of(line, self._dialect.separator, self._dialect.quote)
            greedy = cells_of(line, self._dialect.separator, self._dialect.quote, last=True)
            plain = [cell.strip(" ") for cell in line.split(self._dialect.separator)]
            for other in (alone, greedy, plain):
                if len(other) == width:
                    return other, self._opened(other), end
            if after > end and self._looks_swallowed(at, after, len(cells)):
                return alone, self._opened(alone), end
        return cells, unclosed, after

    def _quoted(self, at: int, end: int) -> tuple[list[str], list[int], int]:
        """Read one record with quotes that may reach over several lines."""
        text, separator, quote = self._text, self._dialect.separator, self._dialect.quote
        cells: list[str] = []
        unclosed: list[int] = []
        while True:
            while separator != " " and text.startswith(" ", at):
                at += 1
            closed = self._closing(at) if text.startswith(quote, at) else -1
            if closed >= 0:
                cells.append(self._bare(text[at + 1 : closed]))
                at = closed + 1
                while separator != " " and text.startswith(" ", at):
                    at += 1
                end = self._line_end(at)
            else:
                if (
                    text.startswith(quote, at)
                    and len(text[at:end].strip())
                    and not self._is_inch(at, end)
                ):
                    unclosed.append(len(cells))
                stop = text.find(separator, at, end)
                stop = end if stop < 0 else stop
                cells.append(text[at:stop])
                at = stop
            if at >= end:
                return cells, unclosed, end
            at += 1

    def _is_inch(self, at: int, end: int) -> bool:
        """Return whether a cell that opens with a quote has another one before its separator.

        "a" b.
        """
        stop = self._text.find(self._dialect.separator, at, end)
        return self._text.find(self._dialect.quote, at + 1, end if stop < 0 else stop) >= 0

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end

    def _closing(self, start: int) -> int:
        """Return where the quote at `start` closes, -1 where the next lone one does not close
        it.
        """
        text, quote = self._text, self._dialect.quote
        at = text.find(quote, start + 1)
        while at >= 0:
            self._work -= at - start
            if self._work < 0:
                return -1
            if self._escapes and text[at - 1] == "\\" and at - 1 > start:
                behind = text[at + 1 : at + 2]
                if behind not in ("", "\n", self._dialect.separator):
                    at = text.find(quote, at + 1)
                    continue
            if text.startswith(quote, at + 1):
                at = text.find(quote, at + 2)
                continue
            behind = text[at + 1 : at + 12].lstrip(" ")[:1]
            return at if behind in ("", "\n", self._dialect.separator) else -1
        self._work -= len(text) - start
        return -1

    def _bare(self, quoted: str) -> str:
        quote = self._dialect.quote
        bare = quoted.replace(quote * 2, quote)
        return bare.replace("\\" + quote, quote) if self._escapes else bare

    def _looks_swallowed(self, at: int, after: int, width: int) -> bool:
        """Return whether lines inside of a record look like rows of their own."""
        lines = self._text[at:after].split("\n")
        inner = lines[1:-1] if width == self._dialect.width else lines[1:]
        separator, quote = self._dialect.separator, self._dialect.quote
        return any(
            len(cells_of(line, separator, quote)) == self._dialect.width > 2 for line in inner[:50]
        )

    def _opened(self, cells: list[str]) -> list[int]:
        quote = self._dialect.quote
        return [
            place
            for place, cell in enumerate(cells)
            if cell.startswith(quote) and cell.count(quote) == 1
        ]


def _mended(rows: Iterable[list[str]], dialect: Dialect) -> Iterator[list[str]]:
    """Yield the rows; one that arrived as one cell is split.

    A whole row in quotes, or one with another separator than the rest, which may have parted
    its prose ("2026-11-02;Ann;They asked, then left").
    """
    seen = False
    for row in rows:
        if len(row) == dialect.width:
            seen = True
        elif len(row) == 1 and seen and dialect.width > 1:
            yield _split(row, dialect)
            continue
        elif seen and 1 < len(row) < dialect.width >= _LEAST_MIXED:
            yield _parted_otherwise(row, dialect)
            continue
        yield row


_LEAST_MIXED = 4
"""Columns from which a row that has exactly as many cells by another separator was written with it;
judgement: the prose of a shorter row may hold two semicolons."""


def _parted_otherwise(row: list[str], dialect: Dialect) -> list[str]:
    """Return a short row parted by the separator that makes it as wide as the others, if any."""
    line = dialect.separator.join(row)
    for separator in SEPARATORS:
        if separator != dialect.separator and separator in row[0]:
            cells = cells_of(line, separator, dialect.quote)
            if len(cells) == dialect.width:
                return cells
    return row


def _split(row: list[str], dialect: Dialect) -> list[str]:
    others = (dialect.separator, *SEPARATORS) if dialect.width > 2 else (dialect.separator,)
    for separator in others:
        if separator in row[0]:
            cells = cells_of(row[0], separator, dialect.quote)
            if len(cells) == dialect.width:
                return cells
    return row
