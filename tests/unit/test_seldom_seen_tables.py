"""Tables that few teams write: each has one right reading."""

from datetime import date

import pytest
from fakes.text_grids import grid, notes, read

from sync.contents.workbook import Value
from sync.parsing.layout.label_lines import is_label_line
from sync.parsing.layout.line_kinds import is_total
from sync.parsing.table_analysis.row_keys import _encoded
from sync.parsing.tables.record_table import ColumnCells


@pytest.mark.parametrize(
    "log",
    [
        """
        날짜 | 왜? | 한 일 | 결과
        2026-11-02 | 손님은 짧은 글을 더 읽는다 | 안내문을 두 줄로 줄였다 | 문의가 줄었다
        2026-11-03 | 사진이 있으면 더 머문다 | 사진을 세 장 넣었다 | 머문 시간이 늘었다
        """,
        """
        Date | Why? | What we did | Result
        2026-11-02 | Guests read short texts | Cut the notice to two lines | Fewer questions
        2026-11-03 | People stay for pictures | Added three photos | They stayed longer
        """,
    ],
)
def test_a_reason_beside_deeds_is_what_was_believed(log: str) -> None:
    for note in notes(log):
        assert note.hypothesis
        assert not note.goal


def test_a_task_of_improvement_names_the_way_to_it() -> None:
    first, _second = notes("""
        날짜 | 개선 과제 | 개선 방안 | 결과
        2026-11-02 | 계산대 늘리기 | 점심에 계산대를 하나 더 연다 | 줄이 짧아졌다
        2026-11-03 | 안내문 줄이기 | 안내문을 두 줄로 줄여 붙인다 | 문의가 줄었다
    """)
    assert first.title == "계산대 늘리기"


def test_who_answers_whether_to_stop_has_not_said_to_go_on_twice() -> None:
    first, second = notes("""
        날짜 | 한 일 | 결과 | 후속 조치 구분 | 계속/중단
        2026-11-02 | 안내문을 두 줄로 줄였다 | 문의가 줄었다 | 계속 | 계속
        2026-11-03 | 사진을 세 장 넣었다 | 변화가 없었다 | 중단 | 중단
    """)
    assert (first.next_kind, second.next_kind) == ("keep", "stop")


def test_an_end_without_a_year_lies_behind_its_start_over_new_year() -> None:
    first, _second = notes(
        grid(
            """
            시작일 | 종료일 | 한 일 | 결과
            12/28 | 1/3 | 안내문을 두 줄로 줄였다 | 문의가 줄었다
            12/21 | 12/24 | 사진을 세 장 넣었다 | 머문 시간이 늘었다
            """,
            tab="2026",
        )
    )
    assert (first.start_date, first.end_date) == (date(2026, 12, 28), date(2027, 1, 3))


def test_a_stretch_under_a_deadline_is_when_it_was_done() -> None:
    first, _second = notes("""
        마감 | 한 일 | 결과 | 담당
        2026-11-02 ~ 2026-11-06 | 안내문을 두 줄로 줄였다 | 문의가 줄었다 | 민지
        2026-11-09 ~ 2026-11-13 | 사진을 세 장 넣었다 | 머문 시간이 늘었다 | 도윤
    """)
    assert (first.start_date, first.end_date) == (date(2026, 11, 2), date(2026, 11, 6))


@pytest.mark.parametrize(
    ("says", "lower"), [("낮을수록 좋음", True), ("높을수록 좋음", False), ("", None)]
)
def test_a_column_says_which_direction_of_a_number_is_better(says: str, lower: bool | None) -> None:
    first, *_rest = notes(f"""
        날짜 | 한 일 | 지표 | 전 | 후 | 목표 방향
        2026-11-02 | 안내문을 두 줄로 줄였다 | 반응 지수 | 12 | 9 | {says}
        2026-11-03 | 사진을 세 장 넣었다 | 머문 시간 | 10 | 14 | 높을수록 좋음
    """)
    assert first.metric is not None
    assert first.metric.lower_is_better is lower


def test_two_headers_that_differ_in_their_brackets_name_one_number() -> None:
    first, _second = notes("""
        날짜 | 한 일 | 전환율 (전) | 전환율 (후)
        2026-11-02 | 안내문을 두 줄로 줄였다 | 12% | 9%
        2026-11-03 | 사진을 세 장 넣었다 | 10% | 14%
    """)
    assert first.metric is not None
    assert (first.metric.name, first.metric.before, first.metric.after) == ("전환율", 12, 9)


def test_a_row_that_names_no_other_trial_has_no_link() -> None:
    first, second = notes("""
        날짜 | 한 일 | 결과 | 관련 실험
        2026-11-02 | 안내문을 두 줄로 줄였다 | 문의가 줄었다 | 첫 안내문
        2026-11-03 | 사진을 세 장 넣었다 | 머문 시간이 늘었다 |
    """)
    assert (first.links, second.links) == (("첫 안내문",), ())


def test_an_owner_who_is_mentioned_too_is_named_once() -> None:
    first, second = notes("""
        날짜 | 한 일 | 담당 | 결과 | 회고
        2026-11-02 | 안내문을 두 줄로 줄였다 | 민지 | 문의가 줄었다 | @민지 고생했다
        2026-11-03 | 사진을 세 장 넣었다 | 수아 | 머문 시간이 늘었다 | @도윤 덕분이다
    """)
    assert (first.owners, first.people) == (("민지",), ())
    assert (second.owners, second.people) == (("수아",), ("도윤",))


def test_feedback_is_known_by_who_gave_and_who_got_it() -> None:
    reading = read("""
        날짜 | 주는 사람 | 받는 사람 | 피드백
        2026-11-02 | 민지 | 도윤 | 설명이 쉬워서 손님이 바로 알아들었다
        2026-11-03 | 수아 | 민지 | 정리를 먼저 해 주어 고마웠다
    """)
    assert [entry.note.kind for entry in reading.entries] == ["feedback", "feedback"]


def test_planned_and_done_beside_a_task_are_action_items() -> None:
    reading = read("""
        주차 | 할 일 | 계획 | 완료
        2026-W45 | 매장 방문 | 10 | 8
        2026-W45 | 전화 | 20 | 21
    """)
    assert {entry.note.kind for entry in reading.entries} == {"action"}


@pytest.mark.parametrize(
    "log",
    [
        "할 일 | 완료\n상자 정리 | TRUE\n영수증 모으기 | FALSE\n창고 열쇠 찾기 | FALSE",
        "Task | Done\nSort the boxes | TRUE\nCollect receipts | FALSE\nFind the key | FALSE",
        "할 일\n상자 정리\n영수증 모으기\n창고 열쇠 찾기",
        "이름\n민지\n도윤\n수아",
        "To do | Priority\nSort the boxes | 1\nCollect receipts | 2\nFind the key | 3",
    ],
)
def test_a_list_of_things_to_do_is_no_log(log: str) -> None:
    assert not notes(log)


def test_a_hidden_tab_without_a_cell_leaves_nothing_to_tell() -> None:
    shown = grid("날짜 | 한 일 | 결과\n2026-11-02 | 안내문을 두 줄로 줄였다 | 문의가 줄었다")
    reading = read(shown, type(shown)("빈 탭", [], hidden=True))
    assert [(one.tab, one.code) for one in reading.skipped] == [("Log", "header")]


def test_a_row_of_numbers_without_any_is_no_note() -> None:
    reading = read("""
        지표 | 2026-W44 | 2026-W45 | 2026-W46
        방문 | 10 | 12 | 14
        예약 | | |
        문의 | 3 | 4 | 5
    """)
    assert [entry.note.title for entry in reading.entries] == ["방문", "문의"]


def test_groups_of_weekdays_have_a_note_a_day() -> None:
    made = notes("""
        월 | | 화 | | 수 | | 목 |
        한 일 | 결과 | 한 일 | 결과 | 한 일 | 결과 | 한 일 | 결과
        글을 줄였다 | 문의 감소 | 사진을 넣었다 | 더 머묾 | 줄을 나눴다 | 빨라짐 | 전화했다 | 예약
    """)
    assert "글을 줄였다" in "".join(note.execution for note in made)


def test_sides_that_share_only_results_are_no_trials() -> None:
    made = notes("""
        A | | B |
        결과 | 배운 점 | 결과 | 배운 점
        문의가 줄었다 | 짧은 글이 낫다 | 문의가 늘었다 | 긴 글은 안 읽는다
        예약이 늘었다 | 사진이 돕는다 | 예약이 줄었다 | 글만으로는 모른다
    """)
    assert all(not note.execution for note in made)


def test_a_transposed_table_of_very_many_columns_is_read_or_told_to_be_cut() -> None:
    days = [date(2026, 1, 1).toordinal() + n for n in range(450)]
    header = ["날짜", *(str(date.fromordinal(day)) for day in days)]
    deeds = ["한 일", *(f"안내문 {n}번을 두 줄로 줄였다" for n in range(450))]
    ends = ["결과", *(f"문의가 {n + 2}건 줄었다" for n in range(450))]
    reading = read("\n".join(" | ".join(line) for line in (header, deeds, ends)))
    read_days = [entry.note.start_date for entry in reading.entries]
    assert read_days == list(map(date.fromordinal, days[:399]))
    assert [problem.code for problem in reading.problems] == ["cut_columns"]


def test_metrics_of_a_plan_list_have_a_day_from_which_they_are_judged() -> None:
    reading = read("""
        지표 | 값 | 단위 | 목표 | 판정 가능일 | 주차
        방문 | 12 | 명 | 20 | 2026-12-01 | 2026-W46
        예약 | 3 | 건 | 8 | 2026-12-08 | 2026-W46
        문의 | 5 | 건 | 2 | 2026-12-08 | 2026-W46
    """)
    assert len(reading.entries) == 3


def test_stages_below_each_other_without_a_text_are_no_cycle() -> None:
    made = notes("""
        단계 | 날짜
        Plan | 2026-11-02
        Do | 2026-11-03
        Check | 2026-11-04
        Act | 2026-11-05
    """)
    assert not made


def test_a_column_knows_how_many_cells_it_has() -> None:
    assert len(ColumnCells([["a", 1], ["b", 2], ["c", 3]], [1, 3], 2)) == 2


@pytest.mark.parametrize("mark", ["\ud83d", 1 << 70])
def test_a_cell_that_no_encoding_takes_still_makes_a_row_another_one(mark: Value) -> None:
    assert _encoded(("a", mark)) != _encoded(("a", "b"))


def test_a_name_that_stands_alone_on_a_line_is_no_label() -> None:
    assert not is_label_line(["담당", "민지", 3])
    assert not is_label_line(["·", "민지"])
    assert not is_total("합계" + "과 " * 25)
