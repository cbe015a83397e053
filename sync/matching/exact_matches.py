"""Matches rows of equal content.

Several equal rows are told apart by their neighbours.
"""

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby, islice

from sync.matching.evidence.position import PositionEvidence
from sync.matching.evidence.sort_order import sort_known
from sync.matching.rows.compared_rows import ComparedRows
from sync.matching.rows.text_spill import Texts

from .assignment import NO_ROW, Assignment, Pair, RowMatch
from .column_alignment import Labels

Pairs = list[Pair]
Group = tuple[list[int], list[int]]
Saying = Callable[[int], int]
_MOST_RIVALS = 8
"""Known rows kept as rivals of a row in a group of equals; judgement: as many as candidates are
scored (`candidates._MOST`)."""
TELLING_CELLS = 3
"""Cells from which a row of equal content is the same row in another sheet too; judgement: two
short cells may agree by chance."""
_MOST_COPIES = 50
"""Copies of one row compared by place; judgement: bounds the quadratic work on sheets of
identical rows."""
_MOST_IN_PLACE = 8
"""Free rows looked at between the old neighbours of a row; judgement: bounds the work."""
_SPREAD = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio (Fibonacci hashing): keeps the sums of different sheets
apart."""
_MASK = (1 << 64) - 1
"""Sums of hashes are taken modulo 2^64, the size of an array item."""


def match_same_content(assignment: Assignment, before: Labels, after: Labels) -> Pairs:
    """Match free rows of equal content; return equal pairs (known, now) that need more evidence.

    Columns that only one side has do not count. In a sheet that has kept its order, an equal row
    far from its old neighbours may be the copy of a row that was edited where it stood: such pairs
    wait.
    """
    shared = {
        sheet: labels.keys() & after[sheet].keys()
        for sheet, labels in before.items()
        if sheet in after
    }
    partner, groups = _equals(
        assignment, 0, _in_sheet(assignment.known, shared), now=_in_sheet(assignment.now, shared)
    )
    waiting = _join_unique(assignment, partner)
    crossed, places = _join_repeated(assignment, groups)
    waiting += crossed
    like_them = LikeRowsInPlace(assignment, places)
    everywhere = set().union(*before.values()) & set().union(*after.values())
    for standing in (0, 1, 2):  # alive here, then gone, then alive in another source
        held = {now for _, now in waiting}
        partner, groups = _equals(
            assignment,
            standing,
            assignment.known.saying(everywhere),
            now=assignment.now.saying(everywhere),
        )
        alone: list[Group] = [
            ([known], [now]) for now, known in enumerate(partner) if known != NO_ROW
        ]
        for rows, today in sorted(alone + groups, key=lambda group: group[1][0]):
            if (
                len(rows) == len(today)
                and held.isdisjoint(today)
                and assignment.now.size(today[0]) >= TELLING_CELLS
                and not (standing == 0 and any(map(like_them.holds_place, rows)))
            ):
                for old, new in zip(rows, today, strict=True):
                    assignment.assign(new, RowMatch(old, "exact", sure=len(rows) == 1))
            else:
                waiting += _crossed(rows, today)
    return waiting


def _in_sheet(rows: ComparedRows, shared: Mapping[str, Collection[str]]) -> Saying:
    """Return what a row says in its own sheet, in the columns that it has on both sides.

    0 where it says nothing.
    """
    numbers = {sheet: number * _SPREAD for number, sheet in enumerate(shared, 1)}
    sayings = [
        (rows.saying(shared[name]), numbers[name]) if name in shared else None
        for name in rows.names
    ]

    def said(place: int) -> int:
        found = sayings[rows.sheet[place]]
        value = found[0](place) if found else 0
        return (value + found[1]) & _MASK if found and value else 0

    return said


def _equals(
    assignment: Assignment, standing: int, known: Saying, *, now: Saying
) -> tuple[Sequence[int], list[Group]]:
    """Return the free rows of either side that say the same.

    First the known row of each row of today where there is just one on either side, else NOBODY;
    then the groups of several, in today's order.
    """
    partner = array("i", [NO_ROW]) * len(assignment.now)
    groups: list[Group] = []
    rows = [at for at in assignment.free_known() if assignment.known.standing[at] == standing]
    for old, new in _common(_by_content(rows, known), _by_content(assignment.free_now(), now)):
        if len(old) == len(new) == 1:
            partner[new[0]] = old[0]
        else:
            groups.append((old, new))
    groups.sort(key=lambda group: group[1][0])
    return partner, groups


def _by_content(places: Sequence[int], saying: Saying) -> Iterator[tuple[int, list[int]]]:
    """Yield (content number, places that hold it) in ascending order; empty rows are left out."""
    values = array("Q", map(saying, places))
    for buffer in range(16):  # a sixteenth at a time: sorting needs ten times what the numbers do
        some = [at for at, value in enumerate(values) if value >> 60 == buffer]
        for value, group in groupby(sorted(some, key=values.__getitem__), key=values.__getitem__):
            if value:
                yield value, [places[at] for at in group]


def _common(
    known: Iterator[tuple[int, list[int]]], now: Iterator[tuple[int, list[int]]]
) -> Iterator[tuple[list[int], list[int]]]:
    old, new = next(known, None), next(now, None)
    while old and new:
        if old[0] == new[0]:
            yield old[1], new[1]
            old, new = next(known, None), next(now, None)
        elif old[0] < new[0]:
            old = next(known, None)
        else:
            new = next(now, None)


def _join_unique(assignment: Assignment, partner: Sequence[int]) -> Pairs:
    """Match rows equal once on either side.

    Unless only this row left its place in the sheet, or may be the copy of the row above it.
    """
    trial = assignment.copy()
    for now, known in enumerate(partner):
        if known != NO_ROW:
            trial.assign_equal(now, known)
    places, waiting = PositionEvidence(trial), []
    if sheets := places.disorderly():
        sort_known(trial, sheets)
        assignment.known_order, assignment.sorted_by = trial.known_order, trial.sorted_by
        places = PositionEvidence(trial)
    for now, known in enumerate(partner):
        if known == NO_ROW:
            continue
        left = not places.agreement(known, now) and places.orderly(assignment.now[now].sheet)
        if left or _below_its_like(assignment, partner, now):
            waiting.append((known, now))
        else:
            assignment.assign_equal(now, known)
    return waiting


def _below_its_like(assignment: Assignment, partner: Sequence[int], now: int) -> bool:
    """Return whether the row right above is free and nearly says what this one says.

    It may be the row, edited since, of which this one is the copy.
    """
    above, rows = now - 1, assignment.now
    if above < 0 or partner[above] != NO_ROW or assignment.match[above] != NO_ROW:
        return False
    if rows.sheet[above] != rows.sheet[now]:
        return False
    return _nearly_same(rows.texts(now), rows.texts(above))


def _nearly_same(one: Texts, other: Texts) -> bool:
    alike = len(one.items() & other.items())
    return alike >= TELLING_CELLS and 2 * alike >= max(len(one), len(other))


class LikeRowsInPlace:
    """Tells where a free row stands today at the old place of a known one and nearly says the same.

    It may be the known row, edited since; a row of equal content in another sheet is then its copy.
    """

    def __init__(self, assignment: Assignment, places: PositionEvidence | None) -> None:
        self.assignment, self._places = assignment, places
        self._free: dict[tuple[int, int, int], list[int]] = {}

    def holds_place(self, known: int) -> bool:
        """Return whether such a row stands at the place of a known row that is alive here."""
        if self._places is None:
            self._places = PositionEvidence(self.assignment)
        if not self._free:
            for now in self.assignment.free_now():
                self._free.setdefault(self._places.gap_now(now), []).append(now)
        here = self._free.get(self._places.gap(known), ())[:_MOST_IN_PLACE]
        text = self.assignment.known.texts(known)
        return any(_nearly_same(text, self.assignment.now.texts(now)) for now in here)


def _join_repeated(
    assignment: Assignment, groups: Sequence[Group]
) -> tuple[Pairs, PositionEvidence | None]:
    """Join copies of one another to those between the same neighbours.

    As many as before and no order: in order. Return what waits, and the places where there were
    groups.
    """
    places = PositionEvidence(assignment) if groups else None
    for needed in (2, 1, 2, 1):
        joined = (
            [_join_placed(assignment, places, group, needed=needed) for group in groups]
            if places
            else []
        )
        if any(joined):
            places = PositionEvidence(assignment)
    waiting: Pairs = []
    for rows, today in groups:
        left = [row for row in rows if assignment.taken[row] == NO_ROW]
        seeking = [now for now in today if assignment.match[now] == NO_ROW]
        if (
            places
            and len(left) == len(seeking)
            and not places.orderly(assignment.known[rows[0]].sheet)
        ):
            for old, new in zip(left, seeking, strict=True):
                assignment.assign_equal(new, old)
        else:
            waiting += _crossed(left, seeking)
    return waiting, places


def _join_placed(
    assignment: Assignment, places: PositionEvidence, group: Group, *, needed: int
) -> bool:
    """Join the rows of a group of equals that agree with so many neighbours.

    Return whether there was one.
    """
    joined = False
    for now in group[1]:
        if assignment.match[now] == NO_ROW:
            rows = (row for row in group[0] if assignment.taken[row] == NO_ROW)
            best = next(
                (row for row in islice(rows, _MOST_COPIES) if places.agreement(row, now) >= needed),
                None,
            )
            if best is not None:
                assignment.assign_equal(now, best)
                joined = True
    return joined


def _crossed(rows: list[int], today: list[int]) -> Pairs:
    return [(known, now) for now in today[: _MOST_RIVALS * 4] for known in rows[:_MOST_RIVALS]]
