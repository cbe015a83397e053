"""Which rows name the columns of a table, and what they call each: a name, the group above it."""

from sync.parsing.layout.headers.header_rows import is_structural, judge_header, known_role
from sync.parsing.layout.headers.period_headers import repeats_fields, splits_groups
from sync.parsing.layout.sheet.clean_sheet import CleanSheet, filled, texts

_PAIR = 2
"""A label and its value."""

_SHORT_NAME = 24
"""Characters of a column's name under a group."""


def is_of_groups(sheet: CleanSheet, row: int, left: int, *, right: int) -> bool:
    """Return whether a row names groups that each have the same fields in the row below."""
    if row >= len(sheet.rows):
        return False
    above, names = (sheet.rows[n - 1][left - 1 : right] for n in (row, row + 1))
    return above.count(None) > 0 and repeats_fields(above, names)


def header_rows_at(sheet: CleanSheet, row: int, left: int, *, right: int) -> tuple[int, ...]:
    """Return the rows that name the columns together, of which `row` is known to be one."""
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
    if splits_groups(sheet, row, below, left=left, right=right) or is_of_groups(
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


def named_columns(
    sheet: CleanSheet, headers: tuple[int, ...], left: int, *, right: int
) -> dict[int, tuple[str, str]]:
    """Return (name, group above it) of each column that these rows name."""
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


def unnamed_columns(
    sheet: CleanSheet, known: set[int], header: int, *, bottom: int, left: int, right: int
) -> dict[int, tuple[str, str]]:
    """Return columns without a name that are filled like the others.

    Most rows of the table hold something there, two at least; beside a single row only the corner
    may be blank over its name.
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
        if (count >= 2 or (rows == 1 and column + 1 == left)) and count * 5 >= rows * 3
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
