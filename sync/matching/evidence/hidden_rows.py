"""Tells rows that a filter hid from rows that were edited.

A sheet exported under a filter lacks all rows of one value at once, and no other value is in as
many rows more. A row that is alike and stands there with another value is then rather a copy of a
hidden one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from sync.matching.assignment import NO_ROW, Assignment
from sync.matching.rows.text_spill import Texts

from .position import PositionEvidence, sheet_heirs

_LEAST_HIDDEN = 10
"""Rows of one value that went before a filter is suspected; judgement: fewer are deleted by hand.
"""
_MOST_SHOWN = 0.05
"""Rows of that value today, as a share of those that went: a filter leaves none, somebody may add
some."""
_WRITTEN_ANEW = 0.5
"""Where a value was written anew in all its rows, one other text of its column comes to be in this
many more rows, as a share of those; new rows bring less. Judgement."""
_IN_PLACE = -6.0
"""Nats for a hidden row that is said to show another value at its own place: it was edited in just
that cell in that week, and most else of it is equal then (20 nats and more); a copy has less."""
_EMPTIED = -12.0
"""The same for one of which a cell was emptied as well: copies begin with less than their row has.
"""
_GREW = -3.0
"""The same for one that was only added to: copies begin with less than their row has. One row in
twenty of a value gets another in a week; judgement."""
_ELSEWHERE = -30.0
"""The same for one that was moved as well: it is not believed."""


class HiddenRows:
    """The free known rows that were hidden, with the cells by which."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.by: dict[int, frozenset[tuple[str, str]]] = {}
        rows, heirs = assignment.known, sheet_heirs(assignment)
        free: dict[int, dict[int, Texts]] = defaultdict(dict)
        for at in assignment.free_known():
            heir = heirs[rows.sheet[at]]
            if heir != NO_ROW and not rows.standing[at]:
                free[heir][at] = rows.texts(at)
        for sheet, held in free.items():
            if hidden := self._hidden(held, sheet):
                self.by.update(
                    (at, frozenset(found))
                    for at, row in held.items()
                    if (found := row.items() & hidden)
                )

    def still_free(self) -> int:
        """Return how many of them nobody continues."""
        return sum(self.assignment.taken[at] == NO_ROW for at in self.by)

    def weight(self, known: int, now: int, position: PositionEvidence) -> float:
        """Return what it tells against a pair that its known row was hidden, in nats; else 0."""
        cells = self.by.get(known)
        texts = self.assignment.now.texts(now)
        if cells is None or cells <= texts.items():
            return 0.0
        if self._grew(known, texts):
            return _GREW
        emptied = self.assignment.known.texts(known).keys() - texts.keys()
        may_stand_here = (
            position.agreement(known, now) == 2
            or position.often_moved(now)
            or position.sorted_elsewhere(known, now)
        )
        if may_stand_here:
            return _EMPTIED if emptied else _IN_PLACE
        return _ELSEWHERE

    def _grew(self, known: int, texts: Texts) -> bool:
        """Return whether a row holds all that a hidden one held but where it is seen, and more."""
        old = self.assignment.known.texts(known)
        lost = sum(texts.get(label) != text for label, text in old.items())
        return lost <= len(self.by[known]) and texts.keys() > old.keys()

    def _hidden(self, free: Mapping[int, Texts], sheet: int) -> set[tuple[str, str]]:
        """Return the cells of which (nearly) all rows of a sheet went at once, no other text
        taking their place.
        """
        went = Counter(cell for row in free.values() for cell in row.items())
        rows = self.assignment.now
        often = {cell: times for cell, times in went.items() if times >= _LEAST_HIDDEN}
        shown = rows.holders_up_to(often)
        likely = {cell for cell, times in often.items() if shown[cell] <= times}
        if not likely:
            return set()
        if any(shown[cell] > _MOST_SHOWN * went[cell] for cell in likely) and len(rows.names) > 1:
            elsewhere = [at for at, number in enumerate(rows.sheet) if number != sheet]
            for _, texts in rows.some(elsewhere):
                shown.subtract(texts.items() & likely)
        vanished = {cell for cell in likely if shown[cell] <= _MOST_SHOWN * went[cell]}
        most = self._most_risen({label for label, _ in vanished}, free, sheet)
        return {cell for cell in vanished if most[cell[0]] < _WRITTEN_ANEW * went[cell]}

    def _most_risen(
        self, labels: Collection[str], free: Mapping[int, Texts], sheet: int
    ) -> dict[str, int]:
        """Return, by column, by how many rows that text became more frequent that did so most.

        Empty cells are a text, and those that nobody had written before are one.
        """
        rows = self.assignment.now
        today = [rows.texts(at) for at in self.assignment.free_now() if rows.sheet[at] == sheet]
        most = {}
        for label in labels:
            before = Counter(row.get(label, "") for row in free.values())
            after = Counter(row.get(label, "") for row in today)
            anew = sum(times for text, times in after.items() if text not in before)
            most[label] = max(anew, *(after[text] - before[text] for text in before))
        return most
