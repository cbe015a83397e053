"""Finds the labels with texts that stand below the table of a form.

| 9:00    | Moved the stand |
| Lessons | Nobody comes before ten |
"""

from collections.abc import Sequence

from sync.contents.workbook import Value
from sync.parsing.cells.labels import role_of_label
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.vocabulary.header_phrases import nearest_role

from .line_kinds import strip_decoration

_NAMED = 0.9
"""Likeness from which a label is a field's name, as `outline._NAMED`."""
_LONGEST = 24
"""Characters of a label; judgement: longer ones are text."""
_TOLD = frozenset(
    {
        "retrospective",
        "learned",
        "next_action",
        "failure_factors",
        "success_factors",
        "note",
        "problem",
    }
)
_FIELDS = frozenset({"goal", "hypothesis", "execution", "result", "title", "date"})
"""Further names of fields: where one stands above, labels run down the whole first column."""
_LABELS = frozenset({"good", "bad", "learned", "next", "try", "retrospective"})
"""Labels of a retrospective that stand below a form's table."""


def ends_in_labels(sheet: CleanSheet, row: int, header: int, *, left: int, right: int) -> bool:
    """Return whether from a row on a table's tab goes on with labels and their texts.

    "Lessons | Nobody comes before ten": the rows above have something else in their first column.
    """
    if row <= header + 1 or not is_label_line(sheet.rows[row - 1][left - 1 : right]):
        return False
    above = (sheet.rows[n - 1][left - 1] for n in range(header + 1, row))
    if any(isinstance(value, str) and _is_field(value) for value in above):
        return False
    for below in range(row, len(sheet.rows) + 1):
        if not any(value is not None for value in sheet.rows[below - 1][left - 1 : right]):
            return True
        if not is_label_line(sheet.rows[below - 1][left - 1 : right]):
            return False
    return True


def label_lines(sheet: CleanSheet, row: int, left: int, *, right: int) -> dict[int, str]:
    """Return the rows of labels with texts from `row` on, each with its label."""
    found: dict[int, str] = {}
    while row <= len(sheet.rows) and is_label_line(sheet.rows[row - 1][left - 1 : right]):
        found[row] = strip_decoration(str(sheet.rows[row - 1][left - 1]))
        row += 1
    return found


def is_label_line(values: Sequence[Value]) -> bool:
    """Return whether the cells of a line are a label and one text; the words are only looked up
    for such lines.
    """
    label = values[0]
    if not isinstance(label, str) or len(label) > _LONGEST:
        return False
    text = ""
    for value in values[1:]:  # nearly every line of a table ends here at its second cell
        if value is None:
            continue
        if not isinstance(value, str) or (text and value != text):
            return False
        text = value
    return bool(text) and _is_told(label)


def _is_field(label: str) -> bool:
    plain = strip_decoration(label)
    short = 0 < len(plain) <= _LONGEST
    return short and (_is_told(plain) or nearest_role(plain, _NAMED) in _FIELDS)


def _is_told(label: str) -> bool:
    plain = strip_decoration(label)
    if not plain or len(plain) > _LONGEST:
        return False
    return nearest_role(plain, _NAMED) in _TOLD or role_of_label(plain) in _LABELS
