"""What a source's refusals are called in other languages than English, in which they are made.

An error keeps a code and facts beside its English sentence; `errors.ko.toml` has the Korean
sentence and next step of each code. A code without an entry reads as it was made.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from notes.model.notes import Language

Facts = Mapping[str, str]


def error_texts(
    language: Language, code: str, facts: Facts, *, message: str, hint: str
) -> tuple[str, str]:
    """Return what happened and what to do next in a language.

    `message` and `hint` are the English ones.
    """
    found = _korean().get(code) if language == "ko" and code else None
    if found is None:
        return message, hint
    named = {name: _named(value) for name, value in facts.items()}
    try:
        return found["what"].format_map(named), found["step"].format_map(named)
    except KeyError:  # made by an older version, with fewer facts
        return message, hint


def _named(value: str) -> str:
    """Return a fact with what stands for a name, where there is none, in Korean."""
    names: dict[str, str] = _korean()["names"]
    return next(
        (value.replace(name, word, 1) for name, word in names.items() if value.startswith(name)),
        value,
    )


@cache
def _korean() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("errors.ko.toml").read_text(encoding="utf-8"))
