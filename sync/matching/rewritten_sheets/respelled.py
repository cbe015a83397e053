"""Matches the rows of a sheet that went through another program (pure).

Every text then has other quotes, blanks and signs, or is cut at one length: no row says what it
said, though a reader sees at once that all of them are as they were.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from sync.matching.assignment import Assignment, RowMatch
from sync.matching.column_alignment import Labels
from sync.matching.exact_matches import TELLING_CELLS, Pairs
from sync.matching.rows.compared_rows import ComparedRows
from sync.matching.rows.text_ngrams import letters
from sync.matching.rows.text_spill import Texts

_MOST_OF_THEM = 0.5
"""Share of the rows of a sheet that are left over, and of those the share that say the same but for
signs, from which the sheet and not its rows was written anew; judgement: a majority."""
_BEGINNING = 24
"""Letters of a text that stay where a program cuts it; judgement: a column of fewer is no text."""

Said = tuple[str, frozenset[tuple[str, str]]]
Shared = Mapping[str, Collection[str]]
Form = Callable[[str], str]


def match_respelled(
    assignment: Assignment, before: Labels, after: Labels, *, waiting: Pairs
) -> bool:
    """Match free rows of one sheet that say the same but for signs, or the beginning of it.

    Only in sheets of which most rows are left over and where it is so of most of these, and where
    no other row says it. Rows that wait for more evidence go on waiting. Return whether any were
    matched.
    """
    known, now = assignment.known, assignment.now
    sheets = _mostly_left(assignment)
    shared = {
        sheet: labels.keys() & after[sheet].keys()
        for sheet, labels in before.items()
        if sheet in sheets
    }
    if not shared:
        return False
    old = set(assignment.free_known()).difference(at for at, _ in waiting)
    new = set(assignment.free_now()).difference(at for _, at in waiting)
    here = [at for at in sorted(old) if known.names[known.sheet[at]] in shared]
    today = [at for at in sorted(new) if now.names[now.sheet[at]] in shared]
    for form in (letters, _beginning):
        held = _once(_said(known, here, shared, form=form))
        asked = _once(_said(now, today, shared, form=form))
        pairs = [
            (held[said], at)
            for said, at in asked.items()
            if said in held and _is_the_same(known.texts(held[said]), now.texts(at))
        ]
        if pairs and len(pairs) >= _MOST_OF_THEM * len(today):
            for row, at in pairs:
                assignment.assign(at, RowMatch(row, "similar"))
            return True
    return False


def _mostly_left(assignment: Assignment) -> frozenset[str]:
    """Return the sheets of today most of whose rows are left over."""
    rows = assignment.now
    left = Counter(rows.sheet[at] for at in assignment.free_now())
    every = Counter(rows.sheet)
    return frozenset(
        rows.names[sheet] for sheet, rest in left.items() if rest > _MOST_OF_THEM * every[sheet]
    )


def _is_the_same(before: Texts, after: Texts) -> bool:
    """Return whether each text is what it was, or the beginning of it, or what was cut before."""
    both = [(letters(before[label]), letters(after[label])) for label in before.keys() & after]
    return all(one.startswith(other) or other.startswith(one) for one, other in both)


def _beginning(text: str) -> str:
    """Return the beginning of the letters of a text."""
    return letters(text)[:_BEGINNING]


def _said(
    rows: ComparedRows, places: Sequence[int], shared: Shared, *, form: Form
) -> Iterator[tuple[Said, int]]:
    """Yield what each row says in the columns that its sheet has on both sides, signs apart."""
    for at, texts in rows.some(places):
        sheet = rows.names[rows.sheet[at]]
        labels = shared[sheet]
        cells = frozenset((label, form(text)) for label, text in texts.items() if label in labels)
        if len(cells) >= TELLING_CELLS:
            yield (sheet, cells), at


def _once(said: Iterable[tuple[Said, int]]) -> dict[Said, int]:
    """Return the row that says each thing, where one alone does."""
    found: dict[Said, int] = {}
    several: set[Said] = set()
    for one, at in said:
        if found.setdefault(one, at) != at:
            several.add(one)
    return {one: at for one, at in found.items() if one not in several}
