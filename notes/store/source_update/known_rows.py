"""What the store knows of a source and its team before an update: read only, nothing is changed."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from notes.model.notes import Entry, EqualRow, EqualRows, KnownRow
from notes.store.database import Database
from notes.store.note_rows.bulk import batches, without_garbage_collection
from notes.store.note_rows.decoded_rows import ENTRY, entries
from notes.store.note_rows.json_payload import count_cells, read_place
from notes.store.sql.statements import PART, Line, Statements, Values, among, listed
from notes.store.sql.stored_values import instant_text, read_known_instant

from .carried_rows import carried_entries
from .rows_aside import LivingRows, RowsAside, stand_of

LIVING = "source = :source AND gone IS NULL"
"""Chooses the living notes of a source."""
_ENTRY = ", ".join(ENTRY)
_EQUALITY = "seq, id, source, gone, digest, place, url"
"""What is read of a known row: all of an entry, or only what tells whether it is equal."""


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
        with self._database.asking() as statements:
            return list(carried_entries(statements, self._source, self._team))

    def rows(self, *, keep_days: int = 42) -> list[KnownRow]:
        """Return the source's living rows, and the team's rows that vanished within `keep_days`."""
        with without_garbage_collection():
            return [row for _, row in self.each(keep_days=keep_days)]

    def each(self, *, keep_days: int = 42) -> Iterator[tuple[int, KnownRow]]:
        """Yield (line, row) of `rows`."""
        with self._database.asking() as statements:
            absorbed = _rejoined(statements)
            for where, values in self._known_to_link(keep_days):
                asked = f"SELECT seq, id, source, gone, {_ENTRY} FROM note WHERE {where}"  # noqa: S608
                for part in statements.parts(f"{asked} ORDER BY seq", values):
                    for row, entry in zip(part, entries([row[4:] for row in part]), strict=True):
                        line, id_, origin, gone = row[:4]
                        if id_ not in absorbed:
                            yield line, KnownRow(id_, origin, entry, read_known_instant(gone))

    def each_or_equal(
        self, row_of: Mapping[bytes, int], *, keep_days: int = 42
    ) -> Iterator[tuple[Sequence[int], KnownRow | EqualRow | EqualRows]]:
        """Give (lines, row) of `rows` without the service's own ids, one after the other.

        `row_of` gives the row of today with a digest: what is equal is not decoded, and what
        stands where it stood is not even read, but given together. Such are the most of a log.
        """
        with self._database.asking() as statements:
            absorbed = _rejoined(statements)
            mine, others = self._known_to_link(keep_days)
            if self._living:
                yield from self._living_or_equal(statements, row_of, absorbed)
            else:
                yield from self._asked_or_equal(statements, mine, row_of, absorbed=absorbed)
            yield from self._asked_or_equal(statements, others, row_of, absorbed=absorbed)

    def _living_or_equal(
        self, statements: Statements, row_of: Mapping[bytes, int], absorbed: Collection[str]
    ) -> Iterator[tuple[Sequence[int], KnownRow | EqualRow | EqualRows]]:
        """Give what `parsed_rows` saw: the source's living rows."""
        apart = _lines_of(statements, absorbed)
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
                    statements, moved, row_of=row_of, absorbed=absorbed
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
        statements: Statements,
        chosen: tuple[str, Values],
        row_of: Mapping[bytes, int],
        *,
        absorbed: Collection[str],
    ) -> Iterator[tuple[Sequence[int], KnownRow | EqualRow]]:
        where, values = chosen
        asked = f"SELECT seq FROM note WHERE {where} AND native_id = '' ORDER BY seq"  # noqa: S608
        lines = [line for (line,) in statements.lines(asked, values)]
        for part in batches(lines):
            yield from self._read_or_equal(statements, part, row_of=row_of, absorbed=absorbed)

    def _read_or_equal(
        self,
        statements: Statements,
        lines: Sequence[int],
        *,
        row_of: Mapping[bytes, int],
        absorbed: Collection[str],
    ) -> Iterator[tuple[Sequence[int], KnownRow | EqualRow]]:
        """Give some hundred rows, decoded where no row of today has their digest."""
        if not lines:
            return
        chosen, values = among(statements, "seq", lines)
        asked = f"SELECT {_EQUALITY} FROM note WHERE {chosen} ORDER BY seq"  # noqa: S608
        rows = statements.lines(asked, values)
        found = [(row, row_of.get(row[4], -1)) for row in rows if row[1] not in absorbed]
        other = entries_of(statements, [row[0] for row, at in found if at < 0])
        for (line, id_, origin, gone_at, digest, place, url), at in found:
            gone = read_known_instant(gone_at)
            if at < 0:
                yield (line,), KnownRow(id_, origin, other[line], gone)
                continue
            living = gone is None and origin == self._source
            if living and self._aside.stands_as(at, stand_of(digest, place, url)):
                self._aside.go_on_as_they_were((at,), (line,))
            yield (line,), EqualRow(id_, origin, read_place(place), at, gone)

    def _known_to_link(self, keep_days: int) -> tuple[tuple[str, Values], tuple[str, Values]]:
        """Return what chooses the living notes that may go on, and those that went lately."""
        own, values = listed("own", sorted({self._source, *self.retired, *self.beside}))
        mine = f"source IN ({own}) AND team = :team AND gone IS NULL"
        since = instant_text(self._now - timedelta(days=keep_days))
        vanished: Values = {"team": self._team, "since": since}
        lately = ("team = :team AND gone >= :since", vanished)
        if len(values) == 1:
            return (LIVING, {"source": self._source}), lately
        return (mine, {**values, "team": self._team}), lately

    def has_any(self, *, keep_days: int = 42) -> bool:
        """Return whether `rows` would yield any."""
        with self._database.asking() as statements:
            return any(
                statements.lines(f"SELECT seq FROM note WHERE {where} LIMIT 1", values)  # noqa: S608
                for where, values in self._known_to_link(keep_days)
            )

    def parsed_rows(self) -> tuple[bytes, Collection[bytes]]:
        """Return what `put_parsed_rows` kept, and the digests of the source's living rows.

        The digests of `UnchangedRows` are among these.
        """
        mine: Values = {"source": self._source}
        with self._database.asking() as statements:
            kept = statements.lines("SELECT content FROM parsed_rows WHERE source = :source", mine)
            for part in statements.parts(_DIGESTS, mine) if kept else ():
                self._living.add(part)
        return kept[0][0] if kept else b"", self._living.line_of.keys()

    def stored_entries(self, digests: Sequence[bytes]) -> list[Entry]:
        """Return the rows with these digests of `parsed_rows`, as stored."""
        found = self.stored(digests, ENTRY)
        return entries(found)

    def count_cells(self, digests: Sequence[bytes]) -> Counter[tuple[str, str]]:
        """Return how many of the rows with these digests of `parsed_rows` hold each cell.

        A cell is its label and its text as stored.
        """
        return count_cells([row[0] for row in self.stored(digests, ("cells",))])

    def stored(self, digests: Sequence[bytes], columns: Sequence[str]) -> list[Line]:
        """Return these columns of the rows with these digests of `parsed_rows`."""
        lines = [self._living.line_of[digest] for digest in digests]
        found: dict[int, Line] = {}
        with self._database.asking() as statements:
            for part in batches(lines):
                chosen, values = among(statements, "seq", part)
                asked = f"SELECT seq, {', '.join(columns)} FROM note WHERE {chosen}"  # noqa: S608
                found |= {row[0]: row[1:] for row in statements.lines(asked, values)}
        return [found[line] for line in lines]

    def living_count(self) -> int:
        """Return how many notes of the source are alive."""
        with self._database.asking() as statements:
            asked = f"SELECT count(*) FROM note WHERE {LIVING}"  # noqa: S608  our own words
            return int(statements.lines(asked, {"source": self._source})[0][0])

    def native_ids(self) -> set[str]:
        """Return the ids that the service itself gave to the source's living notes."""
        asked = f"SELECT native_id FROM note WHERE {LIVING} AND native_id <> ''"  # noqa: S608
        with self._database.asking() as statements:
            return {line[0] for line in statements.lines(asked, {"source": self._source})}

    def note_ids(self, native_ids: Collection[str]) -> dict[str, str]:
        """Return the note of each native id that this source has had, alive or gone."""
        with self._database.asking() as statements:
            rows = self._of_native_ids(statements, native_ids, "native_id, id")
            absorbed = _rejoined(statements)
        return {native_id: note_id for native_id, note_id in rows if note_id not in absorbed}

    def titles(self, native_ids: Collection[str]) -> dict[str, str]:
        """Return the title of the note of each native id that has one, alive or gone."""
        with self._database.asking() as statements:
            rows = self._of_native_ids(statements, native_ids, f"id, {_ENTRY}")
            absorbed = _rejoined(statements) if rows else {}
        found = zip([row[0] for row in rows], entries([row[1:] for row in rows]), strict=True)
        return {
            entry.raw.native_id: entry.note.title
            for note_id, entry in found
            if entry.note.title and note_id not in absorbed
        }

    def _of_native_ids(
        self, statements: Statements, native_ids: Collection[str], columns: str
    ) -> list[Line]:
        """Return columns of notes by the service's ids; of several the living one is last.

        The ids lead: SQLite would rather walk all notes of the source (a test holds the plan).
        """
        chosen, values = among(statements, "native_id", native_ids)
        mine, sources = listed("source", sorted({self._source, *self.retired}))
        of_team = "AND team = :team" if self.retired else ""
        asked = (
            f"SELECT {columns} FROM note WHERE {chosen} AND native_id <> ''"  # noqa: S608
            f" AND source IN ({mine}) {of_team} ORDER BY gone IS NULL, seq"
        )
        return statements.lines(asked, {**values, **sources, "team": self._team})

    @property
    def rejoined(self) -> dict[str, str]:
        """Notes that a person has joined to another: {absorbed: kept}."""
        with self._database.asking() as statements:
            return _rejoined(statements)


_DIGESTS = (
    f"SELECT seq, digest, place, url FROM note WHERE {LIVING} AND native_id = '' ORDER BY seq"  # noqa: S608
)
"""Rows without an id of their own, in the order in which they were first seen."""


def _rejoined(statements: Statements) -> dict[str, str]:
    """Return the notes that no longer stand for themselves: {absorbed: kept}."""
    return dict(
        statements.lines(
            "SELECT absorbed, kept FROM repair WHERE kind = 'join' AND undone IS NULL"
            " OR kind = 'split' AND undone IS NOT NULL"
        )
    )


def _lines_of(statements: Statements, note_ids: Collection[str]) -> set[int]:
    """Return the lines of some notes."""
    if not note_ids:
        return set()
    chosen, values = among(statements, "id", note_ids)
    found = statements.lines(f"SELECT seq FROM note WHERE {chosen}", values)  # noqa: S608
    return {line for (line,) in found}


def entries_of(statements: Statements, seqs: Collection[int]) -> dict[int, Entry]:
    """Return the rows of some lines, as stored."""
    if not seqs:
        return {}
    chosen, values = among(statements, "seq", seqs)
    rows = statements.lines(f"SELECT seq, {_ENTRY} FROM note WHERE {chosen}", values)  # noqa: S608
    decoded = entries([row[1:] for row in rows])
    return {row[0]: entry for row, entry in zip(rows, decoded, strict=True)}
