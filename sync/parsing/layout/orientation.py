"""Detects transposed tables (field names down a column) and cards of labels beside values.

Told by known words where there are enough of them, and else by what is alike: in a log the cells of
a column are of one sort, in a transposed log the cells of a row are; and in cards the same labels
come again in the same order.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sync.contents.workbook import Area, Value
from sync.parsing.cells.labels import role_of_label, stage_of_label
from sync.parsing.layout.headers.header_rows import (
    HeaderRow,
    is_structural,
    judge_header,
    known_role,
)
from sync.parsing.layout.headers.period_headers import is_period, names_weekdays
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.vocabulary.header_phrases import EXACT, header_meanings

from .line_kinds import is_separator, strip_decoration

_LARGEST = 600
"""Rows up to which a tab may hold a transposed table; judgement: a record per column makes few
rows."""
_SURE = 4
"""Different known names in a header row that settle a tie in favour of rows; judgement."""
_CERTAIN = 6
"""Different known names after which no other orientation is considered; judgement: cards repeat
fewer."""
_NAMED = 3
"""Different known names that make a header beyond doubt where three quarters of its cells are
known; judgement."""


@dataclass(frozen=True, slots=True)
class SidewaysTable:
    """A table that runs the other way: its area and the columns that hold the names of fields."""

    area: Area
    label_columns: tuple[int, ...]
    cards: bool


def label_cells(sheet: CleanSheet, column: int) -> list[tuple[int, str]]:
    """Return (row, meaning) of the cells of a column that name fields or stages of a cycle."""
    if not column:
        return []
    cells = enumerate((values[column - 1] for values in sheet.rows), 1)
    texts = [(row, value) for row, value in cells if isinstance(value, str)]
    found = [(row, known_role(value) or stage_of_label(value)) for row, value in texts]
    return [(row, role) for row, role in found if role]


def find_sideways_table(sheet: CleanSheet, left: int, right: int) -> SidewaysTable | None:
    """Return the transposed table, when its field names outnumber those of any header row."""
    if len(sheet.rows) > _LARGEST or right <= left:
        return None
    judged = []
    for row in range(1, min(len(sheet.rows), 60) + 1):
        judged.append(judge_header(sheet, row, left, right=right))
        if judged[-1].sure and judged[-1].roles >= _CERTAIN:
            return None
    across = max((verdict.roles for verdict in judged if verdict.sure), default=0)
    own = _rows_of_headers(sheet, left, right, judged=judged)
    best = _best_label_column(sheet, left, right, own=own)
    down = len(
        {
            role
            for row, role in label_cells(sheet, best)
            if row not in own and _beside(sheet, row, best)
        }
    )
    rows = (across >= _SURE and across >= down) or _are_kinds(sheet, left, right, column=best)
    if rows or _has_columns(sheet, best, right):
        return None
    repeated = _repeated_labels(sheet, left, right)
    if best and not _has_very_names(sheet, best):
        best = 0
    if best and down >= 3 and (down > across or _stands_under_days(sheet, best, right)):
        return _by_words(sheet, left, right, first=best, repeated=bool(repeated))
    if repeated:
        labels = sorted({*repeated, *_further(sheet, min(repeated), right)})
        return SidewaysTable(_area(sheet, min(repeated), right, top=1), tuple(labels), cards=True)
    return _by_likeness(sheet, left, right, judged=judged) if across < 3 else None


def _has_very_names(sheet: CleanSheet, column: int) -> bool:
    """Return whether two labels of a column are names of fields, and not only like some.

    Situations that end in a word of a log ("긴 파일 분석", "탐색 시작") name no fields.
    """
    labels = [str(sheet.rows[row - 1][column - 1]) for row, _ in label_cells(sheet, column)]
    near = [found[0].score for label in labels if (found := header_meanings(label))]
    return sum(score >= EXACT for score in near) > 1


def _has_columns(sheet: CleanSheet, labels: int, right: int) -> bool:
    """Return whether beside labels of texts stands a column of votes, days or names: no record.

    What a record says of its goal and of what was learned is told in words, as beside it.
    """
    named = label_cells(sheet, labels)
    if _say_the_same(sheet, [row for row, _ in named], labels, right=right):
        return True
    rows = [row for row, role in named if role in _TOLD_IN_WORDS]
    lines = _lines_beside(sheet, rows, labels, right=right)
    told = any(sum(map(_is_told, held)) * 2 > len(held) for held in lines)
    return any(
        len(held) >= _NAMED
        and (
            all(cell_sort(value) in _NO_WORDS for value in held)
            or (told and not any(_is_told(value) or known_role(str(value)) for value in held))
        )
        for held in lines
    )


def _say_the_same(sheet: CleanSheet, rows: Sequence[int], labels: int, *, right: int) -> bool:
    """Return whether hardly any cell beside the labels differs from the others ("필수", "선택"): a
    list of fields, whose records stand elsewhere.
    """
    lines = _lines_beside(sheet, rows, labels, right=right)
    longer = [held for held in lines if len(held) > _NAMED]
    return bool(longer) and all(len(set(map(str, held))) * 2 <= len(held) for held in longer)


def _lines_beside(
    sheet: CleanSheet, rows: Sequence[int], labels: int, *, right: int
) -> list[list[Value]]:
    """Return what each column beside the labels of these rows holds."""
    return [
        [value for row in rows if (value := sheet.rows[row - 1][column - 1]) is not None]
        for column in range(labels + 1, right + 1)
    ]


def _is_told(value: Value) -> bool:
    """Return whether a cell tells something in several words, as no name does."""
    return isinstance(value, str) and len(value.split()) > _WORDS_OF_A_NAME


_WORDS_OF_A_NAME = 2
"""Words that a person's name has; judgement: a sentence has more."""


_TOLD_IN_WORDS = frozenset(
    {
        "goal",
        "hypothesis",
        "execution",
        "retrospective",
        "success_factors",
        "failure_factors",
        "learned",
        "next_action",
        "next_keep",
        "next_stop",
        "next_start",
    }
)
"""Fields whose cells are texts, whoever the record is."""
_NO_WORDS = frozenset({"number", "date", "tick"})
"""Sorts of cells that cannot be names of fields."""


def _stands_under_days(sheet: CleanSheet, column: int, right: int) -> bool:
    """Return whether the labels of a column stand below a row of weekdays or periods, one a
    record.
    """
    top = _first_label_row(sheet, column, label_cells(sheet, column)[0][0])
    return days_above(sheet, top, column, right=right)


def days_above(sheet: CleanSheet, top: int, column: int, *, right: int) -> bool:
    """Return whether the row above the labels of a column names a day or a period for each
    record.
    """
    if top < 2 or sheet.rows[top - 2][column - 1] is not None:
        return False
    held = [value for value in sheet.rows[top - 2][column:right] if value is not None]
    return bool(names_weekdays(held)) or (
        len(held) >= _UNDER_DAYS and all(map(is_period, held)) and len(set(map(str, held))) > 1
    )


_UNDER_DAYS = 2
"""Periods that make a log of days side by side; judgement: a single one may be a date of all."""


def names_cards(sheet: CleanSheet, row: int, left: int, *, right: int) -> bool:
    """Return whether a row heads cards: under one of its names stand the categories of a
    retrospective.

    "Type | Card | Votes" over "Went well | … | 3": these are no names of fields beside values.
    """
    heads = [value for value in sheet.rows[row - 1][left - 1 : right] if value is not None]
    return len(heads) > 1 and any(
        _names_categories(sheet, row, column) for column in range(left, right + 1)
    )


def _names_categories(sheet: CleanSheet, row: int, column: int) -> bool:
    head = sheet.rows[row - 1][column - 1]
    if not isinstance(head, str) or known_role(head) not in _KINDS_OF_CARDS:
        return False  # what its cells name costs more to find than what a known header says
    near = [values[column - 1] for values in sheet.rows[row : row + _NEAR_CARDS]]
    kinds = [strip_decoration(value) for value in near if isinstance(value, str)]
    return len(kinds) > 1 and (
        all(role_of_label(kind) in _CARDS for kind in kinds)
        or all(map(stage_of_label, kinds))
        or (_is_dated(sheet, row) and _are_fields(kinds))
    )


def _are_fields(kinds: Sequence[str]) -> bool:
    """Return whether labels below each other tell one trial: what was done, and what came of it."""
    fields = {known_role(kind) for kind in kinds}
    return "execution" in fields and len(fields) > 1 and "" not in fields


def _is_dated(sheet: CleanSheet, row: int) -> bool:
    """Return whether a header names a day."""
    return any(
        known_role(value) == "date" for value in sheet.rows[row - 1] if isinstance(value, str)
    )


_KINDS_OF_CARDS = frozenset({"tags", "status", "next_kind", "next_keep"})
"""What a header of categories is near to ("구분", "Type", "Column", "Keep, stop or start?")."""
_NEAR_CARDS = 4
"""Rows under a header of cards that are looked at; judgement."""
_CARDS = frozenset({"good", "bad", "learned", "next", "try", "keep", "stop", "start"})
"""Labels of KPT, 4L and start/stop/continue: a column of these holds cards."""


def _rows_of_headers(
    sheet: CleanSheet, left: int, right: int, *, judged: Sequence[HeaderRow]
) -> set[int]:
    """Return the rows of tables whose header leaves no doubt.

    What stands in their first column is no label. A header stands first, or below a narrower line:
    of lines alike, the one whose texts sound like names is a record.
    """
    rows: set[int] = set()
    for verdict in judged:
        first = verdict.row - 1 in rows or (
            verdict.row == 1 or _width(sheet, verdict.row - 1, left, right=right) < verdict.cells
        )
        named = verdict.known * 4 >= verdict.cells * 3
        if first and named and verdict.sure and verdict.roles >= _NAMED:
            row = verdict.row
            while row <= len(sheet.rows) and _width(sheet, row, left, right=right):
                rows.add(row)
                row += 1
    return rows


def _best_label_column(sheet: CleanSheet, left: int, right: int, *, own: Collection[int]) -> int:
    """Return the column with the most different field names, 0 where it has too few."""
    best, most = 0, 2
    for column in range(left, right):
        cells = [(row, role) for row, role in label_cells(sheet, column) if row not in own]
        roles = {role for _, role in cells}
        held = [
            row
            for row, values in enumerate(sheet.rows, 1)
            if values[column - 1] is not None and row not in own
        ]
        if (
            len(roles) <= most
            or ("winner" in roles and roles <= _OF_A_WINNER)
            or len(cells) * 2 < len(held)
            or not _has_beside(sheet, column, [row for row, _ in cells])
        ):
            continue
        labels = _once_in_a_row([str(sheet.rows[row - 1][column - 1]) for row, _ in cells])
        if len(set(labels)) == len(labels) or _is_cyclic(sheet, column):
            best, most = column, len(roles)
    return best


_OF_A_WINNER = frozenset({"winner", "before", "after", "execution", "outcome"})
"""What the cells of a column of winners are near to ("Winner", "A", "Control"): no labels."""


def _are_kinds(sheet: CleanSheet, left: int, right: int, *, column: int) -> bool:
    """Return whether names of fields in a column say of which kind each row is (cards by lane).

    The same name stands on rows below each other, under a header of its own.
    """
    cells = label_cells(sheet, column)
    if not cells or cells[0][0] == 1:
        return False
    names = [str(sheet.rows[row - 1][column - 1]) for row, _ in cells]
    header = cells[0][0] - 1
    return len(_once_in_a_row(names)) < len(names) and is_structural(
        sheet, header, left, right=right, strict=True
    )


def _beside(sheet: CleanSheet, row: int, column: int) -> bool:
    return column > 0 and any(value is not None for value in sheet.rows[row - 1][column:])


def _has_beside(sheet: CleanSheet, column: int, rows: Sequence[int]) -> bool:
    """Return whether most of these rows hold something beside a column; a blank one may stand
    between.
    """
    beside = [sheet.rows[row - 1][column] is not None for row in rows]
    if not any(beside) and column + 1 < sheet.width:
        beside = [sheet.rows[row - 1][column + 1] is not None for row in rows]
    return sum(beside) * 2 >= len(beside)


def _by_words(
    sheet: CleanSheet, left: int, right: int, *, first: int, repeated: bool
) -> SidewaysTable:
    cells = label_cells(sheet, first)
    labels = _once_in_a_row(
        [strip_decoration(str(sheet.rows[row - 1][first - 1])) for row, _ in cells]
    )
    further = _further(sheet, first, right)
    top = _first_label_row(sheet, first, cells[0][0])
    cards = repeated or len(labels) > len(set(labels)) or bool(further)
    return SidewaysTable(
        _area(sheet, first if not cards else left, right, top=top), (first, *further), cards=cards
    )


def _further(sheet: CleanSheet, first: int, right: int) -> tuple[int, ...]:
    """Return the columns right of the first that hold labels of their own ("날짜", "상태")."""
    return tuple(
        column
        for column in range(first + 1, right)
        if len({role for _, role in label_cells(sheet, column)}) >= 2
        and _mostly_names(sheet, column)
    )


def _once_in_a_row(labels: Sequence[str]) -> list[str]:
    """Return labels without those that repeat the one above.

    Two risks below each other are a list, not a new card.
    """
    return [label for place, label in enumerate(labels) if place == 0 or label != labels[place - 1]]


def _mostly_names(sheet: CleanSheet, column: int) -> bool:
    held = [values[column - 1] for values in sheet.rows if values[column - 1] is not None]
    return len(label_cells(sheet, column)) * 2 >= len(held)


def _area(sheet: CleanSheet, left: int, right: int, *, top: int) -> Area:
    used = [
        row
        for row, values in enumerate(sheet.rows, 1)
        if any(value is not None for value in values[left - 1 : right])
    ]
    return Area(top, left, max(used, default=top), right)


def _first_label_row(sheet: CleanSheet, column: int, row: int) -> int:
    """Return the first label row: up over unknown names, then down to one with a value."""
    while row > 1 and _names_a_value(sheet, row - 1, column):
        row -= 1
    while row < len(sheet.rows) and not _names_a_value(sheet, row, column):
        row += 1
    return row


def _names_a_value(sheet: CleanSheet, row: int, column: int) -> bool:
    values = sheet.rows[row - 1]
    name = values[column - 1]
    return (
        isinstance(name, str)
        and not is_separator(name)
        and any(value is not None for value in values[column:])
    )


def _repeated_labels(sheet: CleanSheet, left: int, right: int) -> list[int]:
    """Return the columns whose words repeat in the same order, each with something beside it."""
    return [
        column
        for column in range(left, right)
        if _is_cyclic(sheet, column) and not _names_numbers(sheet, left, right, column=column)
    ]


def _names_numbers(sheet: CleanSheet, left: int, right: int, *, column: int) -> bool:
    """Return whether words that come again name the numbers of periods: a day before each of
    them, a number behind it (ADR 0193).
    """
    rows = [values for values in sheet.rows if isinstance(values[column - 1], str)]
    days = range(left, column)
    numbers = range(column + 1, right + 1)
    return any(_holds(rows, day, _is_day_or_week) for day in days) and any(
        _holds(rows, number, _is_number) for number in numbers
    )


def _is_day_or_week(value: Value) -> bool:
    """Return whether a cell is a day, a week or a month."""
    return cell_sort(value) in ("date", "week") or (isinstance(value, str) and is_period(value))


def _is_number(value: Value) -> bool:
    """Return whether a cell is a number."""
    return cell_sort(value) == "number"


def _holds(rows: Sequence[Sequence[Value]], column: int, sort: Callable[[Value], bool]) -> bool:
    """Return whether a column holds such a cell in nearly all of these rows, its header aside."""
    held = [values[column - 1] for values in rows if values[column - 1] is not None]
    return len(held) > 1 and sum(map(sort, held)) >= _NEARLY * (len(held) - 1)


_NEARLY = 0.9
"""Share of rows with a day and a number from which words are names of numbers; judgement: a gap
or a cell that could not be read takes nothing away."""


def _is_cyclic(sheet: CleanSheet, column: int) -> bool:
    cells = [
        (row, strip_decoration(value))
        for row, value in enumerate((values[column - 1] for values in sheet.rows), 1)
        if isinstance(value, str) and len(value) <= 40 and any(map(str.isalpha, value))
    ]  # figures that recur ("3, 40, 3, 40" planned each week) name nothing
    counts = Counter(text for _, text in cells)
    again = [text for text, count in counts.items() if count >= 2]
    kept = [(row, text) for row, text in cells if counts[text] >= 2]
    if (
        len(again) < 3
        or len(kept) * 5 < len(cells) * 3
        or not _has_beside(sheet, column, [row for row, _ in kept])
    ):
        return False
    order = {text: place for place, text in enumerate(again)}
    places = [order[text] for _, text in kept]
    turns = sum(1 for one, two in pairwise(places) if two <= one)
    return turns + 1 <= max(counts.values()) + 1 and not any(a == b for a, b in pairwise(places))


def _by_likeness(
    sheet: CleanSheet, left: int, right: int, *, judged: Sequence[HeaderRow]
) -> SidewaysTable | None:
    """Return a transposed table of unknown words, by the sorts of its cells.

    The side along which cells are alike is the side of the records.
    """
    rows = [
        row for row in range(1, len(sheet.rows) + 1) if _width(sheet, row, left, right=right) >= 3
    ]
    if (
        len(rows) < 4
        or rows[-1] - rows[0] + 1 > len(rows) + 2
        or any(verdict.sure for verdict in judged)
    ):
        return None
    cells = [[sheet.rows[row - 1][column - 1] for column in range(left, right + 1)] for row in rows]
    names = [row[0] for row in cells]
    if len(set(map(str, names))) < len(names) or not all(
        isinstance(name, str) and len(name) <= 24 for name in names
    ):
        return None
    along_rows = _alike([row[1:] for row in cells])
    along_columns = _alike([list(column)[1:] for column in zip(*cells, strict=True)][1:])
    if along_rows > along_columns + 0.2 and not is_structural(
        sheet, rows[0], left, right=right, strict=True
    ):
        return SidewaysTable(Area(rows[0], left, rows[-1], right), (left,), cards=False)
    return None


def _width(sheet: CleanSheet, row: int, left: int, *, right: int) -> int:
    return sum(1 for value in sheet.rows[row - 1][left - 1 : right] if value is not None)


def _alike(lines: Sequence[Sequence[Value]]) -> float:
    """Return how much of the cells of a line are of the line's most frequent sort.

    Sentences of all lengths are one.
    """
    shares = []
    for line in lines:
        sorts = Counter(
            "text" if cell_sort(value) == "short" else cell_sort(value)
            for value in line
            if value is not None
        )
        total = sum(sorts.values())
        if total >= 2:
            shares.append((max(sorts.values()) / total, total))
    return sum(share * total for share, total in shares) / (sum(total for _, total in shares) or 1)
