"""Schedules, checklists and lists of things to do are no log; a deed of its own is no step of
the trial above.
"""

import pytest
from fakes.text_grids import area, codes, grid, notes, read

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


UNDATED = """
| 날짜 | 담당 | 같이 | 가설 | 실행 | 결과 |
| 2026-11-02 | 가람 | | 쿠폰을 주면 다시 온다 | 쿠폰 200장을 나눴다 | 스물여덟이 다시 왔다 |
| 2026-11-09 | 누리 | 마루 | 전단을 돌리면 온다 | 전단 500장을 돌렸다 | 마흔 명이 왔다 |
| 2026-11-16 | 가람 | | 문자를 보내면 온다 | 문자 120통을 보냈다 | 서른한 명이 왔다 |
| | {person} | | | {deed} | |
"""
UNDATED_ENGLISH = """
| Date | Owner | With | Hypothesis | Action | Result |
| 2026-11-02 | Ann | | Coupons bring people back | Handed out 200 coupons | Twenty-eight came back |
| 2026-11-09 | Bo | Di | Leaflets bring people in | Dropped 500 leaflets | Forty people came |
| 2026-11-16 | Ann | | Texts bring people in | Sent 120 texts | Thirty-one people came |
| | {person} | | | {deed} | |
"""


@pytest.mark.parametrize(
    ("log", "person", "deed"),
    [
        (UNDATED, "누리", "겨울 메뉴 정하기"),
        (UNDATED, "다솔, 누리", "겨울 메뉴 정하기"),
        (UNDATED_ENGLISH, "Bo", "Choose the winter menu"),
    ],
)
def test_what_another_person_does_without_a_day_is_no_step_of_the_trial_above(
    log: str, person: str, deed: str
) -> None:
    *_, above, stub = notes(log.format(person=person, deed=deed))
    assert (len(above.owners), deed in above.execution) == (1, False)
    assert (stub.execution, stub.owners, stub.start_date) == (
        deed,
        tuple(person.split(", ")),
        None,
    )


@pytest.mark.parametrize(
    ("person", "deed"),
    [
        ("가람", "겨울 메뉴 정하기"),
        ("다솔, 가람", "겨울 메뉴 정하기"),
        ("", "겨울 메뉴 정하기"),
        ("미정", "겨울 메뉴 정하기"),
        ("누리", "2) 답이 없는 분께 전화했다"),
    ],
)
def test_a_step_without_a_day_goes_on_with_its_own_persons_trial(person: str, deed: str) -> None:
    last = notes(UNDATED.format(person=person, deed=deed))[-1]
    assert last.execution.split("\n")[0] == "문자 120통을 보냈다"
    assert len(last.execution.split("\n")) == 2


def test_who_helped_with_a_trial_goes_on_with_it() -> None:
    *rows, _ = UNDATED.format(person="", deed="").strip("\n").split("\n")
    log = "\n".join([*rows[:3], "| | 마루 | | | 아파트에도 돌렸다 | |", *rows[3:]])
    assert [note.owners for note in notes(log)] == [("가람",), ("누리", "마루"), ("가람",)]


def test_who_did_a_numbered_step_goes_on_with_the_trial() -> None:
    log = UNDATED.format(person="누리", deed="2) 답이 없는 분께 전화했다")
    last = notes(f"{log.rstrip()}\n| | 누리 | | | 또 전화했다 | |\n")[-1]
    assert len(last.execution.split("\n")) == 3


def test_a_person_under_one_spelling_of_the_team_is_the_same_person() -> None:
    log = UNDATED.format(person="Garam", deed="겨울 메뉴 정하기")
    assert len(notes(log)) == 4
    assert len(notes(log, options=ParseOptions(aliases={"Garam": "가람"}))) == 3


def test_deeds_below_each_other_without_a_day_are_one_note_each() -> None:
    log = UNDATED.format(person="누리", deed="겨울 메뉴 정하기").rstrip()
    more = [("누리", "봄 메뉴 정하기"), ("가람", "간판 닦기"), ("", "간판 다시 걸기")]
    found = notes("\n".join([log, *(f"| | {who} | | | {deed} | |" for who, deed in more)]))
    assert [(note.execution, note.owners) for note in found[3:]] == [
        ("겨울 메뉴 정하기", ("누리",)),
        ("봄 메뉴 정하기", ("누리",)),
        ("간판 닦기\n간판 다시 걸기", ("가람",)),
    ]


def test_a_trial_of_nobody_goes_on_with_whoever_did_the_step() -> None:
    log = UNDATED.format(person="누리", deed="답이 없는 분께 전화했다").replace(
        "16 | 가람", "16 | "
    )
    assert [note.owners for note in notes(log)] == [("가람",), ("누리",), ("누리",)]


@pytest.mark.parametrize(("log", "person"), [(UNDATED, "김가람"), (UNDATED_ENGLISH, "Ann Lee")])
def test_a_given_name_may_be_that_of_the_full_name_below_it(log: str, person: str) -> None:
    assert len(notes(log.format(person=person, deed="Called those who did not answer"))) == 3


def test_deeds_below_a_line_of_their_own_are_compared_with_each_other() -> None:
    rows = UNDATED.strip("\n").split("\n")
    deeds = [rows[-1].format(person=who, deed=f"{who} 메뉴 정하기") for who in ("", "누리", "가람")]
    found = notes("\n".join([*rows[:-1], "| 11월 4주차 | | | | | |", *deeds]))
    assert [note.owners for note in found[2:]] == [("가람",), ("누리",), ("가람",)]


def test_a_deed_below_one_with_a_day_of_its_own_is_compared_with_that_person() -> None:
    log = UNDATED.format(person="누리", deed="거래처 세 곳에 전화했다").rstrip()
    *rows, last = log.split("\n")
    rows.append(last.replace("| |", "| 2026-11-18 |", 1))
    same, other = (f"| | {who} | | | 견적을 받았다 | |" for who in ("누리", "가람"))
    assert len(notes("\n".join([*rows, same]))) == 4
    assert len(notes("\n".join([*rows, other]))) == 5


def test_where_the_day_is_merged_over_them_several_peoples_deeds_are_one_trial() -> None:
    log = UNDATED.format(person="누리", deed="답이 없는 분께 전화했다")
    assert len(notes(grid(log, "일", merges=[area(4, 1, 5, 1)]))) == 3


def test_where_every_other_trial_has_steps_of_several_people_they_are_steps() -> None:
    log = """
| Who | Hypothesis | What we did |
| Ann | A sign brings people | Painted the sign |
| Bo | | Hung it over the door |
| Cy | A bell brings people | Bought a bell |
| Ann | | Rang it at noon |
"""
    assert [note.owners for note in notes(log)] == [("Ann", "Bo"), ("Cy", "Ann")]


@pytest.mark.parametrize("day", ["", "2026-11-20"])
def test_a_pile_of_work_below_one_trial_is_no_habit_of_the_log(day: str) -> None:
    log = UNDATED.format(person="누리", deed="겨울 메뉴 정하기").rstrip()
    *rows, _ = log.split("\n")
    pile = [f"| {day} | 누리 | | | {deed} | |" for deed in ("메뉴 정하기", "간판 닦기", "전화하기")]
    assert len(notes("\n".join([*rows, *pile]))) == 6


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
