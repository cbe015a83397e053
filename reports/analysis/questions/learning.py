"""Question 2 (method §3): where was each learning applied?

Only learnings from "applied" on enter the page; the others are counted, and listed for the team.
"""

from collections.abc import Callable, Sequence

from notes.model.notes import StoredNote
from reports.analysis.data.period_membership import day_of, is_executed, start_day_of
from reports.analysis.data.team_log import TeamLog
from reports.analysis.learnings.learnings import Learning, is_used_in, learnings_of
from reports.analysis.learnings.repeated_hypotheses import repeated_failure, repeated_hypotheses
from reports.analysis.records.answers import (
    LearningAnswer,
    LearningPair,
    LearningState,
    SuggestedApplication,
    UnappliedLearning,
)
from reports.analysis.text.similarity import similarity

_STATES: tuple[LearningState, ...] = ("learned", "planned", "applied", "confirmed", "standard")
"""States in the order in which a learning passes through them (method §3)."""


_LATEST = 50
"""Newest learnings for which a likely application is searched: judgement; it bounds the cost."""


def answer_learning(
    log: TeamLog, past: Sequence[StoredNote] = (), learnings: Sequence[Learning] | None = None
) -> LearningAnswer:
    """Return the answer.

    `past` are notes older than the log's window, `learnings` those of the period.
    """
    again = repeated_hypotheses(log, past)
    learnings = learnings_of(log) if learnings is None else learnings
    applied = [learning for learning in learnings if learning.applied]
    fresh = [learning for learning in applied if is_used_in(learning, log.period, log)]
    waiting = [learning for learning in learnings if not learning.applied]
    counts = ((state, sum(learning.state == state for learning in learnings)) for state in _STATES)
    return LearningAnswer(
        pairs=tuple(
            _pair(learning, log)
            for learning in sorted(fresh, key=_newest(log))[: log.rules.list_size]
        ),
        learned_total=len(learnings),
        applied_total=len(applied),
        counts=tuple((state, count) for state, count in counts),
        unapplied=tuple(_unapplied(learning, log) for learning in waiting),
        suggestions=_suggestions(waiting, log),
        same_failure=repeated_failure(again),
        again=again,
    )


def _newest(log: TeamLog) -> Callable[[Learning], tuple[int, str, str]]:
    def key(learning: Learning) -> tuple[int, str, str]:
        day = learning.day or day_of(learning.stored, log.zone)
        return (-day.toordinal(), log.quote(learning.stored.note.learned), learning.stored.id)

    return key


def _pair(learning: Learning, log: TeamLog) -> LearningPair:
    note = learning.stored.note
    use = learning.told
    applied_to = log.what(use.stored.note) if use else log.deed(note.applied_to)
    failed = note.outcome == "failure"
    return LearningPair(
        state=learning.told_state
        if learning.told_state in {"confirmed", "standard"}
        else "applied",
        learned=log.quote(note.learned),
        applied_to=applied_to,
        evidence=log.evidence(learning.stored),
        how=use.how if use else "cell",
        applied=log.evidence(use.stored) if use else None,
        effect=learning.effect,
        from_failure=failed,
        hypothesis=log.quote(note.hypothesis) if failed else "",
        lines=log.lines(note),
        owners=note.owners,
        appliers=_appliers(learning),
        day=learning.day,
    )


def _appliers(learning: Learning) -> tuple[str, ...]:
    names = [name for use in learning.uses for name in use.stored.note.owners]
    return tuple(dict.fromkeys(names))


def _unapplied(learning: Learning, log: TeamLog) -> UnappliedLearning:
    note = learning.stored.note
    planned = learning.state == "planned"
    return UnappliedLearning(
        log.evidence(learning.stored),
        log.quote(note.learned),
        "planned" if planned else "learned",
        log.deed(note.applied_to) if planned else "",
        note.owners,
    )


def _suggestions(waiting: Sequence[Learning], log: TeamLog) -> tuple[SuggestedApplication, ...]:
    """Return notes of the period that read like an application, the most alike first."""
    found = []
    for learning in waiting[-_LATEST:]:
        start, learned = start_day_of(learning.stored, log.zone), learning.stored.note.learned
        for other in log.period_notes:
            if (
                other.id == learning.stored.id
                or not is_executed(other.note)
                or start_day_of(other, log.zone) < start
            ):
                continue
            score = similarity(learned, f"{other.note.hypothesis} {other.note.execution}")
            if score >= log.rules.similar:
                found.append(
                    SuggestedApplication(
                        log.quote(learned),
                        log.evidence(learning.stored),
                        log.evidence(other),
                        round(score, 4),
                    )
                )
    found.sort(key=lambda one: (-one.score, one.learned, one.later.what, one.later.note_id))
    return tuple(found[: log.rules.list_size])
