"""A pull of a large Google Sheet killed at any request.

Nothing half-done is kept, and the next pull does it all.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fakes.google_documents import FakeSpreadsheet
from fakes.google_server import GoogleServer, google_server
from fakes.http_service import CutError, Request

from notes.store.store import Store

ROOT = Path(__file__).parents[2]
PULL = """
import sys
from datetime import UTC, datetime
from notes.store.store import Store
from sync.pulls.pull import SourceJob, pull_source
from sync.parse_result import ParseOptions
from sync.sheets.source import SheetsSource
url, sheet, key, store, hour = sys.argv[1:]
now = datetime(2026, 11, 16, int(hour), tzinfo=UTC)
source = SheetsSource("log", "team", sheet, credentials=key, sheets_url=url, drive_url=url, \
clock=lambda: now)
with Store.open(store) as opened:
    run = opened.begin_run("sync", now)
    job = SourceJob(source, ParseOptions(year=2026))
    found = pull_source(opened, job, run_id=run, now=now, full=False, progress=lambda _: None)
print(found.error or f"{found.counts.new} {found.counts.changed} {found.counts.unchanged} \
{found.counts.gone}")
"""


class Killer:
    """Runs pulls in processes of their own, and kills one when it sends the request of a
    given number.
    """

    def __init__(self, server: GoogleServer, book: FakeSpreadsheet, folder: Path) -> None:
        self.server, self.book, self.folder = server, book, folder
        self.key = folder / "key.json"
        self.key.write_text(json.dumps(server.key()), encoding="utf-8")
        self.at, self.seen = 0, 0
        self.process: subprocess.Popen[str] | None = None
        server.before = self._before

    def _before(self, _request: Request) -> None:
        self.seen += 1
        if self.seen == self.at and self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            raise CutError

    def pull(self, store: str, hour: int, *, kill_at: int = 0) -> str:
        self.at, self.seen = kill_at, 0
        asked = [
            sys.executable,
            "-c",
            PULL,
            self.server.url,
            self.book.id,
            str(self.key),
            store,
            str(hour),
        ]
        environment: Any = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = self.process = subprocess.Popen(
            asked, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        told, _ = process.communicate(timeout=60)
        assert process.returncode == (-signal.SIGKILL if kill_at else 0)
        return told.strip()


def notes(url: str) -> list[Any]:
    with Store.open(url) as store:
        return [(one.id, one.note, one.raw, one.version) for one in store.notes(include_gone=True)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_pull_killed_at_any_request_is_done_again_and_loses_nothing(tmp_path: Path) -> None:
    with google_server() as server:
        book = server.world.spreadsheet("2026 log")
        head = ["날짜", "가설", "실행", "결과", "배운 점", "담당"]
        rows = [
            [
                f"2026-03-{n % 28 + 1:02d}",
                f"{n}을 줄이면 는다",
                f"{n}명에게 보냈다",
                "성공",
                f"짧은 글 {n}",
                "민지",
            ]
            for n in range(1700)
        ]
        book.tab("log", [head, *rows], row_count=1701, column_count=26)
        killer = Killer(server, book, tmp_path)
        whole = f"sqlite:///{tmp_path}/whole.db"
        assert killer.pull(whole, 9) == "1700 0 0 0"
        requests, expected = killer.seen, notes(whole)
        assert requests >= 4
        url = f"sqlite:///{tmp_path}/killed.db"
        for number in range(1, requests + 1):
            killer.pull(url, 9, kill_at=number)
            assert notes(url) == []
        assert killer.pull(url, 9) == "1700 0 0 0"
        assert notes(url) == expected
        book.tabs[0].rows[77] = ["2026-03-02", "77을 늘리면 는다", *book.tabs[0].rows[77][2:]]
        del book.tabs[0].rows[500]
        server.world.touch(book)
        for number in (1, 3):
            killer.pull(url, 10, kill_at=number)
            assert notes(url) == expected
        assert killer.pull(url, 10) == "0 1 1698 1"
