"""Finds the tables of a tab: their header rows, their area and their orientation.

    CleanSheet ─► ranges of columns ─► rows · transposed · cards, each a `TableBlock`

Lines between the tables are memos.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sync.contents.workbook import Area, Value
from sync.parsing.layout.headers.changed_headers import may_name_columns, names_columns_anew
from sync.parsing.layout.headers.header_rows import is_structural, judge_header, known_role
from sync.parsing.layout.headers.period_headers import is_period, names_periods
from sync.parsing.layout.sheet.clean_sheet import CleanSheet, filled
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.vocabulary.header_phrases import EXACT, nearest_role

from .headers.column_names import header_rows_at, is_of_groups, named_columns, unnamed_columns
from .headers.column_ranges import column_ranges
from .label_lines import ends_in_labels, is_label_line, label_lines
from .line_kinds import strip_decoration
from .name_cells import are_names, is_name
from .orientation import (
    SidewaysTable,
    days_above,
    find_sideways_table,
    names_cards,
)
from .table_blocks import MemoLine, TabLayout, TableBlock

_RECORD = 3
"""A line with fewer cells may be a label or a section; it says nothing about the sides."""

_PAIR = 2
"""A label and its value."""

_FORM_ROWS = 4
"""Rows above and below that tell a form of labels, or a grid of days, from a table; judgement: two
of them are enough."""

_FIRST_FIELDS = frozenset(
    {"goal", "hypothesis", "execution", "retrospective", "learned", "result", "next_action"}
)
"""A second cell that names one of these is a header beside the first."""


_FORM = 60
"""Rows up to which a tab may be a form; judgement: one is printed on a page."""

_TITLES = 12
"""So many rows may stand above the header of a grid."""


def find_tables(sheet: CleanSheet, header_row: int = 0) -> TabLayout:
    """Return the tables of a tab and the lines around them.

    `header_row` is the row that the configuration names.
    """
    blocks: list[TableBlock] = []
    for left, right in column_ranges(sheet):
        blocks.extend(_blocks(sheet, left, right, header_row=header_row))
    covered = [block.area for block in blocks]
    wide = [area for area in covered if area.right - area.left + 1 == sheet.width]
    whole = {row for area in wide for row in range(area.top, area.bottom + 1)}
    memos = [
        MemoLine(row, str(value))
        for row in range(1, len(sheet.rows) + 1)
        if row not in whole  # which may be nearly all of a tall tab: they are not read again
        for column, value in enumerate(sheet.rows[row - 1], 1)
        if value is not None
        and not any(a.top <= row <= a.bottom and a.left <= column <= a.right for a in covered)
    ]
    return TabLayout(tuple(blocks), tuple(memos))


def _blocks(sheet: CleanSheet, left: int, right: int, *, header_row: int) -> Iterator[TableBlock]:
    if header_row:
        if header_row <= len(sheet.rows):
            yield _table(sheet, header_row, left, right=right)
        return
    turned = None if _is_form(sheet, left, right) else find_sideways_table(sheet, left, right)
    # Asked last: it looks cells up.
    if turned is not None and not _is_grid(sheet, left, right, labels=turned.label_columns[0]):
        yield _turned(sheet, turned)
        return
    row = 1
    while row <= len(sheet.rows):
        if _is_header(sheet, row, left, right=right):
            block = _table(sheet, row, left, right=right)
            yield block
            row = block.area.bottom + 1
            if labels := label_lines(sheet, row, left, right=right):
                yield _labelled(sheet, labels, left, right=right)
                row = max(labels) + 1
        else:
            row += 1


def _is_grid(sheet: CleanSheet, left: int, right: int, *, labels: int) -> bool:
    """Return whether one of the first rows names periods or heads cards.

    Words left of the column `labels` are groups of its names ("계획" over "목표" and "가설") and no
    categories of cards.
    """
    return any(
        names_periods(sheet, row, left, right=right) or names_cards(sheet, row, labels, right=right)
        for row in range(1, min(len(sheet.rows), _TITLES) + 1)
    )


def _is_form(sheet: CleanSheet, left: int, right: int) -> bool:
    """Return whether a small tab is a table with labels below it, which do not name its fields."""
    if len(sheet.rows) > _FORM:
        return False
    headers = (
        row
        for row in range(1, min(len(sheet.rows), _TITLES) + 1)
        if judge_header(sheet, row, left, right=right).sure
        and not _is_of_a_form(sheet, row, left, right=right)
    )
    return any(
        ends_in_labels(sheet, row, header, left=left, right=right)
        for header in headers
        for row in range(header + 2, len(sheet.rows) + 1)
    )


def card_layout(sheet: CleanSheet) -> TabLayout:
    """Return a tab as one card of labels with a text beside each, whatever the labels are.

    For a tab of which the configuration says that it is a card; no block without two such lines.
    """
    labels = {
        row: strip_decoration(label)
        for row, values in enumerate(sheet.rows, 1)
        if values
        and isinstance(label := values[0], str)
        and any(one is not None for one in values[1:])
    }
    if len(labels) < _FEWEST_LABELS:
        return TabLayout((), ())
    block = _labelled(sheet, labels, 1, right=sheet.width)
    above = enumerate(sheet.rows[: block.area.top - 1], 1)
    memos = tuple(MemoLine(row, str(one)) for row, values in above for one in values if one)
    return TabLayout((block,), memos)


_FEWEST_LABELS = 2
"""Lines from which labels with texts are a card, as of any other form."""


def _labelled(sheet: CleanSheet, labels: dict[int, str], left: int, *, right: int) -> TableBlock:
    """Return the labels below a table, with the first text beside each, as one record."""
    beside = (
        column
        for column in range(left + 1, right + 1)
        if any(sheet.rows[row - 1][column - 1] is not None for row in labels)
    )
    area = Area(min(labels), left, max(labels), next(beside, right))
    names = {row: (label, "") for row, label in labels.items()}
    return TableBlock("transposed", area, names=names, label_columns=(left,))


def _is_header(sheet: CleanSheet, row: int, left: int, *, right: int) -> bool:
    if sheet.hidden(row):
        return False
    if names_cards(sheet, row, left, right=right):
        return True
    if _is_of_a_form(sheet, row, left, right=right):
        return False
    if judge_header(sheet, row, left, right=right).sure or is_structural(
        sheet, row, left, right=right
    ):
        return True
    return (
        names_periods(sheet, row, left, right=right)
        or is_of_groups(sheet, row, left, right=right)
        or _names_people(sheet, row, left, right=right)
    )


def _names_people(sheet: CleanSheet, row: int, left: int, *, right: int) -> bool:
    """Return whether a row names the people of a grid of days, beside a blank corner: with two of
    them it has too few names to be told from the cells below.
    """
    corner, *names = sheet.rows[row - 1][left - 1 : right]
    named = [value for value in names if value is not None]
    if corner is not None or not all(isinstance(value, str) for value in named):
        return False
    days = [values[left - 1] for values in sheet.rows[row : row + _FORM_ROWS]]
    dated = len(days) > 1 and all(map(is_period, days))
    return dated and are_names([str(value) for value in named])


def _is_of_a_form(sheet: CleanSheet, row: int, left: int, *, right: int) -> bool:
    """Return whether a row has labels with their values, or labels above the real header.

    "Project | Backups" over "Sponsor | Ann" and "Start | 4 May"; "Project:  Date:" over a header.
    """
    cells = [value for value in sheet.rows[row - 1][left - 1 : right] if value is not None]
    if len(cells) < _PAIR or not all(isinstance(value, str) for value in cells):
        return False
    labels_only = all(str(value).rstrip().endswith((":", "：")) for value in cells)
    if labels_only and row < len(sheet.rows):
        here = judge_header(sheet, row, left, right=right)
        return judge_header(sheet, row + 1, left, right=right).roles > here.roles
    if _are_pairs(cells):
        return True
    if len(cells) != _PAIR or not known_role(str(cells[0])) or _is_a_field(str(cells[1])):
        return False
    near = [
        [value for value in values[left - 1 : right] if value is not None]
        for values in sheet.rows[max(0, row - 1 - _FORM_ROWS) : row + _FORM_ROWS]
    ]
    labels = {known_role(str(values[0])) for values in near if len(values) == _PAIR}
    return len(labels - {""}) > _PAIR


def _are_pairs(cells: Sequence[Value]) -> bool:
    """Return whether cells are labels each with its value: "Date | 16 November | Name | Ann",
    "Before | 14 trips | After | 5 trips".
    """
    labels, values = cells[::2], cells[1::2]
    if len(cells) <= _PAIR or len(labels) != len(values):
        return False
    roles = [nearest_role(str(label), _LABEL) for label in labels]
    if roles == ["before", "after"]:
        return all(any(map(str.isdigit, str(value))) for value in values)
    named = all(role in _OF_A_FORM for role in roles)
    told = any(cell_sort(value) == "date" or is_name(str(value)) for value in values)
    return named and told and not any(known_role(str(value)) for value in values)


_LABEL = 0.9
"""Likeness from which a cell is a label of a form, as `outline._NAMED`."""

_OF_A_FORM = frozenset({"date", "logged", "week", "owners", "author", "team", "title", "people"})
"""What stands above a table as label and value, and says when, who and what for."""


def _is_a_field(text: str) -> bool:
    return nearest_role(text, EXACT) in _FIRST_FIELDS


def _table(sheet: CleanSheet, row: int, left: int, *, right: int) -> TableBlock:
    headers = header_rows_at(sheet, row, left, right=right)
    names = named_columns(sheet, headers, left, right=right)
    bottom = _bottom(sheet, headers, left, right=right)
    names |= unnamed_columns(sheet, set(names), headers[-1], bottom=bottom, left=left, right=right)
    return TableBlock("rows", Area(headers[0], left, bottom, right), headers, names)


def _bottom(sheet: CleanSheet, headers: tuple[int, ...], left: int, *, right: int) -> int:
    """Return the last row of the table that starts below `headers`.

    Before the next header of other words.
    """
    own = _row_words(sheet, headers[-1], left, right=right)
    named = sheet.rows[headers[-1] - 1][left - 1 : right]
    last = headers[-1]
    held = len(named) - named.count(None)
    ends_nothing = sheet.facts.marks("ends no table", named, left, right)
    for row in range(headers[-1] + 1, len(sheet.rows) + 1):
        if held >= _PAIR and ends_nothing.has(row):
            last = row
            continue
        values = sheet.rows[row - 1][left - 1 : right]
        before, held = held, len(values) - values.count(None)
        if not held:
            continue
        apart = before < _PAIR and 2 <= held <= 40
        if apart and _starts_another(sheet, row, left, right=right, own=own):
            return _without_titles(sheet, last, row, header=headers[-1], left=left, right=right)
        if held >= _RECORD and not (is_label_line(values) or may_name_columns(values, named)):
            ends_nothing.put(row)  # by its cells and the header alone
            last = row
            continue
        if held >= _PAIR and ends_in_labels(sheet, row, headers[-1], left=left, right=right):
            return last
        if held >= _RECORD and names_columns_anew(sheet, row, named, left=left, right=right):
            return last
        last = row
    return last


def _without_titles(
    sheet: CleanSheet, last: int, row: int, *, header: int, left: int, right: int
) -> int:
    """Return the last row less the lone lines that are titles of the next table."""
    top = row
    while top - 1 > header and len(filled(sheet.rows[top - 2][left - 1 : right])) == 1:
        top -= 1
    apart = top - 1 > header and not filled(sheet.rows[top - 2][left - 1 : right])
    if top == row or not apart:
        return last
    return max(
        r for r in range(header, top) if r == header or filled(sheet.rows[r - 1][left - 1 : right])
    )


def _row_words(sheet: CleanSheet, row: int, left: int, *, right: int) -> set[str]:
    return {value for value in sheet.rows[row - 1][left - 1 : right] if isinstance(value, str)}


def _starts_another(sheet: CleanSheet, row: int, left: int, *, right: int, own: set[str]) -> bool:
    """Return whether another header stands here, below a blank line and perhaps titles."""
    near = (
        sheet.rows[other - 1][left - 1 : right] for other in range(row - 1, max(row - 6, 0), -1)
    )
    titles = (len(values) - values.count(None) for values in near)
    if next((held for held in titles if held != 1), 1) or sheet.hidden(row):
        return False
    values = [value for value in sheet.rows[row - 1][left - 1 : right] if value is not None]
    words = {value for value in values if isinstance(value, str)}
    if (
        not words
        or len(words & own) * 2 >= len(words)
        or not all(isinstance(value, str) for value in values)
    ):
        return False
    return judge_header(sheet, row, left, right=right).sure or (
        not any(cell_sort(value) in _OF_RECORDS for value in values)
        and is_structural(sheet, row, left, right=right)
    )


_OF_RECORDS = frozenset({"date", "week", "change", "number", "link"})
"""Sorts of cells that records have and unknown names of columns have not."""


def _turned(sheet: CleanSheet, found: SidewaysTable) -> TableBlock:
    first = found.label_columns[0]
    if found.cards:
        return TableBlock("cards", found.area, label_columns=found.label_columns)
    rows = range(found.area.top, found.area.bottom + 1)
    named = {row: value for row in rows if isinstance(value := sheet.rows[row - 1][first - 1], str)}
    groups = _row_groups(sheet, first, named)
    names = {row: (name, groups.get(row, "")) for row, name in named.items()}
    top, area = found.area.top, found.area
    if days_above(sheet, top, first, right=area.right):
        names = {top - 1: ("", ""), **names}
        area = replace(area, top=top - 1)
    return TableBlock("transposed", area, names=names, label_columns=(first,))


def _row_groups(sheet: CleanSheet, first: int, named: dict[int, str]) -> dict[int, str]:
    """Return the group left of a field name, where group names are merged over their rows."""
    if first == 1:
        return {}
    left = {row: sheet.rows[row - 1][first - 2] for row in named}
    return {row: value for row, value in left.items() if isinstance(value, str)}
