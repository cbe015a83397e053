"""What every way out promises, and what it answers for one mail to one address."""

from dataclasses import dataclass
from typing import Literal, Protocol, Self

from notes.model.findings import Finding


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """One mail in one envelope.

    The stored bytes (CRLF lines), the address they go to, and the name of the report.
    """

    report: str
    address: str
    body: bytes


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of a parcel.

    `sent`: the other side took it. `deferred`: it certainly did not, and may later. `refused`: it
    never will. `unknown`: the body was on its way and no answer came. `code` and `reply` are the
    server's last words, one line, without secrets. `halt` says that further parcels would fare the
    same, `broken` that the line was cut or stalled.
    """

    state: Literal["sent", "deferred", "refused", "unknown"]
    code: int = 0
    reply: str = ""
    halt: bool = False
    broken: bool = False


class Transport(Protocol):
    """A way out for mails: a mail server or a folder. Used as a context; entering it connects nothing.

    `ready` may raise DeliveryError (or ConfigError, for a secret that is not where it should be),
    never after a body has left; `send` raises nothing for the failures of the world, it answers
    with a Handover. No text that either gives ever holds a secret.
    """

    def __enter__(self) -> Self:
        """Return itself."""
        ...

    def __exit__(self, *exception: object) -> None:
        """Let go of the connection, if there is one."""
        ...

    def ready(self) -> None:
        """Connect and log in where that is not done yet, so that only the parcel itself can still fail."""
        ...

    def send(self, outgoing_mail: OutgoingMail) -> SendResult:
        """Hand over one parcel; the same parcel twice is the caller's decision."""
        ...

    def check(self) -> list[Finding]:
        """Try the way out without sending anything; return what `doctor` should say."""
        ...
