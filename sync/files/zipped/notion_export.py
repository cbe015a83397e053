"""A Notion export (Markdown & CSV) as pages, the same as Notion's own interface would give them.

    Name 32hex_all.csv   every row of a database, the title in the first column
    Name 32hex/*.md      one page a row: title, its properties again, then the body

The rows come from the CSV, because its cells are whole; the page gives the id, which outlives a
second export, and the body. A row whose page is not in the export has an id made of its database
and title, and no address.

Source: exports of 2023 to 2026; notion.so/help/export-your-content (read 2026-11).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath
from uuid import UUID

from sync.contents.pages import Page, PageProperty, PageSet, PropertySchema, build_page_set
from sync.files.text_tables.csv_files import read_csv
from sync.notion.bodies.markdown_body import read_markdown

from .zip_members import ZipMembers

_WITH_ID = re.compile(r"^(?P<name>.*?)[ _-]?(?P<id>[0-9a-f]{32})(?P<all>_all)?$")
"""A file of a Notion export: title, 32 hexadecimal digits of the page's id, and "_all" for the
whole table."""
_LINK = re.compile(
    r"\s{0,20}\((?:https://(?:www\.|app\.)?notion\.(?:so|com)/[^()\s]*"
    r"|[^()]*?\.(?:md|csv|html)(?:\?[^()\s]*)?)\)(?:,\s*|$)"
)
"""What an export writes behind the title of a related page: its address or its file."""


@dataclass(frozen=True, slots=True)
class _ExportedPage:
    """A page of the export: its id ("" where its file name has none), and its Markdown."""

    id: str
    title: str
    lines: tuple[str, ...]


def find_databases(members: ZipMembers) -> list[str]:
    """Return the paths of the CSV files that are databases of Notion.

    Where a database has a file of all its rows beside one of the exported view, the former alone.
    """
    tables = [path for path in members if path.lower().endswith(".csv")]
    whole = {path.removesuffix("_all.csv") for path in tables if path.endswith("_all.csv")}
    folders = {str(PurePosixPath(path).parent) for path in members if path.endswith(".md")}
    return [
        path
        for path in tables
        if path.removesuffix(".csv") not in whole
        and (_WITH_ID.match(PurePosixPath(path).stem) or _folders(path) & folders)
    ]


def database_name(path: str) -> str:
    """Return what a database is called.

    >>> database_name("Team/실험 0123456789abcdef0123456789abcdef_all.csv")
    '실험'
    """
    stem = PurePosixPath(path).stem
    found = _WITH_ID.match(stem)
    return (found["name"].strip() if found else stem.removesuffix("_all")) or stem


def read_database(members: ZipMembers, path: str) -> PageSet:
    """Return a database of the export.

    Raises:
        SourceRefusedError: its CSV or one of its pages cannot be read.
    """
    name = database_name(path)
    rows = [
        [str(cell or "") for cell in row]
        for grid in read_csv(members.read(path), name, name).grids
        for row in grid.rows
    ]
    headers = [header.strip() for header in rows[0]] if rows else []
    schema = tuple(
        PropertySchema(str(number), header, "rich_text" if number else "title")
        for number, header in enumerate(headers)
    )
    found = _WITH_ID.match(PurePosixPath(path).stem)
    key = found["id"] if found else name
    held = _pages_of(members, path)
    return build_page_set(key, name, schema, pages=_rows(key, schema, rows[1:], held=held))


def _folders(path: str) -> set[str]:
    """Return the folders in which the pages of a database may lie."""
    file = PurePosixPath(path)
    stem = file.stem.removesuffix("_all")
    return {str(file.with_name(name)) for name in (stem, database_name(path))}


def _pages_of(members: ZipMembers, path: str) -> dict[str, list[_ExportedPage]]:
    folders = _folders(path)
    held: dict[str, list[_ExportedPage]] = {}
    for member in members:
        file = PurePosixPath(member)
        if file.suffix == ".md" and str(file.parent) in folders:
            page = _exported(file, members.read(member).decode("utf-8-sig", errors="replace"))
            held.setdefault(_folded(page.title), []).append(page)
    return held


def _exported(file: PurePosixPath, text: str) -> _ExportedPage:
    lines = text.splitlines()
    found = _WITH_ID.match(file.stem)
    named = found["name"].strip() if found else file.stem
    titled = bool(lines) and lines[0].startswith("# ")
    title = lines[0][2:].strip() if titled else named
    rest = lines[1:] if titled else lines
    return _ExportedPage(found["id"] if found else "", title, tuple(rest))


def _folded(title: str) -> str:
    return " ".join(re.sub(r"[*_`~\\]", "", title).split()).casefold()


def _rows(
    key: str,
    schema: Sequence[PropertySchema],
    rows: Sequence[Sequence[str]],
    *,
    held: dict[str, list[_ExportedPage]],
) -> Iterator[Page]:
    alike: Counter[str] = Counter()
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        title = row[0].strip() if row else ""
        cells = {
            column.name: text
            for column, text in zip(schema[1:], row[1:], strict=False)
            if text.strip()
        }
        page = _take(held, title, cells)
        alike[title] += 1
        yield _page(key, schema, row, page=page, number=alike[title])


def _page(
    key: str,
    schema: Sequence[PropertySchema],
    row: Sequence[str],
    *,
    page: _ExportedPage | None,
    number: int,
) -> Page:
    title = row[0].strip() if row else ""
    properties = []
    for column, cell in zip(schema, row, strict=False):
        text = plain_relation(cell).strip()
        properties.append(PageProperty(column.id, column.name, column.type, text or None, text))
    real = page.id if page else ""
    made = blake2b(f"{key}\0{title}\0{number}".encode(), digest_size=16).hexdigest()
    body = read_markdown(_body(page, [column.name for column in schema]), {}) if page else None
    return Page(
        id=str(UUID(real or made)),
        url=f"https://www.notion.so/{real}" if real else "",
        title=title,
        properties=tuple(properties),
        sections=body.sections if body else (),
        body_complete=body.complete if body else True,
    )


def _take(
    held: dict[str, list[_ExportedPage]], title: str, cells: dict[str, str]
) -> _ExportedPage | None:
    """Return the page of a row and take it out; among pages of one title, that with the most
    of its values.
    """
    alike = held.get(_folded(title), [])
    if not alike:
        return None
    wanted = {f"{name}: {text.splitlines()[0].strip()}" for name, text in cells.items()}
    best = max(
        alike, key=lambda page: sum(line.strip() in wanted for line in page.lines[: len(cells) + 2])
    )
    alike.remove(best)
    return best


def _body(page: _ExportedPage, headers: Sequence[str]) -> str:
    """Return the Markdown below the title and the properties, which stand as `Name: value`
    before a blank line.
    """
    lines = list(page.lines)
    while lines and not lines[0].strip():
        lines.pop(0)
    if lines and any(lines[0].startswith(f"{header}:") for header in headers if header):
        while lines and lines[0].strip():
            lines.pop(0)
    return "\n".join(lines)


def plain_relation(text: str) -> str:
    r"""Return the titles of a relation, one a line; the CSV has the address of each behind it.

    >>> plain_relation("Coupon (Coupon%200123.md), Bakery, north (https://www.notion.so/B-0123?pvs=21)")
    'Coupon\nBakery, north'
    """
    if not _LINK.search(text):
        return text
    return "\n".join(part.strip() for part in _LINK.split(text) if part.strip())
