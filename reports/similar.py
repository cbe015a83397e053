"""How alike two texts are: it may suggest a link, it never counts as one."""

from collections import Counter
from functools import lru_cache

from .wording import normal


def similarity(first: str, second: str) -> float:
    """Return 0..1: the share of letter pairs that two texts have in common (Dice's coefficient)."""
    ours, theirs = _pairs(first), _pairs(second)
    total = ours.total() + theirs.total()
    common = sum(min(count, theirs[pair]) for pair, count in ours.items() if pair in theirs)
    return 2 * common / total if total else 0.0


@lru_cache(maxsize=10_000)
def _pairs(text: str) -> Counter[str]:
    letters = normal(text)
    return Counter(letters[n : n + 2] for n in range(len(letters) - 1))
