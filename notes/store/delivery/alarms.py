"""Queries of the alarms (streaks of failures) and of the heartbeats of runs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from notes.model.deliveries import Alarm
from notes.store.database import Database
from notes.store.sql.statements import Statements
from notes.store.sql.stored_values import instant_text, read_instant, read_known_instant


class Alarms:
    """The alarms: which are open, and which the operator was notified of.

    Any method may raise StoreError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self) -> list[Alarm]:
        """Return the streaks that have not ended, oldest first."""
        with self._database.asking() as statements:
            return _open_alarms(statements)

    def start(self, alarms: Iterable[Alarm]) -> None:
        """Open alarms that the operator was not notified of yet; those already open stay."""
        known = {(one.id, one.subject) for one in self.open()}
        with self._database.changing() as statements:
            for one in alarms:
                if (one.id, one.subject) not in known:
                    statements.change(
                        "INSERT INTO alarm (subject, id, since) VALUES (:subject, :id, :since)",
                        {"subject": one.subject, "id": one.id, "since": instant_text(one.since)},
                    )

    def told(self, alarms: Iterable[Alarm], now: datetime) -> None:
        """Record that the operator was notified of these."""
        self._mark_open(alarms, "notified_at", now)

    def end(self, alarms: Iterable[Alarm], now: datetime) -> None:
        """Close these alarms."""
        self._mark_open(alarms, "recovered_at", now)

    def _mark_open(
        self,
        alarms: Iterable[Alarm],
        column: Literal["notified_at", "recovered_at"],
        now: datetime,
    ) -> None:
        statement = (
            f"UPDATE alarm SET {column} = :now"  # noqa: S608  one of two names of ours
            " WHERE id = :id AND subject = :subject AND recovered_at IS NULL"
        )
        with self._database.changing() as statements:
            for one in alarms:
                values = {"now": instant_text(now), "id": one.id, "subject": one.subject}
                statements.change(statement, values)


def _open_alarms(statements: Statements) -> list[Alarm]:
    rows = statements.rows(
        "SELECT * FROM alarm WHERE recovered_at IS NULL ORDER BY since, id, subject"
    )
    return [
        Alarm(
            row["id"],
            row["subject"],
            read_instant(row["since"]),
            read_known_instant(row["notified_at"]),
        )
        for row in rows
    ]


class Heartbeats:
    """When each job last ran, or was first seen. Any method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record_beat(self, name: str, now: datetime) -> None:
        """Record a heartbeat."""
        beat = {"name": name, "now": instant_text(now)}
        with self._database.changing() as statements:
            if not statements.change("UPDATE heartbeat SET at = :now WHERE name = :name", beat):
                _first_beat(statements, name, now)

    def last(self, name: str) -> datetime | None:
        """Return the last heartbeat, or None when there never was one."""
        with self._database.asking() as statements:
            rows = statements.rows("SELECT at FROM heartbeat WHERE name = :name", {"name": name})
        return read_instant(rows[0]["at"]) if rows else None

    def known_since(self, prefix: str, names: Iterable[str], now: datetime) -> dict[str, datetime]:
        """Return when each name was first seen: now for a new one.

        Forget those of the prefix not named any more.
        """
        wanted = sorted(set(names))
        with self._database.changing() as statements:
            known = _beats(statements, prefix)
            for name in sorted(set(known) - set(wanted)):
                statements.change(
                    "DELETE FROM heartbeat WHERE name = :name", {"name": prefix + name}
                )
            for name in wanted:
                if name not in known:
                    _first_beat(statements, prefix + name, now)
        return {name: known.get(name, now) for name in wanted}


def _first_beat(statements: Statements, name: str, now: datetime) -> None:
    statements.change(
        "INSERT INTO heartbeat (name, at) VALUES (:name, :now)",
        {"name": name, "now": instant_text(now)},
    )


def _beats(statements: Statements, prefix: str) -> dict[str, datetime]:
    """Return the heartbeats whose names begin so, by the rest of their names."""
    rows = statements.rows(
        "SELECT name, at FROM heartbeat WHERE substr(name, 1, :length) = :prefix",
        {"length": len(prefix), "prefix": prefix},
    )
    return {row["name"].removeprefix(prefix): read_instant(row["at"]) for row in rows}
