"""A .zip as a log: the databases of a Notion export, or the spreadsheets that somebody packed."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from notes.model.errors import SourceRefusedError
from sync.files.text_tables.csv_files import read_csv
from sync.files.xlsx import read_xlsx
from sync.source import Content

from .notion_export import database_name, find_databases, read_database
from .zip_members import ZipMembers, open_zip

Wants = Callable[[str], bool]

_TABLES = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".tsv")
"""The tables that an archive may hold; what else is in it is left alone."""


def read_zip(content: bytes, name: str, wants: Wants, *, max_bytes: int) -> Iterator[Content]:
    """Yield the databases and spreadsheets of an archive, one at a time, in the order of their
    paths.

    `wants` tells which databases, tabs and text tables are read, by their name.

    Raises:
        SourceRefusedError: it is no archive, or holds nothing that is read.
    """
    members = open_zip(content, name, max_bytes)
    databases = find_databases(members)
    tables = [path for path in members if path.lower().endswith(_TABLES)]
    texts = _plain_texts(members, databases)
    if not databases and not tables and not texts:
        raise _nothing_error(members)
    for path in databases:
        if wants(database_name(path)):
            yield read_database(members, path)
    for path in tables:
        yield read_xlsx(members.read(path), f"{name}/{_stem(path)}", wants)
    for path in texts:
        if wants(PurePosixPath(path).stem):
            yield read_csv(members.read(path), f"{name}/{_stem(path)}", PurePosixPath(path).stem)


def _plain_texts(members: ZipMembers, databases: list[str]) -> list[str]:
    """Return the text tables that are not a view of one of the databases."""
    views = {path.removesuffix("_all.csv") + ".csv" for path in databases}
    known = {*databases, *views}
    return [path for path in members if path.lower().endswith(_TEXTS) and path not in known]


def _stem(path: str) -> str:
    return str(PurePosixPath(path).with_suffix(""))


def _nothing_error(members: ZipMembers) -> SourceRefusedError:
    endings = {PurePosixPath(path).suffix.lower() for path in members}
    if ".html" in endings or ".pdf" in endings:
        return SourceRefusedError(
            f"{members.name} is an export as HTML or PDF",
            hint="Notion → ••• → Export → Markdown & CSV, with everything and subpages",
            code="zip.html",
            facts={"name": members.name},
        )
    return SourceRefusedError(
        f"{members.name} holds no database and no spreadsheet",
        hint="Notion: open the database itself → ••• → Export → Markdown & CSV",
        code="zip.nothing",
        facts={"name": members.name},
    )
