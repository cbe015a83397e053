"""What the shelves share: what they are made from, and how a statement leads to its notes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from loopnote.notes import SourceHealth, StoredNote, StoredProblem
from reports.archive.addresses import href, note_page
from reports.archive.site import Site
from reports.archive.view import Inside
from reports.evidence import Evidence
from reports.log import Log
from reports.page.telling.voice import Voice
from reports.page.view import Link

from .view import Group, Item

SHELVES = ("commitments", "learnings", "people", "playbook", "problems")
LONGEST = 200
QUOTE = 240
_NOTES = 4

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class TeamInputs:
    """All that the shelves know of one team.

    `log` holds its whole history, `window` only the weeks that a report of its period looks at, `gone` its notes that
    vanished.
    """

    log: Log
    window: Log
    gone: Sequence[StoredNote] = ()
    problems: Sequence[StoredProblem] = ()
    health: Sequence[SourceHealth] = ()


def shelf_page(name: str) -> str:
    """Return the address of a shelf."""
    return f"shelves/{name}.html"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf while it is being filled: its page, whose statements they are, and how they are told."""

    site: Site
    name: str
    team: str

    @property
    def voice(self) -> Voice:
        """The voice that tells of the team."""
        return self.site.voice(self.team)

    def word(self, key: str, /, **facts: str | int) -> str:
        """Return a sentence of this shelf."""
        return self.site.words(f"archive.{self.name}.{key}", **facts)

    def notes(self, evidence: Iterable[Evidence | None]) -> tuple[Inside, ...]:
        """Return the ways to the notes behind a statement, each once."""
        found: dict[str, Inside] = {}
        for one in evidence:
            outline = self.site.catalogue.notes.get(one.note_id) if one else None
            if outline and outline.id not in found:
                found[outline.id] = Inside(self.site.title(outline), href(shelf_page(self.name), note_page(outline.id)))
        return tuple(found.values())[:_NOTES]

    def places(self, evidence: Iterable[Evidence | None]) -> tuple[Link, ...]:
        """Return the cells and pages behind a statement that can be opened, each once."""
        links = (self.voice.link(one) for one in evidence if one)
        return tuple({link.url: link for link in links if link.url}.values())[:_NOTES]

    def item(self, text: str, facts: Iterable[str], evidence: Sequence[Evidence | None]) -> Item:
        """Return a statement in the log's own words."""
        told = tuple(fact for fact in facts if fact)
        return Item(self.voice.quote(text, QUOTE), told, notes=self.notes(evidence), places=self.places(evidence))

    def group(self, key: str, found: Sequence[Found], item: Callable[[Found], Item], *, remark: str = "") -> Group:
        """Return statements under their heading, as many as a page can bear; only those are made into items."""
        rest = len(found) - LONGEST
        more = self.site.words("archive.more", n=rest) if rest > 0 else ""
        return Group(self.word(key, n=len(found)), tuple(map(item, found[:LONGEST])), remark, more)

    def owners(self, key: str, people: Sequence[str]) -> str:
        """Return who is named, in words; "" for nobody."""
        return self.word(key, who=self.voice.names(people)) if people else ""
