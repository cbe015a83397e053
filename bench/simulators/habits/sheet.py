"""A sheet of the second edit simulator. All texts come from words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.simulated_sheet import Meant, Row, SimulatedSheet

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
FORMATS: tuple[Callable[[date], str], ...] = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    lambda day: f"{day.month}/{day.day}",
    lambda day: f"{day.month}월 {day.day}일",
    lambda day: f"{day:%b} {day.day}, {day.year}",
)
RICH = ("day", "owner", "goal", "title", "hypothesis", "action", "status", "metric")
RICH_LATER = ("retrospective", "learned", "next")
LEAN = ("day", "goal", "title", "status")
TEXTS = ("title", "hypothesis", "action", "retrospective", "learned", "next")


@dataclass(frozen=True)
class SheetShape:
    """What kind of log it is; `alike` is the share of rows that repeat another row's title or
    text.
    """

    rows: int = 3000
    language: str = "ko"
    dates: bool = True
    lean: bool = False
    alike: float = 0.2
    newest_first: bool = False
    goals: int = 12
    ids: bool = False
    understood: bool = True


class Sheet(SimulatedSheet):
    """The rows of one tab, its columns, and what has left it for a while."""

    meant = Meant(
        "title",
        "goal",
        "hypothesis",
        "action",
        owner="owner",
        retrospective="retrospective",
        key="id",
    )

    def __init__(self, shape: SheetShape, seed: int, start: date = date(2026, 3, 2)) -> None:
        super().__init__(WORDS[shape.language], seed, start, understood=shape.understood)
        self.shape = shape
        self.goals = [self.write("goal") for _ in range(shape.goals)]
        self.format = self.rng.choice(FORMATS)
        roles = [role for role in (LEAN if shape.lean else RICH) if shape.dates or role != "day"]
        roles += ["retrospective"] if shape.lean else list(RICH_LATER)
        roles = ["id", *roles] if shape.ids else roles
        self.columns = [(role, self.label(role)) for role in roles]
        self.deleted: list[tuple[Row, int]] = []
        self.merged: list[tuple[Row, Row, Row]] = []
        for at in range(shape.rows):
            day = start - timedelta(days=(shape.rows - at) // 4)
            self.rows.append(self.new_row(day, finished=0.6))
        if shape.newest_first:
            self.rows.reverse()

    def write(self, role: str) -> str:
        """Return a new text for a cell."""
        text = str(self.rng.choice(self.words[role]))
        for slot in ("thing", "change", "segment", "effect"):
            text = text.replace("{" + slot + "}", str(self.rng.choice(self.words[slot])))
        number = self.rng.randrange(2, 90)
        return text.replace("{n}", str(number)).replace("{m}", str(number + 7))

    def new_row(self, day: date, finished: float) -> Row:
        """Return a new row; `finished` is the share of its later cells that are filled."""
        row = Row(self.next_truth(), day)
        row.cells = {"goal": self.rng.choice(self.goals), "id": f"T-{row.truth}"}
        row.cells["owner"] = self.write("owner")
        row.cells["status"] = self.words["status"][1]
        for role in ("title", "hypothesis", "action"):
            row.cells[role] = self.write(role)
        if self.rng.random() < self.shape.alike:
            self._repeat(row)
        for role in ("metric", "retrospective", "learned", "next", "tag"):
            if self.rng.random() < finished:
                row.cells[role] = self.write(role)
        return row

    def _repeat(self, row: Row) -> None:
        if self.rng.random() < 0.5 or not self.rows:
            row.cells["title"] = self.write("routine")
            return
        model = self.rng.choice(self.rows[-100:])
        for role in self.rng.choice([["title"], ["title", "hypothesis"], ["hypothesis", "action"]]):
            if model.cells.get(role):
                row.cells[role] = model.cells[role]

    def shown(self, row: Row, role: str) -> str:
        """Return what a cell shows: the day in the format of the sheet, the rest as it was
        typed.
        """
        if role != "day":
            return row.cells.get(role, "")
        return "" if row.cells.get("day") == "" else self.format(row.day)
