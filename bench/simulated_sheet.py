"""What the edit simulators share but for the first: rows with a hidden truth, a sheet, and
how it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any, ClassVar

from notes.model.notes import Entry, Note, Place, RawRow

INTENSITIES = ("calm", "busy", "chaos")
"""How much happens in a week: the places of the rates of a habit."""
SLOT = re.compile(r"\{([a-z]+)\}")


@dataclass(eq=False)
class Row:
    """One row: its cells by role, and its day apart from how days are written.

    `truth` is a number that stays whatever happens to the cells; a `stub` has only been begun.
    """

    truth: int
    day: date
    cells: dict[str, str] = field(default_factory=dict)
    stub: bool = False

    def like(self, truth: int) -> Row:
        """Return a copy under a truth."""
        return replace(self, truth=truth, cells=dict(self.cells))


@dataclass(frozen=True)
class Meant:
    """The roles of a sheet that hold what a note says."""

    title: str
    goal: str
    hypothesis: str
    execution: str
    owner: str
    retrospective: str = ""
    key: str = ""


class SimulatedSheet:
    """The rows of a log in sheet order and its columns, (role, heading); a simulator says
    what is shown and meant.

    `numbers` are the names of slots that numbers fill: from the first to below the second.
    `hidden` are rows behind a filter, with their places.
    """

    meant: ClassVar[Meant]
    numbers: ClassVar[Mapping[str, tuple[int, int]]] = {}

    def __init__(
        self, words: Mapping[str, Any], seed: int, today: date, *, understood: bool
    ) -> None:
        self.words, self.rng, self.today = words, Random(seed), today
        self.understood = understood
        self.truths = 0
        self.columns: list[tuple[str, str]] = []
        self.rows: list[Row] = []
        self.hidden: list[tuple[int, Row]] = []
        self.touched: dict[int, set[str]] = {}

    def shown(self, row: Row, role: str) -> str:
        """Return what a cell shows."""
        raise NotImplementedError

    def write(self, role: str) -> str:
        """Return a new text for a cell: one of its words, with what its {slots} name."""
        text = str(self.rng.choice(self.words[role]))
        while slot := SLOT.search(text):
            name = slot[1]
            filling = (
                str(self.rng.randrange(*self.numbers[name]))
                if name in self.numbers
                else self.write(name)
            )
            text = text[: slot.start()] + filling + text[slot.end() :]
        return text

    def note(self, row: Row, shown: Mapping[str, str], place: Place) -> Note:
        """Return the note that a row is read as; an empty one where the log is not understood."""
        if not self.understood:
            return Note("experiment", place)
        meant = self.meant
        owner = shown.get(meant.owner)
        return Note(
            "experiment",
            place,
            key=shown.get(meant.key, ""),
            title=shown.get(meant.title, ""),
            goal=shown.get(meant.goal, ""),
            hypothesis=shown.get(meant.hypothesis, ""),
            execution=shown.get(meant.execution, ""),
            retrospective=shown.get(meant.retrospective, ""),
            start_date=row.day if shown.get("day") else None,
            owners=(owner,) if owner else (),
        )

    def label(self, role: str) -> str:
        """Return one of the headings of a role."""
        return str(self.rng.choice(self.words["labels"].get(role, ["ID"])))

    def next_truth(self) -> int:
        """Return a number that no row has."""
        self.truths += 1
        return self.truths

    def begin_week(self) -> None:
        """Let a week pass in which nobody has touched anything yet."""
        self.touched = {}
        self.today += timedelta(days=7)

    def touch(self, row: Row, habit: str) -> None:
        """Remember which habits touched a row this week."""
        self.touched.setdefault(row.truth, set()).add(habit)

    def follow(
        self,
        habits: Mapping[str, Callable[[Any, Row], None]],
        rates: Mapping[str, Sequence[float]],
        intensity: str,
    ) -> None:
        """Let each habit take its share of the rows."""
        at = INTENSITIES.index(intensity)
        for name, shares in rates.items():
            for row in self._some(shares[at]):
                if row in self.rows:
                    habits[name](self, row)
                    self.touch(row, name)

    def follow_now_and_then(
        self,
        habits: Mapping[str, Callable[[Any], None]],
        rates: Mapping[str, Sequence[float]],
        intensity: str,
    ) -> None:
        """Let each habit of a whole sheet happen as often as its rate says."""
        for name, shares in rates.items():
            if self.rng.random() < shares[INTENSITIES.index(intensity)]:
                habits[name](self)

    def move_column(self) -> None:
        """Put a column elsewhere."""
        column = self.columns.pop(self.rng.randrange(len(self.columns)))
        self.columns.insert(self.rng.randrange(len(self.columns) + 1), column)

    def relabel(self) -> None:
        """Give a column another of its headings."""
        at = self.rng.randrange(len(self.columns))
        role, _ = self.columns[at]
        if role in self.words["labels"]:
            label = self.label(role)
            if label not in dict(self.columns).values():
                self.columns[at] = (role, label)

    def insert_extra(self, shares: Sequence[float]) -> None:
        """Put a column of the team's own somewhere, filled in one of these shares of the rows."""
        label = self.label("extra")
        if label not in dict(self.columns).values():
            role = f"extra{self.rng.randrange(10**6)}"
            self.columns.insert(self.rng.randrange(len(self.columns) + 1), (role, label))
            share = self.rng.choice(shares)
            for row in self.rows:
                if self.rng.random() < share:
                    row.cells[role] = self.write("extra")

    def drop_one(self, roles: Collection[str]) -> None:
        """Take out a column of one of these roles, or one of the team's own."""
        spare = [
            at
            for at, (role, _) in enumerate(self.columns)
            if role in roles or role.startswith("extra")
        ]
        if spare:
            self.columns.pop(self.rng.choice(spare))

    def hide(self) -> None:
        """Export the sheet through a filter: the rows of one state or person are missing."""
        role = self.rng.choice(("state", "person"))
        text = self.write(role)
        self.hidden = [(at, row) for at, row in enumerate(self.rows) if row.cells.get(role) == text]
        self.rows = [row for row in self.rows if row.cells.get(role) != text]

    def show_hidden(self) -> None:
        """Take the filter off: its rows are back where they were."""
        for at, row in self.hidden:
            self.rows.insert(at, row)
        self.hidden = []

    def _some(self, rate: float) -> list[Row]:
        count = rate * self.rng.uniform(0.5, 1.5) * len(self.rows)
        whole = int(count) + (self.rng.random() < count - int(count))
        return self.rng.sample(self.rows, min(whole, len(self.rows)))

    def snapshot(self) -> list[tuple[int, Entry]]:
        """Return (truth, row as read) in sheet order."""
        return [(row.truth, self._entry(row, at)) for at, row in enumerate(self.rows, start=2)]

    def _entry(self, row: Row, number: int) -> Entry:
        shown = {role: self.shown(row, role) for role, _ in self.columns}
        cells = tuple((label, shown[role]) for role, label in self.columns if shown[role].strip())
        place = Place(tab="Log", row=number)
        return Entry(RawRow(place, cells), self.note(row, shown, place))


def habits(module: Mapping[str, Any], names: Iterable[str], sheet: type = object) -> dict[str, Any]:
    """Return what each habit does: `_NAME` of a simulator's module, else a method of its sheet."""
    return {name: module.get(f"_{name}") or getattr(sheet, name) for name in names}
