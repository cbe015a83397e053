"""Loads the parser's vocabulary from TOML files, one file per subject."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from notes.system.compiled_tables import compiled

ROOM = Path(__file__).parents[1]
"""Where all stands that a reading is made with, words and code."""


def load_words(subject: str) -> dict[str, Any]:
    """Return the tables of `SUBJECT.toml`, which is part of the package.

    A missing one is a programming error.
    """
    return _every_subject()[subject]


@cache
def _every_subject() -> dict[str, dict[str, Any]]:
    return compiled("words", ROOM, read_words)


def read_words() -> dict[str, dict[str, Any]]:
    """Return the tables of all subjects, as their files have them."""
    return {
        file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(Path(__file__).parent.glob("*.toml"))
    }
