"""Workbooks that somebody spoiled, by chance or on purpose.

What is read of them, what is said, what they cost.
"""

import io
import os
import tracemalloc
import zipfile
from unicodedata import normalize

import openpyxl
import pytest

from notes.model.errors import SourceError, SourceRefusedError
from sync.contents.workbook import CellError
from sync.files.find_files import files_at
from sync.files.source import FileSource
from sync.files.xlsx import read_xlsx
from sync.files.xlsx_extent import cells_of, extent_of, strays

ROWS = [
    ["목표", "가설", "회고"],
    ["재방문", "쿠폰을 주면 온다", "짧을수록 낫다"],
    ["별점", "포장을 바꾼다", "샜다"],
]


def book(change, rows=ROWS):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    change(made.active)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def put(place, value):
    return lambda sheet: sheet.__setitem__(place, value)


def grid(content):
    return next(iter(read_xlsx(content, "log", lambda _tab: True).grids))


def with_sheet(xml, content=None):
    """Return a workbook whose first sheet is this XML."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or book(lambda _: None))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize("place", ["A1048576", "XFD1", "XFD1048576", "B700000", "ZZ3"])
def test_a_blank_typed_far_away_costs_nothing_and_is_not_worth_a_word(place):
    content = book(put(place, " "))
    tracemalloc.start()
    found = grid(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20  # a row alone for each line down to it would take 64 MB
    assert [list(row[:3]) for row in found.rows[:3]] == ROWS
    assert len(found.rows) < 10
    assert found.remarks == ()


def test_a_text_typed_far_away_is_named_and_the_table_is_read():
    found = grid(book(put("C900000", "여기도 봐 주세요")))
    assert [list(row[:3]) for row in found.rows[:3]] == ROWS
    [remark] = found.remarks
    assert (remark.code, remark.row, remark.column, remark.value) == (
        "stray_cells",
        900000,
        3,
        "여기도 봐 주세요",
    )


def test_a_table_far_below_its_title_is_the_main_part():
    rows = [["제목"], *([[]] * 4000), *ROWS]
    found = grid(book(put("A1000000", " "), rows))
    assert [list(row[:3]) for row in found.rows[4001:4004]] == ROWS


def test_a_far_cell_is_found_whatever_the_xml_looks_like():
    cell = "<c r={q}{place}{q} t={q}inlineStr{q}><is><t>x</t></is></c>"
    for quote in ('"', "'"):
        near, far = cell.format(q=quote, place="A1"), cell.format(q=quote, place="XFD1048576")
        xml = f"<worksheet><sheetData><row>{near}{far}</row></sheetData></worksheet>".encode()
        assert extent_of(xml).is_suspicious
        assert [(one.row, one.column) for one in strays(cells_of(xml))] == [(1048576, 16384)]


@pytest.mark.parametrize("between", ["", "\n", "\t", "\r\n"])
@pytest.mark.parametrize("form", ['r="{}"', "r='{}'", 'r ="{}"', 'r\n= "{}"'])
def test_a_second_address_of_a_cell_is_found_however_it_is_written(between, form):
    """Found by the fuzzer: a cell with two addresses made a million rows of a workbook of 8 kB."""
    cells = f'<c r="A1"{between}{form.format("A1048576")} t="inlineStr"><is><t>x</t></is></c>'
    xml = f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    assert extent_of(xml.encode()).is_suspicious
    with pytest.raises(SourceError, match="not a proper Excel file"):
        grid(with_sheet(xml.encode()))


def test_a_far_cell_in_an_early_row_without_numbers_does_not_ask_for_half_a_terabyte():
    cells = (
        "<row><c r='A1' t='inlineStr'><is><t>목표</t></is></c><c r='XFD1048576'><v>1</v></c></row>"
    )
    xml = (
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
        f"{cells}</sheetData></worksheet>"
    )
    found = grid(with_sheet(xml.encode()))
    assert [list(row) for row in found.rows] == [["목표"]]


def test_a_full_rectangle_beyond_all_measure_is_refused():
    rows = "".join(
        f"<row r='{row}'><c r='A{row}'><v>1</v></c></row>" for row in range(1, 1_048_576, 900)
    )
    rows += "<row r='1'><c r='XFD1'><v>1</v></c>" + "".join(
        f"<c r='{letters}1'><v>1</v></c>" for letters in ("AZ", "CZ", "EZ", "GZ", "IZ", "KZ")
    )
    xml = f"<worksheet><sheetData>{rows}</row></sheetData></worksheet>".encode()
    with pytest.raises(SourceRefusedError, match="cells apart"):
        grid(with_sheet(xml))


def test_a_formula_whose_result_is_not_in_the_file_is_no_empty_cell():
    def formulas(sheet):
        sheet["A3"] = '="별" & "점"'
        sheet["A4"] = "=A3"

    found = grid(book(formulas))
    assert found.rows[2][0] == CellError('="별" & "점"', missing=True)
    assert found.rows[3][0] == CellError("=A3", missing=True)


def test_a_formula_that_gives_an_empty_text_is_empty():
    cell = '<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c><c r="B1"><v>3</v></c>'
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1">{cell}</row></sheetData></worksheet>'
    )
    assert list(grid(with_sheet(xml.encode())).rows[0]) == [None, 3.0]


@pytest.mark.parametrize("name", ["log.xlsx", "log.csv"])
@pytest.mark.parametrize(
    "head", [b"<!-- FasooSecureContainer - Ver FSN 1.1 -->\x0b", b"\x9b DRMONE  ", b"SCDSA004"]
)
def test_a_document_under_protection_is_named_as_such(tmp_path, name, head):
    (tmp_path / name).write_bytes(head + os.urandom(200))
    with pytest.raises(SourceRefusedError, match="DRM") as caught:
        list(
            FileSource("log", "team", str(tmp_path / name))
            .fetch({}, full=True, known=list)
            .contents
        )
    assert "released" in caught.value.hint


@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
@pytest.mark.parametrize("pattern", ["기록/가게.csv", "기록/가*.csv", "**/가게.csv"])
def test_a_name_is_found_however_it_is_spelled_in_unicode(tmp_path, forms, pattern):
    written, asked = forms
    folder = tmp_path / normalize(written, "기록")
    folder.mkdir()
    (folder / normalize(written, "가게.csv")).write_text("a,b\n1,2\n", encoding="utf-8")
    files = FileSource("log", "team", str(tmp_path / normalize(asked, pattern)))
    [book] = files.fetch({}, full=True, known=list).contents
    assert normalize("NFC", book.name).endswith("가게")


def test_a_ring_of_links_gives_each_file_once(tmp_path):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (below / "log.csv").write_text("a,b\n", encoding="utf-8")
    (below / "again").symlink_to(tmp_path / "a")
    (tmp_path / "other").symlink_to(below)
    (tmp_path / "copy.csv").symlink_to(below / "log.csv")
    assert len(files_at(str(tmp_path / "**" / "*.csv"))) == 1


def test_bytes_of_a_real_workbook_spoiled_at_random_are_read_or_refused():
    import random

    chance, good = random.Random(16), book(put("B2", 3))
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    for _ in range(150):
        spoiled = bytearray(sheet)
        for _ in range(chance.randint(1, 6)):
            spoiled[chance.randrange(len(spoiled))] = chance.choice(b"<>\"'=/ 019ARXrc\x00\xff")
        try:
            assert len(grid(with_sheet(bytes(spoiled), good)).rows) < 100_000
        except SourceError:
            continue
