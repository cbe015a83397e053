"""The past: what a note was, and the notes as they stood at any moment."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.changing_log import edition_links
from fakes.entries import MONDAY, entry, new, same, weeks_later

from notes.model.errors import StoreError
from notes.model.notes import Place, StoredNote
from notes.store.store import Store

STEPS = 12


def told(note: StoredNote) -> StoredNote:
    """Return a note without what has no history: where it stands, and whether its link was sure."""
    nowhere = Place()
    placeless = replace(note.note, place=nowhere, url="")
    return replace(note, note=placeless, raw=replace(note.raw, place=nowhere), sure=True)


def test_the_notes_of_any_moment_can_be_read(store: Store) -> None:
    moments = []
    for step in range(STEPS):
        now = weeks_later(step)
        with store.update("trials", "Bookshop", f"run {step}", now=now) as update:
            update.save(edition_links(step, update.known.rows()))
            update.gone_except_seen()
            update.finish({})
        moments.append((now, [told(note) for note in store.notes(include_gone=True)]))

    for now, stood in moments:
        then = [
            told(note) for note in store.notes(as_of=now + timedelta(days=1), include_gone=True)
        ]
        assert then == stood
        living = [told(note) for note in store.notes(as_of=now, team="Bookshop")]
        assert living == [note for note in stood if note.gone is None]
    assert list(store.notes(as_of=MONDAY - timedelta(days=1))) == []


def test_a_version_tells_when_what_and_from_which_run(store: Store) -> None:
    with store.update("trials", "Bookshop", "first run", now=MONDAY) as update:
        update.save(new(entry(2, "가", outcome="running", owners=("하늘",))))
        update.finish({})
    (note,) = store.notes()
    with store.update("trials", "Bookshop", "second run", now=weeks_later(1)) as update:
        update.save([same(entry(2, "가", outcome="success", owners=("하늘", "바다")), note.id)])
        update.finish({})

    first, second = store.versions(note.id[:6])

    assert (first.version, first.run_id, first.at, first.changes) == (1, "first run", MONDAY, ())
    assert (second.version, second.run_id, second.at) == (2, "second run", weeks_later(1))
    assert second.changes == (("outcome", "running", "success"), ("owners", "하늘", "하늘, 바다"))
    assert (first.note.outcome, second.note.outcome) == ("running", "success")


def test_a_note_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    with store.update("trials", "Bookshop", "run", now=MONDAY) as update:
        update.save(new(*(entry(row, f"goal {row}") for row in range(40))))
        update.finish({})
    ids = [note.id for note in store.notes()]

    assert all(store.note(note_id).id == store.note(note_id[:9]).id == note_id for note_id in ids)
    with pytest.raises(StoreError, match="begins more than one id"):
        store.note("")
    with pytest.raises(StoreError, match="there is no note ffff"):
        store.note("ffff" * 3)


def test_runs_are_told_newest_first(store: Store) -> None:
    first = store.begin_run("sync", MONDAY)
    second = store.begin_run("sync", MONDAY)
    third = store.begin_run("report", weeks_later(1))
    store.end_run(first, weeks_later(0.1), ok=True)
    store.end_run(third, weeks_later(1.1), ok=False, error="403")

    assert len({first, second, third}) == 3
    newest = store.runs()[0]
    assert (newest.command, newest.ok, newest.error) == ("report", False, "403")
    assert {run.id: run.ok for run in store.runs()} == {first: True, second: None, third: False}
    assert len(store.runs(limit=1)) == 1
