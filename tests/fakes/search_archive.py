"""A small archive to search in.

Notes of invented words, their data files, and the search page in a bare frame.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.words import Author
from notes.model.notes import Language, Note, Place, RawRow, StoredNote
from notes.store.note_rows.note_ids import note_id
from reports.archive.addresses import SEARCH, SEARCH_FOLDER, STYLE, team_folders
from reports.archive.note_catalogue import CatalogueBuilder, NoteSigns, NoteSurvey
from reports.archive.pages.search_page import search_files, search_page
from reports.archive.search_data import search_entry_of
from reports.archive.site import Site
from reports.page.messages.page_sentences import load_messages
from reports.page.render import archive_file, render_archive

SEEN = datetime(2026, 11, 16, tzinfo=UTC)
OUTCOMES = ("success", "failure", "inconclusive", "running")


def stored(number: int, *, team: str = "영업", **facts: Any) -> StoredNote:
    """Return a note whose cells say what its texts say."""
    place = Place("표", number + 2)
    note = Note(facts.pop("kind", "experiment"), place, **facts)
    cells = tuple((name, text) for name, text in facts.items() if isinstance(text, str) and text)
    return StoredNote(
        note_id(team, str(number)), team, "log", note, RawRow(place, cells), 1, SEEN, SEEN
    )


def invented(count: int, seed: int = 1) -> list[StoredNote]:
    """Return notes of two teams over a year, Korean and English, with owners, outcomes and tags."""
    chance = Random(seed)
    authors = {"영업": Author(chance, "ko"), "Lab": Author(chance, "en")}
    return [
        _invented(number, team, authors[team], chance)
        for number in range(count)
        for team in [chance.choice(list(authors))]
    ]


def _invented(number: int, team: str, author: Author, chance: Random) -> StoredNote:
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(320))
    return stored(
        number,
        team=team,
        goal=author.goal(),
        hypothesis=author.hypothesis(),
        execution=author.execution(),
        learned=author.learned(),
        owners=(author.pick("owner"),),
        tags=(author.pick("tag"),),
        outcome=chance.choice(OUTCOMES),
        start_date=day if number % 50 else None,
    )


def site_of(notes: Sequence[StoredNote], language: Language = "en") -> Site:
    """Return the archive that holds these notes."""
    survey = NoteSurvey()
    for each in notes:
        survey.add(each.id, NoteSigns.of(each))
    names = survey.names(())
    cataloguer = CatalogueBuilder(survey, names, {})
    for each in notes:
        cataloguer.add(cataloguer.record(each))
    return Site(
        load_messages(language, None),
        {},
        team_folders(sorted(names)),
        cataloguer.catalogue(),
        names,
    )


def write_site(folder: Path, notes: Sequence[StoredNote], language: Language = "en") -> str:
    """Write the search page of an archive and its data into a folder; return the page's address."""
    site, by_id = site_of(notes, language), {each.id: each for each in notes}
    found = [search_entry_of(each) for each in notes]
    files = {
        each.path: each.make()
        for each in search_files(
            site, found, {}, edition="", read=lambda ids: map(by_id.__getitem__, ids)
        )
    }
    files |= {SEARCH: render_archive("archive/search.html.j2", {"page": search_page(site)})}
    files |= {
        f"{SEARCH_FOLDER}/search.js": archive_file("search.js"),
        STYLE: archive_file("archive.css"),
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", errors="replace")
    return (folder / SEARCH).as_uri()
