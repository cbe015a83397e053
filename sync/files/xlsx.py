"""Excel files: values by python-calamine (alone here), and what it does not tell by a thin pass over the same XML.

    file ─► zip, within limits ─► sheet XML ─► marks (`xlsx_marks`)
                               └► calamine  ─► values      ─► Grid

calamine lays a tab out as a full rectangle, so the extent is checked before it sees the file.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from notes.model.errors import SourceError, SourceRefusedError
from sync.workbook import Grid, Value, Workbook

from .xlsx_metadata import (
    SheetMetadata,
    iterate_elements,
    read_comments,
    read_number_formats,
    read_relations,
    read_sheet_metadata,
)

_MOST_ENTRIES = 5_000
_MOST_UNPACKED = 2 << 30
_MOST_RATIO = 250
_MOST_CELLS = 40_000_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "save it again in Excel as .xlsx, then run `loopnote doctor`"


def read_xlsx(content: bytes, name: str, wanted: Callable[[str], bool]) -> Workbook:
    """Return the workbook in the bytes of an .xlsx file: all tabs that `wanted` lets through, in order.

    Raises: SourceRefusedError: it is no such file, is protected by a password, or unpacks beyond
        all measure. SourceError: it is one, but broken.
    """
    _refuse_other_kinds(content, name)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_measure(archive, name)
            return Workbook(name, tuple(_grids(archive, content, name, wanted)))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        KeyError,
    ) as error:
        raise SourceError(
            f"{name}: the file is damaged or cut off ({_one_line(error)})", hint=_AGAIN
        ) from error
    except (ValueError, IndexError, SyntaxError) as error:
        raise SourceError(
            f"{name}: the file is not a proper Excel file ({_one_line(error)})", hint=_AGAIN
        ) from error


def _refuse_other_kinds(content: bytes, name: str) -> None:
    if content.startswith(_OLD_EXCEL):
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
    archive: zipfile.ZipFile, content: bytes, name: str, wanted: Callable[[str], bool]
) -> Iterator[Grid]:
    names = set(archive.namelist())
    formats = read_number_formats(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else {}
    book = _calamine(content, name)
    for tab, hidden, path in _tabs(archive):
        if not wanted(tab) or path not in names or tab not in book.sheet_names:
            continue
        marks = _marks(archive, path, names, formats)
        if marks.extent > _MOST_CELLS:
            raise SourceRefusedError(
                f"{name}: the tab {tab} has values {marks.extent:,} cells apart",
                hint="delete the stray values far below or right of the table",
            )
        yield _grid(tab, _values(book, tab, name), marks, hidden=hidden)


def _grid(tab: str, rows: list[list[Value]], marks: SheetMetadata, *, hidden: bool) -> Grid:
    for (row, column), error in marks.errors.items():
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
    )


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


def _marks(archive: zipfile.ZipFile, path: str, names: set[str], formats: Any) -> SheetMetadata:
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
    marks = read_sheet_metadata(archive.read(path), formats, links=links, tables=tables)
    return marks.with_comments(read_comments(comments))


def _one_line(error: BaseException) -> str:
    return re.sub(r"\s+", " ", str(error)).strip()[:200] or type(error).__name__
