"""How alike two texts are: it may suggest a link, it never counts as one.

Two measures, the larger counts: letter pairs in common (good for a text that was reworded a little), and words in
common once particles and endings are off (good for the same thought told anew). No model, no list of synonyms.
"""

import re
from collections import Counter
from functools import lru_cache

from .vocabulary import words
from .wording import normal

_WORD = re.compile(r"[가-힣]+|[A-Za-z]{2,}|\d+(?:\.\d+)?")
_ENDING = re.compile(
    r"(?:에서는|에게서|으로써|으로는|이라도|에서|에게|한테|으로|부터|까지|처럼|보다|마다|이나|하면|되면|이면|한다|된다|했다|됐다|하기|"
    r"한|할|함|될|된|을|를|이|가|은|는|의|에|로|와|과|도|만|면|다)$"
)
_FEWEST = 2
_SHORTEST = 2


def similarity(first: str, second: str) -> float:
    """Return 0..1, the larger of the shares of letter pairs and of words that two texts have in common."""
    return max(_by_pairs(first, second), _by_words(first, second))


def _by_pairs(first: str, second: str) -> float:
    """Return Dice's coefficient over letter pairs."""
    ours, theirs = _pairs(first), _pairs(second)
    total = ours.total() + theirs.total()
    common = sum(min(count, theirs[pair]) for pair, count in ours.items() if pair in theirs)
    return 2 * common / total if total else 0.0


def _by_words(first: str, second: str) -> float:
    """Return Dice's coefficient over stems, 0 where fewer than two are common."""
    ours, theirs = _stems(first), _stems(second)
    if min(len(ours), len(theirs)) < _FEWEST:
        return 0.0
    common = sum(any(_same(stem, other) for other in theirs) for stem in ours)
    back = sum(any(_same(stem, other) for other in ours) for stem in theirs)
    return (common + back) / (len(ours) + len(theirs)) if min(common, back) >= _FEWEST else 0.0


def _same(stem: str, other: str) -> bool:
    """Tell whether two stems are one word, or one begins the other ("할인", "할인권")."""
    short, long = sorted((stem, other), key=len)
    return stem == other or (len(short) >= _SHORTEST and not short.isdigit() and long.startswith(short))


@lru_cache(maxsize=10_000)
def _pairs(text: str) -> Counter[str]:
    letters = normal(text)
    return Counter(letters[n : n + 2] for n in range(len(letters) - 1))


@lru_cache(maxsize=10_000)
def _stems(text: str) -> tuple[str, ...]:
    common = set(words("filler"))
    found = (_stem(word) for word in _WORD.findall(text.lower()) if word not in common)
    return tuple(dict.fromkeys(stem for stem in found if stem and stem not in common))


def _stem(word: str) -> str:
    """Return a word without its particle or its commonest ending; never less than two syllables of it."""
    if word.isascii():
        return word[:-1] if len(word) > 3 and word.endswith("s") else word
    bare = _ENDING.sub("", word)
    return bare if len(bare) >= _SHORTEST else word
