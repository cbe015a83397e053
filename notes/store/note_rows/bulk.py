"""Statements for many rows at once, as the database's driver takes them."""

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from notes.store.sql.statements import Statements

T = TypeVar("T")


def batches(items: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Yield the items in order, so many at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Pause the garbage collector while many records are built.

    It would walk them all, again and again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_MARKS = {False: ("?", "CAST(? AS TEXT)"), True: ("%s", "convert_from(%s, 'UTF8')")}
"""Where a value goes, and where a text goes that comes as bytes; by whether it is PostgreSQL."""


def insert_many(
    statements: Statements,
    table: str,
    names: Sequence[str],
    *,
    rows: Sequence[tuple[Any, ...]],
    encoded: Collection[str] = (),
) -> None:
    """Insert rows whose values stand in the order of `names`, as the driver takes them.

    `encoded` names texts that are given as their bytes in UTF-8, which saves decoding and encoding
    them again.
    """
    if rows:
        plain, from_bytes = _MARKS[statements.is_postgres]
        marks = ", ".join(from_bytes if name in encoded else plain for name in names)
        statements.change_each(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608  our own names
            rows,
        )


def update_many(
    statements: Statements,
    table: str,
    names: Sequence[str],
    *,
    key: str,
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Update rows, each given as the values of `names` and then its key."""
    if rows:
        mark = _MARKS[statements.is_postgres][0]
        values = ", ".join(f"{name} = {mark}" for name in names)
        statements.change_each(
            f"UPDATE {table} SET {values} WHERE {key} = {mark}",  # noqa: S608  our own names
            rows,
        )
