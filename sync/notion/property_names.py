"""Decides from property names alone what a Notion database needs to have read. Pure.

These are: whether the log's texts stand in the properties or in the page bodies, and which
truncated values are worth a request.
"""

from collections.abc import Collection, Iterable

from sync.contents.pages import PropertySchema
from sync.parsing.cells.text import fold
from sync.parsing.columns.roles import ROLES
from sync.parsing.layout.headers.header_rows import known_role

_TRIED = frozenset({"hypothesis", "execution"})
_LOOKED_BACK = frozenset({"retrospective", "learned"})
"""Where properties hold what was tried and what came of it, the bodies need not be read."""


def has_texts_in_bodies(schema: Iterable[PropertySchema]) -> bool:
    """Return whether the log's texts must stand in the pages' bodies.

    They do unless there are text properties for what was tried and for looking back on it: such a
    database is filled in like a table, and reading ten thousand empty bodies would cost ten
    thousand requests.
    """
    feeds = {_feeds(column.name) for column in schema if column.type == "rich_text"}
    return not (feeds & _TRIED and feeds & _LOOKED_BACK)


def has_meaning(column: PropertySchema) -> bool:
    """Return whether a property becomes a part of a note, as far as its name tells.

    People are always of interest.
    """
    return column.type == "people" or bool(_feeds(column.name))


def is_named(column: PropertySchema, names: Collection[str]) -> bool:
    """Return whether the configuration names a property, in whatever case and spacing."""
    return fold(column.name) in {fold(name) for name in names}


def _feeds(name: str) -> str:
    role = known_role(name)
    return ROLES[role].feeds if role in ROLES else ""
