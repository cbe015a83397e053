"""`report`: writes reports without sending them."""

from pathlib import Path

from loopnote.services.reports import ReportFiles, ReportVariant
from loopnote.services.wiring import Wiring
from notes.model.notes import Language
from notes.model.periods import Period


def write_report(
    wiring: Wiring, team: str, period: Period, *, out: Path, language: Language | None = None
) -> ReportFiles:
    """Write a team's page, its text and its mail into a folder."""
    settings, now = wiring.team(team), wiring.clock()
    with wiring.store() as store:
        report_service = wiring.report_service(store)
        report = report_service.report(settings, period, now)
        return report_service.write(
            report, ReportVariant(language or settings.language), now, out=out
        )
