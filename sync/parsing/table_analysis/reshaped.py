"""Reshapes cards by category, grids by week or by person, and pairs of trials into records.

    RecordTable ─► the same cells as a table of one record a card, a cell or a trial

Everything after this is the same as for any table. A tall table is never one of these.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sync.parsing.cells.labels import role_of_label
from sync.parsing.cells.text import fold
from sync.parsing.columns.column_texts import cell_text
from sync.parsing.layout.header_rows import known_role
from sync.parsing.layout.line_kinds import strip_decoration
from sync.parsing.layout.period_headers import is_period, names_weekdays
from sync.parsing.layout.person_names import are_names
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary.header_phrases import plain_header

_MOSTLY = 0.6
"""Share of cells that are texts; judgement: a clear majority."""
_MOST_KINDS = 9
"""A column of more different words than these is no choice between the parts of a retrospective."""
_LEAST_PERIODS = 3
"""Columns of periods that make a grid; as `period_headers._LEAST_PERIODS`."""
_DIFFERENT = 0.5
"""Share of different texts below which the cells are states of a roster; see `_WORDS`."""
_WORDS = 1.6
"""Cells of fewer words, or mostly the same ones, are a roster ("오전", "휴무"), no log."""
_TEXTS = frozenset({"text", "short", "name"})
_LOG_FIELDS = frozenset(
    {
        "goal",
        "hypothesis",
        "retrospective",
        "success_factors",
        "failure_factors",
        "learned",
        "next_action",
        "result",
    }
)
_DONE = "한 일"
"""What the cells of a grid are, where neither its tab nor its title says more (reading rules 4:
execution)."""


def reshaped(record_table: RecordTable, *, title: str = "") -> RecordTable:
    """Return the table as one of one record a card, cell or trial.

    The same where it is an ordinary table.
    """
    if record_table.record_columns or not record_table.columns or len(record_table.rows) > 1000:
        return record_table
    whole = record_table.part(range(len(record_table.rows)))
    return (
        _cards(whole)
        or _by_period(whole, title)
        or _by_person(whole, title)
        or _by_trial(whole)
        or record_table
    )


def _texts(column: TableColumn) -> list[str]:
    return [text for value in column.values if (text := cell_text(value))]


def _are_sentences(column: TableColumn) -> bool:
    held = [value for value in column.values if value is not None]
    return bool(held) and sum(1 for value in held if cell_sort(value) in _TEXTS) >= _MOSTLY * len(
        held
    )


# Cards by category: each row is a card of a retrospective, one column says which part.


def _cards(record_table: RecordTable) -> RecordTable | None:
    """Return cards with a column for each category.

    "Went well" beside "Till was fast" becomes a column "Went well".
    """
    kinds = next(
        (place for place, column in enumerate(record_table.columns) if _is_of_kinds(column)), None
    )
    if kinds is None:
        return None
    others = [column for place, column in enumerate(record_table.columns) if place != kinds]
    if any(known_role(column.header) in _LOG_FIELDS and _texts(column) for column in others):
        return None
    told = [
        place
        for place, column in enumerate(record_table.columns)
        if place != kinds and _may_be_card(column)
    ]
    if not told:
        return None
    card = max(told, key=lambda place: sum(map(len, _texts(record_table.columns[place]))))
    split = _split(record_table.columns[card], record_table.columns[kinds])
    columns = [*record_table.columns[:card], *split, *record_table.columns[card + 1 :]]
    # what the kinds say has become headers: whatever their own header says, they fill no field
    columns = [column for column in columns if column is not record_table.columns[kinds]]
    return replace(record_table, columns=tuple(columns), lines=None)


def _is_of_kinds(column: TableColumn) -> bool:
    if _has_many_texts(column):
        return False
    texts = [strip_decoration(text) for text in _texts(column)]
    roles = [role_of_label(text) for text in texts]
    known = [
        role
        for role in roles
        if role and role not in ("goal", "hypothesis", "execution", "people", "result")
    ]
    few = len({fold(text) for text in texts}) <= _MOST_KINDS
    return few and len(texts) >= 3 and len(set(known)) >= 2 and len(known) >= 0.8 * len(texts)


def _has_many_texts(column: TableColumn) -> bool:
    """Return whether a column holds more different texts than kinds of cards; stops early."""
    seen: set[str] = set()
    for value in column.values:
        if isinstance(value, str):
            seen.add(value)
            if len(seen) > 3 * _MOST_KINDS:
                return True
    return False


def _may_be_card(column: TableColumn) -> bool:
    return _are_sentences(column) and known_role(column.header) not in (
        "owners",
        "people",
        "author",
        "tags",
        "date",
    )


def _split(card: TableColumn, kinds: TableColumn) -> list[TableColumn]:
    labels = [strip_decoration(cell_text(value)) for value in kinds.values]
    split = []
    for label in dict.fromkeys(labels):
        values = [
            value if own == label else None for own, value in zip(labels, card.values, strict=True)
        ]
        inherited = frozenset(place for place in card.inherited if values[place] is not None)
        split.append(
            replace(
                card, header=label or card.header, values=values, inherited=inherited, formats={}
            )
        )
    return split


# Grids: the header names weeks or people, the cells are what was done.


def _by_period(record_table: RecordTable, title: str) -> RecordTable | None:
    """Read a grid with a column for each week or day: one record a cell."""
    headers = [column.header for column in record_table.columns]
    weekdays = names_weekdays(headers)
    periods = weekdays or [place for place, header in enumerate(headers) if is_period(header)]
    if len(periods) < _LEAST_PERIODS or not _hold_texts(record_table, periods):
        return None
    return _stacked(record_table, periods, "날짜" if weekdays else "주차", title=title)


def _hold_texts(record_table: RecordTable, places: Sequence[int]) -> bool:
    filled = [
        record_table.columns[place] for place in places if _texts(record_table.columns[place])
    ]
    texts = [text for column in filled for text in _texts(column)]
    told = len(set(texts)) >= _DIFFERENT * len(texts)
    told = told and sum(len(text.split()) for text in texts) >= _WORDS * len(texts)
    return bool(filled) and told and all(map(_are_sentences, filled))


def _by_person(record_table: RecordTable, title: str) -> RecordTable | None:
    """Read a grid with a day a row and a column for each person: one record a cell."""
    days = [
        place
        for place, column in enumerate(record_table.columns)
        if known_role(column.header) in ("date", "week")
    ]
    people = [
        place
        for place, column in enumerate(record_table.columns)
        if place not in days and _texts(column)
    ]
    headers = [record_table.columns[place].header for place in people]
    if (
        len(days) != 1
        or len(people) < 2
        or not are_names(headers)
        or not _hold_texts(record_table, people)
    ):
        return None
    return _stacked(record_table, people, "담당자", title=title)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A record of a grid: the record of the table and the column where it stands."""

    record: int
    place: int


def _stacked(
    record_table: RecordTable, places: Sequence[int], header: str, *, title: str
) -> RecordTable:
    """Return one record for each text under the columns at `places`.

    The other columns are said of all of a row.
    """
    cells = [
        _Cell(record, place)
        for record in range(len(record_table.rows))
        for place in places
        if cell_text(record_table.columns[place].values[record])
    ]
    shared = [
        _person(column) for place, column in enumerate(record_table.columns) if place not in places
    ]
    said = TableColumn(header, "", "", [record_table.columns[cell.place].header for cell in cells])
    done = TableColumn(
        _told(title),
        "",
        "",
        [record_table.columns[cell.place].values[cell.record] for cell in cells],
    )
    columns = [*(_of_cells(column, cells) for column in shared), said, done]
    return _frame_of(record_table, columns, cells, letters=[*shared, None, None])


def _person(column: TableColumn) -> TableColumn:
    """Return a column of names under the header of owners.

    Who stands beside a grid did what is in its row.
    """
    named = plain_header(column.header) in _WHO or are_names(_texts(column))
    return (
        replace(column, header="담당자")
        if named and known_role(column.header) != "owners"
        else column
    )


_WHO = frozenset(
    {
        "이름",
        "성명",
        "사람",
        "팀원",
        "누가",
        "name",
        "names",
        "who",
        "member",
        "person",
        "team member",
    }
)


def _told(title: str) -> str:
    """Return what the cells are by the tab's name or the title, where it is a field of a log."""
    return title if known_role(title) in (*_LOG_FIELDS, "execution") else _DONE


def _of_cells(column: TableColumn, cells: Sequence[_Cell]) -> TableColumn:
    return replace(
        column,
        values=[column.values[cell.record] for cell in cells],
        inherited=frozenset(),
        formats={},
    )


def _frame_of(
    record_table: RecordTable,
    columns: Sequence[TableColumn],
    cells: Sequence[_Cell],
    *,
    letters: Sequence[TableColumn | None],
) -> RecordTable:
    """Return the records of cells as a table.

    `letters` are where its columns stand, None for the cell's own.
    """
    spots = {
        (record, number): (
            record_table.rows[cell.record],
            (own or record_table.columns[cell.place]).letter,
        )
        for record, cell in enumerate(cells)
        for number, own in enumerate(letters)
    }
    return RecordTable(
        tab=record_table.tab,
        columns=tuple(columns),
        rows=[record_table.rows[cell.record] for cell in cells],
        row_contexts=[record_table.row_contexts[cell.record] for cell in cells],
        record_columns=[record_table.columns[cell.place].letter for cell in cells],
        spots=spots,
        file=record_table.file,
        cell_url=record_table.cell_url,
    )


# Two trials on a row: the same fields twice, told apart by A and B, or by the group above them.


def _by_trial(record_table: RecordTable) -> RecordTable | None:
    """Read a table that has each field once for A and once for B: one record for each."""
    sides: dict[str, dict[str, int]] = {}
    for place, column in enumerate(record_table.columns):
        side, name = _side(column)
        if side and name:
            sides.setdefault(side, {}).setdefault(name, place)
    names = [set(found) for found in sides.values()]
    both = set.intersection(*names) if len(names) >= 2 else set()
    fields = {
        role for name in both if (role := known_role(name)) in (*_LOG_FIELDS, "execution", "title")
    }
    if len(fields) < 2 or not fields & {"hypothesis", "execution", "title"}:
        return None
    return _trials(
        record_table, {side: found for side, found in sides.items() if set(found) >= both}
    )


def _side(column: TableColumn) -> tuple[str, str]:
    """Return the trial that a header belongs to and the field that it names.

    ("", "") where it names no trial.
    """
    if column.group and column.header and known_role(column.header):
        return fold(column.group), plain_header(column.header)
    words_ = plain_header(column.header).split()
    for last, rest in ((words_[-1:], words_[:-1]), (words_[:1], words_[1:])):
        if last and rest and last[0] in _SIDES:
            return last[0], " ".join(rest)
    return "", ""


_SIDES = frozenset(
    {"a", "b", "c", "1", "2", "3", "①", "②", "③", "a안", "b안", "실험a", "실험b", "실험1", "실험2"}
)


def _trials(record_table: RecordTable, sides: dict[str, dict[str, int]]) -> RecordTable | None:
    used = {place for found in sides.values() for place in found.values()}
    shared = [column for place, column in enumerate(record_table.columns) if place not in used]
    names = list(dict.fromkeys(name for found in sides.values() for name in found))
    cells = [
        (record, side)
        for record in range(len(record_table.rows))
        for side in sides
        if _is_told(record_table, record, sides[side])
    ]
    first = [_Cell(record, min(sides[side].values())) for record, side in cells]
    columns = [_of_cells(column, first) for column in shared]
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
    spots = _spots(record_table, shared, names, sides=sides, cells=cells)
    base = _frame_of(record_table, columns, first, letters=[])
    return replace(base, spots=spots)


def _bare_header(column: TableColumn) -> str:
    return column.header if column.group else _side(column)[1]


def _is_told(record_table: RecordTable, record: int, side: dict[str, int]) -> bool:
    return any(cell_text(record_table.columns[place].values[record]) for place in side.values())


def _spots(
    record_table: RecordTable,
    shared: Sequence[TableColumn],
    names: Sequence[str],
    *,
    sides: dict[str, dict[str, int]],
    cells: Sequence[tuple[int, str]],
) -> dict[tuple[int, int], tuple[int, str]]:
    spots = {}
    for number, (record, side) in enumerate(cells):
        letters = [
            *(column.letter for column in shared),
            *(_letter(record_table, sides[side].get(name)) for name in names),
        ]
        spots.update(
            {
                (number, place): (record_table.rows[record], letter)
                for place, letter in enumerate(letters)
            }
        )
    return spots


def _letter(record_table: RecordTable, place: int | None) -> str:
    return record_table.columns[place].letter if place is not None else ""


__all__ = ["reshaped"]
