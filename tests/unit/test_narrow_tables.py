"""A table on a narrow terminal shows every letter of its cells, Korean ones too."""

import io
import re
import sys

import pytest

from loopnote.cli.output import console

CELLS = (
    "9/1(화)~9/7(월)",
    "첫 주문 뒤 2주 안에 다시 주문하게 한다",
    "outbox/2026-W47-weekly-r1--chair@demo.example.eml",
)


@pytest.mark.parametrize("width", [30, 60, 80])
@pytest.mark.parametrize("cell", CELLS)
def test_nothing_of_a_cell_is_cut(cell: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    console.print_table(["열", "예"], [(cell, "x" * width)])
    told = re.sub(r"[x열예─\s]|\x1b\[[0-9;]*m", "", shown.getvalue())
    wanted = re.sub(r"[x\s]", "", cell)
    assert told == wanted
