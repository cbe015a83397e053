"""The logs of the corpus, read from `data/`: what stands in their cells or pages, and their answer
keys.

A file is one log: its tabs with their rows, or the schema and pages of a Notion database; then the
notes that a careful reader makes of it (docs/reading-rules.md), with what is accepted beside them.
A note's empty fields are left out. A day in a cell is written as `{"day": "2026-03-02"}`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from notes.model.notes import Language
from sync.contents.pages import (
    BodySection,
    DateValue,
    Page,
    PageProperty,
    PageSet,
    PropertySchema,
    build_page_set,
)

DATA = Path(__file__).parent / "data"
FIELDS = (
    "goal", "hypothesis", "execution", "retrospective", "outcome", "start_date", "end_date", "week",
    "owners", "people",
    "metric", "learned", "applied_to", "next_action", "next_kind", "tags",
)  # fmt: skip
_MANY = ("owners", "people", "tags")
_ALLOWED = ("accept", "may_include", "optional")
Part = Literal["development", "held out", "shapes"]
"""Two halves by domain, of which one was not looked at while the reader was built; and odd shapes.
"""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of a workbook: rows of cells; places are 1-based, a merge is (top, left, bottom,
    right).
    """

    name: str
    rows: list[list[Any]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden: bool = False
    formats: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What a careful reader makes of a log, as `score.py` of the example logs takes it."""

    notes: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    neutral: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class TableLog:
    """A log of tabs; `csv` has the encoding and separator of one that is a text file."""

    name: str
    language: Language
    part: Part
    key: AnswerKey
    tabs: list[Tab]
    csv: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class NotionLog:
    """A log of pages."""

    name: str
    language: Language
    part: Part
    key: AnswerKey
    data_source: str
    schema: tuple[PropertySchema, ...]
    pages: list[Page]

    def page_set(self) -> PageSet:
        """Return its pages as a source delivers them: they can be read once."""
        return build_page_set(self.data_source, self.name, self.schema, pages=self.pages)


@cache
def table_logs() -> tuple[TableLog, ...]:
    """Return the logs of tabs, in the order of their files."""
    return tuple(_table_log(one) for one in _records() if "tabs" in one)


@cache
def notion_logs() -> tuple[NotionLog, ...]:
    """Return the logs of pages, in the order of their files."""
    return tuple(_notion_log(one) for one in _records() if "pages" in one)


def every_log() -> tuple[TableLog | NotionLog, ...]:
    """Return all logs: those of tabs, then those of pages."""
    return (*table_logs(), *notion_logs())


def _records() -> Iterator[dict[str, Any]]:
    for path in sorted(DATA.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def _table_log(record: dict[str, Any]) -> TableLog:
    return TableLog(
        **_head(record), tabs=[_tab(one) for one in record["tabs"]], csv=record.get("csv")
    )


def _notion_log(record: dict[str, Any]) -> NotionLog:
    schema = tuple(
        PropertySchema(key, name, kind, tuple(options))
        for key, name, kind, options in record["schema"]
    )
    pages = [_page(one, {one.id: one for one in schema}) for one in record["pages"]]
    return NotionLog(**_head(record), data_source=record["data_source"], schema=schema, pages=pages)


def _head(record: dict[str, Any]) -> dict[str, Any]:
    key = AnswerKey(
        [_note(one) for one in record["notes"]],
        record.get("problems", []),
        record.get("neutral", []),
    )
    return {name: record[name] for name in ("name", "language", "part")} | {"key": key}


def _note(record: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(FIELDS)
    empty.update({name: [] for name in _MANY}, **{name: {} for name in _ALLOWED})
    return empty | record


def _tab(record: dict[str, Any]) -> Tab:
    return Tab(
        record["name"],
        [[_cell(value) for value in row] for row in record["rows"]],
        merges=tuple(
            (top, left, bottom, right) for top, left, bottom, right in record.get("merges", ())
        ),
        hidden_rows=frozenset(record.get("hidden_rows", ())),
        hidden=record.get("hidden", False),
        formats={(row, column): form for row, column, form in record.get("formats", ())},
    )


def _cell(value: Any) -> Any:
    return date.fromisoformat(value["day"]) if isinstance(value, dict) else value


def _page(record: dict[str, Any], schema: dict[str, PropertySchema]) -> Page:
    return Page(
        record["id"],
        record["url"],
        record["title"],
        tuple(_property(schema[key], value, text) for key, value, text in record["properties"]),
        tuple(
            BodySection(heading, level, text) for heading, level, text in record.get("sections", ())
        ),
        edited=datetime.fromisoformat(record["edited"]),
    )


def _property(schema: PropertySchema, value: Any, text: str) -> PageProperty:
    if isinstance(value, dict):
        start, end = (
            date.fromisoformat(day) if day else None for day in (value["start"], value["end"])
        )
        value = DateValue(start, end)
    elif isinstance(value, list):
        value = tuple(value)
    people = value if schema.type == "people" else ()
    return PageProperty(schema.id, schema.name, schema.type, value, text, people=people)
