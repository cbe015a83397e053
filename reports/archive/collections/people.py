"""The collection of gaps among people (관계 빈칸): not named, not met, or overdue.

Ordered by gap, never by person: no ranking, no score (method, Tone).
"""

from functools import partial

from reports.analysis.questions.contact_gaps import gaps_of
from reports.analysis.records.answers import GapKind, PersonAnswer
from reports.page.sections.people import person_block

from .builder import CollectionBuilder, CollectionInputs
from .collection_view import CollectionItem, TeamCollection

_ORDER: tuple[GapKind, ...] = ("blocked", "asked", "lever", "overdue", "running")
"""What holds work up comes first."""


def people_part(collection: CollectionBuilder, inputs: CollectionInputs) -> TeamCollection:
    """Return a team's gaps in the last period of its log, the most pressing kind first."""
    gaps = gaps_of(inputs.window)
    groups = tuple(
        collection.group(
            f"gap_{kind}", [one for one in gaps if one.kind == kind], partial(_item, collection)
        )
        for kind in _ORDER
        if any(one.kind == kind for one in gaps)
    )
    period = collection.site.period(inputs.window.period)
    intro = collection.word("counted" if gaps else "nothing", n=len(gaps), period=period)
    return TeamCollection(collection.team, collection.site.spoken(collection.team), intro, groups)


def _item(collection: CollectionBuilder, gap: PersonAnswer) -> CollectionItem:
    """Return a gap: the note without a helper and who helped before, or the person not met."""
    told = person_block(collection.formatter, gap)
    evidence = (gap.gap, *gap.helped)
    if gap.is_of_note and gap.gap and gap.gap.what:
        asked = collection.word("ask", who=told.title) if gap.person else told.title
        return collection.item(
            gap.gap.what,
            (asked, told.detail.removesuffix("."), gap.blocker, _goal(collection, gap)),
            evidence,
        )
    facts = tuple(text for text in (told.fact, told.detail) if text)
    return CollectionItem(
        told.title,
        facts,
        notes=collection.notes(evidence),
        places=collection.places(evidence),
        own=False,
    )


def _goal(collection: CollectionBuilder, gap: PersonAnswer) -> str:
    return (
        collection.word("goal", goal=collection.formatter.quote(gap.goal, 80)) if gap.goal else ""
    )
