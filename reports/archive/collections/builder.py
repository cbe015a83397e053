"""Shared parts of the collections: their inputs, and links from a statement to its notes."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from notes.model.notes import SourceHealth, StoredNote, StoredProblem
from reports.analysis.data.team_log import TeamLog
from reports.analysis.records.evidence import Evidence
from reports.analysis.records.removed_actions import RemovedAction
from reports.archive.addresses import href, note_page
from reports.archive.archive_view import ArchiveLink
from reports.archive.note_catalogue import NoteOutline
from reports.archive.site import Site
from reports.page.formatting.text_formatter import TextFormatter
from reports.page.view import PlaceLink

from .collection_view import CollectionGroup, CollectionItem

COLLECTIONS = ("commitments", "learnings", "people", "playbook", "problems")
MAX_PROBLEMS = 200
"""Statements of one group: judgement; a browser on a phone still scrolls through them."""
QUOTE = 240
"""Columns of a quoted statement: judgement; about four lines on a phone."""
_NOTES = 4
"""Links behind one statement: judgement; they fit on one or two lines."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class CollectionInputs:
    """What the collections know of one team.

    `log` holds its whole history, `window` only the weeks that a report of its period looks at,
    `gone` its notes that vanished, `removed` notes as they were before a promise was taken out of
    them.
    """

    log: TeamLog
    window: TeamLog
    gone: Sequence[StoredNote] = ()
    problems: Sequence[StoredProblem] = ()
    health: Sequence[SourceHealth] = ()
    removed: Sequence[RemovedAction] = ()


def collection_page(name: str) -> str:
    """Return the address of a collection."""
    return f"shelves/{name}.html"


@dataclass(frozen=True, slots=True)
class CollectionBuilder:
    """One collection of one team under construction: its page, team and formatter."""

    site: Site
    name: str
    team: str

    @property
    def formatter(self) -> TextFormatter:
        """Return the team's formatter."""
        return self.site.formatter(self.team)

    def word(self, key: str, /, **facts: str | int) -> str:
        """Return a sentence of this collection."""
        return self.site.words(f"archive.{self.name}.{key}", **facts)

    def notes(self, evidence: Iterable[Evidence | None]) -> tuple[ArchiveLink, ...]:
        """Return the links to the notes behind a statement, each once; with their days where one
        title stands for two.
        """
        known = (self.site.catalogue.notes.get(one.note_id) for one in evidence if one)
        found = list({one.id: one for one in known if one}.values())[:_NOTES]
        titles = Counter(map(self.site.title, found))
        return tuple(self._note_link(one, dated=titles[self.site.title(one)] > 1) for one in found)

    def _note_link(self, one: NoteOutline, *, dated: bool) -> ArchiveLink:
        title = self.site.title(one)
        text = f"{title}, {self.site.day(one.day)}" if dated else title
        return ArchiveLink(text, href(collection_page(self.name), note_page(one.id)))

    def places(self, evidence: Iterable[Evidence | None]) -> tuple[PlaceLink, ...]:
        """Return the links to cells and pages behind a statement, each once."""
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
        """Return statements under a heading, at most `MAX_PROBLEMS`; only those are made."""
        rest = len(found) - MAX_PROBLEMS
        more = self.site.words("archive.more", n=rest) if rest > 0 else ""
        return CollectionGroup(
            self.word(key, n=len(found)), tuple(map(item, found[:MAX_PROBLEMS])), remark, more
        )

    def owners(self, key: str, people: Sequence[str]) -> str:
        """Return the owners in words; "" for nobody."""
        return self.word(key, who=self.formatter.names(people)) if people else ""
