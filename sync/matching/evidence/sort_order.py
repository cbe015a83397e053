"""Detects that a sheet was sorted and puts its known rows into the new order.

Sorting keeps rows of equal value in the order they had (Google Sheets and Excel both do). So where
today's rows run up or down a column, the known rows sorted by the same column are their neighbours
again, and place is evidence as in a sheet that nobody touched.
"""

from collections.abc import Iterable, Sequence
from itertools import compress, pairwise

from sync.matching.assignment import NO_ROW, Assignment
from sync.matching.rows.compared_rows import ComparedRows

_SAMPLED = 400
"""Rows in which a column is looked at; 400 tell a share of 0.95 from one of 0.85 beyond doubt."""
_LEAST_MONOTONE = 0.95
"""Rows appended after sorting break the run; a column that only grows with time does not reach
it."""
_LEAST_IN_ORDER = 0.9
"""Share of neighbours of today whose known rows, sorted alike, come in the same order."""

DAY = ""
"""The row's first day, whatever its column is called and however days are written there."""

Key = tuple[int, float, str]


def sort_known(assignment: Assignment, sheets: Iterable[str]) -> None:
    """Put the known rows of these sheets in the order that today's sorting gives them, in place.

    A sheet of which no column explains today's order keeps its own.
    """
    order = list(assignment.known_order)
    for name in sorted(sheets):
        old = _places(assignment.known, name) if name in assignment.known.names else ()
        if old and name in assignment.now.names:
            label, resorted = _resorted(assignment, name, old)
            order[old[0] : old[-1] + 1] = resorted
            if label is not None:
                assignment.sorted_by[name] = label
    assignment.known_order = order


def _places(rows: ComparedRows, name: str) -> Sequence[int]:
    number = rows.names.index(name)
    return list(compress(range(len(rows)), (sheet == number for sheet in rows.sheet)))


def _resorted(
    assignment: Assignment, name: str, old: Sequence[int]
) -> tuple[str | None, Sequence[int]]:
    today = _places(assignment.now, name)
    step = len(today) // _SAMPLED + 1
    best = _LEAST_IN_ORDER
    found: tuple[str | None, Sequence[int]] = None, old
    for label, turned in _monotone(assignment.now, today[::step]):
        order = sorted(old, key=_keys(assignment.known, old, label).__getitem__, reverse=turned)
        if (share := _in_order(assignment, order, today)) > best:
            best, found = share, (label, order)
    return found


def _monotone(rows: ComparedRows, places: Sequence[int]) -> list[tuple[str, bool]]:
    """Return the columns up or down which the rows run, and whether it is down."""
    labels = dict.fromkeys(label for place in places for label in rows.shapes[rows.shape[place]])
    texts = {place: rows.texts(place) for place in places}
    found = []
    for label in (DAY, *labels):
        keys = [_key(rows, place, texts[place].get(label, ""), label=label) for place in places]
        steps = [(one, other) for one, other in pairwise(keys) if one != other]
        if steps and len(places) > len(steps) // 2:
            up = sum(one < other for one, other in steps)
            for turned, times in ((False, up), (True, len(steps) - up)):
                if times >= _LEAST_MONOTONE * len(steps):
                    found.append((label, turned))
    return found


def _keys(rows: ComparedRows, places: Sequence[int], label: str) -> dict[int, Key]:
    if label == DAY:
        return {place: (0, rows.day[place], "") for place in places}
    wanted = frozenset(places)
    return {
        place: _key(rows, place, texts.get(label, ""), label=label)
        for place, texts in rows.every()
        if place in wanted
    }


def _key(rows: ComparedRows, place: int, text: str, *, label: str) -> Key:
    if label == DAY:
        return 0, rows.day[place], ""
    try:
        return 1, float(text), ""
    except ValueError:
        return 2 if text else 0, 0.0, text


def same_sort_key(assignment: Assignment, known: int, now: int, *, label: str) -> bool:
    """Return whether a known row and one of today hold the same in the column of the sorting."""
    if label == DAY:
        return assignment.known.day[known] == assignment.now.day[now]
    return assignment.known.texts(known).get(label) == assignment.now.texts(now).get(label)


def _in_order(assignment: Assignment, order: Sequence[int], today: Sequence[int]) -> float:
    """Return the share of decided rows of today that come after the one above in `order` too."""
    rank = {known: at for at, known in enumerate(order)}
    ranks = [
        rank[known] for now in today if (known := assignment.match[now]) != NO_ROW and known in rank
    ]
    steps = list(pairwise(ranks))
    return sum(one < other for one, other in steps) / max(1, len(steps))
