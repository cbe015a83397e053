"""Detects that a sheet was sorted and puts its known rows into the new order.

Sorting keeps rows of equal value in the order they had (Google Sheets and Excel both do). So where
today's rows run up or down a column, the known rows sorted by the same column are their neighbours
again, and place is evidence as in a sheet that nobody touched.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress, pairwise

from sync.matching.assignment import NO_ROW, Assignment
from sync.matching.rows.compared_rows import ComparedRows

_SAMPLED = 400
"""Rows in which a column is looked at; 400 tell a share of 0.95 from one of 0.85 beyond doubt."""
_WINDOW = 50
"""Rows in a row that are looked at together: rows of equal value stand beside each other."""
_LEAST_MONOTONE = 0.85
"""Rows come and change after sorting; a column that only grows with time does not reach it. Only
a first look: the rows decided say whether it was this column."""
_LEAST_KEPT = 0.5
"""Share of rows of today that stand below the same row once the known ones are sorted alike: none
by chance, and each row that was moved by itself takes three away."""
_LEAST_SORTED = 0.97
"""Share of the rows of a sheet that stand in the order of their days from which people keep it in
that order: a log that is only added to has rows a day late, and rows without a day; judgement."""
_MOST_COLUMNS = 3
"""People sort by up to three columns, or by one after the other; judgement."""

DAY = ""
"""The row's first day, whatever its column is called and however days are written there."""

Key = tuple[int, float, str]
Sorting = tuple[tuple[str, bool], ...]
"""Columns by which a sheet is sorted, the first one first, and whether downwards."""


def sort_known(assignment: Assignment, sheets: Iterable[str]) -> None:
    """Put the known rows of these sheets in the order that today's sorting gives them, in place.

    A sheet of which no column explains today's order keeps its own.
    """
    order = list(assignment.known_order)
    for name in sorted(sheets):
        old = _places(assignment.known, name) if name in assignment.known.names else ()
        if old and name in assignment.now.names:
            columns, resorted = _resorted(assignment, name, old)
            order[old[0] : old[-1] + 1] = resorted
            if columns:
                assignment.sorted_by[name] = tuple(label for label, _ in columns)
    assignment.known_order = order


def sheets_by_day(rows: ComparedRows) -> frozenset[str]:
    """Return the sheets of today whose rows stand in the order of their days, up or down.

    Rows without a day count as out of order.
    """
    days: dict[int, list[Key]] = defaultdict(list)
    for sheet, day in zip(rows.sheet, rows.day, strict=True):
        days[sheet].append((0, day, ""))
    return frozenset(rows.names[sheet] for sheet, found in days.items() if _is_in_order(found))


def _is_in_order(days: Sequence[Key]) -> bool:
    given = [key for key in days if key[1]]
    least = _LEAST_SORTED * len(days)
    return _longest_run(given) >= least or _longest_run(given[::-1]) >= least


def _places(rows: ComparedRows, name: str) -> Sequence[int]:
    number = rows.names.index(name)
    return list(compress(range(len(rows)), (sheet == number for sheet in rows.sheet)))


def _resorted(
    assignment: Assignment, name: str, old: Sequence[int]
) -> tuple[Sorting, Sequence[int]]:
    """Return the columns that explain today's order best, and the known rows sorted by them."""
    today = _places(assignment.now, name)
    best = max(_LEAST_KEPT, _neighbours_kept(assignment, old, today))
    found: tuple[Sorting, Sequence[int]] = (), old
    sample = _Sample(assignment.now, today)
    tried: list[Sorting] = [(column,) for column in sample.monotone(())]
    while tried:
        shares = []
        for columns in tried:
            order = _sorted(assignment.known, old, columns)
            share = _neighbours_kept(assignment, order, today)
            shares.append((share, columns))
            if share > best:
                best, found = share, (columns, order)
        share, columns = max(shares, key=lambda each: each[0])
        tried = []
        if len(columns) < _MOST_COLUMNS:
            tried = [(*columns, column) for column in sample.monotone(columns)]
    return found


def _sorted(rows: ComparedRows, places: Sequence[int], columns: Sorting) -> Sequence[int]:
    """Return the places sorted by these columns, rows of equal values in the order they had."""
    for label, turned in reversed(columns):
        keys = _keys(rows, places, label)
        places = sorted(places, key=keys.__getitem__, reverse=turned)
    return places


class _Sample:
    """Some rows of a sheet of today, in windows that leave neighbours beside each other."""

    def __init__(self, rows: ComparedRows, places: Sequence[int]) -> None:
        windows = max(1, _SAMPLED // _WINDOW)
        step = max(_WINDOW, -(-len(places) // windows))
        starts = range(0, len(places), step)
        self.places = [at for start in starts for at in places[start : start + _WINDOW]]
        if len(places) <= _SAMPLED:
            self.places = list(places)
        self.rows = rows
        self.texts = {place: rows.texts(place) for place in self.places}
        labels = dict.fromkeys(
            label for place in self.places for label in rows.shapes[rows.shape[place]]
        )
        self.labels = (DAY, *labels)

    def monotone(self, within: Sorting) -> list[tuple[str, bool]]:
        """Return the columns up or down which the rows run, and whether it is down.

        `within` rows of equal values in the columns by which they are sorted already.
        """
        runs = self._runs([label for label, _ in within])
        rows = sum(map(len, runs))
        found = []
        for label in self.labels:
            if label in dict(within):
                continue
            keys = [[self._key(place, label) for place in run] for run in runs]
            if all(one == other for run in keys for one, other in pairwise(run)):
                continue
            for turned in (False, True):
                kept = sum(_longest_run(run[::-1] if turned else run) for run in keys)
                if kept >= _LEAST_MONOTONE * rows:
                    found.append((label, turned))
        return found

    def _runs(self, labels: Sequence[str]) -> list[list[int]]:
        """Return the rows that stand beside each other with equal values in these columns."""
        runs: list[list[int]] = []
        last: list[Key] | None = None
        for place in self.places:
            keys = [self._key(place, label) for label in labels]
            if keys != last:
                runs.append([])
            runs[-1].append(place)
            last = keys
        return [run for run in runs if len(run) > 1]

    def _key(self, place: int, label: str) -> Key:
        return _key(self.rows, place, self.texts[place].get(label, ""), label=label)


def _longest_run(keys: Sequence[Key]) -> int:
    """Return how many of the keys, in their order, never fall."""
    ends: list[Key] = []
    for key in keys:
        at = bisect_right(ends, key)
        ends[at : at + 1] = [key]
    return len(ends)


def _keys(rows: ComparedRows, places: Sequence[int], label: str) -> dict[int, Key]:
    if label == DAY:
        return {place: (0, rows.day[place], "") for place in places}
    return {
        place: _key(rows, place, texts.get(label, ""), label=label)
        for place, texts in rows.some(places)
    }


def _key(rows: ComparedRows, place: int, text: str, *, label: str) -> Key:
    if label == DAY:
        return 0, rows.day[place], ""
    if text.startswith("@"):  # a day of the year
        month, _, day = text[1:].partition(".")
        digits = day.partition("~")[0]
        named = month.isdecimal() and digits.isdecimal()  # else a handle: "@mina.12"
        return (1, int(month) * 100.0 + int(digits), "") if named else (2, 0.0, text)
    try:
        return 1, float(text), ""
    except ValueError:
        return 2 if text else 0, 0.0, text


def same_sort_key(assignment: Assignment, known: int, now: int, *, labels: Iterable[str]) -> bool:
    """Return whether a known row and one of today hold the same in the columns of the sorting."""
    return all(
        sort_value(assignment.known, known, label) == sort_value(assignment.now, now, label)
        for label in labels
    )


def sort_value(rows: ComparedRows, place: int, label: str) -> str | int:
    """Return what a row holds in a column of a sorting."""
    return rows.day[place] if label == DAY else rows.texts(place).get(label, "")


def _neighbours_kept(assignment: Assignment, order: Sequence[int], today: Sequence[int]) -> float:
    """Return the share of decided rows of today that stand right below the same row in `order`."""
    decided = [known for now in today if (known := assignment.match[now]) != NO_ROW]
    wanted = frozenset(decided)
    rank = {known: at for at, known in enumerate(known for known in order if known in wanted)}
    steps = [
        rank[other] - rank[one] for one, other in pairwise(decided) if one in rank and other in rank
    ]
    return steps.count(1) / max(1, len(steps))
