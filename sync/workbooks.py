"""A workbook understood: every tab, every table, every row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from loopnote.notes import Entry, Place, Problem

from .bodies import body_of, circumstance_of
from .cells.dates import DateContext
from .cells.numbers import Decimal
from .cells.outcomes import parse_legend
from .columns import Assigned, assign, readings
from .frame import Circumstance, Frame
from .grid import Workbook
from .kinds import kind_of
from .lines import is_separator, tab_kind
from .normalize import Rules, normalize
from .reading import Hints, Reading, Skipped, TableReading
from .sheet import Sheet, look_at
from .sideways import cards_frame, transposed_frame
from .tables import Block, Layout, find_tables
from .when import Clues, year_in, years_of
from .wording import table_of


@dataclass(frozen=True, slots=True, eq=False)
class _Tab:
    """A tab with its tables found, before anything is understood."""

    sheet: Sheet
    layout: Layout
    kind: str


@dataclass(slots=True)
class _Harvest:
    """What a workbook has yielded so far."""

    entries: list[Entry]
    problems: list[Problem]
    skipped: list[Skipped]
    tables: list[TableReading]


def read_workbook(workbook: Workbook, hints: Hints, *, file: str = "") -> Reading:
    """Return all that was understood of a workbook; every row ends as a note, a problem or a stated reason."""
    harvest = _Harvest([], [], [], [])
    tabs = [tab for grid in workbook.grids if (tab := _open(look_at(grid), hints, harvest)) is not None]
    rules = _rules(tabs, hints, workbook.name)
    for tab in tabs:
        _read_tab(tab, rules, hints, harvest)
    if file:
        _stamp(harvest, file)
    return Reading(tuple(harvest.entries), tuple(harvest.problems), tuple(harvest.skipped), tuple(harvest.tables))


def _open(sheet: Sheet, hints: Hints, harvest: _Harvest) -> _Tab | None:
    kind = hints.tables.get(sheet.tab, "")
    if sheet.grid.hidden and not kind:
        _skip_all(sheet, "hidden", harvest)
        return None
    return _Tab(sheet, find_tables(sheet, hints.header_rows.get(sheet.tab, 0)), kind or tab_kind(sheet.tab))


def _skip_all(sheet: Sheet, code: str, harvest: _Harvest) -> None:
    if sheet.rows:
        harvest.skipped.append(Skipped(sheet.tab, 1, len(sheet.rows), code))


def _rules(tabs: Sequence[_Tab], hints: Hints, name: str) -> Rules:
    legend: dict[str, str] = {}
    years: Counter[int] = Counter()
    for tab in tabs:
        for memo in tab.layout.memos:
            legend |= parse_legend(memo.text)
        if tab.kind in ("guide", "lookup"):
            legend |= _listed_legend(tab.sheet)
        for row in tab.sheet.rows[:2000]:
            years.update(years_of(row))
    elsewhere = _likely_year(tabs, years)
    clues = Clues(
        elsewhere=elsewhere,
        order=hints.date_order,
        first_week=hints.first_week,
        years=_range_of(years),
        last_resort=year_in(name) or hints.year,
    )
    return Rules(hints.aliases, legend, hints.decimal or _decimal(tabs), clues)


def _listed_legend(sheet: Sheet) -> dict[str, str]:
    legend: dict[str, str] = {}
    for values in sheet.rows:
        words = [value for value in values if isinstance(value, str)]
        if len(words) >= 2 and len(words[0]) <= 3:
            legend |= parse_legend(f"{words[0]} = {words[1]}")
    return legend


def _likely_year(tabs: Sequence[_Tab], years: Counter[int]) -> int | None:
    named = [year for tab in tabs if (year := year_in(tab.sheet.tab))]
    titled = [year for tab in tabs for memo in tab.layout.memos[:5] if (year := year_in(memo.text))]
    if years:
        return max(sorted(years), key=lambda year: years[year])
    return next(iter(named or titled), None)


def _range_of(years: Counter[int]) -> tuple[int, int] | None:
    """Return the years that a date of this log may have: five around the middle one."""
    if sum(years.values()) < 3:
        return None
    middle = int(median(sorted(years.elements())))
    return middle - 3, middle + 3


def _decimal(tabs: Sequence[_Tab]) -> Decimal:
    """Return the sign of decimals where the cells prove it: "4,5" beside no "4.5"."""
    commas = points = 0
    for tab in tabs:
        if tab.sheet.grid.locale[:2] in (
            "de",
            "fr",
            "es",
            "it",
            "nl",
            "pt",
            "pl",
            "cs",
            "sv",
            "da",
            "fi",
            "nb",
            "ru",
            "tr",
        ):
            return ","
        for row in tab.sheet.rows[:1000]:
            for value in row:
                if type(value) is str and len(value) <= 12 and value[:1].isdigit():
                    commas += _is_decimal(value, ",")
                    points += _is_decimal(value, ".")
    return "," if commas and not points else ""


def _is_decimal(text: str, sign: str) -> bool:
    whole, found, rest = text.partition(sign)
    rest = rest.strip().rstrip("%€ ")
    return bool(found) and whole.isdigit() and rest.isdigit() and len(rest) != 3 and sign not in rest


def _read_tab(tab: _Tab, rules: Rules, hints: Hints, harvest: _Harvest) -> None:
    sheet = tab.sheet
    if not tab.layout.blocks:
        code = tab.kind if tab.kind in ("guide", "summary", "lookup") else "no_table"
        if any(any(value is not None for value in row) for row in sheet.rows):
            _skip_all(sheet, code, harvest)
            harvest.tables.append(TableReading(sheet.tab, "guide" if code == "guide" else "unknown", "no table found"))
        return
    seen = 0
    for block in tab.layout.blocks:
        memos = [memo for memo in tab.layout.memos if memo.row < block.area.top]
        above = [memo.text for memo in memos if memo.row > seen or memo.row <= 6]
        _read_block(tab, block, _surroundings(sheet.tab, above, rules), hints, harvest)
        seen = block.area.bottom
    _skip_memos(tab, harvest)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What tab, title and memos say about a table."""

    rules: Rules
    context: DateContext
    circumstance: Circumstance


def _surroundings(tab: str, above: Sequence[str], rules: Rules) -> _Surroundings:
    tab_year = year_in(tab)
    titled = next((year for text in above if (year := year_in(text))), None)
    clues = replace(rules.clues, tab=tab_year, title=titled, month=_tab_month(tab))
    year = tab_year or titled or clues.elsewhere or clues.last_resort
    context = DateContext(year=year, first_week=clues.first_week)
    return _Surroundings(replace(rules, clues=clues), context, circumstance_of([tab, *above], context))


def _tab_month(name: str) -> int | None:
    circumstance = circumstance_of([name], DateContext(year=2024))
    return circumstance.month


def _skip_memos(tab: _Tab, harvest: _Harvest) -> None:
    told: set[int] = set()
    for memo in tab.layout.memos:
        if memo.row not in told:
            told.add(memo.row)
            code = "separator" if is_separator(memo.text) else "title"
            harvest.skipped.append(Skipped(tab.sheet.tab, memo.row, memo.row, code, memo.text[:80]))


def _read_block(tab: _Tab, block: Block, around: _Surroundings, hints: Hints, harvest: _Harvest) -> None:
    name, area = tab.sheet.tab, block.area
    frame, skipped, sections = _frame(tab.sheet, block, around)
    assigned = assign(frame.columns, hints.columns, frame.tab)
    kind, reason = kind_of(frame, assigned, tab.kind)
    shown = readings(frame.columns, assigned)
    harvest.tables.append(TableReading(name, kind, reason, area, block.headers, shown))
    if kind != "log":
        code = kind if kind in ("guide", "summary", "lookup") else "no_table"
        harvest.skipped.append(Skipped(name, area.top, area.bottom, code))
        return
    found = normalize(table_of(_with_sections(frame, sections, assigned), assigned), around.rules)
    harvest.entries.extend(found.entries)
    harvest.problems.extend(found.problems)
    harvest.skipped.extend((*skipped, *found.skipped))
    harvest.skipped.extend(Skipped(name, row, row, "header") for row in block.headers)


def _frame(
    sheet: Sheet, block: Block, around: _Surroundings
) -> tuple[Frame, tuple[Skipped, ...], dict[int, tuple[int, str]]]:
    if block.shape == "rows":
        body = body_of(sheet, block, around.context, around.circumstance)
        return body.frame, body.skipped, body.sections
    if block.shape == "transposed":
        return transposed_frame(sheet, block, around.circumstance), (), {}
    return cards_frame(sheet, block, around.circumstance), (), {}


def _with_sections(frame: Frame, sections: dict[int, tuple[int, str]], assigned: Sequence[Assigned]) -> Frame:
    """A plain section line is the goal of its rows where the table has no column for goals."""
    if not sections or any(found.role == "goal" for found in assigned):
        return frame
    circumstances = []
    for now in frame.circumstances:
        text = sections.get(now.stretch, (0, ""))[1]
        plain = len(text) >= 4 and not now.goal and now.period is None
        circumstances.append(replace(now, goal=text) if plain else now)
    return replace(frame, circumstances=circumstances)


def _stamp(harvest: _Harvest, file: str) -> None:
    """Write the file's name into every place, where one source has several files."""
    harvest.entries = [
        Entry(replace(e.raw, place=_at(e.raw.place, file)), replace(e.note, place=_at(e.note.place, file)))
        for e in harvest.entries
    ]
    harvest.problems = [replace(problem, place=_at(problem.place, file)) for problem in harvest.problems]


def _at(place: Place, file: str) -> Place:
    return replace(place, file=file)
