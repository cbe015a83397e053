"""Hides names on the archive's pages: in every text of a view, whatever page it is of (ADR 0723).

A page that is made for readers who see initials or counts only is masked where it is rendered, so
that a new kind of page is masked as well. Links, ids and values of a closed set (a language, a
tone) stay as they are: somebody may be called Ko, Good or Ed.
"""

from collections.abc import Callable
from dataclasses import Field, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar, cast, get_origin

from notes.store.search.fields import fold_value
from reports.archive.search_data import SearchEntry, joined_marks, mark_of

_AS_THEY_ARE = frozenset({
    "href", "url", "id", "top", "style", "script", "home", "search", "conditions",
})  # fmt: skip
"""Fields that hold addresses and ids, no words."""
_NAMING = ("p", "t")
"""Letters of the search conditions whose values a person wrote: people and tags (`mark_of`)."""

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
            if _is_text(one)
        }
        return replace(value, **changed)
    return value


def _is_text(one: Field[Any]) -> bool:
    return one.name not in _AS_THEY_ARE and get_origin(one.type) is not Literal


def search_entry_hidden(entry: SearchEntry, hide: Callable[[str], str]) -> SearchEntry:
    """Return what the search keeps of a note without its people; tags are found as they are
    shown.
    """
    tags = tuple(map(hide, entry.tags))
    marks = {mark for mark in entry.marks.split("\t") if mark and not mark.startswith(_NAMING)}
    marks |= {mark_of("tag", fold_value(tag)) for tag in tags}
    return replace(entry, people=(), marks=joined_marks(marks), tags=tags)
