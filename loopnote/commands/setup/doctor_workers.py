"""What `doctor` says of workers: whether they live, agree in their version, and have the time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from loopnote.alerts.doctor import SKEW
from loopnote.commands.run_state.worker_states import WorkStatus, read_work
from loopnote.services.wiring import Wiring
from notes.model.errors import LoopnoteError
from notes.model.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notes.store.work.workers import WorkerState


def check_workers(wiring: Wiring) -> Iterator[Finding]:
    """Yield findings about the workers of the store; nothing where there never was one."""
    try:
        with wiring.open_store() as store:
            work = read_work(store)
    except LoopnoteError:
        return  # the check of the store tells
    yield from worker_findings(work)


def worker_findings(work: WorkStatus) -> Iterator[Finding]:
    """Yield what is to be said of these workers."""
    if not work.workers:
        return
    alive = [one for one in work.workers if one.alive]
    if alive:
        hosts = len({one.process.host for one in alive})
        yield Finding("workers.alive", "ok", "workers", f"{len(alive)} live, on {hosts} hosts")
    else:
        what = "none lives; only `loopnote run` does the work"
        yield Finding("workers.alive", "warning", "workers", what, "start them again")
    yield from _versions(alive)
    for one in alive:
        yield from _clock(one)
    for failure in work.failures:
        subject = f"worker: {failure.key}"
        hint = failure.hint or "look at the log of the workers"
        yield Finding("workers.failed", "warning", subject, failure.message, hint)


def _versions(alive: "Sequence[WorkerState]") -> Iterator[Finding]:
    versions = sorted({one.process.version for one in alive})
    if len(versions) > 1:
        what = f"live side by side in versions {', '.join(versions)}"
        step = "that works during an upgrade; upgrade the others soon"
        yield Finding("workers.version", "warning", "workers", what, step)


def _clock(one: "WorkerState") -> Iterator[Finding]:
    seconds = abs(int(one.skew_s))
    if seconds <= SKEW.total_seconds():
        return
    ahead = f"its clock is {seconds} s ahead of the database's"
    what = ahead if one.skew_s > 0 else f"its clock is {seconds} s behind the database's"
    step = "let it set its clock by NTP; the workers go by the database's meanwhile"
    yield Finding("workers.clock", "warning", f"host {one.process.host}", what, step)
