"""Recognises a header that names the columns anew half-way down a table.

Without a blank line before it: somebody moved, added or renamed a column and wrote the names
again. The rows below it are a table of their own (reading rules 1.7).
"""

from collections.abc import Sequence
from itertools import islice

from sync.contents.workbook import Value
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.vocabulary.header_phrases import phrasebook

from .header_rows import judge_header

_SHARED = 2
"""Names of the first header that come again; judgement: one may be a word of a record."""
_OTHERS = 3
"""Fields named by their very phrase that make another header without a word of the first one;
judgement: two short cells of a record may be such words."""
_MOSTLY = 0.8
"""Share of cells that are such phrases; judgement: a header in other words has few unknown ones."""
_LONGEST = 60
"""Characters of a header cell, as `header_rows._LONGEST`."""


def names_columns_anew(
    sheet: CleanSheet, row: int, header: Sequence[Value], *, left: int, right: int
) -> bool:
    """Return whether a row is a header with other names, or other places of them, than `header`."""
    values = sheet.rows[row - 1][left - 1 : right]
    if not may_name_columns(values, header):
        return False
    held = [value for value in values if value is not None]
    if not all(isinstance(value, str) and len(value) <= _LONGEST for value in held):
        return False
    known = {value for value in header if isinstance(value, str)}
    same = sum(
        one == other
        for one, other in zip(values, header, strict=False)
        if other is not None and one is not None
    )
    if same == len(held) or sheet.hidden(row):
        return False
    shared = sum(value in known for value in held)
    sure = judge_header(sheet, row, left, right=right).sure
    return sure and ((shared >= _SHARED and len(set(held)) == len(held)) or _are_phrases(held))


def may_name_columns(values: Sequence[Value], header: Sequence[Value]) -> bool:
    """Return whether a row is worth a look: its first cells are names of columns; cheap."""
    for value in islice((value for value in values if value is not None), _SHARED):
        if type(value) is not str or len(value) > _LONGEST:
            return False
        if value in header or value.strip().casefold() in phrasebook().exact:
            return True
    return False


def _are_phrases(held: Sequence[Value]) -> bool:
    """Return whether cells are names of several fields, word for word."""
    book = phrasebook()
    found = [
        book.exact[text] for value in held if (text := str(value).strip().casefold()) in book.exact
    ]
    roles = {meant[0][0] for meant in found}
    return len(roles) >= _OTHERS and len(found) >= _MOSTLY * len(held)
