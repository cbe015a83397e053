"""The table of workers: which processes live, on which hosts, with which version and clock."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select, text, update

from notes.store.database import Database
from notes.store.sql.schema import lease, worker

SILENT_S = 60.0
"""A worker beats every ten seconds; one that was silent for a minute is dead, or hangs. As long as
a lease."""

_KEPT_S = 7 * 86400.0
"""How long an ended worker is remembered, for `status` and for the claims that it may have left."""

_NOW = text("SELECT CAST(extract(epoch FROM clock_timestamp()) AS float8)")
"""The database's clock, against which each host's is compared."""


@dataclass(frozen=True, slots=True)
class WorkerProcess:
    """A worker as it introduces itself; `id` is the run that it is recorded as."""

    id: str
    host: str
    pid: int
    version: str
    kinds: tuple[str, ...]
    concurrency: int


@dataclass(frozen=True, slots=True)
class WorkerState:
    """A worker as the store knows it; `silent_s` seconds since its last beat, `skew_s` of its
    host's clock.
    """

    process: WorkerProcess
    started: datetime
    last_beat: datetime
    silent_s: float
    skew_s: float
    ended: bool

    @property
    def alive(self) -> bool:
        """Whether it beats."""
        return not self.ended and self.silent_s < SILENT_S


class Workers:
    """The workers of one store on PostgreSQL. Any method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> datetime:
        """Return the present instant by the database's clock."""
        with self._database.reading() as connection:
            return datetime.fromtimestamp(connection.execute(_NOW).scalar_one(), UTC)

    def register(self, process: WorkerProcess, *, skew_s: float) -> None:
        """Record a worker that begins; forget those that ended long ago."""
        with self._database.writing() as connection:
            now = connection.execute(_NOW).scalar_one()
            connection.execute(delete(worker).where(worker.c.beat < now - _KEPT_S))
            connection.execute(delete(lease).where(lease.c.until < now - _KEPT_S))
            connection.execute(
                insert(worker).values(
                    id=process.id,
                    host=process.host,
                    pid=process.pid,
                    version=process.version,
                    kinds=" ".join(process.kinds),
                    concurrency=process.concurrency,
                    skew=skew_s,
                    started=now,
                    beat=now,
                )
            )

    def beat(self, worker_id: str, *, skew_s: float) -> None:
        """Record that a worker lives."""
        with self._database.writing() as connection:
            now = connection.execute(_NOW).scalar_one()
            connection.execute(
                update(worker).where(worker.c.id == worker_id).values(beat=now, skew=skew_s)
            )

    def end(self, worker_id: str) -> None:
        """Record that a worker has ended: it holds nothing any more."""
        with self._database.writing() as connection:
            now = connection.execute(_NOW).scalar_one()
            connection.execute(update(worker).where(worker.c.id == worker_id).values(ended=now))

    def states(self) -> list[WorkerState]:
        """Return every worker that is remembered, the latest beat first."""
        with self._database.reading() as connection:
            now = connection.execute(_NOW).scalar_one()
            rows = connection.execute(select(worker).order_by(worker.c.beat.desc())).all()
        return [
            WorkerState(
                process=WorkerProcess(
                    id=row.id,
                    host=row.host,
                    pid=row.pid,
                    version=row.version,
                    kinds=tuple(row.kinds.split()),
                    concurrency=row.concurrency,
                ),
                started=datetime.fromtimestamp(row.started, UTC),
                last_beat=datetime.fromtimestamp(row.beat, UTC),
                silent_s=max(0.0, now - row.beat),
                skew_s=row.skew,
                ended=row.ended is not None,
            )
            for row in rows
        ]
