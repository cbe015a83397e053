"""Compares the branch coverage that `make coverage` measured with the floor of each part of the
code.

The floors are what the tests of `make coverage` reach (29 November 2026), rounded down; the
whole `make test-all` reaches more. They may be raised, never lowered.
The four packages that decide without reading or writing anything have the highest.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
FLOORS = {
    "sync/parsing/": 99.0,
    "sync/matching/": 100.0,
    "reports/analysis/": 99.9,
    "notes/model/": 100.0,
    "": 74.5,
}
"""Percent of lines and branches run, by the beginning of the file's path; "" is everything."""


def percent(files: dict[str, dict[str, dict[str, int]]], prefix: str) -> float:
    """Return the share of lines and branches under `prefix` that ran, in percent; 100 of none."""
    chosen = [one["summary"] for path, one in files.items() if path.startswith(prefix)]
    ran = sum(one["covered_lines"] + one["covered_branches"] for one in chosen)
    there = sum(one["num_statements"] + one["num_branches"] for one in chosen)
    return 100.0 * ran / there if there else 100.0


def read_coverage() -> dict[str, dict[str, dict[str, int]]]:
    """Return coverage's own JSON report by file, paths as POSIX relative to the project."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "-q", "-o", str(report)]
        subprocess.run(command, cwd=ROOT, check=True)
        files = json.loads(report.read_text())["files"]
    return {Path(path).as_posix(): one for path, one in files.items()}


def main() -> int:
    """Print each part with its floor; return 1 where one lies below, else 0."""
    files = read_coverage()
    low = 0
    for prefix, floor in FLOORS.items():
        found = percent(files, prefix)
        low |= found < floor
        verdict = "BELOW" if found < floor else "ok"
        print(f"{prefix or 'everything':<20} {found:6.2f} % (floor {floor}) {verdict}")
    return int(low)


if __name__ == "__main__":
    raise SystemExit(main())
