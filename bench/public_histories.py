"""Measure row matching on a table's real history: a git repository that keeps it, its id column
hidden.

python -m bench.public_histories REPO.git path/to/table.tsv --id ID [--every 3] [--cases 5]

Whoever keeps a table with an id of its own has written the truth down: the ids are hidden, the rows
of each revision are linked to those of the one before, and the ids judge. The tables are other
people's work: they are fetched to look at, none is kept here. Repositories whose tables are edited
by hand: obi-ontology/obi (src/ontology/templates/*.tsv), concepticon/concepticon-data
(concepticondata/conceptlists.tsv), okfn/publicbodies (data/*.csv).
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.identity import tell
from bench.matching_errors import Snapshot, Tally, play
from notes.model.notes import Entry, Note, Place, RawRow


class History:
    """The revisions of one table, oldest first, each with its rows and their hidden ids."""

    def __init__(self, snapshots: list[Snapshot]) -> None:
        self.snapshots, self.at = snapshots, 0

    def snapshot(self) -> Snapshot:
        """Return the rows of the revision that is read now."""
        return self.snapshots[self.at]

    def go_on(self) -> None:
        """Turn to the next revision."""
        self.at = min(self.at + 1, len(self.snapshots) - 1)


class Truths:
    """Numbers for ids; rows with the same id are told apart by their order, rows without are
    left out.
    """

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, int], int] = {}

    def of(self, ids: list[str]) -> list[int]:
        """Return a number for each row of a revision, -1 where it has no id."""
        seen: Counter[str] = Counter()
        found = []
        for each in ids:
            key = each, seen[each]
            seen[each] += 1
            found.append(self.numbers.setdefault(key, len(self.numbers)) if each else -1)
        return found


def snapshots(repo: Path, path: str, id_column: str, *, every: int) -> Iterator[Snapshot]:
    """Yield the rows of every so manieth revision with a table of that id column, oldest first."""
    truths = Truths()
    listed = _git(repo, "log", "--first-parent", "--reverse", "--format=%H", "--", path).split()
    for commit in (*listed[:-1:every], *listed[-1:]):
        table = list(_rows(_git(repo, "show", f"{commit}:{path}", missing=""), path))
        header = table[0] if table else []
        if id_column not in header:
            continue
        at = header.index(id_column)
        filled = [(number, row) for number, row in enumerate(table[1:], 2) if any(row)]
        ids = truths.of([row[at].strip() if at < len(row) else "" for _, row in filled])
        yield [
            (truth, _entry(header, row, number, at))
            for truth, (number, row) in zip(ids, filled, strict=True)
            if truth >= 0
        ]


def _rows(text: str, path: str) -> Iterator[list[str]]:
    csv.field_size_limit(10_000_000)
    return csv.reader(io.StringIO(text), delimiter="\t" if path.endswith("tsv") else ",")


def _entry(header: list[str], row: list[str], number: int, hidden: int) -> Entry:
    place = Place(tab="Log", row=number)
    cells = tuple(
        (label, text)
        for at, (label, text) in enumerate(zip(header, row, strict=False))
        if at != hidden and text.strip() and row[hidden].strip() not in text
    )
    return Entry(RawRow(place, cells), Note("experiment", place))


def _git(repo: Path, *arguments: str, missing: str | None = None) -> str:
    found = subprocess.run(
        ["git", "--git-dir", str(repo), *arguments], capture_output=True, check=missing is None
    )
    return found.stdout.decode("utf-8", "replace") if not found.returncode else str(missing)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repo", type=Path)
    parser.add_argument("path")
    parser.add_argument("--id", required=True)
    parser.add_argument("--every", type=int, default=1, help="read each so manieth revision")
    parser.add_argument("--cases", type=int, default=0)
    given = parser.parse_args()
    given.habits = False
    history = History(list(snapshots(given.repo, given.path, given.id, every=given.every)))
    tally = Tally()
    play(history, history.go_on, tally, weeks=len(history.snapshots))
    tell(f"{given.path[-28:]} {len(history.snapshots)}", tally, given)


if __name__ == "__main__":
    main()
