"""The table of problems, as the last complete reading left them.

One that stands keeps the instant it was first seen.
"""

from collections import defaultdict
from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from datetime import datetime
from hashlib import blake2b
from itertools import zip_longest
from sys import intern
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, true

from notes.model.notes import Problem, StoredProblem
from notes.store.note_rows.bulk import batches, insert_many
from notes.store.schema import problem
from notes.store.stored_values import instant_text
from notes.system.spill_list import SpillList

if TYPE_CHECKING:  # a look at the health of sources needs neither (ADR 0410)
    from notes.store.note_rows.writer import WriteContext

ProblemRow = tuple[bytes, str, str]
"""A problem as stored: its identity regardless of row, its page, and the whole as JSON."""


def problem_row(each: Problem) -> ProblemRow:
    """Return a problem as it is written."""
    from notes.store.note_rows.json_payload import problem_json

    return _key(each), each.place.page_id, problem_json(each)


def write_problems(
    connection: Connection,
    found: SpillList[ProblemRow],
    stamp: "WriteContext",
    *,
    pages: Collection[str] | None,
) -> None:
    """Replace the problems of the source, or only those of `pages`.

    Write nothing when they are the same.
    """
    scopes: list[ColumnElement[bool]] = [problem.c.source == stamp.source]
    if pages is not None:
        scopes = [scopes[0] & problem.c.page_id.in_(part) for part in batches(sorted(pages))]
    if _same(connection, scopes, found):
        return
    since = _first_seen(connection, scopes)
    for scope in scopes:
        connection.execute(delete(problem).where(scope))
    now = instant_text(stamp.now)
    for part in found.parts():
        lines = [
            (stamp.source, stamp.team, page, _since(since, key) or now, text)
            for key, page, text in part
        ]
        insert_many(
            connection, problem, ("source", "team", "page_id", "first_seen", "payload"), rows=lines
        )


def _stored(
    connection: Connection, scopes: Sequence[ColumnElement[bool]]
) -> Generator[tuple[str, datetime], None, None]:
    asked = (
        select(problem.c.payload, problem.c.first_seen)
        .order_by(problem.c.id)
        .execution_options(yield_per=500)
    )
    for scope in scopes:
        with connection.execute(asked.where(scope)) as rows:
            yield from ((payload, first_seen) for payload, first_seen in rows)


def _same(
    connection: Connection, scopes: Sequence[ColumnElement[bool]], found: SpillList[ProblemRow]
) -> bool:
    texts = (text for part in found.parts() for _, _, text in part)
    with closing(_stored(connection, scopes)) as stored:
        return all(
            one == other for one, other in zip_longest(texts, (payload for payload, _ in stored))
        )


def _first_seen(
    connection: Connection, scopes: Sequence[ColumnElement[bool]]
) -> dict[bytes, list[str]]:
    """Return when each known problem was first seen; those of several alike, the latest first."""
    from notes.store.note_rows.json_payload import read_problem

    instants: dict[bytes, list[str]] = defaultdict(list)
    for payload, first_seen in _stored(connection, scopes):
        instants[_key(read_problem(payload))].append(intern(instant_text(first_seen)))
    for listed in instants.values():
        listed.sort(reverse=True)
    return instants


def _since(known: dict[bytes, list[str]], key: bytes) -> str:
    listed = known.get(key)
    return listed.pop() if listed else ""


def _key(each: Problem) -> bytes:
    """Return 16 bytes for what a problem is and where, without its row, which moves."""
    place = each.place
    said = (each.code, each.value, place.file, place.tab, place.col, place.page_id, place.property)
    return blake2b("\0".join(said).encode(errors="surrogatepass"), digest_size=16).digest()


def matching_problems(
    *, team: str | None, source: str | None, codes: Collection[str]
) -> ColumnElement[bool]:
    """Return the condition on problems, a superset where codes are given: their text has one."""
    conditions: list[ColumnElement[bool]] = [true()]
    if team is not None:
        conditions.append(problem.c.team == team)
    if source is not None:
        conditions.append(problem.c.source == source)
    if codes:
        conditions.append(or_(*(problem.c.payload.contains(f'"{code}"') for code in sorted(codes))))
    return and_(*conditions)


def read_problems(connection: Connection, where: ColumnElement[bool]) -> list[StoredProblem]:
    """Return problems, by source and then in the order of the reading."""
    rows = connection.execute(
        select(problem).where(where).order_by(problem.c.source, problem.c.id)
    ).mappings()
    lines = rows.all()
    if not lines:
        return []
    from notes.store.note_rows.json_payload import read_problem

    return [
        StoredProblem(row["source"], row["team"], read_problem(row["payload"]), row["first_seen"])
        for row in lines
    ]
