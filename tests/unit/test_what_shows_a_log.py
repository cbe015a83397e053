"""A table is a log where its columns show it, and is asked about where they don't (ADR 0186)."""

import pytest
from fakes.text_grids import codes, grid, notes, read

LISTS = [
    """
    | 성함 | 관계 | 참석 | 동반 | 식권 | 한마디 |
    | 김도현 | 신랑 동기 | O | 1 | 2 | 늦게 도착한대요 |
    | 박영자 | 신랑 이모 | X | 0 | 0 | 허리가 아프셔서 못 오심 |
    """,
    """
    | Week | Kitchen | Bathroom | Remarks |
    | 45 | Tim | Ola | Tim swaps with Ola on Friday |
    | 46 | Ola | Jess | New mop is in the cupboard |
    """,
    """
    | Seen | Address | Rent | Rooms | Liked | Disliked |
    | 2026-10-03 | 4 Elm Rd | 1150 | 2 | Light kitchen | Bus stop outside |
    | 2026-10-05 | 19 Quay | 1300 | 3 | Balcony | Damp bathroom |
    """,
    """
    | 날짜 | 행사 | 장소 | 내용 | 주관 |
    | 2026-11-07 | 김장 나눔 | 마을회관 | 절임배추 200포기 함께 담그기 | 부녀회 |
    | 2026-11-21 | 음악회 | 느티나무 앞 | 초등학생 합창과 색소폰 연주 | 청년회 |
    """,
    """
    | Month | Rent | Food | Fun | Saved | What happened |
    | 2026-08 | 1200 | 410 | 230 | 300 | Holiday in Wales |
    | 2026-10 | 1200 | 455 | 310 | 120 | Washing machine broke |
    """,
    """
    | 경쟁사 | 주력 상품 | 가격대 | 강점 | 약점 | 시사점 |
    | A사 | 구독 박스 | 2만원대 | 배송이 빠름 | 구성이 단조로움 | 배송 속도 개선 필요 |
    | B사 | 단품 | 1만원대 | 후기가 많음 | 포장이 허술 | 후기 이벤트 검토 |
    """,
    """
    | 이름 | 역할 | 마지막 연락 |
    | 박지민 | 디자인 외주 | 지난주에 시안 보내 주기로 함 |
    | 최유진 | 인쇄소 담당 | 견적서 받음 |
    """,
    """
    | 예약일 | 동물 | 보호자 | 증상 | 조치 |
    | 2026-11-02 | 초코 | 김보라 | 절뚝거림 | 엑스레이 촬영 |
    | 2026-11-02 | 나비 | 이준 | 식욕 없음 | 수액 |
    """,
    """
    | Error shown | Stands for | Likely cause | Then |
    | E-04 | The tank is not seated | Latch is worn | Push the tank until it clicks |
    | E-09 | No water comes | Hose has a kink | Straighten the hose behind |
    """,
    """
    | Claim | Status | Evidence |
    | Grown without sprays | Live | Letter of the grower |
    | Picked by hand | Done | Three of four fields are |
    """,
    """
    | Item | Where to find it | Notes |
    | Lamp oil | Chandler by the harbour | Ask for the clear one |
    | Wicks | Market on Fridays | Cash only |
    """,
    """
    | 습득물 | 습득 장소 | 습득 일시 | 맡은 사람 | 처리 |
    | 회색 목도리 | 3층 복도 | 2026-11-02 | 이은서 | 주인이 찾아감 |
    | 보온병 | 체육관 | 2026-11-04 | 박준 | 교무실로 넘김 |
    """,
    """
    | Boat | Seen on | Asking | Liked | Disliked |
    | Heron | 2026-11-01 | 31000 | Dry cabin and new sails | Engine smokes |
    | Tern | 2026-11-02 | 28500 | Wide deck | Rust at the keel |
    """,
    """
    | Code | Name | Season | Start date | End date |
    | six | Six Valleys Cup | 2025 | 2025-02-01 | 2025-03-15 |
    | har | Harbour League | 2025 | 2025-09-06 | 2025-12-20 |
    """,
    """
    | 상황 | 하지 말 것 | 대신 할 것 |
    | 새 코드 탐색 시작 | 파일 전체를 읽는다 | 구조부터 보고 필요한 파일만 읽는다 |
    | 빌드 출력 처리 | 출력을 모두 붙인다 | 실패한 줄만 줄인다 |
    | 긴 파일 분석 | 처음부터 다 읽는다 | 필요한 구간만 읽는다 |
    | 연속 실패 | 같은 길로 다시 한다 | 처음부터 새로 한다 |
    """,
]


LOGS = [
    """
    | Date | Card | Author | Observation -> hypothesis -> result |
    | 2026-11-02 | C-1 | Ada | Guests missed the desk; the new lamp was seen by all |
    | 2026-11-03 | C-2 | Ben | Calls were lost at noon; the second line caught all but three |
    """,
    """
    | 회차 | 구성 | 예상 | 실측 | 배운 것 |
    | 13 | 기본 | 942.45 | 942.46 | 계산이 정확하다 |
    | 14 | 덧붙임 | 963.4 | 940.1 | 더하면 나빠진다 |
    """,
    """
    | 바꾼 것 | 전 | 후 |
    | 알림 시간 | 21% | 27% |
    | 제목 길이 | 27% | 26% |
    """,
    """
    | Problem | Tried | So what |
    | Queue at noon | Second till | Shorter by half |
    | Cold soup | Lids | Still cold |
    """,
]


@pytest.mark.parametrize("table", LOGS)
def test_what_a_header_names_is_a_log_however_short_its_cells_are(table: str) -> None:
    assert len(notes(table)) == 2
    assert "not_understood" not in [code for _, _, code in codes(read(table))]


def test_a_list_of_tasks_with_ticks_is_none_whoever_does_them() -> None:
    assert not notes("""
    | Task | Owner | Due | Done |
    | Order the winter salt | Kim | 2026-11-20 | No |
    | Book the snow plough | Lee | 2026-11-22 | Yes |
    """)


@pytest.mark.parametrize("table", LISTS)
def test_a_list_that_no_column_shows_to_be_a_log_is_asked_about(table: str) -> None:
    assert notes(table) == []
    assert [code for _, _, code in codes(read(table))] == ["not_understood"]


@pytest.mark.parametrize("rows", [2, 3, 6])
def test_how_many_rows_a_list_has_changes_nothing(rows: int) -> None:
    lines = LISTS[6].strip().splitlines()
    table = "\n".join([lines[0], *(lines[1 + number % 2] for number in range(rows))])
    assert notes(table) == []


@pytest.mark.parametrize(
    "log",
    [
        "| 날짜 | 시도한 것 | 참석 |\n| 2026-11-02 | 문을 일찍 열었다 | 12 |",
        "| Date | Action | Result |\n| 2026-11-02 | Bench in the sun | Three sat there |",
        "| Date | Task | Owner |\n| 2026-11-02 | Cut the form to three fields | Ann |",
        "| 날짜 | 담당 | 활동 |\n| 2026-11-02 | 한소라 | 안내판을 새로 칠했다 |",
        "| 배운 점 | 매장 |\n| 손님은 글보다 그림을 본다 | 본점 |\n| 줄은 짧아야 한다 | 역점 |",
        """
        | Event | What was new | Guests before | Guests after |
        | Repair cafe | Soup for everyone who came | 14 | 23 |
        """,
        """
        | 환자군 | 시작 | 종료 | 목적 | 판정 | 의견 | 담당 |
        | 어깨 | 2026-09-01 | 2026-09-14 | 범위 늘리기 | 성공 | 아침이 낫다 | 문가영 |
        | 무릎 | 2026-09-07 | 2026-09-20 | 통증 줄이기 | 실패 | 깊이가 달랐다 | 한지석 |
        """,
    ],
)
def test_a_deed_a_lesson_or_a_judged_trial_shows_a_log(log: str) -> None:
    assert notes(log)


def test_what_is_left_out_so_is_read_once_the_configuration_says_so() -> None:
    (problem,) = read(grid(LISTS[1], "rota")).problems
    assert dict(problem.facts)["line"] == 'tables = { "rota" = "log" }'


@pytest.mark.parametrize(
    ("header", "cells", "kinds"),
    [
        ("계속?", ("계속", "그만"), ["keep", "stop"]),
        ("Keep", ("keep", "drop"), ["keep", "stop"]),
        ("Keep?", ("yes", "no"), ["keep", "stop"]),
    ],
)
def test_a_column_of_what_goes_on_that_only_says_whether_it_does(
    header: str, cells: tuple[str, str], kinds: list[str]
) -> None:
    found = notes(f"""
| 날짜 | 해본 것 | {header} |
| 2026-11-01 | 소스를 따로 담았다 | {cells[0]} |
| 2026-11-09 | 점심에 우동 세트를 냈다 | {cells[1]} |
""")
    assert [note.next_kind for note in found] == kinds
    assert {note.next_action for note in found} == {""}


def test_the_name_of_a_field_holds_over_turns() -> None:
    log = "| 날짜 | 목표 | 실행 | 회고 |\n| 2026-11-02 | 단골 | 4회차 | 다들 왔다 |"
    (note,) = notes(log)
    assert note.execution == "4회차"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("CTR 기존", "CTR 신규"),
        ("조회수(직전 글)", "조회수(이번 글)"),
        ("Sales (prev)", "Sales (next)"),
    ],
)
def test_sides_are_told_apart_wherever_they_stand(before: str, after: str) -> None:
    (note,) = notes(
        f"| 날짜 | 한 일 | {before} | {after} |\n| 2026-11-02 | 제목을 줄였다 | 12 | 19 |"
    )
    assert note.metric is not None
    assert (note.metric.before, note.metric.after) == (12, 19)


def test_customers_new_and_old_are_no_sides() -> None:
    (note,) = notes(
        "| 날짜 | 한 일 | 기존 고객 | 신규 고객 |\n| 2026-11-02 | 문자를 보냈다 | 12 | 19 |"
    )
    assert note.metric is None or None in (note.metric.before, note.metric.after)


@pytest.mark.parametrize(("after", "outcome"), [("31", "inconclusive"), ("", "planned")])
def test_what_waits_with_a_number_of_afterwards_was_begun(after: str, outcome: str) -> None:
    log = f"""
| 날짜 | 한 일 | 지표 | 전 | 후 | 판정 |
| 2026-11-02 | 문을 일찍 열기 | 방문 | 12 | {after} | 보류 |
| 2026-11-09 | 줄을 나누기 | 방문 | 14 | 20 | 성공 |
"""
    assert notes(log)[0].outcome == outcome
