"""Makes the text of a first configuration, with comments in the operator's language, for `init`."""

import json
from dataclasses import dataclass

from notes.messages.catalogue import shipped_messages
from notes.model.notes import Language

from .source_kinds import WHERE_OF_KIND, kind_of

# cron has no environment: a secret that it needs stands in a file.
NOTION_TOKEN_FILE = "secrets/notion-token"  # noqa: S105  a path
MAIL_PASSWORD_FILE = "secrets/mail-password"  # noqa: S105  a path
GOOGLE_CLIENT_FILE = "secrets/google-client.json"
GOOGLE_TOKEN_FILE = "secrets/google-token.json"  # noqa: S105  a path

SUBMISSION_PORT = 587
TLS_PORT = 465
"""Mail submission with STARTTLS (RFC 6409), and with TLS from the first byte (RFC 8314)."""

SIGN_IN, OF_THE_MACHINE = "login", "adc"
"""Answers that name no key file: a person signs in, or the machine has credentials of its own."""


@dataclass(frozen=True, slots=True)
class InitAnswers:
    """The answers that `init` asks for.

    `log` is an address or a path. `google` says what a Google Sheet is read with: the path of a key
    file, SIGN_IN or OF_THE_MACHINE. `mail_host` may end in a port; without it mail goes into a
    folder. `year` is the one of dates that name none.
    """

    team: str
    language: Language
    timezone: str
    log: str
    leader: str
    operator: str = ""
    google: str = ""
    mail_host: str = ""
    mail_user: str = ""
    year: int | None = None


def config_text(answers: InitAnswers, *, operator_language: Language) -> str:
    """Return the text of a configuration that `loopnote doctor` accepts.

    Raises: RenderError: loopnote does not speak the operator's language.
    """
    package = "loopnote.runtime.messages.configuration"
    words = shipped_messages(package, operator_language).under("comment")
    kind = kind_of(answers.log)
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
            **{WHERE_OF_KIND[kind]: answers.log},
            **({"year": answers.year} if answers.year else {}),
        ),
    ]
    if kind == "google_sheets":
        comment, settings = google_settings(answers.google)
        parts.append(_table("[google]", words[comment], **settings))
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
    settings = mail_settings(answers.mail_host, answers.mail_user, answers.operator)
    return _table("[mail]", words["smtp"], **settings)


def google_settings(way: str) -> tuple[str, dict[str, str | bool]]:
    """Return the comment's key and the settings of [google] for what a sheet is to be read with."""
    if way == SIGN_IN:
        return "google_login", {
            "client_file": GOOGLE_CLIENT_FILE,
            "token_file": GOOGLE_TOKEN_FILE,
        }
    if way == OF_THE_MACHINE:
        return "google_adc", {"application_default": True}
    return "google", {"service_account_file": way}


def mail_settings(server: str, user: str, operator: str) -> dict[str, str | int]:
    """Return the settings of [mail] for a server, given as a host or as host:port.

    The port decides how the connection is secured: 465 is TLS from the start (RFC 8314); this
    machine's own relay has no certificate, and needs one only where somebody logs in; everything
    else starts with STARTTLS.
    """
    host, port = host_and_port(server)
    local = host in ("localhost", "127.0.0.1", "::1")
    security = "tls" if port == TLS_PORT else "none" if local and not user else "starttls"
    login = {"user": user, "password_file": MAIL_PASSWORD_FILE} if user else {}
    sender = user if "@" in user else operator
    return {
        "transport": "smtp",
        "host": host,
        "port": port,
        "security": security,
        **login,
        **({"from": sender} if sender else {}),
    }


def host_and_port(server: str) -> tuple[str, int]:
    """Return the host and the port of `host` or `host:port`; a submission port where none is given.

    >>> host_and_port("smtp.example.com:465")
    ('smtp.example.com', 465)
    """
    host, mark, port = server.rpartition(":")
    if mark and port.isdigit() and ":" not in host:
        return host, int(port)
    return server, SUBMISSION_PORT


def _table(head: str, comment: str, **values: str | int) -> str:
    # JSON strings are TOML basic strings, but for DEL, which JSON leaves as it is.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join([f"# {comment}", head, *lines, ""]).replace("\x7f", "\\u007f")
