"""Reads a large text table in one pass, its rows into a row buffer; never all of it is in memory.

    bytes ─► text ─► records ─► RowBuffer ─► Grid

Only what keeps all rules: UTF-8 without a broken byte, quotes that close. Anything else is looked
at as a whole (`csv_files`), and where both read a file they read the same.
"""

import codecs
from collections.abc import Iterator
from contextlib import closing
from io import BufferedReader, TextIOWrapper

from sync.contents.row_buffer import BufferedRows, RowBuffer, without_blanks
from sync.contents.workbook import Grid, Workbook
from sync.files.protection import is_protected

from .csv_dialect import Dialect, dialect_of_beginning, other_format
from .csv_records import ImproperCsvError, proper_records
from .encodings import plain_encoding

_ZERO, _BROKEN = "\0", "\ufffd"
"""Characters that are remarked with their place."""


def read_large_csv(
    file: BufferedReader, name: str, tab: str, *, held: bool = False
) -> Workbook | None:
    """Return what `read_csv` returns for the content of a file, its rows in a buffer.

    None where only the whole content tells. What the file's own buffer holds is its beginning.
    `held`: its rows may wait in memory, where all that are read later do as well.
    """
    head = file.peek()
    encoding = "" if is_protected(head) else plain_encoding(head)
    dialect = _dialect(head, encoding) if encoding else None
    if dialect is None:
        return None
    buffer = RowBuffer() if held else RowBuffer(whole=0)
    rows = buffer.rows(dialect.width)
    text = TextIOWrapper(file, encoding=encoding, newline="")
    try:
        for record in proper_records(_plain(text), dialect):
            rows.append(without_blanks(record))
    except (ImproperCsvError, UnicodeDecodeError):
        buffer.close()
        return None
    finally:
        text.detach()
    return Workbook(name, _given(tab, rows, buffer))


def _dialect(head: bytes, encoding: str) -> Dialect | None:
    """Return how the text is written that begins with these bytes; None where they do not tell."""
    text = _decoded(head, encoding)
    beginning = text[: text.rfind("\n") + 1]
    first = beginning.partition("\n")[0].strip().strip('"')
    if other_format(text):
        return None
    if first.lower().startswith("sep="):  # Excel's word on the separator
        return None
    return dialect_of_beginning(beginning)


def _decoded(head: bytes, encoding: str) -> str:
    """Return the characters that these bytes hold whole; "" where one is broken."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return ""


def _plain(lines: TextIOWrapper) -> Iterator[str]:
    for line in lines:
        if _ZERO in line or _BROKEN in line:
            raise ImproperCsvError
        yield line


def _given(tab: str, rows: BufferedRows, buffer: RowBuffer) -> Iterator[Grid]:
    with closing(buffer):
        yield Grid(tab=tab, rows=rows)
