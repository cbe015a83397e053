"""Schedules, checklists and lists of things to do are no log; a deed of its own is no step of
the trial above.
"""

import pytest
from fakes.text_grids import codes, grid, notes, read

from sync.parse_result import ParseOptions

SCHEDULE = """
| 작업 | 담당 | 시작일 | 종료일 | 진척률 | 선행 작업 |
| 요구 사항 정리 | 가람 | 2026-11-02 | 2026-11-06 | 100% | |
| 화면 그리기 | 누리 | 2026-11-09 | 2026-11-13 | 80% | 1 |
| 서버 만들기 | 다솔 | 2026-11-09 | 2026-11-27 | 40% | 1 |
"""
GANTT = """
| Task | Owner | Start | End | Duration | % Complete |
| Gather what is needed | Ann | 2026-11-02 | 2026-11-06 | 5d | 100% |
| Draw the screens | Bo | 2026-11-09 | 2026-11-13 | 5d | 80% |
| Build the server | Cy | 2026-11-09 | 2026-11-27 | 15d | 40% |
"""
CHECKLIST = """
| 언제 | 할 일 | 담당 | 완료 |
| 첫날 | 노트북과 계정 받기 | 인사팀 | O |
| 첫날 | 사무실 둘러보기 | 짝 | O |
| 첫 주 | 제품 교육 듣기 | 제품팀 | |
"""
TO_DO = """
| To do | Due | Priority | Status |
| Send the invoices | 2026-11-20 | high | done |
| Ask for an offer for the sign | 2026-11-24 | low | in progress |
| Print new cards | 2026-11-30 | low | not started |
"""


@pytest.mark.parametrize("table", [SCHEDULE, GANTT, CHECKLIST, TO_DO])
def test_work_that_is_only_planned_or_ticked_off_makes_no_note_and_is_said(table: str) -> None:
    assert notes(table) == []
    assert [code for _, _, code in codes(read(table))] == ["not_understood"]


@pytest.mark.parametrize("table", [SCHEDULE, GANTT, CHECKLIST, TO_DO])
def test_the_team_may_say_that_such_a_table_is_its_log(table: str) -> None:
    tab = grid(table, "일")
    assert len(notes(tab, options=ParseOptions(tables={"일": "log"}))) == 3


def test_a_list_of_work_beside_a_log_belongs_to_it() -> None:
    log = """
| 날짜 | 가설 | 실행 | 결과 | 회고 |
| 2026-11-16 | 가까우면 온다 | 지도를 붙였다 | 세 명이 왔다 | 지도를 보고 왔다 |
| 2026-11-17 | 싸면 온다 | 쿠폰을 뿌렸다 | 줄이 길어졌다 | 기다림이 길었다 |
"""
    assert {note.place.tab for note in notes(grid(log, "실험"), grid(TO_DO, "다음"))} == {
        "실험",
        "다음",
    }


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("비고", ["손님이 줄을 서서 기다렸다", "아무도 오지 않아 접었다", "다음 주로 미뤘다"]),
        ("결과", ["계정을 받는 데 이틀 걸렸다", "짝이 길을 잘 알았다", "교육이 너무 길었다"]),
    ],
)
def test_work_that_tells_how_it_went_is_a_log(header: str, cells: list[str]) -> None:
    lines = SCHEDULE.strip("\n").split("\n")
    told = [f"{line} {cell} |" for line, cell in zip(lines, [header, *cells], strict=True)]
    assert len(notes("\n".join(told))) == 3


TRIALS = """
| 날짜 | 담당 | 가설 | 실행 | 결과 |
| 2026-11-02 | 가람 | 쿠폰을 주면 다시 온다 | 쿠폰 200장을 나눴다 | 스물여덟이 다시 왔다 |
| 2026-11-09 | 누리 | 전단을 돌리면 온다 | 전단 500장을 돌렸다 | 마흔 명이 왔다 |
| 2026-11-11 | 다솔 | | {deed} | |
| 2026-11-16 | 가람 | 문자를 보내면 온다 | 문자 120통을 보냈다 | 서른한 명이 왔다 |
"""


def test_a_deed_with_its_own_day_and_person_is_no_step_of_the_trial_above() -> None:
    found = notes(TRIALS.format(deed="거래처 세 곳에 전화했다"))
    assert [(note.execution, note.owners) for note in found][1:3] == [
        ("전단 500장을 돌렸다", ("누리",)),
        ("거래처 세 곳에 전화했다", ("다솔",)),
    ]
    assert found[1].end_date is None


def test_a_numbered_step_goes_on_with_its_trial_whoever_did_it() -> None:
    found = notes(TRIALS.format(deed="2) 아파트에 한 번 더 돌렸다"))
    assert len(found) == 3
    assert found[1].owners == ("누리", "다솔")


def test_where_every_other_trial_has_steps_with_days_and_people_they_are_steps() -> None:
    log = """
| Day | Who | Hypothesis | What we did |
| 2026-11-02 | Ann | A sign brings people | Painted the sign |
| 2026-11-04 | Bo | | Hung it over the door |
| 2026-11-09 | Cy | A bell brings people | Bought a bell |
| 2026-11-10 | Ann | | Rang it at noon |
"""
    assert [note.owners for note in notes(log)] == [("Ann", "Bo"), ("Cy", "Ann")]


def test_a_tall_log_is_read_as_a_short_one() -> None:
    lines = TRIALS.format(deed="거래처 세 곳에 전화했다").strip("\n").split("\n")
    body = [line.replace("전단", f"전단{number}") for number in range(400) for line in lines[1:]]
    tall = notes("\n".join([lines[0], *body]))
    assert sum(1 for note in tall if note.execution.startswith("거래처")) == 1
    assert {len(note.owners) for note in tall} == {1}


@pytest.mark.parametrize(
    "table",
    [
        """
| 차시 | 학습 목표 | 학습 내용 | 준비물 | 시간 |
| 1 | 분수의 뜻을 안다 | 색종이를 접어 나누기 | 색종이 | 40 |
| 2 | 분수의 크기를 비교한다 | 막대 그림으로 비교하기 | 활동지 | 40 |
""",
        """
| 부서 | 담당자 | 주요 업무 | 대체 근무자 | 내선 |
| 총무 | 김가희 | 급여와 복리 후생 관리 | 이나래 | 101 |
| 영업 | 박다온 | 거래처 계약과 견적 관리 | 최라미 | 102 |
""",
        """
| Hazard | Existing controls | Severity | Likelihood | Reduction measure |
| Hands may touch the blade | A cover is fixed over it | 4 | 3 | Two switches far apart |
| Heavy boxes hurt the back | Two people lift them | 2 | 4 | Buy a hand truck |
""",
    ],
)
def test_plans_of_lessons_duties_and_dangers_are_no_log(table: str) -> None:
    assert notes(table) == []


def test_a_decision_with_its_day_and_decider_is_what_was_done() -> None:
    log = """
| Decided on | Decision | Why we chose this | What we expect | Decided by |
| 2026-04-01 | Close on Mondays | Fewest guests come then | Costs fall and nobody minds | Ada |
| 2026-04-08 | Drop the paper menu | It is out of date each week | Guests use the board | Bo |
"""
    first = notes(log)[0]
    assert (first.execution, first.next_action) == ("Close on Mondays", "")
    assert (str(first.start_date), first.owners) == ("2026-04-01", ("Ada",))
