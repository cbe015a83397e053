"""Infers the years of dates without one from the order of the log (reading rules 7.2, 7.7b).

cells ─► days whose year is written, days without one ─► order (upwards, downwards, none) ─► a year
for each
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

_YEAR = 365
"""Days of a year; leap days do not matter at this distance."""
_HALF = 182
"""Days: the nearest of two years is the one within half a year."""
_SLACK = 150
"""How far a row may stand back in a log that is in order; farther back it is of the next year.

Nearer to half a year than a misplaced row ever is, and far enough for a log that pauses over the
summer.
"""
_CLEARLY = 2
"""One direction is the log's order where it has more than twice the steps of the other."""
_AHEAD = timedelta(days=31)
"""No day of a log is later than a month after it was read (reading rules 7.7b)."""


@dataclass(frozen=True, slots=True)
class RowDate:
    """A day as a row writes it: `year` is None where it names none.

    `near` is a day that a label line above it states, `stated` only a year; each outranks the
    column's order.
    """

    record: int
    month: int
    day: int
    year: int | None = None
    near: date | None = None
    stated: int | None = None


def years_for(
    days: Sequence[RowDate], base: int | None, today: date | None
) -> Mapping[int, int | None]:
    """Return the year of every record that writes none, as far as anything tells it.

    None where it is in doubt.

    `base` is the year that the surroundings name: that of the log's beginning. `today` is the day
    of reading.
    """
    if all(one.year is not None for one in days):
        return {}
    order, begins = _order(days), -1
    fixed = {place: day for place, one in enumerate(days) if (day := _fixed(one)) is not None}
    if not fixed:
        if base is None:
            return {}
        first = _first_place(days, order)
        fixed = {first: day_in(base, days[first])}
        begins = first
    known = _spread(days, fixed, order) if order else _around(days, fixed, begins)
    sure = any(
        one.year is not None or one.near is not None or one.stated is not None for one in days
    )
    years = {
        place: day.year for place, day in (known if sure else _moved_back(known, today)).items()
    }
    limit = today + _AHEAD if today else date.max
    return {
        one.record: _not_ahead(one, years[place], limit)
        for place, one in enumerate(days)
        if place in years and _open(one)
    }


def years_by_weekday(
    days: Sequence[RowDate], is_wrong: Callable[[RowDate, int], bool], today: date
) -> Mapping[int, int | None]:
    """Return the years of a log that writes none, where the weekdays beside its days prove them.

    "9/7(월)" was in one of two years that follow each other, or in neither (ADR 0197). `is_wrong`
    tells whether a row's weekday does not fit a year. {} where fewer than two days tell, or where
    some weekdays contradict what the order of the log makes of the others.
    """
    proved = [_by_weekday(one, is_wrong, today) for one in days]
    told = {(one.month, one.day) for one, year in zip(days, proved, strict=True) if year}
    if len(told) < _FEWEST_TOLD:
        return {}
    fixed = [replace(one, stated=year or None) for one, year in zip(days, proved, strict=True)]
    years = years_for(fixed, None, today)
    wrong = [one for one in days if (year := years.get(one.record)) and is_wrong(one, year)]
    return {} if len(wrong) * _SLIPS > len(told) else years


_FEWEST_TOLD = 2
"""Days whose weekdays prove a year: judgement, a single one may be a slip of the keys."""
_SLIPS = 10
"""Of so many days one may have a wrong weekday: a slip of the keys, and no other year."""


def _by_weekday(one: RowDate, is_wrong: Callable[[RowDate, int], bool], today: date) -> int | None:
    """Return the year that a row's weekday fits, 0 where it fits none, None without a weekday."""
    past = [
        year
        for year in range(today.year + 1, today.year - 3, -1)
        if day_in(year, one) <= today + _AHEAD
    ][:2]
    fitting = [year for year in past if not is_wrong(one, year)]
    if len(fitting) == len(past):
        return None
    return fitting[0] if fitting else 0


def _open(one: RowDate) -> bool:
    return one.year is None


def _fixed(one: RowDate) -> date | None:
    """Return the day of a row whose year is written or stated above it."""
    if one.year is not None:
        return day_in(one.year, one)
    if one.near is not None:
        return _nearest(one, one.near, _HALF)
    return day_in(one.stated, one) if one.stated is not None else None


def day_in(year: int, one: RowDate) -> date:
    """Return the day of a row in a year.

    29 February of a year without one is the 28th, only the year matters here.
    """
    return date(year, one.month, min(one.day, 28) if one.month == 2 else one.day)


def _order(days: Sequence[RowDate]) -> int:
    """Return 1 where the newest stands last, -1 where it stands first, 0 without an order."""
    up = down = 0
    for one, two in pairwise(day_in(2001, day).timetuple().tm_yday for day in days):
        step = (two - one + _HALF) % _YEAR - _HALF
        up, down = up + (step > 0), down + (step < 0)
    return 1 if up > _CLEARLY * down else -1 if down > _CLEARLY * up else 0


def _first_place(days: Sequence[RowDate], order: int) -> int:
    """Return where the log begins.

    At its first row, at its last, or behind the longest pause of the year.
    """
    if order:
        return 0 if order > 0 else len(days) - 1
    places = sorted(range(len(days)), key=lambda place: (days[place].month, days[place].day))
    of_year = [day_in(2001, days[place]).timetuple().tm_yday for place in places]
    pauses = [(of_year[n] - of_year[n - 1]) % _YEAR for n in range(len(places))]
    longest = max(range(len(places)), key=lambda n: (pauses[n], -n))
    return places[longest] if pauses[longest] > _HALF else places[0]


def _spread(days: Sequence[RowDate], fixed: Mapping[int, date], order: int) -> dict[int, date]:
    """Return the day of every row.

    From the nearest fixed row above it, or below it where none is above.
    """
    known: dict[int, date] = {}
    last: date | None = None
    for place, one in enumerate(days):
        last = fixed.get(place) or (_after(one, last, order) if last else None)
        if last:
            known[place] = last
    after: date | None = None
    for place in range(min(fixed), -1, -1):
        after = fixed.get(place) or _after(days[place], after or fixed[min(fixed)], -order)
        known[place] = after
    return known


def _around(days: Sequence[RowDate], fixed: Mapping[int, date], begins: int) -> dict[int, date]:
    """Return days of an unordered log: nearest to the closest fixed row, or after `begins`."""
    if begins >= 0:
        return {
            place: fixed.get(place) or _nearest(one, fixed[begins], 0)
            for place, one in enumerate(days)
        }
    places = sorted(fixed)
    found = dict(fixed)
    for place, one in enumerate(days):
        at = bisect_left(places, place)
        above, below = places[max(0, at - 1)], places[min(at, len(places) - 1)]
        beside = above if abs(place - above) <= abs(below - place) else below
        found.setdefault(place, _nearest(one, fixed[beside], _HALF))
    return found


def _after(one: RowDate, before: date, order: int) -> date:
    """Return the day of a row that follows `before` in the log's order."""
    back = _SLACK if order > 0 else _YEAR - _SLACK if order < 0 else _HALF
    return _nearest(one, before, back)


def _nearest(one: RowDate, day: date, back: int) -> date:
    """Return the one day of the calendar within the year that begins `back` days before `day`."""
    first = day - timedelta(days=back)
    found = day_in(first.year, one)
    return found if found >= first else day_in(first.year + 1, one)


def _moved_back(known: Mapping[int, date], today: date | None) -> Mapping[int, date]:
    """Move a log with an assumed year back while most of its days lie in the future."""
    limit = today + _AHEAD if today else date.max
    while 2 * sum(1 for day in known.values() if day > limit) > len(known):
        known = {place: _same(day, day.year - 1) for place, day in known.items()}
    return known


def _not_ahead(one: RowDate, year: int, limit: date) -> int | None:
    """Return the year of a row.

    The last one where the day would be far ahead, None where either may be meant.
    """
    if one.near is not None or one.stated is not None or day_in(year, one) <= limit:
        return year
    return year - 1 if day_in(year, one) - limit > timedelta(days=_HALF) else None


def _same(day: date, year: int) -> date:
    return (
        day.replace(year=year, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=year)
    )
