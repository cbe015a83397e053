"""What a column is beside its neighbours: deeds and what came of them, and lists that are no log
(reading rules 1.3b, 4, 6, 8).
"""

import pytest
from fakes.text_grids import notes, read


def test_actual_beside_a_deed_and_an_expectation_is_what_came_of_it() -> None:
    english = """
    | Date | What we tried | Expected | Actual | Next step |
    | 2026-09-12 | Seated tastings | People stay longer | Stayed a bit longer | Borrow six chairs |
    """
    korean = """
    | 날짜 | 아이디어 | 예상 | 실제 | 다음 |
    | 2026-09-12 | 앉아서 시음 | 오래 머문다 | 조금 더 머물렀다 | 의자 빌리기 |
    """
    told = [(n.execution, n.hypothesis, n.retrospective) for n in notes(english) + notes(korean)]
    assert told == [
        ("Seated tastings", "People stay longer", "Stayed a bit longer"),
        ("앉아서 시음", "오래 머문다", "조금 더 머물렀다"),
    ]


def test_actual_beside_a_plan_alone_is_the_deed() -> None:
    (note,) = notes("| 날짜 | 계획 | 실제 |\n| 2026-09-12 | 세 곳을 방문한다 | 두 곳만 방문했다 |")
    assert (note.hypothesis, note.execution) == ("세 곳을 방문한다", "두 곳만 방문했다")


def test_thoughts_behind_a_result_look_back_and_a_thought_before_a_deed_expects() -> None:
    log = """
    | Date | What we did | Result | Thoughts |
    | 2026-09-12 | Seated tastings | Sold six boxes more | Needs more chairs |
    """
    (note,) = notes(log)
    assert (note.hypothesis, note.retrospective) == ("", "Needs more chairs")


AB = """
| Name | Test | Control | Variant | Control CTR | Variant CTR | Winner | Notes |
| Hero | Button colour | Blue | Green | 4.1% | 5.3% | Variant | Green stands out |
| Footer | Link text | Read more | See prices | 5.0% | 4.8% | Control | Prices scare |
| Menu | Order | Old | New | 4.9% | 4.9% | Tie | No difference |
"""


def test_a_variant_that_is_green_or_new_is_no_verdict() -> None:
    assert [n.outcome for n in notes(AB)] == ["success", "failure", "inconclusive"]
    assert [n.execution for n in notes(AB)] == ["Green", "See prices", "New"]


def test_a_column_of_winners_holds_no_labels() -> None:
    log = """
    | 영상 | 업로드일 | 테스트 | A안 | B안 | 클릭률 A | 클릭률 B | 승자 | 메모 |
    | 여름 캠핑 | 2026-06-05 | 글자 크기 | 작은 글자 | 큰 글자 | 4.1% | 5.3% | B | 세 단어까지만 |
    | 비 오는 날 | 2026-06-12 | 얼굴 | 얼굴 없음 | 놀란 얼굴 | 5.0% | 4.8% | A | 과하면 싫어한다 |
    """
    assert [n.outcome for n in notes(log)] == ["success", "failure"]


def test_a_winner_that_is_no_side_is_a_problem() -> None:
    log = AB.replace("| Control | Prices", "| Purple | Prices")
    assert [p.code for p in read(log).problems] == ["unknown_status"]


def test_a_result_is_kept_beside_parts_of_looking_back_and_beside_reasons() -> None:
    parts = """
    | 일시 | 시도 내용 | 결과 및 소감 | 보완할 점 |
    | 2026-09-01 | 시간표를 먼저 보여 줌 | 네 명이 등록하고 좋아했다 | 반을 미리 정해 두기 |
    """
    reasons = """
    | Pilot | Start | Design | Finding | Decision | Rationale for decision |
    | Bot | 2026-01-13 | Bot asks first | Calls fell a lot | Roll out | Clients liked it |
    """
    (one,), (two,) = notes(parts), notes(reasons)
    assert one.retrospective == "네 명이 등록하고 좋아했다\n반을 미리 정해 두기"
    assert (two.retrospective, two.hypothesis) == ("Calls fell a lot\nClients liked it", "")


@pytest.mark.parametrize("header", ["안건(목표)", "Topic (goal)", "제목(목표)"])
def test_a_bracket_with_a_field_s_very_name_decides(header: str) -> None:
    log = f"| 날짜 | {header} | 해본 것 | 회고 |\n| 2026-09-01 | 등록을 늘린다 | 전화 | 좋았다 |"
    assert [n.goal for n in notes(log)] == ["등록을 늘린다"]


@pytest.mark.parametrize(
    ("header", "name"), [("사범", "우진"), ("MD", "채이"), ("성함", "최민채"), ("Ward lead", "Ana")]
)
def test_an_occupation_names_the_owner(header: str, name: str) -> None:
    log = f"""
    | 날짜 | {header} | 해본 것 | 회고 |
    | 2026-09-01 | {name} | 줄넘기로 준비운동을 했다 | 웃으며 뛰었다 |
    | 2026-09-08 | {name} | 음악을 틀고 뛰었다 | 소리가 컸다고 한다 |
    """
    assert {n.owners for n in notes(log)} == {(name,)}


def test_a_play_beside_a_deed_is_its_name() -> None:
    log = """
    | Play | Owner | What we did | Retro |
    | Onboarding call in week one | Dana | Called 25 accounts | Half booked a call |
    """
    (note,) = notes(log)
    assert (note.title, note.execution) == ("Onboarding call in week one", "Called 25 accounts")


def test_the_state_before_is_no_deed() -> None:
    korean = """
    | 날짜 | 현황 | 개선 내용 | 효과 |
    | 2026-09-01 | 의자 소리가 크다고 한다 | 의자 발에 펠트를 붙였다 | 눈에 띄게 조용해졌다 |
    """
    english = """
    | Date | Current state | Improvement made | Benefit |
    | 2026-09-01 | People say the chairs are loud | We put felt on the chairs | It is quiet now |
    """
    told = [note.execution for note in notes(korean) + notes(english)]
    assert told == ["의자 발에 펠트를 붙였다", "We put felt on the chairs"]


def test_what_a_trial_is_judged_by_is_no_goal() -> None:
    log = """
    | 가설 | 검증 방법 | 성공 기준 | 검증 결과 |
    | 짧으면 읽을 것이다 | 안내문을 줄였다 | 절반이 끝까지 읽으면 | 글씨가 작아 아쉬웠다 |
    """
    assert [n.goal for n in notes(log)] == [""]


def test_current_and_reached_values_are_sides_beside_a_target() -> None:
    log = """
    | KPI | 실험 | 목표치 | 현재치 | 결과치 | 단위 | 시작 | 코멘트 |
    | 대기 시간 | 접수와 계산을 나눔 | 15 | 32 | 14 | 분 | 2026-03-02 | 사람이 더 필요했다 |
    """
    (note,) = notes(log)
    assert note.metric
    assert (note.metric.target, note.metric.before, note.metric.after) == (15, 32, 14)


def test_a_plan_to_catch_up_makes_a_log_of_targets_and_deeds() -> None:
    log = """
    | 날짜 | 담당 | KPI | 목표 | 실적 | 활동 | 차질 사유 | 만회 대책 |
    | 2026-09-07 | 김하늘 | 예약 취소 | 10 | 12 | 문자를 보냈다 | 문자가 길었다 | 두 줄로 줄이기 |
    | 2026-09-14 | 박서준 | 완독 수 | 8 | 9 | 안내문을 줄였다 | 글씨가 작았다 | 그림을 넣기 |
    """
    assert [n.next_action for n in notes(log)] == ["두 줄로 줄이기", "그림을 넣기"]


def test_in_a_school_a_lesson_is_what_was_taught() -> None:
    log = """
    | Lesson | Date | Teacher | What was new | Pupils' reaction | Next lesson |
    | Fractions | 2026-09-01 | Rita | Folded paper first | Most of them got it | Use more paper |
    """
    assert [(n.title, n.learned) for n in notes(log)] == [("Fractions", "")]


@pytest.mark.parametrize(
    "table",
    [
        """
        | Ticket | Opened | Customer | Subject | Description | Assignee | Closed |
        | 88 | 2026-09-01 | Northwind | Cannot log in | No mail arrives | Kai | 2026-09-02 |
        """,
        """
        | 접수번호 | 접수일 | 고객 | 제목 | 내용 | 담당자 | 처리상태 |
        | C-1 | 2026-09-01 | 한빛 | 로그인 안 됨 | 메일이 오지 않는다고 함 | 김하나 | 완료 |
        """,
        """
        | Date | Name | From | Comment |
        | 2026-07-01 | Elke | Bremen | Lovely garden and very kind staff |
        """,
        """
        | 부서 | 담당자 | 주요 업무 | 세부 내용 | 대직자 |
        | 총무 | 김하나 | 자산 관리 | 비품 구매와 재고 관리, 차량 배차 | 이두리 |
        """,
        """
        | 책 제목 | 지은이 | 추천한 사람 | 추천 이유 | 모임 날짜 | 대여 여부 |
        | 섬에 사는 사람들 | 한여름 | 지안 | 짧고 이야깃거리가 많아서 | 2026-09-04 | O |
        """,
    ],
    ids=["tickets", "inquiries", "visitors", "duties", "books"],
)
def test_a_list_of_what_others_wrote_or_what_there_is_makes_no_notes(table: str) -> None:
    assert notes(table) == []


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("이번 달 실험", "execution"),
        ("This week's trial", "execution"),
        ("What the coach tried", "execution"),
        ("How the children responded", "retrospective"),
        ("What customers said", "retrospective"),
        ("만회 대책", "next_action"),
        ("What fell flat", "retrospective"),
    ],
)
def test_a_spoken_header_is_its_field_whatever_its_cells_say(header: str, field: str) -> None:
    log = f"| Date | Who | {header} |\n| 2026-09-01 | Rita | Four samples by the door |"
    (note,) = notes(log)
    assert getattr(note, field) == "Four samples by the door"
    assert note.goal == ""


def test_a_way_to_improve_before_what_came_out_was_taken() -> None:
    log = """
    | 제안일 | 제안자 | 현 문제점 | 개선 방안 | 기대 효과 | 실시 결과 | 채택 여부 |
    | 2026-09-01 | 김하늘 | 소음이 크다 | 의자 발에 펠트 | 조용할 것이다 | 조용해졌다 | 채택 |
    """
    (note,) = notes(log)
    assert (note.execution, note.next_action) == ("의자 발에 펠트", "")


def test_a_decision_to_keep_is_read_under_whatever_asks_for_it() -> None:
    log = "| 날짜 | 해본 것 | 결과 | {} |\n| 2026-09-01 | 전화를 했다 | 네 명이 왔다 | 유지 |"
    kinds = [notes(log.format(one))[0].next_kind for one in ("적용 여부", "이어가기", "Roll out?")]
    assert kinds == ["keep", "keep", "keep"]
