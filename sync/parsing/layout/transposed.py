"""Reads transposed tables and cards as records."""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.contents.workbook import Area, CellFormat, Value, column_letters
from sync.parsing.cells.text import fold
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.sheet.clean_sheet import CleanSheet, filled
from sync.parsing.tables.record_table import RecordTable, RowContext, TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import nearest_role

from .line_kinds import is_example, is_separator, is_total, strip_decoration
from .table_blocks import TableBlock


def read_transposed(sheet: CleanSheet, block: TableBlock, row_context: RowContext) -> RecordTable:
    """Return the records of a table whose field names stand in its first column.

    One record a column.
    """
    area = block.area
    fields = [
        row
        for row in block.names
        if _has_value(sheet, row, area.left, right=area.right) and not sheet.hidden(row)
    ]
    fields = fields[1:] if fields and _heads_the_lines(sheet, fields[0], area) else fields
    used = [
        column
        for column in range(area.left + 1, area.right + 1)
        if any(sheet.rows[row - 1][column - 1] is not None for row in fields)
        and not _is_aside(sheet, fields, column)
    ]
    pairs = _pairs_behind(sheet, fields, used)
    used = used[:1] if pairs else used  # a form with labels in further columns is one record
    places = {column: record for record, column in enumerate(used)}
    columns = []
    for row in fields:
        header, group = block.names[row]
        columns.append(
            TableColumn(
                header=header,
                group=group,
                letter=str(row),
                values=[
                    _joined(sheet, row, column, further=_unlabelled(sheet, row, area))
                    for column in used
                ],
                number=row,
                formats={
                    places[c]: sheet.formats[row, c] for c in used if (row, c) in sheet.formats
                },
            )
        )
    spots = {
        (record, n): (row, column_letters(column))
        for record, column in enumerate(used)
        for n, row in enumerate(fields)
    }
    for row, column, beside in pairs:
        label, value = sheet.rows[row - 1][column - 1], sheet.rows[row - 1][beside - 1]
        spots[0, len(columns)] = (row, column_letters(beside))
        columns.append(TableColumn(str(label), "", str(row), [value], row))
    return RecordTable(
        tab=sheet.tab,
        columns=tuple(columns),
        rows=[fields[0] if fields else area.top] * len(used),
        row_contexts=[row_context] * len(used),
        record_columns=[column_letters(column) for column in used],
        spots=spots,
        cell_url=sheet.grid.cell_url,
    )


def _heads_the_lines(sheet: CleanSheet, row: int, area: Area) -> bool:
    """Return whether a line says only what stands left and right of it: "구분 | 내용"."""
    values = [v for v in sheet.rows[row - 1][area.left : area.right] if v is not None]
    words = load_words("headers")["over_texts"]
    return len(values) == 1 and isinstance(values[0], str) and fold(values[0]) in words


def _pairs_behind(
    sheet: CleanSheet, fields: Sequence[int], used: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Return row, column and the value's column of further labels on the lines of a form: "Name |
    Ann | Date | 16 Nov", whose cells may be merged.

    [] where the columns behind the first one hold anything else: they are records then.
    """
    pairs: list[tuple[int, int, int]] = []
    for row in fields:
        values = sheet.rows[row - 1]
        held = [column for column in used[1:] if values[column - 1] is not None]
        labels = [values[column - 1] for column in held[::2]]
        if len(held) % 2 or not all(
            isinstance(label, str) and nearest_role(label, _NAMED) in _OF_A_FORM for label in labels
        ):
            return []
        pairs.extend(zip([row] * len(labels), held[::2], held[1::2], strict=True))
    return pairs


_NAMED = 0.9
"""Likeness from which a cell is a label of a form, as `outline._NAMED`."""
_OF_A_FORM = frozenset({"date", "logged", "week", "owners", "author", "team", "people", "status"})
"""What stands above a table as label and value: such lines are no transposed table."""


def _unlabelled(sheet: CleanSheet, row: int, area: Area) -> range:
    """Return the rows right below a labelled one that have no label.

    They go on with what stands beside it.
    """
    end = row + 1
    while (
        end <= area.bottom and sheet.rows[end - 1][area.left - 1] is None and not sheet.hidden(end)
    ):
        if not _has_value(sheet, end, area.left, right=area.right):
            break
        end += 1
    return range(row + 1, end)


def _joined(sheet: CleanSheet, row: int, column: int, *, further: range) -> Value:
    first = _spread(sheet, row, column)
    more = [
        value for other in further if isinstance(value := sheet.rows[other - 1][column - 1], str)
    ]
    if not more or not (first is None or isinstance(first, str)):
        return first
    return "\n".join(
        [*([first] if first else []), *dict.fromkeys(text for text in more if text != first)]
    )


def _has_value(sheet: CleanSheet, row: int, left: int, *, right: int) -> bool:
    return any(value is not None for value in sheet.rows[row - 1][left:right])


def _spread(sheet: CleanSheet, row: int, column: int) -> Value:
    for first, last in sheet.spans.get(row, ()):
        if first <= column <= last:
            return sheet.rows[row - 1][first - 1]
    return sheet.rows[row - 1][column - 1]


def _is_aside(sheet: CleanSheet, fields: Sequence[int], column: int) -> bool:
    """Return whether a column holds totals or shows how to fill the others (reading rules 1.3)."""
    first = sheet.rows[fields[0] - 1][column - 1]
    if not isinstance(first, str):
        return False
    return is_example(first) or (is_total(first) and not first[:1].isdigit())


_FEWEST_LABELS = 2
"""Labels from which lines are a card; a single one beside a value is any line with a colon."""


@dataclass(slots=True)
class _Card:
    row: int
    column: int
    title: str
    cells: dict[str, tuple[Value, int, int]]


def read_cards(sheet: CleanSheet, block: TableBlock, row_context: RowContext) -> RecordTable:
    """Return the records of cards.

    Each has its labels in one column and their values beside them.
    """
    cards = _continued([_cards(sheet, block, column) for column in block.label_columns])
    cards.sort(key=lambda card: (card.row, card.column))
    labels = list(dict.fromkeys(label for card in cards for label in card.cells))
    columns, spots, formats = [], {}, sheet.formats
    for n, label in enumerate(labels):
        values: list[Value] = []
        forms: dict[int, CellFormat] = {}
        for record, card in enumerate(cards):
            value, row, column = card.cells.get(label, (None, 0, 0))
            values.append(value)
            if row:
                spots[record, n] = (row, column_letters(column))
            if (row, column) in formats:
                forms[record] = formats[row, column]
        columns.append(TableColumn(label, "", "", values, n + 1, formats=forms))
    return RecordTable(
        tab=sheet.tab,
        columns=tuple(columns),
        rows=[card.row for card in cards],
        row_contexts=[row_context] * len(cards),
        record_columns=[column_letters(card.column) for card in cards],
        spots=spots,
        titles=[card.title for card in cards],
        cell_url=sheet.grid.cell_url,
    )


def _continued(by_column: Sequence[list[_Card]]) -> list[_Card]:
    """Return the cards of all label columns.

    A column with other labels than the first goes on beside its cards ("제목 … 날짜 …" on one
    line); one with the same labels holds cards of its own.
    """
    first, *others = by_column
    own = {label for card in first for label in card.cells}
    found = list(first)
    for cards in others:
        beside = [left for card in cards if (left := _card_at(first, card.row)) is not None]
        shared = own & {label for card in cards for label in card.cells}
        if len(beside) == len(cards) and not shared:
            for left, right in zip(beside, cards, strict=True):
                left.cells.update({**right.cells, **left.cells})
        else:
            found.extend(cards)
    return [card for card in found if len(card.cells) >= _FEWEST_LABELS]


def _card_at(cards: Sequence[_Card], row: int) -> _Card | None:
    """Return the last card that begins at or above a row, None where there is none."""
    return next((card for card in reversed(cards) if card.row <= row), None)


def _cards(sheet: CleanSheet, block: TableBlock, column: int) -> list[_Card]:
    area = block.area
    others = [other for other in block.label_columns if other > column]
    right = min(others) - 1 if others else area.right
    labels = _labels(sheet, column)
    cards: list[_Card] = []
    current: _Card | None = None
    title, title_row = "", 0
    for row in range(1, area.bottom + 1):
        value = sheet.rows[row - 1][column - 1]
        beside = _beside(sheet, row, column, right=right)
        is_label = isinstance(value, str) and (strip_decoration(value) in labels)
        if is_label and isinstance(value, str):
            label = strip_decoration(value)
            if current is None or label in current.cells:
                current = _Card(title_row or row, column, title, {})
                cards.append(current)
                title, title_row = "", 0
            current.cells[label] = beside or (None, row, column + 1)
        elif value is None and beside and current is not None and isinstance(beside[0], str):
            _go_on(current, beside[0])
        elif isinstance(value, str) and not is_separator(value) and not beside:
            title, title_row, current = strip_decoration(value), row, None
        elif not filled(sheet.rows[row - 1][column - 1 : right]):
            current = None if _next_starts(sheet, row, column, labels=labels) else current
    return cards


def _go_on(card: _Card, text: str) -> None:
    """Add a text that stands below the value of a card's last label."""
    label, (known, row, column) = list(card.cells.items())[-1]
    if isinstance(known, str) and known != text:
        card.cells[label] = (f"{known}\n{text}", row, column)
    elif known is None:
        card.cells[label] = (text, row, column)


def _labels(sheet: CleanSheet, column: int) -> set[str]:
    """Return the labels of a column of cards.

    Known names of fields, and words that repeat with a value beside them.
    """
    seen: dict[str, int] = {}
    known: set[str] = set()
    for values in sheet.rows:
        value = values[column - 1]
        if not isinstance(value, str) or len(value) > 40:
            continue
        beside = any(other is not None for other in values[column : column + 2])
        seen[strip_decoration(value)] = seen.get(strip_decoration(value), 0) + 1
        if known_role(value) and beside:
            known.add(strip_decoration(value))
    return known | {text for text, count in seen.items() if count >= 2}


def _beside(
    sheet: CleanSheet, row: int, column: int, *, right: int
) -> tuple[Value, int, int] | None:
    for other in range(column + 1, right + 1):
        value = sheet.rows[row - 1][other - 1]
        inside = any(
            first <= other <= last and first == column for first, last in sheet.spans.get(row, ())
        )
        if value is not None and not inside:
            return value, row, other
    return None


def _next_starts(sheet: CleanSheet, row: int, column: int, *, labels: set[str]) -> bool:
    """Return whether a new card starts: after a blank line, at a label that this card has.

    A new title or card ends it.
    """
    for values in sheet.rows[row : row + 3]:
        value = values[column - 1]
        if isinstance(value, str):
            return strip_decoration(value) not in labels
    return True
