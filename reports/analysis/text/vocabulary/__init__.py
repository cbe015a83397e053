"""Word lists for reading a log, Korean and English, in ko.toml and en.toml beside this file.

A Korean entry matches anywhere in a text (stems carry endings), an English one from the start of a
word on, in any case. To teach the reports a word, add it to its list; every log is read with the
lists of both languages.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("ko", "en")


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


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the list as one regular expression, longest entries first.

    An empty list never matches.
    """
    entries = sorted(words(name), key=lambda word: (-len(word), word))
    return re.compile("|".join(_expression(entry) for entry in entries) or r"(?!)", re.IGNORECASE)


def contains_term(name: str, text: str) -> bool:
    """Return whether a text holds a word of the list."""
    return pattern(name).search(text) is not None


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
