"""The texts by which a note is named, best first."""

import re

from notes.model.notes import ActionItem, Feedback, Note, PlanCard, Series

_CODE = re.compile(r"(?=\D*\d)[A-Za-z]{0,5}\d{0,4}[-_./ ]?\d{0,5}")


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
    texts = (*texts_of(note), detail_text(note))
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
