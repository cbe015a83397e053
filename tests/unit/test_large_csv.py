"""A large text table is read piece by piece, and says what it says when it is read as a whole."""

import tracemalloc
from hashlib import blake2b
from pathlib import Path

import pytest

from notes.model.errors import SourceUnavailableError
from sync.contents.workbook import Workbook
from sync.files import source as file_source
from sync.files.file_bytes import DigestedFile
from sync.files.source import FileSource
from sync.files.text_tables.csv_files import read_csv
from sync.files.text_tables.large_csv import read_large_csv

HEADER = "날짜,가설,실행,회고\n"
ROW = "2026-03-0{0},문구를 줄이면 더 읽는다 {0},{0}명에게 보냈다,짧은 글이 낫다\n"
LINES = HEADER + "".join(ROW.format(number % 9 + 1) for number in range(5_000))

PIECEWISE = {
    "as any program writes it": LINES.encode(),
    "with a mark of UTF-8": LINES.encode("utf-8-sig"),
    "with Windows' ends of line": LINES.replace("\n", "\r\n").encode(),
    "with semicolons": LINES.replace(",", ";").encode(),
    "with tabs": LINES.replace(",", "\t").encode(),
    "with a cell of two lines": (LINES + '2026-04-01,"첫 줄\n둘째 줄",보냈다,좋다\n').encode(),
    "with quotes in quotes": (LINES + '2026-04-01,"그가 ""좋다"" 했다",보냈다,끝\n').encode(),
    "with a row that is one cell": (LINES + '"2026-04-01,가설,실행,회고"\n').encode(),
    "with a row of semicolons": (LINES + "2026-04-01;가설;실행;회고\n").encode(),
    "with blank lines and ragged rows": (LINES + "\n\na,b\n1,2,3,4,5,6\n,,,\n").encode(),
    "with no end of line at its end": LINES.encode().rstrip(),
}
AS_A_WHOLE = {
    "Excel's word on the separator": ("sep=;\n" + LINES.replace(",", ";")).encode(),
    "a byte that is no letter": LINES.encode() + b"2026-04-01,\xff\xfe,x,y\n",
    "a zero byte": (LINES + "2026-04-01,a\0b,x,y\n").encode(),
    "a quote that never closes": (LINES + '2026-04-01,"가설,실행,회고\n' * 3).encode(),
    "a quote within a cell": (LINES + '2026-04-01,"7" 파이프,실행,회고\n').encode(),
    "rows within quotes": (
        LINES + '2026-04-01,"가설\n' + ROW.format(3) + '끝",실행,회고\n'
    ).encode(),
    "Korean Windows": LINES.encode("cp949"),
    "UTF-16": LINES.encode("utf-16"),
    "a short file": LINES[:5_000].encode(),
    "lines that only a return ends": LINES.replace("\n", "\r").encode(),
    "a first cell longer than the beginning": ('"' + "가 " * 600_000 + '"\n' + LINES).encode(),
}


def piecewise(folder: Path, content: bytes, *, held: bool = False) -> Workbook | None:
    (folder / "log.csv").write_bytes(content)
    with DigestedFile(folder / "log.csv") as opened, opened.buffered() as reader:
        return read_large_csv(reader, "log", "log", held=held)


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("content", PIECEWISE.values(), ids=list(PIECEWISE))
def test_a_file_that_keeps_the_rules_is_the_same_piece_by_piece(
    content: bytes, tmp_path: Path, *, held: bool
) -> None:
    found = piecewise(tmp_path, content, held=held)
    assert found is not None
    (whole,) = read_csv(content, "log", "log").grids
    for grid in found.grids:
        assert (grid.tab, grid.remarks, list(grid.rows)) == (whole.tab, (), list(whole.rows))
    assert whole.remarks == ()


@pytest.mark.parametrize("content", AS_A_WHOLE.values(), ids=list(AS_A_WHOLE))
def test_a_file_that_breaks_a_rule_anywhere_is_left_to_the_reader_of_the_whole(
    content: bytes, tmp_path: Path
) -> None:
    assert piecewise(tmp_path, content) is None


def test_the_rows_of_a_large_file_wait_outside_of_memory(tmp_path: Path) -> None:
    peaks = []
    for times in (4, 10):
        content = PIECEWISE["as any program writes it"] * times
        tracemalloc.start()
        try:
            found = piecewise(tmp_path, content)
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        assert found is not None
        assert [len(grid.rows) for grid in found.grids] == [5_001 * times]
    assert peaks[1] < peaks[0] + (1 << 20)


def test_a_source_reads_a_large_text_as_it_reads_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = PIECEWISE["with a cell of two lines"]
    (tmp_path / "log.csv").write_bytes(content)
    source = FileSource("log", "team", str(tmp_path / "log.csv"))
    told = []
    for large in (len(content), len(content) + 1):
        monkeypatch.setattr(file_source, "_LARGE", large)
        fetch = source.fetch({}, full=False, known=list)
        (rows,) = [list(g.rows) for book in fetch.contents for g in book.grids]
        told.append((rows, fetch.outcome().state))
    assert told[0] == told[1]
    assert blake2b(content, digest_size=16).hexdigest() in str(told[0][1])


def test_a_large_text_that_is_being_written_is_asked_for_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(PIECEWISE["as any program writes it"])
    monkeypatch.setattr(file_source, "_LARGE", 1)

    def reading_while_it_grows(opened, name, tab, *, held):
        found = read_large_csv(opened, name, tab, held=held)
        with file.open("ab") as more:
            more.write(b"2026-04-01,a,b,c\n")
        return found

    monkeypatch.setattr(file_source, "read_large_csv", reading_while_it_grows)
    fetch = FileSource("log", "team", str(file)).fetch({}, full=False, known=list)
    with pytest.raises(SourceUnavailableError):
        list(fetch.contents)
