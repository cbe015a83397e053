"""Column families that name each other: plan · do · check · act, symptom · cause · fix, and so on.

What belongs together is in `vocabulary/families.toml`; reading rules 4 says what each part feeds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sync.parsing.cells.outcomes import read_verdict
from sync.parsing.profiles.column_profile import SAMPLE, cell_sort
from sync.parsing.tables.record_table import TableColumn
from sync.parsing.vocabulary import load_words
from sync.parsing.vocabulary.header_phrases import (
    EXACT,
    header_meanings,
    nearest_role,
    plain_header,
    wordings,
)

from .grades import RoleChoice
from .role_choices import several_kinds

_SETTLED = 8.0
"""More than any header alone: what a family says of its columns is not outvoted."""
_LIKE = 0.8
"""From here a wording of a header is the header itself, or what stands in its brackets."""
_NEAR = 0.6
"""Likeness from which a header may be a part of a family in other words; judgement:
`KNOWN` less what the family's other parts prove."""
_MOSTLY = 0.6
"""Share of numbers, ticks and days from which a column holds no texts; judgement: a clear
majority."""
_NO_TEXTS = frozenset({"number", "tick", "change", "date", "week", "link"})
_AS_IT_IS = "verdict"
"""The part that only shows that a family is there; its column means what its header says."""
_MEASURED = frozenset({"before", "after"})
"""Parts whose cells are numbers."""
_STATES = frozenset({"state_before", "state_after"})
"""Parts whose cells tell how something was, and count nothing."""
_FEW_WORDS = 2
"""Words of the name of a phase; judgement: steps are sentences."""
_OF_ANY_SORT = frozenset(
    {
        "",
        "kept",
        "verdict",
        "approval",
        "outcome",
        "status",
        "done_check",
        "key",
        "edited",
        "tags",
        "owners",
        "date",
    }
)
"""Parts whose cells need not be sentences."""
_CAME_OUT = frozenset({"result", "outcome", "metric", "retrospective", "learned"})
"""What came out is not what was done: "Expected outcome" beside "Actual outcome"."""


@dataclass(frozen=True, slots=True)
class _Family:
    """One family: `parts` has the headers of each part, `needs` the required ones ("one|other")."""

    reason: str
    least: int
    needs: tuple[str, ...]
    without: frozenset[str]
    same_rest: bool
    parts: Mapping[str, frozenset[str]]


def with_families(
    columns: Sequence[TableColumn], choices: list[list[RoleChoice]]
) -> list[list[RoleChoice]]:
    """Return the choices with the columns of the first family that is there settled."""
    for family in _families():
        found = _found(family, columns)
        if found and not _is_another_frame(family, found, choices):
            named = _fed(
                found,
                titled=_has_title(found, choices),
                told_else=_is_named_beside("result", found, choices),
            )
            return [
                [RoleChoice(named[place], _SETTLED, family.reason)] if place in named else options
                for place, options in enumerate(choices)
            ]
    return choices


def _found(family: _Family, columns: Sequence[TableColumn]) -> dict[int, str]:
    """Return the part that each column is, {} where the family is not there.

    A header of choices ("Keep / drop / tweak") is none of its parts.
    """
    found = {
        place: part
        for place, column in enumerate(columns)
        if not several_kinds(column.header) and (part := _part(family, column)) is not None
    }
    if family.same_rest and not set(found.values()) >= set(family.needs):
        found = _with_the_same_rest(family, columns)
    parts = set(found.values()) - {""}
    met = all(parts & set(need.split("|")) for need in family.needs)
    return found if len(parts) >= family.least and met else {}


def _part(family: _Family, column: TableColumn) -> str | None:
    """Return which part a column is, None for none.

    Its header says so, and its cells are not of another sort.
    """
    for is_named in (_is_word, _is_near):
        named = [part for part, headers in family.parts.items() if is_named(column.header, headers)]
        if named:
            return next((part for part in named if _fits(part, column)), None)
    return None


def _fits(part: str, column: TableColumn) -> bool:
    """Return whether the cells of a column may be what its header says of it in a family."""
    if part in _MEASURED:
        return _are_measured(column)
    if part in _STATES:
        return _are_told(column)
    if part == "phase":
        return _are_words(column)
    if part == "judged":
        return _are_judged(column)
    if plain_header(column.header).endswith(" by") and _are_words(column):
        return part in _OF_ANY_SORT  # who fixed it, not how it was fixed
    return part in _OF_ANY_SORT or _are_texts(column)


def _is_word(header: str, headers: frozenset[str]) -> bool:
    return any(weight >= _LIKE and wording in headers for wording, weight in wordings(header))


def _is_near(header: str, headers: frozenset[str]) -> bool:
    roles = {one[1:] for one in headers if one.startswith("@")}
    return bool(roles) and (
        nearest_role(header, _NEAR) in roles
        or any(one.score >= EXACT and one.role in roles for one in header_meanings(header))
    )


def _are_texts(column: TableColumn) -> bool:
    held = [value for value in column.values[:SAMPLE] if value is not None]
    return sum(1 for value in held if cell_sort(value) in _NO_TEXTS) < _MOSTLY * max(1, len(held))


def _are_told(column: TableColumn) -> bool:
    """Return whether the cells are texts, hardly any with a number in it."""
    held = [value for value in column.values[:SAMPLE] if value is not None]
    told = sum(1 for one in held if isinstance(one, str) and not any(map(str.isdigit, one)))
    return bool(held) and told >= _HARDLY_COUNTED * len(held)


_HARDLY_COUNTED = 0.9
"""Share of cells without a number from which nothing is measured; judgement, as one of ten may
mention one."""


def _are_measured(column: TableColumn) -> bool:
    held = [value for value in column.values[:SAMPLE] if value is not None]
    measured = sum(1 for value in held if cell_sort(value) in ("number", "change"))
    return bool(held) and measured >= _MOSTLY * len(held)


def _are_words(column: TableColumn) -> bool:
    """Return whether the cells are single words, neither sentences of steps nor states of work."""
    held = [value for value in column.values[:SAMPLE] if isinstance(value, str)]
    states = sum(1 for value in held if read_verdict(value) is not None)
    short = all(len(value.split()) <= _FEW_WORDS for value in held)
    return bool(held) and short and states * 2 <= len(held)


def _are_judged(column: TableColumn) -> bool:
    """Return whether most cells say how it went ("Validated"), not that it is over ("Fixed")."""
    held = [value for value in column.values[:SAMPLE] if isinstance(value, str)]
    read = [verdict.sense for value in held if (verdict := read_verdict(value))]
    return sum(sense in _WENT for sense in read) * 2 > len(held)


_WENT = frozenset({"success", "failure", "inconclusive"})
"""Verdicts on a trial; what was dropped or is running says nothing of how it went."""


def _with_the_same_rest(family: _Family, columns: Sequence[TableColumn]) -> dict[int, str]:
    """Find headers that differ in their first or their last word only: "예상 진행상황" beside "현재
    진행상황", "CR control" beside "CR variation".

    What was expected and what came of it ("Expected result", "Actual result") is no plan and deed.
    """
    found: dict[str, dict[str, int]] = {}
    for place, column in enumerate(columns):
        part, rest = _part_and_rest(family, plain_header(column.header))
        came_out = part not in _MEASURED and nearest_role(rest, _NEAR) in _CAME_OUT
        if rest and part and not came_out and _fits(part, column):
            found.setdefault(rest, {}).setdefault(part, place)
    both = next((parts for parts in found.values() if len(parts) == len(family.needs)), {})
    return {place: part for part, place in both.items()}


def _part_and_rest(family: _Family, header: str) -> tuple[str, str]:
    """Return the part that the first word of a header names, else the last, and the other words."""
    first, _, behind = header.partition(" ")
    before, _, last = header.rpartition(" ")
    for word, rest in ((first, behind), (last, before)):
        part = next((part for part, headers in family.parts.items() if word in headers), "")
        if part:
            return part, rest
    return "", ""


def _is_another_frame(
    family: _Family, found: Mapping[int, str], choices: Sequence[Sequence[RoleChoice]]
) -> bool:
    """Return whether another column is by its header of another frame; "Why" may be of several."""
    others = (options for place, options in enumerate(choices) if place not in found)
    exact = ({one.role for one in options if _is_exact(one)} for options in others)
    return any(len(roles) < _SEVERAL and roles & family.without for roles in exact)


_SEVERAL = 3
"""Meanings by the very header from which it tells nothing of a frame ("Why": what for, what is
believed, how it went); judgement: two may be a name and its deed."""


def _is_exact(choice: RoleChoice) -> bool:
    return choice.reason.startswith("“") or choice.score >= _SETTLED


def _has_title(found: Mapping[int, str], choices: Sequence[Sequence[RoleChoice]]) -> bool:
    """Return whether a column beside the family names the records by its very header."""
    return _is_named_beside("title", found, choices)


def _is_named_beside(
    role: str, found: Mapping[int, str], choices: Sequence[Sequence[RoleChoice]]
) -> bool:
    """Return whether the very header of a column beside the family names a role."""
    others = (options for place, options in enumerate(choices) if place not in found)
    return any(options and options[0].role == role and _is_exact(options[0]) for options in others)


def _fed(found: Mapping[int, str], *, titled: bool, told_else: bool) -> dict[int, str]:
    """Return the meaning of each column of a family.

    What names a trouble is its title where its cause is told, and no other column is one; where
    `told_else`, as what came of it, it is only the problem.
    """
    told = set(found.values())
    symptom = "title" if "retrospective" in told and not titled else "retrospective"
    if symptom == "retrospective" and told_else and "retrospective" not in told:
        symptom = "problem"
    fed = {
        "symptom": symptom,
        "phase": "tags",
        "judged": "outcome",
        "issue": "title" if "retrospective" in told else "problem",
        "attempt": "execution",
        "state_before": "problem",
        "state_after": "result",
        "came_of_fix": "result" if told & {"execution", "attempt"} else "execution",
        "ideas": "next_action",
        "": "kept",
    }
    named = {place: fed.get(part, part) for place, part in found.items() if part != _AS_IT_IS}
    troubles = [place for place in sorted(found) if found[place] == "symptom"]
    if fed["symptom"] == "title":
        named.update(dict.fromkeys(troubles[1:], "retrospective"))
    return named


@cache
def _families() -> tuple[_Family, ...]:
    book: Mapping[str, Any] = load_words("families")
    return tuple(
        _Family(
            reason=one["reason"],
            least=one["least"],
            needs=tuple(one["needs"]),
            without=frozenset(one.get("without", ())),
            same_rest=one.get("same_rest", False),
            parts={part: frozenset(listed) for part, listed in one["parts"].items()},
        )
        for one in book.values()
    )
