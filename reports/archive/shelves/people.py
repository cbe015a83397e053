"""People and the gaps (관계 빈칸): who could speed something up and is not named, not met or overdue.

By gap, never by person: no ranking, no score, nobody's share of anything.
"""

from functools import partial

from reports.answers import GapKind, PersonAnswer
from reports.gaps import gaps_of
from reports.page.telling.people import person

from .shelf import Shelf, TeamInputs
from .view import Item, TeamPart

_ORDER: tuple[GapKind, ...] = ("blocked", "lever", "overdue", "running")


def people_part(shelf: Shelf, inputs: TeamInputs) -> TeamPart:
    """Return a team's gaps in the last period of its log, the most pressing kind first."""
    gaps = gaps_of(inputs.window)
    groups = tuple(
        shelf.group(f"gap_{kind}", [one for one in gaps if one.kind == kind], partial(_item, shelf))
        for kind in _ORDER
        if any(one.kind == kind for one in gaps)
    )
    period = shelf.site.period(inputs.window.period)
    intro = shelf.word("counted" if gaps else "nothing", n=len(gaps), period=period)
    return TeamPart(shelf.team, shelf.site.spoken(shelf.team), intro, groups)


def _item(shelf: Shelf, gap: PersonAnswer) -> Item:
    """Return a gap: the note that lacks somebody, and who helped with the like; or the person who is not met."""
    told = person(shelf.voice, gap)
    evidence = (gap.gap, *gap.helped)
    if gap.kind in {"blocked", "running"} and gap.gap and gap.gap.what:
        asked = shelf.word("ask", who=told.title) if gap.person else told.title
        return shelf.item(gap.gap.what, (asked, told.detail, gap.blocker, _goal(shelf, gap)), evidence)
    facts = tuple(text for text in (told.fact, told.detail) if text)
    return Item(told.title, facts, notes=shelf.notes(evidence), places=shelf.places(evidence), own=False)


def _goal(shelf: Shelf, gap: PersonAnswer) -> str:
    return shelf.word("goal", goal=shelf.voice.quote(gap.goal, 80)) if gap.goal else ""
