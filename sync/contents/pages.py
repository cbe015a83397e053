"""The page model: what a Notion source delivers.

Pages have typed properties and a body split at its headings; nothing is interpreted yet.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate, islice
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class PropertySchema:
    """A property of a data source; `id` survives renaming, `type` is open: Notion adds types.

    `target` is the data source that a relation points into, where it is known.
    """

    id: str
    name: str
    type: str
    options: tuple[str, ...] = ()
    number_format: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class DateValue:
    """A Notion date: a day or an instant, perhaps with an end."""

    start: date | datetime | None
    end: date | datetime | None = None


PropertyValue = str | float | bool | DateValue | tuple[str, ...] | None
"""Text · number · checkbox or boolean formula · date · names (people, multi_select) or page ids
(relation)."""


class PageProperty(NamedTuple):
    """One value of a page; a tuple, since hundreds of thousands as records cost thrice the memory.

    `text` is how a person would read it; `people` are those mentioned by @ in a text, or the
    members of a people property; `complete` is False where the service cut the value and the rest
    could not be fetched.
    """

    id: str
    name: str
    type: str
    value: PropertyValue
    text: str
    people: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class BodySection:
    """The part of a page's body under one heading, toggle or bold line ("" before the first).

    `level` is 1 to 4 for headings, 5 for toggles, 6 for bold lines. `text` has one line a block; a
    to-do starts with "[x] " or "[ ] ", a list item with "- ", a table row has its cells joined by
    tabs.
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
    sections: tuple[BodySection, ...] = ()
    edited: datetime | None = None
    body_complete: bool = True


PageCell = str | float | bool | DateValue | tuple[str, ...] | None
"""Text as a person would read it · number · checkbox or boolean formula · date · the page ids of
a relation."""


@dataclass(frozen=True, slots=True, eq=False)
class PageColumn:
    """One property of some pages: a cell a page, in their order.

    `people` has the names of `PageProperty.people` by page number, where there are any; `cut` are
    the pages whose value the service cut and the rest of which could not be fetched.
    """

    schema: PropertySchema
    cells: list[PageCell]
    people: dict[int, tuple[str, ...]] = field(default_factory=dict)
    cut: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class PageBatch:
    """Some pages of a data source as columns; a page is the same index in every column.

    The columns are those of the schema, then those that it does not know. `sections` has the bodies
    that were read, `partly` the pages of whose body some block could not be.
    """

    ids: Sequence[str]
    urls: Sequence[str]
    titles: Sequence[str]
    edited: Sequence[datetime | None]
    columns: Sequence[PageColumn]
    sections: Mapping[int, tuple[BodySection, ...]] = field(default_factory=dict)
    partly: Collection[int] = frozenset()

    def page(self, number: int) -> Page:
        """Return one of them as a record."""
        properties = tuple([_property(column, number) for column in self.columns])
        body, whole = self.sections.get(number, ()), number not in self.partly
        title, edited = self.titles[number], self.edited[number]
        return Page(
            id=self.ids[number],
            url=self.urls[number],
            title=title,
            properties=properties,
            sections=body,
            edited=edited,
            body_complete=whole,
        )

    def only(self, numbers: Sequence[int]) -> "PageBatch":
        """Return some of them, in the given order."""
        if len(numbers) == len(self.ids) and list(numbers) == list(range(len(numbers))):
            return self
        place = {old: new for new, old in enumerate(numbers)}
        return PageBatch(
            ids=[self.ids[number] for number in numbers],
            urls=[self.urls[number] for number in numbers],
            titles=[self.titles[number] for number in numbers],
            edited=[self.edited[number] for number in numbers],
            columns=[_only(column, numbers, place) for column in self.columns],
            sections={
                place[number]: body for number, body in self.sections.items() if number in place
            },
            partly={place[number] for number in self.partly if number in place},
        )


def _property(column: PageColumn, number: int) -> PageProperty:
    cell, people, schema = column.cells[number], column.people.get(number, ()), column.schema
    text = "" if cell is None or isinstance(cell, tuple) else str(cell)
    value = people if schema.type == "people" and people else cell
    return PageProperty(
        id=schema.id,
        name=schema.name,
        type=schema.type,
        value=value,
        text=text,
        people=people,
        complete=number not in column.cut,
    )


def _only(column: PageColumn, numbers: Sequence[int], place: Mapping[int, int]) -> PageColumn:
    return PageColumn(
        column.schema,
        [column.cells[number] for number in numbers],
        {place[number]: names for number, names in column.people.items() if number in place},
        {place[number] for number in column.cut if number in place},
    )


def build_batch(pages: Sequence[Page], schema: Iterable[PropertySchema]) -> PageBatch:
    """Return pages property by property."""
    held = [{found.id: found for found in page.properties} for page in pages]
    known = {column.id: column for column in schema}
    for properties in held:
        for found in properties.values():
            if found.id not in known:
                known[found.id] = PropertySchema(found.id, found.name, found.type)
    return PageBatch(
        ids=[page.id for page in pages],
        urls=[page.url for page in pages],
        titles=[page.title for page in pages],
        edited=[page.edited for page in pages],
        columns=[
            _column(column, [properties.get(key) for properties in held])
            for key, column in known.items()
        ],
        sections={number: page.sections for number, page in enumerate(pages) if page.sections},
        partly={number for number, page in enumerate(pages) if not page.body_complete},
    )


def _column(schema: PropertySchema, found: Sequence[PageProperty | None]) -> PageColumn:
    return PageColumn(
        schema,
        [cell_of(one) if one else None for one in found],
        {number: one.people for number, one in enumerate(found) if one and one.people},
        {number for number, one in enumerate(found) if one and not one.complete},
    )


def cell_of(found: PageProperty) -> PageCell:
    """Return a value as a cell."""
    return typed_cell(found.type, found.value, found.text)


def typed_cell(kind: str, value: PropertyValue, text: str) -> PageCell:
    """Return a value of a type as a cell: what is no number, tick, date or relation as its text."""
    if isinstance(value, bool | float | int | DateValue) or (
        kind == "relation" and isinstance(value, tuple)
    ):
        return value
    return None if value in (None, "", ()) else text


def build_batches(batches: Iterable[PageBatch], size: int) -> Iterator[PageBatch]:
    """Yield the same pages in the same order, so many at a time, however they came."""
    held: list[PageBatch] = []
    for batch in batches:
        held.append(batch)
        while sum(len(one.ids) for one in held) >= size:
            whole = _joined(held)
            yield whole.only(range(size))
            held = [whole.only(range(size, len(whole.ids)))] if len(whole.ids) > size else []
    if held:
        yield _joined(held)


def _joined(batches: Sequence[PageBatch]) -> PageBatch:
    if len(batches) == 1:
        return batches[0]
    starts = accumulate((len(batch.ids) for batch in batches), initial=0)
    placed = list(zip(batches, starts, strict=False))
    known = {column.schema.id: column.schema for batch in batches for column in batch.columns}
    columns = {key: PageColumn(schema, []) for key, schema in known.items()}
    for batch, start in placed:
        held = {column.schema.id: column for column in batch.columns}
        for key, column in columns.items():
            _extend(column, held.get(key), start, size=len(batch.ids))
    return PageBatch(
        ids=[key for batch in batches for key in batch.ids],
        urls=[url for batch in batches for url in batch.urls],
        titles=[title for batch in batches for title in batch.titles],
        edited=[moment for batch in batches for moment in batch.edited],
        columns=list(columns.values()),
        sections={
            start + number: body
            for batch, start in placed
            for number, body in batch.sections.items()
        },
        partly={start + number for batch, start in placed for number in batch.partly},
    )


def _extend(column: PageColumn, more: PageColumn | None, start: int, *, size: int) -> None:
    if more is None:
        column.cells.extend([None] * size)
        return
    column.cells.extend(more.cells)
    column.people.update((start + number, names) for number, names in more.people.items())
    column.cut.update(start + number for number in more.cut)


@dataclass(frozen=True, slots=True, eq=False)
class PageSet:
    """One data source: its name, its schema, and its pages (lazy: read once, in no promised order).

    `whole` is False where only the pages that changed are there: a relation may then name a page
    that is not.
    """

    id: str
    name: str
    schema: tuple[PropertySchema, ...]
    batches: Iterable[PageBatch]
    whole: bool = True

    @property
    def pages(self) -> Iterator[Page]:
        """Yield the pages one by one; for inspection, too slow for thousands."""
        return (batch.page(number) for batch in self.batches for number in range(len(batch.ids)))


def build_page_set(
    key: str, name: str, schema: tuple[PropertySchema, ...], *, pages: Iterable[Page]
) -> PageSet:
    """Return a data source with pages that are records."""
    rest = iter(pages)
    chunks = iter(lambda: list(islice(rest, 100)), [])
    return PageSet(key, name, schema, (build_batch(chunk, schema) for chunk in chunks))
