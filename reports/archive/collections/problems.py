"""The collection of cells that could not be understood, by source, each with its reason."""

from collections.abc import Iterator, Sequence

from notes.messages.problems import reason_of, skipped_words
from notes.model.notes import SourceHealth, StoredProblem
from reports.archive.addresses import href, note_page
from reports.archive.archive_view import ArchiveLink
from reports.page.safe import safe_url
from reports.page.view import PlaceLink

from .builder import MAX_PROBLEMS, CollectionBuilder, CollectionInputs, collection_page
from .collection_view import CollectionGroup, CollectionItem, TeamCollection

Known = dict[tuple[str, str, int, str], str]


def problems_part(collection: CollectionBuilder, inputs: CollectionInputs) -> TeamCollection:
    """Return a team's cells not understood, by source, and the rows left out on purpose."""
    known = _notes_by_place(collection) if inputs.problems else {}
    groups = tuple(_groups(collection, inputs, known))
    intro = collection.word("counted" if inputs.problems else "nothing", n=len(inputs.problems))
    return TeamCollection(collection.team, collection.site.spoken(collection.team), intro, groups)


def _groups(
    collection: CollectionBuilder, inputs: CollectionInputs, known: Known
) -> Iterator[CollectionGroup]:
    health = {one.source: one for one in inputs.health}
    for source in sorted({*health, *(one.source for one in inputs.problems)}):
        found = [one for one in inputs.problems if one.source == source]
        remark = _state(collection, health.get(source))
        if found or remark:
            yield _group(collection, source, found, remark=remark, known=known)


def _group(
    collection: CollectionBuilder,
    source: str,
    found: Sequence[StoredProblem],
    *,
    remark: str,
    known: Known,
) -> CollectionGroup:
    rest = len(found) - MAX_PROBLEMS
    more = collection.site.words("archive.more", n=rest) if rest > 0 else ""
    title = collection.word("source", source=source, n=len(found)) if found else source
    return CollectionGroup(
        title, tuple(_item(collection, one, known) for one in found[:MAX_PROBLEMS]), remark, more
    )


def _state(collection: CollectionBuilder, health: SourceHealth | None) -> str:
    if health is None:
        return ""
    left_out = ", ".join(
        f"{skipped_words(code, collection.site.language)} {count}"
        for code, count in sorted(health.skipped.items())
        if count
    )
    return collection.word("left_out", what=left_out) if left_out else ""


def _item(collection: CollectionBuilder, one: StoredProblem, known: Known) -> CollectionItem:
    problem = one.problem
    formatter, place = collection.formatter, problem.place
    spot = formatter.spot(place)
    where = f"{spot} {place.col or place.property}".strip()
    url = safe_url(problem.url)
    note_id = known.get((one.source, place.page_id or f"{place.file}\0{place.tab}", place.row, ""))
    outline = collection.site.catalogue.notes.get(note_id or "")
    notes = (
        (
            ArchiveLink(
                collection.site.title(outline),
                href(collection_page(collection.name), note_page(outline.id)),
            ),
        )
        if outline
        else ()
    )
    since = collection.word("since", day=collection.site.moment(one.first_seen, collection.team))
    return CollectionItem(
        formatter.quote(reason_of(problem, collection.site.language), 240),
        (where, since),
        notes=notes,
        places=(PlaceLink(collection.word("mend"), url),) if url else (),
        own=False,
    )


def _notes_by_place(collection: CollectionBuilder) -> Known:
    """Return the team's living notes by source and by row or page."""
    return {
        (
            one.source,
            one.place.page_id or f"{one.place.file}\0{one.place.tab}",
            one.place.row,
            "",
        ): one.id
        for one in collection.site.catalogue.notes.values()
        if one.team == collection.team and not one.gone
    }
