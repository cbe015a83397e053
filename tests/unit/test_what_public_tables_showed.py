"""Kinds of tables first met in public files (reading rules 1.3, 4 and 6.1).

Plans, minutes and lists of fields are no log; troubles, decisions and lessons are one.
"""

import pytest
from fakes.text_grids import codes, notes, read

PLANS = [
    """
    | WBS | Task | Owner | Start | Finish | Duration(d) | Status | Notes |
    | 1 | Set up the shop | Ann | 2026-11-02 | 2026-11-06 | 5 | Not started | Rent the hall first |
    | 1.1 | Paint the walls | Bo | 2026-11-03 | 2026-11-04 | 2 | Not started | Two coats of white |
    """,
    """
    | WBS | 작업 | 담당 | 시작일 | 종료일 | 작업일수 | 상태 | 비고 |
    | 1 | 매장 준비 | 가람 | 2026-11-02 | 2026-11-06 | 5 | 예정 | 홀을 먼저 빌려야 한다 |
    | 1.1 | 벽 칠하기 | 누리 | 2026-11-03 | 2026-11-04 | 2 | 예정 | 흰색으로 두 번 칠한다 |
    """,
    """
    | No | 할일 | 상태 | 시작일 | 비고 |
    | 1 | 회원 가입 화면 | 진행 | 2026-11-02 | 약관을 같이 보여 준다 |
    | 2 | 로그인 화면 | | | |
    | 3 | 비밀번호 찾기 | | | |
    | 4 | 상품 목록 | | | |
    | 5 | 장바구니 | | | |
    """,
    """
    | initiative_name | description | planned_start | planned_end | benefits_realised |
    | New till | One till for all shops | 2026-01-05 | 2026-06-30 | True |
    | New stock list | Stock seen by all | 2026-07-01 | 2026-12-18 | False |
    """,
    """
    | 프로젝트 명 | 우산 나눔 | | | | |
    | 시작일 | 2026-04-08 | | | | |
    | 종료일 | 2026-06-06 | | | | |
    | 작성자 | 5팀 | | | | |
    | 작성일 | 2026-04-02 | | | | |
    | 버전 | 1 | | | | |
    | | | | | | |
    | 구분 | 주요 업무 | 세부 업무 | 상태 | 진척도 | 담당자 |
    | 개발환경 구축 | | | 완료 | 1 | 모두 |
    | | 도구 설치 | | 완료 | 1 | 모두 |
    | 백 - 엔드 | | | 진행중 | 0.35 | 가람 |
    | | 서버 개발 | 채팅 서버 | 진행중 | 0.4 | 가람 |
    | 테스트 | | | 예정 | 0 | 모두 |
    | | 통합 테스트 | 오류 수정 | 예정 | 0 | 모두 |
    """,
    """
    | 주차 | 목표 | 산출물 | 품질 확인 |
    | 1주차 | 준비와 설계 | 표와 화면을 만들어 둔다 | 설계를 함께 본다 |
    | 2주차 | 화면 그리기 | 목록과 상세 화면을 그려 둔다 | 시안을 함께 본다 |
    """,
    """
    | Week | Goal | Output | Gate |
    | Week 1 | Prepare the shop | A list of all that is needed | The list is signed |
    | Week 2 | Furnish the shop | Shelves that stand where they should | The shelves are full |
    """,
]


@pytest.mark.parametrize("table", PLANS)
def test_a_plan_is_no_log_whatever_is_remarked_beside_its_tasks(table: str) -> None:
    assert notes(table) == []


FIELDS = [
    """
    | 순서 | 질문 항목 | 필수 여부 |
    | 1 | 작업 기간 | 필수 |
    | 2 | 성과 | 선택 |
    | 3 | 배운 점 | 선택 |
    | 4 | 실행 내용 | 선택 |
    | 5 | 다음 계획 | 선택 |
    """,
    """
    | No | Field | Needed |
    | 1 | Goal | required |
    | 2 | Result | optional |
    | 3 | What we learned | optional |
    | 4 | Action | optional |
    | 5 | Next step | optional |
    """,
]


@pytest.mark.parametrize("table", FIELDS)
def test_a_list_of_fields_is_no_record_of_them(table: str) -> None:
    assert notes(table) == []


def test_records_side_by_side_stay_records() -> None:
    assert (
        len(
            notes("""
        | 목표 | 방문 늘리기 | 문의 줄이기 |
        | 실행 내용 | 간판을 닦았다 | 안내문을 붙였다 |
        | 결과 | 세 명 더 왔다 | 전화가 줄었다 |
        | 배운 점 | 밖에서 잘 보여야 한다 | 적어 두면 묻지 않는다 |
        """)
        )
        == 2
    )


MINUTES = [
    """
    | 결정사항 | 2. 1월 23일 회의를 통해 DB 설계 진행 |
    | 다음 회의 | 1/23(월) 오전 10시 장소 미정 |
    | 1월 23일 회의록 | 디자인을 다 같이 보았다 |
    | 결정사항 | 1. 금주 수요일 오프라인 디자인 회의 |
    """,
    """
    | Decisions | 2. Work on the design at the meeting |
    | Next time | Monday at ten in the small room |
    | Minutes of Monday | Everybody looked at the design |
    | Decisions | 1. Meet on Wednesday about the design |
    """,
]


@pytest.mark.parametrize("minutes", MINUTES)
def test_an_item_of_a_list_names_no_column(minutes: str) -> None:
    assert notes(minutes) == []


def test_headers_that_are_numbered_together_name_columns() -> None:
    (note,) = notes("""
    | 1. 가설 | 2. 실행 | 3. 결과 |
    | 밝으면 온다 | 등을 달았다 | 그대로였다 |
    """)
    assert note.execution == "등을 달았다"


def test_a_verdict_that_goes_on_in_the_next_row_heads_no_column() -> None:
    assert (
        notes("""
        | 성공(200) | 로그인 성공 | user1 |
        | 성공(200) | 목록 조회 | user1 |
        | 실패(403) | 권한 없이 조회 | user2 |
        | 실패(403) | 다른 가게의 상품 등록 | user2 |
        """)
        == []
    )


def test_a_tab_of_which_nothing_was_read_is_told_wherever_its_texts_stand() -> None:
    minutes = """
    | 1월 23일 회의록 | |
    | 회의내용 | |
    | 지난주에 그린 화면을 다 같이 보았다 | |
    | 회원권을 어떻게 팔지 오래 이야기했다 | |
    | 다음 주에는 표를 더 자세히 나누기로 하였다 | |
    | 일시 | 개발내용 |
    """
    assert notes(minutes) == []
    assert [code for _, _, code in codes(read(minutes))] == ["not_understood"]


@pytest.mark.parametrize("header", ["Keep / drop", "Keep / drop / tweak", "계속/중단/수정"])
def test_a_mark_under_what_to_keep_or_drop_is_no_verdict(header: str) -> None:
    log = f"""
    | Date | What I tried | What I learned | {header} |
    | 2026-11-02 | A list of three tasks | Three are enough for a day | ✅ Keep |
    | 2026-11-09 | Mail twice a day | People called instead | 🤔 For quiet weeks |
    """
    assert [note.outcome for note in notes(log)] == [None, None]
    assert notes(log)[0].next_kind == "keep"


@pytest.mark.parametrize(
    ("cell", "outcome"), [("🔴 미지원", None), ("🟢", "running"), ("🔴 실패", "failure")]
)
def test_a_light_beside_words_that_nobody_knows_says_nothing(
    cell: str, outcome: str | None
) -> None:
    log = f"""
    | 가설 | 한 일 | 판정 |
    | 짧으면 읽는다 | 문자를 두 줄로 줄였다 | {cell} |
    | 밝으면 온다 | 등을 달았다 | 성공 |
    """
    assert notes(log)[0].outcome == outcome


TROUBLES = [
    "| 날짜 | 문제 | 원인 | 수정 내용 |",
    "| Data | Problema | Causa | Solução |",
    "| 日付 | 問題 | 原因 | 対策 |",
]


@pytest.mark.parametrize("header", TROUBLES)
def test_a_trouble_is_looked_back_on_and_its_mending_was_done(header: str) -> None:
    (note,) = notes(
        f"{header}\n| 2026-11-02 | the door did not close | a hinge was bent | changed the hinge |"
    )
    assert (note.title, note.retrospective) == ("the door did not close", "a hinge was bent")
    assert note.execution == "changed the hinge"


@pytest.mark.parametrize(
    "header",
    [
        "| + / - | Phase | Problem/Success Summary | Impact | Recommendation |",
        "| 구분 | 단계 | 문제/성공 요약 | 영향 | 권고 사항 |",
    ],
)
def test_a_register_of_lessons_looks_back_and_recommends(header: str) -> None:
    first, second = notes(f"""
    {header}
    | + | Start | We met every morning for ten minutes | No task was forgotten | Keep meeting |
    | - | Doing | One order came a day too late | Two guests left | Order two days ahead |
    """)
    assert first.retrospective == "We met every morning for ten minutes"
    assert second.next_action == "Order two days ahead"


def test_what_changes_later_is_a_next_step_and_no_hypothesis() -> None:
    log = """
    | Describe what happened | What was the impact? | How does this change future projects? |
    | Nobody had counted the chairs | Guests had to stand | Counting first may prevent that |
    | The hall was booked early | We paid less than planned | Booking early may save money |
    """
    assert [note.hypothesis for note in notes(log)] == ["", ""]
    assert notes(log)[0].next_action == "Counting first may prevent that"


def test_a_decision_by_its_text_is_a_deed() -> None:
    (note, _) = notes("""
    | decision_date | decision_text | rationale | made_by |
    | 2026-11-02 | Buy bread from two bakers | One was closed twice in a month | Ann |
    | 2026-11-09 | Close on Mondays | Hardly anybody comes then | Bo |
    """)
    assert note.execution == "Buy bread from two bakers"


def test_attempts_with_their_outcomes_are_a_log() -> None:
    read_notes = notes("""
    | # | Attempt | Outcome | Verdict |
    | 1 | Restarted the old server by hand | It came up but the page stayed empty | red herring |
    | 2 | Cleared what the browser had kept | The page came back for one of us | red herring |
    """)
    assert [note.outcome for note in read_notes] == [None, None]
    assert read_notes[0].execution == "Restarted the old server by hand"


def test_what_is_only_read_as_a_table_is_not_lost() -> None:
    assert read(PLANS[0]).problems  # asked about, with the line that reads it


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("Most did not", None),
        ("It did not", "failure"),
        ("The team stopped", None),
        ("Stopped", "dropped"),
        ("Failed, then worked", None),
        ("실패, 나중에 성공", None),
        ("실패, 나중에 다시 봄", "failure"),
        ("Way above target", "success"),
        ("효과 전혀 못 봄", "failure"),
        ("Too few to tell", "inconclusive"),
        ("Pulled the plug", "dropped"),
        ("다음 달 착수", "planned"),
    ],
)
def test_a_verdict_is_the_trials_own_and_its_last(cell: str, outcome: str | None) -> None:
    log = f"""
    | Date | Hypothesis | What we did | Outcome |
    | 2026-11-02 | Signs help | Put up three signs | {cell} |
    | 2026-11-09 | Light helps | Hung a lamp | Success |
    | 2026-11-16 | Music helps | Played jazz | Failed |
    """
    assert notes(log)[0].outcome == outcome


@pytest.mark.parametrize("state", ["✅ RESOLVIDO", "✅ resuelto", "✅ 対応済み", "✅ 완료"])
def test_a_mark_beside_a_word_for_done_says_that_it_is_over(state: str) -> None:
    log = f"""
    | Data | Problema | Causa | Solução | Status |
    | 2026-11-02 | the door did not close | a hinge was bent | changed the hinge | {state} |
    """
    assert notes(log)[0].outcome is None


def test_what_was_planned_stands_beside_what_actually_happened_and_why() -> None:
    (note,) = notes("""
    | Date | What I planned | What actually happened | Why |
    | 2026-11-02 | Call ten guests | Called four before noon | The line was dead |
    """)
    assert (note.hypothesis, note.execution) == ("Call ten guests", "Called four before noon")
    assert note.retrospective == "The line was dead"


FOR_OTHERS = [
    """
    | 접수일 | 호수 | 고장 내용 | 처리 내용 | 처리일 | 기사 |
    | 2026-11-02 | 301 | 수도꼭지에서 물이 샘 | 패킹 교체 | 2026-11-03 | 박기사 |
    | 2026-11-05 | 502 | 보일러 점화 안 됨 | 점화봉 교체 | 2026-11-05 | 최기사 |
    """,
    """
    | Date | Caller | Reason for call | Action taken | Follow-up |
    | 2026-11-02 | Mrs Hill | Parcel did not come | Sent it again | Call on Friday |
    | 2026-11-03 | Mr Day | Wrong size | Offered a refund | None |
    """,
    """
    | Ticket | Opened | Issue | Resolution | Closed | Agent |
    | 101 | 2026-11-02 | Cannot log in | Reset the password | 2026-11-02 | Ann |
    | 102 | 2026-11-03 | Slow pages | Cleared the cache | 2026-11-04 | Bo |
    """,
    """
    | Data | Cliente | Assunto | O que foi feito |
    | 2026-11-02 | Padaria Sol | Farinha | Enviada nova tabela |
    | 2026-11-03 | Bar Azul | Atraso | Pedido refeito |
    """,
]


@pytest.mark.parametrize("table", FOR_OTHERS)
def test_what_was_only_done_for_somebody_outside_is_no_log(table: str) -> None:
    assert notes(table) == []


@pytest.mark.parametrize(
    "header",
    [
        "| Date | Reported by | Issue | Root cause | Fix |",
        "| Date | Customer | What we tried | Result | What we learned |",
        "| 날짜 | 신고자 | 증상 | 원인 | 조치 |",
    ],
)
def test_what_was_explained_or_learned_beside_it_is_one(header: str) -> None:
    row = "| 2026-11-02 | Mrs Hill | parcels came late | the van was full | sent two vans |"
    assert len(notes(f"{header}\n{row}")) == 1
