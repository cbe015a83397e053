"""Sent reports as the archive lists them, and the stored page of each."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from typing import cast

from sqlalchemy import Connection, select

from notes.model.deliveries import SentReport, State
from notes.store.database import Database
from notes.store.sql.schema import delivery, message, report

from .compression import decompress


def sent_reports(database: Database) -> list[SentReport]:
    """Return every report that has a mail, in the order in which they were made."""
    asked = (
        select(
            *(
                message.c.id,
                message.c.language,
                message.c.audience,
                message.c.date,
                message.c.notes,
                message.c.page,
            ),
            *(report.c.team, report.c.kind, report.c.period, report.c.revision, report.c.subject),
        )
        .join(report, report.c.key == message.c.report_key)
        .order_by(message.c.id)
    )
    with database.reading() as connection:
        fates = _fates(connection)
        rows = connection.execute(asked, execution_options={"yield_per": 100})
        return [
            SentReport(
                mail=row.id,
                scope=row.team,
                kind=row.kind,
                period=row.period,
                revision=row.revision,
                language=row.language,
                audience=row.audience,
                subject=row.subject,
                made_at=row.date,
                page=blake2b(row.page, digest_size=8).hexdigest() if row.page else "",
                notes=tuple((note_id, version) for note_id, version in json.loads(row.notes)),
                states=_counted(fates[row.id]),
                sent_at=min((at for state, at in fates[row.id] if state == "sent"), default=None),
            )
            for row in rows
        ]


def sent_page(database: Database, mail: int) -> str:
    """Return the page of a kept report as it was; "" where it is no longer kept."""
    with database.reading() as connection:
        return decompress(
            connection.execute(select(message.c.page).where(message.c.id == mail)).scalar() or b""
        )


def _fates(connection: Connection) -> dict[int, list[tuple[State, datetime]]]:
    found: dict[int, list[tuple[State, datetime]]] = defaultdict(list)
    lines = select(delivery.c.message_id, delivery.c.state, delivery.c.updated_at)
    for mail, state, at in connection.execute(lines):
        if mail is not None:
            found[mail].append((cast(State, state), at))
    return found


def _counted(fates: Iterable[tuple[State, datetime]]) -> tuple[tuple[State, int], ...]:
    return tuple(sorted(Counter(state for state, _ in fates).items()))
