"""The team's own id column: it wins where it is unique on both sides and has not been dealt out anew."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import groupby

from .matching import Match, Matching
from .rows import Rows

_MOST_CONTRADICTIONS = 0.01
_LEAST_ALIKE = 0.4

Pair = tuple[int, int]


def same_key(matching: Matching) -> None:
    """Join rows by the team's own id.

    A column that only counts the rows changes when one is inserted: then rows of equal content bear different numbers,
    and the column decides nothing. A single such contradiction in a column that holds otherwise is left to content.
    """
    pairs = _pairs(matching)
    if not pairs:
        return
    known, now = matching.known, matching.now
    unequal = [pair for pair in pairs if known.bare[pair[0]] != now.bare[pair[1]]]
    against = _elsewhere(matching, unequal)
    agreed = len(pairs) - len(unequal)
    if len(against) > _MOST_CONTRADICTIONS * (agreed + len(against)):
        return
    if not agreed and _alike(matching, pairs) < _LEAST_ALIKE:
        return
    for old, new in pairs:
        if new not in against:
            matching.join(new, Match(old, "key"))


def _pairs(matching: Matching) -> list[Pair]:
    """Return (known, now) of the ids that stand once on either side, in today's order."""
    known, now = _unique(matching.known, matching.free_known()), _unique(matching.now, matching.free_now())
    old = {matching.known.key[at]: at for at in known}
    return sorted(((old[key], at) for at in now if (key := matching.now.key[at]) in old), key=lambda pair: pair[1])


def _unique(rows: Rows, places: Iterable[int]) -> Sequence[int]:
    """Return the place of every key that stands once; a living row outranks the same key in the graveyard."""
    found = array("I")
    keyed = sorted((at for at in places if rows.key[at]), key=rows.key.__getitem__)
    for _, group in groupby(keyed, key=rows.key.__getitem__):
        same = list(group)
        best = min(rows.standing[at] for at in same)
        first = [at for at in same if rows.standing[at] == best]
        if len(first) == 1:
            found.append(first[0])
    return found


def _elsewhere(matching: Matching, pairs: Sequence[Pair]) -> set[int]:
    """Return the rows of today that have their only equal, apart from the id, in another row than their id has."""
    asked = {matching.now.bare[now] for _, now in pairs}
    old, new = _once(matching.known, asked), _once(matching.now, asked)
    return {now for _, now in pairs if (said := matching.now.bare[now]) in old and new.get(said) == now}


def _once(rows: Rows, asked: set[int]) -> dict[int, int]:
    """Return the place of what only one row says, apart from its id."""
    found: dict[int, int] = {}
    several: set[int] = set()
    for place, said in enumerate(rows.bare):
        if said in asked:
            if said in found:
                several.add(said)
            found[said] = place
    return {said: place for said, place in found.items() if said not in several}


def _alike(matching: Matching, pairs: Sequence[Pair]) -> float:
    """Return the mean share of equal cells."""
    shares = []
    for known, now in pairs:
        old, new = _cells(matching.known, known), _cells(matching.now, now)
        shares.append(len(old & new) / max(1, min(len(old), len(new))))
    return sum(shares) / len(shares)


def _cells(rows: Rows, place: int) -> frozenset[tuple[str, str]]:
    return frozenset(cell for cell in rows.texts(place).items() if not rows.is_own(place, cell[1]))
