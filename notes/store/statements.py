"""Statements as SQL text, for the few tables that every command asks (ADR 0470).

A statement names its values as `:name`, in SQL that SQLite and PostgreSQL both take, and has no
percent sign of its own. Instants go in and come out as text (`notes.store.stored_values`).
"""

import re
import sqlite3
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # an idle command on SQLite does without (ADR 0410)
    from sqlalchemy import Connection

Values = Mapping[str, object]
NO_VALUES: Values = {}

_VALUE = re.compile(r"(?<!:):(\w+)")


class Statements(Protocol):
    """Runs statements in one transaction; any method can raise StoreError."""

    def rows(self, statement: str, values: Values = NO_VALUES) -> list[Any]:
        """Return what a statement finds; the values of a row by the name of their column."""
        ...

    def change(self, statement: str, values: Values = NO_VALUES) -> int:
        """Run a statement that writes; return how many rows it wrote."""
        ...


class SqliteStatements:
    """Statements over a connection of the standard library, whose rows are `sqlite3.Row`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, values: Values = NO_VALUES) -> list[Any]:
        """Return what a statement finds."""
        return self._connection.execute(statement, dict(values)).fetchall()

    def change(self, statement: str, values: Values = NO_VALUES) -> int:
        """Run a statement that writes; return how many rows it wrote."""
        return self._connection.execute(statement, dict(values)).rowcount


class EngineStatements:
    """Statements over a connection of SQLAlchemy's, where the driver is loaded by it anyway."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._is_psycopg = connection.dialect.name == "postgresql"

    def rows(self, statement: str, values: Values = NO_VALUES) -> list[Any]:
        """Return what a statement finds."""
        return list(self._run(statement, values).mappings())

    def change(self, statement: str, values: Values = NO_VALUES) -> int:
        """Run a statement that writes; return how many rows it wrote."""
        return int(self._run(statement, values).rowcount)

    def _run(self, statement: str, values: Values) -> Any:
        marked = _VALUE.sub(r"%(\1)s", statement) if self._is_psycopg else statement
        return self._connection.exec_driver_sql(marked, dict(values))


def listed(name: str, values: Collection[str]) -> tuple[str, dict[str, str]]:
    """Return the marks of a list for `IN (…)`, and the values behind them.

    >>> listed("team", ["a", "b"])
    (':team0, :team1', {'team0': 'a', 'team1': 'b'})
    """
    numbered = {f"{name}{at}": value for at, value in enumerate(values)}
    return ", ".join(f":{each}" for each in numbered), numbered
