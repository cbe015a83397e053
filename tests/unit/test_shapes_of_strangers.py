"""Shapes that unseen logs had: small grids, marked sides, a calendar beside a log, forms."""

import pytest
from fakes.text_grids import grid, notes, read

from loopnote.commands.reading.ask_columns import questions_of


@pytest.mark.parametrize(
    "log",
    [
        """
        | Who | Mon 16 Nov | Tue 17 Nov | Wed 18 Nov |
        | Ellis | Tried the long hose | Tried two hoses | Mended the hose |
        | Noor | Swept before rinsing | Off | Rinsed before sweeping |
        """,
        """
        | 이름 | 11/16(월) | 11/17(화) | 11/18(수) |
        | 김하나 | 견적서 양식을 줄임 | 새 양식으로 보냄 | 답을 기다리며 전화함 |
        | 이두리 | 전화 대본을 고침 | 연차(오후) | 대본대로 열 통 걸어 봄 |
        """,
    ],
)
def test_a_small_grid_is_read_and_who_was_away_did_nothing(log: str) -> None:
    found = notes(grid(log, "2026"))
    assert [(note.place.row, note.place.col) for note in found] == [
        (2, "B"), (2, "C"), (2, "D"), (3, "B"), (3, "D"),
    ]  # fmt: skip
    assert [str(note.start_date) for note in found[:3]] == [
        "2026-11-16",
        "2026-11-17",
        "2026-11-18",
    ]
    assert all(note.owners for note in found)


@pytest.mark.parametrize(
    "header",
    [
        "| Week | [A] what we tried | [A] what we saw | [B] what we tried | [B] what we saw |",
        "| Week | A: what we tried | A: what we saw | B: what we tried | B: what we saw |",
        "| Week | What we tried (1) | What we saw (1) | What we tried (2) | What we saw (2) |",
        "| 주차 | 한 것 (A) | 본 것 (A) | 한 것 (B) | 본 것 (B) |",
    ],
)
def test_a_mark_in_brackets_or_before_a_sign_parts_two_trials(header: str) -> None:
    rows = "| 2026-W45 | Red label | Twelve were sold | Green label | Fifteen were sold |"
    found = notes("\n".join([header, rows]))
    assert [(note.execution, note.retrospective) for note in found] == [
        ("Red label", "Twelve were sold"),
        ("Green label", "Fifteen were sold"),
    ]


def test_fields_that_are_only_numbered_are_one_trial() -> None:
    (note,) = notes("| 1) 한 일 | 2) 느낀 점 |\n| 의자를 창가로 옮김 | 햇빛이 눈부셨다 |")
    assert (note.execution, note.retrospective) == ("의자를 창가로 옮김", "햇빛이 눈부셨다")


def test_a_calendar_of_weekdays_beside_a_log_says_nothing_against_it() -> None:
    found = notes(
        """
        | Date | Action | Result | | Mo | Tu | We | Th | Fr |
        | 2026-11-02 | Lamps along the path | Fewer people stumble | | 2 | 3 | 4 | 5 | 6 |
        | 2026-11-09 | Lamps at the gate | Moths came in | | 9 | 10 | 11 | 12 | 13 |
        """
    )
    assert [note.execution for note in found] == ["Lamps along the path", "Lamps at the gate"]


def test_a_heading_of_troubles_and_thoughts_looks_back() -> None:
    form = """
    | 주간 업무 보고 |
    | 기간: 2026-11-09 ~ 2026-11-13 |
    | 1. 이번 주 한 일 |
    | - 시식대를 문 앞에 둠 |
    | 2. 문제점 및 느낀 점 |
    | - 시식대가 비를 맞음 |
    """
    (note,) = notes(form)
    assert note.retrospective == "시식대가 비를 맞음"


def test_whether_a_lesson_was_applied_is_no_place_where() -> None:
    found = notes(
        """
        | 배운 점 | 적용한 곳 |
        | 손님은 사진보다 값을 먼저 본다 | 미적용 |
        | 비 오는 날에는 포장이 는다 | 부산점 메뉴판 |
        """
    )
    assert [note.applied_to for note in found] == ["", "부산점 메뉴판"]


def test_what_a_number_has_to_keep_to_is_its_target() -> None:
    reading = read(
        """
        | 날짜 | 시도 | 기준 | 측정값 | 느낀 점 |
        | 2026-11-02 | 건조 시간을 늘림 | 30 이상 | 34.2 | 갈라지지 않았다 |
        | 2026-11-09 | 건조 시간을 줄임 | 30 이상 | 28.1 | 금이 갔다 |
        """
    )
    metrics = [entry.note.metric for entry in reading.entries]
    assert [one and one.before for one in metrics] == [None, None]


@pytest.mark.parametrize(
    ("header", "moods"), [("Mood", "good flat good"), ("기색", "좋음 보통 나쁨")]
)
def test_how_somebody_felt_proves_no_verdict(header: str, moods: str) -> None:
    one, two, three = moods.split()
    found = notes(
        f"""
        | 날짜 | 한 일 | 느낀 점 | {header} |
        | 2026-11-02 | 의자를 창가로 옮김 | 햇빛이 눈부셨다 | {one} |
        | 2026-11-03 | 의자를 문 앞에 둠 | 앉아서 기다리셨다 | {two} |
        | 2026-11-04 | 의자를 치움 | 서서 기다리셨다 | {three} |
        """
    )
    assert [note.outcome for note in found] == [None] * 3


def test_a_column_that_only_counts_its_rows_is_not_asked_about() -> None:
    reading = read(
        """
        | Incident | What went wrong | What we did about it | Loops |
        | 1 | Freezer door open all night | Alarm on the door | 2 |
        | 2 | Keys lost again | Key box by the gate | 1 |
        | 3 | Van battery flat | Charger in the garage | 3 |
        """
    )
    assert [one.header for one in questions_of("log", [reading])] == ["Loops"]


def test_the_line_for_a_plan_makes_a_log_of_it_and_does_not_repeat_its_header() -> None:
    reading = read(
        """
        | 분기 | 과제 | 설명 | 상태 | 담당 |
        | 2026 Q3 | 검색 개편 | 오타를 고쳐 주는 검색 | 완료 | 플랫폼팀 |
        | 2026 Q4 | 결제 간소화 | 두 단계로 줄인 결제 | 진행중 | 결제팀 |
        """
    )
    assert not reading.entries
    (told,) = reading.problems
    assert dict(told.facts)["line"] == 'tables = { "Log" = "log" }'
