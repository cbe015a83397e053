"""Writes notes for an update: new, changed (with the version before), moved and gone ones.

Every function works inside the caller's transaction, in batches, and touches nothing that did not
change.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self

from notes.model.notes import Entry, Link, LinkHow, UnchangedRows
from notes.store.sql.statements import Statements, Values, among
from notes.store.sql.stored_values import instant_text, read_known_instant

from .bulk import batches, insert_many, update_many
from .decoded_rows import COLUMNS, NoteLine, before_text, entries, note_lines, place_words
from .field_changes import Change, cell_changes, field_changes
from .first_written import (
    days_touched_by_span,
    days_touched_when_gone,
    initial_times,
    span_of,
    updated_times,
)
from .json_payload import compact, entry_json, place_json, read_cells, read_fields, read_place
from .note_ids import unused_ids


@dataclass(frozen=True, slots=True)
class WriteContext:
    """Who writes: the source, its team, the run and the moment.

    And whether the source was never read before.
    """

    source: str
    team: str
    run_id: str
    now: datetime
    first_reading: bool


class StoredHead(NamedTuple):
    """The columns of a stored note that show whether its row changed."""

    seq: int
    id: str
    source: str
    digest: bytes
    gone: datetime | None
    place: str
    url: str
    link: str


def stored_heads(
    statements: Statements, column: str, values: Collection[str] | Collection[int]
) -> list[StoredHead]:
    """Return the heads of the notes whose `column` is one of these."""
    chosen, named = among(statements, column, values)
    found = statements.lines(f"SELECT {_HEAD} FROM note WHERE {chosen}", named)  # noqa: S608
    return [StoredHead(*line)._replace(gone=read_known_instant(line[_GONE])) for line in found]


_HEAD, _GONE = ", ".join(StoredHead._fields), StoredHead._fields.index("gone")
"""The columns of a note's head, and the place of one of them."""


class PendingRow(NamedTuple):
    """A row as it will be written.

    Of the note itself only what no longer stands in its JSON is needed.
    """

    kind: str
    span: tuple[str | None, str | None]
    native_id: str
    digest: bytes
    place: str
    url: str
    link: str
    payload: bytes
    cells: bytes

    @classmethod
    def of(cls, link: Link) -> Self:
        """Return the row of a link, encoded."""
        entry = link.entry
        payload, cells, digest = entry_json(entry)
        place = place_json(entry.raw.place)
        note, native_id = entry.note, entry.raw.native_id
        return cls(
            note.kind,
            span_of(note),
            native_id,
            digest,
            place,
            note.url,
            link_json(link),
            payload,
            cells,
        )

    @classmethod
    def of_unchanged(cls, rows: UnchangedRows, at: int) -> Self:
        """Return one row of those that were not parsed again; `completed` gives it its content."""
        return cls(
            kind="",
            span=(None, None),
            native_id="",
            digest=rows.digests[at],
            place=place_json(rows.place(at)),
            url=rows.url(at),
            link="",
            payload=b"",
            cells=b"",
        )

    @property
    def is_complete(self) -> bool:
        """Return whether the row has its content."""
        return bool(self.payload)

    def completed(self, payload: str, cells: str) -> Self:
        """Return the row with its content, as it is stored."""
        (entry,) = entries([(self.place, self.url, self.native_id, payload, cells)])
        return self._replace(
            kind=entry.note.kind,
            span=span_of(entry.note),
            payload=payload.encode(),
            cells=cells.encode(),
        )

    def entry(self) -> Entry:
        """Return the row, decoded."""
        (entry,) = entries(
            [(self.place, self.url, self.native_id, self.payload.decode(), self.cells.decode())]
        )
        return entry


KnownPair = tuple[StoredHead, PendingRow]


def link_json(link: Link) -> str:
    """Return how an uncertain link came about; "" for a sure one."""
    return "" if link.sure else link_words(link.how, link.score, link.rivals)


def link_words(how: LinkHow, score: float, rivals: Sequence[str]) -> str:
    """Return how an uncertain link came about.

    `rivals` are the ids of the notes that it could also be.
    """
    return compact({"how": how, "score": score, "rivals": list(rivals)})


NEW_COLUMNS = COLUMNS[1:]
"""What a new note has; its line is numbered by the database."""


def write_new(
    statements: Statements, pending: Iterable[Sequence[tuple[Any, ...]]], stamp: WriteContext
) -> None:
    """Insert new notes, each a `PendingRow` as a plain tuple, in the given order."""
    last = statements.lines("SELECT max(seq) FROM note")[0][0] or 0
    for part in (
        [PendingRow(*row) for row in small] for large in pending for small in batches(large)
    ):
        names = [row.native_id or f"{row.place}\n{row.cells.decode()}" for row in part]
        ids = unused_ids(stamp.source, names)
        if taken := _taken(statements, ids):
            ids = _other_ids(statements, names, taken, stamp=stamp)
        insert_many(
            statements,
            "note",
            NEW_COLUMNS,
            rows=_new_lines(part, ids, stamp),
            encoded=("payload", "cells"),
        )
    queue_new_for_index(statements, last)


def _taken(statements: Statements, ids: Collection[str]) -> set[str]:
    chosen, named = among(statements, "id", ids)
    found = statements.lines(f"SELECT id FROM note WHERE {chosen}", named)  # noqa: S608
    return {line[0] for line in found}


def _other_ids(
    statements: Statements, names: Sequence[str], taken: set[str], *, stamp: WriteContext
) -> list[str]:
    """Return ids for rows whose own are taken, by notes that were lost from sight long ago."""
    while True:
        ids = unused_ids(stamp.source, names, taken)
        found = _taken(statements, ids)
        if not found:
            return ids
        taken |= found


def _new_lines(
    pending: Sequence[PendingRow], ids: Sequence[str], stamp: WriteContext
) -> list[tuple[Any, ...]]:
    written = initial_times(stamp.now, first_reading=stamp.first_reading)
    now, written_text = instant_text(stamp.now), json.dumps(written)
    lines = []
    for row, id_ in zip(pending, ids, strict=True):
        first, last = days_touched_by_span(row.span, written)
        lines.append(
            (
                *(
                    id_,
                    stamp.team,
                    stamp.source,
                    row.kind,
                    row.native_id,
                    1,
                    first,
                    last,
                    now,
                    stamp.run_id,
                    now,
                ),
                *(
                    None,
                    row.link,
                    row.digest,
                    row.place,
                    row.url,
                    written_text,
                    row.payload,
                    row.cells,
                ),
            )
        )
    return lines


_CHANGED = tuple(name for name in NEW_COLUMNS if name not in {"id", "first_seen", "first_run"})
"""What a change writes: all but what stays from the first time on."""


def write_known(
    statements: Statements,
    known: Iterable[Sequence[KnownPair]],
    tabs: Collection[str],
    *,
    stamp: WriteContext,
) -> Counter[str]:
    """Update notes that changed, came back or moved; return how many of each event.

    `tabs` are the tabs still there (see `place_words`): a row whose old tab is not among them did
    not move by itself.
    """
    tally: Counter[str] = Counter()
    for part in (small for large in known for small in batches(large)):
        lines, versions = [], []
        rows = _lines(statements, [head.seq for head, _ in part])
        for head, pending in part:
            row = rows[head.seq]
            moved = _moves(row, pending, tabs, stamp=stamp)
            event = "moved" if moved else "back" if row["gone"] else "changed"
            changes, written = _difference(row, pending, stamp)
            lines.append(_changed_line(row, pending, written, stamp=stamp))
            with_content = row["digest"] != pending.digest
            versions.append(
                version_line(row, event, moved + changes, stamp=stamp, with_content=with_content)
            )
            tally[event] += 1
        update_many(statements, "note", _CHANGED, key="seq", rows=lines)
        insert_many(statements, "note_version", VERSION_COLUMNS, rows=versions)
        queue_for_index(statements, [head.seq for head, _ in part])
    return tally


def _lines(statements: Statements, seqs: Sequence[int]) -> Mapping[int, NoteLine]:
    chosen, named = among(statements, "seq", seqs)
    return {row["seq"]: row for row in note_lines(statements, chosen, named)}


def _moves(
    row: NoteLine, pending: PendingRow, tabs: Collection[str], *, stamp: WriteContext
) -> list[Change]:
    if row["source"] != stamp.source:
        return [("source", row["source"], stamp.source)]
    return _tab_change(row["place"], pending.place, tabs)


def _tab_change(before: str, after: str, tabs: Collection[str]) -> list[Change]:
    was, now = place_words(read_place(before)), place_words(read_place(after))
    return [("place", was, now)] if was != now and was in tabs else []


def _difference(
    row: NoteLine, pending: PendingRow, stamp: WriteContext
) -> tuple[list[Change], dict[str, str]]:
    written: dict[str, str] = json.loads(row["written"])
    if row["digest"] == pending.digest:
        return [], written
    before, after = (
        read_fields(row["payload"], row["cells"]),
        read_fields(pending.payload, pending.cells),
    )
    changes = field_changes(before, after)
    if row["cells"] == pending.cells.decode():
        # Nobody wrote anything: a label line above the row, or loopnote's own reading, changed.
        return changes, written
    names = {name for name, _, _ in changes}
    filled = {name for name in names if name in after}
    again = dict(updated_times(written, names - filled, filled, now=stamp.now))
    cells = [read_cells(cells) for cells in (row["cells"], pending.cells)]
    return changes or cell_changes(*cells), again


def _changed_line(
    row: NoteLine, pending: PendingRow, written: dict[str, str], *, stamp: WriteContext
) -> tuple[Any, ...]:
    first, last = days_touched_by_span(pending.span, written)
    same = row["digest"] == pending.digest
    changed = row["changed"] if same else stamp.now
    payload, cells = (
        (row["payload"], row["cells"])
        if same
        else (pending.payload.decode(), pending.cells.decode())
    )
    return (
        *(
            stamp.team,
            stamp.source,
            pending.kind,
            pending.native_id,
            row["version"] + 1,
            first,
            last,
        ),
        *(
            instant_text(changed),
            None,
            pending.link or row["link"],
            pending.digest,
            pending.place,
            pending.url,
        ),
        *(json.dumps(written), payload, cells, row["seq"]),
    )


VERSION_COLUMNS = ("note_id", "version", "at", "run_id", "event", "changes", "before")
"""The columns of a version, in the order of `version_line`."""


def version_line(
    row: NoteLine,
    event: str,
    changes: Sequence[Change],
    *,
    stamp: WriteContext,
    with_content: bool,
) -> tuple[Any, ...]:
    """Return the next version of a note as `VERSION_COLUMNS`.

    What happens to it, and what it was.
    """
    before = before_text(row, with_content=with_content)
    return (
        row["id"],
        row["version"] + 1,
        instant_text(stamp.now),
        stamp.run_id,
        event,
        compact(changes),
        before,
    )


def write_places(
    statements: Statements,
    known: Iterable[Sequence[KnownPair]],
    tabs: Collection[str],
    *,
    stamp: WriteContext,
) -> int:
    """Update where rows stand and how their cells are arranged, which makes no version.

    Return how many moved to another tab, which makes one.
    """
    count = 0
    for part in known:
        movers = [(head, row) for head, row in part if _tab_change(head.place, row.place, tabs)]
        write_known(statements, [movers], tabs, stamp=stamp)
        moved = {head.seq for head, _ in movers}
        stayed = [(head, row) for head, row in part if head.seq not in moved]
        lines = [(row.place, row.url, row.link or head.link, head.seq) for head, row in stayed]
        update_many(statements, "note", ("place", "url", "link"), key="seq", rows=lines)
        _write_arrangement(statements, stayed)
        count += len(movers)
    return count


def _write_arrangement(statements: Statements, rows: Sequence[KnownPair]) -> None:
    rearranged = [(head, row) for head, row in rows if head.digest != row.digest]
    for part in batches(rearranged):
        lines = [
            (row.digest, row.payload.decode(), row.cells.decode(), head.seq) for head, row in part
        ]
        update_many(statements, "note", ("digest", "payload", "cells"), key="seq", rows=lines)
        queue_for_index(statements, [head.seq for head, _ in part])


def write_gone(statements: Statements, note_ids: Sequence[str], stamp: WriteContext) -> int:
    """Mark living notes as gone; return how many."""
    count = 0
    for part in batches(note_ids):
        chosen, named = among(statements, "id", part)
        rows = note_lines(statements, f"{chosen} AND gone IS NULL", named)
        versions = [version_line(row, "gone", (), stamp=stamp, with_content=False) for row in rows]
        lines = [
            (
                *(instant_text(stamp.now), row["version"] + 1),
                *days_touched_when_gone(row["touched_first"], row["touched_last"], stamp.now),
                row["seq"],
            )
            for row in rows
        ]
        update_many(
            statements,
            "note",
            ("gone", "version", "touched_first", "touched_last"),
            key="seq",
            rows=lines,
        )
        insert_many(statements, "note_version", VERSION_COLUMNS, rows=versions)
        queue_for_index(statements, [row["seq"] for row in rows])
        count += len(rows)
    return count


def queue_for_index(statements: Statements, seqs: Sequence[int]) -> None:
    """Queue notes by their lines for the search index, which is updated before the next search."""
    chosen, named = among(statements, "seq", seqs)
    _queue_for_index(statements, chosen, named)


def queue_new_for_index(statements: Statements, last: int) -> None:
    """Queue the notes behind a line for the search index."""
    _queue_for_index(statements, "seq > :last", {"last": last})


def _queue_for_index(statements: Statements, chosen: str, values: Values) -> None:
    statements.change(
        f"INSERT INTO search_queue (note_seq) SELECT seq FROM note WHERE {chosen}"  # noqa: S608
        " AND seq NOT IN (SELECT note_seq FROM search_queue)",
        values,
    )
