"""The cheapest repairs of the log (METHOD.md §10): a missing number, a missing application, a missing next action."""

from collections.abc import Sequence

from .claims import Claim
from .lessons import Lesson
from .log import Log, meant
from .membership import executed, finished
from .sections import Fix


def fixes_of(log: Log, claims: Sequence[Claim], lessons: Sequence[Lesson]) -> list[Fix]:
    """Return what is missing in the period's notes: one of each kind first, then the rest, kind by kind."""
    kinds = (_numbers(log, claims), _applications(log, lessons), _next_actions(log))
    firsts = [fixes[0] for fixes in kinds if fixes]
    return [*firsts, *(fix for fixes in kinds for fix in fixes[1:])]


def _numbers(log: Log, claims: Sequence[Claim]) -> list[Fix]:
    """Return finished activities without a number; those that name a metric first: they are cheapest."""
    measured = {claim.stored.id for claim in claims}
    bare = [
        stored
        for stored in log.here
        if executed(stored.note) and finished(stored.note, log.period) and stored.id not in measured
    ]
    bare.sort(key=lambda stored: stored.note.metric is None)
    return [
        Fix("number", log.evidence(one), log.quote(one.note.metric.name if one.note.metric else "")) for one in bare
    ]


def _applications(log: Log, lessons: Sequence[Lesson]) -> list[Fix]:
    """Return lessons without an application, the announced ones first."""
    waiting = [lesson for lesson in lessons if not lesson.applied]
    waiting.sort(key=lambda lesson: lesson.state != "planned")
    return [Fix("application", log.evidence(one.stored), log.quote(one.stored.note.learned)) for one in waiting]


def _next_actions(log: Log) -> list[Fix]:
    bare = [one for one in log.here if meant(one.note.retrospective) and not meant(one.note.next_action)]
    return [Fix("next_action", log.evidence(one), log.quote(one.note.retrospective)) for one in bare]
