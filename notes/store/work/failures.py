"""Failures of jobs: kept until the same work succeeds; `status` and alerts read them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Row, delete, select, text

from notes.store.database import Database
from notes.store.sql.schema import work_failure

GIVEN_UP = 5
"""A job that failed, or whose worker died, so often in a row is given up for a while, and the
operator hears of it."""

_DIED = "died: "

_PUT = text("""
INSERT INTO work_failure (key, at, attempts, message, hint)
VALUES (:key, extract(epoch FROM clock_timestamp()), 1, :message, :hint)
ON CONFLICT (key) DO UPDATE SET at = excluded.at, attempts = work_failure.attempts + 1,
    message = excluded.message, hint = excluded.hint
RETURNING attempts
""")
_IS_RECENT = text("at > extract(epoch FROM clock_timestamp()) - :seconds")
_REMEMBERED_S = 8 * 86400.0
"""A week and a day, as long as the operator hears of a refused mail: then the next report is due.
"""


@dataclass(frozen=True, slots=True)
class WorkFailure:
    """A piece of work that failed, why, and how often in a row; `key` is what it was, "report
    team/2026-W47/weekly".
    """

    key: str
    message: str
    hint: str = ""
    attempts: int = 1

    @property
    def work(self) -> str:
        """What is left alone when it is given up."""
        return self.key.removeprefix(_DIED)

    @property
    def given_up(self) -> bool:
        """Whether it is left alone for a while."""
        return self.attempts >= GIVEN_UP


class WorkFailures:
    """The failures in one store on PostgreSQL. Any method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, failure: WorkFailure) -> WorkFailure:
        """Record a failure; a later one of the same work takes its place, and is counted.

        Return it, counted.
        """
        line = {"key": failure.key, "message": failure.message, "hint": failure.hint}
        with self._database.writing() as connection:
            attempts = int(connection.execute(_PUT, line).scalar_one())
        return replace(failure, attempts=attempts)

    def died(self, key: str) -> WorkFailure:
        """Record that the worker died that did this work; the work itself may be without fault."""
        return self.put(WorkFailure(f"{_DIED}{key}", "the worker that did it died"))

    def done(self, key: str) -> None:
        """Forget the failures of work that is done."""
        with self._database.writing() as connection:
            keys = (key, f"{_DIED}{key}")
            connection.execute(delete(work_failure).where(work_failure.c.key.in_(keys)))

    def recent(self, seconds: float) -> list[WorkFailure]:
        """Return what failed within so many seconds, by key."""
        chosen = select(work_failure).where(_IS_RECENT).order_by(work_failure.c.key)
        with self._database.reading() as connection:
            return _failures(connection.execute(chosen, {"seconds": seconds}).all())

    def open(self) -> list[WorkFailure]:
        """Return what failed in the last days and was not done since, by key."""
        return self.recent(_REMEMBERED_S)


def _failures(rows: Sequence[Row[*tuple[object, ...]]]) -> list[WorkFailure]:
    return [WorkFailure(row.key, row.message, row.hint, row.attempts) for row in rows]
