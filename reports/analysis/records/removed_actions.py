"""Finds next actions that somebody removed from, or replaced in, a row that is still in the log."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from notes.model.notes import Step, StoredNote

_FIELD = "next_action"
"""The only field whose removed texts matter: commitments are read from it (method §6)."""


@dataclass(frozen=True, slots=True)
class RemovedAction:
    """A note as it was when it still held the text, and when that was removed or replaced."""

    past: StoredNote
    at: datetime


def removed_in(
    notes: Iterable[StoredNote], steps: Callable[[Collection[str]], Mapping[str, Sequence[Step]]]
) -> Iterator[RemovedAction]:
    """Yield the former next actions of the notes, the oldest first for each note.

    Args:
        notes: stored notes as they stand.
        steps: returns by id what changed notes, oldest first.
    """
    changed = {stored.id: stored for stored in notes if stored.version > 1 and stored.gone is None}
    for note_id, past in (steps(list(changed)) if changed else {}).items():
        yield from _removed(changed[note_id], past)


def _removed(stored: StoredNote, steps: Sequence[Step]) -> Iterator[RemovedAction]:
    since: datetime | None = None
    for step in steps:
        if step.at == stored.changed and not stored.sure:
            return  # perhaps another note's row: nobody knows that the text was removed
        for name, before, after in step.changes:
            if name != _FIELD:
                continue
            if before:
                written = {_FIELD: since} if since else {}
                note = replace(stored.note, next_action=before)
                yield RemovedAction(replace(stored, note=note, written=written), step.at)
            since = step.at if after else None
