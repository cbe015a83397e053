"""Reads two trials, weeks or people side by side on a row: the same fields once for each.

| Week | Plan (A) | Done (A) | Plan (B) | Done (B) |   ─►   a record for A and one for B
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from notes.system.compiled_tables import kept_pattern
from sync.parsing.cells.text import fold
from sync.parsing.columns.column_texts import cell_text
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.headers.period_headers import is_period, names_weekdays
from sync.parsing.layout.name_cells import are_names
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary.header_phrases import KNOWN, header_meanings, plain_header

from .grid_records import LOG_FIELDS, GridCell, of_cells, person_column, table_of


def side_by_side(record_table: RecordTable) -> RecordTable | None:
    """Read a table that has each field once for each of several sides: one record a side.

    The sides are trials (A and B), or groups above the fields: weeks, days or people.
    """
    sides: dict[str, dict[str, int]] = {}
    for place, column in enumerate(record_table.columns):
        side, name = _side(column)
        if side and name:
            sides.setdefault(side, {}).setdefault(name, place)
    names = [set(found) for found in sides.values()]
    both = set.intersection(*names) if len(names) >= _LEAST_SIDES else set()
    fields = {role for name in both for role in _meanings(name) if role in _TOLD}
    said = _said_of(record_table, sides)
    if len(both) < _LEAST_SIDES or len(fields) < (1 if said else 2):
        return None
    if not said and not fields & {"hypothesis", "execution", "title"}:
        return None
    return _trials(
        record_table,
        {side: found for side, found in sides.items() if set(found) >= both},
        said=said,
    )


def _meanings(name: str) -> set[str]:
    """Return all that a name may mean well: "실험" is a trial's name and one side of a
    comparison.
    """
    return {one.role for one in header_meanings(name) if one.score >= KNOWN}


def _said_of(record_table: RecordTable, sides: dict[str, dict[str, int]]) -> str:
    """Return the header of what the groups are: weeks, days or people; "" where they are trials."""
    groups = [record_table.columns[min(found.values())].group for found in sides.values() if found]
    if groups and all(map(is_period, groups)):
        return "주차"
    if names_weekdays(groups):
        return "날짜"
    return "담당자" if are_names(groups) else ""


def _side(column: TableColumn) -> tuple[str, str]:
    """Return the side that a header belongs to and the field that it names.

    ("", "") where it names no side.
    """
    if column.group and column.header and known_role(column.header):
        return fold(column.group), plain_header(column.header)
    marked = (pattern.fullmatch(fold(column.header)) for pattern in _MARKED)
    plain = (pattern.fullmatch(plain_header(column.header)) for pattern in _PLAIN)
    for found in chain(marked, plain):
        if found and known_role(found["name"]):
            return found["side"], found["name"].strip()
    return "", ""


_TOLD = frozenset({*LOG_FIELDS, "execution", "title", "outcome"})
_LEAST_SIDES = 2
"""Sides, and names that each of them has."""
_ORDINALS = (
    r"첫째|둘째|셋째|넷째|첫 ?번째|두 ?번째|세 ?번째|네 ?번째"
    r"|first|second|third|fourth|1st|2nd|3rd|4th|one|two|three"
)
_MARK = rf"(?P<side>[a-c1-5①-⑤]|[a-c1-5]안|#[1-5]|{_ORDINALS})"
_KIND = r"(?:(?:실험|시도|시험|테스트|활동|experiment|test|trial|idea|option) ?)?"
_MARKED = tuple(
    kept_pattern(pattern)
    for pattern in (
        rf"[(\[]{_KIND}{_MARK}[)\]] ?(?P<name>[^\W\d_].*)",
        rf"{_KIND}{_MARK} ?[:.)–—-] ?(?P<name>[^\W\d_].*)",
        rf"(?P<name>.*[^\W_]) ?[(\[]{_KIND}{_MARK}[)\]]",
    )
)
"""The mark of a side in brackets or before a sign, which `plain_header` leaves out: "[A] what we
tried", "A: result", "결과 (B)". Fields that are only numbered share no name and make no sides."""
_PLAIN = tuple(
    kept_pattern(pattern)
    for pattern in (
        rf"(?:실험|시도|시험|테스트|활동|experiment|test|trial|idea)\s?{_MARK}\s(?P<name>.+)",
        rf"(?P<name>.+)\s{_MARK}",
        rf"{_MARK}\s(?P<name>.+)",
        r"(?P<name>.*[^\W\d_])(?P<side>[1-5①-⑤])",
        r"(?P<name>.*[가-힣])(?P<side>[a-c])",
    )
)
"""Where the mark of a side stands: "실험1 결과", "Result A", "B안 결과", "둘째 결과", "결과2"."""


def _trials(
    record_table: RecordTable, sides: dict[str, dict[str, int]], *, said: str
) -> RecordTable | None:
    used = {place for found in sides.values() for place in found.values()}
    shared = [column for place, column in enumerate(record_table.columns) if place not in used]
    names = list(dict.fromkeys(name for found in sides.values() for name in found))
    cells = [
        (record, side)
        for record in range(len(record_table.rows))
        for side in sides
        if _is_told(record_table, record, sides[side])
    ]
    first = [GridCell(record, min(sides[side].values())) for record, side in cells]
    columns = [of_cells(person_column(column), first) for column in shared]
    if said:
        groups = [record_table.columns[cell.place].group for cell in first]
        columns.append(TableColumn(said, "", "", groups))
    for name in names:
        at = [sides[side].get(name) for _, side in cells]
        kept = next(
            record_table.columns[place]
            for found in sides.values()
            for key, place in found.items()
            if key == name
        )
        values = [
            record_table.columns[place].values[record] if place is not None else None
            for (record, _), place in zip(cells, at, strict=True)
        ]
        columns.append(
            replace(
                kept,
                header=_bare_header(kept),
                group="",
                values=values,
                inherited=frozenset(),
                formats={},
            )
        )
    letters = [column.letter for column in shared]
    spots = _spots(record_table, names, sides=sides, cells=cells, letters=letters, said=bool(said))
    base = table_of(record_table, columns, first, letters=[])
    return replace(base, spots=spots)


def _bare_header(column: TableColumn) -> str:
    return column.header if column.group else _side(column)[1]


def _is_told(record_table: RecordTable, record: int, side: dict[str, int]) -> bool:
    return any(cell_text(record_table.columns[place].values[record]) for place in side.values())


def _spots(
    record_table: RecordTable,
    names: Sequence[str],
    *,
    sides: dict[str, dict[str, int]],
    cells: Sequence[tuple[int, str]],
    letters: Sequence[str],
    said: bool,
) -> dict[tuple[int, int], tuple[int, str]]:
    """Return where the cells of the records stand; the name of a group at its first column."""
    spots = {}
    for number, (record, side) in enumerate(cells):
        own = [_letter(record_table, sides[side].get(name)) for name in names]
        group = [_letter(record_table, min(sides[side].values()))] if said else []
        for place, letter in enumerate([*letters, *group, *own]):
            spots[number, place] = (record_table.rows[record], letter)
    return spots


def _letter(record_table: RecordTable, place: int | None) -> str:
    return record_table.columns[place].letter if place is not None else ""
