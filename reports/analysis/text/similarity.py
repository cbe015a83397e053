"""Similarity of two texts, 0..1: it may suggest a link, it never counts as one (ADR 0603).

The larger of two measures: letter pairs in common (for a text that was reworded a little), and word
stems in common (for the same thought in other words). No model, no list of synonyms.
"""

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache

from .quoting import comparison_key
from .vocabulary import words

_WORD = re.compile(r"[가-힣]+|[A-Za-z]{2,}|\d+(?:\.\d+)?")
_ENDING = re.compile(
    r"(?:에서는|에게서|으로써|으로는|이라도|에서|에게|한테|으로|부터|까지|처럼|보다|마다|이나|하면|되면|이면|한다|된다|했다|됐다|하기|"
    r"한|할|함|될|된|을|를|이|가|은|는|의|에|로|와|과|도|만|면|다)$"
)
_FEWEST = 2
"""Common stems below which two texts only share a topic: judgement."""
_SHORTEST = 2
"""Syllables that a Korean stem keeps: one alone begins too many words."""

Stems = dict[str, tuple[str, ...]]


def similarity(first: str, second: str) -> float:
    """Return 0..1: the larger share of letter pairs or of words that two texts have in common."""
    return max(_by_pairs(first, second), _by_words(first, second))


def word_starts(text: str) -> frozenset[str]:
    """Return the first letters of a text's stems: what `has_words_of` can be looked up by."""
    return frozenset(_stems(text))


def has_words_of(text: str, other: str) -> bool:
    """Return whether a text has every stem of another, of two at least, in any order.

    >>> has_words_of("재방문 쿠폰을 다시 보내기", "재방문 쿠폰 보내기"), has_words_of(
    ...     "Order filters in bulk", "Order bolts in bulk")
    (True, False)
    """
    theirs = _stems(other)
    count = _count(theirs)
    return count >= _FEWEST and _found_in(theirs, _stems(text)) == count


def shares_a_word(text: str, other: str) -> bool:
    """Return whether a text has any stem of another.

    >>> shares_a_word("오전만 초음파 먼저", "초음파 첫 순서"), shares_a_word("문 앞 의자", "초음파")
    (True, False)
    """
    return _found_in(_stems(other), _stems(text)) > 0


def _by_pairs(first: str, second: str) -> float:
    """Return Dice's coefficient over letter pairs."""
    (ours, size), (theirs, other) = _pairs(first), _pairs(second)
    shared = ours.keys() & theirs.keys()
    common = sum(min(ours[pair], theirs[pair]) for pair in shared)
    return 2 * common / (size + other) if shared else 0.0


def _by_words(first: str, second: str) -> float:
    """Return Dice's coefficient over stems; 0 where fewer than `_FEWEST` are common."""
    ours, theirs = _stems(first), _stems(second)
    common, back = _found_in(ours, theirs), _found_in(theirs, ours)
    if min(common, back) < _FEWEST:
        return 0.0
    return (common + back) / (_count(ours) + _count(theirs))


def _found_in(ours: Stems, theirs: Stems) -> int:
    """Return how many of our stems match one of theirs: equal, or one begins the other.

    Example: "할인", "할인권".
    """
    common = 0
    for start, stems in ours.items():
        others = theirs.get(start, ())
        common += sum(any(_same(stem, other) for other in others) for stem in stems if others)
    return common


def _count(stems: Stems) -> int:
    return sum(map(len, stems.values()))


def _same(stem: str, other: str) -> bool:
    if stem.isdigit() or other.isdigit():
        return stem == other
    return stem.startswith(other) or other.startswith(stem)


@lru_cache(maxsize=10_000)
def _pairs(text: str) -> tuple[dict[str, int], int]:
    letters = comparison_key(text)
    pairs = Counter(letters[n : n + 2] for n in range(len(letters) - 1))
    return dict(pairs), pairs.total()


@lru_cache(maxsize=10_000)
def _stems(text: str) -> Stems:
    """Return the stems of a text by their first letters: only these can match each other."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for word in _WORD.findall(text.lower()):
        stem = "" if word in _filler() else _stem(word)
        if stem and stem not in _filler():
            found[stem[:_SHORTEST]][stem] = None
    return {start: tuple(stems) for start, stems in found.items()}


@cache
def _filler() -> frozenset[str]:
    return frozenset(words("filler"))


def _stem(word: str) -> str:
    """Return a word without its particle or commonest ending, of at least two syllables."""
    if word.isascii():
        return word[:-1] if len(word) > 3 and word.endswith("s") else word
    bare = _ENDING.sub("", word)
    return bare if len(bare) >= _SHORTEST else word
