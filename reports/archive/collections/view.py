"""The finished view of a collection.

For each team its groups of statements, each with the notes that it comes from.
"""

from dataclasses import dataclass

from notes.model.notes import Language
from reports.archive.view import ArchiveLink, PageFrame, StatusLabel
from reports.page.view import PlaceLink


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """One statement: the log's own words (`text`, in the team's language), then what is said of it.

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
    """Statements of one kind under a heading; `more` tells of those that are not shown."""

    title: str
    items: tuple[CollectionItem, ...]
    remark: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class TeamCollection:
    """What a collection holds of one team."""

    team: str
    language: Language
    intro: str
    groups: tuple[CollectionGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """A collection: its heading, what it is for, and a part a team.

    `teams` lead to the parts where there are several.
    """

    frame: PageFrame
    heading: str
    intro: str
    parts: tuple[TeamCollection, ...]
    teams: tuple[ArchiveLink, ...] = ()
