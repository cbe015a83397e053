"""Which cached vocabulary functions a child has filled, so that its parent can fill them for the
next.

Words, patterns and phrases are compiled where they are first asked for, by functions without
arguments that keep their result (`@cache`). A child loses them when it ends: its parent fills the
same functions, and the children to come inherit the results.
"""

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

_ROOM = "sync.parsing."
"""The vocabulary is here, and nothing in here depends on time, disk or network."""

Built = tuple[str, str]
"""A module and the name of one of its functions."""


def built() -> frozenset[Built]:
    """Return the functions of the vocabulary that keep a result in this process."""
    rooms = [(name, vars(module)) for name, module in sys.modules.items() if name.startswith(_ROOM)]
    return frozenset(
        (room, name)
        for room, members in rooms
        for name, one in list(members.items())
        if _is_kept(one, room)
    )


def _is_kept(one: Any, room: str) -> bool:
    """Return whether this is a function of the module, without arguments, of which a result
    is kept.
    """
    if not hasattr(one, "cache_info") or one.__module__ != room:
        return False
    code = one.__wrapped__.__code__
    return not code.co_argcount and not code.co_kwonlyargcount and one.cache_info().currsize > 0


def build(functions: Iterable[Built]) -> None:
    """Call these functions, so that this process and its children have their results."""
    for function in _found(functions):
        function()


def _found(functions: Iterable[Built]) -> Iterator[Any]:
    for room, name in sorted(functions):
        yield getattr(import_module(room), name)
