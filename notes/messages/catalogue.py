"""Message catalogue: the sentences of one language, read from TOML and filled with facts.

A sentence has a dotted key and may hold facts in braces:

    {name}          the fact; whole numbers and fractions are written as the language writes them
    {name:은/는}     Korean: the fact and the particle that fits its sound
    {n:note/notes}  English: the number and the noun in its number
    {far:#올라/늘어} Korean: only the verb: of a rate the first, of what is counted the second
    {n:~is/are}     only the form, not the fact (in both languages)
    {name:^}        the fact with a capital letter, for the start of a sentence

An entry may also be a table with `one` and `other`; the fact `n` decides.
"""

import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from notes.model.errors import ConfigError, RenderError
from notes.model.notes import LANGUAGES, Language

from .figures import is_amount, number
from .language_formats import language_formats, read_message_file
from .particles import particle

Entry = str | Mapping[str, str]
Fact = str | int | float
_FORMS = {"one", "other"}
"""The plurals of English; Korean has none."""


@dataclass(frozen=True, slots=True)
class MessageCatalogue:
    """One language's sentences; `words("business.none", team="가람")` returns one, filled in."""

    language: Language
    entries: Mapping[str, Entry]

    def __call__(self, key: str, /, **facts: Fact) -> str:
        """Return the sentence of a key, filled with the facts.

        Raises: RenderError: there is no such key, or the sentence asks for a fact that it was not
            given.
        """
        entry = self.entries.get(key)
        if entry is None:
            raise RenderError(
                f"there is no sentence {key!r} in {self.language}.toml",
                hint="run `loopnote doctor`",
            )
        text = entry if isinstance(entry, str) else entry["one" if facts.get("n") == 1 else "other"]
        if "{" not in text and "}" not in text:
            return text
        try:
            return "".join(self._filled(text, facts))
        except KeyError as error:
            raise RenderError(
                f"the sentence {key!r} uses {{{error.args[0]}}}, "
                f"which is not one of {sorted(facts)}",
                hint=f"correct {key!r} in the {self.language}.toml of your own templates",
            ) from error

    def has(self, key: str) -> bool:
        """Return whether there is a sentence of the key."""
        return key in self.entries

    def facts_of(self, key: str) -> frozenset[str]:
        """Return the names of the facts that the sentence of a key uses, or one of its forms."""
        entry = self.entries[key]
        texts = (entry,) if isinstance(entry, str) else tuple(entry.values())
        return frozenset(name for text in texts for _, name, _ in _parsed(text) if name)

    def under(self, prefix: str) -> dict[str, str]:
        """Return the plain sentences below a dotted prefix, by the rest of their key."""
        return {
            key.removeprefix(prefix + "."): text
            for key, text in self.entries.items()
            if key.startswith(prefix + ".") and isinstance(text, str)
        }

    def _filled(self, text: str, facts: Mapping[str, Fact]) -> Iterator[str]:
        for literal, name, spec in _parsed(text):
            yield literal
            if name is not None:
                yield self._fact(facts[name], spec or "")

    def _fact(self, fact: Fact, spec: str) -> str:
        shown = fact if isinstance(fact, str) else number(fact, self.language)
        if spec.startswith("#"):
            rate, amount = spec[1:].split("/", 1)
            return amount if is_amount(shown, self.language) else rate
        forms = spec.removeprefix("~")
        if "/" not in forms:
            return capitalised(shown) if spec == "^" else shown
        joint, form = _AGREEMENTS[language_formats(self.language)["agreement"]](fact, shown, forms)
        return form if spec.startswith("~") else f"{shown}{joint}{form}"


def capitalised(text: str) -> str:
    """Return a text with a capital letter, unless its first word is of two alphabets.

    >>> capitalised("refunds"), capitalised("kg당 가격")
    ('Refunds', 'kg당 가격')
    """
    first = text.partition(" ")[0]
    mixed = first[:1].isascii() and not first.isascii()
    return text if mixed else text[:1].upper() + text[1:]


def _agreeing_particle(fact: Fact, shown: str, pair: str) -> tuple[str, str]:  # noqa: ARG001  as below
    return "", particle(shown, pair)


def _agreeing_noun(fact: Fact, shown: str, forms: str) -> tuple[str, str]:  # noqa: ARG001  as above
    singular, plural = forms.split("/", 1)
    return " ", singular if fact in (1, "1") else plural


_AGREEMENTS: Mapping[str, Callable[[Fact, str, str], tuple[str, str]]] = {
    "particle": _agreeing_particle,
    "plural": _agreeing_noun,
}
"""How `{fact:one/other}` is filled, by the `agreement` of a language: (joint, chosen form)."""


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[tuple[str, str | None, str | None], ...]:
    return tuple((literal, name, spec) for literal, name, spec, _ in string.Formatter().parse(text))


def flat_entries(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Entry]]:
    """Yield each sentence of a TOML table with its dotted key."""
    for key, value in table.items():
        if isinstance(value, Mapping) and set(value) != _FORMS:
            yield from flat_entries(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


@cache
def shipped_messages(package: str, language: Language) -> MessageCatalogue:
    """Return the catalogue `<language>.toml` of a folder, which is named like a package.

    `shipped_messages("notes.messages.problems", "ko")` reads notes/messages/problems/ko.toml.

    Raises: RenderError: there is no such file, so loopnote does not speak that language there.
    """
    parent, _, folder = package.rpartition(".")
    table = read_message_file(files(parent) / folder / f"{language}.toml")
    return MessageCatalogue(language, dict(flat_entries(table)))


def language_named(text: str) -> Language:
    """Return the language of a code such as "ko".

    Raises: ConfigError: loopnote has no sentences in that language.
    """
    for language in LANGUAGES:
        if text == language:
            return language
    raise ConfigError(
        f"{text!r} is not a language of loopnote", hint=f"one of {', '.join(LANGUAGES)}"
    )
