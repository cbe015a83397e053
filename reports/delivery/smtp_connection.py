"""Opens a connection to a mail server up to the point where a mail may be sent.

    connect ─► TLS, verified ─► log in

Only this module and `smtp` import smtplib. smtplib raises the same exception whether a connection
broke before a body or after it; `PhasedSMTP` can tell.
"""

import base64
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from notes.model.errors import DeliveryError

Security = Literal["starttls", "tls", "none"]
Secret = Callable[[], str]
"""Fetches a password or a token late, at each log-in; may raise DeliveryError."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How to reach the mail server; `sender` is the envelope's, times are in seconds.

    `password` or `token` (XOAUTH2) is used when `user` is set. `command_s` holds for connecting and
    every command, `body_s` for the answer to the body (RFC 5321 4.5.3.2.6 asks for ten minutes).
    """

    host: str
    sender: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: Secret | None = None
    token: Secret | None = None
    ca_file: Path | None = None
    command_s: float = 30.0
    body_s: float = 600.0
    client_name: str = ""


class PhasedSMTP(smtplib.SMTP):
    """SMTP client that knows whether a body is under way: after a 354 and before its reply."""

    body_under_way = False
    body_s = 600.0
    _asked = ""

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Send a command and record it.

        Raises:
            SMTPServerDisconnected: a reply was there before the command.
        """
        self._expect_silence()
        self._asked = cmd.lower()
        super().putcmd(cmd, args)

    def send(self, s: bytes | str) -> None:  # type: ignore[override]  # smtplib takes any buffer
        """Send bytes; a body only where nothing but the 354 has been said.

        Raises:
            SMTPServerDisconnected: another reply is there already, which would be taken for the
                body's.
        """
        if self.body_under_way:
            self._expect_silence()
        super().send(s)

    def _expect_silence(self) -> None:
        """Close where a reply is there that nobody asked for: the next one would belong to
        another command.
        """
        if self.sock is None or not self.unread():
            return
        self.body_under_way = False
        self.close()
        raise smtplib.SMTPServerDisconnected("the server answered before it was asked")

    def unread(self) -> bytes:
        """Return what the server has said beyond the last reply, without waiting for it."""
        if self.sock is None or self.file is None:
            return b""
        before = self.sock.gettimeout()
        try:
            self.sock.settimeout(0.0)
            return self.file.peek(1)  # type: ignore[no-any-return]  # a BufferedReader
        except (OSError, ValueError):  # nothing there yet (TLS says so by an exception), or gone
            return b""
        finally:
            with suppress(OSError):
                self.sock.settimeout(before)

    def getreply(self) -> tuple[int, bytes]:
        """Return the reply; the wait for a body's is long, and slow bytes never extend it."""
        seconds = self.body_s if self.body_under_way else self._quiet_s()
        if self.sock is not None:
            self.sock.settimeout(seconds)
        with _at_most(seconds + self._quiet_s(), self.sock):
            code, reply = super().getreply()
        self.body_under_way = self._asked == "data" and code == 354
        self._asked = ""
        if self.sock is not None:
            self.sock.settimeout(self._quiet_s())
        return code, reply

    def _quiet_s(self) -> float:
        return float(self.timeout or 30.0)


class PhasedSMTPOverTLS(PhasedSMTP, smtplib.SMTP_SSL):
    """`PhasedSMTP` on a connection that is encrypted from its first byte."""


def connect(settings: MailSettings) -> PhasedSMTP:
    """Return a greeted connection; already encrypted and verified where the settings say "tls".

    Raises:
        OSError, smtplib.SMTPException: it cannot be reached or proven.
    """
    name = settings.client_name or None
    if settings.security == "tls":
        client: PhasedSMTP = PhasedSMTPOverTLS(
            local_hostname=name, timeout=settings.command_s, context=_tls(settings.ca_file)
        )
    else:
        client = PhasedSMTP(local_hostname=name, timeout=settings.command_s)
    client.body_s = settings.body_s
    client._host = settings.host  # type: ignore[attr-defined]  # noqa: SLF001  what TLS proves; else set by __init__ only
    try:
        _greet(client, settings)
    except BaseException:
        client.close()
        raise
    return client


def _greet(client: PhasedSMTP, settings: MailSettings) -> None:
    code, reply = client.connect(settings.host, settings.port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, reply)
    client.ehlo_or_helo_if_needed()
    if settings.security == "starttls":
        client.starttls(context=_tls(settings.ca_file))
        client.ehlo()


def log_in(client: PhasedSMTP, settings: MailSettings, secret: str) -> None:
    """Log in with a password, or with a token where the settings have one.

    Raises:
        smtplib.SMTPException: the server refuses.
    """
    code, reply = (_token_log_in if settings.token else _password_log_in)(
        client, settings.user, secret
    )
    if code not in {235, 503}:  # 503: logged in already
        raise smtplib.SMTPAuthenticationError(code, reply)


def secret_forms(user: str, secret: str) -> tuple[str, ...]:
    """Return every form in which the secret is sent, so that none of them is ever shown."""
    return (
        (secret, in_base64(secret), _plain(user, secret), _bearer(user, secret)) if secret else ()
    )


def _plain(user: str, password: str) -> str:
    return in_base64(f"\0{user}\0{password}")


def _bearer(user: str, token: str) -> str:
    return in_base64(f"user={user}\1auth=Bearer {token}\1\1")


def _token_log_in(client: PhasedSMTP, user: str, token: str) -> tuple[int, bytes]:
    code, reply = client.docmd("AUTH", f"XOAUTH2 {_bearer(user, token)}")
    return (
        client.docmd("") if code == 334 else (code, reply)
    )  # 334: the reason; an empty line asks for the verdict


def _password_log_in(client: PhasedSMTP, user: str, password: str) -> tuple[int, bytes]:
    # smtplib's own login() wants ASCII and tries CRAM-MD5 first; under TLS these two are what
    # providers mean.
    offered = client.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered or "LOGIN" not in offered:
        return client.docmd("AUTH", f"PLAIN {_plain(user, password)}")
    code, reply = client.docmd("AUTH", f"LOGIN {in_base64(user)}")
    return client.docmd(in_base64(password)) if code == 334 else (code, reply)


def refuse_unencrypted(settings: MailSettings) -> None:
    """Raise if a password or a mail would be sent unencrypted, except to localhost.

    Raises:
        DeliveryError: the settings would allow it.
    """
    if settings.security != "none":
        return
    if not _is_loopback(settings.host):
        raise DeliveryError(
            f"mail.security = none is only for this machine, not for {settings.host}",
            hint='write security = "starttls" or "tls"',
        )
    if settings.user:
        raise DeliveryError(
            "there is no log-in without TLS",
            hint='leave mail.user out, or write security = "starttls"',
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:
            raise DeliveryError(
                f"mail.ca_file {ca_file}: {error.strerror or error}", hint="name a PEM file"
            ) from error
    return context


def in_base64(text: str) -> str:
    """Return the text's UTF-8 in base64."""
    return base64.b64encode(text.encode()).decode()


@contextmanager
def _at_most(seconds: float, line: socket.socket | None) -> Iterator[None]:
    """Close the connection after so many seconds, however slowly bytes arrive."""

    def cut() -> None:
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
