"""`schedule`, `preview` and `replay`."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from loopnote.delivery.scheduler import StopSignal, run_schedule
from loopnote.runtime.logging import get_logger
from loopnote.services.reports import ReportFiles, ReportVariant
from loopnote.services.run import BusyRun
from loopnote.services.wiring import Wiring
from notes.model.deliveries import DueMail
from notes.model.errors import RenderError
from notes.model.periods import Period, Week
from notes.store.delivery.ledger import Deliveries
from notes.system.private_file import write_private
from reports.delivery.folder import FolderTransport

from .failed_runs import failures_told
from .send import run
from .status import read_status


def keep_running(
    wiring: Wiring, stop: StopSignal, *, every_s: int, say_next: Callable[[DueMail | None], None]
) -> int:
    """Run repeatedly until asked to stop; return how many runs failed. Logs the next mail first."""
    log = get_logger(__name__)

    def tell() -> str:
        following = read_status(wiring).next
        say_next(following)
        return following.report if following else ""

    def tick() -> None:
        with failures_told(wiring.loaded.path):
            result = run(wiring, progress=lambda _text: None, stop=stop.asked)
        if isinstance(result, BusyRun):
            log.info("round", state="busy", holder=result.holder.text() if result.holder else "")

    return run_schedule(tick, stop=stop, every_s=every_s, tell=tell)


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


@dataclass(frozen=True, slots=True)
class ReplayedMail:
    """A stored mail that was written to a file again."""

    report: str
    language: str
    digest: str
    path: Path


def replay_mails(wiring: Wiring, period: Period, *, team: str, out: Path) -> list[ReplayedMail]:
    """Write every mail that was kept about a period into a folder, byte for byte.

    Raises:
        RenderError: the folder cannot be written.
    """
    if team:
        wiring.team(team)
    with wiring.store() as store:
        kept = Deliveries(store.database).messages_about(period, scope=team)
    box, found = FolderTransport(out), []
    for report, mail in kept:
        path = box.path_of(report, f"{mail.language}-{mail.audience}")
        try:
            out.mkdir(parents=True, exist_ok=True)
            write_private(path, mail.body)
        except OSError as error:
            raise RenderError(
                f"{path} cannot be written: {error.strerror}", hint="name another folder with --out"
            ) from error
        found.append(ReplayedMail(report, mail.language, sha256(mail.body).hexdigest(), path))
    return found
