"""A sheet of the sixth edit simulator: sections by goal or by week, and what waits to be done."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from bench.simulated_sheet import Meant, Row, SimulatedSheet

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
BEGUN = ("title", "hypothesis")
LATER = ("action", "result", "learned", "next")
TEXTS = (*BEGUN, *LATER)


@dataclass(frozen=True)
class HandsShape:
    """What kind of sheet it is.

    `layout` says where a new row goes: at the end, at the top or below the rows of its goal;
    `repeated` is the share of rows whose title is that of an earlier row.
    """

    rows: int = 3000
    language: str = "en"
    dates: bool = True
    layout: str = "end"
    repeated: float = 0.15
    goals: int = 12
    understood: bool = True


class Sheet(SimulatedSheet):
    """The rows of one tab; `trash` holds deleted rows with the week in which they come back.

    `stages` is how much of a row that was begun is still to be written (2: all, 1: what came of
    it), `versions` the rows of the weeks before.
    """

    meant = Meant("title", "goal", "hypothesis", "action", owner="person", retrospective="result")
    numbers: ClassVar[Mapping[str, tuple[int, int]]] = {"n": (3, 80), "m": (3, 80), "d": (2, 9)}

    def __init__(self, shape: HandsShape, seed: int, start: date = date(2026, 2, 2)) -> None:
        words = WORDS[shape.language]
        super().__init__(words, 7_919 + seed, start, understood=shape.understood)
        self.shape = shape
        self.goals = [self.write("goal") for _ in range(shape.goals)]
        self.day_style = self.rng.randrange(4)
        roles: tuple[str, ...] = ("goal", "day", "person", "title", "hypothesis", "action")
        roles += ("state", "result")
        roles += ("learned", "next") if seed % 3 else ("next",)
        self.columns = [(role, self.label(role)) for role in roles if shape.dates or role != "day"]
        self.stages: dict[int, int] = {}
        self.trash: list[tuple[int, Row, bool]] = []
        self.doubled: list[tuple[Row, Row]] = []
        self.versions: list[list[Row]] = []
        for at in range(shape.rows):
            day = start - timedelta(days=(shape.rows - at) // 6)
            self.place_new(self.full_row(day, finished=0.65))

    def full_row(self, day: date, *, finished: float) -> Row:
        """Return a new row; `finished` is the share of its later cells that are filled."""
        row = Row(self.next_truth(), day, {"goal": self.rng.choice(self.goals)})
        row.cells |= {role: self.write(role) for role in ("person", *BEGUN)}
        row.cells["state"] = self.words["state"][0]
        if self.rng.random() < self.shape.repeated:
            models = self.rows[-60:] + self.rows[:20]
            model = self.rng.choice(models) if models else row
            again = model.cells.get("title") if self.rng.random() < 0.6 else None
            row.cells["title"] = again or self.write("routine")
        if self.rng.random() < finished:
            row.cells["state"] = self.words["state"][2]
            for role in LATER:
                if self.rng.random() < 0.85:
                    row.cells[role] = self.write(role)
        return row

    def place_new(self, row: Row) -> None:
        """Put a row where new ones go."""
        at = len(self.rows)
        if self.shape.layout == "top":
            at = 0
        elif self.shape.layout == "goal":
            goal = row.cells.get("goal")
            same = [place for place, each in enumerate(self.rows) if each.cells.get("goal") == goal]
            at = same[-1] + 1 if same else at
        self.rows.insert(at, row)

    def shown(self, row: Row, role: str) -> str:
        """Return what a cell shows."""
        if role != "day":
            return row.cells.get(role, "")
        if row.cells.get("day") == "":
            return ""
        day = row.day
        styles = (
            day.isoformat(),
            f"{day.month}/{day.day}/{day.year}",
            f"{day.day} {day:%b}",
            f"{day.year}. {day.month}. {day.day}",
        )
        return styles[self.day_style]
