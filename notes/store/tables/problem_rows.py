"""The table of problems, as the last complete reading left them.

One that stands keeps the instant it was first seen.
"""

from collections import defaultdict
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from itertools import zip_longest
from sys import intern
from typing import TYPE_CHECKING

from notes.model.notes import Problem, StoredProblem
from notes.store.note_rows.bulk import batches, insert_many
from notes.store.sql.statements import Statements, Values, among
from notes.store.sql.stored_values import instant_text, read_instant
from notes.system.spill_list import SpillList

if TYPE_CHECKING:  # a look at the health of sources needs neither (ADR 0410)
    from notes.store.note_rows.writer import WriteContext

ProblemRow = tuple[bytes, str, str]
"""A problem as stored: its identity regardless of row, its page, and the whole as JSON."""


def problem_row(each: Problem) -> ProblemRow:
    """Return a problem as it is written."""
    from notes.store.note_rows.json_payload import problem_json

    return _key(each), each.place.page_id, problem_json(each)


Scope = tuple[str, Values]
"""A condition on problems, and the values behind it."""


def write_problems(
    statements: Statements,
    found: SpillList[ProblemRow],
    stamp: "WriteContext",
    *,
    pages: Collection[str] | None,
) -> None:
    """Replace the problems of the source, or only those of `pages`.

    Write nothing when they are the same.
    """
    scopes = list(_scopes(statements, stamp.source, pages))
    if _same(statements, scopes, found):
        return
    since = _first_seen(statements, scopes)
    for where, values in scopes:
        statements.change(f"DELETE FROM problem WHERE {where}", values)  # noqa: S608  our own words
    now = instant_text(stamp.now)
    for part in found.parts():
        lines = [
            (stamp.source, stamp.team, page, _since(since, key) or now, text)
            for key, page, text in part
        ]
        names = ("source", "team", "page_id", "first_seen", "payload")
        insert_many(statements, "problem", names, rows=lines)


def _scopes(statements: Statements, source: str, pages: Collection[str] | None) -> Iterator[Scope]:
    """Yield what chooses the problems of a source, or those of some of its pages."""
    if pages is None:
        yield "source = :source", {"source": source}
        return
    for part in batches(sorted(pages)):
        among_them, values = among(statements, "page_id", part)
        yield f"source = :source AND {among_them}", {"source": source, **values}


def _stored(
    statements: Statements, scopes: Sequence[Scope]
) -> Generator[tuple[str, str], None, None]:
    """Yield each problem as its JSON and the instant it was first seen."""
    for where, values in scopes:
        asked = f"SELECT payload, first_seen FROM problem WHERE {where} ORDER BY id"  # noqa: S608
        with closing(statements.parts(asked, values)) as parts:
            for part in parts:
                yield from ((payload, first_seen) for payload, first_seen in part)


def _same(statements: Statements, scopes: Sequence[Scope], found: SpillList[ProblemRow]) -> bool:
    texts = (text for part in found.parts() for _, _, text in part)
    with closing(_stored(statements, scopes)) as stored:
        return all(
            one == other for one, other in zip_longest(texts, (payload for payload, _ in stored))
        )


def _first_seen(statements: Statements, scopes: Sequence[Scope]) -> dict[bytes, list[str]]:
    """Return when each known problem was first seen; those of several alike, the latest first."""
    from notes.store.note_rows.json_payload import read_problem

    instants: dict[bytes, list[str]] = defaultdict(list)
    for payload, first_seen in _stored(statements, scopes):
        instants[_key(read_problem(payload))].append(intern(first_seen))
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


def read_problems(
    statements: Statements, *, team: str | None, source: str | None, codes: Collection[str]
) -> list[StoredProblem]:
    """Return the problems that satisfy every given condition, by source and then in the order of
    the reading.

    Where codes are given, all whose text has one: a superset.
    """
    where, values = _chosen(team=team, source=source, codes=codes)
    lines = statements.lines(
        f"SELECT source, team, payload, first_seen FROM problem WHERE {where}"  # noqa: S608
        " ORDER BY source, id",
        values,
    )
    if not lines:
        return []
    from notes.store.note_rows.json_payload import read_problem

    return [
        StoredProblem(source, team, read_problem(payload), read_instant(first_seen))
        for source, team, payload, first_seen in lines
    ]


def _chosen(*, team: str | None, source: str | None, codes: Collection[str]) -> Scope:
    signs = {f"sign{at}": f'%"{code}"%' for at, code in enumerate(sorted(codes))}
    named = {"team": team, "source": source}
    given = {name: value for name, value in named.items() if value is not None}
    conditions = ["1 = 1", *(f"{name} = :{name}" for name in given)]
    if signs:
        conditions.append(f"({' OR '.join(f'payload LIKE :{sign}' for sign in signs)})")
    return " AND ".join(conditions), {**given, **signs}
