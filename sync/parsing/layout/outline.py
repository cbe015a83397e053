"""Parses tabs of headings with lines under them: daily reports, weekly diaries, a single card.

    lines ─► days ─► headings with their lines ─► a frame of one record a day (or a tab)

A heading names a field as a column would (reading rules 3.4). Minutes of meetings are not a log
(reading rules 1.3b).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sync.contents.workbook import Area, Value, column_letters
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_date
from sync.parsing.cells.labels import role_of_label
from sync.parsing.cells.outcomes import is_mostly_verdict
from sync.parsing.cells.text import fold
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.tables.record_table import RecordTable, RowContext, TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import nearest_role, plain_header

from .line_kinds import is_decorated, is_separator, strip_decoration
from .name_cells import is_name

_MOST_ROWS = 400
"""Rows up to which a tab may be headings with lines; judgement: a diary of a year has fewer."""
_LONGEST = 24
"""Characters of a heading or a day; judgement: longer lines are text."""
_MOSTLY = 0.6
"""Share of lines that must belong to a page; judgement: a clear majority."""
_NAMED = 0.9
"""Likeness from which a heading is a field's name; without a day two of them make a card."""
_CELLS = 4
"""Cells from which a line belongs to a table; judgement: a bullet, its text and two remarks."""
_BULLET = re.compile(r"^\s*(?:[-–*•·・▪◦○]|\[[ xX✓v]?\]|[☐☑✔✅])\s*")
_LABELLED = re.compile(r"^([^:：]{1,24}?)\s*[:：]\s*(\S.*)?$", re.DOTALL)
_TEXTS = frozenset(
    {
        "goal", "hypothesis", "execution", "result", "retrospective", "success_factors",
        "failure_factors", "learned",
        "next_action", "next_keep", "next_stop", "next_start", "good", "bad", "next", "try",
    }
)  # fmt: skip


@dataclass(slots=True)
class _Part:
    """One heading with its lines; `row` and `column` are where it stands."""

    heading: str
    row: int
    column: int
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """What stands under one day: the day as written, and the headings below it."""

    row: int
    day: Value = None
    parts: list[_Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A tab of headings as a frame, its area, and the rows that are neither heading nor line."""

    record_table: RecordTable
    area: Area
    titles: tuple[int, ...]


def outline_of(sheet: CleanSheet, context: DateContext, row_context: RowContext) -> Outline | None:
    """Return a tab of headings with lines under them as a frame; None for any other tab."""
    if not 0 < len(sheet.rows) <= _MOST_ROWS:
        return None
    pages, titles, used = _pages(sheet, context)
    headings = {part.heading for page in pages for part in page.parts}
    roles = {role for heading in headings if (role := _role(heading))}
    told = any(part.lines for page in pages for part in page.parts if _role(part.heading) in _TEXTS)
    lines = {strip_decoration(text) for _, _, text, _ in _lines(sheet) if len(text) <= _LONGEST}
    named = {heading for heading in headings if _is_named(heading)}
    if len(roles) < 2 or not told or not (len(named) >= 2 or any(page.day for page in pages)):
        return None
    if used < _MOSTLY * (used + len(titles)) or _are_minutes(lines):
        return None
    pages = [page for page in pages if any(part.lines for part in page.parts)]
    area = Area(min(page.row for page in pages), 1, len(sheet.rows), sheet.width)
    return Outline(_frame(sheet, pages, row_context), area, tuple(titles))


def _role(heading: str) -> str:
    return known_role(heading) or role_of_label(heading)


def _is_named(heading: str) -> bool:
    """Return whether a heading is a field's own name, or a label of texts, not only like one."""
    return bool(role_of_label(heading) or nearest_role(heading, _NAMED))


def _are_minutes(lines: set[str]) -> bool:
    known = {fold(word) for word in load_words("lines")["minutes"]["words"]}
    labels = {found[1] for line in lines if (found := _LABELLED.match(line))}
    return any(plain_header(line) in known for line in lines | labels)


def _pages(sheet: CleanSheet, context: DateContext) -> tuple[list[_Page], list[int], int]:
    """Return the pages of a tab, the rows that belong to none, and how many rows do."""
    pages, titles, used = [_Page(1)], list[int](), 0
    bulleted = _are_bulleted(sheet)
    for row, column, text, value in _lines(sheet):
        day = _day(value if not isinstance(value, str) else text, context)
        if day is not None:
            if pages[-1].parts and (pages[-1].day or not _LABELLED.match(text)):
                pages.append(_Page(row))
            pages[-1].row = pages[-1].row if pages[-1].parts else row
            pages[-1].day, used = day, used + 1
            continue
        label, rest = _heading(text)
        if not label and pages[-1].parts and _is_other_heading(text, bulleted=bulleted):
            label = strip_decoration(text).rstrip(" :：")
        if label:
            pages[-1].row = pages[-1].row if pages[-1].parts or pages[-1].day else row
            pages[-1].parts.append(_Part(label, row, column, [rest] if rest else []))
        elif (
            pages[-1].parts
            and not _is_of_a_table(sheet, row)
            and not is_separator(text)
            and not _is_closed(pages[-1].parts[-1])
        ):
            pages[-1].parts[-1].lines.append(_BULLET.sub("", text).strip())
        else:
            titles.append(row)
            continue
        used += 1
    return pages, titles, used


def _is_of_a_table(sheet: CleanSheet, row: int) -> bool:
    """Return whether a line has so many cells that it is a table's, not text under a heading."""
    values = sheet.rows[row - 1]
    return len(values) - values.count(None) - values.count(False) >= _CELLS


def _is_closed(part: _Part) -> bool:
    """Return whether nothing belongs under the heading: a name or a day follows its colon."""
    return bool(part.lines) and _role(part.heading) in (
        "owners",
        "author",
        "people",
        "title",
        "date",
        "logged",
        "week",
    )


def _lines(sheet: CleanSheet) -> Iterator[tuple[int, int, str, Value]]:
    """Yield (row, column, text, value) of every line that holds something.

    Cells of a line are one text.
    """
    for row, values in enumerate(sheet.rows, 1):
        held = [
            (column, value)
            for column, value in enumerate(values, 1)
            if value is not None and value is not False
        ]
        if held and not sheet.hidden(row):
            yield (
                row,
                held[0][0],
                " ".join(str(value) for _, value in held),
                held[0][1] if len(held) == 1 else " ",
            )


def _day(value: Value, context: DateContext) -> Value:
    """Return the day that a line states and nothing else ("2026.11.16 (월)", "날짜.

    11/16"), None for any other.
    """
    if isinstance(value, str):
        found = _LABELLED.match(value)
        if found and found[2] and known_role(found[1]) in ("date", "logged", "week"):
            value = found[2]
        elif len(value) > _LONGEST or not any(map(str.isdigit, value)):
            return None
        value = value.strip(" #■●▶◆[]<>*-=")
    reading = read_date(value, context if context.year else DateContext(year=2024))
    return value if reading.start and not reading.text else None


def _are_bulleted(sheet: CleanSheet) -> bool:
    """Return whether the lines under a tab's headings are bullets: what is none is a heading."""
    lines = [text for _, _, text, _ in _lines(sheet)]
    first = next((place for place, text in enumerate(lines) if _heading(text)[0]), len(lines))
    under = [text for text in lines[first:] if not _heading(text)[0]]
    marked = sum(1 for text in under if _BULLET.match(text))
    return bool(under) and marked >= _MOSTLY * len(under)


def _is_other_heading(text: str, *, bulleted: bool) -> bool:
    """Return whether a line is a heading that names no known field.

    What stands under it is not the text of the heading above: "■ 기타", "Challenges:", or a short
    line among bullets.
    """
    if len(text) > _LONGEST or _BULLET.match(text) or is_separator(text):
        return False
    return is_decorated(text) or text.rstrip().endswith((":", "：")) or bulleted


def _heading(text: str) -> tuple[str, str]:
    """Return the name of a field that a line is, and the text behind its colon.

    ("", "") for any other line.
    """
    if _BULLET.match(text):
        return "", ""
    found = _LABELLED.match(text)
    name, rest = (found[1], found[2] or "") if found else (text, "")
    name = strip_decoration(
        re.sub(r"^\s*(?:\d{1,2}[.)]|[①-⑳]|[가-하]\.|[IVX]{1,4}\.)\s*", "", strip_decoration(name))
    )
    if not 1 < len(name) <= _LONGEST or not _names_field(
        name, marked=bool(found) or name != text.strip()
    ):
        return "", ""
    return name, rest.strip()


def _names_field(name: str, *, marked: bool) -> bool:
    """Return whether a line names a field.

    Decorated, numbered or before a colon it may be in other words; a plain line is a field's own
    name, since most plain lines are text ("Move the desk" is near a word for a place).
    """
    return bool(_role(name)) if marked else _is_named(name)


def _frame(sheet: CleanSheet, pages: list[_Page], row_context: RowContext) -> RecordTable:
    headings = list(dict.fromkeys(part.heading for page in pages for part in page.parts))
    if len(pages) == 1 and pages[0].day is None and row_context.period is None:
        pages[0].day = _day(sheet.tab, DateContext(year=row_context.year))
    columns = (
        [TableColumn("날짜", "", "", [page.day for page in pages])]
        if any(page.day for page in pages)
        else []
    )
    spots = {(record, 0): (page.row, "A") for record, page in enumerate(pages)} if columns else {}
    for heading in headings:
        values: list[Value] = []
        for record, page in enumerate(pages):
            parts = [part for part in page.parts if part.heading == heading]
            values.append("\n".join(line for part in parts for line in part.lines if line) or None)
            if parts:
                spots[record, len(columns)] = (parts[0].row, column_letters(parts[0].column))
        columns.append(TableColumn(_shown(heading, values), "", "", values))
    rows = [page.row for page in pages]
    return RecordTable(
        tab=sheet.tab,
        columns=tuple(columns),
        rows=rows,
        row_contexts=[row_context] * len(pages),
        record_columns=["A"] * len(pages),
        spots=spots,
        cell_url=sheet.grid.cell_url,
    )


def _shown(heading: str, values: Sequence[Value]) -> str:
    """Return the header of a heading.

    A name alone is the owner's, and lines about progress tell what was done.
    """
    texts = [value for value in values if isinstance(value, str)]
    if _role(heading) in ("title", "author") and texts and all(map(is_name, texts)):
        return "담당자"
    if _role(heading) in ("status", "done_check") and any(
        " " in text or not is_mostly_verdict(text) for text in texts
    ):
        return "진행 내용"
    return heading
