"""The collection of learnings that wait for an application."""

from functools import partial

from reports.analysis.data.team_log import TeamLog, without_placeholder
from reports.analysis.learnings.learnings import Learning, learning_of

from .builder import CollectionBuilder, CollectionInputs
from .collection_view import CollectionItem, TeamCollection


def learnings_part(collection: CollectionBuilder, inputs: CollectionInputs) -> TeamCollection:
    """Return a team's unapplied learnings, the announced ones first, latest first."""
    log = inputs.log
    learnings = [
        learning_of(stored, log)
        for stored in reversed(log.notes)
        if without_placeholder(stored.note.learned)
    ]
    planned = [one for one in learnings if one.state == "planned"]
    waiting = [one for one in learnings if one.state == "learned"]
    applied = len(learnings) - len(planned) - len(waiting)
    intro = collection.word(
        "counted" if learnings else "nothing", n=len(learnings), applied=applied
    )
    item = partial(_item, collection, log)
    groups = [
        collection.group(key, found, item)
        for key, found in (("planned", planned), ("waiting", waiting))
        if found
    ]
    return TeamCollection(
        collection.team, collection.site.spoken(collection.team), intro, tuple(groups)
    )


def _item(collection: CollectionBuilder, log: TeamLog, learning: Learning) -> CollectionItem:
    note = learning.stored.note
    announced = (
        collection.word("announced", text=log.quote(note.applied_to))
        if learning.state == "planned"
        else ""
    )
    since = collection.site.catalogue.notes.get(learning.stored.id)
    day = collection.word("since", day=collection.site.day(since.day)) if since else ""
    facts = (announced, collection.owners("owners", note.owners), day)
    return collection.item(log.quote(note.learned), facts, (log.evidence(learning.stored),))
