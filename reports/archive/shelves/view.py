"""The finished view of a shelf: for each team its groups of statements, each with the notes that it comes from."""

from dataclasses import dataclass

from loopnote.notes import Language
from reports.archive.view import Frame, Inside, Mark
from reports.page.view import Link


@dataclass(frozen=True, slots=True)
class Item:
    """One statement: the log's own words (`text`, in the team's language), then what is said of it.

    `notes` lead to notes of the archive, `places` to the cells or pages themselves. `own` is False where `text` is
    loopnote's sentence.
    """

    text: str
    facts: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[Inside, ...] = ()
    places: tuple[Link, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one kind under a heading; `more` tells of those that are not shown."""

    title: str
    items: tuple[Item, ...]
    remark: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class TeamPart:
    """What a shelf holds of one team."""

    team: str
    language: Language
    intro: str
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """A shelf: its heading, what it is for, and a part a team; `teams` lead to the parts where there are several."""

    frame: Frame
    heading: str
    intro: str
    parts: tuple[TeamPart, ...]
    teams: tuple[Inside, ...] = ()
