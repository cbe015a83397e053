"""Finds two number columns that their headers name as before and after of one thing.

"클릭률 기존 평균" beside "클릭률 이번", "Signups then" beside "Signups now": what is left of the
two headers without the words that tell the sides apart is the same, and names the metric (reading
rules 9.3, 9.3a: only headers make a pair).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from notes.system.compiled_tables import kept_pattern
from sync.contents.workbook import Value
from sync.parsing.profiles.column_profile import ColumnProfile, cell_sort
from sync.parsing.tables.record_table import TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_kinds import composed_roles
from sync.parsing.vocabulary.header_phrases import (
    EXACT,
    HINTED,
    nearest_role,
    plain_header,
    whole,
)

from .grades import RoleChoice

_SETTLED = 8.0
"""More than any header alone: both sides together leave no doubt."""
_MOSTLY = 0.6
"""Share of numbers from which cells are measured; judgement: a clear majority."""
_SHORT = 24
"""Characters up to which a cell may be a number with its name; judgement: longer ones are told."""
_SIDE_WORDS = 3
"""Words in which a side is said; judgement: "하고 난 뒤" has three."""
_COMPOSED = -1
"""The place of sides that no pair of the vocabulary lists."""
_LOOKED_AT = 200
"""Cells looked at per column; bounds the work."""

_COUNTS = kept_pattern(r"(\d{1,6})\s?/\s?(\d{1,6})(?:\s?\([^()]{1,12}\))?")
"""Hits of a total ("9/40"), perhaps with their share behind ("9/40 (22%)")."""

DAYS = frozenset({"date", "start_date", "end_date", "due", "week", "logged"})
"""The roles of days; a side of a number has none of them."""

Pairs = Sequence[tuple[TableColumn, ColumnProfile]]


def with_counts(pairs: Pairs, sides: Collection[int]) -> list[tuple[TableColumn, ColumnProfile]]:
    """Return the columns with counts of a pair before and after (`sides`) profiled as numbers.

    "9/40" and "9/10" look like days; under "개선 전" and "Before" they are hits of a total.
    """
    return [
        (column, _as_numbers(found) if place in sides and _are_counts(column.values) else found)
        for place, (column, found) in enumerate(pairs)
    ]


def without_days(choices: list[list[RoleChoice]], sides: Collection[int]) -> list[list[RoleChoice]]:
    """Return the choices without those of days for a pair before and after (reading rules 9.3).

    A configured column keeps what it was given.
    """
    return [
        [one for one in options if one.role not in DAYS or one.reason == "config"]
        if place in sides
        else options
        for place, options in enumerate(choices)
    ]


def named_sides(columns: Sequence[TableColumn]) -> frozenset[int]:
    """Return the places of the columns that are before or after of a pair by their headers alone.

    Of one thing ("방문 전", "방문 후"), or by their very names ("Baseline", "Result").
    """
    found: dict[tuple[int, str], dict[str, int]] = {}
    beside = frozenset(load_words("headers")["beside_before"])
    for place, column in enumerate(columns):
        for pair, side, rest in sides_of(column.header):
            if nearest_role(rest, HINTED) not in DAYS:  # "기존 마감일" and "변경 마감일" are days
                found.setdefault((pair, rest), {}).setdefault(side, place)
        role = nearest_role(column.header, EXACT)
        named = "after" if plain_header(column.header) in beside else role
        if named in ("before", "after"):
            found.setdefault((_COMPOSED, ""), {}).setdefault(named, place)
    return frozenset(
        sides[side]
        for sides in found.values()
        for side in ("before", "after")
        if {"before", "after"} <= sides.keys()
    )


def _are_counts(values: Sequence[Value]) -> bool:
    """Return whether all cells that look like days are hits of a total that is not less."""
    held = [value for value in values[:_LOOKED_AT] if value is not None]
    dated = [value for value in held if cell_sort(value) == "date"]
    return bool(dated) and all(isinstance(value, str) and _is_count(value) for value in dated)


def _is_count(text: str) -> bool:
    found = _COUNTS.fullmatch(text.strip())
    return found is not None and int(found[1]) <= int(found[2])


def _as_numbers(found: ColumnProfile) -> ColumnProfile:
    """Return a profile in which what looked like days are numbers."""
    shares = dict(found.shares)
    shares["number"] = shares.get("number", 0.0) + shares.pop("date", 0.0)
    ordered = sorted(shares.items(), key=lambda share: (-share[1], share[0]))
    return replace(found, shares=tuple(ordered))


def with_sides(pairs: Pairs, choices: list[list[RoleChoice]]) -> list[list[RoleChoice]]:
    """Return the choices with the two sides of a metric settled."""
    named = _sides(pairs)
    if not named and any(options and options[0].role == "winner" for options in choices):
        named = _letters(pairs)
    return [
        [RoleChoice(named[place], _SETTLED, f"“{column.header}”"), *options[-1:]]
        if place in named
        else options
        for place, ((column, _), options) in enumerate(zip(pairs, choices, strict=True))
    ]


def _sides(pairs: Pairs) -> dict[int, str]:
    found: dict[tuple[int, str], dict[str, int]] = {}
    for place, (column, held) in enumerate(pairs):
        if not _measures(column) or held.share("date", "week") > 1 - _MOSTLY:
            continue
        for pair, side, rest in sides_of(column.header):
            found.setdefault((pair, rest), {}).setdefault(side, place)
    return {
        place: side for sides in found.values() if len(sides) > 1 for side, place in sides.items()
    }


def _letters(pairs: Pairs) -> dict[int, str]:
    """Return the sides "A …" and "B …" (or "… A") of one measure, in a log that names a winner."""
    found: dict[str, dict[str, int]] = {}
    for place, (column, _) in enumerate(pairs):
        words = whole(column.header).split()
        for letter, rest in ((words[:1], words[1:]), (words[-1:], words[:-1])):
            if rest and letter[0] in _LETTERS and _measures(column):
                found.setdefault(" ".join(rest), {}).setdefault(_LETTERS[letter[0]], place)
    return {
        place: side for sides in found.values() if len(sides) > 1 for side, place in sides.items()
    }


_LETTERS = {"a": "before", "a안": "before", "b": "after", "b안": "after"}
"""The first of two is the one in use (reading rules 6.1: the variant winning is a success)."""


def _measures(column: TableColumn) -> bool:
    """Return whether cells hold numbers, perhaps behind their name ("오픈율 8%")."""
    held = [value for value in column.values[:_LOOKED_AT] if value is not None]
    short = [value for value in map(str, held) if len(value) <= _SHORT]
    return sum(1 for text in short if any(map(str.isdigit, text))) >= _MOSTLY * max(1, len(held))


def sides_of(header: str) -> list[tuple[int, str, str]]:
    """Return the sides that a header may name: the pair of words, the side, the rest of the header.

    >>> {(side, rest) for _, side, rest in sides_of("클릭률 이번 평균")}
    {('after', '클릭률')}
    >>> sides_of("신규 고객"), sides_of("개선 전")[0][1:]
    ([], ('before', '개선'))
    >>> sides_of("클릭률 목표")[0][1:], sides_of("목표")
    (('target', '클릭률'), [])
    """
    texts = dict.fromkeys((whole(header), plain_header(header)))
    plain = [text.split() for text in texts]
    composed = (one for words in plain for one in _composed_sides(words))
    return list(dict.fromkeys([*_listed_sides(plain), *composed]))


def _composed_sides(words: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the side that the first or the last words of a header say together, with the rest:
    "하고 난 뒤 판매량", "판매량 바꾸기 전".
    """
    for size in range(1, min(len(words) - 1, _SIDE_WORDS) + 1):
        for told, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            side = composed_roles(" ".join(told))
            if side in (("before",), ("after",)) and _values().isdisjoint(told):
                yield _COMPOSED, side[0], " ".join(rest)


@cache
def _values() -> frozenset[str]:
    """Return the words of a value, which belong to the name of the number ("저장 수 이후")."""
    return frozenset(load_words("header_kinds")["syllables"]["value"])


def _listed_sides(plain: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    readings = [[word for word in words if word not in _beside()] for words in plain]
    return [
        (pair, side, rest)
        for pair, (first, both) in enumerate(_pairs())
        for side, known in zip((first, "after"), both, strict=True)
        for words in (readings if first == "before" else plain)
        if (rest := _rest(words, known.split(), last=both in _last_pairs())) is not None
        and (rest or first == "before")
    ]


def _rest(words: Sequence[str], side: Sequence[str], *, last: bool) -> str | None:
    """Return the words of a header without those of its side, None without one.

    The last place where they stand counts: "조회수 직전 글" leaves "조회수 글". `last`: it has
    to be the end, behind a name.
    """
    if last:
        return " ".join(words[: -len(side)]) or None if words[-len(side) :] == side else None
    for place in range(len(words) - len(side), -1, -1):
        if words[place : place + len(side)] == side:
            return " ".join((*words[:place], *words[place + len(side) :]))
    return None


@cache
def _last_pairs() -> tuple[tuple[str, str], ...]:
    return tuple((before, after) for before, after in load_words("metrics")["side_pairs_last"])


@cache
def _pairs() -> tuple[tuple[str, tuple[str, str]], ...]:
    """Return the words of the two sides of each pair, and what the first side is.

    A target and what was reached are a pair only with their thing ("클릭률 목표", "클릭률 결과").
    """
    reached = [(target, after) for target, after in load_words("metrics")["target_pairs"]]
    return (
        *(("before", both) for both in _changes()),
        *(("target", both) for both in reached),
    )


def _changes() -> tuple[tuple[str, str], ...]:
    words = load_words("metrics")
    return (
        *_last_pairs(),
        *((before, after) for before, after in words["side_pairs"]),
        *((f"before {thing}", f"after {thing}") for thing in words["done_things"]),
        *(
            (f"{done} 전", f"{done} {after}")
            for done in words["interventions"]
            for after in _BEHIND
        ),
        *(
            (f"{to_do} 전", f"{done} {after}")
            for to_do, done in words["done_verbs"]
            for after in _BEHIND
        ),
    )


_BEHIND = ("후", "뒤")
"""Ways to say after in Korean."""


@cache
def _beside() -> frozenset[str]:
    return frozenset(load_words("metrics")["beside_side"])
