"""One update of a source: rows are compared as they arrive and written in one transaction.

    known.rows ─► (identity) ─► save, mark_gone, put_problems ... ─► finish

Nothing touches the database before `finish`, so a slow service never holds the store, and a run
that dies half-way leaves it as it was. Two runs of one source at once: the second to finish is
told, and changes nothing (ADR 0402).
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from notes.model.errors import StoreBusyError
from notes.model.notes import Entry, Link, LinkHow, Problem, UnchangedRows
from notes.store.database import Database, queue_up
from notes.store.note_rows.bulk import batches, without_garbage_collection
from notes.store.note_rows.decoded_rows import place_words
from notes.store.note_rows.json_payload import read_place, same_meaning
from notes.store.note_rows.writer import (
    KnownPair,
    PendingRow,
    StoredHead,
    WriteContext,
    link_words,
    stored_heads,
    write_gone,
    write_known,
    write_new,
    write_places,
)
from notes.store.sql.statements import PART, Line, Statements, among
from notes.store.tables.problem_rows import ProblemRow, problem_row, write_problems
from notes.system.spill_list import SpillList

from .known_rows import LIVING, KnownRows, entries_of
from .rows_aside import RowsAside
from .source_line import ReadingRecord, UpdateCounts, write_source_line

_DIGEST, _PLACE, _URL = (PendingRow._fields.index(name) for name in ("digest", "place", "url"))
"""Places of members in a row that waits: it is a plain tuple, since there may be 100,000."""


class RowLink(NamedTuple):
    """Which line of the store a row continues (0: it is new), as `Link` says it.

    `rivals` are lines too. A plain tuple: there is one for every row of a log.
    """

    line: int
    how: LinkHow
    score: float = 1.0
    sure: bool = True
    rivals: tuple[int, ...] = ()


class SourceUpdate:
    """Collects one reading of a source; `finish` writes it.

    `state` is what the source wanted to remember last time, `known` what is stored. Made by
    `Store.update` only.
    """

    def __init__(self, database: Database, stack: ExitStack, stamp: WriteContext) -> None:
        self._database = database
        self._stack = stack
        self._aside = RowsAside()
        self._seen = bytearray()
        self._tabs: set[str] = set()
        self._new: SpillList[tuple[Any, ...]] = (
            SpillList()
        )  # of Pending: plain tuples are put aside three times as fast
        self._known: SpillList[KnownPair] = SpillList()
        self._places: SpillList[KnownPair] = SpillList()
        self._unchanged = 0
        self._gone: set[str] = set()
        self._gone_native: set[str] = set()
        self._all_seen = False
        self._kept: set[str] = set()
        self.continued: Counter[str] = Counter()
        self._problems: SpillList[ProblemRow] = SpillList()
        self._problem_pages: set[str] | None = set()
        self._skipped: Counter[str] | None = None
        self._readings: list[Mapping[str, Any]] | None = None
        self._parsed_rows: bytes | None = None
        with database.asking() as statements:
            row = next(iter(statements.rows(_LAST_READING, {"source": stamp.source})), None)
        self._generation: int = row["generation"] if row else 0
        self._stamp = replace(stamp, first_reading=not (row and row["first_success"]))
        self.state: Mapping[str, Any] = json.loads(row["state"]) if row else {}
        self.known = KnownRows(database, stamp.source, stamp.team, now=stamp.now, aside=self._aside)

    def may_continue(self, retired: Collection[str], beside: Collection[str] = ()) -> None:
        """Take other sources of the team: their notes may go on in this one.

        `retired` are no longer read, `beside` are. Only at its first reading: later, rows that it
        lacks are new. `continued` then counts how many notes of each go on here.
        """
        if self._stamp.first_reading:
            self.known.retired = frozenset(retired) - {self._stamp.source}
            self.known.beside = frozenset(beside) - {self._stamp.source}

    # What was read

    def take_new_as_unknown(self) -> None:
        """Take notes that appear in this update as written nobody knows when, as at the first
        reading.

        For a reading with other settings or another version: a row that was passed over until now
        was not written today.
        """
        self._stamp = replace(self._stamp, first_reading=True)

    def save(self, links: Iterable[Link]) -> list[bytes]:
        """Add linked rows: new, changed or returned ones; an unchanged one costs nothing later.

        A page that is given twice counts once, as given last. Return the digest of each.
        """
        every, digests = iter(links), []
        while part := list(islice(every, PART)):
            with without_garbage_collection():
                heads = self._heads("id", [link.note_id for link in part if link.note_id])
                found = {head.id: head for head in heads}
                rows = [(PendingRow.of(link), found.get(link.note_id)) for link in part]
                digests += [row.digest for row, _ in rows]
                self._take(rows)
                self._tabs.update(place_words(link.entry.raw.place) for link in part)
        return digests

    def put_aside(self, rows: Iterable[Entry]) -> list[bytes]:
        """Take rows of which is not known yet which notes they continue; `save_aside` says it.

        Return the digest of each.
        """
        digests: list[bytes] = []
        told: tuple[str, str] | None = None
        for row in rows:
            place = row.raw.place
            if told != (place.file, place.tab):
                told = place.file, place.tab
                self._tabs.add(place_words(place))
            digests.append(self._aside.put(row))
        return digests

    def put_unchanged_aside(self, rows: UnchangedRows) -> None:
        """Take rows that were not parsed again, as `put_aside` takes the others."""
        self._aside.put_unchanged(rows)
        self._tabs.add(place_words(rows.place(0)))

    def save_aside(self, lines: Sequence[int], others: Mapping[int, RowLink]) -> None:
        """Take the rows put aside, each with the line that it continues.

        `lines` are those of the rows that surely go on in their tab, by the order of putting aside,
        0 for the rows of which `others` tells.
        """
        left = self._aside.left(lines, self._see_once)
        self._unchanged += len(lines) - len(left)
        for part in batches(left):
            links = [others.get(at) or RowLink(lines[at], "exact") for at in part]
            doubted = {line for link in links for line in link.rivals if not link.sure}
            names = {head.seq: head.id for head in self._heads("seq", sorted(doubted))}
            heads = {
                head.seq: head
                for head in self._heads("seq", [one.line for one in links if one.line])
            }
            rows = [
                (_with_doubt(PendingRow(*row), one, names), heads.get(one.line))
                for row, one in zip(self._aside.rows(part), links, strict=True)
                if not (one.sure and self._is_as_it_was(row, heads.get(one.line)))
            ]
            self._take(self._completed(rows))

    def _is_as_it_was(self, row: tuple[Any, ...], head: StoredHead | None) -> bool:
        """Take a row of which nothing is to be written, most of a log; return whether it is one."""
        same = (
            head is not None
            and row[_DIGEST] == head.digest
            and row[_PLACE] == head.place
            and row[_URL] == head.url
            and head.gone is None
            and head.source == self._stamp.source
            and not self._has_seen(head.seq)
        )
        if head is None or not same:
            return False
        self._see(head.seq)
        self._unchanged += 1
        return True

    def _completed(
        self, rows: Sequence[tuple[PendingRow, StoredHead | None]]
    ) -> Sequence[tuple[PendingRow, StoredHead | None]]:
        """Return the rows with their content where it is written: all but those that stay as
        stored.
        """
        lacking = {
            at: row.digest
            for at, (row, head) in enumerate(rows)
            if not row.is_complete and not (head and self._stays(head, row))
        }
        stored = self.known.stored(list(lacking.values()), ("payload", "cells"))
        whole = dict(zip(lacking, stored, strict=True))
        return [
            (row.completed(*whole[at]), head) if at in whole else (row, head)
            for at, (row, head) in enumerate(rows)
        ]

    def _stays(self, head: StoredHead, row: PendingRow) -> bool:
        """Return whether a row of equal content is the same living note of the same tab."""
        return (
            head.digest == row.digest
            and not head.gone
            and head.source == self._stamp.source
            and not self._has_seen(head.seq)
            and (
                head.place == row.place
                or place_words(read_place(head.place)) == place_words(read_place(row.place))
            )
        )

    def _heads(self, column: str, values: Sequence[str] | Sequence[int]) -> list[StoredHead]:
        if not values:
            return []
        with self._database.asking() as statements:
            return stored_heads(statements, column, values)

    def _take(self, rows: Sequence[tuple[PendingRow, StoredHead | None]]) -> None:
        alike = self._alike(rows)
        for pending, head in rows:
            rearranged = head is not None and head.seq in alike
            if head is None or (self._has_seen(head.seq) and not pending.native_id):
                self._new.add(pending.native_id or None, tuple(pending))
                continue
            self._see(head.seq)
            if head.source in self.known.retired | self.known.beside and not head.gone:
                self.continued[head.source] += 1
            changed = head.digest != pending.digest and not rearranged
            if changed or head.gone or head.source != self._stamp.source:
                self._known.add(head.id, (head, pending))
            elif (
                rearranged
                or (head.place, head.url) != (pending.place, pending.url)
                or (pending.link and head.link != pending.link)
            ):
                self._places.add(head.id, (head, pending))
            else:
                self._unchanged += 1

    def _alike(self, rows: Sequence[tuple[PendingRow, StoredHead | None]]) -> set[int]:
        """Return the lines whose row says the same, though in another arrangement or format."""
        asked = {
            head.seq: pending
            for pending, head in rows
            if head is not None and head.digest != pending.digest
        }
        if not asked:
            return set()
        with self._database.asking() as statements:
            stored = entries_of(statements, asked)
        return {seq for seq, entry in stored.items() if same_meaning(entry, asked[seq].entry())}

    def _has_seen(self, seq: int) -> bool:
        return seq < len(self._seen) and bool(self._seen[seq])

    def _see(self, seq: int) -> None:
        if seq >= len(self._seen):
            self._seen.extend(bytes(seq + 1000 - len(self._seen)))
        self._seen[seq] = 1

    def _see_once(self, seq: int) -> bool:
        """Take a line as seen; return False where it was already."""
        if self._has_seen(seq):
            return False
        self._see(seq)
        return True

    def mark_gone(self, note_ids: Iterable[str]) -> None:
        """Take notes whose rows are no longer in the log."""
        self._gone.update(note_ids)

    def mark_gone_native(self, native_ids: Iterable[str]) -> None:
        """Take notes by the service's own ids: trashed, deleted or no longer shared."""
        self._gone_native.update(native_ids)

    def gone_except_seen(self) -> None:
        """Take every living note of the source that was not saved in this update as gone."""
        self._all_seen = True

    def vanished(self) -> list[tuple[str, str]]:
        """Return (id, tab) of the living notes that were not saved in this update.

        `gone_except_seen` takes them.
        """
        with self._database.asking() as statements:
            rows = self._not_seen(statements, "id, place")
            return [(id_, json.loads(place).get("tab", "")) for id_, place in rows]

    def _not_seen(self, statements: Statements, columns: str) -> Iterator[Line]:
        """Yield columns of the living notes that were not saved in this update.

        The lines of all are asked for, and of those alone that were not the rest.
        """
        asked = f"SELECT seq FROM note WHERE {LIVING} ORDER BY seq"  # noqa: S608  our own words
        parts = statements.parts(asked, {"source": self._stamp.source})
        lines = [seq for part in parts for (seq,) in part if not self._has_seen(seq)]
        for some in batches(lines):
            chosen, values = among(statements, "seq", some)
            rest = f"SELECT {columns} FROM note WHERE {chosen} ORDER BY seq"  # noqa: S608
            yield from statements.lines(rest, values)

    def keep(self, note_ids: Iterable[str]) -> None:
        """Take notes that stay alive though this reading did not bring them."""
        self._kept.update(note_ids)

    def put_problems(
        self, problems: Iterable[Problem], *, page_ids: Collection[str] | None = None
    ) -> None:
        """Add problems; at the end they replace all of the source, or only those of `page_ids`."""
        for one in problems:
            self._problems.add(None, problem_row(one))
        if page_ids is None:
            self._problem_pages = None
        elif self._problem_pages is not None:
            self._problem_pages.update(page_ids)

    def put_skipped(self, counts: Mapping[str, int]) -> None:
        """Add counts of rows left out, by reason code; they replace those of the last reading."""
        self._skipped = (self._skipped or Counter()) + Counter(counts)

    def put_readings(self, readings: Iterable[Mapping[str, Any]]) -> None:
        """Add how tables were understood, as JSON objects.

        They replace those of the last reading.
        """
        self._readings = [*(self._readings or []), *readings]

    def put_parsed_rows(self, content: bytes) -> None:
        """Keep what the rows gave for the next reading (`parsed_rows`)."""
        self._parsed_rows = content

    # The end

    def finish(self, state: Mapping[str, Any], *, requests: int = 0) -> UpdateCounts:
        """Write everything in one transaction, committed when the caller's `with` block ends well.

        Raises: StoreBusyError: another run finished this source meanwhile, or another program holds
            the store.
        """
        statements = self._stack.enter_context(self._database.changing())
        self._check_generation(statements)
        with without_garbage_collection():
            counts = self._write_notes(statements)
        self._write_problems(statements)
        self._write_parsed_rows(statements)
        reading = ReadingRecord(
            generation=self._generation + 1,
            state=state,
            requests=requests,
            skipped=self._skipped,
            readings=self._readings,
        )
        return write_source_line(statements, self._stamp, reading, counts=counts)

    def _check_generation(self, statements: Statements) -> None:
        queue_up(statements, self._stamp.source)
        found = statements.rows(_LAST_READING, {"source": self._stamp.source})
        if (found[0]["generation"] if found else 0) != self._generation:
            raise StoreBusyError(
                f"another run read {self._stamp.source} at the same time, and its result is kept",
                hint="nothing is lost; the next sync reads on from there",
            )

    def _write_notes(self, statements: Statements) -> UpdateCounts:
        tally = write_known(statements, self._known.parts(), self._tabs, stamp=self._stamp)
        moved = write_places(statements, self._places.parts(), self._tabs, stamp=self._stamp)
        gone = write_gone(statements, self._gone_ids(statements), self._stamp)
        write_new(statements, self._new.parts(), self._stamp)
        return UpdateCounts(
            read=len(self._known) + len(self._places) + len(self._new) + self._unchanged,
            new=len(self._new),
            changed=tally["changed"],
            unchanged=self._unchanged + len(self._places) - moved,
            moved=tally["moved"] + moved,
            gone=gone,
            back=tally["back"],
        )

    def _gone_ids(self, statements: Statements) -> list[str]:
        if self._all_seen:
            return sorted({id_ for (id_,) in self._not_seen(statements, "id")} - self._kept)
        asked = [
            among(statements, column, part)
            for column, ids in (("id", self._gone), ("native_id", self._gone_native))
            for part in batches(sorted(ids))
        ]
        found: set[str] = set()
        for chosen, values in asked:
            living = f"SELECT id, seq FROM note WHERE {LIVING} AND {chosen}"  # noqa: S608
            for part in statements.parts(living, {**values, "source": self._stamp.source}):
                found.update(id_ for id_, seq in part if not self._has_seen(seq))
        return sorted(found - self._kept)

    def _write_problems(self, statements: Statements) -> None:
        pages = (
            None
            if self._problem_pages is None or self._all_seen
            else self._problem_pages | self._gone_native
        )
        write_problems(statements, self._problems, self._stamp, pages=pages)

    def _write_parsed_rows(self, statements: Statements) -> None:
        if self._parsed_rows is None:
            return
        line = {"source": self._stamp.source, "content": self._parsed_rows}
        if not statements.change(
            "UPDATE parsed_rows SET content = :content WHERE source = :source", line
        ):
            statements.change(
                "INSERT INTO parsed_rows (source, content) VALUES (:source, :content)", line
            )


_LAST_READING = "SELECT generation, first_success, state FROM source WHERE name = :source"
"""What the last reading of a source left; without a line there was none."""


def _with_doubt(row: PendingRow, said: RowLink, names: Mapping[int, str]) -> PendingRow:
    if said.sure:
        return row
    return row._replace(
        link=link_words(said.how, said.score, [names[line] for line in said.rivals])
    )
