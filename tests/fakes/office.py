"""A workspace like those that the documents speak of: two teams, a log, readers, a mail
server on this machine.
"""

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MONDAY = "2026-11-23T09:00:00+09:00"
"""The week 2026-W47 is over and its mail is due."""

LOGS = Path(__file__).parents[1] / "data" / "office"
NAMES = {"en": ("Sales", "Growth", "trials"), "ko": ("영업", "성장", "영업")}
FILE = 'kind = "file"\npath = "log.csv"\n'


@dataclass(frozen=True)
class Services:
    """The servers on this machine that a workspace talks to."""

    mail_port: int
    google: Any
    notion: Any


def make_office(folder: Path, language: str, services: Services, *, reads: str = "file") -> None:
    """Write configuration, log and secrets into a folder; `reads` is the kind of the log's
    source.
    """
    folder.mkdir(parents=True, exist_ok=True)
    team, other, source = NAMES[language]
    shutil.copy(LOGS / f"{language}.csv", folder / "log.csv")
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
    for name in ("config.toml", "old.toml"):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "new.toml").write_text(
        text + '\n[store]\nurl = "sqlite:///new.db"\n', encoding="utf-8"
    )


def rows_of(language: str) -> list[list[str]]:
    """Return the cells of the log."""
    text = (LOGS / f"{language}.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))


def write_workbook(path: Path, language: str) -> None:
    """Write the log as a spreadsheet."""
    from openpyxl import Workbook

    book = Workbook()
    for row in rows_of(language):
        book.active.append(row)
    book.save(path)


def _file(_folder: Path, _services: Services, _language: str) -> tuple[str, str, str]:
    return "", FILE, ""


def _google(folder: Path, services: Services, language: str) -> tuple[str, str, str]:
    server = services.google
    book = server.world.spreadsheet("log")
    book.tab("2026", rows_of(language))
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
    header, *rows = rows_of(language)
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
