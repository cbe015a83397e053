"""A week that writes no year takes it from its row's own day, before tab, title or other rows
(reading rules 7.2).
"""

import pytest
from fakes.text_grids import codes, grid, notes, read

from sync.parsing.cells.date_grammar.dates import read_date

LOG = """
| 날짜 | 주차 | 가설 | 결과 |
| 2023-11-08 | W45 | 가격을 내리면 는다 | 늘었다 |
| 2024-01-03 | W1 | 문구를 줄이면 는다 | 줄었다 |
| 2024-12-31 | W1 | 알림을 늦추면 연다 | 열었다 |
| 2025-01-01 | W01 | 알림을 합치면 연다 | 안 열었다 |
"""


@pytest.mark.parametrize("tab", ["2023", "3월", "11월", "Log"])
def test_a_week_stands_in_the_year_of_its_rows_own_day(tab: str) -> None:
    reading = read(grid(LOG, tab=tab))
    assert [entry.note.week for entry in reading.entries] == [
        "2023-W45", "2024-W01", "2025-W01", "2025-W01",
    ]  # fmt: skip
    assert codes(reading) == []


def test_a_week_that_its_day_contradicts_is_told_in_the_year_of_the_day() -> None:
    reading = read(
        grid(
            """
            | Week | Date | Hypothesis | Observation |
            | 9 | 2023-03-01 | Lower prices sell | It sold more |
            | 30 | 2024-03-01 | Shorter mails sell | It sold less |
            """,
            tab="2023",
        )
    )
    assert [(one.code, one.facts) for one in reading.problems] == [
        ("week_date_conflict", (("date", "2024-03-01"), ("week", "2024-W30")))
    ]


@pytest.mark.parametrize(
    ("label", "weeks"),
    [
        ("Week 3 (Sept 14–18, 2026)", ("", "2026-09-14", "2026-09-18")),
        ("Week 3 (2026-09-14 - 2026-09-18)", ("", "2026-09-14", "2026-09-18")),
        ("Week 37 (Sept 14–18, 2026)", ("2026-W37", "2026-09-14", "2026-09-18")),
        ("2026-W03 (2026-09-14)", ("2026-W03", "2026-09-14", "None")),
    ],
)
def test_a_week_far_from_the_days_beside_it_counts_otherwise_than_the_year(
    label: str, weeks: tuple[str, str, str]
) -> None:
    """A slip of one week is told, "Week 3" in September is the third of a term."""
    reading = read_date(label)
    assert (reading.week, str(reading.start), str(reading.end)) == weeks


def test_a_weekday_under_the_third_week_of_a_term_is_a_day_of_its_days() -> None:
    log = """
    | Week 3 (Sept 14–18, 2026) | | |
    | Day | What we tried | Next time |
    | Mon | Started with a riddle | Give two minutes only |
    | Wed | Exit tickets | Ask one question |
    """
    days = [str(note.start_date) for note in notes(log)]
    assert days == ["2026-09-14", "2026-09-16"]
