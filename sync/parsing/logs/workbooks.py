"""Parses a workbook in two passes, so that memory does not grow with its size.

    first pass    tabs ─► tables ─► what the whole workbook says ─► roles of columns
                  (tables with the same headers together)
    second pass   table by table, tall ones in parts ─► notes, records of other kinds

Between the two the cells wait in the row buffer.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from notes.model.notes import Kind, Problem
from sync.contents.parsed_rows import ParsedRows
from sync.contents.row_buffer import RowBuffer
from sync.contents.workbook import Area, Value, Workbook
from sync.parse_result import ParsedTable, ParseOptions, ParseResult, SkippedRows
from sync.parsing.columns.column_meanings import assign_roles, parsed_columns
from sync.parsing.columns.column_texts import build_role_table
from sync.parsing.columns.grades import ColumnMeaning, Meaning
from sync.parsing.layout.body_rows import read_body, under_their_titles
from sync.parsing.layout.form_lines import TabLines, form_context, is_day
from sync.parsing.layout.line_kinds import is_separator
from sync.parsing.layout.name_cells import is_name
from sync.parsing.layout.outlines.outline import outline_of
from sync.parsing.layout.sheet.clean_sheet import CleanSheet, clean_grid, remarks_of
from sync.parsing.layout.sheet.row_facts import workbook_digest
from sync.parsing.layout.sheet.tab_names import tab_kind
from sync.parsing.layout.tab_layout import card_layout, find_tables
from sync.parsing.layout.table_blocks import TableBlock
from sync.parsing.layout.transposed import read_cards, read_transposed
from sync.parsing.normalize import ParseRules
from sync.parsing.profiles.column_profile import cell_sort
from sync.parsing.records.method_tables import method_table
from sync.parsing.records.number_series import series_roles
from sync.parsing.records.other_records import card_roles, read_other_records
from sync.parsing.table_analysis.left_out import LeftOut, problems_of
from sync.parsing.table_analysis.reshaping.reshape import reshaped
from sync.parsing.table_analysis.rows_outside import rows_outside
from sync.parsing.table_analysis.sampling import is_tall, sample_profiles, split_parts
from sync.parsing.table_analysis.section_lines import apply_sections
from sync.parsing.table_analysis.table_kinds import TableSetting, classify_table
from sync.parsing.table_analysis.work_to_do import is_of_log, kind_of_work_to_do
from sync.parsing.tables.record_table import RecordTable, TableColumn
from sync.parsing.tables.table_context import TableContext
from sync.table_kind import TableKind

from .log_rows import collector_at_rest, read_log
from .workbook_context import (
    TableSurroundings,
    TabOverview,
    read_surroundings,
    with_year_of,
    workbook_rules,
)

_SURE_ALONE, _BY_ITS_TABLE = 0.9, 0.99
"""Sureness from which a column keeps its own reason in a table of another kind, and that of one
whose meaning the table settles: judgement, only what is shown follows from it."""
_POOL = 240
"""How many records of each table stand for it where tables are understood together."""

_HEAD = 6
"""Rows at a tab's top whose lines are about all of its tables; judgement: lower ones are about the
next."""
_EXAMPLES = 2
"""More rows than these on a guide tab are no example: somebody keeps a log there."""

_RECORD_KINDS: dict[str, Kind] = {
    "log": "experiment",
    "plan": "plan",
    "metric": "metric",
    "funnel": "funnel",
    "action": "action",
    "feedback": "feedback",
}
"""The kind of note that each kind of table makes (method §1)."""
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _FoundTable:
    """A table found, with the lines left out of it, its section lines and its surroundings."""

    tab: TabOverview
    block: TableBlock
    around: TableSurroundings
    record_table: RecordTable
    skipped: tuple[SkippedRows, ...]
    sections: dict[int, tuple[int, str]]

    @property
    def headers(self) -> Headers:
        return tuple((column.group, column.header) for column in self.record_table.columns)


@dataclass(frozen=True, slots=True)
class _OtherTables:
    """What the other tables say of one.

    The person its tab is named after, that it only shows an example, and that a log is among them.
    """

    owner: str
    example: bool
    log: bool = False


@dataclass(slots=True)
class _TabTables:
    """A tab after the first look: None where it is left out, with the reason in `skipped`.

    `found` are its tables.

    `remarks` are what of it could not be read as it stands.
    """

    tab: TabOverview | None
    remarks: tuple[Problem, ...] = ()
    skipped: list[SkippedRows] = field(default_factory=list)
    tables: list[ParsedTable] = field(default_factory=list)
    found: list[_FoundTable] = field(default_factory=list)


def parse_workbook(
    workbook: Workbook,
    options: ParseOptions,
    buffer: RowBuffer,
    *,
    file: str = "",
    parsed: ParsedRows | None = None,
) -> Iterator[ParseResult]:
    """Yield all that was understood of a workbook, in its order.

    Every row ends as a note, a problem or a reason, or is as it was in `parsed`.

    The cells wait on `buffer` until they are read.
    """
    with collector_at_rest():
        sheets = [
            clean_grid(grid, buffer, parsed.take_tab(f"{file}\n{grid.tab}") if parsed else None)
            for grid in workbook.grids
        ]
    if parsed is not None and _is_as_before(f"{file}\n{workbook.name}", sheets, parsed):
        yield ParseResult(as_before=True)
    yield from _parsed(workbook.name, sheets, options, file=file, parsed=parsed)
    if parsed is not None:
        for sheet in sheets:
            parsed.keep_tab(f"{file}\n{sheet.tab}", sheet.facts.record())


def _is_as_before(name: str, sheets: Sequence[CleanSheet], parsed: ParsedRows) -> bool:
    """Return whether a workbook is the one of the last reading, and keep its digest for the
    next.
    """
    digest = workbook_digest(name, (sheet.digest for sheet in sheets))
    parsed.workbooks.append(digest)
    return digest == parsed.workbook


def _parsed(
    name: str,
    sheets: Sequence[CleanSheet],
    options: ParseOptions,
    *,
    file: str,
    parsed: ParsedRows | None,
) -> Iterator[ParseResult]:
    """Yield all that was understood of the tabs of a workbook, in its order; `name` is its
    file's name.
    """
    with collector_at_rest():
        opened = _told_alone([_open(sheet, options) for sheet in sheets])
        rules = workbook_rules([one.tab for one in opened if one.tab is not None], options, name)
        rules = with_year_of(rules, [sheet.tab for sheet in sheets if sheet.grid.hidden])
        daily = sum(one.tab is not None and is_day(one.tab.sheet.tab) for one in opened) > 1
        # All tables are found before any is understood: those of equal headers decide together.
        for one in opened:
            _find(one, rules, daily=daily)
            one.found[:] = [_in_file(found, file) for found in one.found]
        tables = [found for one in opened for found in one.found]
        known = _understood(tables, options)
    entries, left = 0, []
    noted = False
    for one in opened:
        if one.remarks:
            yield _stamped(ParseResult(problems=one.remarks), file)
        if one.skipped or one.tables:
            yield ParseResult(skipped=tuple(one.skipped), tables=tuple(one.tables))
        if one.tab is not None and not one.found and not one.tab.forced:
            # "backlog" says what a table holds, not that a tab holds none.
            kind = one.tab.kind if one.tab.kind in ("guide", "lookup", "summary") else "unknown"
            left.append(
                LeftOut(
                    one.tab.sheet,
                    cast("TableKind", kind),
                    "tab name" if kind != "unknown" else "no_table",
                )
            )
        for found in one.found:
            around = _OtherTables(
                _shared(tables, found),
                _is_example(tables, found),
                any(key != _key(found, options) and is_of_log(one) for key, one in known.items()),
            )
            known_before, told = entries, None
            for reading in _read(found, known[_key(found, options)], around, parsed=parsed):
                entries += reading.notes
                noted = noted or _has_experiment(reading)
                told = told or next(iter(reading.tables), None)
                yield _stamped(reading, file)
            if entries == known_before and told is not None:
                left.append(
                    LeftOut(
                        found.tab.sheet,
                        told.kind,
                        told.reason,
                        found.record_table,
                        found.block.area.top,
                    )
                )
    problems = tuple(problems_of(left, options.columns, alone=not entries, noted=noted))
    if problems:
        yield _stamped(ParseResult(problems=problems), file)


def _has_experiment(reading: ParseResult) -> bool:
    """Return whether a note came of it; only those of a log are ever unchanged."""
    return bool(reading.unchanged) or any(one.note.kind == "experiment" for one in reading.entries)


def _open(sheet: CleanSheet, options: ParseOptions) -> _TabTables:
    kind = options.tables.get(sheet.tab)
    if sheet.grid.hidden and not kind:
        return _TabTables(None, skipped=list(_all(sheet, "hidden")))
    layout = find_tables(sheet, options.header_rows.get(sheet.tab, 0))
    if kind == "plan" and not layout.blocks:
        layout = card_layout(sheet)
    tab = TabOverview(sheet, layout, kind or tab_kind(sheet.tab), forced=bool(kind))
    return _TabTables(tab, remarks_of(sheet))


def _told_alone(opened: list[_TabTables]) -> list[_TabTables]:
    """Return the tabs; a file's only one knows that it is alone."""
    if len(opened) == 1 and opened[0].tab is not None:
        opened[0].tab = replace(opened[0].tab, alone=True)
    return opened


def _all(sheet: CleanSheet, code: str) -> Iterator[SkippedRows]:
    if len(sheet.rows):
        yield SkippedRows(sheet.tab, 1, len(sheet.rows), code)


def _find(opened: _TabTables, rules: ParseRules, *, daily: bool) -> None:
    """Find the tables of a tab, and say of its other lines why they are left out.

    `daily`: several tabs are named after a day each.
    """
    tab = opened.tab
    if tab is None:
        return
    sheet = tab.sheet
    if not tab.layout.blocks:
        if _find_outline(opened, tab, rules):
            return
        if any(value is not None for row in sheet.rows for value in row):
            code = tab.kind if tab.kind in ("guide", "summary", "lookup") else "no_table"
            opened.skipped.extend(_all(sheet, code))
            opened.tables.append(
                ParsedTable(sheet.tab, "guide" if code == "guide" else "unknown", "no table found")
            )
        return
    seen = 0
    for block in tab.layout.blocks:
        memos = [memo for memo in tab.layout.memos if memo.row < block.area.top]
        own = [memo for memo in memos if memo.row > seen]
        of_tab = [memo for memo in memos if memo.row <= min(seen, _HEAD)]
        around = read_surroundings(sheet.tab, rules, own=own, of_tab=of_tab)
        day = sheet.tab if daily and is_day(sheet.tab) else ""
        lines = TabLines(sheet, block, (*own, *of_tab))
        now = form_context(around.row_context, lines, around.context, day=day)
        opened.found.append(_found(tab, block, replace(around, row_context=now)))
        seen = block.area.bottom
    opened.skipped.extend(_memos(tab))
    opened.remarks = (*opened.remarks, *rows_outside(sheet, tab.layout))


def _find_outline(opened: _TabTables, tab: TabOverview, rules: ParseRules) -> bool:
    """Find headings with lines under them on a tab without a table; False where there are none."""
    if tab.kind in ("guide", "summary", "lookup") and not tab.forced:
        return False
    around = read_surroundings(tab.sheet.tab, rules)
    outline = outline_of(tab.sheet, around.context, around.row_context)
    if outline is None:
        return False
    opened.found.append(
        _FoundTable(
            tab=tab,
            block=TableBlock("cards", outline.area),
            around=around,
            record_table=outline.record_table,
            skipped=(),
            sections={},
        )
    )
    starts, titles = set(outline.record_table.rows), set(outline.titles)
    for row, values in enumerate(tab.sheet.rows, 1):
        if row not in starts and any(value is not None for value in values):
            code = "title" if row in titles else "continued"
            opened.skipped.append(SkippedRows(tab.sheet.tab, row, row, code))
    return True


def _memos(tab: TabOverview) -> Iterator[SkippedRows]:
    told: set[int] = set()
    for memo in tab.layout.memos:
        if memo.row not in told:
            told.add(memo.row)
            code = "separator" if is_separator(memo.text) else "title"
            yield SkippedRows(tab.sheet.tab, memo.row, memo.row, code, memo.text[:80])


def _found(tab: TabOverview, block: TableBlock, around: TableSurroundings) -> _FoundTable:
    if block.shape == "rows":
        body = read_body(tab.sheet, block, around.context, first=around.row_context)
        record_table = reshaped(body.record_table, title=tab.sheet.tab)
        return _FoundTable(
            tab=tab,
            block=block,
            around=around,
            record_table=record_table,
            skipped=(*body.skipped, *_gone(body.record_table, record_table)),
            sections=body.sections,
        )
    turned = read_transposed if block.shape == "transposed" else read_cards
    record_table = turned(tab.sheet, block, around.row_context)
    return _FoundTable(
        tab=tab,
        block=block,
        around=around,
        record_table=under_their_titles(record_table, around.context),
        skipped=(),
        sections={},
    )


def _gone(before: RecordTable, after: RecordTable) -> Iterator[SkippedRows]:
    """Yield the rows that are no records of their own any more after a table was reshaped.

    They go on with the record above, or hold nothing in the cells of a grid.
    """
    if after is before:
        return
    kept = set(after.rows)
    code = "no_text" if after.record_columns else "continued"
    for row in before.rows:
        if row not in kept:
            yield SkippedRows(before.tab, row, row, code)


def _key(found: _FoundTable, options: ParseOptions) -> tuple[str, Headers]:
    """Return the key of tables understood together: equal headers, or a configured tab."""
    return found.record_table.tab if any(
        "!" in name for name in options.columns
    ) else "", found.headers


def _understood(
    tables: Sequence[_FoundTable], options: ParseOptions
) -> dict[tuple[str, Headers], list[Meaning]]:
    alike: dict[tuple[str, Headers], list[RecordTable]] = {}
    for found in tables:
        alike.setdefault(_key(found, options), []).append(found.record_table)
    return {key: _assigned(record_tables, options) for key, record_tables in alike.items()}


def _assigned(record_tables: Sequence[RecordTable], options: ParseOptions) -> list[Meaning]:
    first = record_tables[0]
    if len(record_tables) > 1:
        return assign_roles(_pooled(record_tables), options.columns, first.tab)
    if is_tall(first):
        return assign_roles(
            first.columns, options.columns, first.tab, profiles=sample_profiles(first)
        )
    return assign_roles(first.part(range(len(first.rows))).columns, options.columns, first.tab)


def _pooled(record_tables: Sequence[RecordTable]) -> Sequence[TableColumn]:
    """Return the columns of tables with the same headers as if they were one table.

    Some records of each.
    """
    samples = [
        record_table.part(range(0, len(record_table.rows), max(1, len(record_table.rows) // _POOL)))
        for record_table in record_tables
    ]
    pooled = []
    for number, column in enumerate(record_tables[0].columns):
        values: list[Value] = []
        inherited: set[int] = set()
        for sample in samples:
            inherited.update(len(values) + place for place in sample.columns[number].inherited)
            values.extend(sample.columns[number].values)
        pooled.append(replace(column, values=values, inherited=frozenset(inherited)))
    return pooled


def _shared(tables: Sequence[_FoundTable], found: _FoundTable) -> str:
    """Return the person a tab is named after.

    Beyond doubt, or like others with the same headers (2.4).
    """
    tab = found.record_table.tab
    if (
        cell_sort(tab) != "name"
        or found.around.row_context.period
        or found.around.row_context.month
        or found.tab.kind
    ):
        return ""
    others = {
        other.record_table.tab
        for other in tables
        if other.headers == found.headers and other.record_table.tab != tab
    }
    return (
        tab
        if is_name(tab) or (others and all(cell_sort(name) == "name" for name in others))
        else ""
    )


def _is_example(tables: Sequence[_FoundTable], found: _FoundTable) -> bool:
    """Return whether a guide's table only shows how the log is filled in (reading rules 1.3a)."""
    if found.tab.kind != "guide" or len(found.record_table.rows) > _EXAMPLES:
        return False
    if found.block.shape != "rows":
        return not found.tab.alone
    mine = {column.header for column in found.record_table.columns if column.header}
    others = (
        {column.header for column in other.record_table.columns}
        for other in tables
        if other.record_table.tab != found.record_table.tab
    )
    return any(len(mine & headers) * 2 >= len(mine) for headers in others)


def _read(
    found: _FoundTable,
    meanings: Sequence[Meaning],
    others: "_OtherTables",
    *,
    parsed: ParsedRows | None,
) -> Iterator[ParseResult]:
    """Yield the readings of a table, part by part; the first tells how it was understood."""
    record_table, block = found.record_table, found.block
    kind, reason, meanings = _understood_as(found, meanings, others)
    if kind == "log" and _is_backlog(found):
        meanings = _planned(meanings)
    shape = block.shape if kind == "log" and block.shape != "rows" else kind
    told = ParsedTable(
        tab=record_table.tab,
        kind=shape,
        reason=reason,
        area=block.area,
        header_rows=block.headers,
        columns=parsed_columns(
            record_table.columns, _as_read(found, meanings, kind), shown=kind in _RECORD_KINDS
        ),
        record_kind=_RECORD_KINDS.get(kind),
    )
    if kind == "log":
        headers = [SkippedRows(record_table.tab, row, row, "header") for row in block.headers]
        yield ParseResult(skipped=(*found.skipped, *headers), tables=(told,))
        sectioned = apply_sections(record_table, found.sections, meanings, owner=others.owner)
        yield from read_log(sectioned, meanings, found.around.rules, parsed=parsed)
    else:
        yield ParseResult(tables=(told,))
        yield from _records(found, meanings, kind)


def _as_read(found: _FoundTable, meanings: Sequence[Meaning], kind: TableKind) -> Sequence[Meaning]:
    """Return what the columns are shown as: a series takes numbers under any header."""
    if kind not in ("metric", "funnel") or any(one.role == "metric_value" for one in meanings):
        return meanings
    return _with_roles(
        meanings, series_roles(found.record_table, found.around.context), "numbers by period"
    )


def _understood_as(
    found: _FoundTable, meanings: Sequence[Meaning], others: "_OtherTables"
) -> tuple[TableKind, str, Sequence[Meaning]]:
    """Return the kind of a table, why, and its columns as that kind has them.

    The configuration's kind is obeyed.
    """
    record_table, forced = found.record_table, found.tab.forced
    if own := method_table(record_table, meanings, found.tab.kind if forced else ""):
        why = "config" if forced else own.reason
        return own.kind, why, _with_roles(meanings, own.roles, own.reason)
    kind, reason = classify_table(
        record_table,
        meanings,
        found.tab.kind,
        setting=TableSetting(forced, others.example, found.tab.alone, others.log),
    )
    if kind == "log" and not (forced or others.log):
        work = kind_of_work_to_do(record_table, meanings, backlog=_is_backlog(found))
        return ("lookup", work, meanings) if work else (kind, reason, meanings)
    if kind == "plan":
        return (
            kind,
            reason,
            _with_roles(
                meanings,
                card_roles([column.header for column in record_table.columns]),
                reason,
            ),
        )
    return kind, reason, meanings


def _with_roles(meanings: Sequence[Meaning], roles: Sequence[str], reason: str) -> list[Meaning]:
    """Return the columns as a kind of table has them; `reason` is what made it that kind."""
    return [
        ColumnMeaning(role, one.reason, one.confidence, one.profile)
        if not role or (role == one.role and one.confidence >= _SURE_ALONE)
        else ColumnMeaning(role, reason, _BY_ITS_TABLE, one.profile)
        for one, role in zip(meanings, roles, strict=True)
    ]


def _records(
    found: _FoundTable, meanings: Sequence[Meaning], kind: TableKind
) -> Iterator[ParseResult]:
    """Yield the records of a table of another kind, and what became none."""
    record_table, around = found.record_table, found.around
    parts = list(split_parts(record_table, meanings, joined=False))
    table_context = TableContext(whole=record_table if len(parts) > 1 else None)
    used: set[int] = set()
    for part in parts:
        entries = read_other_records(
            build_role_table(record_table.part(part), meanings, table_context),
            kind,
            around.rules,
            context=around.context,
        )
        used.update(entry.note.place.row for entry in entries)
        yield ParseResult(entries)
    yield ParseResult(
        skipped=tuple(
            _left(record_table.tab, found.block.area, kind, used=used, headers=found.block.headers)
        )
    )


def _is_backlog(found: _FoundTable) -> bool:
    """Return whether the tab, or the line above the table, calls it a list of future work."""
    top = found.block.area.top
    titles = [memo.text for memo in found.tab.layout.memos if top - 2 <= memo.row < top]
    return found.tab.kind == "backlog" or any(tab_kind(title) == "backlog" for title in titles)


def _planned(meanings: Sequence[Meaning]) -> list[Meaning]:
    """Return notes of a plan with the plan's text as execution (reading rules 1.1)."""
    if any(one.role == "execution" for one in meanings):
        return list(meanings)
    return [
        replace(one, role="execution")
        if isinstance(one, ColumnMeaning) and one.role == "title"
        else one
        for one in meanings
    ]


def _left(
    tab: str, area: Area, kind: TableKind, *, used: Collection[int], headers: Sequence[int]
) -> Iterator[SkippedRows]:
    """Yield the rows of a table of another kind that became no record."""
    if not used:
        yield SkippedRows(
            tab,
            area.top,
            area.bottom,
            kind if kind in ("guide", "summary", "lookup") else "no_table",
        )
        return
    for row in range(area.top, area.bottom + 1):
        if row not in used and (headers or row < min(used)):
            yield SkippedRows(tab, row, row, "header" if row in headers else "no_text")


def _in_file(found: _FoundTable, file: str) -> _FoundTable:
    """Return a table whose records know their file."""
    return replace(found, record_table=replace(found.record_table, file=file)) if file else found


def _stamped(reading: ParseResult, file: str) -> ParseResult:
    """Write the file's name into the places of the problems; the records of a table know it."""
    if not file or not reading.problems:
        return reading
    return replace(
        reading,
        problems=tuple(
            replace(problem, place=replace(problem.place, file=file))
            for problem in reading.problems
        ),
    )
