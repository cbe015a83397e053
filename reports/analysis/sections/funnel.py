"""The funnel (method §8): each step's conversion against its baseline, and the bottleneck."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from notes.model.notes import Point, Series, StoredNote
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.confidence_intervals import hybrid_interval, wilson_interval
from reports.analysis.metrics.metric_change import direction_of_change
from reports.analysis.records.answers import PeriodMetric
from reports.analysis.records.evidence import Evidence, Interval
from reports.analysis.records.section_results import Funnel, FunnelStep
from reports.analysis.text.quoting import comparison_key

Counts = dict[str, float]
_Dated = tuple[Point, StoredNote]
_LEAST_GAIN = 0.5
"""Cases that a return to the baseline must bring: below a half it rounds to none."""
_LEAST_WEEKS = 3
"""Weeks of counts that a usual conversion needs: of two nobody sees how far it goes up and down by
itself, however many cases they hold (judgement).
"""


def measure_funnels(log: TeamLog) -> tuple[Funnel, ...]:
    """Return the funnels that have counts in the period, one a table, by name."""
    tables: dict[tuple[str, str, str], list[StoredNote]] = defaultdict(list)
    for stored in log.kind("funnel"):
        tables[stored.source, stored.note.place.file, stored.note.place.tab].append(stored)
    found = (_funnel(key[2] or key[0], notes, log) for key, notes in sorted(tables.items()))
    return tuple(one for one in found if one is not None)


def _funnel(name: str, notes: Sequence[StoredNote], log: TeamLog) -> Funnel | None:
    points = [(point, stored) for stored in notes for point in _points(stored)]
    stages = _stages(points)
    here = _counted(points, log.period.first, log.period.last)
    if len(stages) < 2 or not here:
        return None
    before = _counted(points, log.period.back().first, log.period.back().last)
    steps = _steps(stages, points, log)
    return Funnel(
        name=log.aim(name),
        stages=tuple(_stage(stage, points, here, before=before) for stage in stages),
        steps=steps,
        bottleneck=bottleneck(steps),
        last_stage=stages[-1],
        evidence=_evidence(points, log),
        members=_members(points, stages, log),
    )


def _points(stored: StoredNote) -> tuple[Point, ...]:
    details = stored.note.details
    return (
        tuple(point for point in details.points if point.day) if isinstance(details, Series) else ()
    )


def _stages(points: Sequence[tuple[Point, StoredNote]]) -> list[str]:
    """Return the stages in their order; names equal but for case or spaces are one."""
    order: dict[str, tuple[int, str]] = {}
    for point, _ in points:
        place = point.order if point.order is not None else 1_000
        key = comparison_key(point.name)
        order[key] = min(order.get(key, (place, point.name)), (place, point.name))
    return [name for _, name in sorted(order.values())]


def _counted(points: Sequence[tuple[Point, StoredNote]], first: date, last: date) -> Counts:
    """Return the counts by stage in a span of days; members are added up without a total."""
    totals: Mapping[str, dict[date, float]] = defaultdict(dict)
    parts: Mapping[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for point, _ in points:
        if point.day is None or not first <= point.day <= last:
            continue
        if point.member:
            parts[comparison_key(point.name)][point.day] += point.value
        else:
            totals[comparison_key(point.name)][point.day] = max(
                point.value, totals[comparison_key(point.name)].get(point.day, 0.0)
            )
    return {
        stage: sum((parts[stage] | totals[stage]).values()) for stage in sorted({*parts, *totals})
    }


def _steps(stages: Sequence[str], points: Sequence[_Dated], log: TeamLog) -> tuple[FunnelStep, ...]:
    steps = [_step(start, end, points, log=log) for start, end in pairwise(stages)]
    return tuple(replace(step, gain=_gain(step, steps[n + 1 :])) for n, step in enumerate(steps))


def _step(start: str, end: str, points: Sequence[_Dated], *, log: TeamLog) -> FunnelStep:
    """Return a step: the period's cases against those before.

    The period's are pooled with earlier ones until there are enough.
    """
    cases, most = log.rules.funnel_cases, log.rules.baseline_weeks
    first, here = log.period.first, _counted(points, log.period.first, log.period.last)
    pooled = 1
    while here.get(comparison_key(start), 0.0) < cases and pooled < most:
        pooled += 1
        first = log.period.back(pooled - 1).first
        here = _counted(points, first, log.period.last)
    if here.get(comparison_key(start), 0.0) < cases:
        pooled, first = 1, log.period.first
        here = _counted(points, first, log.period.last)
    since = first - timedelta(weeks=most)
    base = _counted(points, since, first - timedelta(days=1))
    weeks = len({point.day for point, _ in points if point.day and since <= point.day < first})
    step = _rates(start, end, here, base=base, weeks=weeks)
    return replace(
        step, state=_state(step, base.get(comparison_key(start), 0.0), cases), weeks=pooled
    )


def _rates(start: str, end: str, here: Counts, *, base: Counts, weeks: int) -> FunnelStep:
    entered, passed = here.get(comparison_key(start), 0.0), here.get(comparison_key(end), 0.0)
    base_in, base_out = base.get(comparison_key(start), 0.0), base.get(comparison_key(end), 0.0)
    return FunnelStep(
        start=start,
        end=end,
        entered=entered,
        passed=passed,
        rate=passed / entered if entered else None,
        base_rate=base_out / base_in if base_in else None,
        base=_wilson(base_out, base_in),
        interval=_wilson(passed, entered),
        base_weeks=weeks,
    )


def _wilson(passed: float, entered: float) -> Interval | None:
    """Return the interval of a conversion; None where more leave a step than enter it."""
    return wilson_interval(passed, entered) if entered > 0 and 0 <= passed <= entered else None


def _state(
    step: FunnelStep, base_in: float, cases: int
) -> Literal["below", "above", "usual", "too_few", "no_baseline"]:
    if step.entered < cases:
        return "too_few"
    if step.base_rate is None or base_in < cases or step.base_weeks < _LEAST_WEEKS:
        return "no_baseline"
    if step.interval is None or step.base is None:
        return "usual"
    difference = hybrid_interval(
        (step.base_rate, step.base), (step.passed / step.entered, step.interval)
    )
    if difference.includes_zero:
        return "usual"
    return "below" if difference.high < 0 else "above"


def _gain(step: FunnelStep, later: Sequence[FunnelStep]) -> float:
    """Return how many more of the last stage the step at its baseline would bring.

    Later steps stay as they are.
    """
    if step.state not in {"below", "usual"} or step.rate is None or step.base_rate is None:
        return 0.0
    more = step.entered * max(0.0, step.base_rate - step.rate)
    for following in later:
        rate = following.rate if following.rate is not None else following.base_rate
        more *= min(1.0, rate if rate is not None else 0.0)
    return round(more, 4)


def bottleneck(steps: Sequence[FunnelStep]) -> FunnelStep | None:
    """Return the step whose return to its baseline would bring most a week; None if none brings a
    case.

    A step of three pooled weeks has three times the cases of a step of one.
    """
    judged = [
        step for step in steps if step.state in {"below", "usual"} and step.gain >= _LEAST_GAIN
    ]
    return max(judged, key=lambda step: step.gain / step.weeks, default=None)


def _stage(
    stage: str, points: Sequence[tuple[Point, StoredNote]], here: Counts, *, before: Counts
) -> PeriodMetric:
    value, previous = here.get(comparison_key(stage), 0.0), before.get(comparison_key(stage))
    unit = next(
        (
            point.unit
            for point, _ in points
            if comparison_key(point.name) == comparison_key(stage) and point.unit
        ),
        "",
    )
    change = None if previous is None else value - previous
    return PeriodMetric(
        stage,
        value,
        unit,
        previous,
        change,
        direction=None if change is None else direction_of_change(change, "up"),
    )


def _evidence(points: Sequence[tuple[Point, StoredNote]], log: TeamLog) -> tuple[Evidence, ...]:
    here = {stored.id: stored for point, stored in points if point.day and point.day in log.period}
    return tuple(log.evidence(stored) for stored in here.values())[: log.rules.list_size]


def _members(
    points: Sequence[tuple[Point, StoredNote]], stages: Sequence[str], log: TeamLog
) -> tuple[tuple[str, tuple[tuple[str, float], ...]], ...]:
    """Return each member's counts by stage, by name."""
    names = sorted(
        {
            point.member
            for point, _ in points
            if point.member and point.day and point.day in log.period
        }
    )
    found = []
    for name in names:
        own = [
            (replace(point, member=""), stored) for point, stored in points if point.member == name
        ]
        counts = _counted(own, log.period.first, log.period.last)
        found.append(
            (
                name,
                tuple(
                    (stage, counts[comparison_key(stage)])
                    for stage in stages
                    if comparison_key(stage) in counts
                ),
            )
        )
    return tuple(found)
