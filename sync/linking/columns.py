"""Columns keep their identity when a person renames them: recognised by what stands in them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .rows import Row

Labels = dict[str, dict[str, None]]
_TELLING_LENGTH = 8
_SHARE_EQUAL = 0.5
_LEAST_SEEN = 10


def labels_of(rows: Iterable[Row]) -> Labels:
    """Return the columns in which each sheet has anything, by sheet, in the order of their first appearance."""
    found: Labels = defaultdict(dict)
    for row in rows:
        labels = found[row.sheet]
        if not row.texts.keys() <= labels.keys():
            labels.update(dict.fromkeys(row.texts))
    return dict(found)


def align(known: Sequence[Row], now: Sequence[Row]) -> tuple[Labels, Labels]:
    """Give equal columns equal names on both sides, in place, and return the labels of either side.

    Rows that hold the same telling text on both sides vote: columns that hold the same in them are the same.
    """
    before, after = labels_of(known), labels_of(now)
    if not _differ(before, after):
        return before, after
    names = _Names(before, after)
    for old, new in _agreeing(known, now, before, after):
        names.unite(old, new)
    renamed = {label: min(labels) for label, labels in names.members.items()}
    for row in (*known, *now):
        if not renamed.keys().isdisjoint(row.texts):
            row.texts = {renamed.get(label, label): text for label, text in row.texts.items()}
    return (labels_of(known), labels_of(now)) if renamed else (before, after)


def _differ(before: Labels, after: Labels) -> bool:
    """Return whether some sheet of today lacks a label of another, or of yesterday."""
    every = {label for labels in (*before.values(), *after.values()) for label in labels}
    return any(len(labels) < len(every) for labels in after.values())


class _Names:
    def __init__(self, before: Labels, after: Labels) -> None:
        self.sheets = [set(labels) for side in (before, after) for labels in side.values()]
        self.members: dict[str, set[str]] = {}

    def unite(self, old: str, new: str) -> None:
        joined = self.members.get(old, {old}) | self.members.get(new, {new})
        if all(len(joined & labels) < 2 for labels in self.sheets):
            self.members.update(dict.fromkeys(joined, joined))


def _agreeing(known: Sequence[Row], now: Sequence[Row], before: Labels, after: Labels) -> list[tuple[str, str]]:
    equal: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for old, new in _likely_pairs(known, now):
        here, there = before[old.sheet], after[new.sheet]
        if here.keys() == there.keys():
            continue
        strange = [(label, text) for label, text in new.texts.items() if label not in here]
        for label, text in old.texts.items() if strange else ():
            if label not in there:
                for other, written in strange:
                    both[label, other] += 1
                    equal[label, other] += text == written
    found = [(-count, pair) for pair, count in equal.items() if count and count >= _SHARE_EQUAL * both[pair]]
    return [pair for _, pair in sorted(found)]


def _likely_pairs(known: Sequence[Row], now: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Return rows that share texts which stand in one row only on either side, in whatever column."""
    old, new = _holders(known), _holders(now)
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for text, holder in new.items():
        if holder is not None and (candidate := old.get(text)) is not None:
            votes[holder][candidate] += 1
    return [(known[_first(counted)], now[at]) for at, counted in sorted(votes.items())]


def rewritten(known: Sequence[Row], now: Sequence[Row]) -> frozenset[str]:
    """Return the columns that changed in most rows: counted anew, translated, in another notation."""
    held: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    for old, new in _likely_pairs(known, now):
        for label, text in new.texts.items():
            if label in old.texts:
                held[label] += 1
                changed[label] += old.texts[label] != text
    return frozenset(label for label, times in held.items() if times >= _LEAST_SEEN and 2 * changed[label] > times)


def without(labels: Labels, dropped: frozenset[str]) -> Labels:
    """Return the labels of each sheet less those dropped."""
    return {sheet: {label: None for label in every if label not in dropped} for sheet, every in labels.items()}


def _holders(rows: Sequence[Row]) -> Mapping[str, int | None]:
    holders: dict[str, int | None] = {}
    for at, row in enumerate(rows):
        for text in row.texts.values():
            if len(text) >= _TELLING_LENGTH:
                holders[text] = None if text in holders and holders[text] != at else at
    return holders


def _first(counted: Counter[int]) -> int:
    return min(counted, key=lambda at: (-counted[at], at))
