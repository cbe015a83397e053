"""Finding notes by their words, on SQLite's FTS5 and PostgreSQL's tsvector alike: the same hits on both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, text

from loopnote.notes import Outcome
from loopnote.weeks import Week

from .grams import Term, grams, terms
from .search_index import mark_of

Order = Literal["best", "newest"]
_RANKED = 3000
"""Of more hits than this only the newest are ranked: a word that is everywhere tells little, and ranking is dear."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: all of the words, and each given condition. `week` is that of the note's dates or label."""

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
        return [mark_of(kind, str(value)) for kind, value in asked.items() if value is not None]


def found_seqs(connection: Connection, question: Question, order: Order, limit: int) -> list[int]:
    """Return the notes that answer a question, best or newest first; none when its words hold no letter."""
    wanted = terms(question.words)
    if question.words.strip() and not wanted:
        return []
    if connection.dialect.name == "sqlite":
        return _ask_fts5(connection, _fts5(wanted, question.marks), order if wanted else "newest", limit)
    return _ask_tsvector(connection, _tsquery(wanted), question.marks, order=order if wanted else "newest", limit=limit)


def _fts5(wanted: Sequence[Term], marks: Sequence[str]) -> str:
    asked = [f'grams : "{" ".join(term.grams)}"{" *" if term.begins else ""}' for term in wanted]
    return " AND ".join([*asked, *(f'marks : "{mark}"' for mark in marks)])


def _ask_fts5(connection: Connection, match: str, order: Order, limit: int) -> list[int]:
    if not match:
        every = "SELECT note_seq FROM search_document ORDER BY day DESC, doc DESC LIMIT ?"
        return list(connection.exec_driver_sql(every, (limit,)).scalars())
    newest = "SELECT rowid FROM note_search WHERE note_search MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
    since: int = connection.exec_driver_sql(newest, (match, _RANKED)).scalar() or 0
    rows = connection.exec_driver_sql(_HITS + _FTS5_ORDER[order], (match, since, limit))
    return list(rows.scalars())


_HITS = (
    "SELECT note_seq FROM note_search CROSS JOIN search_document ON search_document.doc = note_search.rowid "
    "WHERE note_search MATCH ? AND note_search.rowid >= ? ORDER BY "
)
_FTS5_ORDER: dict[Order, str] = {"best": "rank, day DESC, doc DESC LIMIT ?", "newest": "day DESC, doc DESC LIMIT ?"}


def _ask_tsvector(connection: Connection, words: str, marks: Sequence[str], *, order: Order, limit: int) -> list[int]:
    narrowed = " & ".join(f"'{mark}'" for mark in marks)
    conditions = [condition for condition, given in ((_IN_WORDS, words), (_IN_MARKS, narrowed)) if given]
    sql = f"{_DOCUMENTS} WHERE {' AND '.join(['TRUE', *conditions])} ORDER BY {_TSVECTOR_ORDER[order]}"
    return list(connection.execute(text(sql), {"words": words, "marks": narrowed, "limit": limit}).scalars())


_DOCUMENTS = "SELECT note_seq FROM note_search JOIN search_document USING (doc)"
_IN_WORDS, _IN_MARKS = "grams @@ CAST(:words AS tsquery)", "marks @@ CAST(:marks AS tsquery)"
_TSVECTOR_ORDER: dict[Order, str] = {
    "best": "ts_rank(grams, CAST(:words AS tsquery)) DESC, day DESC, doc DESC LIMIT :limit",
    "newest": "day DESC, doc DESC LIMIT :limit",
}


def _tsquery(wanted: Sequence[Term]) -> str:
    phrases = (" <-> ".join(f"'{gram}'" for gram in term.grams) + ":*" * term.begins for term in wanted)
    return " & ".join(f"({phrase})" for phrase in phrases)


def similar_seqs(connection: Connection, words: str, team: str | None, limit: int) -> list[int]:
    """Return notes that share the rarest grams of a text, most alike first; a suggestion, never an identity."""
    rare = _rare(connection, list(dict.fromkeys(gram for gram in grams(words) if len(gram) > 1)))
    marks = [mark_of("team", team)] if team else []
    if not rare:
        return []
    if connection.dialect.name == "sqlite":
        either = " OR ".join(f'"{gram}"' for gram in rare)
        match = " AND ".join([f"grams : ({either})", *(f'marks : "{mark}"' for mark in marks)])
        return _ask_fts5(connection, match, "best", limit)
    either = " | ".join(f"'{gram}'" for gram in rare)
    return _ask_tsvector(connection, either, marks, order="best", limit=limit)


def _rare(connection: Connection, found: list[str], most: int = 16) -> list[str]:
    """Return the grams that fewest notes hold, of those that some note holds; PostgreSQL does not count them."""
    if connection.dialect.name != "sqlite":
        return found[:40]
    count = "SELECT doc FROM note_search_terms WHERE term = ?"
    counts = {gram: connection.exec_driver_sql(count, (gram,)).scalar() or 0 for gram in found}
    return sorted((gram for gram in counts if counts[gram]), key=lambda gram: (counts[gram], gram))[:most]
