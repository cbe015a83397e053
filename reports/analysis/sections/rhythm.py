"""Rhythm and numbers (method §8): execution, Big 3, key result, BHAG, retrospectives, structure."""

from collections.abc import Mapping, Sequence
from datetime import date

from notes.model.notes import PlanCard, StoredNote
from notes.model.periods import Period, Week
from reports.analysis.data.period_membership import is_executed, stopped_on
from reports.analysis.data.planned_work import (
    actions_in,
    big3_in,
    big3_share,
    is_action_done,
    is_planned,
    plans_in,
)
from reports.analysis.data.team_log import TeamLog, activity_keys, weeks_before, without_placeholder
from reports.analysis.metrics.metric_series import find_series, metric_series_of, period_metric_of
from reports.analysis.questions.key_number import key_number
from reports.analysis.records.answers import PeriodMetric
from reports.analysis.records.section_results import (
    BhagProgress,
    Rhythm,
    StructureChange,
    WeekShare,
)
from reports.analysis.text.quoting import comparison_key

from .behaviour import measure_behaviours


def rhythm(log: TeamLog) -> Rhythm:
    """Return the section; what the log does not hold stays empty."""
    weeks = _charted(log)
    cards = plans_in(log, log.period)
    return Rhythm(
        execution=_current(
            [share for week in weeks if (share := execution(log, week)) is not None], weeks
        ),
        big3=_current(
            [share for week in weeks if (share := big3_share(log, week)) is not None], weeks
        ),
        big3_items=tuple(big3_in(log, log.period)),
        key_result=key_result(log),
        key_result_text=next(
            (log.aim(card.key_result) for _, card in cards if card.key_result), ""
        ),
        bhag=bhag(log),
        retrospective_weeks=retrospective_weeks(log),
        structure=structure(log),
        behaviours=measure_behaviours(log),
    )


def _charted(log: TeamLog) -> tuple[Period, ...]:
    """Return the periods of a chart, the report's own last: a month is set beside months."""
    if isinstance(log.period, Week):
        return weeks_before(log.period, log.rules.chart_weeks)
    return tuple(log.period.back(n) for n in range(_MONTHS - 1, -1, -1))


_MONTHS = 6
"""Months of a chart: judgement; half a year shows a rhythm."""


def execution(log: TeamLog, period: Period) -> WeekShare | None:
    """Return done of planned in whole items; None without a planned line that says so.

    Where every planned line gives counts they are added, a line's surplus never hiding another's
    lack; else each line counts once. A line outside the plan counts apart, and so does one without
    a mark.
    """
    lines = actions_in(log, period)
    planned = [(stored, item) for stored, item in lines if is_planned(item)]
    marked = [
        (stored, item) for stored, item in planned if is_action_done(stored, item) is not None
    ]
    unplanned, unmarked = len(lines) - len(planned), len(planned) - len(marked)
    if not marked:
        return None
    if all(item.planned and item.done is not None for _, item in marked):
        wanted = sum(item.planned or 0 for _, item in marked)
        done = sum(min(item.done or 0, item.planned or 0) for _, item in marked)
        return WeekShare(str(period), done, wanted, unplanned, unmarked)
    done = sum(is_action_done(stored, item) is True for stored, item in marked)
    return WeekShare(str(period), float(done), float(len(marked)), unplanned, unmarked)


def key_result(log: TeamLog) -> PeriodMetric | None:
    """Return the number that the plan card names as key result, else the key number."""
    named = comparison_key(" ".join(card.key_result for _, card in plans_in(log, log.period)))
    lines = (
        line
        for line in metric_series_of(log)
        if comparison_key(line.name) and comparison_key(line.name) in named
    )
    found = (number for line in lines if (number := period_metric_of(line, log)) is not None)
    return next(found, None) or key_number(log)


def _current(shares: Sequence[WeekShare], weeks: Sequence[Period]) -> tuple[WeekShare, ...]:
    """Return the shares of a chart; none without the period's own: old ones are no news."""
    return tuple(shares) if shares and weeks and shares[-1].week == str(weeks[-1]) else ()


def bhag(log: TeamLog) -> BhagProgress | None:
    """Return the BHAG against the straight line to it, as far as plan and configuration tell."""
    card = next(((stored, card) for stored, card in reversed(_cards(log)) if card.bhag), None)
    team = log.team
    line = find_series(metric_series_of(log), team.bhag_metric)
    here = line.points[-1][1] if line else None
    if card is None and here is None:
        return None
    start, target, value = team.bhag_from, team.bhag_to, here.value if here else None
    judge = (line.known.judge_from or team.deferred.get(line.name)) if line else None
    deferred = bool(judge and judge > log.period.last)
    return BhagProgress(
        text=log.aim(card[1].bhag) if card else "",
        name=team.bhag_metric,
        unit=here.unit if here else "",
        value=value,
        target=target,
        share=None if deferred else _way_gone(value, start, target),
        line=None if deferred else _straight(team.bhag_start, team.bhag_end, log.period.last),
        evidence=log.evidence(card[0]) if card else None,
        deferred=deferred,
        judge_from=judge if deferred else None,
    )


def _way_gone(value: float | None, start: float | None, target: float | None) -> float | None:
    if value is None or start is None or target is None or target == start:
        return None
    return (value - start) / (target - start)


def _straight(start: date | None, end: date | None, day: date) -> float | None:
    """Return the share of the way that the straight line asks for on a day."""
    if start is None or end is None or end <= start:
        return None
    return min(1.0, max(0.0, (day - start).days / (end - start).days))


def retrospective_weeks(log: TeamLog) -> int:
    """Return the periods in a row, up to this one, that have a retrospective.

    Weeks, or months in a monthly report.
    """
    count = 0
    for week in (log.period.back(n) for n in range(_most_periods(log))):
        if not any(
            without_placeholder(stored.note.retrospective) for stored in log.looked_back_in(week)
        ):
            break
        count += 1
    return count


def _most_periods(log: TeamLog) -> int:
    """Return how many periods of the report's kind lie completely in the window."""
    weeks = log.rules.window_weeks
    return weeks if isinstance(log.period, Week) else 1 + weeks * 7 // 31


def structure(log: TeamLog) -> StructureChange | None:
    """Return how many activities are new, repeated or stopped, against the weeks before."""
    stops = {stored.id: day for stored in log.notes if (day := stopped_on(stored, log.zone))}
    now = _shares(log, log.period, stops)
    if now is None:
        return None
    weeks = (
        weeks_before(log.period.back(), log.rules.baseline_weeks)
        if isinstance(log.period, Week)
        else ()
    )
    base = [shares for week in weeks if (shares := _shares(log, week, stops)) is not None]
    change = StructureChange(now[0], now[1], now[2])
    if not base:
        return change
    means = [sum(shares[n] / sum(shares) for shares in base) / len(base) for n in range(3)]
    return StructureChange(
        new=now[0],
        repeated=now[1],
        stopped=now[2],
        base_new=means[0],
        base_repeated=means[1],
        base_stopped=means[2],
        base_weeks=len(base),
    )


def _shares(log: TeamLog, period: Period, stops: Mapping[str, date]) -> tuple[int, int, int] | None:
    """Return (new, repeated, stopped) of a period's activities; None without any.

    `stops` holds the day on which the log first said that an activity is stopped.
    """
    counts = [0, 0, sum(day in period for day in stops.values())]
    earlier = _names_before(log, period)
    for stored in log.of(period):
        day = stops.get(stored.id)
        if is_executed(stored.note) and (day is None or day not in period):
            counts[1 if _seen(stored, earlier) else 0] += 1
    return (counts[0], counts[1], counts[2]) if any(counts) else None


def _names_before(log: TeamLog, period: Period) -> set[str]:
    """Return names and ids of the activities of the baseline weeks before a period."""
    weeks = weeks_before(period.back(), log.rules.baseline_weeks)
    before: set[str] = set()
    for stored in (stored for week in weeks for stored in log.of(week)):
        if is_executed(stored.note):
            before |= {stored.id, *activity_keys(stored.note)}
    return before


def _seen(stored: StoredNote, earlier: set[str]) -> bool:
    return stored.id in earlier or bool(activity_keys(stored.note) & earlier)


def _cards(log: TeamLog) -> Sequence[tuple[StoredNote, PlanCard]]:
    return [
        found
        for week in weeks_before(log.period, log.rules.chart_weeks)
        for found in plans_in(log, week)
    ]
