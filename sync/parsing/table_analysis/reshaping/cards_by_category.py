"""Reads cards by category: one column says which part of a frame the text of a row is.

| Went well | Till was fast |   ─►   a column "Went well"
| Plan | … | and | Do | … |     ─►   one record with "Plan" and "Do"
"""

from collections.abc import Sequence
from dataclasses import replace

from sync.contents.workbook import CellError, Value
from sync.parsing.cells.labels import role_of_label, stage_of_label
from sync.parsing.cells.text import fold
from sync.parsing.columns.column_texts import cell_text
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.line_kinds import strip_decoration
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.vocabulary.header_phrases import plain_header

from .grid_records import LOG_FIELDS, are_sentences, counted_texts, has_texts, texts_of

_MOST_KINDS = 9
"""A column of more different words than these is no choice between the parts of a retrospective."""


def cards_by_category(record_table: RecordTable) -> RecordTable | None:
    """Return cards with a column for each category.

    "Went well" beside "Till was fast" becomes a column "Went well".
    """
    for read in (_by_stage, _by_merged_rows):
        if (records := read(record_table)) is not None:
            return records
    kinds = next(
        (place for place, column in enumerate(record_table.columns) if _is_of_kinds(column)), None
    )
    if kinds is None:
        return None
    others = [column for place, column in enumerate(record_table.columns) if place != kinds]
    sorted_by = known_role(record_table.columns[kinds].header)
    named = [one for one in others if known_role(one.header) in LOG_FIELDS and has_texts(one)]
    if any(sorted_by != "tags" or plain_header(one.header) not in _IDEAS for one in named):
        return None
    card = _card_beside(record_table, kinds)
    if card is None:
        return None
    split = _split(record_table.columns[card], record_table.columns[kinds])
    columns = list(record_table.columns)
    columns[card : card + 1] = split
    columns.remove(record_table.columns[kinds])
    return replace(record_table, columns=tuple(columns), lines=None)


_IDEAS = frozenset(
    {
        "idea",
        "ideas",
        "suggestion",
        "thought",
        "thoughts",
        "comment",
        "comments",
        "feedback",
        "아이디어",
        "의견",
        "코멘트",
        "피드백",
    }
)
"""Headers of a card's text beside "Type" or "구분" that are a field's elsewhere."""


def _is_of_kinds(column: TableColumn) -> bool:
    if _has_many_texts(column) or known_role(column.header) in _CHOICES:
        return False  # a choice to keep or to stop is one about the trial of its row
    if _is_of_plan(column):
        return False
    counts = counted_texts(column)
    roles = {text: role_of_label(strip_decoration(text)) for text in counts}
    known = {text: role for text, role in roles.items() if role and role not in _ALSO_FIELDS}
    few = len({fold(strip_decoration(text)) for text in counts}) <= _MOST_KINDS
    named = sum(counts[text] for text in known)
    return few and len(set(known.values())) >= 2 and named >= 0.8 * counts.total()


_CHOICES = frozenset({"next_kind", "next_keep"})
_ALSO_FIELDS = frozenset({"goal", "hypothesis", "execution", "people", "result"})
"""Labels that name columns of a log as well as parts of a retrospective."""


def _is_of_plan(column: TableColumn) -> bool:
    """Return whether a column is a part of a weekly card: what it lists is to be done, and names no
    kind of card ("발송 ✅", "결과 정리").
    """
    return known_role(column.header).startswith("plan_")


def _has_many_texts(column: TableColumn) -> bool:
    """Return whether a column holds more different texts, days or numbers than kinds of cards.

    Stops early. Values that differ differ as texts too; ticks and errors have none.
    """
    seen: set[Value] = set()
    for value in column.values:
        if value is not None and not isinstance(value, bool | CellError):
            seen.add(value)
            if len(seen) > 3 * _MOST_KINDS:
                return True
    return False


def _card_beside(record_table: RecordTable, kinds: int) -> int | None:
    """Return the place of the column that tells most beside the one that says of what kind."""
    told = {
        place: sum(map(len, texts_of(column)))
        for place, column in enumerate(record_table.columns)
        if place != kinds and _may_be_card(column)
    }
    return max(told, key=lambda place: told[place], default=None)


def _may_be_card(column: TableColumn) -> bool:
    return are_sentences([column]) and known_role(column.header) not in (
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


# Plan, Do, Check, Act below each other: the rows of one cycle are one record.


def _by_stage(record_table: RecordTable) -> RecordTable | None:
    """Return a record for each cycle of plan, do, check and act; None where no column names
    these.
    """
    for place, column in enumerate(record_table.columns):
        stages = _stages(column)
        if len(set(stages)) < _LEAST_STAGES or "do" not in stages:
            continue
        card = _card_beside(record_table, place)
        return None if card is None else _cycles(record_table, stages, kinds=place, card=card)
    return None


def _stages(column: TableColumn) -> list[str]:
    """Return the stage that each cell of a column names; nothing where one names none."""
    stages = []
    for value in column.values:
        stage = stage_of_label(cell_text(value))
        if not stage:
            return []
        stages.append(stage)
    return stages


def _by_merged_rows(record_table: RecordTable) -> RecordTable | None:
    """Return a record for each merged day or name whose rows are told by fields of a log.

    "시도 | …", "결과 | …", "다음 | …" beside one date; None where no column names these. One of
    them says what was done: the parts of a retrospective are cards of their own.
    """
    for place, column in enumerate(record_table.columns):
        if "execution" not in set(_fields(column).values()) or _is_of_plan(column):
            continue  # nearly every column; what is asked below reads all cells of all others
        others = [other for other in record_table.columns if other is not column]
        starts = next((found for other in others if (found := _merged(other))), [])
        card = _card_beside(record_table, place) if starts else None
        if card is not None:
            labels = [strip_decoration(cell_text(value)) for value in column.values]
            spans = zip(starts, [*starts[1:], len(labels)], strict=True)
            if all(len(set(labels[start:end])) == end - start for start, end in spans):
                return _cycles(record_table, labels, kinds=place, card=card, starts=starts)
    return None


def _fields(column: TableColumn) -> dict[str, str]:
    """Return the field of a log that each label of a column names, {} where one names none."""
    labels: set[str] = set()
    seen: set[tuple[type, Value]] = set()  # of nearly all columns the first ten cells tell
    for value in column.values:
        if (one := (type(value), value)) in seen:
            continue
        seen.add(one)
        if text := cell_text(value):
            labels.add(strip_decoration(text))
        if len(labels) > _MOST_KINDS:
            return {}
    fields = {label: known_role(label) for label in labels}
    return fields if set(fields.values()) <= LOG_FIELDS | {"execution"} else {}


def _merged(column: TableColumn) -> list[int]:
    """Return the first record of each cell of a column that goes on over blank or merged
    ones, else [].
    """
    starts = [
        n
        for n, value in enumerate(column.values)
        if value is not None and n not in column.inherited
    ]
    goes_on = 2 * len(starts) <= len(column.values)
    return starts if goes_on and starts[:1] == [0] else []


def _cycles(
    record_table: RecordTable,
    stages: Sequence[str],
    *,
    kinds: int,
    card: int,
    starts: Sequence[int] = (),
) -> RecordTable:
    starts = starts or _starts_of_cycles(stages)
    ends = [*starts[1:], len(stages)]
    cycles = [range(start, end) for start, end in zip(starts, ends, strict=True)]
    kept = [
        column for place, column in enumerate(record_table.columns) if place not in (kinds, card)
    ]
    columns = [_first_of(column, cycles) for column in kept]
    spots: dict[tuple[int, int], tuple[int, str]] = {}
    texts = record_table.columns[card]
    for stage in dict.fromkeys(stages):
        at = [next((n for n in cycle if stages[n] == stage), None) for cycle in cycles]
        for number, place in enumerate(at):
            if place is not None:
                spots[number, len(columns)] = (record_table.rows[place], texts.letter)
        values = [texts.values[place] if place is not None else None for place in at]
        header = _header(record_table.columns[kinds], stages.index(stage), stage)
        columns.append(TableColumn(header, "", texts.letter, values))
    return RecordTable(
        tab=record_table.tab,
        columns=tuple(columns),
        rows=[record_table.rows[start] for start in starts],
        row_contexts=[record_table.row_contexts[start] for start in starts],
        spots=spots,
        file=record_table.file,
        cell_url=record_table.cell_url,
    )


def _starts_of_cycles(stages: Sequence[str]) -> list[int]:
    starts = [0]
    for record, stage in enumerate(stages):
        if stage in stages[starts[-1] : record]:
            starts.append(record)
    return starts


def _header(kinds: TableColumn, record: int, stage: str) -> str:
    """Return the name of a stage as the log writes it, with the usual one where it is another."""
    written = strip_decoration(cell_text(kinds.values[record]))
    return written if fold(written) in (stage, fold(stage)) else f"{written} ({stage.title()})"


def _first_of(column: TableColumn, cycles: Sequence[range]) -> TableColumn:
    """Return a column with its first value in each cycle."""
    values = [
        next((column.values[n] for n in cycle if column.values[n] is not None), None)
        for cycle in cycles
    ]
    return replace(column, values=values, inherited=frozenset(), formats={})


_LEAST_STAGES = 3
"""Different stages that make a cycle; judgement: two of them are also words of other lists."""
