"""Place of a row that sorting took elsewhere, because it changed in the column of the sorting.

Sorting keeps rows of equal value in the order they had. So a row that got another value stands,
among the rows of that value, between those that stood above it before and those below it.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from sync.matching.assignment import NO_ROW, Assignment

from .sort_order import sort_value

_FIRST, _LAST = -1, 1 << 60
"""Places before and behind every row of a sheet."""


class SortedPlaces:
    """Between which rows of the old order a row of a sorted sheet stands.

    `before` and `after` are the nearest anchors of each row of today, as known rows; negative for
    none. `heirs` is the sheet of today that each known sheet became.
    """

    def __init__(
        self,
        assignment: Assignment,
        heirs: Sequence[int],
        *,
        before: Sequence[int],
        after: Sequence[int],
    ) -> None:
        self.assignment, self._before, self._after = assignment, before, after
        now = assignment.now
        self._labels = {
            number: assignment.sorted_by[name]
            for number, name in enumerate(now.names)
            if name in assignment.sorted_by
        }
        self._free: dict[int, list[int]] = defaultdict(list)
        known = assignment.known
        for at in assignment.free_known() if self._labels else ():
            if not known.standing[at]:
                self._free[heirs[known.sheet[at]]].append(at)
        self._bounds: dict[int, tuple[int, int]] = {}

    def share(self, known: int, now: int) -> float:
        """Return the share of the sheet's free known rows that may stand here.

        0 if `known` may not; it is alive in the sheet of `now`, which was sorted.
        """
        low, high = self._between(now)
        if not low < known < high:
            return 0.0
        free = self._free[self.assignment.now.sheet[now]]
        return max(1, bisect_left(free, high) - bisect_right(free, low)) / max(1, len(free))

    def _between(self, now: int) -> tuple[int, int]:
        """Return the anchors above and below that have the same value, as known rows."""
        found = self._bounds.get(now)
        if found is None:
            value = self._value(now)
            above, below = self._before[now], self._after[now]
            found = self._bounds[now] = (
                above if self._is(above, value) else _FIRST,
                below if self._is(below, value) else _LAST,
            )
        return found

    def _is(self, anchor: int, value: tuple[str | int, ...]) -> bool:
        """Return whether a known row is an anchor whose row of today has this value."""
        if anchor < 0:
            return False
        now = self.assignment.taken[anchor]
        return now != NO_ROW and self._value(now) == value

    def _value(self, now: int) -> tuple[str | int, ...]:
        rows = self.assignment.now
        labels = self._labels.get(rows.sheet[now], ())
        return tuple(sort_value(rows, now, label) for label in labels)
