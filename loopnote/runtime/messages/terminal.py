"""Terminal messages: the sentences of the command line, in the language of whoever types.

The sentences stand in terminal/en.toml and terminal/ko.toml under the same keys; a test compares
the two.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:  # the first page of help needs the raw sentences alone (ADR 0410)
    from notes.model.notes import Language

_FOLDER = Path(__file__).with_name("terminal")

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which POSIX lets one overrule the next."""


@cache
def language() -> "Language":
    """Return the language of the terminal.

    `$LOOPNOTE_LANG`, else the locale's where loopnote speaks it, else English.

    Raises: ConfigError: `$LOOPNOTE_LANG` names a language that loopnote does not speak.
    """
    if wanted := os.environ.get("LOOPNOTE_LANG", ""):
        return _spoken(_code(wanted)) or _refused(_code(wanted))
    locale = next((value for name in _LOCALE_VARIABLES if (value := os.environ.get(name, ""))), "")
    return _spoken(_code(locale)) or _written_in()


def _spoken(code: str) -> "Language | None":
    """Return the language of a code; None where loopnote has no sentences in it."""
    known = {file.stem for file in _FOLDER.glob("*.toml")}
    return cast("Language", code) if code in known else None


def _written_in() -> "Language":
    from notes.model.notes import WRITTEN_IN

    return WRITTEN_IN


def _refused(code: str) -> "Language":
    from notes.messages.catalogue import language_named

    return language_named(code)


def _code(locale: str) -> str:
    """Return the language of a locale: "ko" of "ko_KR.UTF-8"."""
    return locale.replace("-", "_").replace(".", "_").partition("_")[0].lower()


@cache
def load_catalogue(wanted: "Language") -> Mapping[str, Any]:
    """Return all sentences of a language, by section and key, not filled in."""
    return tomllib.loads((_FOLDER / f"{wanted}.toml").read_text(encoding="utf-8"))


def say(key: str, **facts: object) -> str:
    """Return the sentence `section.key` with its facts filled in; numbers stay as they are.

    The commands in it are those that work here (`as_called`), but for the examples of the help.

    Raises:
        RenderError: there is no such sentence, or it asks for a fact that it was not given.
    """
    from notes.messages.catalogue import shipped_messages

    words = shipped_messages("loopnote.runtime.messages.terminal", language())
    if not facts and isinstance(text := words.entries.get(key), str):
        return text if key.startswith(_NO_STEPS) else as_called(text)  # help has braces of its own
    text = words(key, **{name: str(fact) for name, fact in facts.items()})
    return as_called(text)


_NO_STEPS = ("help.", "option.", "heading.")
"""Texts of the help: their examples show a call's form, by the program's plain name."""


def as_called(text: str, called: str = "") -> str:
    """Return a sentence whose commands work from where the reader stands.

    `loopnote sync` becomes what calls this loopnote with this configuration: `called`, or what
    works in this folder.
    """
    if "loopnote " not in text:
        return text
    from loopnote.runtime.machine import command, program_call

    def here(found: re.Match[str]) -> str:
        whole = called or (program_call() if found[1] else command())
        return f"{whole} {found[1] or ''}{found[2]}"

    return _commands().sub(here, text)


@cache
def _commands() -> re.Pattern[str]:
    """Return the pattern of a printed command: (--config FILE, if the sentence names one)
    (its name).
    """
    names = "|".join(load_catalogue(language())["help"])
    return re.compile(rf"(?<![\w/.-])(?<!-m )loopnote (--config \S+ )?({names})(?![\w-])")


def field_label(name: str) -> str:
    """Return what a field of a note is called; an unknown one is called what it is."""
    text: str = load_catalogue(language())["field"].get(name, name)
    return text


def reason_text(reason: str) -> str:
    """Return why something was understood as it was.

    Names of fields and known reasons in words, the rest as it is.
    """
    words = load_catalogue(language())
    sides = {name: word for name, word in words["metric_part"].items() if word}
    known = words["reason"] | words["field"] | sides
    text: str = known.get(reason, "")
    return text or "".join(known.get(part, part) for part in re.split(r"(, | · )", reason))
