"""Evidence of rows that left one place together and stand together in another.

Rows that a filter hid for a week come back where they were, a quarter is cut and pasted into
another tab: such rows have no neighbours among those that stayed, but they have each other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log

from sync.matching.assignment import NO_ROW, Assignment

_LEAST_TOGETHER = 5
"""Rows that went from one sheet to one sheet before they count as a joint move; judgement."""
_LEAST_IN_ORDER = 0.5
"""Share of them that stand below the same row as before, from which their order tells something."""
_PRIOR_KEPT = 0.6
"""As in a sheet of its own (`position._PRIOR`): the share that keeps both neighbours, weighing one
row."""
_ONE_SIDE = 0.7
"""Of rows that lost a neighbour, the share that lost only one; judgement."""

Gap = tuple[int, int]


class JointMove:
    """Rows of one known sheet that stand in one sheet of today, between which anchors the free ones
    are.

    `before` and `after` are, for free rows of either side, the nearest known rows that made the
    move; `above` and `below` how many free rows stand between.
    """

    def __init__(self, assignment: Assignment, places: Sequence[int], today: Sequence[int]) -> None:
        ours, theirs = frozenset(places), frozenset(today)
        taken, match = assignment.taken, assignment.match
        came = [now for now in today if match[now] in ours]
        rank = {at: number for number, at in enumerate(places) if taken[at] in theirs}
        known_kept = {at: at for at in rank}
        now_kept = {now: match[now] for now in came}
        free = [at for at in places if taken[at] == NO_ROW]
        new = [now for now in today if match[now] == NO_ROW]
        self.known = _between(places, known_kept, frozenset(free))
        self.now = _between(today, now_kept, frozenset(new))
        order = {at: number for number, at in enumerate(rank)}
        steps = [order[match[other]] - order[match[one]] for one, other in pairwise(came)]
        kept = (steps.count(1) + _PRIOR_KEPT) / (len(steps) + 1)
        self.in_order = kept >= _LEAST_IN_ORDER
        self.usual = log((1 - kept) * _ONE_SIDE + 0.004), log(kept)
        self.gone = log((len(free) + 1) / (len(places) + 2))
        self.returned = log((len(came) + 1) / (len(places) + 2))
        self.free = len(free)
        self.beside: Counter[tuple[int, int]] = Counter()
        for before, after, _, _ in self.known.values():
            self.beside[0, before] += 1
            self.beside[1, after] += 1

    def agreement(self, known: int, now: int) -> int:
        """Return how many of the two nearest rows of the move are the same on both sides."""
        old, new = self.known.get(known), self.now.get(now)
        if old is None or new is None:
            return 0
        return (old[0] == new[0]) + (old[1] == new[1])

    def weight(self, known: int, now: int, *, come: float, strange: float, most: float) -> float:
        """Return the log-likelihood ratio of the place, with how likely a pair is before looking.

        As in `position`: `come` is how likely a row came just here, `most` what a place tells at
        most. Nothing where the neighbours do not agree.
        """
        agreement = self.agreement(known, now)
        if not agreement:
            return -strange
        old, new = self.known[known], self.now[now]
        if agreement == 2:
            far = 0 if old[2:] == new[2:] else come
            return self.returned + self.usual[1] + min(most, -self.gone - come) + far
        here = self.beside[0, old[0]] if old[0] == new[0] else self.beside[1, old[1]]
        return self.returned + self.usual[0] - strange + log(max(1, self.free) / max(1, here))

    def gaps(self) -> tuple[dict[Gap, list[int]], dict[Gap, list[int]]]:
        """Return the free known rows, and those of today, between the same two rows, in order."""
        return _by_gap(self.known), _by_gap(self.now)


Around = dict[int, tuple[int, int, int, int]]


def _between(order: Sequence[int], kept: dict[int, int], free: frozenset[int]) -> Around:
    above, below = _swept(order, kept, free), _swept(order[::-1], kept, free)
    return {
        at: (above[at][0], below[at][0], above[at][1], below[at][1]) for at in order if at in free
    }


def _swept(
    order: Sequence[int], kept: dict[int, int], free: frozenset[int]
) -> dict[int, tuple[int, int]]:
    found = {}
    last, steps = NO_ROW, 0
    for at in order:
        if at in kept:
            last, steps = kept[at], 0
        elif at in free:
            found[at] = last, steps
            steps += 1
    return found


def _by_gap(around: Around) -> dict[Gap, list[int]]:
    found: dict[Gap, list[int]] = defaultdict(list)
    for at, (before, after, _, _) in around.items():
        if before != NO_ROW or after != NO_ROW:
            found[before, after].append(at)
    return found


def joint_moves(assignment: Assignment, heirs: Sequence[int]) -> dict[tuple[int, int], JointMove]:
    """Return the joint moves by known sheet and sheet of today, less those of sheets that stayed.

    `heirs` is the sheet of today that each known sheet became.
    """
    known, now = assignment.known, assignment.now
    counts = Counter((known.sheet[old], now.sheet[new]) for old, new in assignment.pairs())
    found = {}
    for (sheet, target), count in counts.items():
        stayed = heirs[sheet] == target and not known.standing[_first(known.sheet, sheet)]
        if stayed or count < _LEAST_TOGETHER:
            continue
        move = JointMove(
            assignment, list(_places(known.sheet, sheet)), list(_places(now.sheet, target))
        )
        if move.in_order:
            found[sheet, target] = move
    return found


def _first(sheets: Sequence[int], sheet: int) -> int:
    return next(_places(sheets, sheet))


def _places(sheets: Sequence[int], sheet: int) -> Iterator[int]:
    return (at for at, number in enumerate(sheets) if number == sheet)
