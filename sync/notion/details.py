"""What a row of a query does not hold: values that Notion cut, and the page's body."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.pages import PropertySchema, Section

from .body import body
from .markdown import markdown_body
from .query import PAGE_SIZE, Ask, listed
from .values import Json, is_cut, user_name
from .words import NotionRefusedError

Body = tuple[tuple[Section, ...], bool]
"""The sections, and whether all of the body could be read."""

Wanted = Callable[[PropertySchema], bool]
_NO_ENTRY = (401,)


_CAN_BE_CUT = frozenset({"relation", "people", "rollup"})


def cuttable(schema: Iterable[PropertySchema]) -> tuple[str, ...]:
    """Return the names of the properties that Notion cuts when they are long."""
    return tuple(column.name for column in schema if column.type in _CAN_BE_CUT)


def completed(
    ask: Ask, page: Json, schema: Mapping[str, PropertySchema], names: Iterable[str], wanted: Wanted
) -> tuple[Json, frozenset[str]]:
    """Return the page with its cut values made whole, and the ids of those that could not be.

    `schema` is by property id, `names` are those of `cuttable`. One request for each hundred members of a cut value,
    and only for columns that are `wanted`.
    """
    properties = page.get("properties") or {}
    cut = {name: properties[name] for name in names if name in properties and is_cut(properties[name])}
    if not cut:
        return page, frozenset()
    whole, missing = dict(properties), set()
    for name, raw in cut.items():
        column = schema.get(raw["id"])
        found = _whole(ask, page["id"], raw) if column is None or wanted(column) else None
        if found is None:
            missing.add(raw["id"])
        else:
            whole[name] = found
    return {**page, "properties": whole}, frozenset(missing)


def _whole(ask: Ask, page_id: str, raw: Json) -> Json | None:
    kind = raw["type"]
    try:
        last, items = _property_items(ask, f"pages/{page_id}/properties/{raw['id']}")
    except NotionRefusedError as error:
        if error.status in _NO_ENTRY:
            raise
        return None
    if kind != "rollup":
        return {"id": raw["id"], "type": kind, kind: [item.get(kind) for item in items if item.get(kind)]}
    rollup = (last.get("property_item") or {}).get("rollup") or {}
    if rollup.get("type") == "array":
        rollup = {**rollup, "array": items}
    return {"id": raw["id"], "type": "rollup", "rollup": rollup} if rollup.get("type") != "incomplete" else None


def _property_items(ask: Ask, path: str) -> tuple[Json, list[Json]]:
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
class Bodies:
    """Reads page bodies: one request a page by Markdown where Notion serves it, block by block elsewhere.

    `names` knows people by id, because Markdown may name them by id alone.
    """

    ask: Ask
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

    def learn_names(self, page: Json) -> None:
        """Remember who is who from the people properties of a page."""
        for raw in (page.get("properties") or {}).values():
            users: Any = raw.get(raw.get("type"))
            if raw.get("type") in ("people", "created_by", "last_edited_by") and users:
                self._learn(users if isinstance(users, list) else [users])

    def _learn(self, users: Iterable[Json]) -> None:
        for user in users:
            name = user_name(user)
            if name:
                self.names[str(user.get("id"))] = name

    def _by_markdown(self, page_id: str) -> Body | None:
        try:
            answer = self.ask("GET", f"pages/{page_id}/markdown")
        except NotionRefusedError as error:
            if error.status in _NO_ENTRY:
                raise
            self.markdown = error.kind != "invalid_request_url"
            return None
        text = str(answer.get("markdown") or "")
        found = markdown_body(text, self.names)
        if found.strangers and not self.users_asked:
            self._ask_users()
            found = markdown_body(text, self.names)
        if answer.get("truncated") or found.strangers:
            return None
        return found.sections, found.complete and not answer.get("unknown_block_ids")

    def _ask_users(self) -> None:
        self.users_asked = True
        try:
            self._learn(listed(self.ask, "users"))
        except NotionRefusedError:  # the integration may not see people; blocks name them
            return

    def _by_blocks(self, page_id: str) -> Body | None:
        refused: list[int] = []

        def below(block_id: str) -> list[Json] | None:
            try:
                return list(listed(self.ask, f"blocks/{block_id}/children"))
            except NotionRefusedError as error:
                if error.status in _NO_ENTRY:
                    raise
                if block_id == page_id:
                    refused.append(error.status)
                return None

        sections, complete = body(page_id, below)
        return None if refused == [404] else (sections, complete)
