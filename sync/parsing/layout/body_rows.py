"""Classifies the rows under a header: records, labels, totals, separators.

Nothing here depends on what the columns mean; that part is in `fields.note_rows`.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from notes.model.periods import Week
from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Area, Value, column_letters
from sync.parse_result import SkippedRows
from sync.parsing.cells.date_grammar.date_context import DateContext, DateReading
from sync.parsing.cells.date_grammar.dates import read_period_label
from sync.parsing.cells.text import is_placeholder
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.headers.period_headers import are_periods_but_few
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.layout.sheet.row_facts import RowMarks
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.tables.record_table import (
    NO_CONTEXT,
    ColumnCells,
    RecordTable,
    RowContext,
    TableColumn,
)

from .line_kinds import (
    is_decorated,
    is_example,
    is_hint,
    is_memo,
    is_prompt,
    is_prompt_row,
    is_separator,
    is_total,
    line_words,
    names_a_number,
    stated_goal,
    stated_owner,
    strip_decoration,
)
from .table_blocks import TableBlock

_LOOKED_AT = 200
"""Rows searched for columns of yes and no; judgement: bounds the work on tall tables."""
_AT_THE_SIDE = 3
"""Cells from the left in which a line of totals says so; an example may say it in the last one too.
"""
_OTHER_ANSWERS = ("네", "아니오", "아니요", "아뇨")
_ANSWERED = kept_pattern(r"여부\s*\??$|[?？]$")
"""A header that asks for yes or no, or asks at all."""
_SEVERAL_WORDS = kept_pattern(r"\s*\S+\s+\S*[^\W\d_]")
_TEXTS = 2
"""Texts of several words from which a line that begins with a count, or with what is counted, is a
record; judgement: lines of totals have a remark at most."""
_LONE = 4
"""Cells up to which a line may be a label or a section."""
_SHORT = 24
"""Characters up to which a text may stand in a line of totals; judgement: longer ones are told."""
_NAMES = ("metric", "metric_name")
"""Meanings of a first column that holds names of numbers."""
_STATES_A_NUMBER = kept_pattern(r"[^\W\d_][^:：]{0,23}[:：]\s*\d[\d.,:/ -]*\S?")
"""A lone line such as "Log year: 2026" or "작성일: 2026. 9. 7." is about the log, no part of it."""


@dataclass(frozen=True, slots=True, eq=False)
class TableBody:
    """A table's records and what was left out of them.

    `sections` are plain section lines, by the stretch they open.
    """

    record_table: RecordTable
    skipped: tuple[SkippedRows, ...]
    sections: dict[int, tuple[int, str]]


@dataclass(slots=True)
class _BodyReader:
    """Where the reading of a body stands: the circumstance of the next record.

    In `answers` "예" means yes, in `units` "min" and "count" say in what is counted. `weeks`: bare
    numbers in the first column are weeks; `names`: it names metrics. `first` is the first cell of
    the line that is read, a merged one too.
    """

    context: DateContext
    now: RowContext = NO_CONTEXT
    plain: bool = True
    answers: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    weeks: bool = False
    names: bool = False
    first: Value = None


def read_body(
    sheet: CleanSheet, block: TableBlock, context: DateContext, *, first: RowContext
) -> TableBody:
    """Return the records of a table whose header names columns.

    `first` is what the lines above the table say.
    """
    area = block.area
    walk = _BodyReader(
        context,
        first,
        answers=_answering(sheet, block),
        units=frozenset(at for at, (name, _) in block.names.items() if known_role(name) == "unit"),
        weeks=_first_role(sheet, block) == "week",
        names=_first_role(sheet, block) in _NAMES or are_periods_but_few(_behind_the_first(block)),
    )
    header = {
        value for row in block.headers for value in sheet.rows[row - 1] if isinstance(value, str)
    }
    rows = array("I")
    row_contexts: list[RowContext] = []
    skipped: list[SkippedRows] = []
    sections: dict[int, tuple[int, str]] = {}
    ordinary = _ordinary_marks(sheet, area, header, answers=walk.answers)
    for row in range(block.headers[-1] + 1, area.bottom + 1):
        if ordinary and rows and ordinary.has(row):
            rows.append(row)
            row_contexts.append(walk.now)
            continue
        values = sheet.rows[row - 1]
        code = _line(sheet, row, area, header=header, walk=walk)
        if not code and _asks(
            values[area.left - 1 : area.right], first=not rows and row < area.bottom
        ):
            code = "example"
        if not code and _heads_a_repeat(sheet, row, area, header=header):
            walk.now, code = replace(walk.now, stretch=walk.now.stretch + 1), "title"
        if not code and ordinary and rows and _is_ordinary(values, area, header):
            ordinary.put(row)
        if not code:
            rows.append(row)
            row_contexts.append(walk.now)
            continue
        text = next(
            (value for value in values[area.left - 1 : area.right] if isinstance(value, str)), ""
        )
        skipped.append(SkippedRows(sheet.tab, row, row, code, text[:80]))
        if code in ("label", "separator") and text and walk.plain:
            sections[walk.now.stretch] = (row, strip_decoration(text))
    record_table = _frame(sheet, block, rows, row_contexts=row_contexts)
    return TableBody(record_table, tuple(skipped), sections)


def _first_role(sheet: CleanSheet, block: TableBlock) -> str | None:
    """Return what the header of the first column means, None where it says nothing known."""
    head = sheet.rows[block.headers[-1] - 1][block.area.left - 1]
    return known_role(head) if isinstance(head, str) else None


def _behind_the_first(block: TableBlock) -> list[str]:
    return [name for column, (name, _) in block.names.items() if column > block.area.left]


def _heads_a_repeat(sheet: CleanSheet, row: int, area: Area, *, header: set[str]) -> bool:
    """Return whether a lone text stands right above the header, written once more: its title."""
    here = sheet.rows[row - 1][area.left - 1 : area.right]
    if row >= area.bottom or len(here) - here.count(None) != 1:
        return False
    below = [value for value in sheet.rows[row][area.left - 1 : area.right] if value is not None]
    return len(below) > 1 and all(value in header for value in below)


def _asks(values: Sequence[Value], *, first: bool) -> bool:
    """Return whether a row holds only what a form asks for.

    Mostly, right under the header, or wholly, further down.
    """
    if not first:
        beginning = next((value for value in values if type(value) is str), "")
        if not is_prompt(beginning):
            return False
    told = [value for value in values if isinstance(value, str) and not is_placeholder(value)]
    return (
        bool(told)
        and is_prompt_row(told)
        and (first or (len(told) >= 2 and all(map(is_prompt, told))))
    )


def _ordinary_marks(
    sheet: CleanSheet, area: Area, header: Set[str], *, answers: frozenset[int]
) -> RowMarks | None:
    """Return which rows are known to be records by their cells alone.

    None on a tab where merges and hidden rows have a say too.
    """
    if sheet.inherited or sheet.spans or sheet.grid.hidden_rows:
        return None
    return sheet.facts.marks("is a record", sorted(header), area.left, area.right, sorted(answers))


def _is_ordinary(values: Sequence[Value], area: Area, header: Set[str]) -> bool:
    """Return whether a row that is a record was found to be one by nothing but its cells.

    Its first cell is filled, it does not begin as the header does, and nothing at its side may head
    a line of totals, which would be asked for days.
    """
    first = values[area.left - 1]
    if not _is_well_filled(values, first) or first in header:
        return False
    held = [value for value in values[area.left - 1 : area.right] if value]
    return any(type(value) is str and len(value) > _SHORT for value in held) or not any(
        isinstance(value, str) and (is_total(value) or _closes(value))
        for value in held[:_AT_THE_SIDE]
    )


def _closes(text: str) -> bool:
    """Return whether a word heads a line of totals where numbers alone stand behind it, as Excel
    writes one below a table ("요약").
    """
    return text.strip() in line_words("total", "before_numbers")


def _is_well_filled(values: Sequence[Value], first: Value) -> bool:
    return first is not None and first is not False and len(values) - values.count(None) > _LONE


def _line(sheet: CleanSheet, row: int, area: Area, *, header: set[str], walk: _BodyReader) -> str:
    """Return the reason why a line is no record, "" for a record.

    Move the walk on where the line is a label.
    """
    values = sheet.rows[row - 1]
    walk.first = values[area.left - 1]
    alone = not sheet.inherited and row not in sheet.spans and row not in sheet.grid.hidden_rows
    if alone and _is_well_filled(values, values[area.left - 1]):
        cells = enumerate(values[area.left - 1 : area.right], area.left)
        return _full([(column, value) for column, value in cells if value], header, walk)
    held = [
        (column, value)
        for column, value in enumerate(values[area.left - 1 : area.right], area.left)
        if value is not None and value is not False and (row, column) not in sheet.inherited
    ]
    if not held:
        return "blank"
    if row in sheet.grid.hidden_rows:
        return "hidden"
    if len(held) <= 2 or sheet.widest_span(row) > 2:
        code = _lone(sheet, row, held, width=area.right - area.left + 1, walk=walk)
        if code:
            return code
    return _full(held, header, walk)


def _full(held: Sequence[tuple[int, Value]], header: set[str], walk: _BodyReader) -> str:
    first = held[0][1]
    if isinstance(first, str) and first in header:
        words = [value for _, value in held if isinstance(value, str)]
        if sum(1 for word in words if word in header) * 5 >= len(held) * 3:
            walk.now = replace(walk.now, stretch=walk.now.stretch + 1)
            return "repeated_header"
    told = any(type(value) is str and len(value) > _SHORT for _, value in held)
    if not told and all(isinstance(value, str) and is_hint(value) for _, value in held):
        return "example"
    for place, (column, value) in enumerate((*held[:_AT_THE_SIDE], held[-1])):
        if isinstance(value, str):
            at_the_side = place < _AT_THE_SIDE and column not in walk.units
            if not told and at_the_side and _heads_totals(value, held, walk):
                return "total"
            if is_example(value) and column not in walk.answers:
                return "example"
    if isinstance(first, str) and all(
        isinstance(value, str) and is_separator(value) for _, value in held
    ):
        walk.now = replace(walk.now, stretch=walk.now.stretch + 1)
        return "separator"
    return ""


def _heads_totals(text: str, held: Sequence[tuple[int, Value]], walk: _BodyReader) -> bool:
    """Return whether a text at a line's side says that the line is one of totals."""
    if text is held[0][1] and _closes(text):
        return len(held) > 1 and all(cell_sort(value) == "number" for _, value in held[1:])
    if not is_total(text) or not _counts(held, text):
        return False
    if not names_a_number(text):
        return True
    if text is walk.first:
        return not walk.names  # "평균 대기 시간" is a metric there
    return not _dated(walk)


def _dated(walk: _BodyReader) -> bool:
    """Return whether the line begins with a day, or with a week or a month, merged or not."""
    if isinstance(walk.first, str) and not walk.first.isdigit():
        return read_period_label(walk.first, walk.context) is not None
    return isinstance(walk.first, date) or (walk.weeks and walk.first is not None)


def _answering(sheet: CleanSheet, block: TableBlock) -> frozenset[int]:
    """Return the yes/no columns, where "예" does not mark an example (reading rules 1.3a)."""
    first, area = block.headers[-1], block.area
    rows = sheet.rows[first : min(area.bottom, first + _LOOKED_AT)]
    found = set()
    for column, (name, _) in block.names.items():
        if _ANSWERED.search(name):
            found.add(column)
            continue
        cells = Counter(
            value
            for values in rows
            if isinstance(value := values[column - 1], str) and len(value) <= 4
        )
        if cells["예"] and (cells["예"] > 2 or any(cells[word] for word in _OTHER_ANSWERS)):
            found.add(column)
    return frozenset(found)


def _counts(held: Sequence[tuple[int, Value]], total: str) -> bool:
    """Return whether a line of totals holds numbers and short words only.

    A bare count ("3회", "2 tests") is also how teams number their trials, and what is counted may
    be a goal ("소개 건수"): beside two texts of several words it heads a record. Several behind a
    name or a day are what was measured.
    """
    texts = [value for _, value in held if isinstance(value, str) and value != total]
    if total[:1].isdigit() and _are_measured(held):
        return False
    also_said = total[:1].isdigit() or names_a_number(total)
    if also_said and sum(1 for text in texts if _SEVERAL_WORDS.match(text)) >= _TEXTS:
        return False
    return all(len(text) <= _SHORT for text in (*texts, total))


def _are_measured(held: Sequence[tuple[int, Value]]) -> bool:
    """Return whether several bare counts stand behind what they are of, which is no total: "문의 수
    | 31건 | 28건", "2024-09-02 | 31건 | 45명".
    """
    (_, first), *others = held
    counts = [text for _, text in others if isinstance(text, str) and text[:1].isdigit()]
    named = not (isinstance(first, str) and is_total(first))
    return named and sum(map(is_total, counts)) > 1


def _lone(
    sheet: CleanSheet, row: int, held: Sequence[tuple[int, Value]], *, width: int, walk: _BodyReader
) -> str:
    """Classify a line with one text, or with one merged over the table."""
    words = {value for _, value in held if isinstance(value, str)}
    wide = sheet.widest_span(row) >= max(3, (width + 1) // 2)
    if len(words) != 1 or len(words) != len({str(value) for _, value in held}):
        return ""
    text = words.pop()
    if len(held) > 1 and not wide:
        return ""
    if is_total(text) or is_memo(text):
        return "total" if is_total(text) else "title"
    moved = _moved(text, walk, wide=wide)
    walk.plain = moved is None
    if moved is not None:
        walk.now = replace(moved, stretch=walk.now.stretch + 1)
        return "label"
    if is_separator(text) or wide or is_decorated(text) or _STATES_A_NUMBER.fullmatch(text):
        section = RowContext(walk.now.stretch + 1, walk.now.period, walk.now.year, walk.now.month)
        walk.now = replace(section, owner=walk.now.owner if is_separator(text) else "")
        return "separator" if is_separator(text) else "label"
    return ""


def _moved(text: str, walk: _BodyReader, *, wide: bool) -> RowContext | None:
    """Return the context that a label line sets for the rows below, None when it is not a label."""
    if goal := stated_goal(strip_decoration(text) if wide else text):
        return replace(walk.now, goal=goal)
    if owner := stated_owner(text):
        return replace(walk.now, owner=owner)
    context = replace(
        walk.context,
        year=walk.now.year or walk.context.year,
        month=walk.now.month or walk.context.month,
    )
    reading = read_period_label(text, context)
    if reading is None:
        return None
    return _with_period(walk.now, reading)


def _with_period(now: RowContext, reading: DateReading) -> RowContext:
    day = reading.start or (reading.span[0] if reading.span else None)
    if day is None:
        return now
    if reading.precision in ("month", "quarter", "half", "year"):
        month = day.month if reading.precision == "month" else None
        return replace(now, period=None, year=day.year, month=month)
    return replace(now, period=with_week(reading), year=day.year)


def with_week(reading: DateReading) -> DateReading:
    """Return days with the week that holds them all.

    A bare weekday below them is one of these (reading rules 7.5).
    """
    if reading.week or reading.start is None or reading.precision not in ("day", "range"):
        return reading
    week = Week.containing(reading.start)
    return replace(reading, week=str(week)) if (reading.end or reading.start) in week else reading


def read_row_context(texts: Sequence[str], context: DateContext) -> RowContext:
    """Return what the lines above a table (title, memos) say about all of its rows."""
    now = NO_CONTEXT
    for text in texts:
        for line in text.split("\n"):
            if goal := stated_goal(line):
                now = replace(now, goal=goal)
            elif (
                reading := read_period_label(line, context)
            ) is not None and reading.precision != "day":
                now = _with_period(now, reading)
    return now


def under_their_titles(record_table: RecordTable, context: DateContext) -> RecordTable:
    """Return cards with the week or month that the line above each of them states."""
    if not record_table.titles:
        return record_table
    contexts = []
    for now, title in zip(record_table.row_contexts, record_table.titles, strict=True):
        reading = read_period_label(title, context)
        contexts.append(_with_period(now, reading) if reading else now)
    return replace(record_table, row_contexts=contexts)


def _merged_labels(sheet: CleanSheet, block: TableBlock) -> set[int]:
    """Return the columns whose header is merged down over the rows: a label or an instruction."""
    header = block.headers[-1]
    return {
        column
        for area in sheet.grid.merges
        if area.top <= header and area.bottom - header >= max(1, (block.area.bottom - header) // 2)
        for column in range(area.left, area.right + 1)
    }


def _frame(
    sheet: CleanSheet, block: TableBlock, rows: Sequence[int], *, row_contexts: list[RowContext]
) -> RecordTable:
    labels = _merged_labels(sheet, block)
    inherited: dict[int, set[int]] = {}
    for row, column in sheet.inherited:
        record = bisect_left(rows, row)
        if record < len(rows) and rows[record] == row:
            inherited.setdefault(column, set()).add(record)
    columns = [
        TableColumn(
            header=name,
            group=group,
            letter=column_letters(column),
            values=ColumnCells(sheet.rows, rows, column),
            number=column,
            inherited=frozenset(inherited.get(column, ())),
        )
        for column, (name, group) in block.names.items()
        if column not in labels
    ]
    grid = sheet.grid
    return RecordTable(
        grid.tab,
        tuple(columns),
        rows,
        row_contexts,
        cell_url=grid.cell_url,
        lines=sheet.rows,
        cell_formats=sheet.formats,
        fills=sheet.facts.fills,
    )
