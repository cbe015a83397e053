"""Matches what exact methods leave: scores candidate pairs and decides the clearest first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from notes.model.notes import LinkHow
from sync.matching.evidence.edit_statistics import EditStatistics
from sync.matching.evidence.filled_days import FilledDays
from sync.matching.evidence.hidden_rows import HiddenRows
from sync.matching.evidence.position import MOST_TOLD, PositionEvidence
from sync.matching.evidence.row_likelihood import RowSimilarity, later_parts

from .assignment import NO_ROW, Assignment, Pair, RowMatch
from .candidates import CandidateFinder, rows_in_same_gap
from .column_alignment import Labels
from .exact_matches import Pairs

_CLEAR = 4.0
"""Nats by which the first round's pairs lead every rival: odds of 55 to 1 (ADR 0501); the next
round halves it, the last needs none."""
_NEARLY = 4.0
"""Nats by which a match leads a new row to be sure, and its rivals where only its place tells.
Counted on edited sheets: one in six of the closer ones is wrong, one in two hundred of the others
(ADR 0255)."""
_NEARLY_ALIKE = -4.0
"""Nats above which a known row leaves a doubt about a row that stays new: of those one in three is
that row, of those in the last nat one in five (ADR 0255)."""
_RIVAL = 2.0
"""Nats by which a match leads its rivals where its cells tell: of those up to 4 nats one in thirty
is wrong (ADR 0255)."""
_PLAUSIBLE = 12.0
"""Nats by which the row above may fall behind and still be the row of which this one is the copy.
"""
_COPY_BELOW = -3.0
"""A copy stands below its row in 19 of 20 cases (as `position._OTHER_SIDE`), also in a sheet that
was put in another order: rows of equal values keep theirs."""
_OF_BOTH = 0.6
"""Of two rows below each other that are both alike, so much of what the lower one is more alike
does not tell which is the copy: the row may have been edited, or its copy; judgement."""
_SECOND_PART = -8.0
"""Where texts were cut in two, the row with the beginnings goes on; once in 3,000 it is the other.
Counted from the lesser of both: what else the other holds came or went with the cut."""
_HOPELESS = -5.0
"""Nats, odds of 1 to 150: pairs below are not kept; judgement: far below what any evidence of
place can make up for."""
_UNLIKE = _HOPELESS - MOST_TOLD
"""Nats of the cells alone below which a pair is not weighed again, whatever its place tells."""


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A candidate: the weight of its cells, and with its place."""

    score: float
    now: int
    known: int
    content: float


class MatchScorer:
    """The candidate pairs of what is free, with the weight of their cells.

    Places are weighed anew each round.
    """

    def __init__(
        self, assignment: Assignment, before: Labels, after: Labels, *, waiting: Pairs
    ) -> None:
        self.assignment, self.equal = assignment, frozenset(waiting)
        free_now, free_known = assignment.free_now(), assignment.free_known()
        pool = [
            *assignment.now.kept(free_now).values(),
            *assignment.known.kept(free_known).values(),
        ]
        self.edits = EditStatistics(assignment.now, pool)
        self.similarity = RowSimilarity(self.edits, before, after, pool=pool)
        self.hidden = HiddenRows(assignment)
        self.position = PositionEvidence(assignment, joint=True, hidden=len(self.hidden.by))
        self.filled_days = FilledDays(assignment)
        self.pairs: dict[int, list[int]] = {now: [] for now in free_now}
        for known, now in waiting:
            self.pairs[now].append(known)
        self._add_alike(last=False)
        self._add_neighbours()
        self.weights: dict[Pair, float] = {}
        self.recognised: list[int] = []

    def decide(self) -> None:
        """Match the clear pairs, learn from them, then match the rest above chance."""
        self._round(margin=_CLEAR)
        self.edits.learn(
            [
                (self.assignment.known[known], self.assignment.now[now])
                for now in self.pairs
                if (known := self.assignment.match[now]) != NO_ROW
            ]
        )
        self.filled_days.learn(self.pairs)
        self._add_alike(last=True)
        for margin in (_CLEAR / 2, 0.0):
            free = self.assignment.free_now()
            self.edits.compare_with([self.assignment.now.texts(at) for at in free])
            self.similarity.learned()
            self.weights.clear()
            self.position = PositionEvidence(
                self.assignment,
                self.position.strange,
                recognised=self.recognised,
                joint=True,
                hidden=self.hidden.still_free(),
            )
            self._add_neighbours()
            self._round(margin)
            self._forget_unlike()

    def _forget_unlike(self) -> None:
        """Drop the pairs of rows that are too unlike, whatever a place would say."""
        for now in self.assignment.free_now():
            self.pairs[now] = [
                at for at in self.pairs[now] if self.weights.get((at, now), 0.0) > _UNLIKE
            ]

    def _add_alike(self, *, last: bool) -> None:
        """Add the rows that share what few of the free rows hold as candidates.

        Again once the clear pairs are made: the fewer rows are free, the rarer is what they share.
        """
        finder = CandidateFinder(self.assignment, self.similarity, last=last)
        for now in self.assignment.free_now():
            found = finder.candidates(now)
            self.pairs[now] = list(dict.fromkeys((*self.pairs[now], *found)))

    def _add_neighbours(self) -> None:
        """Add the rows between the same neighbours as candidates, whatever their content."""
        for now, here in rows_in_same_gap(self.assignment, self.position).items():
            self.pairs[now] = list(dict.fromkeys((*self.pairs[now], *here)))

    def doubts(self) -> dict[int, tuple[int, ...]]:
        """Return the known rows that nearly matched each row left without a note, best first."""
        found: dict[int, tuple[int, ...]] = {}
        for pair in self._scored():
            asked = self._left_behind(pair.known, pair.now)
            if asked and self.position.sorted_there(pair.known, pair.now):
                asked = 0.0  # its score was not lowered
            if pair.score + asked > _NEARLY_ALIKE:
                found[pair.now] = (*found.get(pair.now, ()), pair.known)
        return found

    def _round(self, margin: float) -> None:
        """Match, best first, the pairs that score above chance and all rivals by `margin`."""
        scored = self._scored()
        by_now, by_known = (
            _ranked(scored, lambda pair: pair.now),
            _ranked(scored, lambda pair: pair.known),
        )
        for pair in scored:
            if pair.score < margin or self._decided(pair):
                continue
            lead = pair.score - max(
                self._second(by_now[pair.now], pair), self._second(by_known[pair.known], pair)
            )
            if lead >= margin:
                rivals = tuple(
                    each.known
                    for each in by_now[pair.now]
                    if each.known != pair.known and each.score > pair.score - _NEARLY
                )
                how = self._how(pair)
                if how != "exact":
                    self.recognised.append(pair.now)
                self.assignment.assign(
                    pair.now,
                    RowMatch(
                        pair.known,
                        how,
                        _likelihood(pair.score),
                        sure=self._is_sure(pair, lead, how),
                        rivals=rivals,
                    ),
                )

    def _is_sure(self, pair: ScoredPair, lead: float, how: LinkHow) -> bool:
        """Return whether a match leads its rivals, and a new row, by enough.

        In a new file a row alike out of its place is often a copy of one that was left behind.
        """
        if lead < (_NEARLY if how == "place" else _RIVAL):
            return False
        needed = _NEARLY + self._left_behind(pair.known, pair.now)
        return how == "exact" or pair.score >= needed

    def _left_behind(self, known: int, now: int) -> float:
        """Return what a pair out of its place needs more in a new file, in nats; else 0."""
        position = self.position
        out = position.most_went and position.agreement(known, now) < 2
        return position.left_behind if out else 0.0

    def _decided(self, pair: ScoredPair) -> bool:
        return (
            self.assignment.match[pair.now] != NO_ROW or self.assignment.taken[pair.known] != NO_ROW
        )

    def _second(self, ranked: Sequence[ScoredPair], pair: ScoredPair) -> float:
        """Return the best score of another pair of the same row that is still open."""
        return next(
            (each.score for each in ranked if each is not pair and not self._decided(each)),
            _HOPELESS,
        )

    def _how(self, pair: ScoredPair) -> LinkHow:
        if (pair.known, pair.now) in self.equal:
            return "exact"
        return "similar" if pair.content > self.position.strange else "place"

    def _scored(self) -> list[ScoredPair]:
        """Return the pairs of what is free that are not hopeless, best first."""
        found = {}
        for now, candidates in self.pairs.items():
            for known in candidates if self.assignment.match[now] == NO_ROW else ():
                if self.assignment.taken[known] == NO_ROW:
                    content = self._content(known, now)
                    score = content + self.position.weight(known, now)
                    if score > _HOPELESS - self._left_behind(known, now):
                        found[known, now] = ScoredPair(score, now, known, content)
        parts = self._later_parts(found)
        scored = [
            replace(pair, score=_as_second_part(pair, found[parts[at]]))
            if at in parts
            else self._below_another(pair, found)
            for at, pair in found.items()
        ]
        scored.sort(key=lambda pair: (-pair.score, pair.now, pair.known))
        return scored

    def _later_parts(self, pairs: Iterable[Pair]) -> dict[Pair, Pair]:
        """Return the pairs (known, now) in which one row holds but the later part of the other.

        Each with the pair of the row that holds the beginning: the known row was split in two, or
        two were made one.
        """
        by_known: dict[int, list[int]] = defaultdict(list)
        by_now: dict[int, list[int]] = defaultdict(list)
        for known, now in pairs:
            by_known[known].append(now)
            by_now[now].append(known)
        old, new = self.assignment.known, self.assignment.now
        split: dict[Pair, Pair] = {
            (known, rest): (known, first)
            for known, rows in by_known.items()
            if len(rows) > 1
            for rest, first in later_parts(
                old.texts(known), {at: new.texts(at) for at in rows}
            ).items()
        }
        merged: dict[Pair, Pair] = {
            (rest, now): (first, now)
            for now, rows in by_now.items()
            if len(rows) > 1
            for rest, first in later_parts(
                new.texts(now), {at: old.texts(at) for at in rows}
            ).items()
        }
        return split | merged

    def _below_another(self, pair: ScoredPair, found: Mapping[Pair, ScoredPair]) -> ScoredPair:
        """Return the pair as it weighs where the row right above may be the known one as well."""
        upper = found.get((pair.known, pair.now - 1))
        rows = self.assignment.now
        if upper is None or rows.sheet[upper.now] != rows.sheet[pair.now]:
            return pair
        if upper.content < pair.content - _PLAUSIBLE or upper.content < self.position.strange:
            return pair
        score = pair.score
        if self.position.gap_now(pair.now) not in self.position.grows_up:
            score -= _OF_BOTH * max(0.0, pair.content - upper.content)
        if self.position.agreement(pair.known, pair.now) != 2:  # else weighed by its distance
            score += _COPY_BELOW
        return replace(pair, score=score)

    def _content(self, known: int, now: int) -> float:
        """Return the weight of the cells alone."""
        weight = self.weights.get((known, now))
        if weight is None:
            old = self.assignment.known[known]
            weight = self.similarity.weight(old, self.assignment.now[now])
            weight += self.filled_days.weight(known, now)
            if self.hidden.by:
                weight += self.hidden.weight(known, now, self.position)
            self.weights[known, now] = weight
        return weight


def _as_second_part(pair: ScoredPair, first: ScoredPair) -> float:
    """Return the score of a pair of a later part, `first` being that of the beginning."""
    return (min(pair.score, first.score) if first.score > 0 else pair.score) + _SECOND_PART


def _ranked(
    scored: Sequence[ScoredPair], side: Callable[[ScoredPair], int]
) -> dict[int, list[ScoredPair]]:
    ranked: dict[int, list[ScoredPair]] = defaultdict(list)
    for pair in scored:
        ranked[side(pair)].append(pair)
    return ranked


def _likelihood(score: float) -> float:
    return 1 / (1 + exp(-min(score, 50.0)))
