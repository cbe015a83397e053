"""Word lists for reading a log, Korean and English, in ko.toml and en.toml beside this file.

A Korean entry matches anywhere in a text (stems carry endings), an English one from the start of a
word on, in any case. To teach the reports a word, add it to its list; every log is read with the
lists of both languages.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

LANGUAGES = ("ko", "en")
"""Languages of which words are listed here; a log may be read beside others."""


@cache
def words(name: str) -> tuple[str, ...]:
    """Return a list of the vocabulary: both languages, in file order.

    Raises:
        KeyError: neither file has such a list.
    """
    lists = [_read(language)[name] for language in LANGUAGES if name in _read(language)]
    if not lists:
        raise KeyError(name)
    return tuple(word for entries in lists for word in entries)


_LATIN = re.compile(r"[A-Za-z]")
"""A text without a Latin letter needs no English words."""
_WORD = re.compile(r"\w+")
"""A word of any script."""


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the list as one regular expression, longest entries first.

    An empty list never matches.
    """
    return _any_of(words(name))


def pattern_for(name: str, text: str) -> re.Pattern[str]:
    """Return an expression that finds in this text what `pattern` finds, for less.

    English words stand in no text without Latin letters, Korean ones in no text of ASCII. The
    words of one script alone are looked for twenty times as fast: the engine then passes over the
    letters with which none of them begins.
    """
    if text.isascii():
        return _in_ascii(name)
    return pattern(name) if _LATIN.search(text) else _without_latin(name)


@cache
def _in_ascii(name: str) -> re.Pattern[str]:
    return _any_of(word for word in words(name) if word.isascii())


@cache
def _without_latin(name: str) -> re.Pattern[str]:
    return _any_of(word for word in words(name) if not _LATIN.search(word))


def _any_of(entries: Iterable[str]) -> re.Pattern[str]:
    found = sorted(entries, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_expression, found)) or r"(?!)", re.IGNORECASE)


def contains_term(name: str, text: str) -> bool:
    """Return whether a text holds a word of the list."""
    return pattern_for(name, text).search(text) is not None


def has_word(name: str, text: str) -> bool:
    """Return whether a word of a text is one of the list as a whole: "it", but not "item"."""
    return not _lowered(name).isdisjoint(_WORD.findall(text.lower()))


def is_term(name: str, text: str) -> bool:
    """Return whether a text is nothing but a word of the list, punctuation aside."""
    bare = text.strip(" \t\n.·…!()[]~").lower()
    return bare in _lowered(name) or not bare


@cache
def _lowered(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in words(name))


def _expression(word: str) -> str:
    return rf"\b{re.escape(word)}" if word.isascii() and word[:1].isalnum() else re.escape(word)


@cache
def _read(language: str) -> dict[str, list[str]]:
    text = files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
