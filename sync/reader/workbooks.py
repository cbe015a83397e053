"""A workbook understood: every tab, every table, every row; in two looks, so that memory does not grow with it.

    look    tabs ─► tables found ─► what the whole book says ─► columns (tables with the same headers together)
    read    table by table, tall ones in parts ─► notes, records of other kinds

Between the two the cells wait on the shelf.
"""

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from loopnote.notes import Entry, Kind, Place
from sync.grid import Area, Value, Workbook
from sync.reading import Hints, Reading, Skipped, TableKind, TableReading
from sync.shelf import Shelf

from .bodies import body_of
from .clues import Surroundings, Tab, rules_of, surroundings
from .columns import Assigned, assign, readings
from .copies import copies_of
from .course import Course
from .frame import Column, Frame
from .kinds import kind_of
from .lines import is_separator, tab_kind
from .measures import measures_itself
from .normalize import Rules, normalize
from .profile import sort_of
from .records import other_records, plan_role
from .sections import with_sections
from .sheet import Sheet, look_at
from .sideways import cards_frame, transposed_frame
from .survey import is_tall, parts_of, profiles_of
from .tables import Block, find_tables
from .wording import table_of

_POOL = 240
"""How many records of each table stand for it where tables are understood together."""

_RECORD_KINDS: dict[str, Kind] = {
    "log": "experiment",
    "plan": "plan",
    "metric": "metric",
    "funnel": "funnel",
    "action": "action",
    "feedback": "feedback",
}
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A table found: its frame, the lines left out of it, its section lines, and what stands around it."""

    tab: Tab
    block: Block
    around: Surroundings
    frame: Frame
    skipped: tuple[Skipped, ...]
    sections: dict[int, tuple[int, str]]

    @property
    def headers(self) -> Headers:
        return tuple((column.group, column.header) for column in self.frame.columns)


@dataclass(slots=True)
class _Opened:
    """A tab after the first look: None where it is left out, with the reason in `skipped`; `found` are its tables."""

    tab: Tab | None
    skipped: list[Skipped] = field(default_factory=list)
    tables: list[TableReading] = field(default_factory=list)
    found: list[_Found] = field(default_factory=list)


def read_workbook(workbook: Workbook, hints: Hints, shelf: Shelf, *, file: str = "") -> Iterator[Reading]:
    """Give all that was understood of a workbook, in its order; every row ends as a note, a problem or a reason.

    The cells wait on `shelf` until they are read.
    """
    with _collector_at_rest():
        opened = [_open(look_at(grid, shelf), hints) for grid in workbook.grids]
        rules = rules_of([one.tab for one in opened if one.tab is not None], hints, workbook.name)
        for one in opened:
            _find(one, rules)
        tables = [found for one in opened for found in one.found]
        known = _understood(tables, hints)
    for one in opened:
        if one.skipped or one.tables:
            yield Reading(skipped=tuple(one.skipped), tables=tuple(one.tables))
        for found in one.found:
            for reading in _read(found, known[_key(found, hints)], _shared(tables, found)):
                yield _stamped(reading, file) if file else reading


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let the cycle collector rest while many small records are made: they hold no cycles, looking costs a third."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()


def _open(sheet: Sheet, hints: Hints) -> _Opened:
    kind = hints.tables.get(sheet.tab, "")
    if sheet.grid.hidden and not kind:
        return _Opened(None, list(_all(sheet, "hidden")))
    return _Opened(Tab(sheet, find_tables(sheet, hints.header_rows.get(sheet.tab, 0)), kind or tab_kind(sheet.tab)))


def _all(sheet: Sheet, code: str) -> Iterator[Skipped]:
    if len(sheet.rows):
        yield Skipped(sheet.tab, 1, len(sheet.rows), code)


def _find(opened: _Opened, rules: Rules) -> None:
    """Find the tables of a tab, and say of its other lines why they are left out."""
    tab = opened.tab
    if tab is None:
        return
    sheet = tab.sheet
    if not tab.layout.blocks:
        if any(value is not None for row in sheet.rows for value in row):
            code = tab.kind if tab.kind in ("guide", "summary", "lookup") else "no_table"
            opened.skipped.extend(_all(sheet, code))
            opened.tables.append(TableReading(sheet.tab, "guide" if code == "guide" else "unknown", "no table found"))
        return
    seen = 0
    for block in tab.layout.blocks:
        memos = [memo for memo in tab.layout.memos if memo.row < block.area.top]
        above = [memo.text for memo in memos if memo.row > seen or memo.row <= 6]
        opened.found.append(_found(tab, block, surroundings(sheet.tab, above, rules)))
        seen = block.area.bottom
    opened.skipped.extend(_memos(tab))


def _memos(tab: Tab) -> Iterator[Skipped]:
    told: set[int] = set()
    for memo in tab.layout.memos:
        if memo.row not in told:
            told.add(memo.row)
            code = "separator" if is_separator(memo.text) else "title"
            yield Skipped(tab.sheet.tab, memo.row, memo.row, code, memo.text[:80])


def _found(tab: Tab, block: Block, around: Surroundings) -> _Found:
    if block.shape == "rows":
        body = body_of(tab.sheet, block, around.context, around.circumstance)
        return _Found(tab, block, around, body.frame, body.skipped, body.sections)
    turned = transposed_frame if block.shape == "transposed" else cards_frame
    return _Found(tab, block, around, turned(tab.sheet, block, around.circumstance), (), {})


def _key(found: _Found, hints: Hints) -> tuple[str, Headers]:
    """Tables with the same headers are understood together, unless the configuration names columns of single tabs."""
    return found.frame.tab if any("!" in name for name in hints.columns) else "", found.headers


def _understood(tables: Sequence[_Found], hints: Hints) -> dict[tuple[str, Headers], list[Assigned]]:
    alike: dict[tuple[str, Headers], list[Frame]] = {}
    for found in tables:
        alike.setdefault(_key(found, hints), []).append(found.frame)
    return {key: _assigned(frames, hints) for key, frames in alike.items()}


def _assigned(frames: Sequence[Frame], hints: Hints) -> list[Assigned]:
    first = frames[0]
    if len(frames) > 1:
        return assign(_pooled(frames), hints.columns, first.tab)
    if is_tall(first):
        return assign(first.columns, hints.columns, first.tab, profiles_of(first))
    return assign(first.part(range(len(first.rows))).columns, hints.columns, first.tab)


def _pooled(frames: Sequence[Frame]) -> Sequence[Column]:
    """Return the columns of tables with the same headers as if they were one table: some records of each."""
    samples = [frame.part(range(0, len(frame.rows), max(1, len(frame.rows) // _POOL))) for frame in frames]
    pooled = []
    for number, column in enumerate(frames[0].columns):
        values: list[Value] = []
        inherited: set[int] = set()
        for sample in samples:
            inherited.update(len(values) + place for place in sample.columns[number].inherited)
            values.extend(sample.columns[number].values)
        pooled.append(replace(column, values=values, inherited=frozenset(inherited)))
    return pooled


def _shared(tables: Sequence[_Found], found: _Found) -> str:
    """Return the person a tab is named after: its tab and others with the same headers bear names (RULES 2.4)."""
    tab = found.frame.tab
    if sort_of(tab) != "name" or found.around.circumstance.period or found.around.circumstance.month or found.tab.kind:
        return ""
    others = {other.frame.tab for other in tables if other.headers == found.headers and other.frame.tab != tab}
    return tab if others and all(sort_of(name) == "name" for name in others) else ""


def _read(found: _Found, assigned: Sequence[Assigned], owner: str) -> Iterator[Reading]:
    """Give the readings of a table, part by part; the first tells how it was understood."""
    frame, block = found.frame, found.block
    kind, reason = kind_of(frame, assigned, found.tab.kind)
    if kind == "log" and _is_backlog(found):
        assigned = _planned(assigned)
    if kind == "plan":
        roles = [plan_role(column.header) for column in frame.columns]
        assigned = [replace(one, role=role) for one, role in zip(assigned, roles, strict=True)]
    shape = block.shape if kind == "log" and block.shape != "rows" else kind
    shown = readings(frame.columns, assigned)
    told = TableReading(frame.tab, shape, reason, block.area, block.headers, shown, _RECORD_KINDS.get(kind))
    if kind == "log":
        headers = [Skipped(frame.tab, row, row, "header") for row in block.headers]
        yield Reading(skipped=(*found.skipped, *headers), tables=(told,))
        yield from _notes(with_sections(frame, found.sections, assigned, owner), assigned, found.around.rules)
    else:
        yield Reading(tables=(told,))
        yield from _records(found, assigned, kind)


def _notes(frame: Frame, assigned: Sequence[Assigned], rules: Rules) -> Iterator[Reading]:
    """Give the notes of a log; what a part needs to know of the others is in its course."""
    copies = copies_of(frame) if is_tall(frame) else None
    parts = parts_of(frame, assigned, joined=True)
    course = Course(whole=frame if len(parts) > 1 else None)
    if len(parts) > 1:
        tables = (table_of(frame.part(part), assigned) for part in parts)
        course.measured = any(measures_itself(table, rules.decimal) for table in tables)
    for part in parts:
        if copies is not None:
            course.copies = {record - part.start: copies[record] for record in part if record in copies}
        with _collector_at_rest():
            read = normalize(table_of(frame.part(part), assigned, course), rules)
        yield Reading(read.entries, read.problems, read.skipped)


def _records(found: _Found, assigned: Sequence[Assigned], kind: TableKind) -> Iterator[Reading]:
    """Give the records of a table of another kind, and what became none."""
    frame, around = found.frame, found.around
    parts = parts_of(frame, assigned, joined=False)
    course = Course(whole=frame if len(parts) > 1 else None)
    used: set[int] = set()
    for part in parts:
        entries = other_records(table_of(frame.part(part), assigned, course), kind, around.rules, around.context)
        used.update(entry.note.place.row for entry in entries)
        yield Reading(entries)
    yield Reading(skipped=tuple(_left(frame.tab, found.block.area, kind, used, found.block.headers)))


def _is_backlog(found: _Found) -> bool:
    """Say whether the tab, or the line right above the table, calls it a list of what is to come."""
    top = found.block.area.top
    titles = [memo.text for memo in found.tab.layout.memos if top - 2 <= memo.row < top]
    return found.tab.kind == "backlog" or any(tab_kind(title) == "backlog" for title in titles)


def _planned(assigned: Sequence[Assigned]) -> list[Assigned]:
    """What a plan names is what will be done (RULES 1.1), where no other column says so."""
    if any(one.role == "execution" for one in assigned):
        return list(assigned)
    return [replace(one, role="execution") if one.role == "title" else one for one in assigned]


def _left(tab: str, area: Area, kind: TableKind, used: Collection[int], headers: Sequence[int]) -> Iterator[Skipped]:
    """Give the rows of a table of another kind that became no record."""
    if not used:
        yield Skipped(tab, area.top, area.bottom, kind if kind in ("guide", "summary", "lookup") else "no_table")
        return
    for row in range(area.top, area.bottom + 1):
        if row not in used and (headers or row < min(used)):
            yield Skipped(tab, row, row, "header" if row in headers else "no_text")


def _stamped(reading: Reading, file: str) -> Reading:
    """Write the file's name into every place, where one source has several files."""
    return replace(
        reading,
        entries=tuple(
            Entry(replace(e.raw, place=_at(e.raw.place, file)), replace(e.note, place=_at(e.note.place, file)))
            for e in reading.entries
        ),
        problems=tuple(replace(problem, place=_at(problem.place, file)) for problem in reading.problems),
    )


def _at(place: Place, file: str) -> Place:
    return replace(place, file=file)
