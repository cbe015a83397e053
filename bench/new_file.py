"""Measure how many rows keep their notes that are carried into a quarter's new file, and how many
new rows of it are taken for old ones.

python -m bench.new_file                                    3,000 rows, three seeds
python -m bench.new_file --first-seed 61001 --only chaos

Three in ten rows are carried over, the others are left behind; one in a hundred of those is copied
as a template of a new row. Then the team works in the new file for a week before it is read.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from bench.identity import SIMULATORS, Simulator
from bench.matching_errors import START
from bench.simulated_sheet import Row
from notes.model.notes import KnownRow
from sync.matching.predecessor import find_predecessor
from sync.matching.row_links import link_rows
from sync.matching.rows.compared_rows import build_rows

CARRIED = 0.3
TEMPLATES = 0.01


@dataclass
class Counts:
    """Rows of new files; twins, whose old rows were equal cell for cell, count as kept."""

    files: int = 0
    found: int = 0
    carried: int = 0
    kept: int = 0
    new: int = 0
    taken: int = 0
    taken_marked: int = 0

    def line(self) -> str:
        return (
            f"continued {self.found} of {self.files} files · kept {self.kept} of {self.carried} "
            f"carried rows ({100 * self.kept / self.carried:.2f} %) · taken for old "
            f"{self.taken} of {self.new} new rows ({self.taken_marked} marked)"
        )


def begin_new_file(sheet: Any) -> None:
    """Leave in the sheet the rows that are carried over, and copies of others as templates."""
    rows = sheet.rows
    carried = set(sheet.rng.sample(range(len(rows)), int(CARRIED * len(rows))))
    left = [row for at, row in enumerate(rows) if at not in carried]
    templates = sheet.rng.sample(left, int(TEMPLATES * len(left)))
    sheet.rows = [row for at, row in enumerate(rows) if at in carried]
    add = getattr(sheet, "add", sheet.rows.append)
    for row in templates:
        add(_from_template(sheet, row))


def _from_template(sheet: Any, model: Row) -> Row:
    """Return a new row that says of another what was planned, under a title of its own and no id
    yet.
    """
    row, meant = model.like(sheet.next_truth()), sheet.meant
    row.day = sheet.today if sheet.rng.random() < 0.5 else row.day
    row.cells[meant.title] = sheet.write(meant.title)
    for role in (meant.execution, meant.retrospective, meant.key):
        row.cells.pop(role, None)
    return row


def measure(simulator: Simulator, seed: int, *, rows: int, intensity: str, counts: Counts) -> None:
    """Count what becomes of the rows of one new file."""
    sheet = simulator.sheet(simulator.shape(seed, rows, dates=True), seed)
    known = {f"n{truth}": KnownRow(f"n{truth}", "old", each) for truth, each in sheet.snapshot()}
    begin_new_file(sheet)
    simulator.live(sheet, intensity)
    today = sheet.snapshot()
    entries = [entry for _, entry in today]
    every = list(known.values())
    source = find_predecessor(every, build_rows(entries), "new", others=["old"])
    counts.files += 1
    counts.found += source == "old"
    links = link_rows(every, entries, source=source or "new", now=START)
    for (truth, _), link in zip(today, links, strict=True):
        due, got = known.get(f"n{truth}"), known.get(link.note_id)
        if due:
            counts.carried += 1
            counts.kept += bool(got and got.entry.raw.cells == due.entry.raw.cells)
        else:
            counts.new += 1
            counts.taken += bool(got)
            counts.taken_marked += bool(got and not link.sure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", default="", help="calm, busy or chaos")
    given = parser.parse_args()
    for intensity in ("calm", "busy", "chaos"):
        if not intensity.startswith(given.only):
            continue
        for name, simulator in SIMULATORS.items():
            counts = Counts()
            for seed in range(given.first_seed, given.first_seed + given.seeds):
                measure(simulator, seed, rows=given.rows, intensity=intensity, counts=counts)
            print(f"{intensity:6} {name:11} {counts.line()}", flush=True)


if __name__ == "__main__":
    main()
