"""What the store knows of a source and its team before an update: read only, nothing is changed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, or_, select, true

from notes.model.notes import Entry, EqualRow, EqualRows, KnownRow
from notes.store.database import Database
from notes.store.note_rows.bulk import batches, is_among, without_garbage_collection
from notes.store.note_rows.json_payload import count_cells, read_place
from notes.store.note_rows.manual_links import rejoined
from notes.store.note_rows.rows import ENTRY, entries
from notes.store.schema import note, parsed_rows

from .carried_rows import carried_entries
from .rows_aside import LivingRows, RowsAside, stand_of
from .source_line import count_rows

PART = 500
"""Rows compared at once: bounds the memory of an update. Judgement."""
_EQUALITY = (
    *(note.c.seq, note.c.id, note.c.source, note.c.gone),
    *(note.c.digest, note.c.place, note.c.url),
)


class KnownRows:
    """The stored rows that the rows of today may continue.

    `retired` and `beside` are other sources of the team whose notes may go on in this one
    (`SourceUpdate.may_continue`). `aside` are the rows of today, as far as they are known.
    """

    def __init__(
        self, database: Database, source: str, team: str, *, now: datetime, aside: RowsAside
    ) -> None:
        self._database = database
        self._source, self._team, self._now = source, team, now
        self._aside = aside
        self._living = LivingRows()
        self.retired: frozenset[str] = frozenset()
        self.beside: frozenset[str] = frozenset()

    def carried(self) -> list[Entry]:
        """Return the rows of this source whose notes go on in another, as they stood here."""
        with self._database.reading() as connection:
            return list(carried_entries(connection, self._source, self._team))

    def rows(self, *, keep_days: int = 42) -> list[KnownRow]:
        """Return the source's living rows, and the team's rows that vanished within `keep_days`."""
        with without_garbage_collection():
            return [row for _, row in self.each(keep_days=keep_days)]

    def each(self, *, keep_days: int = 42) -> Iterator[tuple[int, KnownRow]]:
        """Yield (line, row) of `rows`."""
        with self._database.reading() as connection:
            absorbed = rejoined(connection)
            for where in self._known_to_link(keep_days):
                rows = select(note.c.seq, note.c.id, note.c.source, note.c.gone, *ENTRY).where(
                    where
                )
                asked = rows.order_by(note.c.seq).execution_options(yield_per=PART)
                for part in connection.execute(asked).partitions():
                    for row, entry in zip(part, entries([row[4:] for row in part]), strict=True):
                        if row[1] not in absorbed:
                            yield row[0], KnownRow(row[1], row[2], entry, row[3])

    def each_or_equal(
        self, row_of: Mapping[bytes, int], *, keep_days: int = 42
    ) -> Iterator[tuple[Sequence[int], KnownRow | EqualRow | EqualRows]]:
        """Give (lines, row) of `rows` without the service's own ids, one after the other.

        `row_of` gives the row of today with a digest: what is equal is not decoded, and what
        stands where it stood is not even read, but given together. Such are the most of a log.
        """
        with self._database.reading() as connection:
            absorbed = rejoined(connection)
            mine, others = self._known_to_link(keep_days)
            if self._living:
                yield from self._living_or_equal(connection, row_of, absorbed)
            else:
                yield from self._asked_or_equal(connection, mine, row_of, absorbed=absorbed)
            yield from self._asked_or_equal(connection, others, row_of, absorbed=absorbed)

    def _living_or_equal(
        self, connection: Connection, row_of: Mapping[bytes, int], absorbed: Collection[str]
    ) -> Iterator[tuple[Sequence[int], KnownRow | EqualRow | EqualRows]]:
        """Give what `parsed_rows` saw: the source's living rows."""
        apart = self._lines_of(connection, absorbed)
        for part in self._living.parts(PART):
            ats = [row_of.get(digest, -1) for digest in part.digests]
            stands = [
                self._aside.stands_as(at, stand) and line not in apart
                for at, stand, line in zip(ats, part.stands, part.lines, strict=True)
            ]
            moved = [line for line, same in zip(part.lines, stands, strict=True) if not same]
            read = {
                lines[0]: (lines, row)
                for lines, row in self._read_or_equal(
                    connection, moved, row_of=row_of, absorbed=absorbed
                )
            }
            pairs = zip(part.lines, ats, strict=True)
            for same, group in groupby(zip(stands, pairs, strict=True), key=itemgetter(0)):
                lines, there = zip(*(pair for _, pair in group), strict=True)
                if same:
                    self._aside.go_on_as_they_were(there, lines)
                    yield lines, EqualRows(there)
                else:
                    yield from (read[line] for line in lines if line in read)

    def _asked_or_equal(
        self,
        connection: Connection,
        where: ColumnElement[bool],
        row_of: Mapping[bytes, int],
        *,
        absorbed: Collection[str],
    ) -> Iterator[tuple[Sequence[int], KnownRow | EqualRow]]:
        rows = select(note.c.seq).where(where, note.c.native_id == "").order_by(note.c.seq)
        for part in batches(connection.execute(rows).scalars().all()):
            yield from self._read_or_equal(connection, part, row_of=row_of, absorbed=absorbed)

    def _read_or_equal(
        self,
        connection: Connection,
        lines: Sequence[int],
        *,
        row_of: Mapping[bytes, int],
        absorbed: Collection[str],
    ) -> Iterator[tuple[Sequence[int], KnownRow | EqualRow]]:
        """Give some hundred rows, decoded where no row of today has their digest."""
        if not lines:
            return
        asked = select(*_EQUALITY).where(note.c.seq.in_(lines)).order_by(note.c.seq)
        rows = connection.execute(asked).all()
        found = [(row, row_of.get(row[4], -1)) for row in rows if row[1] not in absorbed]
        other = _entries_of(connection, [row[0] for row, at in found if at < 0])
        for (line, id_, origin, gone, digest, place, url), at in found:
            if at < 0:
                yield (line,), KnownRow(id_, origin, other[line], gone)
                continue
            living = gone is None and origin == self._source
            if living and self._aside.stands_as(at, stand_of(digest, place, url)):
                self._aside.go_on_as_they_were((at,), (line,))
            yield (line,), EqualRow(id_, origin, read_place(place), at, gone)

    def _lines_of(self, connection: Connection, note_ids: Collection[str]) -> set[int]:
        """Return the lines of some notes."""
        if not note_ids:
            return set()
        asked = select(note.c.seq).where(is_among(connection, note.c.id, note_ids))
        return set(connection.execute(asked).scalars())

    def _known_to_link(self, keep_days: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        since = self._now - timedelta(days=keep_days)
        own = {self._source, *self.retired, *self.beside}
        mine = note.c.source.in_(own) & (note.c.team == self._team) & note.c.gone.is_(None)
        if len(own) == 1:
            mine = (note.c.source == self._source) & note.c.gone.is_(None)
        return mine, (note.c.team == self._team) & (note.c.gone >= since)

    def has_any(self, *, keep_days: int = 42) -> bool:
        """Return whether `rows` would yield any."""
        with self._database.reading() as connection:
            asked = select(note.c.seq).where(or_(*self._known_to_link(keep_days))).limit(1)
            return connection.execute(asked).first() is not None

    def parsed_rows(self) -> tuple[bytes, Collection[bytes]]:
        """Return what `put_parsed_rows` kept, and the digests of the source's living rows.

        The digests of `UnchangedRows` are among these.
        """
        kept = select(parsed_rows.c.content).where(parsed_rows.c.source == self._source)
        living = (
            select(note.c.seq, note.c.digest, note.c.place, note.c.url)
            .where(note.c.source == self._source, note.c.gone.is_(None))
            .where(note.c.native_id == "")
            .order_by(note.c.seq)
        )
        with self._database.reading() as connection:
            content = connection.execute(kept).scalar()
            if content:
                rows = connection.execute(living.execution_options(yield_per=PART))
                for part in rows.partitions():
                    self._living.add(part)
        return content or b"", self._living.line_of.keys()

    def stored_entries(self, digests: Sequence[bytes]) -> list[Entry]:
        """Return the rows with these digests of `parsed_rows`, as stored."""
        found = self.stored(digests, ENTRY)
        return entries(found)

    def count_cells(self, digests: Sequence[bytes]) -> Counter[tuple[str, str]]:
        """Return how many of the rows with these digests of `parsed_rows` hold each cell.

        A cell is its label and its text as stored.
        """
        return count_cells([row[0] for row in self.stored(digests, (note.c.cells,))])

    def stored(
        self, digests: Sequence[bytes], columns: Sequence[ColumnElement[Any]]
    ) -> list[Sequence[Any]]:
        """Return these columns of the rows with these digests of `parsed_rows`."""
        lines = [self._living.line_of[digest] for digest in digests]
        found: dict[int, Sequence[Any]] = {}
        with self._database.reading() as connection:
            for part in batches(lines):
                asked = select(note.c.seq, *columns).where(note.c.seq.in_(part))
                found |= {row[0]: row[1:] for row in connection.execute(asked)}
        return [found[line] for line in lines]

    def living_count(self) -> int:
        """Return how many notes of the source are alive."""
        with self._database.reading() as connection:
            asked = select(note.c.seq).where(note.c.source == self._source, note.c.gone.is_(None))
            return count_rows(connection, asked)

    def native_ids(self) -> set[str]:
        """Return the ids that the service itself gave to the source's living notes."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(note.c.native_id).where(
                    note.c.source == self._source,
                    note.c.gone.is_(None),
                    note.c.native_id != "",
                )
            )
            return set(found.scalars())

    def note_ids(self, native_ids: Collection[str]) -> dict[str, str]:
        """Return the note of each native id that this source has had, alive or gone."""
        with self._database.reading() as connection:
            rows = connection.execute(
                self._of_native_ids(connection, native_ids, note.c.native_id, note.c.id)
            ).all()
            absorbed = rejoined(connection)
        return {row.native_id: row.id for row in rows if row.id not in absorbed}

    def titles(self, native_ids: Collection[str]) -> dict[str, str]:
        """Return the title of the note of each native id that has one, alive or gone."""
        with self._database.reading() as connection:
            rows = connection.execute(
                self._of_native_ids(connection, native_ids, note.c.id, *ENTRY)
            ).all()
            absorbed = rejoined(connection) if rows else {}
        found = zip([row[0] for row in rows], entries([row[1:] for row in rows]), strict=True)
        return {
            entry.raw.native_id: entry.note.title
            for note_id, entry in found
            if entry.note.title and note_id not in absorbed
        }

    def _of_native_ids(
        self, connection: Connection, native_ids: Collection[str], *columns: Column[Any]
    ) -> Select[Any]:
        """Return the question for notes by the service's ids; of several the living one is last.

        The ids lead: SQLite would rather walk all notes of the source (a test holds the plan).
        """
        mine = {self._source, *self.retired}
        return (
            select(*columns)
            .where(
                is_among(connection, note.c.native_id, native_ids),
                note.c.native_id != "",
                note.c.source.in_(mine),
                note.c.team == self._team if self.retired else true(),
            )
            .order_by(note.c.gone.is_(None), note.c.seq)
        )

    @property
    def rejoined(self) -> dict[str, str]:
        """Notes that a person has joined to another: {absorbed: kept}."""
        with self._database.reading() as connection:
            return rejoined(connection)


def _entries_of(connection: Connection, seqs: Sequence[int]) -> dict[int, Entry]:
    if not seqs:
        return {}
    rows = connection.execute(select(note.c.seq, *ENTRY).where(note.c.seq.in_(seqs))).all()
    decoded = entries([row[1:] for row in rows])
    return {row.seq: entry for row, entry in zip(rows, decoded, strict=True)}
