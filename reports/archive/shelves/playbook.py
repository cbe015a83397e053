"""The playbook in the archive: what worked for more than one, what not to do, and what comes nearest."""

from functools import partial

from reports.page.telling.playbook_page import CANDIDATES, counted, headline, how_often, lacking, who
from reports.playbook import whole_playbook
from reports.sections import Playbook, PlaybookCandidate, PlaybookEntry

from .shelf import Shelf, TeamInputs
from .view import Item, TeamPart


def playbook_part(shelf: Shelf, inputs: TeamInputs) -> TeamPart:
    """Return a team's playbook from all its notes."""
    book = whole_playbook(inputs.log)
    groups = [
        shelf.group(key, entries, partial(_entry, shelf))
        for key, entries in (("do", book.do), ("dont", book.dont))
        if entries
    ]
    near = book.candidates[:CANDIDATES]
    intro = headline(shelf.voice, book)
    if near:
        remark = shelf.voice("playbook.nearest", applied=book.applied, learned=book.learned)
        groups.append(shelf.group("next", near, partial(_candidate, shelf, book), remark=remark))
    elif not groups:
        intro = f"{intro} {counted(shelf.voice, book)}"
    return TeamPart(shelf.team, shelf.site.spoken(shelf.team), intro, tuple(groups))


def _entry(shelf: Shelf, one: PlaybookEntry) -> Item:
    voice = shelf.voice
    when = voice(f"playbook.{one.kind}_when", when=voice.quote(one.when, 120)) if one.when else ""
    return shelf.item(one.what, (when, how_often(voice, one), who(voice, one)), one.evidence)


def _candidate(shelf: Shelf, book: Playbook, one: PlaybookCandidate) -> Item:
    lacks = shelf.voice("playbook.lacks", what=lacking(shelf.voice, one, book))
    return shelf.item(one.what, (lacks, who(shelf.voice, one)), one.evidence)
