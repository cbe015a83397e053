"""What a person may mean by a few words: the notes that hold most of them, whichever cell they stand in.

    candidates (notes that share the rarest letters) ─► how much of what was asked each of them says
    ─► the nearest

`tried` tells which earlier attempt *is like* a new one and stays silent otherwise; who looks for
something wants to see what comes nearest, with its doubt. A suggestion, never a count.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from notes.model.notes import Note, StoredNote
from reports.analysis.text.tokens import weighted_tokens, word_tokens, words_in

LEAST = 0.28
"""Below that two texts share one everyday word of four; tried on the questions of tests/unit/test_nearest.py."""

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
"""A note's texts, with how much it tells to find the words there: what was done before what was thought of it."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A note near to what was asked.

    How much of it the note says (0..1), and the words that it shares.
    """

    id: str
    share: float
    words: tuple[str, ...] = ()


def nearest(asked: str, candidates: Iterable[StoredNote], *, most: int = 3) -> tuple[Nearest, ...]:
    """Return the candidates that say most of what was asked, the nearest first, of equals the latest."""
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
    """Return the pieces of all the note's texts, each with the most that it tells."""
    held: dict[str, float] = {}
    texts: Sequence[tuple[str, float]] = [(getattr(note, name), counts) for name, counts in _WHERE]
    texts = [*texts, (note.metric.name if note.metric else "", 0.8), (" ".join(note.tags), 0.8)]
    for text, counts in texts:
        for word in words_in(text):
            for piece in word_tokens(word.lower()):
                held[piece] = max(held.get(piece, 0.0), counts)
    return held


def _shared(asked: str, pieces: dict[str, float]) -> tuple[str, ...]:
    """Return the words of the question of which most pieces are the note's too."""
    found = []
    for word in words_in(asked):
        own = word_tokens(word.lower())
        if own and 2 * sum(piece in pieces for piece in own) >= len(own):
            found.append(word)
    return tuple(dict.fromkeys(found))[:4]
