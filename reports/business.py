"""Question 1, of METHOD.md §3: what actually moved the number?

claims ─► kept (at most three) | below the cut line: wrong way, candidates to stop | goals, forecasts
"""

from collections.abc import Sequence

from .agreed import agreed_in
from .answers import Activity, BusinessAnswer, Move, NothingMoved
from .claims import Claim, better_claims, claims_of, rank
from .forecast import forecasts
from .goals import goal_lines
from .log import Log
from .membership import executed
from .series import numbers_of
from .stop import stop_candidates, stop_checks
from .wording import normal


def business(log: Log, last: Log | None = None, claims: Sequence[Claim] | None = None) -> BusinessAnswer:
    """Return the answer; `last` is the log of the period before as its report saw it, `claims` those of the period."""
    claims = claims_of(log) if claims is None else claims
    better = better_claims(claims, log)
    worse = wrong_way(claims, log)
    kept = kept_of(better, log)
    stop = stop_candidates(log, claims)
    goals = goal_lines(log, claims)
    done = [stored for stored in log.here if executed(stored.note)]
    measured = {claim.stored.id for claim in claims}
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
        nothing_moved=None if kept else nothing_moved(log),
        goals=tuple(goals[:size]),
        goals_total=len(goals),
        forecasts=forecasts(log, claims),
    )


def nothing_moved(log: Log) -> NothingMoved:
    """Return what can be said where no number moved: what was agreed and done, and leading numbers that moved."""
    agreed = agreed_in(log, log.period)
    leading = [number for number in numbers_of(log) if number.role == "leading" and number.way == "better"]
    shown = sorted(agreed, key=lambda one: one.done is not True)
    return NothingMoved(
        agreed=tuple(shown[: log.rules.list_size]),
        agreed_done=sum(one.done is True for one in agreed),
        agreed_total=len(agreed),
        leading=tuple(leading[: log.rules.list_size]),
    )


def _together(claims: Sequence[Claim]) -> list[tuple[Claim, tuple[Claim, ...]]]:
    """Return the claims, those of one metric as one: the best ranked with the others beside it."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(normal(claim.move.name) or claim.stored.id, []).append(claim)
    return [(group[0], tuple(group[1:])) for group in groups.values()]


def kept_of(better: Sequence[Claim], log: Log) -> tuple[Activity, ...]:
    """Return the activities to keep: at most `keep`, never padded, weak ones only where others are fewer."""
    groups = _together(better)
    solid = [group for group in groups if group[0].grade != "weak"]
    weak = [group for group in groups if group[0].grade == "weak"]
    listed = solid if len(solid) >= log.rules.weak_below else [*solid, *weak]
    return tuple(activity_of(claim, log, shared) for claim, shared in listed[: log.rules.keep])


def activity_of(claim: Claim, log: Log, shared: Sequence[Claim] = ()) -> Activity:
    """Return the claim as the report shows it."""
    note = claim.stored.note
    return Activity(
        evidence=log.evidence(claim.stored),
        move=claim.move,
        grade=claim.grade,
        reasons=claim.reasons,
        lines=log.lines(note),
        goal=log.quote(note.goal),
        day=note.end_date or note.start_date,
        owners=note.owners,
        shared=tuple(log.evidence(other.stored) for other in shared),
        repeated=tuple(log.evidence(other) for other in claim.repeated[: log.rules.list_size]),
    )


def wrong_way(claims: Sequence[Claim], log: Log) -> list[Claim]:
    """Return the claims whose number moved the wrong way, largest relative change first."""
    worse = [claim for claim in claims if claim.move.way == "worse"]
    return sorted(worse, key=lambda claim: (-abs(_harm(claim.move)), rank(claim, log)))


def _harm(move: Move) -> float:
    return move.change / abs(move.before) if move.before else 0.0
