"""Workers in trouble on a Monday: killed, stopped, asked twice to end, with other clocks, without
their database.

A scene is a list of things that happen when the morning has got so far. After it each mail must
have come once (or be in doubt, and the operator told), each note be there once, each log be read,
and each mail be there before five past eight of its zone.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from fakes.host_link import HostLink
from fakes.postgres import Postgres
from fakes.worker_fleet import until

from .mondays import IN_DOUBT, Monday, Size, judge, morning
from .tally import Tally

_STOPPED_S = 75.0
"""Longer than a lease lasts: others have taken over the work of a worker that was stopped for so
long."""

_TELLING_S = 180.0
"""Dead workers' claims are looked after once a minute, and the operator is told."""

HOSTS = [f"127.0.0.{number if sys.platform == 'linux' else 1}" for number in range(2, 6)]
"""Addresses of four hosts; only Linux has more than one that leads back to the machine."""

_SECONDS_A_TEAM = 5.0
"""What a scene may take at most on a busy machine, beside a quarter of an hour of waiting."""

When = Callable[[Monday], bool]
Act = Callable[[Monday], None]


@dataclass(frozen=True)
class Scene:
    """What happens, in this order; `clocks` are the workers', in seconds ahead; `tended`: who ended
    is started anew.

    `large` is how many rows the first team's log has more than the others'. `hosts`: each worker
    reaches the database by an address and a link of its own.
    """

    steps: tuple[tuple[When, Act], ...] = ()
    clocks: tuple[float, ...] = (0, 0, 0, 0)
    tended: bool = False
    large: int = 0
    hosts: bool = False


def made(share: float) -> When:
    """Wait until so many of the mails are made."""
    return lambda monday: monday.made() >= share


def sent(share: float) -> When:
    """Wait until so many of the mails have left."""
    return lambda monday: monday.sent() >= share


def at_once(_monday: Monday) -> bool:
    """Do not wait."""
    return True


def after(seconds: float) -> When:
    """Wait for so long after the step before."""
    begun: list[float] = []

    def reached(_monday: Monday) -> bool:
        begun.append(time.monotonic())
        return time.monotonic() - begun[0] >= seconds

    return reached


def tell(number: int, *signals: signal.Signals) -> Act:
    """Send signals to a worker, a second apart."""

    def act(monday: Monday) -> None:
        for one in signals:
            monday.fleet.processes[number].send_signal(one)
            time.sleep(monday.chance.uniform(0.5, 1.5))

    return act


def restart_the_database(monday: Monday) -> None:
    """Let the database crash, and start it some seconds later."""
    monday.server.stop()
    time.sleep(monday.chance.uniform(1, 5))
    monday.server.start()


def cut_off(number: int) -> Act:
    """Let nothing pass between a host and the database any more."""
    return lambda monday: monday.links[number].cut()


def plug_in(number: int) -> Act:
    """Let everything pass again, what was held back first."""
    return lambda monday: monday.links[number].mend()


def remark_it_is_read(monday: Monday) -> None:
    """Write down when the large log was read, and how many mails had left by then."""
    after_hour, sent_by_then = monday.now() - monday.due_at(0), monday.states()["sent"]
    monday.remarks.append(
        f"the large log ({monday.size.large} rows more) was read "
        f"{after_hour.total_seconds():+.0f} s after the "
        f"hour, when {sent_by_then} mails had left"
    )


SCENES = {
    "two of four killed": Scene(
        ((made(0.25), tell(0, signal.SIGKILL)), (sent(0.2), tell(1, signal.SIGKILL)))
    ),
    "database restarted": Scene(
        ((made(0.3), restart_the_database), (sent(0.3), restart_the_database)), tended=True
    ),
    "one hangs": Scene(
        (
            (made(0.3), tell(0, signal.SIGSTOP)),
            (after(_STOPPED_S), tell(0, signal.SIGCONT)),
        ),
        tended=True,
    ),
    "a large log": Scene(((Monday.large_log_is_read, remark_it_is_read),), large=100_000),
    "hosts cut off": Scene(
        (
            (made(0.3), cut_off(0)),
            (sent(0.3), cut_off(1)),
            (after(_STOPPED_S), plug_in(0)),
            (at_once, plug_in(1)),
        ),
        tended=True,
        hosts=True,
    ),
    "clocks apart": Scene(clocks=(0, 0, 120, 120)),
    "two signals": Scene(
        (
            (made(0.2), tell(0, signal.SIGTERM, signal.SIGTERM)),
            (sent(0.2), tell(1, signal.SIGTERM, signal.SIGTERM)),
            (sent(0.4), tell(2, signal.SIGTERM)),
        ),
        tended=True,
    ),
}


def workers(folder: Path, server: Postgres, name: str, *, size: Size) -> Tally:
    """Play one scene."""
    tally, scene = Tally(f"workers, {name}"), SCENES[name]
    server.keep_what_is_committed()
    size = replace(size, large=scene.large, fast=max(scene.clocks))
    with (
        morning(folder, server, size, tended=scene.tended) as monday,
        ExitStack() as links,
    ):
        monday.links += [links.enter_context(HostLink(server.socket, one)) for one in HOSTS]
        for clock, link in zip(scene.clocks, monday.links, strict=True):
            own = {"LOOPNOTE_NOW": f"{monday.ahead + clock:+.3f}"}
            if scene.hosts:
                monday.fleet.start_on_host(link, "--concurrency", "1", **own)
            else:
                monday.fleet.start("--concurrency", "1", **own)
        end = time.monotonic() + size.before + 1200 + _SECONDS_A_TEAM * size.teams
        for when, act in scene.steps:
            if not _reached(monday, when, end):
                tally.count("aborted", f"it never came to step {when}: {dict(monday.states())}")
                break
            act(monday)
        if not _reached(monday, Monday.settled, end):
            tally.count("aborted", f"it never came to an end: {dict(monday.states())}")
        until(lambda: _told(monday), seconds=_TELLING_S)
        judge(monday, tally)
        tally.count("aborted", "a worker had a fault that nobody foresaw", faults(monday))
    return tally


def _reached(monday: Monday, when: When, end: float) -> bool:
    while not when(monday):
        monday.tend()
        if time.monotonic() > end:
            return False
        time.sleep(0.3)
    return True


def _told(monday: Monday) -> bool:
    """Say whether the operator knows of every mail in doubt."""
    monday.tend()
    told = " ".join(monday.host.texts_to("op@example.org"))
    return monday.states()[IN_DOUBT] <= told.count("@example.org")


def faults(monday: Monday) -> int:
    """Count the workers that ended by an error of Python's."""
    logs: Iterable[Path] = monday.fleet.folder.glob("worker-*.log")
    return sum("Traceback" in log.read_text(encoding="utf-8") for log in logs)
