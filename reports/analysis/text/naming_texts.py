"""The texts by which a note is named, best first."""

import re

from notes.model.notes import ActionItem, Feedback, Note, PlanCard, Series

_CODE = re.compile(r"(?=\D*\d)[A-Za-z]{0,5}\d{0,4}[-_./ ]?\d{0,5}")
"""A number of a row ("W-10", "2026-11"): it names nothing to a reader."""


def texts_of(note: Note) -> tuple[str, ...]:
    """Return the note's texts in the order in which they name it."""
    return (
        note.title,
        note.execution,
        note.hypothesis,
        note.learned,
        note.retrospective,
        note.goal,
        note.next_action,
    )


def name_candidates(note: Note) -> tuple[str, ...]:
    """Return what a note could be called, best first; a title that is only an id comes last."""
    return _named_last(note, (*texts_of(note), detail_text(note)))


def activity_names(note: Note) -> tuple[str, ...]:
    """Return what an activity may be called, best first (ADR 0680)."""
    supposed = "" if any(sign.isdigit() for sign in note.hypothesis) else note.hypothesis
    return _named_last(note, (note.title, note.execution, supposed, detail_text(note)))


def _named_last(note: Note, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts, the title behind all where it is only an id."""
    ids = {
        text for text in texts if _CODE.fullmatch(text.strip()) or text.strip() == note.key.strip()
    }
    return (*(text for text in texts if text not in ids), note.title)


def detail_text(note: Note) -> str:
    """Return what a record of another kind says of itself, "" for an experiment."""
    details = note.details
    if isinstance(details, ActionItem | Feedback):
        return details.text
    if isinstance(details, PlanCard):
        return (
            details.key_result or details.bhag or next(iter((*details.business, *details.big3)), "")
        )
    if isinstance(details, Series):
        return details.points[0].name if details.points else ""
    return ""
