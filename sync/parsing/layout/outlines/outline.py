"""Parses tabs of headings with lines under them: daily reports, weekly diaries, a single card.

    lines ─► days, blocks ─► headings with their lines ─► a frame of one record a day, block or tab

A heading names a field as a column would (reading rules 3.4). Minutes of meetings are not a log
(reading rules 1.3b).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, islice

from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Area, Value, column_letters
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_date
from sync.parsing.cells.labels import role_of_label
from sync.parsing.cells.outcomes import is_mostly_verdict
from sync.parsing.layout.headers.header_rows import known_role
from sync.parsing.layout.line_kinds import is_decorated, is_separator, line_words, strip_decoration
from sync.parsing.layout.name_cells import is_name
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.tables.record_table import RecordTable, RowContext, TableColumn
from sync.parsing.vocabulary.header_phrases import nearest_role, plain_header

from .outline_blocks import NUMBERED, OutlineLine, block_starts

_JUDGED = 400
"""Rows of a tab that decide whether it may be headings with lines; judgement: some fifty trials,
and a long tab of other things costs no more than its first rows."""
_LONGEST = 24
"""Characters of a heading or a day; judgement: longer lines are text."""
_MOSTLY = 0.6
"""Share of lines that must belong to a page; judgement: a clear majority."""
_NAMED = 0.9
"""Likeness from which a heading is a field's name; without a day two of them make a card."""
_CELLS = 4
"""Cells from which a line belongs to a table; judgement: a bullet, its text and two remarks."""
_BULLET = kept_pattern(r"^\s*(?:[-–*•·・▪◦○]|\[[ xX✓v]?\]|[☐☑✔✅])\s*")
_EMPHASIS = kept_pattern(r"^(\s*(?:[-*•]\s+)?)(\*\*|__)([^*_]{1,80}?)\2")
"""A line that begins in bold, as text pasted from a page of marks does ("**Result:** …")."""
_LABELLED = kept_pattern(r"^([^:：]{1,24}?)\s*[:：]\s*(\S.*)?$", re.DOTALL)
_NTH = kept_pattern(r"\s?(?:\d{1,3}|(?<=\s)[A-Z])$")
"""A name that counts ("Trial 2", "실험 A") is a title, whatever follows its colon."""
_DAY_IN_TITLE = kept_pattern(
    r"[(\[（［]([^()\[\]（）［］]{3,20})[)\]）］]|(\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b)"
)
_DAY, _TITLE = "날짜", "제목"
"""Headers of what stands above the headings; the reading knows them in both languages."""
_DAYS = ("date", "logged", "week")
_NAMES = frozenset({"name", "이름"})
"""Headings of the name of a person or of a thing."""
_TEXTS = frozenset(
    {
        "goal", "hypothesis", "execution", "result", "retrospective", "success_factors",
        "failure_factors", "learned",
        "next_action", "next_keep", "next_stop", "next_start", "good", "bad", "next", "try",
    }
)  # fmt: skip
"""Headings under which a trial is told; an outline without one is a document."""


_Line = tuple[int, int, str, Value]
"""The row, first column, text and only value of a line of a tab."""


@dataclass(slots=True)
class _Part:
    """One heading with its lines; `row` and `column` are where it stands."""

    heading: str
    row: int
    column: int
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """What stands under one day or in one block: its day as written, and its headings."""

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
    lines = list(_unbulleted(_lines(sheet, _JUDGED)))
    if len(sheet.rows) > _JUDGED:
        if not _has_headings(lines):
            return None
        lines = list(_unbulleted(_lines(sheet, len(sheet.rows))))
    starts = _starts(lines, context)
    if starts is None:
        return None
    pages, titles, used = _pages(sheet, lines, context, starts=starts)
    headings = {part.heading for page in pages for part in page.parts}
    roles = {role for heading in headings if (role := _role(heading))}
    told = any(part.lines for page in pages for part in page.parts if _role(part.heading) in _TEXTS)
    short = {strip_decoration(text) for _, _, text, _ in lines if len(text) <= _LONGEST}
    named = {heading for heading in headings if _is_named(heading)}
    if len(roles) < 2 or not told or not (len(named) >= 2 or any(page.day for page in pages)):
        return None
    if used < _MOSTLY * (used + len(titles)) or _are_minutes(short):
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
    labels = {found[1] for line in lines if (found := _LABELLED.match(line))}
    return any(plain_header(line) in line_words("minutes") for line in lines | labels)


@dataclass(frozen=True, slots=True)
class _Starts:
    """The rows at which blocks start, with their titles.

    `whole`: days stand within the blocks; else blocks stand under days.
    """

    titles: dict[int, str]
    whole: bool = False


def _starts(lines: Sequence[_Line], context: DateContext) -> _Starts | None:
    """Return where the blocks of a tab start; None where labels come again and nobody knows whose.

    Under a day of its own what comes again is of the same day.
    """
    outline, days = list[OutlineLine](), list[int]()
    row_above = 0
    for row, _, text, value in lines:
        label, rest = _heading(text)
        day = _day(value if not isinstance(value, str) else text, context)
        counts = _counts(text) and _role(label) in ("title", "")
        if day is not None:
            labelled = _LABELLED.match(text)
            days += [] if labelled else [len(outline)]
            label, rest = strip_decoration(labelled[1]) if labelled else _DAY, text
        elif counts:
            label = ""
        outline.append(
            OutlineLine(
                row,
                text,
                label=label,
                role="date" if day is not None else _role(label) if label else "",
                told=bool(rest),
                apart=row > row_above + 1 or not outline,
                marked=counts or _is_marked(text),
            )
        )
        row_above = row
    found = block_starts(outline)
    if found is not None:
        return _Starts(found, whole=bool(found))
    titles: dict[int, str] = {}
    of_days = frozenset(days)
    for first, last in zip([0, *days], [*days, len(outline)], strict=True):
        under = outline[first + 1 if first in of_days else first : last]
        found = block_starts(under)
        dated = first in of_days or next((one.role for one in under if one.label), "") in _DAYS
        if found is None and not dated:
            return None
        titles |= found or {}
    return _Starts(titles)


def _counts(text: str) -> bool:
    """Return whether a line is a name that counts, with or without a text: "Trial 2: Coupons"."""
    found = _LABELLED.match(text)
    name = strip_decoration(found[1] if found else text)
    return (bool(found) or name != text.strip()) and bool(_NTH.search(name))


def _is_marked(text: str) -> bool:
    marked = is_decorated(text) or text.lstrip().startswith(("[", "【", "<", "(", "「"))
    return (marked or bool(NUMBERED.match(text))) and not is_separator(text)


def _pages(
    sheet: CleanSheet, lines: Sequence[_Line], context: DateContext, *, starts: _Starts
) -> tuple[list[_Page], list[int], int]:
    """Return the pages of a tab, the rows that belong to none, and how many rows do."""
    pages, titles, used = [_Page(1)], list[int](), 0
    bulleted = _are_bulleted(lines)
    standing: Value = None
    for row, column, text, value in lines:
        title = starts.titles.get(row)
        if title is not None:
            pages.append(_Page(row, standing))
        day = _day(value if not isinstance(value, str) else text, context)
        if title:
            pages[-1].parts.append(_Part(_TITLE, row, column, [title]))
            pages[-1].day = _day_of_title(text, context) or pages[-1].day
        elif day is not None:
            labelled = bool(_LABELLED.match(text))
            if not (starts.whole or (labelled and starts.titles)):
                standing = None if labelled else day
                if pages[-1].parts and (pages[-1].day or not labelled):
                    pages.append(_Page(row))
            pages[-1].row = pages[-1].row if pages[-1].parts else row
            pages[-1].day = day
        elif not _is_placed(sheet, pages[-1], _Part(text, row, column), bulleted=bulleted):
            titles.append(row)
            continue
        used += 1
    return _under_their_preface(pages, starts), titles, used


def _under_their_preface(pages: list[_Page], starts: _Starts) -> list[_Page]:
    """Return the blocks of a tab, each with what stands once above all of them: a goal, a person.

    A block that states the like itself keeps its own (reading rules 2.5).
    """
    preface, *blocks = pages
    if not preface.parts or not blocks or preface.parts[0].row >= min(starts.titles, default=0):
        return pages
    for page in blocks:
        own = {_role(part.heading) for part in page.parts}
        page.parts += [part for part in preface.parts if _role(part.heading) not in own]
    return blocks


def _is_placed(sheet: CleanSheet, page: _Page, line: _Part, *, bulleted: bool) -> bool:
    """Put a line on its page, as a heading or under the last one; False where it belongs to none.

    `line` is the line as a part without lines.
    """
    text, row, column = line.heading, line.row, line.column
    label, rest = _heading(text)
    if not label and page.parts and _is_other_heading(text, bulleted=bulleted):
        label = strip_decoration(text).rstrip(" :：")
    if label:
        page.row = page.row if page.parts or page.day else row
        page.parts.append(_Part(label, row, column, [rest] if rest else []))
    elif (
        page.parts
        and not _is_of_a_table(sheet, row)
        and not is_separator(text)
        and not _is_closed(page.parts[-1])
    ):
        page.parts[-1].lines.append(_BULLET.sub("", text).strip())
    else:
        return False
    return True


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


def _has_headings(lines: Sequence[_Line]) -> bool:
    """Return whether two fields are named among the lines, at least."""
    return len({role for _, _, text, _ in lines if (role := _role(_heading(text)[0]))}) >= 2


def _lines(sheet: CleanSheet, most: int) -> Iterator[_Line]:
    """Yield (row, column, text, value) of every line that holds something, down to row `most`.

    Cells of a line are one text.
    """
    for row, values in enumerate(islice(sheet.rows, most), 1):
        held = [
            (column, value)
            for column, value in enumerate(values, 1)
            if value is not None and value is not False
        ]
        if held and not sheet.hidden(row):
            yield (
                row,
                held[0][0],
                _EMPHASIS.sub(r"\1\3", _joined([str(value) for _, value in held])),
                held[0][1] if len(held) == 1 else " ",
            )


def _joined(cells: Sequence[str]) -> str:
    """Return the cells of a line as one text; a field's name beside its value is a label with a
    colon ("Name | Ann").
    """
    label, *values = cells
    labelled = (
        len(values) == 1
        and len(label) <= _LONGEST
        and not label.rstrip().endswith((":", "："))
        and _is_named(label)
        and not known_role(values[0])
    )
    return (": " if labelled else " ").join(cells)


def _unbulleted(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Yield the lines, those that state a field as a list item as plain ones ("- Result: …").

    Under a heading that names a field they are its text.
    """
    under_field = False
    for row, column, text, value in lines:
        item = _BULLET.match(text)
        found = _LABELLED.match(text[item.end() :]) if item and not under_field else None
        if not item:
            under_field = _is_named(_heading(text)[0])
        if item and found and found[2] and _is_named(found[1].strip()):
            plain = text[item.end() :]
            yield row, column, plain, plain if isinstance(value, str) and value != " " else value
        else:
            yield row, column, text, value


def _day_of_title(title: str, context: DateContext) -> Value:
    """Return the day that a title states, whole or in brackets ("Trial 2 (2026-03-09): Mail")."""
    days = [day for one in _DAY_IN_TITLE.findall(title) if (day := _day(max(one), context))]
    return days[0] if len(days) == 1 else None


def _day(value: Value, context: DateContext) -> Value:
    """Return the day that a line states and nothing else ("2026.11.16 (월)", "날짜.

    11/16"), None for any other.
    """
    if isinstance(value, str):
        found = _LABELLED.match(value)
        if found and found[2] and known_role(found[1]) in _DAYS:
            value = found[2]
        elif len(value) > _LONGEST or not any(map(str.isdigit, value)):
            return None
        value = value.strip(" #■●▶◆[]<>*-=")
    reading = read_date(value, context if context.year else DateContext(year=2024))
    return value if reading.start and not reading.text else None


def _are_bulleted(lines: Sequence[_Line]) -> bool:
    """Return whether the lines under a tab's headings are bullets: what is none is a heading."""
    below = dropwhile(lambda text: not _heading(text)[0], (text for _, _, text, _ in lines))
    under = [text for text in below if not _heading(text)[0]]
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
    name = strip_decoration(NUMBERED.sub("", strip_decoration(name)))
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
        [TableColumn(_DAY, "", "", [page.day for page in pages])]
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
        titled = any(_role(one) == "title" for one in headings if one != heading)
        columns.append(TableColumn(_shown(heading, values, titled=titled), "", "", values))
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


def _shown(heading: str, values: Sequence[Value], *, titled: bool) -> str:
    """Return the header of a heading.

    A name alone is the owner's, and lines about progress tell what was done. `titled`: another
    heading is the title, so what looks like a name under "Name" is one.
    """
    texts = [value for value in values if isinstance(value, str)]
    if _role(heading) in ("title", "author") and texts and all(map(is_name, texts)):
        return "담당자"
    names = bool(texts) and all(cell_sort(text) == "name" for text in texts)
    if titled and names and plain_header(heading) in _NAMES:
        return "담당자"
    if _role(heading) in ("status", "done_check") and any(
        " " in text or not is_mostly_verdict(text) for text in texts
    ):
        return "진행 내용"
    return heading
