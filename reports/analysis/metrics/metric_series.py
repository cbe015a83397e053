"""Metric series: the dated numbers of a log by name, and their number of a period.

A period with several points has their sum (counted things), their mean (shares, durations, scores)
or the last of them (what is there at a time: stock, members, shops).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from notes.model.notes import Point, Series, StoredNote
from notes.model.periods import Month, Period, Week
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.answers import (
    BetterBasis,
    BetterDirection,
    Direction,
    PeriodMetric,
)
from reports.analysis.records.inputs import MetricFacts
from reports.analysis.text.quoting import comparison_key, name_words

from .better_way import goal_target, newest_goal_target, said_percentages, way_of
from .metric_change import Taken, direction_of_change, is_either_way, taken_by
from .unit_scales import are_fractions, are_like_in_percent, as_percent, percent_of

_COMPARABLE = 0.9
"""Share of the points that a period must have of another's to be set against its sum: judgement;
28 days against 31, but not four weeks against five.
"""
_WHOLE_MONTH = 0.8
"""Share of the points of the fullest month from which another is drawn beside it: four weeks stand
beside five, three beside four are a part of a month.
"""
_HISTORY = 12
"""Periods in a number's history: judgement; twelve weeks are a quarter."""
_A_DAY_AND_ITS_CORRECTION = 2
"""Points of a week in a series of weekly numbers at most; with three it is a series of days."""
_UNRANKED = 1_000
"""Rank of a series without one: after every rank that a log gives."""


@dataclass(frozen=True, slots=True)
class MetricSeries:
    """The points of one metric by day, each with its record.

    `place` is its place in the table: its column, and its first row where a row holds one number.
    """

    name: str
    points: tuple[tuple[date, Point, StoredNote], ...] = field(default_factory=tuple)
    place: tuple[int, int] = (0, 0)
    facts: MetricFacts = field(default_factory=MetricFacts)

    def last_in(self, period: Period) -> tuple[Point, StoredNote] | None:
        """Return the last point of a period."""
        return next(
            ((point, stored) for day, point, stored in reversed(self.points) if day in period), None
        )

    def value_in(self, period: Period) -> float | None:
        """Return the period's number, None where the period has no point."""
        by_day = {day: point.value for day, point, _ in self.points if day in period}
        if not by_day:
            return None
        values, taken = list(by_day.values()), self.taken_in(period)
        if taken == "sum":
            return sum(values)
        return _mean(values) if taken == "mean" else values[-1]

    def taken_in(self, period: Period) -> Taken:
        """Return how several points make the period's number, by the kind of the metric.

        A month of which nobody says whether its numbers add up has their mean, which is true of
        every kind (ADR 0689); days of a week that count something are added.
        """
        if (known := taken_by(self.name, self.unit)) is not None:
            return known
        if isinstance(period, Month):
            return "mean"
        return "sum" if self.unit else "last"

    def days_in(self, period: Period) -> int:
        """Return on how many days of the period the series has a point."""
        return len({day for day, _, _ in self.points if day in period})

    def is_several_in(self, period: Period) -> bool:
        """Return whether the period's number is made from several points."""
        return self.days_in(period) > 1

    def value_before(self, period: Period) -> float | None:
        """Return the number of the period before, if the period's can be set against it.

        A sum of five weeks and one of four differ by the week, whatever happened; a mean of three
        weeks is none beside a single one.
        """
        before = period.back()
        sizes = [self.days_in(one) for one in (period, before)]
        alike = {"sum": _COMPARABLE, "mean": _WHOLE_MONTH}.get(self.taken_in(period), 0.0)
        apart = isinstance(period, Month) and min(sizes) < alike * max(sizes)
        return None if apart else self.value_in(before)

    def adds_up(self, period: Period) -> bool:
        """Return whether a month adds up the numbers of weeks: their target is none of the
        month.
        """
        return (
            isinstance(period, Month)
            and self.taken_in(period) == "sum"
            and self.is_several_in(period)
        )

    def weeks_held(self, period: Period) -> tuple[int, int] | None:
        """Return of how many of a month's weeks a series of weekly numbers holds one, and how many
        there are; None where none is missing. A week belongs to the month of its Monday.
        """
        if not isinstance(period, Month) or not self.is_several_in(period):
            return None
        held = len({Week.containing(day) for day, _, _ in self.points if day in period})
        if held != self.days_in(period):
            return None  # several a week: no weekly numbers
        length = (period.last - period.first).days + 1
        total = sum((period.first + timedelta(days=n)).isoweekday() == 1 for n in range(length))
        return (held, total) if held < total else None

    @property
    def unit(self) -> str:
        """Return the unit: the newest point's, else the configuration's."""
        return (
            next((point.unit for _, point, _ in reversed(self.points) if point.unit), "")
            or self.facts.unit
        )

    @property
    def rank(self) -> int | None:
        """Return the rank: the log's, else the configuration's; None where nothing ranks it."""
        ranks = [point.rank for _, point, _ in self.points if point.rank is not None]
        return min(ranks) if ranks else self.facts.rank

    @property
    def known(self) -> Point:
        """Return the newest point, its empty fields filled from the newest point that has them."""
        points = [point for _, point, _ in reversed(self.points)]
        target = next((point.target for point in points if point.target is not None), None)
        role = next((point.role for point in points if point.role is not None), None)
        return replace(
            points[0],
            unit=self.unit,
            rank=self.rank,
            target=self.facts.target if target is None else target,
            role=self.facts.role if role is None else role,
            judge_from=next(
                (point.judge_from for point in points if point.judge_from is not None), None
            ),
            lower_is_better=next(
                (point.lower_is_better for point in points if point.lower_is_better is not None),
                None,
            ),
        )


def _mean(values: Sequence[float]) -> float:
    """Return the mean with as many decimals as the finest of its numbers, one at least, two at
    most: more would say what nobody measured.

    >>> _mean([36.0, 36.5, 37.4]), _mean([1.51, 1.52, 1.52]), _mean([4.0, 5.0, 5.0])
    (36.6, 1.52, 4.7)
    """
    finest = next((kept for kept in (1, 2) if all(round(one, kept) == one for one in values)), 2)
    return round(sum(values) / len(values), finest)


_ROLES = ("leading", None, "lagging")
"""Leading numbers first, they move first (method §4); unknown ones before lagging ones."""


def metric_series_of(log: TeamLog) -> tuple[MetricSeries, ...]:
    """Return the series of a log: leading before lagging, by rank, by place.

    Members' own numbers are left out: those beside a number of the team, or of several members on
    one day. A name that always has one number belongs to the team, and who is named beside it
    answers for it (method §1).
    """
    facts = {comparison_key(name): one for name, one in log.team.metrics.items()}
    found: dict[str, list[tuple[date, Point, StoredNote]]] = defaultdict(list)
    places: dict[str, tuple[int, int]] = {}
    for stored in log.kind("metric"):
        details = stored.note.details
        for place, point in enumerate(details.points if isinstance(details, Series) else ()):
            if point.day is not None and point.day <= log.period.last:
                key, at = comparison_key(point.name), (place, stored.note.place.row)
                found[key].append((point.day, point, stored))
                places[key] = min(places.get(key, at), at)
    lines = [
        _in_percent(_line(own, places[name], facts.get(name)), log)
        for name, points in found.items()
        if name and (own := _of_the_team(points))
    ]
    return tuple(sorted(lines, key=_order))


def _in_percent(line: MetricSeries, log: TeamLog) -> MetricSeries:
    """Return the series in percent where the log writes so and its numbers are fractions."""
    values = [point.value for _, point, _ in line.points]
    if max(values) > 1 or not _are_fractions_of(line, values, log):
        return line
    points = tuple(
        (
            day,
            replace(
                point, value=percent_of(point.value), target=as_percent(point.target), unit="%"
            ),
            stored,
        )
        for day, point, stored in line.points
    )
    return replace(
        line, points=points, facts=replace(line.facts, target=as_percent(line.facts.target))
    )


def _are_fractions_of(line: MetricSeries, values: Sequence[float], log: TeamLog) -> bool:
    """Return whether the numbers of a series are fractions: of its own target in percent, or
    without a unit of what the log says in percent.
    """
    if line.unit:
        return line.unit == "%" and are_like_in_percent(values, line.known.target)
    return are_fractions(values, said_percentages(line.name, log))


def _of_the_team(
    points: list[tuple[date, Point, StoredNote]],
) -> list[tuple[date, Point, StoredNote]]:
    """Return the team's own points of a name: those without a member, all where none is split."""
    own = [found for found in points if not found[1].member]
    days = [day for day, _, _ in points]
    return own if own or len(set(days)) < len(days) else points


def _order(line: MetricSeries) -> tuple[int, int, tuple[int, int], str]:
    rank = _UNRANKED if line.rank is None else line.rank
    return (_ROLES.index(line.known.role), rank, line.place, comparison_key(line.name))


def _line(
    points: list[tuple[date, Point, StoredNote]], place: tuple[int, int], facts: MetricFacts | None
) -> MetricSeries:
    ordered = sorted(
        points, key=lambda found: (found[0], found[2].note.place.row, found[1].value, found[2].id)
    )
    once = tuple(_once_a_week(ordered))
    return MetricSeries(ordered[-1][1].name, once, place, facts or MetricFacts())


def _once_a_week(
    points: Sequence[tuple[date, Point, StoredNote]],
) -> Sequence[tuple[date, Point, StoredNote]]:
    """Return the points of a series of weekly numbers without those that were written anew.

    Where most weeks have one number, a second one of the same week is its later reading and is not
    added to it; a series of days keeps all.
    """
    days: dict[Week, set[date]] = defaultdict(set)
    for day, _, _ in points:
        days[Week.containing(day)].add(day)
    several = [week for week, found in days.items() if len(found) > 1]
    most = max(map(len, days.values()), default=0)
    if not several or 2 * len(several) > len(days) or most > _A_DAY_AND_ITS_CORRECTION:
        return points
    return [one for one in points if one[0] == max(days[Week.containing(one[0])])]


def find_series(lines: Sequence[MetricSeries], name: str) -> MetricSeries | None:
    """Return the series of that name, whatever its case, spaces and punctuation."""
    wanted = comparison_key(name)
    return next((line for line in lines if wanted and comparison_key(line.name) == wanted), None)


def longer_named(lines: Sequence[MetricSeries], name: str) -> list[MetricSeries]:
    """Return the series whose names hold all words of a shorter one: "On-time departures" for
    "on-time".
    """
    words = name_words(name)
    return [
        line
        for line in lines
        if words and comparison_key(line.name) != comparison_key(name)
        if words <= name_words(line.name)
    ]


def period_metric_of(line: MetricSeries, log: TeamLog) -> PeriodMetric | None:
    """Return the series' number of the period; None where the period has no point."""
    here, value = line.last_in(log.period), line.value_in(log.period)
    if here is None or value is None:
        return None
    known, previous = known_of(line, log), line.value_before(log.period)
    better, by = way_of(known, line.points[0][1].value, log)
    change = None if previous is None else value - previous
    target = None if line.adds_up(log.period) else target_in_use(known, log)
    judge = known.judge_from or log.team.deferred.get(line.name)
    return PeriodMetric(
        name=line.name,
        value=value,
        unit=line.unit,
        previous=previous,
        change=change,
        points=line.unit == "%",
        direction=None if change is None else _direction(line.name, change, better, by=by),
        better=better,
        target=target,
        left=None if target is None else _left(value, target, better),
        reached=value / target if target and target > 0 and better == "up" else None,
        role=known.role,
        judge_from=judge,
        deferred=bool(judge and judge > log.period.last),
        history=_history(line, log),
        evidence=log.evidence(here[1]),
        rank=line.rank,
        taken=line.taken_in(log.period) if line.is_several_in(log.period) else None,
        weeks_held=line.weeks_held(log.period),
    )


def _direction(
    name: str, change: float, better: BetterDirection, *, by: BetterBasis
) -> Direction | None:
    """Return how a number moved; None where nothing says which way is better (ADR 0672)."""
    way = direction_of_change(change, better)
    unknown = way == "worse" or (way == "better" and is_either_way(name))
    return None if by == "default" and unknown else way


def period_metrics(log: TeamLog) -> tuple[PeriodMetric, ...]:
    """Return the series that have a point in the period, leading before lagging, by rank."""
    return tuple(
        number
        for line in metric_series_of(log)
        if (number := period_metric_of(line, log)) is not None
    )


def lower_is_better(line: MetricSeries, log: TeamLog) -> bool | None:
    """Return whether less of a series is better; None where nothing says it."""
    better, by = way_of(known_of(line, log), line.points[0][1].value, log)
    return None if by == "default" else better == "down"


def known_of(line: MetricSeries, log: TeamLog) -> Point:
    """Return what is known of the series, its target from the goals where no table has one."""
    known = line.known
    if known.target is not None:
        return known
    return replace(known, target=goal_target(known.name, known.unit, log))


def target_in_use(known: Point, log: TeamLog) -> float | None:
    """Return the target of a series; None where the table's and the newest goal's are two.

    A goal that was raised half-way, in the log and not in the table, would be told as reached (ADR
    0726).
    """
    said = newest_goal_target(known.name, known.unit, log) if known.target is not None else None
    return None if said is not None and said != known.target else known.target


def _left(value: float, target: float, better: BetterDirection) -> float:
    return max(0.0, target - value if better == "up" else value - target)


def _history(line: MetricSeries, log: TeamLog) -> tuple[tuple[str, float], ...]:
    """Return the number of each period that has one, oldest first, this one last.

    A month that the series holds in part only has no sum beside those of whole months.
    """
    periods = [log.period.back(n) for n in range(_HISTORY - 1, -1, -1)]
    if isinstance(log.period, Month) and line.taken_in(log.period) == "sum":
        least = _WHOLE_MONTH * max(map(line.days_in, periods))
        periods = [one for one in periods if one == log.period or line.days_in(one) >= least]
    values = ((str(period), line.value_in(period)) for period in periods)
    return tuple((period, value) for period, value in values if value is not None)


def deferred_names(log: TeamLog) -> frozenset[str]:
    """Return the comparison keys of metrics that are not judged yet at the period's end."""
    days = {comparison_key(name): day for name, day in log.team.deferred.items()}
    days |= {
        comparison_key(line.name): day
        for line in metric_series_of(log)
        if (day := line.known.judge_from) is not None
    }
    return frozenset(name for name, day in days.items() if day > log.period.last)
