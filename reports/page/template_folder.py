"""Finds the shipped templates: beside the packages in a checkout, inside `reports` in the wheel."""

from pathlib import Path

_REPORTS = Path(__file__).parents[1]
"""The package itself: the templates lie inside it in the wheel, beside it in a checkout."""


def shipped_template_folder() -> Path:
    """Return the folder of the templates that came with this installation."""
    inside = _REPORTS / "templates"
    return inside if inside.is_dir() else _REPORTS.parent / "templates"
