"""Question 2, of METHOD.md §3: where did you apply what you learned?

Only lessons from "applied" on enter the page; the others are counted, and listed for the team.
"""

from collections.abc import Callable, Sequence

from loopnote.notes import StoredNote

from .again import same_failure, tried_again
from .answers import (
    LearningAnswer,
    LearningPair,
    LearningState,
    SuggestedApplication,
    Unapplied,
)
from .lessons import Lesson, lessons_of
from .log import Log
from .membership import began, day_of, executed
from .similar import similarity

_STATES: tuple[LearningState, ...] = ("learned", "planned", "applied", "confirmed", "standard")


_LATEST = 50
"""The newest lessons for which a likely application is looked for: a suggestion need not cost more."""


def learning(log: Log, past: Sequence[StoredNote] = (), lessons: Sequence[Lesson] | None = None) -> LearningAnswer:
    """Return the answer; `past` are older notes than the log holds, `lessons` those of the period."""
    again = tried_again(log, past)
    lessons = lessons_of(log) if lessons is None else lessons
    applied = [lesson for lesson in lessons if lesson.applied]
    waiting = [lesson for lesson in lessons if not lesson.applied]
    counts = ((state, sum(lesson.state == state for lesson in lessons)) for state in _STATES)
    return LearningAnswer(
        pairs=tuple(_pair(lesson, log) for lesson in sorted(applied, key=_newest(log))[: log.rules.list_size]),
        learned_total=len(lessons),
        applied_total=len(applied),
        counts=tuple((state, count) for state, count in counts),
        unapplied=tuple(_unapplied(lesson, log) for lesson in waiting),
        suggestions=_suggestions(waiting, log),
        same_failure=same_failure(again),
        again=again,
    )


def _newest(log: Log) -> Callable[[Lesson], tuple[int, str, str]]:
    def key(lesson: Lesson) -> tuple[int, str, str]:
        day = lesson.day or day_of(lesson.stored, log.zone)
        return (-day.toordinal(), log.quote(lesson.stored.note.learned), lesson.stored.id)

    return key


def _pair(lesson: Lesson, log: Log) -> LearningPair:
    note = lesson.stored.note
    use = lesson.uses[-1] if lesson.uses else None
    applied_to = log.quote(note.applied_to) if lesson.in_cell else log.what(use.stored.note) if use else ""
    failed = note.outcome == "failure"
    return LearningPair(
        state=lesson.state if lesson.state in {"confirmed", "standard"} else "applied",
        learned=log.quote(note.learned),
        applied_to=applied_to,
        evidence=log.evidence(lesson.stored),
        how=use.how if use and not lesson.in_cell else "cell",
        applied=log.evidence(use.stored) if use else None,
        effect=lesson.effect,
        from_failure=failed,
        hypothesis=log.quote(note.hypothesis) if failed else "",
        lines=log.lines(note),
        owners=note.owners,
        appliers=_appliers(lesson),
        day=lesson.day,
    )


def _appliers(lesson: Lesson) -> tuple[str, ...]:
    names = [name for use in lesson.uses for name in use.stored.note.owners]
    return tuple(dict.fromkeys(names))


def _unapplied(lesson: Lesson, log: Log) -> Unapplied:
    note = lesson.stored.note
    planned = lesson.state == "planned"
    return Unapplied(
        log.evidence(lesson.stored),
        log.quote(note.learned),
        "planned" if planned else "learned",
        log.quote(note.applied_to) if planned else "",
        note.owners,
    )


def _suggestions(waiting: Sequence[Lesson], log: Log) -> tuple[SuggestedApplication, ...]:
    """Return later notes of the period that read like an application, the most alike first."""
    found = []
    for lesson in waiting[-_LATEST:]:
        start, learned = began(lesson.stored, log.zone), lesson.stored.note.learned
        for other in log.here:
            if other.id == lesson.stored.id or not executed(other.note) or began(other, log.zone) < start:
                continue
            score = similarity(learned, f"{other.note.hypothesis} {other.note.execution}")
            if score >= log.rules.similar:
                found.append(
                    SuggestedApplication(
                        log.quote(learned), log.evidence(lesson.stored), log.evidence(other), round(score, 4)
                    )
                )
    found.sort(key=lambda one: (-one.score, one.learned, one.later.what, one.later.note_id))
    return tuple(found[: log.rules.list_size])
