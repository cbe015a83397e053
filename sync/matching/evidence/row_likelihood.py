"""Log-likelihood ratio, in nats, that two rows with these cells are one note rather than two.

Fellegi and Sunter, "A theory for record linkage" (1969): each column adds the logarithm of how
likely what is seen is for the same note over how likely it is for two rows picked at random. Equal
rare texts tell much, equal common ones little; a column that often changes costs little when it
changed.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import fsum, log

from sync.matching.column_alignment import Labels
from sync.matching.rows.compared_rows import ComparedRow
from sync.matching.rows.text_ngrams import ngrams
from sync.matching.rows.text_spill import Texts

from .edit_statistics import ColumnEdits, EditStatistics

_UNLIKE = 0.25
"""Overlap of n-grams that unrelated texts of one log reach by their common words; counted as
none. Judgement."""
_FINISHED = log(0.3)
"""Of the rows that were begun only, about three in ten are finished in a week (priors, as
counts)."""
_COMPLETED = log(0.02)
"""Of the other rows, one in fifty has most of its empty cells filled at once."""
_BLANK = 1.5
"""Cells that are empty on both sides tell no more than this: rows just begun are empty together."""
_REWRITTEN = log(0.005)
"""One row in two hundred is written anew where it stands: all its texts change together."""
_CARRIED_ON = log(0.015)
"""One row in seventy gets another day, week, owner and state at once, being taken up again: its
short cells change together."""
_STRANGERS = -50.0
"""Rows without a word in common are never one note, whatever their place says."""
_SENTENCE = 6
"""Texts from this length on are rewritten; shorter ones (a name, a state, a day) are chosen
anew."""
_USUAL = 0.5
"""A column is usual where less than half of the rows leave it empty."""


_NUMBERS_TELL = 0.5
"""A translation keeps the numbers of a text; equal numbers tell this much of what the whole text
would. Judgement: other texts of a log give the same now and then."""
_NUMBER = re.compile(r"\d+")
_HANGUL = re.compile("[가-힣]")
"""A text that went from one language to the other may keep its numbers alone."""


def _is_hangul(text: str) -> bool:
    """Return whether a text holds a Korean syllable."""
    return bool(_HANGUL.search(text))


class _Rarities(dict[str, float]):
    """What sharing a piece of text tells, in nats; 1 for pieces that were not counted."""

    def __missing__(self, piece: str) -> float:
        return 1.0


class _Pieces(dict[str, frozenset[str]]):
    """The pieces of each text, kept for the next time."""

    def __missing__(self, text: str) -> frozenset[str]:
        found = self[text] = ngrams(text)
        return found


class RowSimilarity:
    """Compares rows by their cells, with the habits of this team.

    `pool` gives the rarity of pieces of text.
    """

    def __init__(
        self, edits: EditStatistics, before: Labels, after: Labels, *, pool: Sequence[Texts]
    ) -> None:
        self.edits, self.before, self.after = edits, before, after
        self.pieces, self._pool = _Pieces(), pool
        times: Counter[str] = Counter()
        for texts in pool:
            for text in texts.values():
                times.update(self.pieces[text])
        most = max(len(pool), 2)
        self.rarity = _Rarities((piece, log(1 + most / count)) for piece, count in times.items())
        self.sizes: dict[str, float] = {}
        self.shared: dict[tuple[str, str], list[str]] = {}
        self.told: dict[tuple[str, str, str], float] = {}

    def learned(self) -> None:
        """Clear cached weights after the edit statistics changed."""
        self.told.clear()

    def weight(self, old: ComparedRow, new: ComparedRow) -> float:
        """Return the log-likelihood ratio of all columns that both sheets have.

        Cells that are filled together, or rewritten together, are one event: what it tells at
        least is the share of rows that it happens to, the cells then being those of any row.
        """
        before, after, columns = old.texts, new.texts, self.edits.columns
        told, filled, erased, rewritten, chosen = 0.0, 0.0, 0.0, 0.0, 0.0
        usual = missing = 0
        in_common, old_says, new_says = False, False, False
        for label in self._shared(old, new):
            was = before[label] if label in before else None  # noqa: SIM401  calls nothing
            now = after[label] if label in after else None  # noqa: SIM401  the innermost loop
            column = columns[label]
            old_says, new_says = old_says or was is not None, new_says or now is not None
            if column.blank < _USUAL:
                usual += 1
                missing += was is None
            if was is None:
                filled += column.empty if now is None else column.filled
            elif now is None:
                erased += column.erased
            elif was == now:
                told += column.same + column.rarity(now)
                in_common = True
            else:
                changed = self._changed_cell(column, label, was, new=now)
                in_common = in_common or changed > column.replaced(was)
                if len(was) < _SENTENCE or len(now) < _SENTENCE:
                    chosen += changed
                else:
                    rewritten += changed
        if not in_common and old_says and new_says:
            return _STRANGERS
        finished = _FINISHED if 2 * missing > usual else _COMPLETED
        told += max(chosen, _CARRIED_ON) + max(rewritten, _REWRITTEN) + min(erased, 0.0)
        return told + min(max(filled, finished), _BLANK)

    def _shared(self, old: ComparedRow, new: ComparedRow) -> list[str]:
        sheets = old.sheet, new.sheet
        labels = self.shared.get(sheets)
        if labels is None:
            after = self.after.get(new.sheet, {})
            labels = self.shared[sheets] = [
                label for label in self.before.get(old.sheet, {}) if label in after
            ]
        return labels

    def _changed_cell(self, column: ColumnEdits, label: str, old: str, *, new: str) -> float:
        asked = label, old, new
        if asked not in self.told:
            self.told[asked] = self._changed(column, label, old, new=new)
        return self.told[asked]

    def _changed(self, column: ColumnEdits, label: str, old: str, *, new: str) -> float:
        rarity = column.rarity(new)
        alike = self._alike(old, new) * rarity
        if _is_hangul(old) != _is_hangul(new):
            alike = max(alike, min(self._same_numbers(old, new), _NUMBERS_TELL * rarity))
        edited = column.replaced(old) + alike
        share = self.edits.share(label, old, new)
        return max(edited, log(share) + rarity) if share else edited

    def _alike(self, old: str, new: str) -> float:
        """Return 0 for texts that share no more than chance, towards 1 for nearly equal ones."""
        if len(old) < 3 or len(new) < 3:
            return 0.0
        rarity = self.rarity
        shared = fsum([rarity[piece] for piece in self.pieces[old] & self.pieces[new]])
        if not shared:
            return 0.0
        sizes = self._size(old), self._size(new)
        alike = max(2 * shared / sum(sizes), 0.9 * shared / min(sizes))
        return max(0.0, alike - _UNLIKE) / (1 - _UNLIKE) * 0.95

    def _same_numbers(self, old: str, new: str) -> float:
        """Return what it tells, in nats, that two texts of different scripts give the same
        numbers; 0 where they do not, or give none.
        """
        given = set(_NUMBER.findall(old))
        if given != set(_NUMBER.findall(new)):
            return 0.0
        rows = max(len(self._pool), 2)
        return fsum(sorted(log(1 + rows / max(1, self._numbers[each])) for each in given))

    @cached_property
    def _numbers(self) -> Counter[str]:
        """In how many texts each number stands."""
        return Counter(
            number
            for texts in self._pool
            for text in texts.values()
            for number in set(_NUMBER.findall(text))
        )

    def _size(self, text: str) -> float:
        if text not in self.sizes:
            rarity = self.rarity
            self.sizes[text] = fsum([rarity[piece] for piece in self.pieces[text]])
        return self.sizes[text]


def later_parts(whole: Texts, rows: Mapping[int, Texts]) -> dict[int, int]:
    """Return which rows hold a later part of a text of `whole`, each with the row that holds the
    beginning.

    >>> later_parts({"a": "call early and late"}, {1: {"a": "call early"}, 2: {"a": "and late"}})
    {2: 1}
    """
    long = [(label, text) for label, text in whole.items() if len(text) >= _SENTENCE]
    beginnings = [
        (at, label, text, head)
        for at, first in rows.items()
        for label, text in long
        if (head := first.get(label)) and head != text and text.startswith(head)
    ]
    found: dict[int, int] = {}
    for first, label, text, head in beginnings:
        for at, rest in rows.items():
            if at != first and (tail := rest.get(label)) and _cut(text, head, tail):
                found.setdefault(at, first)
    return found


def _cut(text: str, head: str, tail: str) -> bool:
    """Return whether a text was cut into its beginning `head` and the rest, or a telling piece."""
    if len(head) + len(tail) > len(text) + 1:
        return False
    if text.endswith(tail) and len(head) + len(tail) >= len(text) - 1:
        return True
    return min(len(head), len(tail)) >= _SENTENCE and text.find(tail, len(head)) >= 0
