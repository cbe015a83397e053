"""Statements as SQL text: for the tables that every command asks, and for a pull (ADR 0470, 0469).

A statement names its values as `:name`, in SQL that SQLite and PostgreSQL both take, and has no
percent sign of its own. Instants go in and come out as text (`notes.store.sql.stored_values`).
"""

import json
import re
import sqlite3
from collections.abc import Collection, Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # an idle command on SQLite does without (ADR 0410)
    from sqlalchemy import Connection

Values = Mapping[str, object]
NO_VALUES: Values = {}
"""A statement without parameters."""
Line = tuple[Any, ...]
"""A row by the positions of its columns."""

_VALUE = re.compile(r"(?<!:):(\w+)")
PART = 500
"""Rows read at once: bounds the memory of a long answer. Judgement."""


class Statements(Protocol):
    """Runs statements in one transaction; any method can raise StoreError."""

    @property
    def is_postgres(self) -> bool:
        """Whether the database is PostgreSQL; else it is SQLite."""
        ...

    def rows(self, statement: str, values: Values = NO_VALUES) -> list[Any]:
        """Return what a statement finds; the values of a row by the name of their column."""
        ...

    def lines(self, statement: str, values: Values = NO_VALUES) -> list[Line]:
        """Return what a statement finds; the values of a row by position."""
        ...

    def parts(
        self, statement: str, values: Values = NO_VALUES, size: int = PART
    ) -> Generator[Sequence[Line], None, None]:
        """Yield `lines`, so many at a time: the others wait in the database."""
        ...

    def change(self, statement: str, values: Values = NO_VALUES) -> int:
        """Run a statement that writes; return how many rows it wrote."""
        ...

    def change_each(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement that writes with the values of each row, marked as the driver does."""
        ...


class SqliteStatements:
    """Statements over a connection of the standard library, whose rows are `sqlite3.Row`."""

    is_postgres = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, values: Values = NO_VALUES) -> list[Any]:
        """Return what a statement finds."""
        return self._connection.execute(statement, dict(values)).fetchall()

    def lines(self, statement: str, values: Values = NO_VALUES) -> list[Line]:
        """Return what a statement finds, as plain tuples."""
        return self._plain(statement, values).fetchall()

    def parts(
        self, statement: str, values: Values = NO_VALUES, size: int = PART
    ) -> Generator[Sequence[Line], None, None]:
        """Yield `lines`, so many at a time."""
        found = self._plain(statement, values)
        while part := found.fetchmany(size):
            yield part

    def change(self, statement: str, values: Values = NO_VALUES) -> int:
        """Run a statement that writes; return how many rows it wrote."""
        return self._connection.execute(statement, dict(values)).rowcount

    def change_each(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement that writes with the values of each row, marked as `?`."""
        self._connection.executemany(statement, rows)

    def _plain(self, statement: str, values: Values) -> sqlite3.Cursor:
        cursor = self._connection.cursor()
        cursor.row_factory = None
        return cursor.execute(statement, dict(values))


class EngineStatements:
    """Statements over a connection of SQLAlchemy's, where the driver is loaded by it anyway."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self.is_postgres = connection.dialect.name == "postgresql"

    def rows(self, statement: str, values: Values = NO_VALUES) -> list[Any]:
        """Return what a statement finds."""
        return list(self._run(statement, values).mappings())

    def lines(self, statement: str, values: Values = NO_VALUES) -> list[Line]:
        """Return what a statement finds, as tuples."""
        return [tuple(row) for row in self._run(statement, values)]

    def parts(
        self, statement: str, values: Values = NO_VALUES, size: int = PART
    ) -> Generator[Sequence[Line], None, None]:
        """Yield `lines`, so many at a time, from a cursor of the server's."""
        options = {"stream_results": True, "max_row_buffer": size}
        for part in self._run(statement, values, options).partitions(size):
            yield [tuple(row) for row in part]

    def change(self, statement: str, values: Values = NO_VALUES) -> int:
        """Run a statement that writes; return how many rows it wrote."""
        return int(self._run(statement, values).rowcount)

    def change_each(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement that writes with the values of each row, marked as the driver does."""
        self._connection.exec_driver_sql(statement, list(rows))

    def _run(self, statement: str, values: Values, options: Any = None) -> Any:
        marked = _VALUE.sub(r"%(\1)s", statement) if self.is_postgres else statement
        return self._connection.exec_driver_sql(marked, dict(values), execution_options=options)


def listed(name: str, values: Collection[str]) -> tuple[str, dict[str, str]]:
    """Return the marks of a list for `IN (…)`, and the values behind them.

    >>> listed("team", ["a", "b"])
    (':team0, :team1', {'team0': 'a', 'team1': 'b'})
    """
    numbered = {f"{name}{at}": value for at, value in enumerate(values)}
    return ", ".join(f":{each}" for each in numbered), numbered


def among(
    statements: Statements, column: str, values: Collection[str] | Collection[int]
) -> tuple[str, Values]:
    """Return the condition that a column is one of these texts or numbers, however many, and the
    one value behind it.
    """
    name = f"among_{column}"
    if not values:
        return "1 = 0", NO_VALUES
    if not statements.is_postgres:
        listed_as_json = f"{column} IN (SELECT value FROM json_each(:{name}))"  # noqa: S608
        return listed_as_json, {name: json.dumps(list(values))}
    kind = "BIGINT" if all(isinstance(value, int) for value in values) else "VARCHAR"
    return f"{column} = ANY(CAST(:{name} AS {kind}[]))", {name: list(values)}
