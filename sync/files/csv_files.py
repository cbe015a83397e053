"""Text tables: .csv and .tsv, in the encodings and with the separators that Korean and European programs write."""

import codecs
import csv
from collections import Counter
from io import StringIO
from itertools import islice

from notes.model.errors import SourceRefusedError
from sync.workbook import Grid, Value, Workbook

_SEPARATORS = (",", ";", "\t", "|")
_PROBE = 200
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE = "save it as CSV UTF-8 or .xlsx"


def read_csv(content: bytes, name: str, tab: str) -> Workbook:
    """Return the one grid of a text table; row 1 is the first record, blank lines count, quoted line breaks do not.

    Raises:
        SourceRefusedError: it is no text in UTF-8, UTF-16 or CP949.
    """
    text = _decoded(content, name)
    if "\0" in text:
        raise SourceRefusedError(f"{name} is not a text file", hint=_SAVE)
    separator, text = _separator(text)
    csv.field_size_limit(1 << 30)
    try:
        records = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise SourceRefusedError(
            f"{name} is not a proper CSV file ({error})", hint=_SAVE
        ) from error
    rows: list[list[Value]] = [[field or None for field in record] for record in records]
    return Workbook(name, (Grid(tab=tab, rows=rows),))


def _decoded(content: bytes, name: str) -> str:
    marked = next((encoding for mark, encoding in _BOMS if content.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceRefusedError(
        f"{name} is text in an encoding that is not UTF-8, UTF-16 or CP949", hint=_SAVE
    )


def _separator(text: str) -> tuple[str, str]:
    """Return the separator, and the text without the line "sep=;" that Excel writes for itself (its row stays)."""
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"')
    if told.lower().startswith("sep=") and len(told) == 5:
        return told[4], "\n" + rest
    return max(_SEPARATORS, key=lambda sign: _evenness(text, sign)), text


def _evenness(text: str, separator: str) -> tuple[float, int]:
    """Say how evenly a separator cuts the first records: share of records with the commonest width, and that width.

    Records that are not cut at all do not count for a separator, so a title line above the table
    harms none.
    """
    try:
        records = islice(csv.reader(StringIO(text, newline=""), delimiter=separator), _PROBE)
        widths = [len(record) for record in records]
    except csv.Error:
        return 0.0, 0
    cut = Counter(width for width in widths if width > 1)
    filled = sum(1 for width in widths if width)
    if not cut:
        return 0.0, 0
    width, times = max(cut.items(), key=lambda item: (item[1], item[0]))
    return times / filled, width
