"""A small archive to search in: notes of invented words, their data files, and the search page in a bare frame."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from jinja2 import Environment, FileSystemLoader

from bench.words import Author
from loopnote.notes import Note, Place, RawRow, StoredNote
from loopnote.store.ids import note_id
from reports.archive.search_data import Card, Labels, card, search_files
from reports.page.shipped import shipped_templates

SEEN = datetime(2026, 11, 16, tzinfo=UTC)
OUTCOMES = ("success", "failure", "inconclusive", "running")
LABELS = Labels(
    outcomes={name: name.title() for name in OUTCOMES},
    kinds={"experiment": "Experiment", "plan": "Plan"},
    period=str,
    languages={"영업": "ko", "Lab": "en"},
)
SENTENCES = {
    "some": "# notes, the first # shown",
    "all": "# notes",
    "one": "# note",
    "none": "nothing found",
    "signs": "type a letter",
    "missing": "some of the data could not be read",
    "reading": "reading # of #",
    "place": "in the log",
}
CONDITIONS = ("team", "when", "person", "outcome", "tag", "kind")


def stored(number: int, *, team: str = "영업", **facts: Any) -> StoredNote:
    """Return a note whose cells say what its texts say."""
    place = Place("표", number + 2)
    note = Note(facts.pop("kind", "experiment"), place, **facts)
    cells = tuple((name, text) for name, text in facts.items() if isinstance(text, str) and text)
    return StoredNote(note_id(team, str(number)), team, "log", note, RawRow(place, cells), 1, SEEN, SEEN)


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


def cards(notes: Iterable[StoredNote]) -> list[Card]:
    """Return the notes as the search knows them."""
    return [
        card(each, page=f"../notes/{each.id}.html", title=_title(each), facts=f"{each.team} · {each.note.start_date}")
        for each in notes
    ]


def _title(each: StoredNote) -> str:
    return each.note.title or each.note.execution or each.note.goal


def write_site(folder: Path, notes: Sequence[StoredNote], labels: Labels = LABELS) -> str:
    """Write the search into a folder; return the address of its page."""
    (folder / "search").mkdir(parents=True)
    for path, text in search_files(cards(notes), labels):
        (folder / path).write_text(text, encoding="utf-8")
    templates = shipped_templates()
    (folder / "search" / "search.js").write_text((templates / "archive" / "search.js").read_text("utf-8"), "utf-8")
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True)
    label = {name: name for name in (*CONDITIONS, "words", "help", "narrow", "any", "order", "best", "newest")}
    label |= {name: name for name in ("clear", "without", "more")}
    page = {"label": label, "conditions": CONDITIONS, "sentences": SENTENCES}
    body = environment.get_template("archive/search_body.html.j2").render(page=page)
    html = f'<!DOCTYPE html><html lang="ko"><meta charset="utf-8"><title>Search</title><main>{body}</main></html>'
    (folder / "search" / "index.html").write_text(html, encoding="utf-8")
    return (folder / "search" / "index.html").as_uri()
