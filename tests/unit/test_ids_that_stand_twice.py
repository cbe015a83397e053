"""The team's own ids where one stands twice: copied with its row, or with a row that is gone."""

from datetime import UTC, datetime

from notes.model.notes import Entry, KnownRow, Note, Place, RawRow
from sync.matching.row_links import link_rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def entry(row: int, key: str, *texts: str) -> Entry:
    place = Place("Log", row)
    cells = tuple(zip(("가설", "실행", "결과"), texts, strict=True))
    return Entry(RawRow(place, cells), Note("experiment", place, key=key))


def ids(known: list[KnownRow], today: list[Entry]) -> list[str]:
    return [one.note_id for one in link_rows(known, today, source="log", now=NOW)]


FIRST = ("전화하면 다시 온다", "서른 명에게 전화했다", "열 명이 왔다")
OTHER = ("값을 내리면 더 산다", "이틀 동안 내렸다", "그대로였다")
EDITED = ("전화하면 빨리 다시 온다", "마흔 명에게 전화했다", "열둘이 왔다")
REST = [
    (f"{thing}을 바꾸면 낫다", f"{thing}을 바꿨다", f"{thing}이 나았다")
    for thing in ("간판", "조명", "음악", "순서")
]


def log(*first: Entry) -> list[Entry]:
    return [*first, *(entry(row, f"B-{row}", *texts) for row, texts in enumerate(REST, start=5))]


def known(*entries: Entry, gone: int | None = None) -> list[KnownRow]:
    return [
        KnownRow(f"n{at}", "log", one, NOW if at == gone else None)
        for at, one in enumerate(entries)
    ]


def test_a_row_that_stands_outranks_a_gone_one_of_the_same_id() -> None:
    before = known(*log(entry(2, "A-1", *OTHER), entry(3, "A-1", *FIRST)), gone=0)
    assert ids(before, log(entry(3, "A-1", *EDITED)))[0] == "n1"


def test_an_id_that_two_rows_bear_decides_nothing() -> None:
    before = known(*log(entry(2, "A-1", *OTHER), entry(3, "A-1", *FIRST)))
    assert ids(before, log(entry(2, "A-1", *OTHER), entry(3, "A-1", *FIRST)))[:2] == ["n0", "n1"]
