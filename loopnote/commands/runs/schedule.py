"""`schedule`: runs again and again until it is asked to stop."""

from collections.abc import Callable

from loopnote.commands.runs.failed_runs import failures_told
from loopnote.commands.runs.run import run
from loopnote.commands.runs.status import read_status
from loopnote.delivery.scheduler import StopSignal, run_schedule
from loopnote.runtime.logging import get_logger
from loopnote.services.run import BusyRun
from loopnote.services.wiring import Wiring
from notes.model.deliveries import DueMail


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
