"""Mistakes that people make, made on purpose: each gets a right next step, in both languages.

In this process, with the real command line and real servers on this machine; `python -m` for each
would take minutes.
"""

import csv
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fakes.certificates import Certificates
from fakes.command import clean_environment, loopnote
from fakes.google_server import google_server
from fakes.notion_server import TOKEN, notion_server
from fakes.ports import free_port
from fakes.smtp import MailHost, MailHostRunning

from loopnote.cli import main
from loopnote.runtime.logging import RUN
from loopnote.runtime.messages.terminal import language

ROWS = "날짜,가설,실행,결과\n2026-11-17,전화하면 다시 온다,30명에게 전화했다,실패\n"
TEAM = '[[teams]]\nname = "영업"\nlanguage = "ko"\ntimezone = "Asia/Seoul"\n\n'
FILE = '[[sources]]\nname = "일지"\nteam = "영업"\nkind = "file"\npath = "{path}"\n'
READER = '[[recipients]]\naddress = "leader@example.com"\n'
SMTP = '[mail]\ntransport = "smtp"\nfrom = "a@example.com"\n'
LONG_ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdef"

Prepare = Callable[["World"], object]


@dataclass
class World:
    """A workspace, the services that a mistake may need, and what is set in the environment."""

    folder: Path
    set_variable: Callable[[str, str], None]
    google: Any = None
    notion: Any = None
    mail: Any = None
    authority: Path = Path()

    def config(self, text: str) -> None:
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


def log_at(path: str, more: str = "") -> Prepare:
    def prepare(world: World) -> None:
        world.file("일지.csv", ROWS)
        world.config(TEAM + FILE.format(path=path) + more)

    return prepare


def with_config(text: str) -> Prepare:
    def prepare(world: World) -> None:
        world.file("일지.csv", ROWS)
        world.config(text)

    return prepare


def with_file(name: str, content: str | bytes) -> Prepare:
    def prepare(world: World) -> None:
        world.file(name, content)
        world.config(TEAM + FILE.format(path=name))

    return prepare


def sheet(change: Callable[[World, Any], None], settings: str = "") -> Prepare:
    """A Google Sheet on a server of this machine, of which one thing is wrong."""

    def prepare(world: World) -> None:
        server = world.google
        book = server.world.spreadsheet("일지")
        book.tab("11월", [["날짜", "가설"], ["2026-11-17", "전화하면 다시 온다"]])
        world.file("key.json", json.dumps(server.key()))
        world.config(
            f'{TEAM}[google]\nservice_account_file = "key.json"\nsheets_url = "{server.url}"\n'
            f'drive_url = "{server.url}"\n[[sources]]\nname = "일지"\nteam = "영업"\n'
            f'kind = "google_sheets"\nspreadsheet = "{book.id}"\n{settings}'
        )
        change(world, book)

    return prepare


def database(token: str = TOKEN, *, shared: bool = True, way: str = "token_file") -> Prepare:
    """A Notion database on a server of this machine, of which one thing is wrong."""

    def prepare(world: World) -> None:
        server = world.notion
        place = server.world.database("일지", shared=shared)
        server.world.data_source(place, "일지", {"이름": "title"})
        world.file("token", token)
        named = '"token"' if way == "token_file" else '"NO_SUCH_VARIABLE"'
        world.config(
            f'{TEAM}[notion]\n{way} = {named}\nbase_url = "{server.url}"\n[[sources]]\n'
            f'name = "일지"\nteam = "영업"\nkind = "notion"\ndatabase = "{place}"\n'
        )

    return prepare


def swap(world: World, old: str, new: str) -> None:
    path = world.folder / "config.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def unshare(_world: World, book: Any) -> None:
    book.shared = False


def wrong_address(world: World, book: Any) -> None:
    swap(world, book.id, LONG_ID)


def no_key_file(world: World, _book: Any) -> None:
    (world.folder / "key.json").unlink()


def half_a_key(world: World, _book: Any) -> None:
    world.file("key.json", '{"type": "service_account"')


def sheets_api_off(world: World, _book: Any) -> None:
    world.google.sheets_off = True


def login_revoked(world: World, _book: Any) -> None:
    url = f"http://127.0.0.1:{free_port()}/token"
    world.file(
        "key.json",
        json.dumps(
            {"type": "authorized_user", "client_id": "c", "client_secret": "", "token_uri": url}
        ),
    )
    swap(world, "service_account_file", "token_file")


def login_expired(world: World, _book: Any) -> None:
    kept = {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r"}
    world.file("key.json", json.dumps({**kept, "token_uri": f"{world.google.url}/token"}))
    (world.folder / "key.json").chmod(0o600)
    swap(world, "service_account_file", "token_file")


def no_login_at_all(world: World, _book: Any) -> None:
    swap(world, 'service_account_file = "key.json"', "application_default = true")
    world.set_variable("GOOGLE_APPLICATION_CREDENTIALS", str(world.folder / "absent.json"))


def password_protected(world: World) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with_file("일지.xlsx", ole)(world)


def a_folder(world: World) -> None:
    log_at("here")(world)
    (world.folder / "here").mkdir()


def tab_of_a_workbook(world: World) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "11월"
    for row in csv.reader(ROWS.splitlines()):
        book.active.append(row)
    book.save(world.folder / "일지.xlsx")
    world.config(TEAM + FILE.format(path="일지.xlsx") + 'tabs = ["3월"]\n')


def an_oauth_client(world: World, _book: Any) -> None:
    world.file("key.json", json.dumps({"installed": {"client_id": "x"}}))


def spoiled_store(world: World) -> None:
    log_at("일지.csv")(world)
    world.file("loopnote.db", "this is a letter, no database" * 200)


def store_in_a_file(world: World) -> None:
    world.file("held", "a file where a folder should be")
    log_at("일지.csv", '[store]\nurl = "sqlite:///held/loopnote.db"\n')(world)


def wrong_password(world: World) -> None:
    world.file("password", "wrong horse")
    world.config(
        f'{TEAM}{SMTP}host = "127.0.0.1"\nport = {world.mail.port}\nsecurity = "starttls"\n'
        f'user = "a@example.com"\npassword_file = "password"\nca_file = "{world.authority}"\n'
    )


def login_in_clear(world: World) -> None:
    wrong_password(world)
    swap(world, '"starttls"', '"none"')


def no_password_file(world: World) -> None:
    wrong_password(world)
    swap(world, '"password"', '"absent"')


def mail_server_down(world: World) -> None:
    world.config(f'{TEAM}{SMTP}host = "127.0.0.1"\nport = {free_port()}\nsecurity = "none"\n')


def foreign_folder(world: World) -> None:
    log_at("일지.csv")(world)
    world.file("photos/holiday.jpg", "mine")
    main(["sync"])


def has_backup(world: World) -> None:
    log_at("일지.csv")(world)
    main(["sync"])
    world.file("old.db", "an older backup")


def has_notes(world: World) -> None:
    log_at("일지.csv")(world)
    main(["sync"])


def a_file_to_import(world: World) -> None:
    log_at("일지.csv")(world)
    world.file("holiday.jsonl", '{"a": 1}\n')


def variable(name: str, value: str) -> Prepare:
    def prepare(world: World) -> None:
        log_at("일지.csv")(world)
        world.set_variable(name, value)

    return prepare


GOOD = log_at("일지.csv")
SOURCE = TEAM + FILE.format(path="일지.csv")

# name: (how the workspace is made, the command, what the next step must name in either language)
MISTAKES: dict[str, tuple[Prepare, str, str]] = {
    "no configuration": (lambda _: None, "sync", "loopnote init"),
    "a mistyped setting": (with_config(SOURCE.replace("timezone", "timzone")), "sync", "timezone"),
    "no quotes": (with_config(SOURCE.replace('"영업"', "영업")), "sync", "config.example"),
    "an old encoding": (lambda w: w.file("config.toml", SOURCE.encode("cp949")), "sync", "UTF-8"),
    "a folder for a configuration": (lambda w: (w.folder / "config.toml").mkdir(), "sync",
    "config.toml"),
    "a team that is none": (with_config(SOURCE.replace('team = "영업"', 'team = "영엽"')), "sync",
    "영업"),
    "a wrong kind": (with_config(SOURCE.replace('"file"', '"excel"')), "sync", "file"),
    "a wrong zone": (with_config(SOURCE.replace("Asia/Seoul", "Asia/Soul")), "sync", "Asia/Seoul"),
    "a wrong time": (with_config(SOURCE + READER + 'send_at = "8am"\n'), "sync", "Mon 08:00"),
    "a wrong language": (with_config(SOURCE.replace('"ko"', '"kr"')), "sync", "ko"),
    "a wrong address": (with_config(SOURCE + READER.replace("@", "")), "sync",
    "leader@example.com"),
    "mail without a host": (with_config(SOURCE + SMTP), "sync", "host"),
    "mail in clear": (with_config(
        f'{SOURCE}{SMTP}host = '
        f'"mail.example.com"\nsecurity = "none"\n'
    ), "sync", "localhost"),
    "two of a name": (with_config(SOURCE + FILE.format(path="일지.csv")), "sync", "일지"),
    "no such file": (log_at("없음.csv"), "sync", "path"),
    "a moved file": (log_at("일지 2.csv"), "sync", "일지.csv?"),
    "a sheet's address for a path": (log_at(f"https://docs.google.com/spreadsheets/d/{LONG_ID}"),
    "sync", "spreadsheet"),
    "a web page for a path": (log_at("https://example.com/log.csv"), "sync", "Google Sheet"),
    "a name that an editor made longer": (lambda w: w.file("config.toml.txt", SOURCE), "sync",
    "config.toml.txt"),
    "no file fits": (log_at("logs/*.xlsx"), "sync", "logs/*.xlsx"),
    "a folder for a file": (a_folder, "sync", "here/*.xlsx"),
    "an empty file": (with_file("일지.xlsx", b""), "sync", "일지"),
    "a damaged file": (with_file("일지.xlsx", b"PK\x03\x04 cut off"), "sync", "loopnote doctor"),
    "a letter called xlsx": (with_file("일지.xlsx", b"%PDF-1.7 a letter"), "sync", ".csv"),
    "an old file": (with_file("일지.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), "sync",
    ".xlsx"),
    "a password": (password_protected, "sync", "`path`"),
    "a tab that is none": (tab_of_a_workbook, "sync", "11월"),
    "a header that is none": (log_at("일지.csv", 'columns = { "목푯값" = "goal" }\n'), "sync",
    "가설"),
    "a meaning that is none": (log_at("일지.csv", 'columns = { "가설" = "hypotheses" }\n'), "sync",
    "hypothesis"),
    "a header row too far": (log_at("일지.csv", 'header_rows = { "일지" = 90 }\n'), "sync", "일지"),
    "a sheet not shared": (sheet(unshare), "sync", "gserviceaccount.com"),
    "a sheet's address wrong": (sheet(wrong_address), "sync", "gserviceaccount.com"),
    "a sheet's tab wrong": (sheet(lambda *_: None, 'tabs = ["3월"]\n'), "sync", "11월"),
    "no key file": (sheet(no_key_file), "sync", "key.json"),
    "an OAuth client for a key": (sheet(an_oauth_client), "sync", "google.client_file"),
    "half a key": (sheet(half_a_key), "sync", "google-sheets"),
    "a login without its parts": (sheet(login_revoked), "sync", "loopnote login google"),
    "an expired login": (sheet(login_expired), "sync", "loopnote login google"),
    "no login at all": (sheet(no_login_at_all), "sync", "gcloud auth"),
    "a wrong token": (database("ntn_wrong"), "sync", "notion"),
    "an empty token": (database(""), "sync", "token"),
    "a token with more in its file": (database("token = ntn_1"), "sync", "→"),
    "a variable not set": (database(way="token_env"), "sync", "NO_SUCH_VARIABLE"),
    "a database not shared": (database(shared=False), "sync", "Notion"),
    "a wrong mail password": (wrong_password, "doctor", "mail.user"),
    "a log-in in clear": (login_in_clear, "doctor", "starttls"),
    "the mail server is down": (mail_server_down, "doctor", "mail.host"),
    "no password file": (no_password_file, "doctor", "absent"),
    "the store is a letter": (spoiled_store, "sync", "loopnote.db"),
    "the store's folder is a file": (store_in_a_file, "sync", "held"),
    "an unknown team": (GOOD, "report --team 영엽", "영업"),
    "an unknown source": (GOOD, "sync --source 일자", "일지"),
    "no such week": (GOOD, "report --week 2026-W60", "2026-W47"),
    "a test copy to nobody": (GOOD, "send --to nobody", "you@example.com"),
    "an unknown note": (has_notes, "history zzzz", "loopnote notes"),
    "accept everything": (GOOD, "sync --accept", "--source"),
    "an import of something else": (a_file_to_import, "import holiday.jsonl", "loopnote export"),
    "a backup over another": (has_backup, "backup old.db", "old.db"),
    "an archive nowhere": (GOOD, "archive", "--out"),
    "an archive among photos": (foreign_folder, "archive --out photos", "--out"),
    "a shell that is none": (lambda _: None, "completion tcsh", "bash"),
    "a command that is none": (lambda _: None, "snyc", "sync"),
    "a clock that is none": (variable("LOOPNOTE_NOW", "yesterday"), "status", "LOOPNOTE_NOW"),
    "a year that is none": (GOOD, "try 일지.csv --year 26", "2026"),
    "nothing to try": (lambda _: None, "try 없음.xlsx", "없음.xlsx"),
    "curled quotes": (with_config(SOURCE.replace('"일지.csv"', "“일지.csv”")), "sync", '"'),
    "a path of Windows": (with_config(SOURCE.replace("일지.csv", "C:\\Users\\일지.csv")), "sync",
    "/"),
    "a setting twice": (with_config(SOURCE + 'path = "b.csv"\n'), "sync", "config.toml"),
    "a colon for an equals sign": (with_config(SOURCE.replace("path =", "path:")), "sync", "= "),
    "one bracket for two": (with_config(SOURCE.replace("[[sources]]", "[sources]")), "sync",
    "[[sources]]"),
    "an address with a name": (with_config(SOURCE + READER.replace("leader", "Lee <x")), "sync",
    "leader@example.com"),
    "the home of nobody": (log_at("~nobody9/일지.csv"), "sync", "path"),
    "Excel's own mark": (with_file("~$일지.xlsx", b"\x05kim" + b"\0" * 160), "sync", "~$"),
    "a link of Google Drive": (with_file("일지.gsheet", '{"url": "https://docs.google.com"}'),
    "sync", "→"),
    "a Numbers file": (with_file("일지.numbers", b"PK"), "sync", "Excel"),
    "a Google Doc": (lambda _: None, (
        f"try "
        f"https://docs.google.com/document/d/{LONG_ID}/edit"
    ), "spreadsheets/d/"),
    "a folder of Google Drive": (lambda _: None, (
        f"try "
        f"https://drive.google.com/drive/{LONG_ID}"
    ), "spreadsheets/d/"),
    "an uploaded file": (lambda _: None, (
        f"try "
        f"https://drive.google.com/file/d/{LONG_ID}/view"
    ), ".xlsx"),
    "the list of all sheets": (lambda _: None, (
        "try "
        "https://docs.google.com/spreadsheets/u/0/"
    ), "spreadsheets/d/"),
    "a page of OneDrive": (lambda _: None, "try https://onedrive.live.com/edit.aspx?id=1", ".xlsx"),
    "a mail again to nobody": (log_at("일지.csv", READER), "send --resend x@example.com",
    "leader@example.com"),
    "notes of a team that is none": (has_notes, "notes --team 영엽", "영업"),
    "problems of a source that is none": (has_notes, "problems --source 일자", "일지"),
    "a way to start it that is none": (lambda _: None, "init --schedule at", "--schedule"),
}  # fmt: skip

ENGLISH = re.compile(r"(?<![\w/.`\"'“‘-])(?:[a-z]{2,} ){3,}[a-z]{2,}")
"""Four plain English words in a row: a sentence, and no name, path or command."""


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    certificates = Certificates(tmp_path_factory.mktemp("certificates"))
    running = MailHostRunning(
        MailHost(password="right horse"), security="starttls", certificates=certificates
    )
    with google_server() as google, notion_server() as notion, running as mail:
        authority = certificates.authority
        yield {"google": google, "notion": notion, "mail": mail, "authority": authority}


@pytest.fixture(autouse=True)
def _leave_no_trace() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    RUN.set("")
    language.cache_clear()


def said(capsys: pytest.CaptureFixture[str], command: str) -> tuple[int, str]:
    code = main(command.split())
    shown = capsys.readouterr()
    return code, shown.out + shown.err


@pytest.mark.parametrize("spoken", ["en", "ko"])
@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_gets_a_right_next_step(name, spoken, tmp_path, monkeypatch, capsys, services):
    prepare, command, step = MISTAKES[name]
    for variable_name in [one for one in os.environ if one.startswith("LOOPNOTE_")]:
        monkeypatch.delenv(variable_name)
    monkeypatch.setenv("LOOPNOTE_LANG", spoken)
    monkeypatch.chdir(tmp_path)
    language.cache_clear()
    world = World(tmp_path, monkeypatch.setenv, **services)
    prepare(world)
    capsys.readouterr()
    code, shown = said(capsys, command)
    assert code in (1, 2), shown
    assert "Traceback" not in shown
    assert "unforeseen" not in shown
    assert "→" in shown
    assert step in shown
    if spoken == "ko":
        lines = [line for line in shown.splitlines() if line.strip()]
        assert all(re.search("[가-힣]", line) or "→" in line for line in lines), shown
        assert not ENGLISH.search(shown), shown


UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""Root, but with the rights of any other user: what its mode forbids is forbidden."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 KB: an empty store fits on it, with notes it does not."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize(("spoken", "step"), [("en", "free some space"), ("ko", "공간을 비운 뒤")])
def test_a_full_disk_gets_a_right_next_step(tmp_path, small_disk, spoken, step):
    world = World(tmp_path, os.environ.__setitem__)
    many = "".join(f"2026-11-17,{n}번째 손님에게 전화한다,전화 {n}통,실패\n" for n in range(400))
    world.file("일지.csv", ROWS + many)
    store = f'[store]\nurl = "sqlite:///{small_disk}/loopnote.db"\n'
    world.config(TEAM + FILE.format(path="일지.csv") + store)
    full = loopnote("sync", folder=tmp_path, LOOPNOTE_LANG=spoken)
    assert full.code in (1, 2), full
    assert step in full.err + full.out


@pytest.mark.slow
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or (os.geteuid() == 0 and not shutil.which("setpriv")),
    reason="root may read everything",
)
@pytest.mark.parametrize(("spoken", "step"), [("en", "permission"), ("ko", "권한을 주세요")])
@pytest.mark.parametrize("path", ["logs/일지.csv", "logs/*.csv", "**/*.csv"])
@pytest.mark.parametrize("what", ["일지.csv", "logs"])
def test_what_may_not_be_read_gets_a_right_next_step(tmp_path, what, path, spoken, step):
    world = World(tmp_path, os.environ.__setitem__)
    log = world.file("logs/일지.csv", ROWS)
    world.config(TEAM + FILE.format(path=path))
    closed = log if what == log.name else log.parent
    closed.chmod(0)
    ran = subprocess.run(
        [*(UNPRIVILEGED if os.geteuid() == 0 else []), sys.executable, "-m", "loopnote", "sync"],
        cwd=tmp_path,
        env={**clean_environment(), "LOOPNOTE_LANG": spoken},
        capture_output=True,
        text=True,
        check=False,
    )
    closed.chmod(0o700)
    assert ran.returncode == 1, ran.stderr
    assert step in ran.stdout + ran.stderr
    assert not re.search("no file is at|에 파일이 없습니다", ran.stdout + ran.stderr)
