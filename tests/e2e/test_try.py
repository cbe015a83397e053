import http.server
import io
import json
import threading
import zipfile
from contextlib import contextmanager

import openpyxl
import pytest
from fakes.command import loopnote

ROWS = [
    ["날짜", "가설", "실행", "결과", "배운 점"],
    ["2026-11-09", "쿠폰을 보내면 주말 예약이 는다", "단골 120명에게 쿠폰을 보냈다", "성공",
    "금요일이 좋다"],
    ["2026-11-17", "전화하면 다시 온다", "30명에게 전화했다", "실패", "오전에는 받지 않는다"],
]  # fmt: skip
NOW = {"LOOPNOTE_NOW": "2026-11-27T08:00:00+09:00", "TZ": "Asia/Seoul"}
SHEET = "/spreadsheets/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4epR/edit#gid=0"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@contextmanager
def served(answer):
    """Serve `answer(path)` → (status, headers, content) on loopback."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, content = answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_file_gives_its_latest_page_and_leaves_one_folder(tmp_path):
    (tmp_path / "실험.xlsx").write_bytes(workbook())
    ran = loopnote("try", "실험.xlsx", folder=tmp_path, LOOPNOTE_LANG="ko", **NOW)
    assert ran.code == 0, ran.err
    assert "노트 2건을 읽었습니다" in ran.out
    assert "가설" in ran.out
    assert "init --from '실험.xlsx'" in ran.out
    page = tmp_path / "loopnote-try" / "2026-W47-실험-ko.html"
    assert str(page) in ran.out
    assert "30명에게 전화했다" in page.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loopnote-try", "실험.xlsx"]


def test_an_export_of_notion_and_an_english_answer_for_programs(tmp_path):
    with zipfile.ZipFile(tmp_path / "Export.zip", "w") as archive:
        archive.writestr(
            "Trials 0123456789abcdef0123456789abcdef_all.csv",
            (
                'Name,Date,What we did,Outcome\nFree coffee,"November 10, 2026",Gave away 20 '
                "cups,Success\n"
            ),
        )
    ran = loopnote("--json", "try", "Export.zip", folder=tmp_path, **NOW)
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert (told["notes"], told["week"], told["language"]) == ({"experiment": 1}, "2026-W46", "en")
    assert told["page"].endswith("2026-W46-Export-en.html")


def test_a_sheet_that_anybody_with_the_link_may_read_needs_no_key(tmp_path):
    named = {"Content-Disposition": "attachment; filename*=UTF-8''%EC%98%81%EC%97%85.xlsx"}

    def answer(path):
        assert path == "/spreadsheets/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4epR/export?format=xlsx"
        return 200, named, workbook()

    with served(answer) as host:
        ran = loopnote("try", host + SHEET, folder=tmp_path, **NOW)
    assert ran.code == 0, ran.err
    assert "영업: 2 notes were read" in ran.out


LOGIN = {"Location": "https://accounts.google.com/ServiceLogin?continue=x"}


@pytest.mark.parametrize(
    ("status", "headers", "content", "said", "korean"),
    [
        (302, LOGIN, b"", "nobody can read it by its link", "링크만으로는 아무도"),
        (404, {}, b"", "nobody can read it by its link", "링크만으로는 아무도"),
        (200, {"Content-Type": "text/html"}, b"<html>", "leads to a web page", "웹 페이지"),
        (503, {}, b"", "answers 503", "503"),
    ],
)
def test_an_address_that_gives_no_log_is_answered_with_the_next_step(
    tmp_path, status, headers, content, said, korean
):
    with served(lambda _: (status, headers, content)) as host:
        ran = loopnote("try", host + SHEET, folder=tmp_path, **NOW)
        in_korean = loopnote("try", host + SHEET, folder=tmp_path, **{**NOW, "LOOPNOTE_LANG": "ko"})
    assert ran.code == 2
    assert said in ran.err
    assert korean in in_korean.err
    assert "→" in in_korean.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_left_as_it_is(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(workbook())
    (tmp_path / "loopnote-try").mkdir()
    (tmp_path / "loopnote-try" / "mine.txt").write_text("mine")
    ran = loopnote("try", "a.xlsx", folder=tmp_path, **NOW)
    assert ran.code == 2
    assert "--out" in ran.err
    again = [loopnote("try", "a.xlsx", "--out", "b", folder=tmp_path, **NOW).code for _ in "ab"]
    assert again == [0, 0]


def test_a_mistyped_name_gets_the_near_one(tmp_path):
    (tmp_path / "trials.xlsx").write_bytes(workbook())
    ran = loopnote("try", "trails.xlsx", folder=tmp_path, **NOW)
    assert ran.code == 2
    assert f"did you mean {tmp_path / 'trials.xlsx'}?" in ran.err


def test_a_log_without_days_says_that_there_is_no_page(tmp_path):
    (tmp_path / "a.csv").write_text(
        "가설,실행,결과\n쿠폰을 보내면 는다,쿠폰을 보냈다,성공\n전화하면 온다,전화했다,실패\n",
        encoding="utf-8",
    )
    ran = loopnote("try", "a.csv", folder=tmp_path, **NOW)
    assert ran.code == 1
    assert "No note has a date" in ran.out
    held = [path.name for path in (tmp_path / "loopnote-try").iterdir()]
    assert sorted(held) == [".loopnote-try", "columns-a.html"]


def test_a_log_of_days_to_come_says_when_there_will_be_a_page(tmp_path):
    (tmp_path / "a.csv").write_text(
        "날짜,한 일,느낀 점\n2027-02-03,의자를 둠,앉아 계셨다\n2027-02-10,의자를 치움,서 계셨다\n",
        encoding="utf-8",
    )
    ran = loopnote("try", "a.csv", folder=tmp_path, **NOW)
    assert "All dates of the log lie ahead, the first on 2027-02-03" in ran.out
    assert "columns --ask" not in ran.out


def test_the_limits_of_a_configuration_at_hand_hold_for_a_log_that_is_tried(tmp_path):
    (tmp_path / "실험.xlsx").write_bytes(workbook())
    limits = '[[teams]]\nname = "a"\n[limits]\nmemory_mb = 1\n'
    (tmp_path / "config.toml").write_text(limits, encoding="utf-8")
    unread = loopnote("try", "실험.xlsx", folder=tmp_path, **NOW)
    assert unread.code == 0, "a configuration with mistakes has no say where none was named"
    named = loopnote("--config", "config.toml", "try", "실험.xlsx", folder=tmp_path, **NOW)
    assert named.code == 2
    assert "limits.memory_mb" in named.err
