"""What two snapshots cannot decide, a person can: join, split, undo, and the next sync."""

import pytest
from fakes.entries import MONDAY, entry, new, same, weeks_later

from notes.model.errors import StoreError
from notes.model.notes import Link
from notes.store.store import Store


def sync(store: Store, links: list[Link], week: float) -> None:
    with store.update("trials", "Bookshop", "run", now=weeks_later(week)) as update:
        update.save(links)
        update.gone_except_seen()
        update.finish({})


def lost_and_found(store: Store) -> tuple[str, str]:
    """A note whose row was rewritten so thoroughly that it was taken for a new one."""
    sync(store, new(entry(2, "재방문", hypothesis="쿠폰")), 0)
    sync(store, new(entry(2, "단골", hypothesis="쿠폰", retrospective="늘었다")), 1)
    (found,) = store.notes()
    (lost,) = (note for note in store.notes(include_gone=True) if note.gone)
    return lost.id, found.id


def wrongly_linked(store: Store) -> str:
    """A note that was continued by a row of another trial."""
    sync(store, new(entry(2, "재방문", hypothesis="쿠폰")), 0)
    (note,) = store.notes()
    sync(
        store,
        [
            same(
                entry(2, "신간 홍보", hypothesis="포스터"),
                note.id,
                "similar",
                sure=False,
                rivals=("x",),
            )
        ],
        1,
    )
    return note.id


def test_joined_notes_are_one_with_one_history(store: Store) -> None:
    lost, found = lost_and_found(store)

    assert store.join(found, lost, "repair", now=weeks_later(2)) == lost

    (note,) = store.notes()
    assert (note.id, note.note.goal, note.first_seen) == (lost, "단골", MONDAY)
    assert note.written == {"goal": weeks_later(1), "retrospective": weeks_later(1)}
    assert [version.event for version in store.versions(lost)] == ["new", "gone", "joined"]
    assert store.versions(lost)[0].note.goal == "재방문"


def test_a_join_holds_over_later_syncs(store: Store) -> None:
    lost, found = lost_and_found(store)
    store.join(lost, found, "repair", now=weeks_later(2))

    with store.update("trials", "Bookshop", "run", now=weeks_later(3)) as update:
        assert [row.note_id for row in update.known.rows()] == [lost]
        assert update.known.rejoined == {found: lost}
    sync(
        store,
        [same(entry(2, "단골!", hypothesis="쿠폰", retrospective="늘었다"), lost, "similar")],
        3,
    )

    assert [note.id for note in store.notes()] == [lost]


def test_a_join_can_be_undone(store: Store) -> None:
    lost, found = lost_and_found(store)
    store.join(lost, found, "repair", now=weeks_later(2))
    (repair,) = store.manual_links()

    undone = store.undo_manual_link(repair.id, "repair", weeks_later(3))

    assert undone.undone == weeks_later(3)
    assert [(note.id, note.note.goal) for note in store.notes()] == [(found, "단골")]
    assert store.note(lost).note.goal == "재방문"
    assert store.note(lost).gone == weeks_later(1)
    with store.update("trials", "Bookshop", "run", now=weeks_later(3)) as update:
        assert {row.note_id for row in update.known.rows()} == {lost, found}
        assert update.known.rejoined == {}


def test_a_split_gives_the_row_an_id_of_its_own(store: Store) -> None:
    note_id = wrongly_linked(store)
    doubt = store.doubt(note_id)
    assert doubt is not None
    assert doubt.rivals == ["x"]

    new_id = store.split(note_id, "repair", weeks_later(2))

    (living,) = store.notes()
    assert (living.id, living.note.goal, living.first_seen) == (new_id, "신간 홍보", weeks_later(1))
    assert living.written["goal"] == weeks_later(1)
    assert (store.note(note_id).note.goal, store.note(note_id).gone) == ("재방문", weeks_later(1))
    assert [version.event for version in store.versions(note_id)] == ["new", "changed", "split"]
    assert store.doubt(note_id) is store.doubt(new_id) is None
    assert [note.id for note in store.notes(as_of=weeks_later(1.5))] == [note_id]


def test_a_split_can_be_undone(store: Store) -> None:
    note_id = wrongly_linked(store)
    new_id = store.split(note_id, "repair", weeks_later(2))

    store.undo_manual_link(store.manual_links()[0].id, "repair", weeks_later(3))

    (living,) = store.notes()
    assert (living.id, living.note.goal) == (note_id, "신간 홍보")
    with store.update("trials", "Bookshop", "run", now=weeks_later(3)) as update:
        assert [row.note_id for row in update.known.rows()] == [note_id]
        assert update.known.rejoined == {new_id: note_id}


def test_what_cannot_be_repaired_says_why(store: Store) -> None:
    sync(store, new(entry(2, "가"), entry(3, "나")), 0)
    first, second = (note.id for note in store.notes())

    with pytest.raises(StoreError, match="both are in the log"):
        store.join(first, second, "repair", now=MONDAY)
    with pytest.raises(StoreError, match="only two notes"):
        store.join(first, first, "repair", now=MONDAY)
    with pytest.raises(StoreError, match="no earlier state"):
        store.split(first, "repair", MONDAY)
    with pytest.raises(StoreError, match="there is no note zz"):
        store.split("zz", "repair", MONDAY)
    with pytest.raises(StoreError, match="no repair 9"):
        store.undo_manual_link(9, "repair", MONDAY)
    assert store.manual_links() == []
