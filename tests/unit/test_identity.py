"""Which row of today is which note of yesterday, one habit of a team at a time."""

from datetime import UTC, datetime, timedelta

from loopnote.notes import Entry, KnownRow, Note, Place, RawRow
from sync.identity import link

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def entry(row, *, key="", native="", tab="Log", kind="experiment", **cells):
    place = Place(tab=tab, row=row)
    raw = RawRow(place, tuple((label, text) for label, text in cells.items() if text), native)
    return Entry(raw, Note(kind, place, key=key))


def known(*entries, source="log", gone=None):
    return [KnownRow(f"n{at}", source, each, gone) for at, each in enumerate(entries)]


def ids(rows, entries, **more):
    return [each.note_id for each in link(rows, entries, source="log", now=NOW, **more)]


A = {"goal": "Fewer calls", "hypothesis": "Drawings of what to pack save a call", "owner": "Ann"}
B = {"goal": "Fewer calls", "hypothesis": "A refund table calms people down", "owner": "Bo"}


def test_an_unchanged_log_links_every_row():
    rows = [entry(2, **A), entry(3, **B)]
    assert ids(known(*rows), rows) == ["n0", "n1"]


def test_a_row_inserted_above_is_new_and_the_others_stay():
    new = entry(2, goal="More bookings", hypothesis="Pictures of the room build trust", owner="Ann")
    assert ids(known(entry(2, **A), entry(3, **B)), [new, entry(3, **A), entry(4, **B)]) == ["", "n0", "n1"]


def test_a_retrospective_filled_weeks_later_keeps_the_note():
    filled = entry(2, **A, retrospective="People hung it on the fridge")
    assert ids(known(entry(2, **A), entry(3, **B)), [filled, entry(3, **B)]) == ["n0", "n1"]


def test_a_notion_page_is_the_same_whatever_it_says():
    before = known(entry(0, native="p1", **A))
    assert ids(before, [entry(0, native="p1", title="All is new")]) == ["n0"]


def test_a_row_that_returns_within_the_keeping_time_is_the_old_one():
    gone = known(entry(2, **A), gone=NOW - timedelta(days=20))
    assert ids(gone, [entry(9, **A)]) == ["n0"]
    assert ids(gone, [entry(9, **A)], keep_days=7) == [""]
