"""The worst or biggest event of a period, over all sections (method §7, ADR 0612).

It makes the headline and the decision. Numbers of series, steps of funnels and numbers that notes
claim are weighed by one measure: the share of the earlier value that was lost or won. Comparisons
and deferred numbers are not events.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Literal

from reports.analysis.records.answers import Activity, BusinessAnswer, PeriodMetric
from reports.analysis.records.section_results import Funnel, FunnelStep
from reports.analysis.text.quoting import comparison_key

LEAST = 0.05
"""Share lost below which nothing is the event of the week: judgement; an ordinary week moves by as
much.
"""
_COUNTERS = frozenset({"", "건", "명", "개", "회", "곳", "통", "번", "권", "석", "대", "팀", "장"})
"""Units of single things, among them none."""
_CHANCE = 2.0
"""Standard deviations of a count (its root) that a change must have for its whole weight."""
_OPEN = 0.5
"""Part of its weight that a move counts of which nothing says which way is better: judgement."""
_MOVES = 4
"""Earlier moves of a number from which its usual spread is known: judgement; fewer say little."""
_SPREAD = 2.0
"""Mean moves within which a move is usual: the mean move of a steady number is 1.13 standard
deviations of its values, so this is 1.6 deviations of a difference of two (nine moves in ten).
"""
_TWICE = 2
"""Earlier moves as far as this one from which it is usual, however many weeks stood still between
them ("2 → 3" where it was so twice): judgement.
"""
_FIFTH = 0.2
"""Share from which one of few is told at once: judgement; one of five customers lost is news."""
_LEAST_PART = 0.4
"""Part of its weight that a change within chance keeps: one of five customers lost is still
told."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event with its weight: the share of the earlier value that was lost or won (0..).

    A number that moved, and of which nothing says which way is better, is `open`.
    """

    kind: Literal["number", "funnel", "activity"]
    bad: bool
    weight: float
    open: bool = False
    number: PeriodMetric | None = None
    step: FunnelStep | None = None
    funnel: Funnel | None = None
    activity: Activity | None = None


def worst_event(events: Sequence[Event]) -> Event | None:
    """Return the worst event that is worth a headline; None where nothing got notably worse.

    A move of which nobody can say whether it is one for the worse counts half (ADR 0672).
    """
    told = [event for event in events if (event.bad or event.open) and event.weight >= LEAST]
    return max(told, key=lambda one: one.weight * (1.0 if one.bad else _OPEN), default=None)


def events_of(
    business: BusinessAnswer, funnels: Sequence[Funnel], key: PeriodMetric | None
) -> list[Event]:
    """Return the period's events; the order decides between equals.

    The key number's first, then series, funnels, notes.
    """
    return [
        *_of_numbers(
            ([key] if key else [])
            + [one for one in business.series if key is None or one.name != key.name]
        ),
        *_of_funnels(funnels),
        *_of_activities(business),
    ]


def _of_numbers(numbers: Sequence[PeriodMetric]) -> Iterator[Event]:
    for number in numbers:
        if number.change and number.previous and not number.deferred and not is_usual(number):
            yield Event(
                "number",
                number.direction == "worse",
                _share_of(number),
                open=number.direction is None,
                number=number,
            )


def _share_of(number: PeriodMetric) -> float:
    """Return the share that was lost or won; of counts less where chance alone moves as much.

    12 tickets become 15 in any week, 172 orders do not become 139.
    """
    previous, change = abs(number.previous or 0.0), abs(number.change or 0.0)
    share = change / previous
    if not _is_count(number):
        return share
    return share * min(1.0, max(_LEAST_PART, change / (_CHANCE * sqrt(previous))))


def is_usual(number: PeriodMetric) -> bool:
    """Return whether a number moved no further than it does from week to week anyway (method §3).

    Measured by its own moves before this one. Whatever these are, the least step of a whole number
    is usual, and what a count moves by chance, unless a fifth of it is lost or won.
    """
    if _is_least_step(number) or _is_chance(number):
        return True
    values = [value for _, value in number.history]
    moves = [abs(later - earlier) for earlier, later in pairwise(values)][:-1]
    if len(moves) < _MOVES or not number.change:
        return False
    as_far = sum(move >= abs(number.change) for move in moves)
    return as_far >= _TWICE or abs(number.change) <= _SPREAD * sum(moves) / len(moves)


def _is_least_step(number: PeriodMetric) -> bool:
    """Return whether a whole number moved by one, and that is no fifth of it ("8 → 7")."""
    sides = (number.value, number.previous or 0.0)
    whole = all(float(one).is_integer() for one in sides)
    return whole and abs(number.change or 0.0) == 1 and abs(sides[1]) * _FIFTH > 1


def _is_chance(number: PeriodMetric) -> bool:
    """Return whether a count moved by less than a fifth and no further than chance moves it
    ("58 → 49").
    """
    previous, change = abs(number.previous or 0.0), abs(number.change or 0.0)
    far = change > _CHANCE * sqrt(previous) or change >= _FIFTH * previous
    return _is_count(number) and not far


def _is_count(number: PeriodMetric) -> bool:
    """Return whether the number counts things one by one: no share, money, time or score."""
    whole = float(number.value).is_integer() and float(number.previous or 0).is_integer()
    return whole and number.unit in _COUNTERS


def _of_funnels(funnels: Sequence[Funnel]) -> Iterator[Event]:
    for funnel in funnels:
        for step in funnel.steps:
            if step.state in {"below", "above"} and step.base_rate and step.rate is not None:
                weight = abs(step.base_rate - step.rate) / step.base_rate
                yield Event("funnel", step.state == "below", weight, step=step, funnel=funnel)


def _of_activities(business: BusinessAnswer) -> Iterator[Event]:
    """Yield the events of numbers that notes claim, except those that a series tells."""
    told = {comparison_key(number.name) for number in business.series}
    for activity in (*business.wrong_way, *business.kept):
        move = activity.move
        if (
            move.comparison
            or not move.before
            or comparison_key(move.name) in told
            or move.direction == "same"
        ):
            continue
        yield Event(
            "activity", move.direction == "worse", abs(move.change / move.before), activity=activity
        )
