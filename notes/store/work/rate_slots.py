"""Budgets that all hosts share: one statement reserves a request, and says how long to wait for it.

A budget is kept by the time at which its next request would be due at an even pace (the generic
cell rate algorithm). Several budgets of one request, such as a Google account's and its project's,
are reserved together or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, text

from notes.store.database import Database
from notes.store.sql.schema import rate_slot


@dataclass(frozen=True, slots=True)
class Budget:
    """So many requests a minute under one key, of which `burst` may leave at once after a pause."""

    key: str
    per_minute: float
    burst: int = 1

    @property
    def step_s(self) -> float:
        """Seconds between two requests at an even pace."""
        return 60.0 / self.per_minute


@dataclass(frozen=True, slots=True)
class Reservation:
    """Whether a request was reserved, and in how many seconds it may leave (or could be asked
    for again).
    """

    reserved: bool
    wait_s: float


@dataclass(frozen=True, slots=True)
class RateState:
    """A budget as it stands: seconds until its next request may leave, and of a pause that a
    service asked for.
    """

    key: str
    wait_s: float
    paused_s: float


# The clock is read after the rows are locked: whoever waited for another reserves from its own now.
_RESERVE = text("""
WITH asked AS (
    SELECT * FROM unnest(CAST(:keys AS text[]), CAST(:steps AS float8[]), CAST(:slacks AS float8[]))
        AS one(key, step, slack)
), held AS MATERIALIZED (
    SELECT s.key, s.tat, s.paused_until, a.step, a.slack
    FROM rate_slot s JOIN asked a ON a.key = s.key ORDER BY s.key FOR UPDATE OF s
), clock AS MATERIALIZED (
    SELECT CAST(extract(epoch FROM clock_timestamp()) AS float8) AS now FROM (SELECT count(*) FROM \
held) AS all_held
), need AS (
    SELECT count(*) AS found,
        coalesce(max(greatest(h.tat - h.slack, h.paused_until, c.now) - c.now), 0) AS wait
    FROM held h CROSS JOIN clock c
), moved AS (
    UPDATE rate_slot s SET tat = greatest(h.tat, c.now + n.wait) + h.step
    FROM held h CROSS JOIN clock c CROSS JOIN need n
    WHERE s.key = h.key AND n.wait <= :patience AND n.found = :wanted
    RETURNING 1
)
SELECT n.found, n.wait, (SELECT count(*) FROM moved) AS moved FROM need n
""")
_PAUSE = text("""
INSERT INTO rate_slot (key, tat, paused_until)
VALUES (:key, 0, extract(epoch FROM clock_timestamp()) + :seconds)
ON CONFLICT (key) DO UPDATE SET paused_until = greatest(rate_slot.paused_until, \
excluded.paused_until)
""")
_PAUSED = text(
    "SELECT greatest(paused_until - CAST(extract(epoch FROM clock_timestamp()) AS float8), 0)"
    " FROM rate_slot WHERE key = :key"
)
"""A pause holds for all hosts; a longer one is never cut short."""
_NOW = text("SELECT CAST(extract(epoch FROM clock_timestamp()) AS float8)")
"""The database's clock: hosts' own may differ."""


class RateSlots:
    """The budgets in one store on PostgreSQL. Any method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reserve(self, budgets: Sequence[Budget], *, patience_s: float) -> Reservation:
        """Reserve one request in every budget, if it may leave within `patience_s` seconds;
        else reserve nothing.
        """
        for _ in range(2):
            found, reservation = self._try(budgets, patience_s)
            if found == len(budgets):
                return reservation
            self._add(budgets)
        raise RuntimeError("a budget went away while it was used")

    def wait_s(self, budgets: Sequence[Budget]) -> float:
        """Return in how many seconds a request could leave, without reserving it."""
        return self._try(budgets, -1.0)[1].wait_s

    def _try(self, budgets: Sequence[Budget], patience_s: float) -> tuple[int, Reservation]:
        asked = {
            "keys": [one.key for one in budgets],
            "steps": [one.step_s for one in budgets],
            "slacks": [one.step_s * (one.burst - 1) for one in budgets],
            "patience": patience_s,
            "wanted": len(budgets),
        }
        with self._database.writing() as connection:
            row = connection.execute(_RESERVE, asked).one()
        return row.found, Reservation(row.moved > 0, float(row.wait))

    def _add(self, budgets: Sequence[Budget]) -> None:
        from sqlalchemy.dialects import postgresql

        lines = [{"key": one.key, "tat": 0.0, "paused_until": 0.0} for one in budgets]
        with self._database.writing() as connection:
            new = postgresql.insert(rate_slot).values(sorted(lines, key=lambda line: line["key"]))
            connection.execute(new.on_conflict_do_nothing())

    def pause(self, key: str, seconds: float) -> None:
        """Let nobody send under a key for so many seconds, as the service asked."""
        with self._database.writing() as connection:
            connection.execute(_PAUSE, {"key": key, "seconds": seconds})

    def paused_s(self, key: str) -> float:
        """Return for how many seconds more nobody may send under a key."""
        with self._database.reading() as connection:
            return float(connection.execute(_PAUSED, {"key": key}).scalar() or 0.0)

    def states(self) -> list[RateState]:
        """Return every budget as it stands, by key."""
        with self._database.reading() as connection:
            now = connection.execute(_NOW).scalar_one()
            rows = connection.execute(select(rate_slot).order_by(rate_slot.c.key)).all()
        return [
            RateState(row.key, max(0.0, row.tat - now), max(0.0, row.paused_until - now))
            for row in rows
        ]
