"""What a tab is, is decided by what it holds; what is left out whole though it holds texts is
a problem.
"""

from collections.abc import Sequence

import pytest
from fakes.text_grids import codes, grid, notes, read

from sync.contents.workbook import Value
from sync.parse_result import ParseOptions
from sync.table_kind import TableKind

LOG = """
| 날짜 | 가설 | 실행 | 결과 | 회고 | 담당 |
| 2026-11-16 | 가까우면 온다 | 지도를 붙였다 | 세 명이 왔다 | 지도를 보고 왔다 | 민서 |
| 2026-11-17 | 싸면 온다 | 쿠폰을 뿌렸다 | 줄이 길어졌다 | 기다림이 너무 길었다 | 하준 |
| 2026-11-18 | 밝으면 온다 | 등을 달았다 | 그대로였다 | 낮이라 보이지 않았다 | 민서 |
"""
EN = """
| Date | Hypothesis | Action | Result | Owner |
| 2026-11-16 | Signs help | Put up three signs | Fewer questions were asked | Ann |
| 2026-11-17 | Music helps | Played jazz all morning | Guests stayed longer | Bo |
| 2026-11-18 | Light helps | Hung a lamp | Nobody saw it by day | Ann |
"""


@pytest.mark.parametrize(
    "tab", ["실험 목록", "실험 양식", "회고 예시", "List", "Reference", "Options", "요약", "코드"]
)
def test_a_log_is_a_log_whatever_its_tab_is_called(tab: str) -> None:
    assert len(notes(grid(LOG, tab))) == len(notes(grid(EN, tab))) == 3


def test_a_row_or_two_on_a_guide_under_the_logs_header_stay_an_example() -> None:
    guide = grid("\n".join(LOG.strip("\n").split("\n")[:2]), "작성 예시")
    assert {note.place.tab for note in notes(guide, grid(LOG, "9월"))} == {"9월"}


@pytest.mark.parametrize("cell", ["46352", "75.5", "10월", "TRUE", "1주차", "3/4"])
def test_one_cell_that_names_nothing_makes_no_header_less_of_one(cell: str) -> None:
    lines = LOG.strip("\n").split("\n")
    beside = "\n".join([f"{lines[0]} | {cell} |", *lines[1:]])
    inside = "\n".join(
        line.replace("| 실행 |", f"| {cell} | 실행 |")
        if place == 0
        else line.replace("다 |", "다 | |", 1)
        for place, line in enumerate(lines)
    )
    assert len(notes(beside)) == 3
    assert [note.execution for note in notes(inside)][:1] == ["지도를 붙였다"]


def test_a_calendar_to_the_right_of_the_header_is_no_part_of_it() -> None:
    lines = LOG.strip("\n").split("\n")
    days = " | ".join(str(day) for day in range(1, 29))
    assert len(notes("\n".join([f"{lines[0]} | {days} |", *lines[1:]]))) == 3


def test_a_blank_column_inside_a_table_does_not_split_its_rows() -> None:
    cells = [line.strip("|").split("|") for line in LOG.strip("\n").split("\n")]
    parted = "\n".join("|" + "|".join([*row[:3], " ", *row[3:]]) + "|" for row in cells)
    first = notes(parted)[0]
    assert (first.execution, first.retrospective) == ("지도를 붙였다", "지도를 보고 왔다")
    assert first.owners == ("민서",)


def test_yes_is_an_answer_and_no_example() -> None:
    log = """
| 성공? | 실행 | 회고 |
| 예 | 의자를 볕에 옮겼다 | 세 사람이 앉았다 |
| 아니오 | 문을 칠했다 | 밤에도 안 말랐다 |
"""
    assert [note.outcome for note in notes(log)] == ["success", "failure"]


def test_raw_data_machine_logs_and_parameters_make_no_notes() -> None:
    sales = "| 일자 | 지점명 | 도시 | 플랫폼 | 매출 | 주문 |\n" + "\n".join(
        f"| 2026-01-{day:02d} | 시청점 | 서울 | 푸드고 | {day * 31} | {day} |"
        for day in range(1, 29)
    )
    sensor = "| timestamp | temp_c | rh_pct |\n" + "\n".join(
        f"| 2026-11-16 00:{minute:02d}:00 | 21.{minute} | {minute} |" for minute in range(40)
    )
    settings = (
        "| parameter | value | default |\n| depth | 6 | 4 |\n| seed | 7 | 0 |\n| rate | 1 | 2 |"
    )
    screens = (
        "| app | section | detail |\n| members | Profile | Saved |\n| shops | Page | Posts |\n"
        "| x | Page | Stars |"
    )
    for text in (sales, sensor, settings, screens):
        assert read(text).entries == ()


def test_a_tab_of_texts_without_a_note_is_a_problem_with_a_line_that_helps() -> None:
    prose = "\n".join(f"| 오늘은 {n}번째로 손님과 길게 이야기했다 |" for n in range(5))
    reading = read(grid(prose, "모은 글"), grid(LOG, "9월"))
    assert codes(reading) == [(1, "", "not_understood")]
    assert dict(reading.problems[0].facts)["line"] == 'tables = { "모은 글" = "guide" }'
    quiet = read(
        grid(prose, "모은 글"), grid(LOG, "9월"), options=ParseOptions(tables={"모은 글": "guide"})
    )
    assert quiet.problems == ()


def test_the_proposed_line_brings_the_rows_back() -> None:
    lost = grid(
        (
            "| 첫째 | 둘째 |\n| details | section |\n| Saved | Profile |\n| Posts | Page |\n| "
            "Stars | Page |"
        ),
        "x",
    )
    line = dict(read(lost).problems[0].facts)["line"]
    assert line == 'tables = { "x" = "log" }'
    assert read(lost, options=ParseOptions(tables={"x": "log"})).entries


def test_a_guide_tab_beside_a_log_is_left_out_without_a_word() -> None:
    guide = grid(
        (
            "| 쓰는 법 |\n| 금요일까지 꼭 적어 주세요 |\n| 모르면 하윤에게 물어보세요 |\n| 빈 "
            "칸은 두어도 괜찮아요 |"
        ),
        "안내",
    )
    assert read(guide, grid(LOG, "9월")).problems == ()


def test_a_header_row_beyond_the_last_row_is_said_and_ends_nothing() -> None:
    assert codes(read(LOG, options=ParseOptions(header_rows={"Log": 40}))) == [
        (1, "", "not_understood")
    ]


def test_numbers_under_empty_headers_and_infinite_numbers_are_read_past() -> None:
    empty = (
        "| 목표 | 가설 | 실행 | | |\n| 재방문 | 싸면 온다 | 쿠폰 | 3 | 5 |\n| 재방문 | 덥다 | "
        "부채 | 1 | 2 |"
    )
    options = ParseOptions(columns={"D": "before", "E": "after"})
    assert len(notes(empty, options=options)) == 2
    log = grid("| 목표 | 실행 | 전 | 후 | 날짜 |\n| 단골 늘리기 | 이름을 불렀다 | 1 | 2 | 3 |")
    endless: list[Sequence[Value]] = [
        log.rows[0],
        ["단골 늘리기", "이름을 불렀다", float("inf"), float("nan"), float("inf")],
    ]
    assert [note.goal for note in notes(type(log)("Log", endless))] == ["단골 늘리기"]


def test_cells_of_a_column_that_fail_alike_are_one_problem_with_a_count() -> None:
    log = "| 실행 | 회고 | 결과 |\n" + "\n".join(
        f"| {n}번 불렀다 | 반가워했다 | 파란{n} |" for n in range(1, 6)
    )
    options = ParseOptions(columns={"결과": "outcome"})
    problems = read(log, options=options).problems
    assert [(one.code, one.place.row, dict(one.facts)["count"]) for one in problems] == [
        ("unknown_status", 2, "5")
    ]


def test_two_cells_that_fail_are_two_problems() -> None:
    log = """
| 날짜 | 실행 | 회고 |
| 2026-09-31 | 문자를 보냈다 | 답장이 왔다 |
| 2026-09-01 | 전화를 걸었다 | 받지 않았다 |
| 2026-13-01 | 편지를 썼다 | 기뻐했다 |
| 2026-09-03 | 찾아갔다 | 차를 내주었다 |
"""
    assert [problem.place.row for problem in read(log).problems] == [2, 4]


def test_a_header_under_which_nobody_has_written_is_not_asked_about() -> None:
    assert read(grid("| 보낸 이 | 받은 이 | 종류 | 한 줄 |", "고마운 말")).problems == ()
    assert read(grid("| Week | Reply rate (%) |", "numbers")).problems == ()


def test_rows_whose_only_text_is_of_unknown_meaning_are_said() -> None:
    found = read("""
    | Date | Zeug | What we did | Owner |
    | 2026-11-02 | Moved the till to the door | Asked ten guests | Ann |
    | 2026-11-03 | Painted the sign green | - | Bo |
    | 2026-11-04 | Opened at seven | - | Ann |
    """)
    lost = [one for one in found.problems if one.code == "texts_not_read"]
    assert [(one.value, one.place.row, one.facts) for one in lost] == [
        ("Zeug", 3, (("count", "2"),))
    ]


def test_a_tab_of_another_script_is_asked_about_beside_a_log() -> None:
    log = grid("| Date | Goal | What we did |\n| 2026-11-02 | More guests | Moved the till |")
    diary = grid(
        "| 本日は作業を三つ終えた |\n| 机を外に出して掃除した |\n| 明日は看板を塗る予定です |",
        "日記",
    )
    found = read(log, diary)
    assert [one.value for one in found.problems if one.code == "not_understood"] == ["日記"]


def test_a_calendar_with_weekdays_is_no_part_of_the_header() -> None:
    days = " | ".join(f"1/{19 + day}({'월화수목금토일'[day]})" for day in range(7))
    plan = " | ".join(["완료", *["-"] * 6])
    log = f"""
    | ID | 작업 내용 | 분류 | 담당자 | {days} |
    | 1 | 문 앞 안내판을 새로 칠하기 | 매장 | 김하늘 | {plan} |
    | 2 | 계산대 옆 진열을 바꾸기 | 매장 | 박서준 | {plan} |
    """
    assert [(note.owners, note.execution or note.title) for note in notes(log)] == [
        (("김하늘",), "문 앞 안내판을 새로 칠하기"),
        (("박서준",), "계산대 옆 진열을 바꾸기"),
    ]


@pytest.mark.parametrize(
    "header", ["| id | name | description | phone |", "| 번호 | 이름 | 소개 | 전화 |"]
)
def test_a_list_of_things_with_descriptions_is_no_log(header: str) -> None:
    rows = [
        (
            f"| {n} | Office of the river {n} | It watches over the river and its banks, part "
            f"{n} | 555{n} |"
        )
        for n in range(24)
    ]
    found = read("\n".join([header, *rows]))
    assert found.entries == ()
    assert [one.code for one in found.problems] == ["not_understood"]
    dated = [f"{row} 2026-11-{n + 1:02d} |" for n, row in enumerate(rows)]
    assert read("\n".join([f"{header} date |", *dated])).entries == ()


def test_a_log_that_is_lost_beside_a_table_of_counts_is_asked_about() -> None:
    rows = "\n\n\n| Handed out seventy cards at noon | Guests came back sooner |"
    counts = grid(
        (
            "| Week | Guests | Orders |\n| 2026-W44 | 31 | 9 |\n| 2026-W45 | 36 | 8 |\n| "
            "2026-W46 | 40 | 7 |"
        ),
        "By week",
    )
    found = read(grid(rows, "Ann"), counts)
    assert {entry.note.kind for entry in found.entries} == {"metric"}
    assert [one.value for one in found.problems if one.code == "not_understood"] == ["Ann"]


@pytest.mark.parametrize(
    "header",
    [
        "date | goal | hypothesis | action | result | retrospective",
        "날짜 | 목표 | 가설 | 실행 | 결과 | 회고",
    ],
)
def test_the_methods_own_headers_are_a_log_however_short_and_alike_its_cells_are(
    header: str,
) -> None:
    """A weekly log of short cells was raw data from its twentieth row on, and its reader got
    nothing new.
    """
    rows = [
        (
            f"| 2026-{1 + n // 28:02}-{1 + n % 28:02} | goal {n % 7} | idea {n} | did {n} | "
            f"성공 | fine {n} |"
        )
        for n in range(30)
    ]
    assert len(notes("\n".join([f"| {header} |", *rows]))) == 30


def test_rows_of_a_log_whose_header_is_gone_are_said_beside_a_table_that_was_read() -> None:
    lost = (
        "| 월 | 상자를 계산대 앞에 둠 | 열세 명이 물어봄 |\n| 수 | 가격표를 크게 붙임 | 묻는 "
        "사람이 줄었다 |\n"
    )
    kept = "| 요일 | 한 일 | 결과 |\n| 화 | 매대를 둘로 나눔 | 한쪽만 붐볐다 |"
    found = read(f"{lost}| [2026년 7주차] 2/9~2/13 |\n{kept}")
    said = [one for one in found.problems if one.code == "rows_outside"]
    assert [(one.place.row, one.facts) for one in said] == [(1, (("count", "2"),))]
    for line in (
        "| 작성일 | 2026-11-16 | 작성 부서 | 매장 운영 팀 |",
        "| 2026-11-16 | 매장 운영 일지 |",
    ):
        others = read(f"{line}\n\n{kept}").problems
        assert not [one for one in others if one.code == "rows_outside"]


@pytest.mark.parametrize("kind", ["guide", "lookup", "summary"])
def test_the_only_tab_of_a_source_is_not_asked_about_once_the_answer_was_given(
    kind: TableKind,
) -> None:
    people = grid(
        """
        | Name | Role | Last contact | What we give first |
        | Helen Shaw | Quay Bank | 2026-08-20 | Volunteer day plan |
        | Ann Lee | Chapel | 2026-08-30 | Hall timetable |
        """,
        "people",
    )
    (asked,) = read(people).problems
    assert asked.code == "not_understood"
    answered = read(people, options=ParseOptions(tables={"people": kind}))
    assert not answered.problems
    assert not answered.entries


def test_two_rows_of_sentences_side_by_side_are_asked_about_beside_a_log() -> None:
    other = """
| Zork | Blip |
| We moved the shelf to the window | It made the room brighter for everyone |
| We moved the desk to the back | Nobody found us there any more |
"""
    found = read(grid(EN, "Log"), grid(other, "Other"))
    told = [problem for problem in found.problems if problem.code == "not_understood"]
    assert [problem.place.tab for problem in told] == ["Other"]
    assert len(notes(grid(EN, "Log"), grid(other, "Other"))) == 3
