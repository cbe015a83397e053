"""Writing reports without sending them."""

from pathlib import Path

from loopnote.editor import Edition, Written
from loopnote.notes import Language
from loopnote.weeks import Period
from loopnote.wiring import Wiring


def write_report(wiring: Wiring, team: str, period: Period, *, out: Path, language: Language | None = None) -> Written:
    """Write a team's page, its text and its mail into a folder."""
    settings, now = wiring.team(team), wiring.clock()
    with wiring.store() as store:
        editor = wiring.editor(store)
        report = editor.report(settings, period, now)
        return editor.write(report, Edition(language or settings.language), now, out)
