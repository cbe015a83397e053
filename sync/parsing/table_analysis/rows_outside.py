"""Reports rows of days and sentences that stand in no table of their tab: a header row is missing.

Where another table of the tab was read, nothing else would say that these were not.
"""

from collections.abc import Iterator, Sequence

from notes.model.notes import Place, Problem
from sync.contents.workbook import Value
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.line_kinds import is_example
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.layout.table_blocks import TabLayout
from sync.parsing.profiles.column_profile import breadth, cell_sort

_CELLS = 3
"""Filled cells of a row of a log; judgement: a line of a form has a label and a value."""
_SENTENCES = 2
"""Sentences of a row of a log; a title beside a date has one."""
_LONG = 12
"""Characters from which a cell is a sentence; half of it where a letter is a syllable."""
_LOOKED_AT = 400
"""Rows outside of the tables that are looked at; judgement: one is enough to ask."""


def rows_outside(sheet: CleanSheet, layout: TabLayout) -> Iterator[Problem]:
    """Yield the one problem of a tab whose lines outside of its tables look like rows of a log."""
    outside = dict.fromkeys(memo.row for memo in layout.memos)
    rows = [row for row in list(outside)[:_LOOKED_AT] if _is_of_a_log(sheet, row, dated=True)]
    if rows:
        texts = [value for value in sheet.rows[rows[0] - 1] if isinstance(value, str)]
        named = max(texts, key=breadth)[:80]
        yield Problem(
            Place(sheet.tab, rows[0]), "rows_outside", named, (("count", str(len(rows))),)
        )


def rows_without_header(sheet: CleanSheet) -> int:
    """Return how many lines of a tab without a table hold sentences side by side."""
    looked_at = range(1, min(len(sheet.rows), _LOOKED_AT) + 1)
    return sum(1 for row in looked_at if _is_of_a_log(sheet, row, dated=False))


def _is_of_a_log(sheet: CleanSheet, row: int, *, dated: bool) -> bool:
    """Return whether a line holds sentences, if `dated` a day as well, and neither labels nor an
    example.
    """
    held: Sequence[Value] = [value for value in sheet.rows[row - 1] if value is not None]
    texts = [value for value in held if isinstance(value, str)]
    if len(held) < _CELLS or sheet.hidden(row) or any(map(is_example, texts)):
        return False
    told = sum(1 for text in texts if " " in text and breadth(text) >= _LONG)
    has_day = not dated or any(cell_sort(value) in ("date", "week") for value in held)
    return told >= _SENTENCES and has_day and not any(map(known_role, texts))
