"""Fetches what a query leaves out: truncated values and page bodies."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from notes.model.errors import ServiceRefusedError
from sync.contents.pages import BodySection, PageBatch, PropertySchema, cell_of
from sync.notion.bodies.block_body import read_blocks
from sync.notion.decoding.column_cells import users_of
from sync.notion.decoding.property_values import Json, decode_property, user_name
from sync.notion.decoding.query_answers import QueryRow

from .row_query import PAGE_SIZE, NotionRequest, list_results

Body = tuple[tuple[BodySection, ...], bool]
"""The sections, and whether all of the body could be read."""

Wanted = Callable[[PropertySchema], bool]
_NO_ENTRY = (401,)
"""HTTP statuses after which no other page can be read either: the token itself is refused."""


def complete(ask: NotionRequest, batch: PageBatch, wanted: Wanted) -> None:
    """Put what the service cut into the columns that are `wanted`, in place.

    One request for each hundred members.
    """
    for number, page_id in enumerate(batch.ids):
        for column in batch.columns:
            if number in column.cut and wanted(column.schema):
                raw = _whole(ask, page_id, column.schema.id, kind=column.schema.type)
                if raw is not None:
                    found = decode_property(column.schema.name, raw, column.schema)
                    column.cells[number] = cell_of(found)
                    column.people[number] = found.people
                    column.cut.discard(number)


def _whole(ask: NotionRequest, page_id: str, key: str, *, kind: str) -> Json | None:
    try:
        last, items = _property_items(ask, f"pages/{page_id}/properties/{key}")
    except ServiceRefusedError as error:
        if error.status in _NO_ENTRY:
            raise
        return None
    if kind != "rollup":
        return {"id": key, "type": kind, kind: [item.get(kind) for item in items if item.get(kind)]}
    rollup = (last.get("property_item") or {}).get("rollup") or {}
    if rollup.get("type") == "array":
        rollup = {**rollup, "array": [_listed(item) for item in items]}
    return (
        {"id": key, "type": "rollup", "rollup": rollup}
        if rollup.get("type") != "incomplete"
        else None
    )


_LISTS = ("title", "rich_text", "people", "relation")
"""The paginated properties, whose endpoint gives one item at a time
(developers.notion.com/reference/retrieve-a-page-property)."""


def _listed(item: Json) -> Json:
    """Return a member of a rollup as a page has it.

    The endpoint gives one run or one person where a list belongs.
    """
    kind = item.get("type") or ""
    value = item.get(kind)
    return {**item, kind: [value]} if kind in _LISTS and isinstance(value, Mapping) else item


def _property_items(ask: NotionRequest, path: str) -> tuple[Json, list[Json]]:
    """Return the last answer, which alone holds a rollup's final value, and all items."""
    items: list[Json] = []
    cursor, cursors = "", {""}
    while True:
        query = [("page_size", str(PAGE_SIZE)), *([("start_cursor", cursor)] if cursor else [])]
        answer = ask("GET", path, query=query)
        items.extend(answer.get("results") or ())
        cursor = str(answer.get("next_cursor") or "")
        if not answer.get("has_more") or cursor in cursors:
            return answer, items
        cursors.add(cursor)


@dataclass(slots=True)
class BodyFetcher:
    """Reads page bodies: one Markdown request per page where Notion serves it, else blocks.

    `names` knows people by id, because Markdown may name them by id alone.
    """

    ask: NotionRequest
    markdown: bool = True
    names: dict[str, str] = field(default_factory=dict)
    users_asked: bool = False

    def of(self, page_id: str) -> Body | None:
        """Return the body of a page; None where the page itself is gone."""
        if self.markdown:
            found = self._by_markdown(page_id)
            if found is not None:
                return found
        return self._by_blocks(page_id)

    def learn_names(self, row: QueryRow) -> None:
        """Remember who is who from the people properties of a page."""
        self.names.update((key, name) for key, name in users_of(row) if name)

    def _learn(self, users: Iterable[Json]) -> None:
        for user in users:
            name = user_name(user)
            if name:
                self.names[str(user.get("id"))] = name

    def _by_markdown(self, page_id: str) -> Body | None:
        try:
            answer = self.ask("GET", f"pages/{page_id}/markdown")
        except ServiceRefusedError as error:
            if error.status in _NO_ENTRY:
                raise
            self.markdown = error.answer != "invalid_request_url"
            return None
        from sync.notion.bodies.markdown_body import read_markdown

        text = str(answer.get("markdown") or "")
        found = read_markdown(text, self.names)
        if found.strangers and not self.users_asked:
            self._ask_users()
            found = read_markdown(text, self.names)
        if answer.get("truncated") or found.strangers:
            return None
        return found.sections, found.complete and not answer.get("unknown_block_ids")

    def _ask_users(self) -> None:
        self.users_asked = True
        try:
            self._learn(list_results(self.ask, "users"))
        except ServiceRefusedError:  # the integration may not see people; blocks name them
            return

    def _by_blocks(self, page_id: str) -> Body | None:
        refused: list[int] = []

        def below(block_id: str) -> list[Json] | None:
            try:
                return list(list_results(self.ask, f"blocks/{block_id}/children"))
            except ServiceRefusedError as error:
                if error.status in _NO_ENTRY:
                    raise
                if block_id == page_id:
                    refused.append(error.status)
                return None

        sections, complete = read_blocks(page_id, below)
        return None if refused == [404] else (sections, complete)
