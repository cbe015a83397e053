"""A learning and what became of it: 배움 → 적용 예정 → 적용됨(어디) → 효과 확인 → 표준(플레이북).

An application stands in the note's own cell, or in a later note that links to the learning or names
it. An announced one ("예정") is not one, nor is a placeholder; likeness of text never makes one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from notes.model.notes import StoredNote
from notes.model.periods import Period
from reports.analysis.data.period_membership import day_of, is_executed, is_written_in, start_day_of
from reports.analysis.data.team_log import TeamLog, without_placeholder
from reports.analysis.metrics.metric_change import metric_change_of, metrics_of
from reports.analysis.records.answers import LearningState, MetricChange
from reports.analysis.text.vocabulary import contains_term, is_term

_PARTS = re.compile(r"[\n;·]|,\s|\s/\s")
_ORDER: tuple[LearningState, ...] = ("learned", "planned", "applied", "confirmed", "standard")


@dataclass(frozen=True, slots=True)
class LearningUse:
    """A later note that puts a learning to use, and how it refers to it."""

    stored: StoredNote
    how: Literal["link", "named"]


@dataclass(frozen=True, slots=True)
class Learning:
    """A note with something learned, where it was applied, and how far it has come.

    `day` is when it was last applied, None where it was not.
    """

    stored: StoredNote
    state: LearningState
    in_cell: bool = False
    uses: tuple[LearningUse, ...] = ()
    effect: MetricChange | None = None
    day: date | None = None

    @property
    def applied(self) -> bool:
        """Whether the learning may enter the page."""
        return _ORDER.index(self.state) >= _ORDER.index("applied")


def read_application(text: str) -> Literal["none", "planned", "applied"]:
    """Return what an application cell says: nothing, an announcement, or that it was done.

    >>> read_application("다음 주 적용 예정"), read_application("-")
    ('planned', 'none')
    >>> read_application("예약 안내문, 다음 달 앱에도 적용 예정")
    'applied'
    """
    parts = [part for part in _PARTS.split(text) if not is_term("placeholder", part)]
    if any(
        contains_term("applied", part) or not contains_term("announced", part) for part in parts
    ):
        return "applied"
    return "planned" if parts else "none"


def learnings_of(log: TeamLog) -> tuple[Learning, ...]:
    """Return the learnings of the period: learned in it, or applied in it however old.

    In the log's order.
    """
    found = []
    for stored in log.notes:
        if not without_placeholder(stored.note.learned):
            continue
        learning = learning_of(stored, log)
        if stored.id in log.period_note_ids or is_used_in(learning, log.period, log):
            found.append(learning)
    return tuple(found)


def is_used_in(learning: Learning, period: Period, log: TeamLog) -> bool:
    """Tell whether the learning was put to use in the period."""
    here = log.period_note_ids if period == log.period else {stored.id for stored in log.of(period)}
    if any(use.stored.id in here for use in learning.uses):
        return True
    written = is_written_in(learning.stored, period, log.zone, ("applied_to",))
    return learning.in_cell and (
        written or ("applied_to" not in learning.stored.written and learning.stored.id in here)
    )


def learning_of(stored: StoredNote, log: TeamLog) -> Learning:
    """Return the learning of a note with its uses in the whole log."""
    note = stored.note
    cell = read_application(note.applied_to)
    uses = _uses(stored, log)
    if cell != "applied" and not uses:
        return Learning(stored, "planned" if cell == "planned" else "learned")
    targets = [use.stored for use in uses] or _named_in_cell(stored, log)
    effect = _effect(targets, log)
    worked = effect is not None or any(target.note.outcome == "success" for target in targets)
    day = max((day_of(use.stored, log.zone) for use in uses), default=day_of(stored, log.zone))
    return Learning(
        stored, _state(stored, cell == "applied", worked), cell == "applied", uses, effect, day
    )


def _state(stored: StoredNote, in_cell: bool, worked: bool) -> LearningState:
    text = stored.note.applied_to if in_cell else ""
    if contains_term("standard", text) or any(
        contains_term("standard", tag) for tag in stored.note.tags
    ):
        return "standard"
    return "confirmed" if worked or contains_term("confirmed", text) else "applied"


def _uses(stored: StoredNote, log: TeamLog) -> tuple[LearningUse, ...]:
    """Return the later executed notes that refer to the learning, in order."""
    start = start_day_of(stored, log.zone)
    return tuple(
        LearningUse(reference.stored, reference.how)
        for reference in log.references_by_note.get(stored.id, ())
        if is_executed(reference.stored.note) and start_day_of(reference.stored, log.zone) > start
    )


def _named_in_cell(stored: StoredNote, log: TeamLog) -> list[StoredNote]:
    """Return the notes that the note's own application names."""
    text = stored.note.applied_to
    named = log.index.in_text(text) - {stored.id} if without_placeholder(text) else frozenset()
    found = [log.by_id[note_id] for note_id in named if is_executed(log.by_id[note_id].note)]
    return sorted(found, key=lambda other: (day_of(other, log.zone), other.note.title, other.id))


def _effect(targets: Sequence[StoredNote], log: TeamLog) -> MetricChange | None:
    """Return the largest move the right way among the notes that applied the learning."""
    moves = [
        metric_change_of(metric, log.team.better)
        for target in targets
        for metric in metrics_of(target.note)
    ]
    better = [move for move in moves if move is not None and move.direction == "better"]
    return max(better, key=lambda move: (move.size or 0.0, move.name)) if better else None
