"""A sheet of the second edit simulator: rows with a hidden truth, and how they look when read.

All texts come from words.toml. A row's `truth` is a number that stays whatever happens to its cells.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from notes.model.notes import Entry, Note, Place, RawRow

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
    """What kind of log it is; `alike` is the share of rows that repeat another row's title or text."""

    rows: int = 3000
    language: str = "ko"
    dates: bool = True
    lean: bool = False
    alike: float = 0.2
    newest_first: bool = False
    goals: int = 12
    ids: bool = False
    understood: bool = True


@dataclass(eq=False)
class Row:
    """One row: its cells by role, and its day apart from how days are written."""

    truth: int
    day: date
    cells: dict[str, str] = field(default_factory=dict)
    stub: bool = False


class Sheet:
    """The rows of one tab, its columns, and what has left it for a while."""

    def __init__(self, shape: SheetShape, seed: int, start: date = date(2026, 3, 2)) -> None:
        self.shape, self.rng, self.today = shape, Random(seed), start
        self.words: dict[str, Any] = WORDS[shape.language]
        self.truths = 0
        self.goals = [self.write("goal") for _ in range(shape.goals)]
        self.format = self.rng.choice(FORMATS)
        roles = [role for role in (LEAN if shape.lean else RICH) if shape.dates or role != "day"]
        roles += ["retrospective"] if shape.lean else list(RICH_LATER)
        roles = ["id", *roles] if shape.ids else roles
        self.columns = [(role, self.label(role)) for role in roles]
        self.rows: list[Row] = []
        self.deleted: list[tuple[Row, int]] = []
        self.hidden: list[tuple[int, Row]] = []
        self.merged: list[tuple[Row, Row, Row]] = []
        self.touched: dict[int, set[str]] = {}
        for at in range(shape.rows):
            day = start - timedelta(days=(shape.rows - at) // 4)
            self.rows.append(self.new_row(day, finished=0.6))
        if shape.newest_first:
            self.rows.reverse()

    def label(self, role: str) -> str:
        """Return one of the headings of a role."""
        return str(self.rng.choice(self.words["labels"].get(role, ["ID"])))

    def write(self, role: str) -> str:
        """Return a new text for a cell."""
        text = str(self.rng.choice(self.words[role]))
        for slot in ("thing", "change", "segment", "effect"):
            text = text.replace("{" + slot + "}", str(self.rng.choice(self.words[slot])))
        number = self.rng.randrange(2, 90)
        return text.replace("{n}", str(number)).replace("{m}", str(number + 7))

    def next_truth(self) -> int:
        """Return a number that no row has."""
        self.truths += 1
        return self.truths

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

    def touch(self, row: Row, habit: str) -> None:
        """Remember which habits touched a row this week."""
        self.touched.setdefault(row.truth, set()).add(habit)

    def snapshot(self) -> list[tuple[int, Entry]]:
        """Return (truth, row as read) in sheet order."""
        return [(row.truth, self._entry(row, at)) for at, row in enumerate(self.rows, start=2)]

    def _entry(self, row: Row, number: int) -> Entry:
        shown = {role: self._shown(row, role) for role, _ in self.columns}
        cells = tuple((label, shown[role]) for role, label in self.columns if shown[role].strip())
        place = Place(tab="Log", row=number)
        return Entry(RawRow(place, cells), self._note(row, shown, place))

    def _shown(self, row: Row, role: str) -> str:
        if role != "day":
            return row.cells.get(role, "")
        return "" if row.cells.get("day") == "" else self.format(row.day)

    def _note(self, row: Row, shown: dict[str, str], place: Place) -> Note:
        if not self.shape.understood:
            return Note("experiment", place)
        return Note(
            "experiment",
            place,
            key=shown.get("id", ""),
            title=shown.get("title", ""),
            goal=shown.get("goal", ""),
            hypothesis=shown.get("hypothesis", ""),
            execution=shown.get("action", ""),
            retrospective=shown.get("retrospective", ""),
            start_date=row.day if shown.get("day") else None,
            owners=(shown["owner"],) if shown.get("owner") else (),
        )
