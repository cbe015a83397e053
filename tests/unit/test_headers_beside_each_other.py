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
    log = f"""
| Date | Who | Result | {header} |
| 2026-09-01 | Rita | success | Four samples by the door |
"""
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


def test_a_change_under_a_result_value_has_both_sides() -> None:
    log = """
    | 가설 | 변경 사항 | 지표 | 결과값 | 기간 |
    | 짧으면 끝까지 본다 | 1강을 세 조각으로 나눔 | 1강 완강률 | 42% → 61% | 2026.05.04~05.17 |
    | 후기가 위면 결제한다 | 후기를 가격 위로 | 결제율 | 3.1% → 3.0% | 2026.05.18~05.31 |
    """
    found = [(n.metric.name, n.metric.before, n.metric.after) for n in notes(log) if n.metric]
    assert found == [("1강 완강률", 42, 61), ("결제율", 3.1, 3.0)]


@pytest.mark.parametrize(
    ("header", "answer", "kind"),
    [
        ("계속할 건가요?", "네", "keep"),
        ("계속할 건가요?", "아니요", "stop"),
        ("Repeat?", "Yes", "keep"),
        ("Repeat?", "No", "stop"),
    ],
)
def test_an_answer_about_going_on_is_no_verdict(header: str, answer: str, kind: str) -> None:
    log = f"""
    | 날짜 | 해본 것 | 달라진 점 | {header} |
    | 2026-07-03 | 가방 무게를 줄 설 때 재 드림 | 다시 싸는 일이 없어졌다 | {answer} |
    | 2026-07-10 | 탑승권에 형광펜으로 표시 | 물어보는 분이 많았다 | {answer} |
    """
    assert [(n.outcome, n.next_kind) for n in notes(log)] == [(None, kind)] * 2


def test_a_choice_to_keep_or_stop_does_not_split_the_deeds_of_a_table() -> None:
    log = """
    | 작업일 | 시공 방법 변경 | 기대 효과 | 실제 효과 | 적용 유지 여부 |
    | 2026-03-10 | 뿌리를 하루 물에 담금 | 활착이 빨라진다 | 잎이 일주일 먼저 났다 | 유지 |
    | 2026-03-24 | 지지대를 세 개로 늘림 | 덜 흔들린다 | 바람에 그대로 흔들렸다 | 중단 |
    """
    told = [(n.execution, n.retrospective, n.next_kind) for n in notes(log)]
    assert told == [
        ("뿌리를 하루 물에 담금", "잎이 일주일 먼저 났다", "keep"),
        ("지지대를 세 개로 늘림", "바람에 그대로 흔들렸다", "stop"),
    ]


def test_reasons_as_people_say_them_are_the_hypothesis() -> None:
    spoken = "| 일자 | 한 일 | 생각한 까닭 |\n| 2026-02-02 | 손질해 포장 | 혼자 사는 분이 많아서 |"
    idea = "| Date | Idea | Reason |\n| 2026-10-01 | Rush tickets at six | Seats stay empty |"
    told = [(n.execution, n.hypothesis) for n in notes(spoken) + notes(idea)]
    assert told == [
        ("손질해 포장", "혼자 사는 분이 많아서"),
        ("Rush tickets at six", "Seats stay empty"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| 이름 | 1월 | 2월 | 미납 | 연락 결과 |\n| 김하나 | O | X | 1 | 다음 주에 낸다고 함 |",
        "| Criterion | Good | Needs work | Points |\n| Start | Clear | Hard to read | 5 |",
        "| Date | Outlet | Headline | Sentiment |\n| 2026-06-01 | Post | Zoo opens | Good |",
        "| 번호 | 질문 | 답변 | 담당 부서 |\n| 1 | 환불은 언제 되나요 | 5일 걸립니다 | 고객팀 |",
        "| 환자 | 일시 | 증상 | 처방 |\n| P-1 | 2026-09-01 | 무릎이 아프다 | 물리치료 2주 |",
        "| 고객사 | 담당자 | 연락일 | 통화 내용 |\n| 한빛 | 김하나 | 2026-09-01 | 견적을 요청함 |",
        "| Lead | Company | Last contact | Next step |\n| A. Cho | North | 2026-09-01 | Quote |",
        "| 날짜 | 출발지 | 도착지 | 목적 | 운전자 |\n| 2026-09-01 | 본사 | 수원 | 수령 | 김하나 |",
        "| Test case | Steps | Expected | Actual | Tester |\n| T1 | Log in | Error | Error | Kai |",
        "| 도서 | 한 줄 평 | 별점 | 읽은 날 |\n| 느린 기차 | 그림이 따뜻하다 | 5 | 2026-09-01 |",
    ],
)
def test_records_about_others_and_lists_of_things_make_no_notes(table: str) -> None:
    assert notes(table) == []


@pytest.mark.parametrize(
    "table",
    [
        "| 날짜 | 학생 | 해본 것 | 반응 |\n| 2026-09-01 | 서윤 | 그림으로 말하기 | 말이 길어졌다 |",
        "| Date | Client | What we tried | Result |\n| 2026-09-01 | North | Mails | They wrote |",
        "| 날짜 | 장소 | 강사 | 활동 내용 | 소감 |\n| 2026-09-01 | 강당 | 노을 | 공놀이 | 좋았다 |",
    ],
)
def test_a_log_that_names_others_stays_a_log(table: str) -> None:
    assert len(notes(table)) == 1


@pytest.mark.parametrize("answer", ["Yes", "Not sure", "O"])
def test_an_answer_to_keep_is_never_a_verdict(answer: str) -> None:
    log = f"""
    | Month | Champion | What we put in place | How guests reacted | Keep? |
    | Mar 2026 | Ottoline | Phone-free zone | Most of them liked it | {answer} |
    """
    assert [n.outcome for n in notes(log)] == [None]


def test_verbs_alone_are_the_fields_of_a_short_look_back() -> None:
    log = """
    | 수업일 | 강사 | 했다 | 느꼈다 | 배웠다 | 할 것이다 |
    | 2026-03-07 | 온비 | 대본 없이 | 먼저 말했다 | 짧을수록 좋다 | 즉흥으로 열기 |
    """
    (note,) = notes(log)
    told = (note.execution, note.retrospective, note.learned, note.next_action)
    assert told == ("대본 없이", "먼저 말했다", "짧을수록 좋다", "즉흥으로 열기")


@pytest.mark.parametrize(
    "table",
    [
        "| 도서명 | 대출자 | 대출일 | 연체 사유 |\n| 기차 | 김하나 | 2026-09-01 | 여행 중이라 함 |",
        "| 거래처 | 품목 | 기존 단가 | 협의 단가 | 협의 내용 |\n| 대성 | 볼트 | 120 | 110 | 물량 |",
    ],
)
def test_loans_and_prices_make_no_notes(table: str) -> None:
    assert notes(table) == []


@pytest.mark.parametrize(
    "log",
    [
        """
        | 시도 | 무엇을 | 결과 | 원인 | 조치 |
        | 1 | 문자를 서버 없이 보내기 | 실패 | 통신사에서 막음 | 번호를 등록함 |
        | 2 | 번호 등록 뒤 다시 보내기 | 성공 | 표시를 붙임 | 매주 보내기 |
        """,
        """
        | Attempt # | What | Result | Cause | Action |
        | 1 | Sent texts without a server | Failed | Blocked by the carrier | Got a number |
        | 2 | Sent them again | Worked | The label was added | Send weekly |
        """,
    ],
)
def test_a_table_that_numbers_its_attempts_is_a_log(log: str) -> None:
    assert [note.outcome for note in notes(log)] == ["failure", "success"]


def test_what_goes_on_otherwise_is_next_and_no_deed() -> None:
    log = """
    | Date | What we learned | Keep | Change | Stop |
    | 2026-09-12 | Queues limit us | The tastings | Bring forty loaves | Leaflets |
    """
    (note,) = notes(log)
    assert note.execution == ""
    assert note.next_action == "The tastings\nBring forty loaves\nLeaflets"


def test_the_key_result_of_a_trial_is_what_came_of_it() -> None:
    log = """
    | Date | Hypothesis | Key result | Lesson |
    | 2026-09-12 | Warm trays sprout sooner | Four days instead of seven | Warmth matters |
    """
    okr = """
    | Objective | Key result | Hypothesis | Result |
    | Fewer returns | Returns below 5 % | Charts help | They did for shoes |
    """
    (trial,), (aim,) = notes(log), notes(okr)
    assert (trial.goal, trial.retrospective) == ("", "Four days instead of seven")
    assert "Returns below 5 %" in aim.goal
    (table,) = read(log).tables
    assert [one.grade for one in table.columns if one.header == "Key result"] == ["likely"]


def test_a_plan_beside_what_was_done_is_no_deed_where_the_goal_is_told() -> None:
    log = """
    | Date | Goal | Plan | Done | What worked |
    | 2026-05-11 | Quicker starts | Six short rows | Five, rain stopped us | Square blades |
    """
    (note,) = notes(log)
    assert (note.hypothesis, note.execution) == ("Six short rows", "Five, rain stopped us")


def test_this_week_beside_next_week_is_what_was_done() -> None:
    english = "| This week | Next week |\n| Called ten families | Call the rest of them |"
    korean = "| 담당 | 금주 | 차주 |\n| 김하늘 | 열 집에 전화했다 | 남은 집에 전화하기 |"
    told = [(note.execution, note.next_action) for note in notes(english) + notes(korean)]
    assert told == [
        ("Called ten families", "Call the rest of them"),
        ("열 집에 전화했다", "남은 집에 전화하기"),
    ]


@pytest.mark.parametrize(
    "log",
    [
        """
        | Test ID | Control | Variation | Start | End | CR control | CR variation | Result |
        | T-9 | Small button | Bigger one | 2026-04-01 | 2026-04-14 | 3.1% | 3.6% | Winner |
        """,
        """
        | 실험명 | 대조군 | 변경안 | 시작일 | 전환율 대조군 | 전환율 변경안 | 판정 |
        | 단추 | 회색 단추 | 초록 단추 | 2026-04-01 | 3.1% | 3.6% | 성공 |
        """,
    ],
)
def test_the_one_in_use_and_the_one_tried_may_stand_behind_what_was_measured(log: str) -> None:
    (note,) = notes(log)
    assert note.metric
    assert (note.metric.before, note.metric.after) == (3.1, 3.6)


def test_numbered_whys_ask_for_the_cause_and_for_no_goal() -> None:
    english = """
    | Date | Incident | Why 1 | Why 2 | Why 3 | Countermeasure |
    | 2026-03-04 | Site was down | Out of memory | Photos stay large | No check | Add a check |
    """
    korean = """
    | 일시 | 장애 요약 | 왜 1 | 왜 2 | 재발 방지 |
    | 2026-03-04 | 예약이 안 됨 | 메모리가 부족 | 사진이 크다 | 크기 검사 추가 |
    """
    (one,), (other,) = notes(english), notes(korean)
    assert (one.goal, one.hypothesis) == (other.goal, other.hypothesis) == ("", "")
    assert one.retrospective == "Out of memory\nPhotos stay large\nNo check"
    assert other.retrospective == "메모리가 부족\n사진이 크다"


def test_what_changed_beside_what_was_done_is_what_came_of_it() -> None:
    log = """
    | Week of | What we did | What changed | Plan for next week |
    | 2026-10-05 | Called 20 lapsed members | Three came on Friday | Call on Mondays |
    """
    (note,) = notes(log)
    assert (note.execution, note.retrospective) == (
        "Called 20 lapsed members",
        "Three came on Friday",
    )


@pytest.mark.parametrize(
    "log",
    [
        """
        | 날짜 | 개선 전 | 개선 내용 | 개선 후 |
        | 2026-05-01 | 줄이 두 갈래로 선다 | 바닥에 선을 그음 | 한 줄로 선다 |
        """,
        """
        | Date | Before | What we did | After |
        | 2026-05-01 | Two queues at the till | Drew a line | One queue |
        """,
    ],
)
def test_how_it_was_after_a_deed_is_what_came_of_it(log: str) -> None:
    (note,) = notes(log)
    assert note.retrospective in ("한 줄로 선다", "One queue")
    assert (note.metric, note.goal) == (None, "")


def test_counts_before_and_after_a_deed_stay_a_metric() -> None:
    log = """
    | 날짜 | 개선 전 | 개선 내용 | 개선 후 |
    | 2026-05-01 | 왕복 14회 | 수레에 달았다 | 왕복 5회 |
    """
    (note,) = notes(log)
    assert note.metric
    assert (note.metric.before, note.metric.after) == (14, 5)


def test_a_focus_of_one_word_sorts_the_deeds_and_a_longer_one_is_their_aim() -> None:
    words = """
    | Date | Focus | What we tried | Result |
    | 2026-04-01 | Ropes | Coiled them before | Two boats were late |
    | 2026-04-08 | Crew | Put names on a board | Nobody looked at it |
    """
    aims = words.replace("Ropes", "Fewer late boats").replace("Crew", "More people on board")
    assert [(note.goal, note.tags) for note in notes(words)] == [("", ("Ropes",)), ("", ("Crew",))]
    assert [note.goal for note in notes(aims)] == ["Fewer late boats", "More people on board"]
