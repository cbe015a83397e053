"""Forms of a day: lines above and below a table, labels beside each other (RULES 2.3, 2.4, 7.7)."""

import pytest
from fakes.text_grids import accounted, grid, notes, read

KOREAN = """
| 업무일지 | | | |
| 일자 | 2026-11-16 | 작성자 | 오은지 |
| 시간 | 업무 내용 | 비고 | |
| 9:00 | 반죽 온도를 2도 낮췄다 | | |
| 11:00 | 발효실 문을 고쳤다 | | |
| 느낀 점 | 오후에 손님이 몰렸다 | | |
| 명일 계획 | 새 밀가루를 시험한다 | | |
"""
ENGLISH = """
| Daily report | | |
| Date: 16 November 2026 | | |
| Name: Priya | | |
| Time | What was done | Where |
| 9:00 | Rang forty members | desk |
| 14:00 | Moved the desk | hall |
| Lessons learned | People answer after six | |
| Plan for tomorrow | Ring the rest | |
"""


@pytest.mark.parametrize(("log", "person"), [(KOREAN, "오은지"), (ENGLISH, "Priya")])
def test_the_day_and_the_writer_above_a_table_are_those_of_its_rows(log: str, person: str) -> None:
    for note in notes(log):
        assert (str(note.start_date), note.owners) == ("2026-11-16", (person,))


@pytest.mark.parametrize("log", [KOREAN, ENGLISH])
def test_labels_below_a_table_are_no_deeds(log: str) -> None:
    first, second, noted = notes(log)
    assert first.execution
    assert second.execution
    assert (noted.execution, bool(noted.next_action)) == ("", True)
    assert noted.learned or noted.retrospective
    grids = [grid(log)]
    assert accounted(read(*grids), grids) == set()


def test_a_form_without_a_table_has_all_labels_of_a_line() -> None:
    (note,) = notes("""
    | 일일 업무 보고 | | | |
    | 작성자 | 오은지 | 일자 | 2026-11-16 |
    | 금일 업무 내용 | 반죽 온도를 2도 낮췄다 | | |
    | 문제점 | 발효실 문이 안 닫힌다 | | |
    | 익일 업무 계획 | 새 밀가루를 시험한다 | | |
    """)
    assert (note.owners, str(note.start_date)) == (("오은지",), "2026-11-16")
    assert note.execution == "반죽 온도를 2도 낮췄다"


def test_a_day_above_a_table_with_days_is_only_a_title() -> None:
    (note,) = notes("""
    | Report | | |
    | Date: 2026-01-05 | | |
    | Date | What we tried | What happened |
    | 2026-11-02 | Rang the lapsed members | Forty came back |
    """)
    assert str(note.start_date) == "2026-11-02"


def test_tabs_named_after_days_date_their_rows_and_one_such_tab_does_not() -> None:
    table = "| Time | What was done | Where |\n| 9:00 | Rang forty members | desk |"
    both = notes(grid(table, "2026-11-16"), grid(table, "2026-11-17"))
    assert [str(note.start_date) for note in both] == ["2026-11-16", "2026-11-17"]
    (alone,) = notes(grid(table, "2026-11-16"))
    assert alone.start_date is None


def test_a_lesson_below_a_log_is_a_lesson() -> None:
    found = notes("""
    | Trial | Action | Result |
    | Desk | Moved the desk | Fewer people ask |
    | Mats | Swapped the mats | Nobody noticed it |
    | Lessons learned | Small things go unseen | |
    """)
    assert [(note.execution, note.learned) for note in found] == [
        ("Moved the desk", ""),
        ("Swapped the mats", ""),
        ("", "Small things go unseen"),
    ]


def test_fields_down_the_first_column_stay_one_record() -> None:
    (note,) = notes("""
    | 항목 | 내용 |
    | 가설 | 차가우면 모양이 산다 |
    | 실행 | 온도를 2도 낮췄다 |
    | 배운 점 | 반죽은 차가워야 한다 |
    | 다음 계획 | 여름에는 더 낮춘다 |
    """)
    assert (note.hypothesis, note.learned) == ("차가우면 모양이 산다", "반죽은 차가워야 한다")


@pytest.mark.parametrize(
    "log",
    [
        """
        | 담당자 | 업무 내용 | 결과 |
        | 오은지 | 반죽 온도를 2도 낮췄다 | 모양이 살았다 |
        | 차민호 | 배달 가방을 바꿨다 | 더 늦었다 |
        | 특이사항 | 오후에 손님이 몰렸다 | |
        """,
        """
        | Owner | What was done | What came of it |
        | Priya | Rang forty members | Ten of them came back |
        | Tom | Swapped the mats | Nobody noticed it |
        | Remarks | The phone line dropped twice | |
        """,
    ],
)
def test_a_remark_below_a_table_is_no_person_and_is_not_lost(log: str) -> None:
    *_, last = notes(log)
    assert last.owners == ()
    assert last.execution == ""
    assert last.retrospective


def test_a_form_of_a_proposal_has_two_labels_a_line_and_its_counts_before_and_after() -> None:
    form = """
    | 개선 제안서 | | | |
    | 제안자 | 정하윤 | 제안일 | 2026-05-06 |
    | 개선 내용 | 테이프를 수레에 달았다 | | |
    | 개선 전 | 왕복 14회 | 개선 후 | 왕복 5회 |
    | 향후 계획 | 2라인에도 달기 | | |
    """
    (note,) = notes(form)
    assert (note.owners, str(note.start_date)) == (("정하윤",), "2026-05-06")
    assert (note.execution, note.next_action) == ("테이프를 수레에 달았다", "2라인에도 달기")
    assert note.metric
    assert (note.metric.before, note.metric.after, note.metric.unit) == (14, 5, "회")
