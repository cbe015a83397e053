"""Staying up, looking ahead to Monday, and looking back at what was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from loopnote.editor import Edition, Written
from loopnote.errors import RenderError
from loopnote.logs import get_log
from loopnote.schedule import Stop, run_schedule
from loopnote.store.deliveries import Deliveries
from loopnote.weeks import Period, Week
from loopnote.wiring import Wiring
from reports.delivery.outbox import Outbox

from .sending import run, standing


def keep_running(wiring: Wiring, stop: Stop, *, every_s: int, say_next: Callable[[str], None]) -> int:
    """Do rounds until asked to stop; return how many failed. Says first what comes next."""
    log = get_log(__name__)

    def tell() -> str:
        following = standing(wiring).next
        line = (
            f"{following.report} to {following.address} at {following.at:%Y-%m-%d %H:%M} UTC"
            if following
            else "nothing"
        )
        say_next(f"next: {line}")
        return line

    def tick() -> None:
        result = run(wiring, progress=lambda _text: None, stop=stop.asked)
        if result is None:
            log.info("round", state="busy")
        else:
            states = [str(one.state) for one in result.sent.delivered]
            log.info("round", ok=result.ok, sent=states.count("sent"), mails=len(states), troubles=len(result.troubles))

    return run_schedule(tick, stop=stop, every_s=every_s, tell=tell)


def write_preview(wiring: Wiring, team: str, *, out: Path) -> tuple[Written, int]:
    """Write the preview of the team's running week; return where it is and how many fixes it names."""
    settings, now = wiring.team(team), wiring.clock()
    week = Week.containing(now.astimezone(wiring.config.zone(team)).date())
    with wiring.store() as store:
        editor = wiring.editor(store)
        report = editor.report(settings, week, now)
        return editor.write(report, Edition(settings.language), now, out, kind="preview"), len(report.fixes)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A stored mail that was written to a file again."""

    report: str
    language: str
    digest: str
    path: Path


def replay_mails(wiring: Wiring, period: Period, *, team: str, out: Path) -> list[Replayed]:
    """Write every mail that was kept about a period into a folder, byte for byte.

    Raises:
        RenderError: the folder cannot be written.
    """
    if team:
        wiring.team(team)
    with wiring.store() as store:
        kept = Deliveries(store.database).kept_about(period, scope=team)
    box, found = Outbox(out), []
    for report, mail in kept:
        path = box.path_of(report, f"{mail.language}-{mail.audience}")
        try:
            out.mkdir(parents=True, exist_ok=True)
            path.write_bytes(mail.body)
        except OSError as error:
            raise RenderError(
                f"{path} cannot be written: {error.strerror}", hint="name another folder with --out"
            ) from error
        found.append(Replayed(report, mail.language, sha256(mail.body).hexdigest(), path))
    return found
