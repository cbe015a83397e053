"""Type checks of JSON values against the records of the model, for imported files.

Members that the noun does not know are let pass, as the store does (`payload._made`).
"""

import math
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from notes.model.notes import Details

TypeCheck = Callable[[Any], bool]
_LARGEST = 2**63 - 1
"""The largest number of a BIGINT column; JSON itself has no limit."""


@cache
def type_check(hint: Any) -> TypeCheck:
    """Return the check whether a JSON value is of this type.

    Text, number, day, choice, list, record, or nothing.
    """
    plain = _PLAIN.get(hint)
    if plain:
        return plain
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in parts
    if origin in {Union, types.UnionType}:
        choices = [type_check(part) for part in parts]
        return lambda value: any(choice(value) for choice in choices)
    if origin is tuple:
        return _list(parts)
    if origin is dict:
        part = type_check(parts[1])
        return lambda value: isinstance(value, dict) and all(map(part, value.values()))
    raise TypeError(f"nothing is known about values of {hint!r}")


def _whole(value: Any) -> bool:
    return type(value) is int and -_LARGEST <= value <= _LARGEST


def _number(value: Any) -> bool:
    return _whole(value) or (type(value) is float and math.isfinite(value))


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


_PLAIN: dict[Any, TypeCheck] = {
    str: lambda value: isinstance(value, str),
    bool: lambda value: isinstance(value, bool),
    int: _whole,
    float: _number,
    date: _day,
    type(None): lambda value: value is None,
}
"""The check of each plain type; a bool is no number."""


def _list(parts: tuple[Any, ...]) -> TypeCheck:
    if len(parts) == 2 and parts[1] is ...:
        each = type_check(parts[0])
        return lambda value: isinstance(value, list) and all(map(each, value))
    several = [type_check(part) for part in parts]
    return lambda value: (
        isinstance(value, list)
        and len(value) == len(several)
        and all(check(part) for check, part in zip(several, value, strict=True))
    )


def _record(kind: type) -> TypeCheck:
    checks, needed = member_checks(kind), required_members(kind)

    told_apart = kind in get_args(Details)

    def check(value: Any) -> bool:
        if not isinstance(value, dict) or not needed <= value.keys():
            return False
        if told_apart and value.get("is") != kind.__name__:
            return False
        return all(name not in checks or checks[name](part) for name, part in value.items())

    return check


@cache
def member_checks(kind: type) -> dict[str, TypeCheck]:
    """Return the check of each member of a record type."""
    hints = get_type_hints(kind)
    return {field.name: type_check(hints[field.name]) for field in fields(kind)}


@cache
def required_members(kind: type) -> frozenset[str]:
    """Return the members that a record cannot do without."""
    return frozenset(field.name for field in fields(kind) if field.default is MISSING)
