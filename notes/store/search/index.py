"""Keeps the full-text index up to date, before a search and not in a sync, which stays fast.

A note is a document of two columns: `ngrams` of its words, and `marks` for what it can be narrowed
down by.
"""

from array import array
from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Connection, delete, func, select, text

from notes.model.notes import StoredNote
from notes.store.database import Database
from notes.store.note_rows.bulk import batches, insert_many
from notes.store.note_rows.decoded_rows import STORED, stored_notes
from notes.store.sql.schema import note, search_document, search_queue
from notes.store.sql.statements import EngineStatements

from .fields import DAY_BITS, condition_word, first_number, search_conditions, searchable_texts
from .ngrams import ngrams


def bring_index_up_to_date(
    database: Database, progress: Callable[[int, int], None] | None = None
) -> int:
    """Index the notes that changed since the last time; return how many.

    Works in short transactions, each complete in itself. `progress` is told (done, all).
    """
    waiting = _waiting(database)
    for done, part in enumerate(batches(waiting, 1000)):
        with database.writing() as connection:
            database.queue_up(connection, "search")
            _index(connection, list(part))
        if progress:
            progress(min((done + 1) * 1000, len(waiting)), len(waiting))
    return len(waiting)


def _waiting(database: Database) -> "array[int]":
    """Return the waiting notes, oldest day first.

    FTS5 takes documents best in the order of their numbers.
    """
    rows = (
        select(search_queue.c.note_seq)
        .join(note, note.c.seq == search_queue.c.note_seq, isouter=True)
        .order_by(func.coalesce(note.c.touched_first, ""), search_queue.c.note_seq)
    )
    with database.reading() as connection:
        return array("q", connection.execution_options(yield_per=5000).execute(rows).scalars())


def _index(connection: Connection, seqs: Sequence[int]) -> None:
    queued = select(search_queue.c.note_seq).where(search_queue.c.note_seq.in_(seqs))
    rows = connection.execute(
        select(*(note.c[name] for name in STORED), note.c.seq, note.c.touched_first)
        .where(note.c.seq.in_(queued))
        .order_by(func.coalesce(note.c.touched_first, ""), note.c.seq)
    ).all()
    forget(connection, seqs)
    number = _Numbers(connection)
    documents, entries = [], []
    for found, row in zip(stored_notes(rows), rows, strict=True):
        if found.gone is None:
            doc = number.next(row[-1] or "")
            documents.append((doc, row[-2]))
            entries.append((doc, *_document(connection, found)))
    insert_many(
        EngineStatements(connection), "search_document", ("doc", "note_seq"), rows=documents
    )
    if entries:
        connection.exec_driver_sql(_INSERT[connection.dialect.name], entries)
    connection.execute(delete(search_queue).where(search_queue.c.note_seq.in_(seqs)))


_INSERT = {
    "sqlite": "INSERT INTO note_search (rowid, grams, marks) VALUES (?, ?, ?)",
    "postgresql": "INSERT INTO note_search (doc, grams, marks) "
    "VALUES (%s, CAST(%s AS tsvector), CAST(%s AS tsvector))",
}
"""How a document is added in each database's index."""


class _Numbers:
    """Numbers documents by the day of their note, so that a later number is a newer note.

    2 million fit in a day.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: dict[str, int] = {}

    def next(self, day: str) -> int:
        """Return a number that no document has or had."""
        if day not in self._last:
            first = first_number(date.fromisoformat(day)) if day else 0
            last = self._connection.exec_driver_sql(
                _LAST[self._connection.dialect.name], (first, first + (1 << DAY_BITS))
            ).scalar()
            self._last[day] = last if last is not None else first
        self._last[day] += 1
        return self._last[day]


_LAST = {
    "sqlite": "SELECT max(id) FROM note_search_docsize WHERE id >= ? AND id < ?",
    "postgresql": "SELECT max(doc) FROM note_search WHERE doc >= %s AND doc < %s",
}
"""The last document within a span; both databases find it by the key."""


def forget(connection: Connection, seqs: Sequence[int]) -> None:
    """Take notes out of the index.

    FTS5 keeps their words until `rebuild`, and finds no note for them.
    """
    old = select(search_document.c.doc).where(search_document.c.note_seq.in_(seqs))
    if connection.dialect.name == "postgresql":
        docs = list(connection.execute(old).scalars())
        connection.execute(text("DELETE FROM note_search WHERE doc = ANY(:docs)"), {"docs": docs})
    connection.execute(delete(search_document).where(search_document.c.note_seq.in_(seqs)))


def empty_index(connection: Connection) -> None:
    """Empty the index and queue every living note, so that no erased text remains in it."""
    clear = "INSERT INTO note_search(note_search) VALUES ('delete-all')"
    connection.exec_driver_sql(
        clear if connection.dialect.name == "sqlite" else "DELETE FROM note_search"
    )
    connection.execute(delete(search_document))
    connection.execute(delete(search_queue))
    living = select(note.c.seq).where(note.c.gone.is_(None))
    connection.execute(search_queue.insert().from_select(["note_seq"], living))


def _document(connection: Connection, found: StoredNote) -> tuple[str, str]:
    words, marks = ngrams(" \n".join(searchable_texts(found))), _marks(found)
    if connection.dialect.name == "sqlite":
        return " ".join(words), " ".join(marks)
    places = (f"'{word}':{min(place, 16383)}" for place, word in enumerate(words, 1))
    return " ".join(places), " ".join(marks)


def _marks(found: StoredNote) -> list[str]:
    return sorted({condition_word(kind, value) for kind, value in search_conditions(found)})
