"""A sheet of the seventh edit simulator: one tab in work, one tab of what is done."""

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
LATER = ("did", "outcome", "next")
TEXTS = ("title", "why", *LATER)


@dataclass(frozen=True)
class ReviewShape:
    """What kind of sheet it is.

    `numbered`: a first column counts the rows; `upwards`: new rows stand at the top; `templates`
    is the share of rows made from a few standing titles; `merged`: a goal stands in the first row
    of its block only.
    """

    rows: int = 3000
    language: str = "en"
    dates: bool = True
    numbered: bool = False
    upwards: bool = False
    templates: float = 0.1
    merged: bool = False
    understood: bool = True


class Sheet(SimulatedSheet):
    """The rows in work; `done` are those of the second tab, `emptied` cells come back next week.

    `grouped` is a role whose groups have a blank row between; `plain` is an import that lost the
    line breaks, `renamed` the names that were replaced everywhere.
    """

    meant = Meant("title", "area", "why", "did", owner="person", retrospective="outcome")
    numbers: ClassVar[Mapping[str, tuple[int, int]]] = {"n": (2, 60), "m": (61, 140), "d": (1, 5)}

    def __init__(self, shape: ReviewShape, seed: int, start: date = date(2026, 3, 2)) -> None:
        words = WORDS[shape.language]
        super().__init__(words, 104_729 + seed, start, understood=shape.understood)
        self.shape = shape
        self.areas = [self.write("area") for _ in range(6 + 3 * (seed % 4))]
        self.day_style, self.merged, self.grouped = self.rng.randrange(4), shape.merged, ""
        self.done: list[Row] = []
        self.emptied: list[tuple[Row, str, str]] = []
        self.unfinished: list[tuple[Row, str, str]] = []
        self.blank: list[Row] = []
        self.deleted: list[tuple[int, Row]] = []
        self.renamed: dict[str, str] = {}
        roles: tuple[str, ...] = ("no",) if shape.numbered else ()
        roles += ("day",) if shape.dates else ()
        roles += ("person", "area", "title", "why", "did", "state", "outcome", "next")
        self.columns = [(role, self.label(role)) for role in roles]
        for at in range(shape.rows):
            row = self.new_row(start - timedelta(days=(shape.rows - at) // 5))
            self.add(row)
            if self.rng.random() < 0.7:
                self.finish(row)
        self.renumber()

    def write(self, role: str) -> str:
        """Return a new text under the names that people have by now."""
        text = super().write(role)
        for old, new in getattr(self, "renamed", {}).items():
            text = text.replace(old, new)
        return text

    def new_row(self, day: date) -> Row:
        """Return a row that has been begun."""
        row = Row(self.next_truth(), day, {"area": self.rng.choice(self.areas)})
        standing = self.rng.random() < self.shape.templates
        row.cells["title"] = self.write("template" if standing else "title")
        row.cells["person"] = self.write("person")
        row.cells["state"] = self.words["state"][0]
        row.cells["why"] = self.long_text("why")
        return row

    def long_text(self, role: str) -> str:
        """Return a text of one sentence, or of several in lines of a cell."""
        parts = [self.write(role)]
        while self.rng.random() < 0.3:
            parts.append(self.write("more"))
        return ("\n" if self.rng.random() < 0.5 else " ").join(parts)

    def finish(self, row: Row) -> None:
        """Write what was done and what came of it."""
        row.cells["state"] = self.words["state"][2]
        for role in LATER:
            if self.rng.random() < 0.9 and not row.cells.get(role):
                row.cells[role] = self.write(role)

    def add(self, row: Row) -> None:
        """Put a new row where new ones go."""
        self.rows.insert(0 if self.shape.upwards else len(self.rows), row)

    def renumber(self) -> None:
        """Count the rows from the top."""
        for number, row in enumerate(self.rows, start=1):
            row.cells["no"] = str(number)

    def shown(self, row: Row, role: str) -> str:
        """Return what a cell shows."""
        if role != "day" or row.cells.get("day") == "":
            return row.cells.get(role, "")
        day = row.day
        styles = (f"{day:%Y-%m-%d}", f"{day:%d.%m.%y}", f"{day.month}/{day.day}", f"{day:%Y/%m/%d}")
        return styles[self.day_style]

    def snapshot(self) -> list[tuple[int, Entry]]:
        """Return (truth, row as read): the tab in work, with blank rows between groups, and the
        tab of what is done.
        """
        read, number = [], 1
        above: dict[str, str] = {}
        for row in self.rows:
            cells = row.cells
            parted = above and self.grouped and cells.get(self.grouped) != above.get(self.grouped)
            number += 2 if parted else 1
            entry = self._entry(row, number)
            if self.merged and above and above.get("area") == cells.get("area"):
                entry = _without(entry, dict(self.columns).get("area", ""))
            read.append((row.truth, entry))
            above = cells
        for number, row in enumerate(self.done, start=2):
            entry = self._entry(row, number)
            place = replace(entry.raw.place, tab="Done")
            read.append((row.truth, _placed(entry, place)))
        return read


def _without(entry: Entry, label: str) -> Entry:
    kept = tuple(cell for cell in entry.raw.cells if cell[0] != label)
    return replace(entry, raw=replace(entry.raw, cells=kept))


def _placed(entry: Entry, place: Any) -> Entry:
    return replace(
        entry, raw=replace(entry.raw, place=place), note=replace(entry.note, place=place)
    )
