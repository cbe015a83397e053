"""Answers decoded by their schema read as the plain JSON does."""

import json
from typing import Any

import pytest
from fakes.notion_workspace import NotionWorkspace, rich

from sync.contents.pages import PageBatch, build_batches
from sync.notion.decoding.column_cells import ColumnDecoder
from sync.notion.decoding.property_values import decode_schemas
from sync.notion.decoding.query_answers import QueryReader, plain_answer

MENTION = {
    "type": "mention",
    "mention": {"type": "user", "user": {"object": "user", "id": "u1", "name": "하람"}},
    "plain_text": "@하람",
}
NAMELESS = {
    "type": "mention",
    "mention": {"type": "user", "user": {"object": "user", "id": "u2"}},
    "plain_text": "@Ben ",
}
DAY = {
    "type": "mention",
    "mention": {"type": "date", "date": {"start": "2026-01-01"}},
    "plain_text": "1 January",
}
VALUES: list[tuple[str, list[Any]]] = [
    ("title", [[], rich("하나"), [*rich("a "), MENTION, NAMELESS, DAY]]),
    ("rich_text", [[], rich(" 둘\u200b"), [*rich("a"), *rich("b", bold=True)]]),
    ("number", [None, 0, 3, 0.25, -1e21, 123456789012345680000]),
    ("select", [None, {"id": "x", "name": "성공", "color": "red"}]),
    ("status", [None, {"id": "x", "name": "Done", "color": "red"}]),
    ("multi_select", [[], [{"name": "a"}, {"name": "b"}]]),
    (
        "date",
        [
            None,
            {"start": "2026-07-01", "end": None},
            {"start": "2026-07-01T10:00:00.000+09:00", "end": "oh"},
        ],
    ),
    (
        "people",
        [
            [],
            [
                {"id": "u1", "name": " Ada "},
                {"id": "u2"},
                {"id": "u3", "person": {"email": "b@c.de"}},
            ],
        ],
    ),
    ("people", [[{"id": f"u{number}", "name": f"P{number}"} for number in range(25)]]),
    ("created_by", [{"object": "user", "id": "u1", "name": "Ada"}, {"object": "user", "id": "u2"}]),
    ("last_edited_by", [{"object": "user", "id": "u1", "name": "Ada"}]),
    ("files", [[], [{"name": "a.png", "type": "external", "external": {"url": "https://x"}}]]),
    ("checkbox", [True, False]),
    ("url", [None, "", "https://example.org"]),
    ("email", [None, "a@b.de"]),
    ("phone_number", [None, "010"]),
    ("created_time", ["2026-07-01T10:00:00.000Z", "odd"]),
    ("last_edited_time", ["2026-07-01T10:00:00.000Z"]),
    ("relation", [[], [{"id": "p1"}, {"id": "p2"}]]),
    (
        "formula",
        [{"type": "string", "string": "so"}, {"type": "number", "number": 2}, {"type": "boolean"}],
    ),
    (
        "formula",
        [
            {"type": "date", "date": {"start": "2026-01-01"}},
            {"type": "unsupported", "unsupported": {}},
        ],
    ),
    (
        "rollup",
        [{"type": "number", "number": 0}, {"type": "date", "date": None}, {"type": "incomplete"}],
    ),
    (
        "rollup",
        [{"type": "array", "array": [{"type": "people", "people": [{"id": "u", "name": "Ada"}]}]}],
    ),
    ("unique_id", [{"prefix": "MK", "number": 3}, {"prefix": None, "number": 3}, None]),
    ("verification", [{"state": "verified"}, None]),
    ("place", [{"name": "Harbour"}, None]),
    ("button", [{}]),
    ("hologram", [{"b": 1, "a": "가"}, "text", None]),
]
"""The forms that values take, by type."""


def answer(name: str, kind: str, values: list[Any], **more: Any) -> bytes:
    properties = [{name: {"id": "c0", "type": kind, kind: value, **more}} for value in values]
    pages = [page(number, found) for number, found in enumerate(properties)]
    return json.dumps(
        {"object": "list", "results": pages, "has_more": False, "next_cursor": None}
    ).encode()


def page(number: int, properties: dict[str, Any]) -> dict[str, Any]:
    stamp = "2026-07-01T10:00:00.000Z"
    return {
        "object": "page",
        "id": f"p{number}",
        "last_edited_time": stamp,
        "url": "u",
        "properties": properties,
    }


def schema(name: str, kind: str) -> Any:
    return decode_schemas(
        {"properties": {name: {"id": "c0", "name": name, "type": kind, kind: {}}}}
    )


def shown(batch: PageBatch) -> Any:
    columns = [(column.schema, column.cells, column.people, column.cut) for column in batch.columns]
    return batch.ids, batch.urls, batch.titles, batch.edited, columns


@pytest.mark.parametrize(("kind", "values"), VALUES)
@pytest.mark.parametrize("more", [{}, {"has_more": True}], ids=["whole", "cut"])
def test_both_ways_of_reading_an_answer_read_the_same(
    kind: str, values: list[Any], more: dict[str, Any]
) -> None:
    data, columns = answer("이름", kind, values, **more), schema("이름", kind)
    quick = QueryReader(columns).read(data)
    assert not isinstance(quick.results[0].properties, dict)
    plain = plain_answer(json.loads(data))
    assert shown(ColumnDecoder(columns).batch(quick.results)) == shown(
        ColumnDecoder(columns).batch(plain.results)
    )


@pytest.mark.parametrize(
    ("name", "kind", "more"),
    [("New", "rich_text", {}), ("이름", "number", {}), ("이름", "rich_text", {"id": "c9"})],
    ids=["renamed", "of another type", "swapped"],
)
def test_what_the_schema_does_not_promise_is_read_as_it_is(
    name: str, kind: str, more: dict[str, Any]
) -> None:
    data = answer(name, kind, [rich("a") if kind == "rich_text" else 3], **more)
    found = QueryReader(schema("이름", "rich_text")).read(data)
    assert isinstance(found.results[0].properties, dict)
    (last,) = (
        column
        for column in ColumnDecoder(schema("이름", "rich_text")).batch(found.results).columns
        if any(column.cells)
    )
    assert last.cells == ["a" if kind == "rich_text" else 3]


@pytest.mark.parametrize("name", ['a "quoted" name', "back\\slash", "", "한 줄\n두 줄"])
def test_every_name_of_a_property_can_be_read(name: str) -> None:
    found = QueryReader(schema(name, "rich_text")).read(answer(name, "rich_text", [rich("a")]))
    (column,) = ColumnDecoder(schema(name, "rich_text")).batch(found.results).columns
    assert (column.schema.name, column.cells) == (name, ["a"])


def test_half_a_sign_in_a_text_costs_nothing() -> None:
    data = answer("이름", "rich_text", [rich("a")]).replace(
        b'"plain_text": "a"', b'"plain_text": "\\ud83d"'
    )
    found = QueryReader(schema("이름", "rich_text")).read(data)
    assert ColumnDecoder(schema("이름", "rich_text")).batch(found.results).columns[0].cells == [
        "\ud83d"
    ]


NO_LISTS = [b"", b"<html>", b'{"object":"list"}', b'{"object":"page","results":[]}', b'{"object":']


@pytest.mark.parametrize("data", NO_LISTS)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        QueryReader(schema("a", "number")).read(data)


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_pages_are_given_as_many_at_a_time_as_asked_however_they_came(size: int) -> None:
    world = NotionWorkspace()
    source = world.data_source(world.database("a"), "a", {"Name": "title", "Owner": "people"})
    rows = [
        world.add(source, {"Name": f"n{number}", "Owner": ["Ada"] * (number % 2)})
        for number in range(20)
    ]
    columns = decode_schemas(world.source_answer(world.sources[source]))
    maker = ColumnDecoder(columns)
    raw = [world.page_answer(row) for row in rows]
    whole = maker.batch(plain_answer({"object": "list", "results": raw}).results)
    parts = [
        maker.batch(plain_answer({"object": "list", "results": raw[at : at + 6]}).results)
        for at in range(0, 20, 6)
    ]
    given = list(build_batches(iter(parts), size))
    assert [len(batch.ids) for batch in given[:-1]] == [size] * (len(given) - 1)
    assert [one.page(n) for one in given for n in range(len(one.ids))] == [
        whole.page(n) for n in range(20)
    ]
