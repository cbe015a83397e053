"""Differences between two states of a note, field by field, as readable text."""

from collections.abc import Mapping, Sequence
from typing import Any

Change = tuple[str, str, str]
Cells = Sequence[tuple[str, str]]


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return (field, before, after) for each field that differs, in the order of `Note`.

    Both are notes as `payload.note_fields` writes them, read back from JSON.
    """
    names = list(after) + [name for name in before if name not in after]
    return [
        (name, value_text(before.get(name)), value_text(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    ]


def cell_changes(before: Cells, after: Cells) -> list[Change]:
    """Return ("cells", before, after) for cells that no field holds.

    A label that occurs twice is compared by place.
    """
    gone = [cell for cell in before if cell not in after]
    came = [cell for cell in after if cell not in before]
    return [("cells", _cells_text(gone), _cells_text(came))] if gone or came else []


def _cells_text(cells: Cells) -> str:
    return " · ".join(f"{label}: {value}" for label, value in cells)


def value_text(value: Any) -> str:
    """Return a field's value in one line."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(value_text, value))
    if isinstance(value, dict):
        return " · ".join(
            f"{name} {value_text(part)}" for name, part in value.items() if name != "is"
        )
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
