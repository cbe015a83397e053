"""The matching decided so far: which row of today continues which known row."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notes.model.notes import LinkHow
from sync.matching.rows.compared_rows import ComparedRows

NO_ROW = -1
"""A row without a partner, in an array of places; no place is negative."""
Pair = tuple[int, int]
"""A known row and one of today, by place."""


@dataclass(frozen=True, slots=True)
class RowMatch:
    """One decision; `rivals` are places among the known rows, best first."""

    known: int
    how: LinkHow
    score: float = 1.0
    sure: bool = True
    rivals: tuple[int, ...] = ()


class Assignment:
    """Who belongs to whom, by place in `known` and `now`; nobody is taken twice.

    `match` is the known row of each row of today, `taken` the row of today of each known one;
    NOBODY without one. `known_order` are the places of the known rows as they would stand today
    (see `sort_order`), `sorted_by` the columns by which a sheet was sorted, `by_day` the sheets
    of today that are kept in the order of their days; `by_id` is 1 for the rows of today that
    were matched by their id.
    """

    def __init__(self, known: ComparedRows, now: ComparedRows) -> None:
        self.known, self.now = known, now
        self.match = array("i", [NO_ROW]) * len(now)
        self.taken = array("i", [NO_ROW]) * len(known)
        self.known_order: Sequence[int] = range(len(known))
        self.sorted_by: dict[str, tuple[str, ...]] = {}
        self.by_day: frozenset[str] = frozenset()
        self._special: dict[int, RowMatch] = {}
        self.by_id = bytearray(len(now))

    def copy(self) -> "Assignment":
        """Return a state of its own over the same rows, to try something out."""
        other = Assignment(self.known, self.now)
        other.known_order, other.sorted_by = self.known_order, self.sorted_by
        other.match, other.taken = array("i", self.match), array("i", self.taken)
        return other

    def assign(self, now: int, match: RowMatch) -> None:
        """Match a row of today with a known row; both must be free."""
        self.assign_equal(now, match.known)
        self._special[now] = match

    def assign_equal(self, now: int, known: int) -> None:
        """Match a row of today with a known row of equal content; both must be free."""
        if self.match[now] != NO_ROW or self.taken[known] != NO_ROW:
            raise ValueError("a row is given away once")
        self.match[now], self.taken[known] = known, now

    def assign_same_id(self, now: int, known: int) -> None:
        """Match a row of today with the known row of the same id; both must be free."""
        self.assign_equal(now, known)
        self.by_id[now] = 1

    def plain_matches(self) -> Sequence[int]:
        """Return the known row that each row of today goes on by its content or id, by place.

        `NO_ROW` where there is none, or where it was decided otherwise.
        """
        plain = array("i", self.match)
        for now in self._special:
            plain[now] = NO_ROW
        return plain

    def decision(self, now: int) -> RowMatch | None:
        """Return how a row of today was decided, None where it is free."""
        if now in self._special:
            return self._special[now]
        known = self.match[now]
        return None if known == NO_ROW else RowMatch(known, "key" if self.by_id[now] else "exact")

    def is_settled(self) -> bool:
        """Return whether nothing is left to decide: one side has no free row, so the other's
        are new or gone.
        """
        return NO_ROW not in self.match or NO_ROW not in self.taken

    def free_known(self) -> list[int]:
        """Return the known rows that nobody continues yet, in order."""
        return [at for at, taken in enumerate(self.taken) if taken == NO_ROW]

    def free_now(self) -> list[int]:
        """Return the rows of today without a note yet, in order."""
        return [at for at, match in enumerate(self.match) if match == NO_ROW]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Return an iterator over (known, now) of what is decided, in the order of today."""
        return ((known, now) for now, known in enumerate(self.match) if known != NO_ROW)
