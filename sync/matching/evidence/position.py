"""Position as evidence: whether a row stands between the same neighbours as before.

A sheet that was only added to keeps its neighbours; after a sort they mean little. How orderly a
sheet is, is learned from the rows already decided in it.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import compress
from math import exp, log

from sync.matching.assignment import NO_ROW, Assignment

from .joint_moves import joint_moves
from .moved_rows import moved_alone
from .sort_order import same_sort_key
from .sorted_places import SortedPlaces

_START, _END = -2, -3
_PRIOR = (0.2, 0.2, 0.6)
"""Shares of rows that agree with no, one or both neighbours, before any is seen; judgement:
sheets are mostly appended to (ADR 0511)."""
_PRIOR_WEIGHT = 1.0
"""Weight of `_PRIOR` in rows: one decided row counts as much."""
_LEAST_MOVED = 0.004
"""Share of rows that people move by themselves (into another block, below a heading), at least:
rows that moved and were edited are not among those matched, so none seen proves little."""
_LEFT_MOVED = 0.03
"""The same among the rows that remain once the clear pairs are made: who stayed in place and
changed was mostly recognised, who moved and changed was not."""
_LEFT_IN_PLACE = 0.15
"""So many of those that stayed in place and changed remain then; what comes and goes at one place
by chance remains all of it."""
_PRIOR_CHANGED = 10.0
"""Weight in rows of what holds of all rows where it is counted of those that changed: a view may
put these elsewhere (what was edited last comes first), and a few recognised ones show it.
Judgement."""
_OFTEN_MOVED = 0.1
"""Share of the changed rows from which leaving one's place is usual in a sheet; judgement."""
_PRIOR_LEFT = 2.0
"""Rows that weigh for all of them remaining, before any was recognised."""
_MOSTLY_NEW = 1.4
"""Nats beyond chance that a pair needs once the clear ones are made: of the rows still free, about
one in four continues a note; the others came or went."""
_ELSEWHERE = 8
"""Counted beside the rows that are free: a new row, too, would rather stand in some other place."""
MOST_TOLD = 6.0
"""More than this (1 in 400) no place tells: rows are also swapped, and cells pasted over others."""
_LEAST_KEPT = 0.9
"""A sheet of which fewer rows keep both neighbours may have been sorted; the rows tell
(`sort_order`)."""
_LEFT_BEHIND = 30.0
"""Nats that a pair out of its place needs more, times the share of the known rows that went
beyond `_USUALLY_GO`. Where many went (a new file of a quarter, a sheet emptied), a row that is
alike is often a new one that was copied from one of those."""
_USUALLY_GO, _A_FEW = 0.3, 8
"""Share of the known rows, and number of rows, up to which some go in any week; judgement."""
_NEW_FILE = 0.5
"""Where more of the known rows went, a new file or tab was begun with some of them; judgement."""
_STANDING = (0.0, -2.5, -3.5)
"""Nats a pair costs where the known row is alive here, gone, or of another source: about 1 of 12
rows comes back and 1 of 33 moves; judgement."""
_PRIOR_WENT = 8.0
"""Rows that weigh for this before those that went at one time are counted; judgement."""
_OTHER_SIDE = -3.0
"""A copy, or the second part of a row split in two, stands below its row in 19 of 20 cases."""


class PositionEvidence:
    """The neighbours of each row among those matched so far, and the weight of agreement.

    `joint`: also among rows that went from one sheet to another together; `hidden`: so many of the
    free known rows are behind a filter, and did not go. After the clear pairs: `strange` as it was
    before, and the rows of today that were `recognised` though they had changed: how often those
    keep their place counts for the others that changed.
    """

    def __init__(
        self,
        assignment: Assignment,
        strange: float = 0.0,
        *,
        recognised: Collection[int] = (),
        joint: bool = False,
        hidden: int = 0,
    ) -> None:
        self.assignment, self.heirs = assignment, sheet_heirs(assignment)
        self._in_place = self._stayed_rows()
        self.moved = self._moved_alone()
        self.now_before, self.now_above, self.now_after, self.now_below = self._around_now()
        self.known_before, self.known_above, self.known_after, self.known_below = (
            self._around_known()
        )
        self.remains = bool(strange)
        self.least_moved = _LEFT_MOVED if strange else _LEAST_MOVED
        self.remaining = _remaining(len(recognised))
        self.usual = self._usual(enumerate(assignment.match), {})
        changed = ((now, assignment.match[now]) for now in recognised)
        self.usual |= self._usual(changed, self.usual)
        free = [at for at in assignment.free_known() if not assignment.known.standing[at]]
        new = assignment.free_now()
        self.free = len(free) + _ELSEWHERE
        self.strange = log(max(len(assignment.free_known()), len(new), 1))
        if strange:
            self.strange = min(strange, self.strange + _MOSTLY_NEW)
        self.follow = Counter((self.known_before[at], assignment.known.sheet[at]) for at in free)
        self.lead = Counter((self.known_after[at], assignment.known.sheet[at]) for at in free)
        self.gone = log((len(free) + 1) / (len(assignment.known) + 2))
        self.come = log((len(new) + 1) / (len(assignment.now) + 2))
        # before the clear pairs edited rows are free as well: only the fewer rows surely went
        surely_gone = len(free) - hidden if strange else len(free) - len(new) - hidden
        self.left_behind, self.most_went = _new_file(surely_gone, len(assignment.known))
        self.known_gaps, self.now_gaps = (
            Counter(map(self.gap, free)),
            Counter(map(self.gap_now, new)),
        )
        self.grows_up = _growing_up(self.now_gaps)
        self.sorted = SortedPlaces(
            assignment, self.heirs, before=self.now_before, after=self.now_after
        )
        self._went_together = self._by_time_gone()
        self.joint = joint_moves(assignment, self.heirs) if joint else {}

    def agreement(self, known: int, now: int) -> int:
        """Return how many of the two nearest decided neighbours are the same on both sides."""
        if not self._stayed(known, now):
            return 0
        return (self.known_before[known] == self.now_before[now]) + (
            self.known_after[known] == self.now_after[now]
        )

    def orderly(self, sheet: str) -> bool:
        """Return whether most rows of this sheet stand where they stood."""
        return self.usual.get(sheet, _PRIOR)[0] < 0.5

    def disorderly(self) -> list[str]:
        """Return the sheets of which few rows stand where they stood."""
        return [sheet for sheet, shares in self.usual.items() if shares[2] < _LEAST_KEPT]

    def weight(self, known: int, now: int) -> float:
        """Return the log-likelihood ratio of the place, with how likely a pair is before looking.

        Between the same neighbours the other explanation is that one row went and another came
        just there; elsewhere, that the two are any two rows that are free.
        """
        rows, today = self.assignment.known, self.assignment.now
        move = self.joint.get((rows.sheet[known], today.sheet[now]))
        alone = self._alone(known, now)
        if move is None:
            return alone
        return max(
            alone,
            move.weight(
                known, now, come=self.come, strange=self.strange, most=MOST_TOLD + self.remaining
            ),
        )

    def _alone(self, known: int, now: int) -> float:
        """Return what the place tells of a row that stayed where it was, or went by itself."""
        rows, today = self.assignment.known, self.assignment.now
        if rows.standing[known]:
            return self._returns(known) - self.strange
        agreement, sheet = self.agreement(known, now), today.names[today.sheet[now]]
        usual = log(self.usual.get(sheet, _PRIOR)[agreement])
        if agreement == 2:
            return usual + self.remaining + self._between(known, now)
        if self._has_other_sort_key(known, now):
            if agreement == 0 and self._stayed(known, now):
                return self._sorted_away(known, now, usual)
            usual = 0.0  # sorting took the row where its new value belongs
        elif sheet in self.assignment.by_day and rows.day[known] != today.day[now]:
            usual = 0.0  # in a sheet kept by day a row goes where its day belongs
        if agreement == 0:
            left = self._left(known, sheet) if usual else 0.0
            return usual - self.strange - left - self.left_behind
        here = (
            self.follow[self.known_before[known], rows.sheet[known]]
            + self.lead[self.known_after[known], rows.sheet[known]]
        )
        return usual - log(max(1.0, min(self.free, here) / self.free * exp(self.strange)))

    def _returns(self, known: int) -> float:
        """Return what a pair costs whose known row is gone, or of another source, in nats.

        Who went at one time comes back together: where most of them are back, a filter was taken
        off; where none of many is, they were deleted or are still hidden.
        """
        rows = self.assignment.known
        standing = rows.standing[known]
        if standing != 1:
            return _STANDING[standing]
        went, back = self._went_together[rows.sheet[known]]
        expected = _PRIOR_WENT * exp(_STANDING[1])
        return log((back + expected) / (went + _PRIOR_WENT))

    def _sorted_away(self, known: int, now: int, usual: float) -> float:
        """Return what the place tells of a row that got another value and was sorted there.

        Where it may stand, that many were left behind asks for no more: it is in its place
        (ADR 0258).
        """
        share = self.sorted.share(known, now)
        if not share:
            return usual - self.strange - self.left_behind
        return -log(max(1.0, share * exp(self.strange)))

    def _left(self, known: int, sheet: str) -> float:
        """Return the logarithm of the share that remains of the rows, to be counted among those
        alone.

        0 while its old place has a free row, which it may be, and before the clear pairs are made.
        Where the neighbours closed up it cannot have stayed: it was moved, or it went.
        """
        if not self.remains or self.now_gaps[self.gap(known)]:
            return 0.0
        none, one, both = self.usual.get(sheet, _PRIOR)
        return log(none + one + both * exp(self.remaining))

    def _between(self, known: int, now: int) -> float:
        """Return what it tells to stand between the same neighbours, at that distance from them."""
        above = self.known_above[known] == self.now_above[now]
        below = self.known_below[known] == self.now_below[now]
        if above and below:
            return min(MOST_TOLD, -self.gone - self.come)
        gap = self.gap_now(now)
        first = below if gap in self.grows_up else above
        if first:
            return min(MOST_TOLD, -self.gone)
        more = max(1, self.now_gaps[gap] - self.known_gaps[gap])
        return min(MOST_TOLD, -self.gone) - log(more) + _OTHER_SIDE

    def _by_time_gone(self) -> dict[int, tuple[int, int]]:
        """Return how many rows went at one time and how many of them are back, by their sheet."""
        rows, taken = self.assignment.known, self.assignment.taken
        gone = list(compress(range(len(rows)), (standing == 1 for standing in rows.standing)))
        went = Counter(rows.sheet[at] for at in gone)
        back = Counter(rows.sheet[at] for at in gone if taken[at] != NO_ROW)
        return {sheet: (times, back[sheet]) for sheet, times in went.items()}

    def gap(self, known: int) -> tuple[int, int, int]:
        """Return between which neighbours a known row stands, in which sheet of today."""
        return (
            self.known_before[known],
            self.known_after[known],
            self.heirs[self.assignment.known.sheet[known]],
        )

    def gap_now(self, now: int) -> tuple[int, int, int]:
        """Return between which neighbours a row of today stands."""
        return self.now_before[now], self.now_after[now], self.assignment.now.sheet[now]

    def _around_now(self) -> "Around":
        match = self.assignment.match
        kept = array("i", match)
        for now, stayed in enumerate(self._in_place):
            if not stayed or now in self.moved:
                kept[now] = NO_ROW
        return _nearest(range(len(kept)), self.assignment.now.sheet, kept, decided=match)

    def _around_known(self) -> "Around":
        taken = self.assignment.taken
        kept = array("i", [NO_ROW]) * len(taken)
        for known, now in enumerate(taken):
            if now != NO_ROW and self._in_place[now] and now not in self.moved:
                kept[known] = known
        order = self.assignment.known_order
        return _nearest(order, self.assignment.known.sheet, kept, decided=taken)

    def _moved_alone(self) -> frozenset[int]:
        """Return the rows of today that were moved by themselves within their sheet."""
        order = self.assignment.known_order
        rank = order if isinstance(order, range) else _ranks(order)
        stayed: dict[int, list[int]] = defaultdict(list)
        for now, sheet in compress(enumerate(self.assignment.now.sheet), self._in_place):
            stayed[sheet].append(now)
        match = self.assignment.match
        return frozenset(
            rows[at]
            for rows in stayed.values()
            for at in moved_alone([rank[match[now]] for now in rows])
        )

    def _stayed_rows(self) -> bytearray:
        """Return of each row of today whether it goes on a row of its sheet that was alive."""
        old, new = self.assignment.known, self.assignment.now
        heirs, sheets, standing = self.heirs, old.sheet, old.standing
        return bytearray(
            known != NO_ROW and not standing[known] and heirs[sheets[known]] == sheet
            for known, sheet in zip(self.assignment.match, new.sheet, strict=True)
        )

    def _stayed(self, known: int, now: int) -> bool:
        old, new = self.assignment.known, self.assignment.now
        return not old.standing[known] and self.heirs[old.sheet[known]] == new.sheet[now]

    def sorted_there(self, known: int, now: int) -> bool:
        """Return whether a row got another value and stands where sorting by it may put the row."""
        away = self._stayed(known, now) and not self.agreement(known, now)
        return away and self._has_other_sort_key(known, now) and self.sorted.share(known, now) > 0

    def _has_other_sort_key(self, known: int, now: int) -> bool:
        rows = self.assignment.now
        labels = self.assignment.sorted_by.get(rows.names[rows.sheet[now]], ())
        return not same_sort_key(self.assignment, known, now, labels=labels)

    def often_moved(self, now: int) -> bool:
        """Return whether rows that changed often left their place in the sheet of this row."""
        rows = self.assignment.now
        return self.usual.get(rows.names[rows.sheet[now]], _PRIOR)[0] >= _OFTEN_MOVED

    def _usual(
        self, pairs: Iterable[tuple[int, int]], before: Mapping[str, tuple[float, ...]]
    ) -> dict[str, tuple[float, ...]]:
        """Return, by sheet, the shares of matched rows that agree with 0, 1 or 2 neighbours.

        `pairs` are (now, known); `before` what was counted of all rows, where these are some. A row
        that sorting took elsewhere has no place to keep and is not counted among some.
        """
        known, now = self.assignment.known, self.assignment.now
        weight = _PRIOR_CHANGED if before else _PRIOR_WEIGHT
        counts: dict[int, list[float]] = {}
        for at, old in pairs:
            if old == NO_ROW or known.standing[old]:
                continue
            sheet = now.sheet[at]
            counted = counts.get(sheet)
            if counted is None:
                prior = before.get(now.names[sheet], _PRIOR)
                counted = counts[sheet] = [share * weight for share in prior]
            if before and self.sorted_elsewhere(old, at):
                continue
            if self.heirs[known.sheet[old]] == sheet:
                counted[
                    (self.known_before[old] == self.now_before[at])
                    + (self.known_after[old] == self.now_after[at])
                ] += 1
            else:
                counted[0] += 1
        return {
            now.names[sheet]: (
                max(counted[0] / sum(counted), self.least_moved),
                max(counted[1] / sum(counted), self.least_moved),
                counted[2] / sum(counted),
            )
            for sheet, counted in counts.items()
        }

    def sorted_elsewhere(self, known: int, now: int) -> bool:
        """Return whether a row changed in a cell by which its sheet of today is kept in order."""
        if self._has_other_sort_key(known, now):
            return True
        rows = self.assignment.now
        sheet = rows.names[rows.sheet[now]]
        return sheet in self.assignment.by_day and self.assignment.known.day[known] != rows.day[now]


def _remaining(recognised: int) -> float:
    """Return the logarithm of the share that remains of the rows that changed in their place."""
    return log((_LEFT_IN_PLACE * recognised + _PRIOR_LEFT) / (recognised + _PRIOR_LEFT))


def _new_file(gone: int, known: int) -> tuple[float, bool]:
    """Return what a pair out of its place needs more where so many rows went, in nats, and whether
    so many went that a new file was begun.
    """
    went = (gone - _A_FEW) / max(1, known)
    return _LEFT_BEHIND * max(0.0, went - _USUALLY_GO), went > _NEW_FILE


def _ranks(order: Sequence[int]) -> Sequence[int]:
    """Return at which place of an order each row stands."""
    ranks = array("i", bytes(4 * len(order)))
    for at, row in enumerate(order):
        ranks[row] = at
    return ranks


def sheet_heirs(assignment: Assignment) -> list[int]:
    """Return the number of the sheet of today that each known one became, `NO_ROW` for none.

    The one of its name, or (renamed) the one to which most of its rows went.
    """
    known, now = assignment.known, assignment.now
    present = {now.names[sheet] for sheet in set(now.sheet)}
    heirs = {
        known.names[sheet]: known.names[sheet]
        for sheet in set(known.sheet)
        if known.names[sheet] in present
    }
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new in assignment.pairs():
        sheet = known.names[known.sheet[old]]
        if not known.standing[old] and sheet not in heirs:
            moves[sheet][now.names[now.sheet[new]]] += 1
    for sheet, targets in moves.items():
        heirs.setdefault(sheet, min(targets, key=lambda target: (-targets[target], target)))
    numbers = {name: number for number, name in enumerate(now.names)}
    return [numbers.get(heirs.get(name, ""), NO_ROW) for name in known.names]


def _growing_up(gaps: Counter[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
    """Return the gaps at the top of sheets that grow upwards."""
    top = {gap: count for gap, count in gaps.items() if gap[0] == _START and gap[1] != _END}
    bottom = {gap[2]: count for gap, count in gaps.items() if gap[1] == _END}
    return {gap for gap, count in top.items() if count > bottom.get(gap[2], 0)}


Around = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]


def _nearest(
    order: Sequence[int], sheets: Sequence[int], kept: Sequence[int], *, decided: Sequence[int]
) -> Around:
    """Return for each row the nearest kept rows before and after it, with the distances.

    A distance counts the rows between that nobody continues yet: others have come or gone.
    """
    before, above = _swept(order, sheets, kept, decided=decided, edge=_START)
    after, below = _swept(order[::-1], sheets, kept, decided=decided, edge=_END)
    return before, above, after, below


def _swept(
    order: Sequence[int],
    sheets: Sequence[int],
    kept: Sequence[int],
    *,
    decided: Sequence[int],
    edge: int,
) -> tuple[Sequence[int], Sequence[int]]:
    found, far = array("i", [edge]) * len(sheets), array("i", [0]) * len(sheets)
    sheet, last, steps = NO_ROW, edge, 0
    for at in order:
        if sheets[at] != sheet:
            sheet, last, steps = sheets[at], edge, 0
        found[at], far[at] = last, steps
        if kept[at] != NO_ROW:
            last, steps = kept[at], 0
        elif decided[at] == NO_ROW:
            steps += 1
    return found, far
