"""The rows that exact methods leave: candidates are weighed, the clearest pairs decided first."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log

from loopnote.notes import LinkHow

from .candidates import Finder, beside
from .columns import Labels
from .exact import Pairs
from .habits import Habits
from .likeness import Likeness
from .matching import NOBODY, Match, Matching
from .places import Places

_CLEAR = 4.0
_NEARLY = 2.0
_HOPELESS = -5.0
_STANDING = (0.0, -2.5, -3.5)


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate: the weight of its cells, and with its place."""

    score: float
    now: int
    known: int
    content: float


class Weighing:
    """The candidate pairs of what is free, with the weight of their cells; places are weighed anew each round."""

    def __init__(self, matching: Matching, before: Labels, after: Labels, waiting: Pairs) -> None:
        self.matching, self.equal = matching, frozenset(waiting)
        free_now, free_known = matching.free_now(), matching.free_known()
        pool = [*matching.now.kept(free_now).values(), *matching.known.kept(free_known).values()]
        self.habits = Habits(matching.now, pool)
        self.likeness = Likeness(self.habits, before, after, pool)
        self.places = Places(matching)
        finder, near = Finder(matching, self.likeness), beside(matching, self.places)
        given: dict[int, list[int]] = defaultdict(list)
        for known, now in waiting:
            given[now].append(known)
        self.pairs = {
            now: list(dict.fromkeys((*given[now], *near.get(now, ()), *finder.found(now)))) for now in free_now
        }
        self.weights: dict[tuple[int, int], float] = {}
        self.threshold = log(max(len(free_known), len(free_now), 1))

    def decide(self) -> None:
        """Join what is clear, learn from it, then join the rest by weight as far as it is likelier than chance."""
        self._round(margin=_CLEAR)
        self.habits.learn(
            [
                (self.matching.known[known], self.matching.now[now])
                for now in self.pairs
                if (known := self.matching.match[now]) != NOBODY
            ]
        )
        self.likeness.learned()
        self.places = Places(self.matching)
        self.weights.clear()
        self._round(margin=_CLEAR / 2)
        self.places = Places(self.matching)
        self._round(margin=0.0)

    def doubts(self) -> dict[int, tuple[int, ...]]:
        """Return for rows that stay without a note the known rows that were nearly likely enough, best first."""
        found: dict[int, tuple[int, ...]] = {}
        for pair in self._scored():
            if pair.score > -_NEARLY:
                found[pair.now] = (*found.get(pair.now, ()), pair.known)
        return found

    def _round(self, margin: float) -> None:
        """Join, best first, the pairs whose weight is above chance, and above every rival's by `margin`."""
        scored = self._scored()
        by_now, by_known = _ranked(scored, lambda pair: pair.now), _ranked(scored, lambda pair: pair.known)
        for pair in scored:
            if pair.score < margin or self._decided(pair):
                continue
            lead = pair.score - max(self._second(by_now[pair.now], pair), self._second(by_known[pair.known], pair))
            if lead >= margin:
                rivals = tuple(
                    each.known
                    for each in by_now[pair.now]
                    if each.known != pair.known and each.score > pair.score - _NEARLY
                )
                how = self._how(pair)
                self.matching.join(pair.now, Match(pair.known, how, _likelihood(pair.score), lead >= _NEARLY, rivals))

    def _decided(self, pair: Pair) -> bool:
        return self.matching.match[pair.now] != NOBODY or self.matching.taken[pair.known] != NOBODY

    def _second(self, ranked: Sequence[Pair], pair: Pair) -> float:
        """Return the best score of another pair of the same row that is still open."""
        return next((each.score for each in ranked if each is not pair and not self._decided(each)), _HOPELESS)

    def _how(self, pair: Pair) -> LinkHow:
        if (pair.known, pair.now) in self.equal:
            return "exact"
        return "similar" if pair.content > 0 else "place"

    def _scored(self) -> list[Pair]:
        """Return the pairs of what is free that are not hopeless, best first."""
        found = []
        for now, candidates in self.pairs.items():
            for known in candidates if self.matching.match[now] == NOBODY else ():
                if self.matching.taken[known] == NOBODY:
                    content = self._content(known, now)
                    score = content + self.places.weight(known, now)
                    if score > _HOPELESS:
                        found.append(Pair(score, now, known, content))
        found.sort(key=lambda pair: (-pair.score, pair.now, pair.known))
        return found

    def _content(self, known: int, now: int) -> float:
        """Return the weight of the cells alone, less what a pair picked at random needs to be believed."""
        weight = self.weights.get((known, now))
        if weight is None:
            old = self.matching.known[known]
            weight = self.likeness.weight(old, self.matching.now[now]) + _STANDING[old.standing] - self.threshold
            self.weights[known, now] = weight
        return weight


def _ranked(scored: Sequence[Pair], side: Callable[[Pair], int]) -> dict[int, list[Pair]]:
    ranked: dict[int, list[Pair]] = defaultdict(list)
    for pair in scored:
        ranked[side(pair)].append(pair)
    return ranked


def _likelihood(score: float) -> float:
    return 1 / (1 + exp(-min(score, 50.0)))
