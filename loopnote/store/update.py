"""One source's update: what was read is compared as it comes in, and written in one short transaction at the end.

    known_rows ─► (identity) ─► save, mark_gone, put_problems ... ─► finish

Nothing touches the database before `finish`, so a slow service never holds the store, and a run that dies half-way
leaves it as it was. Two runs of one source at once: the second to finish is told, and changes nothing (ADR 0402).
"""

import json
from collections import ChainMap, Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, update

from loopnote.errors import StoreBusyError
from loopnote.notes import Entry, KnownRow, Link, Problem

from .bulk import among, parts, uncollected
from .database import Database
from .payload import compact, same_meaning
from .problem_table import Stated, stated, write_problems
from .repair import rejoined
from .rows import ENTRY, entries, place_words
from .schema import note, problem, source
from .source_table import put_source
from .waiting import Waiting
from .writing import (
    HEAD_COLUMNS,
    Head,
    Known,
    Pending,
    Stamp,
    write_gone,
    write_known,
    write_new,
    write_places,
)

_HEAD = len(HEAD_COLUMNS)
_PART = 500


@dataclass(frozen=True, slots=True)
class Counts:
    """What one update did: rows read, and how many of them were what; `problems` stand after it."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    gone: int = 0
    back: int = 0
    problems: int = 0


class SourceUpdate:
    """Collects one reading of a source; `finish` writes it.

    `state` is what the source wanted to remember last time. Made by `Store.update` only.
    """

    def __init__(self, database: Database, stack: ExitStack, stamp: Stamp) -> None:
        self._database = database
        self._stack = stack
        self._heads: dict[str, Head] = {}
        self._entries: dict[str, Entry] = {}
        self._seen = bytearray()
        self._tabs: set[str] = set()
        self._new: Waiting[tuple[Any, ...]] = Waiting()  # of Pending: plain tuples are put aside three times as fast
        self._known: Waiting[Known] = Waiting()
        self._places: Waiting[Known] = Waiting()
        self._unchanged = 0
        self._gone: set[str] = set()
        self._gone_native: set[str] = set()
        self._all_seen = False
        self._problems: Waiting[Stated] = Waiting()
        self._problem_pages: set[str] | None = set()
        self._skipped: Counter[str] | None = None
        self._readings: list[Mapping[str, Any]] | None = None
        with database.reading() as connection:
            row = connection.execute(select(source).where(source.c.name == stamp.source)).mappings().first()
        self._generation: int = row["generation"] if row else 0
        self._stamp = replace(stamp, first_reading=not (row and row["first_success"]))
        self.state: Mapping[str, Any] = json.loads(row["state"]) if row else {}

    # What is known

    def known_rows(self, *, keep_days: int = 42) -> list[KnownRow]:
        """Return the source's living rows, and the rows of the team that went within `keep_days`."""
        with uncollected(), self._database.reading() as connection:
            absorbed = rejoined(connection)
            rows = [row for where in self._known_to_link(keep_days) for row in self._known_where(connection, where)]
            return [row for row in rows if row.note_id not in absorbed] if absorbed else rows

    def _known_to_link(self, keep_days: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        since = self._stamp.now - timedelta(days=keep_days)
        mine = (note.c.source == self._stamp.source) & note.c.gone.is_(None)
        return mine, (note.c.team == self._stamp.team) & (note.c.gone >= since)

    def _known_where(self, connection: Connection, where: ColumnElement[bool]) -> Iterator[KnownRow]:
        rows = select(*HEAD_COLUMNS, *ENTRY).where(where).order_by(note.c.seq)
        for part in connection.execution_options(yield_per=500).execute(rows).partitions():
            heads = [Head(*row[:_HEAD]) for row in part]
            for head, entry in zip(heads, entries([row[_HEAD:] for row in part]), strict=True):
                self._heads[head.id] = head
                self._entries[head.id] = entry
                yield KnownRow(head.id, head.source, entry, head.gone)

    def knows_rows(self, *, keep_days: int = 42) -> bool:
        """Say whether `known_rows` would give any."""
        with self._database.reading() as connection:
            asked = select(note.c.seq).where(or_(*self._known_to_link(keep_days))).limit(1)
            return connection.execute(asked).first() is not None

    def native_ids(self) -> set[str]:
        """Return the ids that the service itself gave to the source's living notes."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(note.c.native_id).where(
                    note.c.source == self._stamp.source, note.c.gone.is_(None), note.c.native_id != ""
                )
            )
            return set(found.scalars())

    def note_ids(self, native_ids: Collection[str]) -> dict[str, str]:
        """Return the note of each native id that this source has had, alive or gone."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(note.c.native_id, note.c.id)
                .where(note.c.source == self._stamp.source, among(connection, note.c.native_id, native_ids))
                .where(note.c.native_id != "")
                .order_by(note.c.gone.is_(None), note.c.seq)  # of several the living one, then the latest
            ).all()
            absorbed = rejoined(connection)
        return {row.native_id: row.id for row in rows if row.id not in absorbed}

    @property
    def rejoined(self) -> dict[str, str]:
        """Notes that a person has joined to another: {absorbed: kept}."""
        with self._database.reading() as connection:
            return rejoined(connection)

    # What was read

    def save(self, links: Iterable[Link]) -> None:
        """Take linked rows: new ones, changed ones, ones that are back; an unchanged one costs nothing later.

        A page that is given twice counts once, as given last.
        """
        every = iter(links)
        while part := list(islice(every, _PART)):
            with uncollected():
                heads = self._heads_of(part)
                for link in part:
                    self._take(link, heads.get(link.note_id))

    def _heads_of(self, links: Sequence[Link]) -> Mapping[str, Head]:
        missing = [link.note_id for link in links if link.note_id and link.note_id not in self._heads]
        if not missing:
            return self._heads
        with self._database.reading() as connection:
            rows = connection.execute(select(*HEAD_COLUMNS).where(note.c.id.in_(missing)))
            return ChainMap({row.id: Head(*row) for row in rows}, self._heads)

    def _take(self, link: Link, head: Head | None) -> None:
        self._tabs.add(place_words(link.entry.raw.place))
        native_id, known = link.entry.raw.native_id, self._entries.get(link.note_id)
        if head is None or (self._has_seen(head.seq) and not native_id):
            self._new.add(native_id or None, tuple(Pending.of(link)))
            return
        same = known is not None and same_meaning(known, link.entry)
        pending = Pending.elsewhere(link, head) if same else Pending.of(link)
        self._see(head.seq)
        if head.digest != pending.digest or head.gone or head.source != self._stamp.source:
            self._known.add(head.id, (head, pending))
        elif (head.place, head.url) != (pending.place, pending.url) or (pending.link and head.link != pending.link):
            self._places.add(head.id, (head, pending))
        else:
            self._unchanged += 1

    def _has_seen(self, seq: int) -> bool:
        return seq < len(self._seen) and bool(self._seen[seq])

    def _see(self, seq: int) -> None:
        if seq >= len(self._seen):
            self._seen.extend(bytes(seq + 1000 - len(self._seen)))
        self._seen[seq] = 1

    def mark_gone(self, note_ids: Iterable[str]) -> None:
        """Take notes whose rows are no longer in the log."""
        self._gone.update(note_ids)

    def mark_gone_native(self, native_ids: Iterable[str]) -> None:
        """Take notes by the service's own ids: trashed, deleted or no longer shared."""
        self._gone_native.update(native_ids)

    def gone_except_seen(self) -> None:
        """Take every living note of the source that was not saved in this update as gone."""
        self._all_seen = True

    def put_problems(self, problems: Iterable[Problem], *, page_ids: Collection[str] | None = None) -> None:
        """Take problems; at the end they replace all of the source, or only those of the pages named by every call."""
        for one in problems:
            self._problems.add(None, stated(one))
        if page_ids is None:
            self._problem_pages = None
        elif self._problem_pages is not None:
            self._problem_pages.update(page_ids)

    def put_skipped(self, counts: Mapping[str, int]) -> None:
        """Add counts of rows left out, by reason code; they replace those of the last reading."""
        self._skipped = (self._skipped or Counter()) + Counter(counts)

    def put_readings(self, readings: Iterable[Mapping[str, Any]]) -> None:
        """Add how tables were understood, as JSON objects; they replace those of the last reading."""
        self._readings = [*(self._readings or []), *readings]

    # The end

    def finish(self, state: Mapping[str, Any], *, requests: int = 0) -> Counts:
        """Write everything in one transaction, which is kept when the caller's `with` block ends well.

        Raises:
            StoreBusyError: another run finished this source meanwhile, or another program holds the store.
        """
        connection = self._stack.enter_context(self._database.writing())
        self._check_generation(connection)
        with uncollected():
            counts = self._write_notes(connection)
        self._write_problems(connection)
        return self._write_source(connection, state, counts, requests)

    def _check_generation(self, connection: Connection) -> None:
        self._database.queue_up(connection, self._stamp.source)
        generation = connection.execute(select(source.c.generation).where(source.c.name == self._stamp.source)).scalar()
        if (generation or 0) != self._generation:
            raise StoreBusyError(
                f"another run read {self._stamp.source} at the same time, and its result is kept",
                hint="nothing is lost; the next sync reads on from there",
            )

    def _write_notes(self, connection: Connection) -> Counts:
        tally = write_known(connection, self._known.parts(), self._tabs, self._stamp)
        moved = write_places(connection, self._places.parts(), self._tabs, self._stamp)
        gone = write_gone(connection, self._gone_ids(connection), self._stamp)
        write_new(connection, self._new.parts(), self._stamp)
        return Counts(
            read=len(self._known) + len(self._places) + len(self._new) + self._unchanged,
            new=len(self._new),
            changed=tally["changed"],
            unchanged=self._unchanged + len(self._places) - moved,
            moved=tally["moved"] + moved,
            gone=gone,
            back=tally["back"],
        )

    def _gone_ids(self, connection: Connection) -> list[str]:
        living = select(note.c.id, note.c.seq).where(note.c.source == self._stamp.source, note.c.gone.is_(None))
        asked = [living.where(note.c.id.in_(part)) for part in parts(sorted(self._gone))]
        asked += [living.where(note.c.native_id.in_(part)) for part in parts(sorted(self._gone_native))]
        if self._all_seen:
            asked = [living]
        found: set[str] = set()
        for rows in asked:
            for part in connection.execute(rows.execution_options(yield_per=_PART)).partitions():
                found.update(id_ for id_, seq in part if not self._has_seen(seq))
        return sorted(found)

    def _write_problems(self, connection: Connection) -> None:
        pages = None if self._problem_pages is None or self._all_seen else self._problem_pages | self._gone_native
        write_problems(connection, self._problems, self._stamp, pages)

    def _write_source(self, connection: Connection, state: Mapping[str, Any], counts: Counts, requests: int) -> Counts:
        name, now = self._stamp.source, self._stamp.now
        row = connection.execute(select(source).where(source.c.name == name)).mappings().first()
        if row and row["team"] != self._stamp.team:
            connection.execute(update(note).where(note.c.source == name).values(team=self._stamp.team))
        skipped = compact(self._skipped) if self._skipped is not None else row["skipped"] if row else "{}"
        used = _count(connection, select(note.c.seq).where(note.c.source == name, note.c.gone.is_(None)))
        counts = replace(counts, problems=_count(connection, select(problem.c.id).where(problem.c.source == name)))
        wrote = counts.new + counts.changed + counts.moved + counts.gone + counts.back
        line = {
            "team": self._stamp.team,
            "state": compact(dict(state)),
            "generation": self._generation + 1,
            "first_success": row["first_success"] if row and row["first_success"] else now,
            "last_attempt": now,
            "last_success": now,
            "last_change": now if wrote else row["last_change"] if row else None,
            "error": "",
            "hint": "",
            "failures": 0,
            "rows_read": used + sum(json.loads(skipped).values()),
            "rows_used": used,
            "problems": counts.problems,
            "requests": requests,
            "skipped": skipped,
        }
        if self._readings is not None:
            line["readings"] = compact(self._readings)
        put_source(connection, name, line)
        return counts


def _count(connection: Connection, rows: Select[int]) -> int:
    return connection.execute(select(func.count()).select_from(rows.subquery())).scalar() or 0
