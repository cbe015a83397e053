"""What a source's refusals are called in other languages than English, in which they are made.

An error keeps a code and facts beside its English sentence; `errors.ko.toml` has the Korean
sentence and next step of each code. One without a code is looked up by its English sentence (see
`sentences`); what nobody wrote down reads as it was made.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from loopnote.runtime.machine import with_real_paths
from notes.model.notes import Language
from reports.page.messages.particles import resolve_particles

from .sentences import in_korean

Facts = Mapping[str, str]


def error_texts(
    language: Language, code: str, facts: Facts, *, message: str, hint: str
) -> tuple[str, str]:
    """Return what happened and what to do next in a language.

    `message` and `hint` are the English ones.
    """
    if language != "ko":
        return message, with_real_paths(hint)
    found = _korean().get(code) if code else None
    if found is None:
        return in_korean(message) or message, with_real_paths(in_korean(hint) or hint)
    named = {name: _named(value) for name, value in facts.items()}
    try:
        return (
            resolve_particles(found["what"].format_map(named)),
            with_real_paths(resolve_particles(found["step"].format_map(named))),
        )
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
