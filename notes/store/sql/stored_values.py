"""The text of an instant in the store, and the name of its schema's revision (ADR 0470).

Without SQLAlchemy, for those that ask the store over a plain connection. Instants are fixed-width
ISO text in UTC, so that both databases compare them alike.
"""

from datetime import UTC, datetime
from functools import lru_cache

HEAD = "0006"
"""The revision that this code reads and writes; the newest file in migrations/versions."""

REVISION_TABLE = "alembic_version"
"""Alembic's own table, read by us so that an up-to-date store opens without Alembic."""

APPLICATION_ID = 0x6C6F6F70
"""Marks an SQLite file as ours ("loop")."""


def instant_text(instant: datetime) -> str:
    """Return the instant as the store writes it: UTC, microseconds, always 27 characters."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@lru_cache(maxsize=1024)
def read_instant(text: str) -> datetime:
    """Return the instant of its text; the rows of one update share one."""
    return datetime.fromisoformat(text)


def read_known_instant(text: str | None) -> datetime | None:
    """Return the instant of its text, None where none is known."""
    return None if text is None else read_instant(text)
