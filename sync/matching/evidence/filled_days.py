"""Evidence of a day that a row has today and had not before.

A new row bears a day since the last reading, mostly; a row that was begun before may bear an older
one. How a team does it is learned from the rows recognised so far. A row that had gone and bears
such a day is mostly a new one that says again what that one said.
"""

from collections.abc import Iterable
from math import log

from sync.matching.assignment import NO_ROW, Assignment

_NEWEST = 0.99
"""The day up to which so many of the known rows lie is about that of the last reading: a few are
planned ahead, or have a wrong year."""
_BACK_ANEW = log(0.003)
"""A row that comes back has the day it had, or one that was corrected. With a day since the last
reading it tells of another time: a new note, though it says what the old one said. Judgement."""
_PRIOR = 1.0
"""Rows assumed of each kind before any is seen."""


class FilledDays:
    """Days later than (nearly) all that were known, and days that are not."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        known = assignment.known
        days = sorted(
            day
            for day, standing in zip(known.day, known.standing, strict=True)
            if day and not standing
        )
        self.newest = days[int(len(days) * _NEWEST)] if days else 0
        self.told = (0.0, 0.0)

    def learn(self, looked_at: Iterable[int]) -> None:
        """Take the rows of today that were looked at: who went on without a day before, who
        is free.
        """
        same, free = [_PRIOR, _PRIOR], [_PRIOR, _PRIOR]
        for now in looked_at:
            known, day = self.assignment.match[now], self.assignment.now.day[now]
            if day and known == NO_ROW:
                free[day > self.newest] += 1
            elif day and not self.assignment.known.day[known]:
                same[day > self.newest] += 1
        early, late = (log(same[at] / sum(same) / (free[at] / sum(free))) for at in (0, 1))
        self.told = early, late

    def weight(self, known: int, now: int) -> float:
        """Return the log-likelihood ratio of a day filled in, in nats; 0 where none was.

        Also of a later day in a row that had gone.
        """
        rows, day = self.assignment.known, self.assignment.now.day[now]
        if not day or not self.newest:
            return 0.0
        if rows.day[known]:
            anew = rows.standing[known] == 1 and rows.day[known] <= self.newest < day
            return _BACK_ANEW if anew else 0.0
        return self.told[day > self.newest]
