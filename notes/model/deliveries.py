"""Records of delivery: subscriptions, mails that are due, their bytes, and ledger lines.

    Subscription ─► DueMail     who gets what how often, and when it is due (`delivery.due`)
    Message                     the bytes, stored before they are sent, always the same
    Delivery                    planned ─► sending ─► sent | deferred | refused | unknown

A report is known by its label `team/2026-W47/weekly` and its revision `r1`; the ledger's key is
(report, mailbox). `skipped` is for what had nothing to say, such as a preview without anything to
mend.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .notes import PAGE_LANGUAGE
from .periods import Period
from .report_keys import ReportKey, report_label
from .send_times import MonthAt, SendAt

ReportKind = Literal["weekly", "monthly", "preview"]
State = Literal["planned", "sending", "sent", "deferred", "refused", "unknown", "skipped"]

OPEN: tuple[State, ...] = ("planned", "deferred")
"""States from which a mail may be claimed and sent; only a person's request leaves the others."""

ALL_TEAMS = "*"
"""The scope of a mail that speaks of all teams of its reader at once."""


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
        return report_label(self.scope, str(self.period), self.kind)


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
class AskedDecision:
    """What the page of a period asked its leader; `kind` is "" where it asked nothing.

    `subject` is a fingerprint of what the question was about, not its words: a name among them may
    be erased later. `note` is the id of the note behind it, "" without one.
    """

    period: str
    made_at: datetime
    kind: str = ""
    subject: str = ""
    note: str = ""


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
        return ReportKey.parse(self.report).label

    @property
    def revision(self) -> int:
        """1 for the report as first sent, more for its corrections."""
        return ReportKey.parse(self.report).revision


@dataclass(frozen=True, slots=True)
class Alarm:
    """A streak of trouble.

    What (`id`, "source.failing"), with whom (`subject`), since when, and when it was told.
    """

    id: str
    subject: str
    since: datetime
    told: datetime | None = None


def written_file(state: str, reply: str) -> str:
    """Return the file of a mail that was written into a folder instead of being sent; "" for one
    that left.

    A folder answers with the path of the file, a mail server never does.
    """
    return reply if state == "sent" and reply.endswith(".eml") else ""


def logged_state(state: str, reply: str) -> str:
    """Return what a log says became of a mail: one that was only written into a folder was
    not sent.
    """
    return "written" if written_file(state, reply) else state
