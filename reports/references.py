"""Explicit references between notes: an id, a title or a link that one note writes and another one bears."""

import re
from dataclasses import dataclass
from typing import Literal

from loopnote.notes import Note

from .wording import normal

_SHORTEST_TITLE = 5


@dataclass(frozen=True, slots=True)
class Names:
    """What a note can be called by: its key ("EXP-12"), its title, its page."""

    key: str = ""
    title: str = ""
    page_id: str = ""
    url: str = ""

    @classmethod
    def of(cls, note: Note) -> "Names":
        """Return the names of a note."""
        return cls(note.key, note.title, note.place.page_id, note.url)

    def linked_from(self, other: Note) -> bool:
        """Tell whether another note's link column, or its application, names this note."""
        return any(self._is(link) for link in other.links)

    def named_in(self, *texts: str) -> bool:
        """Tell whether a text names this note by its key, its page or, if long enough, its whole title."""
        text = "\n".join(texts)
        if self.key and _stands_alone(self.key, text):
            return True
        if self.page_id and self.page_id.replace("-", "") in text.replace("-", ""):
            return True
        title = normal(self.title)
        return len(title) >= _SHORTEST_TITLE and title in normal(text)

    def _is(self, link: str) -> bool:
        letters = normal(link)
        named = {normal(name) for name in (self.key, self.title, self.page_id, self.url) if name}
        if letters and letters in named:
            return True
        return bool(self.key and _stands_alone(self.key, link))


def _stands_alone(key: str, text: str) -> bool:
    """Tell whether an id stands in a text as a word of its own; a bare number only after "#" or "no."."""
    if key.isdigit():
        return re.search(rf"(?:#|no\.?\s?|№|번호\s?){key}(?!\d)", text, re.IGNORECASE) is not None
    return re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-]*\d)", text, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one note says of others, prepared once so that many names can be looked up in it."""

    links: frozenset[str]
    link_text: str
    text: str
    letters: str

    @classmethod
    def of(cls, note: Note) -> "Mentions":
        """Return what a note's links and its texts about doing say; its next action is a plan, so it says nothing."""
        text = "\n".join((note.hypothesis, note.execution, note.retrospective, note.success_factors))
        return cls(frozenset(normal(link) for link in note.links), "\n".join(note.links), text, normal(text))

    def how(self, names: Names) -> Literal["link", "named", ""]:
        """Return how the note refers to the one with these names."""
        wanted = {normal(name) for name in (names.key, names.title, names.page_id, names.url) if name}
        if self.links & wanted or (names.key and self.links and _stands_alone(names.key, self.link_text)):
            return "link"
        if names.key and names.key.lower() in self.text.lower() and _stands_alone(names.key, self.text):
            return "named"
        title = normal(names.title)
        return "named" if len(title) >= _SHORTEST_TITLE and title in self.letters else ""
