"""CSV files as people and scripts write them: the grid that is meant, and a remark where that
cannot be known.

The files are in tests/data/cases/csv, `in` as they come and `expected` as RFC 4180 would have them.
"""

import csv
from pathlib import Path

import pytest

from notes.model.errors import SourceRefusedError
from sync.files.text_tables.csv_dialect import cells_of, dialect_of
from sync.files.text_tables.csv_files import read_csv
from sync.files.text_tables.encodings import decoded

CASES = Path(__file__).parents[1] / "data" / "cases" / "csv"
FILES = sorted(path.name for path in (CASES / "in").iterdir() if path.stat().st_size)


def grid(content):
    return next(iter(read_csv(content, "log", "log").grids))


def rows(text):
    return [list(row) for row in grid(text.encode()).rows]


def codes(content):
    return [(remark.code, remark.row, remark.column) for remark in grid(content).remarks]


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_the_grid_that_is_meant(name):
    with (CASES / "expected" / name).open(encoding="utf-8", newline="") as file:
        meant = [[cell or None for cell in row] for row in csv.reader(file)]
    assert [list(row) for row in grid((CASES / "in" / name).read_bytes()).rows] == meant


def test_what_cannot_be_decided_is_named_with_its_row():
    assert codes((CASES / "in" / "01_stray_quote_swallows_rest.csv").read_bytes()) == [
        ("unclosed_quote", 4, 3)
    ]
    assert codes((CASES / "in" / "16_one_nul.csv").read_bytes()) == [("broken_byte", 6, 4)]
    assert codes((CASES / "in" / "06_cp1252_smart_quotes.csv").read_bytes()) == [
        ("guessed_encoding", 0, 0)
    ]


def test_one_broken_byte_names_its_line_and_the_rest_is_read():
    good = 'goal,try,note\n"two\nlines",b,c\n목표,가설,회고\nd,e,f\n'.encode()
    found = grid(good.replace("가설".encode(), b"\xea\xb0\xff\x84\xa4"))
    assert len(found.rows) == 4
    assert [(remark.code, remark.row, dict(remark.facts)) for remark in found.remarks] == [
        ("broken_byte", 3, {"line": "4"})
    ]


def test_an_inch_and_an_apostrophe_are_no_quotes():
    assert rows("size,say\n7\" pipe,it's\n8\" pipe,'twas nice\n") == [
        ["size", "say"],
        ['7" pipe', "it's"],
        ['8" pipe', "'twas nice"],
    ]


def test_a_quoted_word_within_a_cell_takes_nothing_away():
    text = 'day,goal,learned\n1,"more" guests,a\n2,b,"he said "no", twice"\n3,c,d\n'
    assert [len(row) for row in rows(text)] == [3, 3, 3, 3]


def test_an_unclosed_quote_before_a_properly_quoted_row_swallows_nothing():
    lines = ["day,try,note", *(f'{n},"a, {n}",n{n}' for n in range(1, 9))]
    lines[3] = '3,"a 3,n3'
    assert [len(row) for row in rows("\n".join(lines))] == [3] * 9


def test_two_stray_quotes_do_not_make_one_cell_of_the_rows_between():
    lines = ["day,try,note", *(f"{n},a{n},n{n}" for n in range(1, 9))]
    lines[2], lines[6] = '2,"a2,n2', '6,a6",n6'
    assert [len(row) for row in rows("\n".join(lines))] == [3] * 9


def test_a_cell_of_several_lines_with_commas_stays_one_cell():
    text = 'day,note,next\n1,"first, we met\nthen, we talked\nthen, we ended",go\n2,b,c\n'
    assert [len(row) for row in rows(text)] == [3, 3, 3]


def test_every_end_of_line_is_one():
    for end in ("\n", "\r\n", "\r"):
        assert rows(end.join(["a,b", '1,"x"', "2,y"])) == [["a", "b"], ["1", "x"], ["2", "y"]]


def test_a_section_line_with_commas_in_a_table_of_another_separator_is_one_cell():
    assert rows("a;b;c\n1;2;3\nspring, summer\n4;5;6")[2] == ["spring, summer"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp949", "회고: GPT로 요약, A/B테스트 결과"),
        ("cp949", "Kim팀장님께 LINE으로 보냄"),
        ("cp1252", "don’t, can’t"),
        ("cp1252", "Ärger;Äpfel;Größe"),
        ("cp1252", "Año;Descripción;Útil"),
        ("cp1252", "«façade» été"),
        ("cp932", "日付,目標,振り返り\n3月,登録率を上げる,ボタン"),
        ("gb18030", "本周实验结果:失败,原因是没有及时跟进客户"),
        ("utf-16-le", "날짜,목표,회고\n1,2,3"),
        ("utf-16-be", "day,goal,note\n1,2,3"),
    ],
)
def test_an_encoding_that_is_not_named_is_the_one_that_reads_like_a_language(encoding, text):
    found = decoded(text.encode(encoding))
    assert found is not None
    assert (found.text, found.encoding) == (text, encoding)


def test_bytes_of_a_picture_are_no_text():
    assert decoded(bytes(range(256)) * 20) is None


def test_a_line_of_nothing_but_quotes_is_looked_at_once():
    assert len(cells_of('"a,' * 20_000, ",")) == 20_001
    assert dialect_of('"a,' * 20_000).separator == ","
    assert len(rows('"a,' * 20_000)[0]) == 20_001


@pytest.mark.parametrize(
    "line",
    [
        "오늘은 {}번째로 손님과 길게 이야기했다",
        "We called {} shops in town today",
        "回顾 第{}次 会议 很 顺利",
    ],
)
def test_sentences_of_equal_length_are_not_cut_at_their_blanks(line: str) -> None:
    text = "\n".join(line.format(number) for number in range(1, 8))
    assert dialect_of(text).separator != " "


def test_figures_between_blanks_are_cells() -> None:
    assert dialect_of("day visits sales\n1 20 300\n2 21 290\n3 25 310").separator == " "


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_row_with_another_separator_and_commas_in_its_prose_is_whole(separator: str) -> None:
    other = separator.join(["2026-11-03", "Ann", "a shorter form", "They asked, then left"])
    text = f"Date,Who,Tried,Seen\n2026-11-02,Bo,a bell,nobody rang\n{other}\n"
    assert rows(text)[2] == ["2026-11-03", "Ann", "a shorter form", "They asked,then left"]


def test_a_short_row_with_semicolons_in_its_prose_stays_as_it_is() -> None:
    text = "Date,Tried,Seen\n2026-11-02,a bell,nobody rang\na; b; c,d\n"
    assert rows(text)[2] == ["a; b; c", "d"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<!DOCTYPE html><table><tr><td>a</td></tr></table>", "a web page"),
        ('[{"date": "2026-11-02", "tried": "a bell"}]', "JSON"),
    ],
)
def test_a_web_page_or_json_under_the_name_of_a_csv_is_refused_by_its_name(
    text: str, told: str
) -> None:
    with pytest.raises(SourceRefusedError, match=told):
        read_csv(text.encode(), "log", "log")
