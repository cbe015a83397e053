"""Decides which hidden columns are read, and reports the others and what was cut off.

A team hides columns to see the rest better: one whose header names a part of a note is read like
any other. Any other hidden column is a helper (reading rules 1.3): left out, counted and reported.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from sync.contents.workbook import Grid, Remark, Value, column_letters
from sync.parsing.cells.text import LONGEST_READ
from sync.parsing.profiles.column_profile import breadth, cell_sort
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import nearest_role, whole

_HEAD = 30
"""Rows in which the header of a column is looked for."""
_FIRST = 3
"""Texts from the top of a column that may be its header: titles and group headers may stand
above."""
_SURE = 0.5
"""Likeness from which a hidden column is read all the same: its header has to hint at a field, and
the assignment decides what it is."""
_TEXTS = 3
"""So many sentences in a hidden column are no helper's: people hide texts to see the rest better.
"""
_FEWEST = 2
"""So few cells may do where they are all alike: sentences, days, numbers of one side."""
_SENTENCE = 12
"""Characters from which a cell is a sentence; half of it where a letter is a syllable."""
_LONGEST = 40
"""Characters of a header cell that is looked up; judgement."""
_HELPERS = frozenset({"key", "url"})
"""What a hidden column often holds for the sheet's own sake."""


def left_out(grid: Grid, width: int) -> list[int]:
    """Return the hidden columns of a tab, 1-based, that are not to be read."""
    return sorted(
        column
        for column in grid.hidden_columns
        if column <= width
        and not (_names_a_field(grid, column) or _tells(grid, column) or _measures(grid, column))
    )


def _tells(grid: Grid, column: int) -> bool:
    """Return whether a column holds different sentences below its header, or nothing else."""
    held = _cells(grid, column)[1:]
    texts = {value.strip() for value in held if isinstance(value, str)}
    told = sum(" " in text and breadth(text) >= _SENTENCE for text in texts)
    return told >= _TEXTS or (told >= _FEWEST and told == len(held))


def _measures(grid: Grid, column: int) -> bool:
    """Return whether a column is a side of a change by its header, or holds only days or
    changes.
    """
    header, *held = _cells(grid, column) or [None]
    if not isinstance(header, str) or len(header) > _LONGEST or len(held) < _FEWEST:
        return False
    sorts = [cell_sort(value) for value in held]
    if not _sides().isdisjoint(whole(header).split()):
        return sum(sort == "number" for sort in sorts) * 2 > len(sorts)
    return all(sort in ("date", "change") for sort in sorts)


def _cells(grid: Grid, column: int) -> list[Value]:
    """Return the filled cells of a column in the first rows, its header first."""
    cells = (row[column - 1] for row in grid.rows[:_HEAD] if len(row) >= column)
    return [value for value in cells if value is not None and value != ""]


@cache
def _sides() -> frozenset[str]:
    """Return the words that tell the two sides of a change apart."""
    pairs = load_words("metrics")["side_pairs"]
    return frozenset(word for pair in pairs for word in pair if " " not in word) | {"뒤"}


def _names_a_field(grid: Grid, column: int) -> bool:
    texts = []
    for row in grid.rows[:_HEAD]:
        value = row[column - 1] if len(row) >= column else None
        if isinstance(value, str) and value.strip():
            texts.append(value.strip())
    return any(_is_field(text) for text in texts[:_FIRST])


def _is_field(text: str) -> bool:
    role = nearest_role(text, _SURE) if len(text) <= _LONGEST else ""
    return bool(role) and role not in _HELPERS


def hidden_remark(held: Mapping[int, int]) -> tuple[Remark, ...]:
    """Return what is said of hidden columns that were left out; `held` counts the cells of each."""
    filled = {column: count for column, count in held.items() if count}
    if not filled:
        return ()
    letters = ", ".join(column_letters(column) for column in sorted(filled))
    return (
        Remark("hidden_columns", 0, min(filled), letters, (("count", str(sum(filled.values()))),)),
    )


def cut_remark(most: int, count: int) -> tuple[Remark, ...]:
    """Return what is said of cells right of the last column that is looked at."""
    if not count:
        return ()
    return (Remark("cut_columns", 0, most + 1, "", (("most", str(most)), ("count", str(count)))),)


def long_remarks(row: int, values: Sequence[Value]) -> list[Remark]:
    """Return what is said of the texts of a row that are too long to be looked into."""
    return [
        Remark("long_value", row, column, value[:80], (("length", str(len(value))),))
        for column, value in enumerate(values, 1)
        if isinstance(value, str) and len(value) > LONGEST_READ
    ]
