"""Teams in a folder, a PostgreSQL and a mail server that are real, and worker processes that
may be killed.
"""

import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from fakes.command import clean_environment
from fakes.host_link import HostLink
from fakes.smtp import SETTINGS, MailHost

TEAM = """
[[teams]]
name = "T{n:04}"
language = "{language}"
timezone = "{zone}"
[[recipients]]
address = "lead{n:04}@example.org"
teams = ["T{n:04}"]
send_at = "Mon 08:00"
[[sources]]
name = "log{n:04}"
team = "T{n:04}"
kind = "file"
path = "logs/{n:04}.csv"
"""
REST = f"""
[operator]
address = "op@example.org"
[store]
url = "{{url}}"
{SETTINGS}timeout_s = 5
answer_timeout_s = 10
[worker]
mails_per_minute = 100000
"""
ROWS = (
    "날짜,목표,가설,실행,결과,배운 점\n"
    "2026-11-16,재방문 {n},쿠폰을 주면 다시 온다,쿠폰 {n}장,성공,작은 쿠폰도 통한다\n"
    "2026-11-18,대기 줄이기 {n},창구를 열면 준다,창구 하나 더,실패,사람이 모자랐다\n"
)


def lay_out(
    folder: Path,
    *,
    teams: int,
    url: str,
    port: int,
    more: str = "",
    zones: Sequence[str] = ("Asia/Seoul",),
    large: int = 0,
) -> None:
    """Write the configuration and one log a team; the teams live in the zones by turns.

    The first team's log has `large` rows more.
    """
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    parts = []
    for n in range(teams):
        (folder / "logs" / f"{n:04}.csv").write_text(ROWS.format(n=n), encoding="utf-8")
        zone = zones[n % len(zones)]
        parts.append(TEAM.format(n=n, language="ko" if n % 2 else "en", zone=zone))
    if large:
        with (folder / "logs" / "0000.csv").open("a", encoding="utf-8") as log:
            log.writelines(large_rows(large))
    text = "".join(parts) + REST.format(url=url, port=port) + more
    (folder / "config.toml").write_text(text, encoding="utf-8")


def large_rows(count: int) -> Iterator[str]:
    """Give so many rows of a log, oldest first, no two alike, all before the week of the mails."""
    last = date(2026, 11, 15)
    for n in range(count):
        day = last - timedelta(days=(count - n) // 50)
        yield (
            f"{day},대기 줄이기 {n % 97},안내문 {n}을 붙이면 줄이 준다,안내문 {n}장,"
            f"{'성공' if n % 3 else '실패'}: {n % 40} → {n % 40 + 2},안내문은 {n % 11}번 "
            f"창구에서 통한다\n"
        )


class Fleet:
    """Worker processes of one folder; those still alive are killed at the end."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = environment
        self.processes: list[subprocess.Popen[bytes]] = []
        self._given: list[tuple[tuple[str, ...], dict[str, str]]] = []
        self._replaced: set[int] = set()

    def __enter__(self) -> "Fleet":
        return self

    def start(
        self, *options: str, program: Sequence[str] = ("-m", "loopnote"), **environment: str
    ) -> subprocess.Popen[bytes]:
        """Start a worker; what it says goes to worker-N.log. `program` is what Python runs."""
        log = (self.folder / f"worker-{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, *program, "--verbose", "worker", *options],
                cwd=self.folder,
                env={**clean_environment(), **self.environment, **environment},
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        self._given.append((options, environment))
        return process

    def start_on_host(
        self, link: HostLink, *options: str, **environment: str
    ) -> subprocess.Popen[bytes]:
        """Start a worker that reaches the database by its host's link only."""
        name = f"host-{link.port}.toml"
        text = (self.folder / "config.toml").read_text(encoding="utf-8")
        address = re.sub(
            r"@/(\w+)\?host=[^&\"]+&?", rf"@{link.address}:{link.port}/\1?", text, count=1
        )
        (self.folder / name).write_text(address, encoding="utf-8")
        return self.start(*options, LOOPNOTE_CONFIG=str(self.folder / name), **environment)

    def replace_ended(self) -> None:
        """Start a worker for each that ended, once."""
        for number, process in list(enumerate(self.processes)):
            if number not in self._replaced and process.poll() is not None:
                self._replaced.add(number)
                options, environment = self._given[number]
                self.start(*options, **environment)

    def said(self, number: int = 0) -> str:
        return (self.folder / f"worker-{number}.log").read_text(encoding="utf-8")

    def __exit__(self, *exception: object) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait(30)


def until(reached: Callable[[], bool], *, seconds: float = 120.0) -> bool:
    """Wait until something is so; say whether it was in time."""
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def mails(host: MailHost) -> Counter[str]:
    """Count the mails that readers got, by address."""
    return Counter(one.address for one in host.bodies if not one.address.startswith("op@"))


def seconds_ahead(instant: float) -> str:
    """Return a running clock ($LOOPNOTE_NOW) that stands at an instant (seconds since 1970) now."""
    return f"{instant - time.time():+.3f}"
