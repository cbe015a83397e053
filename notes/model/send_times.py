"""Times at which a mail goes out again and again: of the week, of the month.

One grammar for the configuration and every option: `Mon 08:00`, `Monday 8:00`, `월 08:00`,
`월요일 8:00`; `1 08:00` for a day of the month.
"""

import re
from dataclasses import dataclass
from typing import Self

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KOREAN = "월화수목금토일"
_TIME = re.compile(r"(?P<day>\S+)\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})", re.ASCII)
_LAST_DAY = 28
"""The last day that every month has."""


@dataclass(frozen=True, slots=True, order=True)
class SendAt:
    """A weekday (Monday is 0) and a time of day, in somebody's time zone.

    >>> SendAt.parse("Mon 08:00")
    SendAt(weekday=0, hour=8, minute=0)
    """

    weekday: int
    hour: int
    minute: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a weekday, in English (three letters or whole) or Korean, and a time of day.

        Raises:
            ValueError: not such a time; the message says what one looks like.
        """
        day, hour, minute = _parts(text)
        weekday = _weekday(day)
        if weekday is None or hour > 23 or minute > 59:
            raise ValueError("not a time of the week; write it like Mon 08:00")
        return cls(weekday, hour, minute)

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.hour:02d}:{self.minute:02d}"


@dataclass(frozen=True, slots=True, order=True)
class MonthAt:
    """A day of the month (1 to 28, so that every month has it) and a time of day.

    >>> MonthAt.parse("1 08:00")
    MonthAt(day=1, hour=8, minute=0)
    """

    day: int
    hour: int
    minute: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a day of the month and a time of day.

        Raises:
            ValueError: not such a time; the message says what one looks like.
        """
        day, hour, minute = _parts(text)
        number = int(day) if day.isascii() and day.isdigit() and len(day) <= 2 else 0
        if not 1 <= number <= _LAST_DAY or hour > 23 or minute > 59:
            raise ValueError("not a day (1 to 28) and time of the month; write it like 1 08:00")
        return cls(number, hour, minute)

    def __str__(self) -> str:
        return f"{self.day} {self.hour:02d}:{self.minute:02d}"


def _parts(text: str) -> tuple[str, int, int]:
    """Return (day as written, hour, minute); an hour of 99 where the text has another form."""
    found = _TIME.fullmatch(text.strip())
    return (found["day"], int(found["hour"]), int(found["minute"])) if found else ("", 99, 0)


def _weekday(day: str) -> int | None:
    """Return the number of a weekday, Monday is 0; None for another word.

    >>> _weekday("Tue"), _weekday("tuesday"), _weekday("화"), _weekday("화요일"), _weekday("Tues.")
    (1, 1, 1, 1, None)
    """
    korean = day.removesuffix("요일")
    if len(korean) == 1 and korean in _KOREAN:
        return _KOREAN.index(korean)
    low = day.lower()
    return next((n for n, name in enumerate(_NAMES) if low in {name, name[:3]}), None)
