"""Assigns roles to all columns of a table together, each with a reason and a grade.

    header words, cells ─► choices of every column (`role_choices`) ─► the assignment that fits best
    as a whole

The best set of meanings is searched column by column, keeping the best few dozen beginnings (a
beam). A column that may have no meaning with any grade is `Open`: nothing is read from it by
elimination.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from operator import itemgetter

from notes.system.compiled_tables import kept_pattern
from sync.parse_result import ParsedColumn
from sync.parsing.cells.date_grammar.date_context import DateContext
from sync.parsing.cells.date_grammar.dates import read_period_label
from sync.parsing.cells.text import fold
from sync.parsing.profiles.column_profile import ColumnProfile, is_full, profile
from sync.parsing.tables.record_table import TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import (
    EXACT,
    HINTED,
    header_meanings,
    nearest_role,
    plain_header,
)

from .compatibility import PartialAssignment, score_pair, score_whole
from .families import with_families
from .grades import ColumnMeaning, Meaning, Open, RoleChoice
from .neighbours import refined
from .number_sides import DAYS, named_sides, with_counts, with_sides, without_days
from .role_choices import candidates_of, choices_of, titles_beside
from .roles import OVERRIDES, ROLES

BEAM = 80
"""Partial assignments kept per column; judgement: the best assignment is never far down, and the
work grows with it."""
_MOSTLY = 0.5
"""Half of the cells: a majority."""
_LOOKED_AT = 400
"""Cells searched for the three samples that `columns` shows; judgement: bounds the work on tall,
empty columns."""
_NEARLY_ALL = 0.8
"""Share of texts from which a column named as days holds none; judgement, as `grades._VERDICTS`."""
_SETTLED = 0.99
"""The confidence of what is given: nothing is ever called surer."""
_NAMED = 5.0
"""The score of a choice whose header is a known phrase, over cells of the right sort."""


def assign_roles(
    columns: Sequence[TableColumn],
    overrides: Mapping[str, str],
    tab: str,
    *,
    profiles: Sequence[ColumnProfile] = (),
) -> list[Meaning]:
    """Return the meaning of each column, in the order of the columns.

    `profiles` where they are known already.
    """
    if not columns:
        return []
    given = [_override_of(column, overrides, tab) for column in columns]
    roles_given = [role for role in given if role is not None]
    if len(roles_given) == len(columns):
        return _as_given(columns, roles_given, profiles)
    profiles = profiles or [_profile(column) for column in columns]
    sides = named_sides(columns)
    pairs = with_counts(list(zip(columns, profiles, strict=True)), sides)
    choices = [
        choices_of(column, found, role) for (column, found), role in zip(pairs, given, strict=True)
    ]
    if _is_month(tab):
        choices = _days_of_month(pairs, choices)
    choices = with_sides(pairs, _sides(pairs, without_days(choices, sides)))
    choices = with_families(columns, titles_beside(_dates_by_cells(columns, choices)))
    roles = _best(choices)
    taken = frozenset(ROLES[role].feeds for role in roles if role)
    found_ = [
        _meaning(role, options, column, found=found, taken=taken)
        for role, options, (column, found) in zip(roles, choices, pairs, strict=True)
    ]
    return _dated_by_header(columns, refined(found_))


def _dated_by_header(columns: Sequence[TableColumn], meanings: list[Meaning]) -> list[Meaning]:
    """Keep the days or weeks that a header names where the table has no others.

    Its cells cannot be read ("before the fair" under "When"): said as problems, they do not leave
    the log without a date in silence. What they sound like is never asked.
    """
    dated = any(one.role in DAYS for one in meanings)
    return [
        _as_named(column, one, dated=dated) for column, one in zip(columns, meanings, strict=True)
    ]


def _as_named(column: TableColumn, meaning: Meaning, *, dated: bool) -> Meaning:
    """Return a column that only its sentences gave a meaning as the day that its header names."""
    unsure = isinstance(meaning, Open) or meaning.grade == "likely"
    role = _dating_name(column) if unsure else ""
    if not role:
        return meaning
    if dated:
        return Open("no known meaning", meaning.profile)
    texts = meaning.profile.share("text", "short", "name", "key", "step") >= _NEARLY_ALL
    return (
        ColumnMeaning(role, f"“{column.header}”", _SETTLED, meaning.profile) if texts else meaning
    )


def _dating_name(column: TableColumn) -> str:
    """Return the day or week that is the very name of a column, "" for any other."""
    words, plain = load_words("headers"), plain_header(column.header)
    named = {"week": words["weeks_named"], "date": words["days_named"]}
    return next((role for role, names in named.items() if plain in names and not column.type), "")


def _is_month(tab: str) -> bool:
    reading = read_period_label(tab, DateContext(year=2024))
    return reading is not None and reading.precision == "month"


def _days_of_month(
    pairs: Sequence[tuple[TableColumn, ColumnProfile]], choices: list[list[RoleChoice]]
) -> list[list[RoleChoice]]:
    """Read bare numbers under "Day" on a tab named after a month as its days (reading rules
    2.4).
    """
    headers = frozenset(load_words("headers")["days_of_month"])
    return [
        [RoleChoice("date", _NAMED, f"“{column.header}”")]
        if plain_header(column.header) in headers
        and _are_days_of_month(found)
        and options[0].reason != "config"
        else options
        for (column, found), options in zip(pairs, choices, strict=True)
    ]


def _are_days_of_month(found: ColumnProfile) -> bool:
    whole = [text.removesuffix(".0") for text in found.samples]
    return bool(whole) and all(text.isdecimal() and 1 <= int(text) <= _LAST for text in whole)


_DAY_AT_END = kept_pattern(r"(?<=[가-힣]) ?(?:일|날|일자|날짜|일시)$|\b(?:date|day|on)$")
"""A header that ends in a word for a day says that the cells are days ("결정일", "Served on")."""
_LAST = 31
"""The last day that a month may have."""


def _as_given(
    columns: Sequence[TableColumn], roles: Sequence[str], profiles: Sequence[ColumnProfile]
) -> list[Meaning]:
    """Return the meanings of columns of which none is to be found any more.

    Neither their headers nor what their cells say is asked: a part of a log that was read before
    (its changed pages) means what the whole of it meant, and words and phrases need not be loaded.
    """
    profiles = profiles or [_profile(column, is_known=True) for column in columns]
    return [
        ColumnMeaning(role, "config", _SETTLED, found)
        for role, found in zip(roles, profiles, strict=True)
    ]


def _best(choices: Sequence[Sequence[RoleChoice]]) -> tuple[str, ...]:
    """Return the roles that fit best as a whole."""
    beginnings = [PartialAssignment()]
    for options in choices:
        grown = [
            (
                -(begun.score + option.score + score_pair(begun, option.role)),
                (*begun.roles, option.role),
                begun,
            )
            for begun in beginnings
            for option in options
        ]
        grown.sort(key=itemgetter(0, 1))
        beginnings = [begun.with_next(roles, -cost) for cost, roles, begun in grown[:BEAM]]
    return max(
        beginnings, key=lambda begun: (begun.score + score_whole(begun.roles), begun.roles)
    ).roles


def _dates_by_cells(
    columns: Sequence[TableColumn], choices: list[list[RoleChoice]]
) -> list[list[RoleChoice]]:
    """Drop date roles proved by cells alone, unless those are the only days of the table.

    Where no header is a known phrase, one that ends in a word for a day says it ("결정일").
    """
    dated = [
        place
        for place, options in enumerate(choices)
        if any(one.role in DAYS for one in options if one.role)
    ]
    if all(_unsaid(columns[place]) for place in dated):
        named = [place for place in dated if _ends_in_day(columns[place])]
        named.sort(key=lambda place: not _is_day_of_deed(columns[place]))  # the first of equals
        dated = named[:1] or dated
    kept = []
    for place, options in enumerate(choices):
        by_cells = [one for one in options if one.role == "date" and _unsaid(columns[place])]
        alone = dated == [place]
        kept.append([one for one in options if alone or one not in by_cells])
    return kept


def _ends_in_day(column: TableColumn) -> bool:
    return _DAY_AT_END.search(plain_header(column.header)) is not None


def _is_day_of_deed(column: TableColumn) -> bool:
    """Return whether a header names the day of what was done ("처리일"), not of another thing."""
    return nearest_role(_DAY_AT_END.sub("", plain_header(column.header)), EXACT) in _DEEDS


_DEEDS = frozenset({"execution", "next_kind"})
"""What was done or decided."""


def _sides(
    pairs: Sequence[tuple[TableColumn, ColumnProfile]], choices: list[list[RoleChoice]]
) -> list[list[RoleChoice]]:
    """Read numbers under "Result" or "Test" as the after side of a column named as before.

    So are those that say how much of a target was reached ("Raised").
    """
    sides = {one.role for options in choices for one in options if one.score >= _NAMED}
    sides |= {"target" for options in choices if options and options[0].role == "target"}
    beside = next((side for side in ("before", "target") if side in sides), "")
    if not beside or "after" in sides:
        return choices
    known = frozenset(load_words("headers")[f"beside_{beside}"])
    return [
        [RoleChoice("after", _NAMED, f"“{column.header}” · {beside}"), *options]
        if plain_header(column.header) in known and found.share("number") >= _MOSTLY
        else options
        for (column, found), options in zip(pairs, choices, strict=True)
    ]


def _unsaid(column: TableColumn) -> bool:
    texts = (column.header, column.group)
    near = (
        meaning
        for text in texts
        if text
        for meaning in header_meanings(text)
        if meaning.role in DAYS
    )
    return not column.type and not any(meaning.score >= HINTED for meaning in near)


def _override_of(column: TableColumn, overrides: Mapping[str, str], tab: str) -> str | None:
    """Return the role that the configuration gives a column, by header, group, letter or "Tab!C".

    None for none.
    """
    names = {
        fold(f"{tab}!{column.letter}"),
        fold(column.header),
        fold(f"{column.group} {column.header}"),
        fold(column.letter),
    }
    for name, role in overrides.items():
        if fold(name) in names:
            return OVERRIDES.get(role, role if role in ROLES else "")
    return None


def _profile(column: TableColumn, *, is_known: bool = False) -> ColumnProfile:
    held = sum(1 for value in column.values if value is not None)
    values = column.values if held >= len(column.options) else (*column.values, *column.options)
    return profile(values, len(column.inherited), is_known=is_known)


def _meaning(
    role: str,
    options: Sequence[RoleChoice],
    column: TableColumn,
    *,
    found: ColumnProfile,
    taken: frozenset[str],
) -> Meaning:
    chosen = next((option for option in options if option.role == role), options[0])
    if not role and chosen.reason != "config":
        candidates = candidates_of(column, found, taken) if found.size else ()
        return Open(chosen.reason if found.size else "empty", found, candidates)
    rival = max((option.score for option in options if option.role != role), default=0.0)
    confidence = min(_SETTLED, max(0.05, 0.5 + (chosen.score - rival) / 6))
    return ColumnMeaning(role, chosen.reason, round(confidence, 2), found, chosen.grade)


def parsed_columns(
    columns: Sequence[TableColumn], meanings: Sequence[Meaning], *, shown: bool = True
) -> tuple[ParsedColumn, ...]:
    """Return the assignment as `loopnote columns` shows it.

    Cells only where they may be `shown`.
    """
    return tuple(
        _reading(column, found, shown=shown)
        for column, found in zip(columns, meanings, strict=True)
    )


def _samples(column: TableColumn) -> tuple[str, ...]:
    """Return three cells of this very tab.

    What a meaning was decided by may come from other tabs with its header.
    """
    full = (value for value in islice(column.values, _LOOKED_AT) if is_full(value))
    return tuple(_cell_text(value)[:80] for value in islice(full, 3))


def _cell_text(value: object) -> str:
    """Return a cell as text; spreadsheets keep 40 as 40.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _reading(column: TableColumn, found: Meaning, *, shown: bool) -> ParsedColumn:
    both = column.group and column.header
    return ParsedColumn(
        letter=column.letter,
        header=f"{column.group} / {column.header}" if both else column.header or column.group,
        field=found.role,
        reason=found.reason,
        confidence=found.confidence,
        samples=_samples(column) if shown else (),
        grade=found.grade if isinstance(found, ColumnMeaning) else "open",
        candidates=found.candidates if isinstance(found, Open) else (),
    )
