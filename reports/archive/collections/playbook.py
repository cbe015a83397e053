"""The collection of playbook entries: what worked, what not to do, and the candidates."""

from functools import partial

from reports.analysis.learnings.playbook import whole_playbook
from reports.analysis.records.section_results import Playbook, PlaybookCandidate, PlaybookEntry
from reports.page.builders.playbook_page import (
    CANDIDATES,
    counted,
    headline,
    how_often,
    lacking,
    who,
)

from .builder import CollectionBuilder, CollectionInputs
from .collection_view import CollectionItem, TeamCollection


def playbook_part(collection: CollectionBuilder, inputs: CollectionInputs) -> TeamCollection:
    """Return a team's playbook from all its notes."""
    book = whole_playbook(inputs.log, most=CANDIDATES)
    groups = [
        collection.group(key, entries, partial(_entry, collection))
        for key, entries in (("do", book.do), ("dont", book.dont))
        if entries
    ]
    near = book.candidates
    intro = headline(collection.formatter, book)
    if near:
        remark = collection.formatter(
            "playbook.nearest", applied=book.applied, learned=book.learned
        )
        groups.append(
            collection.group("next", near, partial(_candidate, collection, book), remark=remark)
        )
    elif not groups:
        intro = f"{intro} {counted(collection.formatter, book)}"
    return TeamCollection(
        collection.team, collection.site.spoken(collection.team), intro, tuple(groups)
    )


def _entry(collection: CollectionBuilder, one: PlaybookEntry) -> CollectionItem:
    formatter = collection.formatter
    when = (
        formatter(f"playbook.{one.kind}_when", when=formatter.quote(one.when, 120))
        if one.when
        else ""
    )
    return collection.item(
        one.what, (when, how_often(formatter, one), who(formatter, one)), one.evidence
    )


def _candidate(
    collection: CollectionBuilder, book: Playbook, one: PlaybookCandidate
) -> CollectionItem:
    lacks = collection.formatter("playbook.lacks", what=lacking(collection.formatter, one, book))
    return collection.item(one.what, (lacks, who(collection.formatter, one)), one.evidence)
