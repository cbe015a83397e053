"""Tells "Jan-26" the month from "Jan-26" the day, by the header or by the whole column.

A column of months writes the same year behind different months ("Jan-26", "Feb-26", "Mar-26"); a day
that is the same in each month, all along a column, is no log of days.
"""

import re
from collections.abc import Sequence

from sync.parsing.vocabulary.header_phrases import plain_header
from sync.workbook import Value

_MONTH_YEAR = re.compile(r"\s*([A-Za-z]{3,9})\.?\s?[-–/ ’']\s?(\d\d)\s*")
_FIRST_YEAR = 20
"""Two digits from which a number behind a month may be a year of this century's logs."""
_LEAST = 3
"""Different months from which the number behind them all is the year; judgement: two may be days."""
_HEADERS = frozenset({"month", "months", "month of", "월", "해당 월", "기준 월", "mes", "mês"})


def with_whole_years(values: Sequence[Value], header: str) -> Sequence[Value]:
    """Return the cells of a column with their years in four digits, where they are months.

    >>> with_whole_years(["Jan-26", "Feb-26"], "Month"), with_whole_years(["Jan-26", "Feb-2"], "Date")
    (['Jan 2026', 'Feb 2026'], ['Jan-26', 'Feb-2'])
    """
    found = [_MONTH_YEAR.fullmatch(value) if isinstance(value, str) else None for value in values]
    held = sum(1 for value in values if value is not None)
    written = [one for one in found if one and int(one[2]) >= _FIRST_YEAR]
    if not written or len(written) < held:
        return values
    months = {one[1].lower() for one in written}
    same = len({one[2] for one in written}) == 1
    if plain_header(header) not in _HEADERS and not (same and len(months) >= _LEAST):
        return values
    return [f"{one[1]} 20{one[2]}" if one else None for one in found]
