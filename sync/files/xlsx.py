"""Reads .xlsx files: values by python-calamine, formats and hidden rows from its XML.

    file ─► zip, within limits ─► sheet XML ─► marks (`xlsx_metadata`)
                               └► calamine  ─► values      ─► Grid

calamine allocates the full rectangle of a tab, so cells far from all others are cut out of the XML
before calamine reads it (`xlsx_extent`).
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from notes.model.errors import SourceError, SourceRefusedError
from sync.contents.workbook import Grid, Remark, Value, Workbook, column_letters

from .protection import protected
from .xlsx_extent import Extent, PlacedCell, cells_of, extent_of, strays, without
from .xlsx_metadata import (
    SheetMetadata,
    iterate_elements,
    read_comments,
    read_number_formats,
    read_relations,
    read_sheet_metadata,
)

_MOST_ENTRIES = 5_000
"""Entries of the archive; judgement: a workbook has a handful per tab, far below this even with
500 tabs."""
_MOST_UNPACKED = 2 << 30
"""Bytes unpacked, 2 GiB: the default of [limits] memory_mb, where the pull is ended anyway."""
_MOST_RATIO = 250
"""Unpacked to packed size above which a file of more than 64 MiB is a zip bomb; judgement: the
XML of real sheets packs about 10 to 50 times."""
_MOST_CELLS = 10_000_000
"""Cells of the rectangle that calamine lays out: some 400 MB."""
_MOST_ROWS_ADDED = 1_000
"""Rows or columns added at the edge for formulas without a result; judgement: bounds what one
stray formula can allocate."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an OLE compound file ([MS-CFB] 2.2): .xls, or .xlsx with a password."""
_AGAIN = "save it again in Excel as .xlsx, then run `loopnote doctor`"
"""The next step for a file that Excel itself may be able to repair."""


def read_xlsx(content: bytes, name: str, wanted: Callable[[str], bool]) -> Workbook:
    """Return the workbook in an .xlsx file's bytes: the tabs that `wanted` accepts, in order.

    Raises: SourceRefusedError: it is no such file, is protected by a password, or unpacks beyond
        all measure. SourceError: it is one, but broken.
    """
    _refuse_other_kinds(content, name)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_measure(archive, name)
            return Workbook(name, tuple(_grids(archive, content, name, wanted=wanted)))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        KeyError,
    ) as error:
        raise SourceError(f"{name}: the file is damaged or cut off", hint=_AGAIN) from error
    except (ValueError, IndexError, SyntaxError) as error:
        raise SourceError(
            f"{name}: the file is not a proper Excel file ({_one_line(error)})", hint=_AGAIN
        ) from error


def _refuse_other_kinds(content: bytes, name: str) -> None:
    if content.startswith(_OLD_EXCEL):
        if "DRMEncryptedDataSpace".encode("utf-16-le") in content:
            raise protected(name)
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise SourceRefusedError(
                f"{name} is protected by a password",
                hint="save a copy without the password, and name that in `path`",
            )
        raise SourceRefusedError(
            f"{name} is an old Excel file (.xls)", hint="save it as .xlsx, and name that in `path`"
        )
    if not content.startswith(b"PK"):
        raise SourceRefusedError(f"{name} is not an Excel file", hint="save it as .xlsx or .csv")


def _check_measure(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if (
        len(entries) > _MOST_ENTRIES
        or unpacked > _MOST_UNPACKED
        or (unpacked > 64 << 20 and unpacked / packed > _MOST_RATIO)
    ):
        raise SourceRefusedError(
            f"{name} unpacks to {unpacked >> 20} MB, far more than a log needs",
            hint="check where the file comes from",
        )


def _grids(
    archive: zipfile.ZipFile, content: bytes, name: str, *, wanted: Callable[[str], bool]
) -> Iterator[Grid]:
    names = set(archive.namelist())
    formats = read_number_formats(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else {}
    tabs = [
        (tab, hidden, _sheet(archive, path, names, formats=formats, what=f"{name}: the tab {tab}"))
        for tab, hidden, path in _tabs(archive)
        if wanted(tab) and path in names
    ]
    cuts = {sheet.path: sheet.xml for _, _, sheet in tabs if sheet.xml}
    book = _calamine(_replaced(archive, cuts) if cuts else content, name)
    for tab, hidden, sheet in tabs:
        if tab in book.sheet_names:
            yield _grid(tab, _values(book, tab, name), sheet, hidden=hidden)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is known of a sheet before its values.

    Its marks, and its XML without stray cells, b"" where it has none.
    """

    path: str
    marks: SheetMetadata
    xml: bytes = b""
    remarks: tuple[Remark, ...] = ()


def _sheet(
    archive: zipfile.ZipFile, path: str, names: set[str], *, formats: Any, what: str
) -> _Sheet:
    xml = archive.read(path)
    extent = extent_of(xml)
    if not extent.is_suspicious:
        _check_extent(extent, what)
        return _Sheet(path, _marks(archive, path, xml, names=names, formats=formats))
    cut, remarks = _cut(archive, xml, what)
    return _Sheet(
        path, _marks(archive, path, cut or xml, names=names, formats=formats), cut, remarks
    )


def _cut(archive: zipfile.ZipFile, xml: bytes, what: str) -> tuple[bytes, tuple[Remark, ...]]:
    """Return a sheet's XML without the cells far from all others, and the remarks about them.

    b"" where there are none; blanks typed there are not worth a word.

    Raises:
        SourceRefusedError: even so it reaches too far.
    """
    cells = cells_of(xml)
    stray = strays(cells)
    gone = {one.start for one in stray}
    kept = [one for one in cells if one.start not in gone]
    last_row = max((one.row for one in kept), default=1)
    _check_extent(Extent(last_row, max((one.column for one in kept), default=1), len(kept)), what)
    return (without(xml, stray), tuple(_stray_remark(archive, stray))) if stray else (b"", ())


def _check_extent(extent: Extent, what: str) -> None:
    if extent.rows * extent.columns > _MOST_CELLS:
        raise SourceRefusedError(
            f"{what} has values {extent.rows * extent.columns:,} cells apart",
            hint="delete the stray values far below or right of the table",
        )


def _stray_remark(archive: zipfile.ZipFile, stray: Sequence[PlacedCell]) -> Iterator[Remark]:
    shared = _shared_texts(archive) if any(one.kind == "s" for one in stray) else []
    texts = [(one, _text(one, shared)) for one in stray]
    filled = [(one, text) for one, text in texts if text.strip()]
    if filled:
        one, text = filled[0]
        cell = f"{column_letters(one.column)}{one.row}"
        yield Remark(
            "stray_cells",
            one.row,
            one.column,
            text[:200],
            (("count", str(len(filled))), ("cell", cell)),
        )


def _text(one: PlacedCell, shared: Sequence[str]) -> str:
    if one.kind != "s":
        return one.text
    return shared[int(one.text)] if one.text.isdigit() and int(one.text) < len(shared) else ""


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    items = iterate_elements(archive.read("xl/sharedStrings.xml"), "si")
    return [
        "".join(piece.text or "" for piece in item.iter() if piece.tag.endswith("}t"))
        for item in items
    ]


def _replaced(archive: zipfile.ZipFile, cuts: Mapping[str, bytes]) -> bytes:
    """Return the file with some of its sheets replaced."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for entry in archive.namelist():
            into.writestr(entry, cuts.get(entry) or archive.read(entry))
    return made.getvalue()


def _grid(tab: str, rows: list[list[Value]], sheet: _Sheet, *, hidden: bool) -> Grid:
    marks = sheet.marks
    for (row, column), error in marks.errors.items():
        if error.missing:
            _make_room(rows, row, column)
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = error
    return Grid(
        tab=tab,
        rows=rows,
        merges=marks.merges,
        hidden_rows=marks.hidden_rows,
        hidden_columns=marks.hidden_columns,
        formats=marks.formats,
        links=marks.links,
        comments=marks.comments,
        tables=marks.tables,
        hidden=hidden,
        remarks=sheet.remarks,
    )


def _make_room(rows: list[list[Value]], row: int, column: int) -> None:
    """Extend the rows so that a formula without a result has a cell.

    Calamine leaves such rows at the end out.
    """
    if len(rows) < row <= len(rows) + _MOST_ROWS_ADDED:
        rows.extend([] for _ in range(row - len(rows)))
    if row <= len(rows) and len(rows[row - 1]) < column <= _MOST_ROWS_ADDED:
        rows[row - 1].extend([None] * (column - len(rows[row - 1])))


def _calamine(content: bytes, name: str) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    except python_calamine.PasswordError as error:
        raise SourceRefusedError(
            f"{name} is protected by a password",
            hint="save a copy without the password, and name that in `path`",
        ) from error
    except python_calamine.CalamineError as error:
        raise SourceError(
            f"{name}: the file is not a proper Excel file ({_one_line(error)})", hint=_AGAIN
        ) from error


def _values(book: Any, tab: str, name: str) -> list[list[Value]]:
    import python_calamine

    try:
        rows = book.get_sheet_by_name(tab).to_python(skip_empty_area=False)
    except python_calamine.CalamineError as error:
        raise SourceError(
            f"{name}: the tab {tab} cannot be read ({_one_line(error)})", hint=_AGAIN
        ) from error
    return [[None if value == "" else value for value in row] for row in rows]


def _tabs(archive: zipfile.ZipFile) -> Iterator[tuple[str, bool, str]]:
    """Yield (name, hidden, path in the archive) of every worksheet."""
    targets = read_relations(archive.read("xl/_rels/workbook.xml.rels"), "xl/")
    for sheet in iterate_elements(archive.read("xl/workbook.xml"), "sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        kind, path = targets.get(link, ("", ""))
        if kind.endswith("/worksheet"):
            yield sheet.get("name", ""), sheet.get("state", "visible") != "visible", path


def _marks(
    archive: zipfile.ZipFile, path: str, xml: bytes, *, names: set[str], formats: Any
) -> SheetMetadata:
    folder = PurePosixPath(path)
    rels = f"{folder.parent}/_rels/{folder.name}.rels"
    parts = read_relations(archive.read(rels), f"{folder.parent}/") if rels in names else {}
    tables = [
        archive.read(part)
        for kind, part in parts.values()
        if kind.endswith("/table") and part in names
    ]
    comments = [
        archive.read(part)
        for kind, part in parts.values()
        if kind.endswith("/comments") and part in names
    ]
    links = {key: part for key, (kind, part) in parts.items() if kind.endswith("/hyperlink")}
    marks = read_sheet_metadata(xml, formats, links=links, tables=tables)
    return marks.with_comments(read_comments(comments))


def _one_line(error: BaseException) -> str:
    return re.sub(r"\s+", " ", str(error)).strip()[:200] or type(error).__name__
