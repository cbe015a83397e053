"""Sheets' JSON becomes typed cells; requests are as few as memory allows."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from sync.contents.workbook import CellError, CellFormat
from sync.sheets.memory import SheetsMemory, from_json, must_read_again, to_json
from sync.sheets.number_formats import day_from_serial, format_kind, number_value
from sync.sheets.spreadsheet import (
    KNOWN_CELLS,
    RowRange,
    SheetTab,
    TabContents,
    choose_tabs,
    decode_spreadsheet,
    parse_spreadsheet_id,
    plan_requests,
)

RECORDED = Path(__file__).parents[1] / "data" / "services" / "google-spreadsheets.json"
NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)


def form(kind: str, pattern: str = "") -> dict[str, str]:
    return {"type": kind, "pattern": pattern}


@pytest.mark.parametrize(
    ("number", "number_format", "value"),
    [
        (43831, form("DATE", "yyyy-mm-dd"), date(2020, 1, 1)),
        (43831.5, form("DATE_TIME"), datetime(2020, 1, 1, 12)),
        (43831.999999999, form("DATE"), date(2020, 1, 2)),
        (0, form("DATE"), 0),
        (-3, form("DATE"), -3),
        (3_000_000, form("DATE"), 3_000_000),
        (0.75, form("TIME", "h:mm"), time(18)),
        (1.5, form("TIME", "[h]:mm:ss"), timedelta(hours=36)),
        (1.25, form("TIME", "h:mm"), timedelta(hours=30)),
        (0.14, form("PERCENT", "0%"), 0.14),
        (43831, None, 43831),
    ],
)
def test_a_number_is_what_its_format_says(number: float, number_format: Any, value: Any) -> None:
    assert number_value(number, number_format)[0] == value


@pytest.mark.parametrize(
    ("kind", "pattern", "shown"),
    [
        ("NUMBER", "#,##0.00", ("", "")),
        ("NUMBER", '0"건"', ("number", "건")),
        ("NUMBER", '#,##0"원"', ("currency", "원")),
        ("CURRENCY", "[$₩-412]#,##0", ("currency", "₩")),
        ("CURRENCY", '#,##0.00\\ "€"', ("currency", "€")),
        ("NUMBER", "[$R$ -416]#,##0.00", ("currency", "R$")),
        ("NUMBER", "#,##0;[Red]-#,##0", ("", "")),
        ("NUMBER", "0.0%", ("percent", "%")),
        ("TEXT", "@", ("text", "")),
        ("SCIENTIFIC", "0.00E+00", ("", "")),
        ("A_NEW_ONE", "", ("", "")),
    ],
)
def test_a_pattern_tells_sign_and_unit(kind: str, pattern: str, shown: tuple[str, str]) -> None:
    assert format_kind(kind, pattern) == shown


def test_a_format_is_kept_only_where_the_value_does_not_tell() -> None:
    assert number_value(0.5, form("PERCENT"))[1] == CellFormat("percent", "%")
    assert number_value(43831, form("DATE"))[1] is None
    assert str(CellError("#REF!")) == "#REF!"


def test_daylight_saving_moves_no_day() -> None:
    assert [day_from_serial(serial) for serial in (46110, 46111)] == [
        date(2026, 3, 29),
        date(2026, 3, 30),
    ]


def tab(number: int, rows: int, columns: int = 10, **more: Any) -> SheetTab:
    return SheetTab(number, f"T{number}", rows, columns, **more)


def test_small_tabs_share_a_request_and_a_big_one_is_cut_into_stretches() -> None:
    batches = list(plan_requests([tab(1, 50), tab(2, 9000), tab(3, 50)], {}))
    stretches = [stretch for batch in batches for stretch in batch]
    assert stretches[0] == RowRange(tab(1, 50))
    assert [(s.first, s.last) for s in stretches[1:-1]] == [(1, 4000), (4001, 8000), (8001, 9000)]
    assert [len(batch) for batch in batches] == [1, 1, 1, 2]


def test_requests_follow_the_data_and_not_the_grid() -> None:
    empty = tab(1, 50_000, 100)
    brought: dict[int, TabContents] = {}
    asked = []
    for (stretch,) in plan_requests([empty], {}, brought):
        asked.append(stretch)
        brought[1] = TabContents(len(asked), 40)
    assert len(asked) <= 5
    assert [one.first for one in asked[1:]] == [one.last + 1 for one in asked[:-1]]
    assert asked[-1].last == 50_000


def test_where_a_long_emptiness_ends_in_full_rows_the_stretches_are_short_again() -> None:
    brought: dict[int, TabContents] = {}
    lengths = []
    for number, (stretch,) in enumerate(plan_requests([tab(1, 50_000, 100)], {}, brought), 1):
        lengths.append(stretch.last - stretch.first + 1)
        full = max(0, stretch.last - max(stretch.first, 3_000) + 1) * 100
        brought[1] = TabContents(number, (brought[1].cells if 1 in brought else 0) + full)
    assert lengths[:3] == [400, 4_800, lengths[2]]
    assert max(lengths[3:-1]) <= 1_000


def test_an_untouched_grid_of_thousand_rows_tells_nothing_but_what_was_read_before_does() -> None:
    fresh = [tab(number, 10_000, 26) for number in range(20)]
    before = {str(number): KNOWN_CELLS // 2 for number in range(20)}
    assert len(list(plan_requests([tab(1, 1000, 26)] * 20, {}))) == 1
    assert len(list(plan_requests(fresh, before))) == 20


def test_ten_tabs_of_thousand_rows_that_were_read_before_are_one_request() -> None:
    tabs = [tab(number, 1_010, 17) for number in range(10)]
    assert len(list(plan_requests(tabs, {str(number): 17_000 for number in range(10)}))) == 1


def test_titles_are_quoted_and_their_apostrophes_doubled() -> None:
    assert RowRange(SheetTab(1, "O'Brien", 9, 28), 2, 9).range == "'O''Brien'!A2:AB9"
    assert RowRange(SheetTab(1, "Q1", 9, 9)).range == "'Q1'"


def test_tabs_are_chosen_by_title_or_pattern() -> None:
    tabs = [
        SheetTab(1, "1월", 9, 9),
        SheetTab(2, "[초안]", 9, 9),
        SheetTab(3, "숨김", 9, 9, hidden=True),
        SheetTab(4, "Chart", 0, 0, is_grid=False),
    ]
    assert [found.id for found in choose_tabs(tabs, ["*"])[0]] == [1, 2]
    assert [found.id for found in choose_tabs(tabs, ["[초안]", "숨김"])[0]] == [2, 3]
    assert choose_tabs(tabs, ["2월", "1월"])[1] == ("2월",)


@pytest.mark.parametrize(
    "address",
    [
        "1Sle_EDNRq8PsQGzmskqQWIGnUT4epR",
        " https://docs.google.com/spreadsheets/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4epR/edit?gid=0#gid=0 ",
        "https://docs.google.com/spreadsheets/u/2/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4epR",
        "https://docs.google.com/a/team.example/spreadsheets/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4epR/edit",
        "docs.google.com/spreadsheets/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4epR",
        "https://drive.google.com/open?id=1Sle_EDNRq8PsQGzmskqQWIGnUT4epR",
        "https://drive.google.com/file/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4epR/view",
    ],
)
def test_every_form_of_address_names_the_spreadsheet(address: str) -> None:
    assert parse_spreadsheet_id(address) == "1Sle_EDNRq8PsQGzmskqQWIGnUT4epR"


def seen(version: str = "7", modified: str = "2026-09-01T00:00:00.000Z") -> dict[str, str]:
    return {"version": version, "modifiedTime": modified}


def after(time: datetime | None = NOON, **file: str) -> SheetsMemory:
    return SheetsMemory.after("id", ["*"], seen(**file), cells={"0": 9}, now=NOON, time=time)


def again(memory: SheetsMemory, time: datetime = NOON, now: datetime = NOON, **file: str) -> bool:
    return must_read_again(memory, seen(**file), every=24, now=now, time=time)


def test_an_equal_version_means_no_change() -> None:
    assert not again(after())
    assert again(after(), version="8")
    assert again(SheetsMemory())


def test_cells_read_right_after_an_edit_are_read_once_more_at_rest() -> None:
    hot = after(modified="2026-09-07T11:55:00.000Z")
    assert not again(hot, modified="2026-09-07T11:55:00.000Z")
    assert again(hot, time=NOON + timedelta(minutes=20), modified="2026-09-07T11:55:00.000Z")


def test_cells_are_read_now_and_then_even_if_nothing_seems_changed() -> None:
    memory = after()
    for _ in range(24):
        memory = memory.passed()
    assert again(memory)
    assert again(after(), now=NOON + timedelta(days=1))


def test_the_memory_survives_json_and_belongs_to_its_spreadsheet_and_tabs() -> None:
    state = json.loads(json.dumps(to_json(after())))
    assert from_json(state, "id", ["*"]) == after()
    assert from_json(state, "id", ["3월"]) == from_json(state, "other", ["*"]) == SheetsMemory()


def test_recorded_spreadsheets_are_understood() -> None:
    answers = json.loads(RECORDED.read_text(encoding="utf-8"))
    for answer in answers:
        found = decode_spreadsheet(answer)
        assert found.title
        assert all(one.title and one.rows and one.columns for one in found.tabs)
    assert len(answers) == 20
