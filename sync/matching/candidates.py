"""Selects the known rows worth scoring against a row of today.

Candidates share rare texts or n-grams with it, or stand between the same neighbours.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.similarity import RowSimilarity

from .assignment import NO_ROW, Assignment

_LONGEST_LIST = 60
"""A feature that more free rows than this share is too common to find a row by; judgement,
bounds the work per row."""
_LEAST_SHARE = 0.15
"""Share of the best candidate's weight below which a candidate is dropped; judgement: scoring
would not choose it."""
_PIECES = 16
"""The rarest features asked per row; judgement: bounds the work per row at `_PIECES` ×
`_LONGEST_LIST`."""
_MOST = 8
"""Candidates scored per row; judgement: the work grows with it, and the right row is among the
first few (ADR 0501)."""
_BESIDE = 1
"""So many rows may have gone or come above a row within its gap."""


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
    """Return for free rows of today the free known rows between the same neighbours, the nearest.

    Near is who stands at about the same distance from the neighbour above, or from the one below.
    """
    gaps: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    taken, standing = assignment.taken, assignment.known.standing
    for at in assignment.known_order:
        if taken[at] == NO_ROW and not standing[at]:
            gaps[position.gap(at)].append(at)
    found = {}
    places: Counter[tuple[int, int, int]] = Counter()
    for now in assignment.free_now():
        gap = position.gap_now(now)
        place = places[gap]
        places[gap] += 1
        if here := gaps.get(gap):
            below = place + len(here) - position.now_gaps[gap]
            found[now] = list(dict.fromkeys(here[_around(place)] + here[_around(below)]))
    return found


def _around(place: int) -> slice:
    return slice(max(0, place - _BESIDE), max(0, place + _BESIDE + 1))
