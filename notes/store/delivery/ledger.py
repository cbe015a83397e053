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
from typing import Any

from notes.model.deliveries import OPEN, Delivery, Message, ReportKind, State
from notes.model.mail_addresses import mailbox
from notes.model.periods import Period
from notes.model.report_keys import ReportKey, report_label
from notes.store.database import Database
from notes.store.sql.statements import Statements, listed
from notes.store.sql.stored_values import instant_text, read_instant

from .compression import compress, decompress

_LINE = "report_key = :report AND recipient = :mailbox"
_IS_OPEN = f"state IN ({', '.join(repr(state) for state in sorted(OPEN))})"
"""In the statements: the states are words of ours without quotes."""
_ABANDONED = "the process died while it was sending"
"""The detail of a line whose process died: nobody knows whether the mail went (ADR 0801)."""


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
        with self._database.changing() as statements:
            revision = _latest_revision(statements, label) or 1
            _put_report(statements, label, revision, now=now, subject=subject, facts=facts)
        return str(ReportKey(label, revision))

    def correct_report(self, label: str, *, subject: str, now: datetime, facts: str = "{}") -> str:
        """Open the next revision of a report and return its key.

        Its mails have to say that they correct.
        """
        with self._database.changing() as statements:
            revision = _latest_revision(statements, label) + 1
            _put_report(statements, label, revision, now=now, subject=subject, facts=facts)
        return str(ReportKey(label, revision))

    def latest_revision(self, label: str) -> int:
        """Return the number of the report's latest revision; 0 when it was never made."""
        with self._database.asking() as statements:
            return _latest_revision(statements, label)

    def keep(self, report_key: str, mail: Message) -> Message:
        """Store a mail, or return the one stored before for this language and audience."""
        with self._database.changing() as statements:
            # A row that is written waits for whoever else keeps a mail of this report.
            statements.change(
                "UPDATE report SET key = key WHERE key = :report", {"report": report_key}
            )
            kept = _kept(statements, report_key, mail.language, audience=mail.audience)
            if kept is not None:
                return kept[1]
            statements.change(_KEEP, _message_values(report_key, mail))
        return mail

    def kept(self, report_key: str, language: str, audience: str) -> Message | None:
        """Return the mail kept for this language and audience, byte for byte."""
        with self._database.asking() as statements:
            found = _kept(statements, report_key, language, audience=audience)
        return found[1] if found else None

    def messages_about(self, period: Period, *, scope: str = "") -> list[tuple[str, Message]]:
        """Return every stored mail about a period with its report's key, oldest first."""
        of_team = " AND report.team = :scope" if scope else ""
        with self._database.asking() as statements:
            rows = statements.rows(
                f"{_MESSAGES} WHERE report.period = :period{of_team} ORDER BY message.id",
                {"period": str(period), "scope": scope},
            )
        return [(row["report_key"], _message(row)) for row in rows]

    def plan(self, report_key: str, address: str, mail: Message, *, now: datetime) -> Delivery:
        """Record that this mail is to go to this address.

        What stands in the ledger already stays as it is.
        """
        with self._database.changing() as statements:
            found = _kept(statements, report_key, mail.language, audience=mail.audience)
            if found is None:
                raise ValueError(
                    f"no mail is kept for {report_key} ({mail.language}, {mail.audience})"
                )
            _put_line(
                statements, report_key, address, state="planned", now=now, message_row=found[0]
            )
            return _line(statements, report_key, mailbox(address))

    def skip(self, report_key: str, address: str, now: datetime, *, reason: str) -> None:
        """Record that there was nothing to send."""
        with self._database.changing() as statements:
            _put_line(statements, report_key, address, state="skipped", now=now, detail=reason)

    def claim(self, line: Delivery, run_id: str, now: datetime) -> bytes | None:
        """Claim the right to send this mail now, and return its bytes.

        None when somebody else has it or it is settled.
        """
        with self._database.changing() as statements:
            taken = statements.change(
                "UPDATE delivery SET state = 'sending', attempts = attempts + 1,"  # noqa: S608  our own words
                " claimed_by = :run, claimed_at = :now, updated_at = :now"
                f" WHERE {_LINE} AND {_IS_OPEN}",
                {**_is(line), "run": run_id, "now": instant_text(now)},
            )
            if taken != 1:
                return None
            (row,) = statements.rows(
                "SELECT message.bytes FROM message JOIN delivery"  # noqa: S608  our own words
                f" ON delivery.message_id = message.id WHERE delivery.{_LINE}",
                _is(line),
            )
            return bytes(row["bytes"])

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
        with self._database.changing() as statements:
            statements.change(
                "UPDATE delivery SET state = :state, code = :code, detail = :reply,"  # noqa: S608  our own words
                f" updated_at = :now WHERE {_LINE} AND claimed_by = :run"
                " AND state IN ('sending', 'unknown')",
                {
                    **_is(line),
                    "state": state,
                    "code": code,
                    "reply": reply,
                    "now": instant_text(now),
                    "run": run_id,
                },
            )

    def defer(self, line: Delivery, now: datetime, reason: str) -> None:
        """Record that sending a mail could not be attempted."""
        with self._database.changing() as statements:
            statements.change(
                "UPDATE delivery SET state = 'deferred', attempts = attempts + 1, code = '',"  # noqa: S608  our own words
                f" detail = :reason, updated_at = :now WHERE {_LINE} AND {_IS_OPEN}",
                {**_is(line), "reason": reason, "now": instant_text(now)},
            )

    def abandon(self, now: datetime, *, but: str = "") -> list[Delivery]:
        """Mark every leftover `sending` as unknown and return them.

        For whoever holds the run lock (`but`: its run).
        """
        with self._database.changing() as statements:
            rows = statements.rows(
                "SELECT * FROM delivery WHERE state = 'sending' AND claimed_by <> :run",
                {"run": but},
            )
            found = [_delivery(row) for row in rows]
            for line in found:
                _abandon(statements, line, now)
        return [replace(line, state="unknown", changed=now) for line in found]

    def again(self, line: Delivery) -> Delivery:
        """Return a line as it stands now."""
        with self._database.asking() as statements:
            return _line(statements, line.report, line.mailbox)

    def claims(self) -> list[Delivery]:
        """Return the mails that somebody has claimed and not settled; `run_id` is whose claim
        it is.
        """
        with self._database.asking() as statements:
            rows = statements.rows("SELECT * FROM delivery WHERE state = 'sending'")
        return [_delivery(row) for row in rows]

    def abandon_claim(self, line: Delivery, now: datetime) -> bool:
        """Mark one leftover `sending` as unknown, because its claimer is gone; say whether it
        still was.
        """
        with self._database.changing() as statements:
            return _abandon(statements, line, now) == 1

    def request_again(self, line: Delivery, now: datetime) -> bool:
        """Allow a settled mail to be sent once more, because a person asked.

        True when that changed something.
        """
        with self._database.changing() as statements:
            changed = statements.change(
                "UPDATE delivery SET state = 'planned', detail = 'asked for again',"  # noqa: S608  our own words
                f" updated_at = :now WHERE {_LINE} AND state IN ('refused', 'unknown', 'sent')",
                {**_is(line), "now": instant_text(now)},
            )
        return changed == 1

    def take_over(self, lines: Iterable[Delivery], now: datetime) -> None:
        """Write down what another store knew of mails that are settled; what stands here already
        stays as it is.

        A mail that was under way there is in doubt.
        """
        with self._database.changing() as statements:
            for one in lines:
                _put_report(statements, one.label, one.revision, now=now, subject="", facts="{}")
                state: State = "unknown" if one.state == "sending" else one.state
                _put_line(
                    statements,
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
        chosen = "SELECT * FROM delivery ORDER BY updated_at DESC, report_key, recipient"
        if labels is None:
            chosen += " LIMIT :limit"
        with self._database.asking() as statements:
            found = [_delivery(row) for row in statements.rows(chosen, {"limit": limit})]
        wanted = None if labels is None else set(labels)
        return [line for line in found if wanted is None or line.label in wanted]

    def about(
        self, periods: Iterable[str], *, scopes: Collection[str] | None = None
    ) -> dict[tuple[str, str], Delivery]:
        """Return what `latest` does, of the reports about these periods (and scopes) only."""
        of_periods, values = listed("period", sorted(set(periods)))
        of_scopes, teams = listed("scope", sorted(scopes or ()))
        if not of_periods or (scopes is not None and not of_scopes):
            return {}
        condition = f"report.period IN ({of_periods})"
        if scopes is not None:
            condition += f" AND report.team IN ({of_scopes})"
        with self._database.asking() as statements:
            rows = statements.rows(
                "SELECT delivery.* FROM delivery JOIN report"  # noqa: S608  our own words
                f" ON report.key = delivery.report_key WHERE {condition}",
                {**values, **teams},
            )
        return _latest(_delivery(row) for row in rows)

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


def _abandon(statements: Statements, line: Delivery, now: datetime) -> int:
    """Mark a claim in doubt where it is still the one of this line; return how many were."""
    return statements.change(
        "UPDATE delivery SET state = 'unknown', detail = :why, updated_at = :now"  # noqa: S608  our own words
        f" WHERE {_LINE} AND state = 'sending' AND claimed_by = :run",
        {**_is(line), "why": _ABANDONED, "now": instant_text(now), "run": line.run_id},
    )


def _put_line(  # noqa: PLR0913  one column each
    statements: Statements,
    report_key: str,
    address: str,
    *,
    state: State,
    now: datetime,
    message_row: int | None = None,
    detail: str = "",
) -> None:
    """Write a line, unless there is one of its report and mailbox."""
    statements.change(
        "INSERT INTO delivery (report_key, recipient, message_id, state, attempts, claimed_by,"
        " updated_at, code, detail)"
        " VALUES (:report, :mailbox, :message, :state, 0, '', :now, '', :detail)"
        " ON CONFLICT DO NOTHING",
        {
            "report": report_key,
            "mailbox": mailbox(address),
            "message": message_row,
            "state": state,
            "now": instant_text(now),
            "detail": detail,
        },
    )


def _put_report(
    statements: Statements, label: str, revision: int, *, now: datetime, subject: str, facts: str
) -> None:
    """Write the line of a report, unless there is one of its key."""
    key = ReportKey(label, revision)
    statements.change(
        "INSERT INTO report (key, team, kind, period, revision, created_at, subject, facts)"
        " VALUES (:key, :team, :kind, :period, :revision, :now, :subject, :facts)"
        " ON CONFLICT DO NOTHING",
        {
            "key": str(key),
            "team": key.scope,
            "kind": key.kind,
            "period": key.period,
            "revision": revision,
            "now": instant_text(now),
            "subject": subject,
            "facts": facts,
        },
    )


def _latest_revision(statements: Statements, label: str) -> int:
    key = ReportKey(label)
    rows = statements.rows(
        "SELECT revision FROM report WHERE team = :team AND period = :period AND kind = :kind"
        " ORDER BY revision DESC LIMIT 1",
        {"team": key.scope, "period": key.period, "kind": key.kind},
    )
    return int(rows[0]["revision"]) if rows else 0


_MESSAGES = (
    "SELECT message.*, report.subject FROM message JOIN report ON report.key = message.report_key"
)
_KEEP = (
    "INSERT INTO message (report_key, language, audience, message_id, date, bytes, sha256, page,"
    " notes) VALUES (:report, :language, :audience, :message, :date, :bytes, :sha256, :page,"
    " :notes)"
)
"""A mail is kept before it is sent, and read with its subject."""


def _message_values(report_key: str, mail: Message) -> dict[str, object]:
    return {
        "report": report_key,
        "language": mail.language,
        "audience": mail.audience,
        "message": mail.id,
        "date": instant_text(mail.date),
        "bytes": mail.body,
        "sha256": sha256(mail.body).hexdigest(),
        "page": compress(mail.page),
        "notes": json.dumps(mail.notes, separators=(",", ":")),
    }


def _kept(
    statements: Statements, report_key: str, language: str, *, audience: str
) -> tuple[int, Message] | None:
    rows = statements.rows(
        f"{_MESSAGES} WHERE message.report_key = :report AND message.language = :language"
        " AND message.audience = :audience ORDER BY message.id LIMIT 1",
        {"report": report_key, "language": language, "audience": audience},
    )
    return (rows[0]["id"], _message(rows[0])) if rows else None


def _message(row: Any) -> Message:
    return Message(
        id=row["message_id"],
        language=row["language"],
        audience=row["audience"],
        subject=row["subject"],
        body=bytes(row["bytes"]),
        date=read_instant(row["date"]),
        page=decompress(bytes(row["page"])),
        notes=tuple((note_id, version) for note_id, version in json.loads(row["notes"])),
    )


def _line(statements: Statements, report_key: str, mailbox_of: str) -> Delivery:
    (row,) = statements.rows(
        f"SELECT * FROM delivery WHERE {_LINE}",  # noqa: S608  our own words
        {"report": report_key, "mailbox": mailbox_of},
    )
    return _delivery(row)


def _is(line: Delivery) -> dict[str, object]:
    return {"report": line.report, "mailbox": line.mailbox}


def _delivery(row: Any) -> Delivery:
    return Delivery(
        report=row["report_key"],
        mailbox=row["recipient"],
        state=row["state"],
        changed=read_instant(row["updated_at"]),
        attempts=row["attempts"],
        run_id=row["claimed_by"],
        code=row["code"],
        reply=row["detail"],
    )
