"""`similar`: earlier notes similar to a new one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from loopnote.services.wiring import Wiring
from notes.model.notes import StoredNote
from notes.store.store import Store
from reports.analysis.learnings.nearest_notes import nearest, with_related
from reports.analysis.learnings.similar_notes import (
    HypothesisRecord,
    SimilarHypothesis,
    find_similar_in_order,
)

_DEFAULT_ZONE = ZoneInfo("UTC")
_CANDIDATES = 200
"""Candidates from the index, by their rarest n-grams; 200 are compared in 50 ms."""
_LATEST = 1_000
"""Latest experiments that tell how rare a word is, and are all compared; judgement: two years of a
busy team, read in 0.1 s."""
_ALIKE = 300
"""Older ones that are compared because they share the rarest letters; judgement."""


@dataclass(frozen=True, slots=True)
class SimilarNote:
    """An earlier note that is like a new one, and why.

    Not `sure` where it only comes nearest to what was asked.
    """

    tried: SimilarHypothesis
    stored: StoredNote
    sure: bool = True


def similar_to_note(
    wiring: Wiring, store: Store, stored: StoredNote, *, team: str, most: int
) -> list[SimilarNote]:
    """Return the earlier notes most like a note, best first: of its store, or of one team."""
    attempt = HypothesisRecord.of(stored, _zone(wiring, stored.team))
    return _met(wiring, store, attempt, team=team, most=most)


def similar_to_text(
    wiring: Wiring, store: Store, text: str, *, team: str, most: int
) -> list[SimilarNote]:
    """Return the earlier notes most similar to a new hypothesis or action, best first.

    Places that are left go to those that come nearest by the words of any cell, not `sure`.
    """
    teams = [known.name for known in wiring.config.teams]
    own = team or (teams[0] if len(teams) == 1 else "")
    today = wiring.clock().astimezone(_zone(wiring, own)).date()
    found = _met(
        wiring, store, HypothesisRecord("", own, today, text), team=team, most=most, deeds=True
    )
    known = {one.stored.id for one in found}
    near = _nearest(store, text, team=team, most=most) if len(found) < most else []
    return [*found, *(one for one in near if one.stored.id not in known)][:most]


def _nearest(store: Store, text: str, *, team: str, most: int) -> list[SimilarNote]:
    """Return what comes nearest to a text.

    Candidates from the search index, then how much of the text each says.
    """
    candidates = [
        one
        for one in store.similar(with_related(text), team=team or None, limit=_CANDIDATES)
        if one.note.kind == "experiment"
    ]
    by_id = {one.id: one for one in candidates}
    found = nearest(text, candidates, most=most)
    return [
        SimilarNote(
            SimilarHypothesis(one.id, one.share, words=one.words), by_id[one.id], sure=False
        )
        for one in found
    ]


def _met(
    wiring: Wiring,
    store: Store,
    attempt: HypothesisRecord,
    *,
    team: str,
    most: int,
    deeds: bool = False,
) -> list[SimilarNote]:
    """Ask the latest attempts, and of the older ones those that share the rarest words (ADR 0413).

    In a store of up to `_LATEST` experiments these are all: the archive's answer.
    With `deeds` also by what was done: whoever types an idea may know it by that.
    """
    tomorrow = attempt.day + timedelta(days=1)  # the index counts days in UTC
    latest = store.latest("experiment", before=tomorrow, team=team or None, limit=_LATEST)
    alike = _older(store, attempt, team, latest=latest)
    attempts = _attempts(wiring, (*latest, *alike), deeds=deeds)
    earlier = (one for one in attempts if one.day < attempt.day and one.id != attempt.id)
    answers = find_similar_in_order(
        [*earlier, attempt],
        {attempt.id},
        most=most * (1 + deeds),
        chosen={one.id for one in alike},
    )
    found = _each_once(next((found for _, found in answers), ()))[:most]
    notes = {stored.id: stored for stored in (*latest, *alike)}
    return [SimilarNote(one, notes[one.id]) for one in found]


def _older(
    store: Store, attempt: HypothesisRecord, team: str, *, latest: Sequence[StoredNote]
) -> list[StoredNote]:
    """Return the experiments beyond the latest ones that share the rarest letters of a text."""
    if len(latest) < _LATEST:
        return []
    known = {one.id for one in latest}
    found = store.similar(attempt.text, team=team or None, limit=_ALIKE)
    return [one for one in found if one.note.kind == "experiment" and one.id not in known]


def _each_once(found: Sequence[SimilarHypothesis]) -> list[SimilarHypothesis]:
    once: dict[str, SimilarHypothesis] = {}
    for one in found:
        once.setdefault(one.id, one)
    return list(once.values())


def _attempts(
    wiring: Wiring, notes: Iterable[StoredNote], *, deeds: bool
) -> Iterator[HypothesisRecord]:
    for stored in notes:
        attempt = HypothesisRecord.of(stored, _zone(wiring, stored.team))
        yield attempt
        deed = stored.note.title or stored.note.execution
        if deeds and deed and deed != attempt.text:
            yield replace(attempt, text=deed)


def _zone(wiring: Wiring, team: str) -> ZoneInfo:
    """Return the zone of a team; UTC for one that the configuration no longer has."""
    known = any(each.name == team for each in wiring.config.teams)
    return wiring.config.zone(team) if known else _DEFAULT_ZONE
