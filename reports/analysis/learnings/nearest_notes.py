"""Finds the notes nearest to a few words, whichever cell the words stand in.

    question and its words' other names ─► candidates (notes that share the rarest letters)
    ─► how many of the question's telling words each note holds ─► the nearest

`similar_notes` decides whether an earlier attempt is *like* a new one and is silent otherwise; a
search shows what comes nearest, with its doubt. A suggestion, never a count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from notes.model.notes import Note, StoredNote
from reports.analysis.text.tokens import tokens_in, word_tokens, words_in
from reports.analysis.text.vocabulary import is_term, words

LEAST = 0.28
"""Share of the question, its unknown words damped, below which a note is not shown. Tuned on the
questions of tests/unit/test_nearest.py.
"""
_UNKNOWN = 0.25
"""Weight of a word that no candidate holds, against one that one of them holds: a question is put
in other words than the log's, and what no note says cannot tell them apart. Tuned likewise.
"""
_RELATED = 0.7
"""Weight of a hit by another name of the same thing (`related`). Tuned likewise."""
_DEED = 0.6
"""Weight of a word that says what is done to a thing ("줄이기", "바꿔서"), against one that names a
thing: everybody reduces and changes something. Tuned likewise.
"""
_OF_DEEDS = (
    "하기", "이기", "리기", "으기", "내기", "꾸기", "추기", "하게", "으면", "하면", "려고", "도록",
    "여서", "어서",
    "아서", "워서", "꿔서", "려서", "해서", "을까", "할까", "힐까",
)  # fmt: skip
"""Endings of such words."""
_WHOLE_WORD = 2 / 3
"""Share of a word's tokens from which the note holds the word: pairs of syllables meet by chance.
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
    """A note near to a question: the share of its words that the note holds (0..1), and which."""

    id: str
    share: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a question: its tokens, and those of each of its other names."""

    text: str
    tokens: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()

    def held(self, pieces: Mapping[str, float]) -> float:
        """Return how much of the word a note holds (0..1), under its own or another name."""
        own = _mean(self.tokens, pieces)
        return max([own, *(_RELATED * _mean(other, pieces) for other in self.others)])

    def is_held(self, pieces: Mapping[str, float]) -> bool:
        """Return whether a note holds most of the word, under one of its names."""
        return any(_is_most(tokens, pieces) for tokens in (self.tokens, *self.others))

    def is_own(self, pieces: Mapping[str, float]) -> bool:
        """Return whether a note holds most of the word as it was asked."""
        return _is_most(self.tokens, pieces)


def nearest(asked: str, candidates: Iterable[StoredNote], *, most: int = 3) -> tuple[Nearest, ...]:
    """Return the candidates that contain most of the question, nearest first, then latest."""
    asking, notes = _words(asked), list(candidates)
    held = [_held(stored.note) for stored in notes]
    weights = {word: _weight(word, held) for word in asking}
    whole = sum(weights.values())
    found = []
    for stored, pieces in zip(notes, held, strict=True):
        said = sum(weights[word] * word.held(pieces) for word in asking)
        if said < LEAST * whole or not any(word.is_held(pieces) for word in asking):
            continue
        day = stored.note.end_date or stored.note.start_date
        found.append((-said, -(day.toordinal() if day else 0), stored.id, pieces))
    best = sorted(found, key=lambda one: one[:3])[:most]
    return tuple(
        Nearest(note_id, _share(asking, pieces), _shared(asking, pieces))
        for _, _, note_id, pieces in best
    )


def with_related(asked: str) -> str:
    """Return a question with the other names of its words, to look for candidates."""
    return " ".join([asked, *(name for word in words_in(asked) for name in _other_names(word))])


def _words(asked: str) -> tuple[_Word, ...]:
    """Return the words of a question that tell something, each once."""
    found: dict[tuple[str, ...], _Word] = {}
    for text in words_in(asked):
        tokens = word_tokens(text.lower())
        if tokens and not is_term("asking", text):
            others = tuple(filter(None, map(word_tokens, _other_names(text))))
            found.setdefault(tokens, _Word(text, tokens, others))
    return tuple(found.values())


@lru_cache(maxsize=1024)
def _other_names(word: str) -> tuple[str, ...]:
    """Return the other names of what a word calls; a Korean word may carry an ending."""
    low, found = word.lower(), list[str]()
    for entry in words("related"):
        names = entry.split()
        if any(_is_called(low, name) for name in names):
            found += [name for name in names if name != low]
    return tuple(dict.fromkeys(found))


def _is_called(word: str, name: str) -> bool:
    if word.isascii() or name.isascii():
        return word == name or word_tokens(word) == word_tokens(name)
    return word == name or (len(name) > 1 and word.startswith(name))


def _weight(word: _Word, held: Sequence[Mapping[str, float]]) -> float:
    """Return how much a word tells the candidates apart: the more, the fewer hold it."""
    times = sum(word.is_held(pieces) for pieces in held)
    rarity = log((len(held) + 1) / (times + 1) + 1)
    told = _DEED if word.text.endswith(_OF_DEEDS) else 1.0
    return sqrt(len(word.tokens)) * rarity * told * (1.0 if times else _UNKNOWN)


def _is_most(tokens: Sequence[str], pieces: Mapping[str, float]) -> bool:
    return sum(piece in pieces for piece in tokens) >= _WHOLE_WORD * len(tokens)


def _mean(tokens: Sequence[str], pieces: Mapping[str, float]) -> float:
    total: float = sum(pieces.get(piece, 0.0) for piece in tokens)
    return total / len(tokens)


def _share(asked: Sequence[_Word], pieces: Mapping[str, float]) -> float:
    """Return the share of the question's words that a note holds, each counted alike.

    A word that it holds under another name counts as `_RELATED`.
    """
    held = (1.0 if word.is_own(pieces) else _RELATED * word.is_held(pieces) for word in asked)
    return round(sum(held) / len(asked), 4)


def _shared(asked: Sequence[_Word], pieces: Mapping[str, float]) -> tuple[str, ...]:
    """Return the words of the question that a note holds, under their own or another name."""
    return tuple(word.text for word in asked if word.is_held(pieces))[:4]


def _held(note: Note) -> dict[str, float]:
    """Return the tokens of all the note's texts, each with the highest weight of its fields."""
    held: dict[str, float] = {}
    texts: Sequence[tuple[str, float]] = [(getattr(note, name), counts) for name, counts in _WHERE]
    texts = [*texts, (note.metric.name if note.metric else "", 0.8), (" ".join(note.tags), 0.8)]
    for text, counts in texts:
        for piece in tokens_in(text):
            held[piece] = max(held.get(piece, 0.0), counts)
    return held
