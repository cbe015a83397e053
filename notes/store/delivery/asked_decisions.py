"""What the pages that were sent asked their leaders, as the ledger remembers it (method §7)."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from notes.model.deliveries import ALL_TEAMS, AskedDecision, ReportKind
from notes.store.database import Database
from notes.store.sql.schema import delivery, report

_REACHED = ("sent", "unknown")
"""States in which a mail reached its reader, or may have: a refused one asked nobody anything."""


def asked_facts(asked: Mapping[str, AskedDecision]) -> str:
    """Return what a report's line keeps of its decisions, by team, as JSON."""
    kept = {
        team: {"kind": one.kind, "subject": one.subject, "note": one.note}
        for team, one in asked.items()
    }
    return json.dumps({"asked": kept}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def asked_decisions(database: Database, team: str, kind: ReportKind) -> list[AskedDecision]:
    """Return what a team's pages of one kind asked, the latest period first, each period once.

    A page that asked nothing is among them; reports of before loopnote remembered are not.
    """
    asked = (
        select(report.c.period, report.c.created_at, report.c.facts)
        .join(delivery, delivery.c.report_key == report.c.key)
        .where(
            report.c.kind == kind,
            report.c.team.in_((team, ALL_TEAMS)),
            delivery.c.state.in_(_REACHED),
        )
        .order_by(report.c.period.desc(), report.c.created_at)
    )
    with database.reading() as connection:
        rows = list(connection.execute(asked))
    found: dict[str, AskedDecision] = {}
    for row in rows:
        one = _read(row.facts, team, row.period, made_at=row.created_at)
        if one is not None:
            found.setdefault(one.period, one)
    return list(found.values())


def _read(facts: str, team: str, period: str, *, made_at: datetime) -> AskedDecision | None:
    kept = json.loads(facts).get("asked", {}).get(team)
    if kept is None:
        return None
    return AskedDecision(period, made_at, kept["kind"], kept["subject"], kept["note"])
