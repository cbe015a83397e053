"""What one weekly report costs, beyond imports and opening the store, in a small and in a large
store.

python -m bench.report [ROWS [FOLDER]]
    the stores hold the same team of 25 notes a week; the larger one holds
                                           other teams' notes and the team's own past besides
"""

import os
import random
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench.store import OUTCOMES, START, entry
from notes.model.notes import Entry, Link
from notes.store.store import Store

A_WEEK = 25
A_SOURCE = 20_000
PROGRAM = """
import resource, sys, time
from datetime import UTC, datetime
from notes.store.store import Store
from notes.model.periods import Week
from reports.analysis.load_inputs import load_inputs
from reports.analysis.records.inputs import ReportTeam
from reports.analysis.weekly import weekly_report
import zoneinfo, sqlalchemy
with Store.open("sqlite:///{path}") as store:
    store.teams()
    before = time.process_time()
    inputs = load_inputs(store, ReportTeam("ours"), Week(2026, 40), now=datetime(2026, 10, 5, \
tzinfo=UTC))
    between = time.process_time()
    report = weekly_report(inputs)
    after = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{rows:>9} notes: {{after - before:5.2f}} s CPU", end=" ")
print(f"({{between - before:.2f}} load, {{after - between:.2f}} compute), "
      f"peak {{peak:4.0f}} MB, {{report.scope.notes}} notes in the week, {{len(inputs.notes)}} in \
the window")
"""


def ours(number: int, chance: random.Random) -> Entry:
    """Return a note of the measured team: so many a week, the newest in the measured week."""
    made = entry(number, chance)
    day = date(2026, 10, 4) - timedelta(days=number * 7 // A_WEEK)
    outcome = chance.choice(OUTCOMES)
    note = replace(
        made.note,
        start_date=day - timedelta(days=3),
        end_date=day,
        outcome=outcome,
        key=f"EXP-{number}",
    )
    return Entry(made.raw, note)


def make(path: Path, rows: int) -> None:
    """Fill a store: a tenth of it is the measured team's, the rest other teams', over three years.

    And index it.
    """
    chance = random.Random(1)
    with Store.open(f"sqlite:///{path}") as store:
        own = max(A_WEEK * 30, min(rows // 10, A_WEEK * 52 * 20))
        for start in range(0, own, A_SOURCE):
            with store.update(f"own {start}", "ours", "run", now=START) as update:
                update.save(
                    Link(ours(n, chance), "", "new")
                    for n in range(start, min(start + A_SOURCE, own))
                )
                update.finish({})
        for start in range(own, rows, A_SOURCE):
            with store.update(
                f"source {start}", f"team {start // 100_000}", "run", now=START
            ) as update:
                update.save(
                    Link(entry(n, chance), "", "new")
                    for n in range(start, min(start + A_SOURCE, rows))
                )
                update.finish({})
            print(f"\r{start} rows", end="", file=sys.stderr)
        store.bring_index_up_to_date(
            lambda done, every: print(f"\rindexed {done}/{every}", end="", file=sys.stderr)
        )


def measure(folder: Path, rows: int) -> None:
    """Make a store if need be, and print what a report of it costs in a process of its own."""
    path = folder / f"report-{rows}.db"
    if not path.exists():
        make(path, rows)
    program = PROGRAM.format(path=path, rows=rows)
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )


def main() -> None:
    """Measure a small store and a large one."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary)
        for size in (1_000, rows):
            measure(folder, size)


if __name__ == "__main__":
    main()
