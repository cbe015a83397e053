"""Records of delivery: subscriptions, mails that are due, their bytes, and ledger lines.

    Subscription ─► DueMail     who gets what how often, and when it is due (`delivery.due`)
    Message                     the bytes, stored before they are sent, always the same
    Delivery                    planned ─► sending ─► sent | deferred | refused | unknown

A report is known by its label `team/2026-W47/weekly` and its revision `r1`; the ledger's key is
(report, mailbox). `skipped` is for what had nothing to say, such as a preview without anything to
mend.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self

from .notes import PAGE_LANGUAGE
from .periods import Period

ReportKind = Literal["weekly", "monthly", "preview"]
State = Literal["planned", "sending", "sent", "deferred", "refused", "unknown", "skipped"]

OPEN: tuple[State, ...] = ("planned", "deferred")
"""States from which a mail may be claimed and sent; only a person's request leaves the others."""

ALL_TEAMS = "*"
"""The scope of a mail that speaks of all teams of its reader at once."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SEND_AT = re.compile(r"([A-Za-z]{3,9})\s+(\d{1,2}):(\d{2})")
_MONTH_AT = re.compile(r"(\d{1,2})\s+(\d{1,2}):(\d{2})")
_NOT_IN_ADDRESS = re.compile(r"[\s<>()\[\]\\,;:\"\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, order=True)
class SendAt:
    """A weekday (Monday is 0) and a time of day, in somebody's time zone.

    >>> SendAt.parse("Mon 08:00")
    SendAt(weekday=0, hour=8, minute=0)
    """

    weekday: int
    hour: int
    minute: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `Mon 08:00` (English weekdays, three letters or whole).

        Raises:
            ValueError: not such a time; the message says what one looks like.
        """
        found = _SEND_AT.fullmatch(text.strip())
        names = [day.lower() for day in WEEKDAYS]
        if (
            not found
            or found[1][:3].lower() not in names
            or int(found[2]) > 23
            or int(found[3]) > 59
        ):
            raise ValueError(f"{text!r} is not a weekday and a time such as Mon 08:00")
        return cls(names.index(found[1][:3].lower()), int(found[2]), int(found[3]))

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.hour:02d}:{self.minute:02d}"


@dataclass(frozen=True, slots=True, order=True)
class MonthAt:
    """A day of the month (1 to 28, so that every month has it) and a time of day.

    >>> MonthAt.parse("1 08:00")
    MonthAt(day=1, hour=8, minute=0)
    """

    day: int
    hour: int
    minute: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1 08:00`.

        Raises:
            ValueError: not such a time; the message says what one looks like.
        """
        found = _MONTH_AT.fullmatch(text.strip())
        if not found or not 1 <= int(found[1]) <= 28 or int(found[2]) > 23 or int(found[3]) > 59:
            raise ValueError(
                f"{text!r} is not a day of the month (1 to 28) and a time such as 1 08:00"
            )
        return cls(int(found[1]), int(found[2]), int(found[3]))

    def __str__(self) -> str:
        return f"{self.day} {self.hour:02d}:{self.minute:02d}"


MONDAY_MORNING = SendAt(0, 8)
FRIDAY_AFTERNOON = SendAt(4, 15)
FIRST_OF_MONTH = MonthAt(1, 8)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One kind of mail that one address gets again and again.

    `scope` is a team's name, or ALL_TEAMS. `timezone` is the reader's, `team_timezone` tells when
    the week is over. `until_hour` ends the catching-up (24: with the day). `country` ("KR",
    "DE-BY") moves it off public holidays. `language` and `audience` (how people are named) choose
    among a report's mails.
    """

    kind: ReportKind
    scope: str
    address: str
    send_at: SendAt | MonthAt
    timezone: str
    team_timezone: str
    country: str = ""
    until_hour: int = 24
    language: str = PAGE_LANGUAGE
    audience: str = "names"


@dataclass(frozen=True, slots=True)
class DueMail:
    """One mail that is to go out at `at`, and may still go out before `until` (instants, UTC)."""

    kind: ReportKind
    scope: str
    period: Period
    address: str
    at: datetime
    until: datetime
    language: str = PAGE_LANGUAGE
    audience: str = "names"

    @property
    def report(self) -> str:
        """The report's label, without its revision."""
        return report_label(self.scope, self.period, self.kind)


@dataclass(frozen=True, slots=True)
class Message:
    """The bytes of a mail as they are stored and sent, however often it takes.

    `language` and `audience` set these bytes apart from the report's other mails; `id` is the
    Message-ID. `page` is the same report for a browser (HTML); `notes` are the (id, version) of the
    notes behind its statements, by id.
    """

    id: str
    language: str
    audience: str
    subject: str
    body: bytes
    date: datetime
    page: str = ""
    notes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report that was made for sending, without its bytes: what the archive lists.

    `mail` numbers its mail in the store, `page` is a fingerprint of its page ("" where none was
    kept), `notes` the (id, version) of the notes behind it. `states` counts the mailboxes by what
    became of them, `sent_at` is when the first one had it.
    """

    mail: int
    scope: str
    kind: ReportKind
    period: str
    revision: int
    language: str
    audience: str
    subject: str
    made_at: datetime
    page: str = ""
    notes: tuple[tuple[str, int], ...] = ()
    states: tuple[tuple[State, int], ...] = ()
    sent_at: datetime | None = None

    @property
    def sent(self) -> int:
        """How many mailboxes have it."""
        return dict(self.states).get("sent", 0)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A line of the ledger: one report, one mailbox.

    `report` is the label with its revision (`team/2026-W47/weekly/r1`), `mailbox` the address as
    the ledger compares it. `code` and `reply` are the server's last words, "" before there were
    any; `attempts` counts claims and the times it was put off.
    """

    report: str
    mailbox: str
    state: State
    changed: datetime
    attempts: int = 0
    run_id: str = ""
    code: str = ""
    reply: str = ""

    @property
    def label(self) -> str:
        """The report's label, without its revision."""
        return self.report.rpartition("/")[0]

    @property
    def revision(self) -> int:
        """1 for the report as first sent, more for its corrections."""
        return int(self.report.rpartition("/r")[2])


@dataclass(frozen=True, slots=True)
class Alarm:
    """A streak of trouble.

    What (`id`, "source.failing"), with whom (`subject`), since when, and when it was told.
    """

    id: str
    subject: str
    since: datetime
    told: datetime | None = None


def report_label(scope: str, period: Period, kind: ReportKind) -> str:
    """Return the name under which the ledger knows a report.

    The same however often it is corrected.
    """
    return f"{scope}/{period}/{kind}"


def mailbox(address: str) -> str:
    """Return the address as the ledger compares it, so that another spelling is no second reader.

    >>> mailbox(" Leader@Example.ORG ")
    'leader@example.org'
    """
    return unicodedata.normalize("NFC", address.strip()).casefold()


def in_ascii(address: str) -> str:
    """Return a mail address with its domain in ASCII (IDNA); as it is where that cannot be.

    >>> in_ascii("user@한글.kr")
    'user@xn--bj0bj06e.kr'
    """
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else address
    except UnicodeError:
        return address


def address_error(address: str) -> str:
    """Return why the text cannot be one mail address, or "" when it can.

    Strict on purpose: no display name, no comment, no quoting, no control character. Letters beyond
    ASCII may stand on both sides of the @ (RFC 6531).

    >>> address_error("지현@예시.한국")
    ''
    """
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        return "an address looks like name@example.org"
    if _NOT_IN_ADDRESS.search(address) or any(
        unicodedata.category(char).startswith("C") for char in address
    ):
        return "an address has no spaces, brackets, quotes or control characters"
    if (
        "@" in local
        or ".." in address
        or domain.startswith((".", "-"))
        or domain.endswith((".", "-"))
    ):
        return "an address looks like name@example.org"
    if len(local.encode()) > 64 or len(address.encode()) > 254:
        return "an address has at most 254 bytes, 64 of them before the @"
    return ""


def written_file(state: str, reply: str) -> str:
    """Return the file of a mail that was written into a folder instead of being sent; "" for one that left.

    A folder answers with the path of the file, a mail server never does.
    """
    return reply if state == "sent" and reply.endswith(".eml") else ""
