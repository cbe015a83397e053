"""Formats places in a log."""

from loopnote.runtime.messages.terminal import say
from notes.model.notes import Place


def place_text(place: Place) -> str:
    """Return a place in words: `3월 · C12`, `3월 · row 12`, `page 1a2b…`."""
    if place.page_id:
        return say("place.page", id=place.page_id[:8]) + (
            f" · {place.property}" if place.property else ""
        )
    file = place.file if place.file != place.tab else ""
    return " · ".join(part for part in (file, place.tab, cell_text(place)) if part)


def cell_text(place: Place) -> str:
    """Return where in its tab something stands: `C12`, `row 12`, "" where it is the whole tab."""
    if place.col:
        return f"{place.col}{place.row}"
    return say("place.row", row=place.row) if place.row else ""
