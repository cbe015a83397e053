"""Checks a value of the configuration by the type that its setting names.

    type, value ─► the value (stripped, a whole number as a decimal one) │ WRONG and a `Mistake`

Strict: a number in quotes is no number, `true` no number, a text no list. Written for this one purpose because building
the models of a general library took a third of the time of a command that finds nothing to do (ADR 0443).
"""

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

Place = tuple[int | str, ...]
"""Keys and places in lists from the top of the file to a value."""

WRONG: Final = object()
"""Stands for a value that is a mistake."""


MistakeKind = Literal["unknown", "missing", "no_kind", "choice", "value"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one value; `choices` are the values that it may have, as a text."""

    place: Place
    kind: MistakeKind
    value: object
    message: str = ""
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the file, and the mistakes found so far, which all spots of a reading share."""

    place: Place = ()
    mistakes: list[Mistake] = field(default_factory=list)

    def at(self, key: int | str) -> "Spot":
        """Return the spot of a value in this one."""
        return Spot((*self.place, key), self.mistakes)

    def tell(
        self, kind: MistakeKind, value: object, message: str = "", *, choices: str = ""
    ) -> Any:
        """Add a mistake, and return WRONG."""
        self.mistakes.append(Mistake(self.place, kind, value, message, choices))
        return WRONG

    def wrong(self, value: object, message: str) -> Any:
        """Add what is wrong with a value, and return WRONG."""
        return self.tell("value", value, message)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the largest number."""

    least: int
    most: int | None = None

    def fault(self, value: Any) -> str:
        """Return what is wrong, "" for nothing."""
        if value < self.least:
            return f"Input should be greater than or equal to {self.least}"
        if self.most is not None and value > self.most:
            return f"Input should be less than or equal to {self.most}"
        return ""


@dataclass(frozen=True, slots=True)
class Written:
    """How a text is written: its length in characters, and a pattern for all of it.

    `stripped`: blanks around it are left out first.
    """

    shortest: int = 0
    longest: int | None = None
    pattern: str = ""
    stripped: bool = False

    def fault(self, value: str) -> str:
        """Return what is wrong, "" for nothing."""
        if len(value) < self.shortest:
            plural = "" if self.shortest == 1 else "s"
            return f"String should have at least {self.shortest} character{plural}"
        if self.longest is not None and len(value) > self.longest:
            return f"String should have at most {self.longest} characters"
        if self.pattern and not re.fullmatch(self.pattern, value):
            return f"String should match pattern '{self.pattern}'"
        return ""


@dataclass(frozen=True, slots=True)
class ByKind:
    """Which of several sections a table is: the one whose setting `kind` can have its value."""


Rule = Bounds | Written | Callable[[str], str]
"""What an `Annotated` type asks besides; a function returns the text to keep, or raises ValueError."""


def read_value(kind: Any, value: object, spot: Spot) -> Any:
    """Return a value as its type wants it, or WRONG with one mistake or more added."""
    origin, parts = get_origin(kind), get_args(kind)
    if hasattr(kind, "read_table"):
        return kind.read_table(value, spot)
    reader = _READERS.get(origin)
    return reader(parts, value, spot) if reader else _plain(kind, value, spot)


def _annotated(parts: tuple[Any, ...], value: object, spot: Spot) -> Any:
    inner, *rules = parts
    if isinstance(rules[0], ByKind):
        return _by_kind(get_args(inner), value, spot)
    found = read_value(inner, value, spot)
    return found if found is WRONG else _by_rules(rules, found, spot)


def _plain(kind: Any, value: object, spot: Spot) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and kind is float:
        return float(value)
    # What Python counts among whole numbers and days, and nobody else.
    narrower = {int: bool, date: datetime}.get(kind, ())
    if isinstance(value, kind) and not isinstance(value, narrower):
        return value
    return spot.wrong(value, f"Input should be a valid {_NAMES[kind]}")


_NAMES: Mapping[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
    tuple: "list",
    dict: "dictionary",
}


def _by_rules(rules: list[Rule], value: Any, spot: Spot) -> Any:
    found = value
    for rule in rules:
        if isinstance(rule, Written) and rule.stripped:
            found = found.strip()
        if isinstance(rule, Bounds | Written):
            fault = rule.fault(found)
        else:
            try:
                found, fault = rule(found), ""
            except ValueError as error:
                fault = str(error)
        if fault:
            return spot.wrong(value, fault)
    return found


def _one_of(kinds: tuple[Any, ...], value: object, spot: Spot) -> Any:
    """Return a value that is of one of several types; the texts of all choices where it is of none."""
    if value is None and type(None) in kinds:
        return None
    left = [kind for kind in kinds if kind is not type(None)]
    if len(left) == 1:
        return read_value(left[0], value, spot)
    for kind in left:
        found = read_value(kind, value, Spot())
        if found is not WRONG:
            return found
    chosen = [
        one
        for kind in left
        for one in (("true", "false") if kind is bool else map(repr, get_args(kind)))
    ]
    return spot.tell("choice", value, choices=_listed(chosen))


def _chosen(choices: tuple[Any, ...], value: object, spot: Spot) -> Any:
    if value in choices and not isinstance(value, bool):
        return value
    return spot.tell("choice", value, choices=_listed(list(map(repr, choices))))


def _listed(choices: list[str]) -> str:
    """Return `'a', 'b' or 'c'`."""
    first = ", ".join(choices[:-1])
    return f"{first} or {choices[-1]}" if first else choices[-1]


def _list(kinds: tuple[Any, ...], value: object, spot: Spot) -> Any:
    """Return a list as a tuple."""
    if not isinstance(value, list | tuple):
        return spot.wrong(value, f"Input should be a valid {_NAMES[tuple]}")
    found = tuple(read_value(kinds[0], one, spot.at(place)) for place, one in enumerate(value))
    return WRONG if any(one is WRONG for one in found) else found


def _free_table(kinds: tuple[Any, ...], value: object, spot: Spot) -> Any:
    """Return a table whose keys a person chooses."""
    if not isinstance(value, Mapping):
        return spot.wrong(value, f"Input should be a valid {_NAMES[dict]}")
    found = {key: read_value(kinds[1], one, spot.at(key)) for key, one in value.items()}
    return WRONG if any(one is WRONG for one in found.values()) else found


def _by_kind(sections: tuple[Any, ...], value: object, spot: Spot) -> Any:
    """Return a table as the section of its kind."""
    if isinstance(value, sections):
        return value
    if not isinstance(value, Mapping):
        return spot.wrong(value, "Input should be a valid dictionary")
    known = {get_args(section.settings["kind"].kind)[0]: section for section in sections}
    if "kind" not in value:
        return spot.tell("no_kind", value)
    kind = value["kind"]
    section = known.get(kind) if isinstance(kind, str) else None
    if section is None:
        return spot.tell("choice", kind, choices=", ".join(map(repr, known)))
    return section.read_table(value, spot)


_READERS: Mapping[Any, Callable[[tuple[Any, ...], object, Spot], Any]] = {
    Annotated: _annotated,
    Union: _one_of,
    types.UnionType: _one_of,
    Literal: _chosen,
    tuple: _list,
    dict: _free_table,
}
