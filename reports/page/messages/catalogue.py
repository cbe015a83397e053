"""The message catalogue of the reports: loaded from TOML, overridable, filled with facts.

A sentence is looked up by its dotted key and may hold facts in braces:

    {name}          the fact; whole numbers and fractions are written as the language writes them
    {name:은/는}     Korean: the fact and the particle that fits its sound
    {n:note/notes}  English: the number and the noun in its number
    {n:~is/are}     only the form, not the fact (in both languages)
    {name:^}        the fact with a capital letter, for the start of a sentence

An entry may also be a table with `one` and `other`; the fact `n` decides.
"""

import difflib
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from notes.model.errors import RenderError
from notes.model.notes import Language
from reports.page.template_folder import shipped_template_folder

from .figures import number
from .particles import particle

Entry = str | Mapping[str, str]
Fact = str | int | float
_FORMS = {"one", "other"}


@dataclass(frozen=True, slots=True)
class MessageCatalogue:
    """One language's messages: `words("business.none", team="가람")` returns one, filled."""

    language: Language
    entries: Mapping[str, Entry]

    def __call__(self, key: str, /, **facts: Fact) -> str:
        """Return the message of a key, filled with the facts.

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
        """Return whether there is a message of the key."""
        return key in self.entries

    def under(self, prefix: str) -> dict[str, str]:
        """Return the plain messages below a dotted prefix, by the rest of their key."""
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
        forms = spec.removeprefix("~")
        if "/" not in forms:
            return shown[:1].upper() + shown[1:] if spec == "^" else shown
        only_form = spec.startswith("~")
        if self.language == "ko":
            return particle(shown, forms) if only_form else shown + particle(shown, forms)
        singular, plural = forms.split("/", 1)
        form = singular if fact in (1, "1") else plural
        return form if only_form else f"{shown} {form}"


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[tuple[str, str | None, str | None], ...]:
    return tuple((literal, name, spec) for literal, name, spec, _ in string.Formatter().parse(text))


def load_messages(language: Language, own: Path | None = None) -> MessageCatalogue:
    """Return the shipped messages of a language, overridden one by one by a team's own.

    `own` is a folder that may hold `words/<language>.toml`, or one file with a table for each
    language (`[ko.label]`).

    Raises: RenderError: a file is missing or not TOML, or an own sentence has a key that nothing
        prints.
    """
    folder = shipped_template_folder() / "words"
    entries: dict[str, Entry] = {}
    for file in (folder / f"{language}.toml", *sorted(folder.glob(f"*/{language}.toml"))):
        entries |= _flat(_read(file))
    if own:
        mine = dict(_flat(_own_table(own, language)))
        _refuse_unknown(own, mine, entries)
        entries |= mine
    return MessageCatalogue(language, entries)


def _own_table(own: Path, language: Language) -> Mapping[str, Any]:
    if own.is_dir():
        file = own / "words" / f"{language}.toml"
        return _read(file) if file.is_file() else {}
    table = _read(own).get(language, {})
    return table if isinstance(table, Mapping) else {}


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RenderError(f"{path.name} cannot be read: {error}", hint=f"mend {path}") from error


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Entry]]:
    for key, value in table.items():
        if isinstance(value, Mapping) and set(value) != _FORMS:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _refuse_unknown(path: Path, own: Mapping[str, Entry], shipped: Mapping[str, Entry]) -> None:
    for key in own:
        if key not in shipped:
            near = difflib.get_close_matches(key, shipped, n=1)
            hint = (
                f"did you mean {near[0]!r}?"
                if near
                else "see docs/how-to/templates.md for the keys"
            )
            raise RenderError(f"{path.name}: no sentence is called {key!r}", hint=hint)
