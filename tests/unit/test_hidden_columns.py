"""Hidden columns: those that name a part of a note are read, the others are counted and said."""

from sync.contents.workbook import Grid, Value, Workbook
from sync.parse_result import ParseOptions, join_results
from sync.parsing.logs.content import parse_content

ROWS: list[list[Value]] = [
    ["날짜", "목표", "가설", "회고", "key", "계산용"],
    ["2026-11-16", "재방문 40%", "쿠폰을 주면 다시 온다", "기한이 짧을수록 낫다", "a-1", 3],
    ["2026-11-17", "별점 4.8", "포장을 바꾸면 오른다", "국물이 샜다", "a-2", 4],
]


def read(hidden, rows=ROWS):
    grid = Grid("기록", rows, hidden_columns=frozenset(hidden))
    return join_results(parse_content(Workbook("log", (grid,)), ParseOptions()))


def test_a_hidden_column_that_names_a_field_is_read():
    found = read({2, 4})
    assert [entry.note.goal for entry in found.entries] == ["재방문 40%", "별점 4.8"]
    assert [entry.note.retrospective for entry in found.entries] == [
        "기한이 짧을수록 낫다",
        "국물이 샜다",
    ]
    assert not [problem for problem in found.problems if problem.code == "hidden_columns"]


def test_hidden_helpers_are_left_out_counted_and_said_once():
    found = read({5, 6})
    [problem] = [problem for problem in found.problems if problem.code == "hidden_columns"]
    assert (problem.value, dict(problem.facts), problem.place.tab) == (
        "E, F",
        {"count": "6"},
        "기록",
    )
    assert all("a-1" not in text for entry in found.entries for _, text in entry.raw.cells)


def test_an_empty_hidden_column_is_not_worth_a_word():
    assert not read({7}, [[*row, None] for row in ROWS]).problems


def test_cells_right_of_the_last_column_that_is_looked_at_are_counted():
    rows = [[*row, *[None] * 500, "더"] for row in ROWS]
    [problem] = [problem for problem in read((), rows).problems if problem.code == "cut_columns"]
    assert dict(problem.facts) == {"most": "400", "count": "3"}


def test_a_hidden_helper_parts_no_table():
    rows: list[list[Value]] = [
        ["Iteration", "What worked", "What didn't", "x1", "Experiments to try", "Champion"],
        ["2026-W14", "Pairing on hard parts", "Reviews were late", 3, "Review at ten", "Ola"],
        ["2026-W16", "Reviews at ten", "Too many meetings", 4, "No meeting on Tuesday", "Finn"],
    ]
    found = read({4}, rows)
    assert [(entry.note.owners, entry.note.week) for entry in found.entries] == [
        (("Ola",), "2026-W14"),
        (("Finn",), "2026-W16"),
    ]


def test_hidden_days_and_sides_of_a_change_are_read():
    rows: list[list[Value]] = [
        ["영상", "업로드", "바꿔 본 것", "대기 바꾸기 전", "대기 바꾼 뒤", "회고"],
        ["빵 굽기", "2026-06-03", "얼굴 없는 표지", 35, 22, "빵은 크게 찍는다"],
        ["시장 구경", "2026-06-10", "제목에 숫자", 22, 27, "장소 이름이 낫다"],
    ]
    notes = [entry.note for entry in read({2, 5}, rows).entries]
    assert [str(note.start_date) for note in notes] == ["2026-06-03", "2026-06-10"]
    assert [note.metric and (note.metric.before, note.metric.after) for note in notes] == [
        (35, 22),
        (22, 27),
    ]
