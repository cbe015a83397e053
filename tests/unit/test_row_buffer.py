from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes.text_grids import grid

from notes.model.errors import StoreError
from sync.contents import row_buffer
from sync.contents.row_buffer import BufferedRows, RowBuffer
from sync.contents.workbook import CellError, CellFormat, CellFormats, Grid, Workbook
from sync.parse_result import ParseOptions, join_results
from sync.parsing.layout.sheet.clean_sheet import clean_grid
from sync.parsing.logs.workbooks import parse_workbook
from sync.parsing.table_analysis import sampling

CELLS = [
    None,
    True,
    3,
    3.0,
    "가설\n\udcff",
    date(2026, 2, 3),
    datetime(2026, 2, 3, 4, 5),
    time(6, 7),
    timedelta(hours=30),
]
HEADER = "| 날짜 | 목표 | 가설 | 실행 | 결과 | 배운 점 | 지표 |"


def tall(count: int) -> str:
    lines = [HEADER]
    for number in range(count):
        if number % 9 == 8:
            lines.append("| | | | 한 번 더 보냈다 | | | |")
        elif number % 13 == 12:
            lines.append("| 3월 2주차 | | | | | | |")
        else:
            goal = "재방문 늘리기" if number % 4 == 0 else ""
            day = f"{number % 12 + 1}/{number % 28 + 1}" if number % 5 else "2/30"
            texts = (
                f"문구 {number % 17}를 줄이면 는다 | {number}명에게 보냈다 | 성공 | 짧은 글 "
                f"{number % 17}"
            )
            lines.append(f"| {day} | {goal} | {texts} | |")
        if number % 11 == 10:
            lines.append(lines[-1])
    return "\n".join(lines)


def test_cells_come_back_from_the_file_as_they_were() -> None:
    buffer = RowBuffer(most=1, whole=1)
    rows = buffer.rows(len(CELLS))
    for number in range(2000):
        rows.append([*CELLS, CellError("#REF!"), number])
    found = list(rows)
    assert found == [[*CELLS, CellError("#REF!"), number] for number in range(2000)]
    assert [list(map(type, row)) for row in found[:1]] == [
        list(map(type, [*CELLS, CellError("#REF!"), 1]))
    ]
    assert (rows[1999][-1], rows[-1][-1], [row[-1] for row in rows[3:6]]) == (1999, 1999, [3, 4, 5])
    assert [row[-1] for row in rows.between(1998, 5000)] == [1998, 1999]


def test_few_rows_never_touch_the_disk(tmp_path: Path) -> None:
    rows = RowBuffer(folder=tmp_path / "nowhere").rows(3)
    for number in range(300):
        rows.append([number])
    assert len(list(rows)) == 300


def append_all(rows: BufferedRows) -> None:
    for number in range(1000):
        rows.append([number, "a", "b"])


def test_a_full_disk_is_told_and_not_lost(tmp_path: Path) -> None:
    buffer = RowBuffer(most=10, folder=tmp_path / "nowhere", whole=10)
    rows = buffer.rows(3)
    with pytest.raises(StoreError, match="cannot be buffered"):
        append_all(rows)


def test_formats_of_a_column_are_found_by_row() -> None:
    percent, won = CellFormat("percent"), CellFormat("currency", "₩")
    formats = CellFormats({(9, 2): won, (3, 2): percent, (4, 2): percent, (4, 7): won})
    assert formats[4, 2] == percent
    assert formats.get((5, 2)) is None
    assert list(formats.column(2, 4, 9)) == [(4, percent), (9, won)]
    assert dict(formats) == {(9, 2): won, (3, 2): percent, (4, 2): percent, (4, 7): won}


def test_a_tall_table_reads_the_same_in_parts_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook("log", [grid(tall(400)), grid(tall(90), "3월")])
    whole = join_results(parse_workbook(book, ParseOptions(), RowBuffer()))
    for size in (1, 7, 60):
        monkeypatch.setattr(sampling, "PART", size)
        parts = join_results(parse_workbook(book, ParseOptions(), RowBuffer(most=50, whole=50)))
        assert parts.entries == whole.entries
        assert parts.problems == whole.problems
        assert sorted(parts.skipped, key=repr) == sorted(whole.skipped, key=repr)
        assert parts.tables == whole.tables
    assert len(whole.entries) > 300


def test_rows_that_fit_are_held_and_nothing_is_written(tmp_path: Path) -> None:
    buffer = RowBuffer(most=20, whole=400, folder=tmp_path / "nowhere")
    rows = buffer.rows(60, count=6)
    for number in range(90):
        rows.append([number, "a", None, 0.5])
    assert [row[0] for row in rows] == list(range(90))


def test_where_too_many_rows_are_to_come_none_waits_to_be_written(tmp_path: Path) -> None:
    written = []
    for count in (None, 1_000):
        buffer = RowBuffer(most=20, whole=400, folder=tmp_path)
        rows = buffer.rows(60, count=count)
        for number in range(90):
            rows.append([number, "a", None, 0.5])
        written.append(sum(chunk.piece is not None for chunk in rows._chunks))
        assert [row[0] for row in rows] == list(range(90))
    assert written[0] == 0 < written[1]


def test_long_texts_weigh_more_than_other_cells(tmp_path: Path) -> None:
    rows = RowBuffer(most=20, whole=400, folder=tmp_path / "nowhere").rows(60, count=4)
    for number in range(19):
        rows.append([number, "a long text" * 40, None, 0.5])
    with pytest.raises(StoreError):
        rows.append([19, "a long text" * 40, None, 0.5])


@pytest.mark.parametrize("whole", [0, 10_000])
@pytest.mark.parametrize("given", [0, 10_000])
@pytest.mark.parametrize("count", [0, 7, 600])
def test_rows_move_to_another_buffer_as_they_wait(whole: int, given: int, count: int) -> None:
    other, buffer = RowBuffer(most=200, whole=given), RowBuffer(most=200, whole=whole)
    left, rows = other.rows(2), other.rows(2)
    for number in range(count):
        rows.append([number, "text"])
        left.append([number])
    taken = rows.moved_to(buffer)
    assert (len(rows), list(rows)) == (0, [])
    assert list(left) == [[number] for number in range(count)]
    other.close()
    assert list(taken) == [[number, "text"] for number in range(count)]
    assert [row[0] for row in taken.at(range(count - 1, -1, -50))] == list(
        range(count - 1, -1, -50)
    )
    taken.append([count])
    assert taken[-1] == [count]


@pytest.mark.parametrize("spoilt", [(), (0,), (130,), (130, 199), range(200)])
def test_a_tab_whose_rows_are_clean_stays_where_it_waits(
    monkeypatch: pytest.MonkeyPatch, spoilt: Sequence[int]
) -> None:
    lines = [
        ["2026-11-02", f"{number}번 문구를 줄였다" + " " * (number in spoilt), "성공"]
        for number in range(200)
    ]
    waiting = RowBuffer(most=100, whole=0)
    rows = waiting.rows(3)
    for line in lines:
        rows.append(list(line))
    written: list[int] = []
    encoded = row_buffer._encoded

    def counted(rows: Sequence[Any]) -> bytes:
        written.append(len(rows))
        return encoded(rows)

    monkeypatch.setattr(row_buffer, "_encoded", counted)
    read = RowBuffer(most=100)
    found = clean_grid(Grid("log", rows), read)
    assert sum(written) < 100 or spoilt
    plain = clean_grid(Grid("log", lines), RowBuffer())
    waiting.close()
    assert list(found.rows) == list(plain.rows)
    assert (found.digest, found.facts.record()) == (plain.digest, plain.facts.record())
