"""Records of a grid: each stands in a row and a column of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.cells.text import fold
from sync.parsing.columns.column_texts import cell_text
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.line_kinds import line_words
from sync.parsing.layout.name_cells import are_names
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary.header_phrases import plain_header

LOG_FIELDS = frozenset(
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
"""Text fields of which one says that a table is a log; what was done is in any table of tasks."""

_MOSTLY = 0.6
"""Share of cells that are texts; judgement: a clear majority."""
_TEXTS = frozenset({"text", "short", "name"})
"""Sorts of cells that may say what somebody did."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A record of a grid: the record of the table and the column where it stands."""

    record: int
    place: int


def of_cells(column: TableColumn, cells: Sequence[GridCell]) -> TableColumn:
    """Return a column of the table with its cell for each record of the grid."""
    return replace(
        column,
        values=[column.values[cell.record] for cell in cells],
        inherited=frozenset(),
        formats={},
    )


def table_of(
    record_table: RecordTable,
    columns: Sequence[TableColumn],
    cells: Sequence[GridCell],
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


def person_column(column: TableColumn, title: str = "") -> TableColumn:
    """Return a column of names under the header of owners.

    Who stands beside a grid did what is in its row: its header says so, the names do, or the
    tab's name over a column without a header ("Who did what", "팀원별 주간").
    """
    asked = not column.header and bool(_BY_WHOM.search(title.casefold()))
    named = (
        asked
        or plain_header(column.header) in _WHO
        or are_names([text for value in column.values if (text := cell_text(value))])
    )
    return (
        replace(column, header="담당자")
        if named and known_role(column.header) != "owners"
        else column
    )


_BY_WHOM = kept_pattern(
    r"\b(?:who|people|person|members?|by name)\b|(?:팀원|사람|개인|담당자|직원|멤버|인원)별"
)
"""A tab's name that says that a grid's rows are people."""
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
"""Headers of the column of people beside a grid of days."""


def texts_of(column: TableColumn) -> list[str]:
    """Return the texts of a column, placeholders and absences left out."""
    return [text for value in column.values if (text := told_in(value))]


def counted_texts(column: TableColumn) -> Counter[str]:
    """Return how many cells of a column hold each text; equal cells are looked at once."""
    found: Counter[str] = Counter()
    for (_, value), times in Counter(
        zip(map(type, column.values), column.values, strict=True)
    ).items():
        if text := told_in(value):
            found[text] += times
    return found


def told_in(value: Value) -> str:
    """Return what a cell of a grid tells: "" where somebody was only away ("휴가", "Off").

    >>> told_in("Day off"), told_in("연차(오후)"), told_in("Off-site with sales")
    ('', '', 'Off-site with sales')
    """
    text = cell_text(value)
    plain = fold(text).strip(" .!") if len(text) <= _LONGEST_ABSENCE else ""
    return "" if _PART_OF_DAY.sub("", plain) in line_words("absence") else text


_LONGEST_ABSENCE = 20
"""Characters up to which a cell only says that somebody was away; judgement."""
_PART_OF_DAY = kept_pattern(r" ?\(.{1,8}\)$")
""""연차 (오전)": away for a part of the day."""


def has_texts(column: TableColumn) -> bool:
    """Return whether a column holds a text that is no placeholder."""
    return any(map(cell_text, column.values))


def are_sentences(columns: Sequence[TableColumn]) -> bool:
    """Return whether most cells of the columns of a grid, those that tell nothing apart, are
    words.
    """
    held = [
        value
        for column in columns
        for value in column.values
        if value is not None and (told_in(value) or not isinstance(value, str))
    ]
    return bool(held) and sum(1 for value in held if cell_sort(value) in _TEXTS) >= _MOSTLY * len(
        held
    )
