"""A Notion workspace in memory.

Databases, data sources, pages, blocks, and a clock that tests move.
"""

import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

Json = dict[str, Any]


def minute(moment: datetime) -> str:
    """A time as pages have it: floored to the minute."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:00.000Z")


def rich(text: str, *, bold: bool = False) -> list[Json]:
    if not text:
        return []
    marks = dict.fromkeys(("italic", "strikethrough", "underline", "code"), False)
    return [
        {
            "type": "text",
            "text": {"content": text, "link": None},
            "annotations": {"bold": bold, **marks, "color": "default"},
            "plain_text": text,
            "href": None,
        }
    ]


@dataclass(frozen=True)
class Rollup:
    """A rollup: its final value without `function`, and over how many members it goes.

    A page shows an array's first 25 and of an aggregate over more than 25 nothing final; the
    property endpoint gives the members page by page, and the final value with the last of them.
    """

    function: str
    final: Json
    members: int = 0

    def shown(self) -> Json:
        if self.final["type"] == "array":
            return {**self.final, "array": self.final["array"][:25], "function": self.function}
        if self.members > 25:
            return {"type": "incomplete", "incomplete": {}, "function": self.function}
        return {**self.final, "function": self.function}


@dataclass
class FakeRow:
    id: str
    source: str
    created: datetime
    edited: datetime
    values: dict[str, Any]
    blocks: list[Json] = field(default_factory=list)
    markdown: str = ""
    trashed: bool = False
    shared: bool = True
    order: int = 0
    truncated: bool = False


@dataclass
class DataSource:
    id: str
    title: str
    database: str
    columns: dict[str, Json]
    """By name: {"id", "type", "config"}."""
    shared: bool = True


@dataclass
class NotionWorkspace:
    """`now` is the service's clock."""

    now: datetime = datetime(2026, 9, 7, 10, 0, 20, tzinfo=UTC)
    integration: str = "loopnote reader"
    sources: dict[str, DataSource] = field(default_factory=dict)
    databases: dict[str, Json] = field(default_factory=dict)
    rows: dict[str, FakeRow] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    nameless: set[str] = field(default_factory=set)
    """Names of people whom the connection may not see: Notion gives their ids alone."""
    blocks: dict[str, list[Json]] = field(default_factory=dict)
    broken_blocks: dict[str, int] = field(default_factory=dict)
    draw: random.Random = field(default_factory=lambda: random.Random(7))
    reads: int = 0
    cuts_texts: bool = False
    """Whether a page shows the first 25 runs of a text and says that there are more, as the
    documents have it."""

    def new_id(self) -> str:
        return str(uuid.UUID(int=self.draw.getrandbits(128), version=4))

    def tick(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def person(self, name: str) -> Json:
        found = (
            next((key for key, value in self.users.items() if value == name), None) or self.new_id()
        )
        self.users[found] = name
        if name in self.nameless:
            return {"object": "user", "id": found}
        return {
            "object": "user",
            "id": found,
            "name": name,
            "avatar_url": None,
            "type": "person",
            "person": {},
        }

    def database(self, title: str, *, shared: bool = True, linked: bool = False) -> str:
        key = self.new_id()
        self.databases[key] = {"title": title, "sources": [], "shared": shared, "linked": linked}
        return key

    def data_source(self, database: str, title: str, columns: dict[str, str | Json]) -> str:
        """Columns by name: a type, or {"id", "type", "config"}.

        The title's id is always "title".
        """
        key = self.new_id()
        full: dict[str, Json] = {}
        for place, (name, spec) in enumerate(columns.items()):
            column: Json = {"type": spec} if isinstance(spec, str) else dict(spec)
            column.setdefault(
                "id", "title" if column["type"] == "title" else quote(f"c{place}:`;"[:4], safe="")
            )
            column.setdefault("config", self.config(column["type"], key, database))
            full[name] = column
        self.sources[key] = DataSource(key, title, database, full)
        self.databases[database]["sources"].append(key)
        return key

    def config(self, kind: str, source: str, database: str) -> Json:
        if kind == "relation":
            ids = {"database_id": database, "data_source_id": source}
            return {**ids, "type": "single_property", "single_property": {}}
        if kind == "status":
            return {"options": [], "groups": []}
        if kind in ("select", "multi_select"):
            return {"options": []}
        return {"format": "number"} if kind == "number" else {}

    def add(
        self, source: str, values: dict[str, Any], *, at: datetime | None = None, **more: Any
    ) -> FakeRow:
        moment = at or self.now
        row = FakeRow(
            self.new_id(), source, moment, moment, dict(values), order=len(self.rows), **more
        )
        self.rows[row.id] = row
        return row

    def edit(self, row: FakeRow, *, bump: bool = True, **values: Any) -> None:
        row.values.update(values)
        if bump:
            row.edited = self.now

    def write_body(self, row: FakeRow, markdown: str, *, bump: bool = True) -> None:
        row.markdown = markdown
        if bump:
            row.edited = self.now

    def trash(self, row: FakeRow, *, bump: bool = True) -> None:
        row.trashed = True
        if bump:
            row.edited = self.now

    def rename(self, source: str, before: str, after: str) -> None:
        columns = self.sources[source].columns
        self.sources[source].columns = {
            after if name == before else name: spec for name, spec in columns.items()
        }
        for row in self.rows.values():
            if row.source == source and before in row.values:
                row.values[after] = row.values.pop(before)

    # --- answers ---

    def user(self, key: str) -> Json:
        return {"object": "user", "id": key}

    def database_answer(self, key: str) -> Json:
        database = self.databases[key]
        stamp = self.now.strftime("%Y-%m-%dT%H:%M:%S.778+00:00")
        sources = [
            {"id": source, "name": self.sources[source].title} for source in database["sources"]
        ]
        return {
            "object": "database",
            "id": key,
            "title": rich(database["title"]),
            "description": [],
            "parent": {"type": "workspace", "workspace": True},
            "is_inline": False,
            "in_trash": False,
            "is_locked": False,
            "created_time": stamp,
            "last_edited_time": stamp,
            "data_sources": sources,
            "icon": None,
            "cover": None,
            "url": f"https://app.notion.com/p/{key.replace('-', '')}",
            "public_url": None,
            "archived": False,
        }

    def source_answer(self, source: DataSource) -> Json:
        properties = {
            name: {
                "id": spec["id"],
                "name": name,
                "description": None,
                "type": spec["type"],
                spec["type"]: spec["config"],
            }
            for name, spec in source.columns.items()
        }
        return {
            "object": "data_source",
            "id": source.id,
            "cover": None,
            "icon": None,
            "created_time": minute(self.now),
            "created_by": self.user(self.new_id()),
            "last_edited_by": self.user(self.new_id()),
            "last_edited_time": minute(self.now),
            "title": rich(source.title),
            "description": [],
            "is_inline": False,
            "properties": properties,
            "parent": {"type": "database_id", "database_id": source.database},
            "database_parent": {"type": "workspace", "workspace": True},
            "url": f"https://app.notion.com/p/{source.database.replace('-', '')}",
            "public_url": None,
            "in_trash": False,
            "archived": False,
        }

    def page_answer(self, row: FakeRow, only: set[str] | None = None) -> Json:
        source = self.sources[row.source]
        properties = {
            name: self.property_answer(row, name, spec)
            for name, spec in source.columns.items()
            if only is None or spec["id"] in only or name in only
        }
        return {
            "object": "page",
            "id": row.id,
            "created_time": minute(row.created),
            "last_edited_time": minute(row.edited),
            "created_by": self.user("7775f3a3-893f-43fa-b625-460c61094c78"),
            "last_edited_by": self.user("7775f3a3-893f-43fa-b625-460c61094c78"),
            "cover": None,
            "icon": None,
            "parent": {
                "type": "data_source_id",
                "data_source_id": source.id,
                "database_id": source.database,
            },
            "in_trash": row.trashed,
            "is_archived": False,
            "is_locked": False,
            "properties": properties,
            "url": f"https://app.notion.com/p/{row.id.replace('-', '')}",
            "public_url": None,
            "archived": row.trashed,
        }

    def property_answer(self, row: FakeRow, name: str, spec: Json) -> Json:
        kind = spec["type"]
        answer: Json = {
            "id": spec["id"],
            "type": kind,
            kind: self.value(kind, row.values.get(name)),
        }
        if kind == "relation":
            targets = answer[kind]
            answer[kind], answer["has_more"] = targets[:25], len(targets) > 25
        elif kind == "people":
            answer[kind] = answer[kind][:25]
        elif kind in ("title", "rich_text") and self.cuts_texts:
            answer[kind], answer["has_more"] = answer[kind][:25], len(answer[kind]) > 25
        return answer

    def value(self, kind: str, value: Any) -> Any:  # noqa: PLR0911
        if kind in ("title", "rich_text"):
            return value if isinstance(value, list) else rich(value or "")
        if kind in ("select", "status") and isinstance(value, str):
            return {
                "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, value)),
                "name": value,
                "color": "default",
            }
        if kind == "multi_select":
            return [self.value("select", name) for name in value or ()]
        if kind == "relation":
            return [{"id": target} for target in value or ()]
        if kind == "people":
            return [self.person(name) for name in value or ()]
        if kind == "date" and isinstance(value, str):
            return {"start": value, "end": None, "time_zone": None}
        if kind == "files":
            self.reads += 1  # a signed address is another one on every read
            url = f"https://files.example/{self.reads}?signature={self.reads}"
            return [
                {
                    "name": name,
                    "type": "file",
                    "file": {"url": url, "expiry_time": minute(self.now)},
                }
                for name in value or ()
            ]
        if kind == "rollup" and isinstance(value, Rollup):
            return value.shown()
        if kind == "checkbox":
            return bool(value)
        return value
