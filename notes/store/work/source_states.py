"""The state of every source in one query, for the dispatcher: last attempt, success, rows read."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from notes.store.database import Database
from notes.store.sql.schema import source


class SourceLine(NamedTuple):
    """A source: when it was last tried, whether that went well, and how many rows were read."""

    name: str
    last_attempt: datetime | None
    well: bool
    rows: int


def source_lines(database: Database, names: Collection[str] | None = None) -> list[SourceLine]:
    """Return every source that was ever tried, or those of the names, by name."""
    columns = (source.c.name, source.c.last_attempt, source.c.last_success, source.c.error)
    wanted = select(*columns, source.c.rows_read).order_by(source.c.name)
    if names is not None:
        wanted = wanted.where(source.c.name.in_(names))
    with database.reading() as connection:
        rows = connection.execute(wanted)
        return [
            SourceLine(
                row.name,
                row.last_attempt,
                not row.error and row.last_success is not None,
                row.rows_read,
            )
            for row in rows
        ]
