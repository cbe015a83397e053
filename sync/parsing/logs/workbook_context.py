"""Gives the `ParseRules` of a workbook, and of a table in it, from what stands around its tables.

A whole workbook tells years, outcome marks and the decimal sign; the lines above a table, its tab
and its title tell what holds for that table alone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from notes.system.compiled_tables import kept_pattern
from sync.parse_result import ParseOptions
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_period_label
from sync.parsing.cells.date_grammar.days import Order, order_proofs, proved_order
from sync.parsing.cells.numbers import Decimal
from sync.parsing.cells.outcomes import parse_legend
from sync.parsing.fields.date_fields import DateEvidence, count_years, find_year
from sync.parsing.layout.body_rows import read_row_context
from sync.parsing.layout.sheet.clean_sheet import CleanSheet
from sync.parsing.layout.sheet.tab_names import tab_kind
from sync.parsing.layout.table_blocks import MemoLine, TabLayout
from sync.parsing.normalize import ParseRules
from sync.parsing.tables.record_table import RowContext

_SAMPLE = 300
"""Rows per tab that are asked for years, marks and decimals; judgement: conventions show early."""


@dataclass(frozen=True, slots=True, eq=False)
class TabOverview:
    """A tab with its tables found, before anything is understood.

    `kind` is what its name says, or the configuration (`forced`); `alone`: the file has no other.
    """

    sheet: CleanSheet
    layout: TabLayout
    kind: str
    forced: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class TableSurroundings:
    """What tab, title and memos say about a table."""

    rules: ParseRules
    context: DateContext
    row_context: RowContext


def read_surroundings(
    tab: str, rules: ParseRules, *, own: Sequence[MemoLine] = (), of_tab: Sequence[MemoLine] = ()
) -> TableSurroundings:
    """Return what a tab's name and the lines above a table say about all of its rows.

    `own` are the lines right above it, which outrank those at the top of the tab.
    """
    tab_year = find_year(tab)
    above = [memo.text for memo in (*of_tab, *own)]
    years = (find_year(memo.text) for memo in (*own, *of_tab))
    titled = next((year for year in years if year), None)
    month = read_row_context([tab], DateContext(year=2024)).month
    date_evidence = replace(
        rules.date_evidence, tab=tab_year, title=titled, month=month, span=_span_of(tab)
    )
    year = tab_year or titled or date_evidence.elsewhere or date_evidence.last_resort
    context = DateContext(year=year, first_week=date_evidence.first_week, zone=date_evidence.zone)
    return TableSurroundings(
        replace(rules, date_evidence=date_evidence),
        context,
        read_row_context([tab, *above], context),
    )


def _span_of(tab: str) -> tuple[date, date] | None:
    """Return the days of the quarter or half year that a tab is named after, with its year."""
    reading = read_period_label(tab) if find_year(tab) else None
    named = reading is not None and reading.precision in ("quarter", "half")
    return reading.span if reading is not None and named else None


def workbook_rules(tabs: Sequence[TabOverview], options: ParseOptions, name: str) -> ParseRules:
    """Return the rules for all tables of a workbook; `name` is its file's name."""
    legend: dict[str, str] = {}
    years: Counter[int] = Counter()
    for tab in tabs:
        for memo in tab.layout.memos:
            legend |= parse_legend(memo.text)
        for block in tab.layout.blocks:
            for header, _group in block.names.values():
                legend |= parse_legend(header) if "=" in header or ":" in header else {}
        if tab.kind in ("guide", "lookup"):
            legend |= _listed_legend(tab.sheet)
        for row in tab.sheet.rows[:_SAMPLE]:
            years.update(count_years(row))
    elsewhere = _likely_year(tabs, years)
    date_evidence = DateEvidence(
        elsewhere=elsewhere,
        order=options.date_order,
        first_week=options.first_week,
        years=_range_of(years) or _not_far_ahead(options.today),
        elsewhere_order=_proved_order(tabs) if len(tabs) > 1 else "",
        last_resort=find_year(name) or options.year,
        today=options.today,
        zone=options.zone,
    )
    return ParseRules(options.aliases, legend, options.decimal or _decimal(tabs), date_evidence)


def with_year_of(rules: ParseRules, hidden: Sequence[str]) -> ParseRules:
    """Return the rules with the year that hidden lists of the workbook are named after ("2026
    설정").

    It is asked last, before the file's name. A hidden log may be the one of another year.
    """
    evidence = rules.date_evidence
    named = {find_year(tab) for tab in hidden if tab_kind(tab) == "lookup"} - {None}
    if evidence.elsewhere or len(named) != 1:
        return rules
    return replace(rules, date_evidence=replace(evidence, elsewhere=named.pop()))


def _listed_legend(sheet: CleanSheet) -> dict[str, str]:
    legend: dict[str, str] = {}
    for values in sheet.rows:
        words = [value for value in values if isinstance(value, str)]
        if len(words) >= 2 and len(words[0]) <= 3:
            legend |= parse_legend(f"{words[0]} = {words[1]}")
    return legend


def _likely_year(tabs: Sequence[TabOverview], years: Counter[int]) -> int | None:
    named = [year for tab in tabs if (year := find_year(tab.sheet.tab))]
    titled = [
        year for tab in tabs for memo in tab.layout.memos[:5] if (year := find_year(memo.text))
    ]
    if years:
        return max(sorted(years), key=lambda year: years[year])
    return next(iter(named or titled), None)


def _range_of(years: Counter[int]) -> tuple[int, int] | None:
    """Return the years that a date of this log may have: five around the middle one."""
    if sum(years.values()) < 3:
        return None
    middle = int(median(sorted(years.elements())))
    return middle - 3, middle + 3


def _not_far_ahead(today: date | None) -> tuple[int, int] | None:
    """Return the years of a log that says little of them itself: none far behind the day of
    reading.
    """
    return (1900, today.year + _PLANNED) if today else None


_PLANNED = 3
"""Years that a plan may look ahead, as `_range_of` allows around the middle of a log."""
_SLASHED = kept_pattern(r"\d{1,2}([/.-])\d{1,2}(?:\1\d{2,4})?")
"""A day in figures: whether month or day comes first is told by all of the workbook."""


def _proved_order(tabs: Sequence[TabOverview]) -> Order:
    """Return the one order of day and month that the cells of all tabs prove; they prove alike."""
    proofs: set[Order] = set()
    for tab in tabs:
        for row in tab.sheet.rows[:_SAMPLE]:
            short = [v for v in row if type(v) is str and len(v) <= 10 and _SLASHED.fullmatch(v)]
            proofs |= order_proofs(short) if short else frozenset()
    return proved_order(frozenset(proofs))


def _decimal(tabs: Sequence[TabOverview]) -> Decimal:
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
        for row in tab.sheet.rows[:_SAMPLE]:
            for value in row:
                if type(value) is str and len(value) <= 12 and value[:1].isdigit():
                    commas += _is_decimal(value, ",")
                    points += _is_decimal(value, ".")
    return "," if commas and not points else ""


def _is_decimal(text: str, sign: str) -> bool:
    whole, found, rest = text.partition(sign)
    rest = rest.strip().rstrip("%€ ")
    return (
        bool(found) and whole.isdigit() and rest.isdigit() and len(rest) != 3 and sign not in rest
    )
