"""Learnings that wait for an application: announced, or without a place where they were put to use."""

from functools import partial

from reports.lessons import Lesson, lesson_of
from reports.log import Log, meant

from .shelf import Shelf, TeamInputs
from .view import Item, TeamPart


def learnings_part(shelf: Shelf, inputs: TeamInputs) -> TeamPart:
    """Return a team's learnings that nobody has applied yet, the announced ones first, the latest first."""
    log = inputs.log
    lessons = [lesson_of(stored, log) for stored in reversed(log.notes) if meant(stored.note.learned)]
    planned = [one for one in lessons if one.state == "planned"]
    waiting = [one for one in lessons if one.state == "learned"]
    applied = len(lessons) - len(planned) - len(waiting)
    intro = shelf.word("counted" if lessons else "nothing", n=len(lessons), applied=applied)
    item = partial(_item, shelf, log)
    groups = [shelf.group(key, found, item) for key, found in (("planned", planned), ("waiting", waiting)) if found]
    return TeamPart(shelf.team, shelf.site.spoken(shelf.team), intro, tuple(groups))


def _item(shelf: Shelf, log: Log, lesson: Lesson) -> Item:
    note = lesson.stored.note
    announced = shelf.word("announced", text=log.quote(note.applied_to)) if lesson.state == "planned" else ""
    since = shelf.site.catalogue.notes.get(lesson.stored.id)
    day = shelf.word("since", day=shelf.site.day(since.day)) if since else ""
    facts = (announced, shelf.owners("owners", note.owners), day)
    return shelf.item(log.quote(note.learned), facts, (log.evidence(lesson.stored),))
