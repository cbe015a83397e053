"""Tells rows that a filter hid from rows that were edited.

A sheet exported under a filter lacks all rows of one value at once, and their places have closed
up. A row that is alike and still stands there with another value is then rather a copy of a hidden
one.
"""

from collections import Counter
from collections.abc import Mapping

from sync.matching.assignment import Assignment
from sync.matching.rows.text_spill import Texts

from .position import PositionEvidence

_LEAST_HIDDEN = 10
"""Rows of one value that went before a filter is suspected; judgement: fewer are deleted by hand.
"""
_MOST_SHOWN = 0.05
"""Rows of that value today, as a share of those that went: a filter leaves none, somebody may add
some."""
_LEAST_CLOSED = 0.7
"""Share of their places that closed up. Where a value was written anew in all its rows, these stand
where they stood."""
_IN_PLACE = -12.0
"""Nats for a hidden row that is said to show another value at its own place: it was edited in just
that cell in that week, and most else of it is equal then (20 nats and more); a copy has less."""
_ELSEWHERE = -30.0
"""The same for one that was moved as well: it is not believed."""


class HiddenRows:
    """The free known rows that were hidden, with the cells by which."""

    def __init__(self, assignment: Assignment, position: PositionEvidence) -> None:
        self.assignment, self.position = assignment, position
        self.by: dict[int, frozenset[tuple[str, str]]] = {}
        rows = assignment.known
        kept = position.usual.keys() - position.disorderly()
        free = {
            at: rows.texts(at)
            for at in assignment.free_known()
            if not rows.standing[at] and position.heir.get(rows.names[rows.sheet[at]]) in kept
        }
        if hidden := self._hidden(free):
            self.by = {
                at: frozenset(found) for at, row in free.items() if (found := row.items() & hidden)
            }

    def weight(self, known: int, now: int) -> float:
        """Return what it tells against a pair that its known row was hidden, in nats; else 0."""
        cells = self.by.get(known)
        if cells is None or cells <= self.assignment.now.texts(now).items():
            return 0.0
        return _IN_PLACE if self.position.agreement(known, now) == 2 else _ELSEWHERE

    def _hidden(self, free: Mapping[int, Texts]) -> set[tuple[str, str]]:
        """Return the cells of which (nearly) all rows went at once and left closed places."""
        went, closed = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for at, row in free.items():
            went.update(row.items())
            if not self.position.now_gaps[self.position.gap(at)]:
                closed.update(row.items())
        fewer = len(free) - len(self.assignment.free_now())
        likely = {
            cell
            for cell, times in went.items()
            if _LEAST_HIDDEN <= times <= fewer / _LEAST_CLOSED
            and closed[cell] >= _LEAST_CLOSED * times
        }
        shown = self.assignment.now.holders(likely)
        return {cell for cell in likely if shown[cell] <= _MOST_SHOWN * went[cell]}
