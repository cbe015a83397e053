"""A workspace like those that the documents speak of: two teams, a log, readers, a mail server on this machine."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MONDAY = "2026-11-23T09:00:00+09:00"
"""The week 2026-W47 is over and its mail is due."""

ROWS = {
    "en": [
        "Date,Goal,Hypothesis,What happened,Retrospective,Outcome,Owner,Notes to self",
        "2026-11-10,Shorter queue,A second till helps,Opened a second till,It halved the queue,success,Kim,ask the shop next door",
        "2026-11-17,Shorter queue,A sign helps,Put a sign at the door,Nobody read the sign,failure,Park,the sign fell down twice",
        "2026-11-19,More returns,A call brings people back,Called thirty people,Nine came back,success,Kim,call after four",
    ],
    "ko": [
        "날짜,목표,가설,한 일,회고,결과,담당,메모",
        "2026-11-10,대기 줄이기,계산대를 하나 더 열면 준다,계산대를 하나 더 열었다,줄이 절반이 되었다,성공,김하늘,옆 가게에도 물어보자",
        "2026-11-17,대기 줄이기,안내판이 있으면 준다,문 앞에 안내판을 세웠다,아무도 읽지 않았다,실패,박도윤,안내판이 두 번 쓰러졌다",
        "2026-11-19,재방문 늘리기,전화하면 다시 온다,서른 명에게 전화했다,아홉 명이 다시 왔다,성공,김하늘,네 시 뒤에 전화하자",
    ],
}
NAMES = {"en": ("Sales", "Growth", "trials"), "ko": ("영업", "성장", "영업")}
FILE = 'kind = "file"\npath = "log.csv"\n'


@dataclass(frozen=True)
class Services:
    """The servers on this machine that a workspace talks to."""

    mail_port: int
    google: Any
    notion: Any


def make_office(folder: Path, language: str, services: Services, *, reads: str = "file") -> None:
    """Write configuration, log and secrets into a folder; `reads` is the kind of the log's source."""
    folder.mkdir(parents=True, exist_ok=True)
    team, other, source = NAMES[language]
    (folder / "log.csv").write_text("\n".join(ROWS[language]) + "\n", encoding="utf-8")
    (folder / "smtp-password").touch(mode=0o600)
    settings = {"file": _file, "google": _google, "notion": _notion}[reads]
    name, source_settings, more = settings(folder, services, language)
    text = f"""\
[[teams]]
name = "{team}"
language = "{language}"
timezone = "Asia/Seoul"

[[teams]]
name = "{other}"
language = "{language}"
timezone = "Asia/Seoul"

[[sources]]
name = "{name or source}"
team = "{team}"
{source_settings}
[[recipients]]
address = "head@example.com"
teams = ["{team}"]
timezone = "Asia/Seoul"

[mail]
transport = "smtp"
host = "127.0.0.1"
port = {services.mail_port}
security = "none"
from = "reports@example.com"

[archive]
folder = "archive"

[operator]
address = "op@example.com"
{more}"""
    (folder / "config.toml").write_text(text, encoding="utf-8")
    (folder / "new.toml").write_text(
        text + '\n[store]\nurl = "sqlite:///new.db"\n', encoding="utf-8"
    )


def write_workbook(path: Path, language: str) -> None:
    """Write the log as a spreadsheet."""
    from openpyxl import Workbook

    book = Workbook()
    for row in csv.reader(ROWS[language]):
        book.active.append(row)
    book.save(path)


def _file(_folder: Path, _services: Services, _language: str) -> tuple[str, str, str]:
    return "", FILE, ""


def _google(folder: Path, services: Services, language: str) -> tuple[str, str, str]:
    server = services.google
    book = server.world.spreadsheet("log")
    book.tab("2026", list(csv.reader(ROWS[language])))
    key = folder / "home" / "Downloads" / "loopnote-1a2b3c.json"
    key.parent.mkdir(parents=True)
    key.write_text(json.dumps(server.key()), encoding="utf-8")
    settings = f'kind = "google_sheets"\nspreadsheet = "{book.id}"\n'
    account = 'service_account_file = "secrets/google-key.json"'
    return (
        "trials",
        settings,
        f'[google]\n{account}\nsheets_url = "{server.url}"\ndrive_url = "{server.url}"\n',
    )


def _notion(_folder: Path, services: Services, language: str) -> tuple[str, str, str]:
    server = services.notion
    place = server.world.database("log")
    header, *rows = csv.reader(ROWS[language])
    kinds = {header[2]: "title"} | {name: "rich_text" for name in header if name != header[2]}
    held = server.world.data_source(place, "log", kinds)
    for row in rows:
        server.world.add(held, dict(zip(header, row, strict=True)))
    settings = f'kind = "notion"\ndatabase = "{place}"\n'
    return (
        "notion-log",
        settings,
        f'[notion]\ntoken_file = "secrets/notion-token"\nbase_url = "{server.url}"\n',
    )
