"""Goal lines: each goal is 움직임, 반대로, 멈춤 or 판단 불가 (method §3).

Its numbers of the period decide first, then the signals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from notes.model.notes import StoredNote
from reports.analysis.data.period_membership import (
    day_of,
    is_executed,
    is_finished,
    is_silent,
    runs_on,
    start_day_of,
)
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.impact import ImpactClaim, got_worse, is_contradicted
from reports.analysis.metrics.metric_change import metrics_of
from reports.analysis.metrics.metric_series import period_metrics
from reports.analysis.records.answers import GoalLine, GoalReason, GoalState, PeriodMetric
from reports.analysis.records.evidence import Evidence
from reports.analysis.text.quoting import comparison_key

_SHORTEST = 2
"""Letters below which a metric's name may stand in a goal by chance: judgement."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The state of a goal and what decided it."""

    state: GoalState
    reasons: tuple[GoalReason, ...]
    number: PeriodMetric | None = None
    claim: ImpactClaim | None = None
    note: StoredNote | None = None

    def evidence(self, log: TeamLog) -> tuple[Evidence, ...]:
        """Return what decided, as references."""
        if self.number is not None and self.number.evidence is not None:
            return (self.number.evidence,)
        decided = self.claim.stored if self.claim else self.note
        return (log.evidence(decided),) if decided else ()


def judge_goals(log: TeamLog, claims: Sequence[ImpactClaim]) -> list[GoalLine]:
    """Return the goals worked on in the period or lately, those with most notes first."""
    since = log.until(log.rules.commitment_weeks)
    recent: dict[str, list[StoredNote]] = {}
    for stored in log.notes:
        name = comparison_key(stored.note.goal)
        active = stored.id in log.period_note_ids or (
            day_of(stored, log.zone) >= since and not is_finished(stored.note, log.period)
        )
        if (
            name
            and (active or name in recent)
            and start_day_of(stored, log.zone) <= log.period.last
        ):
            recent.setdefault(name, []).append(stored)
    numbers = period_metrics(log)
    lines = [_line(notes, claims, numbers, log=log) for notes in recent.values()]
    return sorted((one for one in lines if one.goal), key=lambda line: (-line.notes, line.goal))


def _line(
    notes: Sequence[StoredNote],
    claims: Sequence[ImpactClaim],
    numbers: Sequence[PeriodMetric],
    *,
    log: TeamLog,
) -> GoalLine:
    goal = log.aim(notes[-1].note.goal) or log.what(notes[-1].note)
    here = _done_here(notes, log)
    ids = {stored.id for stored in notes}
    own = [
        claim
        for claim in claims
        if claim.stored.id in ids and not claim.move.comparison and not is_contradicted(claim)
    ]
    verdict = _judge(notes, own, [number for number in numbers if _belongs(number, goal)], log=log)
    shown = tuple(log.evidence(stored) for stored in reversed(here or list(notes)))
    decided = verdict.evidence(log)
    return GoalLine(
        goal=goal,
        state=verdict.state,
        reasons=verdict.reasons,
        evidence=(*decided, *(one for one in shown if one not in decided))[: log.rules.list_size],
        notes=len(here),
        move=verdict.claim.move if verdict.claim else None,
        number=verdict.number,
    )


def _belongs(number: PeriodMetric, goal: str) -> bool:
    """Return whether a series belongs to the goal: the goal names it."""
    name = comparison_key(number.name)
    return len(name) >= _SHORTEST and name in comparison_key(goal)


def _judge(
    notes: Sequence[StoredNote],
    claims: Sequence[ImpactClaim],
    numbers: Sequence[PeriodMetric],
    *,
    log: TeamLog,
) -> _Verdict:
    """Return the state of a goal: by its series, then its notes' numbers, then the signals."""
    judged = [number for number in numbers if not number.deferred and number.direction is not None]
    if judged:
        return _by_series(judged, notes, log)
    ways = {claim.move.direction for claim in claims}
    if any(claim.move.direction == "better" or got_worse(claim) for claim in claims):
        return _by_claims(claims)
    if any(number.deferred for number in numbers):
        here = any(stored.id in log.period_note_ids for stored in notes)
        return _Verdict("undecidable", (*_done(here=here), "deferred"), note=notes[-1])
    return _by_signals(notes, log, unchanged=ways == {"same"})


def _by_series(
    numbers: Sequence[PeriodMetric], notes: Sequence[StoredNote], log: TeamLog
) -> _Verdict:
    """Return what the first of the goal's series that moved says; leading ones come first."""
    moved = next((number for number in numbers if number.direction != "same"), None)
    if moved is None:
        if _has_begun(notes, log):
            return _Verdict("undecidable", ("begun",), numbers[0])
        if _running(notes, log) is not None or _is_open(notes, log):
            return _Verdict("undecidable", ("activity_done", "no_signal"), numbers[0])
        return _Verdict("stalled", ("no_change",), numbers[0])
    if moved.direction == "worse":
        return _Verdict("against", ("metric_worse",), moved)
    return _Verdict(
        "moving", ("leading_moved" if moved.role == "leading" else "metric_moved",), moved
    )


def _by_claims(claims: Sequence[ImpactClaim]) -> _Verdict:
    """Return what the numbers of the goal's notes say; undecidable if they moved both ways."""
    better = next((claim for claim in claims if claim.move.direction == "better"), None)
    worse = next((claim for claim in claims if got_worse(claim)), None)
    if better is not None and worse is not None:
        return _Verdict("undecidable", ("metric_moved", "metric_worse"), claim=worse)
    if worse is not None:
        return _Verdict("against", ("metric_worse",), claim=worse)
    return _Verdict("moving", ("metric_moved",), claim=better)


def _by_signals(notes: Sequence[StoredNote], log: TeamLog, *, unchanged: bool) -> _Verdict:
    """Return what the goal's activities say where none of its numbers moved.

    A goal on which work began or runs on is never stalled, nor is one whose trial is not known to
    be over: that no activity of the period is written does not say that there was none (method §1).
    """
    here = _done_here(notes, log)
    success = next((stored for stored in here if stored.note.outcome == "success"), None)
    if success is not None and not unchanged:
        return _Verdict("moving", ("activity_done",), note=success)
    if _has_begun(notes, log):
        return _Verdict("undecidable", ("begun",), note=notes[-1])
    running = _running(notes, log)
    if (unchanged and running is None and not _is_open(notes, log)) or (
        here and all(stored.note.outcome in {"failure", "dropped"} for stored in here)
    ):
        return _Verdict("stalled", ("no_change",), note=here[-1] if here else notes[-1])
    if here or running is not None:
        return _Verdict(
            "undecidable", (*_done(here=bool(here)), "no_signal"), note=running or here[-1]
        )
    over = all(is_finished(stored.note, log.period) for stored in notes)
    return _Verdict("stalled" if over else "undecidable", ("nothing_written",), note=notes[-1])


def _done_here(notes: Sequence[StoredNote], log: TeamLog) -> list[StoredNote]:
    """Return the goal's activities of the period."""
    return [one for one in notes if one.id in log.period_note_ids and is_executed(one.note)]


def _running(notes: Sequence[StoredNote], log: TeamLog) -> StoredNote | None:
    """Return a trial that runs on through the period: the log says so, or its end is to come."""
    return next(
        (
            stored
            for stored in notes
            if runs_on(stored.note, log.period) or is_silent(stored, log.period, log.zone)
        ),
        None,
    )


def _is_open(notes: Sequence[StoredNote], log: TeamLog) -> bool:
    """Return whether a trial of the period says otherwise than its number, which stood still.

    It succeeded, or its team leaves open what came of it.
    """
    return any(
        one.note.outcome == "success" or (one.note.outcome == "inconclusive" and not _stood(one))
        for one in _done_here(notes, log)
    )


def _stood(stored: StoredNote) -> bool:
    """Return whether the team's own verdict is that the number stood still (ADR 0685)."""
    return any(metric.change == 0 for metric in metrics_of(stored.note))


def _has_begun(notes: Sequence[StoredNote], log: TeamLog) -> bool:
    """Return whether work on a goal began in the period, be it over already (method §3).

    By its start, by the week that it states; where it has no date, by the day it was first seen.
    """
    return any(
        start_day_of(stored, log.zone) in log.period
        for stored in notes
        if stored.note.start_date or stored.note.end_date is None
    )


def _done(*, here: bool) -> tuple[GoalReason, ...]:
    return ("activity_done",) if here else ()
