"""A header that changes half-way down a table, without a blank line (issue 13, item 6)."""

import pytest
from fakes.text_grids import notes, read


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (
            """
            | 날짜 | 실험 | 결과 | 담당 |
            | 2026-08-03 | 반죽 온도를 2도 낮췄다 | 모양이 살아났다 | 오은지 |
            | 날짜 | 담당 | 가설 | 실험 | 배운 점 |
            | 2026-08-17 | 차민호 | 구역을 나누면 빨라질 것이다 | 구역을 둘로 나눴다 | 길을 알아야 \
한다 |
            """,
            ("구역을 나누면 빨라질 것이다", "길을 알아야 한다", ("차민호",)),
        ),
        (
            """
            | Date | What we tried | What happened | Owner |
            | 2026-08-03 | Rang the lapsed members | Forty came back | Priya |
            | Date | Owner | Hypothesis | What we tried | Learnings |
            | 2026-08-17 | Omar | Clean lockers keep members | Cleaned twice a day | Nobody \
noticed |
            """,
            ("Clean lockers keep members", "Nobody noticed", ("Omar",)),
        ),
        (
            """
            | 날짜 | 시도한 것 | 무슨 일이 있었나 |
            | 2026-08-03 | 진열대를 옮겼다 | 묻는 사람이 줄었다 |
            | Date | Hypothesis | Action | Learned | Owner |
            | 2026-08-17 | Clean lockers keep members | Cleaned twice a day | Nobody noticed | \
Omar |
            """,
            ("Clean lockers keep members", "Nobody noticed", ("Omar",)),
        ),
    ],
)
def test_rows_below_a_changed_header_are_read_under_it(
    log: str, told: tuple[str, str, tuple[str, ...]]
) -> None:
    before, after = notes(log)
    assert (after.hypothesis, after.learned, after.owners) == told
    assert (before.hypothesis, before.learned) == ("", "")


def test_one_column_put_between_moves_the_cells_of_the_later_rows_only() -> None:
    first, second = notes("""
    | Date | What we tried | What happened | Next step |
    | 2026-08-03 | Rang the lapsed members | Forty came back | Ring the rest |
    | Date | What we tried | Why | What happened | Next step |
    | 2026-08-17 | Hung a timetable | Walk-ins do not know the hours | They stop and read it | \
Hang two |
    """)
    assert (first.retrospective, first.next_action) == ("Forty came back", "Ring the rest")
    assert (second.retrospective, second.next_action) == ("They stop and read it", "Hang two")


def test_the_same_header_again_stays_one_table() -> None:
    log = """
    | Date | What we tried | What happened |
    | 2026-08-03 | Rang the lapsed members | Forty came back |
    | Date | What we tried | What happened |
    | 2026-08-17 | Hung a timetable | They stop and read it |
    """
    reading = read(log)
    assert len(reading.entries) == 2
    assert len(reading.tables) == 1


def test_a_record_of_short_words_that_are_also_names_of_fields_is_no_header() -> None:
    log = """
    | Action | Result | Owner | Next |
    | Moved the desk | Fewer questions came | Priya | Leave it there |
    | Goal | Success | Omar | Next |
    | Hung a timetable | They stop and read it | Priya | Hang two of them |
    """
    assert len(read(log).tables) == 1
