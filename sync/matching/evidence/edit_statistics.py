"""Statistics of this team's edits: how often each column changes, and bulk edits.

Learned from the rows matched so far; until then priors hold.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

from sync.matching.rows.compared_rows import ComparedRow, ComparedRows
from sync.matching.rows.text_spill import Texts

SAME, CHANGED, ERASED, FILLED, EMPTY = range(5)
_PRIOR = (8.5, 1.2, 0.3, 2.0, 8.0)
"""Events assumed per column before any is seen: same, changed, erased, filled, empty. Judgement:
about 20 weeks of cells, one in eight of them edited."""
_LEAST_BULK = 3
"""Times an edit is seen before it is a bulk edit; judgement: twice may be chance."""
_COPIED = 1 / 3
"""Of the rows that are still free, so many say what any row says: they are copies of others, or
known ones; judgement."""
_LEAST_COPIED = 10.0
"""The same in rows, for sheets of which few are free."""
_LEAST_FREE = 20
"""Fewer free rows say little about what new rows are like; judgement."""
_PRIOR_RECURRING = 5.0
"""Free rows assumed that hold a text of another row, before any is seen; judgement."""
_SHARE_REPLACED = 0.3
"""Share of a text's holders that a replacement within texts is taken to have reached; judgement,
no count is kept."""


class ColumnEdits:
    """One column: the distribution of its texts in today's rows, and the edits of its cells.

    `filled`, `erased` and `empty` are what such an event tells (log-likelihood ratios in nats);
    `changed` is what a change alone tells.
    """

    def __init__(self, total: int, filled: int) -> None:
        self.total = total
        self.texts: Counter[str] = Counter()
        self.events = list(_PRIOR)
        self.blank = (total - filled + 0.5) / (total + 1)
        self.blank_of_all = self.blank
        self.free: Counter[str] = Counter()
        self.free_total = 0
        self.recurring = 1.0
        self.chances: dict[str, float] = {}
        self.rarities: dict[str, float] = {}
        self.replacing: dict[str, float] = {}
        self.weigh()

    def weigh(self) -> None:
        """Compute the weights from the events counted so far."""
        self.replacing.clear()
        same, changed, erased, filled, empty = self.events
        held, blank = same + changed + erased, filled + empty
        self.same = log(same / held)
        self.changed = changed / held
        self.erased = log(erased / held / self.blank)
        self.filled = log(filled / blank / max(1 - self.blank, 0.02))
        self.empty = log(empty / blank / self.blank)

    def compare_with(self, free: Counter[str], total: int) -> None:
        """Take the texts of the `total` rows that are still free: most of them are new."""
        self.free, self.free_total = free, total
        again = sum(times for text, times in free.items() if self.texts[text] > 1)
        self.recurring = (again + _PRIOR_RECURRING) / (free.total() + _PRIOR_RECURRING)
        self.chances.clear()
        self.rarities.clear()
        empty = total - free.total() + self._copied() * self.blank_of_all
        self.blank = empty / (total + self._copied())
        self.weigh()

    def _copied(self) -> float:
        return max(_LEAST_COPIED, _COPIED * self.free_total)

    def chance(self, text: str) -> float:
        """Return the share of the rows still free that hold this text, this one apart.

        Before they are known that of all rows, half a row for a text never seen. A text that one
        row holds is as rare as texts of its column seldom come again (Good and Turing): a free row
        holds a text of another row now and then, and seldom just this one. Counted once until the
        free rows change.
        """
        if text not in self.chances:
            self.chances[text] = self._chance(text)
        return self.chances[text]

    def _chance(self, text: str) -> float:
        every = (self.texts[text] + 0.5) / (self.total + 1)
        if self.texts[text] <= 1:
            every *= self.recurring
        if not self.free_total:
            return every
        others = max(0, self.free[text] - 1) + self._copied() * every
        held = others / (self.free_total + self._copied())
        return max(held, min(every, self.recurring * 1.5 / (self.total + 1)))

    def rarity(self, text: str) -> float:
        """Return what finding this text tells, in nats."""
        if text not in self.rarities:
            self.rarities[text] = -log(self.chance(text))
        return self.rarities[text]

    def replaced(self, before: str) -> float:
        """Return what it tells that a cell which held `before` now holds something else."""
        if before not in self.replacing:
            left = max(1 - self.chance(before) - self.blank, 0.05)
            self.replacing[before] = log(self.changed / left)
        return self.replacing[before]


class EditStatistics:
    """Statistics of each column, of translated cells and of replacements within texts.

    The spread is counted of those texts alone that `asked` may ask for.
    """

    def __init__(self, now: ComparedRows, asked: Iterable[Texts]) -> None:
        filled: Counter[str] = Counter()
        for shape, times in Counter(now.shape).items():
            filled.update(dict.fromkeys(now.shapes[shape], times))
        self.columns = {label: ColumnEdits(len(now), times) for label, times in filled.items()}
        wanted = {cell for texts in asked for cell in texts.items()}
        for (label, text), times in now.holders(wanted).items():
            self.columns[label].texts[text] += times
        self.translated: dict[str, dict[tuple[str, str], float]] = {}
        self.replaced: list[tuple[str, str]] = []

    def compare_with(self, free: Sequence[Texts]) -> None:
        """Take the rows of today that are still free: what is rare among those tells more.

        New rows are recent, begun, open: an old day or a filled result is seldom one of theirs.
        """
        if len(free) < _LEAST_FREE:
            return
        texts: dict[str, Counter[str]] = defaultdict(Counter)
        for row in free:
            for label, text in row.items():
                texts[label][text] += 1
        for label, column in self.columns.items():
            column.compare_with(texts[label], len(free))

    def learn(self, pairs: Sequence[tuple[ComparedRow, ComparedRow]]) -> None:
        """Update the statistics from matched rows (known, now) that differ in some cell."""
        moves: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        held: dict[str, Counter[str]] = defaultdict(Counter)
        for old, new in pairs:
            for label, text in old.texts.items():
                held[label][text] += 1
                written = new.texts.get(label)
                if written is not None and written != text:
                    moves[label][text, written] += 1
            for label, column in self.columns.items():
                column.events[classify_edit(old.texts.get(label), new.texts.get(label))] += 1
        for column in self.columns.values():
            column.weigh()
        self.translated = {
            label: {
                move: times / held[label][move[0]]
                for move, times in sorted(counted.items())
                if times >= _LEAST_BULK
            }
            for label, counted in moves.items()
        }
        self.replaced = _replacements(moves)

    def share(self, label: str, before: str, after: str) -> float:
        """Return how often this bulk edit was made where it could have been: 0 where it is none."""
        known = self.translated[label] if label in self.translated else {}  # noqa: SIM401
        share = known[before, after] if (before, after) in known else 0.0  # noqa: SIM401
        if not share and any(
            old in before and before.replace(old, new) == after for old, new in self.replaced
        ):
            return _SHARE_REPLACED
        return share


def classify_edit(before: str | None, after: str | None) -> int:
    """Return what happened to a cell."""
    if before is None:
        return EMPTY if after is None else FILLED
    if after is None:
        return ERASED
    return SAME if before == after else CHANGED


def _replacements(moves: Mapping[str, Counter[tuple[str, str]]]) -> list[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for changes in moves.values():
        for old, new in changes:
            counted[_core(old, new)] += 1
    frequent = [
        (-times, core) for core, times in counted.items() if times >= _LEAST_BULK and core[0]
    ]
    return [core for _, core in sorted(frequent)[:12]]


def _core(old: str, new: str) -> tuple[str, str]:
    """Return what differs between two texts, whole words without the common beginning and end."""
    a, b = old.split(), new.split()
    while a and b and a[0] == b[0]:
        del a[0], b[0]
    while a and b and a[-1] == b[-1]:
        del a[-1], b[-1]
    return " ".join(a), " ".join(b)
