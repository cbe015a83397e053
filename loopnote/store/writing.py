"""What an update writes about notes: new lines, changed ones with the version before, moved ones, gone ones.

Every function works inside the caller's transaction, in batches, and touches nothing that did not change.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from loopnote.notes import Link, Note

from .changes import Change, cell_changes, field_changes
from .ids import free_ids
from .payload import cells_json, compact, digest, note_json, place_json, read_place
from .rows import before_text, place_words
from .schema import note, note_version, search_queue
from .written import touched, written_again, written_first

_CHUNK = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes: the source, its team, the run and the moment; and whether the source was never read before."""

    source: str
    team: str
    run_id: str
    now: datetime
    first_reading: bool


@dataclass(frozen=True, slots=True)
class Head:
    """As much of a stored line as tells whether a row changed."""

    seq: int
    id: str
    source: str
    digest: bytes
    gone: datetime | None
    place: str
    url: str
    link: str

    @classmethod
    def of(cls, row: RowMapping) -> Self:
        """Return the head of a line of the table."""
        return cls(*(row[name] for name in cls.__slots__))


HEAD_COLUMNS = tuple(note.c[name] for name in Head.__slots__)


@dataclass(frozen=True, slots=True)
class Pending:
    """A row as it will be written."""

    note: Note
    native_id: str
    digest: bytes
    place: str
    url: str
    link: str
    payload: str
    cells: str

    @classmethod
    def of(cls, link: Link) -> Self:
        """Return the row of a link, encoded."""
        entry = link.entry
        payload, cells = note_json(entry.note), cells_json(entry.raw)
        return cls(
            note=entry.note,
            native_id=entry.raw.native_id,
            digest=digest(payload, cells),
            place=place_json(entry.raw.place),
            url=entry.note.url,
            link="" if link.sure else compact({"how": link.how, "score": link.score, "rivals": link.rivals}),
            payload=payload,
            cells=cells,
        )


Known = tuple[Head, Pending]


def parts(items: Sequence[T], size: int = _CHUNK) -> Iterator[Sequence[T]]:
    """Yield the items in order, so many at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


def write_new(connection: Connection, pending: Sequence[Pending], stamp: Stamp) -> None:
    """Insert notes that were never seen, in the given order."""
    for part in parts(pending, 5000):
        names = [row.native_id or f"{row.place}\n{row.payload}\n{row.cells}" for row in part]
        ids = _ids(connection, names, stamp)
        connection.execute(insert(note), [_new_line(row, id_, stamp) for row, id_ in zip(part, ids, strict=True)])
        _queue(connection, _seqs(connection, ids))


def _ids(connection: Connection, names: list[str], stamp: Stamp) -> list[str]:
    tried = free_ids(stamp.source, names, ())
    taken = {id_ for part in parts(tried) for id_ in _taken(connection, part)}
    return free_ids(stamp.source, names, taken) if taken else tried


def _taken(connection: Connection, ids: Sequence[str]) -> Iterable[str]:
    return connection.execute(select(note.c.id).where(note.c.id.in_(ids))).scalars()


def _seqs(connection: Connection, ids: Sequence[str]) -> list[int]:
    found = [connection.execute(select(note.c.seq).where(note.c.id.in_(part))).scalars() for part in parts(ids)]
    return [seq for part in found for seq in part]


def _new_line(row: Pending, id_: str, stamp: Stamp) -> dict[str, Any]:
    written = written_first(stamp.now, first_reading=stamp.first_reading)
    first, last = touched(row.note, written)
    return {
        "id": id_,
        "team": stamp.team,
        "source": stamp.source,
        "kind": row.note.kind,
        "native_id": row.native_id,
        "version": 1,
        "touched_first": first,
        "touched_last": last,
        "first_seen": stamp.now,
        "first_run": stamp.run_id,
        "changed": stamp.now,
        "gone": None,
        "link": row.link,
        "digest": row.digest,
        "place": row.place,
        "url": row.url,
        "written": json.dumps(written),
        "payload": row.payload,
        "cells": row.cells,
    }


def write_known(connection: Connection, known: Sequence[Known], tabs: Collection[str], stamp: Stamp) -> Counter[str]:
    """Update notes that changed, came back or moved; return how many of each event.

    `tabs` are the tabs still there (see `place_words`): a row whose old tab is not among them did not move by itself.
    """
    tally: Counter[str] = Counter()
    for part in parts(known):
        lines, versions = [], []
        rows = _lines(connection, [head.seq for head, _ in part])
        for head, pending in part:
            row = rows[head.seq]
            event, changes, line = _next_line(row, pending, tabs, stamp)
            lines.append(line)
            versions.append(_version(row, event, changes, stamp, with_content=row["digest"] != pending.digest))
            tally[event] += 1
        _update(connection, lines)
        connection.execute(insert(note_version), versions)
        _queue(connection, [head.seq for head, pending in part if head.digest != pending.digest])
    return tally


def _lines(connection: Connection, seqs: Sequence[int]) -> dict[int, RowMapping]:
    found = connection.execute(select(note).where(note.c.seq.in_(seqs))).mappings()
    return {row["seq"]: row for row in found}


def _next_line(
    row: RowMapping, pending: Pending, tabs: Collection[str], stamp: Stamp
) -> tuple[str, list[Change], dict[str, Any]]:
    changes, written = _difference(row, pending, stamp)
    first, last = touched(pending.note, written)
    moved = _moved(row["place"], pending.place, tabs) if row["source"] == stamp.source else [_source_change(row, stamp)]
    event = "moved" if moved else "back" if row["gone"] else "changed"
    line = {
        "b_seq": row["seq"],
        "team": stamp.team,
        "source": stamp.source,
        "kind": pending.note.kind,
        "native_id": pending.native_id,
        "version": row["version"] + 1,
        "touched_first": first,
        "touched_last": last,
        "changed": stamp.now if changes else row["changed"],
        "gone": None,
        "link": pending.link or row["link"],
        "digest": pending.digest,
        "place": pending.place,
        "url": pending.url,
        "written": json.dumps(written),
        "payload": pending.payload,
        "cells": pending.cells,
    }
    return event, moved + changes, line


def _difference(row: RowMapping, pending: Pending, stamp: Stamp) -> tuple[list[Change], dict[str, str]]:
    written: dict[str, str] = json.loads(row["written"])
    if row["digest"] == pending.digest:
        return [], written
    before, after = json.loads(row["payload"]), json.loads(pending.payload)
    changes = field_changes(before, after)
    if row["cells"] == pending.cells:
        # Nobody wrote anything: a label line above the row, or loopnote's own reading, changed.
        return changes, written
    names = {name for name, _, _ in changes}
    filled = {name for name in names if name in after}
    again = dict(written_again(written, names - filled, filled, stamp.now))
    return changes or cell_changes(json.loads(row["cells"]), json.loads(pending.cells)), again


def _source_change(row: RowMapping, stamp: Stamp) -> Change:
    return ("source", row["source"], stamp.source)


def _moved(before: str, after: str, tabs: Collection[str]) -> list[Change]:
    was, now = place_words(read_place(before)), place_words(read_place(after))
    return [("place", was, now)] if was != now and was in tabs else []


def _version(
    row: RowMapping, event: str, changes: Sequence[Change], stamp: Stamp, *, with_content: bool
) -> dict[str, Any]:
    return {
        "note_id": row["id"],
        "version": row["version"] + 1,
        "at": stamp.now,
        "run_id": stamp.run_id,
        "event": event,
        "changes": compact(changes),
        "before": before_text(row, with_content=with_content),
    }


def _update(connection: Connection, lines: list[dict[str, Any]]) -> None:
    if lines:
        names = [name for name in lines[0] if name != "b_seq"]
        statement = update(note).where(note.c.seq == bindparam("b_seq")).values({n: bindparam(n) for n in names})
        connection.execute(statement, lines)


def write_places(connection: Connection, known: Sequence[Known], tabs: Collection[str], stamp: Stamp) -> int:
    """Update where rows stand; return how many moved to another tab, which makes a version."""
    movers = [(head, row) for head, row in known if _moved(head.place, row.place, tabs)]
    write_known(connection, movers, tabs, stamp)
    moved = {head.seq for head, _ in movers}
    lines = [
        {"b_seq": head.seq, "place": row.place, "url": row.url, "link": row.link or head.link}
        for head, row in known
        if head.seq not in moved
    ]
    _update(connection, lines)
    return len(moved)


def write_gone(connection: Connection, note_ids: Sequence[str], stamp: Stamp) -> int:
    """Mark living notes as gone; return how many."""
    count = 0
    for part in parts(note_ids):
        rows = connection.execute(select(note).where(note.c.id.in_(part), note.c.gone.is_(None))).mappings().all()
        versions = [_version(row, "gone", (), stamp, with_content=False) for row in rows]
        lines = [{"b_seq": row["seq"], "gone": stamp.now, "version": row["version"] + 1} for row in rows]
        _update(connection, lines)
        if versions:
            connection.execute(insert(note_version), versions)
        count += len(rows)
    return count


def _queue(connection: Connection, seqs: Sequence[int]) -> None:
    if not seqs:
        return
    made = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = made(search_queue).on_conflict_do_nothing()
    connection.execute(statement, [{"note_seq": seq} for seq in seqs])
