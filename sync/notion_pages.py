"""Notion's answers as pages: pure, so that recorded answers serve as well as live ones."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .notion_body import body
from .notion_values import Json, instant, page_property, plain_text, property_schemas, user_name
from .pages import Page, PageProperty, PageSet, PropertySchema, Section

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

    known = {column.id: column for column in schema}
    for raw in pages:
        if is_gone(raw):
            continue
        sections, complete = body(raw["id"], below) if raw["id"] in children else ((), True)
        yield page(raw, known, sections=sections, body_complete=complete)


def is_gone(raw: Json) -> bool:
    """Say whether a page is in the trash or archived."""
    return any(raw.get(mark) for mark in _GONE)


def page(
    raw: Json,
    schema: Mapping[str, PropertySchema],
    *,
    sections: tuple[Section, ...] = (),
    body_complete: bool = True,
    incomplete: frozenset[str] = frozenset(),
) -> Page:
    """Return one page; its properties stand in the order of `schema` (by property id), strangers last by id.

    `incomplete` holds the ids of properties that the service cut.
    """
    properties = _properties(raw.get("properties") or {}, schema, incomplete)
    return Page(
        id=raw["id"],
        url=raw.get("url") or "",
        title=next((found.text for found in properties if found.type == "title"), ""),
        properties=tuple(properties),
        sections=sections,
        created=instant(raw.get("created_time") or ""),
        edited=instant(raw.get("last_edited_time") or ""),
        created_by=user_name(raw.get("created_by") or {}),
        body_complete=body_complete,
    )


def _properties(
    raw: Mapping[str, Any], schema: Mapping[str, PropertySchema], incomplete: frozenset[str]
) -> list[PageProperty]:
    by_id = {value.get("id") or name: (name, value) for name, value in raw.items()}
    order = [*(known for known in schema if known in by_id), *sorted(by_id.keys() - schema.keys())]
    return [
        page_property(by_id[wanted][0], by_id[wanted][1], schema.get(wanted), complete=wanted not in incomplete)
        for wanted in order
    ]
