"""Chooses how a table is reshaped: cards by category, grids by week or by person, pairs of
trials.

    RecordTable ─► the same cells as a table of one record a card, a cell or a trial

Everything after this is the same as for any table. A tall table is never one of these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from notes.system.compiled_tables import kept_pattern
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.headers.period_headers import is_period, names_weekdays
from sync.parsing.layout.name_cells import are_names
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.tables.record_table import RecordTable, TableColumn

from .cards_by_category import cards_by_category
from .grid_records import (
    LOG_FIELDS,
    GridCell,
    are_sentences,
    has_texts,
    of_cells,
    person_column,
    table_of,
    texts_of,
    told_in,
)
from .side_by_side import side_by_side

_LEAST_PERIODS = 3
"""Columns of periods that make a grid; as `period_headers._LEAST_PERIODS`."""
_DIFFERENT = 0.5
"""Share of different texts below which the cells are states of a roster; see `_WORDS`."""
_WORDS = 1.6
"""Cells of fewer words, or mostly the same ones, are a roster ("오전", "휴무"), no log."""
_CLOSING = frozenset(
    {"retrospective", "result", "outcome", "learned", "applied_to", "next_action", "next_kind"}
)
"""What a row of weeks comes to in the end: said of its latest week, so that it counts once."""
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
        cards_by_category(whole)
        or _by_period(whole, title)
        or _by_person(whole, title)
        or side_by_side(whole)
        or record_table
    )


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
        record_table.columns[place] for place in places if texts_of(record_table.columns[place])
    ]
    texts = [text for column in filled for text in texts_of(column)]
    told = len(set(texts)) >= _DIFFERENT * len(texts)
    told = told and sum(len(text.split()) for text in texts) >= _WORDS * len(texts)
    return bool(filled) and told and are_sentences(filled)


def _by_person(record_table: RecordTable, title: str) -> RecordTable | None:
    """Read a grid with a day a row and a column for each person: one record a cell."""
    days = [
        place
        for place, column in enumerate(record_table.columns)
        if known_role(column.header) in ("date", "week") or _are_days(column)
    ]
    people = [
        place
        for place, column in enumerate(record_table.columns)
        if place not in days and has_texts(column)
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


def _stacked(
    record_table: RecordTable, places: Sequence[int], header: str, *, title: str
) -> RecordTable:
    """Return one record for each text under the columns at `places`.

    The other columns are said of all of a row; what a row comes to, of its latest text.
    """
    cells = [
        GridCell(record, place)
        for record in range(len(record_table.rows))
        for place in places
        if told_in(record_table.columns[place].values[record])
    ]
    shared = [
        person_column(column, title)
        for place, column in enumerate(record_table.columns)
        if place not in places
    ]
    backwards = _run_backwards([record_table.columns[place].header for place in places])
    last = {cell.record: cell for cell in (reversed(cells) if backwards else cells)}
    said = TableColumn(header, "", "", [record_table.columns[cell.place].header for cell in cells])
    done = TableColumn(
        _told(title, shared),
        "",
        "",
        [record_table.columns[cell.place].values[cell.record] for cell in cells],
    )
    columns = [*(_shared(column, cells, last) for column in shared), said, done]
    return table_of(record_table, columns, cells, letters=[*shared, None, None])


def _shared(
    column: TableColumn, cells: Sequence[GridCell], last: Mapping[int, GridCell]
) -> TableColumn:
    """Return a column said of each text of its row, of the latest alone where it closes the row."""
    said = of_cells(column, cells)
    if known_role(column.header) not in _CLOSING:
        return said
    once = [
        value if last[cell.record] is cell else None
        for cell, value in zip(cells, said.values, strict=True)
    ]
    return replace(said, values=once)


def _run_backwards(headers: Sequence[str]) -> bool:
    """Return whether most periods stand behind a later one ("W46", "W45", "W44")."""
    numbers = [[int(digits) for digits in _DIGITS.findall(header)] for header in headers]
    steps = list(pairwise(numbers))
    return sum(one > after for one, after in steps) > sum(one < after for one, after in steps)


_DIGITS = kept_pattern(r"\d{1,9}")
"""The numbers of a period's header: its year, month, week or day."""


def _told(title: str, shared: Sequence[TableColumn]) -> str:
    """Return what the cells are by the tab's name or the title, where it is a field of a log.

    A field that has a column beside the grid is not in its cells too ("Goal" on a tab "Q3 goals").
    """
    role = known_role(title)
    known = {known_role(column.header) for column in shared}
    return title if role in LOG_FIELDS and role not in known else _DONE


def _are_days(column: TableColumn) -> bool:
    """Return whether all cells of a column are days or weeks ("월", "3주차"), under whatever
    header.
    """
    held = [value for value in column.values if value is not None]
    return bool(held) and all(cell_sort(value) in ("date", "week") for value in held)
