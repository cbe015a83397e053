"""What the shelves share: what they are made from, and how a statement leads to its notes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from notes.model.notes import SourceHealth, StoredNote, StoredProblem
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.erased import Erased
from reports.analysis.records.evidence import Evidence
from reports.archive.addresses import href, note_page
from reports.archive.site import Site
from reports.archive.view import ArchiveLink
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import PlaceLink

from .view import CollectionGroup, CollectionItem

COLLECTIONS = ("commitments", "learnings", "people", "playbook", "problems")
MAX_PROBLEMS = 200
QUOTE = 240
_NOTES = 4

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class CollectionInputs:
    """All that the shelves know of one team.

    `log` holds its whole history, `window` only the weeks that a report of its period looks at,
    `gone` its notes that vanished, `erased` notes as they were before a promise was taken out of
    them.
    """

    log: TeamLog
    window: TeamLog
    gone: Sequence[StoredNote] = ()
    problems: Sequence[StoredProblem] = ()
    health: Sequence[SourceHealth] = ()
    erased: Sequence[Erased] = ()


def collection_page(name: str) -> str:
    """Return the address of a collection."""
    return f"shelves/{name}.html"


@dataclass(frozen=True, slots=True)
class CollectionBuilder:
    """A collection while it is being filled.

    Its page, whose statements they are, and how they are told.
    """

    site: Site
    name: str
    team: str

    @property
    def formatter(self) -> TextFormatter:
        """The formatter that tells of the team."""
        return self.site.formatter(self.team)

    def word(self, key: str, /, **facts: str | int) -> str:
        """Return a sentence of this collection."""
        return self.site.words(f"archive.{self.name}.{key}", **facts)

    def notes(self, evidence: Iterable[Evidence | None]) -> tuple[ArchiveLink, ...]:
        """Return the ways to the notes behind a statement, each once."""
        found: dict[str, ArchiveLink] = {}
        for one in evidence:
            outline = self.site.catalogue.notes.get(one.note_id) if one else None
            if outline and outline.id not in found:
                found[outline.id] = ArchiveLink(
                    self.site.title(outline),
                    href(collection_page(self.name), note_page(outline.id)),
                )
        return tuple(found.values())[:_NOTES]

    def places(self, evidence: Iterable[Evidence | None]) -> tuple[PlaceLink, ...]:
        """Return the cells and pages behind a statement that can be opened, each once."""
        links = (self.formatter.link(one) for one in evidence if one)
        return tuple({link.url: link for link in links if link.url}.values())[:_NOTES]

    def item(
        self, text: str, facts: Iterable[str], evidence: Sequence[Evidence | None]
    ) -> CollectionItem:
        """Return a statement in the log's own words."""
        told = tuple(fact for fact in facts if fact)
        return CollectionItem(
            self.formatter.quote(text, QUOTE),
            told,
            notes=self.notes(evidence),
            places=self.places(evidence),
        )

    def group(
        self,
        key: str,
        found: Sequence[Found],
        item: Callable[[Found], CollectionItem],
        *,
        remark: str = "",
    ) -> CollectionGroup:
        """Return statements under their heading, as many as a page can bear.

        Only those are made into items.
        """
        rest = len(found) - MAX_PROBLEMS
        more = self.site.words("archive.more", n=rest) if rest > 0 else ""
        return CollectionGroup(
            self.word(key, n=len(found)), tuple(map(item, found[:MAX_PROBLEMS])), remark, more
        )

    def owners(self, key: str, people: Sequence[str]) -> str:
        """Return who is named, in words; "" for nobody."""
        return self.word(key, who=self.formatter.names(people)) if people else ""
