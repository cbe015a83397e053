"""Which known rows are worth comparing with a row of today.

Those that share rare texts or pieces, or its place.
"""

from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.similarity import RowSimilarity

from .assignment import Assignment

_LONGEST_LIST = 60
_LEAST_SHARE = 0.15
_PIECES = 16
_MOST = 8
_BESIDE = 4


class CandidateFinder:
    """An index of the free known rows by whole cells and pieces of text, rare ones only."""

    def __init__(self, assignment: Assignment, similarity: RowSimilarity) -> None:
        self.assignment, self.similarity = assignment, similarity
        holders: dict[str, list[int]] = defaultdict(list)
        for at in assignment.free_known():
            for feature in self._features(assignment.known[at].texts.values()):
                holders[feature].append(at)
        self.holders = {
            feature: rows for feature, rows in holders.items() if len(rows) <= _LONGEST_LIST
        }

    def candidates(self, now: int) -> list[int]:
        """Return the known rows that share most, weighted by rarity, best first, at most eight."""
        shared = self._features(self.assignment.now[now].texts.values()) & self.holders.keys()
        weights: dict[int, float] = defaultdict(float)
        for holders in nsmallest(
            _PIECES, [self.holders[feature] for feature in sorted(shared)], key=len
        ):
            share = 1 / len(holders)
            for at in holders:
                weights[at] += share
        least = _LEAST_SHARE * max(weights.values(), default=0.0)
        likely = [at for at, weight in weights.items() if weight >= least]
        return sorted(likely, key=lambda at: (-weights[at], at))[:_MOST]

    def _features(self, texts: Iterable[str]) -> set[str]:
        features: set[str] = set()
        for text in texts:
            features.add("=" + text)
            features |= self.similarity.ngrams(text)
        return features


def rows_in_same_gap(assignment: Assignment, position: PositionEvidence) -> dict[int, list[int]]:
    """Return for free rows of today the free known rows between the same neighbours, where those are few."""
    gaps: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for at in assignment.free_known():
        row = assignment.known[at]
        if row.standing == 0:
            heir = position.heir.get(row.sheet, "")
            gaps[position.known_before[at], position.known_after[at], heir].append(at)
    found = {}
    for now in assignment.free_now():
        here = gaps.get(
            (position.now_before[now], position.now_after[now], assignment.now[now].sheet), []
        )
        if 0 < len(here) <= _BESIDE:
            found[now] = here
    return found
