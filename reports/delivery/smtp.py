"""The SMTP transport.

ready:  connect ─► TLS, verified ─► log in            any failure: DeliveryError, nothing sent
send:   MAIL ─► RCPT ─► DATA ─► body ─► reply         one envelope per person
"""

import re
import smtplib
import socket
import ssl
from dataclasses import replace
from typing import Literal, Self

from notes.model.errors import DeliveryError, LoopnoteError
from notes.model.findings import Finding
from notes.model.mail_addresses import address_error, in_ascii

from .smtp_connection import (
    MailSettings,
    PhasedSMTP,
    connect,
    log_in,
    refuse_unencrypted,
    secret_forms,
)
from .transport import ACCOUNT_CODES, OutgoingMail, SendResult

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LONGEST_REPLY = 300
"""Characters of a server's reply that are kept: the ledger and a terminal show one line."""


class SmtpTransport:
    """A mail server over verified TLS; unencrypted only on localhost, without a log-in.

    Raises:
        DeliveryError: the settings would send the password or the mail unencrypted.
    """

    def __init__(self, settings: MailSettings) -> None:
        refuse_unencrypted(settings)
        self._settings = settings
        self._client: PhasedSMTP | None = None
        self._secrets: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._hang_up()

    def ready(self) -> None:
        """Connect, encrypt and log in, or check that the open connection still works.

        Raises:
            DeliveryError: the server cannot be reached, verified or logged into; nothing was sent.
        """
        if self._client is not None and self._still_there(self._client):
            return
        self._hang_up()
        fault = self._try_to_connect()
        if fault is not None:
            # Not where it was caught: the foreign exception may hold what was sent.
            raise fault

    def _try_to_connect(self) -> DeliveryError | None:
        try:
            self._client = connect(self._settings)
            self._log_in(self._client)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._hang_up()
            return self._explained(error)
        except BaseException:
            self._hang_up()
            raise
        return None

    def send(self, outgoing_mail: OutgoingMail) -> SendResult:
        """Send one mail on a ready connection."""
        if self._client is None:
            return SendResult("deferred", reply="not connected", halt=True)
        client = self._client
        try:
            send_result = self._converse(client, outgoing_mail)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            send_result = self._broken(client, error)
        if send_result.broken or send_result.halt or client.sock is None:
            self._hang_up()
        return send_result

    def check(self) -> list[Finding]:
        """Connect, log in and name the sender without sending."""
        settings = self._settings
        subject = "mail server"
        try:
            self.ready()
            refused = self._try_sender()
        except LoopnoteError as error:
            return [Finding("mail.login", "error", subject, str(error), error.hint)]
        finally:
            self._hang_up()
        where = f"{settings.host}:{settings.port} ({settings.security})"
        if refused:
            what = f"{where}: sends nothing from {settings.sender} ({refused.reply})"
            return [Finding("mail.login", "error", subject, what, refused.hint)]
        what = f"{where}: logged in as {settings.user}" if settings.user else f"{where}: answers"
        return [Finding("mail.login", "ok", subject, what)]

    def _try_sender(self) -> SendResult | None:
        """Return why nobody's mail would go out under the sender's address; None where it may."""
        try:
            return self._name_sender(self._client, []) if self._client else None
        except (smtplib.SMTPException, OSError, ValueError) as error:
            fault = self._explained(error)
        raise fault

    def _log_in(self, client: PhasedSMTP) -> None:
        settings = self._settings
        if not settings.user:
            return
        fetch = settings.token or settings.password
        if fetch is None:
            raise DeliveryError(
                "mail.user has no password", hint="set mail.password_env, or leave mail.user out"
            )
        secret = fetch()
        self._secrets = secret_forms(settings.user, secret)
        log_in(client, settings, secret)

    def _converse(self, client: PhasedSMTP, outgoing_mail: OutgoingMail) -> SendResult:
        options, fault = _options(client, outgoing_mail.address, self._settings.sender)
        fault = (
            address_error(outgoing_mail.address) or fault
        )  # smtplib would quietly write to a part of a strange address
        if fault:
            return SendResult("refused", reply=fault)
        refused = self._name_sender(client, options)
        if refused:
            return refused
        code, reply = client.rcpt(in_ascii(outgoing_mail.address))
        if code not in {250, 251, 252}:
            return self._answered(client, code, reply)
        return self._hand_over_body(client, outgoing_mail.body)

    def _hand_over_body(self, client: PhasedSMTP, body: bytes) -> SendResult:
        try:
            code, reply = client.data(_LINE_END.sub(b"\r\n", body))
        except smtplib.SMTPDataError as error:  # no 354: the body stayed here
            return self._answered(client, error.smtp_code, error.smtp_error)
        if 200 <= code < 300:
            more = client.unread()
            if more and not more.startswith(b"421"):  # which of the two is the body's?
                return SendResult("unknown", code, self._line(reply), broken=True)
            return SendResult("sent", code, self._line(reply))
        if not 400 <= code < 600:
            return SendResult("unknown", max(code, 0), self._line(reply), broken=True)
        if _SEND_AS_DENIED in self._line(reply).lower():
            return self._not_as_sender(client, code, reply)
        return self._answered(client, code, reply)

    def _name_sender(self, client: PhasedSMTP, options: list[str]) -> SendResult | None:
        """Name the sender (MAIL); a refusal is about us, and nobody's mail would fare better."""
        code, reply = client.mail(in_ascii(self._settings.sender), options)
        return None if code == 250 else self._not_as_sender(client, code, reply)

    def _not_as_sender(self, client: PhasedSMTP, code: int, reply: bytes | str) -> SendResult:
        """Return that nobody's mail goes out under this sender's address."""
        answered = self._answered(client, code, reply, refused="deferred", halt=True)
        return replace(answered, hint=_SENDER_HINT if self._settings.user else _USER_HINT)

    def _answered(
        self,
        client: PhasedSMTP,
        code: int,
        reply: bytes | str,
        *,
        refused: Literal["refused", "deferred"] = "refused",
        halt: bool = False,
    ) -> SendResult:
        final = 500 <= code < 600 and code not in ACCOUNT_CODES
        halt = halt or code in ACCOUNT_CODES or not 400 <= code < 600
        if not halt and not _reset(client):
            self._hang_up()
        return SendResult(
            refused if final else "deferred", max(code, 0), self._line(reply), halt=halt
        )

    def _broken(self, client: PhasedSMTP, error: Exception) -> SendResult:
        words = self._line(str(error)) or type(error).__name__
        if client.body_under_way:
            return SendResult("unknown", reply=f"no answer to the body: {words}", broken=True)
        if isinstance(error, ValueError):  # smtplib refuses line ends inside a command
            return SendResult("refused", reply=words)
        return SendResult("deferred", reply=f"before the body: {words}", broken=True)

    def _still_there(self, client: PhasedSMTP) -> bool:
        try:
            return client.sock is not None and client.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is None or client.sock is None:
            return
        if not client.body_under_way:
            try:
                client.sock.settimeout(2.0)
                client.timeout = 2.0
                client.quit()
            except (smtplib.SMTPException, OSError, ValueError):
                pass
        client.close()

    def _explained(self, error: Exception) -> DeliveryError:
        settings = self._settings
        where = f"{settings.host}:{settings.port}"
        words = self._line(_words_of(error))
        if getattr(error, "smtp_code", 0) == -1:  # smtplib's number for words that are no reply
            return DeliveryError(
                f"{where}: what answers there is no mail server ({words})",
                hint="check mail.host and mail.port",
            )
        cause = _cause(error)
        if cause is not error:
            return DeliveryError(f"{where}: no answer in time ({words})", hint=_PORT_HINT)
        for kinds, what, hint in _EXPLANATIONS:
            if isinstance(cause, kinds):
                return DeliveryError(f"{where}: {what} ({words})", hint=hint)
        return DeliveryError(f"{where}: {words}", hint="run `loopnote doctor`")

    def _line(self, text: bytes | str) -> str:
        """Return the server's reply as one short printable line without our secrets."""
        line = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        for secret in sorted(self._secrets, key=len, reverse=True):
            line = line.replace(secret, "***")
        line = "".join(char if char.isprintable() else " " for char in line)
        return " ".join(line.split())[:_LONGEST_REPLY]


_SEND_AS_DENIED = "sendasdenied"
"""What Exchange calls a sender that the account may not write as, behind the whole mail."""
_SENDER_HINT = "write an address into mail.from that mail.user may send as"
_USER_HINT = "write mail.user and mail.password_env, or an address that it accepts into mail.from"
_PORT_HINT = "check mail.port and mail.security: tls is usual on port 465, starttls on 587"
"""The next steps for a sender, with and without a log-in, or a port that the server refuses."""
_EXPLANATIONS: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    (
        (ssl.SSLCertVerificationError,),
        "its certificate is not trusted",
        "correct mail.host, or name your authority's certificate in mail.ca_file",
    ),
    (
        (ssl.SSLError,),
        "the encrypted connection failed",
        "check mail.security: tls is usual on port 465, starttls on 587",
    ),
    (
        (smtplib.SMTPAuthenticationError,),
        "it refuses the log-in",
        "check mail.user and the app password or token; see docs/how-to/delivery.md",
    ),
    (
        (smtplib.SMTPNotSupportedError,),
        "it offers no encryption",
        "use the port and mail.security that your provider names",
    ),
    (
        (TimeoutError,),
        "no answer in time",
        "check mail.host and mail.port, and whether a firewall blocks the connection",
    ),
    ((socket.gaierror,), "no such host", "check mail.host"),
    ((ConnectionError,), "no connection", "check mail.host and mail.port"),
    (
        (smtplib.SMTPServerDisconnected,),
        "it closed the connection",
        _PORT_HINT,
    ),
)
"""What each exception means to an operator, the narrowest class first."""


def _cause(error: Exception) -> BaseException:
    """Return what smtplib calls a lost connection although it is a server that is silent."""
    is_lost = isinstance(error, smtplib.SMTPServerDisconnected)
    return error.__context__ if is_lost and isinstance(error.__context__, TimeoutError) else error


def _reset(client: PhasedSMTP) -> bool:
    try:
        return client.rset()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _options(client: PhasedSMTP, *addresses: str) -> tuple[list[str], str]:
    options = ["BODY=8BITMIME"] if client.has_extn("8bitmime") else []
    if all(in_ascii(address).isascii() for address in addresses):
        return options, ""
    if not client.has_extn("smtputf8"):
        return (
            options,
            "the mail server cannot write to an address with letters beyond ASCII (no SMTPUTF8)",
        )
    client.command_encoding = "utf-8"
    return [*options, "SMTPUTF8"], ""


def _words_of(error: Exception) -> str:
    reply = getattr(error, "smtp_error", None)
    if isinstance(reply, bytes | str):
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        return f"{getattr(error, 'smtp_code', '')} {text}"
    return str(error)
