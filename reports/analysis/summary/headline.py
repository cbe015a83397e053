"""The headline of a period (method §7): the first of its kinds that holds."""

from collections.abc import Sequence
from datetime import date

from notes.model.periods import Month
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.metric_series import find_series, metric_series_of
from reports.analysis.questions.events import Event, events_of, worst_event
from reports.analysis.records.answers import Activity, BusinessAnswer, PeriodMetric
from reports.analysis.records.report_record import (
    DataQuality,
    Headline,
    HeadlineKind,
    Scope,
)
from reports.analysis.section_findings import SectionFindings


def choose_headline(
    log: TeamLog,
    found: SectionFindings,
    key: PeriodMetric | None,
    *,
    scope: Scope,
    data: DataQuality,
) -> Headline:
    """Return the headline: the first of its kinds that holds; nothing is "nothing" where it is not
    known.
    """
    if data.none_read:
        return Headline("unread", since=data.unknown_since, understood=not data.none_understood)
    chosen = _of_what_was_read(log, found, key, scope=scope)
    unsure = chosen.kind in {"empty", "too_few"} and not data.is_whole
    return Headline("unsure", notes=chosen.notes) if unsure else chosen


def _of_what_was_read(
    log: TeamLog, found: SectionFindings, key: PeriodMetric | None, *, scope: Scope
) -> Headline:
    notes, business = len(log.period_notes), found.business
    best = _newest_like_the_first([one for one in business.kept if _is_of_period(one, log)])
    if not notes and key is None and not business.series:
        return Headline("undated", undated=scope.undated) if scope.undated else Headline("empty")
    worst = worst_event(events_of(business, found.funnels, key))
    if scope.first_ever and worst is None:
        if isinstance(log.period, Month) and key is not None:
            best = None  # a note's number of one week is none of a month
        move, evidence = (best.move, best.evidence) if best else (None, None)
        return Headline("first_ever", key, move, evidence, notes)
    return (
        _of_event(worst, key, notes) if worst is not None else _news(log, business, key, best=best)
    )


def _newest_like_the_first(kept: Sequence[Activity]) -> Activity | None:
    """Return the newest of the activities that moved the first one's metric: where several did in a
    month, the number is the last one's.
    """
    alike = [one for one in kept if one.move.name == kept[0].move.name]
    return max(alike, key=lambda one: one.day or date.min, default=None)


def _is_of_period(activity: Activity, log: TeamLog) -> bool:
    """Return whether an activity's number tells what changed in the period.

    Not a comparison, nor a note's own number where its series has none of the period: the note's
    "before" is of the day it began, and the series may have gone on from another value.
    """
    line = find_series(metric_series_of(log), activity.move.name)
    silent = line is not None and line.value_in(log.period) is None
    return not activity.move.comparison and not silent


def _news(
    log: TeamLog, business: BusinessAnswer, key: PeriodMetric | None, *, best: Activity | None
) -> Headline:
    """Return the headline of a period without a notable loss and with earlier history."""
    notes = len(log.period_notes)
    of_weeks = isinstance(log.period, Month)  # a note's number of one week is none of a month
    if key is not None and (key.change is not None or of_weeks):
        return Headline("key_number", key, evidence=key.evidence, notes=notes)
    if best is not None and not (of_weeks and business.series):
        return Headline("moved", None, best.move, best.evidence, notes)
    return _quiet_headline(log, business, notes)


def _of_event(event: Event, key: PeriodMetric | None, notes: int) -> Headline:
    """Return the headline of an event."""
    if event.number is not None:
        kind: HeadlineKind = (
            "key_number" if key is not None and event.number.name == key.name else "number"
        )
        return Headline(kind, event.number, evidence=event.number.evidence, notes=notes)
    if event.step is not None and event.funnel is not None:
        evidence = next(iter(event.funnel.evidence), None)
        return Headline(
            "funnel", evidence=evidence, notes=notes, step=event.step, funnel=event.funnel.name
        )
    move, evidence = (
        (event.activity.move, event.activity.evidence) if event.activity else (None, None)
    )
    return Headline("wrong_way", None, move, evidence, notes)


def _quiet_headline(log: TeamLog, business: BusinessAnswer, notes: int) -> Headline:
    leading = business.nothing_moved.leading if business.nothing_moved else ()
    if leading:
        return Headline("signs", leading[0], evidence=leading[0].evidence, notes=notes)
    if business.series_worse:
        worst = business.series_worse[0]
        return Headline("number", worst, evidence=worst.evidence, notes=notes)
    if business.wrong_way:
        first = business.wrong_way[0]
        return Headline("wrong_way", None, first.move, first.evidence, notes)
    moved = next((number for number in business.series if number.direction == "better"), None)
    if moved is not None:
        return Headline("number", moved, evidence=moved.evidence, notes=notes)
    return Headline("too_few" if notes < log.rules.too_few else "nothing_moved", notes=notes)
