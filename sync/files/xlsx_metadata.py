"""Reads sheet metadata from XML: formats, errors, hidden rows and columns, merges, links, tables.

The big part, the cells, is not parsed: a pattern finds the few attributes that matter, which costs
a tenth of what calamine needs for the values. The small parts are parsed as XML; a document type in
any of them is refused.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from posixpath import normpath
from xml.etree import ElementTree

from sync.contents.workbook import Area, CellError, CellFormat

from .xlsx_extent import column_number

Cell = tuple[int, int]
Relations = dict[str, tuple[str, str]]
"""Relation id → (kind, target): a path in the archive, or an address outside."""


@dataclass(frozen=True, slots=True)
class SheetMetadata:
    """What stands beside the values of one sheet."""

    formats: Mapping[Cell, CellFormat] = field(default_factory=dict)
    errors: Mapping[Cell, CellError] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    tables: tuple[Area, ...] = ()
    links: Mapping[Cell, str] = field(default_factory=dict)
    comments: Mapping[Cell, str] = field(default_factory=dict)

    def with_comments(self, comments: Mapping[Cell, str]) -> "SheetMetadata":
        """Return the same marks and these comments."""
        return replace(self, comments=comments)


_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^<>]*)>")
_CELL_REF = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_ROW_REF = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_FORMULA = re.compile(
    rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|</(?:\w+:)?c>)"
)
_TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")
_VALUE = re.compile(
    rb"[^<]*(?:<(?:\w+:)?f\b[^<>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v[^<>]*>([^<]*)<"
)
"""Rows and cells in a sheet's XML (ECMA-376 part 1, 18.3.1), read as bytes: a parser takes ten
times as long. What decides: the reference, style, formula, type and value of a cell."""
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")
_GROUPED = re.compile(rb"\boutlineLevel=\"[1-9]")
"""A hidden row; one that belongs to a collapsed group is not hidden on purpose."""
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
"""One cell or an area, as merges and links name it."""
_THREADED = re.compile(r"^\[Threaded comment\].*?(?:Comment|댓글|메모):\s*", re.DOTALL)
"""What Excel writes before a threaded comment, for old versions; only the comment is the team's."""
_OPENED = ("http://", "https://", "mailto:")
"""Links that lead out of the workbook."""


def read_sheet_metadata(
    xml: bytes,
    formats: Mapping[int, CellFormat],
    *,
    links: Mapping[str, str],
    tables: Iterable[bytes],
) -> SheetMetadata:
    """Return the marks of one sheet.

    `formats` are the styles that matter, `links` and `tables` its related parts.
    """
    if b"<!DOCTYPE" in xml[:4096]:
        raise ValueError("a document type is not allowed")
    start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData")
    head, body, tail = xml[:start], xml[start:end], xml[end:]
    declared = [one for table in tables for one in _declared_table(table)]
    cells = _cells(body, formats)
    return SheetMetadata(
        formats=cells.formats,
        errors=cells.errors,
        hidden_rows=cells.hidden_rows - _filtered(tail, declared),
        hidden_columns=_hidden_columns(head),
        merges=tuple(_areas(tail, rb"<(?:\w+:)?mergeCell [^<>]*\bref=\"([^\"]+)\"")),
        tables=tuple(area for area, _ in declared),
        links=dict(_links(tail, links)),
    )


def _cells(body: bytes, formats: Mapping[int, CellFormat]) -> SheetMetadata:
    """Find formatted cells, error cells and hidden rows.

    Rows of a collapsed group are data, so they stay.
    """
    found: dict[Cell, CellFormat] = {}
    errors: dict[Cell, CellError] = {}
    hidden: set[int] = set()
    for cell, row, attributes, end in _tags(body, formats):
        if cell is None:
            if _HIDDEN.search(attributes) and not _GROUPED.search(attributes):
                hidden.add(row)
            continue
        style = _STYLE.search(attributes)
        if style and int(style[1]) in formats:
            found[cell] = formats[int(style[1])]
        if b't="e"' in attributes:
            value = _VALUE.match(body, end)
            errors[cell] = CellError(value[1].decode("utf-8", "replace") if value else "#ERROR!")
    errors.update(_without_result(body))
    return SheetMetadata(formats=found, errors=errors, hidden_rows=frozenset(hidden))


def _without_result(body: bytes) -> Iterator[tuple[Cell, CellError]]:
    """Find formulas whose result is not in the file, as programs write them.

    An empty text is a result.
    """
    if b"<f" not in body and b":f" not in body:
        return  # as in nearly every log: not a formula, and the pattern looks at each tag
    for formula in _FORMULA.finditer(body):
        tag = _TAG.match(body, body.rfind(b"<", 0, formula.start()))
        reference = _CELL_REF.search(tag[2]) if tag and tag[1] == b"c" else None
        if tag is None or reference is None or _TEXT_RESULT.search(tag[2]):
            continue
        text = _unescaped((formula[1] or b"").decode("utf-8", "replace"))[:100]
        yield (
            (int(reference[2]), column_number(reference[1].decode())),
            CellError(f"={text}", missing=True),
        )


def _tags(
    body: bytes, formats: Mapping[int, CellFormat]
) -> Iterator[tuple[Cell | None, int, bytes, int]]:
    """Yield the tags that may matter: (cell or None for a row, row, attributes, end of the tag)."""
    first = _TAG.search(body)
    if first is None:
        return
    if not _ROW_REF.search(first[2]):
        yield from _counted_tags(body)
        return
    styles = b"|".join(b"%d" % style for style in sorted(formats))
    wanted = re.compile(
        rb' (?:t="e"|hidden="(?:1|true)"'
        + (rb'|s="(?:' + styles + rb')"' if styles else b"")
        + b")"
    )
    last = -1
    for match in wanted.finditer(body):
        start = body.rfind(b"<", 0, match.start())
        tag = _TAG.match(body, start)
        if tag is None or start == last:
            continue
        last = start
        reference = _CELL_REF.search(tag[2]) if tag[1] == b"c" else _ROW_REF.search(tag[2])
        if reference is None:
            continue
        cell = (int(reference[2]), column_number(reference[1].decode())) if tag[1] == b"c" else None
        yield cell, cell[0] if cell else int(reference[1]), tag[2], tag.end()


def _counted_tags(body: bytes) -> Iterator[tuple[Cell | None, int, bytes, int]]:
    """Yield every tag of a file whose writer leaves out the addresses.

    They count from the one before.
    """
    row = column = 0
    for tag in _TAG.finditer(body):
        if tag[1] == b"row":
            reference = _ROW_REF.search(tag[2])
            row, column = (int(reference[1]) if reference else row + 1), 0
            yield None, row, tag[2], tag.end()
        else:
            cell = _CELL_REF.search(tag[2])
            column = column_number(cell[1].decode()) if cell else column + 1
            yield (row, column), row, tag[2], tag.end()


def _filtered(tail: bytes, declared: Iterable[tuple[Area, bool]]) -> frozenset[int]:
    """Return the rows that an active filter hides: they are data, not helpers."""
    filters = [area for area, filtered in declared if filtered]
    found = re.search(
        rb"<(?:\w+:)?autoFilter\b[^<>]*\bref=\"([^\"]+)\"[^<>]*>\s*<(?:\w+:)?filterColumn", tail
    )
    if found:
        filters.extend(area for area in [parse_area(found[1].decode("utf-8", "replace"))] if area)
    return frozenset(row for area in filters for row in range(area.top, area.bottom + 1))


def _hidden_columns(head: bytes) -> frozenset[int]:
    columns: set[int] = set()
    for attributes in re.findall(rb"<(?:\w+:)?col\b([^<>]*)>", head):
        low, high = (
            re.search(rb"\bmin=\"(\d+)\"", attributes),
            re.search(rb"\bmax=\"(\d+)\"", attributes),
        )
        if low and high and _HIDDEN.search(attributes) and not _GROUPED.search(attributes):
            columns.update(range(int(low[1]), min(int(high[1]), 1000) + 1))
    return frozenset(columns)


def _areas(tail: bytes, pattern: bytes) -> Iterator[Area]:
    for reference in re.findall(pattern, tail):
        area = parse_area(reference.decode("utf-8", "replace"))
        if area is not None:
            yield area


def _links(tail: bytes, links: Mapping[str, str]) -> Iterator[tuple[Cell, str]]:
    for attributes in re.findall(rb"<(?:\w+:)?hyperlink\b([^<>]*)>", tail):
        reference = re.search(rb"\bref=\"([^\"]+)\"", attributes)
        target = re.search(rb"\b\w+:id=\"([^\"]+)\"", attributes)
        area = parse_area(reference[1].decode("utf-8", "replace")) if reference else None
        address = links.get(target[1].decode("utf-8", "replace"), "") if target else ""
        if area and address.lower().startswith(_OPENED):
            yield (area.top, area.left), address


def _declared_table(xml: bytes) -> list[tuple[Area, bool]]:
    root = _parsed(xml)
    area = parse_area(root.get("ref", ""))
    filtered = any(element.tag.endswith("}filterColumn") for element in root.iter())
    return [(area, filtered)] if area else []


def read_comments(parts: Iterable[bytes]) -> dict[Cell, str]:
    """Return the comments of a sheet by cell, their text only."""
    comments: dict[Cell, str] = {}
    for part in parts:
        for element in iterate_elements(part, "comment"):
            area = parse_area(element.get("ref", ""))
            text = "".join(piece.text or "" for piece in element.iter() if piece.tag.endswith("}t"))
            if area and text.strip():
                comments[(area.top, area.left)] = _THREADED.sub("", text).strip()
    return comments


def read_relations(xml: bytes, folder: str) -> Relations:
    """Return the related parts of a part that lies in `folder`."""
    found: Relations = {}
    for element in iterate_elements(xml, "Relationship"):
        target = element.get("Target", "")
        if element.get("TargetMode") != "External":
            target = target.lstrip("/") if target.startswith("/") else normpath(folder + target)
        found[element.get("Id", "")] = (element.get("Type", ""), target)
    return found


def read_number_formats(xml: bytes) -> dict[int, CellFormat]:
    """Return the styles whose numbers do not tell what they are.

    Percents, currencies, units in the format.
    """
    root = _parsed(xml)
    codes = {
        int(element.get("numFmtId", "0")): element.get("formatCode", "")
        for element in root.iter()
        if element.tag.endswith("}numFmt") and element.get("numFmtId", "0").isdigit()
    }
    listed = next((element for element in root if element.tag.endswith("}cellXfs")), None)
    formats = {}
    for place, style in enumerate(listed if listed is not None else ()):
        number = int(style.get("numFmtId", "0")) if style.get("numFmtId", "0").isdigit() else 0
        known = _format(number, codes.get(number, ""))
        if known is not None:
            formats[place] = known
    return formats


def _format(number: int, code: str) -> CellFormat | None:
    if number in (9, 10):
        return CellFormat("percent")
    if not code:
        return CellFormat("currency", "$") if number in (5, 6, 7, 8, 42, 44) else None
    section = code.split(";", maxsplit=1)[0]
    bare = re.sub(r"\"[^\"]*\"|\\.|\[[^\]]*\]", "", section)
    if "%" in bare:
        return CellFormat("percent")
    if re.search(r"[ymdhs]", bare, re.IGNORECASE) and not re.search(
        r"general", bare, re.IGNORECASE
    ):
        return None
    symbol = re.search(r"\[\$([^\]-]+)", section) or re.search(r"([₩￦$€£¥])", section)
    if symbol:
        return CellFormat("currency", symbol[1].strip())
    words = re.search(r"\"\s*([^\"\d\s]{1,8})\s*\"\s*$", section)
    return CellFormat("number", words[1]) if words and re.search(r"[0#?]", bare) else None


def _unescaped(text: str) -> str:
    """Return a text of XML as it is meant; the standard library's loads its client of HTTP for it.

    >>> _unescaped("A1&gt;B1 &amp;&amp; &amp;lt;")
    'A1>B1 && &lt;'
    """
    return text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")


def iterate_elements(xml: bytes, name: str) -> Iterator[ElementTree.Element]:
    """Yield the elements of a small part that have this name, in any namespace."""
    for element in _parsed(xml).iter():
        if element.tag == name or element.tag.endswith("}" + name):
            yield element


def _parsed(xml: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise ValueError("a document type is not allowed")
    return ElementTree.fromstring(xml)  # noqa: S314 - entities are refused above


def parse_area(reference: str) -> Area | None:
    """Return the area of "A3:B4" or "A3", None for anything else.

    >>> parse_area("A3:B4")
    Area(top=3, left=1, bottom=4, right=2)
    """
    found = _AREA.fullmatch(reference)
    if found is None:
        return None
    top, left = int(found[2]), column_number(found[1])
    return Area(top, left, int(found[4] or top), column_number(found[3] or found[1]))
