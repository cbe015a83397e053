"""Which known rows are worth comparing with a row of today: those that share rare texts or pieces, or its place."""

from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from .likeness import Likeness
from .matching import Matching
from .places import Places

_LONGEST_LIST = 60
_LEAST_SHARE = 0.15
_PIECES = 16
_MOST = 8
_BESIDE = 4


class Finder:
    """An index of the free known rows by whole cells and pieces of text, rare ones only."""

    def __init__(self, matching: Matching, likeness: Likeness) -> None:
        self.matching, self.likeness = matching, likeness
        holders: dict[str, list[int]] = defaultdict(list)
        for at in matching.free_known():
            for feature in self._features(matching.known[at].texts.values()):
                holders[feature].append(at)
        self.holders = {feature: rows for feature, rows in holders.items() if len(rows) <= _LONGEST_LIST}

    def found(self, now: int) -> list[int]:
        """Return the known rows that share most, weighted by rarity, best first, at most eight."""
        shared = self._features(self.matching.now[now].texts.values()) & self.holders.keys()
        weights: dict[int, float] = defaultdict(float)
        for holders in nsmallest(_PIECES, [self.holders[feature] for feature in sorted(shared)], key=len):
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
            features |= self.likeness.grams(text)
        return features


def beside(matching: Matching, places: Places) -> dict[int, list[int]]:
    """Return for free rows of today the free known rows between the same neighbours, where those are few."""
    gaps: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for at in matching.free_known():
        row = matching.known[at]
        if row.standing == 0:
            heir = places.heir.get(row.sheet, "")
            gaps[places.known_before[at], places.known_after[at], heir].append(at)
    found = {}
    for now in matching.free_now():
        here = gaps.get((places.now_before[now], places.now_after[now], matching.now[now].sheet), [])
        if 0 < len(here) <= _BESIDE:
            found[now] = here
    return found
