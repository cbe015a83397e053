"""Export as Markdown pages for a wiki: a page for each team and month, a section for each note.

Made for reading: every text of the log stands there as text (no Markdown, no HTML, no address of
its own works), and links only lead to web pages. Not made for loading again.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from json import dumps
from typing import Any

from notes.model.periods import Week

from .metric_records import claimed_metrics
from .record import text_value

Values = Mapping[str, Any]
Words = Callable[[str], str]
"""The label of a field ("goal"), a value ("outcome.success") or a detail ("PlanCard.bhag")."""

UNDATED = "undated"
"""The folder of notes without a day."""
_OURS = "made_by: loopnote"
"""The line by which a page is known as ours and may be replaced."""
_TEXTS = ("goal", "hypothesis", "execution", "retrospective")
_CAUSES = ("success_factors", "failure_factors", "learned", "applied_to", "next_action")
_LISTS = ("owners", "people", "tags", "links")
"""The fields of a page, in the order of the method (§1)."""
_MARKUP = re.compile(r"([\\`*_\[\]<>~|$^=])")
_OPENING = re.compile(r"^([ \t]*)([#+:-])", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*[0-9]{1,9})([.)])", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_WEB = re.compile(r"https?://[^\s()<>\[\]\"'\\\x00-\x1f\x7f]+")
"""Signs that mean something in Markdown, control characters, and what is printed as a link."""


def day_of(note: Values) -> str:
    """Return the day under which a note stands: its start, else its end, else its week's Monday.

    "" for none.
    """
    fields = note["fields"]
    day = text_value(fields, "start_date") or text_value(fields, "end_date")
    if day or not text_value(fields, "week"):
        return day
    try:
        return Week.parse(text_value(fields, "week")).first.isoformat()
    except ValueError:
        return ""


def month_of(note: Values) -> str:
    """Return the month under which a note stands, or "undated"."""
    return day_of(note)[:7] or UNDATED


def section(note: Values, words: Words) -> str:
    """Return a note as a section of its page."""
    fields = note["fields"]
    parts = [_title(note), *(f"- **{name}** {_text(told)}" for name, told in _lines(fields, words))]
    return "\n".join([parts[0], "", *parts[1:], "", _origin(note, words), ""])


def _title(note: Values) -> str:
    fields = note["fields"]
    names = ("title", "execution", "hypothesis", "goal", "learned", "retrospective", "next_action")
    words = " ".join(
        next(
            (text_value(fields, name) for name in names if text_value(fields, name).strip()),
            note["kind"],
        ).split()
    )
    shown = words if len(words) <= 80 else f"{words[:79].rstrip()}…"
    return f"## {' · '.join(part for part in (day_of(note), _text(shown)) if part)}"


def _lines(fields: Values, words: Words) -> Iterator[tuple[str, str]]:
    if text_value(fields, "outcome"):
        yield words("outcome"), words(f"outcome.{fields['outcome']}")
    for name in (*_TEXTS, *_CAUSES):
        if text_value(fields, name).strip():
            kind = text_value(fields, "next_kind") if name == "next_action" else ""
            yield words(f"next_{kind}" if kind else name), fields[name]
    for metric in claimed_metrics(fields):
        yield words("metric"), _number(metric, words)
    for name in _LISTS:
        if fields.get(name):
            yield words(name), ", ".join(fields[name])
    yield from _details(fields.get("details") or {}, words)


def _details(details: Values, words: Words) -> Iterator[tuple[str, str]]:
    for point in details.get("points", ()):
        yield words("metric"), _point(point, words)
    for name, value in details.items():
        if name not in {"is", "points"} and value not in (None, "", [], False):
            yield words(f"{details['is']}.{name}"), _told(value)


def _number(metric: Values, words: Words) -> str:
    unit = text_value(metric, "unit")
    before, after = (
        _told(metric[name]) + unit if metric.get(name) is not None else ""
        for name in ("before", "after")
    )
    moved = f"{before} → {after}" if before and after else before or after
    target = (
        f"({words('target')} {_told(metric['target'])}{unit})"
        if metric.get("target") is not None
        else ""
    )
    return " ".join(part for part in (text_value(metric, "name"), moved, target) if part)


def _point(point: Values, words: Words) -> str:
    when = text_value(point, "label") or text_value(point, "day")
    target = (
        f"({words('target')} {_told(point['target'])}{text_value(point, 'unit')})"
        if point.get("target")
        else ""
    )
    number = f"{_told(point['value'])}{text_value(point, 'unit')}"
    return " ".join(
        part for part in (when, point["name"], text_value(point, "member"), number, target) if part
    )


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(_told, value))
    if isinstance(value, dict):
        return " · ".join(_told(part) for part in value.values())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _origin(note: Values, words: Words) -> str:
    place = note["place"]
    where = " ".join(
        str(part) for part in (place.get("tab"), place.get("row"), place.get("col")) if part
    )
    url = note["url"].replace("&", "&amp;") if _WEB.fullmatch(note["url"]) else ""
    named = _text(" · ".join(part for part in (note["source"], where) if part))
    gone = f" · {words('gone')} {note['gone'][:10]}" if note["gone"] else ""
    return f"{f'[{named}]({url})' if url else named} · `{note['id']}`{gone}"


def _text(text: str) -> str:
    """Return a text of the log escaped for Markdown, so that it is shown as plain text.

    Line breaks and web addresses stay.
    """
    plain = _CONTROL.sub(
        "\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n").strip()
    )
    plain = plain.encode(errors="replace").decode()
    parts, end = [], 0
    for found in _WEB.finditer(plain):
        address = found[0].rstrip(".,;:!?")
        parts += [_escaped(plain[end : found.start()]), f"<{address}>"]
        end = found.start() + len(address)
    return _opened("".join([*parts, _escaped(plain[end:])])).replace("\n", "\\\n  ")


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text).replace("&", "&amp;")


def _opened(text: str) -> str:
    """Return the text with line starts escaped that would begin a heading, list, rule or quote."""
    return _NUMBERED.sub(r"\1\\\2", _OPENING.sub(r"\1\\\2", text))


def page(team: str, month: str, sections: Sequence[str]) -> str:
    """Return the page of a team's month."""
    front = _front(f"{team} · {month}", team=team, month=month, notes=len(sections))
    return f"{front}\n# {_text(team)} · {month}\n\n" + "\n".join(sections)


def index(pages: Sequence[tuple[str, str, int, str]]) -> str:
    """Return the index page, with a link to each page.

    Of each its team, month, count of notes, and file name.
    """
    front = _front("loopnote", notes=sum(count for _, _, count, _ in pages))
    lines = []
    for place, (team, month, count, file) in enumerate(pages):
        if place == 0 or pages[place - 1][0] != team:
            lines += ["", f"## {_text(team)}", ""]
        lines.append(f"- [{month}]({file}) ({count})")
    return f"{front}\n# loopnote\n" + "\n".join(lines) + "\n"


def _front(title: str, **facts: object) -> str:
    lines = [
        f"{name}: {dumps(fact, ensure_ascii=False)}"
        for name, fact in {"title": title, **facts}.items()
    ]
    return "\n".join(["---", _OURS, *lines, "---", ""])


def is_ours(first: bytes) -> bool:
    """Return whether a page that begins so was written by this module."""
    return first.startswith(f"---\n{_OURS}\n".encode())
