"""A sheet of the sixth edit simulator: sections by goal or by week, and what waits to be done."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.simulated_sheet import Row, SimulatedSheet
from notes.model.notes import Note, Place

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
BEGUN = ("title", "hypothesis")
LATER = ("action", "result", "learned", "next")
TEXTS = (*BEGUN, *LATER)
_SLOT = re.compile(r"\{([a-z]+)\}")


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

    def __init__(self, shape: HandsShape, seed: int, start: date = date(2026, 2, 2)) -> None:
        super().__init__(WORDS[shape.language], 7_919 + seed, start)
        self.shape = shape
        self.goals = [self.write("goal") for _ in range(shape.goals)]
        self.day_style = self.rng.randrange(4)
        roles: tuple[str, ...] = ("goal", "day", "person", "title", "hypothesis", "action")
        roles += ("state", "result")
        roles += ("learned", "next") if seed % 3 else ("next",)
        self.columns = [(role, self.label(role)) for role in roles if shape.dates or role != "day"]
        self.stages: dict[int, int] = {}
        self.trash: list[tuple[int, Row, bool]] = []
        self.hidden: list[tuple[int, Row]] = []
        self.doubled: list[tuple[Row, Row]] = []
        self.versions: list[list[Row]] = []
        for at in range(shape.rows):
            day = start - timedelta(days=(shape.rows - at) // 6)
            self.place_new(self.full_row(day, finished=0.65))

    def write(self, role: str) -> str:
        """Return a new text for a cell."""
        text = str(self.rng.choice(self.words[role]))
        while slot := _SLOT.search(text):
            name = slot[1]
            if name in "nmd":
                filling = str(self.rng.randrange(*((2, 9) if name == "d" else (3, 80))))
            else:
                filling = self.write(name)
            text = text[: slot.start()] + filling + text[slot.end() :]
        return text

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

    def note(self, row: Row, shown: Mapping[str, str], place: Place) -> Note:
        """Return the note that a row is read as; an empty one where the log is not understood."""
        if not self.shape.understood:
            return Note("experiment", place)
        return Note(
            "experiment",
            place,
            title=shown.get("title", ""),
            goal=shown.get("goal", ""),
            hypothesis=shown.get("hypothesis", ""),
            execution=shown.get("action", ""),
            retrospective=shown.get("result", ""),
            start_date=row.day if shown.get("day") else None,
            owners=(shown["person"],) if shown.get("person") else (),
        )
