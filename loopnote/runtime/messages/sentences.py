"""Sentences of errors and findings that have no code of their own, in other languages.

They are made in English where they are known, with values in them. `sentences/<language>.toml` has
the other language's sentence for each English pattern; a test walks every error and finding of the
code and looks it up (ADR 0912).
"""

import re
from functools import cache

from notes.messages.catalogue import MessageCatalogue, shipped_messages
from notes.model.notes import WRITTEN_IN, Language

_SECTION = "sentences"
"""The table of `sentences/*.toml` that holds them."""
_VALUE = re.compile(r"\{([a-e])\}")
"""The place of a value in a sentence; five are enough for the longest."""


def translated(text: str, language: Language) -> str | None:
    """Return an English sentence in a language, with its values; None where nobody translated it.

    The value {e} of a pattern is a sentence by itself.

    >>> translated("there is no store at /srv/loopnote.db", "ko")
    '/srv/loopnote.db에 저장소가 없습니다'

    Raises: RenderError: loopnote does not speak that language.
    """
    if language == WRITTEN_IN:
        return text
    if "\n" in text:  # a list of mistakes, one a line
        return "\n".join(_line(line, language) for line in text.split("\n"))
    for start, pattern, key in patterns(language):
        if text.startswith(start) and (found := pattern.fullmatch(text)):
            values = found.groupdict()
            if "e" in values:
                values["e"] = translated(values["e"], language) or values["e"]
            return sentence_messages(language)(key, **values)
    return None


def _line(line: str, language: Language) -> str:
    bare = line.lstrip()
    return line[: len(line) - len(bare)] + (translated(bare, language) or bare)


def sentence_messages(language: Language) -> MessageCatalogue:
    """Return the catalogue of a language other than English; keys are `sentences.<English>`."""
    return shipped_messages("loopnote.runtime.messages.sentences", language)


@cache
def patterns(language: Language) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return (how it begins, pattern, key), those with the most fixed text first."""
    english = sentence_messages(language).under(_SECTION)
    ordered = sorted(english, key=lambda sentence: -len(_VALUE.sub("", sentence)))
    return tuple((_start(one), _pattern(one), f"{_SECTION}.{one}") for one in ordered)


def _start(english: str) -> str:
    return _VALUE.split(english, maxsplit=1)[0]


def _pattern(english: str) -> re.Pattern[str]:
    parts = _VALUE.split(english)
    fixed = [re.escape(part) for part in parts[::2]]
    holes = [f"(?P<{name}>.+?)" for name in parts[1::2]]
    text = "".join(part for pair in zip(fixed, [*holes, ""], strict=True) for part in pair)
    return re.compile(text, re.DOTALL)
