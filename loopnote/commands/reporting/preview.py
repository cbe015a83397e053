"""`preview`: the page of the running week, for the team itself."""

from pathlib import Path

from loopnote.services.reports import ReportFiles, ReportVariant
from loopnote.services.wiring import Wiring
from notes.model.periods import Week


def write_preview(wiring: Wiring, team: str, *, out: Path) -> tuple[ReportFiles, int]:
    """Write the preview of the team's running week.

    Return where it is and how many fixes it names.
    """
    settings, now = wiring.team(team), wiring.clock()
    week = Week.containing(now.astimezone(wiring.config.zone(team)).date())
    with wiring.store() as store:
        report_service = wiring.report_service(store)
        report = report_service.report(settings, week, now)
        return report_service.write(
            report, ReportVariant(settings.language), now, out=out, kind="preview"
        ), len(report.fixes)
