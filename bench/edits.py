"""A log that a team edits week by week, with the hidden truth of which row is which.

    log = Log(Shape(rows=3000), seed=1)
    for week in range(10): rows = log.snapshot(); log.live_a_week(BUSY)

`snapshot` gives (truth, Entry): `truth` is a number that a row keeps whatever happens to its cells.
All texts are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from bench.words import Author
from notes.model.notes import Entry, Note, Place, RawRow

TEXTS = ("hypothesis", "execution", "retrospective", "learned", "next", "goal")
LATER = ("retrospective", "learned", "result", "next", "metric")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FORMATS: tuple[Callable[[date], str], ...] = (
    lambda d: d.isoformat(),
    lambda d: f"{d.year}. {d.month}. {d.day}.",
    lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    lambda d: f"{d.year % 100:02}/{d.month:02}/{d.day:02}",
    lambda d: f"{d.month}/{d.day}/{d.year}",
    lambda d: f"{d.month}/{d.day}",
    lambda d: f"{d.month}월 {d.day}일({'월화수목금토일'[d.weekday()]})",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
)


@dataclass(frozen=True)
class Week:
    """Shares of rows touched in a week, and chances that a bulk edit happens in it."""

    insert: float
    copied: float
    fill: float
    status: float
    typo: float
    reword: float
    heavy: float
    postpone: float
    delete: float
    returning: float
    paste: float
    archive: float
    twin: float
    sort: float
    filter: float
    rename: float
    reorder: float
    add: float
    drop: float
    goal: float
    dates: float
    replace: float

    def shaken(self, rng: Random) -> Week:
        """Return the same week with every habit half to one and a half as strong."""
        return replace(
            self,
            **{
                name: getattr(self, name) * rng.uniform(0.5, 1.5)
                for name in self.__dataclass_fields__
            },
        )


CALM = Week(
    0.012,
    0.3,
    0.035,
    0.025,
    0.008,
    0.005,
    0.0,
    0.004,
    0.002,
    0.3,
    0.0005,
    0.003,
    0.0005,
    0.05,
    0.02,
    0.02,
    0.03,
    0.02,
    0.01,
    0.1,
    0.01,
    0.05,
)
BUSY = Week(
    0.03,
    0.4,
    0.07,
    0.05,
    0.04,
    0.08,
    0.005,
    0.03,
    0.015,
    0.4,
    0.005,
    0.02,
    0.003,
    0.3,
    0.1,
    0.1,
    0.2,
    0.1,
    0.05,
    2.5,
    0.06,
    0.2,
)
CHAOS = Week(
    0.08,
    0.5,
    0.2,
    0.15,
    0.1,
    0.15,
    0.05,
    0.06,
    0.05,
    0.5,
    0.02,
    0.06,
    0.01,
    0.7,
    0.25,
    0.5,
    0.5,
    0.3,
    0.2,
    6.0,
    0.5,
    0.8,
)
INTENSITIES = {"calm": CALM, "busy": BUSY, "chaos": CHAOS}


@dataclass(frozen=True)
class Shape:
    """What kind of log it is.

    `blind` leaves the note's fields empty, as if no column had been understood.
    """

    rows: int = 3000
    language: str = "ko"
    dates: bool = True
    ids: bool = False
    numbers: bool = False
    tabs: int = 1
    goals: int = 0
    recurring: float = 0.05
    near: float = 0.2
    filled: float = 0.6
    blind: bool = False
    short: bool = False
    words: int = 99
    lean: bool = False


@dataclass
class Row:
    truth: int
    cells: dict[str, str]
    day: date

    def copy(self, truth: int) -> Row:
        return Row(truth, dict(self.cells), self.day)


@dataclass
class Tab:
    name: str
    columns: list[tuple[str, str]]
    rows: list[Row] = field(default_factory=list)


class Log:
    """A workbook and the team that keeps it."""

    def __init__(self, shape: Shape, seed: int, start: date = date(2026, 1, 5)) -> None:
        self.rng = Random(seed)
        self.shape, self.author = (
            shape,
            Author(self.rng, shape.language, short=shape.short, words=shape.words),
        )
        self.truths, self.week, self.start = 0, 0, start
        self.day_format = self.rng.choice(FORMATS)
        self.goals = list(
            dict.fromkeys(
                self.author.goal() for _ in range(shape.goals or max(4, min(60, shape.rows // 40)))
            )
        )
        self.tags = {goal: self.author.pick("tag") for goal in self.goals}
        self.gone: list[tuple[int, Row]] = []
        self.filtered: dict[str, list[tuple[int, Row]]] = {}
        self.tabs = [Tab(f"Log {at + 1}", self._columns()) for at in range(max(1, shape.tabs))]
        for _ in range(shape.rows):
            tab = self.rng.choice(self.tabs)
            tab.rows.append(
                self._row(
                    tab,
                    start - timedelta(days=self.rng.randrange(shape.rows // 8 + 30)),
                    filled=shape.filled,
                )
            )
        for tab in self.tabs:
            tab.rows.sort(key=lambda row: row.day)

    def _columns(self) -> list[tuple[str, str]]:
        roles = ["goal", "hypothesis", "execution", "owner", "status", "retrospective", "next"]
        roles += [
            role for role in ("metric", "result", "learned", "tag") if self.rng.random() < 0.6
        ]
        if self.shape.lean:
            roles = ["goal", "hypothesis", "status", "retrospective"]
        if self.shape.dates:
            roles.insert(0, "date")
        if self.shape.ids:
            roles.insert(0, "id")
        if self.shape.numbers:
            roles.insert(0, "number")
        return [(role, self.author.header(role)) for role in roles]

    def _row(self, tab: Tab, day: date, filled: float) -> Row:
        if tab.rows and self.rng.random() < self.shape.recurring:
            row = self.rng.choice(tab.rows[-200:]).copy(self._truth())
            row.day = day
            self._clear(row)
        elif tab.rows and self.rng.random() < self.shape.near:
            row = self.rng.choice(tab.rows[-200:]).copy(self._truth())
            row.day = day
            self._clear(row)
            role = self.rng.choice(["hypothesis", "execution"])
            row.cells[role] = self._near(row.cells[role])
        else:
            row = Row(self._truth(), {}, day)
            for role in ("hypothesis", "execution"):
                row.cells[role] = getattr(self.author, role)()
            row.cells["goal"] = self.rng.choice(self.goals)
            row.cells["owner"] = self.author.pick("owner")
            row.cells["tag"] = self.tags.get(row.cells["goal"], "")
        row.cells["id"] = f"EXP-{row.truth:04}"
        row.cells["status"] = self.author.pick("status")
        for role in LATER:
            if self.rng.random() < filled:
                row.cells[role] = self._later(role)
        return row

    def _near(self, text: str) -> str:
        words = text.split()
        at = self.rng.randrange(len(words))
        words[at] = self.author.pick("what").split()[-1]
        return " ".join(words) if self.rng.random() < 0.6 else f"{text} {self.rng.randrange(2, 9)}"

    def _later(self, role: str) -> str:
        return self.author.pick("result") if role == "result" else str(getattr(self.author, role)())

    def _clear(self, row: Row) -> None:
        for role in LATER:
            row.cells.pop(role, None)
        row.cells["status"] = self.author.words["status"][2]

    def _truth(self) -> int:
        self.truths += 1
        return self.truths

    def _all(self) -> list[tuple[Tab, Row]]:
        return [(tab, row) for tab in self.tabs for row in tab.rows]

    def _some(self, share: float) -> list[tuple[Tab, Row]]:
        rows = self._all()
        count = share * len(rows)
        count = int(count) + (self.rng.random() < count - int(count))
        return self.rng.sample(rows, min(count, len(rows)))

    # what a snapshot shows

    def snapshot(self) -> list[tuple[int, Entry]]:
        return [
            (row.truth, self._entry(tab, row, number))
            for tab in self.tabs
            for number, row in enumerate(tab.rows, start=2)
        ]

    def _entry(self, tab: Tab, row: Row, number: int) -> Entry:
        cells = []
        for role, label in tab.columns:
            text = {"date": self.day_format(row.day), "number": str(number - 1)}.get(
                role
            ) or row.cells.get(role, "")
            if text.strip():
                cells.append((label, text))
        place = Place(tab=tab.name, row=number)
        return Entry(RawRow(place, tuple(cells)), self._note(tab, row, place))

    def _note(self, tab: Tab, row: Row, place: Place) -> Note:
        if self.shape.blind:
            return Note("experiment", place)
        shown = {role: row.cells.get(role, "") for role, _ in tab.columns}
        return Note(
            "experiment",
            place,
            key=shown.get("id", ""),
            goal=shown.get("goal", ""),
            hypothesis=shown.get("hypothesis", ""),
            execution=shown.get("execution", ""),
            retrospective=shown.get("retrospective", ""),
            start_date=row.day if "date" in shown else None,
            owners=(shown.get("owner", ""),),
        )

    # what a week does

    def live_a_week(self, week: Week) -> None:
        week = week.shaken(self.rng)
        self.week += 1
        self._unfilter()
        for _, row in self._some(week.fill):
            empty = [role for role in LATER if not row.cells.get(role)]
            for role in self.rng.sample(empty, min(len(empty), self.rng.choice([1, 1, 2, 3]))):
                row.cells[role] = self._later(role)
        self._edit(week)
        self._come_back(week)
        self._leave(week)
        self._move(week)
        self._insert(week)
        for bulk in (
            "rename",
            "reorder",
            "add",
            "drop",
            "goal",
            "dates",
            "replace",
            "sort",
            "filter",
        ):
            chance = getattr(week, bulk)
            for _ in range(int(chance) + (self.rng.random() < chance - int(chance))):
                getattr(self, f"_bulk_{bulk}")()

    def _edit(self, week: Week) -> None:
        for _, row in self._some(week.status):
            row.cells["status"] = self.author.pick("status")
        for _, row in self._some(week.typo):
            self._touch(row, self.author.typo)
        for _, row in self._some(week.reword):
            self._touch(row, self.author.reword)
        for _, row in self._some(week.heavy):
            for _ in range(self.rng.choice([2, 3, 4])):
                self._touch(row, self.author.reword)
            row.cells["owner"] = self.author.pick("owner")
        for _, row in self._some(week.postpone):
            row.day += timedelta(days=self.rng.choice([1, 2, 7, 7, 14]))

    def _touch(self, row: Row, how: Callable[[str], str]) -> None:
        roles = [role for role in TEXTS if row.cells.get(role)]
        if roles:
            role = self.rng.choice(roles)
            row.cells[role] = how(row.cells[role])

    def _come_back(self, week: Week) -> None:
        stay = []
        for since, row in self.gone:
            if self.rng.random() < week.returning / 4 + (0.8 if since < 0 else 0) and self.tabs:
                tab = self.rng.choice(self.tabs)
                tab.rows.insert(self.rng.randrange(len(tab.rows) + 1), row)
            else:
                stay.append((since, row))
        self.gone = stay

    def _leave(self, week: Week) -> None:
        for share, mark in ((week.delete, self.week), (week.paste, -1)):
            for tab, row in self._some(share):
                tab.rows.remove(row)
                self.gone.append((mark, row))

    def _move(self, week: Week) -> None:
        moved = self._some(week.archive)
        if not moved:
            return
        archive = next((tab for tab in self.tabs if tab.name == "Archive"), None)
        if archive is None:
            archive = Tab("Archive", list(self.tabs[0].columns))
            self.tabs.append(archive)
        for tab, row in moved:
            if tab is not archive:
                tab.rows.remove(row)
                archive.rows.append(row)

    def _insert(self, week: Week) -> None:
        today = self.start + timedelta(days=7 * self.week)
        for tab, model in self._some(week.insert):
            at = self.rng.choice(
                [0, len(tab.rows), tab.rows.index(model) + 1, self.rng.randrange(len(tab.rows) + 1)]
            )
            day = today - timedelta(days=self.rng.randrange(7))
            if self.rng.random() < week.copied:
                row = model.copy(self._truth())
                row.day = day
                if self.rng.random() < 0.85:
                    self._clear(row)
                if self.rng.random() < 0.75:
                    role = self.rng.choice(["hypothesis", "execution"])
                    row.cells[role] = (
                        self._near(row.cells[role])
                        if self.rng.random() < 0.5
                        else getattr(self.author, role)()
                    )
                if self.rng.random() < 0.9:
                    row.cells["id"] = f"EXP-{row.truth:04}"
            else:
                row = self._row(tab, day, filled=0.1)
            tab.rows.insert(at, row)
        for tab, model in self._some(week.twin):
            tab.rows.insert(tab.rows.index(model) + 1, model.copy(self._truth()))

    # bulk edits

    def _tab(self) -> Tab:
        return self.rng.choice(self.tabs)

    def _bulk_rename(self) -> None:
        tab = self._tab()
        at = self.rng.randrange(len(tab.columns))
        role = tab.columns[at][0]
        tab.columns[at] = (role, self.author.header(role))

    def _bulk_reorder(self) -> None:
        columns = self._tab().columns
        columns.insert(
            self.rng.randrange(len(columns)), columns.pop(self.rng.randrange(len(columns)))
        )

    def _bulk_add(self) -> None:
        tab = self._tab()
        if "extra" not in dict(tab.columns):
            tab.columns.append(("extra", self.author.header("extra")))
            for row in tab.rows:
                if self.rng.random() < 0.4:
                    row.cells["extra"] = str(
                        self.rng.choice(
                            ["-", self.rng.randrange(1, 40) * 10, self.author.pick("tag")]
                        )
                    )

    def _bulk_drop(self) -> None:
        tab = self._tab()
        spare = [
            at
            for at, (role, _) in enumerate(tab.columns)
            if role in ("tag", "learned", "extra", "next", "metric", "owner")
        ]
        if spare:
            tab.columns.pop(self.rng.choice(spare))

    def _bulk_goal(self) -> None:
        goals = sorted({row.cells.get("goal", "") for _, row in self._all()})
        old = self.rng.choice(goals or [""])
        new = self.author.reword(old) if self.rng.random() < 0.5 else self.author.goal()
        touched = [row for _, row in self._all() if row.cells.get("goal") == old]
        for row in touched[: self.rng.choice([40, len(touched)])]:
            row.cells["goal"] = new

    def _bulk_dates(self) -> None:
        self.day_format = self.rng.choice(FORMATS)

    def _bulk_replace(self) -> None:
        kind = self.rng.choice(["what", "who", "then", "owner", "status"])
        old = self.author.pick(kind)
        new = self.rng.choice(
            [
                old.replace(" ", ""),
                old + "님" if kind == "owner" else old + "(v2)",
                self.author.pick("what"),
                old.upper(),
            ]
        )
        for _, row in self._all():
            for role, text in row.cells.items():
                if old in text:
                    row.cells[role] = text.replace(old, new)

    def _bulk_sort(self) -> None:
        tab = self._tab()
        role = self.rng.choice([role for role, _ in tab.columns])
        tab.rows.sort(
            key=lambda row: row.day.isoformat() if role == "date" else row.cells.get(role, ""),
            reverse=self.rng.random() < 0.3,
        )

    def _bulk_filter(self) -> None:
        tab = self._tab()
        value = self.author.pick("status")
        hidden = [(at, row) for at, row in enumerate(tab.rows) if row.cells.get("status") == value]
        if len(hidden) < len(tab.rows) and tab.name not in self.filtered:
            self.filtered[tab.name] = hidden
            tab.rows = [row for row in tab.rows if row.cells.get("status") != value]

    def _unfilter(self) -> None:
        for tab in self.tabs:
            for at, row in self.filtered.pop(tab.name, []):
                tab.rows.insert(min(at, len(tab.rows)), row)


def truths(rows: Iterable[tuple[int, Entry]]) -> list[int]:
    return [truth for truth, _ in rows]
