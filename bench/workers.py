"""A Monday with worker processes: how many mails a minute, when the last one left, what it cost.

`python -m bench.workers --teams 1000 --workers 1 2 4` (several minutes). Logs are files, the mail server is real and
slow on purpose (`--think` seconds a mail), PostgreSQL is real. All logs are read for the first time.
"""

import argparse
import resource
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

if TYPE_CHECKING:
    from fakes.postgres import Postgres

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Seoul")).timestamp()


def database_seconds(folder: Path) -> float:
    """Return the CPU seconds of all server processes of a PostgreSQL that are alive or were waited for."""
    total = 0.0
    lead = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        own = int(stat.parent.name) == lead
        if own or int(fields[1]) == lead:
            total += sum(int(one) for one in fields[11 : 15 if own else 13])
    return total / 100


def one_monday(
    server: "Postgres", teams: int, workers: int, *, before: float, think: float
) -> None:
    """Play one Monday; print a line."""
    from fakes.smtp import MailHost, MailHostRunning
    from fakes.worker_fleet import Fleet, lay_out, mails, seconds_ahead, until

    host, arrivals = MailHost(think_s=think), list[float]()
    host.on_body = lambda _address: arrivals.append(time.time())
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as name, MailHostRunning(host) as running:
        folder, database = Path(name), database_seconds(server.folder)
        lay_out(folder, teams=teams, url=server.database(), port=running.port)
        began = time.time()
        clock = seconds_ahead(MONDAY - before)
        with Fleet(folder, LOOPNOTE_NOW=clock) as fleet:
            for _ in range(workers):
                fleet.start("--concurrency", "2")
            done = until(lambda: sum(mails(host).values()) >= teams, seconds=3600)
            for one in fleet.processes:
                one.terminate()
            for one in fleet.processes:
                one.wait(120)
        used = database_seconds(server.folder) - database
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = spent.ru_utime + spent.ru_stime - children.ru_utime - children.ru_stime
    due, last, count = began + before, max(arrivals), mails(host)
    span = max(1.0, last - max(due, min(arrivals)))
    print(
        f"{workers} workers, {teams} teams: {sum(count.values())} mails, most to one {max(count.values())}; "
        f"first {min(arrivals) - due:+.0f} s, last {last - due:+.0f} s after the hour; {60 * teams / span:.0f} a minute; "
        f"CPU of workers {cpu:.0f} s, of the database {used:.0f} s{'' if done else ' (given up)'}",
        flush=True,
    )


def main() -> None:
    """Play the Mondays that the arguments ask for."""
    from fakes.postgres import running

    parser = argparse.ArgumentParser()
    parser.add_argument("--teams", type=int, default=100)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--before", type=float, default=60.0, help="seconds before the hour")
    parser.add_argument("--think", type=float, default=0.05, help="seconds a mail")
    asked = parser.parse_args()
    with running() as server:
        for workers in asked.workers:
            one_monday(server, asked.teams, workers, before=asked.before, think=asked.think)


if __name__ == "__main__":
    main()
