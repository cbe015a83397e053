"""Where the queue of the workers lies, and how much stands in it.

The queue library's tables lie in a schema of their own, named after the store's schema and the
library's version. Nothing of ours depends on them: due work is computed anew every minute, so the
schema of another version may be used beside it, or dropped (ADR 1002).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import text

from notes.store.database import Database

_SCHEMAS = text("""
SELECT nspname FROM pg_namespace n
WHERE nspname LIKE :pattern AND EXISTS (
    SELECT 1 FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = 'procrastinate_jobs')
ORDER BY nspname
""")
_COUNTS = """
SELECT j.queue_name AS kind, j.status AS status, count(*) AS jobs,
    max(extract(epoch FROM clock_timestamp() - greatest(d.at, j.scheduled_at))) AS oldest
FROM {schema}.procrastinate_jobs j
LEFT JOIN {schema}.procrastinate_events d ON d.job_id = j.id AND d.type = 'deferred'
WHERE j.status IN ('todo', 'doing') AND (j.scheduled_at IS NULL OR j.scheduled_at <= \
clock_timestamp())
GROUP BY 1, 2 ORDER BY 1, 2
"""
"""The queue has a schema of its own (ADR 1002): found by its tables, jobs counted by kind and
state."""


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many jobs of a kind wait (`todo`) or are worked on (`doing`), and for how many
    seconds the oldest has.
    """

    kind: str
    state: str
    jobs: int
    oldest_s: float


def queue_schema(database: Database, version: str) -> str:
    """Return the name of the schema for the queue of a version of the library ("3.10.0")."""
    return f"{_own_schema(database)}_queue_{version.replace('.', '_')}"


def create_schema(database: Database, name: str) -> bool:
    """Make the schema where it is missing; return whether it holds the queue's tables already.

    Raises:
        StoreError: the user of the database may not make schemas.
    """
    with database.writing() as connection:
        database.queue_up(connection, name)
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {_quoted(name)}")
    return name in _queue_schemas(database)


def queue_counts(database: Database) -> list[QueueCount]:
    """Return what waits and what is worked on, in the queues of all versions."""
    return [one for schema in _queue_schemas(database) for one in _counts(database, schema)]


def _counts(database: Database, schema: str) -> Iterator[QueueCount]:
    with database.reading() as connection:
        rows = connection.exec_driver_sql(_COUNTS.format(schema=_quoted(schema))).all()
    for row in rows:
        yield QueueCount(row.kind, row.status, row.jobs, max(0.0, float(row.oldest or 0.0)))


def _queue_schemas(database: Database) -> list[str]:
    pattern = f"{_own_schema(database)}_queue_%".replace("_", r"\_")
    with database.reading() as connection:
        return list(connection.execute(_SCHEMAS, {"pattern": pattern}).scalars())


def _own_schema(database: Database) -> str:
    with database.reading() as connection:
        return str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
