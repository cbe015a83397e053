"""A log that was saved again without a change in a cell is as it was: nothing of it is parsed
or linked.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fakes.entries import MONDAY, weeks_later
from openpyxl import Workbook as WorkbookFile
from openpyxl.comments import Comment

from notes.store.store import Store
from sync.contents.row_buffer import RowBuffer
from sync.contents.workbook import Area, CellFormat, Grid, Remark, Value
from sync.files.source import FileSource
from sync.parse_result import ParseOptions
from sync.parsing.layout import tab_layout
from sync.parsing.layout.sheet.clean_sheet import clean_grid
from sync.parsing.logs import workbooks
from sync.pulls.pull import PullResult, SourceJob, pull_source

LOGS: dict[str, list[list[Value]]] = {
    "en": [
        ["Date", "Hypothesis", "What we did", "Result"],
        ["2026-09-01", "A shorter sign stops more people", "Hung a sign of three lines", "worked"],
        ["2026-09-02", "A coupon brings people back", "Gave thirty coupons away", "failed"],
        ["2026-09-03", "Asking first helps", "Asked nine guests", "worked"],
    ],
    "ko": [
        ["날짜", "가설", "실행", "결과"],
        ["2026-09-01", "안내문이 짧으면 더 머문다", "세 줄로 줄여 걸었다", "성공"],
        ["2026-09-02", "쿠폰을 주면 다시 온다", "서른 장을 나눠 주었다", "실패"],
        ["2026-09-03", "먼저 물으면 말이 는다", "손님 아홉 분께 여쭈었다", "성공"],
    ],
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Give a function that tells how many tabs were looked at for tables since it was last
    asked.
    """
    calls: list[str] = []
    real = tab_layout.find_tables

    def find(sheet: Any, *more: Any) -> Any:
        calls.append(sheet.tab)
        return real(sheet, *more)

    monkeypatch.setattr(workbooks, "find_tables", find)

    def since() -> int:
        count = len(calls)
        calls.clear()
        return count

    return since


def save(path: Path, lines: list[list[Value]], *, tab: str = "Log", hide: int = 0) -> None:
    book = WorkbookFile()
    book.active.title = tab
    for line in lines:
        book.active.append(line)
    if hide:
        book.active.row_dimensions[hide].hidden = True
    book.properties.creator = f"somebody at {time.perf_counter_ns()}"
    book.save(path)


def pull(
    store: Store, path: str, now: datetime, *, settings: str = "a", full: bool = False
) -> PullResult:
    job = SourceJob(
        FileSource("log", "growth", path),
        ParseOptions(),
        fingerprint={"settings": settings, "reader": "1"},
    )
    pulled = pull_source(store, job, run_id="run", now=now, full=full, progress=lambda _line: None)
    assert pulled.ok, pulled.error
    return pulled


def kept(store: Store) -> list[tuple[str, str, str]]:
    return [(one.id, one.note.hypothesis, one.note.execution) for one in store.notes()]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_workbook_of_the_same_cells_is_unchanged(
    store: Store, tmp_path: Path, language: str, opened: Callable[[], int]
) -> None:
    path = tmp_path / "log.xlsx"
    save(path, LOGS[language])
    assert pull(store, str(path), MONDAY).counts.new == 3
    before, bytes_before = kept(store), path.read_bytes()
    opened()
    for week in (1, 2):
        save(path, LOGS[language])
        assert path.read_bytes() != bytes_before
        pulled = pull(store, str(path), weeks_later(week))
        assert (pulled.unchanged, pulled.counts.gone, opened()) == (True, 0, 0)
    assert kept(store) == before
    assert store.health()[0].last_success == weeks_later(2)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_change_is_read_and_what_follows_is_compared_with_it(
    store: Store, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "log.xlsx"
    first = LOGS[language]
    other = [*first[:2], [*first[2][:3], first[1][3]], first[3]]
    save(path, first)
    pull(store, str(path), MONDAY)
    counts = []
    for week, lines in enumerate((other, other, first, first[:3], first[:3]), 1):
        save(path, lines)
        pulled = pull(store, str(path), weeks_later(week))
        counts.append((pulled.unchanged, pulled.counts.changed, pulled.counts.gone))
    assert counts == [(False, 1, 0), (True, 0, 0), (False, 1, 0), (False, 0, 1), (True, 0, 0)]


def test_another_file_beside_it_is_read_and_nothing_of_the_first_goes(
    store: Store, tmp_path: Path
) -> None:
    pattern = str(tmp_path / "*.xlsx")
    save(tmp_path / "a.xlsx", LOGS["en"])
    assert pull(store, pattern, MONDAY).counts.new == 3
    save(tmp_path / "a.xlsx", LOGS["en"])
    save(tmp_path / "b.xlsx", LOGS["ko"])
    pulled = pull(store, pattern, weeks_later(1))
    assert (pulled.unchanged, pulled.counts.new, pulled.counts.gone) == (False, 3, 0)
    save(tmp_path / "a.xlsx", LOGS["en"])
    pulled = pull(store, pattern, weeks_later(2))
    assert (pulled.unchanged, pulled.counts.new, pulled.counts.gone) == (False, 0, 0)
    (tmp_path / "b.xlsx").unlink()
    pulled = pull(store, pattern, weeks_later(3))
    assert (pulled.counts.new, pulled.counts.unchanged) == (0, 3)


def test_a_hidden_row_other_settings_and_a_full_reading_are_read(
    store: Store, tmp_path: Path, opened: Callable[[], int]
) -> None:
    path = tmp_path / "log.xlsx"
    save(path, LOGS["en"])
    pull(store, str(path), MONDAY)
    for week, (hide, settings, full) in enumerate(
        ((3, "a", False), (3, "b", False), (3, "b", True), (0, "b", False)), 1
    ):
        opened()
        save(path, LOGS["en"], hide=hide)
        pulled = pull(store, str(path), weeks_later(week), settings=settings, full=full)
        assert not pulled.unchanged
        assert opened() == 1


ROWS: list[list[Value]] = [["Date", "Goal"], ["2026-09-01", 1], [None, 0.5]]
GRID = Grid("Log", ROWS)
OTHERS: dict[str, Grid] = {
    "a cell": replace(GRID, rows=[ROWS[0], ROWS[1], [None, 0.25]]),
    "a type": replace(GRID, rows=[ROWS[0], ["2026-09-01", True], ROWS[2]]),
    "a number as text": replace(GRID, rows=[ROWS[0], ["2026-09-01", "1"], ROWS[2]]),
    "the place of a cell": replace(GRID, rows=[ROWS[0], ROWS[1], [0.5, None]]),
    "a row more": replace(GRID, rows=[*ROWS, [None, None]]),
    "the tab's name": replace(GRID, tab="Log 2"),
    "a merge": replace(GRID, merges=(Area(2, 1, 3, 1),)),
    "a hidden row": replace(GRID, hidden_rows=frozenset({2})),
    "a hidden column": replace(GRID, hidden_columns=frozenset({2})),
    "a format": replace(GRID, formats={(3, 2): CellFormat("percent")}),
    "the place of a format": replace(GRID, formats={(2, 2): CellFormat("percent")}),
    "a link": replace(GRID, links={(2, 1): "https://example.org"}),
    "a comment": replace(GRID, comments={(2, 1): "why"}),
    "a person": replace(GRID, people={(2, 1): "kim@example.org"}),
    "a table": replace(GRID, tables=(Area(1, 1, 3, 2),)),
    "the tab hidden": replace(GRID, hidden=True),
    "the locale": replace(GRID, locale="de_DE"),
    "the address": replace(GRID, cell_url="https://example.org/{row}"),
    "a remark": replace(GRID, remarks=(Remark("stray_cells", 9),)),
}


def digest(grid: Grid) -> bytes:
    buffer = RowBuffer()
    try:
        return clean_grid(grid, buffer).digest
    finally:
        buffer.close()


@pytest.mark.parametrize("what", list(OTHERS))
def test_all_that_a_reading_depends_on_changes_the_digest(what: str) -> None:
    assert digest(OTHERS[what]) != digest(GRID)
    assert digest(replace(OTHERS[what])) == digest(OTHERS[what])


def test_every_field_of_a_grid_is_among_them() -> None:
    changed = {
        name
        for grid in OTHERS.values()
        for name in Grid.__dataclass_fields__
        if getattr(grid, name) != getattr(GRID, name)
    }
    assert changed == set(Grid.__dataclass_fields__)


def test_a_comment_in_a_file_is_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    save(path, LOGS["en"])
    pull(store, str(path), MONDAY)
    book = WorkbookFile()
    for line in LOGS["en"]:
        book.active.append(line)
    book.active.title = "Log"
    book.active["B2"].comment = Comment("told by the baker", "Kim")
    book.save(path)
    again = pull(store, str(path), weeks_later(1))
    once_more = pull(store, str(path), weeks_later(2))
    assert (again.counts.gone, once_more.unchanged) == (0, True)
