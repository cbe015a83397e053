"""The worst or biggest event of a period, over all sections (method §7, ADR 0612).

It makes the headline and the decision. Numbers of series, steps of funnels and numbers that notes
claim are weighed by one measure: the share of the earlier value that was lost or won. Comparisons
and deferred numbers are not events.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reports.analysis.records.answers import Activity, BusinessAnswer, PeriodMetric
from reports.analysis.records.section_results import Funnel, FunnelStep
from reports.analysis.text.quoting import comparison_key

LEAST = 0.05
"""Share lost below which nothing is the event of the week: judgement; an ordinary week moves by as
much.
"""
_SMALL = 10
"""Counts below this weigh half: one case more or less moves them by a tenth (judgement)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event with its weight: the share of the earlier value that was lost or won (0..)."""

    kind: Literal["number", "funnel", "activity"]
    bad: bool
    weight: float
    number: PeriodMetric | None = None
    step: FunnelStep | None = None
    funnel: Funnel | None = None
    activity: Activity | None = None


def worst_event(events: Sequence[Event]) -> Event | None:
    """Return the worst event that is worth a headline; None where nothing got notably worse."""
    bad = [event for event in events if event.bad and event.weight >= LEAST]
    return max(bad, key=lambda event: event.weight, default=None)


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
        if number.change and number.previous and not number.deferred:
            yield Event("number", number.direction == "worse", _share_of(number), number=number)


def _share_of(number: PeriodMetric) -> float:
    previous = abs(number.previous or 0.0)
    share = abs(number.change or 0.0) / previous
    small = number.unit not in {"%", "%p"} and max(previous, abs(number.value)) < _SMALL
    return share / 2 if small else share


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
