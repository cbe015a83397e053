"""Finds the notes nearest to a few words, whichever cell the words stand in.

    candidates (notes that share the rarest letters) ─► share of the question each note contains
    ─► the nearest

`similar_notes` decides whether an earlier attempt is *like* a new one and is silent otherwise; a
search shows what comes nearest, with its doubt. A suggestion, never a count.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from notes.model.notes import Note, StoredNote
from reports.analysis.text.tokens import weighted_tokens, word_tokens, words_in

LEAST = 0.28
"""Share of the question below which a note is not shown: one everyday word of four. Tuned on the
questions of tests/unit/test_nearest.py.
"""

_WHERE = (
    ("title", 1.0),
    ("execution", 1.0),
    ("hypothesis", 1.0),
    ("learned", 0.9),
    ("applied_to", 0.8),
    ("next_action", 0.7),
    ("success_factors", 0.7),
    ("failure_factors", 0.7),
    ("retrospective", 0.7),
    ("goal", 0.5),
)
"""Fields that are searched, with the weight of a hit in each: judgement; what was done outweighs
what was thought of it.
"""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A note near to a question: the share of it that the note says (0..1), and the shared words."""

    id: str
    share: float
    words: tuple[str, ...] = ()


def nearest(asked: str, candidates: Iterable[StoredNote], *, most: int = 3) -> tuple[Nearest, ...]:
    """Return the candidates that contain most of the question, nearest first, then latest."""
    wanted = weighted_tokens(asked)
    notes = list(candidates)
    held = [_held(stored.note) for stored in notes]
    times = Counter(piece for pieces in held for piece in pieces if piece in wanted)
    weights = {
        piece: counts * log((len(notes) + 1) / (times[piece] + 1) + 1)
        for piece, counts in wanted.items()
    }
    whole = sum(weights.values())
    found = []
    for stored, pieces in zip(notes, held, strict=True):
        share = (
            sum(weight * pieces.get(piece, 0.0) for piece, weight in weights.items()) / whole
            if whole
            else 0.0
        )
        if share >= LEAST:
            day = stored.note.end_date or stored.note.start_date
            found.append((-share, -(day.toordinal() if day else 0), stored.id, pieces))
    best = sorted(found, key=lambda one: one[:3])[:most]
    return tuple(
        Nearest(note_id, round(-share, 4), _shared(asked, pieces))
        for share, _, note_id, pieces in best
    )


def _held(note: Note) -> dict[str, float]:
    """Return the tokens of all the note's texts, each with the highest weight of its fields."""
    held: dict[str, float] = {}
    texts: Sequence[tuple[str, float]] = [(getattr(note, name), counts) for name, counts in _WHERE]
    texts = [*texts, (note.metric.name if note.metric else "", 0.8), (" ".join(note.tags), 0.8)]
    for text, counts in texts:
        for word in words_in(text):
            for piece in word_tokens(word.lower()):
                held[piece] = max(held.get(piece, 0.0), counts)
    return held


def _shared(asked: str, pieces: dict[str, float]) -> tuple[str, ...]:
    """Return the words of the question of which most tokens are the note's too."""
    found = []
    for word in words_in(asked):
        own = word_tokens(word.lower())
        if own and 2 * sum(piece in pieces for piece in own) >= len(own):
            found.append(word)
    return tuple(dict.fromkeys(found))[:4]
