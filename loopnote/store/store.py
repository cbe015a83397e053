"""The store: what the rest of loopnote may ask of it, and nothing about how it is done."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Select, and_, insert, select, true, update

from loopnote.errors import StoreError
from loopnote.notes import Kind, Outcome, SourceHealth, StoredNote, StoredProblem, Version
from loopnote.weeks import Week

from .bulk import among
from .database import Database
from .erasure import Erased, erase
from .history import changes_since, stood, versions_of
from .migrate import bring_up_to_date
from .problem_table import read_problems
from .repair import Repair, join, repairs, split, undo
from .rows import STORED, stored_note, stored_notes
from .schema import instant_text, note, problem, run, source
from .search import Order, Question, found_seqs, similar_seqs
from .search_index import bring_index_up_to_date
from .source_table import health_of, write_failure
from .update import SourceUpdate
from .upkeep import Pruned, backup, check, give_back_space, prune
from .writing import Stamp


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One command that wrote; `ok` is None while it runs, or when it was killed."""

    id: str
    command: str
    started: datetime
    ended: datetime | None
    ok: bool | None
    error: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a note may be another: how its row was found, how well it fits (0 to 1), and the notes nearly as good."""

    how: str
    score: float
    rivals: list[str]


class Store:
    """The notes and their history, on SQLite or PostgreSQL.

    Any method can raise StoreError (StoreBusyError when another program holds the store); lists and iterators are
    in stored order, which is the order of first appearance; instants are aware and in UTC. Iterators must be read to
    the end or closed: each holds a connection.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, url: str, *, create: bool = True, patience: float = 5.0) -> Self:
        """Open the store at `sqlite:///file` or `postgresql://…`, making or migrating it when needed.

        Args:
            url: the address, with an absolute path for SQLite.
            create: make the SQLite file when it is missing.
            patience: seconds to wait for another program.

        Raises:
            StoreError: it cannot be opened, is not ours, or was written by a newer loopnote.
        """
        database = Database(url, patience=patience, create=create)
        try:
            bring_up_to_date(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Runs

    def begin_run(self, command: str, now: datetime) -> str:
        """Note that a command starts; return its id, which sorts by time."""
        with self.database.writing() as connection:
            count = connection.execute(select(run.c.id).where(run.c.started == now)).all()
            mark = blake2b(f"{command}\n{now}\n{len(count)}".encode(), digest_size=3).hexdigest()
            run_id = f"{instant_text(now)[:19].replace(':', '').replace('-', '')}-{mark}"
            connection.execute(insert(run).values(id=run_id, command=command, started=now))
        return run_id

    def end_run(self, run_id: str, now: datetime, *, ok: bool, error: str = "") -> None:
        """Note that a command ended."""
        with self.database.writing() as connection:
            connection.execute(update(run).where(run.c.id == run_id).values(ended=now, ok=ok, error=error))

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """Return the last runs, newest first."""
        with self.database.reading() as connection:
            rows = connection.execute(select(run).order_by(run.c.started.desc(), run.c.id).limit(limit)).mappings()
            return [RunRecord(**row) for row in rows]

    # Sources

    @contextmanager
    def update(self, source: str, team: str, run_id: str, now: datetime) -> Iterator[SourceUpdate]:
        """Give one update of a source; what it finished is kept when the block ends without an exception."""
        with ExitStack() as stack:
            yield SourceUpdate(self.database, stack, Stamp(source, team, run_id, now, first_reading=True))

    def record_failure(self, source: str, team: str, now: datetime, *, error: str, hint: str = "") -> None:
        """Note that a reading failed; the last good data stay."""
        with self.database.writing() as connection:
            write_failure(connection, source, team=team, now=now, error=error, hint=hint)

    def state(self, name: str) -> dict[str, Any]:
        """Return what the source wanted to remember; empty when it was never read."""
        return self._source_json(name, "state") or {}

    def readings(self, name: str) -> list[dict[str, Any]]:
        """Return how the source's tables were understood at the last reading, as they were put."""
        return self._source_json(name, "readings") or []

    def _source_json(self, name: str, column: str) -> Any:
        with self.database.reading() as connection:
            text = connection.execute(select(source.c[column]).where(source.c.name == name)).scalar()
        return json.loads(text) if text else None

    def health(self, sources: Sequence[tuple[str, str]] | None = None) -> list[SourceHealth]:
        """Return the health of the given (source, team) pairs in their order, or of all known sources by name."""
        with self.database.reading() as connection:
            rows = connection.execute(select(source).order_by(source.c.name)).mappings()
            known = {row["name"]: health_of(row) for row in rows}
        if sources is None:
            return list(known.values())
        return [known.get(name) or SourceHealth(name, team) for name, team in sources]

    def teams(self) -> list[str]:
        """Return the teams that have a source in the store, by name."""
        with self.database.reading() as connection:
            return list(connection.execute(select(source.c.team).distinct().order_by(source.c.team)).scalars())

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

        `touching` gives those that can matter to a span of days (both ends included): by dates, week label, points
        of a series, and the moments at which something was written; a superset by up to a day on the latter.
        `as_of` gives them as they stood then.
        """
        where = _where(team=team, source=source, kinds=kinds)
        if touching and as_of is None:
            first, last = touching
            where &= (note.c.touched_last >= first.isoformat()) & (note.c.touched_first <= last.isoformat())
        if not include_gone and as_of is None:
            where &= note.c.gone.is_(None)
        with self.database.reading() as connection:
            if ids is not None:
                where &= among(connection, note.c.id, ids)
            chosen = note.c.seq.in_(select(note.c.seq).where(where))
            yield from (
                _streamed(connection, chosen)
                if as_of is None
                else _as_of(connection, chosen, as_of, include_gone=include_gone)
            )

    def note(self, note_id: str) -> StoredNote:
        """Return the note of an id, or of the beginning of one.

        Raises:
            StoreError: no note, or several, have such an id.
        """
        with self.database.reading() as connection:
            return stored_note(self._line(connection.execute(_by_prefix(note_id)).mappings().all(), note_id))

    def versions(self, note_id: str) -> list[Version]:
        """Return the states of a note (by id, or the beginning of one), oldest first.

        Raises:
            StoreError: no note, or several, have such an id.
        """
        with self.database.reading() as connection:
            row = self._line(connection.execute(_by_prefix(note_id)).mappings().all(), note_id)
            return versions_of(connection, row)

    def _line(self, rows: Sequence[Any], note_id: str) -> Any:
        exact = [row for row in rows if row["id"] == note_id]
        if len(rows) == 1 or exact:
            return (exact or rows)[0]
        if not rows:
            raise StoreError(f"there is no note {note_id}", hint="`loopnote notes` lists the ids")
        several = ", ".join(row["id"] for row in rows[:5])
        raise StoreError(f"{note_id} begins more than one id: {several}", hint="write more of the id")

    def search(  # noqa: PLR0913  each condition is one that a command offers
        self,
        words: str,
        *,
        team: str | None = None,
        week: Week | None = None,
        person: str | None = None,
        outcome: Outcome | None = None,
        tag: str | None = None,
        order: Order = "best",
        limit: int = 20,
    ) -> list[StoredNote]:
        """Return living notes that hold every word (Korean anywhere in a word, others by their beginning)."""
        question = Question(words, team, week, person, outcome, tag)
        self.bring_index_up_to_date()
        with self.database.reading() as connection:
            return _in_order(connection, found_seqs(connection, question, order, limit))

    def similar(self, text: str, *, team: str | None = None, limit: int = 20) -> list[StoredNote]:
        """Return living notes that share the rarest words of a text, most alike first."""
        self.bring_index_up_to_date()
        with self.database.reading() as connection:
            return _in_order(connection, similar_seqs(connection, text, team, limit))

    def bring_index_up_to_date(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Index what changed since the last search; return how many notes. `progress` is told (done, all)."""
        return bring_index_up_to_date(self.database, progress)

    # Repairs

    def join(self, one: str, other: str, run_id: str, now: datetime) -> str:
        """Make two notes one: the row that became the newer continues the older; return the id that stays.

        Raises:
            StoreError: they cannot be joined; the message says why.
        """
        with self.database.writing() as connection:
            rows = [self._line(connection.execute(_by_prefix(each)).mappings().all(), each) for each in (one, other)]
            return join(connection, rows[0], rows[1], _by_hand(rows[0], run_id, now))

    def split(self, note_id: str, run_id: str, now: datetime, *, version: int | None = None) -> str:
        """Give the row that a note holds an id of its own, and return it; the note goes back to what it was.

        Args:
            note_id: the note, or the beginning of its id.
            run_id: the run that asks.
            now: the present instant.
            version: the version with which the wrong row came; the latest that changed something when not given.

        Raises:
            StoreError: it cannot be split; the message says why.
        """
        with self.database.writing() as connection:
            row = self._line(connection.execute(_by_prefix(note_id)).mappings().all(), note_id)
            return split(connection, row, _by_hand(row, run_id, now), version)

    def undo_repair(self, repair_id: int, run_id: str, now: datetime) -> Repair:
        """Undo a join or split; the notes go on from what they say now.

        Raises:
            StoreError: it cannot be undone; the message says why.
        """
        with self.database.writing() as connection:
            return undo(connection, repair_id, Stamp("repair", "", run_id, now, first_reading=False))

    def repairs(self) -> list[Repair]:
        """Return all joins and splits, oldest first."""
        with self.database.reading() as connection:
            return repairs(connection)

    def doubt(self, note_id: str) -> Doubt | None:
        """Return why a note's identity is not sure; None when it is, or when a person has decided."""
        with self.database.reading() as connection:
            row = self._line(connection.execute(_by_prefix(note_id)).mappings().all(), note_id)
        return Doubt(**json.loads(row["link"])) if row["link"] else None

    def confirm(self, note_id: str) -> None:
        """Note that a person found an uncertain identity to be right."""
        with self.database.writing() as connection:
            row = self._line(connection.execute(_by_prefix(note_id)).mappings().all(), note_id)
            connection.execute(update(note).where(note.c.seq == row["seq"]).values(link=""))

    # Problems and search

    def problems(self, *, team: str | None = None, source: str | None = None) -> list[StoredProblem]:
        """Return what could not be understood, by source and then in the order of the reading."""
        where = true() if team is None else problem.c.team == team
        if source is not None:
            where = and_(where, problem.c.source == source)
        with self.database.reading() as connection:
            return read_problems(connection, where)

    # Upkeep

    def backup(self, path: Path) -> None:
        """Write a complete copy to a new file while others go on working; to use it, name it in `store.url`.

        Raises:
            StoreError: it cannot be written; on PostgreSQL the hint names the command that does it.
        """
        backup(self.database, path)

    def check(self) -> list[str]:
        """Return what is wrong with the database's structure, one line each; nothing when it is sound."""
        return check(self.database)

    def prune(self, now: datetime, *, gone_days: int, versions_days: int) -> Pruned:
        """Let go of former states and of notes long gone; return how many."""
        return prune(self.database, now, gone_days=gone_days, versions_days=versions_days)

    def erase(self, names: Sequence[str], *, mark: str) -> Erased:
        """Replace a person's names by a mark in everything that is kept, mails included; return what named them."""
        return erase(self.database, names, mark)

    def give_back_space(self) -> None:
        """Give unused space back to the disk."""
        give_back_space(self.database)


def _by_hand(row: Any, run_id: str, now: datetime) -> Stamp:
    return Stamp(row["source"], row["team"], run_id, now, first_reading=False)


def _where(*, team: str | None, source: str | None, kinds: Collection[str] | None) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if team is not None:
        conditions.append(note.c.team == team)
    if source is not None:
        conditions.append(note.c.source == source)
    if kinds is not None:
        conditions.append(note.c.kind.in_(sorted(kinds)))
    return and_(*conditions)


def _streamed(connection: Connection, chosen: ColumnElement[bool]) -> Iterator[StoredNote]:
    rows = select(*STORED).where(chosen).order_by(note.c.seq)
    for part in connection.execution_options(yield_per=500).execute(rows).partitions():
        yield from stored_notes(part)


def _as_of(
    connection: Connection, chosen: ColumnElement[bool], moment: datetime, *, include_gone: bool
) -> Iterator[StoredNote]:
    later = changes_since(connection, moment, chosen)
    rows = select(note).where(chosen, note.c.first_seen <= moment).order_by(note.c.seq)
    lines = connection.execution_options(yield_per=500).execute(rows).mappings()
    then = (stood(line, later) for line in lines)
    return (each for each in then if include_gone or not each.gone)


def _in_order(connection: Connection, seqs: Sequence[int]) -> list[StoredNote]:
    rows = connection.execute(select(note.c.seq, *STORED).where(note.c.seq.in_(seqs))).all()
    found = dict(zip([row.seq for row in rows], stored_notes([row[1:] for row in rows]), strict=True))
    return [found[seq] for seq in seqs]


def _by_prefix(note_id: str) -> Select[Any]:
    return select(note).where(note.c.id >= note_id, note.c.id < note_id + "~").order_by(note.c.id).limit(6)
