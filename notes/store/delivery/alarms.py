"""Tables of alarms (streaks of failures) and of heartbeats."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from notes.model.deliveries import Alarm
from notes.store.database import Database
from notes.store.schema import alarm, heartbeat


class Alarms:
    """The alarms: which are open, and which the operator was notified of.

    Any method may raise StoreError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self) -> list[Alarm]:
        """Return the streaks that have not ended, oldest first."""
        chosen = select(alarm).where(alarm.c.recovered_at.is_(None))
        with self._database.reading() as connection:
            rows = connection.execute(
                chosen.order_by(alarm.c.since, alarm.c.id, alarm.c.subject)
            ).all()
        return [Alarm(row.id, row.subject, row.since, row.notified_at) for row in rows]

    def start(self, alarms: Iterable[Alarm]) -> None:
        """Open alarms that the operator was not notified of yet; those already open stay."""
        known = {(one.id, one.subject) for one in self.open()}
        with self._database.writing() as connection:
            for one in alarms:
                if (one.id, one.subject) not in known:
                    connection.execute(
                        insert(alarm).values(id=one.id, subject=one.subject, since=one.since)
                    )

    def told(self, alarms: Iterable[Alarm], now: datetime) -> None:
        """Record that the operator was notified of these."""
        self._change_open(alarms, notified_at=now)

    def end(self, alarms: Iterable[Alarm], now: datetime) -> None:
        """Close these alarms."""
        self._change_open(alarms, recovered_at=now)

    def _change_open(self, alarms: Iterable[Alarm], **values: datetime) -> None:
        with self._database.writing() as connection:
            for one in alarms:
                of_this = (alarm.c.id == one.id, alarm.c.subject == one.subject)
                is_open = alarm.c.recovered_at.is_(None)
                connection.execute(update(alarm).where(*of_this, is_open).values(values))


class Heartbeats:
    """When each job last ran, or was first seen. Any method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record_beat(self, name: str, now: datetime) -> None:
        """Record a heartbeat."""
        with self._database.writing() as connection:
            changed = connection.execute(
                update(heartbeat).where(heartbeat.c.name == name).values(at=now)
            )
            if not changed.rowcount:
                connection.execute(insert(heartbeat).values(name=name, at=now))

    def last(self, name: str) -> datetime | None:
        """Return the last heartbeat, or None when there never was one."""
        with self._database.reading() as connection:
            return connection.execute(
                select(heartbeat.c.at).where(heartbeat.c.name == name)
            ).scalar()

    def known_since(self, prefix: str, names: Iterable[str], now: datetime) -> dict[str, datetime]:
        """Return when each name was first seen: now for a new one.

        Forget those of the prefix not named any more.
        """
        wanted = sorted(set(names))
        with self._database.writing() as connection:
            rows = connection.execute(
                select(heartbeat).where(heartbeat.c.name.startswith(prefix, autoescape=True))
            )
            known = {row.name.removeprefix(prefix): row.at for row in rows}
            for name in sorted(set(known) - set(wanted)):
                connection.execute(delete(heartbeat).where(heartbeat.c.name == prefix + name))
            for name in wanted:
                if name not in known:
                    connection.execute(insert(heartbeat).values(name=prefix + name, at=now))
        return {name: known.get(name, now) for name in wanted}
