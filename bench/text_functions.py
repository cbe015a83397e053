"""Finds the functions that read a text, wherever the readers of logs have one: a new one needs no
entry.

    modules of PACKAGES ─► public functions ─► those whose arguments a text can fill

What needs a table instead is tried by the layouts of `bench.linear_layouts`.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import FunctionType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

PACKAGES = ("sync.parsing",)
MODULES = (
    "sync.files.text_tables.csv_dialect",
    "sync.files.text_tables.csv_records",
    "sync.notion.address",
    "sync.notion.bodies.markdown_body",
    "sync.notion.property_names",
    "sync.notion.messages",
)
"""Beside the packages: what else reads whole texts of a team."""
OF_KEYWORDS = {
    "sync.parsing.cells.date_grammar.date_ranges.period_words",
    "sync.parsing.cells.date_grammar.days.month_number",
    "sync.parsing.cells.korean_endings.has_final",
    "sync.parsing.layout.line_kinds.line_words",
    "sync.parsing.vocabulary.load_words",
}
"""Functions that take one of our own words or a single letter, never a text of a team."""

Parser = Callable[[str], object]


def functions() -> Iterator[tuple[str, FunctionType]]:
    """Yield every public function of the readers by its full name, without its cache."""
    for name in _modules():
        for short, value in vars(importlib.import_module(name)).items():
            plain = inspect.unwrap(value) if callable(value) else None
            if isinstance(plain, FunctionType) and plain.__module__ == name and short[0] != "_":
                yield f"{name}.{short}", plain


def text_functions() -> dict[str, Parser]:
    """Return those that a text alone can be given to, as functions of one text."""
    return {
        name: _of_one_text(function, arguments)
        for name, function in functions()
        if name not in OF_KEYWORDS and (arguments := _arguments(function)) is not None
    }


def table_functions() -> dict[str, FunctionType]:
    """Return those that take a text together with something else, or nothing but tables."""
    alone = text_functions()
    return {
        name: function
        for name, function in functions()
        if name not in alone and name not in OF_KEYWORDS and _needs_text(function)
    }


def _modules() -> Iterator[str]:
    yield from MODULES
    for package in PACKAGES:
        path = importlib.import_module(package).__path__
        yield from (found.name for found in pkgutil.walk_packages(path, f"{package}."))


_TEXT, _TEXTS, _SET, _NOTHING = object(), object(), object(), object()
"""What an argument is filled with: the text, two of it, a set of it, an empty mapping."""


def _arguments(function: FunctionType) -> dict[str, Any] | None:
    """Return what each argument without a default is filled with; None where a text cannot
    fill them.
    """
    hints = get_type_hints(function)
    asked = inspect.signature(function).parameters.values()
    filled = {one.name: _filling(hints.get(one.name)) for one in asked if one.default is one.empty}
    if None in filled.values() or not any(one in (_TEXT, _TEXTS, _SET) for one in filled.values()):
        return None
    return filled


def _filling(hint: Any) -> Any:
    """Return what fills an argument of a type; None for a record."""
    from sync.parsing.cells.date_grammar.date_context import ANYWHERE, DateContext

    simple = {str: _TEXT, bool: False, int: 0, float: 0.5, DateContext: ANYWHERE}
    if hint in simple:
        return simple[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return arguments[0]
    if origin in {Mapping, dict}:
        return _NOTHING
    if origin in {AbstractSet, set, frozenset}:
        return _SET if str in arguments else None
    if origin in {Sequence, Collection, Iterable, list, tuple}:
        return _TEXTS if arguments and _takes_text(arguments[0]) else None
    return _TEXT if _takes_text(hint) else None


def _takes_text(hint: Any) -> bool:
    """Say whether a text is one of the values of a type: a cell may be a number or a day, too."""
    return hint is str or (get_origin(hint) in {Union, UnionType} and str in get_args(hint))


def _of_one_text(function: FunctionType, arguments: Mapping[str, Any]) -> Parser:
    kinds = inspect.signature(function).parameters

    def value(filling: Any, text: str) -> Any:
        if filling is _TEXT:
            return text
        if filling is _TEXTS:
            return (text, text)
        if filling is _SET:
            return {text}
        return {} if filling is _NOTHING else filling

    def parse(text: str) -> object:
        given = {name: value(filling, text) for name, filling in arguments.items()}
        in_order = [
            given[name] for name in given if kinds[name].kind != inspect.Parameter.KEYWORD_ONLY
        ]
        named = {
            name: one
            for name, one in given.items()
            if kinds[name].kind == inspect.Parameter.KEYWORD_ONLY
        }
        found = function(*in_order, **named)
        return list(found) if isinstance(found, Iterator) else found

    return parse


def _needs_text(function: FunctionType) -> bool:
    """Say whether a text of a team can come in by an argument: not by numbers and days alone."""
    hints = get_type_hints(function)
    hints.pop("return", None)
    return any(hint not in {int, float, bool} for hint in hints.values())
