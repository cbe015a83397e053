"""Fingerprints of notes: they change with anything stored of a note, history included.

Versions alone would not do: a row that moves, a name that is erased and a former state that is let
go leave them as they are. So everything is read and hashed, straight from the driver: a second for
a hundred thousand notes.
"""

from collections import defaultdict
from hashlib import blake2b

from sqlalchemy import Connection, text

from notes.store.database import Database

_NOTES = text(
    "SELECT id, team, source, version, first_seen, changed, gone, link, place, url, "
    "written, payload, cells"
    " FROM note ORDER BY seq"
)
_VERSIONS = text(
    "SELECT note_id, version, at, event, changes FROM note_version ORDER BY note_id, version"
)
"""All that is stored of a note and of its history: a fingerprint changes with any of it."""


def note_fingerprints(database: Database) -> dict[str, str]:
    """Return the stamp of every note by id, in stored order."""
    with database.reading() as connection:
        histories = _histories(connection)
        found = {}
        for part in connection.execution_options(yield_per=1000).execute(_NOTES).partitions():
            for row in part:
                found[row[0]] = _stamp("\0".join(map(str, row)), histories.get(row[0], ""))
        return found


def _histories(connection: Connection) -> dict[str, str]:
    found: dict[str, str] = defaultdict(str)
    for part in connection.execution_options(yield_per=1000).execute(_VERSIONS).partitions():
        for row in part:
            found[row[0]] = _stamp(found[row[0]], "\0".join(map(str, row[1:])))
    return found


def _stamp(*texts: str) -> str:
    return blake2b("\0".join(texts).encode(errors="surrogatepass"), digest_size=8).hexdigest()
