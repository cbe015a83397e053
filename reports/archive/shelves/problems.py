"""What could not be understood, source by source: the cell, what it says, and the plain sentence why."""

from collections.abc import Iterator, Sequence

from loopnote.notes import SourceHealth, StoredProblem
from loopnote.problems import reason_of, skipped_words
from reports.archive.addresses import href, note_page
from reports.archive.view import Inside
from reports.page.safe import safe_url
from reports.page.view import Link

from .shelf import LONGEST, Shelf, TeamInputs, shelf_page
from .view import Group, Item, TeamPart

Known = dict[tuple[str, str, int, str], str]


def problems_part(shelf: Shelf, inputs: TeamInputs) -> TeamPart:
    """Return a team's cells that could not be understood, by source, and the rows that were left out on purpose."""
    known = _notes_by_place(shelf) if inputs.problems else {}
    groups = tuple(_groups(shelf, inputs, known))
    intro = shelf.word("counted" if inputs.problems else "nothing", n=len(inputs.problems))
    return TeamPart(shelf.team, shelf.site.spoken(shelf.team), intro, groups)


def _groups(shelf: Shelf, inputs: TeamInputs, known: Known) -> Iterator[Group]:
    health = {one.source: one for one in inputs.health}
    for source in sorted({*health, *(one.source for one in inputs.problems)}):
        found = [one for one in inputs.problems if one.source == source]
        remark = _state(shelf, health.get(source))
        if found or remark:
            yield _group(shelf, source, found, remark, known)


def _group(shelf: Shelf, source: str, found: Sequence[StoredProblem], remark: str, known: Known) -> Group:
    rest = len(found) - LONGEST
    more = shelf.site.words("archive.more", n=rest) if rest > 0 else ""
    title = shelf.word("source", source=source, n=len(found))
    return Group(title, tuple(_item(shelf, one, known) for one in found[:LONGEST]), remark, more)


def _state(shelf: Shelf, health: SourceHealth | None) -> str:
    if health is None:
        return ""
    left_out = ", ".join(
        f"{skipped_words(code, shelf.site.language)} {count}" for code, count in sorted(health.skipped.items()) if count
    )
    return shelf.word("left_out", what=left_out) if left_out else ""


def _item(shelf: Shelf, one: StoredProblem, known: Known) -> Item:
    problem = one.problem
    voice, place = shelf.voice, problem.place
    spot = voice.spot(place)
    where = f"{spot} {place.col or place.property}".strip()
    url = safe_url(problem.url)
    note_id = known.get((one.source, place.page_id or f"{place.file}\0{place.tab}", place.row, ""))
    outline = shelf.site.catalogue.notes.get(note_id or "")
    notes = (Inside(shelf.site.title(outline), href(shelf_page(shelf.name), note_page(outline.id))),) if outline else ()
    since = shelf.word("since", day=shelf.site.moment(one.first_seen, shelf.team))
    return Item(
        voice.quote(reason_of(problem, shelf.site.language), 240),
        (where, since),
        notes=notes,
        places=(Link(shelf.word("mend"), url),) if url else (),
        own=False,
    )


def _notes_by_place(shelf: Shelf) -> Known:
    """Return the team's living notes by source and row or page."""
    return {
        (one.source, one.place.page_id or f"{one.place.file}\0{one.place.tab}", one.place.row, ""): one.id
        for one in shelf.site.catalogue.notes.values()
        if one.team == shelf.team and not one.gone
    }
