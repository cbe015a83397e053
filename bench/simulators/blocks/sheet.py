"""A sheet of the third simulator: weekly blocks of rows, short ideas, a journal cell that grows."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.simulated_sheet import Meant, Row, SimulatedSheet

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
ROLES = ("week", "day", "who", "goal", "idea", "why", "number", "state", "log", "lesson")
TEXTS = ("idea", "why", "log", "lesson")
WEEKDAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "ko": "월화수목금토일"}


@dataclass(frozen=True)
class BlockShape:
    """What kind of log it is; `standing` is the share of rows that come again each week."""

    rows: int = 3000
    language: str = "en"
    dates: bool = True
    standing: float = 0.3
    newest_first: bool = True
    with_lesson: bool = True
    understood: bool = True

    @property
    def block(self) -> int:
        """How many rows a week has."""
        return max(8, self.rows // 60)


class Sheet(SimulatedSheet):
    """The rows of the log in sheet order, and what may come back."""

    meant = Meant("idea", "goal", "why", "log", owner="who")

    def __init__(self, shape: BlockShape, seed: int, start: date = date(2026, 2, 2)) -> None:
        super().__init__(WORDS[shape.language], seed, start, understood=shape.understood)
        self.shape, self.day_style = shape, self.rng.randrange(4)
        self.columns = [
            (role, self.label(role))
            for role in ROLES
            if (role not in ("day", "week") or shape.dates)
            and (role != "lesson" or shape.with_lesson)
        ]
        self.away: list[tuple[int, Row]] = []
        self.shifted: list[tuple[str, list[Row], list[str]]] = []
        self.doubled: list[Row] = []
        self.versions: list[list[Row]] = []
        standing = [self.idea() for _ in range(12)]
        self.standing = [(idea, self.pick("goals"), self.pick("people")) for idea in standing]
        while len(self.rows) < shape.rows:
            weeks = (shape.rows - len(self.rows)) // shape.block
            day = start - timedelta(days=7 * weeks)
            some = [self.new_row(day, finished=0.7) for _ in range(shape.block)]
            self.rows = some + self.rows if shape.newest_first else self.rows + some

    def pick(self, kind: str) -> str:
        """Return one of a list of words."""
        return str(self.rng.choice(self.words[kind]))

    def idea(self) -> str:
        """Return a short idea."""
        return f"{self.pick('verbs')}: {self.pick('things')} {self.pick('wheres')}"

    def write(self, role: str) -> str:
        """Return a new text for a cell."""
        if role == "idea":
            return self.idea()
        if role == "why":
            return f"{self.pick('things')}, {self.pick('whys')}"
        if role == "log":
            return self.entry()
        if role == "lesson":
            return f"{self.pick('things')} {self.pick('wheres')}: {self.pick('found')}"
        if role == "number":
            return self.rng.choice([str(self.rng.randrange(60)), f"{self.rng.randrange(99)}%", ""])
        return self.pick({"who": "people", "goal": "goals", "state": "states"}.get(role, "extra"))

    def entry(self) -> str:
        """Return one entry of the journal."""
        day, n = self.today - timedelta(days=self.rng.randrange(7)), self.rng.randrange(2, 40)
        return f"{day.month}/{day.day} {n} {self.pick('found')}, {self.pick('things')}"

    def new_row(self, monday: date, finished: float) -> Row:
        """Return a row of the week of `monday`; `finished` is the share with a journal."""
        row = Row(self.next_truth(), monday + timedelta(days=self.rng.randrange(5)))
        roles = ("who", "goal", "idea", "why")
        row.cells = {role: self.write(role) for role in roles}
        if self.rng.random() < self.shape.standing:
            idea, goal, who = self.rng.choice(self.standing)
            row.cells.update(idea=idea, goal=goal, who=who, why="")
        row.cells["state"] = self.words["states"][2 if self.rng.random() < finished else 0]
        for role in ("log", "number", "lesson"):
            if self.rng.random() < finished:
                row.cells[role] = self.write(role)
        return row

    def shown(self, row: Row, role: str) -> str:
        """Return what a cell shows: week and day in the style of the sheet, the rest as it
        was typed.
        """
        if role == "week":
            return f"W{row.day.isocalendar().week}"
        return self._written(row.day) if role == "day" else row.cells.get(role, "")

    def _written(self, day: date) -> str:
        weekday = WEEKDAYS[self.shape.language][day.weekday()]
        return (
            day.isoformat(),
            f"{day.month}.{day.day}",
            f"{day.day:02}/{day.month:02}/{day.year % 100:02}",
            f"{weekday} {day.month}/{day.day}",
        )[self.day_style]
