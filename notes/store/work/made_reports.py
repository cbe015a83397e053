"""When reports were made, for those who plan how early to begin the next ones."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from notes.model.report_keys import report_label
from notes.store.database import Database
from notes.store.sql.schema import report


def made_at(database: Database, periods: Iterable[str]) -> dict[str, datetime]:
    """Return when each report about these periods was first made, by its label."""
    columns = (report.c.team, report.c.period, report.c.kind, report.c.created_at)
    chosen = select(*columns).where(
        report.c.period.in_(sorted(set(periods))), report.c.revision == 1
    )
    with database.reading() as connection:
        return {
            report_label(row.team, row.period, row.kind): row.created_at
            for row in connection.execute(chosen)
        }
