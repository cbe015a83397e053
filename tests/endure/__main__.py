"""`make endure`: kills, mail servers, hostile files, clocks, small disks and erased names, on both
databases.

    make endure                       a few minutes
    make endure ARGS="--short"        at most two minutes, for CI
    make endure ARGS="--kills 1000"   as many kills as wanted, half on each database
    make endure ARGS="--only kills --seed 7"
    make endure ARGS="--only workers --teams 1000 --zones 2 --before 1200"
        a Monday with workers, five times

Prints what was tried, lost, doubled, silent, aborted, leaked and late; ends with 1 where anything
was.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes.postgres import NoPostgresError, Postgres, running
from fakes.warm_command import WarmCommands

from .alike import alike
from .clocks import clocks
from .disks import disks
from .erasures import erasures
from .files import files
from .kills import kills
from .mails import mails
from .mondays import Size
from .strict import Logs, strict
from .tally import Tally, table
from .workers import SCENES, workers

NAMES = ("kills", "mails", "files", "clocks", "disks", "erasures", "workers", "services")


WITH_WORKERS = ("workers", "services")
"""What takes minutes of waiting by its nature, and is left out of `--short`."""


@contextmanager
def _postgres(*, wanted: bool) -> Iterator[Postgres | None]:
    if not wanted:
        yield None
        return
    try:
        with running() as server:
            yield server
    except NoPostgresError as error:
        print(f"without PostgreSQL: {error}", file=sys.stderr)
        yield None


def shares(count: int, sqlite: str, server: Postgres | None) -> list[tuple[str, int]]:
    """Return (store, how many tries) for as many tries as wanted: half on each database, an
    odd one on SQLite.
    """
    if server is None:
        return [(sqlite, count)]
    half = count // 2
    return [(sqlite, count - half), *([(server.database(), half)] if half else [])]


def _campaigns(
    folder: Path, wanted: argparse.Namespace, server: Postgres | None
) -> Iterator[Tally]:
    sqlite = "sqlite:///loopnote.db"
    few, seed = wanted.count, wanted.seed
    with WarmCommands() as commands:
        if "kills" in wanted.only:
            for number, (url, count) in enumerate(shares(wanted.kills, sqlite, server)):
                place = folder / f"k{number}"
                yield kills(place, url, commands, count=count, seed=seed + number)
        if "mails" in wanted.only:
            yield mails(folder / "m", sqlite, commands, count=few, seed=seed)
        if "clocks" in wanted.only:
            yield clocks(
                folder / "c",
                server.database() if server else sqlite,
                commands,
                count=few,
                seed=seed,
            )
        if "erasures" in wanted.only:
            for number, (url, count) in enumerate(shares(few, sqlite, server)):
                yield erasures(
                    folder / f"e{number}",
                    url,
                    commands,
                    count=count,
                    seed=seed + number,
                    server=server if number else None,
                )
        if "disks" in wanted.only:
            yield disks(folder / "d", sqlite, commands, count=few, seed=seed)
    if "files" in wanted.only:
        yield files(folder / "f", count=few * 10, seed=seed)


def _mondays(folder: Path, wanted: argparse.Namespace, server: Postgres | None) -> Iterator[Tally]:
    """Play the Mondays with workers, and their strict services; both need PostgreSQL."""
    if server is None:
        return
    for number, name in enumerate(wanted.scenes if "workers" in wanted.only else ()):
        size = Size(wanted.teams, wanted.zones, wanted.before, wanted.seed + number)
        yield workers(folder / f"w{number}", server, name, size=size)
    if "workers" in wanted.only and wanted.alike:
        yield alike(folder / "a", server, teams=wanted.alike)
    if "services" in wanted.only:
        logs = Logs(sheets=wanted.sheets, databases=wanted.databases)
        yield strict(folder / "s", server, logs=logs, workers=3)


def main(arguments: list[str]) -> int:
    """Run the campaigns and print their counts."""
    parser = argparse.ArgumentParser(prog="make endure", description=__doc__.partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="at most two minutes")
    parser.add_argument("--kills", type=int, default=0, help="how many kills")
    parser.add_argument("--count", type=int, default=0, help="how many tries of every other kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sqlite", action="store_true", help="leave PostgreSQL out")
    parser.add_argument("--only", nargs="*", choices=NAMES)
    parser.add_argument("--teams", type=int, default=12, help="teams of a Monday with workers")
    parser.add_argument(
        "--before", type=float, default=60.0, help="seconds before its eight o'clock"
    )
    parser.add_argument("--zones", type=int, default=1, help="1, or 2 a quarter of an hour apart")
    parser.add_argument(
        "--alike", type=int, default=8, help="teams that are compared byte for byte"
    )
    parser.add_argument("--sheets", type=int, default=12, help="spreadsheets of each account")
    parser.add_argument(
        "--databases", type=int, default=40, help="databases of a Notion connection"
    )
    parser.add_argument("--scenes", nargs="*", choices=SCENES, default=list(SCENES))
    wanted = parser.parse_args(arguments)
    wanted.kills = wanted.kills or (8 if wanted.short else 200)
    wanted.only = wanted.only or [
        one for one in NAMES if not (wanted.short and one in WITH_WORKERS)
    ]
    wanted.count = wanted.count or (3 if wanted.short else 40)
    done: list[Tally] = []
    with (
        TemporaryDirectory(prefix="loopnote-endure-") as folder,
        _postgres(wanted=not wanted.sqlite) as server,
    ):
        started = monotonic()
        others = set(wanted.only).difference(WITH_WORKERS)
        every = chain(
            _campaigns(Path(folder), wanted, server) if others else (),
            _mondays(Path(folder), wanted, server),
        )
        for one in every:
            done.append(one)
            print(
                f"{one.name}: {one.tried} tried, {monotonic() - started:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    for line in (line for one in done for line in one.notes[:20]):
        print(line)
    print(table(done))
    return 1 if any(one.harm for one in done) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
