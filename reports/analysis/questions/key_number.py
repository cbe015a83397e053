"""The key number of the first screen: the same one in every period (method §7).

The configured one, else the number of the BHAG or of a quarter goal, else the series with the most
periods, the team's first one among equals: what goals of single trials name changes from week to
week.
"""

from collections.abc import Iterator, Sequence

from notes.model.notes import PlanCard
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.metric_series import (
    MetricSeries,
    find_series,
    metric_series_of,
    period_metric_of,
)
from reports.analysis.records.answers import PeriodMetric
from reports.analysis.text.quoting import comparison_key
from reports.analysis.text.vocabulary import contains_term

_SHORTEST = 2
"""Letters below which a metric's name may stand in a goal by chance: judgement."""


def key_number(log: TeamLog) -> PeriodMetric | None:
    """Return the key number; None where the period has no value of it, or the log no series."""
    line = key_line(log)
    return period_metric_of(line, log) if line is not None else None


def key_line(log: TeamLog) -> MetricSeries | None:
    """Return the series of the key number; a deferred one only if it is configured."""
    lines = metric_series_of(log)
    wanted = find_series(lines, log.team.key_metric)
    if wanted is not None:
        return wanted
    judged = [line for line in lines if not _is_deferred(line, log)]
    named = find_series(judged, log.team.bhag_metric)
    if named is not None:
        return named
    for text in _big_goals(log):
        line = _named_in(judged, text)
        if line is not None:
            return line
    return max(judged, key=lambda line: _periods(line, log), default=None)


def renamed_to(line: MetricSeries, log: TeamLog) -> str:
    """Return the series under whose name the key number may go on; "" without one.

    It began after the key's last number, and one name holds the other ("Activation", "Activation
    rate"). The page asks whether they are the same and never takes them for it (ADR 0672).
    """
    last, name = line.points[-1][0], comparison_key(line.name)
    for other in metric_series_of(log):
        theirs = comparison_key(other.name)
        if other.points[0][0] > last and (name in theirs or theirs in name):
            return other.name
    return ""


def _big_goals(log: TeamLog) -> Iterator[str]:
    """Yield the texts of the BHAG and of quarter goals, the latest first."""
    for stored in reversed(log.kind("plan")):
        if isinstance(stored.note.details, PlanCard):
            yield stored.note.details.bhag
    for stored in reversed(log.notes):
        if contains_term("big_goal", stored.note.goal):
            yield stored.note.goal


def _named_in(lines: Sequence[MetricSeries], text: str) -> MetricSeries | None:
    """Return the series whose name stands in a text, the longest: "재방문" has "방문" inside it."""
    letters = comparison_key(text)
    named = [
        line
        for line in lines
        if len(comparison_key(line.name)) >= _SHORTEST and comparison_key(line.name) in letters
    ]
    return max(named, key=lambda line: len(comparison_key(line.name)), default=None)


def _periods(line: MetricSeries, log: TeamLog) -> int:
    """Return in how many periods of the window the series has a number."""
    unit = type(log.period)
    return len(
        {
            unit.containing(day)
            for day, _, _ in line.points
            if day >= log.until(log.rules.window_weeks)
        }
    )


def _is_deferred(line: MetricSeries, log: TeamLog) -> bool:
    judge = line.known.judge_from or log.team.deferred.get(line.name)
    return bool(judge and judge > log.period.last)
