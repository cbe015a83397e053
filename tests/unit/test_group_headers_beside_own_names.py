"""A header of two rows whose first columns are named in the upper one alone, with merged
cells or exported without.
"""

import pytest
from fakes.text_grids import area, grid, read

ENGLISH = """
| Week of | Lead | PLAN | | DO | CHECK | | ACT |
| | | Aim | Hypothesis | Tried | Before (min) | After (min) | Next |
| 2 Nov 2026 | R. Khan | Leave before noon | Round at nine | Joined four rounds | 185 min | 150 \
min | Weekends |
| 9 Nov 2026 | R. Khan | Leave before noon | Letters the day before | Typed two a day | 150 min | \
142 min | All letters |
| 16 Nov 2026 | Ines B. | Fewer bells | Rounds every hour | Beds one to eight | 34 min | 21 min | \
Beds to sixteen |
"""
KOREAN = """
| 날짜 | 담당 | 계획 | | 실행 | 확인 | | 조치 |
| | | 목표 | 가설 | 실행 내용 | 전 | 후 | 다음 할 일 |
| 2026-11-02 | 서윤 | 대기를 줄인다 | 미리 전화하면 준다 | 사십 명에게 걸었다 | 31분 | 24분 | \
모두에게 건다 |
| 2026-11-09 | 서윤 | 대기를 줄인다 | 접수를 나누면 준다 | 창구를 둘로 나눴다 | 24분 | 20분 | \
오후에도 한다 |
| 2026-11-16 | 지호 | 소음을 줄인다 | 통을 바꾸면 준다 | 통 열 개를 바꿨다 | 61분 | 54분 | 더 \
주문한다 |
"""
MERGES = (area(1, 3, 1, 4), area(1, 6, 1, 7))


@pytest.mark.parametrize("merges", [MERGES, ()], ids=["merged", "exported"])
@pytest.mark.parametrize("log", [ENGLISH, KOREAN], ids=["en", "ko"])
def test_the_lower_row_of_a_header_is_no_note(log: str, merges: tuple) -> None:
    reading = read(grid(log, merges=merges))
    (table,) = reading.tables
    assert table.header_rows == (1, 2)
    assert [column.field for column in table.columns] == [
        "date", "owners", "goal", "hypothesis", "execution", "before", "after", "next_action",
    ]  # fmt: skip
    assert [entry.note.place.row for entry in reading.entries] == [3, 4, 5]


def test_a_first_note_with_blanks_is_not_taken_for_a_header() -> None:
    reading = read("""
    | Date | Owner | Goal | Hypothesis | Execution | Before | After | Next action |
    | | | Fewer bells | Rounds help | Did rounds | 34 | 21 | Go on |
    | 2026-11-09 | Ines | Leave early | Letters help | Typed letters | 150 | 142 | All letters |
    """)
    assert reading.tables[0].header_rows == (1,)
    assert [entry.note.place.row for entry in reading.entries] == [2, 3]
