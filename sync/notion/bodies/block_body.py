"""Parses a page body given as Notion blocks into sections. Pure: the caller fetches the blocks.

Blocks are read depth first. What lies in a toggle belongs to it; what follows a toggle belongs
again to what the toggle stood in. Source: developers.notion.com/reference/block (read 2026-11).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.contents.pages import BodySection
from sync.notion.decoding.property_values import Json, mentioned_users, plain_text

from .body_outline import BOLD_LEVEL, TOGGLE_LEVEL, BodyOutline, bold_heading

Children = Callable[[str], Iterable[Json] | None]
"""Gives the blocks directly under a page or block; None where they cannot be read."""

_HEADINGS = {"heading_1": 1, "heading_2": 2, "heading_3": 3, "heading_4": 4}
"""Block type to heading level (Notion API, "Block")."""
_LIST_ITEMS = frozenset({"bulleted_list_item", "numbered_list_item"})
_FRAMES = frozenset({"column_list", "column", "table", "synced_block", "tab"})
_SILENT = frozenset({"divider", "table_of_contents", "breadcrumb"})
_CLOSED = frozenset({"child_page", "child_database", "link_to_page", "template", "button"})
"""Other documents, or forms for new blocks: not part of this page's text."""

_DEEPEST = 50
"""A guard: Notion's own editor does not nest as deep."""


def read_blocks(page_id: str, children: Children) -> tuple[tuple[BodySection, ...], bool]:
    """Return the sections of a page, and whether all of its blocks could be read."""
    walk = _BlockReader(children)
    walk.under(page_id, depth=0, indent="")
    return walk.outline.sections(), walk.complete


@dataclass(slots=True)
class _BlockReader:
    children: Children
    outline: BodyOutline = field(default_factory=BodyOutline)
    complete: bool = True

    def under(self, block_id: str, *, depth: int, indent: str) -> None:
        blocks = self.children(block_id) if depth < _DEEPEST else None
        if blocks is None:
            self.complete = False
            return
        for block in blocks:
            self.block(block, depth=depth, indent=indent)

    def block(self, block: Json, *, depth: int, indent: str) -> None:
        kind = str(block.get("type") or "")
        content = block.get(kind)
        content = content if isinstance(content, Mapping) else {}
        runs: Sequence[Json] = content.get("rich_text") or ()
        nested = bool(block.get("has_children")) and kind not in _CLOSED
        if kind in _HEADINGS or kind == "toggle":
            self.section(block, runs, _HEADINGS.get(kind, TOGGLE_LEVEL), nested=nested, depth=depth)
            return
        if kind == "paragraph" and self.bold_line(runs):
            runs = ()
        self.line(kind, content, runs, indent=indent)
        if nested:
            self.under(
                str(block.get("id")),
                depth=depth + 1,
                indent=indent + "  " if kind in _LISTED else indent,
            )

    def section(
        self, block: Json, runs: Sequence[Json], level: int, *, nested: bool, depth: int
    ) -> None:
        outer = (self.outline.heading, self.outline.level)
        self.outline.open(plain_text(runs), level, mentioned_users(runs))
        own = (self.outline.heading, level)
        if nested:
            self.under(str(block.get("id")), depth=depth + 1, indent="")
        if level == TOGGLE_LEVEL:
            self.outline.resume(*outer)
        elif nested:
            self.outline.resume(*own)

    def bold_line(self, runs: Sequence[Json]) -> bool:
        found = bold_heading([(run.get("plain_text") or "", _is_bold(run)) for run in runs])
        if found is None:
            return False
        self.outline.open(found[0], BOLD_LEVEL, mentioned_users(runs))
        self.outline.add(found[1])
        return True

    def line(
        self, kind: str, content: Mapping[str, Any], runs: Sequence[Json], *, indent: str
    ) -> None:
        if runs:
            self.outline.add(
                indent + _mark(kind, content) + plain_text(runs), mentioned_users(runs)
            )
        elif kind == "table_row":
            self.table_row(content)
        elif kind not in _FRAMES and kind not in _SILENT and "rich_text" not in content:
            text = _words(kind, content)
            self.outline.add(indent + text if text else "")
            self.complete = self.complete and kind in _KNOWN
        if kind not in ("code", "callout") or not content.get("caption"):
            return
        self.outline.add(
            indent + plain_text(content["caption"]), mentioned_users(content["caption"])
        )

    def table_row(self, content: Mapping[str, Any]) -> None:
        cells = content.get("cells") or ()
        people = [name for cell in cells for name in mentioned_users(cell)]
        self.outline.add("\t".join(plain_text(cell).replace("\n", " ") for cell in cells), people)


_LISTED = _LIST_ITEMS | {"to_do"}
_MEDIA = frozenset({"image", "file", "video", "pdf", "audio"})
_LINKS = frozenset({"bookmark", "embed", "link_preview"})
_KNOWN = _MEDIA | _LINKS | _CLOSED | {"equation"}
"""Types of Notion's block reference (developers.notion.com/reference/block); a body with
another one is not said to be complete."""


def _is_bold(run: Json) -> bool:
    return bool((run.get("annotations") or {}).get("bold"))


def _mark(kind: str, content: Mapping[str, Any]) -> str:
    if kind == "to_do":
        return "[x] " if content.get("checked") else "[ ] "
    return "- " if kind in _LIST_ITEMS else ""


def _words(kind: str, content: Mapping[str, Any]) -> str:
    """Return what a block without text of its own says.

    Never a signed address, which changes on every read.
    """
    caption = plain_text(content.get("caption") or ())
    if kind in _LINKS:
        return caption or str(content.get("url") or "")
    if kind == "equation":
        return str(content.get("expression") or "")
    if kind in ("child_page", "child_database"):
        return str(content.get("title") or "")
    return caption or str(content.get("name") or "")
