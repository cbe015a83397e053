"""Measure identity on an edited log: errors per 1,000 rows, whole chains, CPU, memory.

python -m bench.identity                      the issue's table, 3,000 rows
python -m bench.identity --rows 30000 --seeds 1
python -m bench.identity --baselines          what simpler ideas reach on the same logs
"""

from __future__ import annotations

import argparse
import itertools
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bench.edits import INTENSITIES, Log, Shape, Week
from notes.model.notes import Entry, KnownRow
from sync.matching.row_links import link_rows

Linker = Callable[[Sequence[KnownRow], Sequence[Entry], datetime], list[str]]
START = datetime(2026, 1, 5, 6, tzinfo=UTC)
GOALS = {
    "calm": (0.3, 0.997),
    "busy": (4.0, 0.97),
    "chaos": (28.0, 0.86),
    "busy, no dates": (9.0, 0.0),
}


@dataclass
class Tally:
    rows: int = 0
    wrong: int = 0
    missed: int = 0
    reused: int = 0
    unsure: int = 0
    unsure_wrong: int = 0
    cpu: list[float] = field(default_factory=list)
    whole: int = 0
    chains: int = 0
    cases: list[tuple] = field(default_factory=list)

    def line(self) -> str:
        per, cpu = 1000 / max(self.rows, 1), sorted(self.cpu)
        errors = self.wrong + self.missed + self.reused
        return (
            f"errors {errors * per:7.2f} = wrong {self.wrong * per:.2f} missed {self.missed * per:.2f}"
            f" reused {self.reused * per:.2f} · chains {100 * self.whole / max(self.chains, 1):.2f} %"
            f" · unsure {self.unsure * per:.2f} ({self.unsure_wrong} of {errors} errors)"
            f" · cpu {cpu[len(cpu) // 2]:.2f} s, at most {cpu[-1]:.2f}"
        )


class Memory:
    """What the store would remember, and the truth about it."""

    def __init__(self) -> None:
        self.rows: dict[str, KnownRow] = {}
        self.id_of: dict[int, str] = {}
        self.seen: dict[int, datetime] = {}
        self.numbers = itertools.count(1)
        self.fair: set[tuple[int, str]] = set()

    def known(self, now: datetime) -> list[KnownRow]:
        return [
            row
            for row in self.rows.values()
            if row.gone is None or row.gone >= now - timedelta(days=60)
        ]

    def take(self, snapshot: list[tuple[int, Entry]], ids: list[str], now: datetime) -> list[str]:
        given, kept = [], {}
        for (truth, entry), note in zip(snapshot, ids, strict=True):
            named = note or f"n{next(self.numbers):06}"
            assert named not in kept, "one note, two rows"
            kept[named] = KnownRow(named, "log", entry)
            given.append(named)
            self.seen[truth] = now
        for note, row in self.rows.items():
            if note not in kept:
                kept[note] = row if row.gone else replace(row, gone=now)
        self.rows = kept
        return given


def judge(memory: Memory, snapshot, ids, now, tally: Tally, links) -> None:
    """Count errors; a swap between rows that were equal cell for cell is right."""
    holder = {note: truth for truth, note in memory.id_of.items()}
    swapped = {}
    for at, ((truth, entry), note) in enumerate(zip(snapshot, ids, strict=True)):
        tally.rows += 1
        due = memory.id_of.get(truth, "")
        if due and now - memory.seen[truth] > timedelta(days=42) and not note:
            due = ""
        twin = (
            note
            and due
            and note != due
            and memory.rows[due].entry.raw.cells == memory.rows[note].entry.raw.cells
        )
        if twin:
            swapped[truth] = note
            if note in holder:
                swapped[holder[note]] = due
            memory.fair.add((truth, note))
            continue
        verdict = "" if note == due else "reused" if not due else "missed" if not note else "wrong"
        if verdict:
            setattr(tally, verdict, getattr(tally, verdict) + 1)
            tally.cases.append(
                (
                    verdict,
                    entry,
                    memory.rows.get(due),
                    memory.rows.get(note),
                    links[at] if links else None,
                )
            )
        if links and not links[at].sure:
            tally.unsure += 1
            tally.unsure_wrong += bool(verdict)
    memory.fair |= set(swapped.items())
    memory.id_of.update(swapped)


def run(
    shape: Shape, week: Week, seed: int, tally: Tally, linker: Linker | None = None, weeks: int = 10
) -> None:
    log, memory = Log(shape, seed), Memory()
    first: set[int] = set()
    broken: set[int] = set()
    for number in range(weeks):
        now = START + timedelta(days=7 * number)
        snapshot = log.snapshot()
        entries = [entry for _, entry in snapshot]
        known = memory.known(now)
        began = time.process_time()
        links = None
        if linker:
            ids = linker(known, entries, now)
        else:
            links = link_rows(known, entries, source="log", now=now)
            ids = [each.note_id for each in links]
        if number:
            tally.cpu.append(time.process_time() - began)
            judge(memory, snapshot, ids, now, tally, links)
        else:
            first = {truth for truth, _ in snapshot}
        before = dict(memory.id_of)
        given = memory.take(snapshot, ids, now)
        for (truth, _), note in zip(snapshot, given, strict=True):
            if truth in before and before[truth] != note and (truth, note) not in memory.fair:
                broken.add(truth)
            memory.id_of[truth] = note
        log.live_a_week(week)
    tally.chains += len(first)
    tally.whole += len(first - broken)


def by_key(of: Callable[[Entry], object]) -> Linker:
    def linker(known, entries, _now):
        places = defaultdict(list)
        for row in known:
            if row.gone is None:
                places[of(row.entry)].append(row.note_id)
        return [(places[of(entry)] or [""]).pop(0) for entry in entries]

    return linker


BASELINES = {
    "row number": by_key(lambda entry: (entry.raw.place.tab, entry.raw.place.row)),
    "whole row": by_key(lambda entry: entry.raw.cells),
    "goal + hypothesis + date": by_key(
        lambda entry: (entry.note.goal, entry.note.hypothesis, entry.note.start_date)
    ),
}


HARD = {
    "lean": Shape(words=6, lean=True, short=True, near=0.3, recurring=0.15),
    "copies": Shape(near=0.5, recurring=0.3, filled=0.3),
    "numbered": Shape(numbers=True, language="en"),
    "ids": Shape(ids=True),
    "short": Shape(short=True, words=8, language="en", goals=6),
}


def shapes(rows: int, *, dates: bool, seeds: int) -> list[tuple[Shape, int]]:
    """A spread of logs.

    Both languages, one to four tabs, many or few goals, with and without copies of old rows.
    """
    return [(shape_of(seed, rows, dates=dates), seed) for seed in range(seeds)]


def shape_of(seed: int, rows: int, *, dates: bool) -> Shape:
    return Shape(
        rows=rows,
        language=("ko", "en")[seed % 2],
        dates=dates,
        tabs=(1, 3, 2, 4)[seed % 4],
        ids=seed % 7 == 5,
        recurring=(0.05, 0.0, 0.1, 0.02)[seed % 4],
        near=(0.2, 0.4, 0.1)[seed % 3],
        filled=(0.6, 0.3, 0.8)[seed % 3],
        blind=seed % 4 == 3,
        short=seed % 4 in (1, 2),
        goals=(0, 6, 0, 30)[seed % 4],
    )


def measure(
    name: str,
    week: Week,
    rows: int,
    seeds: int,
    *,
    dates: bool = True,
    linker: Linker | None = None,
) -> Tally:
    tally = Tally()
    for shape, seed in shapes(rows, dates=dates, seeds=seeds):
        run(shape, week, seed, tally, linker)
    print(f"{name:34}{tally.line()}", flush=True)
    return tally


def memory_of(rows: int) -> float:
    """Return the peak of one link over `rows` rows, in MB."""
    log = Log(Shape(rows=rows), 1)
    known = [KnownRow(f"n{truth}", "log", entry) for truth, entry in log.snapshot()]
    log.live_a_week(INTENSITIES["busy"])
    entries = [entry for _, entry in log.snapshot()]
    tracemalloc.start()
    link_rows(known, entries, source="log", now=START)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--only", default="")
    parser.add_argument("--baselines", action="store_true")
    parser.add_argument(
        "--hard", action="store_true", help="logs with few words, many copies, row numbers"
    )
    parser.add_argument("--cases", type=int, default=0, help="show so many errors of each kind")
    parser.add_argument("--memory", action="store_true")
    given = parser.parse_args()
    if given.memory:
        for rows in (3000, 30000):
            print(f"{rows} rows: peak {memory_of(rows):.1f} MB")
        return
    for name in ("calm", "busy", "chaos", "busy, no dates"):
        if not name.startswith(given.only) or (given.only == "busy" and name != "busy"):
            continue
        week = INTENSITIES[name.split(",")[0]]
        for label, linker in (BASELINES if given.baselines else {}).items():
            measure(
                f"{name}: {label}",
                week,
                given.rows,
                given.seeds,
                dates="no" not in name,
                linker=linker,
            )
        tally = measure(name, week, given.rows, given.seeds, dates="no" not in name)
        show(tally, given.cases)
        for label, shape in HARD.items() if given.hard else ():
            tally = Tally()
            for seed in range(given.seeds):
                run(
                    replace(shape, rows=given.rows, dates="no" not in name, tabs=1 + seed % 3),
                    week,
                    seed,
                    tally,
                )
            print(f"{name + ': ' + label:34}{tally.line()}", flush=True)
            show(tally, given.cases)


def show(tally: Tally, count: int) -> None:
    shown: Counter[str] = Counter()
    for verdict, entry, due, got, made in (
        tally.cases[:: max(1, len(tally.cases) // (count * 4 or 1))] if count else []
    ):
        if shown[verdict] < count:
            shown[verdict] += 1
            print(f"-- {verdict} {made and (made.how, made.score, made.sure, made.rivals)}")
            print("   now ", entry.raw.place.tab, entry.raw.place.row, entry.raw.cells)
            for label, row in (("due ", due), ("got ", got)):
                if row:
                    place, gone = row.entry.raw.place, row.gone and row.gone.date()
                    print("  ", label, row.note_id, gone, place.tab, place.row, row.entry.raw.cells)


if __name__ == "__main__":
    main()
