"""Matches the rows of a sheet that went through another program (pure).

Every text then has other quotes, blanks and signs, or is cut at one length: no row says what it
said, though a reader sees at once that all of them are as they were.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from sync.matching.assignment import Assignment, RowMatch
from sync.matching.column_alignment import Labels
from sync.matching.exact_matches import TELLING_CELLS, Pairs
from sync.matching.rows.compared_rows import ComparedRows
from sync.matching.rows.text_ngrams import letters

_MOST_OF_THEM = 0.5
"""Share of the rows left over that say the same but for the signs, from which it was the sheet
and not its rows that was written anew; judgement: a majority."""
_BEGINNING = 24
"""Letters of a text that stay where a program cuts it; judgement: a column of fewer is no text."""

Said = tuple[str, frozenset[tuple[str, str]]]
Shared = Mapping[str, Collection[str]]
Form = Callable[[str], str]


def match_respelled(
    assignment: Assignment, before: Labels, after: Labels, *, waiting: Pairs
) -> bool:
    """Match free rows of one sheet that say the same but for signs, or begin alike in each cell.

    Only where that is so of most rows left over, and where no other row says it. Rows that wait for
    more evidence go on waiting. Return whether any were matched.
    """
    shared = {
        sheet: labels.keys() & after[sheet].keys()
        for sheet, labels in before.items()
        if sheet in after
    }
    held_known = {known for known, _ in waiting}
    held_now = {now for _, now in waiting}
    known = [
        at
        for at in assignment.free_known()
        if at not in held_known and not assignment.known.standing[at]
    ]
    now = [at for at in assignment.free_now() if at not in held_now]
    for form in (letters, _beginning):
        old = _once(_said(assignment.known, known, shared, form=form))
        new = _once(_said(assignment.now, now, shared, form=form))
        pairs = [(old[said], at) for said, at in new.items() if said in old]
        if pairs and len(pairs) >= _MOST_OF_THEM * len(now):
            for row, at in pairs:
                assignment.assign(at, RowMatch(row, "similar"))
            return True
    return False


def _beginning(text: str) -> str:
    """Return the beginning of the letters of a text."""
    return letters(text)[:_BEGINNING]


def _said(
    rows: ComparedRows, places: Sequence[int], shared: Shared, *, form: Form
) -> Iterator[tuple[Said, int]]:
    """Yield what each row says in the columns that its sheet has on both sides, signs apart."""
    for at, texts in rows.some(places):
        sheet = rows.names[rows.sheet[at]]
        labels = shared.get(sheet, ())
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
