"""What holds for every log, whatever is done to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from notes.model.notes import Entry, EqualRow, KnownRow, Note, Place, RawRow
from notes.store.note_rows.json_payload import entry_json
from sync.matching.row_links import link_rows, match_rows
from sync.matching.rows.compared_rows import build_known_rows, build_rows

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


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "insert", "delete", "swap", "rename"]),
        st.integers(0, 13),
        WORDS,
    ),
    max_size=5,
)


def edited(rows, edits):
    """Return the rows after a week: a few edits, rows that come and go, a column renamed."""
    now = [dict(row) for row in rows]
    for kind, at, word in edits:
        place = at % len(now) if now else 0
        if kind == "insert":
            now.insert(place, {"goal": word, "idea": f"{word} {at}"})
        elif kind == "rename":
            now = [
                {("목표" if name == "goal" else name): text for name, text in row.items()}
                for row in now
            ]
        elif now and kind == "edit":
            now[place][min(now[place])] = f"{word} {at}"
        elif now and kind == "delete":
            del now[place]
        elif now:
            now[0], now[place] = now[place], now[0]
    return now


@settings(max_examples=examples(200), deadline=None)
@given(ROWS, EDITS, st.lists(st.booleans(), min_size=14, max_size=14))
def test_rows_taken_over_from_today_are_matched_as_rows_that_were_decoded(rows, edits, gone):
    before = [
        replace(row, gone=NOW - timedelta(days=3) if is_gone else None)
        for row, is_gone in zip(known(rows), gone, strict=False)
    ]
    today = entries(edited(rows, edits))
    places = {entry_json(each)[2]: at for at, each in enumerate(today)}

    def taken_over(row):
        at = places.get(entry_json(row.entry)[2])
        place = row.entry.raw.place
        return row if at is None else EqualRow(row.note_id, row.source, place, at, row.gone)

    decoded = list(match_rows(build_known_rows(before, "log"), build_rows(today)))
    now = build_rows(today)
    equal = build_known_rows(map(taken_over, before), "log", now=now)
    assert list(match_rows(equal, now)) == decoded
