"""Where the shipped templates and words lie: beside the packages in a checkout, inside `reports` in the wheel."""

from pathlib import Path

_HERE = Path(__file__).parent


def shipped_templates() -> Path:
    """Return the folder of the templates that came with this installation."""
    inside = _HERE / "templates"
    return inside if inside.is_dir() else _HERE.parent / "templates"
