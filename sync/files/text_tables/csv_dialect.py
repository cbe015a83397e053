"""Detects the dialect of a text table: separator, quote character, width of its rows.

The separator that cuts most rows into equally many cells wins. Quotes are matched within one line
here, so that a stray quote cannot hide the rest of the file.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Literal

SEPARATORS = (",", ";", "\t", "|")
_PROBE = 200
"""Records that decide; a file says within a few lines how it is written."""
_LINES = 200_000
"""Characters whose lines decide where a file keeps no rules: some thousand lines."""
_BLANK_SURE = 0.98
"""A blank separates cells only where nearly every line has as many of them."""
_BLANK_FIGURES = 0.5
"""And where half of the words hold a figure or a quote: sentences of equal length hold few
(judgement)."""

Quote = Literal['"', "'"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text table is written.

    `width` is how many cells its rows commonly have, 0 where none has two.
    """

    separator: str
    quote: Quote = '"'
    width: int = 0


def other_format(text: str) -> str:
    """Return what a text is that is no table of lines and separators, "" for one that may be.

    An export saved under the wrong name has one long line, or one for each bracket.

    >>> other_format("<!DOCTYPE html><table>"), other_format('[{"date": 1}]'), other_format("<3주>")
    ('html', 'json', '')
    """
    head = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("<!doctype", "<html", "<table", "<?xml")):
        return "html"
    return "json" if _JSON.match(head) else ""


_LOOKED_AT = 400
"""Characters that tell a web page or JSON; judgement: blank lines above are few."""
_JSON = re.compile(r"(?:\[\s{0,99})?\{\s{0,99}\"[^\"\n]{1,99}\"\s{0,9}:")
"""How JSON begins: a brace, perhaps in a list, and a quoted name with a colon."""


def dialect_of(text: str, *, whole: bool = True) -> Dialect:
    r"""Return how a text table is written; `whole`: nothing follows on the text.

    >>> dialect_of("a;b\n1,5;2\n2,5;3")
    Dialect(separator=';', quote='"', width=2)
    """
    quotes: tuple[Quote, ...] = ('"', "'") if _quotes_singly(text) else ('"',)
    best, found = (0.0, 0.0, 0), Dialect(",")
    for quote in quotes:
        for separator in (*SEPARATORS, " "):
            share, width = _evenness(text, separator, quote, whole=whole)
            if separator == " " and (share < _BLANK_SURE or width < 3 or _is_prose(text)):
                continue
            rank = (share, 1.0 if separator != " " else 0.0, width)
            if rank > best or (rank == best and quote == "'"):
                best, found = rank, Dialect(separator, quote, width)
    return found


def dialect_of_long(text: str) -> Dialect:
    """Return what `dialect_of` says of a text, by its beginning where that tells."""
    beginning = text[: text.rfind("\n", 0, 2 * _LINES) + 1]
    return dialect_of_beginning(beginning) or dialect_of(text)


def dialect_of_beginning(text: str) -> Dialect | None:
    """Return how a text is written of which this is the beginning, up to the end of a line.

    None where the beginning does not tell what `dialect_of` says of all of it: the first records
    end beyond.
    """
    if len(text) < _LINES:
        return None
    try:
        return dialect_of(text, whole=False)
    except _CutOffError:
        return None


class _CutOffError(Exception):
    """The beginning of a text ended before its first records did."""


def _is_prose(text: str) -> bool:
    """Return whether the lines below the first are words rather than cells between blanks."""
    words = [word for line in lines_of(text[:_LINES])[1:_PROBE] for word in line.split()]
    figures = sum(1 for word in words if word[0] in "\"'" or any(sign.isdigit() for sign in word))
    return figures < _BLANK_FIGURES * len(words)


def cells_of(line: str, separator: str, quote: str = '"', *, last: bool = False) -> list[str]:
    """Return the cells of one line.

    A quote that does not close before a separator or the end is a character.

    `last`: of the quotes that may close a cell, the last one of the line does.

    >>> cells_of('a, "b, c",7" pipe,"d', ",")
    ['a', 'b, c', '7" pipe', '"d']
    """
    cells, at, closes = [], 0, True
    while True:
        while separator != " " and line.startswith(" ", at):
            at += 1
        closed = -1
        if closes and line.startswith(quote, at):
            closed = _closing(line, at, separator, quote=quote, last=last)
            closes = closed >= 0  # where no quote closes this one, none closes a later one either
        if closed >= 0:
            cells.append(line[at + 1 : closed].replace(quote * 2, quote))
            at = line.find(separator, closed)
        else:
            end = line.find(separator, at)
            cells.append(line[at:] if end < 0 else line[at:end])
            at = end
        if at < 0:
            return cells
        at += 1


def _closing(line: str, start: int, separator: str, *, quote: str, last: bool) -> int:
    """Return where the quote at `start` closes on this line.

    At one with a separator or the line's end behind it.
    """
    at, found = line.find(quote, start + 1), -1
    while at >= 0:
        if line.startswith(quote, at + 1):
            at = line.find(quote, at + 2)
            continue
        behind = at + 1
        while separator != " " and line.startswith(" ", behind):
            behind += 1
        if behind == len(line) or line.startswith(separator, behind):
            found = at
            if not last:
                return at
        at = line.find(quote, at + 1)
    return found


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, ended by any of the three ends of line."""
    return re.split(r"\r\n|\r|\n", text)


def _evenness(text: str, separator: str, quote: Quote, *, whole: bool) -> tuple[float, int]:
    """Return the share of first records that have the most frequent width, and that width.

    Records that are not cut at all do not count for a separator, so a title line above the table
    harms none.
    """
    widths = _proper_widths(_records_lines(text, whole=whole), separator, quote)
    if widths is None:
        widths = [
            len(cells_of(line, separator, quote)) if line else 0
            for line in lines_of(text[:_LINES])[:_PROBE]
        ]
    cut = Counter(width for width in widths if width > 1)
    filled = sum(1 for width in widths if width)
    if not cut:
        return 0.0, 0
    width, times = max(cut.items(), key=lambda item: (item[1], item[0]))
    return times / filled, width


def _records_lines(text: str, *, whole: bool) -> Iterator[str]:
    """Yield the lines of a text with their ends, as the csv module takes them.

    Raises:
        _CutOffError: the text is only a beginning, and a line behind it is asked for.
    """
    yield from StringIO(text, newline="")
    if not whole:
        raise _CutOffError


def _proper_widths(source: Iterator[str], separator: str, quote: Quote) -> list[int] | None:
    """Return the widths of the first records of a valid CSV file, None for any other."""
    csv.field_size_limit(1 << 30)
    try:
        reader = csv.reader(
            source, delimiter=separator, quotechar=quote, skipinitialspace=True, strict=True
        )
        return [len(record) for record in islice(reader, _PROBE)]
    except csv.Error:
        return None


def _quotes_singly(text: str) -> bool:
    """Return whether apostrophes quote.

    Every cell that begins with one also ends with one, and none with a quote.
    """
    head = text[:_LINES]
    opened = len(re.findall(r"(?:^|[,;\t|])[ ]?'(?!')", head, re.MULTILINE))
    closed = len(re.findall(r"(?<!')'[ ]?(?=$|[,;\t|\r\n])", head, re.MULTILINE))
    return (
        opened >= 2
        and opened == closed
        and not re.search(r"(?:^|[,;\t|])[ ]?\"", head, re.MULTILINE)
    )
