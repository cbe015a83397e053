"""Compares the branch coverage that `make coverage` measured with the floor of each part of the
code.

The floors are what the tests of `make coverage` reach (29 November 2026), rounded down; the
whole `make test-all` reaches more. They may be raised, never lowered.
The four packages that decide without reading or writing anything are run whole: a branch that no
test can reach is no branch to keep, and one that is reached has a test of what is right there.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Report = dict[str, dict[str, Any]]
ROOT = Path(__file__).resolve().parents[1]
FLOORS = {
    "sync/parsing/": 100.0,
    "sync/matching/": 100.0,
    "reports/analysis/": 100.0,
    "notes/model/": 100.0,
    "": 74.5,
}
"""Percent of lines and branches run, by the beginning of the file's path; "" is everything."""


def percent(files: Report, prefix: str) -> float:
    """Return the share of lines and branches under `prefix` that ran, in percent; 100 of none."""
    chosen = [one["summary"] for path, one in files.items() if path.startswith(prefix)]
    ran = sum(one["covered_lines"] + one["covered_branches"] for one in chosen)
    there = sum(one["num_statements"] + one["num_branches"] for one in chosen)
    return 100.0 * ran / there if there else 100.0


def missed(files: Report, prefix: str) -> list[str]:
    """Return what of `prefix` did not run: `path:line` of lines, `path:line->line` of branches."""
    return [
        f"{path}:{place}"
        for path, one in sorted(files.items())
        if path.startswith(prefix)
        for place in (
            *one["missing_lines"],
            *(f"{start}->{end}" for start, end in one["missing_branches"]),
        )
    ]


def read_coverage() -> Report:
    """Return coverage's own JSON report by file, paths as POSIX relative to the project."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "-q", "-o", str(report)]
        subprocess.run(command, cwd=ROOT, check=True)
        files = json.loads(report.read_text())["files"]
    return {Path(path).as_posix(): one for path, one in files.items()}


def main() -> int:
    """Print each part with its floor, and of a room below it what did not run; return 1 where one
    lies below, else 0.
    """
    files = read_coverage()
    low = 0
    for prefix, floor in FLOORS.items():
        found = percent(files, prefix)
        low |= found < floor
        verdict = "BELOW" if found < floor else "ok"
        print(f"{prefix or 'everything':<20} {found:6.2f} % (floor {floor}) {verdict}")
        for place in missed(files, prefix) if prefix and found < floor else ():
            print(f"    did not run: {place}")
    return int(low)


if __name__ == "__main__":
    raise SystemExit(main())
