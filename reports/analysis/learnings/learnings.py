"""A learning and its state: 배움 → 적용 예정 → 적용됨(어디) → 효과 확인 → 표준(플레이북).

An application stands in the note's own cell, or in a later note that links to the learning or names
it. An announced one ("예정") is not one, nor is a placeholder; similar text never makes one (method
§3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from notes.model.notes import StoredNote
from notes.model.periods import Period
from reports.analysis.data.period_membership import (
    applied_on,
    day_of,
    is_executed,
    learned_on,
    start_day_of,
)
from reports.analysis.data.team_log import TeamLog, without_placeholder
from reports.analysis.metrics.metric_change import metric_change_of, metrics_of
from reports.analysis.records.answers import LearningState, MetricChange
from reports.analysis.text.application import read_application
from reports.analysis.text.vocabulary import contains_term

_ORDER: tuple[LearningState, ...] = ("learned", "planned", "applied", "confirmed", "standard")
"""States in the order in which a learning passes through them (method §3)."""


@dataclass(frozen=True, slots=True)
class LearningUse:
    """A later note that puts a learning to use, and how it refers to it."""

    stored: StoredNote
    how: Literal["link", "named"]


@dataclass(frozen=True, slots=True)
class Learning:
    """A note with something learned, where it was applied, and how far it has come.

    `told` is the use that a page of the period tells of, None where that is the note's own cell;
    `effect`, `day` and `told_state` are those of that one application: an effect never belongs to
    another one (method §3).
    """

    stored: StoredNote
    state: LearningState
    in_cell: bool = False
    uses: tuple[LearningUse, ...] = ()
    effect: MetricChange | None = None
    day: date | None = None
    told: LearningUse | None = None
    told_state: LearningState = "learned"

    @property
    def applied(self) -> bool:
        """Return whether the learning may enter the page: its state is "applied" or later."""
        return _ORDER.index(self.state) >= _ORDER.index("applied")


def learnings_of(log: TeamLog) -> tuple[Learning, ...]:
    """Return the learnings of the period, learned or applied in it, in the log's order."""
    found = []
    for stored in log.notes:
        if not without_placeholder(stored.note.learned):
            continue
        learning = learning_of(stored, log)
        day = learned_on(stored, log.zone)
        if (day is not None and day in log.period) or is_used_in(learning, log.period, log):
            found.append(learning)
    return tuple(found)


def is_used_in(learning: Learning, period: Period, log: TeamLog) -> bool:
    """Return whether the learning was put to use in the period.

    Each use is told once, when it began or was written.
    """
    if any(start_day_of(use.stored, log.zone) in period for use in learning.uses):
        return True
    day = applied_on(learning.stored, log.zone) if learning.in_cell else None
    return day is not None and day in period


def learning_of(stored: StoredNote, log: TeamLog) -> Learning:
    """Return the learning of a note with its uses in the whole log."""
    note = stored.note
    cell = read_application(note.applied_to)
    uses = _uses(stored, log)
    if cell != "applied" and not uses:
        return Learning(stored, "planned" if cell == "planned" else "learned")
    told = _told_use(stored, uses, log, in_cell=cell == "applied")
    own = [told.stored] if told else _named_in_cell(stored, log)
    effect = _effect(own, log)
    worked = effect is not None or any(one.note.outcome == "success" for one in own)
    elsewhere = any(
        one.stored.note.outcome == "success" or _effect([one.stored], log) for one in uses
    )
    return Learning(
        stored=stored,
        state=_state(stored, cell == "applied", worked or elsewhere),
        in_cell=cell == "applied",
        uses=uses,
        effect=effect,
        day=start_day_of(told.stored, log.zone) if told else applied_on(stored, log.zone),
        told=told,
        told_state=_state(stored, cell == "applied" and told is None, worked),
    )


def _told_use(
    stored: StoredNote, uses: Sequence[LearningUse], log: TeamLog, *, in_cell: bool
) -> LearningUse | None:
    """Return the use to tell of, the last of the period; None if the note's own cell is to be
    told.
    """
    known = [use for use in uses if start_day_of(use.stored, log.zone) <= log.period.last]
    day = applied_on(stored, log.zone) if in_cell else None
    if in_cell and (day is None or day in log.period):
        return None
    here = [use for use in known if start_day_of(use.stored, log.zone) in log.period]
    return next(reversed(here or ([] if in_cell else known)), None)


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
    """Return the largest improvement among the notes that applied the learning, no comparisons."""
    moves = [
        metric_change_of(metric, log.team.better)
        for target in targets
        for metric in metrics_of(target.note)
    ]
    better = [
        move
        for move in moves
        if move is not None and move.direction == "better" and not move.comparison
    ]
    return max(better, key=lambda move: (move.size or 0.0, move.name)) if better else None
