"""Writes a first configuration for `init`, with comments in the operator's language."""

import json
import re
from dataclasses import dataclass
from typing import Literal

from notes.model.notes import Language

SourceKind = Literal["google_sheets", "notion", "file"]

# cron has no environment: a secret that it needs stands in a file.
NOTION_TOKEN_FILE = "secrets/notion-token"  # noqa: S105  a path
MAIL_PASSWORD_FILE = "secrets/mail-password"  # noqa: S105  a path

_GOOGLE = re.compile(r"docs\.google\.com/spreadsheets/|^[A-Za-z0-9_-]{40,}$")
_NOTION = re.compile(
    r"notion\.(so|site|com)/|^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class InitAnswers:
    """The answers that `init` asks for.

    `log` is an address or a path, `key_file` only for a Google Sheet; without `mail_host` mail goes
    into a folder.
    """

    team: str
    language: Language
    timezone: str
    log: str
    leader: str
    operator: str = ""
    key_file: str = ""
    mail_host: str = ""
    mail_user: str = ""


def kind_of(log: str) -> SourceKind:
    """Return the kind of source that an address or path is.

    >>> kind_of("https://docs.google.com/spreadsheets/d/abc/edit#gid=0")
    'google_sheets'
    >>> kind_of("logs/*.xlsx")
    'file'
    """
    if _GOOGLE.search(log):
        return "google_sheets"
    return "notion" if _NOTION.search(log) else "file"


_WORDS: dict[Language, dict[str, str]] = {
    "ko": {
        "head": "loopnote 설정. 모든 설정과 설명은 config.example.toml에 있습니다.",
        "team": "팀",
        "recipient": "월요일 메일을 받는 사람",
        "source": "팀의 기록. loopnote는 읽기만 합니다.",
        "google": "이 키 파일의 서비스 계정이 시트를 읽습니다(뷰어로 공유해 주세요).",
        "notion": "Notion 연결의 토큰이 든 파일. 데이터베이스에 이 연결을 추가해 주세요.",
        "smtp": "메일 서버. 비밀번호는 이 파일에 넣어 주세요(chmod 600).",
        "mail": '처음에는 메일을 폴더에 저장합니다. 보내려면 transport = "smtp"와 host, user, password_env를 쓰세요.',
        "operator": "문제가 생기면 알릴 사람",
    },
    "en": {
        "head": "The configuration of loopnote. Every setting is described in config.example.toml.",
        "team": "The team",
        "recipient": "Who gets the Monday mail",
        "source": "The team's log. loopnote only reads it.",
        "google": "The service account of this key file reads the sheet (share it as Viewer).",
        "notion": "The file with the connection's token. Add the connection to the database.",
        "smtp": "The mail server. Put the password into this file (chmod 600).",
        "mail": 'Mail goes into a folder at first. To send: transport = "smtp" with host, user and password_env.',
        "operator": "Who hears of it when something does not work",
    },
}


def config_text(answers: InitAnswers, *, operator_language: Language) -> str:
    """Return the text of a configuration that `loopnote doctor` accepts."""
    words = _WORDS[operator_language]
    kind = kind_of(answers.log)
    where = {"google_sheets": "spreadsheet", "notion": "database", "file": "path"}[kind]
    parts = [
        f"# {words['head']}\n",
        _table(
            "[[teams]]",
            words["team"],
            name=answers.team,
            language=answers.language,
            timezone=answers.timezone,
        ),
        _table("[[recipients]]", words["recipient"], address=answers.leader, send_at="Mon 08:00"),
        _table(
            "[[sources]]",
            words["source"],
            name=answers.team,
            team=answers.team,
            kind=kind,
            **{where: answers.log},
        ),
    ]
    if kind == "google_sheets":
        parts.append(_table("[google]", words["google"], service_account_file=answers.key_file))
    if kind == "notion":
        parts.append(_table("[notion]", words["notion"], token_file=NOTION_TOKEN_FILE))
    parts.append(_mail(answers, words))
    if answers.operator:
        operator = {"address": answers.operator, "language": operator_language}
        parts.append(_table("[operator]", words["operator"], **operator))
    return "\n".join(parts)


def _mail(answers: InitAnswers, words: dict[str, str]) -> str:
    if not answers.mail_host:
        sender = answers.operator or answers.leader
        return _table(
            "[mail]", words["mail"], transport="folder", folder="outbox", **{"from": sender}
        )
    sender = answers.mail_user if "@" in answers.mail_user else answers.operator or answers.leader
    login = {"user": answers.mail_user, "password_file": MAIL_PASSWORD_FILE}
    return _table(
        "[mail]",
        words["smtp"],
        transport="smtp",
        host=answers.mail_host,
        **(login if answers.mail_user else {}),
        **{"from": sender},
    )


def _table(head: str, comment: str, **values: str) -> str:
    # JSON strings are TOML basic strings, but for DEL, which JSON leaves as it is.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join([f"# {comment}", head, *lines, ""]).replace("\x7f", "\\u007f")
