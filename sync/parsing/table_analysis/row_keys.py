"""Row keys: digests of all that a row's note is made from.

    table: columns, meanings, rules, what whole columns tell ─┐
    row: cells, formats, lines above, values filled down ─────┴─► 16 bytes

Equal keys give equal notes; a key that differs costs one parse. So what is in doubt belongs into
it. Where the row stands does not, nor what its empty cells are called: a note's place is written
anew at every reading, and a column that is inserted changes only the rows that fill it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from operator import itemgetter
from typing import Any

import msgspec

from sync.contents.parsed_rows import KEY_BYTES
from sync.contents.workbook import Value
from sync.parsing.columns.column_texts import RoleTable
from sync.parsing.columns.grades import ColumnMeaning, Meaning
from sync.parsing.fields.date_fields import date_habits, inferred_years, months_told
from sync.parsing.fields.outcome_fields import has_ticks
from sync.parsing.fields.texts import fewest_labels
from sync.parsing.normalize import ParseRules
from sync.parsing.tables.record_table import RowContext, TableColumn

_UTF8 = ("utf-8", "surrogatepass")
"""Half surrogates of damaged files pass as they are."""
Carried = Mapping[int, Sequence[Value]]
Labels = tuple[str, ...]
Filled = Callable[[tuple[Value, ...]], tuple[Value, ...]]


class RowKeys:
    """The row keys of one table. `table` is all of it, `basis` stamps settings and reader."""

    def __init__(self, table: RoleTable, rules: ParseRules, basis: str) -> None:
        self._table = table.record_table
        self._columns = table.record_table.columns
        self._told = [
            (*_told_of_column(*each), not each[1].role and fewest_labels(table, number))
            for number, each in enumerate(zip(self._columns, table.meanings, strict=True))
        ]
        self._names = _names(self._columns)
        places = [column.number - 1 for column in self._columns]
        self._pick = itemgetter(*places, *places[:1])  # a tuple, also of one column
        self._years = inferred_years(table, rules.date_evidence)
        self._contexts: dict[int, tuple[RowContext, bytes]] = {}
        self._shapes: dict[tuple[type, ...], tuple[bytes, Labels, Filled]] = {}
        self._stamp = _digest(_bytes(_told_of_table(table, rules, basis)))

    def of(
        self, records: Sequence[int], lines: Sequence[Sequence[Value]], carried: Carried
    ) -> list[tuple[bytes, Labels]]:
        """Return the key of each of some records, and the names of its filled cells in sheet order.

        `lines` are their rows; `carried` the cells of columns that are filled downwards.
        """
        extras = self._extras(records, lines, carried)
        found = []
        for at, (record, line) in enumerate(zip(records, lines, strict=True)):
            cells = self._pick(line)[:-1]
            shape, labels, filled = self._shape(cells)
            context = self._context(self._table.row_contexts[record])
            told = shape + context + _encoded(filled(cells))
            if at in extras:
                told += _bytes(extras[at])
            found.append((_digest(told), labels))
        return found

    def _shape(self, cells: tuple[Value, ...]) -> tuple[bytes, Labels, Filled]:
        """Return what the filled columns are and the types of their cells; their names; and what
        gives their cells.
        """
        types = tuple(map(type, cells))
        known = self._shapes.get(types)
        if known is None:
            filled = [number for number, value in enumerate(cells) if value is not None]
            told = [(self._told[number], type(cells[number]).__name__) for number in filled]
            labels = tuple(_name(self._columns[number]) for number in filled)
            shape = _digest(self._stamp + _bytes(told))
            known = self._shapes[types] = shape, labels, _getter(filled)
        return known

    def _context(self, now: RowContext) -> bytes:
        """Return what the lines above tell; how many they were does not matter for a row's note."""
        known = self._contexts.get(id(now))
        if known is None:
            told = _digest(_bytes(replace(now, stretch=0)))
            known = self._contexts[id(now)] = now, told  # held, so that no other gets its number
        return known[1]

    def _extras(
        self, records: Sequence[int], lines: Sequence[Sequence[Value]], carried: Carried
    ) -> dict[int, list[tuple[Any, ...]]]:
        """Return what else tells of a record: formats, merges, what is filled down, years."""
        found: dict[int, list[tuple[Any, ...]]] = {}
        for at, told in self._extras_of_cells(records, lines, carried):
            found.setdefault(at, []).append(told)
        return found

    def _extras_of_cells(
        self, records: Sequence[int], lines: Sequence[Sequence[Value]], carried: Carried
    ) -> Iterable[tuple[int, tuple[Any, ...]]]:
        rows = [self._table.rows[record] for record in records]
        at_row = {row: at for at, row in enumerate(rows)}
        for number, column in enumerate(self._columns):
            name = self._names[number]
            for row, form in self._table.cell_formats.column(column.number, rows[0], rows[-1]):
                if row in at_row:
                    yield at_row[row], (name, form.kind, form.symbol)
            years, merged = self._years.get(number, {}), column.inherited
            for at, record in enumerate(records) if years or merged else ():
                if record in merged or record in years:
                    yield at, (name, record in merged, years.get(record, 0))
            place = column.number - 1
            for at, value in enumerate(carried.get(number, ())):
                if lines[at][place] != value:
                    yield at, (name, value)


def _told_of_table(table: RoleTable, rules: ParseRules, basis: str) -> tuple[Any, ...]:
    """Return all that the table as a whole tells of each of its rows.

    The day of reading and the years of other tabs only serve to infer years, which are told of each
    row.
    """
    evidence = replace(rules.date_evidence, today=None, elsewhere=None, last_resort=None)
    understood = zip(table.record_table.columns, table.meanings, strict=True)
    return (
        basis,
        [_told_of_column(column, found) for column, found in understood if found.role],
        sorted(rules.aliases.items()),
        sorted(rules.legend.items()),
        rules.decimal,
        evidence,
        date_habits(table, rules.date_evidence),
        months_told(table),
        [has_ticks(table, number) for number in table.columns("status", "outcome")],
        table.table_context.owned_steps,
    )


def _told_of_column(column: TableColumn, meaning: Meaning) -> tuple[Any, ...]:
    """Return all of a column and its meaning on which the notes of its rows depend."""
    return (
        column.header,
        column.group,
        "" if column.header or column.group else column.letter,
        column.type,
        meaning.role,
        meaning.grade if isinstance(meaning, ColumnMeaning) else "open",
    )


def _name(column: TableColumn) -> str:
    return column.header or column.group or column.letter


def _names(columns: Sequence[TableColumn]) -> list[tuple[str, int]]:
    """Return the name of each column, and the how many-th of that name it is."""
    met: Counter[str] = Counter()
    names = []
    for column in columns:
        name = f"{column.group}\t{_name(column)}"
        names.append((name, met[name]))
        met[name] += 1
    return names


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=KEY_BYTES).digest()


def _bytes(told: object) -> bytes:
    return repr(told).encode(*_UTF8)


def _getter(filled: Sequence[int]) -> Filled:
    """Return what gives the filled cells of a row, some of all."""
    if len(filled) > 1:
        return itemgetter(*filled)
    return lambda cells: tuple([cells[number] for number in filled])


def _encoded(filled: tuple[Value, ...]) -> bytes:
    """Return the filled cells as bytes; of equal types, they differ wherever a value does."""
    try:
        return _encode(filled)
    except (UnicodeEncodeError, OverflowError, ValueError):
        return _bytes(filled)


_encode = msgspec.msgpack.Encoder().encode
