"""Loads the parser's vocabulary from TOML files, one file per subject."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load_words(subject: str) -> dict[str, Any]:
    """Return the tables of `SUBJECT.toml`, which is part of the package.

    A missing one is a programming error.
    """
    return tomllib.loads((Path(__file__).parent / f"{subject}.toml").read_text(encoding="utf-8"))
