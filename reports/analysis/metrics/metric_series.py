"""Metric series: the dated numbers of a log, by name, and one of them as a number of the period."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from notes.model.notes import Metric, Point, Series, StoredNote
from notes.model.periods import Month, Period, Week
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.answers import BetterDirection, PeriodMetric
from reports.analysis.text.quoting import comparison_key

from .metric_change import better_direction, direction_of_change


@dataclass(frozen=True, slots=True)
class MetricSeries:
    """The points of one metric, by day, each with the record it stands in."""

    name: str
    points: tuple[tuple[date, Point, StoredNote], ...] = field(default_factory=tuple)

    def last_in(self, period: Period) -> tuple[Point, StoredNote] | None:
        """Return the last point of a period."""
        return next(
            ((point, stored) for day, point, stored in reversed(self.points) if day in period), None
        )

    def last_before(self, day: date) -> Point | None:
        """Return the last point before a day."""
        return next((point for at, point, _ in reversed(self.points) if at < day), None)

    @property
    def known(self) -> Point:
        """Return the newest point with whatever the line says of itself in any of its points, the newest first."""
        points = [point for _, point, _ in reversed(self.points)]
        return replace(
            points[0],
            target=next((point.target for point in points if point.target is not None), None),
            role=next((point.role for point in points if point.role is not None), None),
            judge_from=next(
                (point.judge_from for point in points if point.judge_from is not None), None
            ),
            lower_is_better=next(
                (point.lower_is_better for point in points if point.lower_is_better is not None),
                None,
            ),
        )


def metric_series_of(log: TeamLog) -> tuple[MetricSeries, ...]:
    """Return the metric lines of a log: by rank where the log ranks them, then by name.

    Members' own numbers apart.
    """
    found: dict[str, list[tuple[date, Point, StoredNote]]] = defaultdict(list)
    for stored in log.kind("metric"):
        details = stored.note.details
        for point in details.points if isinstance(details, Series) else ():
            if point.day is not None and not point.member and point.day <= log.period.last:
                found[comparison_key(point.name)].append((point.day, point, stored))
    lines = [_line(points) for name, points in found.items() if name]
    return tuple(sorted(lines, key=lambda line: (_rank(line), comparison_key(line.name))))


def _line(points: list[tuple[date, Point, StoredNote]]) -> MetricSeries:
    ordered = sorted(points, key=lambda found: (found[0], found[1].value, found[2].id))
    return MetricSeries(ordered[-1][1].name, tuple(ordered))


def _rank(line: MetricSeries) -> int:
    ranks = [point.rank for _, point, _ in line.points if point.rank is not None]
    return min(ranks) if ranks else 1_000


def find_series(lines: Sequence[MetricSeries], name: str) -> MetricSeries | None:
    """Return the line of that name, case, spaces and punctuation aside."""
    wanted = comparison_key(name)
    return next((line for line in lines if wanted and comparison_key(line.name) == wanted), None)


def period_metric_of(line: MetricSeries, log: TeamLog) -> PeriodMetric | None:
    """Return the line as a number of the period, None where the period has no point."""
    here = line.last_in(log.period)
    if here is None:
        return None
    point, stored = here
    before = line.last_in(log.period.back())
    known = line.known
    better = _better(line, log)
    previous = before[0].value if before else None
    change = None if previous is None else point.value - previous
    judge = known.judge_from or log.team.deferred.get(line.name)
    return PeriodMetric(
        name=line.name,
        value=point.value,
        unit=point.unit,
        previous=previous,
        change=change,
        points=point.unit == "%",
        direction=None if change is None else direction_of_change(change, better),
        better=better,
        target=known.target,
        left=None if known.target is None else _left(point.value, known.target, better),
        reached=point.value / known.target
        if known.target and known.target > 0 and better == "up"
        else None,
        role=known.role,
        judge_from=judge,
        deferred=bool(judge and judge > log.period.last),
        history=_history(line, log),
        evidence=log.evidence(stored),
    )


def period_metrics(log: TeamLog) -> tuple[PeriodMetric, ...]:
    """Return every line that has a point in the period."""
    return tuple(
        number
        for line in metric_series_of(log)
        if (number := period_metric_of(line, log)) is not None
    )


def _better(line: MetricSeries, log: TeamLog) -> BetterDirection:
    """Return which way the line is better.

    Its own word or the configuration's before the place of its target.
    """
    known, first = line.known, line.points[0][1].value
    if known.lower_is_better is not None or line.name in log.team.better:
        return better_direction(
            Metric(name=line.name, lower_is_better=known.lower_is_better), None, log.team.better
        )[0]
    return better_direction(Metric(name=line.name, target=known.target), first, {})[0]


def _left(value: float, target: float, better: BetterDirection) -> float:
    return max(0.0, target - value if better == "up" else value - target)


def _history(line: MetricSeries, log: TeamLog) -> tuple[tuple[str, float], ...]:
    """Return the last number of each period that has one, oldest first, this one last."""
    unit: type[Week | Month] = type(log.period)
    last: dict[Period, float] = {}
    for day, point, _ in line.points:
        last[unit.containing(day)] = point.value
    periods = [log.period.back(n) for n in range(log.rules.chart_weeks - 1, -1, -1)]
    return tuple((str(period), last[period]) for period in periods if period in last)
