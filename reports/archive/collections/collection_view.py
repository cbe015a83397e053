"""View models of a collection: for each team its groups of statements with their notes."""

from dataclasses import dataclass

from notes.model.notes import Language
from reports.archive.archive_view import ArchiveLink, PageFrame, StatusLabel
from reports.page.view import PlaceLink


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """One statement: the log's words (`text`, in the team's language) and what is said of it.

    `notes` lead to notes of the archive, `places` to the cells or pages themselves. `own` is False
    where `text` is loopnote's sentence.
    """

    text: str
    facts: tuple[str, ...] = ()
    marks: tuple[StatusLabel, ...] = ()
    notes: tuple[ArchiveLink, ...] = ()
    places: tuple[PlaceLink, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True)
class CollectionGroup:
    """Statements of one kind under a heading; `more` counts those that are not shown."""

    title: str
    items: tuple[CollectionItem, ...]
    remark: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class TeamCollection:
    """The part of one team in a collection."""

    team: str
    language: Language
    intro: str
    groups: tuple[CollectionGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """A collection: heading, purpose, and a part for each team; `teams` are links to the parts."""

    frame: PageFrame
    heading: str
    intro: str
    parts: tuple[TeamCollection, ...]
    teams: tuple[ArchiveLink, ...] = ()
