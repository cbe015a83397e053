"""The team's own id column: it wins where it is unique on both sides and has not been dealt out anew."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from .matching import Match, Matching

_MOST_CONTRADICTIONS = 0.01
_LEAST_ALIKE = 0.4


def same_key(matching: Matching, known_keys: Sequence[str], now_keys: Sequence[str]) -> None:
    """Join rows by the team's own id, given by position in `matching`, "" where there is none.

    A column that only counts the rows changes when one is inserted: then rows of equal content bear different numbers,
    and the column decides nothing. A single such contradiction in a column that holds otherwise is left to content.
    """
    old = _unique({at: known_keys[at] for at in matching.free_known() if known_keys[at]}, matching)
    new = _unique({at: now_keys[at] for at in matching.free_now() if now_keys[at]})
    pairs = [(old[key], at) for key, at in new.items() if key in old]
    if not pairs:
        return
    contents = _Contents(matching, known_keys, now_keys)
    against = {now for known, now in pairs if contents.elsewhere(known, now)}
    agreed = sum(contents.equal(known, now) for known, now in pairs)
    if len(against) > _MOST_CONTRADICTIONS * (agreed + len(against)):
        return
    if not agreed and contents.alike(pairs) < _LEAST_ALIKE:
        return
    for known, now in pairs:
        if now not in against:
            matching.join(now, Match(known, "key"))


def _unique(keys: Mapping[int, str], matching: Matching | None = None) -> dict[str, int]:
    """Return the position of every key that stands once; a living row outranks the same key in the graveyard."""
    ranks = {at: matching.known[at].standing if matching else 0 for at in keys}
    best: dict[str, int] = {}
    for at, key in keys.items():
        best[key] = min(best.get(key, 9), ranks[at])
    times = Counter(key for at, key in keys.items() if ranks[at] == best[key])
    return {key: at for at, key in keys.items() if ranks[at] == best[key] and times[key] == 1}


class _Contents:
    """What the rows say apart from their key."""

    def __init__(self, matching: Matching, known_keys: Sequence[str], now_keys: Sequence[str]) -> None:
        self.old = [_without(row.texts, key) for row, key in zip(matching.known, known_keys, strict=True)]
        self.new = [_without(row.texts, key) for row, key in zip(matching.now, now_keys, strict=True)]
        self.old_at = _once(self.old)
        self.new_at = _once(self.new)

    def equal(self, known: int, now: int) -> bool:
        return self.old[known] == self.new[now]

    def elsewhere(self, known: int, now: int) -> bool:
        """Return whether one of the two has its only equal in another row."""
        if self.equal(known, now):
            return False
        row = self.old_at.get(self.new[now])
        return row is not None and self.new_at.get(self.new[now]) == now

    def alike(self, pairs: Sequence[tuple[int, int]]) -> float:
        """Return the mean share of equal cells."""
        shares = [
            len(self.old[known] & self.new[now]) / max(1, min(len(self.old[known]), len(self.new[now])))
            for known, now in pairs
        ]
        return sum(shares) / len(shares)


def _without(texts: Mapping[str, str], key: str) -> frozenset[tuple[str, str]]:
    folded = key.casefold()
    return frozenset(cell for cell in texts.items() if cell[1] != folded)


def _once(contents: Sequence[Hashable]) -> dict[Hashable, int]:
    times = Counter(contents)
    return {content: at for at, content in enumerate(contents) if times[content] == 1}
