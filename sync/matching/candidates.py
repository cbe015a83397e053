"""Selects the known rows worth scoring against a row of today.

Candidates share rare texts or n-grams with it, or stand between the same neighbours.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import accumulate
from typing import TypeVar

from sync.matching.evidence.joint_moves import JointMove
from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.row_likelihood import RowSimilarity
from sync.matching.rows.compared_rows import ComparedRows

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
_LONGEST_OF_BEGUN = 250
"""The same for a row that was only begun: its few words are those of many; judgement."""
_PIECES_OF_BEGUN = 40
"""The rarest features asked of such a row: all that it has, mostly; judgement."""
_MOST = 8
"""Candidates scored per row; judgement: the work grows with it, and the right row is among the
first few (ADR 0501)."""
_RARE_CELLS = 2
"""The rarest cells by which a row rewritten in another place is found; judgement."""
_BY_CELLS = 3
"""Candidates by equal cells, besides the others; judgement: the day and one more tell few apart."""
_BEGUN = 0.5
"""A row that fills at most half as many cells as the middle row was only begun; judgement."""
_BESIDE = 1
"""So many rows may have gone or come above a row within its gap."""

F = TypeVar("F", bound=Hashable)


class CandidateFinder:
    """Indexes of the free rows by whole cells and pieces of text, rare ones only.

    A row of today asks which known rows share its pieces, and which of those that share its rarest
    cell share most cells: of a row rewritten in another place only a day, a name, a state is left.
    A known row that was only begun asks which rows of today share its few pieces: among the many of
    a row filled in since, those are lost. Once the clear pairs are made (`last`) it looks through
    longer lists, for many rows hold such words.
    """

    def __init__(
        self, assignment: Assignment, similarity: RowSimilarity, *, last: bool = False
    ) -> None:
        self.similarity = similarity
        known, now = assignment.known, assignment.now
        free_known, free_now = assignment.free_known(), assignment.free_now()
        holders = holders_of(self._each(known, free_known))
        held = {at: frozenset(known.texts(at).items()) for at in free_known}
        by_cell = holders_of(held.items())
        self.found = {
            at: list(
                dict.fromkeys(
                    (
                        *_best(features, holders),
                        *rows_with_most_cells(frozenset(now.texts(at).items()), by_cell, held),
                    )
                )
            )
            for at, features in self._each(now, free_now)
        }
        begun = _begun(known, free_known)
        most, pieces = (_LONGEST_OF_BEGUN, _PIECES_OF_BEGUN) if last else (_LONGEST_LIST, _PIECES)
        today = holders_of(self._each(now, free_now), most=most) if begun else {}
        for at, features in self._each(known, begun):
            for holder in _best(features, today, pieces=pieces):
                self.found[holder].append(at)

    def candidates(self, now: int) -> list[int]:
        """Return the known rows that share most, weighted by rarity, best first, at most eight.

        Then those only begun that share most with this row.
        """
        return self.found[now]

    def _each(self, rows: ComparedRows, places: Iterable[int]) -> Iterator[tuple[int, set[str]]]:
        """Yield (place, features), one row at a time: those of all rows would fill the memory."""
        for at in places:
            features: set[str] = set()
            for text in rows.texts(at).values():
                features.add("=" + text)
                features |= self.similarity.pieces[text]
            yield at, features


def holders_of(
    rows: Iterable[tuple[int, Collection[F]]], most: int = _LONGEST_LIST
) -> dict[F, list[int]]:
    """Return the rows that hold each feature, without those that too many hold."""
    holders: dict[F, list[int]] = defaultdict(list)
    for at, features in rows:
        for feature in features:
            holders[feature].append(at)
    return {feature: held for feature, held in holders.items() if len(held) <= most}


def _best(features: set[str], holders: Mapping[str, list[int]], pieces: int = _PIECES) -> list[int]:
    """Return the rows that share most of the rarest features, best first, at most eight."""
    shared = features & holders.keys()
    weights: dict[int, float] = defaultdict(float)
    for held in nsmallest(pieces, [holders[feature] for feature in sorted(shared)], key=len):
        share = 1 / len(held)
        for at in held:
            weights[at] += share
    least = _LEAST_SHARE * max(weights.values(), default=0.0)
    likely = [at for at, weight in weights.items() if weight >= least]
    return sorted(likely, key=lambda at: (-weights[at], at))[:_MOST]


Cell = tuple[str, str]


def rows_with_most_cells(
    cells: frozenset[Cell],
    by_cell: Mapping[Cell, list[int]],
    held: Mapping[int, frozenset[Cell]],
) -> list[int]:
    """Return of the rows that hold one of the rarest of these cells those that hold most of
    them.
    """
    rarest = nsmallest(
        _RARE_CELLS, [by_cell[cell] for cell in sorted(cells & by_cell.keys())], key=len
    )
    rows = dict.fromkeys(at for holders in rarest for at in holders)
    return sorted(rows, key=lambda at: (-len(cells & held[at]), at))[:_BY_CELLS]


def _begun(rows: ComparedRows, places: Collection[int]) -> list[int]:
    """Return those of the known rows that fill few cells."""
    if not places:
        return []
    most = _BEGUN * _middle_size(rows)
    return [at for at in places if rows.size(at) <= most]


def _middle_size(rows: ComparedRows) -> int:
    """Return how many cells the middle row fills."""
    sizes = sorted((len(rows.shapes[shape]), times) for shape, times in Counter(rows.shape).items())
    reached = list(accumulate(times for _, times in sizes))
    return sizes[bisect_right(reached, len(rows) // 2)][0]


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
    for move in position.joint.values():
        _add_of_move(found, move)
    return found


def _add_of_move(found: dict[int, list[int]], move: JointMove) -> None:
    """Add the rows that stand between the same rows of a joint move."""
    known, now = move.gaps()
    for gap in known.keys() & now.keys():
        here, there = known[gap], now[gap]
        for place, at in enumerate(there):
            below = place + len(here) - len(there)
            near = here[_around(place)] + here[_around(below)]
            found[at] = list(dict.fromkeys((*found.get(at, ()), *near)))


def _around(place: int) -> slice:
    return slice(max(0, place - _BESIDE), max(0, place + _BESIDE + 1))
