"""Earlier notes like each note of an archive; results of the last build are reused.

A result depends on hypotheses of earlier days alone, so a day whose past is that of the last build
keeps its results: a new note costs its own day, not the whole log (ADR 0605).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby

from notes.messages.catalogue import MessageCatalogue
from reports.analysis.learnings.similar_notes import (
    RESULT_VERSION,
    HypothesisRecord,
    SimilarHypothesis,
    find_similar_in_order,
)
from reports.archive.note_catalogue import SimilarNoteLink


@dataclass(frozen=True, slots=True)
class SimilarNotes:
    """Results of a build by note id, and a digest of each day with its past."""

    answers: dict[str, tuple[SimilarHypothesis, ...]] = field(default_factory=dict)
    days: frozenset[str] = frozenset()

    def line(self) -> bytes:
        """Return the results as JSON, to be read by `read_similar_notes`."""
        answers = {
            note_id: [
                [one.id, one.score, one.beyond, list(one.words), one.same_goal, one.same_metric]
                for one in found
            ]
            for note_id, found in sorted(self.answers.items())
        }
        record = {"days": sorted(self.days), "answers": answers}
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(
            errors="surrogatepass"
        )


def read_similar_notes(line: bytes) -> SimilarNotes:
    """Return the results of an earlier build; empty where they cannot be read."""
    try:
        record = json.loads(line)
        answers = {
            str(note_id): tuple(
                SimilarHypothesis(
                    id=str(one),
                    score=float(score),
                    beyond=float(beyond),
                    words=tuple(map(str, words)),
                    same_goal=bool(goal),
                    same_metric=bool(metric),
                )
                for one, score, beyond, words, goal, metric in found
            )
            for note_id, found in record["answers"].items()
        }
        return SimilarNotes(answers, frozenset(map(str, record["days"])))
    except (ValueError, KeyError, TypeError, AttributeError):
        return SimilarNotes()


def find_similar_notes(attempts: Iterable[HypothesisRecord], before: SimilarNotes) -> SimilarNotes:
    """Return the results for all hypotheses, reused for days whose past did not change."""
    every = sorted(
        (one for one in attempts if one.text), key=lambda one: (one.day, one.team, one.id)
    )
    days, new, same = set[str](), set[str](), set[str]()
    for digest, several in _days(every):
        days.add(digest)
        (same if digest in before.days else new).update(one.id for one in several)
    found = dict(find_similar_in_order(every, new)) if new else {}
    kept = {note_id: before.answers[note_id] for note_id in same if note_id in before.answers}
    return SimilarNotes(
        {note_id: several for note_id, several in (kept | found).items() if several},
        frozenset(days),
    )


def _days(attempts: Sequence[HypothesisRecord]) -> Iterator[tuple[str, list[HypothesisRecord]]]:
    """Yield the hypotheses of each day with a digest of them and all before."""
    digest = blake2b(str(RESULT_VERSION).encode(), digest_size=12)
    for _, several in groupby(attempts, key=lambda one: one.day):
        day = list(several)
        for one in day:
            digest.update(repr(one).encode(errors="surrogatepass"))
        yield digest.hexdigest(), day


def suggestions(
    words: MessageCatalogue, similar_notes: SimilarNotes
) -> dict[str, tuple[SimilarNoteLink, ...]]:
    """Return the results as a note's page shows them."""
    return {
        note_id: tuple(SimilarNoteLink(one.id, " · ".join(_reasons(words, one))) for one in found)
        for note_id, found in similar_notes.answers.items()
    }


def _reasons(words: MessageCatalogue, one: SimilarHypothesis) -> Iterator[str]:
    if one.words:
        yield words("tried.words", words=", ".join(one.words))
    if one.same_goal:
        yield words("tried.goal")
    if one.same_metric:
        yield words("tried.metric")
