"""A cell that could not be read is not blank.

Nothing is filled into it or past it, and it is a problem (RULES 2.2).
"""

from dataclasses import replace

import pytest
from fakes.text_grids import codes, grid, notes, read

from sync.contents.workbook import CellError

LOG = """
| 날짜 | 목표 | 가설 | 실행 |
| 2026-11-16 | 재방문 40% | 쿠폰이면 온다 | 쿠폰을 붙였다 |
| 2026-11-17 | {cell} | 포장이면 온다 | 용기를 바꿨다 |
| 2026-11-18 |  | 자리면 온다 | 자리를 넓혔다 |
"""


@pytest.mark.parametrize("cell", ["#REF!", "Loading...", "로드 중..."])
def test_no_goal_is_filled_into_or_past_a_cell_that_could_not_be_read(cell: str) -> None:
    log = LOG.format(cell=cell)
    assert [note.goal for note in notes(log)] == ["재방문 40%", "", ""]
    assert codes(read(log)) == [(3, "B", "error_value")]


def test_a_formula_without_a_stored_value_is_such_a_cell() -> None:
    log = grid(LOG.format(cell="?"))
    rows = [list(row) for row in log.rows]
    rows[2][1] = CellError("=A1")
    assert [note.goal for note in notes(replace(log, rows=rows))] == ["재방문 40%", "", ""]


def test_a_trial_whose_hypothesis_could_not_be_read_is_no_step_of_the_one_above() -> None:
    log = """
    | 날짜 | 가설 | 실행 |
    | 2026-11-16 | 쿠폰이면 온다 | 쿠폰을 붙였다 |
    | 2026-11-17 | #REF! | 용기를 바꿨다 |
    """
    assert [note.execution for note in notes(log)] == ["쿠폰을 붙였다", "용기를 바꿨다"]


def test_a_week_that_could_not_be_read_is_not_the_one_above() -> None:
    log = """
    | 주차 | 가설 | 실행 |
    | 2026-W46 | 쿠폰이면 온다 | 쿠폰을 붙였다 |
    | #REF! | 포장이면 온다 | 용기를 바꿨다 |
    |  | 자리면 온다 | 자리를 넓혔다 |
    """
    assert [note.week for note in notes(log)] == ["2026-W46", "", ""]
