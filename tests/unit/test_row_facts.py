"""What is kept of rows by their cells alone: equal rows are not asked again, others always are."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sync.contents.parsed_rows import KnownTab, ParsedRow, ParsedRows, read_parsed_rows
from sync.contents.row_buffer import bytes_of_row
from sync.contents.workbook import Area, CellError, Grid, Value, Workbook
from sync.parse_result import ParseOptions
from sync.parsing.layout import body_rows, tab_layout
from sync.parsing.layout.sheet import row_facts
from sync.parsing.layout.sheet.row_facts import RowFacts
from sync.parsing.logs.content import parse_content
from sync.parsing.profiles.column_profile import FULL, fill_of, is_full
from sync.parsing.table_analysis.reshaping.grid_records import counted_texts, texts_of
from sync.parsing.tables.record_table import TableColumn
from sync.parsing.vocabulary import load_words

Row = list[Value]
KO: Row = ["날짜", "가설", "실행", "결과", "배운 점", "담당자"]
EN: Row = ["Date", "Hypothesis", "What we did", "Result", "Learned", "Owner"]
TELLING = {
    "ko": "안내 문구를 줄이면 손님이 매대 앞에 더 오래 머문다 {}",
    "en": "If the sign is shorter more people stop at the stand {}",
}


def a_row(language: str, number: int) -> Row:
    text = TELLING[language].format(number)
    return [f"2026-03-{1 + number % 28:02}", text, f"{number}", "성공", f"{number} x", "김하늘"]


def a_log(language: str, rows: int = 40) -> Grid:
    header = KO if language == "ko" else EN
    return Grid("log", [header, *(a_row(language, number) for number in range(rows))])


def edited(grid: Grid, change: Callable[[list[Row]], object]) -> Grid:
    rows = [list(row) for row in grid.rows]
    change(rows)
    return replace(grid, rows=rows)


class Kept:
    """Reads tabs one after the other with what the last reading kept, and counts the questions."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.content = b""
        self.asked: dict[str, int] = {}
        for place, name in (
            (body_rows, "_line"),
            (tab_layout, "may_name_columns"),
            (row_facts, "fill_of"),
            (row_facts, "clean_cells"),
        ):
            monkeypatch.setattr(place, name, self._counted(name, getattr(place, name)))

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            self.asked[name] += 1
            return real(*given, **named)

        return called

    def read(self, grid: Grid) -> dict[str, int]:
        """Read a tab; return how often each question was asked of a row."""
        self.asked = dict.fromkeys(("_line", "may_name_columns", "fill_of", "clean_cells"), 0)
        parsed = read_parsed_rows("1", self.content, ())
        for number, part in enumerate(
            parse_content(Workbook("log", [grid]), ParseOptions(), parsed=parsed)
        ):
            for key in part.row_keys:
                parsed.keep(key or bytes(16), ParsedRow(bytes(16), number))
        self.content = parsed.to_bytes()
        return self.asked


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    return Kept(monkeypatch)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_of_forty_rows_only_the_changed_one_is_asked_again(kept: Kept, language: str) -> None:
    first = kept.read(a_log(language))
    assert first["_line"] == first["may_name_columns"] == 40
    assert first["fill_of"] == first["clean_cells"] == 41

    def change(rows: list[Row]) -> None:
        rows[20][1] = TELLING[language].format("other")

    again = kept.read(edited(a_log(language), change))
    # The first record is always asked: it may be what a form asks for.
    assert again == {"_line": 2, "may_name_columns": 1, "fill_of": 1, "clean_cells": 1}
    assert kept.read(edited(a_log(language), change)) == {
        "_line": 1, "may_name_columns": 0, "fill_of": 0, "clean_cells": 0,
    }  # fmt: skip


def test_rows_that_were_moved_are_not_asked_again(kept: Kept) -> None:
    kept.read(a_log("ko"))
    again = kept.read(edited(a_log("ko"), lambda rows: rows.insert(1, rows.pop())))
    assert again["fill_of"] == again["may_name_columns"] == 0
    assert again["_line"] == 2  # the first one, and the one that was the first


WHOLE = {
    "another header": lambda grid: edited(grid, lambda rows: rows[0].__setitem__(5, "누가")),
    "a merge": lambda grid: replace(grid, merges=(Area(3, 6, 4, 6),)),
    "a hidden row": lambda grid: replace(grid, hidden_rows=frozenset({7})),
    "a column more": lambda grid: replace(grid, rows=[[*row, "x"] for row in grid.rows]),
}


@pytest.mark.parametrize("what", list(WHOLE))
def test_what_an_answer_depends_on_besides_the_row_asks_every_row_again(
    kept: Kept, what: str
) -> None:
    kept.read(a_log("ko"))
    assert kept.read(WHOLE[what](a_log("ko")))["_line"] == 40


def test_a_row_that_may_be_a_line_of_totals_is_asked_each_time(kept: Kept) -> None:
    """A rate beside a day is a metric, beside anything else a total: the lines above may tell."""

    def short(rows: list[Row]) -> None:
        rows[9] = ["2026-03-09", "win rate", "12", "worked", "9 x", "Ann"]

    kept.read(edited(a_log("en"), short))
    assert kept.read(edited(a_log("en"), short))["_line"] == 2


def test_a_row_of_short_words_that_head_no_totals_is_known(kept: Kept) -> None:
    def short(rows: list[Row]) -> None:
        rows[9][1] = "짧은 글"

    kept.read(edited(a_log("ko"), short))
    assert kept.read(edited(a_log("ko"), short))["_line"] == 1


def test_a_text_that_had_to_be_cleaned_is_cleaned_each_time(kept: Kept) -> None:
    def unclean(rows: list[Row]) -> None:
        rows[9][1] = f" {TELLING['ko']}\u200b"

    kept.read(edited(a_log("ko"), unclean))
    again = kept.read(edited(a_log("ko"), unclean))
    assert (again["clean_cells"], again["fill_of"]) == (1, 0)


def test_a_row_that_reads_as_another_one_does_once_cleaned_is_cleaned_itself(kept: Kept) -> None:
    """e + zero width space + accent: without the space between them they are not yet one letter."""

    def spaced(rows: list[Row]) -> None:
        rows[9][1] = TELLING["en"] + "e\u200b\u0301"

    def bare(rows: list[Row]) -> None:
        rows[9][1] = TELLING["en"] + "e\u0301"

    kept.read(edited(a_log("en"), spaced))
    assert kept.read(edited(a_log("en"), bare))["clean_cells"] == 1


def test_facts_come_back_as_they_were_kept() -> None:
    facts = RowFacts(KnownTab())
    rows: list[Row] = [["가설", None, "-"], ["가설", None, "-"], [1, 2.5, "실행"]]
    for row in rows:
        facts.add(row)
    facts.marks("one", 3).put(3)
    again = RowFacts(KnownTab.of(facts.record()))
    for row in rows:
        again.add(row)
    assert again.fills == facts.fills == [bytes([2, 0, 1]), bytes([2, 0, 1]), bytes([2, 2, 2])]
    assert [again.marks("one", 3).has(row) for row in (1, 2, 3)] == [False, False, True]
    assert not any(again.marks("one", 4).has(row) for row in (1, 2, 3))


def test_the_answers_to_seven_questions_are_kept_and_no_answer_is_taken_for_another() -> None:
    facts = RowFacts(KnownTab())
    facts.add(["가설"])
    for number in range(12):
        facts.marks("question", number).put(1)
    again = RowFacts(KnownTab.of(facts.record()))
    again.add(["가설"])
    assert [again.marks("question", number).has(1) for number in range(12)] == [
        number < 7 for number in range(12)
    ]


def test_nothing_is_kept_of_a_reading_without_rows_to_reuse() -> None:
    parsed = ParsedRows("1")
    parsed.keep_tab("log", RowFacts(KnownTab()).record())
    assert parsed.to_bytes() == b""


def test_rows_that_differ_in_a_value_or_its_type_differ_as_bytes() -> None:
    day = date(2026, 3, 2)
    cells: list[Value] = [
        None, "", "1", 1, 1.0, True, 10**30, str(10**30), "2026-03-02", day, "half \ud83d pair",
        datetime(2026, 3, 2), CellError("#REF!"), CellError("#REF!", missing=True), "#REF!",
    ]  # fmt: skip
    rows = [*([one] for one in cells), *([one, other] for one in cells for other in cells)]
    assert len({bytes_of_row(row) for row in rows}) == len(rows)


def test_a_cell_is_filled_in_a_row_where_it_is_full_alone() -> None:
    words = [*load_words("placeholders")["words"], *load_words("placeholders")["answers"]]
    odd = ["0", "7", "7.5", "①", "½", "ｎ/ａ", "Ｎ", "_", "-5", "ⅳ", "x" * 60]
    texts = [form for word in words for form in (word, word.upper(), f"({word}).", f"{word} 1")]
    texts += odd
    assert [fill_of([text])[0] == FULL for text in texts] == [is_full(text) for text in texts]


def test_equal_cells_of_a_column_are_looked_at_once_and_counted_each() -> None:
    values: list[Value] = ["완료", True, 1, "완료", "-", 1.0, "Off", None, "1", "보류"]
    column = TableColumn("상태", "", "A", values)
    assert counted_texts(column) == Counter(texts_of(column))
