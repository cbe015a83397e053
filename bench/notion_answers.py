"""Decodes recorded answers of the Notion API into a page set, for tests and benchmarks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from sync.contents.pages import BodySection, PageBatch, PageSet, PropertySchema
from sync.notion.bodies.block_body import read_blocks
from sync.notion.decoding.column_cells import ColumnDecoder
from sync.notion.decoding.property_values import Json, decode_schemas, plain_text
from sync.notion.decoding.query_answers import plain_row


def decode_page_set(
    data_source: Json, query: Json | Iterable[Json], children: Mapping[str, Json] | None = None
) -> PageSet:
    """Return a data source with its pages from answers of the API.

    `data_source` is the answer of `GET data_sources/{id}`, `query` that of its query (or the pages
    themselves), `children` maps a page or block id to the answer of `GET blocks/{id}/children`.
    Pages in the trash are left out.
    """
    pages: Iterable[Json] = query["results"] if isinstance(query, Mapping) else query
    schema = decode_schemas(data_source)
    return PageSet(
        id=str(data_source.get("id") or ""),
        name=plain_text(data_source.get("title") or ()),
        schema=schema,
        batches=_batches(pages, schema, children or {}),
    )


def _batches(
    pages: Iterable[Json], schema: tuple[PropertySchema, ...], children: Mapping[str, Json]
) -> Iterator[PageBatch]:
    columns = ColumnDecoder(schema)
    rows = (row for raw in pages if not (row := plain_row(raw)).gone)
    while some := list(islice(rows, 100)):
        batch = columns.batch(some)
        bodies = {
            number: _body(key, children) for number, key in enumerate(batch.ids) if key in children
        }
        partly = {number for number, (_, whole) in bodies.items() if not whole}
        sections = {number: found for number, (found, _) in bodies.items() if found}
        yield replace(batch, sections=sections, partly=partly)


def _body(page_id: str, children: Mapping[str, Json]) -> tuple[tuple[BodySection, ...], bool]:
    def below(block_id: str) -> Iterable[Json] | None:
        answer = children.get(block_id)
        return None if answer is None else answer["results"]

    return read_blocks(page_id, below)
