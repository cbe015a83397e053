"""Finds the retired source that a source continues after it was renamed, moved or copied.

Teams begin a new file each quarter and carry rows over. Where a source is read for the first time
and says what the rows of a source say that is no longer read, it continues that one: its rows are
compared as rows of this very source, place and all (ADR 0513).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from notes.model.notes import KnownRow
from sync.matching.rows.compared_rows import ComparedRows, build_rows

_LEAST_CELLS = 3
"""Rows of fewer cells are alike in logs that have nothing to do with each other."""
_LEAST_CARRIED = 3
"""One or two equal rows may be the example rows of a template."""
_LEAST_SHARE = 0.2
"""Of today's telling rows: a new quarter begins with what was carried over."""


def find_predecessor(
    living: Iterable[KnownRow], now: ComparedRows, source: str, *, retired: Collection[str]
) -> str:
    """Return the retired source of which most rows stand in `now`, "" where it is none.

    `living` are the living rows of this source and the retired ones. A source that has rows of
    its own continues nobody.
    """
    rows = defaultdict(list)
    for row in living:
        rows[row.source].append(row.entry)
    if source in rows:
        return ""
    today = _telling(now)
    shares = {
        name: len(_telling(build_rows(rows[name])) & today) for name in retired if name in rows
    }
    best = max(sorted(shares), key=lambda name: shares[name], default="")
    least = max(_LEAST_CARRIED, _LEAST_SHARE * len(today))
    return best if best and shares[best] >= least else ""


def _telling(rows: ComparedRows) -> set[int]:
    return {rows.content[at] for at in range(len(rows)) if rows.size(at) >= _LEAST_CELLS}
