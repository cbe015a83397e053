"""A real SMTP server on a real socket, which behaves as badly as it is told.

`behaviour` maps an address to what happens to its mails, one word an attempt, the last one for
ever:

    take · refuse · greylist · refuse_body · defer_body · send_as_denied · refuse_sender · sign_off
    cut_before_body · cut_in_body · cut_after_body
    stall_before_body · stall_after_body · drip_after_body · babble_after_body

`bodies` lists what the server has taken into its hands, also where it never said so: the truth that
tests count.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from fakes.certificates import Certificates

ANSWERS = {
    "refuse_body": "554 5.7.1 we do not like it",
    "send_as_denied": (
        "554 5.2.252 SendAsDenied; a@example.com not allowed to send as b@example.com"
    ),
    "defer_body": "452 4.3.1 no room today",
    "babble_after_body": "well, hello",
}

SETTINGS = """
[mail]
transport = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
from = "loopnote@example.org"
"""
"""A configuration's way to the server, to be filled; more of `[mail]` may follow."""


@dataclass
class Taken:
    address: str
    sender: str
    body: bytes


@dataclass
class MailHost:
    """What the server knows and does."""

    behaviour: dict[str, list[str]] = field(default_factory=dict)
    bodies: list[Taken] = field(default_factory=list)
    sessions: int = 0
    log_ins: list[str] = field(default_factory=list)
    password: str = ""
    token: str = ""
    stall_s: float = 60.0
    think_s: float = 0.0
    on_body: Callable[[str], None] = lambda _address: None

    def word_for(self, address: str) -> str:
        words = self.behaviour.get(address, ["take"])
        return words.pop(0) if len(words) > 1 else words[0]

    def texts_to(self, address: str) -> list[str]:
        """Return the plain text of each mail that it took for an address, in order."""
        mails = (
            message_from_bytes(taken.body, policy=default)
            for taken in self.bodies
            if taken.address == address
        )
        return [mail.get_body(("plain",)).get_content() for mail in mails]

    # aiosmtpd's hooks
    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.behaviour.get("sender", [""])[0] == "refuse_sender":
            return "553 5.7.1 not your address"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        word = self.word_for(address)
        if word == "refuse":
            return "550 5.1.1 no such person"
        if word == "greylist":
            return "451 4.7.1 come again later"
        if word == "sign_off":
            return "421 4.3.2 closing for today"
        if word == "stall_before_body":
            await asyncio.sleep(self.stall_s)
        envelope.rcpt_tos.append(address)
        session.word = word
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any):  # noqa: N802
        word = session.word
        address = envelope.rcpt_tos[0]
        if word in {"refuse_body", "defer_body", "send_as_denied"}:
            return ANSWERS[word]
        self.bodies.append(Taken(address, envelope.mail_from, bytes(envelope.content)))
        self.on_body(address)
        await asyncio.sleep(self.think_s)  # between taking a mail and saying so
        if word == "cut_after_body":
            server.transport.abort()
        if word == "stall_after_body":
            await asyncio.sleep(self.stall_s)
        if word == "drip_after_body":
            await _drip(server)
        return ANSWERS.get(word, "250 2.0.0 taken")

    async def auth_XOAUTH2(self, server, args):  # noqa: N802
        import base64

        said = base64.b64decode(args[1]).decode()
        if said.endswith(f"auth=Bearer {self.token}\1\1") and self.token:
            self.log_ins.append("XOAUTH2")
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401"}')
        return AuthResult(success=False, handled=False)


async def _drip(server: SMTP) -> None:
    while server.transport is not None and not server.transport.is_closing():
        await server.push("250-wait")
        await asyncio.sleep(0.05)


class _Server(SMTP):
    async def smtp_DATA(self, arg):  # noqa: N802
        word = getattr(self.session, "word", "take")
        if word == "cut_before_body":
            self.transport.abort()
            return
        if word == "cut_in_body":
            await self.push("354 go on")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class MailHostRunning:
    """The server on its port; a context. `security` is as in the configuration."""

    def __init__(
        self,
        host: MailHost,
        *,
        security: str = "none",
        certificates: Certificates | None = None,
        certificate_for: str = "127.0.0.1",
        offers_starttls: bool = True,
        plain_auth: bool = True,
    ) -> None:
        context = None
        if security != "none":
            assert certificates is not None
            context = certificates.server_context(certificate_for)
        options: dict = {"timeout": 300}
        if security == "starttls" and offers_starttls:
            options |= {"tls_context": context}
        if host.password or host.token:
            excluded = [] if plain_auth else ["PLAIN"]
            options |= {
                "authenticator": self._authenticate,
                "auth_required": True,
                "auth_exclude_mechanism": excluded,
            }
            options |= {"auth_require_tls": security == "starttls"}
        self.host = host
        self._over_tls = context if security == "tls" else None
        self._options = options
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def _authenticate(self, server, session, envelope, mechanism, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password.decode() == self.host.password
        if good:
            self.host.log_ins.append(mechanism)
            return AuthResult(success=True)
        # a talkative server: it repeats what it was told
        return AuthResult(
            success=False,
            handled=False,
            message=f"535 5.7.8 wrong password {data.password.decode()}",
        )

    def __enter__(self) -> "MailHostRunning":
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(5)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def _listen(self) -> asyncio.Server:
        return await self._loop.create_server(self._session, "127.0.0.1", 0, ssl=self._over_tls)

    def _session(self) -> SMTP:
        return _Server(
            self.host, enable_SMTPUTF8=True, ident="fake", loop=self._loop, **self._options
        )

    def __exit__(self, *exception: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        open_tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in open_tasks:
            task.cancel()
        await asyncio.gather(*open_tasks, return_exceptions=True)
