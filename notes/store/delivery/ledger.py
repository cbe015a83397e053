"""The delivery ledger: which report goes to whom, and its state.

    open_report ─► keep (the bytes) ─► plan ─► claim ─► settle
                                         planned ─► sending ─► sent | deferred | refused | unknown

Every step is one short transaction and may be repeated. Only a claim, a conditional UPDATE, allows
a mail to be sent, so two processes never send the same one; a `sending` whose process died becomes
`unknown` and is never claimed again unless a person asks for it.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, Row, Table, insert, select, update

from notes.model.deliveries import OPEN, Delivery, Message, ReportKind, State
from notes.model.mail_addresses import mailbox
from notes.model.periods import Period
from notes.model.report_keys import ReportKey, report_label
from notes.store.database import Database
from notes.store.schema import delivery, message, report

from .compression import compress, decompress


class Deliveries:
    """The ledger of one store. Instants are aware; any method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_report(
        self,
        scope: str,
        period: Period,
        kind: ReportKind,
        *,
        subject: str,
        now: datetime,
        facts: str = "{}",
    ) -> str:
        """Return the key of the report's latest revision; create the first one where needed."""
        label = report_label(scope, str(period), kind)
        with self._database.writing() as connection:
            revision = _latest_revision(connection, label) or 1
            _put_report(connection, label, revision, now=now, subject=subject, facts=facts)
        return str(ReportKey(label, revision))

    def correct_report(self, label: str, *, subject: str, now: datetime, facts: str = "{}") -> str:
        """Open the next revision of a report and return its key.

        Its mails have to say that they correct.
        """
        with self._database.writing() as connection:
            revision = _latest_revision(connection, label) + 1
            _put_report(connection, label, revision, now=now, subject=subject, facts=facts)
        return str(ReportKey(label, revision))

    def latest_revision(self, label: str) -> int:
        """Return the number of the report's latest revision; 0 when it was never made."""
        with self._database.reading() as connection:
            return _latest_revision(connection, label)

    def keep(self, report_key: str, mail: Message) -> Message:
        """Store a mail, or return the one stored before for this language and audience."""
        with self._database.writing() as connection:
            connection.execute(
                select(report.c.key).where(report.c.key == report_key).with_for_update()
            )
            kept = _kept(connection, report_key, mail.language, audience=mail.audience)
            if kept is not None:
                return kept[1]
            connection.execute(
                insert(message).values(
                    report_key=report_key,
                    language=mail.language,
                    audience=mail.audience,
                    message_id=mail.id,
                    date=mail.date,
                    bytes=mail.body,
                    sha256=sha256(mail.body).hexdigest(),
                    page=compress(mail.page),
                    notes=json.dumps(mail.notes, separators=(",", ":")),
                )
            )
        return mail

    def kept(self, report_key: str, language: str, audience: str) -> Message | None:
        """Return the mail kept for this language and audience, byte for byte."""
        with self._database.reading() as connection:
            found = _kept(connection, report_key, language, audience=audience)
        return found[1] if found else None

    def messages_about(self, period: Period, *, scope: str = "") -> list[tuple[str, Message]]:
        """Return every stored mail about a period with its report's key, oldest first."""
        chosen = (
            select(message, report.c.subject)
            .join(report, report.c.key == message.c.report_key)
            .where(report.c.period == str(period), *([report.c.team == scope] if scope else []))
            .order_by(message.c.id)
        )
        with self._database.reading() as connection:
            return [(row.report_key, _message(row)) for row in connection.execute(chosen)]

    def plan(self, report_key: str, address: str, mail: Message, *, now: datetime) -> Delivery:
        """Record that this mail is to go to this address.

        What stands in the ledger already stays as it is.
        """
        with self._database.writing() as connection:
            found = _kept(connection, report_key, mail.language, audience=mail.audience)
            if found is None:
                raise ValueError(
                    f"no mail is kept for {report_key} ({mail.language}, {mail.audience})"
                )
            _put_line(
                connection, report_key, address, state="planned", now=now, message_row=found[0]
            )
            return _line(connection, report_key, address)

    def skip(self, report_key: str, address: str, now: datetime, *, reason: str) -> None:
        """Record that there was nothing to send."""
        with self._database.writing() as connection:
            _put_line(connection, report_key, address, state="skipped", now=now, detail=reason)

    def claim(self, line: Delivery, run_id: str, now: datetime) -> bytes | None:
        """Claim the right to send this mail now, and return its bytes.

        None when somebody else has it or it is settled.
        """
        with self._database.writing() as connection:
            taken = connection.execute(
                update(delivery)
                .where(*_is(line), delivery.c.state.in_(OPEN))
                .values(
                    state="sending",
                    attempts=delivery.c.attempts + 1,
                    claimed_by=run_id,
                    claimed_at=now,
                    updated_at=now,
                )
            )
            if taken.rowcount != 1:
                return None
            body = (
                select(message.c.bytes)
                .join(delivery, delivery.c.message_id == message.c.id)
                .where(*_is(line))
            )
            return connection.execute(body).scalar_one()

    def settle(
        self,
        line: Delivery,
        run_id: str,
        state: State,
        *,
        now: datetime,
        code: str = "",
        reply: str = "",
    ) -> None:
        """Record the result of a claimed mail, even if it was marked unknown meanwhile."""
        with self._database.writing() as connection:
            connection.execute(
                update(delivery)
                .where(
                    *_is(line),
                    delivery.c.claimed_by == run_id,
                    delivery.c.state.in_(("sending", "unknown")),
                )
                .values(state=state, code=code, detail=reply, updated_at=now)
            )

    def defer(self, line: Delivery, now: datetime, reason: str) -> None:
        """Record that sending a mail could not be attempted."""
        with self._database.writing() as connection:
            connection.execute(
                update(delivery)
                .where(*_is(line), delivery.c.state.in_(OPEN))
                .values(
                    state="deferred",
                    attempts=delivery.c.attempts + 1,
                    code="",
                    detail=reason,
                    updated_at=now,
                )
            )

    def abandon(self, now: datetime, *, but: str = "") -> list[Delivery]:
        """Mark every leftover `sending` as unknown and return them.

        For whoever holds the run lock (`but`: its run).
        """
        leftover = (delivery.c.state == "sending") & (delivery.c.claimed_by != but)
        with self._database.writing() as connection:
            found = [_delivery(row) for row in connection.execute(select(delivery).where(leftover))]
            for line in found:
                connection.execute(
                    update(delivery)
                    .where(*_is(line), leftover)
                    .values(
                        state="unknown",
                        detail="the process died while it was sending",
                        updated_at=now,
                    )
                )
        return [replace(line, state="unknown", changed=now) for line in found]

    def again(self, line: Delivery) -> Delivery:
        """Return a line as it stands now."""
        with self._database.reading() as connection:
            return _delivery(connection.execute(select(delivery).where(*_is(line))).one())

    def claims(self) -> list[Delivery]:
        """Return the mails that somebody has claimed and not settled; `run_id` is whose claim
        it is.
        """
        with self._database.reading() as connection:
            rows = connection.execute(select(delivery).where(delivery.c.state == "sending"))
            return [_delivery(row) for row in rows]

    def abandon_claim(self, line: Delivery, now: datetime) -> bool:
        """Mark one leftover `sending` as unknown, because its claimer is gone; say whether it
        still was.
        """
        with self._database.writing() as connection:
            changed = connection.execute(
                update(delivery)
                .where(
                    *_is(line),
                    delivery.c.state == "sending",
                    delivery.c.claimed_by == line.run_id,
                )
                .values(
                    state="unknown",
                    detail="the process died while it was sending",
                    updated_at=now,
                )
            )
        return changed.rowcount == 1

    def request_again(self, line: Delivery, now: datetime) -> bool:
        """Allow a settled mail to be sent once more, because a person asked.

        True when that changed something.
        """
        with self._database.writing() as connection:
            changed = connection.execute(
                update(delivery)
                .where(*_is(line), delivery.c.state.in_(("refused", "unknown", "sent")))
                .values(state="planned", detail="asked for again", updated_at=now)
            )
        return changed.rowcount == 1

    def take_over(self, lines: Iterable[Delivery], now: datetime) -> None:
        """Write down what another store knew of mails that are settled; what stands here already
        stays as it is.

        A mail that was under way there is in doubt.
        """
        with self._database.writing() as connection:
            for one in lines:
                _put_report(connection, one.label, one.revision, now=now, subject="", facts="{}")
                state: State = "unknown" if one.state == "sending" else one.state
                _put_line(
                    connection,
                    one.report,
                    one.mailbox,
                    state=state,
                    now=one.changed,
                    detail="known from before the store was lost",
                )

    def lines(self, labels: Iterable[str] | None = None, *, limit: int = 1000) -> list[Delivery]:
        """Return the ledger's lines, latest change first.

        Only those of the given report labels, where given.
        """
        chosen = select(delivery).order_by(
            delivery.c.updated_at.desc(), delivery.c.report_key, delivery.c.recipient
        )
        if labels is None:
            chosen = chosen.limit(limit)
        with self._database.reading() as connection:
            found = [_delivery(row) for row in connection.execute(chosen)]
        wanted = None if labels is None else set(labels)
        return [line for line in found if wanted is None or line.label in wanted]

    def about(
        self, periods: Iterable[str], *, scopes: Collection[str] | None = None
    ) -> dict[tuple[str, str], Delivery]:
        """Return what `latest` does, of the reports about these periods (and scopes) only."""
        chosen = (
            select(delivery)
            .join(report, report.c.key == delivery.c.report_key)
            .where(report.c.period.in_(sorted(set(periods))))
        )
        if scopes is not None:
            chosen = chosen.where(report.c.team.in_(sorted(scopes)))
        with self._database.reading() as connection:
            return _latest(_delivery(row) for row in connection.execute(chosen))

    def latest(self) -> dict[tuple[str, str], Delivery]:
        """Return what `loopnote.delivery.due` asks.

        By (report label, mailbox), the line of the latest revision.
        """
        return _latest(self.lines(limit=20_000))


def _latest(lines: Iterable[Delivery]) -> dict[tuple[str, str], Delivery]:
    found: dict[tuple[str, str], Delivery] = {}
    for line in lines:
        known = found.get((line.label, line.mailbox))
        if known is None or known.revision < line.revision:
            found[line.label, line.mailbox] = line
    return found


def _put_line(  # noqa: PLR0913  one column each
    connection: Connection,
    report_key: str,
    address: str,
    *,
    state: State,
    now: datetime,
    message_row: int | None = None,
    detail: str = "",
) -> None:
    _put_new(
        connection,
        delivery,
        report_key=report_key,
        recipient=mailbox(address),
        message_id=message_row,
        state=state,
        attempts=0,
        claimed_by="",
        updated_at=now,
        code="",
        detail=detail,
    )


def _put_new(connection: Connection, table: Table, **values: object) -> None:
    """Insert a line, unless there is one with its key."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import (
            postgresql,  # a tenth of a second that only few commands need
        )

        connection.execute(postgresql.insert(table).values(**values).on_conflict_do_nothing())
    else:
        from sqlalchemy.dialects import sqlite

        connection.execute(sqlite.insert(table).values(**values).on_conflict_do_nothing())


def _put_report(
    connection: Connection, label: str, revision: int, *, now: datetime, subject: str, facts: str
) -> None:
    key = ReportKey(label, revision)
    _put_new(
        connection,
        report,
        key=str(key),
        team=key.scope,
        kind=key.kind,
        period=key.period,
        revision=revision,
        created_at=now,
        subject=subject,
        facts=facts,
    )


def _latest_revision(connection: Connection, label: str) -> int:
    key = ReportKey(label)
    found = connection.execute(
        select(report.c.revision)
        .where(report.c.team == key.scope, report.c.period == key.period, report.c.kind == key.kind)
        .order_by(report.c.revision.desc())
        .limit(1)
    ).scalar()
    return found or 0


def _kept(
    connection: Connection, report_key: str, language: str, *, audience: str
) -> tuple[int, Message] | None:
    row = connection.execute(
        select(message, report.c.subject)
        .join(report, report.c.key == message.c.report_key)
        .where(
            message.c.report_key == report_key,
            message.c.language == language,
            message.c.audience == audience,
        )
        .order_by(message.c.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    return row.id, _message(row)


def _message(row: Row[*tuple[object, ...]]) -> Message:
    return Message(
        id=row.message_id,
        language=row.language,
        audience=row.audience,
        subject=row.subject,
        body=row.bytes,
        date=row.date,
        page=decompress(row.page),
        notes=tuple((note_id, version) for note_id, version in json.loads(row.notes)),
    )


def _line(connection: Connection, report_key: str, address: str) -> Delivery:
    chosen = select(delivery).where(
        delivery.c.report_key == report_key, delivery.c.recipient == mailbox(address)
    )
    return _delivery(connection.execute(chosen).one())


def _is(line: Delivery) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return delivery.c.report_key == line.report, delivery.c.recipient == line.mailbox


def _delivery(row: Row[*tuple[object, ...]]) -> Delivery:
    return Delivery(
        report=row.report_key,
        mailbox=row.recipient,
        state=row.state,
        changed=row.updated_at,
        attempts=row.attempts,
        run_id=row.claimed_by,
        code=row.code,
        reply=row.detail,
    )
