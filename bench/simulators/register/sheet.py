"""A register of the fifth edit simulator: rows under their themes, closed ones in a tab of
their own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from bench.simulated_sheet import Meant, Row, SimulatedSheet
from notes.model.notes import Entry

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
TEXTS = ("trial", "belief", "done", "result", "remark")
BEGUN = ("theme", "day", "person", "trial", "belief", "state")
LATER = ("done", "result", "remark")


@dataclass(frozen=True)
class RegisterShape:
    """What kind of register it is; `recurring` is the share of rows that say what an earlier
    one said.
    """

    rows: int = 3000
    language: str = "en"
    dates: bool = True
    by_theme: bool = True
    recurring: float = 0.2
    themes: int = 12
    understood: bool = True


class Sheet(SimulatedSheet):
    """Rows of the tab in use (`rows`) and of the tab of closed ones, and what waits to be put
    right.

    `away` are rows taken out with the weeks until they return, `slipped` a column that does not fit
    its rows: its role, the rows, the texts they had.
    """

    meant = Meant("trial", "theme", "belief", "done", owner="person", retrospective="result")
    numbers: ClassVar[Mapping[str, tuple[int, int]]] = dict.fromkeys("nm", (2, 95))

    def __init__(self, shape: RegisterShape, seed: int, start: date = date(2026, 2, 2)) -> None:
        words = WORDS[shape.language]
        super().__init__(words, 104_729 + seed, start, understood=shape.understood)
        self.shape = shape
        self.themes = [self.write("theme") for _ in range(shape.themes)]
        self.day_style = self.rng.randrange(4)
        roles = ("theme", "day", "person", "trial", "belief", "done", "state", "result", "remark")
        self.columns = [(role, self.label(role)) for role in roles if shape.dates or role != "day"]
        self.closed: list[Row] = []
        self.away: list[tuple[int, Row, bool]] = []
        self.slipped: list[tuple[str, list[Row], list[str]]] = []
        self.spread_theme = True
        for at in range(shape.rows):
            day = start - timedelta(days=(shape.rows - at) // 5)
            self.place_new(self.new_row(day, finished=0.6))
        for row in self.rows[:]:
            if self.rng.random() < 0.3:
                self.close(row)

    def new_row(self, day: date, *, finished: float) -> Row:
        """Return a new row; `finished` is the share of its later cells that are filled."""
        row = Row(self.next_truth(), day, {"theme": self.rng.choice(self.themes)})
        row.cells |= {role: self.write(role) for role in ("person", "trial", "belief")}
        row.cells["state"] = self.words["state"][0]
        if self.rows and self.rng.random() < self.shape.recurring:
            model = self.rng.choice(self.rows)
            for role in self.rng.choice(
                (("trial",), ("trial", "belief"), ("theme", "person", "belief"))
            ):
                row.cells[role] = model.cells.get(role, "")
        for role in LATER:
            if self.rng.random() < finished:
                row.cells[role] = self.write(role)
        return row

    def place_new(self, row: Row) -> None:
        """Put a row below the last one of its theme, or at the end."""
        same = [at for at, other in enumerate(self.rows) if self._of_theme(other, row)]
        self.rows.insert(same[-1] + 1 if same else len(self.rows), row)

    def _of_theme(self, other: Row, row: Row) -> bool:
        return self.shape.by_theme and other.cells.get("theme") == row.cells.get("theme")

    def close(self, row: Row) -> None:
        """Move a row into the tab of closed ones."""
        self.rows.remove(row)
        self.closed.append(row)

    def shown(self, row: Row, role: str) -> str:
        """Return what a cell shows."""
        if role != "day":
            return row.cells.get(role, "")
        day = row.day
        if row.cells.get("day") == "":
            return ""
        styles = (
            day.isoformat(),
            f"{day.day:02}.{day.month:02}.{day.year}",
            f"{day.month}/{day.day}",
        )
        return (*styles, f"{day.year}년 {day.month}월 {day.day}일")[self.day_style]

    def snapshot(self) -> list[tuple[int, Entry]]:
        """Return (truth, row as read): the tab in use, then the closed rows."""
        found = super().snapshot()
        if not self.spread_theme:
            found = [
                (truth, _without_repeats(entry, above))
                for (truth, entry), above in self._under(found)
            ]
        for at, row in enumerate(self.closed, start=2):
            entry = self._entry(row, at)
            place = replace(entry.raw.place, tab="Closed")
            found.append(
                (
                    row.truth,
                    Entry(replace(entry.raw, place=place), replace(entry.note, place=place)),
                )
            )
        return found

    def _under(self, found: list[tuple[int, Entry]]) -> list[tuple[tuple[int, Entry], str]]:
        """Return each row with the heading of the theme that it repeats from the row above,
        if it does.
        """
        label = dict(self.columns)["theme"]
        themes = [""] + [row.cells.get("theme", "") for row in self.rows]
        return [
            (each, label if themes[at] == themes[at + 1] else "") for at, each in enumerate(found)
        ]


def _without_repeats(entry: Entry, label: str) -> Entry:
    """Return a row without the cell that is merged with the one above."""
    cells = tuple(cell for cell in entry.raw.cells if cell[0] != label)
    return Entry(replace(entry.raw, cells=cells), entry.note)
