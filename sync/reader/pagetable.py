"""Notion pages as a table: properties are its columns, and so are the headings of the pages' bodies.

A heading names a field as a column would; properties stand first, so that a field that both fill has the property's
text first (RULES 3.4). Templates and empty pages are no records.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from sync.grid import Format, Value
from sync.pages import DateValue, Page, PageProperty, PageSet, PropertySchema, Section
from sync.reading import Skipped, untitled

from .cells.text import clean, fold, is_placeholder
from .frame import NOWHERE, Column, Frame
from .lines import is_template
from .vocabulary.phrases import plain

BATCH = 500
_UNTITLED = frozenset({"untitled", "제목 없음", "무제", "새 페이지", "new page", ""})
_MARKER = re.compile(r"^(\s*)(?:\[[ xX]\]\s|-\s)", re.MULTILINE)
_SILENT = frozenset(
    {"created_time", "last_edited_time", "created_by", "last_edited_by", "unique_id", "button", "formula", "rollup"}
)


@dataclass(slots=True)
class Titles:
    """The titles of the pages seen so far, for relations; `asked` are the relations that no title answered yet.

    `elsewhere` knows the titles of pages that are not in the set.
    """

    known: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    elsewhere: Callable[[str], str] = untitled


@dataclass(frozen=True, slots=True, eq=False)
class PageTable:
    """One batch of pages as a frame, with the pages left out."""

    frame: Frame
    page_ids: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    incomplete: tuple[tuple[str, str], ...]


def page_tables(pages: PageSet, titles: Titles) -> Iterator[PageTable]:
    """Give the pages of a set as tables, a batch at a time."""
    rest = iter(pages.pages)
    while batch := list(islice(rest, BATCH)):
        titles.known.update((_key(page.id), page.title) for page in batch)
        yield _table(pages, batch, titles)


def _table(pages: PageSet, batch: Sequence[Page], titles: Titles) -> PageTable:
    used, skipped = [], []
    for page in batch:
        code = _left_out(page)
        if code:
            skipped.append(Skipped(pages.name, 0, 0, code, page.title[:80]))
        else:
            used.append(page)
    held = [{one.id: one for one in page.properties} for page in used]
    columns = [
        _property_column(schema, [one.get(schema.id) for one in held], used, titles) for schema in _schemas(pages, used)
    ]
    columns.extend(_body_columns(used))
    frame = Frame(
        pages.name,
        tuple(columns),
        [0] * len(used),
        [NOWHERE] * len(used),
        page_ids=[page.id for page in used],
        page_urls={page.id: page.url for page in used},
    )
    incomplete = [(page.id, found.name) for page in used for found in page.properties if not found.complete]
    incomplete += [(page.id, "") for page in used if not page.body_complete]
    return PageTable(frame, tuple(page.id for page in batch), tuple(skipped), tuple(incomplete))


def _left_out(page: Page) -> str:
    if is_template(page.title):
        return "template"
    told = any(section.text.strip() for section in page.sections)
    held = [
        p
        for p in page.properties
        if p.type not in _SILENT and p.type != "title" and p.value not in (None, "", (), False)
    ]
    if fold(page.title) in _UNTITLED and not told and not held:
        return "empty_page"
    return ""


def _schemas(pages: PageSet, used: Sequence[Page]) -> list[PropertySchema]:
    known = {schema.id: schema for schema in pages.schema}
    for page in used:
        for found in page.properties:
            if found.id not in known:
                known[found.id] = PropertySchema(found.id, found.name, found.type)
    return list(known.values())


def _property_column(
    schema: PropertySchema, found: Sequence[PageProperty | None], used: Sequence[Page], titles: Titles
) -> Column:
    percent = schema.number_format == "percent"
    values = [_value(one, page, titles) for one, page in zip(found, used, strict=True)]
    return Column(
        header=schema.name,
        group="",
        letter=schema.name,
        values=values,
        type=schema.type,
        formats={n: Format("percent") for n in range(len(used))} if percent else {},
        people={n: one.people for n, one in enumerate(found) if one is not None and one.people},
        options=schema.options,
    )


def _value(found: PageProperty | None, page: Page, titles: Titles) -> Value:
    if found is None:
        return None
    value = found.value
    if found.type == "relation" and isinstance(value, tuple):
        return _related(value, found, page, titles)
    if isinstance(value, bool | float | int):
        return value
    if isinstance(value, DateValue):
        return _days(value)
    if value in (None, "", ()):
        return None
    return clean(found.text) or None


def _days(value: DateValue) -> Value:
    if value.end is None:
        return _day(value.start)
    return f"{_day(value.start) or ''} ~ {_day(value.end)}"


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _related(ids: tuple[str, ...], found: PageProperty, page: Page, titles: Titles) -> Value:
    names = []
    for page_id in ids:
        title = titles.known.get(_key(page_id)) or titles.elsewhere(page_id) or None
        if title is None:
            titles.asked.append((page.id, found.name, page_id))
        else:
            titles.answered.add(found.name)
        names.append(title or page_id)
    return "\n".join(names) or None


def _key(page_id: str) -> str:
    return page_id.replace("-", "").lower()


def _body_columns(used: Sequence[Page]) -> list[Column]:
    """Return one column for each heading of the bodies, in the order in which the pages bring them."""
    texts: dict[tuple[str, str], dict[int, list[Section]]] = {}
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for record, page in enumerate(used):
        for group, section in _grouped(page.sections):
            if section.text.strip() and not _is_blank(section.text):
                key = (plain(group), plain(section.heading))
                names.setdefault(key, (section.heading, group))
                texts.setdefault(key, {}).setdefault(record, []).append(section)
    return [_body_column(names[key], found, len(used)) for key, found in texts.items()]


def _grouped(sections: Iterable[Section]) -> Iterator[tuple[str, Section]]:
    """Give each section the heading that it stands under, where that one has no text of its own."""
    above: list[Section] = []
    for section in sections:
        above = [one for one in above if one.level < section.level]
        yield next((one.heading for one in reversed(above) if not one.text.strip()), ""), section
        if section.heading:
            above.append(section)


def _is_blank(text: str) -> bool:
    return all(is_placeholder(line.strip(" -[]")) or not line.strip() for line in text.split("\n"))


def _body_column(name: tuple[str, str], found: dict[int, list[Section]], size: int) -> Column:
    values: list[Value] = [None] * size
    people: dict[int, tuple[str, ...]] = {}
    for record, sections in found.items():
        values[record] = clean("\n".join(_MARKER.sub(r"\1", section.text) for section in sections)) or None
        named = tuple(dict.fromkeys(person for section in sections for person in section.people))
        if named:
            people[record] = named
    return Column(name[0], name[1], name[0], values, type="body" if name[0] else "body without heading", people=people)
