"""What one team learned that another could use (학습 공유): found by a shared metric, tag or goal, else suggested."""

from collections.abc import Iterator, Sequence
from typing import Literal

from loopnote.notes import StoredNote

from .inputs import ReportInputs
from .lessons import Lesson, lessons_of
from .log import Log, build_log, meant, same_text
from .moves import metrics_of
from .report import SharedLearning
from .rules import Rules
from .similar import similarity
from .wording import normal

Because = Literal["same_metric", "same_tag", "same_goal", "similar"]
_ORDER: tuple[Because, ...] = ("same_metric", "same_tag", "same_goal", "similar")


def shared_learnings(several: Sequence[ReportInputs]) -> tuple[SharedLearning, ...]:
    """Return the learnings of the period that worked in one team and fit what another is doing, the surest first.

    Each learning is named once for each other team; the list is as long as the rules' lists.
    """
    logs = [build_log(inputs) for inputs in several]
    found: list[SharedLearning] = []
    for ours in logs:
        lessons = [lesson for lesson in lessons_of(ours) if lesson.applied]
        for theirs in logs:
            if theirs.team.name != ours.team.name:
                found += (one for lesson in lessons if (one := _fit(lesson, ours, theirs)) is not None)
    rules = several[0].rules if several else Rules()
    found.sort(key=lambda one: (not one.sure, _ORDER.index(one.because), one.team, one.other, one.learned))
    return tuple(found[: rules.list_size])


def _fit(lesson: Lesson, ours: Log, theirs: Log) -> SharedLearning | None:
    """Return the lesson as something for the other team, None where nothing of theirs matches."""
    matches = (match for stored in theirs.here for match in _matches(lesson.stored, stored, theirs))
    best = min(matches, key=lambda match: (_ORDER.index(match[0]), match[1]), default=None)
    learned = ours.quote(lesson.stored.note.learned)
    if best is None or not learned or _known(lesson.stored, theirs):
        return None
    because, matched = best
    return SharedLearning(
        ours.team.name,
        theirs.team.name,
        learned,
        ours.evidence(lesson.stored),
        because,
        theirs.quote(matched),
        sure=because != "similar",
    )


def _matches(lesson: StoredNote, stored: StoredNote, theirs: Log) -> Iterator[tuple[Because, str]]:
    """Give in what way another team's note is about the same thing, and the words that say so."""
    note, other = lesson.note, stored.note
    names = {normal(metric.name) for metric in metrics_of(note)} - {""}
    for metric in metrics_of(other):
        if normal(metric.name) in names:
            yield "same_metric", metric.name
    for tag in other.tags:
        if tag in note.tags:
            yield "same_tag", tag
    if same_text(note.goal, other.goal):
        yield "same_goal", other.goal
    if similarity(note.learned, f"{other.hypothesis} {other.execution}") >= theirs.rules.similar:
        yield "similar", theirs.what(other)


def _known(lesson: StoredNote, theirs: Log) -> bool:
    """Tell whether the other team has learned the same words itself."""
    return any(
        same_text(lesson.note.learned, stored.note.learned) for stored in theirs.notes if meant(stored.note.learned)
    )
