"""Matches rows by the team's own id column.

An id decides where it is unique on both sides and the column was not renumbered.
"""

from array import array
from collections.abc import Iterable, Sequence

from sync.matching.rows.compared_rows import ComparedRows

from .assignment import NO_ROW, Assignment, Pair

_MOST_CONTRADICTIONS = 0.01
"""Share of ids that may contradict the content before the column is only a row counter;
judgement: typing errors are rarer than 1 in 100."""
_LEAST_ALIKE = 0.4
"""Mean share of equal cells below which ids prove nothing where no row is equal; judgement: two
unrelated rows share fewer."""


def match_same_id(assignment: Assignment) -> None:
    """Join rows by the team's own id.

    A column that only counts the rows changes when one is inserted: then rows of equal content bear
    different numbers, and the column decides nothing. A single such contradiction in a column that
    holds otherwise is left to content.
    """
    pairs = _pairs(assignment)
    if not pairs:
        return
    known, now = assignment.known, assignment.now
    unequal = [pair for pair in pairs if known.bare[pair[0]] != now.bare[pair[1]]]
    against = _elsewhere(assignment, unequal)
    agreed = len(pairs) - len(unequal)
    if len(against) > _MOST_CONTRADICTIONS * (agreed + len(against)):
        return
    if not agreed and _alike(assignment, pairs) < _LEAST_ALIKE:
        return
    for old, new in pairs:
        if new not in against:
            assignment.assign_same_id(new, old)


def _pairs(assignment: Assignment) -> list[Pair]:
    """Return (known, now) of the ids that stand once on either side, in today's order."""
    old = _unique(assignment.known, assignment.free_known())
    holder = array("i", [NO_ROW]) * len(assignment.known)
    several: set[int] = set()
    for at in assignment.free_now() if old else ():
        known = old.get(assignment.now.key[at], NO_ROW)
        if known != NO_ROW:
            if holder[known] != NO_ROW:
                several.add(known)
            holder[known] = at
    pairs = [(known, at) for known, at in enumerate(holder) if at != NO_ROW]
    return sorted((pair for pair in pairs if pair[0] not in several), key=lambda pair: pair[1])


def _unique(rows: ComparedRows, places: Iterable[int]) -> dict[int, int]:
    """Return the place of every key that stands once, by the key.

    A living row outranks the same key in the graveyard.
    """
    found: dict[int, int] = {}
    several: dict[int, list[int]] = {}
    for at in places:
        key = rows.key[at]
        if key and found.setdefault(key, at) != at:
            several.setdefault(key, [found[key]]).append(at)
    for key, same in several.items():
        best = min(rows.standing[at] for at in same)
        first = [at for at in same if rows.standing[at] == best]
        if len(first) == 1:
            found[key] = first[0]
        else:
            del found[key]
    return found


def _elsewhere(assignment: Assignment, pairs: Sequence[Pair]) -> set[int]:
    """Return the rows of today whose only equal, apart from the id, bears another id."""
    asked = {assignment.now.bare[now] for _, now in pairs}
    old, new = _once(assignment.known, asked), _once(assignment.now, asked)
    return {
        now
        for _, now in pairs
        if (said := assignment.now.bare[now]) in old and new.get(said) == now
    }


def _once(rows: ComparedRows, asked: set[int]) -> dict[int, int]:
    """Return the place of what only one row says, apart from its id."""
    found: dict[int, int] = {}
    several: set[int] = set()
    for place, said in enumerate(rows.bare):
        if said in asked:
            if said in found:
                several.add(said)
            found[said] = place
    return {said: place for said, place in found.items() if said not in several}


def _alike(assignment: Assignment, pairs: Sequence[Pair]) -> float:
    """Return the mean share of equal cells."""
    shares = []
    for known, now in pairs:
        old, new = _cells(assignment.known, known), _cells(assignment.now, now)
        shares.append(len(old & new) / max(1, min(len(old), len(new))))
    return sum(shares) / len(shares)


def _cells(rows: ComparedRows, place: int) -> frozenset[tuple[str, str]]:
    return frozenset(cell for cell in rows.texts(place).items() if not rows.is_own(place, cell[1]))
