"""Notion's JSON becomes typed pages; bodies become sections."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.notion_answers import decode_page_set
from sync.contents.pages import BodySection, DateValue, PropertySchema
from sync.notion.decoding.property_values import decode_property, decode_schemas, is_cut
from sync.parsing.vocabulary.header_phrases import whole

EXAMPLES = Path(__file__).parents[1] / "data" / "examples" / "workbooks"


def text(content: str, *, bold: bool = False) -> dict[str, Any]:
    return {
        "type": "text",
        "text": {"content": content},
        "annotations": {"bold": bold},
        "plain_text": content,
    }


def person(name: str) -> dict[str, Any]:
    mention = {"type": "user", "user": {"object": "user", "id": "u1"}}
    return {"type": "mention", "mention": mention, "annotations": {}, "plain_text": f"@{name}"}


def block(
    kind: str, *runs: dict[str, Any], of: str = "b", children: bool = False, **more: Any
) -> dict[str, Any]:
    content = {"rich_text": list(runs), **more} if runs or not more else more
    return {"object": "block", "id": of, "type": kind, "has_children": children, kind: content}


def sections(tree: dict[str, list[dict[str, Any]]]) -> tuple[tuple[BodySection, ...], bool]:
    page = {"id": "page", "properties": {}}
    answers = {key: {"results": blocks} for key, blocks in tree.items()}
    (found,) = decode_page_set({"id": "ds", "properties": {}}, [page], answers).pages
    return found.sections, found.body_complete


def value_of(kind: str, raw: Any, **more: Any) -> Any:
    return decode_property("Name", {"id": "x", "type": kind, kind: raw, **more}, None).value


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("title", [text("Half "), text("day")], "Half day"),
        ("rich_text", [], ""),
        ("number", 17, 17),
        ("number", None, None),
        ("select", {"id": "1", "name": "L", "color": "red"}, "L"),
        ("select", None, None),
        ("status", {"id": "1", "name": "Done", "color": "red"}, "Done"),
        ("multi_select", [{"name": "a"}, {"name": "b"}], ("a", "b")),
        (
            "date",
            {"start": "2026-07-01", "end": None, "time_zone": None},
            DateValue(date(2026, 7, 1)),
        ),
        (
            "date",
            {"start": "2026-06-27T18:01:00.000+01:00", "end": "2026-06-28", "time_zone": None},
            DateValue(datetime(2026, 6, 27, 17, 1, tzinfo=UTC), date(2026, 6, 28)),
        ),
        (
            "people",
            [
                {"name": "Ada"},
                {"object": "user", "id": "d40e767c-d7af-4b18-a86d-55c61f1e39a4"},
                {"object": "group", "name": "Desk"},
            ],
            ("Ada", "@d40e767c", "Desk"),
        ),
        ("created_by", {"name": "Ada"}, ("Ada",)),
        (
            "files",
            [{"name": "a.png", "type": "file", "file": {"url": "https://signed"}}],
            ("a.png",),
        ),
        ("checkbox", True, True),
        ("url", None, None),
        ("relation", [{"id": "p1"}, {"id": "p2"}], ("p1", "p2")),
        ("formula", {"type": "string", "string": "so"}, "so"),
        ("formula", {"type": "boolean", "boolean": False}, False),
        ("formula", {"type": "date", "date": {"start": "2026-01-01"}}, DateValue(date(2026, 1, 1))),
        ("formula", {"type": "unsupported", "unsupported": {}}, None),
        ("rollup", {"type": "number", "number": 0, "function": "count"}, 0),
        (
            "rollup",
            {
                "type": "array",
                "array": [{"type": "number", "number": 2}, {"type": "title", "title": [text("t")]}],
            },
            ("2", "t"),
        ),
        ("rollup", {"type": "incomplete", "incomplete": {}}, None),
        ("unique_id", {"prefix": "MK", "number": 3}, "MK-3"),
        ("unique_id", {"prefix": None, "number": 3}, "3"),
        ("verification", {"state": "verified", "date": None}, "verified"),
        ("place", {"name": "Harbour", "lat": 1}, "Harbour"),
        ("button", {}, None),
        ("hologram", {"b": 1, "a": "가"}, '{"a": "가", "b": 1}'),
    ],
)
def test_every_kind_of_value_is_typed(kind: str, raw: Any, value: Any) -> None:
    assert value_of(kind, raw) == value


def test_a_percent_reads_as_percent_and_keeps_its_number() -> None:
    schema = PropertySchema("x", "Rate", "number", number_format="percent")
    found = decode_property("Rate", {"id": "x", "type": "number", "number": 0.145}, schema)
    assert (found.value, found.text) == (0.145, "14.5%")


def test_a_cut_value_is_known_by_has_more_or_by_its_25_people() -> None:
    assert is_cut({"type": "relation", "relation": [], "has_more": True})
    assert is_cut({"type": "people", "people": [{}] * 25})
    assert is_cut({"type": "rollup", "rollup": {"type": "incomplete"}})
    assert not is_cut({"type": "people", "people": [{}] * 24})


def test_columns_keep_their_id_when_renamed_and_strangers_come_last() -> None:
    source = {
        "id": "ds",
        "properties": {
            "New name": {"id": "a%3Ab", "name": "New name", "type": "number", "number": {}}
        },
    }
    page = {
        "id": "p",
        "properties": {
            "Stranger": {"id": "zz", "type": "number", "number": 2},
            "Old name": {"id": "a%3Ab", "type": "number", "number": 1},
        },
    }
    (found,) = decode_page_set(source, [page]).pages
    assert [(each.id, each.name, each.value) for each in found.properties] == [
        ("a%3Ab", "New name", 1),
        ("zz", "Stranger", 2),
    ]


def test_options_and_number_formats_are_in_the_schema() -> None:
    options = {
        "id": "s",
        "name": "S",
        "type": "select",
        "select": {"options": [{"name": "a"}, {"name": "b"}]},
    }
    number = {"id": "n", "name": "N", "type": "number", "number": {"format": "won"}}
    assert decode_schemas({"properties": {"S": options, "N": number}}) == (
        PropertySchema("s", "S", "select", ("a", "b")),
        PropertySchema("n", "N", "number", (), "won"),
    )


def test_what_follows_a_toggle_belongs_to_what_the_toggle_stood_in() -> None:
    found, complete = sections(
        {
            "page": [
                block("paragraph", text("before")),
                block("heading_2", text("Learned")),
                block("toggle", text("Aside"), of="t", children=True),
                block("paragraph", text("after")),
            ],
            "t": [block("paragraph", text("inside "), person("Ben"))],
        }
    )
    assert complete
    assert found == (
        BodySection("", 0, "before"),
        BodySection("Learned", 2, ""),
        BodySection("Aside", 5, "inside @Ben", ("Ben",)),
        BodySection("Learned", 2, "after"),
    )


def test_lists_boxes_tables_and_columns_keep_their_form() -> None:
    found, complete = sections(
        {
            "page": [
                block("bulleted_list_item", text("one"), of="l", children=True),
                block("to_do", text("done"), checked=True),
                block("to_do", text("open"), checked=False),
                {"id": "c", "type": "column_list", "has_children": True, "column_list": {}},
                {"id": "t", "type": "table", "has_children": True, "table": {"table_width": 2}},
                block("divider", marker=True),
            ],
            "l": [block("numbered_list_item", text("two"))],
            "c": [{"id": "c1", "type": "column", "has_children": True, "column": {}}],
            "c1": [block("callout", text("aside"))],
            "t": [{"type": "table_row", "table_row": {"cells": [[text("a")], [person("Ada")]]}}],
        }
    )
    assert complete
    assert found == (
        BodySection("", 0, "- one\n  - two\n[x] done\n[ ] open\naside\na\t@Ada", ("Ada",)),
    )


def test_a_bold_line_is_a_heading_and_bold_words_are_not() -> None:
    found, _ = sections(
        {
            "page": [
                block("paragraph", text("Hypothesis", bold=True)),
                block("paragraph", text("We", bold=True), text(" believe")),
                block("paragraph", text("Learned:", bold=True), text(" ask twice")),
            ]
        }
    )
    assert found == (
        BodySection("Hypothesis", 6, "We believe"),
        BodySection("Learned", 6, "ask twice"),
    )


def test_an_unreadable_block_leaves_the_rest_of_the_page() -> None:
    found, complete = sections(
        {
            "page": [
                block("synced_block", of="gone", children=True, synced_from={"block_id": "x"}),
                block("unsupported", nothing=True),
                block("child_database", of="db", children=True, title="Tasks"),
                block("paragraph", text("still here")),
            ]
        }
    )
    assert not complete
    assert found == (BodySection("", 0, "Tasks\nstill here"),)


def test_signed_addresses_are_not_part_of_a_body() -> None:
    found, _ = sections(
        {
            "page": [
                block(
                    "image", type="file", file={"url": "https://signed"}, caption=[text("the desk")]
                )
            ]
        }
    )
    assert found == (BodySection("", 0, "the desk"),)


def test_pages_in_the_trash_are_left_out() -> None:
    pages = [
        {"id": "p", "in_trash": True, "properties": {}},
        {"id": "q", "archived": True, "properties": {}},
    ]
    assert not list(decode_page_set({"id": "ds", "properties": {}}, pages).pages)


@pytest.mark.parametrize("stem", ["e7_목공방_해보기DB", "e8_clinic_reception_notes"])
def test_the_example_logs_become_pages_with_sections(stem: str) -> None:
    source, query, children = (
        json.loads((EXAMPLES / f"{stem}{ending}.json").read_text(encoding="utf-8"))
        for ending in (".data_source", "", ".blocks")
    )
    pages = list(decode_page_set(source, query, children).pages)
    assert pages
    assert all(page.title and page.sections and page.body_complete and page.url for page in pages)


def test_headings_that_differ_in_their_brackets_are_columns_of_their_own():
    assert whole("회고 (좋았던 점)") != whole("회고 (아쉬운 점)")
    assert whole("1. 배운 점 🙂") == whole("배운 점")
