"""State shared by the parts of one table that is read from top to bottom.

Holds what the whole table tells, and what one part passes to the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sync.workbook import Value

from .record_table import RecordTable

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class TableContext:
    """The memory of a table that is read in parts; every part is given the same one, in order.

    `whole` is all of the table, None where it is read at once; `copies` the records of the part at
    hand that repeat an earlier one, with the sheet row of that, None where the part has to find
    them itself. `measured` says whether any record has a metric in cells of its own. `filled` is
    the last value of a column that is filled downwards, with the stretch it stands in; `facts` what
    was asked of whole columns.
    """

    whole: RecordTable | None = None
    copies: Mapping[int, int] | None = None
    measured: bool | None = None
    filled: dict[int, tuple[Value, int]] = field(default_factory=dict)
    facts: dict[tuple[str, int], object] = field(default_factory=dict)

    def cached(self, name: str, number: int, ask: Callable[[], T]) -> T:
        """Return what is known about a whole column, asked once."""
        key = name, number
        if key not in self.facts:
            self.facts[key] = ask()
        return self.facts[key]  # type: ignore[return-value]
