"""A lesson and what became of it: 배움 → 적용 예정 → 적용됨(어디) → 효과 확인 → 표준(플레이북).

An application stands in the note's own cell, or in a later note that links to the lesson or names it. An announced
one ("예정") is not one, nor is a placeholder; likeness of text never makes one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from loopnote.notes import StoredNote
from loopnote.weeks import Period

from .answers import LearningState, Move
from .log import Log, meant
from .membership import began, day_of, executed, wrote_in
from .moves import metrics_of, move_of
from .vocabulary import is_only, says

_PARTS = re.compile(r"[\n;·]|,\s|\s/\s")
_ORDER: tuple[LearningState, ...] = ("learned", "planned", "applied", "confirmed", "standard")


@dataclass(frozen=True, slots=True)
class Use:
    """A later note that puts a lesson to use, and how it refers to it."""

    stored: StoredNote
    how: Literal["link", "named"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A note with something learned, where it was applied, and how far it has come.

    `day` is when it was last applied, None where it was not.
    """

    stored: StoredNote
    state: LearningState
    in_cell: bool = False
    uses: tuple[Use, ...] = ()
    effect: Move | None = None
    day: date | None = None

    @property
    def applied(self) -> bool:
        """Whether the lesson may enter the page."""
        return _ORDER.index(self.state) >= _ORDER.index("applied")


def application(text: str) -> Literal["none", "planned", "applied"]:
    """Return what an application cell says: nothing, an announcement, or that it was done.

    >>> application("다음 주 적용 예정"), application("-"), application("예약 안내문, 다음 달 앱에도 적용 예정")
    ('planned', 'none', 'applied')
    """
    parts = [part for part in _PARTS.split(text) if not is_only("placeholder", part)]
    if any(says("applied", part) or not says("announced", part) for part in parts):
        return "applied"
    return "planned" if parts else "none"


def lessons_of(log: Log) -> tuple[Lesson, ...]:
    """Return the lessons of the period: learned in it, or applied in it however old; in the log's order."""
    found = []
    for stored in log.notes:
        if not meant(stored.note.learned):
            continue
        lesson = lesson_of(stored, log)
        if stored.id in log.here_ids or used_in(lesson, log.period, log):
            found.append(lesson)
    return tuple(found)


def used_in(lesson: Lesson, period: Period, log: Log) -> bool:
    """Tell whether the lesson was put to use in the period."""
    here = log.here_ids if period == log.period else {stored.id for stored in log.of(period)}
    if any(use.stored.id in here for use in lesson.uses):
        return True
    written = wrote_in(lesson.stored, period, log.zone, ("applied_to",))
    return lesson.in_cell and (written or ("applied_to" not in lesson.stored.written and lesson.stored.id in here))


def lesson_of(stored: StoredNote, log: Log) -> Lesson:
    """Return the lesson of a note with its uses in the whole log."""
    note = stored.note
    cell = application(note.applied_to)
    uses = _uses(stored, log)
    if cell != "applied" and not uses:
        return Lesson(stored, "planned" if cell == "planned" else "learned")
    targets = [use.stored for use in uses] or _named_in_cell(stored, log)
    effect = _effect(targets, log)
    worked = effect is not None or any(target.note.outcome == "success" for target in targets)
    day = max((day_of(use.stored, log.zone) for use in uses), default=day_of(stored, log.zone))
    return Lesson(stored, _state(stored, cell == "applied", worked), cell == "applied", uses, effect, day)


def _state(stored: StoredNote, in_cell: bool, worked: bool) -> LearningState:
    text = stored.note.applied_to if in_cell else ""
    if says("standard", text) or any(says("standard", tag) for tag in stored.note.tags):
        return "standard"
    return "confirmed" if worked or says("confirmed", text) else "applied"


def _uses(stored: StoredNote, log: Log) -> tuple[Use, ...]:
    """Return the later executed notes that refer to the lesson, in order."""
    start = began(stored, log.zone)
    return tuple(
        Use(reference.stored, reference.how)
        for reference in log.referring.get(stored.id, ())
        if executed(reference.stored.note) and began(reference.stored, log.zone) > start
    )


def _named_in_cell(stored: StoredNote, log: Log) -> list[StoredNote]:
    """Return the notes that the note's own application names."""
    text = stored.note.applied_to
    named = log.index.in_text(text) - {stored.id} if meant(text) else frozenset()
    found = [log.by_id[note_id] for note_id in named if executed(log.by_id[note_id].note)]
    return sorted(found, key=lambda other: (day_of(other, log.zone), other.note.title, other.id))


def _effect(targets: Sequence[StoredNote], log: Log) -> Move | None:
    """Return the largest move the right way among the notes that applied the lesson."""
    moves = [move_of(metric, log.team.better) for target in targets for metric in metrics_of(target.note)]
    better = [move for move in moves if move is not None and move.way == "better"]
    return max(better, key=lambda move: (move.size or 0.0, move.name)) if better else None
