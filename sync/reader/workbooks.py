"""A workbook understood: every tab, every table, every row.

tabs ─► tables found ─► frames ─► columns (tables with the same headers together) ─► notes, records of other kinds
"""

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from loopnote.notes import Entry, Kind, Place, Problem
from sync.grid import Area, Value, Workbook
from sync.reading import Hints, Reading, Skipped, TableKind, TableReading

from .bodies import body_of
from .clues import Surroundings, Tab, rules_of, surroundings
from .columns import Assigned, assign, readings
from .frame import Column, Frame
from .kinds import kind_of
from .lines import is_separator, tab_kind
from .normalize import Rules, normalize
from .profile import sort_of
from .records import other_records, plan_role
from .sections import with_sections
from .sheet import Sheet, look_at
from .sideways import cards_frame, transposed_frame
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
class _Harvest:
    """What a workbook has yielded so far."""

    entries: list[Entry]
    problems: list[Problem]
    skipped: list[Skipped]
    tables: list[TableReading]


def read_workbook(workbook: Workbook, hints: Hints, *, file: str = "") -> Reading:
    """Return all that was understood of a workbook; every row ends as a note, a problem or a stated reason."""
    with _collector_at_rest():
        return _read_all(workbook, hints, file)


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


def _read_all(workbook: Workbook, hints: Hints, file: str) -> Reading:
    harvest = _Harvest([], [], [], [])
    tabs = [tab for grid in workbook.grids if (tab := _open(look_at(grid), hints, harvest)) is not None]
    rules = rules_of(tabs, hints, workbook.name)
    tables = [found for tab in tabs for found in _tables(tab, rules, harvest)]
    known = _understood(tables, hints)
    for found in tables:
        _read(found, known[_key(found, hints)], _shared(tables, found), harvest)
    if file:
        _stamp(harvest, file)
    return Reading(tuple(harvest.entries), tuple(harvest.problems), tuple(harvest.skipped), tuple(harvest.tables))


def _open(sheet: Sheet, hints: Hints, harvest: _Harvest) -> Tab | None:
    kind = hints.tables.get(sheet.tab, "")
    if sheet.grid.hidden and not kind:
        _skip_all(sheet, "hidden", harvest)
        return None
    return Tab(sheet, find_tables(sheet, hints.header_rows.get(sheet.tab, 0)), kind or tab_kind(sheet.tab))


def _skip_all(sheet: Sheet, code: str, harvest: _Harvest) -> None:
    if sheet.rows:
        harvest.skipped.append(Skipped(sheet.tab, 1, len(sheet.rows), code))


def _tables(tab: Tab, rules: Rules, harvest: _Harvest) -> Iterator[_Found]:
    sheet = tab.sheet
    if not tab.layout.blocks:
        if any(value is not None for row in sheet.rows for value in row):
            code = tab.kind if tab.kind in ("guide", "summary", "lookup") else "no_table"
            _skip_all(sheet, code, harvest)
            harvest.tables.append(TableReading(sheet.tab, "guide" if code == "guide" else "unknown", "no table found"))
        return
    seen = 0
    for block in tab.layout.blocks:
        memos = [memo for memo in tab.layout.memos if memo.row < block.area.top]
        above = [memo.text for memo in memos if memo.row > seen or memo.row <= 6]
        yield _found(tab, block, surroundings(sheet.tab, above, rules))
        seen = block.area.bottom
    _skip_memos(tab, harvest)


def _skip_memos(tab: Tab, harvest: _Harvest) -> None:
    told: set[int] = set()
    for memo in tab.layout.memos:
        if memo.row not in told:
            told.add(memo.row)
            code = "separator" if is_separator(memo.text) else "title"
            harvest.skipped.append(Skipped(tab.sheet.tab, memo.row, memo.row, code, memo.text[:80]))


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
    return {key: assign(_pooled(frames), hints.columns, frames[0].tab) for key, frames in alike.items()}


def _pooled(frames: Sequence[Frame]) -> Sequence[Column]:
    """Return the columns of tables with the same headers as if they were one table: some records of each."""
    if len(frames) == 1:
        return frames[0].columns
    pooled = []
    for number, column in enumerate(frames[0].columns):
        values: list[Value] = []
        inherited: set[int] = set()
        for frame in frames:
            step = max(1, len(frame.rows) // _POOL)
            merged = frame.columns[number].inherited
            inherited.update(
                len(values) + place for place, r in enumerate(range(0, len(frame.rows), step)) if r in merged
            )
            values.extend(frame.columns[number].values[::step])
        pooled.append(replace(column, values=values, inherited=frozenset(inherited)))
    return pooled


def _shared(tables: Sequence[_Found], found: _Found) -> str:
    """Return the person a tab is named after: its tab and others with the same headers bear names (RULES 2.4)."""
    tab = found.frame.tab
    if sort_of(tab) != "name" or found.around.circumstance.period or found.around.circumstance.month or found.tab.kind:
        return ""
    others = {other.frame.tab for other in tables if other.headers == found.headers and other.frame.tab != tab}
    return tab if others and all(sort_of(name) == "name" for name in others) else ""


def _read(found: _Found, assigned: Sequence[Assigned], owner: str, harvest: _Harvest) -> None:
    frame, block, name = found.frame, found.block, found.frame.tab
    kind, reason = kind_of(frame, assigned, found.tab.kind)
    if kind == "log" and _is_backlog(found):
        assigned = _planned(assigned)
    if kind == "plan":
        roles = [plan_role(column.header) for column in frame.columns]
        assigned = [replace(one, role=role) for one, role in zip(assigned, roles, strict=True)]
    shape = block.shape if kind == "log" and block.shape != "rows" else kind
    shown = readings(frame.columns, assigned)
    harvest.tables.append(TableReading(name, shape, reason, block.area, block.headers, shown, _RECORD_KINDS.get(kind)))
    if kind != "log":
        records = other_records(table_of(frame, assigned), kind, found.around.rules, found.around.context)
        harvest.entries.extend(records)
        rows = {entry.note.place.row for entry in records}
        harvest.skipped.extend(_left(name, block.area, kind, rows, block.headers))
        return
    read = normalize(table_of(with_sections(frame, found.sections, assigned, owner), assigned), found.around.rules)
    harvest.entries.extend(read.entries)
    harvest.problems.extend(read.problems)
    harvest.skipped.extend((*found.skipped, *read.skipped))
    harvest.skipped.extend(Skipped(name, row, row, "header") for row in block.headers)


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


def _stamp(harvest: _Harvest, file: str) -> None:
    """Write the file's name into every place, where one source has several files."""
    harvest.entries = [
        Entry(replace(e.raw, place=_at(e.raw.place, file)), replace(e.note, place=_at(e.note.place, file)))
        for e in harvest.entries
    ]
    harvest.problems = [replace(problem, place=_at(problem.place, file)) for problem in harvest.problems]


def _at(place: Place, file: str) -> Place:
    return replace(place, file=file)
