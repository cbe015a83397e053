"""A poisoned, a broken, a hungry and a dripping source: the mails of the teams beside them leave,
each is heard at once.

From outside: a process, a real mail server, a ping server, a socket that sends a byte now and then.
"""

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from fakes.ping_server import PingServer
from fakes.smtp import MailHost, MailHostRunning
from fakes.warm_command import WarmCommands
from fakes.watched_settings import WATCHED

from sync.pulls.child_process import can_fork

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not can_fork(), reason="needs fork")]

TRIALS = """date,goal,hypothesis,action,result,retrospective
2026-11-16,more replies,short mails get replies,sent short mails,success,short is better
"""
BAD = ("poisoned", "broken", "hungry", "dripping")
TEAM = '[[teams]]\nname = "{name}"\ntimezone = "Asia/Seoul"\n'
FILE = '[[sources]]\nname = "{name}"\nteam = "{name}"\nkind = "file"\npath = "{name}.{ending}"\n'
DRIPPING = """[[sources]]
name = "dripping"
team = "dripping"
kind = "notion"
database = "0123456789abcdef0123456789abcdef"
"""
CONFIG = f"""
{"".join(TEAM.format(name=name) for name in ("sales", *BAD))}
[[recipients]]
address = "mina@example.org"
teams = ["sales"]
[[recipients]]
address = "ben@example.org"
teams = ["poisoned"]
{DRIPPING}{"".join(FILE.format(name=name, ending="xlsx") for name in BAD[:3])}
{FILE.format(name="sales", ending="csv")}
{WATCHED}
[notion]
token_env = "NOTION_SECRET"
base_url = "{{drip}}"
[limits]
memory_mb = 600
request_seconds = 5
source_minutes = 1
"""


def workbook(sheet: str = "") -> bytes:
    """Return a small log; its tab is this XML, where there is one."""
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in (["날짜", "가설", "회고"], ["2026-11-16", "쿠폰을 주면 온다", "짧게"]):
        made.active.append(row)
    made.save(buffer)
    if not sheet:
        return buffer.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(changed, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return changed.getvalue()


def poisoned() -> bytes:
    """Return a workbook of 5 kB whose full rectangle would take half a terabyte."""
    rows = "".join(
        f"<row><c r='{letters}{row}' t='inlineStr'><is><t>x</t></is></c></row>"
        for row, letters in zip(range(1, 1_048_576, 20_000), "ABCDEFGHIJ" * 6, strict=False)
    )
    far = "".join(f"<c r='{letters}1'><v>1</v></c>" for letters in ("AZ", "CZ", "EZ", "XFD"))
    return workbook(f"<worksheet><sheetData><row>{far}</row>{rows}</sheetData></worksheet>")


def hungry() -> bytes:
    """Return a small archive that unpacks to one text of 900 MB."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != "xl/sharedStrings.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(b"<sst><si><t>")
            for _ in range(900):
                part.write(b"a" * (1 << 20))
    return made.getvalue()


@contextmanager
def dripping() -> Iterator[str]:
    """Give the address of a server whose answer never ends: a byte every half second."""
    ended = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def drip(connection: socket.socket) -> None:
        head = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"
        )
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(head)
                while not ended.wait(0.5):
                    connection.sendall(b" ")
            except OSError:
                return

    def serve() -> None:
        while not ended.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=drip, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        ended.set()
        listener.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_url(request) -> str:
    if request.param == "sqlite":
        return "sqlite:///loopnote.db"
    return request.getfixturevalue("postgres").database()


def test_mails_beside_bad_sources_leave_and_each_bad_one_is_heard_in_that_run(
    tmp_path: Path, either_url: str
) -> None:
    files = {"poisoned": poisoned(), "broken": workbook()[:2000], "hungry": hungry()}
    for name, content in files.items():
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    (tmp_path / "sales.csv").write_text(TRIALS, encoding="utf-8")
    host = MailHost()
    with (
        MailHostRunning(host) as mail,
        PingServer() as ping,
        dripping() as drip,
        WarmCommands() as commands,
    ):
        text = CONFIG.format(store=either_url, ping=ping.url, port=mail.port, drip=drip)
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")

        def run(at: str):
            return commands.run("run", folder=tmp_path, LOOPNOTE_NOW=at, NOTION_SECRET="secret_x")

        ran = run("2026-11-23T08:05:00+09:00")
        assert ran.code == 1, ran.err
        assert "unforeseen" not in ran.err
        assert ping.heard == ["/uuid/fail"]
        [told] = host.texts_to("op@example.org")
        assert all(f"“{name}”" in told for name in BAD[1:]), told
        assert "“poisoned”" not in told, "what stands far away is cut out, the rest is read"
        reports = [one.address for one in host.bodies if one.address != "op@example.org"]
        assert sorted(reports) == ["ben@example.org", "mina@example.org"]
        for name in files:
            (tmp_path / f"{name}.xlsx").write_bytes(workbook())
        (tmp_path / "config.toml").write_text(text.replace(DRIPPING, ""), encoding="utf-8")
        mended = run("2026-11-23T09:10:00+09:00")
        assert mended.code == 0, mended.err
        assert ping.heard[1:] == ["/uuid"]
        [_, over] = host.texts_to("op@example.org")
        assert all(f"“{name}” can be read again" in over for name in BAD[1:3])
