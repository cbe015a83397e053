"""State shared by the parts of one table that is read from top to bottom.

Holds what the whole table tells, and what one part passes to the next.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sync.contents.workbook import Value

from .record_table import RecordTable

T = TypeVar("T")


class ColumnsAtHand:
    """Takes the cells of some columns out of a pass over all records of a table, which others use
    too.

    Equal cells of one type are one object: a column of days costs little more than its length.
    """

    def __init__(self, record_table: RecordTable, numbers: Sequence[int]) -> None:
        self._record_table = record_table
        wanted = numbers if record_table.lines is not None else ()
        self._cells: dict[int, list[Value]] = {number: [] for number in wanted}
        self._passing = self._pass_over()

    def each(self) -> Iterator[tuple[Value, ...]]:
        """Return the cells of every record, of which those of the columns are kept in passing."""
        return self._passing

    def _pass_over(self) -> Iterator[tuple[Value, ...]]:
        known: dict[type, dict[Value, Value]] = {}
        places = list(self._cells.items())
        for cells in self._record_table.cells():
            for place, held in places:
                value = cells[place]
                held.append(known.setdefault(type(value), {}).setdefault(value, value))
            yield cells

    def table(self) -> RecordTable:
        """Return the table with the cells of these columns at hand, whoever looked at how many."""
        deque(self._passing, maxlen=0)
        columns = (
            replace(column, values=self._cells[number]) if number in self._cells else column
            for number, column in enumerate(self._record_table.columns)
        )
        return (
            replace(self._record_table, columns=tuple(columns))
            if self._cells
            else self._record_table
        )


def types_of(record_table: RecordTable, numbers: Sequence[int]) -> dict[int, frozenset[type]]:
    """Return the types of the cells of some columns, which are at hand."""
    return {number: frozenset(map(type, record_table.columns[number].values)) for number in numbers}


@dataclass(slots=True, eq=False)
class TableContext:
    """The memory of a table that is read in parts; every part is given the same one, in order.

    `whole` is all of the table, None where it is read at once; `copies` the records of the part at
    hand that repeat an earlier one, with the sheet row of that, None where the part has to find
    them itself. `owned_steps` says whether steps have a day or a person of their own, None where
    the part has to find out. `filled` is the last value of a column that is filled downwards, with
    the stretch it stands in; `facts` what was asked of whole columns; `types` the types of cells in
    whole columns that were looked at in one pass, by column. `carried` are the cells of the columns
    that are filled downwards, for the records at hand, where not all records above them are at
    hand; else these columns are filled as they are read.
    """

    whole: RecordTable | None = None
    copies: Mapping[int, int] | None = None
    owned_steps: bool | None = None
    filled: dict[int, tuple[Value, int]] = field(default_factory=dict)
    facts: dict[tuple[str, int], object] = field(default_factory=dict)
    types: Mapping[int, frozenset[type]] = field(default_factory=dict)
    carried: Mapping[int, Sequence[Value]] = field(default_factory=dict)

    def may_hold(self, number: int, kind: type) -> bool:
        """Return whether a column may have a cell of this type; False only where none has."""
        return number not in self.types or kind in self.types[number]

    def cached(self, name: str, number: int, ask: Callable[[], T]) -> T:
        """Return what is known about a whole column, asked once."""
        key = name, number
        if key not in self.facts:
            self.facts[key] = ask()
        return self.facts[key]  # type: ignore[return-value]
