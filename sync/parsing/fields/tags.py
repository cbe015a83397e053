"""Reads the tags and the flow of each record."""

import re
from functools import lru_cache

from notes.model.notes import Flow
from notes.system.compiled_tables import kept_pattern
from sync.parsing.cells.text import fold
from sync.parsing.columns.column_texts import RoleTable, column_texts

_SPLIT = kept_pattern(
    r"(?:(?<!\s)\s+)?[,;\n、]\s*|(?<!\s)\s+(?=#)|(?:(?<!\s)\s+)?/\s*|(?:(?<!\s)\s+)?\|\s*"
)
"""What parts tags, in cells and in exports of Notion and other boards."""
_FLOWS: dict[str, Flow] = {
    "business": "business", "biz": "business", "비즈니스": "business", "사업": "business",
    "성과": "business",
    "learning": "learning", "러닝": "learning", "배움": "learning", "학습": "learning",
    "people": "people", "피플": "people", "사람": "people", "관계": "people",
    "connection": "people",
}  # fmt: skip
"""The three flows of the method (§1), as teams write them."""


def read_tags(table: RoleTable) -> list[tuple[str, ...]]:
    """Return the tags of each record, in column order, each once."""
    tags: list[tuple[str, ...]] = [()] * table.size
    for number in table.columns("tags"):
        for record, text in enumerate(column_texts(table, number)):
            if text:
                tags[record] = tuple(dict.fromkeys((*tags[record], *_split(text))))
    return tags


@lru_cache(maxsize=1 << 11)
def _split(text: str) -> tuple[str, ...]:
    return tuple(
        tag
        for part in _SPLIT.split(text)
        if (tag := part.strip().lstrip("#").strip()) and not _NUMBER.fullmatch(tag)
    )


_NUMBER = kept_pattern(
    r"(?:(?:sprint|iteration|cycle|round|스프린트|이터레이션|회차)\s*#?)?\d{1,3}(?:\.0)?(?:\s*\(.*\))?",
    re.IGNORECASE,
)
"""A number ("단계" 1, 2, 3; "Sprint 21 (Sep 7 - Sep 18)") counts something and classifies nothing
(reading rules 10.3)."""


def read_flows(table: RoleTable) -> list[Flow | None]:
    """Return the flow that each record's own column names, None where it names none."""
    flows: list[Flow | None] = [None] * table.size
    for number in table.columns("flow"):
        flows = [
            flow or _flow(text)
            for flow, text in zip(flows, column_texts(table, number), strict=True)
        ]
    return flows


@lru_cache(maxsize=512)
def _flow(text: str) -> Flow | None:
    plain = fold(text)
    return next((flow for word, flow in _FLOWS.items() if word in plain), None)
