import io
import os
import zipfile

import pytest

from notes.model.errors import SourceRefusedError
from sync.contents.pages import PageSet
from sync.contents.workbook import Workbook
from sync.files.source import FileSource
from sync.files.zipped.zip_files import read_zip

DB = "0123456789abcdef0123456789abcdef"
P1, P2, P3 = (f"0123456789abcdef0123456789abcde{end}" for end in "012")

KOREAN = {
    f"실험 기록 {DB}.csv": "이름,상태\n",
    f"실험 기록 {DB}_all.csv": (
        "\ufeff이름,상태,날짜,관련\n"
        "쿠폰 실험,성공,2026년 11월 9일 → 2026년 11월 13일,\n"
        f'방문 전화,실패,2026년 11월 16일,"쿠폰 실험 (%EC%BF%A0%ED%8F%B0%20{P1}.md)"\n'
    ),
    f"실험 기록 {DB}/쿠폰 실험 {P1}.md": (
        "# 쿠폰 실험\n\n상태: 성공\n\n## 가설\n쿠폰을 보내면 는다\n"
    ),
    f"실험 기록 {DB}/방문 전화 {P2}.md": "# 방문 전화\n\n상태: 실패\n\n바쁜 시간이었다.\n",
}
ENGLISH = {
    f"Team/Trials {DB}.csv": (
        "Name,Status\nFree coffee,Done\nFree coffee,Failed\nWindow sign,Done\n"
    ),
    f"Team/Trials/Free coffee {P1}.md": "# Free coffee\n\nStatus: Failed\n\nNobody saw it.\n",
    f"Team/Trials/Free coffee {P2}.md": (
        "# Free coffee\n\nStatus: Done\n\nStatus: half the table came\n"
    ),
}


def packed(files, *, wrap=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed({"ExportBlock-Part-1.zip": out.getvalue()}) if wrap else out.getvalue()


def read(content, wants=lambda _: True):
    return list(read_zip(content, "export", wants, max_bytes=10_000_000))


@pytest.mark.parametrize("wrap", [False, True], ids=["plain", "wrapped in another archive"])
def test_an_export_gives_the_rows_of_its_whole_table_with_the_ids_and_bodies_of_the_pages(wrap):
    (pages,) = read(packed(KOREAN, wrap=wrap))
    assert isinstance(pages, PageSet)
    assert pages.name == "실험 기록"
    coupon, call = pages.pages
    assert coupon.id.replace("-", "") == P1
    assert coupon.url == f"https://www.notion.so/{P1}"
    assert [(one.heading, one.text) for one in coupon.sections] == [("가설", "쿠폰을 보내면 는다")]
    assert {one.name: one.text for one in call.properties}["관련"] == "쿠폰 실험"
    assert [one.text for one in call.sections] == ["바쁜 시간이었다."]


def test_pages_of_one_title_are_told_apart_by_their_properties_and_one_without_a_page_has_no_address():  # noqa: E501
    (pages,) = read(packed(ENGLISH))
    done, failed, sign = pages.pages
    assert done.id.replace("-", "") == P2
    assert [one.text for one in done.sections] == ["Status: half the table came"]
    assert [one.text for one in failed.sections] == ["Nobody saw it."]
    assert sign.url == ""
    (again,) = read(packed(ENGLISH))
    assert [page.id for page in again.pages] == [done.id, failed.id, sign.id]


def test_spreadsheets_in_an_archive_are_read_as_what_they_are():
    (book,) = read(packed({"logs/trials.csv": "날짜,실행\n2026-11-09,쿠폰\n"}))
    assert isinstance(book, Workbook)
    assert [list(row) for grid in book.grids for row in grid.rows][1] == ["2026-11-09", "쿠폰"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"Trials.html": "<html>"}, "zip.html"),
        ({"photo.png": "x"}, "zip.nothing"),
        (None, "zip.damaged"),
    ],
)
def test_an_archive_without_a_log_is_refused_with_the_next_step(files, code):
    with pytest.raises(SourceRefusedError) as caught:
        read(packed(files) if files else b"PK\x03\x04 cut off")
    assert caught.value.code == code
    assert caught.value.hint


def test_an_archive_that_unpacks_to_more_than_allowed_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"Trials {DB}.csv", "Name\n" + "x" * 20_000_000)
    with pytest.raises(SourceRefusedError) as caught:
        read(bomb.getvalue())
    assert caught.value.code == "zip.too_large"


def test_of_several_exports_of_a_database_the_newest_is_read(tmp_path):
    newer = dict(ENGLISH)
    newer[f"Team/Trials {DB}.csv"] = "Name,Status\nWindow sign,Failed\n"
    for number, files in enumerate((newer, ENGLISH)):
        path = tmp_path / f"Export-{number}.zip"
        path.write_bytes(packed(files))
        os.utime(path, (1_000_000_000 - number, 1_000_000_000 - number))
    fetch = FileSource("log", "team", str(tmp_path / "*.zip")).fetch({}, full=False, known=list)
    (pages,) = fetch.contents
    assert [page.title for page in pages.pages] == ["Window sign"]
