"""What the command line says, in the language of whoever types.

The sentences stand in terminal/en.toml and terminal/ko.toml under the same keys; a test holds the
two together.
"""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # the first page of help needs the sentences alone (ADR 0410)
    from notes.model.notes import Problem

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
        Path(__file__).with_name("terminal").joinpath(f"{wanted}.toml").read_text(encoding="utf-8")
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
    return _with_particles(text.format_map(facts), language())


def _with_particles(text: str, spoken: Language) -> str:
    if spoken != "ko":
        return text
    from reports.page.messages.particles import resolve_particles

    return resolve_particles(text)


def problem_text(problem: "Problem", spoken: Language | None = None) -> str:
    """Return a problem as one sentence, with the right particles, in the terminal's language or another."""
    from notes.model.problems import reason_of

    spoken = spoken or language()
    return _with_particles(reason_of(problem, spoken), spoken)


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
