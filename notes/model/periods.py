"""ISO weeks and calendar months as values.

A week is an ISO 8601 week, Monday to Sunday; a day belongs to a week in the team's own time zone,
so whoever holds an instant converts it first: `Week.containing(instant.astimezone(zone).date())`.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
"""A week as ISO 8601 writes it, a month as a number."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week; ordered by time.

    >>> Week.containing(date(2027, 1, 3))
    Week(year=2026, number=53)
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        try:
            date.fromisocalendar(self.year, self.number, 1)
        except ValueError as error:
            raise ValueError(f"there is no week {self.year}-W{self.number:02d}") from error

    @classmethod
    def containing(cls, day: date) -> Self:
        """Return the ISO week that holds the day."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-W47`.

        Raises:
            ValueError: the text is not such a week, or the year has no such week.
        """
        found = _WEEK.fullmatch(text.strip())
        if not found:
            raise ValueError(f"{text!r} is not a week such as 2026-W47")
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        """The Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The Sunday."""
        return date.fromisocalendar(self.year, self.number, 7)

    def back(self, weeks: int = 1) -> "Week":
        """Return the week so many weeks earlier (later, when negative)."""
        return Week.containing(self.first - timedelta(weeks=weeks))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; ordered by time."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError(f"there is no month {self.number}")

    @classmethod
    def containing(cls, day: date) -> Self:
        """Return the month that holds the day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-11`.

        Raises:
            ValueError: the text is not such a month.
        """
        found = _MONTH.fullmatch(text.strip())
        if not found:
            raise ValueError(f"{text!r} is not a month such as 2026-11")
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return self.back(-1).first - timedelta(days=1)

    def back(self, months: int = 1) -> "Month":
        """Return the month so many months earlier (later, when negative)."""
        index = self.year * 12 + self.number - 1 - months
        return Month(index // 12, index % 12 + 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"


Period = Week | Month
"""What a report is about: always a complete one."""


def parse_period(text: str) -> Period:
    """Read `2026-W47` or `2026-11`.

    Raises:
        ValueError: the text is neither.
    """
    return Week.parse(text) if "w" in text.lower() else Month.parse(text)
