"""The promises of the file source, against real files."""

import io
import os
import zipfile
from contextlib import suppress
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_profiles import examples
from openpyxl.comments import Comment

from notes.model.errors import SourceError, SourceRefusedError, SourceUnavailableError
from sync.contents.workbook import Area, CellError, CellFormat
from sync.files.source import FileSource
from sync.files.text_tables.csv_files import read_csv
from sync.files.xlsx import read_xlsx

ROWS = [["가설", "결과"], ["짧으면 낫다", "11%→22%"]]


def workbook(path, rows=ROWS, tab="로그"):
    book = openpyxl.Workbook()
    book.active.title = tab
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def source(path, **settings):
    return FileSource("trials", "팀", str(path), **settings)


def read(files, state=None, *, full=False):
    fetch = files.fetch(state or {}, full=full, known=list)
    books = list(fetch.contents)
    return books, fetch.outcome(), fetch


def rows_of(book):
    return [list(row) for grid in book.grids for row in grid.rows]


def test_an_excel_file_gives_its_cells_and_what_stands_beside_them(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2월"
    sheet.append(["제목", True, "#REF!", 0.14, date(2026, 9, 7), 1200, 3])
    sheet["C1"].data_type = "e"
    sheet["D1"].number_format = "0.0%"
    sheet["F1"].number_format = '"₩"#,##0'
    sheet["G1"].number_format = '0"명"'
    sheet["A3"] = "병합"
    sheet.merge_cells("A3:B4")
    sheet["A3"].comment = Comment("확인 필요", "하늘")
    sheet["A5"] = "링크"
    sheet["A5"].hyperlink = "https://example.org/a"
    sheet["B5"] = "위험"
    sheet["B5"].hyperlink = "file:///etc/passwd"
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("도움").sheet_state = "hidden"
    book.save(tmp_path / "log.xlsx")

    [content], _, _ = read(source(tmp_path / "log.xlsx"))
    grid, helper = content.grids

    assert content.name == "log"
    assert list(grid.rows[0]) == ["제목", True, CellError("#REF!"), 0.14, date(2026, 9, 7), 1200, 3]
    assert list(grid.rows[1]) == [None] * 7
    assert grid.formats == {
        (1, 4): CellFormat("percent"),
        (1, 6): CellFormat("currency", "₩"),
        (1, 7): CellFormat("number", "명"),
    }
    assert grid.merges == (Area(3, 1, 4, 2),)
    assert (grid.hidden_rows, grid.hidden_columns) == ({6}, {3})
    assert (grid.links, grid.comments) == ({(5, 1): "https://example.org/a"}, {(3, 1): "확인 필요"})
    assert (grid.hidden, helper.tab, helper.hidden) == (False, "도움", True)


def test_filtered_and_grouped_rows_are_not_hidden(tmp_path):
    book = openpyxl.Workbook()
    for row in ROWS * 3:
        book.active.append(row)
    book.active.auto_filter.ref = "A1:B4"
    book.active.auto_filter.add_filter_column(0, ["짧으면 낫다"])
    for number in (3, 5, 6):
        book.active.row_dimensions[number].hidden = True
    book.active.row_dimensions[5].outline_level = 1
    book.save(tmp_path / "log.xlsx")
    [content], _, _ = read(source(tmp_path / "log.xlsx"))
    assert next(iter(content.grids)).hidden_rows == {6}


def test_a_file_without_cell_addresses_is_counted(tmp_path):
    workbook(tmp_path / "full.xlsx", [["a", 0.5], ["b", 0.25]])
    with (
        zipfile.ZipFile(tmp_path / "full.xlsx") as old,
        zipfile.ZipFile(tmp_path / "bare.xlsx", "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                cells = b'<row><c t="inlineStr"><is><t>a</t></is></c><c t="e"><v>#N/A</v></c></row>'
                data = data[: data.find(b"<row")] + cells + data[data.find(b"</sheetData>") :]
            new.writestr(name, data)
    [content], _, _ = read(source(tmp_path / "bare.xlsx"))
    assert rows_of(content) == [["a", CellError("#N/A")]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_tables_are_read_in_every_encoding_and_with_every_separator(
    tmp_path, encoding, separator
):
    lines = [
        "제목 줄",
        "",
        f"가설{separator}값{separator}비고",
        f"짧다{separator}8{separator}x",
        f'"두 줄\n칸"{separator}9{separator}y',
    ]
    (tmp_path / "log.csv").write_bytes("\r\n".join(lines).encode(encoding))
    [content], _, _ = read(source(tmp_path / "log.csv"))
    assert rows_of(content) == [
        ["제목 줄"],
        [],
        ["가설", "값", "비고"],
        ["짧다", "8", "x"],
        ["두 줄\n칸", "9", "y"],
    ]
    assert next(iter(content.grids)).tab == "log"


def test_decimal_commas_and_commas_in_sentences_do_not_hide_the_separator():
    german = "a;b;c\n1,5;2,5;eins, zwei\n3,5;4,5;drei, vier"
    assert [len(row) for row in next(iter(read_csv(german.encode(), "x", "x").grids)).rows] == [
        3,
        3,
        3,
    ]
    told = "sep=;\na;b\n1,5;2"
    assert [len(row) for row in next(iter(read_csv(told.encode(), "x", "x").grids)).rows] == [
        0,
        2,
        2,
    ]


def test_nothing_is_read_while_no_file_has_changed(tmp_path):
    file = workbook(tmp_path / "log.xlsx")
    _, outcome, _ = read(source(file))
    os.utime(file, ns=(1, 1))
    books, again, fetch = read(source(file), outcome.state)
    assert (books, fetch.unchanged) == ([], True)
    assert read(source(file), again.state)[2].unchanged
    assert not read(source(file), again.state, full=True)[2].unchanged
    workbook(file, [*ROWS, ["새 가설", ""]])
    assert not read(source(file), again.state)[2].unchanged


def test_a_file_that_is_gone_from_a_pattern_is_named(tmp_path):
    for name in ("1월.xlsx", "2월.xlsx"):
        workbook(tmp_path / name)
    _, outcome, _ = read(source(tmp_path / "*.xlsx"))
    (tmp_path / "1월.xlsx").unlink()
    books, outcome, _ = read(source(tmp_path / "*.xlsx"), outcome.state)
    assert [book.name for book in books] == ["2월"]
    assert (outcome.covers, outcome.warnings) == ("all", ("1월.xlsx is no longer there",))


def test_one_unreadable_file_of_a_pattern_stops_no_other_and_deletes_nothing(tmp_path):
    workbook(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 cut off")
    books, outcome, _ = read(source(tmp_path / "*.xlsx"))
    assert [book.name for book in books] == ["a"]
    assert outcome.covers == "changed"
    assert "b.xlsx" not in outcome.state["files"]
    assert outcome.warnings[0].startswith("b: the file is damaged")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("log.xlsx", b"", "is empty"),
        ("log.xlsx", b"hello", "is not an Excel file"),
        ("log.xlsx", b"PK\x03\x04" + b"\0" * 50, "damaged"),
        ("log.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "old Excel"),
        (
            "log.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("log.xls", b"x", "old Excel"),
        ("log.pdf", b"x", "does not read"),
        ("log.csv", b"\x00\x01\x02", "not a text"),
        ("log.csv", b"\xff\xfe\xff", "encoding"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=says) as caught:
        read(source(tmp_path / name))
    assert caught.value.hint
    assert source(tmp_path / name).check()[0].level == "error"


def test_missing_folders_and_files_too_large_are_refused(tmp_path):
    with pytest.raises(SourceRefusedError, match="no file is at"):
        read(source(tmp_path / "*.xlsx"))
    with pytest.raises(SourceRefusedError, match="is a folder"):
        read(source(tmp_path))
    with pytest.raises(SourceRefusedError, match="more than the"):
        read(source(workbook(tmp_path / "log.xlsx"), max_bytes=100))


def test_a_bomb_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * (70 << 20))
    with pytest.raises(SourceRefusedError, match="unpacks to"):
        read(source(tmp_path / "bomb.xlsx"))


def test_lock_files_are_told_and_not_read(tmp_path):
    workbook(tmp_path / "log.xlsx")
    (tmp_path / "~$log.xlsx").write_bytes(b"x")
    books, outcome, _ = read(source(tmp_path / "*.xlsx"))
    assert len(books) == 1
    assert "open in another program" in outcome.warnings[0]
    assert [finding.id for finding in source(tmp_path / "*.xlsx").check()] == [
        "source.access",
        "source.open",
    ]


def test_a_file_that_vanishes_while_it_is_read_can_be_tried_again(tmp_path):
    fetch = source(workbook(tmp_path / "log.xlsx")).fetch({}, full=False, known=list)
    (tmp_path / "log.xlsx").unlink()
    with pytest.raises(SourceUnavailableError, match="vanished"):
        list(fetch.contents)


def test_only_wanted_tabs_are_read_and_a_choice_that_fits_none_names_what_there_is(tmp_path):
    file = workbook(tmp_path / "log.xlsx")
    books, outcome, _ = read(source(file, tabs=("로*", "없음")))
    assert [grid.tab for book in books for grid in book.grids] == ["로그"]
    assert outcome.warnings == ("no tab fits “없음”",)
    wrong = source(file, tabs=("다른*",))
    with pytest.raises(SourceRefusedError, match="there is: 로그"):
        read(wrong)
    assert [one.code for one in wrong.check()] == ["file.no_tab"]


def test_no_tab_is_called_missing_while_a_file_that_may_have_it_cannot_be_read(tmp_path):
    workbook(tmp_path / "a.xlsx", tab="메모")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 cut off")
    files = source(tmp_path / "*.xlsx", tabs=("로그",))
    books, outcome, _ = read(files)
    assert not any(book.grids for book in books)
    assert outcome.covers == "changed"
    assert [one for one in outcome.warnings if "no tab fits" in one] == []
    assert len(outcome.warnings) == 1
    assert outcome.warnings[0].startswith("b: the file is damaged")
    told = files.check()
    assert [one.level for one in told] == ["error", "error"]
    assert told[1].code == "file.no_tab"


def _small_workbook():
    buffer = io.BytesIO()
    workbook(buffer)
    return buffer.getvalue()


SMALL = _small_workbook()


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=8),
    st.integers(0, len(SMALL)),
)
def test_no_damage_to_an_excel_file_crashes_the_reader(changes, length):
    content = bytearray(SMALL)
    for place, value in changes:
        content[place] = value
    for damaged in (bytes(content), bytes(content[:length])):
        with suppress(SourceError):
            read_xlsx(damaged, "log", lambda tab: True)


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader_of_text_tables(content):
    with suppress(SourceError):
        read_csv(content, "log", "log")
