"""Counts under the two sides of a number (RULES 9.3): "9/40" before and "13/42" after are no days.

A pair of columns before and after holds what was measured, never when.
"""

from datetime import date

import pytest
from fakes.text_grids import codes, notes, read

from sync.parse_result import ParseOptions

_SIDES = [
    ("날짜", "한 일", "개선 전", "개선 후", "배운 점"),
    ("날짜", "한 일", "변경 전", "변경 후", "배운 점"),
    ("날짜", "한 일", "이전", "이후", "배운 점"),
    ("날짜", "한 일", "방문 전", "방문 후", "배운 점"),
    ("날짜", "한 일", "전환율 개선 전", "전환율 개선 후", "배운 점"),
    ("Date", "What we tried", "Before", "After", "Learned"),
    ("Date", "What we tried", "Baseline", "Result", "Learned"),
    ("Date", "What we tried", "Replies before", "Replies after", "Learned"),
    ("Date", "What we tried", "Returning then", "Returning now", "Learned"),
]
_IMPOSSIBLE_DAYS = [("9/40", "13/42"), ("8/38", "12/41"), ("10/44", "11/40")]
_POSSIBLE_DAYS = [("9/10", "11/12"), ("8/9", "10/12"), ("7/12", "11/12")]


def _log(headers: tuple[str, ...], cells: list[tuple[str, str]]) -> str:
    rows = [
        (f"2026-11-{3 + 7 * place:02d}", f"쿠폰을 {place + 1}번 보냈다", *pair, "문자를 읽는다")
        for place, pair in enumerate(cells)
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (headers, *rows))


def _counts(text: str) -> tuple[int, int]:
    hits, total = text.split(" (", maxsplit=1)[0].split("/")
    return int(hits), int(total)


@pytest.mark.parametrize("headers", _SIDES)
@pytest.mark.parametrize("cells", [_IMPOSSIBLE_DAYS, _POSSIBLE_DAYS])
def test_counts_before_and_after_are_the_metric_and_no_days(
    headers: tuple[str, ...], cells: list[tuple[str, str]]
) -> None:
    parsed = read(_log(headers, cells))
    assert not codes(parsed)
    found = [entry.note for entry in parsed.entries]
    for place, (note, (before, after)) in enumerate(zip(found, cells, strict=True)):
        assert (note.start_date, note.end_date) == (date(2026, 11, 3 + 7 * place), None)
        metric = note.metric
        assert metric is not None
        assert (metric.before_counts, metric.after_counts) == (_counts(before), _counts(after))


def test_counts_with_their_share_are_told_as_unread_numbers_and_no_days() -> None:
    cells = [("9/40 (22%)", "13/42 (31%)"), ("8/38 (21%)", "12/41 (29%)")]
    parsed = read(_log(_SIDES[0], cells))
    assert {code for _, _, code in codes(parsed)} == {"unreadable_number"}
    assert [entry.note.start_date for entry in parsed.entries] == [
        date(2026, 11, 3),
        date(2026, 11, 10),
    ]


def test_what_the_configuration_says_of_a_side_holds() -> None:
    options = ParseOptions(columns={"Before": "start_date", "Date": "logged"})
    cells = [("2026-11-05", "13/42"), ("2026-11-06", "12/41")]
    first = notes(_log(_SIDES[5], cells), options=options)[0]
    assert first.start_date == date(2026, 11, 5)


@pytest.mark.parametrize("headers", [_SIDES[1], _SIDES[5]])
@pytest.mark.parametrize(
    "cells", [[("11/3", "11/10"), ("11/4", "11/9")], [("2026-11-05", "2026-11-09")] * 2]
)
def test_days_under_before_and_after_are_neither_start_nor_end_nor_counts(
    headers: tuple[str, ...], cells: list[tuple[str, str]]
) -> None:
    for place, note in enumerate(notes(_log(headers, cells))):
        assert (note.start_date, note.end_date) == (date(2026, 11, 3 + 7 * place), None)
        assert note.metric is None


def test_days_under_start_and_end_stay_days() -> None:
    cells = [("9/10", "11/12"), ("8/9", "10/12")]
    headers = ("작성일", "한 일", "시작", "종료", "배운 점")
    first = notes(_log(headers, cells))[0]
    assert (first.start_date, first.end_date) == (date(2026, 9, 10), date(2026, 11, 12))


@pytest.mark.parametrize(
    ("headers", "role"),
    [
        (("작성일", "한 일", "기존 마감일", "변경 마감일", "배운 점"), "due"),
        (("Logged", "What we tried", "Start date before", "Start date after", "Learned"), "date"),
    ],
)
def test_two_sides_of_a_day_that_their_headers_name_stay_days(
    headers: tuple[str, ...], role: str
) -> None:
    cells = [("2026-11-05", "2026-11-09"), ("2026-11-06", "2026-11-12")]
    fields = {
        column.header: column.field for column in read(_log(headers, cells)).tables[0].columns
    }
    assert role in fields[headers[2]] or role in fields[headers[3]]
