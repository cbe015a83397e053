"""What users wait for, as ratios of whole processes within one run: the table of "cost follows the
change".

    python -m bench.cost [commands] [teams] [sync] [similar] [report] [notion] [sheets] [archive]
        all when none is named
    python -m bench.cost sync=1000 sync=100000
        rows; 10000 unless told

Every line names the two things compared and the goal. CPU seconds (user and system) of child
processes with their imports, byte code cached as in an installation, the median of several; the
floor (a bare Python, calamine's reading) is measured beside them. The first line is the machine's
calibration: the CPU of a fixed loop in a bare Python.
"""

import csv
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bench.read_50000 import write_log
from bench.store import OUTCOMES, START, entry
from notes.model.notes import Entry, Link
from notes.store.store import Store

ROOT = Path(__file__).resolve().parents[1]
LOOPNOTE = ("-m", "loopnote")
CALIBRATION = "sum(number * number for number in range(2_000_000))"
TEAM = '[[teams]]\nname = "team {0}"\nlanguage = "en"\ntimezone = "{1}"\n'
SOURCE = '[[sources]]\nname = "log {0}"\nteam = "team {0}"\nkind = "file"\npath = "{1}"\n'
READER = '[[recipients]]\naddress = "lead{0}@example.org"\nteams = ["team {0}"]\n'
ZONES = ("Asia/Seoul", "Europe/London", "America/New_York", "Asia/Tokyo")
ROWS = "date,what we tried,result\n2026-11-16,a bench at the door,worked\n"


class Bench:
    """Runs child processes in a folder with a cache of byte code of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{os.environ.get('PYTHONPATH', '')}",
            "PYTHONPYCACHEPREFIX": str(folder / "pyc"),
            "LOOPNOTE_LANG": "en",
        }
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def once(self, arguments: Sequence[str], where: Path) -> float:
        """Return the CPU seconds of one process."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=where,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode > 1:
            raise SystemExit(f"{arguments}: {done.stdout}{done.stderr}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def module(self, *arguments: str) -> None:
        """Run a benchmark that measures by itself, and prints what."""
        asked = [sys.executable, "-m", *arguments]
        subprocess.run(asked, cwd=ROOT, env=self.environment, check=True)

    def cpu(self, arguments: Sequence[str], where: Path, times: int = 7) -> float:
        """Return the median CPU seconds of several runs, after one that does not count."""
        self.once(arguments, where)
        return statistics.median(self.once(arguments, where) for _ in range(times))


def tell(what: str, measured: float, base: float, goal: str) -> None:
    print(
        f"{what:64} {measured:7.3f} / {base:7.3f} s = {measured / base:6.2f}   goal {goal}",
        flush=True,
    )


def workspace(folder: Path, teams: int, log: str = "") -> Path:
    """Make a workspace of so many teams with a small log each, or of one with this log."""
    folder.mkdir(parents=True)
    parts = ['[mail]\ntransport = "folder"\nfolder = "outbox"\n']
    for number in range(teams):
        path = log or f"log{number}.csv"
        parts += [
            TEAM.format(number, ZONES[number % 4]),
            SOURCE.format(number, path),
            READER.format(number),
        ]
        if not log:
            (folder / path).write_text(ROWS, encoding="utf-8")
    (folder / "config.toml").write_text("\n".join(parts), encoding="utf-8")
    return folder


def commands(bench: Bench) -> None:
    where = workspace(bench.folder / "commands", 2)
    bare = bench.cpu(("-c", "pass"), where, 15)
    bench.once((*LOOPNOTE, "run"), where)
    for name, goal in (("--help", "6"), ("status", "20"), ("run", "25")):
        tell(f"{name}, against a bare Python", bench.cpu((*LOOPNOTE, name), where), bare, goal)


def teams(bench: Bench) -> None:
    idle = []
    for size in (2, 100):
        where = workspace(bench.folder / f"teams {size}", size)
        bench.once((*LOOPNOTE, "run"), where)
        idle.append(bench.cpu((*LOOPNOTE, "run"), where, 5))
    tell("idle run, 100 teams against 2", idle[1], idle[0], "1.3")


def sync(bench: Bench, rows: int = 10_000) -> None:
    for kind in ("xlsx", "csv"):
        _warm(bench, kind)
        where = workspace(bench.folder / f"sync {kind} {rows}", 1, f"log.{kind}")
        log = where / f"log.{kind}"
        write_log(where / "log.xlsx", rows)
        table = _tables(where / "log.xlsx")
        _write(log, table)
        floor = bench.cpu(("-c", _READ.format(str(log))), where, 3)
        first = bench.once((*LOOPNOTE, "sync"), where)
        tell(
            f"first sync of {rows} rows of {kind}, against reading the cells",
            first,
            floor,
            "7 (xlsx)",
        )
        for name, change in _CHANGES.items():
            table = change(table)
            _write(log, table)
            after = bench.once((*LOOPNOTE, "sync"), where)
            tell(f"sync of {kind} after {name}, against the first", after, first, "0.3")


def _warm(bench: Bench, kind: str) -> None:
    """Read a small log twice, the second time changed, so that no line below compiles a module."""
    where = bench.folder / f"warm {kind}"
    if where.exists():
        return
    workspace(where, 1, f"log.{kind}")
    write_log(where / "log.xlsx", 40)
    table = _tables(where / "log.xlsx")
    for change in (lambda same: same, _edited, _with_column):
        table = change(table)
        _write(where / f"log.{kind}", table)
        bench.once((*LOOPNOTE, "sync"), where)


_READ = (
    "import csv, python_calamine as c\npath = {0!r}\n"
    "list(csv.reader(open(path, encoding='utf-8'))) if path.endswith('csv') else "
    "[book.get_sheet_by_name(name).to_python() "
    "for book in [c.CalamineWorkbook.from_path(path)] for name in book.sheet_names]"
)
Table = dict[str, list[list[Any]]]


def _tables(path: Path) -> Table:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _write(path: Path, table: Table) -> None:
    if path.suffix == ".csv":
        header = next(iter(table.values()))[0]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(row for rows in table.values() for row in rows[1:])
        return
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in table.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def _edited(table: Table) -> Table:
    number = count()
    return {
        name: [
            [*row[:14], f"고쳐 쓴 배움 {next(number)}", *row[15:]] if at and at % 100 == 0 else row
            for at, row in enumerate(rows)
        ]
        for name, rows in table.items()
    }


def _with_column(table: Table) -> Table:
    return {
        name: [[*row[:3], "새 칸" if at == 0 else "", *row[3:]] for at, row in enumerate(rows)]
        for name, rows in table.items()
    }


_TITLED = 2
"""Rows that nobody sorts: the title of a tab and its header."""


def _sorted(table: Table) -> Table:
    first, *others = table
    rows = table[first]
    return {
        first: [*rows[:_TITLED], *sorted(rows[_TITLED:], key=lambda row: str(row[1]))],
        **{name: table[name] for name in others},
    }


_CHANGES: dict[str, Callable[[Table], Table]] = {
    "1 % of the rows changed": _edited,
    "a column was inserted": _with_column,
    "a tab was sorted": _sorted,
}


def _filled(bench: Bench, name: str, size: int) -> Path:
    """Return a workspace whose store has so many notes of one team in two years."""
    where, chance = workspace(bench.folder / f"{name} {size}", 1, "log0.csv"), random.Random(1)
    last = date.today() - timedelta(days=date.today().weekday() + 1)  # noqa: DTZ011  as the commands see it
    with Store.open(f"sqlite:///{where}/loopnote.db") as store:
        with store.update("log 0", "team 0", "run", now=START) as update:
            update.save(_links(size, last, chance))
            update.finish({})
        store.bring_index_up_to_date()
    return where


def _links(size: int, last: date, chance: random.Random) -> list[Link]:
    links = []
    for number in range(size):
        made, day = entry(number, chance), last - timedelta(days=number * 728 // size)
        outcome = chance.choice(OUTCOMES)
        note = replace(made.note, start_date=day - timedelta(days=3), end_date=day, outcome=outcome)
        links.append(Link(Entry(made.raw, replace(note, key=f"EXP-{number}")), "", "new"))
    return links


def similar(bench: Bench) -> None:
    asked = (
        *LOOPNOTE,
        "similar",
        "--text",
        "if we send a reminder on Friday more guests come back",
    )
    small, large = (bench.cpu(asked, _filled(bench, "similar", size), 3) for size in (1_000, 4_000))
    tell("similar, 4,000 notes against 1,000", large, small, "1.3")


def report(bench: Bench) -> None:
    asked = (*LOOPNOTE, "report")
    small, large = (bench.cpu(asked, _filled(bench, "report", size), 3) for size in (1_000, 4_000))
    tell("report of a week, 4,000 notes in two years against 1,000", large, small, "1.2")


def notion(bench: Bench) -> None:
    bench.module("bench.cost_notion", "10000")


def sheets(bench: Bench) -> None:
    """With pandas on PYTHONPATH also against its frames (`bench.pull_services` tells how)."""
    bench.module("bench.pull_services", "0", "10000")


def archive(bench: Bench) -> None:
    bench.module("bench.archive", "2000")


SECTIONS: dict[str, Callable[[Bench], None]] = {
    "commands": commands,
    "teams": teams,
    "sync": sync,
    "similar": similar,
    "report": report,
    "notion": notion,
    "sheets": sheets,
    "archive": archive,
}


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        loop = bench.cpu(("-c", CALIBRATION), bench.folder, 5)
        print(f"{datetime.now():%Y-%m-%d %H:%M}  calibration: {loop:.3f} s CPU for the fixed loop")  # noqa: DTZ005
        for argument in arguments or SECTIONS:
            name, _, rows = argument.partition("=")
            if name == "sync" and rows:
                sync(bench, int(rows))
            else:
                SECTIONS[name](bench)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
