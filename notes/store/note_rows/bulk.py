"""Bulk statements through the database driver.

SQLAlchemy's own way costs more per row than the database does.
"""

import gc
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    String,
    Table,
    any_,
    func,
    literal,
    select,
)

T = TypeVar("T")


def batches(items: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Yield the items in order, so many at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


def is_among(
    connection: Connection, column: Column[str], values: Collection[str]
) -> ColumnElement[bool]:
    """Return the condition that a text is one of these, however many.

    As one parameter, not one each.
    """
    if connection.dialect.name == "postgresql":
        return column == any_(literal(sorted(values), ARRAY(String)))
    listed = func.json_each(json.dumps(sorted(values))).table_valued("value")
    return column.in_(select(listed.c.value))


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


_MARKS = {"sqlite": ("?", "CAST(? AS TEXT)"), "postgresql": ("%s", "convert_from(%s, 'UTF8')")}
"""Where a value goes, and where a text goes that comes as bytes."""


def insert_many(
    connection: Connection,
    table: Table,
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
        plain, from_bytes = _MARKS[connection.dialect.name]
        marks = ", ".join(from_bytes if name in encoded else plain for name in names)
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
        connection.exec_driver_sql(sql, list(rows))


def update_many(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    *,
    key: str,
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Update rows, each given as the values of `names` and then its key."""
    if rows:
        mark = _MARKS[connection.dialect.name][0]
        values = ", ".join(f"{name} = {mark}" for name in names)
        connection.exec_driver_sql(
            f"UPDATE {table.name} SET {values} WHERE {key} = {mark}",  # noqa: S608
            list(rows),
        )
