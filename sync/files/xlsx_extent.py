"""Finds how far a tab's cells reach and which cells stand far from all others.

calamine lays a tab out as the full rectangle from A1 to the last cell, so that one blank typed into
A1048576 costs half a gigabyte. What a tab reaches to is looked up cheaply in its XML; where that is
out of all proportion to the number of its cells, every cell is placed exactly, and those beyond a
wide gap are cut out before calamine sees them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

_SUSPICIOUS = 200_000
"""Cells of a rectangle up to which nobody minds how empty it is: some 6 MB."""
_SPARSE = 20
"""A rectangle with fewer than one cell in so many is looked at exactly."""
_GAP_ROWS = 1_000
"""Blank rows after which a cell belongs to nothing above it; the longest gaps in real logs have
some hundred."""
_GAP_COLUMNS = 60
"""Blank columns after which a cell belongs to nothing left of it; judgement: wider than any gap
between tables side by side (ADR 0212)."""

_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\sr=\"(\d{1,9})\"")
_USUAL_ROW = re.compile(rb"<row r=\"(\d{1,9})\"")
"""A row as nearly every program writes it; its plain beginning is found four times as fast."""
_TALL = re.compile(rb" r=\"[A-Z]{1,3}([1-9]\d{5,6})\"")
_WIDE = re.compile(rb" r=\"([A-Z]{2,3})\d")
_NOT_PLAIN = (b"\n", b"\t", b"\r", b"'")
_PLAIN = bytes.maketrans(b"".join(_NOT_PLAIN), b'   "')
_ODD_ADDRESSES = (b'"r=', b'"r ')
"""Ways to write an address that the patterns above do not see, beside " r "; a second one in a cell
counts for calamine."""
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
"""A cell's reference: three letters and seven digits hold Excel's largest sheet."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a tab's cells reach, and about how many there are.

    `exact` is False where the XML is of an odd form.
    """

    rows: int
    columns: int
    cells: int
    exact: bool = True

    @property
    def is_suspicious(self) -> bool:
        """Return whether the rectangle is too sparse, or only every cell can tell its extent."""
        area = self.rows * self.columns
        return not self.exact or (area > _SUSPICIOUS and area > _SPARSE * self.cells)


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell that holds something.

    Where it stands, its bytes in the XML, and its text as written (`kind` is its t).
    """

    row: int
    column: int
    start: int
    end: int
    kind: str
    text: str


def extent_of(body: bytes) -> Extent:
    """Return how far the rows and cells of a sheet reach, by their addresses."""
    row_tags, cells = _tags(body, b"row"), _tags(body, b"c")
    rows = _USUAL_ROW.findall(body)
    if len(rows) != row_tags:
        rows = _ROW.findall(body)
    exact = len(rows) == row_tags and body.count(b' r="') >= row_tags + cells
    exact = exact and not _has_odd_addresses(body)
    tall = max(map(int, set(_TALL.findall(body))), default=1)
    widest = max(
        (column_number(letters.decode()) for letters in set(_WIDE.findall(body))), default=26
    )
    return Extent(max(tall, max(map(int, rows), default=1)), widest, cells, exact)


def _tags(body: bytes, name: bytes) -> int:
    """Return about how many elements of this name begin there, in whatever namespace."""
    count = body.count(b"<%b " % name) + body.count(b"<%b>" % name)
    if (prefixed := b":%b" % name) in body:
        count += body.count(prefixed + b" ") + body.count(prefixed + b">")
    return count


def _has_odd_addresses(body: bytes) -> bool:
    plain = body
    if any(sign in body for sign in _NOT_PLAIN):
        plain = body.translate(_PLAIN)
        if plain.count(b' r="') != body.count(b' r="'):
            return True
    return (b'"r' in plain and any(one in plain for one in _ODD_ADDRESSES)) or b" r " in plain


def column_number(letters: str) -> int:
    """Return the 1-based number of a column's letters.

    >>> column_number("AB")
    28
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(slots=True)
class _Cells:
    """What the parser has seen: cells with a value, counted on where they carry no address."""

    found: list[PlacedCell] = field(default_factory=list)
    row: int = 0
    column: int = 0
    start: int = 0
    kind: str = ""
    text: list[str] | None = None


def cells_of(xml: bytes) -> list[PlacedCell]:
    """Return every cell of a sheet that holds a value.

    Raises:
        ValueError: the XML is broken, or has a document type.
    """
    parser = expat.ParserCreate()
    state = _Cells()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: _opened(
        parser, state, name, attributes=attributes
    )
    parser.EndElementHandler = lambda name: _closed(parser, state, name)
    parser.CharacterDataHandler = lambda text: (
        state.text.append(text) if state.text is not None else None
    )
    parser.StartDoctypeDeclHandler = _refused
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return state.found


def _refused(*_: Any) -> None:
    raise ValueError("a document type is not allowed")


def _opened(
    parser: expat.XMLParserType, state: _Cells, name: str, *, attributes: dict[str, str]
) -> None:
    match name.rpartition(":")[2]:
        case "row":
            number = attributes.get("r", "")
            state.row = int(number) if number.isdigit() and len(number) < 9 else state.row + 1
            state.column = 0
        case "c":
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            if found:
                state.row, state.column = int(found[2]), column_number(found[1].upper())
            else:
                state.column += 1
            state.start, state.kind = parser.CurrentByteIndex, attributes.get("t", "")
        case "v" | "t":
            state.text = []


def _closed(parser: expat.XMLParserType, state: _Cells, name: str) -> None:
    kind = name.rpartition(":")[2]
    if kind == "c" and state.text is not None:
        end = parser.CurrentByteIndex + len(f"</{name}>")
        text, state.text = "".join(state.text), None
        state.found.append(
            PlacedCell(
                row=state.row,
                column=state.column,
                start=state.start,
                end=end,
                kind=state.kind,
                text=text,
            )
        )


def strays(cells: Sequence[PlacedCell]) -> list[PlacedCell]:
    """Return the cells that stand beyond a wide gap from the tab's main part."""
    last_row = _reach(_counted(cell.row for cell in cells), _GAP_ROWS)
    last_column = _reach(_counted(cell.column for cell in cells), _GAP_COLUMNS)
    return [cell for cell in cells if cell.row > last_row or cell.column > last_column]


def _counted(numbers: Iterable[int]) -> list[tuple[int, int]]:
    counts: dict[int, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    return sorted(counts.items())


def _reach(counts: Sequence[tuple[int, int]], gap: int) -> int:
    """Return the last row or column of the part with the most cells; wide gaps separate parts."""
    best = held = last = 0
    reach = 0
    for number, count in counts:
        held = count if last and number - last > gap else held + count
        last = number
        if held > best:
            best, reach = held, number
    return reach


def without(xml: bytes, cells: Sequence[PlacedCell]) -> bytes:
    """Return a sheet's XML without some of its cells."""
    pieces, at = [], 0
    for cell in sorted(cells, key=lambda one: one.start):
        pieces.append(xml[at : cell.start])
        at = cell.end
    return b"".join([*pieces, xml[at:]])
