"""Place in a sheet that was put in another order which no column explains.

Sorted by a column that was dropped or renamed since, grouped by hand, sorted twice: whatever was
done, rows that are alike in what it was done by keep their order among each other. A row between two
others then stood between them before as well, if not right beside them.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from math import exp, log

from sync.matching.assignment import NO_ROW, Assignment

_LEAST_SEEN = 20
"""Rows decided in a sheet before its order is judged."""
_LEAST_OUTSIDE = 0.1
"""Of the rows that changed, so many changed in what the sheet was ordered by, at least; judgement."""
_FEW = 3
"""As many free known rows within a stretch are worth comparing with a row that stands in it."""

Stretch = tuple[int, int]


class KeptOrder:
    """The stretches of the known order in which the rows of reordered sheets would have stood.

    `above` and `below` are the nearest anchors of each row of today (known rows, negative at the
    edges), `heirs` the sheet of today that each known sheet became, `sheets` those of today that
    were reordered.
    """

    def __init__(
        self,
        assignment: Assignment,
        above: Sequence[int],
        below: Sequence[int],
        *,
        heirs: Sequence[int],
        sheets: Collection[int],
    ) -> None:
        self.assignment, self.above, self.below = assignment, above, below
        self.heirs, self.sheets = heirs, frozenset(sheets)
        self.rank = array("i", [NO_ROW]) * len(assignment.known)
        self.free: dict[int, list[int]] = defaultdict(list)
        self.inside: dict[int, float] = {}
        if self.sheets:
            self._learn()

    def _learn(self) -> None:
        """Rank the known rows, list the free ones, and count who of the decided kept the order."""
        known, now, match = self.assignment.known, self.assignment.now, self.assignment.match
        for rank, at in enumerate(self.assignment.known_order):
            self.rank[at] = rank
            sheet = self.heirs[known.sheet[at]]
            if sheet in self.sheets and not known.standing[at]:
                if self.assignment.taken[at] == NO_ROW:
                    self.free[sheet].append(rank)
        seen: Counter[int] = Counter()
        kept: Counter[int] = Counter()
        for place, old in enumerate(match):
            sheet = now.sheet[place]
            if old == NO_ROW or sheet not in self.sheets or self.heirs[known.sheet[old]] != sheet:
                continue
            if stretch := self.stretch(place):
                seen[sheet] += 1
                kept[sheet] += stretch[0] < self.rank[old] < stretch[1]
        self.inside = {
            sheet: min(kept[sheet] / times, 1 - _LEAST_OUTSIDE)
            for sheet, times in seen.items()
            if times >= _LEAST_SEEN
        }

    def stretch(self, now: int) -> Stretch | None:
        """Return between which ranks of the known order a row of today stands, None where they fall."""
        above, below = self.above[now], self.below[now]
        first = self.rank[above] if above >= 0 else -1
        last = self.rank[below] if below >= 0 else len(self.rank)
        return (first, last) if first < last else None

    def weight(self, known: int, now: int, *, strange: float) -> float | None:
        """Return the log-likelihood ratio of the place, with how likely a pair is before looking.

        None where nothing is known: in a sheet that kept its order, and where two stretches meet.
        """
        sheet = self.assignment.now.sheet[now]
        inside = self.inside.get(sheet)
        stretch = self.stretch(now) if inside else None
        if not inside or stretch is None or self.heirs[self.assignment.known.sheet[known]] != sheet:
            return None
        free = self.free[sheet]
        if not stretch[0] < self.rank[known] < stretch[1]:
            return log(1 - inside) - strange
        here = bisect_left(free, stretch[1]) - bisect_right(free, stretch[0])
        return log(inside) - log(max(1.0, here / max(1, len(free)) * exp(strange)))

    def near(self, now: int) -> list[int]:
        """Return the free known rows of the stretch, none where they are many."""
        sheet = self.assignment.now.sheet[now]
        stretch = self.stretch(now) if self.inside.get(sheet) else None
        if stretch is None:
            return []
        free = self.free[sheet]
        first, last = bisect_right(free, stretch[0]), bisect_left(free, stretch[1])
        order = self.assignment.known_order
        return [order[rank] for rank in free[first:last]] if last - first <= _FEW else []
