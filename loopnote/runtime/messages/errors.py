"""Error texts in the reader's language.

An error is made with an English sentence and hint, and keeps a code and facts beside them;
`errors/<language>.toml` has the sentence and hint of each code in another language. One without a
code is looked up by its English sentence (see `sentences`); what nobody translated reads as it was
made.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from loopnote.runtime.machine import machine_zone, with_real_paths
from notes.messages.catalogue import MessageCatalogue, shipped_messages
from notes.model.errors import RenderError
from notes.model.notes import WRITTEN_IN, Language

from .sentences import translated
from .terminal import as_called

Facts = Mapping[str, str]
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) UTC")
"""An instant as errors write it; shown in the reader's zone."""
_ERROR_NUMBER = re.compile(r"\[Errno -?\d+\] ")
"""What Python puts before the system's message; it tells an operator nothing."""


def error_texts(
    language: Language, code: str, facts: Facts, *, message: str, hint: str, called: str = ""
) -> tuple[str, str]:
    """Return what happened and what to do next in a language.

    `message` and `hint` are the English ones. `called` is how the reader calls loopnote, what works
    in this folder when left out.

    Raises: RenderError: loopnote does not speak that language.
    """
    texts = _by_code(language, code, facts) if code and language != WRITTEN_IN else None
    if texts is None:
        texts = translated(message, language) or message, translated(hint, language) or hint
    if language != WRITTEN_IN:
        texts = _with_system_words(texts[0], language), texts[1]
    what, step = (as_called(text, called) for text in texts)
    return with_local_times(what, language), with_real_paths(step)


def sentence_text(sentence: str, language: Language) -> str:
    """Return an English sentence that has neither code nor hint in a language.

    Raises: RenderError: loopnote does not speak that language.
    """
    return error_texts(language, "", {}, message=sentence, hint="")[0]


def with_local_times(text: str, language: Language) -> str:
    """Return a sentence with its instants in the machine's zone, by the zone's name."""

    def local(found: re.Match[str]) -> str:
        at = datetime.strptime(found[1], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        zone = machine_zone(language)
        return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"

    return _INSTANT.sub(local, text)


def _with_system_words(text: str, language: Language) -> str:
    """Return a sentence with what the operating system said in it ("Permission denied") in a
    language.
    """
    text = _ERROR_NUMBER.sub("", text)
    for english, word in error_messages(language).under("system").items():
        text = text.replace(english, word)
    return text


def _by_code(language: Language, code: str, facts: Facts) -> tuple[str, str] | None:
    """Return the texts of a code; None where it has none, or they ask for more facts than it has.

    An error that an older version stored may have fewer facts.
    """
    words = error_messages(language)
    named = {name: _named(value, words) for name, value in facts.items()}
    try:
        return words(f"{code}.message", **named), words(f"{code}.hint", **named)
    except RenderError:
        return None


def error_messages(language: Language) -> MessageCatalogue:
    """Return the sentences `<code>.message` and `<code>.hint` of a language other than English."""
    return shipped_messages("loopnote.runtime.messages.errors", language)


def _named(value: str, words: MessageCatalogue) -> str:
    """Return a fact with its English phrase for a missing name in the other language."""
    for phrase, name in words.under("names").items():
        if value.startswith(phrase):
            return value.replace(phrase, name, 1)
    return translated(value, words.language) or value
