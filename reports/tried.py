"""You tried this before (이미 해 본 일): for a new hypothesis the earlier ones most like it, with reasons.

A suggestion, never a count (METHOD.md §3): what many notes say is worth little, what few say much, and each answer
names what the two have in common, so that a reader can see at once whether it is the same thing. Candidates come from
the store's search; here they are only weighed. No model, no list of synonyms: pairs of Korean syllables, English words
and numbers.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum, log

from loopnote.notes import Note, StoredNote

from .wording import normal

_WORD = re.compile(r"[가-힣]+|[A-Za-z]{2,}|\d+(?:\.\d+)?")
_LEAST = 0.6
_SAME_GOAL = 0.06
_SAME_METRIC = 0.04
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Tried:
    """An earlier note like a new one: how alike (0..1), the rarest words in common, and what else is the same."""

    earlier: StoredNote
    score: float
    words: tuple[str, ...] = ()
    same_goal: bool = False
    same_metric: bool = False


class Rarity:
    """How much each piece of text tells, learned from the texts of a team."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.times: Counter[str] = Counter()
        self.total = 1
        for text in texts:
            self.times.update(pieces(text))
            self.total += 1

    def weight(self, piece: str) -> float:
        """Return what this piece tells, in nats: nearly nothing where every text has it."""
        return log(1 + self.total / (1 + self.times[piece]))

    def of(self, found: Iterable[str]) -> float:
        """Return what several pieces tell together."""
        return fsum([self.weight(piece) for piece in found])


def pieces(text: str) -> frozenset[str]:
    """Return pairs of Korean syllables, English words without a plural's s, and numbers.

    >>> sorted(pieces("쿠폰을 2번 sends"))
    ['2', 'send', '번', '쿠폰', '폰을']
    """
    found: set[str] = set()
    for word in _WORD.findall(text.lower()):
        found |= _parts(word)
    return frozenset(found)


def hypothesis_of(note: Note) -> str:
    """Return what a note expected to work: its hypothesis, else its title, else what was done."""
    return note.hypothesis or note.title or note.execution


def tried_before(
    new: StoredNote,
    candidates: Sequence[StoredNote],
    rarity: Rarity,
    *,
    is_earlier: Callable[[StoredNote], bool],
    least: float = _LEAST,
    most: int = 3,
) -> tuple[Tried, ...]:
    """Return the earlier notes most like `new`, best first; equal ones by their text, then by id.

    A note with an outcome is shown before an equally like one without. Nothing is returned below `least`.
    """
    found = [
        _weighed(new.note, old, rarity)
        for old in candidates
        if old.id != new.id and old.note.kind == new.note.kind and hypothesis_of(old.note) and is_earlier(old)
    ]
    likely = [each for each in found if each.score >= least]
    likely.sort(
        key=lambda one: (-one.score, one.earlier.note.outcome is None, hypothesis_of(one.earlier.note), one.earlier.id)
    )
    return tuple(likely[:most])


def _weighed(new: Note, old: StoredNote, rarity: Rarity) -> Tried:
    ours, theirs = hypothesis_of(new), hypothesis_of(old.note)
    alike = _alike(pieces(ours), pieces(theirs), rarity)
    goal = bool(new.goal) and normal(new.goal) == normal(old.note.goal)
    metric = _metric(new) != "" and _metric(new) == _metric(old.note)
    score = min(1.0, alike + (goal * _SAME_GOAL + metric * _SAME_METRIC if alike else 0.0))
    return Tried(old, round(score, 4), _common(ours, theirs, rarity), goal, metric)


def _alike(ours: frozenset[str], theirs: frozenset[str], rarity: Rarity) -> float:
    """Return Dice's coefficient, each piece counted by what it tells."""
    total = rarity.of(ours) + rarity.of(theirs)
    return 2 * rarity.of(ours & theirs) / total if total else 0.0


def _common(ours: str, theirs: str, rarity: Rarity) -> tuple[str, ...]:
    """Return words of the one text whose pieces the other has too, those that tell most first."""
    there = pieces(theirs)
    words = [word for word in dict.fromkeys(_WORD.findall(ours)) if _stem_shared(word, there)]
    words.sort(key=lambda word: -rarity.of(_parts(word.lower()) & there))
    return tuple(words[:_MOST_WORDS])


def _stem_shared(word: str, there: frozenset[str]) -> bool:
    """Return whether a word, or a Korean one but for its ending, stands in the other text."""
    parts = _parts(word.lower())
    return len(parts & there) * 2 > len(parts) or (len(parts) == 2 and bool(parts & there) and not word.isascii())


def _parts(word: str) -> set[str]:
    if word.isascii():
        return {word[:-1] if len(word) > 3 and word.endswith("s") and word.isalpha() else word}
    return {word[at : at + 2] for at in range(len(word) - 1)} or {word}


def _metric(note: Note) -> str:
    return normal(note.metric.name) if note.metric else ""
