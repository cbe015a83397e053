"""A Monday with worker processes: how many mails a minute, when the last one left, what it cost.

`python -m bench.workers --teams 1000 --workers 1 2 4` (several minutes). Logs are files, the mail
server is real and slow on purpose (`--think` seconds a mail), PostgreSQL is real. All logs are read
for the first time.

`python -m bench.workers --latency 1 --teams 60 --workers 1 2 4` measures waiting: each team's log
is a Notion database with a connection of its own, each answer takes a second, and so does a mail,
over at most eight connections.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

if TYPE_CHECKING:
    from fakes.postgres import Postgres

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Seoul")).timestamp()


def database_seconds(folder: Path) -> float:
    """Return the CPU seconds of all server processes of a PostgreSQL that are alive or were
    waited for.
    """
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


SERVICE = """
[notion]
base_url = "{url}"
"""
ACCOUNT = """[notion.accounts.c{n}]
token_env = "NOTION_SECRET"
"""


@contextmanager
def slow_service(folder: Path, teams: int, latency: float) -> Iterator[None]:
    """Let every team's log be a database of a service whose answers take so long; nothing
    without latency.
    """
    from fakes.http_service import Answer, Request, served
    from fakes.notion_server import NotionServer

    class Slow(NotionServer):
        def answer(self, request: Request) -> Answer:
            time.sleep(latency)
            return super().answer(request)

    if not latency:
        yield
        return
    service, config = Slow(), folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    text = text.replace("[worker]", "[worker]\nmail_connections = 8")
    for n in range(teams):
        place = service.world.database(f"Trials {n}")
        columns: dict[str, Any] = {
            "Name": "title",
            "Hypothesis": "rich_text",
            "Result": "rich_text",
            "Day": "date",
        }
        rows = service.world.data_source(place, "Trials", columns)
        service.world.add(rows, {"Name": f"Trial {n}", "Hypothesis": f"If {n} then more"})
        text = text.replace(
            f'kind = "file"\npath = "logs/{n:04}.csv"',
            f'kind = "notion"\ndatabase = "{place}"\naccount = "c{n}"',
        )
    with served(service):
        accounts = "".join(ACCOUNT.format(n=n) for n in range(teams))
        text += SERVICE.format(url=service.url) + accounts
        config.write_text(text, encoding="utf-8")
        yield


def read_logs(url: str) -> int:
    """Return how many logs were read."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT count(*) FROM source WHERE last_success IS NOT NULL")
        row = found.fetchone()
    return row[0] if row else 0


def one_monday(
    server: "Postgres",
    teams: int,
    workers: int,
    *,
    before: float,
    think: float,
    latency: float = 0.0,
) -> None:
    """Play one Monday; print a line."""
    from fakes.notion_server import TOKEN
    from fakes.smtp import MailHost, MailHostRunning
    from fakes.worker_fleet import Fleet, lay_out, mails, seconds_ahead, until

    host, arrivals = MailHost(think_s=latency or think), list[float]()
    host.on_body = lambda _address: arrivals.append(time.time())
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as name, MailHostRunning(host) as running:
        folder, database = Path(name), database_seconds(server.folder)
        url = server.database()
        lay_out(folder, teams=teams, url=url, port=running.port)
        with (
            slow_service(folder, teams, latency),
            Fleet(folder, NOTION_SECRET=TOKEN) as fleet,
        ):
            began = time.time()
            fleet.environment["LOOPNOTE_NOW"] = seconds_ahead(MONDAY - before)
            for _ in range(workers):
                fleet.start("--concurrency", "2")
            until(lambda: "Works on" in fleet.said(), seconds=300)
            began_work = time.time()
            until(lambda: read_logs(url) >= teams, seconds=3600)
            read_in = time.time() - began_work
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
        f"{workers} workers, {teams} teams: {sum(count.values())} mails, most to one "
        f"{max(count.values())}; "
        f"logs read in {read_in:.0f} s; "
        f"first {min(arrivals) - due:+.0f} s, last {last - due:+.0f} s after the hour; "
        f"{60 * teams / span:.0f} a minute; "
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
    parser.add_argument("--latency", type=float, default=0.0, help="seconds an answer")
    parser.add_argument("--think", type=float, default=0.05, help="seconds a mail")
    asked = parser.parse_args()
    with running() as server:
        for workers in asked.workers:
            one_monday(
                server,
                asked.teams,
                workers,
                before=asked.before,
                think=asked.think,
                latency=asked.latency,
            )


if __name__ == "__main__":
    main()
