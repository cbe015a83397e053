"""A table with the roles of its columns, and the texts of each role.

Joined from its columns, without placeholders and errors, split at the labels inside a cell.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sync.contents.workbook import CellError, Value
from sync.parsing.cells.text import is_placeholder
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.tables.table_context import TableContext

from .grades import Meaning

_SHORT = 24
"""Up to here a text may be a placeholder or an error; a longer one only where it begins with a
sign."""
_LOADING = frozenset(
    {
        "loading...",
        "loading…",
        "로드 중...",
        "로드 중…",
        "로딩 중...",
        "불러오는 중...",
        "#loading!",
    }
)
"""What a sheet shows in place of a value that a formula has not fetched yet (reading rules 2.2)."""
_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
"""Error values of Excel and Google Sheets: such a cell holds no text of the team."""


@dataclass(frozen=True, slots=True, eq=False)
class RoleTable:
    """A table, or a part of one, with what its columns mean.

    `by_role` gives the columns of a role, in sheet order.
    """

    record_table: RecordTable
    meanings: Sequence[Meaning]
    by_role: dict[str, tuple[int, ...]]
    texts: dict[int, list[str]] = field(default_factory=dict)
    table_context: TableContext = field(default_factory=TableContext)

    def columns(self, *roles: str) -> list[int]:
        """Return the columns that have one of these roles, in sheet order."""
        return sorted(column for role in roles for column in self.by_role.get(role, ()))

    def column(self, number: int) -> TableColumn:
        """Return a column."""
        return self.record_table.columns[number]

    def whole(self, number: int) -> Sequence[Value]:
        """Return all cells of a column, those of the table's other parts too."""
        return (self.table_context.whole or self.record_table).columns[number].values

    def place_in_whole(self, record: int) -> int:
        """Return the place of a record among all records of the table of which this is a part."""
        whole = self.table_context.whole
        return record if whole is None else bisect_left(whole.rows, self.record_table.rows[record])

    @property
    def size(self) -> int:
        """Return the number of records."""
        return len(self.record_table.rows)


def build_role_table(
    record_table: RecordTable,
    meanings: Sequence[Meaning],
    table_context: TableContext | None = None,
) -> RoleTable:
    """Return the table with its columns sorted by role.

    `table_context` is that of the table of which it is a part.
    """
    by_role: dict[str, tuple[int, ...]] = {}
    for number, found in enumerate(meanings):
        if found.role:
            by_role[found.role] = (*by_role.get(found.role, ()), number)
    return RoleTable(record_table, meanings, by_role, table_context=table_context or TableContext())


def cell_text(value: Value) -> str:
    """Return a cell as text: "" for a placeholder, an error, a tick and nothing.

    >>> cell_text("해당 없음"), cell_text(3.0), cell_text("가설")
    ('', '3', '가설')
    """
    if type(value) is str:
        short = len(value) <= _SHORT or not value[0].isalnum()
        unread = short and (value in _ERRORS or (value[-1:] in ".…!" and _is_loading(value)))
        return "" if unread or (short and is_placeholder(value)) else value
    if value is None or isinstance(value, bool | CellError):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def column_texts(table: RoleTable, number: int) -> list[str]:
    """Return the texts of a column, "" where there is none; a bare "No" answers a header that asks.

    The list is kept for the next who asks: whoever changes it takes a copy.
    """
    known = table.texts.get(number)
    if known is None:
        known = table.texts[number] = list(each_text(table.column(number)))
    return known


def each_text(column: TableColumn) -> Iterator[str]:
    """Return an iterator over the texts of a column, as `column_texts` gives them, without
    keeping them.
    """
    if "?" in column.header or column.header.endswith(("나", "까", "나요", "는가", "가요")):
        return (
            ""
            if isinstance(value, str) and is_placeholder(value, answer=True)
            else cell_text(value)
            for value in column.values
        )
    return (
        value
        if type(value) is str and len(value) > _SHORT and value[0].isalnum()
        else cell_text(value)
        for value in column.values
    )


def join_texts(parts: Sequence[Sequence[str]], size: int) -> list[str]:
    """Return the texts of several columns joined by line breaks, record by record.

    Equal texts once.
    """
    if not parts:
        return [""] * size
    if len(parts) == 1:
        return list(parts[0])
    return [
        "\n".join(dict.fromkeys(text for text in texts if text))
        for texts in zip(*parts, strict=True)
    ]


def role_texts(table: RoleTable, *roles: str) -> list[str]:
    """Return the joined texts of all columns that have one of these roles."""
    return join_texts([column_texts(table, number) for number in table.columns(*roles)], table.size)


def is_error(value: Value) -> bool:
    """Return whether a cell holds, or its text contains, an error of the spreadsheet program."""
    if isinstance(value, CellError):
        return True
    if type(value) is not str:
        return False
    return ("#" in value and any(error in value for error in _ERRORS)) or (
        value[-1:] in ".…!" and _is_loading(value)
    )


def _is_loading(text: str) -> bool:
    return len(text) <= _SHORT and text.lower() in _LOADING
