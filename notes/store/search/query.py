"""Full-text queries, on SQLite's FTS5 and PostgreSQL's tsvector.

The same hits on both. In plain SQL: who looks for something waits for no SQLAlchemy (ADR 0477).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal

from notes.model.notes import Outcome, StoredNote
from notes.model.periods import Week
from notes.store.note_rows.decoded_rows import note_lines, notes_of
from notes.store.sql.statements import Statements, Values, among

from .fields import condition_word, first_number
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
_FIRST_LOOK = 500
"""Hits up to which all grams are counted at first; then four times as many, of those that have
more: most texts have enough rare grams. Judgement."""
_MOST_RARE = 16
"""Grams that are asked for together; judgement."""
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
    statements: Statements, question: SearchQuery, order: Order, *, limit: int
) -> list[int]:
    """Return the notes that answer a question, best or newest first.

    None when its words hold no letter.
    """
    wanted = terms(question.words)
    if question.words.strip() and not wanted:
        return []
    order, most = order if wanted else "newest", max(limit, _RANKED)
    if statements.is_postgres:
        words = _tsquery(wanted)
        return _ask_tsvector(
            statements, words, question.marks, order=order, limit=limit, among=most
        )
    phrases = _phrases(wanted, question.marks)
    if order == "newest" or _is_dear(statements, phrases):
        return _ask_fts5(statements, " AND ".join(phrases), "newest", limit=limit)
    return _ask_fts5(statements, " AND ".join(phrases), "best", limit=limit, among=most)


def found_count(statements: Statements, question: SearchQuery, most: int) -> int:
    """Return how many notes answer a question, or `most` when there are as many or more."""
    wanted = terms(question.words)
    if question.words.strip() and not wanted:
        return 0
    if not statements.is_postgres:
        asked = " AND ".join(_phrases(wanted, question.marks))
        sql = f"SELECT count(*) FROM ({_HITS if asked else _EVERY} LIMIT :most)"  # noqa: S608  our own pieces
        return _number(statements, sql, {"match": asked, "most": most})
    words, narrowed, conditions = _conditions(_tsquery(wanted), question.marks)
    sql = f"SELECT count(*) FROM (SELECT 1 {_DOCUMENTS} WHERE {conditions} LIMIT :most) AS found"  # noqa: S608  our own pieces
    return _number(statements, sql, {"words": words, "marks": narrowed, "most": most})


def notes_in_order(statements: Statements, seqs: Sequence[int]) -> list[StoredNote]:
    """Return notes in the given order."""
    chosen, values = among(statements, "seq", seqs)
    lines = note_lines(statements, chosen, values)
    found = dict(zip([line["seq"] for line in lines], notes_of(lines), strict=True))
    return [found[seq] for seq in seqs]


def _number(statements: Statements, sql: str, values: Values, *, default: int = 0) -> int:
    """Return the one number that a statement finds, or the default where there is none."""
    lines = statements.lines(sql, values)
    return (lines[0][0] if lines else None) or default


def _numbers(statements: Statements, sql: str, values: Values) -> list[int]:
    return [number for (number,) in statements.lines(sql, values)]


def _phrases(wanted: Sequence[SearchTerm], marks: Sequence[str]) -> list[str]:
    words = [f'grams : "{" ".join(term.ngrams)}"{" *" if term.begins else ""}' for term in wanted]
    return [*words, *(f'marks : "{mark}"' for mark in marks)]


def _ask_fts5(
    statements: Statements, match: str, order: Order, *, limit: int, among: int = 0
) -> list[int]:
    """Ask SQLite; best first among the newest so many hits, or among all."""
    values = {"match": match, "limit": limit}
    if not match:
        return _numbers(statements, f"{_EVERY} ORDER BY doc DESC LIMIT :limit", values)
    if order == "newest":
        return _numbers(statements, f"{_HITS} {_NEWEST} LIMIT :limit", values)
    since = _newest(statements, match, among) if among else 0
    best = f"{_HITS} AND note_search.rowid >= :since ORDER BY rank, note_search.rowid DESC"
    return _numbers(statements, f"{best} LIMIT :limit", values | {"since": since})


_EVERY = "SELECT note_seq FROM search_document"
"""All documents, for conditions without words."""
_HITS = (
    "SELECT note_seq FROM note_search "
    "CROSS JOIN search_document ON search_document.doc = note_search.rowid "
    "WHERE note_search MATCH :match"
)
"""The index comes first: CROSS JOIN keeps SQLite from walking through all documents."""
_NEWEST = "ORDER BY note_search.rowid DESC"
"""Documents are numbered in the order of writing."""


def _newest(statements: Statements, match: str, after: int) -> int:
    """Return the document of the hit that so many newer ones precede; 0 when there is none."""
    sql = f"{_HITS.replace('note_seq', 'doc', 1)} {_NEWEST} LIMIT 1 OFFSET :after"
    return _number(statements, sql, {"match": match, "after": after})


def _is_dear(statements: Statements, phrases: Sequence[str]) -> bool:
    """Return whether FTS5 would have to count too many notes to rank these.

    Guessed from the newest that hold each.
    """
    every = _number(statements, "SELECT max(seq) FROM note", {})
    counted = 0.0
    for phrase in phrases if every > _COUNTABLE / 10 else ():
        since = _newest(statements, phrase, _SAMPLE)
        span = (
            "SELECT count(*) FROM (SELECT 1 FROM search_document WHERE doc >= :since LIMIT :most)"
        )
        newest = _number(statements, span, {"since": since, "most": 100 * _SAMPLE}, default=1)
        counted += (phrase.count(" ") - 1) * every * _SAMPLE / newest
    return counted > _COUNTABLE


def _ask_tsvector(
    statements: Statements,
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
    fence = "OFFSET 0" if _are_few(statements, conditions, facts) else ""
    hits = f"SELECT doc, grams FROM note_search WHERE {conditions} {fence}"  # noqa: S608  our own pieces
    newest = f"SELECT doc, note_seq, grams FROM ({hits}) AS hit JOIN search_document USING (doc)"  # noqa: S608
    newest += " ORDER BY doc DESC LIMIT :among"
    sql = f"SELECT note_seq FROM ({newest}) AS found ORDER BY {_TSVECTOR_ORDER[order]} LIMIT :limit"  # noqa: S608
    return _numbers(statements, sql, facts)


def _are_few(statements: Statements, conditions: str, facts: Values) -> bool:
    """Return whether to sort all hits; else PostgreSQL scans back from the newest document.

    Left to itself it takes the walk for the sake of the limit, past every note there is when
    nothing is found.
    """
    sql = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM note_search WHERE {conditions}"  # noqa: S608  our own pieces
    (((plan,),),) = statements.lines(sql, facts)
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


def similar_seqs(statements: Statements, words: str, team: str | None, *, limit: int) -> list[int]:
    """Return notes that share the rarest grams of a text, most alike first.

    A suggestion, never an identity. Where even the rarest gram is in too many notes to rank them,
    those that hold the two rarest, the newest first.
    """
    grams = list(dict.fromkeys(gram for gram in ngrams(words) if len(gram) > 1))
    marks = [condition_word("team", team)] if team else []
    if statements.is_postgres:
        either = " | ".join(f"'{gram}'" for gram in grams[:_MOST_GRAMS])
        if not grams:
            return []
        return _ask_tsvector(statements, either, marks, order="best", limit=limit, among=_RANKED)
    held = _held(statements, grams)
    rare = _rare(held)
    asked = _one_of(rare, "OR") if rare else _one_of(list(held)[:2], "AND")
    match = " AND ".join([asked, *(f'marks : "{mark}"' for mark in marks)])
    return _ask_fts5(statements, match, "best" if rare else "newest", limit=limit) if held else []


def latest_seqs(
    statements: Statements, kind: str, *, team: str | None, before: date, limit: int
) -> list[int]:
    """Return the living notes of a kind from before a day, the newest first.

    The documents' numbers are in the order of days, so that as many are walked as are returned, and
    those of other kinds and teams between them.
    """
    values = {"kind": kind, "before": first_number(before), "limit": limit}
    if team is not None and not statements.is_postgres:
        of_kind = "(SELECT kind FROM note WHERE seq = note_seq) = :kind"
        sql = f"{_HITS} AND note_search.rowid < :before AND {of_kind} {_NEWEST} LIMIT :limit"
        mark = condition_word("team", team)
        return _numbers(statements, sql, values | {"match": f'marks : "{mark}"'})
    of_team = "" if team is None else "AND note.team = :team "
    sql = (
        "SELECT note_seq FROM search_document JOIN note ON note.seq = note_seq"  # noqa: S608  our own pieces
        f" WHERE doc < :before AND note.kind = :kind {of_team}ORDER BY doc DESC LIMIT :limit"
    )
    return _numbers(statements, sql, values if team is None else values | {"team": team})


def _one_of(grams: Sequence[str], joined: str) -> str:
    quoted = [f'"{gram}"' for gram in grams]
    return f"grams : ({f' {joined} '.join(quoted)})"


def _held(statements: Statements, grams: Sequence[str]) -> dict[str, int]:
    """Return in how many notes each gram is, of those that are in any, the rarest first.

    They are counted as far as it decides which are rare (`_rare`), at most up to one more than
    `_ALIKE`; beyond, that is rarer of which so many newest hits reach further back.
    """
    hits = "SELECT 1 FROM note_search WHERE note_search MATCH :match LIMIT :most"
    count = f"SELECT count(*) FROM ({hits})"  # noqa: S608  our own pieces
    asked = {gram: _one_of([gram], "OR") for gram in grams}
    counts, waiting, most = dict[str, int](), [*grams], min(_FIRST_LOOK, _ALIKE)
    while waiting:
        for gram in waiting:
            counts[gram] = _number(statements, count, {"match": asked[gram], "most": most + 1})
        waiting = [gram for gram in waiting if counts[gram] > most]
        if most == _ALIKE or _is_decided(
            [hits for hits in counts.values() if 0 < hits <= most], most
        ):
            break
        most = min(4 * most, _ALIKE)
    order = {
        gram: (
            hits,
            _newest(statements, asked[gram], _SAMPLE) if hits > _ALIKE else 0,
            gram,
        )
        for gram, hits in counts.items()
        if hits
    }
    return {gram: counts[gram] for gram in sorted(order, key=order.__getitem__)}


def _is_decided(hits: Sequence[int], most: int) -> bool:
    """Return whether grams with these hits are all that can be rare, where others have more hits
    than `most`.
    """
    return len(hits) >= _MOST_RARE or sum(hits) + most >= _ALIKE


def _rare(held: Mapping[str, int]) -> list[str]:
    """Return the grams that fewest notes hold, as many as `_ALIKE` hits allow."""
    hits = accumulate(held.values())
    rare = [gram for gram, so_far in zip(held, hits, strict=True) if so_far <= _ALIKE]
    return rare[:_MOST_RARE]
