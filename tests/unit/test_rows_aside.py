"""Rows wait until it is known which notes they continue; most are neither read nor written."""

from dataclasses import replace

import pytest

from notes.model.notes import Entry, Note, Place, RawRow, UnchangedRows
from notes.store.note_rows.json_payload import entry_json, place_json, places_json
from notes.store.source_update.rows_aside import LivingRows, RowsAside, stand_of
from sync.matching.row_matcher import _in_order


def entry(row: int, text: str = "a bench at the door") -> Entry:
    place = Place("Log", row)
    raw = RawRow(place, (("What we did", f"{text} {row}"),))
    return Entry(raw, Note(kind="experiment", place=place, execution=f"{text} {row}"))


def unchanged(*rows: int, cell_url: str = "") -> UnchangedRows:
    return UnchangedRows(
        tab="Log",
        file="",
        cell_url=cell_url,
        rows=list(rows),
        digests=[entry_json(entry(row))[2] for row in rows],
        keys=[""] * len(rows),
        labels=[("What we did",)] * len(rows),
        days=[0] * len(rows),
    )


def test_rows_are_given_back_in_the_order_of_putting_however_often_some_are_asked() -> None:
    aside = RowsAside()
    aside.put_unchanged(unchanged(2, 3, 4))
    aside.put(entry(5))
    aside.put_unchanged(unchanged(6))
    aside.put(entry(7))
    aside.put(entry(8))

    first, last = list(aside.rows([1, 3])), list(aside.rows([4, 6]))
    places = [row[4] for row in (*first, *last)]
    assert places == [place_json(Place("Log", row)) for row in (3, 5, 6, 8)]


def test_a_row_stands_as_a_note_does_only_where_digest_place_and_address_are_the_same() -> None:
    aside, url = RowsAside(), "https://example.org/#{col}{row}"
    aside.put_unchanged(unchanged(2, 3, cell_url=url))
    aside.put(entry(4))
    digest = entry_json(entry(3))[2]
    place = place_json(Place("Log", 3))

    assert aside.stands_as(1, stand_of(digest, place, "https://example.org/#A3"))
    assert not aside.stands_as(1, stand_of(digest, place, ""))
    assert not aside.stands_as(1, stand_of(digest, place_json(Place("Log", 4)), url))
    assert not aside.stands_as(0, stand_of(digest, place, "https://example.org/#A3"))
    other = replace(entry(4), note=replace(entry(4).note, url=""))
    assert aside.stands_as(2, stand_of(entry_json(other)[2], place_json(Place("Log", 4)), ""))
    assert not aside.stands_as(-1, 0)
    assert not aside.stands_as(3, 0)


def test_a_row_is_left_where_its_line_is_another_or_was_taken_by_another() -> None:
    aside = RowsAside()
    aside.put_unchanged(unchanged(2, 3, 4, 5))
    aside.go_on_as_they_were([0, 1, 3], [11, 12, 14])
    taken: set[int] = {14}

    def take(line: int) -> bool:
        return line not in taken and not taken.add(line)  # type: ignore[func-returns-value]

    assert aside.left([11, 13, 0, 14], take) == [1, 2, 3]


def test_living_notes_that_say_the_same_are_each_given() -> None:
    living = LivingRows()
    living.add([(1, b"a" * 16, "{}", ""), (2, b"b" * 16, "{}", "")])
    living.add([(3, b"a" * 16, "{}", "")])

    parts = [(list(part.lines), list(part.digests)) for part in living.parts(2)]
    assert parts == [([1, 2], [b"a" * 16, b"b" * 16]), ([3], [b"a" * 16])]
    assert living.line_of == {b"a" * 16: 3, b"b" * 16: 2}
    assert len(living) == 3


@pytest.mark.parametrize(("tab", "file"), [("Log", ""), ('한 "탭"', "2026/log"), ("", "log")])
def test_places_of_many_rows_are_written_as_each_alone(tab: str, file: str) -> None:
    rows = [1, 2, 30]
    assert places_json(tab, file, rows) == [place_json(Place(tab, row, file=file)) for row in rows]


@pytest.mark.parametrize(
    ("parsed", "reused", "order"),
    [
        ([], [[2, 3]], [[2, 3]]),
        ([2, 3], [], [[2, 3]]),
        ([4, 5], [[2, 3, 6, 7]], [[2, 3], [4, 5], [6, 7]]),
        ([2, 9], [[3], [4, 8]], [[2], [3], [4, 8], [9]]),
        ([5], [[2, 3], [6]], [[2, 3], [5], [6]]),
    ],
)
def test_parsed_and_reused_rows_come_in_the_order_of_the_sheet(
    parsed: list[int], reused: list[list[int]], order: list[list[int]]
) -> None:
    given = _in_order([entry(row) for row in parsed], [unchanged(*rows) for rows in reused])
    found = [
        list(some.rows) if isinstance(some, UnchangedRows) else [one.raw.place.row for one in some]
        for some in given
    ]
    assert found == order
