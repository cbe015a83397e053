"""What the command line says, in the language of whoever types.

The sentences stand in terminal/en.toml and terminal/ko.toml under the same keys; a test holds the
two together.
"""

import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from notes.model.notes import Problem
from notes.model.problems import reason_of
from reports.page.messages.particles import resolve_particles

Language = Literal["ko", "en"]


@cache
def language() -> Language:
    """Return the language of the terminal.

    `$LOOPNOTE_LANG`, else what the locale says, else English.
    """
    for name in ("LOOPNOTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "ko" if value.lower().startswith("ko") else "en"
    return "en"


@cache
def load_catalogue(wanted: Language) -> dict[str, Any]:
    """Return all sentences of a language, by section and key."""
    return tomllib.loads(
        files(__package__).joinpath(f"terminal/{wanted}.toml").read_text(encoding="utf-8")
    )


def say(key: str, **facts: object) -> str:
    """Return the sentence `section.key` with its facts filled in.

    Raises:
        KeyError: there is no such sentence.
    """
    section, _, name = key.partition(".")
    text: str = load_catalogue(language())[section][name]
    if not facts:
        return text
    filled = text.format_map(facts)
    return resolve_particles(filled) if language() == "ko" else filled


def problem_text(problem: Problem, spoken: Language | None = None) -> str:
    """Return a problem as one sentence, with the right particles, in the terminal's language or another."""
    spoken = spoken or language()
    text = reason_of(problem, spoken)
    return resolve_particles(text) if spoken == "ko" else text


def field_label(name: str) -> str:
    """Return what a field of a note is called; an unknown one is called what it is."""
    text: str = load_catalogue(language())["field"].get(name, name)
    return text


def reason_text(reason: str) -> str:
    """Return why something was understood as it was.

    Names of fields and known reasons in words, the rest as it is.
    """
    words = load_catalogue(language())
    known = words["reason"] | words["field"]
    text: str = known.get(reason, "")
    return text or ", ".join(known.get(part, part) for part in reason.split(", "))
