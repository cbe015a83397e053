"""Frames that people use (RULES 4).

Columns that name each other, cards by category, grids, headings with lines.
"""

import pytest
from fakes.text_grids import accounted, grid, notes, read


@pytest.mark.parametrize(
    "log",
    [
        """
        | 과제 | 계획(Plan) | 실행(Do) | 점검(Check) | 개선(Act) |
        | 사물함 | 십 분 안에 열쇠를 나눈다 | 번호판에 걸었다 | 사 분이 걸렸다 | 저녁마다 세기 |
        | 체조 | 교대 전에 오 분 한다 | 가장 나이 든 분이 이끌었다 | 허리가 덜 아프다고 했다 | \
사람을 바꿔 이끌기 |
        """,
        """
        | Item | Plan | Do | Check | Act |
        | Lockers | Hand out keys in ten minutes | Keys on a board | It took four minutes | Count \
the keys daily |
        | Stretching | Five minutes before a shift | Led by the eldest | Fewer stiff backs | Let \
another lead |
        """,
    ],
)
def test_plan_do_check_act_name_hypothesis_execution_retrospective_and_next_action(
    log: str,
) -> None:
    note = notes(log)[0]
    cells = [cell.strip() for cell in log.strip().split("\n")[1].strip(" |").split("|")]
    assert [note.hypothesis, note.execution, note.retrospective, note.next_action] == cells[1:]


@pytest.mark.parametrize(
    "log",
    [
        """
        | 날짜 | 증상 | 원인 | 조치 | 재발 방지 대책 |
        | 2026-11-16 | 문이 안 잠겼다 | 나사가 풀려 있었다 | 나사를 조였다 | 달마다 나사를 본다 |
        | 2026-11-17 | 물이 샜다 | 고무가 낡아 있었다 | 고무를 갈았다 | 해마다 고무를 간다 |
        """,
        """
        | Date | Symptom | Root cause | Resolution | Prevention |
        | 2026-11-16 | Door would not lock | A screw had come loose | Tightened the screw | Look \
at the screws monthly |
        | 2026-11-17 | Water on the floor | The seal was worn out | Put in a new seal | A new seal \
every year |
        """,
    ],
)
def test_a_trouble_log_promises_only_what_prevents_the_trouble(log: str) -> None:
    note = notes(log)[0]
    cells = [cell.strip() for cell in log.strip().split("\n")[1].strip(" |").split("|")]
    assert [note.title, note.retrospective, note.execution, note.next_action] == cells[1:]


def test_plan_and_actual_in_words_are_what_was_expected_and_what_was_done() -> None:
    for log in (
        (
            "| 날짜 | 예상 진행상황 | 현재 진행상황 |\n| 2026-11-17 | 안내판을 맡긴다 | 문구를 "
            "다 썼다 |"
        ),
        (
            "| Date | Planned work | Actual work |\n| 2026-11-17 | Order the sign | Wrote the "
            "words for it |"
        ),
    ):
        (note,) = notes(log)
        assert (note.hypothesis, note.execution) == tuple(
            cell.strip() for cell in log.split("\n")[1].strip("| ").split("|")[1:]
        )


def test_a_retro_form_gives_its_actions_and_ideas_to_the_next_action_and_its_guidelines_to_nobody() -> (  # noqa: E501
    None
):
    log = """
    | What went well | What went poorly | What ideas do you have | How should we take action | \
Guidelines |
    | In this column write what helped | And here what hurt | Ideas go here | Please write steps | \
One each |
    | The map loaded fast | The tide table was wrong | Ask the harbour | Sana calls on Monday | Be \
kind to all |
    """
    (note,) = notes(log)
    assert note.retrospective == "The map loaded fast\nThe tide table was wrong"
    assert note.next_action == "Ask the harbour\nSana calls on Monday"
    assert "Be kind" not in "".join((note.hypothesis, note.execution, note.goal))


@pytest.mark.parametrize(
    "header",
    [
        "How can things be improved?",
        "How could we improve?",
        "어떻게 개선할까요?",
        "어떻게 개선할 수 있을까요?",
        "어떻게 실행할까요?",
    ],
)
def test_how_something_can_be_improved_is_a_next_action(header: str) -> None:
    (note,) = notes(
        f"| What went right? | What went wrong? | {header} |\n| Both vans left | Ice came "
        f"last | Load ice first |"
    )
    assert (note.next_action, note.execution) == ("Load ice first", "")


def test_the_category_of_a_card_names_its_field() -> None:
    well, badly, action = notes("""
    | Category | Item | Description | Owner |
    | Went well | Hours | The later opening brought the school run in | Ines |
    | To improve | Till | The till froze when three people paid | Omar |
    | Action | Till | Ask the vendor for a second reader | Omar |
    """)
    assert (well.success_factors, badly.failure_factors) == (
        "The later opening brought the school run in",
        "The till froze when three people paid",
    )
    assert (action.next_action, action.retrospective, action.title) == (
        "Ask the vendor for a second reader",
        "",
        "Till",
    )
    keep, problem, try_ = notes("""
    | 구분 | 내용 | 작성자 |
    | Keep | 먼저 인사하니 손님이 웃었다 | 김하늘 |
    | Problem | 줄이 길어 돌아간 분이 있었다 | 박서준 |
    | Try | 선주문 칠판을 세워 보자 | 박서준 |
    """)
    assert (keep.retrospective, try_.next_action, try_.next_kind) == (
        "먼저 인사하니 손님이 웃었다",
        "선주문 칠판을 세워 보자",
        "start",
    )
    assert problem.failure_factors == "줄이 길어 돌아간 분이 있었다"


@pytest.mark.parametrize(
    "weeks", ["1주차 | 2주차 | 3주차", "11월 1주 | 11월 2주 | 11월 3주", "W45 | W46 | W47"]
)
def test_a_grid_of_people_and_weeks_is_a_note_a_cell(weeks: str) -> None:
    log = grid(
        f"""
        | 이름 | {weeks} |
        | 김하늘 | 전단을 돌렸다 | 문자를 보냈다 |  |
        | 박서준 | 매대를 옮겼다 |  | 포장을 바꾸었다 |
        """,
        "2026년 11월",
    )
    found = notes(log)
    assert [
        (note.owners, note.week, note.execution, note.place.row, note.place.col) for note in found
    ] == [
        (("김하늘",), "2026-W45", "전단을 돌렸다", 2, "B"),
        (("김하늘",), "2026-W46", "문자를 보냈다", 2, "C"),
        (("박서준",), "2026-W45", "매대를 옮겼다", 3, "B"),
        (("박서준",), "2026-W47", "포장을 바꾸었다", 3, "D"),
    ]


def test_a_grid_of_days_and_people_is_a_note_a_cell_and_places_are_no_people() -> None:
    names = notes("""
    | Date | Mina | Ben |
    | 2026-11-16 | Moved the stand to the door | Called ten firms |
    | 2026-11-17 |  | Sent the case to all |
    """)
    assert [(note.owners, note.execution) for note in names] == [
        (("Mina",), "Moved the stand to the door"),
        (("Ben",), "Called ten firms"),
        (("Ben",), "Sent the case to all"),
    ]
    places = notes("""
    | Date | Counter | Kitchen |
    | 2026-11-16 | Moved the stand to the door | Called ten firms |
    | 2026-11-17 |  | Sent the case to all |
    """)
    assert all(not note.owners for note in places)


def test_two_trials_on_a_row_are_two_notes() -> None:
    for header in (
        "| 날짜 | 가설 A | 실행 A | 가설 B | 실행 B | 담당 |",
        "| Date | Hypothesis 1 | Action 1 | Hypothesis 2 | Action 2 | Owner |",
    ):
        found = notes(
            header
            + (
                "\n| 2026-11-16 | 전단이면 온다 | 전단을 돌렸다 | 문자면 온다 | 문자를 보냈다 "
                "| 김하늘 |"
            )
        )
        assert [
            (note.hypothesis, note.execution, note.owners, note.place.col) for note in found
        ] == [
            ("전단이면 온다", "전단을 돌렸다", ("김하늘",), "B"),
            ("문자면 온다", "문자를 보냈다", ("김하늘",), "D"),
        ]


def test_a_header_of_two_rows_is_read_without_its_merges() -> None:
    (note, _) = notes("""
    | 날짜 | 가설 | 지표 |  |  | 판정 | 회고 |
    |  |  | 전 | 후 | 목표 |  |  |
    | 2026-11-16 | 전단이면 온다 | 11 | 14 | 20 | 성공 | 세 분이 들고 왔다 |
    | 2026-11-17 | 문자면 온다 | 11 | 12 | 20 | 실패 | 답이 하나 왔다고 한다 |
    """)
    assert note.metric is not None
    assert (note.metric.before, note.metric.after, note.metric.target, note.outcome) == (
        11,
        14,
        20,
        "success",
    )


DAY = """
| 업무일지 |
| {day} |
| 1. 오늘 한 일 |
| - 묶음 배송을 시험했다 |
| 3. 배운 점 |
| - 끈보다 테이프가 빠르다 |
| 4. 내일 할 일 |
| - 나머지를 포장하기 |
"""


def test_a_tab_a_day_with_headings_and_bullets_is_a_note_a_tab() -> None:
    found = notes(
        grid(DAY.format(day="2026.11.16"), "11월16일"),
        grid(DAY.format(day="2026.11.17"), "11월17일"),
    )
    assert [str(note.start_date) for note in found] == ["2026-11-16", "2026-11-17"]
    assert (found[0].execution, found[0].learned, found[0].next_action) == (
        "묶음 배송을 시험했다",
        "끈보다 테이프가 빠르다",
        "나머지를 포장하기",
    )


def test_a_diary_with_a_heading_for_each_day_is_a_note_a_day() -> None:
    found = notes(
        grid(
            """
            | Mon 16 Nov 2026 |
            | What I did: |
            | - Moved the stand |
            | What I learned: |
            | - People look left |
            | Tue 17 Nov 2026 |
            | What I did: |
            | - Wrote the prices |
            """,
            "Diary",
        )
    )
    assert [(str(note.start_date), note.execution, note.learned) for note in found] == [
        ("2026-11-16", "Moved the stand", "People look left"),
        ("2026-11-17", "Wrote the prices", ""),
    ]


def test_minutes_of_a_meeting_are_no_note() -> None:
    minutes = (
        "| 참석자 |\n| - 김하늘, 박서준 |\n| 다음 할 일 |\n| - 건물주에게 묻기 |\n| 배운 점 |\n"
        "| - 없음 |"
    )
    assert notes(grid(minutes, "회의")) == []


def test_lines_below_a_label_go_on_with_what_stands_beside_it() -> None:
    (note,) = notes("""
    | 이번 주 한 일 | 새 용기로 보냈다 |
    |  | 칠판을 세웠다 |
    | 다음 주 할 일 | 선주문을 받는다 |
    | 배운 점 | 국물이 새면 점수가 내려간다 |
    """)
    assert note.execution == "새 용기로 보냈다\n칠판을 세웠다"


def test_a_row_of_prompts_is_no_note_wherever_it_stands() -> None:
    log = """
    | 날짜 | 담당 | 목표 | 실행 |
    | 2026-11-16 | 강보라 | 재방문 40% | 쿠폰을 붙였다 |
    | 선택하세요 | 담당 선택 | 목표를 입력하세요 | - |
    """
    assert [note.execution for note in notes(log)] == ["쿠폰을 붙였다"]
    assert [skipped.code for skipped in read(log).skipped] == ["example", "header"]


def test_an_execution_that_never_was_is_none_and_the_persons_tab_is_the_owners() -> None:
    log = grid(
        """
        | Date | 예상 진행상황 | 현재 진행상황 |
        | 2026-11-16 | 문구를 쓴다 | 진행하지 않음 |
        | 2026-11-17 | 안내판을 맡긴다 | 문구를 다 썼다 |
        """,
        "한소라",
    )
    dropped, done = notes(log)
    assert (dropped.execution, dropped.outcome, done.execution, done.outcome) == (
        "",
        "dropped",
        "문구를 다 썼다",
        None,
    )
    assert [note.owners for note in notes(log)] == [("한소라",), ("한소라",)]
    assert [note.owners for note in notes(grid(LOG_OF_A_PLACE, "기록지"))] == [()]


LOG_OF_A_PLACE = "| 날짜 | 가설 | 실행 |\n| 2026-11-16 | 문구를 바꾸면 온다 | 문구를 바꿨다 |"


def test_a_grid_of_people_and_weekdays_has_the_days_of_its_week() -> None:
    log = grid(
        """
        | Name | Mon | Tue | Wed | Thu |
        | Mina | Moved the stand | Wrote prices |  | Called ten firms |
        """,
        "2026-W47",
    )
    assert [(str(note.start_date), note.owners) for note in notes(log)] == [
        ("2026-11-16", ("Mina",)),
        ("2026-11-17", ("Mina",)),
        ("2026-11-19", ("Mina",)),
    ]


JIRA = """
| Issue Type | Issue key | Issue id | Summary | Assignee | Status | Resolution | Created | \
Description |
| Task | OPS-12 | 10231 | Move the stand | Mina | Done | Done | 2026-11-16 | Put it by the door |
| Task | OPS-13 | 10232 | Write prices | Ben | In Progress |  | 2026-11-17 | Big numbers on chalk |
"""
ASANA = """
| Task ID | Created At | Name | Section/Column | Assignee | Assignee Email | Notes | Projects |
| 1201 | 2026-11-16 | Move the stand | Done | Mina | mina@x.example | Put it by the door | Autumn |
| 1202 | 2026-11-17 | Write prices | Doing | Ben | ben@x.example | Big numbers on chalk | Autumn |
"""
TRELLO = """
| Card ID | Card Name | Card Description | Members | List Name | Board Name | Last Activity Date |
| 5f1 | Move the stand | Put it by the door | Mina | Done | Autumn | 2026-11-18 |
| 5f2 | Write prices | Big numbers on chalk | Ben | Doing | Autumn | 2026-11-19 |
"""


@pytest.mark.parametrize("log", [JIRA, ASANA, TRELLO])
def test_an_export_of_a_tool_keeps_name_owner_and_what_is_done_and_no_project_is_a_person(
    log: str,
) -> None:
    first, second = notes(log)
    assert (first.title, first.execution, first.owners, first.outcome) == (
        "Move the stand",
        "Put it by the door",
        ("Mina",),
        None,
    )
    assert (second.outcome, first.end_date) == ("running", None)


def test_what_a_trouble_led_to_is_no_verdict() -> None:
    (note, _) = notes("""
    | Date | What happened | Impact | Lesson learned |
    | 2026-11-16 | The sign came late | Two days lost | Order the paint first |
    | 2026-11-18 | The map failed | Some guests left | Try old phones first |
    """)
    assert note.outcome is None


def test_what_stands_now_is_the_other_side_of_a_baseline() -> None:
    (note, *_) = notes("""
    | Objective | Key result | Baseline | Target | Current | Owner |
    | More regulars | Regulars a month | 120 | 200 | 133 | Mina |
    | Shorter waits | Minutes at lunch | 18 | 10 | 12 | Ben |
    """)
    assert note.metric is not None
    assert (note.metric.before, note.metric.after, note.more_metrics) == (120, 133, ())


def test_the_number_of_a_sprint_is_no_week() -> None:
    (note, _) = notes("""
    | Sprint | Start | Stop | Continue |
    | 12 | Daily call at nine | Long mails | Friday demo |
    | 13 | One owner each | Late merges | Pairing |
    """)
    assert (note.week, read(JIRA).problems) == ("", ())


def test_an_example_column_of_a_sideways_table_is_no_note() -> None:
    found = notes("""
    | 이름 | 예시 | 첫째 | 둘째 |
    | 목표 | 재방문 늘리기 | 배달 별점 4.8 | 대기 10분 |
    | 가설 | 쿠폰이면 온다 | 포장이면 오른다 | 선주문이면 준다 |
    | 실행 | 쿠폰을 붙인다 | 새 용기로 보냈다 | 칠판을 세웠다 |
    | 회고 | 반응이 좋았다 | 국물이 샜다 | 효과가 컸다 |
    """)
    assert [note.goal for note in found] == ["배달 별점 4.8", "대기 10분"]


def test_the_questions_of_a_form_are_fields_and_its_name_is_the_one_who_answered() -> None:
    for log in (
        """
        | 작성일시 | 이름 | 오늘 시도한 것은? | 어떻게 되었나요? | 무엇을 배웠나요? |
        | 2026-11-16 | 강보라 | 첫 손님께 지도를 드렸다 | 세 분이 다시 오셨다 | 길을 알면 온다 |
        | 2026-11-18 | 한소라 | 메뉴를 두 개로 줄였다 | 기다리는 시간이 줄었다 | 적으면 빨라진다 |
        """,
        """
        | Timestamp | Name | What did you try this week? | What happened? | What did you learn? |
        | 2026-11-16 | Mina | Gave a map to first guests | Three came back | Maps bring people \
back |
        | 2026-11-18 | Ben | Cut the menu to two | Waits got shorter | Fewer dishes are faster |
        """,
    ):
        cells = [cell.strip() for cell in log.strip().split("\n")[1].strip(" |").split("|")]
        note = notes(log)[0]
        assert [note.owners, note.execution, note.retrospective, note.learned] == [
            (cells[1],),
            *cells[2:],
        ]
        assert (note.hypothesis, str(note.start_date)) == ("", "2026-11-16")


@pytest.mark.parametrize(
    "cells",
    [
        "오전 | 오후 | 휴무 | 오전 |\n| 박서준 | 오후 | 오전 | 오전 | 휴무",
        "O | X | 지각 | O |\n| 박서준 | O | O | O | X",
    ],
)
def test_a_roster_of_people_and_days_is_no_log(cells: str) -> None:
    log = grid(f"| 이름 | 11/16 | 11/17 | 11/18 | 11/19 |\n| 김하늘 | {cells} |", "2026 근무표")
    assert notes(log) == []


@pytest.mark.parametrize(
    ("tab", "lines", "told"),
    [
        (
            "11月16日",
            "日報/日付：2026年11月16日（月）/氏名：佐藤/【本日の業務】/・棚を移した/・電話をかけた/【気づき】/・客が少ない/【明日の予定】/・看板",
            ("棚を移した\n電話をかけた", "客が少ない", "看板", "佐藤"),
        ),
        (
            "16",
            "業務日報/令和8年11月16日(月)/担当：田中/■本日の作業/三軒回った/■気づき/朝は話が聞ける/■明日の予定/見積もりを送る",
            ("三軒回った", "朝は話が聞ける", "見積もりを送る", "田中"),
        ),
    ],
)
def test_a_japanese_daily_report_has_its_day_its_writer_and_its_bullets(
    tab: str, lines: str, told: tuple[str, str, str, str]
) -> None:
    (note,) = notes(grid("\n".join(f"| {line} |" for line in lines.split("/")), tab))
    assert (note.execution, note.learned, note.next_action, *note.owners) == told
    assert str(note.start_date) == "2026-11-16"


def test_what_stands_under_an_unknown_heading_is_no_text_of_the_heading_above() -> None:
    for lines in (
        (
            "16 November 2026 / What I did / - Rang forty / Weather / - Rain all day / Lessons "
            "/ - Ring at six"
        ),
        (
            "2026-11-16 / ■ 금일 업무 / 전화를 걸었다 / ■ 날씨 / 비가 왔다 / ■ 배운 점 / 여섯 "
            "시 뒤에 받는다"
        ),
    ):
        (note,) = notes("\n".join(f"| {line} |" for line in lines.split(" / ")))
        assert "Rain" not in note.execution
        assert "비가" not in note.execution
        assert note.learned


def test_a_plain_line_that_is_only_like_a_header_is_text() -> None:
    (note,) = notes("""
    | Weekly report - Week 46, 2026 |
    | Accomplishments |
    | Moved the desk |
    | Challenges |
    | Nobody sees the timetable now |
    | Next week |
    | Move the desk back |
    """)
    assert (note.execution, note.failure_factors) == (
        "Moved the desk",
        "Nobody sees the timetable now",
    )
    assert (note.next_action, note.owners) == ("Move the desk back", ())


@pytest.mark.parametrize(
    "log",
    [
        """
        | 유형 | 카드 | 공감 |
        | 좋았던 점 | 개점을 늦추니 등교 손님이 늘었다 | 3 |
        | 아쉬운 점 | 카드 단말기가 두 번 멈췄다 | 4 |
        | 액션 아이템 | 단말기 회사에 전화한다 | 2 |
        """,
        """
        | Card | Column | Votes |
        | The later opening brought the school run | What went well | 3 |
        | The till froze twice | What didn't go well | 5 |
        | Ask the vendor for a second reader | Action items | 4 |
        """,
        """
        | Column | Card |
        | Went well | The later opening brought the school run |
        | To improve | The till froze twice |
        | Action item | Ask the vendor for a second reader |
        """,
    ],
)
def test_a_card_a_row_has_one_field_and_its_category_none(log: str) -> None:
    well, badly, action = notes(log)
    assert well.success_factors
    assert badly.failure_factors
    assert action.next_action
    for note in (well, badly, action):
        assert (note.execution, note.tags, note.metric) == ("", (), None)
    assert action.retrospective == ""


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (
            """
            | 구분 | 내용 |
            | 계획 | 반죽 온도를 2도 낮춘다 |
            | 실행 | 월요일부터 22도로 맞췄다 |
            | 점검 | 모양이 살아났다 |
            | 개선 | 여름에는 21도로 한다 |
            """,
            [
                (
                    "반죽 온도를 2도 낮춘다",
                    "월요일부터 22도로 맞췄다",
                    "모양이 살아났다",
                    "여름에는 21도로 한다",
                )
            ],
        ),
        (
            """
            | Stage | Notes | Date |
            | Plan | Ring forty members | 2026-08-03 |
            | Do | Rang twenty-five | 2026-08-04 |
            | Check | Six o'clock is best | 2026-08-07 |
            | Act | Ring after six only | 2026-08-07 |
            | Plan | Ring fifteen | 2026-08-10 |
            | Do | Rang all fifteen | 2026-08-11 |
            | Check | Ten of them came back | 2026-08-14 |
            """,
            [
                (
                    "Ring forty members",
                    "Rang twenty-five",
                    "Six o'clock is best",
                    "Ring after six only",
                ),
                ("Ring fifteen", "Rang all fifteen", "Ten of them came back", ""),
            ],
        ),
    ],
)
def test_a_cycle_written_below_each_other_is_one_note(
    log: str, told: list[tuple[str, str, str, str]]
) -> None:
    found = notes(log)
    assert [(n.hypothesis, n.execution, n.retrospective, n.next_action) for n in found] == told
    grids = [grid(log)]
    assert accounted(read(*grids), grids) == set()


def test_grades_are_no_stages_of_a_cycle() -> None:
    log = """
    | Trial | Grade | Comment | Date |
    | Bread | A | Moved to the window, sells out by ten | 2026-11-02 |
    | Rolls | C | Left in the old place on purpose | 2026-11-03 |
    | Cakes | D | Hidden behind the till for a week | 2026-11-04 |
    """
    assert len(notes(log)) == 3


@pytest.mark.parametrize(
    "log",
    [
        """
        | 이름 | 2026-W32 |  | 2026-W33 |  |
        |  | 한 일 | 배운 점 | 한 일 | 배운 점 |
        | 오은지 | 반죽을 식혔다 | 차가우면 모양이 산다 | 발효를 늘렸다 | 오래 두면 시다 |
        | 차민호 | 가방을 바꿨다 | 큰 가방은 늦다 |  |  |
        """,
        """
        |  | Week 32, 2026 |  | Week 33, 2026 |  |
        | Name | Done | Learned | Done | Learned |
        | Priya | Rang forty members | Six is best | Hung a timetable | They read it |
        | Omar | Swapped the mats | Nobody noticed |  |  |
        """,
    ],
)
def test_weeks_above_the_same_fields_give_a_note_for_each_week_of_a_person(log: str) -> None:
    found = notes(log)
    assert [(note.week, note.place.row, note.place.col) for note in found] == [
        ("2026-W32", 3, "B"),
        ("2026-W33", 3, "D"),
        ("2026-W32", 4, "B"),
    ]
    assert all(note.execution and note.learned and len(note.owners) == 1 for note in found)
    assert found[0].owners != found[2].owners


def test_two_trials_marked_by_a_number_without_a_blank_are_two_notes() -> None:
    found = notes("""
    | 날짜 | 실험1 | 결과1 | 배운점1 | 실험2 | 결과2 | 배운점2 |
    | 2026-08-03 | 반죽을 식혔다 | 모양이 살아났다 | 차가워야 한다 | 발효를 늘렸다 | 신맛이 났다 | \
오래 두지 않는다 |
    """)
    assert [(note.title, note.retrospective, note.learned) for note in found] == [
        ("반죽을 식혔다", "모양이 살아났다", "차가워야 한다"),
        ("발효를 늘렸다", "신맛이 났다", "오래 두지 않는다"),
    ]


def test_what_a_grid_cannot_say_of_a_column_is_said_once() -> None:
    reading = read("""
    | Name | Week 32 | Week 33 | Week 34 |
    | Priya | Rang the lapsed members | Put up the timetable | Tried a class at six |
    | Tomas | Swapped the mats | Cleaned the lockers twice a day | - |
    """)
    assert [note.owners for note in (entry.note for entry in reading.entries)] == [
        ("Priya",), ("Priya",), ("Priya",), ("Tomas",), ("Tomas",),
    ]  # fmt: skip
    assert [(one.code, one.value) for one in reading.problems] == [
        ("year_unknown", "Week 32"),
        ("year_unknown", "Week 33"),
        ("year_unknown", "Week 34"),
    ]


def test_action_beside_a_next_step_is_what_was_done() -> None:
    (note,) = notes("""
    | Date | Goal | Action | Good | Bad | Next |
    | 2026-08-03 | Bring members back | Rang forty | After six is best | Nobody knew us | Ring the \
rest |
    """)
    assert (note.execution, note.next_action) == ("Rang forty", "Ring the rest")


@pytest.mark.parametrize(
    "log",
    [
        """
        | 번호 | 단계 | 상황 | 교훈 |
        | 1 | 준비 | 밀가루가 하루 늦게 왔다 | 거래처는 둘이어야 한다 |
        | 2 | 운영 | 신입이 계산을 몰랐다 | 주말 전에 가르친다 |
        """,
        """
        | ID | Phase | What happened | Lesson learned |
        | 1 | Build | The flour came a day late | One supplier is none |
        | 2 | Run | New staff were not trained | Train before the weekend |
        """,
    ],
)
def test_the_phase_of_a_lesson_is_neither_deed_nor_status(log: str) -> None:
    reading = read(log)
    found = [entry.note for entry in reading.entries]
    assert [note.execution for note in found] == ["", ""]
    assert [len(note.tags) for note in found] == [1, 1]
    assert all(note.learned and note.retrospective for note in found)
    assert reading.problems == ()


def test_the_symptoms_of_a_named_trouble_are_looked_back_on() -> None:
    (note,) = notes("""
    | Incident | Symptoms | Root cause | Fix | Follow-up |
    | Oven stopped | Half the loaves pale | A wire was loose | Tightened it | Check it monthly |
    """)
    assert (note.title, note.retrospective) == (
        "Oven stopped",
        "Half the loaves pale\nA wire was loose",
    )


@pytest.mark.parametrize("header", ["Week | New members | Churned", "주차 | 신규 | 이탈"])
def test_bare_numbers_of_weeks_make_a_series_and_no_note(header: str) -> None:
    found = notes(f"| {header} |\n| 44 | 12 | 3 |\n| 45 | 15 | 4 |\n| 46 | 9 | 2 |")
    assert [(note.kind, note.details.points[0].label) for note in found] == [
        ("metric", "W44"),
        ("metric", "W45"),
        ("metric", "W46"),
    ]
    assert [point.value for point in found[0].details.points] == [12, 3]


@pytest.mark.parametrize(
    "log",
    [
        """
        | review | rating | user | date |
        | Lovely bread but the queue was far too long | 4 | ann92 | 2026-08-01 |
        | The coffee was cold and nobody smiled | 2 | bob_k | 2026-08-02 |
        """,
        """
        | 상품 | 후기 | 별점 | 작성일 |
        | 식빵 | 빵은 맛있는데 줄이 너무 길어요 | 4 | 2026-08-01 |
        | 커피 | 커피가 식어 있었고 아무도 웃지 않았어요 | 2 | 2026-08-02 |
        """,
    ],
)
def test_what_customers_wrote_is_no_log(log: str) -> None:
    assert notes(log) == []


def test_the_stage_of_a_trial_that_says_how_far_it_is_stays_its_status() -> None:
    found = notes("""
    | Stage | What we tried | What we learned |
    | going on | Printed posters on demand | The printer is slow |
    | done | Wrapped gifts in posters | Children choose the picture |
    | given up | Put up a shelf for returns | Stamps were collected |
    """)
    assert [note.outcome for note in found] == ["running", None, "dropped"]
    assert all(note.tags == () for note in found)


@pytest.mark.parametrize(
    "log",
    [
        """
        | Date | Name | Yesterday | Today | Blockers |
        | 2026-08-03 | Priya | Rang forty members | Ring the rest | Phone line drops |
        | 2026-08-03 | Tom | Swapped the mats | Clean the lockers | None |
        """,
        """
        | 날짜 | 이름 | 어제 한 일 | 오늘 할 일 | 막힌 것 |
        | 2026-08-03 | 오은지 | 온도를 낮췄다 | 발효를 늘린다 | 문이 안 닫힌다 |
        | 2026-08-03 | 차민호 | 가방을 바꿨다 | 구역을 나눈다 | 없음 |
        """,
        """
        | 日付 | 担当 | 昨日やったこと | 今日やること | 困ったこと |
        | 2026年8月3日（月） | 佐藤 | 棚を入口に移した | 看板を書き直す | 電話が切れた |
        """,
    ],
)
def test_a_stand_up_tells_of_yesterday_and_promises_for_today(log: str) -> None:
    reading = read(log)
    note = reading.entries[0].note
    cells = [cell.strip() for cell in log.strip().split("\n")[1].strip(" |").split("|")]
    assert [note.execution, note.next_action, note.failure_factors] == cells[2:]
    assert note.owners == (cells[1],)


@pytest.mark.parametrize(
    "log",
    [
        """
        | Date | Topic | Decision | Action | Owner | Due |
        | 2026-08-03 | Hours | Close on Mondays | Put a note on the door | Priya | 2026-08-07 |
        """,
        """
        | 일자 | 안건 | 결정 사항 | 할 일 | 담당 | 기한 |
        | 2026-08-03 | 영업 시간 | 월요일은 쉰다 | 문에 안내를 붙인다 | 오은지 | 2026-08-07 |
        """,
    ],
)
def test_an_action_that_follows_from_a_decision_is_still_to_do(log: str) -> None:
    (note,) = notes(log)
    cells = [cell.strip() for cell in log.strip().split("\n")[1].strip(" |").split("|")]
    assert [note.execution, note.next_action] == cells[2:4]


def test_a_level_is_no_retrospective() -> None:
    (note, _) = notes("""
    | Date | What we tried | Impact |
    | 2026-08-03 | Found a second mill for the rye | Medium |
    | 2026-08-10 | Updated the till | Queue got much shorter |
    """)
    assert note.retrospective == ""


def test_two_cards_are_enough_for_a_category() -> None:
    learned, badly = notes("""
    | 구분 | 내용 | 담당 |
    | 배운 점 | 차가워야 모양이 산다 | 오은지 |
    | 아쉬운 점 | 시간이 더 걸렸다 | 차민호 |
    """)
    assert (learned.learned, learned.execution) == ("차가워야 모양이 산다", "")
    assert (badly.failure_factors, badly.execution) == ("시간이 더 걸렸다", "")


def test_a_table_of_features_is_no_log() -> None:
    assert (
        notes("""
    | Feature | Free | Pro | Team |
    | Seats | 1 | 5 | 20 |
    | Export to a file | no | yes | yes |
    | Help by phone on weekdays | no | no | yes |
    """)
        == []
    )


def test_the_answers_of_people_asked_are_no_log() -> None:
    assert (
        notes("""
    | 타임스탬프 | 나이 | 만족도 | 의견 |
    | 2026-08-03 9:00 | 30대 | 4 | 빵이 맛있어요 |
    | 2026-08-03 9:10 | 20대 | 5 | 줄이 길어요 |
    """)
        == []
    )


def test_what_came_of_a_step_is_no_deed() -> None:
    (note,) = notes("""
    | ID | Steps taken | Expected result | Actual result |
    | 1 | Open the page and press save twice | One entry is kept | Two entries are kept |
    """)
    assert (note.execution, note.hypothesis, note.retrospective) == (
        "Open the page and press save twice",
        "One entry is kept",
        "Two entries are kept",
    )


def test_what_a_row_of_weeks_comes_to_is_told_once_in_its_last_week() -> None:
    told = notes(
        """
        | Trial | W44 2026 | W45 2026 | W46 2026 | Learned | Next step |
        | Finish | Sprayed two doors | It raised the grain | Sanded smooth | Sand it | Buy paper |
        | Jigs | Hung jigs by the saw | Nobody put them back | | Hooks do not help | Paint lines |
        """
    )
    assert [note.title for note in told] == ["Finish"] * 3 + ["Jigs"] * 2
    assert [note.learned for note in told] == ["", "", "Sand it", "", "Hooks do not help"]
    assert [note.next_action for note in told] == ["", "", "Buy paper", "", "Paint lines"]
    assert [note.week for note in told[2:]] == ["2026-W46", "2026-W44", "2026-W45"]


def test_in_weeks_that_run_backwards_it_is_told_in_the_first_column() -> None:
    told = notes(
        """
        | Trial | W2 2026 | W1 2026 | W52 2025 | W51 2025 | Learned |
        | Finish | Sanded smooth | It raised the grain | Sprayed a door | Bought spray | Sand it |
        """
    )
    assert [note.week for note in told if note.learned] == ["2026-W02"]
