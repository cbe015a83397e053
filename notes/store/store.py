"""The store's interface: everything that other packages may ask of it."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from notes.export_formats.record import ExportSelection, NumberedRecord, Record
from notes.model.erased_names import NameMask
from notes.model.notes import Kind, Outcome, SourceHealth, Step, StoredNote, StoredProblem, Version
from notes.model.periods import Week
from notes.store.migrations.migrate import bring_up_to_date
from notes.store.tables import runs
from notes.store.tables.runs import RunRecord
from notes.store.tables.source_health import health

from .database import Database

if TYPE_CHECKING:  # loaded by the methods that need them: most commands call few (ADR 0410)
    from notes.model.deliveries import AskedDecision, ReportKind
    from notes.store.export.import_records import ImportCounts
    from notes.store.maintenance.erasure import ErasureCounts
    from notes.store.maintenance.upkeep import PruneCounts
    from notes.store.note_rows.manual_links import ContinuedSource, ManualLink
    from notes.store.note_rows.selection import LinkDoubt
    from notes.store.note_rows.writer import WriteContext
    from notes.store.search.query import Order, SearchQuery

    from .source_update.update import SourceUpdate


class Store:
    """The notes and their history, on SQLite or PostgreSQL.

    Any method can raise StoreError (StoreBusyError when another program holds the store); lists and
    iterators are in stored order, which is the order of first appearance; instants are aware and in
    UTC. Iterators must be read to the end or closed: each holds a connection.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(
        cls, url: str, *, create: bool = True, migrate: bool = True, patience: float = 5.0
    ) -> Self:
        """Open the store at `sqlite:///file` or `postgresql://…`; create or migrate it when needed.

        Args:
            url: the address, with an absolute path for SQLite.
            create: make the SQLite file, or the tables, when they are missing.
            migrate: bring an older store to this schema; without it, only `backup` is to be asked
                of it.
            patience: seconds to wait for another program.

        Raises:
            StoreMissingError: there is none, and `create` does not allow to make it.
            StoreError: it cannot be opened, is not ours, or was written by a newer loopnote.
        """
        database = Database(url, patience=patience, create=create)
        try:
            bring_up_to_date(database, create=create, migrate=migrate)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Runs

    def begin_run(self, command: str, now: datetime) -> str:
        """Record the start of a command; return its id, which sorts by time."""
        with self.database.changing() as statements:
            return runs.begin(statements, command, now)

    def end_run(self, run_id: str, now: datetime, *, ok: bool, error: str = "") -> None:
        """Record the end of a command."""
        with self.database.changing() as statements:
            runs.end(statements, run_id, now, ok=ok, error=error)

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """Return the last runs, newest first."""
        with self.database.asking() as statements:
            return runs.latest(statements, limit)

    def knows_run(self, run_id: str) -> bool:
        """Say whether a run was written down in this store."""
        with self.database.asking() as statements:
            return runs.is_known(statements, run_id)

    # Sources

    @contextmanager
    def update(
        self, source: str, team: str, run_id: str, *, now: datetime
    ) -> "Iterator[SourceUpdate]":
        """Yield one update of a source.

        What it finished is kept when the block ends without an exception.
        """
        from notes.store.note_rows.writer import WriteContext

        from .source_update.update import SourceUpdate

        with ExitStack() as stack:
            yield SourceUpdate(
                self.database, stack, WriteContext(source, team, run_id, now, first_reading=True)
            )

    def record_failure(
        self, source: str, team: str, now: datetime, *, error: str, hint: str = ""
    ) -> None:
        """Record that a reading failed; the last good data stay."""
        from notes.store.tables.source_rows import write_failure

        with self.database.changing() as statements:
            write_failure(statements, source, team=team, now=now, error=error, hint=hint)

    def state(self, name: str) -> dict[str, Any]:
        """Return what the source wanted to remember; empty when it was never read."""
        from notes.store.tables.source_rows import kept

        with self.database.asking() as statements:
            return kept(statements, name, "state", missing={})

    def readings(self, name: str) -> list[dict[str, Any]]:
        """Return how the source's tables were understood at the last reading, as they were put."""
        from notes.store.tables.source_rows import kept

        with self.database.asking() as statements:
            return kept(statements, name, "readings", missing=[])

    def health(
        self, sources: Sequence[tuple[str, str]] | None = None, *, team: str | None = None
    ) -> list[SourceHealth]:
        """Return the health of the given (source, team) pairs in their order.

        Of all known sources by name where none are given, or of those of a team.
        """
        names = None if sources is None else [name for name, _ in sources]
        with self.database.asking() as statements:
            known = health(statements, names=names, team=team)
        if sources is None:
            return list(known.values())
        return [known.get(name) or SourceHealth(name, team) for name, team in sources]

    def source_teams(self) -> dict[str, str]:
        """Return the team of every source that the store knows."""
        from notes.store.tables.source_rows import source_teams

        with self.database.asking() as statements:
            return source_teams(statements)

    def teams(self) -> list[str]:
        """Return the teams that have a source in the store, by name."""
        from notes.store.tables.source_rows import teams

        with self.database.asking() as statements:
            return teams(statements)

    # Notes

    def notes(  # noqa: PLR0913  each condition is one that a command offers
        self,
        *,
        team: str | None = None,
        source: str | None = None,
        kinds: Collection[Kind] | None = None,
        touching: tuple[date, date] | None = None,
        include_gone: bool = False,
        as_of: datetime | None = None,
        ids: Collection[str] | None = None,
    ) -> Iterator[StoredNote]:
        """Yield the notes that satisfy every given condition, one at a time.

        `touching` gives those that can matter to a span of days (both ends included): by dates,
        week label, points of a series, and the moments at which something was written; a superset
        by up to a day on the latter. `as_of` gives them as they stood then.
        """
        from notes.store.note_rows.selection import (
            chosen_notes,
            is_current,
            matches_note,
            notes_at,
            stream_notes,
        )

        asked = matches_note(team=team, source=source, kinds=kinds)
        if as_of is None:
            asked &= is_current(touching=touching, include_gone=include_gone)
        with self.database.reading() as connection:
            chosen = chosen_notes(connection, asked, ids)
            if as_of is None:
                yield from stream_notes(connection, chosen)
            else:
                yield from notes_at(connection, chosen, as_of, include_gone=include_gone)

    def experiments(self, team: str) -> tuple[int, int]:
        """Return how many living experiments a team has, and how many of them have no known day."""
        from notes.store.note_rows.selection import counted

        with self.database.reading() as connection:
            return counted(connection, team)

    def asked(self, team: str, kind: "ReportKind") -> "list[AskedDecision]":
        """Return what the team's sent pages of one kind asked, the latest period first."""
        from notes.store.delivery.asked_decisions import asked_decisions

        return asked_decisions(self.database, team, kind)

    def note(self, note_id: str) -> StoredNote:
        """Return the note of an id, or of the beginning of one.

        Raises:
            StoreError: no note, or several, have such an id.
        """
        from notes.store.note_rows.decoded_rows import stored_note
        from notes.store.note_rows.selection import find_line

        with self.database.reading() as connection:
            return stored_note(find_line(connection, note_id))

    def versions(self, note_id: str) -> list[Version]:
        """Return the states of a note (by id, or the beginning of one), oldest first.

        Raises:
            StoreError: no note, or several, have such an id.
        """
        from notes.store.note_rows.history import versions_of
        from notes.store.note_rows.selection import find_line

        with self.database.reading() as connection:
            row = find_line(connection, note_id)
            return versions_of(connection, row)

    def steps(self, ids: Collection[str]) -> dict[str, list[Step]]:
        """Return the changes of each note that still exists, oldest first, without the notes."""
        from notes.store.note_rows.history import steps_of

        with self.database.reading() as connection:
            return steps_of(connection, ids)

    def fingerprints(self) -> dict[str, str]:
        """Return a fingerprint of every note by id, gone ones too, over all that is stored of
        it.
        """
        from notes.store.note_rows.fingerprints import note_fingerprints

        return note_fingerprints(self.database)

    # Repairs

    def join(self, one: str, other: str, run_id: str, *, now: datetime) -> str:
        """Merge two notes: the row of the newer continues the older; return the id that stays.

        Raises:
            StoreError: they cannot be joined; the message says why.
        """
        from notes.store.note_rows.manual_links import join
        from notes.store.note_rows.selection import find_line

        with self.database.writing() as connection:
            rows = [find_line(connection, each) for each in (one, other)]
            return join(connection, rows[0], rows[1], stamp=_by_hand(rows[0], run_id, now))

    def split(self, note_id: str, run_id: str, now: datetime, *, version: int | None = None) -> str:
        """Give a note's present row a new id and return it; the note goes back to its state before.

        Args: note_id: the note, or the beginning of its id. run_id: the run that asks. now: the
            present instant. version: the version with which the wrong row came; the latest that
            changed something when not given.

        Raises:
            StoreError: it cannot be split; the message says why.
        """
        from notes.store.note_rows.manual_links import split
        from notes.store.note_rows.selection import find_line

        with self.database.writing() as connection:
            row = find_line(connection, note_id)
            return split(connection, row, _by_hand(row, run_id, now), version=version)

    def undo_manual_link(self, repair_id: int, run_id: str, now: datetime) -> "ManualLink":
        """Undo a join or split; the notes go on from what they say now.

        Raises:
            StoreError: it cannot be undone; the message says why.
        """
        from notes.store.note_rows.manual_links import undo
        from notes.store.note_rows.writer import WriteContext

        with self.database.writing() as connection:
            return undo(
                connection, repair_id, WriteContext("repair", "", run_id, now, first_reading=False)
            )

    def part_source(self, source: str, former: str, run_id: str, *, now: datetime) -> int:
        """Undo that `source` continues `former`: its rows get new ids; return how many.

        Raises:
            StoreError: no note of `source` came from `former`.
        """
        from notes.store.note_rows.manual_links import part_source
        from notes.store.note_rows.writer import WriteContext

        with self.database.writing() as connection:
            stamp = WriteContext(source, "", run_id, now, first_reading=False)
            return part_source(connection, source, former, stamp=stamp)

    def continued_sources(self) -> "list[ContinuedSource]":
        """Return which sources hold living notes that came from another one, by name."""
        from notes.store.note_rows.manual_links import continued_sources

        with self.database.reading() as connection:
            return continued_sources(connection)

    def manual_links(self) -> "list[ManualLink]":
        """Return all joins and splits, oldest first."""
        from notes.store.note_rows.manual_links import manual_links

        with self.database.reading() as connection:
            return manual_links(connection)

    def doubt(self, note_id: str) -> "LinkDoubt | None":
        """Return why a note's identity is not sure.

        None when it is, or when a person has decided.
        """
        from notes.store.note_rows.selection import LinkDoubt, find_line

        with self.database.reading() as connection:
            row = find_line(connection, note_id)
        return LinkDoubt(**json.loads(row["link"])) if row["link"] else None

    def doubts(self, ids: Collection[str] | None = None) -> "dict[str, LinkDoubt]":
        """Return by id why each note's identity is not sure, of those where it is not.

        `ids` asks of these notes only.
        """
        from notes.store.note_rows.selection import doubts

        with self.database.reading() as connection:
            return doubts(connection, ids)

    # Problems and search

    def search(  # noqa: PLR0913  each condition is one that a command offers
        self,
        words: str,
        *,
        team: str | None = None,
        week: Week | None = None,
        person: str | None = None,
        outcome: Outcome | None = None,
        tag: str | None = None,
        order: "Order" = "best",
        limit: int = 20,
    ) -> list[StoredNote]:
        """Return living notes with every word (Korean anywhere in a word, others as a prefix)."""
        from notes.store.search.query import SearchQuery

        return self.answers(
            SearchQuery(words=words, team=team, week=week, person=person, outcome=outcome, tag=tag),
            order=order,
            limit=limit,
        )

    def answers(
        self, question: "SearchQuery", *, order: "Order" = "best", limit: int = 20
    ) -> list[StoredNote]:
        """Return living notes that match a query, as `search` does."""
        from notes.store.search.query import found_seqs, notes_in_order

        self.bring_index_up_to_date()
        with self.database.asking() as statements:
            return notes_in_order(statements, found_seqs(statements, question, order, limit=limit))

    def search_count(self, question: "SearchQuery", most: int) -> int:
        """Return how many living notes match a query, at most `most`."""
        from notes.store.search.query import found_count

        self.bring_index_up_to_date()
        with self.database.asking() as statements:
            return found_count(statements, question, most)

    def similar(self, text: str, *, team: str | None = None, limit: int = 20) -> list[StoredNote]:
        """Return living notes that share the rarest words of a text, most alike first."""
        from notes.store.search.query import notes_in_order, similar_seqs

        self.bring_index_up_to_date()
        with self.database.asking() as statements:
            return notes_in_order(statements, similar_seqs(statements, text, team, limit=limit))

    def latest(
        self, kind: Kind, *, before: date, team: str | None = None, limit: int
    ) -> list[StoredNote]:
        """Return the living notes of a kind that the index has under days before one, newest
        first.
        """
        from notes.store.search.query import latest_seqs, notes_in_order

        self.bring_index_up_to_date()
        with self.database.asking() as statements:
            seqs = latest_seqs(statements, kind, team=team, before=before, limit=limit)
            return notes_in_order(statements, seqs)

    def bring_index_up_to_date(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Index what changed since the last search; return how many notes.

        `progress` is told (done, all).
        """
        with self.database.asking() as statements:
            if not statements.rows("SELECT note_seq FROM search_queue LIMIT 1"):
                return 0
        from notes.store.search.index import bring_index_up_to_date

        return bring_index_up_to_date(self.database, progress)

    def problems(
        self, *, team: str | None = None, source: str | None = None, codes: Collection[str] = ()
    ) -> list[StoredProblem]:
        """Return what could not be understood, by source and then in the order of the reading.

        `codes`: only those.
        """
        from notes.store.tables.problem_rows import read_problems

        with self.database.asking() as statements:
            found = read_problems(statements, team=team, source=source, codes=codes)
        return [one for one in found if not codes or one.problem.code in codes]

    # Exchange

    def records(self, chosen: ExportSelection) -> Iterator[Record]:
        """Yield the records of an export, all from one moment of the store."""
        from notes.store.export.export_records import export_records

        with self.database.reading() as connection:
            yield from export_records(connection, chosen)

    def import_records(
        self, records: Iterable[NumberedRecord], *, keep: bool = True
    ) -> "ImportCounts":
        """Import the records of an export, all or none; without `keep` only count them.

        Raises: ExchangeError: a record is none, or the store holds another of its name; the store
            is as it was.
        """
        from notes.store.export.import_records import import_records

        with self.database.writing(alone=True) as connection:
            taken = import_records(connection, records)
            if not keep:
                connection.rollback()
        return taken

    # Upkeep

    def backup(self, path: Path) -> None:
        """Write a complete copy to a new file without blocking others; `store.url` can name it.

        Raises:
            StoreError: it cannot be written; on PostgreSQL the hint names the command that does it.
        """
        from notes.store.maintenance.upkeep import backup

        backup(self.database, path)

    def check(self) -> list[str]:
        """Return what is wrong with the database's structure, one line each.

        Nothing when it is sound.
        """
        from notes.store.maintenance.upkeep import check

        return check(self.database)

    def prune(self, now: datetime, *, gone_days: int, versions_days: int) -> "PruneCounts":
        """Delete old versions and notes that are long gone; return how many."""
        from notes.store.maintenance.upkeep import prune

        return prune(self.database, now, gone_days=gone_days, versions_days=versions_days)

    def erase(
        self, names: Sequence[str], *, mark: str, nicknames: Sequence[str] = (), now: datetime
    ) -> "ErasureCounts":
        """Replace a person's names by a mark in all that is kept, mails included; they stay out
        from then on.

        Return what named them, and where they still stand.
        """
        from notes.store.maintenance.erasure import erase

        return erase(self.database, names, mark, nicknames=nicknames, now=now)

    def erased_names(self) -> NameMask:
        """Return what takes the erased names out of what is read."""
        from notes.store.tables.erased_name_rows import name_mask

        with self.database.asking() as statements:
            return name_mask(statements)

    def give_back_space(self) -> None:
        """Return unused space to the file system."""
        from notes.store.maintenance.upkeep import give_back_space

        give_back_space(self.database)


def _by_hand(row: Any, run_id: str, now: datetime) -> "WriteContext":
    from notes.store.note_rows.writer import WriteContext

    return WriteContext(row["source"], row["team"], run_id, now, first_reading=False)
