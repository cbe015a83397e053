"""Which row of today is which note of yesterday (pure).

known + entries ─► native id ─► the team's own id ─► same content ─► rare cells ─► Link
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from loopnote.notes import Entry, KnownRow, Link, LinkHow

Cells = frozenset[tuple[str, str]]


def link(
    known: Sequence[KnownRow],
    entries: Sequence[Entry],
    *,
    source: str,
    now: datetime,
    rejoined: Mapping[str, str] = {},
    keep_days: int = 42,
) -> list[Link]:
    """Return one link for each entry, in the order given: the note it continues, or "" for a new one.

    `known` holds the living rows of `source`, rows gone since at most `keep_days`, and rows of the team's other
    sources that may have moved here. No note is linked twice. `rejoined` maps the id of a note that a person joined
    to another to the id that stayed.
    """
    oldest = now - timedelta(days=keep_days)
    usable = [row for row in known if row.gone is None or row.gone >= oldest or row.entry.raw.native_id]
    usable.sort(key=lambda row: (row.gone is not None, row.source != source, _position(row.entry), row.note_id))
    matching = _Matching(usable, entries)
    matching.pair("native", [r.entry.raw.native_id for r in usable], [e.raw.native_id for e in entries])
    matching.pair("key", [r.entry.note.key for r in usable], [e.note.key for e in entries], only_unique=True)
    before, after = [_cells(r.entry) for r in usable], [_cells(e) for e in entries]
    matching.pair("exact", before, after)
    matching.vote(before, after)
    return [_link(entry, matching, at, source, rejoined) for at, entry in enumerate(entries)]


class _Matching:
    def __init__(self, known: Sequence[KnownRow], entries: Sequence[Entry]) -> None:
        self.known, self.entries = known, entries
        self.order = sorted(range(len(entries)), key=lambda at: _position(entries[at]))
        self.free = dict.fromkeys(range(len(known)))
        self.of: dict[int, tuple[int, LinkHow, float]] = {}

    def take(self, entry: int, row: int, how: LinkHow, score: float = 1.0) -> None:
        self.of[entry] = (row, how, score)
        del self.free[row]

    def pair(
        self, how: LinkHow, before: Sequence[str | Cells], after: Sequence[str | Cells], *, only_unique: bool = False
    ) -> None:
        groups: dict[str | Cells, list[int]] = defaultdict(list)
        for row in self.free:
            if before[row]:
                groups[before[row]].append(row)
        times = Counter(after[at] for at in self.order if at not in self.of)
        for at in self.order:
            rows = groups.get(after[at]) if at not in self.of else None
            if rows and not (only_unique and (len(rows) > 1 or times[after[at]] > 1)):
                self.take(at, rows.pop(0), how)

    def vote(self, before: Sequence[Cells], after: Sequence[Cells]) -> None:
        rarity = Counter(cell for row in self.free for cell in before[row])
        holders: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in self.free:
            for cell in sorted(before[row]):
                if rarity[cell] <= 20:
                    holders[cell].append(row)
        scored = []
        for at in self.order:
            if at not in self.of:
                for row in dict.fromkeys(row for cell in sorted(after[at]) for row in holders.get(cell, ())):
                    shared = sum(1 / rarity[cell] for cell in before[row] & after[at])
                    alike = len(before[row] & after[at]) / max(len(before[row] | after[at]), 1)
                    if shared >= 1 or alike >= 0.5:
                        scored.append((-(shared + alike), at, row))
        for score, at, row in sorted(scored):
            if at not in self.of and row in self.free:
                self.take(at, row, "rare", min(1.0, -score / 4))


def _link(entry: Entry, matching: _Matching, at: int, source: str, rejoined: Mapping[str, str]) -> Link:
    if at not in matching.of:
        return Link(entry, "", "new")
    row, how, score = matching.of[at]
    continued = matching.known[row]
    if continued.gone is not None:
        how = "back"
    elif continued.source != source or continued.entry.raw.place.tab != entry.raw.place.tab:
        how = how if how in {"native", "key"} else "moved"
    return Link(entry, rejoined.get(continued.note_id, continued.note_id), how, score)


def _cells(entry: Entry) -> Cells:
    return frozenset((label, " ".join(text.split())) for label, text in entry.raw.cells if text.strip())


def _position(entry: Entry) -> tuple[str, str, int, str, Iterable[tuple[str, str]]]:
    place = entry.raw.place
    return (place.file, place.tab, place.row, place.col, entry.raw.cells)
