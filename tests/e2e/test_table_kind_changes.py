"""A tab that becomes another kind of table says so, once."""

from pathlib import Path

from fakes.command import loopnote
from fakes.csv_workspace import one_log

ACTIONS = "주,할 일,계획,실행\n2026-W46,콜드메일 발송,40,30\n2026-W46,제안서,4,4\n"
LOG = (
    "주,할 일,가설,실행\n2026-W46,콜드메일,보내면 온다,서른 통\n2026-W46,제안서,줄이면 "
    "읽는다,두 쪽으로 줄였다\n"
)


def test_a_tab_that_becomes_another_kind_of_table_says_so_once(tmp_path: Path) -> None:
    folder = one_log(tmp_path, ACTIONS)
    (folder / "log.csv").write_text(LOG, encoding="utf-8")
    loopnote("sync", "--full", folder=folder)
    told = loopnote("--json", "problems", folder=folder)
    assert '"code":"kind_changed"' in told.out
    assert "action" in told.out
    assert "experiment" in told.out
    loopnote("sync", "--full", folder=folder)
    assert "kind_changed" not in loopnote("--json", "problems", folder=folder).out
