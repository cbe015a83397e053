"""Reports rows of a log whose only texts stand in columns of open meaning: nothing is lost
silently.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from notes.model.notes import Place, Problem
from sync.parse_result import SkippedRows
from sync.parsing.columns.column_texts import cell_text
from sync.parsing.columns.grades import Meaning, Open
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.tables.record_table import RecordTable


@dataclass(slots=True)
class RowsNotRead:
    """Counts such rows over the parts of a table."""

    meanings: Sequence[Meaning]
    count: int = 0
    first: int = 0
    headers: set[str] = field(default_factory=set)

    def add(self, part: RecordTable, skipped: Iterable[SkippedRows]) -> None:
        """Count the rows of a part that became no note though an open column tells something."""
        columns = [
            column
            for column, found in zip(part.columns, self.meanings, strict=True)
            if isinstance(found, Open) and found.tells
        ]
        lost = {one.first_row for one in skipped if one.code == "no_text"} if columns else set()
        for record, row in enumerate(part.rows if lost else ()):
            told = [
                column.header
                for column in columns
                if row in lost
                and cell_text(value := column.values[record])
                and cell_sort(value) in ("text", "short")
            ]
            if told:
                self.count += 1
                self.first = self.first or row
                self.headers.update(told)

    def problem(self, tab: str) -> Problem | None:
        """Return the one problem of the table, None where no such row was met."""
        if not self.count:
            return None
        named = ", ".join(sorted(header for header in self.headers if header))
        return Problem(
            Place(tab, self.first), "texts_not_read", named, (("count", str(self.count)),)
        )
