"""Aligns renamed columns by comparing their contents."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from sync.matching.rows.compared_rows import ComparedRows

Labels = dict[str, dict[str, None]]
Texts = Mapping[str, str]
_TELLING_LENGTH = 8
"""Characters from which a text held by one row only identifies it; judgement: shorter ones are
names, states and days."""
_SHARE_EQUAL = 0.5
"""Two columns are one where at least half of the rows compared hold the same in both; judgement:
a majority."""
_LEAST_SEEN = 10
"""Rows compared before a column counts as rewritten; judgement: fewer may change by chance."""
_MOST_ASKED = 2000
"""Rows sampled for the vote; judgement: enough for a majority, and bounds the work on tall
sheets."""


def column_labels(rows: ComparedRows) -> Labels:
    """Return the columns with any content, by sheet, in order of first appearance."""
    found: Labels = defaultdict(dict)
    for sheet, shape in dict.fromkeys(zip(rows.sheet, rows.shape, strict=True)):
        found[rows.names[sheet]].update(dict.fromkeys(rows.shapes[shape]))
    return dict(found)


def align_columns(known: ComparedRows, now: ComparedRows) -> tuple[Labels, Labels]:
    """Rename equal columns to one name on both sides, in place; return both sides' labels.

    Rows that hold the same telling text on both sides vote: columns that hold the same in them are
    the same.
    """
    before, after = column_labels(known), column_labels(now)
    if not _differ(before, after):
        return before, after
    names = _LabelUnion(before, after)
    for old, new in _agreeing(known, now, before, after=after):
        names.unite(old, new)
    renamed = {label: min(labels) for label, labels in names.members.items()}
    if not renamed:
        return before, after
    known.rename(renamed)
    now.rename(renamed)
    return column_labels(known), column_labels(now)


def _differ(before: Labels, after: Labels) -> bool:
    """Return whether some sheet of today lacks a label of another, or of yesterday."""
    every = {label for labels in (*before.values(), *after.values()) for label in labels}
    return any(len(labels) < len(every) for labels in after.values())


class _LabelUnion:
    def __init__(self, before: Labels, after: Labels) -> None:
        self.sheets = [set(labels) for side in (before, after) for labels in side.values()]
        self.members: dict[str, set[str]] = {}

    def unite(self, old: str, new: str) -> None:
        joined = self.members.get(old, {old}) | self.members.get(new, {new})
        if all(len(joined & labels) < 2 for labels in self.sheets):
            self.members.update(dict.fromkeys(joined, joined))


def _agreeing(
    known: ComparedRows, now: ComparedRows, before: Labels, *, after: Labels
) -> list[tuple[str, str]]:
    equal: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    asking = now.kept(_changed(known, now))
    for old, new in _likely_pairs(asking, known.every(), now.every()):
        here, there = before[known[old].sheet], after[now[new].sheet]
        if here.keys() == there.keys():
            continue
        strange = [(label, text) for label, text in now.texts(new).items() if label not in here]
        for label, text in known.texts(old).items() if strange else ():
            if label not in there:
                for other, written in strange:
                    both[label, other] += 1
                    equal[label, other] += text == written
    found = [
        (-count, pair)
        for pair, count in equal.items()
        if count and count >= _SHARE_EQUAL * both[pair]
    ]
    return [pair for _, pair in sorted(found)]


def _changed(known: ComparedRows, now: ComparedRows) -> list[int]:
    """Return rows of today that say what no known row says, at most so many.

    Only they can tell of other names.
    """
    said = frozenset(known.content)
    places = [place for place, content in enumerate(now.content) if content not in said]
    return places[:: len(places) // _MOST_ASKED + 1]


def _likely_pairs(
    asking: Mapping[int, Texts],
    known: Iterable[tuple[int, Texts]],
    now: Iterable[tuple[int, Texts]],
) -> list[tuple[int, int]]:
    """Return (known, now) pairs of rows that share texts held by one row only on either side.

    In whatever column; (known, now) in the order of today.
    """
    asked = {
        text for texts in asking.values() for text in texts.values() if len(text) >= _TELLING_LENGTH
    }
    old, new = _holders(known if asked else (), asked), _holders(now if asked else (), asked)
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for text, holder in new.items():
        if holder is not None and (candidate := old.get(text)) is not None:
            votes[holder][candidate] += 1
    return [(_first(counted), at) for at, counted in sorted(votes.items())]


def find_rewritten_columns(
    known: ComparedRows,
    now: ComparedRows,
    free_known: Collection[int],
    *,
    free_now: Collection[int],
) -> frozenset[str]:
    """Return the columns that changed in most of the free rows.

    Counted anew, translated, in another notation.
    """
    held: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    earlier, today = known.kept(free_known), now.kept(free_now)
    for old, new in _likely_pairs(today, earlier.items(), today.items()):
        before = earlier[old]
        for label, text in now.texts(new).items():
            if label in before:
                held[label] += 1
                changed[label] += before[label] != text
    return frozenset(
        label
        for label, times in held.items()
        if times >= _LEAST_SEEN and 2 * changed[label] > times
    )


def without_columns(labels: Labels, dropped: frozenset[str]) -> Labels:
    """Return the labels of each sheet less those dropped."""
    return {
        sheet: {label: None for label in every if label not in dropped}
        for sheet, every in labels.items()
    }


def _holders(rows: Iterable[tuple[int, Texts]], asked: Collection[str]) -> dict[str, int | None]:
    """Return the row that holds each text that is asked for, None where several do."""
    holders: dict[str, int | None] = {}
    for at, texts in rows:
        for text in texts.values():
            if text in asked:
                holders[text] = None if text in holders and holders[text] != at else at
    return holders


def _first(counted: Counter[int]) -> int:
    return min(counted, key=lambda at: (-counted[at], at))
