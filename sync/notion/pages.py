"""Notion's answers as pages: pure, so that recorded answers serve as well as live ones."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sync.pages import Page, PageProperty, PageSet, PropertySchema

from .body import body
from .values import Json, instant, page_property, plain_text, property_schemas, user_name

_GONE = ("in_trash", "archived", "is_archived")


def page_set(data_source: Json, query: Json | Iterable[Json], children: Mapping[str, Json] | None = None) -> PageSet:
    """Return a data source with its pages from answers of the API.

    `data_source` is the answer of `GET data_sources/{id}`, `query` that of its query (or the pages themselves),
    `children` maps a page or block id to the answer of `GET blocks/{id}/children`. Pages in the trash are left out.
    """
    pages: Iterable[Json] = query["results"] if isinstance(query, Mapping) else query
    return set_of(data_source, _pages(pages, property_schemas(data_source), children or {}))


def set_of(data_source: Json, pages: Iterable[Page]) -> PageSet:
    """Return a data source with pages that are read elsewhere."""
    return PageSet(
        id=str(data_source.get("id") or ""),
        name=plain_text(data_source.get("title") or ()),
        schema=property_schemas(data_source),
        pages=pages,
    )


def _pages(pages: Iterable[Json], schema: tuple[PropertySchema, ...], children: Mapping[str, Json]) -> Iterator[Page]:
    def below(block_id: str) -> Iterable[Json] | None:
        answer = children.get(block_id)
        return None if answer is None else answer["results"]

    reader = PageReader(schema)
    for raw in pages:
        if is_gone(raw):
            continue
        sections, complete = body(raw["id"], below) if raw["id"] in children else ((), True)
        yield replace(reader.page(raw), sections=sections, body_complete=complete)


def is_gone(raw: Json) -> bool:
    """Say whether a page is in the trash or archived."""
    return any(raw.get(mark) for mark in _GONE)


class PageReader:
    """Makes pages of one data source from the API's objects.

    Values that stand on many pages (nothing, an option, one person) are made once and shared: records never change.
    """

    def __init__(self, schema: Iterable[PropertySchema]) -> None:
        self.columns = {column.id: column for column in schema}
        self._place = {key: place for place, key in enumerate(self.columns)}
        self._shared: dict[tuple[str, Hashable], PageProperty] = {}

    def page(self, raw: Json, *, incomplete: frozenset[str] = frozenset()) -> Page:
        """Return one page without its body; its properties stand in the order of the schema, strangers last by id.

        `incomplete` holds the ids of properties that the service cut.
        """
        properties = self._properties(raw.get("properties") or {}, incomplete)
        return Page(
            id=raw["id"],
            url=raw.get("url") or "",
            title=next((found.text for found in properties if found.type == "title"), ""),
            properties=tuple(properties),
            created=instant(raw.get("created_time") or ""),
            edited=instant(raw.get("last_edited_time") or ""),
            created_by=user_name(raw.get("created_by") or {}),
        )

    def _properties(self, properties: Mapping[str, Any], incomplete: frozenset[str]) -> list[PageProperty]:
        found = [
            self._property(name, raw) if not incomplete else self._incomplete(name, raw, incomplete)
            for name, raw in properties.items()
        ]
        last, place = len(self._place), self._place
        found.sort(key=lambda each: (place.get(each.id, last), each.id))
        return found

    def _property(self, name: str, raw: Json) -> PageProperty:
        key = raw.get("id") or name
        common = _common_part(raw)
        if common is None:
            return page_property(name, raw, self.columns.get(key))
        shared = self._shared.get((key, common))
        if shared is None or shared.type != raw.get("type"):
            if len(self._shared) > _MOST_SHARED:
                self._shared.clear()
            shared = self._shared[key, common] = page_property(name, raw, self.columns.get(key))
        return shared

    def _incomplete(self, name: str, raw: Json, incomplete: frozenset[str]) -> PageProperty:
        key = raw.get("id") or name
        return page_property(name, raw, self.columns.get(key), complete=key not in incomplete)


_MOST_SHARED = 5_000


def _common_part(raw: Json) -> Hashable | None:
    """Return what makes a value one of a few, to share it; None for a value of its own."""
    kind = raw.get("type") or ""
    content = raw.get(kind)
    if content is None or content == []:
        return ""
    if kind in ("select", "status"):
        return content.get("name") if isinstance(content, Mapping) else None
    if kind == "checkbox":
        return bool(content)
    if kind == "people" and len(content) == 1:
        return (content[0].get("id"), content[0].get("name"))
    return None
