"""Which direction of a metric the log calls better, and on what basis (method §3, ADR 0672).

By its own word, the configuration, the side of its target, the words of its name; where these say
nothing, by what the team itself called a success. What rests on none of them is a guess: such a
number is told, and never called worse.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from notes.model.notes import Metric, PlanCard, Point
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.answers import BetterBasis, BetterDirection
from reports.analysis.text.quoting import comparison_key

from .goal_numbers import goal_number, says_week
from .metric_change import better_direction, may_add_up, metrics_of


@dataclass(frozen=True, slots=True)
class _Ways:
    """Directions by metric, and what they were made of."""

    ways: Mapping[str, BetterDirection]
    notes: object
    team: object


def way_of(known: Point, first: float, log: TeamLog) -> tuple[BetterDirection, BetterBasis]:
    """Return which direction of a series is better, "default" where nothing says it.

    `known` is its newest point with all that the log says of it, `first` its oldest value.
    """
    name = known.name
    if known.lower_is_better is not None or name in log.team.better:
        own = Metric(name=name, lower_is_better=known.lower_is_better)
        return better_direction(own, None, log.team.better)
    if known.target is None:
        claimed = _claimed(name, log)
        if claimed is not None:
            return claimed, "target"
    return better_direction(Metric(name=name, target=known.target), first, known_ways(log))


def known_ways(log: TeamLog) -> Mapping[str, BetterDirection]:
    """Return what configuration and verdicts say of metrics, by name."""
    key = ("ways", id(log.notes), id(log.team))  # the value holds them: no other gets their ids
    known = log.shared.get(key)
    if isinstance(known, _Ways):
        return known.ways
    found = {**_by_verdicts(log), **log.team.better}
    log.shared[key] = _Ways(found, log.notes, log.team)
    return found


def _by_verdicts(log: TeamLog) -> dict[str, BetterDirection]:
    """Return the direction in which every success of the log moved a metric whose name tells
    none.

    A failure says nothing: a number may rise too little.
    """
    ways: dict[str, set[BetterDirection]] = defaultdict(set)
    for stored in log.notes:
        for metric in metrics_of(stored.note) if stored.note.outcome == "success" else ():
            before, after = metric.before, metric.after
            if metric.comparison or before is None or after is None or before == after:
                continue
            if better_direction(metric, before, {})[1] == "default":
                ways[metric.name].add("up" if after > before else "down")
    return {name: found.pop() for name, found in ways.items() if len(found) == 1}


def goal_target(name: str, unit: str, log: TeamLog) -> float | None:
    """Return the target that the goals of a log name for a metric; None where they differ."""
    found = set(_targets(_goals(log), name, unit))
    return found.pop() if len(found) == 1 else None


def newest_goal_target(name: str, unit: str, log: TeamLog) -> float | None:
    """Return the target that the newest goal to name one says for a metric, None without any."""
    newest_first = (one.note.goal for one in reversed(log.notes))
    return next(_targets(newest_first, name, unit), None)


def _targets(goals: Iterable[str], name: str, unit: str) -> Iterator[float]:
    """Yield the targets that goals say for a metric, in their order; of what a month adds up, those
    of a week.
    """
    summed = may_add_up(name, unit)
    for goal in dict.fromkeys(goals):
        number = goal_number(goal, name, unit) if not summed or says_week(goal) else None
        if number is not None:
            yield number


def said_percentages(name: str, log: TeamLog) -> list[float]:
    """Return the percentages that goals and notes of a log write of a metric."""
    key = comparison_key(name)
    own = (
        metric
        for stored in log.notes
        for metric in (stored.note.metric, *stored.note.more_metrics)
        if metric is not None and metric.unit == "%" and comparison_key(metric.name) == key
    )
    said = [one for metric in own for one in (metric.before, metric.after, metric.target)]
    said += [goal_number(goal, name, "%") for goal in dict.fromkeys(_goals(log))]
    return [one for one in said if one]


def _goals(log: TeamLog) -> Iterator[str]:
    for stored in (*log.notes, *log.kind("plan")):
        yield stored.note.goal
        if isinstance(stored.note.details, PlanCard):
            yield stored.note.details.bhag


def _claimed(name: str, log: TeamLog) -> BetterDirection | None:
    """Return the direction that notes of the log call better, by target or word; or None."""
    for stored in reversed(log.notes):
        for metric in metrics_of(stored.note):
            if comparison_key(metric.name) == comparison_key(name):
                better, by = better_direction(metric, metric.before, {})
                if by in {"target", "metric"}:
                    return better
    return None
