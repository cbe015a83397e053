"""Measure identity on an edited log: errors per 1,000 rows, whole chains, CPU, memory.

python -m bench.identity                      the issue's table, 3,000 rows
python -m bench.identity --rows 30000 --seeds 1
python -m bench.identity --simulator habits --held-out
    the second simulator, seeds kept from tuning
python -m bench.identity --simulator blocks --held-out     the third, likewise
python -m bench.identity --simulator register --held-out   the fifth: never tuned on
python -m bench.identity --simulator many_hands --held-out     the sixth
python -m bench.identity --simulator review --held-out         the seventh
python -m bench.identity --simulator workspace --held-out      the eighth
python -m bench.identity --calls              what one link costs, in calls
python -m bench.identity --baselines          what simpler ideas reach on the same logs
"""

from __future__ import annotations

import argparse
import cProfile
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from bench.edits import INTENSITIES, Log, Shape, Week
from bench.matching_errors import START, Linker, Tally, play
from bench.simulators.blocks.sheet import BlockShape
from bench.simulators.blocks.sheet import Sheet as BlockSheet
from bench.simulators.blocks.weeks import live_a_week as live_a_block_week
from bench.simulators.habits.sheet import Sheet, SheetShape
from bench.simulators.habits.weeks import live_a_week
from bench.simulators.many_hands.sheet import HandsShape
from bench.simulators.many_hands.sheet import Sheet as HandsSheet
from bench.simulators.many_hands.weeks import live_a_week as live_a_week_of_many
from bench.simulators.register.sheet import RegisterShape
from bench.simulators.register.sheet import Sheet as RegisterSheet
from bench.simulators.register.weeks import live_a_week as live_a_register_week
from bench.simulators.review.sheet import ReviewShape
from bench.simulators.review.sheet import Sheet as ReviewSheet
from bench.simulators.review.weeks import live_a_week as live_a_review_week
from bench.simulators.workspace.sheet import Sheet as WorkspaceSheet
from bench.simulators.workspace.sheet import WorkspaceShape
from bench.simulators.workspace.weeks import live_a_week as live_a_workspace_week
from notes.model.notes import Entry, KnownRow
from sync.matching.row_links import link_rows

HELD_OUT = 1000
"""Seeds from here on are only reported, never looked into while thresholds are chosen."""


def run(shape: Shape, week: Week, seed: int, tally: Tally, linker: Linker | None = None) -> None:
    """Play ten weeks of the first simulator."""
    log = Log(shape, seed)
    play(log, lambda: log.live_a_week(week), tally, linker=linker)


def workspace_shape(seed: int, rows: int, *, dates: bool) -> WorkspaceShape:
    """Return one of a spread of exports of a workspace, both languages."""
    return WorkspaceShape(
        rows=rows,
        language=("en", "ko")[seed % 2],
        dates=dates,
        kind=("plain", "form", "database")[seed % 3],
        series=(0.1, 0.25, 0.05)[seed % 3],
        stamped=seed % 4 in (1, 2) and dates,
        understood=seed % 4 != 3,
    )


def review_shape(seed: int, rows: int, *, dates: bool) -> ReviewShape:
    """Return one of a spread of sheets that are reviewed each quarter, both languages."""
    return ReviewShape(
        rows=rows,
        language=("en", "ko")[seed % 2],
        dates=dates,
        numbered=seed % 3 == 1,
        upwards=seed % 4 == 3,
        templates=(0.1, 0.03, 0.25)[seed % 3],
        merged=seed % 5 == 2,
        understood=seed % 4 != 1,
    )


def hands_shape(seed: int, rows: int, *, dates: bool) -> HandsShape:
    """Return one of a spread of sheets of several people, both languages."""
    return HandsShape(
        rows=rows,
        language=("en", "ko")[seed % 2],
        dates=dates,
        layout=("end", "goal", "top")[seed % 3],
        repeated=(0.15, 0.05, 0.3)[seed % 3],
        goals=(10, 24, 6)[seed % 3],
        understood=seed % 4 != 2,
    )


def register_shape(seed: int, rows: int, *, dates: bool) -> RegisterShape:
    """Return one of a spread of registers, both languages."""
    return RegisterShape(
        rows=rows,
        language=("ko", "en")[seed % 2],
        dates=dates,
        by_theme=seed % 3 != 2,
        recurring=(0.1, 0.3, 0.2)[seed % 3],
        themes=(8, 30, 15, 5)[seed % 4],
        understood=seed % 4 != 3,
    )


def block_shape(seed: int, rows: int, *, dates: bool) -> BlockShape:
    """Return one of a spread of logs in weekly blocks, both languages."""
    return BlockShape(
        rows=rows,
        language=("en", "ko")[seed % 2],
        dates=dates,
        standing=(0.3, 0.15, 0.5)[seed % 3],
        newest_first=seed % 4 != 2,
        with_lesson=seed % 3 != 1,
        understood=seed % 4 != 3,
    )


def sheet_shape(seed: int, rows: int, *, dates: bool) -> SheetShape:
    """Return one of a spread of sheets: lean and rich, both languages, few and many rows alike."""
    return SheetShape(
        rows=rows,
        language=("ko", "en")[seed % 2],
        dates=dates,
        lean=seed % 4 == 2,
        alike=(0.2, 0.5, 0.3)[seed % 3],
        newest_first=seed % 5 == 3,
        goals=(12, 6, 30, 12)[seed % 4],
        ids=seed % 7 == 5,
        understood=seed % 4 != 3,
    )


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


class Simulator(NamedTuple):
    """A simulator of sheets: the shape of a seed's sheet, the sheet, and what lives it a week."""

    shape: Callable[..., Any]
    sheet: Callable[[Any, int], Any]
    live: Callable[[Any, str], None]


FIRST = "words"
SIMULATORS = {
    "habits": Simulator(sheet_shape, Sheet, live_a_week),
    "blocks": Simulator(block_shape, BlockSheet, live_a_block_week),
    "register": Simulator(register_shape, RegisterSheet, live_a_register_week),
    "many_hands": Simulator(hands_shape, HandsSheet, live_a_week_of_many),
    "review": Simulator(review_shape, ReviewSheet, live_a_review_week),
    "workspace": Simulator(workspace_shape, WorkspaceSheet, live_a_workspace_week),
}
"""The second, third, fifth, sixth, seventh and eighth simulator; each is played for six weeks."""


def measure(name: str, given: argparse.Namespace, linker: Linker | None = None) -> Tally:
    """Play one intensity over all seeds of the chosen simulator."""
    tally = Tally()
    intensity, dates = name.split(",", maxsplit=1)[0], "no dates" not in name
    first = HELD_OUT if given.held_out else given.first_seed
    for seed in range(first, first + given.seeds):
        if given.simulator == FIRST:
            edited = shape_of(seed, given.rows, dates=dates)
            run(edited, INTENSITIES[intensity], seed, tally, linker)
            continue
        one = SIMULATORS[given.simulator]
        sheet = one.sheet(one.shape(seed, given.rows, dates=dates), seed)
        play(sheet, partial(one.live, sheet, intensity), tally, linker=linker, weeks=7)
    return tally


def measure_hard(name: str, shape: Shape, given: argparse.Namespace) -> Tally:
    """Play one intensity of the first simulator on a log of a hard kind."""
    tally = Tally()
    for seed in range(given.seeds):
        log = replace(shape, rows=given.rows, dates="no dates" not in name, tabs=1 + seed % 3)
        run(log, INTENSITIES[name.split(",", maxsplit=1)[0]], seed, tally)
    return tally


def calls_of(rows: int) -> int:
    """Return how many functions one link over `rows` rows calls: a cost that no load changes."""
    known, entries = a_busy_week(rows)
    profile = cProfile.Profile()
    profile.runcall(link_rows, known, entries, source="log", now=START)
    return sum(row.callcount for row in profile.getstats())


def a_busy_week(rows: int) -> tuple[list[KnownRow], list[Entry]]:
    """Return the rows of a log of the first simulator before and after a busy week."""
    log = Log(Shape(rows=rows), 1)
    known = [KnownRow(f"n{truth}", "log", entry) for truth, entry in log.snapshot()]
    log.live_a_week(INTENSITIES["busy"])
    return known, [entry for _, entry in log.snapshot()]


def memory_of(rows: int) -> float:
    """Return the peak of one link over `rows` rows, in MB."""
    known, entries = a_busy_week(rows)
    tracemalloc.start()
    link_rows(known, entries, source="log", now=START)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def main() -> None:
    given = arguments()
    if given.calls:
        for rows in (6000, 30000):
            print(f"{rows} rows: {calls_of(rows) / 1e6:.2f} million calls", flush=True)
        return
    if given.memory:
        for rows in (3000, 30000):
            print(f"{rows} rows: peak {memory_of(rows):.1f} MB")
        return
    for name in ("calm", "busy", "chaos", "busy, no dates"):
        if not name.startswith(given.only) or (given.only == "busy" and name != "busy"):
            continue
        for label, linker in (BASELINES if given.baselines else {}).items():
            tell(f"{name}: {label}", measure(name, given, linker), given)
        tell(name, measure(name, given), given)
        for label, shape in HARD.items() if given.hard else ():
            tell(f"{name}: {label}", measure_hard(name, shape, given), given)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--held-out", action="store_true", help=f"seeds from {HELD_OUT} on")
    parser.add_argument(
        "--simulator",
        choices=(FIRST, *SIMULATORS),
        default=FIRST,
    )
    parser.add_argument("--only", default="", help="calm, busy, chaos, or 'busy,' without dates")
    parser.add_argument("--baselines", action="store_true")
    parser.add_argument(
        "--hard", action="store_true", help="logs with few words, many copies, row numbers"
    )
    parser.add_argument("--habits", action="store_true", help="errors by what touched the row")
    parser.add_argument("--cases", type=int, default=0, help="show so many errors of each kind")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--calls", action="store_true", help="functions called by one link")
    return parser.parse_args()


def tell(name: str, tally: Tally, given: argparse.Namespace) -> None:
    print(f"{name:34}{tally.line()}", flush=True)
    for habit, count in tally.habits.most_common(25) if given.habits else ():
        print(f"    {count:4} {habit}")
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
