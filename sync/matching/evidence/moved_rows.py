"""Tells rows that were moved by themselves from those that kept their order.

A row that was moved is no anchor: at its old place and at its new one it would part rows that still
stand beside each other. A block that was moved as one keeps its order within.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

_BLOCK = 3
"""Rows from which a run that moved as one is a block; judgement."""
_MOST_MOVED = 0.3
"""A sheet of which more rows were moved was put in another order: nothing in it is an anchor less
than the rest; judgement."""


def moved_alone(ranks: Sequence[int]) -> list[int]:
    """Return which of some rows of a sheet were moved by themselves, as indexes, in order.

    `ranks` are the places that the rows had before, in today's order.

    >>> moved_alone([10, 11, 15, 12, 13, 14, 16])
    [2]
    """
    if all(one < other for one, other in pairwise(ranks)):
        return []
    rising = _longest_rising(ranks)
    followed = {rank: at for at, rank in enumerate(sorted(ranks))}
    order = [followed[rank] for rank in ranks]
    kept = set(rising)
    moved = [at for at in range(len(order)) if at not in kept and _run(order, at) < _BLOCK]
    return moved if len(moved) <= _MOST_MOVED * len(ranks) else []


def _run(order: Sequence[int], at: int) -> int:
    """Return how many rows around this one stand as they stood, at most a block."""
    first = last = at
    while first > 0 and at - first < _BLOCK and order[first - 1] == order[first] - 1:
        first -= 1
    while last + 1 < len(order) and last - at < _BLOCK and order[last + 1] == order[last] + 1:
        last += 1
    return last - first + 1


def _longest_rising(ranks: Sequence[int]) -> list[int]:
    """Return the indexes of a longest subsequence that rises."""
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for at, rank in enumerate(ranks):
        length = bisect_left(ends, rank)
        ends[length : length + 1] = [rank]
        holders[length : length + 1] = [at]
        before.append(holders[length - 1] if length else -1)
    found: list[int] = []
    at = holders[-1] if holders else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]
