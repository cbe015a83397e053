"""A sheet of the eighth edit simulator: an export of a database, a form's answers, or a plain tab,
with an archive that a script fills.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from bench.simulated_sheet import SLOT, Meant, Row, SimulatedSheet
from notes.model.notes import Entry

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
LATER = ("work", "outcome", "lesson", "next")
TEXTS = ("title", "idea", *LATER)
OTHER = {"en": "ko", "ko": "en"}


@dataclass(frozen=True)
class WorkspaceShape:
    """What kind of export it is.

    `kind`: a "database" comes with what was edited last at its top, "form" answers come in the
    order of their days, a "plain" tab is added to at its end; `series` is the share of rows that
    repeat a standing title; `stamped` shows when a row was edited or sent.
    """

    rows: int = 3000
    language: str = "en"
    dates: bool = True
    kind: str = "plain"
    series: float = 0.1
    stamped: bool = False
    understood: bool = True


class Sheet(SimulatedSheet):
    """The rows of the main tab; `archive` are those that a script put away.

    `edits` is when each row was edited last, `before` the cells of rows as they were a week ago,
    `lost` rows deleted by mistake, with their places. `made` tells of a generated text how it was
    made, so that it can be said in the other language.
    """

    meant = Meant("title", "objective", "idea", "work", owner="person", retrospective="lesson")
    numbers: ClassVar[Mapping[str, tuple[int, int]]] = {"n": (2, 60), "m": (61, 200), "d": (2, 15)}

    def __init__(self, shape: WorkspaceShape, seed: int, start: date = date(2026, 4, 6)) -> None:
        super().__init__(WORDS[shape.language], 611_953 + seed, start, understood=shape.understood)
        self.shape = shape
        self.made: dict[str, tuple[str, int]] = {}
        self.edits: dict[int, int] = {}
        self.before: list[tuple[Row, dict[str, str]]] = []
        self.lost: list[tuple[int, Row]] = []
        self.archive: list[Row] = []
        self.wrong: list[tuple[Row, str, Row, str]] = []
        self.day_style, self.number = self.rng.randrange(4), 0
        roles: tuple[str, ...] = ("title", "state", "person", "channel", "objective")
        roles += ("day",) if shape.dates else ()
        roles += ("idea", "work", "outcome", "lesson", "next")
        roles += ("priority",) if seed % 2 else ()
        if shape.stamped:
            roles = (*roles, "edited") if shape.kind == "database" else ("stamp", *roles)
        self.columns = [(role, self.label(role)) for role in roles]
        if shape.kind == "database":  # an export gives the properties in alphabetical order
            self.columns[1:] = sorted(self.columns[1:], key=lambda column: column[1])
        for at in range(shape.rows):
            row = self.begin(start - timedelta(days=(shape.rows - at) // 4))
            if self.rng.random() < 0.75:
                self.finish(row)
        self.arrange()

    def write(self, role: str) -> str:
        """Return a new text and remember how it was made."""
        seed = self.rng.getrandbits(40)
        text = self._say(role, seed, self.words)
        self.made[text] = role, seed
        return text

    def in_other_language(self, text: str) -> str:
        """Return a text as it reads in the other language; itself where nobody knows how."""
        if text not in self.made:
            return text
        return self._say(*self.made[text], WORDS[OTHER[self.shape.language]])

    def _say(self, role: str, seed: int, words: Mapping[str, Any]) -> str:
        """Return the text of a seed; slots of one name say the same in whatever language."""
        text = str(Random(seed).choice(words[role]))
        while slot := SLOT.search(text):
            name, chosen = slot[1], Random(f"{seed} {slot[1]}")
            filling = (
                str(chosen.randrange(*self.numbers[name]))
                if name in self.numbers
                else self._say(name, chosen.getrandbits(40), words)
            )
            text = text[: slot.start()] + filling + text[slot.end() :]
        return text

    def begin(self, day: date) -> Row:
        """Add a row that has been begun, and return it."""
        cells = {"state": self.words["state"][0], "objective": self.write("objective")}
        row = Row(self.next_truth(), day, cells)
        cells["title"] = self.write("series" if self.rng.random() < self.shape.series else "title")
        for role, share in (("person", 0.9), ("channel", 0.7), ("idea", 0.8), ("priority", 0.6)):
            if self.rng.random() < share:
                cells[role] = self.write(role)
        self.add(row)
        return row

    def finish(self, row: Row) -> None:
        """Write what was done and what came of it."""
        row.cells["state"] = self.words["state"][2]
        for role, share in zip(LATER, (0.95, 0.95, 0.5, 0.6), strict=True):
            if not row.cells.get(role) and self.rng.random() < share:
                row.cells[role] = self.write(role)
        self.note_edit(row)

    def add(self, row: Row) -> None:
        """Put a new row at the end."""
        self.rows.append(row)
        self.note_edit(row)

    def note_edit(self, row: Row) -> None:
        """Remember that a row was edited just now."""
        self.number += 1
        self.edits[row.truth] = self.number

    def arrange(self) -> None:
        """Put the rows of a database as its view has them: what was edited last on top."""
        if self.shape.kind == "database":
            self.rows.sort(key=lambda row: -self.edits[row.truth])

    def shown(self, row: Row, role: str) -> str:
        """Return what a cell shows."""
        if role == "edited":
            return f"{self.edits[row.truth]:06}"
        if role == "stamp":
            return f"{row.day:%Y/%m/%d} {9 + row.truth % 9}:{row.truth * 7 % 60:02}"
        if role != "day" or row.cells.get("day") == "":
            return row.cells.get(role, "")
        day = row.day
        styles = (
            f"{day:%Y-%m-%d}",
            f"{day:%Y/%m/%d}",
            f"{day.year}. {day.month}. {day.day}",
            f"{day:%B} {day.day}, {day.year}",
        )
        return styles[self.day_style]

    def snapshot(self) -> list[tuple[int, Entry]]:
        """Return (truth, row as read): the main tab, then the archive."""
        read = super().snapshot()
        for number, row in enumerate(self.archive, start=2):
            entry = self._entry(row, number)
            place = replace(entry.raw.place, tab="Archive")
            raw, note = replace(entry.raw, place=place), replace(entry.note, place=place)
            read.append((row.truth, replace(entry, raw=raw, note=note)))
        return read
