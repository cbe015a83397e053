"""Explicit references between notes: an id, a title or a link that one writes and one has.

Searching every note for every other would cost the square of the log; `references_by_note` reads
each text once instead.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from notes.model.notes import Note, StoredNote

from .quoting import comparison_key

ReferenceKind = Literal["link", "named"]
_SHORTEST_TITLE = 5
"""Letters below which a title may stand in a text by chance: judgement."""
_COMMON = 12
"""Notes above which a shared title names none of them (ADR 0606)."""
_FEW = 16
"""Beginnings up to which each is looked for alone: a text has more pieces (by measurement)."""
_BEFORE_NUMBER = ("#", "no.", "no. ", "no ", "№", "번호 ", "번호")
"""What makes a number the number of a note."""


@dataclass(frozen=True)
class NoteNames:
    """What a note can be called by: its key ("EXP-12"), its title, its page, as they are spelled.

    `title` is a comparison key, "" where it may stand in a text by chance.
    """

    key: str
    title: str
    spellings: tuple[str, ...]

    @cached_property
    def exact(self) -> frozenset[str]:
        """Return the comparison keys of all names: asked for only where something is linked."""
        return frozenset(map(comparison_key, self.spellings)) - {""}

    @classmethod
    def of(cls, note: Note) -> "NoteNames":
        """Return the names of a note, prepared for comparison."""
        return cls.spelled(note.key, note.title, page_id=note.place.page_id, url=note.url)

    @classmethod
    def spelled(cls, key: str, title: str, *, page_id: str, url: str) -> "NoteNames":
        """Return the names of a note that spells them so."""
        letters = comparison_key(title)
        return cls(
            key.lower().strip(),
            letters if len(letters) >= _SHORTEST_TITLE else "",
            (key, title, page_id, url),
        )


@dataclass(frozen=True)
class NoteMentions:
    """What one note says of others, prepared once for many lookups."""

    links: frozenset[str]
    link_text: str
    text: str

    @cached_property
    def letters(self) -> str:
        """Return the text as a comparison key: asked for only where notes have titles."""
        return comparison_key(self.text)

    @classmethod
    def of(cls, note: Note) -> "NoteMentions":
        """Return the mentions in a note's links and texts, its next action excepted (a plan)."""
        text = "\n".join(
            (note.hypothesis, note.execution, note.retrospective, note.success_factors)
        ).lower()
        links = frozenset(comparison_key(link) for link in note.links)
        return cls(links, "\n".join(note.links).lower(), text)

    def how(self, names: NoteNames) -> ReferenceKind | Literal[""]:
        """Return how the note refers to the one with these names."""
        if self.links & names.exact or (names.key and contains_id(names.key, self.link_text)):
            return "link"
        if names.key and contains_id(names.key, self.text):
            return "named"
        return "named" if names.title and names.title in self.letters else ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A note that refers to another one, and how."""

    stored: StoredNote
    how: ReferenceKind


def references_by_note(
    notes: Sequence[StoredNote], said: Mapping[str, NoteMentions], index: "NoteNameIndex"
) -> dict[str, tuple[Reference, ...]]:
    """Return by note id the other notes that refer to it, in order; links outrank names."""
    found: dict[str, list[Reference]] = defaultdict(list)
    for stored in notes:
        mentions = said[stored.id]
        linked = {note_id for note_id in index.linked(mentions) if note_id != stored.id}
        named = {note_id for note_id in index.named(mentions) if note_id != stored.id} - linked
        for note_id in linked:
            found[note_id].append(Reference(stored, "link"))
        for note_id in named:
            found[note_id].append(Reference(stored, "named"))
    return {note_id: tuple(references) for note_id, references in found.items()}


class PrefixIndex:
    """Words with the notes they name, found in a text by their first letters and length.

    A word of twice `size` letters or more is kept under so many of them: many begin alike, and a
    text without such a word is passed over at once.
    """

    def __init__(self, size: int) -> None:
        self._sizes = (size, 2 * size)
        self._bearers: dict[str, list[str]] = defaultdict(list)
        self._lengths: tuple[dict[str, set[int]], ...] = (defaultdict(set), defaultdict(set))

    def add(self, word: str, note_id: str) -> None:
        """Add a word of at least `size` letters."""
        self._bearers[word].append(note_id)
        known = int(len(word) >= self._sizes[1])
        self._lengths[known][word[: self._sizes[known]]].add(len(word))

    def __bool__(self) -> bool:
        return bool(self._bearers)

    def forget(self, word: str) -> None:
        """Remove a word."""
        self._bearers.pop(word, None)

    def within(self, text: str) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield the words found anywhere in a text, position after position, and their notes."""
        begins = {
            place
            for size, lengths in zip(self._sizes, self._lengths, strict=True)
            for begin in _begins_in(text, lengths, size)
            for place in _places_of(begin, text)
        }
        for place in sorted(begins):
            yield from self.at(text, place)

    def at(self, text: str, place: int) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield the words found at a position of a text, and their notes."""
        for size, lengths in zip(self._sizes, self._lengths, strict=True):
            for length in lengths.get(text[place : place + size], ()):
                word = text[place : place + length]
                if word in self._bearers and len(word) == length:
                    yield word, self._bearers[word]


def _begins_in(text: str, begins: Mapping[str, object], size: int) -> Collection[str]:
    """Return which of the beginnings, all of a size, stand in a text; most texts hold none."""
    if len(begins) < _FEW:
        return [begin for begin in begins if begin in text]
    return begins.keys() & map(text.__getitem__, _pieces(size, len(text)))


def _places_of(begin: str, text: str) -> Iterator[int]:
    at = text.find(begin)
    while at >= 0:
        yield at
        at = text.find(begin, at + 1)


@lru_cache(maxsize=1024)
def _pieces(size: int, letters: int) -> tuple[slice, ...]:
    """Return where the pieces of a size stand in a text of so many letters."""
    return tuple(slice(place, place + size) for place in range(letters - size + 1))


class NoteNameIndex:
    """Index of the names of all notes."""

    def __init__(self, notes: Iterable[StoredNote]) -> None:
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._waiting: list[tuple[str, NoteNames]] = []
        self._keys = PrefixIndex(1)
        self._starts: set[str] = set()
        self._key_begins = _begins(())
        self._titles = PrefixIndex(_SHORTEST_TITLE)
        for stored in notes:
            self.add(stored)

    def add(self, stored: StoredNote) -> None:
        """Add a note."""
        self.add_names(stored.id, NoteNames.of(stored.note))

    def add_names(self, note_id: str, names: NoteNames) -> None:
        """Add a note by its names."""
        self._waiting.append((note_id, names))
        if names.key:
            self._keys.add(names.key, note_id)
            if names.key[0] not in self._starts:
                self._starts.add(names.key[0])
                self._key_begins = _begins(self._starts)
        if names.title:
            self._titles.add(names.title, note_id)

    def forget(self, title: str) -> None:
        """Remove a title (a comparison key); ids and pages of its notes stay names."""
        self._titles.forget(title)
        self._by_exact_name().pop(title, None)

    def in_text(self, text: str) -> frozenset[str]:
        """Return the notes that a text names."""
        return frozenset(self.named(NoteMentions(frozenset(), "", text.lower())))

    def linked(self, mentions: NoteMentions) -> Iterator[str]:
        """Yield the notes that a note's links name; repetitions are possible."""
        for link in mentions.links:
            yield from self._by_exact_name().get(link, ())
        yield from self._keys_in(mentions.link_text)

    def _by_exact_name(self) -> dict[str, list[str]]:
        """Return the notes by each of their names as a whole, those included that were added
        since.
        """
        for note_id, names in self._waiting:
            for name in names.exact:
                self._exact[name].append(note_id)
        self._waiting.clear()
        return self._exact

    def named(self, mentions: NoteMentions) -> Iterator[str]:
        """Yield the notes that a note's texts name; repetitions are possible."""
        yield from self._keys_in(mentions.text)
        for _, bearers in self._titles.within(mentions.letters) if self._titles else ():
            yield from bearers if len(bearers) <= _COMMON else ()

    def _keys_in(self, text: str) -> Iterator[str]:
        for begin in self._key_begins.finditer(text):
            at = begin.start()
            for key, bearers in self._keys.at(text, at):
                if _alone_at(key, text, at):
                    yield from bearers


def _begins(letters: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of the places where an id with one of these first letters may stand.

    A letter or digit begins an id only where no word goes on; a sign may stand anywhere.
    """
    known = sorted(letters)
    words = re.escape("".join(letter for letter in known if letter.isalnum()))
    signs = re.escape("".join(letter for letter in known if not letter.isalnum()))
    choices = [rf"(?<![\w-])[{words}]" if words else "", f"[{signs}]" if signs else ""]
    return re.compile("|".join(filter(None, choices)) or "(?!)")


def contains_id(key: str, text: str) -> bool:
    """Return whether an id stands in a text (both lower case) as a word of its own.

    A bare number counts only after "#" or "no."; a Korean ending may follow an id, another digit
    may not.
    """
    at = text.find(key)
    while at >= 0:
        if _alone_at(key, text, at):
            return True
        at = text.find(key, at + 1)
    return False


def _alone_at(key: str, text: str, at: int) -> bool:
    before, after = text[:at], text[at + len(key) :]
    if after[:1].isdigit() or (after[:1] == "-" and after[1:2].isdigit()):
        return False
    if key.isdigit():
        return before.endswith(_BEFORE_NUMBER)
    return not (before and _is_word(before[-1])) and not (
        after[:1].isascii() and after[:1].isalpha()
    )


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in "-_"
