"""Notion pages as a table: its columns are the properties and the headings of the bodies.

A heading names a field as a column would; properties stand first, so that a field that both fill
has the property's text first (reading rules 3.4). Templates and empty pages are no records.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import cast

from notes.system.compiled_tables import kept_pattern
from notes.system.spill_list import SpillList
from sync.contents.pages import (
    BodySection,
    DateValue,
    PageBatch,
    PageColumn,
    PageSet,
    build_batches,
)
from sync.contents.workbook import CellFormat, Value
from sync.parse_result import SkippedRows, TitlesOf, no_titles
from sync.parsing.cells.date_grammar.days import day_of
from sync.parsing.cells.text import clean, clean_cells, fold, is_placeholder
from sync.parsing.layout.sheet.tab_names import is_template
from sync.parsing.tables.record_table import NO_CONTEXT, RecordTable, TableColumn
from sync.parsing.vocabulary.header_phrases import whole

BATCH = 500
"""Pages understood at once: bounds the memory; judgement: some megabytes with their bodies."""
_PERCENT = CellFormat("percent")
"""A fraction that Notion shows as a percentage."""
_UNTITLED = frozenset({"untitled", "제목 없음", "무제", "새 페이지", "new page", ""})
"""What Notion calls a page to which nobody gave a title."""
_MARKER = kept_pattern(r"^([^\S\n]*)(?:\[[ xX]\]\s|-\s)", re.MULTILINE)
"""Ticks and dashes before the lines of a body."""
_SILENT = frozenset(
    {
        "created_time",
        "last_edited_time",
        "created_by",
        "last_edited_by",
        "unique_id",
        "button",
        "formula",
        "rollup",
    }
)
"""Properties that Notion fills by itself: a page with these alone is empty."""


@dataclass(slots=True)
class PageTitles:
    """The titles of the pages seen so far, for relations.

    `asked` are the relations that no title answered yet.

    `elsewhere` knows the titles of pages that are not in the set, and is asked once a batch;
    `looked_up` is what it said for the present one.
    """

    known: dict[bytes, str] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    elsewhere: TitlesOf = no_titles
    looked_up: Mapping[str, str] = field(default_factory=dict)

    def look_up(self, batch: PageBatch) -> None:
        """Ask for the titles of the related pages that were not seen so far."""
        related = {
            target
            for column in batch.columns
            for cell in column.cells
            if isinstance(cell, tuple)
            for target in cell
        }
        wanted = sorted(target for target in related if not self.known.get(key_of(target)))
        self.looked_up = self.elsewhere(wanted) if wanted else {}

    def title(self, page_id: str) -> str:
        """Return the title of a page, "" where nobody knows one."""
        return self.known.get(key_of(page_id)) or self.looked_up.get(page_id, "")


@dataclass(frozen=True, slots=True, eq=False)
class PageTable:
    """One batch of pages as a table, with the pages left out.

    A `preview` only shows what its columns hold.
    """

    record_table: RecordTable
    page_ids: tuple[str, ...]
    skipped: tuple[SkippedRows, ...]
    incomplete: tuple[tuple[str, str], ...]
    preview: bool = False


def build_page_tables(
    pages: PageSet, titles: PageTitles, later: SpillList[PageBatch], *, zone: str = ""
) -> Iterator[PageTable]:
    """Yield the pages of a set as tables, a batch at a time.

    A page that names another one of the set that has not come yet waits in `later` until all titles
    are known. What the columns mean is told by the first pages, whether they wait or not. The days
    of instants are those of `zone`.
    """
    first = True
    for batch in build_batches(pages.batches, BATCH):
        titles.known.update(zip(map(key_of, batch.ids), batch.titles, strict=True))
        early = _early(pages, batch, titles)
        if early and first:
            yield replace(
                _table(pages, batch, replace(titles, asked=[], answered=set()), zone=zone),
                preview=True,
            )
        if early:
            later.add(None, batch.only(sorted(early)))
        if len(early) < len(batch.ids):
            yield _table(
                pages,
                batch.only([n for n in range(len(batch.ids)) if n not in early]),
                titles,
                zone=zone,
            )
        first = False
    for batch in build_batches(chain.from_iterable(later.parts()), BATCH):
        yield _table(pages, batch, titles, zone=zone)


def _early(pages: PageSet, batch: PageBatch, titles: PageTitles) -> set[int]:
    """Return the pages that name one of the same set whose title is not known yet."""
    if not pages.whole:
        return set()
    inward = [
        column
        for column in batch.columns
        if column.schema.target and key_of(column.schema.target) == key_of(pages.id)
    ]
    return {
        number
        for column in inward
        for number, cell in enumerate(column.cells)
        if isinstance(cell, tuple) and any(key_of(target) not in titles.known for target in cell)
    }


def _table(pages: PageSet, batch: PageBatch, titles: PageTitles, *, zone: str) -> PageTable:
    left_out = {
        number: code for number in range(len(batch.ids)) if (code := _left_out(batch, number))
    }
    skipped = [
        SkippedRows(pages.name, 0, 0, code, batch.titles[number][:80])
        for number, code in left_out.items()
    ]
    used = batch.only([number for number in range(len(batch.ids)) if number not in left_out])
    titles.look_up(used)
    columns = [_property_column(column, used, titles, zone=zone) for column in used.columns]
    columns.extend(_body_columns(used))
    record_table = RecordTable(
        pages.name,
        tuple(columns),
        [0] * len(used.ids),
        [NO_CONTEXT] * len(used.ids),
        page_ids=used.ids,
        page_urls=dict(zip(used.ids, used.urls, strict=True)),
    )
    return PageTable(record_table, tuple(batch.ids), tuple(skipped), tuple(_incomplete(used)))


def _incomplete(used: PageBatch) -> Iterator[tuple[str, str]]:
    cut = sorted(
        (number, place) for place, column in enumerate(used.columns) for number in column.cut
    )
    yield from ((used.ids[number], used.columns[place].schema.name) for number, place in cut)
    yield from ((used.ids[number], "") for number in sorted(used.partly))


def _left_out(batch: PageBatch, number: int) -> str:
    title = batch.titles[number]
    if is_template(title):
        return "template"
    if fold(title) not in _UNTITLED or any(
        section.text.strip() for section in batch.sections.get(number, ())
    ):
        return ""
    held = (
        column
        for column in batch.columns
        if column.schema.type not in _SILENT and column.schema.type != "title"
    )
    return (
        ""
        if any(column.cells[number] not in (None, "", (), False) for column in held)
        else "empty_page"
    )


def _property_column(
    column: PageColumn, used: PageBatch, titles: PageTitles, *, zone: str
) -> TableColumn:
    schema = column.schema
    percent = schema.number_format == "percent"
    return TableColumn(
        header=schema.name,
        group="",
        letter=schema.name,
        values=_values(column, used, titles, zone=zone),
        type=schema.type,
        formats=dict.fromkeys(range(len(used.ids)), _PERCENT) if percent else {},
        people=column.people,
        options=schema.options,
    )


def _values(column: PageColumn, used: PageBatch, titles: PageTitles, *, zone: str) -> list[Value]:
    kinds = set(map(type, column.cells))
    cells = clean_cells(column.cells) if str in kinds else column.cells
    if DateValue in kinds or tuple in kinds:
        name = column.schema.name
        return [
            _days(cell, zone)
            if isinstance(cell, DateValue)
            else _related(cell, page_id, name, titles=titles)
            if isinstance(cell, tuple)
            else cell
            for page_id, cell in zip(used.ids, cells, strict=True)
        ]
    return cast("list[Value]", cells)


@lru_cache(maxsize=1 << 11)
def _days(value: DateValue, zone: str) -> Value:
    if value.end is None:
        return _day(value.start, zone)
    return f"{_day(value.start, zone) or ''} ~ {_day(value.end, zone)}"


def _day(value: date | datetime | None, zone: str) -> date | None:
    return value if value is None else day_of(value, zone)


def _related(ids: tuple[str, ...], page_id: str, name: str, *, titles: PageTitles) -> Value:
    names = []
    for target in ids:
        title = titles.title(target)
        if not title:
            titles.asked.append((page_id, name, target))
        else:
            titles.answered.add(name)
        names.append(title or target)
    return "\n".join(names) or None


def key_of(page_id: str) -> bytes:
    """Return what is the same for an id with and without dashes.

    As small as can be, for there are many.
    """
    plain = page_id.replace("-", "").lower()
    try:
        return bytes.fromhex(plain)
    except ValueError:
        return plain.encode(errors="surrogatepass")


def _body_columns(used: PageBatch) -> list[TableColumn]:
    """Return one column per heading of the bodies, in order of first appearance."""
    texts: dict[tuple[str, str], dict[int, list[BodySection]]] = {}
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for record, sections in used.sections.items():
        for group, section in _grouped(sections):
            if section.text.strip() and not _is_blank(section.text):
                key = (whole(group), whole(section.heading))
                names.setdefault(key, (section.heading, group))
                texts.setdefault(key, {}).setdefault(record, []).append(section)
    return [_body_column(names[key], found, len(used.ids)) for key, found in texts.items()]


def _grouped(sections: Iterable[BodySection]) -> Iterator[tuple[str, BodySection]]:
    """Yield each section with the heading above it, where that has no text of its own."""
    above: list[BodySection] = []
    for section in sections:
        above = [one for one in above if one.level < section.level]
        yield next((one.heading for one in reversed(above) if not one.text.strip()), ""), section
        if section.heading:
            above.append(section)


def _is_blank(text: str) -> bool:
    return all(is_placeholder(line.strip(" -[]")) or not line.strip() for line in text.split("\n"))


def _body_column(
    name: tuple[str, str], found: dict[int, list[BodySection]], size: int
) -> TableColumn:
    values: list[Value] = [None] * size
    people: dict[int, tuple[str, ...]] = {}
    for record, sections in found.items():
        values[record] = (
            clean("\n".join(_MARKER.sub(r"\1", section.text) for section in sections)) or None
        )
        named = tuple(dict.fromkeys(person for section in sections for person in section.people))
        if named:
            people[record] = named
    return TableColumn(
        name[0],
        name[1],
        name[0],
        values,
        type="body" if name[0] else "body without heading",
        people=people,
    )
