"""Tells "Jan-26" the month from "Jan-26" the day, by the header or by the whole column.

A column of months writes the same year behind different months ("Jan-26", "Feb-26", "Mar-26"); a
day that is the same in each month, all along a column, is no log of days.
"""

from collections.abc import Iterable, Sequence

from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import plain_header

_MONTH_YEAR = kept_pattern(r"\s*([A-Za-z]{3,9})\.?\s?[-–/ ’']\s?(\d\d)\s*")
_FIRST_YEAR = 20
"""Two digits from which a number behind a month may be a year of this century's logs."""
_LEAST = 3
"""Different months from which the number behind them all is the year; judgement: two may be days.
"""
_HEADERS = frozenset({"month", "months", "month of", "월", "해당 월", "기준 월", "mes", "mês"})
"""Headers of a column of months."""


def are_months(values: Iterable[Value], header: str) -> bool:
    """Return whether the cells of a whole column are months with a year of two digits.

    >>> are_months(["Jan-26", "Feb-26"], "Month"), are_months(["Jan-26", "Feb-2"], "Date")
    (True, False)
    """
    months, years = set(), set()
    for value in values:
        if value is None:
            continue
        found = _MONTH_YEAR.fullmatch(value) if isinstance(value, str) else None
        if found is None or int(found[2]) < _FIRST_YEAR:
            return False
        months.add(found[1].lower())
        years.add(found[2])
    if plain_header(header) in _HEADERS:
        return bool(months)
    return len(years) == 1 and len(months) >= _LEAST


def as_day_of_month(value: Value, header: str) -> Value:
    """Return a bare number under "Day" as a day of the month, any other cell as it is.

    >>> as_day_of_month(8, "Day"), as_day_of_month("22", "날짜"), as_day_of_month(8, "Score")
    ('8일', '22일', 8)
    """
    number = str(value).strip().removesuffix(".0") if isinstance(value, int | float | str) else ""
    bare = number.isdecimal() and len(number) <= _TWO_DIGITS and value is not True
    known = bare and plain_header(header) in load_words("headers")["days_of_month"]
    return f"{int(number)}일" if known else value


_TWO_DIGITS = 2
"""Digits of a day of a month, or of a month."""


def with_whole_years(values: Sequence[Value]) -> list[Value]:
    """Return cells of a column of months with their years in four digits.

    >>> with_whole_years(["Jan-26", None])
    ['Jan 2026', None]
    """
    found = [_MONTH_YEAR.fullmatch(value) if isinstance(value, str) else None for value in values]
    return [f"{one[1]} 20{one[2]}" if one else None for one in found]
