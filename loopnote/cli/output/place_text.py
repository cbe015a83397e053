"""Formats places in a log."""

from loopnote.runtime.messages.terminal import say
from notes.model.notes import Place


def place_text(place: Place) -> str:
    """Return a place in words: `3월 · C12`, `3월 · row 12`, `page 1a2b…`."""
    if place.page_id:
        return say("place.page", id=place.page_id[:8]) + (
            f" · {place.property}" if place.property else ""
        )
    cell = f"{place.col}{place.row}" if place.col else say("place.row", row=place.row)
    return " · ".join(
        part for part in (place.file if place.file != place.tab else "", place.tab, cell) if part
    )
