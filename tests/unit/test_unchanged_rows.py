"""A reading that reuses the rows of the last one says what a reading of everything says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples

from notes.model.notes import Entry, Problem, UnchangedRows
from notes.store.note_rows.json_payload import entry_json
from sync.contents.parsed_rows import ParsedRow, ParsedRows, read_parsed_rows
from sync.contents.workbook import Area, CellError, CellFormat, Grid, Value, Workbook
from sync.parse_result import ParsedTable, ParseOptions, SkippedRows
from sync.parsing.logs.content import parse_content
from sync.parsing.table_analysis import sampling

Row = list[Value]
KO = ["번호", "날짜", "목표", "가설", "실행", "결과", "회고", "담당자", "전", "후", "완료"]
EN = [
    "Key", "Date", "Goal", "Hypothesis", "What we did", "Result", "Retrospective", "Owner",
    "Before", "After", "Status",
]  # fmt: skip
PIECES: dict[str, list[list[Value]]] = {
    "ko": [
        [None, "EXP-1", "EXP-2", 7],
        [None, "3/2", "12/28", "1/4", "2026-03-02", date(2026, 3, 9), "3월 둘째 주", "13/4/2026",
        "모름"],
        [None, None, "재방문율 20% 달성", "소개 손님 늘리기", CellError("#REF!")],
        [None, "안내 문구를 줄이면 더 오래 머문다", "쿠폰을 주면 다시 온다",
        "질문을 먼저 하면 상담이 길어진다"],
        [None, "문구를 세 줄로 줄여 일주일 걸었다", "쿠폰 서른 장을 나눠 주었다", "TRUE"],
        [None, "재방문율 11% → 22%", "성공", "실패: 반응 없음", "-"],
        [None, (
            "T) 손님은 질문에 답한다\n"
            "적용: 상담에도 쓴다"
        ), "배운 점: 짧은 글이 낫다", "Next: 다시 한다"],
        [None, "김하늘", "박서준, 이도윤", "@한지호"],
        [None, 11, 0.2, "18%", "13/42"],
        [None, 22, 0.3, "31%", CellError("#DIV/0!")],
        [None, True, False, "완료", "진행 중", "보류"],
    ],
    "en": [
        [None, "T-1", "T-2", 4],
        [None, "3/2", "12/28", "Jan 4", "2026-03-02", date(2026, 3, 9), "Week 11", "13/4/2026",
        "soon"],
        [None, None, "Raise repeat visits to 20%", "More referrals", CellError("#REF!")],
        [None, (
            "If the sign is shorter more "
            "people stop"
        ), "A coupon brings people back", "Asking first helps"],
        [None, "We hung a sign of three lines for a week", "Gave thirty coupons away", "TRUE"],
        [None, "Repeat visits 11% -> 22%", "worked", "failed: nobody came", "n/a"],
        [None, (
            "T) guests answer questions\n"
            "Applied to: the counter"
        ), "Learned: short is better", "Next: again"],
        [None, "Ann Lee", "Bob, Carol", "@dan"],
        [None, 11, 0.2, "18%", "13/42"],
        [None, 22, 0.3, "31%", CellError("#DIV/0!")],
        [None, True, False, "done", "running", "on hold"],
    ],
}  # fmt: skip
LINES: dict[str, list[str]] = {
    "ko": [
        "3월 2주차",
        "[목표] 재구매 늘리기",
        "2025년",
        "합계",
        "예) 이렇게 쓰세요",
        "김하늘",
        "---",
    ],
    "en": ["Week 12", "Goal: more repeat orders", "2025", "Total", "Example", "Ann Lee", "---"],
}


def a_row(language: str) -> st.SearchStrategy[Row]:
    return st.tuples(*map(st.sampled_from, PIECES[language])).map(list)


def any_line(language: str) -> st.SearchStrategy[Row]:
    label = st.sampled_from(LINES[language]).map(lambda text: [text])
    return st.one_of(a_row(language), a_row(language), a_row(language), label, st.just([None]))


Edit = tuple[str, int, int, Row]
EDITS = [
    "cell", "insert", "remove", "copy", "move", "sort", "column", "header", "merge", "format", "tab"
]  # fmt: skip


def edits(language: str) -> st.SearchStrategy[list[Edit]]:
    one = st.tuples(
        st.sampled_from(EDITS), st.integers(0, 40), st.integers(0, 40), any_line(language)
    )
    return st.lists(one, min_size=1, max_size=4)


LOGS = st.sampled_from(["ko", "en"]).flatmap(
    lambda language: st.tuples(
        st.just(KO if language == "ko" else EN),
        st.lists(any_line(language), min_size=3, max_size=16),
        edits(language),
    )
)


class Sheet:
    """A tab that people edit."""

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        self.rows: list[Row] = [list(header), *map(list, rows)]
        self.tab = "2026 log"
        self.merges: list[Area] = []
        self.formats: dict[tuple[int, int], CellFormat] = {}

    def edit(self, kind: str, one: int, other: int, row: Row) -> None:
        at, to = 1 + one % (len(self.rows) - 1), 1 + other % (len(self.rows) - 1)
        if kind in {"insert", "remove", "copy", "move", "sort"}:
            self._arrange(kind, at, to, row)
        elif kind == "cell":
            column = other % len(self.rows[0])
            self.rows[at] = [*self.rows[at], *[None] * (len(self.rows[0]) - len(self.rows[at]))]
            self.rows[at][column] = row[column % len(row)]
        elif kind == "column":
            for number, cells in enumerate(self.rows):
                cells.insert(other % 5, (None, "새 칸")[one % 2] if number else "메모")
        elif kind == "header":
            self.rows[0][other % len(self.rows[0])] = ("비고", "Owner", "지표")[one % 3]
        elif kind == "merge":
            self.merges = [Area(at, 3, min(at + 1 + other % 3, len(self.rows)), 3)]
        elif kind == "tab":
            self.tab = ("2026 log", "2025 log", "3월", "log")[one % 4]
        elif kind == "format":
            self.formats = {(at + 1, 9): CellFormat("percent"), (to + 1, 10): CellFormat("percent")}

    def _arrange(self, kind: str, at: int, to: int, row: Row) -> None:
        if kind == "insert":
            self.rows.insert(at, row)
        elif kind == "remove" and len(self.rows) > 3:
            del self.rows[at]
        elif kind == "copy":
            self.rows.insert(to, list(self.rows[at]))
        elif kind == "move":
            self.rows.insert(to, self.rows.pop(at))
        elif kind == "sort":
            self.rows[1:] = sorted(self.rows[1:], key=lambda cells: str(cells[to % len(cells)]))

    def grid(self) -> Grid:
        return Grid(
            self.tab,
            [list(cells) for cells in self.rows],
            merges=tuple(self.merges),
            formats=dict(self.formats),
            cell_url="https://example.org/{row}/{col}",
        )


class Reader:
    """Reads a tab again and again as `sync` does, with a store that holds the living notes."""

    def __init__(self) -> None:
        self.content, self.stored = b"", dict[bytes, Entry]()
        self.workbook, self.reused = "", 0

    def read(self, grid: Grid, options: ParseOptions, basis: str = "1") -> "Reading":
        parsed = read_parsed_rows(basis, self.content, self.stored.keys())
        parsed.workbook, found = self.workbook, Reading()
        for part in parse_content(Workbook("log", [grid]), options, parsed=parsed):
            found.problems += part.problems
            found.skipped += part.skipped
            found.tables += part.tables
            found.entries += part.entries
            found.as_before = found.as_before or part.as_before
            told = zip(part.row_keys, part.row_remarks, part.entries, strict=bool(part.row_keys))
            for key, remarks, entry in told:
                if key:
                    start = entry.note.start_date
                    day = start.toordinal() if start else 0
                    parsed.keep(key, ParsedRow(entry_json(entry)[2], day, remarks))
            for rows in part.unchanged:
                for at in range(len(rows)):
                    self._reuse(rows, at, found)
        found.entries.sort(key=lambda entry: entry.raw.place.row)
        self.content, [self.workbook] = parsed.to_bytes(), parsed.workbooks
        self.stored = {entry_json(entry)[2]: entry for entry in found.entries}
        return found

    def _reuse(self, rows: UnchangedRows, at: int, found: "Reading") -> None:
        self.reused += 1
        known, place = self.stored[rows.digests[at]], rows.place(at)
        note = replace(known.note, place=place, url=rows.url(at))
        found.entries.append(Entry(replace(known.raw, place=place), note))
        start = note.start_date
        assert rows.days[at] == (start.toordinal() if start else 0)
        assert rows.keys[at] == note.key
        assert rows.labels[at] == tuple(label for label, _ in known.raw.cells)


class Reading:
    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.skipped: list[SkippedRows] = []
        self.tables: list[ParsedTable] = []
        self.as_before = False


def anew(grid: Grid, options: ParseOptions) -> Reading:
    found = Reading()
    for part in parse_content(Workbook("log", [grid]), options):
        found.entries += part.entries
        found.problems += part.problems
        found.skipped += part.skipped
        found.tables += part.tables
    found.entries.sort(key=lambda entry: entry.raw.place.row)
    return found


def assert_same(one: Reading, other: Reading) -> None:
    assert one.entries == other.entries
    assert one.problems == other.problems
    assert sorted(one.skipped, key=str) == sorted(other.skipped, key=str)
    assert one.tables == other.tables


OPTIONS = ParseOptions(today=date(2026, 4, 1), aliases={"하늘": "김하늘"})


@given(LOGS, st.sampled_from([500, 2, 3]))
@example(
    (KO, [[None, None, None, "가"], [None, None, None, "나"]], [("insert", 1, 0, ["합계"])]), 500
)
@settings(deadline=None, max_examples=examples(200), suppress_health_check=[HealthCheck.too_slow])
def test_a_reading_that_reuses_rows_says_what_a_reading_from_scratch_says(
    log: tuple[list[str], list[Row], list[Edit]], part: int
) -> None:
    header, rows, changes = log
    sheet, reader = Sheet(header, rows), Reader()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sampling, "PART", part)  # tall tables, without many rows
        assert_same(reader.read(sheet.grid(), OPTIONS), anew(sheet.grid(), OPTIONS))
        for change in changes:
            sheet.edit(*change)
            assert_same(reader.read(sheet.grid(), OPTIONS), anew(sheet.grid(), OPTIONS))


def a_log(rows: int = 40) -> Sheet:
    pieces = PIECES["en"]
    made = [
        [f"T-{number}", f"2026-03-{1 + number % 28:02}", None if number % 4 else f"goal {number}"]
        + [f"{pieces[column][1]} {number}" for column in range(3, 8)]
        for number in range(rows)
    ]
    return Sheet(EN[:8], made)


def test_only_the_rows_that_changed_are_parsed_again_with_the_ones_above_them() -> None:
    sheet, reader = a_log(), Reader()
    reader.read(sheet.grid(), OPTIONS)
    sheet.rows[20][4] = "We did something else"
    reader.read(sheet.grid(), OPTIONS)

    assert reader.reused == 40 - 3  # the first row, which could continue nothing; 19 and 20


def test_a_row_reused_twice_is_still_known_the_third_time() -> None:
    sheet, reader = a_log(), Reader()
    for _ in range(3):
        reader.read(sheet.grid(), OPTIONS)

    assert reader.reused == 2 * 39


def test_rows_with_a_problem_are_reused_and_the_problem_stands_where_the_cell_stands_now() -> None:
    sheet, reader = a_log(), Reader()
    for row in sheet.rows[5::2]:
        row[1] = "some day"
    reader.read(sheet.grid(), OPTIONS)
    for number, cells in enumerate(sheet.rows):
        cells.insert(1, None if number else "colour")
    sheet.rows.insert(3, ["T-99", None, "2026-03-02", None, "If asked", "We asked", "worked"])
    found = reader.read(sheet.grid(), OPTIONS)

    assert reader.reused == 40 - 2  # the first row; the one above the new row
    assert [one.place.col for one in found.problems] == ["C"] * 18
    assert_same(found, anew(sheet.grid(), OPTIONS))


def test_a_deed_is_compared_with_the_people_who_now_have_the_trial_above_it() -> None:
    sheet, reader = a_log(), Reader()
    for number, cells in enumerate(sheet.rows):
        cells[6:] = [None, "Ann" if number else "Owner"]
    sheet.rows += [[None, None, None, None, f"Deed {number}", None, None, "Bo"] for number in "12"]
    assert len(reader.read(sheet.grid(), OPTIONS).entries) == 42
    for person, notes in (("Bo", 40), ("Cy", 42), ("Ann, Bo", 40)):
        sheet.rows[40][7] = person
        found = reader.read(sheet.grid(), OPTIONS)
        assert len(found.entries) == notes
        assert_same(found, anew(sheet.grid(), OPTIONS))


def test_an_empty_column_that_is_inserted_costs_no_parsing() -> None:
    sheet, reader = a_log(), Reader()
    reader.read(sheet.grid(), OPTIONS)
    for number, cells in enumerate(sheet.rows):
        cells.insert(4, None if number else "colour")
    reader.read(sheet.grid(), OPTIONS)

    assert reader.reused == 39


HEAD: Row = [
    "Date", "Goal", "Hypothesis", "What we did", "Retrospective", "Worked?", "Before", "After"
]  # fmt: skip
STOPPED = "Many more people stopped at the door than before"
RAISED = "The visits of the week went from 11% to 22%: visits 11% -> 22%"


def told(rows: Sequence[Sequence[Value]], **more: object) -> Grid:
    """Return a log of rows that differ in their hypothesis; a row given begins at its date."""
    made = [
        [date, f"goal {number}", f"If {number} signs hang people stop", *others]
        for number, (date, *others) in enumerate(rows)
    ]
    return Grid("log", [HEAD, *made], **more)  # type: ignore[arg-type]


def plain(*dates: Value) -> list[Row]:
    return [[day, "We hung signs", STOPPED, "worked"] for day in dates]


LABELLED = ("Learned: short is good", "배운 점: 짧은 글이 낫다")


def remarked(*cells: str) -> Grid:
    """Return a log with a column of an unknown name in which these cells stand."""
    grid = told(plain(*(f"2026-03-0{number}" for number in range(1, len(cells) + 1))))
    rows = [[*row, cell] for row, cell in zip(grid.rows, ("Zettel", *cells), strict=True)]
    return Grid("log", rows)


def names(*cells: tuple[Value, Value]) -> Grid:
    """Return a log of (hypothesis, what was done) alone."""
    return Grid("log", [["Hypothesis", "What we did"], *map(list, cells)])


SIGN, COUPON = "If a sign hangs people stop", "A coupon brings people back"
MERGED = Grid(
    "log", names((SIGN, "a"), (SIGN, "b"), (COUPON, "c")).rows, merges=(Area(2, 1, 3, 1),)
)
FROM_OTHER_ROWS = {
    "the year of days without one": (
        told(plain("2025-03-02", "3/9", "3/16", "3/23")),
        told(plain("2024-03-02", "3/9", "3/16", "3/23")),
    ),
    "the order of day and month": (
        told(plain("2/13/2026", "3/4/2026", "5/6/2026")),
        told(plain("13/2/2026", "3/4/2026", "5/6/2026")),
    ),
    "what a TRUE means": (
        told([["2026-03-02", "We hung signs", "", "FALSE"]] * 6),
        told([["2026-03-02", "We hung signs", "", "FALSE"]] * 5
             + [["2026-03-02", "We hung signs", STOPPED, False]]),
    ),
    "whether numbers have cells of their own": (
        told([["2026-03-02", "We hung signs", RAISED, "worked"]] * 4),
        told([["2026-03-02", "We hung signs", RAISED, "worked"]] * 3
             + [["2026-03-02", "We hung signs", STOPPED, "worked", 11, 22]]),
    ),
    "a format": (
        told([["2026-03-02", "We hung signs", STOPPED, "worked", 0.1, 0.2]] * 3),
        told([["2026-03-02", "We hung signs", STOPPED, "worked", 0.1, 0.2]] * 3,
             formats={(3, 7): CellFormat("percent"), (3, 8): CellFormat("percent")}),
    ),
    "a merge": (names((SIGN, "a"), (SIGN, "b"), (COUPON, "c")), MERGED),
    "the row below continues it": (
        names((COUPON, "x"), (SIGN, "a"), (COUPON, "c")),
        names((COUPON, "x"), (SIGN, "a"), (None, "and a second week"), (COUPON, "c")),
    ),
    "a row above that it continues": (
        names((None, "a second week"), (COUPON, "c"), (SIGN, "d")),
        names((SIGN, "a"), (None, "a second week"), (COUPON, "c"), (SIGN, "d")),
    ),
    "a row above that says nothing no longer": (
        names((COUPON, "x"), ("-", None), (None, "a second week"), (SIGN, "d")),
        names((COUPON, "x"), (SIGN, "a"), (None, "a second week"), (SIGN, "d")),
    ),
    "a copy of it": (
        told(plain(*["2026-03-02"] * 8)),
        Grid("log", [*(grown := told(plain(*["2026-03-02"] * 8)).rows), grown[3]]),
    ),
    "a problem that stands": (
        told(plain("2026-03-01", "some day", "2026-03-03", "2026-03-04", "2026-03-04")),
        told(plain("2026-03-01", "some day", "2026-03-03", "2026-03-04", "2026-03-05")),
    ),
    "that all its days are months": (
        told(plain("Jan-26", "Feb-26", "Mar-26", "Apr-26")),
        told(plain("Jan-26", "Feb-26", "Mar-26", "Apr-2")),
    ),
    "that most cells begin with a label": (
        remarked(*LABELLED, "It rained", "It snowed", "Learned: paper is cheap"),
        remarked(*LABELLED, "It rained", "It snowed", "It rained all day"),
    ),
    "a line above": (
        Grid("log", [HEAD, ["Week 11 2026"], *told(plain(None, None)).rows[1:]]),
        Grid("log", [HEAD, ["Week 12 2026"], *told(plain(None, None)).rows[1:]]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FROM_OTHER_ROWS)
def test_what_a_row_takes_from_other_places_is_taken_from_there_again(what: str) -> None:
    before, after = FROM_OTHER_ROWS[what]
    reader = Reader()
    reader.read(before, OPTIONS)
    reader.read(before, OPTIONS)

    assert_same(reader.read(after, OPTIONS), anew(after, OPTIONS))
    assert_same(reader.read(before, OPTIONS), anew(before, OPTIONS))
    assert reader.reused


@pytest.mark.parametrize("other", ["settings", "goal above", "alias", "erased"])
def test_what_a_row_depends_on_besides_its_cells_makes_it_parsed_again(other: str) -> None:
    sheet, reader = a_log(12), Reader()
    reader.read(sheet.grid(), OPTIONS)
    options, basis = OPTIONS, "1"
    if other == "settings":
        basis = "2"
    elif other == "goal above":
        sheet.rows[5][2] = "another goal"  # filled down into the three rows below it
    elif other == "alias":
        options = replace(OPTIONS, aliases={"Ann": "Anna"})
    else:
        reader.stored = {}
    found = reader.read(sheet.grid(), options, basis)

    assert reader.reused == (12 - 6 if other == "goal above" else 0)
    assert_same(found, anew(sheet.grid(), options))


def test_a_workbook_that_nobody_touched_is_known_to_be_that_of_the_last_reading() -> None:
    sheet, reader = a_log(5), Reader()
    told = [reader.read(sheet.grid(), OPTIONS).as_before for _ in range(2)]
    sheet.rows[2][4] = "something else was done"
    told.append(reader.read(sheet.grid(), OPTIONS).as_before)
    assert told == [False, True, False]


def test_what_is_kept_of_rows_survives_no_cut() -> None:
    sheet, reader = a_log(5), Reader()
    reader.read(sheet.grid(), OPTIONS)

    assert read_parsed_rows("1", reader.content, reader.stored.keys()).known
    assert not read_parsed_rows("1", reader.content[:-1], reader.stored.keys()).known
    assert ParsedRows("1").to_bytes() == b""
