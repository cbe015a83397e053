"""The state of the work: which row of today has been given which row of yesterday."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from loopnote.notes import LinkHow

from .rows import Rows

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Match:
    """One decision; `rivals` are places among the known rows, best first."""

    known: int
    how: LinkHow
    score: float = 1.0
    sure: bool = True
    rivals: tuple[int, ...] = ()


class Matching:
    """Who belongs to whom, by place in `known` and `now`; nobody is taken twice.

    `match` is the known row of each row of today, `taken` the row of today of each known one; NOBODY without one.
    """

    def __init__(self, known: Rows, now: Rows) -> None:
        self.known, self.now = known, now
        self.match = array("i", [NOBODY]) * len(now)
        self.taken = array("i", [NOBODY]) * len(known)
        self._special: dict[int, Match] = {}

    def copy(self) -> "Matching":
        """Return a state of its own over the same rows, to try something out."""
        other = Matching(self.known, self.now)
        other.match, other.taken = array("i", self.match), array("i", self.taken)
        return other

    def join(self, now: int, match: Match) -> None:
        """Give a row of today its row of yesterday; both must be free."""
        self.join_equal(now, match.known)
        self._special[now] = match

    def join_equal(self, now: int, known: int) -> None:
        """Give a row of today the row of yesterday that says the same; both must be free."""
        if self.match[now] != NOBODY or self.taken[known] != NOBODY:
            raise ValueError("a row is given away once")
        self.match[now], self.taken[known] = known, now

    def decision(self, now: int) -> Match | None:
        """Return how a row of today was decided, None where it is free."""
        if self.match[now] == NOBODY:
            return None
        return self._special.get(now) or Match(self.match[now], "exact")

    def free_known(self) -> list[int]:
        """Return the known rows that nobody continues yet, in order."""
        return [at for at, taken in enumerate(self.taken) if taken == NOBODY]

    def free_now(self) -> list[int]:
        """Return the rows of today without a note yet, in order."""
        return [at for at, match in enumerate(self.match) if match == NOBODY]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Give (known, now) of what is decided, in the order of today."""
        return ((known, now) for now, known in enumerate(self.match) if known != NOBODY)
