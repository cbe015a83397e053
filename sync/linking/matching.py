"""The state of the work: which row of today has been given which row of yesterday."""

from collections.abc import Sequence
from dataclasses import dataclass

from loopnote.notes import LinkHow

from .rows import Row


@dataclass(frozen=True, slots=True)
class Match:
    """One decision; `rivals` are positions among the known rows, best first."""

    known: int
    how: LinkHow
    score: float = 1.0
    sure: bool = True
    rivals: tuple[int, ...] = ()


class Matching:
    """Who belongs to whom, by position in `known` and `now`; nobody is taken twice."""

    def __init__(self, known: Sequence[Row], now: Sequence[Row]) -> None:
        self.known, self.now = known, now
        self.match: list[Match | None] = [None] * len(now)
        self.taken: list[int | None] = [None] * len(known)

    def copy(self) -> "Matching":
        """Return a state of its own over the same rows, to try something out."""
        other = Matching(self.known, self.now)
        other.match, other.taken = list(self.match), list(self.taken)
        return other

    def join(self, now: int, match: Match) -> None:
        """Give a row of today its row of yesterday; both must be free."""
        if self.match[now] is not None or self.taken[match.known] is not None:
            raise ValueError("a row is given away once")
        self.match[now], self.taken[match.known] = match, now

    def free_known(self) -> list[int]:
        """Return the known rows that nobody continues yet, in order."""
        return [at for at, taken in enumerate(self.taken) if taken is None]

    def free_now(self) -> list[int]:
        """Return the rows of today without a note yet, in order."""
        return [at for at, match in enumerate(self.match) if match is None]

    def pairs(self) -> list[tuple[int, int]]:
        """Return (known, now) of what is decided, in the order of today."""
        return [(match.known, now) for now, match in enumerate(self.match) if match is not None]
