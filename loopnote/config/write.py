"""Writes a first configuration for `init`, with comments in the operator's language."""

import json
import re
from dataclasses import dataclass
from typing import Literal

from notes.messages.catalogue import shipped_messages
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


def config_text(answers: InitAnswers, *, operator_language: Language) -> str:
    """Return the text of a configuration that `loopnote doctor` accepts.

    Raises: RenderError: loopnote does not speak the operator's language.
    """
    package = "loopnote.runtime.messages.configuration"
    words = shipped_messages(package, operator_language).under("comment")
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
