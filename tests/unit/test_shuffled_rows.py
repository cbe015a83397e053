"""Rows in an order that no column explains: each stays the note that it was."""

from datetime import UTC, datetime
from random import Random

import pytest

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.matching.row_links import link_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
THINGS = ["간판", "조명", "음악", "순서", "가격", "문구", "예약", "전화", "쿠폰", "좌석", "메뉴"]


@pytest.mark.parametrize("tab", ["Log", "Log 2026"])  # renamed in the same week
def test_a_tab_that_was_shuffled_keeps_the_notes_of_its_ids(tab: str) -> None:
    order = list(THINGS)
    Random(7).shuffle(order)
    known = [
        KnownRow(f"n-{thing}", "log", _entry("Log", at, thing)) for at, thing in enumerate(THINGS)
    ]
    today = [_entry(tab, at, thing) for at, thing in enumerate(order)]
    found = [one.note_id for one in link_rows(known, today, source="log", now=NOW)]
    assert found == [f"n-{thing}" for thing in order]


def _entry(tab: str, row: int, thing: str) -> Entry:
    place = Place(tab, row + 2)
    cells = (("가설", f"{thing}이 바뀌면 더 온다"), ("실행", f"{thing}을 바꿨다"))
    return Entry(RawRow(place, cells), Note("experiment", place, key=f"{thing}-1"))
