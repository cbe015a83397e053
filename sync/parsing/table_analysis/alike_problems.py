"""Merges the problems of a column whose cells fail alike into one (reading rules 11)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from notes.model.notes import Problem
from sync.parsing.columns.grades import Meaning
from sync.parsing.tables.record_table import RecordTable

_FEWEST = 3
"""Cells that fail alike before they are one problem; judgement: two are shorter said one by one."""
_MOST = 0.6
"""So large a share of a column's cells that fail in the same way says something about the
column, not about cells."""


def one_a_column(
    problems: Sequence[Problem], record_table: RecordTable, meanings: Sequence[Meaning]
) -> tuple[Problem, ...]:
    """Return a table's problems; a column that fails alike has one, at its first cell."""
    if record_table.record_columns:
        return tuple(_once_a_name(problems))
    failing: dict[tuple[str, str], int] = {}
    for one in problems:
        key = _key(one)
        failing[key] = failing.get(key, 0) + 1
    held = {
        column.letter: found.profile.filled * len(record_table.rows)
        for column, found in zip(record_table.columns, meanings, strict=True)
    }
    alike = {
        key
        for key, count in failing.items()
        if key[0] and count >= _FEWEST and count >= _MOST * held.get(key[0], float("inf"))
    }
    told: set[tuple[str, str]] = set()
    kept = []
    for one in problems:
        key = _key(one)
        if key in alike and key not in told:
            told.add(key)
            kept.append(replace(one, facts=(*one.facts, ("count", str(failing[key])))))
        elif key not in alike:
            kept.append(one)
    return tuple(kept)


def _once_a_name(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems of a grid: what the name of a row or column says badly is said once.

    All records under it repeat it.
    """
    counts = Counter((*_key(one), one.value) for one in problems if one.value)
    told: set[tuple[str, str, str]] = set()
    for one in problems:
        key = (*_key(one), one.value)
        if counts[key] > 1 and key not in told:
            told.add(key)
            yield replace(one, facts=(*one.facts, ("count", str(counts[key]))))
        elif counts[key] <= 1:
            yield one


def _key(problem: Problem) -> tuple[str, str]:
    return problem.place.col or problem.place.property, problem.code
