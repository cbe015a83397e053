"""Goal lines: each goal is 움직임 · 멈춤 · 판단 불가, from the signals and not from the lagging result alone."""

from collections.abc import Sequence

from notes.model.notes import StoredNote
from reports.analysis.data.period_membership import day_of, is_executed, is_finished, start_day_of
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.impact import ImpactClaim
from reports.analysis.metrics.metric_series import period_metrics
from reports.analysis.records.answers import GoalLine, GoalReason, GoalState, PeriodMetric
from reports.analysis.text.quoting import comparison_key

_SHORTEST = 3


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
    lines = [_line(notes, claims, numbers, log) for notes in recent.values()]
    return sorted(lines, key=lambda line: (-line.notes, line.goal))


def _line(
    notes: Sequence[StoredNote],
    claims: Sequence[ImpactClaim],
    numbers: Sequence[PeriodMetric],
    log: TeamLog,
) -> GoalLine:
    goal = log.quote(notes[-1].note.goal)
    here = [
        stored for stored in notes if stored.id in log.period_note_ids and is_executed(stored.note)
    ]
    ids = {stored.id for stored in here}
    own = [claim for claim in claims if claim.stored.id in ids]
    matched = [number for number in numbers if _belongs(number, goal)]
    state, reasons = _judge(here, own, matched)
    shown = here or list(notes)
    best = max(
        own,
        key=lambda claim: (claim.move.direction == "better", claim.move.size or 0.0),
        default=None,
    )
    return GoalLine(
        goal=goal,
        state=state,
        reasons=reasons,
        evidence=tuple(log.evidence(stored) for stored in reversed(shown))[: log.rules.list_size],
        notes=len(here),
        move=best.move if best else None,
    )


def _belongs(number: PeriodMetric, goal: str) -> bool:
    """Tell whether a metric line is the goal's: the goal names it."""
    name = comparison_key(number.name)
    return len(name) >= _SHORTEST and name in comparison_key(goal)


def _judge(
    here: Sequence[StoredNote], claims: Sequence[ImpactClaim], numbers: Sequence[PeriodMetric]
) -> tuple[GoalState, tuple[GoalReason, ...]]:
    """Return the state of a goal and the reasons for it, the signals before the result."""
    good = _good_signs(here, claims, numbers)
    if good:
        return "moving", good
    bad = _bad_signs(here, claims, numbers)
    if bad:
        return "stalled", bad
    deferred = any(number.deferred for number in numbers)
    done: tuple[GoalReason, ...] = ("activity_done",) if here else ()
    return "undecidable", (*done, "deferred" if deferred else "no_signal")


def _good_signs(
    here: Sequence[StoredNote], claims: Sequence[ImpactClaim], numbers: Sequence[PeriodMetric]
) -> tuple[GoalReason, ...]:
    found: list[GoalReason] = []
    if any(claim.move.direction == "better" for claim in claims):
        found.append("metric_moved")
    if any(number.direction == "better" for number in numbers):
        found.append(
            "leading_moved"
            if any(n.direction == "better" and n.role == "leading" for n in numbers)
            else "metric_moved"
        )
    if not found and any(stored.note.outcome == "success" for stored in here):
        found.append("activity_done")
    return tuple(dict.fromkeys(found))


def _bad_signs(
    here: Sequence[StoredNote], claims: Sequence[ImpactClaim], numbers: Sequence[PeriodMetric]
) -> tuple[GoalReason, ...]:
    found: list[GoalReason] = []
    judged = [number for number in numbers if not number.deferred]
    if any(claim.move.direction == "worse" for claim in claims) or any(
        number.direction == "worse" for number in judged
    ):
        found.append("metric_worse")
    if not found and (claims or any(number.direction == "same" for number in judged)):
        found.append("no_change")
    if not here:
        found.append("nothing_done")
    elif not found and all(stored.note.outcome in {"failure", "dropped"} for stored in here):
        found.append("no_change")
    return tuple(found)
