"""What is written of a note is read back as it was."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from notes.model.notes import Entry, Metric, Note, Place, Problem, RawRow
from notes.store.note_rows.json_payload import (
    compact,
    digest,
    entry_json,
    note_fields,
    note_from,
    place_json,
    problem_json,
    read_cells,
    read_fields,
    read_json,
    read_place,
    read_places,
    read_problem,
)

TEXT = st.text(st.characters(), max_size=12)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(float, st.floats(allow_nan=False))


def as_json(note: Note) -> str:
    return compact(note_fields(note))


@settings(max_examples=examples(200), deadline=None)
@given(st.from_type(Note))
def test_every_note_survives_the_round_trip(note: Note) -> None:
    assert note_from(json.loads(as_json(note)), note.place, note.url) == note


@settings(max_examples=examples(200), deadline=None)
@given(st.from_type(Note), st.from_type(RawRow))
def test_every_entry_survives_the_round_trip(note: Note, raw: RawRow) -> None:
    payload, cells, _ = entry_json(Entry(raw, note))

    assert note_from(read_fields(payload, cells), note.place, note.url) == note
    assert read_cells(cells) == raw.cells


def test_a_text_that_stands_in_a_cell_is_written_once() -> None:
    note = Note("experiment", Place("2월", 3), goal="재방문", learned="쿠폰")
    row = RawRow(note.place, (("번호", "1"), ("목표", "재방문"), ("비고", "재방문")))

    assert entry_json(Entry(row, note))[:2] == (
        '{"kind":"experiment","goal":1,"learned":"쿠폰"}'.encode(),
        '{"번호":"1","목표":"재방문","비고":"재방문"}'.encode(),
    )


@settings(max_examples=examples(100), deadline=None)
@given(st.from_type(RawRow), st.from_type(Problem))
def test_every_row_and_problem_survives_the_round_trip(raw: RawRow, problem: Problem) -> None:
    _, cells, _ = entry_json(Entry(raw, Note("experiment", raw.place)))
    assert read_cells(cells) == raw.cells
    assert read_place(place_json(raw.place)) == raw.place
    assert read_problem(problem_json(problem)) == problem


def test_only_what_is_filled_is_written() -> None:
    note = Note(
        "experiment",
        Place("2월", 3),
        goal="재방문",
        start_date=date(2026, 2, 3),
        metric=Metric(before=11.0),
    )

    assert as_json(note) == (
        '{"kind":"experiment","goal":"재방문","start_date":"2026-02-03","metric":{"before":11.0}}'
    )


def test_a_field_of_a_later_version_is_left_out() -> None:
    assert note_from({"kind": "plan", "mood": "good"}, Place("t", 1), "") == Note(
        "plan", Place("t", 1)
    )


def test_half_a_surrogate_pair_can_be_stored() -> None:
    note = Note("experiment", Place("t", 1), goal="\ud83d broken")

    assert as_json(note).encode()
    assert note_from(json.loads(as_json(note)), note.place, "") == note
    row = RawRow(note.place, (("목표", "\ud83d broken"), ("비고", "쿠폰")))
    payload, cells, _ = entry_json(Entry(row, note))
    assert (note_from(read_fields(payload, cells), note.place, ""), read_cells(cells)) == (
        note,
        row.cells,
    )


def test_the_digest_sees_cells_that_no_field_holds() -> None:
    assert digest(b"{}", b'[["note","a"]]') != digest(b"{}", b'[["note","b"]]')


@settings(max_examples=examples(200), deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=8,
    )
)
def test_json_says_what_the_standard_library_reads_in_it(value: object) -> None:
    text = json.dumps(value)
    assert repr(read_json(text)) == repr(json.loads(text))


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.from_type(Place), max_size=4))
def test_places_read_together_are_those_read_alone(places: list[Place]) -> None:
    texts = [place_json(place) for place in places]
    assert read_places(texts) == [read_place(text) for text in texts] == places
