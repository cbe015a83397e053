"""The archive says that something is not written once every column has a meaning (method §1)."""

from pathlib import Path

import pytest
from fakes.command import loopnote
from fakes.csv_workspace import CONFIG, one_log

ROWS = """시작,종료,담당,가설,딸깍,지표,전,후,결과,회고,배운 것
2026-11-09,2026-11-13,이나무,저녁이 낫다,저녁 낭독회,손님,40,45,성공,시를 먼저 준 순서가 통했다,
2026-11-16,2026-11-20,이나무,주말이 낫다,주말 낭독회,손님,45,50,성공,시를 먼저 준 순서가 통했다,
"""
ENGLISH = """Start,End,Owner,Hypothesis,Wibble,Metric,Before,After,Outcome,Retrospective,Learned
2026-11-09,2026-11-13,Tom B,Suppers raise,Supper 4,Raised,400,450,Worked,The raffle was first,
2026-11-16,2026-11-20,Tom B,Suppers raise,Supper 5,Raised,500,550,Worked,The raffle was first,
"""


def told(folder: Path) -> str:
    """Return the pages of the notes, built anew where something changed."""
    assert loopnote("archive", "--out", "archive", folder=folder).code == 0
    pages = list((folder / "archive" / "notes").rglob("*.html"))
    assert len(pages) == 2
    return "".join(path.read_text(encoding="utf-8") for path in pages)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "language", "asked", "missing"),
    [
        (ROWS, "ko", "아직 알 수 없음", "적혀 있지 않음"),
        (ENGLISH, "en", "cannot be said yet", "not written"),
    ],
)
def test_a_note_of_the_archive_is_not_called_unwritten_while_a_column_is_a_question(
    tmp_path: Path, rows: str, language: str, asked: str, missing: str
) -> None:
    folder = one_log(tmp_path, rows)
    config = CONFIG.replace('"ko"', f'"{language}"')
    (folder / "config.toml").write_text(config, encoding="utf-8")
    assert loopnote("sync", folder=folder).code == 0
    pages = told(folder)
    assert asked in pages
    assert missing not in pages
    column = rows.split(",", 5)[4]
    known = config.replace(
        'path = "log.csv"', f'path = "log.csv"\ncolumns = {{ "{column}" = "ignore" }}'
    )
    (folder / "config.toml").write_text(known, encoding="utf-8")
    assert loopnote("sync", folder=folder).code == 0
    pages = told(folder)
    assert missing in pages
    assert asked not in pages
