"""Matches rows that went to a tab whose columns bear other names (pure).

A row that is closed, or taken into the tab of another theme, says there what it said, under the
headings of that tab. Columns are compared by their names elsewhere, so such rows have hardly a cell
in common; what stands in them tells.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from sync.matching.assignment import Assignment, Pair, RowMatch
from sync.matching.candidates import holders_of
from sync.matching.column_alignment import Labels
from sync.matching.exact_matches import TELLING_CELLS
from sync.matching.rows.compared_rows import ComparedRows

_OTHER = 0.5
"""Sheets that have less than this share of the smaller one's column names in common bear other
headings; judgement."""
_LEAST_SHARE = 0.6
"""Share of the smaller row's cells that must say the same: a tab has columns that another lacks,
and a row may be edited on the way; judgement."""
_TELLING = 12
"""A text of this length is hardly written twice by chance; judgement."""
_LONGEST_LIST = 8
"""Rows that share a text, at most, for it to find one by; as many as candidates are scored."""


def match_under_other_headings(assignment: Assignment, before: Labels, after: Labels) -> None:
    """Match free rows of sheets with other headings that say the same in most cells, each the best
    of the other.
    """
    differ = _with_other_headings(before, after)
    if not differ:
        return
    known, now = assignment.known, assignment.now
    sources = {sheet for sheet, _ in differ}
    targets = {sheet for _, sheet in differ}
    old = _said(known, (at for at in assignment.free_known() if known[at].sheet in sources))
    new = _said(now, (at for at in assignment.free_now() if now[at].sheet in targets))
    telling = ((at, {text for text in texts if len(text) >= _TELLING}) for at, texts in old.items())
    holders = holders_of(telling, most=_LONGEST_LIST)
    shares: dict[Pair, int] = {}
    for place, texts in new.items():
        found = {at for text in texts for at in holders.get(text, ())}
        for at in found:
            shared = len(texts & old[at])
            least = max(TELLING_CELLS, _LEAST_SHARE * min(len(texts), len(old[at])))
            if (known[at].sheet, now[place].sheet) in differ and shared >= least:
                shares[at, place] = shared
    _take_best(assignment, shares)


def _with_other_headings(before: Labels, after: Labels) -> set[tuple[str, str]]:
    return {
        (sheet, other)
        for sheet, labels in before.items()
        for other, names in after.items()
        if len(labels.keys() & names.keys()) < _OTHER * min(len(labels), len(names))
    }


def _said(rows: ComparedRows, places: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """Return what stands in each row, whatever the columns are called."""
    return {at: frozenset(texts.values()) for at, texts in rows.some(list(places))}


def _take_best(assignment: Assignment, shares: Mapping[Pair, int]) -> None:
    """Match the pairs that share more than any other pair of either row."""
    best_old, best_new = Counter[int](), Counter[int]()
    for (at, place), shared in shares.items():
        best_old[at] = max(best_old[at], shared)
        best_new[place] = max(best_new[place], shared)
    top = [
        pair for pair, shared in shares.items() if shared == best_old[pair[0]] == best_new[pair[1]]
    ]
    olds, news = Counter(at for at, _ in top), Counter(place for _, place in top)
    for at, place in sorted(top, key=lambda pair: pair[1]):
        if olds[at] == news[place] == 1:
            assignment.assign(place, RowMatch(at, "similar"))
