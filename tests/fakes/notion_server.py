"""A fake Notion over real HTTP, as strict and as strange as the real one (API_FACTS,
checklist 6a).
"""

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from fakes.http_service import Answer, Fault, HttpService, Request, html, reset, served
from fakes.notion_query import RefusalError, page_of, rows_of
from fakes.notion_workspace import Json, NotionWorkspace, Rollup
from fakes.schemas import notion_checked

TOKEN = "ntn_test"
VERSIONS = (
    "2021-05-11",
    "2021-05-13",
    "2021-08-16",
    "2022-02-22",
    "2022-06-28",
    "2025-09-03",
    "2026-03-11",
)
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[1-8][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}")
_ROUTES = (
    ("GET", re.compile(r"/v1/users/me"), "me"),
    ("GET", re.compile(r"/v1/users"), "users"),
    ("POST", re.compile(r"/v1/search"), "search"),
    ("GET", re.compile(r"/v1/databases/([^/]+)"), "database"),
    ("GET", re.compile(r"/v1/data_sources/([^/]+)"), "data_source"),
    ("POST", re.compile(r"/v1/data_sources/([^/]+)/query"), "query"),
    ("POST", re.compile(r"/v1/databases/([^/]+)/query"), "old_query"),
    ("GET", re.compile(r"/v1/pages/([^/]+)"), "page"),
    ("GET", re.compile(r"/v1/pages/([^/]+)/properties/(.+)"), "page_property"),
    ("GET", re.compile(r"/v1/pages/([^/]+)/markdown"), "markdown"),
    ("GET", re.compile(r"/v1/blocks/([^/]+)"), "block"),
    ("GET", re.compile(r"/v1/blocks/([^/]+)/children"), "children"),
)


def error(
    status: int, code: str, message: str, *, headers: dict[str, str] | None = None, **extra: Any
) -> Answer:
    request_id = str(uuid.uuid4())
    payload = {
        "object": "error",
        "status": status,
        "code": code,
        "message": message,
        **extra,
        "request_id": request_id,
    }
    return Answer(status, payload, {"x-notion-request-id": request_id, **(headers or {})})


def rate_limited(
    retry_after: str | None = "1", reason: str = "public_api_request_rate_limit"
) -> Fault:
    extra = {"rate_limit_reason": reason, **({"retry_after": retry_after} if retry_after else {})}
    headers = {"Retry-After": retry_after} if retry_after else {}
    message = "You have been rate limited. Please try again in a few minutes."
    return lambda _request: error(
        429, "rate_limited", message, headers=headers, additional_data=extra
    )


def failing(status: int, code: str) -> Fault:
    return lambda _request: error(status, code, "Something went wrong.")


def truncated(_request: Request) -> Answer:
    return Answer(200, raw=b'{"object":"list","results":[{"object":"pa')


FAULTS: list[Fault] = [
    rate_limited("0"),
    failing(500, "internal_server_error"),
    failing(503, "service_unavailable"),
    failing(529, "service_overload"),
    failing(409, "conflict_error"),
    html(502),
    html(504),
    reset,
    truncated,
    lambda _request: Answer(503, raw=b""),
    lambda _request: Answer(200, raw=b"<!doctype html>", content_type="text/html"),
]
"""What may pass, each in one form."""


class NotionServer(HttpService):
    """`cap` is the 10,000-row limit.

    `short` shortens pages; `trash` says what `in_trash` in a query does.
    """

    def __init__(self, world: NotionWorkspace | None = None) -> None:
        super().__init__()
        self.world = world or NotionWorkspace()
        self.now = lambda: self.world.now
        self.cap = 10_000
        self.short: int | None = None
        self.trash = "list"
        self.markdown = True
        self.capability = True
        self.empty_page_once = False
        self.cursor_loop = False
        self.checked: dict[str, int] = {}

    def limited(self, request: Request) -> Answer:
        answer = rate_limited("1")(request)
        assert answer is not None
        return answer

    def handle(self, request: Request) -> Answer:
        body: Json = {}
        if request.body:
            try:
                body = json.loads(request.body)
            except ValueError:
                return error(400, "invalid_json", "Error parsing JSON body.")
        found = [(name, match) for method, path, name in _ROUTES
                 if method == request.method and (match := path.fullmatch(request.path))]  # fmt: skip  # noqa: E501
        if not found:
            self.violations.append(f"{request.method} {request.path} is no request that only reads")
            return error(400, "invalid_request_url", "Invalid request URL.")
        refused = self._entry(request)
        if refused:
            return refused
        name, match = found[0]
        try:
            payload = getattr(self, f"_{name}")(request, body, *match.groups())
        except RefusalError as refusal:
            return error(refusal.status, refusal.code, str(refusal))
        except KeyError as missing:
            return self._missing(name, str(missing.args[0]))
        request_id = str(uuid.uuid4())
        self._validate(name, payload)
        return Answer(
            200, {**payload, "request_id": request_id}, {"x-notion-request-id": request_id}
        )

    def _entry(self, request: Request) -> Answer | None:
        given = request.headers.get("authorization", "")
        if not re.fullmatch(r"Bearer \S+", given):
            return error(
                401, "unauthorized", 'Authorization header must use the format "Bearer <token>".'
            )
        if given != f"Bearer {TOKEN}":
            return error(401, "unauthorized", "API token is invalid.")
        version = request.headers.get("notion-version")
        if version not in VERSIONS:
            shown = "undefined" if version is None else version
            return error(
                400,
                "missing_version",
                f"Notion-Version header failed validation: instead was `{shown}`.",
            )
        old = version < "2025-09-03"
        if (old and "/data_sources" in request.path) or (
            not old and re.search(r"/databases/.*/query", request.path)
        ):
            return error(400, "invalid_request_url", "Invalid request URL.")
        if not self.capability and not request.path.startswith("/v1/users"):
            return error(403, "restricted_resource", "Insufficient permissions for this endpoint.")
        return None

    def _missing(self, kind: str, key: str) -> Answer:
        noun = {"database": "database", "data_source": "data source", "query": "data source"}.get(
            kind, "page"
        )
        message = (
            f"Could not find {noun} with ID: {key}. Make sure the relevant pages and "
            f"databases are shared with your"
            f' integration "{self.world.integration}".'
        )
        return error(
            404, "object_not_found", message, additional_data={"integration_id": str(uuid.uuid4())}
        )

    def _validate(self, name: str, payload: Json) -> None:
        self.checked[name] = self.checked.get(name, 0) + 1
        if self.checked[name] <= 2:
            self.violations.extend(notion_checked(name, payload))

    def _key(self, raw: str, noun: str) -> str:
        if not _UUID.fullmatch(raw):
            raise RefusalError(
                f"path failed validation: path.{noun}_id should be a valid uuid, instead "
                f'was `"{raw}"`.'
            )
        return str(uuid.UUID(raw))

    def _me(self, _request: Request, _body: Json) -> Json:
        bot = {
            "owner": {"type": "workspace", "workspace": True},
            "workspace_name": "Test",
            "workspace_id": "231674b6-2cc1-46bc-b742-c5c9fe4b9c73",
            "workspace_limits": {"max_file_upload_size_in_bytes": 5242880},
        }
        key = "7775f3a3-893f-43fa-b625-460c61094c78"
        return {
            "object": "user",
            "id": key,
            "name": self.world.integration,
            "avatar_url": None,
            "type": "bot",
            "bot": bot,
        }

    def _users(self, request: Request, _body: Json) -> Json:
        people = [self.world.person(name) for name in list(self.world.users.values())]
        return self._list(request, people, "user")

    def _search(self, _request: Request, _body: Json) -> Json:
        rows = [row for row in self.world.rows.values() if row.shared]
        return _listing(
            [self.world.page_answer(row) for row in rows[:100]], None, "page_or_data_source"
        )

    def _database(self, _request: Request, _body: Json, raw: str) -> Json:
        key = self._key(raw, "database")
        database = self.world.databases[key]
        if not database["shared"]:
            raise KeyError(key)
        if database["linked"]:
            raise RefusalError(
                f"Database with ID {key} does not contain any data sources accessible by "
                f"this API bot."
            )
        return self.world.database_answer(key)

    def _data_source(self, _request: Request, _body: Json, raw: str) -> Json:
        source = self.world.sources[self._key(raw, "data_source")]
        if not source.shared:
            raise KeyError(source.id)
        return self.world.source_answer(source)

    def _query(self, request: Request, body: Json, raw: str) -> Json:
        source = self.world.sources[self._key(raw, "data_source")]
        if not source.shared:
            raise KeyError(source.id)
        only = [
            unquote(value)
            for name, value in request.query
            if name in ("filter_properties", "filter_properties[]")
        ]
        known = {unquote(spec["id"]): spec["id"] for spec in source.columns.values()}
        for name in only:
            if name not in known and name not in source.columns:
                raise RefusalError(
                    f"The schema for the data source with the following ID is malformed: "
                    f"{source.id}."
                    f" The provided `filter_properties` contains an invalid attribute: {name}"
                )
        rows = rows_of(self.world, source.id, body, trash=self.trash)
        page, following, capped = page_of(rows, body, cap=self.cap, short=self.short)
        if self.empty_page_once and not body.get("start_cursor") and page:
            self.empty_page_once, following, page = False, page[0].id, []
        if self.cursor_loop and rows:
            following = rows[0].id
        cursor = f"s:{uuid.UUID(int=5, version=4)}:{following}" if following else None
        narrowed = {known.get(name, name) for name in only} or None
        answer = _listing(
            [self.world.page_answer(row, narrowed) for row in page], cursor, "page_or_data_source"
        )
        if capped:
            answer["request_status"] = {
                "type": "incomplete",
                "incomplete_reason": "query_result_limit_reached",
            }
        return answer

    def _old_query(self, request: Request, body: Json, raw: str) -> Json:
        """The query of the versions that knew no data sources."""
        sources = self.world.databases[self._key(raw, "database")]["sources"]
        if len(sources) > 1:
            raise RefusalError(
                "Databases with multiple data sources are not supported in this API version."
            )
        return self._query(request, body, sources[0])

    def _row(self, raw: str) -> Any:
        row = self.world.rows[self._key(raw, "page")]
        if not row.shared:
            raise KeyError(row.id)
        return row

    def _page(self, _request: Request, _body: Json, raw: str) -> Json:
        return self.world.page_answer(self._row(raw))

    def _page_property(self, request: Request, _body: Json, raw: str, property_id: str) -> Json:
        row = self._row(raw)
        source = self.world.sources[row.source]
        name, spec = next(
            (n, s) for n, s in source.columns.items() if unquote(s["id"]) == unquote(property_id)
        )
        kind = spec["type"]
        whole = self.world.value(kind, row.values.get(name))
        item = {"object": "property_item", "id": spec["id"], "type": kind}
        held = row.values.get(name)
        if isinstance(held, Rollup):
            return self._rollup(request, item, held)
        if kind not in ("title", "rich_text", "relation", "people"):
            return {**item, kind: whole}
        answer = self._list(request, [{**item, kind: value} for value in whole], "property_item")
        return _with_item(request, answer, spec["id"], kind, {})

    def _rollup(self, request: Request, item: Json, held: Rollup) -> Json:
        """The members, and with the last of them the final value; until then it is incomplete."""
        targets = [
            {**item, "type": "relation", "relation": {"id": self.world.new_id()}}
            for _ in range(held.members)
        ]
        found = [{**item, **_single(one)} for one in held.final.get("array", ())] or targets
        answer = self._list(request, found, "property_item")
        final = {**held.final, "array": []} if held.final["type"] == "array" else held.final
        state = {"type": "incomplete", "incomplete": {}} if answer["has_more"] else final
        return _with_item(
            request, answer, item["id"], "rollup", {**state, "function": held.function}
        )

    def _markdown(self, _request: Request, _body: Json, raw: str) -> Json:
        if not self.markdown:
            raise RefusalError("Invalid request URL.", code="invalid_request_url")
        row = self._row(raw)
        text = row.markdown
        return {
            "object": "page_markdown",
            "id": row.id,
            "markdown": text,
            "truncated": row.truncated,
            "unknown_block_ids": [],
        }

    def _children(self, request: Request, _body: Json, raw: str) -> Json:
        key = self._key(raw, "block")
        status = self.world.broken_blocks.get(key)
        if status == 404:
            raise KeyError(key)
        if status:
            raise RefusalError("Block type ai_block is not supported via the API.")
        blocks = self.world.blocks[key] if key in self.world.blocks else self._row(raw).blocks
        return self._list(request, blocks, "block")

    def _block(self, _request: Request, _body: Json, raw: str) -> Json:
        key = self._key(raw, "block")
        blocks = [block for held in self.world.blocks.values() for block in held]
        blocks += [block for row in self.world.rows.values() if row.shared for block in row.blocks]
        for block in blocks:
            if str(block.get("id")) == key:
                return block
        raise KeyError(key)

    def _list(self, request: Request, items: list[Json], kind: str) -> Json:
        """A page of a list: 0 is 100, less is nothing.

        The cursor is the id of the next item, where it has one.
        """
        size = int(request.value("page_size") or 100) or 100
        names = [str(item.get("id") or place) for place, item in enumerate(items)]
        if len(set(names)) < len(names):
            names = [str(place) for place in range(len(items))]
        cursor = request.value("start_cursor")
        if cursor and cursor not in names:
            raise RefusalError(f"The start_cursor provided is invalid: {cursor}")
        start = names.index(cursor) if cursor else 0
        end = start + min(max(size, 0), 100)
        return _listing(items[start:end], names[end] if end < len(items) else None, kind)


def _single(value: Json) -> Json:
    """A value of a rollup's array as the property endpoint has it.

    One run, one person, one page.
    """
    kind = value["type"]
    held = value[kind]
    return {"type": kind, kind: held[0] if isinstance(held, list) and kind in _LISTS else held}


_LISTS = ("title", "rich_text", "people", "relation")


def _with_item(request: Request, answer: Json, key: str, kind: str, state: Json) -> Json:
    more = (
        f"https://api.notion.com{request.path}?start_cursor={answer['next_cursor']}"
        if answer["has_more"]
        else None
    )
    return {**answer, "property_item": {"id": key, "next_url": more, "type": kind, kind: state}}


def _listing(results: list[Json], cursor: str | None, kind: str) -> Json:
    return {
        "object": "list",
        "results": results,
        "next_cursor": cursor,
        "has_more": cursor is not None,
        "type": kind,
        kind: {},
    }


@contextmanager
def notion_server(world: NotionWorkspace | None = None) -> Iterator[NotionServer]:
    server = NotionServer(world)
    with served(server):
        yield server
