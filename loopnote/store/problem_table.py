"""Problems as the last complete reading left them; one that stands keeps the instant it was first seen."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from loopnote.notes import Problem, StoredProblem

from .bulk import parts
from .payload import problem_json, read_problem
from .schema import problem
from .writing import Stamp

_Key = tuple[str, ...]


def write_problems(
    connection: Connection, found: Sequence[Problem], stamp: Stamp, pages: Collection[str] | None
) -> None:
    """Replace the problems of the source, or only those of `pages`; write nothing when they are the same."""
    scopes: list[ColumnElement[bool]] = [problem.c.source == stamp.source]
    if pages is not None:
        scopes = [scopes[0] & problem.c.page_id.in_(part) for part in parts(sorted(pages))]
    rows = [
        row
        for scope in scopes
        for row in connection.execute(select(problem).where(scope).order_by(problem.c.id)).mappings()
    ]
    texts = [problem_json(each) for each in found]
    if [row["payload"] for row in rows] == texts:
        return
    since = _first_seen([(read_problem(row["payload"]), row["first_seen"]) for row in rows])
    for scope in scopes:
        connection.execute(delete(problem).where(scope))
    lines = [
        {
            "source": stamp.source,
            "team": stamp.team,
            "page_id": each.place.page_id,
            "first_seen": next(since[_key(each)], stamp.now),
            "payload": text,
        }
        for each, text in zip(found, texts, strict=True)
    ]
    if lines:
        connection.execute(insert(problem), lines)


def _first_seen(known: Sequence[tuple[Problem, datetime]]) -> dict[_Key, Iterator[datetime]]:
    instants: dict[_Key, list[datetime]] = defaultdict(list)
    for each, first_seen in known:
        instants[_key(each)].append(first_seen)
    sorted_instants: defaultdict[_Key, Iterator[datetime]] = defaultdict(lambda: iter(()))
    sorted_instants.update((key, iter(sorted(value))) for key, value in instants.items())
    return sorted_instants


def _key(each: Problem) -> _Key:
    place = each.place
    return (each.code, each.value, place.file, place.tab, place.col, place.page_id, place.property)


def read_problems(connection: Connection, where: ColumnElement[bool]) -> list[StoredProblem]:
    """Return problems, by source and then in the order of the reading."""
    rows = connection.execute(select(problem).where(where).order_by(problem.c.source, problem.c.id)).mappings()
    return [StoredProblem(row["source"], row["team"], read_problem(row["payload"]), row["first_seen"]) for row in rows]
