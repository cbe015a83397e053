"""Which row of today is which note of yesterday (pure).

    known + entries ─► native id ─► the team's own id ─► same content ─► weighed likeness and place ─► Link

See docs/adr/0501 for why in this order.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from loopnote.notes import Entry, KnownRow, Link, LinkHow

from .linking.columns import align, rewritten, without
from .linking.exact import same_content
from .linking.keys import same_key
from .linking.matching import Match, Matching
from .linking.rows import Reader, read_entries, read_known
from .linking.scored import Weighing

_MANY_LEFT = 0.2


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
    if not known:
        return [Link(entry, "", "new") for entry in entries]
    known = _as_joined(known, rejoined)
    native = _native(known, entries)
    taken = set(native.values())
    oldest = now - timedelta(days=keep_days)

    def usable(at: int) -> bool:
        row = known[at]
        return at not in taken and not row.entry.raw.native_id and (row.gone is None or row.gone >= oldest)

    reader = Reader()
    old = read_known(known, usable, source, reader)
    new = read_entries(entries, lambda at: at not in native, reader)
    matching = Matching(old, new)
    doubts = _decide(matching, known, entries)
    links = {at: _link(entries[at], known[row], Match(row, "native"), (), source) for at, row in native.items()}
    for at, (row, match) in enumerate(zip(new, matching.match, strict=True)):
        rivals = tuple(known[old[each].at].note_id for each in (match.rivals if match else doubts.get(at, ())))
        if match is None:
            links[row.at] = Link(entries[row.at], "", "new", sure=not rivals, rivals=rivals)
        else:
            links[row.at] = _link(entries[row.at], known[old[match.known].at], match, rivals, source)
    return [links[at] for at in range(len(entries))]


def _as_joined(known: Sequence[KnownRow], rejoined: Mapping[str, str]) -> Sequence[KnownRow]:
    """Return the known rows under the ids that persons decided on; of several rows of one note, the one alive."""
    if not rejoined:
        return known
    chosen: dict[str, KnownRow] = {}
    for row in sorted(known, key=lambda row: row.gone is not None):
        note = rejoined.get(row.note_id, row.note_id)
        chosen.setdefault(note, replace(row, note_id=note))
    return list(chosen.values())


def _native(known: Sequence[KnownRow], entries: Sequence[Entry]) -> dict[int, int]:
    """Return the known row of each entry whose service keeps an id; several of one page are told apart by order."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for at, row in sorted(enumerate(known), key=lambda each: each[1].gone is not None):
        if row.entry.raw.native_id:
            waiting[row.entry.raw.native_id].append(at)
    found = {}
    for at, entry in enumerate(entries):
        if rows := waiting.get(entry.raw.native_id):
            found[at] = rows.pop(0)
    return found


def _decide(matching: Matching, known: Sequence[KnownRow], entries: Sequence[Entry]) -> Mapping[int, tuple[int, ...]]:
    """Fill `matching`; return the rows that stay new although a known row was nearly likely enough."""
    before, after = align(matching.known, matching.now)
    old_keys = [known[row.at].entry.note.key for row in matching.known]
    same_key(matching, old_keys, [entries[row.at].note.key for row in matching.now])
    waiting = same_content(matching, before, after)
    free_known, free_now = matching.free_known(), matching.free_now()
    if len(free_now) > _MANY_LEFT * len(matching.now):
        moved = rewritten([matching.known[at] for at in free_known], [matching.now[at] for at in free_now])
        if moved:
            before, after = without(before, moved), without(after, moved)
            waiting = same_content(matching, before, after)
    weighing = Weighing(matching, before, after, waiting)
    weighing.decide()
    return weighing.doubts()


def _link(entry: Entry, row: KnownRow, match: Match, rivals: tuple[str, ...], source: str) -> Link:
    how: LinkHow = match.how
    before, after = row.entry.raw.place, entry.raw.place
    if row.gone is not None:
        how = "back"
    elif how not in {"native", "key"} and (row.source, before.file, before.tab) != (source, after.file, after.tab):
        how = "moved"
    return Link(entry, row.note_id, how, match.score, match.sure, rivals)
