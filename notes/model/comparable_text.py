"""Normalised cell texts for comparison: format changes (case, blanks, date style) vanish.

What only changes the look of a cell changes nothing here.
"""

import re
from datetime import date

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: at for at, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = "|".join(_MONTHS)
_DATE_LIKE = re.compile(
    rf"(?:[\d\s./\-–~,'’():년월일화수목금토]|요일|(?:{_MONTH})[a-z]*|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)+"
)
_DIGIT = re.compile(r"\d")
_NUMBER_OR_MONTH = re.compile(rf"\d+|{_MONTH}")
_GROUPED_NUMBER = re.compile(r"[^\d]{0,2}\d{1,3}(?:,\d{3})+(?:\.\d+)?[^\d]{0,2}")
_SERIAL_EPOCH = date(1899, 12, 30)
"""Day 0 of the serial numbers of Sheets and Excel (Sheets API, DateTimeRenderOption)."""
_LONGEST_DATE = 48
"""Characters; judgement: above the longest spelled date range ("Wednesday, September 30, 2026 –
…")."""


def comparable_text(text: str, start: date | None = None, end: date | None = None) -> str:
    """Return a cell in its form for comparison: no case, no extra blanks; a date as "@month.day".

    `start` and `end` are the days that the reader found in this row; a cell that spells one of them
    is that day however it is written, so that a column of reformatted dates has not changed.

    >>> comparable_text("2026-03-05"), comparable_text("3월 5일(목)"), comparable_text(
    ...     "Mar 5, 2026")
    ('@3.5', '@3.5', '@3.5')
    >>> comparable_text("5/3/2026", date(2026, 3, 5))
    '@3.5'
    """
    folded = " ".join(text.casefold().split())
    if len(folded) <= _LONGEST_DATE and _DIGIT.search(folded):
        if "," in folded and _GROUPED_NUMBER.fullmatch(folded):
            return folded.replace(",", "")
        if _DATE_LIKE.fullmatch(folded):
            return _day(folded, start, end)
    return folded.rstrip(".!。 ") or folded


def _day(text: str, start: date | None, end: date | None) -> str:
    if text.isdigit():
        spelled = next(
            (day for day in (start, end) if day and (day - _SERIAL_EPOCH).days == int(text)), None
        )
        return f"@{spelled.month}.{spelled.day}" if spelled else text
    numbers, month = _numbers(text)
    days = [day for day in (start, end) if day and _spells(day, numbers, month)]
    if days:
        return "@" + "~".join(f"{day.month}.{day.day}" for day in dict.fromkeys(days))
    if month and numbers:
        return f"@{month}.{numbers[0]}" + "".join(f"~{number}" for number in numbers[1:])
    if len(numbers) < 2 or not (
        min(numbers[:2]) in range(1, 13) and max(numbers[:2]) in range(1, 32)
    ):
        return text
    first, second = numbers[:2]
    if first > 12:
        first, second = second, first
    return f"@{first}.{second}" + "".join(f"~{number}" for number in numbers[2:])


def _numbers(text: str) -> tuple[list[int], int]:
    """Return the numbers of a date without its year, and a month spelled in letters as a number."""
    month, numbers = 0, []
    for found in _NUMBER_OR_MONTH.findall(text):
        if found in _MONTHS:
            month = month or _MONTHS[found]
        else:
            numbers.append(int(found))
    year = next((at for at, number in enumerate(numbers[:3]) if 1900 <= number <= 2100), None)
    if year is not None:
        del numbers[year]
    elif len(numbers) >= 3 and not month:
        del numbers[0]
    return numbers, month


def _spells(day: date, numbers: list[int], month: int) -> bool:
    return day.day in numbers and (day.month == month or (not month and day.month in numbers))


def is_reformatted(before: str, after: str, start: date | None, *, end: date | None) -> bool:
    """Return whether two texts of a cell differ in format only: blanks, digit groups, date style.

    A day counts only where it is one of the row's own, `start` or `end`: of another only month and
    day could be compared.

    >>> is_reformatted("2026-03-05", "3월 5일", date(2026, 3, 5), end=None)
    True
    >>> is_reformatted("1200", "1,200", None, end=None)
    True
    >>> is_reformatted("yes", "Yes", None, end=None)
    False
    """
    one, other = " ".join(before.split()), " ".join(after.split())
    if one == other:
        return True
    if not (_DIGIT.search(one) and _DIGIT.search(other)):
        return False
    form = comparable_text(one, start, end)
    if form != comparable_text(other, start, end):
        return False
    own = {comparable_text(day.isoformat(), day) for day in (start, end) if day}
    return form in own or (form[0] != "@" and one.replace(",", "") == other.replace(",", ""))
