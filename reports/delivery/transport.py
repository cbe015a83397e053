"""The transport protocol, and its result for one mail to one address."""

from dataclasses import dataclass
from typing import Literal, Protocol, Self

from notes.model.findings import Finding

ACCOUNT_CODES = frozenset({421, 454, 530, 534, 535, 538})
"""Codes of SMTP replies (RFC 5321, RFC 4954) about the sender's account or connection, not the
recipient: no other mail would be accepted.
"""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One mail in one envelope: stored bytes (CRLF), recipient address, name of the report."""

    report: str
    address: str
    body: bytes


@dataclass(frozen=True, slots=True)
class SendResult:
    """Result of sending one mail.

    `sent`: the other side accepted it. `deferred`: it certainly did not, and may later. `refused`:
    it never will. `unknown`: the body was under way and no reply came. `code` and `reply` are the
    server's last words, one line, without secrets. `halt`: further mails would fail alike;
    `broken`: the connection broke or stalled. `hint` is the next step, where one is known.
    """

    state: Literal["sent", "deferred", "refused", "unknown"]
    code: int = 0
    reply: str = ""
    halt: bool = False
    broken: bool = False
    hint: str = ""


class Transport(Protocol):
    """Sends mails: to a mail server or into a folder. A context manager that connects lazily.

    `ready` may raise DeliveryError (or ConfigError, for a secret that cannot be found), never after
    a body was sent; `send` does not raise for failures of network, server or disk, it returns a
    SendResult. No text of either ever contains a secret.
    """

    def __enter__(self) -> Self:
        """Return itself."""
        ...

    def __exit__(self, *exception: object) -> None:
        """Close the connection, if there is one."""
        ...

    def ready(self) -> None:
        """Connect and log in where needed, so that only the mail itself can still fail."""
        ...

    def send(self, outgoing_mail: OutgoingMail) -> SendResult:
        """Send one mail; sending it twice is the caller's decision."""
        ...

    def check(self) -> list[Finding]:
        """Try the transport without sending; return what `doctor` should print."""
        ...
