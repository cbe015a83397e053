"""Finds the source that a source continues after it was renamed, moved or copied.

Teams begin a new file each quarter and carry rows over. Where a source is read for the first time
and says what the rows of another say, it continues that one: its rows are compared as rows of this
very source, place and all (ADR 0513). Where the other is still read (ADR 0514), its carried rows
are that same note as long as they say what they said.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from notes.model.notes import Entry, KnownRow
from sync.matching.rows.compared_rows import ComparedRows, build_rows

_LEAST_CELLS = 3
"""Rows of fewer cells are alike in logs that have nothing to do with each other."""
_LEAST_CARRIED = 3
"""One or two equal rows may be the example rows of a template."""
_LEAST_SHARE = 0.2
"""Of today's telling rows: a new quarter begins with what was carried over."""


def find_predecessor(
    living: Iterable[KnownRow], now: ComparedRows, source: str, *, others: Collection[str]
) -> str:
    """Return that of the other sources of which most rows stand in `now`, "" where it is none.

    `living` are the living rows of this source and the others. A source that has rows of its own
    continues nobody.
    """
    rows = defaultdict(list)
    for row in living:
        rows[row.source].append(row.entry)
    if source in rows:
        return ""
    today = set(_telling(now))
    shares = {
        name: len(today.intersection(_telling(build_rows(rows[name]))))
        for name in others
        if name in rows
    }
    best = max(sorted(shares), key=lambda name: shares[name], default="")
    least = max(_LEAST_CARRIED, _LEAST_SHARE * len(today))
    return best if best and shares[best] >= least else ""


def _telling(rows: ComparedRows) -> list[int]:
    """Return what each row says that has enough cells to tell something."""
    return [rows.content[at] for at in range(len(rows)) if rows.size(at) >= _LEAST_CELLS]


class CarriedRows:
    """The rows of a source whose notes go on in another source, to be left out where they stand."""

    def __init__(self, carried: Iterable[Entry]) -> None:
        self.left = Counter(_telling(build_rows(carried)))

    def others(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the entries less those that say what a carried row said, each once."""
        if not self.left:
            return entries
        rows = build_rows(entries)
        said = [rows.content[place] for place in rows.as_added()]
        return [entry for entry, one in zip(entries, said, strict=True) if not self._take(one)]

    def _take(self, said: int) -> bool:
        if not self.left[said]:
            return False
        self.left[said] -= 1
        return True
