"""Hides names on the archive's pages: in every text of a view, whatever page it is of (ADR 0723).

A page that is made for readers who see initials or counts only is masked where it is rendered, so
that a new kind of page is masked as well. Links and ids stay as they are.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from .search_data import SearchEntry

_AS_THEY_ARE = frozenset({"href", "url", "id", "top", "style", "script", "home", "search"})
"""Fields that hold addresses and ids, no words."""
_PERSON = "p"
"""Letter of a search condition by person (`search_data.SearchEntry.marks`)."""

T = TypeVar("T")


def with_names_hidden(page: T, hide: Callable[[str], str]) -> T:
    """Return a view with every text masked."""
    return cast(T, _hidden(page, hide))


def _hidden(value: Any, hide: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, tuple | list):
        return type(value)(_hidden(one, hide) for one in value)
    if isinstance(value, dict):
        return {key: _hidden(one, hide) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: _hidden(getattr(value, one.name), hide)
            for one in fields(value)
            if one.name not in _AS_THEY_ARE
        }
        return replace(value, **changed)
    return value


def search_entry_hidden(entry: SearchEntry, hide: Callable[[str], str]) -> SearchEntry:
    """Return what the search keeps of a note without its people."""
    marks = [mark for mark in entry.marks.split("\t") if mark and not mark.startswith(_PERSON)]
    shown = "".join(f"\t{hide(mark)}" for mark in marks) + "\t"
    return replace(entry, people=(), marks=shown, tags=tuple(map(hide, entry.tags)))
