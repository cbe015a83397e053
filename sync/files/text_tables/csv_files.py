"""Reads the bytes of a .csv, .tsv or .txt file into a workbook of one grid.

    bytes ─► text (`encodings`) ─► separator and quotes (`csv_dialect`) ─► records (`csv_records`)
    ─► Grid ─► Workbook

What cannot be decided is read as far as it goes and remarked with its row: a byte that is no
letter, a quote that opens a cell and never closes, an encoding that was chosen because it reads
best.
"""

from collections.abc import Iterator

from notes.model.errors import SourceRefusedError
from sync.contents.row_buffer import without_blanks
from sync.contents.workbook import Grid, Remark, Workbook

from .csv_dialect import Dialect, dialect_of_long, other_format
from .csv_records import Records, records_of
from .encodings import DecodedText, decoded

_SAVE = "save it as CSV UTF-8 or .xlsx"
_MOST_REMARKS = 50
"""Remarks of one kind per file; judgement: who has read fifty of them knows the file is damaged."""
_NAMES = {
    "cp1252": "Western (Windows-1252)",
    "cp932": "Japanese (Shift JIS)",
    "gb18030": "Chinese (GBK)",
}
"""Encodings that a person is told by name: these were chosen because they read best."""


def read_csv(content: bytes, name: str, tab: str) -> Workbook:
    """Return the one grid of a text table.

    Row 1 is the first record, blank lines count, quoted line breaks do not.

    Raises:
        SourceRefusedError: it is no text in an encoding that is known, or a web page or JSON.
    """
    found = decoded(content)
    if found is None:
        raise SourceRefusedError(
            f"{name} is not a text file, or in an encoding that is not UTF-8, UTF-16 or CP949",
            hint=_SAVE,
        )
    other = other_format(found.text)
    if other == "html":
        raise SourceRefusedError(
            f"{name} is a web page (HTML), whatever its name ends in", hint=_SAVE
        )
    if other == "json":
        raise SourceRefusedError(f"{name} is JSON, whatever its name ends in", hint=_SAVE)
    told, text = _told_separator(found.text.replace("\0", "\ufffd"))
    dialect = dialect_of_long(text)
    if told:
        dialect = Dialect(told, dialect.quote, dialect.width if dialect.separator == told else 0)
    records = records_of(text, dialect)
    remarks = tuple(_remarks(found, records))
    rows = [without_blanks(record) for record in _without_marks(records.rows, text)]
    return Workbook(name, (Grid(tab=tab, rows=rows, remarks=remarks),))


def _told_separator(text: str) -> tuple[str, str]:
    """Return the separator named by Excel's first line "sep=;", and the text without that line.

    The line's row stays.
    """
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"')
    if told.lower().startswith("sep=") and len(told) == 5:
        return told[4], "\n" + rest
    return "", text


def _without_marks(rows: list[list[str]], text: str) -> list[list[str]]:
    """Return the rows without the marks that stand for broken bytes, where there are any."""
    if "\ufffd" not in text:
        return rows
    return [
        [cell.replace("\ufffd", "") for cell in row]
        if any("\ufffd" in cell for cell in row)
        else row
        for row in rows
    ]


def _remarks(found: DecodedText, records: Records) -> Iterator[Remark]:
    if found.guessed:
        yield Remark("guessed_encoding", value=_NAMES.get(found.encoding, found.encoding))
    for row, column in records.unclosed[:_MOST_REMARKS]:
        yield Remark("unclosed_quote", row + 1, column + 1, records.rows[row][column][:200])
    if "\ufffd" in found.text or "\0" in found.text:
        yield from _broken(records.rows)


def _broken(rows: list[list[str]]) -> Iterator[Remark]:
    """Yield remarks for the cells that hold a broken byte, with their line in the file.

    A cell of several lines moves those below.
    """
    line, told = 1, 0
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if "\ufffd" in cell and told < _MOST_REMARKS:
                told += 1
                yield Remark("broken_byte", row, column, cell[:200], facts=(("line", str(line)),))
            line += cell.count("\n")
        line += 1
