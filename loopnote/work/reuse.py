"""What was learned is met again: earlier attempts like a new one."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from loopnote.notes import Kind, StoredNote
from loopnote.store.store import Store
from loopnote.wiring import Wiring
from reports.tried import Attempt, Tried, tried_in_order

_DEFAULT_ZONE = ZoneInfo("UTC")
_EXPERIMENTS: tuple[Kind, ...] = ("experiment",)


@dataclass(frozen=True, slots=True)
class Met:
    """An earlier note that is like a new one, and why."""

    tried: Tried
    stored: StoredNote


def similar_to_note(wiring: Wiring, store: Store, stored: StoredNote, *, team: str, most: int) -> list[Met]:
    """Return the earlier notes most like a note, best first: of its store, or of one team."""
    attempt = Attempt.of(stored, _zone(wiring, stored.team))
    return _met(wiring, store, attempt, team=team, most=most)


def similar_to_text(wiring: Wiring, store: Store, text: str, *, team: str, most: int) -> list[Met]:
    """Return the earlier notes most like a hypothesis that stands in no log yet, best first."""
    teams = [known.name for known in wiring.config.teams]
    own = team or (teams[0] if len(teams) == 1 else "")
    today = wiring.clock().astimezone(_zone(wiring, own)).date()
    return _met(wiring, store, Attempt("", own, today, text), team=team, most=most)


def _met(wiring: Wiring, store: Store, attempt: Attempt, *, team: str, most: int) -> list[Met]:
    """Ask every earlier attempt; the same pass as the archive's, so that both give the same answer."""
    earlier = (one for one in _attempts(wiring, store, team) if one.day < attempt.day and one.id != attempt.id)
    answers = tried_in_order([*earlier, attempt], {attempt.id}, most=most)
    found = next((found for _, found in answers), ())
    notes = {stored.id: stored for stored in store.notes(ids=[one.id for one in found])} if found else {}
    return [Met(one, notes[one.id]) for one in found if one.id in notes]


def _attempts(wiring: Wiring, store: Store, team: str) -> Iterator[Attempt]:
    for stored in store.notes(team=team or None, kinds=_EXPERIMENTS):
        yield Attempt.of(stored, _zone(wiring, stored.team))


def _zone(wiring: Wiring, team: str) -> ZoneInfo:
    """Return the zone of a team; UTC for one that the configuration no longer has."""
    known = any(each.name == team for each in wiring.config.teams)
    return wiring.config.zone(team) if known else _DEFAULT_ZONE
