"""What Notion delivers: pages with typed properties and a body cut at its headings, nothing understood yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class PropertySchema:
    """A property of a data source: the id stays when a person renames it. `type` is open: Notion adds new ones."""

    id: str
    name: str
    type: str
    options: tuple[str, ...] = ()
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class DateValue:
    """A Notion date: a day or an instant, perhaps with an end."""

    start: date | datetime | None
    end: date | datetime | None = None


PropertyValue = str | float | bool | DateValue | tuple[str, ...] | None
"""Text · number · checkbox or boolean formula · date · names (people, multi_select) or page ids (relation)."""


class PageProperty(NamedTuple):
    """One value of a page; a tuple, because there are hundreds of thousands of them and a record costs thrice as much.

    `text` is how a person would read it; `people` are those mentioned by @ in a text, or the members of a people
    property; `complete` is False where the service cut the value and the rest could not be fetched.
    """

    id: str
    name: str
    type: str
    value: PropertyValue
    text: str
    people: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a page's body under one heading, toggle or bold first line ("" before the first).

    `level` is 1 to 4 for headings, 5 for toggles, 6 for bold lines. `text` has one line a block; a to-do starts with
    "[x] " or "[ ] ", a list item with "- ", a table row has its cells joined by tabs.
    """

    heading: str
    level: int
    text: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a data source. `body_complete` is False where some block could not be read."""

    id: str
    url: str
    title: str
    properties: tuple[PageProperty, ...]
    sections: tuple[Section, ...] = ()
    created: datetime | None = None
    edited: datetime | None = None
    created_by: str = ""
    body_complete: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class PageSet:
    """One data source: its name, its schema, and its pages (lazy: read once, in no promised order).

    `whole` is False where only the pages that changed are there: a relation may then name a page that is not.
    """

    id: str
    name: str
    schema: tuple[PropertySchema, ...]
    pages: Iterable[Page]
    whole: bool = True
