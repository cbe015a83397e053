"""A list and a bar are made only where what they tell differs, and then they are the fresh ones."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fakes.archive_links import files
from fakes.entries import same, weeks_later
from fakes.sample_archive import build, edit, fill, send

from loopnote.services.archive import ArchiveBuilder
from notes.model.notes import Metric, Note, Place
from notes.model.periods import Month, Week
from notes.store.store import Store
from reports.archive.note_catalogue import NoteOutline
from reports.archive.page_plan import PlannedPage, PlannedView
from reports.archive.pages import note_lists
from reports.archive.site import Site

OUTLINE = NoteOutline(
    "n1",
    "Lab",
    "log",
    "experiment",
    title="a bench",
    place=Place("tab", 2),
    key="EXP-1",
    day=date(2026, 11, 10),
    weeks=(Week(2026, 46),),
    outcome="success",
    owners=("Maya",),
    version=1,
    first_seen=datetime(2026, 11, 10, tzinfo=UTC),
    changed=datetime(2026, 11, 10, tzinfo=UTC),
    gone=None,
    sure=True,
    metric=Metric("visits", 1.0, 2.0),
)
OTHERS: dict[str, Any] = {
    "id": "n2",
    "team": "LAB",
    "source": "other log",
    "kind": "plan",
    "title": "",
    "place": Place("tab", 3),
    "key": "EXP-2",
    "day": date(2026, 11, 11),
    "weeks": (),
    "outcome": "failure",
    "owners": ("이준",),
    "version": 2,
    "first_seen": datetime(2026, 11, 11, tzinfo=UTC),
    "changed": datetime(2026, 11, 11, tzinfo=UTC),
    "gone": datetime(2026, 11, 11, tzinfo=UTC),
    "sure": False,
    "metric": Metric("visits", 1.0, 3.0),
}


@pytest.fixture
def world(tmp_path: Path) -> Store:
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    fill(store)
    return store


def site_of(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    sites: list[Site] = []
    made = ArchiveBuilder._site

    def kept(*values: Any, **named: Any) -> Site:
        sites.append(made(*values, **named))
        return sites[-1]

    monkeypatch.setattr(ArchiveBuilder, "_site", kept)
    build(store, tmp_path / "looked at")
    return sites[0]


def test_whatever_a_line_of_a_list_tells_is_among_what_the_list_is_made_from(
    world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = site_of(world, tmp_path, monkeypatch)
    assert OTHERS.keys() == {one.name for one in fields(NoteOutline)}
    untitled = replace(OUTLINE, title="")  # its place stands for it
    for first in (OUTLINE, untitled, replace(untitled, key="")):
        for name, value in OTHERS.items():
            other = replace(first, **{name: value})
            site.lines.clear()
            line = site.note_line("Lab/list.html", first, team=True)
            site.lines.clear()
            if site.note_line("Lab/list.html", other, team=True) != line:
                assert site.told_of(other) != site.told_of(first), name


def changed(store: Store, team: str, chance: Random, week: float) -> None:
    """Save a team's log anew, with one row that says something else, or without it."""
    known = [(one.id, one.entry) for one in store.notes(team=team)]
    at = chance.randrange(len(known))
    note_id, found = known[at]
    fact: dict[str, Any] = chance.choice(
        [
            {"title": f"다른 일 {week}"},
            {"outcome": chance.choice(["success", "failure", "dropped"])},
            {"owners": (chance.choice(["김하늘", "Maya", "이준"]),)},
            {"start_date": date(2026, chance.randrange(9, 13), 3)},
            {"metric": Metric("재방문율", 10.0, float(week), unit="%")},
            {"learned": f"배운 것 {week}"},
            {},
        ]
    )
    note: Note = replace(found.note, **fact)
    known[at] = (note_id, replace(found, note=note))
    links = [same(each, name) for name, each in (known if fact else known[:at] + known[at + 1 :])]
    with store.update(f"log of {team}", team, "run", now=weeks_later(week)) as update:
        update.save(links)
        update.gone_except_seen()
        update.finish({})


@pytest.mark.parametrize("names", ["names", "counts"])
def test_after_any_edits_the_archive_is_the_fresh_one(
    world: Store, tmp_path: Path, names: str
) -> None:
    chance = Random(8)
    build(world, tmp_path / "site", names=names)
    for step in range(8):
        changed(world, chance.choice(["Lab", "LAB", "notes"]), chance, 2 + step)
        if step % 3 == 0:
            sent = Week(2026, chance.choice([44, 48]))
            send(world, "LAB", sent, "weekly", names, language="en")
            send(world, "LAB", Month(2026, 10 + step % 2), "monthly", names, language="en")
        build(world, tmp_path / "site", names=names)
        fresh = tmp_path / f"fresh {step}"
        build(world, fresh, names=names)
        assert files(tmp_path / "site") == files(fresh), step


def test_pages_made_from_the_same_are_the_same(
    world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views: dict[str, set[str]] = {}
    later = ArchiveBuilder._later

    def seen(
        builder: ArchiveBuilder, contents: Any, kind: str, planned: PlannedView
    ) -> PlannedPage:
        page = later(builder, contents, kind, planned)
        views.setdefault(page.fingerprint, set()).add(repr(planned.view()))
        return page

    monkeypatch.setattr(ArchiveBuilder, "_later", seen)
    chance = Random(3)
    for step in range(6):
        build(world, tmp_path / "site")
        changed(world, chance.choice(["Lab", "LAB"]), chance, 2 + step)
    assert len(views) > 10
    assert {len(several) for several in views.values()} == {1}


def test_after_one_changed_note_only_the_lists_and_bars_that_tell_of_it_are_made(
    world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(world, tmp_path / "site")
    edit(world)
    made: list[str] = []
    render = ArchiveBuilder._render

    def counted(builder: ArchiveBuilder, site: Site, kind: str, page: Any) -> str:
        made.append(kind)
        return render(builder, site, kind, page)

    monkeypatch.setattr(ArchiveBuilder, "_render", counted)
    listed: list[str] = []
    put = note_lists._list

    def told(*values: Any, **named: Any) -> Any:
        listed.append(values[2])
        return put(*values, **named)

    monkeypatch.setattr(note_lists, "_list", told)
    build(world, tmp_path / "site")
    assert len(listed) == made.count("list") < 3
    listed.clear()
    build(world, tmp_path / "fresh")
    assert len(listed) > 6
