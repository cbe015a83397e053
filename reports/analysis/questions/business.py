"""Question 1 (method §3): what actually moved the number?

claims ─► kept (at most three) | below the cut line: wrong way, candidates to stop | goals,
forecasts
"""

from collections.abc import Iterator, Sequence

from notes.model.notes import Note, StoredNote
from notes.model.periods import Week
from reports.analysis.commitments.promises import own_names, promised
from reports.analysis.data.period_membership import day_of, is_executed, measured_on
from reports.analysis.data.planned_work import planned_activities
from reports.analysis.data.team_log import TeamLog
from reports.analysis.metrics.impact import (
    ImpactClaim,
    better_claims,
    claims_of,
    disputes_of,
    doubtful_moves,
    gives_numbers,
    got_worse,
    is_contradicted,
    is_contrary,
    is_undirected,
    is_unsure,
    rank,
)
from reports.analysis.metrics.metric_change import metrics_of
from reports.analysis.metrics.metric_series import deferred_names, period_metric_of, period_metrics
from reports.analysis.records.answers import (
    Activity,
    BusinessAnswer,
    DisputedNumber,
    MetricChange,
    NoChangeSummary,
    PeriodMetric,
)
from reports.analysis.text.quoting import comparison_key, figures_in
from reports.analysis.text.vocabulary import is_term

from .forecast import forecasts
from .goals import judge_goals
from .stop_candidates import is_left_open, stop_candidates, stop_checks


def answer_business(
    log: TeamLog, last: TeamLog | None = None, claims: Sequence[ImpactClaim] | None = None
) -> BusinessAnswer:
    """Return the answer.

    `last` is the log of the period before as its sent report saw it, `claims` those of the period.
    """
    claims = claims_of(log) if claims is None else claims
    improved = better_claims(claims, log)
    given_up = [claim for claim in improved if _gives_up(claim.stored.note)]
    better = [claim for claim in improved if claim not in given_up]
    worse = wrong_direction_activities(claims, log)
    numbers = period_metrics(log)
    series_worse = tuple(
        number for number in numbers if number.direction == "worse" and not number.deferred
    )
    kept = activities_to_keep(better, log)
    stop = stop_candidates(log, claims)
    goals = judge_goals(log, claims)
    done = [stored for stored in log.period_notes if is_executed(stored.note)]
    claimed = {claim.stored.id for claim in claims}
    measured = claimed | {
        one.id for one in done if any(metrics_of(one.note)) or gives_numbers(one, log)
    }
    undirected = doubtful_moves(log) + sum(
        is_contradicted(one) or (is_undirected(one) and not one.move.comparison) for one in claims
    )
    size = log.rules.list_size
    return BusinessAnswer(
        kept=kept,
        moved_total=len(better),
        executed=len(done),
        unmeasured=sum(stored.id not in measured for stored in done),
        wrong_way=tuple(activity_of(claim, log) for claim in worse[:size]),
        wrong_way_total=len(worse),
        stop=tuple(stop[:size]),
        stop_total=len(stop),
        stop_checks=stop_checks(log, last) if last is not None else (),
        nothing_moved=None
        if kept or worse or undirected or any(map(_is_result, numbers))
        else no_change_summary(log),
        goals=tuple(goals[:size]),
        goals_total=len(goals),
        forecasts=forecasts(log, claims),
        unsure=tuple(activity_of(claim, log) for claim in claims if is_unsure(claim))[:size],
        contrary=tuple(
            activity_of(one, log) for one in claims if is_contrary(one) or one in given_up
        )[:size],
        disputed=tuple(_disputed(log))[:size],
        series=numbers[: log.rules.metrics],
        series_worse=series_worse[:size],
        series_better=sum(one.direction == "better" and not one.deferred for one in numbers),
        series_changed=sum(bool(one.change) for one in numbers),
        undirected=undirected,
        uncompared=sum(one.id not in claimed and _has_no_before(one) for one in done),
    )


def _has_no_before(stored: StoredNote) -> bool:
    """Return whether a note gives a number of afterwards, but nothing to compare it with."""
    return any(
        one.before is None
        and one.before_counts is None
        and (one.after is not None or one.after_counts is not None)
        for one in metrics_of(stored.note)
    )


def _is_result(number: PeriodMetric) -> bool:
    """Return whether a series' number is a result that moved: not leading, not deferred."""
    fell = number.direction == "worse"
    return bool(number.change) and not number.deferred and (fell or number.role != "leading")


def _gives_up(note: Note) -> bool:
    """Return whether a note's own next action stops its activity: whatever number stands beside it,
    its team does not hold that it worked (ADR 0687).
    """
    return any(
        kind == "stop" and (is_term("bare_promise", text) or own_names(note, text))
        for text, kind in promised(note)
    )


def _disputed(log: TeamLog) -> Iterator[DisputedNumber]:
    return (
        DisputedNumber(log.evidence(stored), move, number)
        for stored, move, line in disputes_of(log)
        if (number := period_metric_of(line, log)) is not None
        and not _says_both(stored, move, number)
    )


def _says_both(stored: StoredNote, move: MetricChange, number: PeriodMetric) -> bool:
    """Return whether one cell of a note tells three numbers or more, the series' own among them:
    which one it claims nobody knows ("3,460명 → 3,700명, 이벤트 뒤 3,480명").
    """
    for _, text in stored.raw.cells:
        told = figures_in(text)
        if len(told) >= _SEVERAL and move.after in told and number.value in told:
            return True
    return False


_SEVERAL = 3
"""Numbers of a cell above a before and an after."""


def no_change_summary(log: TeamLog) -> NoChangeSummary:
    """Return what can be said where no number moved.

    What was agreed and done, and which leading numbers moved.
    """
    agreed = planned_activities(log, log.period)
    leading = [
        number
        for number in period_metrics(log)
        if number.role == "leading" and number.direction == "better"
    ]
    shown = sorted(agreed, key=lambda one: one.done is not True)
    return NoChangeSummary(
        agreed=tuple(shown[: log.rules.list_size]),
        agreed_done=sum(one.done is True for one in agreed),
        agreed_total=len(agreed),
        agreed_unmarked=sum(one.done is None for one in agreed),
        leading=tuple(leading[: log.rules.list_size]),
    )


def _together(
    claims: Sequence[ImpactClaim], log: TeamLog
) -> list[tuple[ImpactClaim, tuple[ImpactClaim, ...]]]:
    """Return the claims, those of one metric and week joined: the best with the others beside
    it.
    """
    groups: dict[tuple[str, object], list[ImpactClaim]] = {}
    for claim in claims:
        day = measured_on(claim.stored, log.zone) or day_of(claim.stored, log.zone)
        name = comparison_key(claim.move.name) or claim.stored.id
        groups.setdefault((name, Week.containing(day)), []).append(claim)
    return [(group[0], tuple(group[1:])) for group in groups.values()]


def activities_to_keep(better: Sequence[ImpactClaim], log: TeamLog) -> tuple[Activity, ...]:
    """Return the activities to keep: at most `keep`, weak ones only where others are fewer."""
    groups = _together(better, log)
    solid = [group for group in groups if group[0].grade != "weak"]
    weak = [group for group in groups if group[0].grade == "weak"]
    listed = solid if len(solid) >= log.rules.weak_below else [*solid, *weak]
    return tuple(activity_of(claim, log, shared) for claim, shared in listed[: log.rules.keep])


def activity_of(claim: ImpactClaim, log: TeamLog, shared: Sequence[ImpactClaim] = ()) -> Activity:
    """Return the claim as the report shows it."""
    note = claim.stored.note
    return Activity(
        evidence=log.evidence(claim.stored),
        move=claim.move,
        grade=claim.grade,
        reasons=claim.reasons,
        lines=log.lines(note),
        goal=log.aim(note.goal),
        day=note.end_date or note.start_date,
        owners=note.owners,
        shared=tuple(log.evidence(other.stored) for other in shared),
        repeated=tuple(log.evidence(other) for other in claim.repeated[: log.rules.list_size]),
        judged=not is_left_open(note),
    )


def wrong_direction_activities(claims: Sequence[ImpactClaim], log: TeamLog) -> list[ImpactClaim]:
    """Return the claims whose number got worse, largest relative change first."""
    deferred = deferred_names(log)
    worse = [
        claim
        for claim in claims
        if got_worse(claim)
        and not (claim.move.comparison or is_unsure(claim))
        and not is_contradicted(claim)
        and comparison_key(claim.move.name) not in deferred
    ]
    return sorted(worse, key=lambda claim: (-abs(_harm(claim.move)), rank(claim, log)))


def _harm(move: MetricChange) -> float:
    return move.change / abs(move.before) if move.before else 0.0
