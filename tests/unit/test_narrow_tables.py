"""A table on a narrow terminal shows every letter of its cells, Korean ones too."""

import io
import re
import sys

import pytest
from rich.cells import cell_len

from loopnote.cli.output import console

CELLS = (
    "9/1(화)~9/7(월)",
    "첫 주문 뒤 2주 안에 다시 주문하게 한다",
    "outbox/2026-W47-weekly-r1--chair@demo.example.eml",
)


def test_a_day_stays_whole_where_a_text_can_be_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    text = "단골 문자에 책 사진을 세 장 넣어 보았다 " * 3
    console.print_table(["날짜", "내용", "까닭"], [("2026-11-02", text, text)])
    assert "2026-11-02" in shown.getvalue()
    assert max(map(cell_len, shown.getvalue().splitlines())) <= 60


def test_a_table_without_rows_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    console.print_table(["to", "state"], [])
    assert capsys.readouterr().out in ("  none\n", "  없음\n")


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
