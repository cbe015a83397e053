"""Finds the tables of a tab: their header rows, their area and their orientation.

    CleanSheet ─► ranges of columns ─► rows · transposed · cards, each a `TableBlock`

Lines between the tables are memos.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sync.contents.workbook import Area, Value
from sync.parsing.layout.headers.changed_headers import may_name_columns, names_columns_anew
from sync.parsing.layout.headers.header_rows import is_structural, judge_header, known_role
from sync.parsing.layout.headers.period_headers import names_periods, repeats_fields, splits_groups
from sync.parsing.layout.sheet.clean_sheet import CleanSheet, filled, texts
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.vocabulary.header_phrases import nearest_role, plain_header

from .label_lines import ends_in_labels, is_label_line, label_lines
from .line_kinds import strip_decoration, tab_kind
from .name_cells import is_name
from .orientation import (
    SidewaysTable,
    days_above,
    find_sideways_table,
    label_cells,
    names_cards,
)

_RECORD = 3
"""A line with fewer cells may be a label or a section; it says nothing about the sides."""
_LOOKED_AT = 200
"""Rows below a header that tell whether what stands beside each other belongs together."""

_PAIR = 2
"""A label and its value."""
_FORM_ROWS = 4
"""Rows above and below that tell a form of labels from a table; judgement: two of them are enough.
"""
_FIRST_FIELDS = frozenset(
    {"goal", "hypothesis", "execution", "retrospective", "learned", "result", "next_action"}
)
"""A second cell that names one of these is a header beside the first."""
_SHORT_NAME = 24
"""Characters of a column's name under a group."""
_EXACT = 0.97
"""Likeness of a field's very name (`columns.grades.EXACT`)."""
_FORM = 60
"""Rows up to which a tab may be a form; judgement: one is printed on a page."""
_TITLES = 12
"""So many rows may stand above the header of a grid."""

Shape = Literal["rows", "transposed", "cards"]


@dataclass(frozen=True, slots=True, eq=False)
class TableBlock:
    """One table of a tab, not yet understood.

    `headers` are the sheet rows that name the columns (for a transposed table or cards: none;
    `label_columns` hold the names). `names` maps a column (for a transposed table a row) to its
    header and the group above it.
    """

    shape: Shape
    area: Area
    headers: tuple[int, ...] = ()
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    label_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MemoLine:
    """A line outside every table: a title, a memo, a legend."""

    row: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class TabLayout:
    """What stands on a tab."""

    blocks: tuple[TableBlock, ...]
    memos: tuple[MemoLine, ...]


def find_tables(sheet: CleanSheet, header_row: int = 0) -> TabLayout:
    """Return the tables of a tab and the lines around them.

    `header_row` is the row that the configuration names.
    """
    blocks: list[TableBlock] = []
    for left, right in _stretches(sheet):
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


def _stretches(sheet: CleanSheet) -> list[tuple[int, int]]:
    """Return the stretches of columns that stand side by side, each with a header of its own.

    Else the whole width.
    """
    used = [False] * (sheet.width + 2)
    for row, values in enumerate(sheet.rows, 1):
        if sheet.widest_span(row) * 2 <= sheet.width or sheet.width <= 3:
            for column in filled(values):
                used[column] = True
            if all(used[1:-1]):
                break  # there is no gap: the rest of a tall tab need not be read
    for column in sheet.left_out:  # a helper that somebody hid parts no table
        used[column] = True
    runs, start = [], 0
    for column in range(1, sheet.width + 2):
        if used[column] and not start:
            start = column
        elif not used[column] and start:
            runs.append((start, column - 1))
            start = 0
    whole = [(1, sheet.width)] if sheet.width else []
    if len(runs) < 2 or _is_one_table(sheet, runs):
        return whole
    return runs if all(_stands_alone(sheet, left, right) for left, right in runs) else whole


def _is_one_table(sheet: CleanSheet, runs: Sequence[tuple[int, int]]) -> bool:
    """Return whether blank columns only part one table.

    One header row, hardly a meaning twice, and rows filled on all sides; or names of fields down
    the first side alone. A backlog beside a log is a table of its own.
    """
    named = [{role for _, role in label_cells(sheet, left)} for left, _ in runs]
    if len(named[0]) >= _RECORD and not any(len(roles) >= _RECORD for roles in named[1:]):
        return True
    first = _first_header(sheet, runs)
    if not first:
        return False
    if first < len(sheet.rows) and _named(sheet, first + 1, runs) > _named(sheet, first, runs):
        first += 1  # groups stand above the names of the columns
    heads = (sheet.rows[first - 1][left - 1] for left, _ in runs[1:])
    if any(isinstance(head, str) and tab_kind(head) == "backlog" for head in heads):
        return False
    roles = [_roles_of(sheet, first, left, right=right) for left, right in runs]
    own = [_own_fields(sheet, first, left, right=right) for left, right in runs]
    twice = sum(map(len, own)) - len(set().union(*own))
    if not all(roles) or twice * 2 > min(map(len, roles)):
        return False
    held = [
        sum(any(value is not None for value in values[left - 1 : right]) for left, right in runs)
        for values in _first_rows(sheet, first)
        if len(filled(values)) >= _RECORD
    ]
    return sum(count == len(runs) for count in held) * 3 >= len(held) * 2


def _first_rows(sheet: CleanSheet, header: int) -> list[list[Value]]:
    """Return the rows below a header down to a blank line, where at least two stand above it."""
    rows = list(sheet.rows[header : header + _LOOKED_AT])
    blank = next((place for place, values in enumerate(rows) if not filled(values)), len(rows))
    return rows[:blank] if blank >= _PAIR else rows


def _first_header(sheet: CleanSheet, runs: Sequence[tuple[int, int]]) -> int:
    """Return the first row in which some side has a header, 0 for none."""
    for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        if any(judge_header(sheet, row, left, right=right).sure for left, right in runs):
            return row
    return 0


def _roles_of(sheet: CleanSheet, row: int, left: int, *, right: int) -> set[str]:
    cells = sheet.rows[row - 1][left - 1 : right]
    return {role for value in cells if isinstance(value, str) and (role := known_role(value))}


def _named(sheet: CleanSheet, row: int, runs: Sequence[tuple[int, int]]) -> int:
    """Return how many cells of a row name a field."""
    return sum(len(_roles_of(sheet, row, left, right=right)) for left, right in runs)


def _own_fields(sheet: CleanSheet, row: int, left: int, *, right: int) -> set[str]:
    """Return the header texts of one side, and the fields that a table has once, by exact name.

    A table beside another repeats them; what only describes ("Impact", "Phase") may come twice in
    one table.
    """
    cells = [value for value in sheet.rows[row - 1][left - 1 : right] if isinstance(value, str)]
    fields = {nearest_role(value, _EXACT) for value in cells} & _ONCE
    days = {"day" if field in _DAYS else field for field in fields}
    return {plain_header(value) for value in cells} | days


_DAYS = frozenset({"date", "start_date", "week"})
_ONCE = frozenset({*_DAYS, "title", "goal", "hypothesis", "execution", "owners"})
"""Fields by which a table beside another stands for itself: each has its own."""


def _stands_alone(sheet: CleanSheet, left: int, right: int) -> bool:
    if right == left:
        return False
    return any(
        judge_header(sheet, row, left, right=right).sure
        for row in range(1, min(len(sheet.rows), 40) + 1)
    ) or (len(label_cells(sheet, left)) >= 3)


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
    return names_periods(sheet, row, left, right=right) or _is_of_groups(
        sheet, row, left, right=right
    )


def _is_of_groups(sheet: CleanSheet, row: int, left: int, *, right: int) -> bool:
    """Return whether a row names groups that each have the same fields in the row below."""
    if row >= len(sheet.rows):
        return False
    above, names = (sheet.rows[n - 1][left - 1 : right] for n in (row, row + 1))
    return above.count(None) > 0 and repeats_fields(above, names)


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
    """Return whether cells are labels each with its value: "Date | 16 November | Name | Ann"."""
    labels, values = cells[::2], cells[1::2]
    if len(cells) <= _PAIR or len(labels) != len(values):
        return False
    named = all(nearest_role(str(label), _LABEL) in _OF_A_FORM for label in labels)
    told = any(cell_sort(value) == "date" or is_name(str(value)) for value in values)
    return named and told and not any(known_role(str(value)) for value in values)


_LABEL = 0.9
"""Likeness from which a cell is a label of a form, as `outline._NAMED`."""
_OF_A_FORM = frozenset({"date", "logged", "week", "owners", "author", "team", "title", "people"})


def _is_a_field(text: str) -> bool:
    return nearest_role(text, _EXACT) in _FIRST_FIELDS


def _table(sheet: CleanSheet, row: int, left: int, *, right: int) -> TableBlock:
    headers = _header_rows(sheet, row, left, right=right)
    names = _names(sheet, headers, left, right=right)
    bottom = _bottom(sheet, headers, left, right=right)
    names |= _unnamed(sheet, set(names), headers[-1], bottom=bottom, left=left, right=right)
    return TableBlock("rows", Area(headers[0], left, bottom, right), headers, names)


def _header_rows(sheet: CleanSheet, row: int, left: int, *, right: int) -> tuple[int, ...]:
    headers = [row]
    above = row - 1
    if above >= 1 and _is_group_row(sheet, above, row, left=left, right=right):
        headers.insert(0, above)
    below = row + 1
    if below <= len(sheet.rows) and len(headers) == 1:
        named = judge_header(sheet, below, left, right=right).sure and _is_group_row(
            sheet, row, below, left=left, right=right
        )
        if named or _is_sub_row(sheet, row, below, left=left, right=right):
            headers.append(below)
    return tuple(headers)


def _is_group_row(sheet: CleanSheet, above: int, row: int, *, left: int, right: int) -> bool:
    """Return whether the row above names groups: several short texts, merged or standing apart."""
    names = [(c, v) for c, v in texts(sheet.rows[above - 1]) if left <= c <= right]
    if len(names) < 2 or len(names) != len(
        [c for c in filled(sheet.rows[above - 1]) if left <= c <= right]
    ):
        return False
    width = right - left + 1
    spans = [s for s in sheet.spans.get(above, ()) if s[1] - s[0] + 1 < width]
    # A name over a blank names its column and no group: "Week of | Lead | PLAN | …" without merged
    # rows.
    groups = [c for c, _ in names if sheet.rows[row - 1][c - 1] is not None]
    if (
        any(len(text) > 24 for _, text in names)
        or len(groups if spans else names) >= judge_header(sheet, row, left, right=right).cells
    ):
        return False
    merged_down = any((above, c) in sheet.tall and (row, c) in sheet.tall for c, _ in names)
    return bool(spans) or merged_down


def _is_sub_row(sheet: CleanSheet, row: int, below: int, *, left: int, right: int) -> bool:
    """Return whether the row below splits groups: every text stands under a merge or a blank."""
    if splits_groups(sheet, row, below, left=left, right=right) or _is_of_groups(
        sheet, row, left, right=right
    ):
        return True
    if _names_under_gaps(sheet, row, below, left=left, right=right):
        return True
    cells = [
        (c, v) for c, v in enumerate(sheet.rows[below - 1][left - 1 : right], left) if v is not None
    ]
    own = [(c, v) for c, v in cells if (below, c) not in sheet.inherited]
    spanned = {c for first, last in sheet.spans.get(row, ()) for c in range(first, last + 1)}
    if len(own) < 2 or any(type(v) is not str or len(v) > 24 for _, v in own):
        return False
    if not spanned and len(cells) == len(own):
        return False
    if (
        len(spanned) >= 3
        and len(own) == right - left + 1
        and _names_all(sheet, below, left, right=right)
    ):
        return True
    return all(c in spanned or sheet.rows[row - 1][c - 1] is None for c, _ in own)


def _names_under_gaps(sheet: CleanSheet, row: int, below: int, *, left: int, right: int) -> bool:
    """Return whether a row of group names without merges stands above the real header.

    So does a merged header in any CSV export: the groups have gaps, the row below names every
    column and more fields than they do.
    """
    above, names = sheet.rows[row - 1][left - 1 : right], sheet.rows[below - 1][left - 1 : right]
    held = [value for value in names if value is not None]
    gaps = sum(one is None and other is not None for one, other in zip(above, names, strict=True))
    alone = [
        one for one, other in zip(above, names, strict=True) if one is not None and other is None
    ]
    if gaps < _PAIR or not all(known_role(str(one)) for one in alone):
        return False
    if not all(isinstance(value, str) and len(value) <= _SHORT_NAME for value in held):
        return False
    verdict = judge_header(sheet, below, left, right=right)
    return (
        len(set(held)) == len(held)
        and verdict.sure
        and verdict.roles > judge_header(sheet, row, left, right=right).roles
    )


def _names_all(sheet: CleanSheet, row: int, left: int, *, right: int) -> bool:
    """Return whether every column is named here, by known words or above cells of other sorts."""
    return judge_header(sheet, row, left, right=right).sure or is_structural(
        sheet, row, left, right=right, strict=True
    )


def _names(
    sheet: CleanSheet, headers: tuple[int, ...], left: int, *, right: int
) -> dict[int, tuple[str, str]]:
    names: dict[int, tuple[str, str]] = {}
    groups = _groups(sheet, headers[0], left, right=right) if len(headers) > 1 else {}
    for column in range(left, right + 1):
        last = sheet.rows[headers[-1] - 1][column - 1]
        group = groups.get(column, "")
        name = str(last) if last is not None else ""
        if len(headers) > 1 and not name:
            own = sheet.rows[headers[0] - 1][column - 1]
            name, group = (str(own), "") if own is not None else (group, "")
        if name or group:
            names[column] = (name, "" if group == name else group)
    return names


def _unnamed(
    sheet: CleanSheet, known: set[int], header: int, *, bottom: int, left: int, right: int
) -> dict[int, tuple[str, str]]:
    """Return columns without a name that are filled like the others.

    Most rows of the table hold something there.
    """
    unknown = [column - 1 for column in range(left, right + 1) if column not in known]
    rows, counts = 0, dict.fromkeys(unknown, 0)
    for values in sheet.rows.between(header, bottom) if unknown else ():
        if any(value is not None for value in values[left - 1 : right]):
            rows += 1
            for column in unknown:
                counts[column] += values[column] is not None
    return {
        column + 1: ("", "")
        for column, count in counts.items()
        if count >= 2 and count * 5 >= rows * 3
    }


def _groups(sheet: CleanSheet, row: int, left: int, *, right: int) -> dict[int, str]:
    found: dict[int, str] = {}
    spans = sheet.spans.get(row, ())
    current, until = "", 0
    for column in range(left, right + 1):
        value = sheet.rows[row - 1][column - 1]
        if isinstance(value, str):
            current = value
            until = next(
                (last for first, last in spans if first == column), right if not spans else column
            )
        if current and column <= until:
            found[column] = current
    return found


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
