"""What holds for every log, whatever is done to it."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.matching.row_links import link_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WORDS = st.sampled_from(
    [
        "전화",
        "안내 문자",
        "price list",
        "shorter text",
        "두 번",
        "photos",
        "예약",
        "refund",
        "완료",
        "2026-11-02",
    ]
)
ROWS = st.lists(
    st.dictionaries(
        st.sampled_from(["goal", "idea", "owner", "회고"]),
        st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
        min_size=1,
    ),
    max_size=14,
)


def entries(rows):
    made = []
    for at, cells in enumerate(rows, start=2):
        place = Place(tab="Log", row=at)
        made.append(Entry(RawRow(place, tuple(sorted(cells.items()))), Note("experiment", place)))
    return made


def known(rows):
    return [KnownRow(f"n{at:03}", "log", each) for at, each in enumerate(entries(rows))]


def linked(before, after):
    return link_rows(before, after, source="log", now=NOW)


@settings(deadline=None)
@given(ROWS)
def test_an_unchanged_log_links_everything_to_itself(rows):
    before = known(rows)
    assert [each.note_id for each in linked(before, entries(rows))] == [
        row.note_id for row in before
    ]


@settings(deadline=None)
@given(ROWS, ROWS)
def test_no_note_is_given_to_two_rows_and_no_row_is_lost(rows, others):
    found = linked(known(rows), entries(others))
    taken = [each.note_id for each in found if each.note_id]
    assert len(taken) == len(set(taken))
    assert [each.entry for each in found] == entries(others)
    assert all((each.how == "new") == (not each.note_id) for each in found)


@settings(max_examples=examples(60), deadline=None)
@given(ROWS, ROWS, st.integers())
def test_the_order_in_which_rows_are_given_decides_nothing(rows, others, seed):
    before, after = known(rows), entries(others)
    told = {each.entry.raw.place.row: each.note_id for each in linked(before, after)}
    Random(seed).shuffle(before)
    Random(seed + 1).shuffle(after)
    assert {each.entry.raw.place.row: each.note_id for each in linked(before, after)} == told


@settings(max_examples=examples(60), deadline=None)
@given(ROWS, ROWS)
def test_the_names_of_the_ids_decide_nothing(rows, others):
    before = known(rows)
    renamed = [replace(row, note_id=f"x{len(before) - at:03}") for at, row in enumerate(before)]
    names = {row.note_id: other.note_id for row, other in zip(before, renamed, strict=True)} | {
        "": ""
    }
    told = [names[each.note_id] for each in linked(before, entries(others))]
    assert [each.note_id for each in linked(renamed, entries(others))] == told
