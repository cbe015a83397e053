"""Judges row matching against a known truth, for the benches that play edits: what a store would
remember, and what each link was worth.

A simulator gives `snapshot() -> [(truth, Entry)]` and, where it can, `touched: {truth: habits}`.
"""

from __future__ import annotations

import itertools
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from notes.model.notes import Entry, KnownRow, Link
from sync.matching.row_links import link_rows

Snapshot = list[tuple[int, Entry]]
Linker = Callable[[Sequence[KnownRow], Sequence[Entry], datetime], list[str]]
START = datetime(2026, 1, 5, 6, tzinfo=UTC)


@dataclass
class Tally:
    """Counts of links; `twins` are links that no reader could tell from right ones."""

    rows: int = 0
    wrong: int = 0
    missed: int = 0
    reused: int = 0
    twins: int = 0
    unsure: int = 0
    unsure_wrong: int = 0
    cpu: list[float] = field(default_factory=list)
    whole: int = 0
    chains: int = 0
    cases: list[tuple[Any, ...]] = field(default_factory=list)
    habits: Counter[str] = field(default_factory=Counter)

    @property
    def errors(self) -> int:
        """How many links were not right, twins forgiven."""
        return self.wrong + self.missed + self.reused

    def line(self) -> str:
        per, cpu = 1000 / max(self.rows, 1), sorted(self.cpu)
        return (
            f"errors {self.errors * per:6.2f} (twins too {(self.errors + self.twins) * per:.2f})"
            f" = wrong {self.wrong * per:.2f} missed {self.missed * per:.2f}"
            f" reused {self.reused * per:.2f} · chains "
            f"{100 * self.whole / max(self.chains, 1):.2f} %"
            f" · unsure {self.unsure * per:.2f} ({self.unsure_wrong} of {self.errors} errors)"
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

    def take(self, snapshot: Snapshot, ids: list[str], now: datetime) -> list[str]:
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

    def due(self, truth: int, note: str, now: datetime) -> str:
        """Return the note that a row should continue; none where it has been away too long."""
        due = self.id_of.get(truth, "")
        return "" if due and not note and now - self.seen[truth] > timedelta(days=42) else due


def judge(
    memory: Memory,
    snapshot: Snapshot,
    ids: list[str],
    now: datetime,
    tally: Tally,
    links: list[Link] | None,
    touched: dict[int, set[str]],
) -> None:
    """Count errors; a swap between rows that were, or are, equal cell for cell is right."""
    dues = [memory.due(truth, note, now) for (truth, _), note in zip(snapshot, ids, strict=True)]
    owed: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for (_, entry), due in zip(snapshot, dues, strict=True):
        owed[entry.raw.cells].add(due)
    holder = {note: truth for truth, note in memory.id_of.items()}
    swapped: dict[int, str] = {}
    for at, ((truth, entry), note, due) in enumerate(zip(snapshot, ids, dues, strict=True)):
        tally.rows += 1
        if note == due:
            verdict = ""
        elif _were_twins(memory, note, due) or note in owed[entry.raw.cells]:
            swapped[truth] = note
            if due and note in holder:
                swapped.setdefault(holder[note], due)
            memory.fair.add((truth, note))
            tally.twins += 1
            continue
        else:
            verdict = "reused" if not due else "missed" if not note else "wrong"
            setattr(tally, verdict, getattr(tally, verdict) + 1)
            habit = "+".join(sorted(touched.get(truth, ()))) or "none"
            tally.habits[f"{habit}: {verdict}"] += 1
            tally.cases.append(
                (
                    f"{verdict} ({habit})",
                    entry,
                    memory.rows.get(due),
                    memory.rows.get(note),
                    links[at] if links else None,
                )
            )
        if links and not links[at].sure:
            tally.unsure += 1
            tally.unsure_wrong += bool(verdict)
    memory.fair |= {(truth, note) for truth, note in swapped.items() if note}
    memory.id_of.update({truth: note for truth, note in swapped.items() if note})


def _were_twins(memory: Memory, note: str, due: str) -> bool:
    return bool(
        note and due and memory.rows[due].entry.raw.cells == memory.rows[note].entry.raw.cells
    )


def play(
    log: Any,
    live: Callable[[], None],
    tally: Tally,
    *,
    linker: Linker | None = None,
    weeks: int = 10,
) -> None:
    """Read a log week after week, link each reading to the one before, and judge it."""
    memory = Memory()
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
            judge(memory, snapshot, ids, now, tally, links, getattr(log, "touched", {}))
        else:
            first = {truth for truth, _ in snapshot}
        before = dict(memory.id_of)
        given = memory.take(snapshot, ids, now)
        for (truth, _), note in zip(snapshot, given, strict=True):
            if truth in before and before[truth] != note and (truth, note) not in memory.fair:
                broken.add(truth)
            memory.id_of[truth] = note
        live()
    tally.chains += len(first)
    tally.whole += len(first - broken)
