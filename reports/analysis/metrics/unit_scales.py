"""Numbers of one thing in units of another size: 450만원 beside 4,500,000원, $46K beside $46,000.

A team writes money in its log in one size and in its table of metrics in another one. Both are
compared in the unit of the table. A share is written as 0.31 in a table and as 31% by people; what
people write is shown (ADR 0726).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import median

from notes.model.notes import Metric

_SIZES = {"천": 1e3, "만": 1e4, "십만": 1e5, "백만": 1e6, "천만": 1e7, "억": 1e8, "조": 1e12}
_SHORT = {"k": 1e3, "m": 1e6, "b": 1e9}
_CURRENCIES = {"원": "원", "won": "원", "krw": "원", "₩": "원", "usd": "$", "eur": "€", "gbp": "£"}
_COUNTED = "원|명|건|개|회|곳"
_BARE = {"k": 1e3, "M": 1e6, "천": 1e3, "만": 1e4}
"""Sizes of counted things without a noun ("84K"); "m" is minutes, metres or months."""


@cache
def scale_of(unit: str) -> tuple[str, float]:
    """Return the unit of the single thing and how many of it one of this unit is.

    >>> scale_of("만원"), scale_of("억"), scale_of("$K"), scale_of("천 명"), scale_of("건")
    (('원', 10000.0), ('원', 100000000.0), ('$', 1000.0), ('명', 1000.0), ('건', 1.0))
    >>> scale_of("K"), scale_of("M"), scale_of("m")
    (('', 1000.0), ('', 1000000.0), ('m', 1.0))
    """
    bare = "k" if unit.strip() == "K" else unit.strip()
    if bare in _BARE:
        return "", _BARE[bare]
    plain = "".join(unit.split()).casefold()
    if found := re.fullmatch(
        rf"(천|만|십만|백만|천만|억|조)({_COUNTED})|(억|조)", plain
    ):  # nobody means anything but money by a bare 억
        return found[2] or "원", _SIZES[found[1] or found[3]]
    if found := re.fullmatch(r"([$€£])([kmb])|([kmb])([$€£])|(usd|eur|gbp)([kmb])", plain):
        sign = found[1] or found[4] or _CURRENCIES[found[5]]
        return sign, _SHORT[found[2] or found[3] or found[6]]
    return _CURRENCIES.get(plain, plain), 1.0


def in_unit_of(metric: Metric, unit: str) -> Metric:
    """Return the metric with its numbers in a unit, where both count the same thing in other sizes.

    >>> in_unit_of(Metric(before=3_100_000, after=4_500_000, unit="원"), "만원").after
    450.0

    A number without any unit is that of single things only where it is too large to be one of the
    other size: 84 beside 83K is 84K.

    >>> in_unit_of(Metric(after=83_000), "K").after, in_unit_of(Metric(after=84), "K").after
    (83.0, 84)
    """
    (own, size), (other, wanted) = scale_of(metric.unit), scale_of(unit)
    if own != other or size == wanted or (not own and size == 1 and not _is_single(metric, wanted)):
        return metric

    def scaled(number: float | None) -> float | None:
        return None if number is None else round(number * size / wanted, 9)

    return replace(
        metric,
        unit=unit,
        before=scaled(metric.before),
        after=scaled(metric.after),
        target=scaled(metric.target),
        change=scaled(metric.change),
    )


def _is_single(metric: Metric, wanted: float) -> bool:
    """Return whether numbers without a unit can only count single things."""
    numbers = (metric.before, metric.after, metric.target)
    return max((abs(one) for one in numbers if one is not None), default=0.0) >= wanted


_LIKE = 3.0
"""How far a number in percent may be from its target for both to be of one size; judgement: a
share at a third of its goal is far behind, a limit of ten times the number is none.
"""
_NEARER = 10.0
"""How many times a number a percentage is from which it is nearer to a hundred times that number:
the root of a hundred.
"""


def are_fractions(values: Sequence[float], said: Sequence[float]) -> bool:
    """Return whether numbers without a unit are fractions of what the log says in percent.

    `said` are the percentages that goals and notes write of the same thing: each of them has to be
    nearer to a hundred times the numbers than to the numbers themselves.

    >>> are_fractions([0.82, 0.86], [90.0]), are_fractions([0.8, 0.9], [1.0])
    (True, False)
    """
    if not said or not all(0 <= value <= 1 for value in values):
        return False
    usual = median(values)
    return usual > 0 and all(number > _NEARER * usual for number in said)


def are_like_in_percent(values: Sequence[float], target: float | None) -> bool:
    """Return whether numbers are fractions beside their own target in percent: 0.91 and 95%.

    >>> are_like_in_percent([0.88, 0.91], 95.0), are_like_in_percent([0.4, 0.3], 5.0)
    (True, False)
    """
    if target is None or not are_fractions(values, [target]):
        return False
    return 1 / _LIKE <= percent_of(median(values)) / target <= _LIKE


def percent_of(fraction: float) -> float:
    """Return a fraction in percent.

    >>> percent_of(0.29)
    29.0
    """
    return round(fraction * 100, 9)


def as_percent(number: float | None) -> float | None:
    """Return a number beside fractions in percent; one above 1 is in percent already.

    >>> as_percent(0.4), as_percent(40.0), as_percent(None)
    (40.0, 40.0, None)
    """
    return number if number is None or number > 1 else percent_of(number)


def with_percentages(metric: Metric, said: Sequence[float]) -> Metric:
    """Return a metric whose numbers are fractions of what others say in percent, in percent.

    >>> with_percentages(Metric(before=0.82, after=0.86), [82.0, 86.0]).after
    86.0
    """
    numbers = [one for one in (metric.before, metric.after) if one is not None]
    if metric.unit or not numbers or not are_fractions(numbers, said):
        return metric
    return replace(
        metric,
        unit="%",
        before=as_percent(metric.before),
        after=as_percent(metric.after),
        target=as_percent(metric.target),
        change=as_percent(metric.change),
    )
