"""`replay --diff`: compares sent reports with what they would say now.

The text line by line, and the notes behind it that changed since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from loopnote.delivery.send import BuiltMail
from loopnote.services.mails import MailBuilder
from loopnote.services.subscriptions import subscriptions
from loopnote.services.wiring import Wiring
from notes.messages.catalogue import language_named
from notes.model.deliveries import ALL_TEAMS, DueMail, Message, ReportKind
from notes.model.errors import LoopnoteError
from notes.model.notes import StoredNote, Version
from notes.model.periods import Period
from notes.model.report_keys import ReportKey
from notes.store.delivery.ledger import Deliveries
from notes.store.store import Store
from reports.analysis.text.changed_lines import ChangedLine, changed_lines
from reports.page.mail import text_of


@dataclass(frozen=True, slots=True)
class NoteChanges:
    """A note behind a report, and what happened to it after the report was sent, oldest first."""

    stored: StoredNote
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class ReportComparison:
    """A sent report: its lines that would differ now, and its notes that changed since.

    `fault` says why it cannot be made now; the lines are empty then.
    """

    report: str
    mail: Message
    lines: tuple[ChangedLine, ...]
    notes: tuple[NoteChanges, ...]
    fault: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything is otherwise."""
        return bool(self.lines or self.notes or self.fault)


def compare_reports(wiring: Wiring, period: Period, *, team: str) -> Iterator[ReportComparison]:
    """Yield what changed since each report about a period was sent, oldest first.

    A report is made again as of the moment at which it was sent, from the notes as they are now. Of
    several revisions the last one counts.

    Raises:
        StoreError: the store cannot be read.
    """
    if team:
        wiring.team(team)
    with wiring.store() as store:
        ledger = Deliveries(store.database)
        for report, mail in _latest(ledger.messages_about(period, scope=team)):
            yield _compared(wiring, store, ledger, kept=(report, mail), period=period)


def _latest(kept: list[tuple[str, Message]]) -> list[tuple[str, Message]]:
    """Return of each mail the last revision.

    A preview is about a week that was not over yet, and is left out.
    """
    found: dict[tuple[str, str, str], tuple[str, Message]] = {}
    for report, mail in kept:
        key = ReportKey.parse(report)
        if key.kind != "preview":
            found[key.label, mail.language, mail.audience] = (report, mail)
    return list(found.values())


def _compared(
    wiring: Wiring, store: Store, ledger: Deliveries, *, kept: tuple[str, Message], period: Period
) -> ReportComparison:
    report, mail = kept
    report_service = wiring.report_service(store)
    made = _made_again(
        wiring,
        MailBuilder(wiring.config, report_service, ledger, clock=lambda: mail.date),
        kept,
        period=period,
    )
    if isinstance(made, str):
        return ReportComparison(report, mail, (), tuple(_notes(store, mail, ())), made)
    quiet = report_service.quiet(language_named(mail.language))
    lines = changed_lines(text_of(mail.body), text_of(made.body), quiet)
    return ReportComparison(report, mail, lines, tuple(_notes(store, mail, made.notes)))


def _made_again(
    wiring: Wiring, make: MailBuilder, kept: tuple[str, Message], *, period: Period
) -> Message | str:
    """Return the report made again as of the time it was sent, or why it cannot be made."""
    report, mail = kept
    key = ReportKey.parse(report)
    scope, kind = key.scope, key.kind
    readers = [
        one.address
        for one in subscriptions(wiring.config)
        if (one.kind, one.scope, one.language, one.audience)
        == (kind, scope, mail.language, mail.audience)
    ]
    known = scope in {team.name for team in wiring.config.teams}
    if not (readers if scope == ALL_TEAMS else known):
        return scope
    address = readers[0] if readers else ""
    kind_of: ReportKind = "monthly" if kind == "monthly" else "weekly"
    due = DueMail(
        kind=kind_of,
        scope=scope,
        period=period,
        address=address,
        at=mail.date,
        until=mail.date,
        language=mail.language,
        audience=mail.audience,
    )
    try:
        made = make(due, key.revision)
    except LoopnoteError as error:
        return str(error)
    return made.message if isinstance(made, BuiltMail) else made.reason


def _notes(
    store: Store, mail: Message, behind_now: tuple[tuple[str, int], ...]
) -> Iterator[NoteChanges]:
    then = dict(mail.notes)
    ids = {*then, *dict(behind_now)}
    for stored in store.notes(ids=ids, include_gone=True) if ids else ():
        since = tuple(
            one
            for one in store.versions(stored.id)
            if _is_later(one, then.get(stored.id), mail.date)
        )
        if since:
            yield NoteChanges(stored, since)


def _is_later(version: Version, sent: int | None, moment: datetime) -> bool:
    """Return whether a version came after the report.

    By the version that the report showed, else by its instant.
    """
    return version.at > moment if sent is None else version.version > sent
