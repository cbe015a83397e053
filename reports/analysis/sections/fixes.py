"""The cheapest repairs of the log (method §10): a number, application or next action."""

from collections.abc import Sequence

from reports.analysis.data.period_membership import is_executed, is_finished
from reports.analysis.data.team_log import TeamLog, without_placeholder
from reports.analysis.learnings.learnings import Learning
from reports.analysis.metrics.impact import ImpactClaim, gives_numbers
from reports.analysis.records.section_results import Fix


def fixes_of(
    log: TeamLog,
    claims: Sequence[ImpactClaim],
    learnings: Sequence[Learning],
    *,
    known: bool = True,
) -> list[Fix]:
    """Return what is missing in the period's notes: one of each kind first, then by kind.

    Where the meaning of a column is not `known`, the numbers may stand in it.
    """
    numbers = _numbers(log, claims) if known else []
    kinds = (numbers, _applications(log, learnings), _next_actions(log))
    firsts = [fixes[0] for fixes in kinds if fixes]
    return [*firsts, *(fix for fixes in kinds for fix in fixes[1:])]


def _numbers(log: TeamLog, claims: Sequence[ImpactClaim]) -> list[Fix]:
    """Return finished activities without a number; those that name a metric come first."""
    measured = {claim.stored.id for claim in claims}
    over = [
        stored
        for stored in log.period_notes
        if is_executed(stored.note) and is_finished(stored.note, log.period)
    ]
    bare = [
        stored for stored in over if stored.id not in measured and not gives_numbers(stored, log)
    ]
    bare.sort(key=lambda stored: stored.note.metric is None)
    return [
        Fix("number", log.evidence(one), log.aim(one.note.metric.name if one.note.metric else ""))
        for one in bare
    ]


def _applications(log: TeamLog, learnings: Sequence[Learning]) -> list[Fix]:
    """Return learnings without an application, the announced ones first."""
    waiting = [learning for learning in learnings if not learning.applied]
    waiting.sort(key=lambda learning: learning.state != "planned")
    return [
        Fix("application", log.evidence(one.stored), log.quote(one.stored.note.learned))
        for one in waiting
    ]


def _next_actions(log: TeamLog) -> list[Fix]:
    bare = [
        one
        for one in log.period_notes
        if without_placeholder(one.note.retrospective)
        and not without_placeholder(one.note.next_action)
    ]
    return [
        Fix("next_action", log.evidence(one), log.cause(one.note, one.note.retrospective))
        for one in bare
    ]
