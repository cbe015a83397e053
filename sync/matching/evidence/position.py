"""Place as evidence: does a row stand between the same neighbours as before, and how much does that tell here?

A sheet that was only added to keeps its neighbours; after a sort they mean little. How orderly a
sheet is, is learned from the rows already decided in it.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

from sync.matching.assignment import NO_ROW, Assignment

_START, _END = -2, -3
_PRIOR = (0.2, 0.2, 0.6)
_PRIOR_WEIGHT = 1.0
_ELSEWHERE = 8
"""Counted beside the rows that are free: a new row, too, would rather stand in some other place."""


class PositionEvidence:
    """The neighbours of every row among the rows decided so far, and what agreement with them is worth."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.heir = _heirs(assignment)
        numbers = {name: number for number, name in enumerate(assignment.now.names)}
        self._heirs = [
            numbers.get(self.heir.get(name, ""), NO_ROW) for name in assignment.known.names
        ]
        self.now_before, self.now_after = self._around_now()
        self.known_before, self.known_after = self._around_known()
        self.usual = self._usual()
        free = [at for at in assignment.free_known() if assignment.known[at].standing == 0]
        self.free = len(free) + _ELSEWHERE
        self.between = Counter(self._gap(at) for at in free)
        self.follow = Counter((self.known_before[at], assignment.known[at].sheet) for at in free)
        self.lead = Counter((self.known_after[at], assignment.known[at].sheet) for at in free)

    def agreement(self, known: int, now: int) -> int:
        """Return how many of the two nearest decided neighbours are the same on both sides."""
        if not self._stayed(known, now):
            return 0
        return (self.known_before[known] == self.now_before[now]) + (
            self.known_after[known] == self.now_after[now]
        )

    def orderly(self, sheet: str) -> bool:
        """Return whether most rows of this sheet stand where they stood."""
        return self.usual.get(sheet, _PRIOR)[0] < 0.5

    def weight(self, known: int, now: int) -> float:
        """Return the log-likelihood ratio of the place.

        The same row against another one that is free.
        """
        row = self.assignment.known[known]
        if row.standing:
            return 0.0
        agreement = self.agreement(known, now)
        usual = self.usual.get(self.assignment.now[now].sheet, _PRIOR)[agreement]
        if agreement == 2:
            chance = self.between[self._gap(known)] / self.free
        elif agreement == 1:
            here = (
                self.follow[self.known_before[known], row.sheet]
                + self.lead[self.known_after[known], row.sheet]
            )
            chance = min(1.0, here / self.free)
        else:
            chance = 1.0
        return log(usual / max(chance, 1 / self.free))

    def _gap(self, known: int) -> tuple[int, int, str]:
        return (
            self.known_before[known],
            self.known_after[known],
            self.assignment.known[known].sheet,
        )

    def _around_now(self) -> tuple[Sequence[int], Sequence[int]]:
        kept = array(
            "i",
            [
                known if known != NO_ROW and self._stayed(known, now) else NO_ROW
                for now, known in enumerate(self.assignment.match)
            ],
        )
        return _nearest(self.assignment.now.sheet, kept)

    def _around_known(self) -> tuple[Sequence[int], Sequence[int]]:
        kept = array(
            "i",
            [
                known if now != NO_ROW and self._stayed(known, now) else NO_ROW
                for known, now in enumerate(self.assignment.taken)
            ],
        )
        return _nearest(self.assignment.known.sheet, kept)

    def _stayed(self, known: int, now: int) -> bool:
        old, new = self.assignment.known, self.assignment.now
        return not old.standing[known] and self._heirs[old.sheet[known]] == new.sheet[now]

    def _usual(self) -> dict[str, tuple[float, ...]]:
        """Return the share of decided rows, by sheet, that agree with no, one or both neighbours."""
        counts: dict[str, list[float]] = {}
        for known, now in self.assignment.pairs():
            if self.assignment.known[known].standing == 0:
                sheet = self.assignment.now[now].sheet
                counted = counts.get(sheet)
                if counted is None:
                    counted = counts[sheet] = [share * _PRIOR_WEIGHT for share in _PRIOR]
                counted[self.agreement(known, now)] += 1
        return {
            sheet: tuple(count / sum(counted) for count in counted)
            for sheet, counted in counts.items()
        }


def _heirs(assignment: Assignment) -> dict[str, str]:
    """Return what became of each sheet.

    The one of its name, or (renamed) the one to which most of its rows went.
    """
    known, now = assignment.known, assignment.now
    present = {now.names[sheet] for sheet in set(now.sheet)}
    heirs = {
        known.names[sheet]: known.names[sheet]
        for sheet in set(known.sheet)
        if known.names[sheet] in present
    }
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new in assignment.pairs():
        sheet = known.names[known.sheet[old]]
        if not known.standing[old] and sheet not in heirs:
            moves[sheet][now.names[now.sheet[new]]] += 1
    for sheet, targets in moves.items():
        heirs.setdefault(sheet, min(targets, key=lambda target: (-targets[target], target)))
    return heirs


def _nearest(sheets: Sequence[int], kept: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """Return for each row the nearest kept one before and after it in its sheet."""
    before = _swept(range(len(sheets)), sheets, kept, _START)
    after = _swept(range(len(sheets) - 1, -1, -1), sheets, kept, _END)
    return before, after


def _swept(order: range, sheets: Sequence[int], kept: Sequence[int], edge: int) -> Sequence[int]:
    found = array("i", [edge]) * len(sheets)
    sheet, last = NO_ROW, edge
    for at in order:
        if sheets[at] != sheet:
            sheet, last = sheets[at], edge
        found[at] = last
        if kept[at] != NO_ROW:
            last = kept[at]
    return found
