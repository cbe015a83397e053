"""Parses a page body given as Notion Markdown into the sections that its blocks would give. Pure.

Source: developers.notion.com/guides/data-apis/enhanced-markdown (read 2026-11): Markdown with tabs
for nesting, backslash escapes, attribute lists in braces, and tags for what Markdown has no form
for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.contents.pages import BodySection

from .body_outline import BOLD_LEVEL, TOGGLE_LEVEL, BodyOutline, bold_heading

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ATTRIBUTES = re.compile(r"(?:(?<!\s)\s+)?(?<!\\)\{(?:\s*[\w-]+=\"[^\"]*\")+\s*\}\s*$")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s+(?:\[(?P<box>[ xX])\]\s+)?(?P<text>.*)")
_CONTAINER = re.compile(
    r"</?(?:callout|columns?|synced_block(?:_reference)?|tabs?|transcription|meeting-notes)\b[^<>]*>"
)
_OPENED = re.compile(r"<(?:callout|columns?|synced_block(?:_reference)?|tabs?)\b[^<>]*(?<!/)>")
_CLOSED = re.compile(r"</(?:callout|columns?|synced_block(?:_reference)?|tabs?)>")
_SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b[^<>]*>(.*?)</t[dh]>")
_ROW_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_EMPTY = re.compile(
    r"<(?:empty-block|table_of_contents|breadcrumb|colgroup|col|/colgroup)\b[^<>]*/?>"
)
_MEDIA = re.compile(
    r"!\[([^\[\]]*)\]\([^()]*\)|<(?:image|file|video|audio|pdf)\b[^<>]*(?:/>|>(.*?)</\w+>)"
)
_TOKEN = re.compile(
    r"""\\(?P<escaped>[\\*~`$\[\]<>{}|^_#+\-.!()])
    |`(?P<code>[^`]+)`
    |<mention-(?P<kind>[a-z-]+)\b(?P<attributes>[^<>]*?)(?:/>|>(?P<name>[^<>]*)</mention-(?P=kind)>)
    |(?P<line_break><br\s*/?>)
    |(?P<tag></?(?:span|page|database|u|mention-[a-z-]+|data-source|agent|user)\b[^<>]*>)
    |!?\[(?P<label>(?:\\.|[^\[\]\\])*)\]\((?P<address>[^()\s]*)\)
    |\*\*(?P<bold>(?=\S).+?(?<=\S))\*\*
    |~~(?P<struck>(?=\S).+?)~~
    |(?<![\w*])\*(?P<italic>(?=[^\s*])[^*]+?(?<=\S))\*(?![\w*])
    |(?<!\S)\$`?(?P<math>(?=\S)[^$`]+?(?<=\S))`?\$(?!\S)""",
    re.VERBOSE | re.DOTALL,
)
"""Notion-flavoured Markdown (developers.notion.com/guides/data-apis/enhanced-markdown):
headings, lists, containers that are taken off, tables, media, and what stands within a line.
Kept equal to the blocks' reading by tests."""


@dataclass(frozen=True, slots=True)
class MarkdownBody:
    """A body read from Markdown.

    `complete` is False where Notion left a block out; `strangers` are the ids of mentioned people
    whose names the Markdown does not hold and `names` did not know.
    """

    sections: tuple[BodySection, ...]
    complete: bool
    strangers: tuple[str, ...]


def read_markdown(markdown: str, names: Mapping[str, str]) -> MarkdownBody:
    """Return the sections of a body; `names` gives the name for a user's id."""
    walk = _MarkdownReader(names)
    for line in markdown.splitlines():
        walk.line(line)
    return MarkdownBody(walk.outline.sections(), walk.complete, tuple(walk.strangers))


@dataclass(slots=True)
class _Inline:
    """What one stretch of inline Markdown says.

    Runs of text, each bold or not, and who is mentioned.
    """

    runs: list[tuple[str, bool]] = field(default_factory=list)
    people: dict[str, None] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


@dataclass(slots=True)
class _MarkdownReader:
    names: Mapping[str, str]
    outline: BodyOutline = field(default_factory=BodyOutline)
    complete: bool = True
    strangers: dict[str, None] = field(default_factory=dict)
    fence: str = ""
    table: list[str] | None = None
    toggles: list[tuple[str, int]] = field(default_factory=list)
    boxes: int = 0

    def line(self, raw: str) -> None:
        text = raw.strip()
        if self.fence or text.startswith(("```", "$$")):
            self.literal(raw, text)
        elif self.table is not None or text.startswith("<table"):
            self.table_line(text)
        elif text.startswith("<unknown"):
            self.complete = False
        elif text and text != "---":
            self.block(text, _indent(raw) - self.boxes - len(self.toggles))

    def literal(self, raw: str, text: str) -> None:
        if self.fence:
            if text == self.fence:
                self.fence = ""
            else:
                self.outline.add(raw.strip("\t"))
        elif len(text) > 4 and text.startswith("$$") and text.endswith("$$"):
            self.outline.add(text[2:-2])
        else:
            self.fence = text[:3] if text.startswith("```") else "$$"

    def table_line(self, text: str) -> None:
        if self.table is None:
            self.table = []
        for part in re.split(r"(?=<tr\b)|(?<=</tr>)", text):
            self.table.extend(_CELL.findall(part))
            if "</tr>" in part:
                self.row(self.table)
                self.table = []
        if "</table>" in text:
            self.table = None

    def row(self, cells: list[str]) -> None:
        read = [self.inline(cell) for cell in cells]
        people = [name for cell in read for name in cell.people]
        self.outline.add("\t".join(cell.text.replace("\n", " ").strip() for cell in read), people)

    def block(self, text: str, indent: int) -> None:
        if self.toggle(text):
            return
        self.boxes += len(_OPENED.findall(text)) - len(_CLOSED.findall(text))
        text = _EMPTY.sub("", _CONTAINER.sub("", text)).strip()
        text = _ATTRIBUTES.sub("", _MEDIA.sub(lambda found: found[1] or found[2] or "", text))
        heading = _HEADING.fullmatch(text)
        if heading:
            read = self.inline(heading[2])
            self.outline.open(read.text, min(len(heading[1]), 4), read.people)
        elif text.startswith("|") and text.endswith("|") and len(text) > 1:
            if not _ROW_RULE.fullmatch(text):
                self.row(re.split(r"(?<!\\)\|", text.strip("|")))
        elif text:
            self.words(text, max(0, indent))

    def toggle(self, text: str) -> bool:
        summary = _SUMMARY.search(text)
        if text.startswith("<details"):
            self.toggles.append((self.outline.heading, self.outline.level))
        if summary:
            read = self.inline(_ATTRIBUTES.sub("", summary[1].strip()))
            self.outline.open(read.text, TOGGLE_LEVEL, read.people)
            rest = text[summary.end() :].replace("</details>", "").strip()
            if rest:
                self.block(rest, 0)
        if "</details>" in text and self.toggles:
            self.outline.resume(*self.toggles.pop())
        return summary is not None or text.startswith(("<details", "</details"))

    def words(self, text: str, indent: int) -> None:
        item = _ITEM.fullmatch(text)
        if item:
            read = self.inline(item["text"])
            mark = "- " if item["box"] is None else "[ ] " if item["box"] == " " else "[x] "
            self.outline.add("  " * indent + mark + read.text, read.people)
            return
        read = self.inline(text.removeprefix(">").lstrip() if text.startswith(">") else text)
        found = None if text.startswith(">") else bold_heading(read.runs)
        if found:
            self.outline.open(found[0], BOLD_LEVEL, read.people)
            self.outline.add(found[1])
        else:
            self.outline.add(read.text, read.people)

    def inline(self, text: str) -> _Inline:
        read = _Inline()
        self.runs(text, read, bold=False)
        return read

    def runs(self, text: str, into: _Inline, *, bold: bool) -> None:
        end = 0
        for token in _TOKEN.finditer(text):
            if token.start() > end:
                into.runs.append((text[end : token.start()], bold))
            end = token.end()
            if token["kind"]:
                into.runs.append((self.mention(token, into), bold))
            elif token["line_break"]:
                into.runs.append(("\n", bold))
            elif not token["tag"]:
                self.nested(token, into, bold=bold)
        if end < len(text):
            into.runs.append((text[end:], bold))

    def nested(self, token: re.Match[str], into: _Inline, *, bold: bool) -> None:
        for literal in ("escaped", "code", "math"):
            if token[literal] is not None:
                into.runs.append((token[literal], bold))
                return
        inner = next(
            token[name] or ""
            for name in ("bold", "struck", "italic", "label")
            if token[name] is not None
        )
        self.runs(inner, into, bold=bold or token["bold"] is not None)

    def mention(self, token: re.Match[str], into: _Inline) -> str:
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', token["attributes"]))
        name = (token["name"] or "").strip()
        if token["kind"] == "date":
            return name or " → ".join(
                filter(None, (attributes.get("start"), attributes.get("end")))
            )
        if token["kind"] != "user":
            return name
        user = _user_id(attributes.get("url", ""))
        name = name.lstrip("@") or self.names.get(user, "")
        if name:
            into.people[name] = None
        else:
            self.strangers[user] = None
        return f"@{name}" if name else ""


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip("\t"))


def _user_id(url: str) -> str:
    digits = re.sub(r"[^0-9a-f]", "", url.rpartition("/")[2].lower())[-32:]
    if len(digits) < 32:
        return ""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
