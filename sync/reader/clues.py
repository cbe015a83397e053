"""What a whole workbook says about its parts: years, marks, the sign of decimals; and what stands above a table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from sync.reading import Hints

from .bodies import circumstance_of
from .cells.dates import DateContext
from .cells.numbers import Decimal
from .cells.outcomes import parse_legend
from .frame import Circumstance
from .normalize import Rules
from .sheet import Sheet
from .tables import Layout
from .when import Clues, year_in, years_of

_COMMA_COUNTRIES = frozenset({"de", "fr", "es", "it", "nl", "pt", "pl", "cs", "sv", "da", "fi", "nb", "ru", "tr"})
_SAMPLE = 300


@dataclass(frozen=True, slots=True, eq=False)
class Tab:
    """A tab with its tables found, before anything is understood; `kind` is what its name says."""

    sheet: Sheet
    layout: Layout
    kind: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What tab, title and memos say about a table."""

    rules: Rules
    context: DateContext
    circumstance: Circumstance


def surroundings(tab: str, above: Sequence[str], rules: Rules) -> Surroundings:
    """Return what a tab's name and the lines above a table say about all of its rows."""
    tab_year = year_in(tab)
    titled = next((year for text in above if (year := year_in(text))), None)
    month = circumstance_of([tab], DateContext(year=2024)).month
    clues = replace(rules.clues, tab=tab_year, title=titled, month=month)
    year = tab_year or titled or clues.elsewhere or clues.last_resort
    context = DateContext(year=year, first_week=clues.first_week)
    return Surroundings(replace(rules, clues=clues), context, circumstance_of([tab, *above], context))


def rules_of(tabs: Sequence[Tab], hints: Hints, name: str) -> Rules:
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


def _likely_year(tabs: Sequence[Tab], years: Counter[int]) -> int | None:
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


def _decimal(tabs: Sequence[Tab]) -> Decimal:
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
    return bool(found) and whole.isdigit() and rest.isdigit() and len(rest) != 3 and sign not in rest
