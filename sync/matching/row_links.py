"""Decides which row of today is which known note (pure).

    known + entries ─► native id ─► the team's own id ─► same content ─► scored similarity and
    position ─► Link

See docs/adr/0501 for why in this order.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from notes.model.notes import Entry, KnownRow, Link, LinkHow
from sync.matching.evidence.sort_order import sheets_by_day
from sync.matching.rows.compared_rows import ComparedRow, ComparedRows, build_known_rows, build_rows

from .assignment import NO_ROW, Assignment
from .column_alignment import align_columns, find_rewritten_columns, without_columns
from .exact_matches import match_same_content
from .id_column import match_same_id
from .rewritten_sheets.other_headings import match_under_other_headings
from .rewritten_sheets.respelled import match_respelled
from .scored_matches import MatchScorer

_MANY_LEFT = 0.2
"""Share of rows left by exact matching from which a whole column is suspected to be rewritten;
judgement: a week's edits touch fewer rows."""


class MatchDecision(NamedTuple):
    """Which known row a row of today continues (NOBODY: it is new), as `Link` says it.

    Rows by the order of adding. A plain tuple: there is one for every row of a log.
    """

    known: int
    how: LinkHow
    score: float = 1.0
    sure: bool = True
    rivals: tuple[int, ...] = ()


def link_rows(
    known: Sequence[KnownRow],
    entries: Sequence[Entry],
    *,
    source: str,
    now: datetime,
    rejoined: Mapping[str, str] = {},
    keep_days: int = 42,
) -> list[Link]:
    """Return one link per entry, in the order given: the note it continues, or "" for a new one.

    `known` holds the living rows of `source`, rows gone since at most `keep_days`, and rows of the
    team's other sources that may have moved here. No note is linked twice. `rejoined` maps the id
    of a note that a person joined to another to the id that stayed.
    """
    if not known:
        return [Link(entry, "", "new") for entry in entries]
    known = _as_joined(known, rejoined)
    native = _native(known, entries)
    taken = set(native.values())
    oldest = now - timedelta(days=keep_days)

    def usable(at: int) -> bool:
        row = known[at]
        return (
            at not in taken
            and not row.entry.raw.native_id
            and (row.gone is None or row.gone >= oldest)
        )

    old_at = [at for at in range(len(known)) if usable(at)]
    new_at = [at for at in range(len(entries)) if at not in native]
    decided = match_rows(
        build_known_rows((known[at] for at in old_at), source),
        build_rows(entries[at] for at in new_at),
    )
    links = {at: _native_link(entries[at], known[row]) for at, row in native.items()}
    for at, found in zip(new_at, decided, strict=True):
        rivals = tuple(known[old_at[each]].note_id for each in found.rivals)
        note_id = known[old_at[found.known]].note_id if found.known != NO_ROW else ""
        links[at] = Link(
            entry=entries[at],
            note_id=note_id,
            how=found.how,
            score=found.score,
            sure=found.sure,
            rivals=rivals,
        )
    return [links[at] for at in range(len(entries))]


def _as_joined(known: Sequence[KnownRow], rejoined: Mapping[str, str]) -> Sequence[KnownRow]:
    """Return the known rows under the ids that persons decided on.

    Of several rows of one note, the one alive.
    """
    if not rejoined:
        return known
    chosen: dict[str, KnownRow] = {}
    for row in sorted(known, key=lambda row: row.gone is not None):
        note = rejoined.get(row.note_id, row.note_id)
        chosen.setdefault(note, replace(row, note_id=note))
    return list(chosen.values())


def _native(known: Sequence[KnownRow], entries: Sequence[Entry]) -> dict[int, int]:
    """Return the known row of each entry whose service keeps an id.

    Several of one page are told apart by order.
    """
    waiting: dict[str, list[int]] = defaultdict(list)
    for at, row in sorted(enumerate(known), key=lambda each: each[1].gone is not None):
        if row.entry.raw.native_id:
            waiting[row.entry.raw.native_id].append(at)
    found = {}
    for at, entry in enumerate(entries):
        if rows := waiting.get(entry.raw.native_id):
            found[at] = rows.pop(0)
    return found


def match_rows(known: ComparedRows, now: ComparedRows) -> Iterator[MatchDecision]:
    """Yield, in the order of today's rows as added, which known row each continues."""
    found = match_all(known, now)
    for at, row in enumerate(found.plain):
        if row == NO_ROW:
            yield found.others[at]
        else:
            yield MatchDecision(row, "key" if found.by_id[at] else "exact")


class AllMatches(NamedTuple):
    """What became of all rows of today, by the order of adding.

    `plain` is the known row that a row goes on for sure in the same sheet, by its content or its id
    (`by_id`): nearly all of a log. NOBODY where `others` has the decision.
    """

    plain: Sequence[int]
    by_id: Sequence[int]
    others: Mapping[int, MatchDecision]


def match_all(known: ComparedRows, now: ComparedRows) -> AllMatches:
    """Return which known row each row of today continues."""
    assignment = Assignment(known, now)
    doubts = _fill(assignment)
    same = _same_sheets(known, now)
    sheets = array("q", map(same.__getitem__, known.sheet))
    plain = array("q", [NO_ROW]) * len(now)
    others: dict[int, MatchDecision] = {}
    for place, (match, sheet, at) in enumerate(
        zip(assignment.plain_matches(), now.sheet, now.at, strict=True)
    ):
        if match != NO_ROW and sheets[match] == sheet:
            plain[at] = known.at[match]
        else:
            others[at] = _decision(assignment, place, doubts.get(place, ()))
    by_id = bytes(map(assignment.by_id.__getitem__, now.as_added()))
    return AllMatches(plain, by_id, others)


def _decision(assignment: Assignment, place: int, doubted: Sequence[int]) -> MatchDecision:
    """Return what became of a row of today that was not matched plainly in its own sheet."""
    known, match = assignment.known, assignment.decision(place)
    if match is None:
        rivals = tuple(known.at[each] for each in doubted)
        return MatchDecision(NO_ROW, "new", sure=not rivals, rivals=rivals)
    rivals = tuple(known.at[each] for each in match.rivals)
    said = _how(known[match.known], assignment.now[place], match.how)
    return MatchDecision(known.at[match.known], said, match.score, match.sure, rivals)


def _same_sheets(known: ComparedRows, now: ComparedRows) -> list[int]:
    """Return the sheet of today of the same name for each sheet of living rows, NOBODY for
    others.
    """
    numbers = {name: number for number, name in enumerate(now.names)}
    standing = dict(zip(known.sheet, known.standing, strict=True))
    return [
        NO_ROW if standing.get(number, 0) else numbers.get(name, NO_ROW)
        for number, name in enumerate(known.names)
    ]


def _fill(assignment: Assignment) -> Mapping[int, tuple[int, ...]]:
    """Run all matching steps on `assignment`.

    Return the rows that stay new although a known row was nearly likely enough.
    """
    before, after = align_columns(assignment.known, assignment.now)
    match_same_id(assignment)
    if assignment.is_settled():
        return {}
    waiting = match_same_content(assignment, before, after)
    if assignment.is_settled():
        return {}
    if match_respelled(assignment, before, after, waiting=waiting):
        waiting = match_same_content(assignment, before, after)
    free_known, free_now = assignment.free_known(), assignment.free_now()
    if len(free_now) > _MANY_LEFT * len(assignment.now):
        moved = find_rewritten_columns(
            assignment.known, assignment.now, free_known, free_now=free_now
        )
        if moved:
            waiting = match_same_content(
                assignment, without_columns(before, moved), without_columns(after, moved)
            )
    match_under_other_headings(assignment, before, after)
    assignment.by_day = sheets_by_day(assignment.now)
    scorer = MatchScorer(assignment, before, after, waiting=waiting)
    scorer.decide()
    return scorer.doubts()


def _how(old: ComparedRow, new: ComparedRow, how: LinkHow) -> LinkHow:
    if old.standing == 1:
        return "back"
    return "moved" if how != "key" and old.sheet != new.sheet else how


def _native_link(entry: Entry, row: KnownRow) -> Link:
    """Return the link of a row whose service kept its id."""
    how: LinkHow = "native" if row.gone is None else "back"
    return Link(entry=entry, note_id=row.note_id, how=how)
