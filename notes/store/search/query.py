"""Full-text queries, on SQLite's FTS5 and PostgreSQL's tsvector.

The same hits on both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any, Literal

from sqlalchemy import Connection, select, text

from notes.model.notes import Outcome
from notes.model.periods import Week
from notes.store.sql.schema import note, search_document

from .index import condition_word, first_number
from .ngrams import SearchTerm, ngrams, terms

Order = Literal["best", "newest"]
_RANKED = 3000
"""Of more hits only the newest are ranked: a common word says little, and ranking is costly."""
_GATHERED = 20_000
"""Estimated hits below which sorting all is faster than scanning back. Judgement."""
_COUNTABLE = 600_000
"""Above so many postings FTS5's ranking takes too long; the newest hits come first instead."""
_SAMPLE = 300
"""So many of its newest hits tell how frequent a word is."""
_ALIKE = 20_000
"""Hits that are ranked for likeness, some 60 ms: grams are added from the rarest on until they have
as many.

FTS5 weighs a word by counting all that hold it: a quarter of a second for 288,000 notes (ADR 0458).
"""
_MOST_GRAMS = 40
"""Grams that PostgreSQL is asked for, which does not count them."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for: all of the words, and each given condition.

    `week` is that of the note's dates or label.
    """

    words: str = ""
    team: str | None = None
    week: Week | None = None
    person: str | None = None
    outcome: Outcome | None = None
    tag: str | None = None

    @property
    def marks(self) -> list[str]:
        """The conditions, as the index keeps them."""
        asked = {
            "team": self.team,
            "week": self.week,
            "person": self.person,
            "outcome": self.outcome,
            "tag": self.tag,
        }
        return [
            condition_word(kind, str(value)) for kind, value in asked.items() if value is not None
        ]


def found_seqs(
    connection: Connection, question: SearchQuery, order: Order, *, limit: int
) -> list[int]:
    """Return the notes that answer a question, best or newest first.

    None when its words hold no letter.
    """
    wanted = terms(question.words)
    if question.words.strip() and not wanted:
        return []
    order, among = order if wanted else "newest", max(limit, _RANKED)
    if connection.dialect.name == "sqlite":
        phrases = _phrases(wanted, question.marks)
        if order == "newest" or _is_dear(connection, phrases):
            return _ask_fts5(connection, " AND ".join(phrases), "newest", limit=limit)
        return _ask_fts5(connection, " AND ".join(phrases), "best", limit=limit, among=among)
    return _ask_tsvector(
        connection,
        _tsquery(wanted),
        question.marks,
        order=order,
        limit=limit,
        among=max(limit, _RANKED),
    )


def found_count(connection: Connection, question: SearchQuery, most: int) -> int:
    """Return how many notes answer a question, or `most` when there are as many or more."""
    wanted = terms(question.words)
    if question.words.strip() and not wanted:
        return 0
    if connection.dialect.name == "sqlite":
        asked = " AND ".join(_phrases(wanted, question.marks))
        sql = f"SELECT count(*) FROM ({_HITS if asked else _EVERY} LIMIT ?)"  # noqa: S608  our own pieces
        return connection.exec_driver_sql(sql, (asked, most) if asked else (most,)).scalar() or 0
    words, narrowed, conditions = _conditions(_tsquery(wanted), question.marks)
    sql = f"SELECT count(*) FROM (SELECT 1 {_DOCUMENTS} WHERE {conditions} LIMIT :most) AS found"  # noqa: S608  our own pieces
    return (
        connection.execute(text(sql), {"words": words, "marks": narrowed, "most": most}).scalar()
        or 0
    )


def _phrases(wanted: Sequence[SearchTerm], marks: Sequence[str]) -> list[str]:
    words = [f'grams : "{" ".join(term.ngrams)}"{" *" if term.begins else ""}' for term in wanted]
    return [*words, *(f'marks : "{mark}"' for mark in marks)]


def _ask_fts5(
    connection: Connection, match: str, order: Order, *, limit: int, among: int = 0
) -> list[int]:
    """Ask SQLite; best first among the newest so many hits, or among all."""
    if not match:
        every = f"{_EVERY} ORDER BY doc DESC LIMIT ?"
        return list(connection.exec_driver_sql(every, (limit,)).scalars())
    if order == "newest":
        return list(
            connection.exec_driver_sql(f"{_HITS} {_NEWEST} LIMIT ?", (match, limit)).scalars()
        )
    since = _newest(connection, match, among) if among else 0
    best = f"{_HITS} AND note_search.rowid >= ? ORDER BY rank, note_search.rowid DESC LIMIT ?"
    return list(connection.exec_driver_sql(best, (match, since, limit)).scalars())


_EVERY = "SELECT note_seq FROM search_document"
"""All documents, for conditions without words."""
_HITS = (
    "SELECT note_seq FROM note_search "
    "CROSS JOIN search_document ON search_document.doc = note_search.rowid "
    "WHERE note_search MATCH ?"
)
"""The index comes first: CROSS JOIN keeps SQLite from walking through all documents."""
_NEWEST = "ORDER BY note_search.rowid DESC"
"""Documents are numbered in the order of writing."""


def _newest(connection: Connection, match: str, after: int) -> int:
    """Return the document of the hit that so many newer ones precede; 0 when there is none."""
    sql = f"{_HITS.replace('note_seq', 'doc', 1)} {_NEWEST} LIMIT 1 OFFSET ?"
    return connection.exec_driver_sql(sql, (match, after)).scalar() or 0


def _is_dear(connection: Connection, phrases: Sequence[str]) -> bool:
    """Return whether FTS5 would have to count too many notes to rank these.

    Guessed from the newest that hold each.
    """
    every: int = connection.exec_driver_sql("SELECT max(seq) FROM note").scalar() or 0
    counted = 0.0
    for phrase in phrases if every > _COUNTABLE / 10 else ():
        since = _newest(connection, phrase, _SAMPLE)
        span = "SELECT count(*) FROM (SELECT 1 FROM search_document WHERE doc >= ? LIMIT ?)"
        newest = connection.exec_driver_sql(span, (since, 100 * _SAMPLE)).scalar() or 1
        counted += (phrase.count(" ") - 1) * every * _SAMPLE / newest
    return counted > _COUNTABLE


def _ask_tsvector(
    connection: Connection,
    asked: str,
    marks: Sequence[str],
    *,
    order: Order,
    limit: int,
    among: int | None = None,
) -> list[int]:
    """Ask PostgreSQL; best first among the newest so many hits."""
    words, narrowed, conditions = _conditions(asked, marks)
    facts = {
        "words": words,
        "marks": narrowed,
        "limit": limit,
        "among": limit if order == "newest" else among,
    }
    fence = "OFFSET 0" if _are_few(connection, conditions, facts) else ""
    hits = f"SELECT doc, grams FROM note_search WHERE {conditions} {fence}"  # noqa: S608  our own pieces
    newest = f"SELECT doc, note_seq, grams FROM ({hits}) AS hit JOIN search_document USING (doc)"  # noqa: S608
    newest += " ORDER BY doc DESC LIMIT :among"
    sql = f"SELECT note_seq FROM ({newest}) AS found ORDER BY {_TSVECTOR_ORDER[order]} LIMIT :limit"  # noqa: S608
    return list(connection.execute(text(sql), facts).scalars())


def _are_few(connection: Connection, conditions: str, facts: dict[str, Any]) -> bool:
    """Return whether to sort all hits; else PostgreSQL scans back from the newest document.

    Left to itself it takes the walk for the sake of the limit, past every note there is when
    nothing is found.
    """
    (plan,) = connection.execute(
        text(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM note_search WHERE {conditions}"),  # noqa: S608  our own pieces
        facts,
    ).scalar_one()
    return bool(plan["Plan"]["Plan Rows"] < _GATHERED)


def _conditions(words: str, marks: Sequence[str]) -> tuple[str, str, str]:
    narrowed = " & ".join(f"'{mark}'" for mark in marks)
    conditions = [
        condition for condition, given in ((_IN_WORDS, words), (_IN_MARKS, narrowed)) if given
    ]
    return words, narrowed, " AND ".join(["TRUE", *conditions])


_DOCUMENTS = "FROM note_search JOIN search_document USING (doc)"
_IN_WORDS, _IN_MARKS = "grams @@ CAST(:words AS tsquery)", "marks @@ CAST(:marks AS tsquery)"
_TSVECTOR_ORDER: dict[Order, str] = {
    "best": "ts_rank(grams, CAST(:words AS tsquery)) DESC, doc DESC",
    "newest": "doc DESC",
}
"""The same for PostgreSQL: words and marks in a column each, ties by the newest."""


def _tsquery(wanted: Sequence[SearchTerm]) -> str:
    phrases = (
        " <-> ".join(f"'{gram}'" for gram in term.ngrams) + ":*" * term.begins for term in wanted
    )
    return " & ".join(f"({phrase})" for phrase in phrases)


def similar_seqs(connection: Connection, words: str, team: str | None, *, limit: int) -> list[int]:
    """Return notes that share the rarest grams of a text, most alike first.

    A suggestion, never an identity. Where even the rarest gram is in too many notes to rank them,
    those that hold the two rarest, the newest first.
    """
    grams = list(dict.fromkeys(gram for gram in ngrams(words) if len(gram) > 1))
    marks = [condition_word("team", team)] if team else []
    if connection.dialect.name == "sqlite":
        held = _held(connection, grams)
        rare = _rare(held)
        asked = _one_of(rare, "OR") if rare else _one_of(list(held)[:2], "AND")
        match = " AND ".join([asked, *(f'marks : "{mark}"' for mark in marks)])
        return (
            _ask_fts5(connection, match, "best" if rare else "newest", limit=limit) if held else []
        )
    if not grams:
        return []
    either = " | ".join(f"'{gram}'" for gram in grams[:_MOST_GRAMS])
    return _ask_tsvector(connection, either, marks, order="best", limit=limit, among=_RANKED)


def latest_seqs(
    connection: Connection, kind: str, *, team: str | None, before: date, limit: int
) -> list[int]:
    """Return the living notes of a kind from before a day, the newest first.

    The documents' numbers are in the order of days, so that as many are walked as are returned, and
    those of other kinds and teams between them.
    """
    asked = (
        select(search_document.c.note_seq)
        .join(note, note.c.seq == search_document.c.note_seq)
        .where(search_document.c.doc < first_number(before), note.c.kind == kind)
        .order_by(search_document.c.doc.desc())
        .limit(limit)
    )
    if team is None:
        return list(connection.execute(asked).scalars())
    if connection.dialect.name != "sqlite":
        return list(connection.execute(asked.where(note.c.team == team)).scalars())
    mark = condition_word("team", team)
    of_kind = "(SELECT kind FROM note WHERE seq = note_seq) = ?"
    sql = f"{_HITS} AND note_search.rowid < ? AND {of_kind} {_NEWEST} LIMIT ?"
    facts = (f'marks : "{mark}"', first_number(before), kind, limit)
    return list(connection.exec_driver_sql(sql, facts).scalars())


def _one_of(grams: Sequence[str], joined: str) -> str:
    quoted = [f'"{gram}"' for gram in grams]
    return f"grams : ({f' {joined} '.join(quoted)})"


def _held(connection: Connection, grams: Sequence[str]) -> dict[str, int]:
    """Return in how many notes each gram is, of those that are in any, the rarest first.

    They are counted up to one more than `_ALIKE`; beyond, that is rarer of which so many newest
    hits reach further back.
    """
    count = "SELECT count(*) FROM (SELECT 1 FROM note_search WHERE note_search MATCH ? LIMIT ?)"
    asked = {gram: _one_of([gram], "OR") for gram in grams}
    counts = {
        gram: connection.exec_driver_sql(count, (phrase, _ALIKE + 1)).scalar() or 0
        for gram, phrase in asked.items()
    }
    order = {
        gram: (
            hits,
            _newest(connection, asked[gram], _SAMPLE) if hits > _ALIKE else 0,
            gram,
        )
        for gram, hits in counts.items()
        if hits
    }
    return {gram: counts[gram] for gram in sorted(order, key=order.__getitem__)}


def _rare(held: Mapping[str, int], most: int = 16) -> list[str]:
    """Return the grams that fewest notes hold, as many as `_ALIKE` hits allow."""
    hits = accumulate(held.values())
    return [gram for gram, so_far in zip(held, hits, strict=True) if so_far <= _ALIKE][:most]
