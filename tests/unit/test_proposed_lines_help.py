"""Whatever is refused, the line of configuration that is proposed was tried and helps
(reading rules 1.3a): with it the tab makes notes, or is left out as somebody said.
"""

import tomllib
from dataclasses import replace

import pytest
from fakes.text_grids import grid, read

from bench.corpus.logs import TableLog, table_logs
from notes.messages.problems import reason_of
from notes.model.notes import Problem
from sync.contents.workbook import Grid, Value
from sync.parse_result import ParseOptions, ParseResult

REFUSED = {
    "a header in unknown words": """
        | 가나 | 다라 | 마바 |
        | 2026-05-05 | 문 앞에 의자를 내놓음 | 앉아 쉬는 사람이 많았다 |
        | 2026-05-06 | 의자를 둘로 늘림 | 자리가 모자랐다 |
    """,
    "no header": """
        | 2026-05-05 | 문 앞에 의자를 내놓음 | 앉아 쉬는 사람이 많았다 |
        | 2026-05-06 | 의자를 둘로 늘림 | 자리가 많이 모자랐다 |
        | 2026-05-07 | 의자를 모두 치움 | 아무도 안 서고 지나갔다 |
    """,
    "a single remark beside unknown columns": """
        | Room | Floor | Wing | What we did |
        | Blue | 2 | North | Moved the desks to the window |
        | Red | 3 | South | Took the door off its hinges |
    """,
    "a list of things": """
        | Part | Price | Supplier | Notes |
        | Hinge | 12 | Acme tools | Bends when it is cold outside |
        | Lock | 31 | Acme tools | Comes with three keys and a spare |
    """,
    "numbers under words of numbers": """
        | 지점 | 방문 수 |
        | 서울역 | 12 |
        | 부산역 | 9 |
    """,
    "labels that come again, and nobody knows whose": """
        | 결과: 여섯 명이 왔다 |
        | 이름: 쿠폰 |
        | 결과: 아무도 안 왔다 |
        | 결과: 두 명이 왔다 |
        | 이름: 간판 |
    """,
    "minutes in prose": """
        | 회의록 |
        | 참석자: 박, 이, 최 |
        | 이 과장이 장소를 알아보기로 하였고 최 대리는 예산을 다시 뽑기로 함 |
        | 창고 정리를 다음 달로 미루기로 함 |
    """,
    "people by weeks": """
        | 이름 | 2026-W10 | 2026-W11 |
        | 조은 | 전화 대신 방문을 함 | 방문 때 견본을 가져감 |
        | 하준 | 문자로 약속을 잡음 | 약속 하루 전에 알림 |
    """,
}


def _refusals(reading: ParseResult) -> list[Problem]:
    return [one for one in reading.problems if one.code == "not_understood"]


def _is_of_help(grids: list[Grid], refusal: Problem) -> bool:
    """Return whether a reading with the proposed line has notes of the tab, or only leaves it
    out as the line says.
    """
    line = tomllib.loads(dict(refusal.facts)["line"])
    options = replace(ParseOptions(), **line)
    reading, tab = read(*grids, options=options), refusal.place.tab
    asked = tab in {one.place.tab for one in _refusals(reading)}
    noted = tab in {entry.note.place.tab for entry in reading.entries}
    return not asked and (noted or line.get("tables") == {tab: "guide"})


@pytest.mark.parametrize("kind", REFUSED)
def test_the_line_that_is_proposed_for_a_refused_tab_helps(kind: str) -> None:
    grids = [grid(REFUSED[kind], "내 일지")]
    (refusal,) = _refusals(read(*grids))
    assert _is_of_help(grids, refusal)


def _damaged(log: TableLog) -> list[list[Grid]]:
    """Return copies of a log without its first lines, and one whose header names nothing."""
    copies = [
        [Grid(tab.name, [list(row) for row in tab.rows[lost:]]) for tab in log.tabs]
        for lost in (1, 2, 3)
    ]
    return [*copies, [Grid(tab.name, _without_names(tab.rows)) for tab in log.tabs]]


def _without_names(rows: list[list[Value]]) -> list[list[Value]]:
    texts = [sum(isinstance(cell, str) for cell in row) for row in rows[:8]]
    header = texts.index(max(texts, default=0)) if texts else 0
    return [
        [f"열 {place}" if cell is not None else None for place, cell in enumerate(row)]
        if number == header
        else list(row)
        for number, row in enumerate(rows)
    ]


@pytest.mark.parametrize("log", table_logs()[::4], ids=lambda log: str(log.name))
def test_the_line_that_is_proposed_for_a_damaged_log_helps(log: TableLog) -> None:
    for grids in _damaged(log):
        for refusal in _refusals(read(*grids)):
            assert _is_of_help(grids, refusal), refusal


def test_where_a_header_is_missing_the_sentence_says_so() -> None:
    (headless,) = _refusals(read(grid(REFUSED["no header"], "내 일지")))
    (prose,) = _refusals(read(grid(REFUSED["minutes in prose"], "내 일지")))
    assert "no row above them that names the columns" in reason_of(headless, "en")
    assert "열 이름(날짜, 실행, 결과 등)을 적은 줄이 없어" in reason_of(headless, "ko")
    assert "if it is no log" in reason_of(prose, "en")
