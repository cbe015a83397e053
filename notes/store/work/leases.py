"""Leases: one process at a time works on one thing, wherever it runs; a dead one's lease ends by
itself.

A lease lasts a minute and is renewed while its holder lives (`renew`). All times are the
database's. Losing one is harmless: a source that two processes pulled is kept once (ADR 0402), a
mail is claimed in the ledger (ADR 0801). It spares the work, and it keeps the order.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import delete, text

from notes.store.database import Database
from notes.store.sql.schema import lease

LEASE_S = 60.0
"""A holder renews every ten seconds: five renewals may fail (a database that restarts), and Monday
is one minute late."""

_TAKE = text("""
WITH clock AS (SELECT CAST(extract(epoch FROM clock_timestamp()) AS float8) AS now)
INSERT INTO lease (key, holder, since, until)
SELECT :key, :holder, now, now + :seconds FROM clock
ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, since = excluded.since, until = \
excluded.until
WHERE lease.until <= excluded.since
RETURNING key
""")
_RENEW = text("""
UPDATE lease SET until = extract(epoch FROM clock_timestamp()) + :seconds
WHERE holder = :holder AND key = ANY(CAST(:keys AS text[])) AND until > extract(epoch FROM \
clock_timestamp())
""")
"""A lease is taken and renewed by the database's clock, in one statement: hosts' clocks may
differ."""


class Leases:
    """The leases of one process in a store on PostgreSQL. Any method may raise StoreError."""

    def __init__(self, database: Database, holder: str) -> None:
        self._database = database
        self._holder = holder
        self._held: set[str] = set()

    def take(self, key: str, *, seconds: float = LEASE_S) -> bool:
        """Take a lease; say whether it was free."""
        asked = {"key": key, "holder": self._holder, "seconds": seconds}
        with self._database.writing() as connection:
            taken = connection.execute(_TAKE, asked).first() is not None
        if taken:
            self._held.add(key)
        return taken

    def release(self, key: str) -> None:
        """Give a lease back; one that another process took over meanwhile stays its.

        Where the database does not answer, it ends by itself: it is not renewed any more.
        """
        self._held.discard(key)
        with self._database.writing() as connection:
            connection.execute(
                delete(lease).where(lease.c.key == key, lease.c.holder == self._holder)
            )

    @contextmanager
    def held(self, key: str, *, seconds: float = LEASE_S) -> Iterator[bool]:
        """Yield whether the lease could be taken; it is given back at the end."""
        mine = self.take(key, seconds=seconds)
        try:
            yield mine
        finally:
            if mine:
                self.release(key)

    def renew(self) -> None:
        """Keep what is held for another minute; one that has ended is not revived."""
        asked = {"holder": self._holder, "seconds": LEASE_S, "keys": sorted(self._held.copy())}
        with self._database.writing() as connection:
            connection.execute(_RENEW, asked)

    def release_all(self) -> None:
        """Give all leases of this holder back."""
        with self._database.writing() as connection:
            connection.execute(delete(lease).where(lease.c.holder == self._holder))
