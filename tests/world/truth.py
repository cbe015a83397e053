"""What may be said about a team and a week, derived from the typed data alone (METHOD.md; none of
loopnote's code).

Everything is as of the last reading that could see it: the Sunday of the week, or the last day on
which the file could be opened.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from .logs import (
    THURSDAY,
    TeamLog,
    TypedNote,
    first_day,
    last_day,
    legible,
    lost,
    metric_day,
    monday_of,
    period_of,
    row_day,
    scribbled,
    week_of,
    weeks_of,
)

OUTCOMES = {
    "성공": "success", "○": "success", "success": "success",
    "실패": "failure", "failure": "failure",
    "판단 보류": "inconclusive", "변화 없음": "inconclusive", "inconclusive": "inconclusive",
    "진행 중": "running", "running": "running", "예정": "planned",
}  # fmt: skip
CARD = (
    "week", "BHAG", "key result", "Business 레버", "Learning 레버", "People 레버", "리스크",
    "차단책",
    "Weekly Big 3",
)  # fmt: skip
"""The cells of a plan card in order, whatever the team's header calls them."""
READINGS = (2, 4, 6)
"""The weekdays on which the log is read: Wednesday, Friday, Sunday."""
LATE = timedelta(days=7)
"""An outcome or look back typed within a week of the note's end belongs to that end."""
SUMMED = ("건", "회", "통", "개")
"""Units of things counted week by week: a month has their sum."""
DOWN = ("지연", "해지", "불만", "tickets", "churn")


@dataclass(frozen=True)
class Move:
    """A note's own number: two values and where it was measured."""

    note: TypedNote
    name: str
    before: float
    after: float
    unit: str
    target: float | None
    day: date


@dataclass(frozen=True)
class Promise:
    """A next action that the log says, and where it stands at the end of the week.

    `states` are the answers that are right: one, or two where both readings are fair.
    """

    note: TypedNote
    text: str
    made: date
    states: frozenset[str]


class Truth:
    """What may be said of one team's week or month ("2026-11").

    Or of the first `days` of it: the Friday preview knows five.
    """

    def __init__(self, team: TeamLog, week: str, *, days: int | None = None) -> None:
        self.team, self.week = team, week
        self.monthly = "-W" not in week
        self.first = first_day(week)
        self.last = last_day(week) if days is None else self.first + timedelta(days=days - 1)
        self.back = self._before(week)

    @staticmethod
    def _before(period: str) -> str:
        return period_of(first_day(period) - timedelta(days=1), period)

    def earlier(self, count: int) -> "Truth":
        """Return the truth of so many periods before."""
        period = self.week
        for _ in range(count):
            period = self._before(period)
        return Truth(self.team, period)

    def holds(self, day: date) -> bool:
        """Tell whether a day is of the period."""
        return period_of(day, self.week) == self.week

    @cached_property
    def day(self) -> date:
        """The last day of which the log could be read: the week's end, else a day of reading."""
        day = self.last
        while not legible(self.team, day) or (
            day < self.last and not self.monthly and day.weekday() not in READINGS
        ):
            day -= timedelta(days=1)
        return day

    @cached_property
    def unread(self) -> bool:
        """Whether the log could not be read or understood at the week's end."""
        return not legible(self.team, self.last)

    @cached_property
    def lost(self) -> bool:
        """Whether the log was opened at the week's end and nothing in it could be understood."""
        return lost(self.team, self.last)

    def scribbled(self) -> set[date]:
        """Return the days from which a part of the file, still there at the end, may be told as not
        understood.

        That is the day on which it was typed, or a later one on which the file was read.
        """
        if not scribbled(self.team, self.last):
            return set()
        day = self.last
        while scribbled(self.team, day - timedelta(days=1)):
            day -= timedelta(days=1)
        return {day + timedelta(days=n) for n in range(4)}

    def unread_tabs(self) -> set[str]:
        """Return the tabs that may be told as not understood: the wall, those it replaced."""
        gone = {f"{one.start:%Y}년 {one.start.month}월" for one in self.team.notes if one.start}
        return {"Wall", *(gone if self.lost else ())}

    @cached_property
    def known(self) -> tuple[TypedNote, ...]:
        """The notes that stand in the log."""
        return tuple(note for note in self.team.notes if note.stands(self.day))

    @cached_property
    def here(self) -> tuple[TypedNote, ...]:
        """The notes of the week: its dates touch it."""
        return tuple(note for note in self.known if self._touches(note))

    def _touches(self, note: TypedNote) -> bool:
        if note.start is None:
            return False  # the undated rows of the world were there at the first reading
        if "end" not in note.fields and "period" not in note.fields:
            told = [
                self.over(note, name) for name in ("result", "after") if note.at(name, self.day)
            ]
            return any(self.first <= day <= self.last for day in (note.start, *told) if day)
        end = (
            note.end
            if note.end and note.typed.get("end", note.typed.get("period", date.max)) <= self.day
            else note.start
        )
        if note.start < self.first and end > self.last:
            return any(
                self.first <= day <= self.last for day in note.typed.values()
            )  # else it is silent
        return note.start <= self.last and end >= self.first

    @cached_property
    def undated(self) -> int:
        """How many notes bear no date."""
        return sum(note.start is None for note in self.known)

    def outcome(self, note: TypedNote) -> str:
        """Return the verdict as typed so far, "" where none is."""
        return OUTCOMES.get(note.at("result", self.day).casefold(), "")

    @cached_property
    def executed(self) -> tuple[TypedNote, ...]:
        """The week's notes that say something was done."""
        return tuple(
            n for n in self.here if n.at("done", self.day) and self.outcome(n) != "planned"
        )

    def goal(self, note: TypedNote) -> str:
        """Return a note's goal; a blank cell of this grouping column takes the one above it
        (rule 2.2).
        """
        rows = list(self.known)
        if self.team.data.get("reversed_from", date.max) <= self.day:
            rows.reverse()
        return next(
            (g for n in reversed(rows[: rows.index(note) + 1]) if (g := n.at("goal", self.day))), ""
        )

    # ── numbers
    # ──────────────────────────────────────────────────────────────────────────────────────────────

    def series(self, name: str, week: str | None = None) -> float | None:
        """Return a series' value of a week; None where it is not typed yet."""
        period = week or self.week
        for at, line, _ in self._series():
            if line["name"].casefold() == name.casefold():
                values = [
                    float(line["values"][at[one]])
                    for one in weeks_of(period)
                    if one in at and metric_day(self.team, one) <= self.last
                ]
                return taken(line, values) if values else None
        return None

    def comparable(self, name: str) -> bool:
        """Tell whether the period's value can be set against the one before: sums of as many
        weeks can.
        """
        line = next((one for one in self.series_lines() if one["name"] == name), None)
        weeks = self.team.data.get("metrics", {"weeks": ()})["weeks"]
        sizes = {sum(week in weeks for week in weeks_of(one)) for one in (self.week, self.back)}
        return not self.monthly or line is None or kind_of(line) != "sum" or len(sizes) == 1

    def has_series(self, name: str) -> bool:
        """Tell whether there is a series of this name."""
        return any(line["name"].casefold() == name.casefold() for _, line, _ in self._series())

    def _series(self) -> Iterator[tuple[dict[str, int], dict, int]]:
        table = self.team.data.get("metrics")
        if table:
            at = {week: n for n, week in enumerate(table["weeks"])}
            for n, line in enumerate(table["series"]):
                yield at, line, n

    def series_names(self) -> list[str]:
        """Return the names of the series."""
        return [line["name"] for _, line, _ in self._series()]

    def series_lines(self) -> list[dict]:
        """Return the series as the team's file gives them."""
        return [line for _, line, _ in self._series()]

    def target(self, name: str) -> float | None:
        """Return a series' target, else that of the notes that name the metric."""
        for _, line, _ in self._series():
            if line["name"].casefold() == name.casefold() and "target" in line:
                return float(line["target"])
        found = [
            n.metric["target"]
            for n in self.known
            if n.metric and n.metric["name"].casefold() == name.casefold()
        ]
        return float(found[-1]) if found and found[-1] is not None else None

    def better(self, name: str, change: float) -> int:
        """Return 1 where a change of a metric is for the better, -1 for the worse, 0 for none."""
        if not change:
            return 0
        down = any(word in name.casefold() for word in DOWN) or any(
            line["name"] == name and line.get("better") == "down" for _, line, _ in self._series()
        )
        return -1 if (change > 0) == down else 1

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The numbers of notes that belong to the week, comparisons left out: measured at the
        note's end.
        """
        return tuple(
            move for note in self.known if (move := self.move(note)) and self.holds(move.day)
        )

    def move(self, note: TypedNote) -> Move | None:
        """Return a note's own number as far as it is typed."""
        metric = note.metric
        if not metric or note.counts or metric["before"] is None or metric["after"] is None:
            return None
        if not note.at("after", self.day) or not note.at("before", self.day):
            return None
        after = float(re.sub(r"[^\d.]", "", note.at("after", self.day)) or "nan")
        day = note.end or self.over(note, "after") or note.typed["after"]
        target = None if metric["target"] is None else float(metric["target"])
        return Move(
            note, metric["name"], float(metric["before"]), after, metric["unit"], target, day
        )

    def sides(self, move: Move) -> set[tuple[float, float]]:
        """Return the (before, after) that may be told of a move: the series outranks the
        note's claim.
        """
        if not self.has_series(move.name):
            return {(move.before, move.after)}
        after = self.series(move.name, period_of(move.day, self.week))
        if after is None:
            return {(move.before, move.after)}
        if self.monthly:  # by the week of its own number, or by the months
            before = self.series(move.name, self.back)
            months = {(before, after)} if before is not None else set()
            return self._weekly_sides(move) | {(move.before, move.after)} | months
        return self._weekly_sides(move)

    def _weekly_sides(self, move: Move) -> set[tuple[float, float]]:
        """Return the (before, after) of a move by the weeks of its number and of its note's
        start.
        """
        after = self.series(move.name, week_of(move.day))
        if after is None:
            return {(move.before, move.after)}
        starts = {self.series(move.name, self._week_before(week_of(move.day)))}
        begun = week_of(move.note.start) if move.note.start else ""
        if begun and begun != week_of(move.day):
            starts |= {
                self.series(move.name, self._week_before(begun)),
                self.series(move.name, begun),
            }
        pairs = {(before, after) for before in starts if before is not None}
        return (
            pairs | {(move.before, move.after)}
            if (move.before, move.after) in pairs or not pairs
            else pairs
        )

    @staticmethod
    def _week_before(week: str) -> str:
        return week_of(monday_of(week) - timedelta(days=7))

    def ways(self, move: Move) -> set[int]:
        """Return the ways (1 better, 0, -1 worse) in which a move may fairly be read."""
        return {self.better(move.name, after - before) for before, after in self.sides(move)}

    def improved(self) -> tuple[int, int]:
        """Return the fewest and the most activities that may be said to have improved a number.

        The series decides; where it rose though the note says that nothing moved, both may be said.
        """
        moves = [move for move in self.moves if move.note in self.executed]
        sure = [
            m for m in moves if self.ways(m) == {1} == {self.better(m.name, m.after - m.before)}
        ]
        return len(sure), sum(1 in self.ways(move) for move in moves)

    def worsened(self) -> list[str]:
        """Return the numbers, of series and of notes, that moved the wrong way this week."""
        found = [move.name for move in self.moves if -1 in self.ways(move)]
        return found + [name for name in self.series_names() if self.series_way(name) < 0]

    def bettered(self) -> list[str]:
        """Return the numbers that moved the right way this week."""
        found = [move.name for move in self.moves if 1 in self.ways(move)]
        return found + [name for name in self.series_names() if self.series_way(name) > 0]

    def ways_of_numbers(self) -> set[int]:
        """Return the ways, better (1) and worse (-1), in which any of the team's numbers went."""
        return {1 for _ in self.bettered()} | {-1 for _ in self.worsened()}

    def series_way(self, name: str) -> int:
        now, before = self.series(name), self.series(name, self.back)
        return 0 if now is None or before is None else self.better(name, now - before)

    # ── learning
    # ─────────────────────────────────────────────────────────────────────────────────────────────

    def learned(self, until: date | None = None) -> list[TypedNote]:
        """Return the notes whose learning is typed."""
        return [n for n in self.known if n.at("learned", until or self.day)]

    def applied(self, until: date | None = None) -> list[TypedNote]:
        """Return those of them that say where it was applied."""
        return [n for n in self.learned(until) if n.at("applied", until or self.day)]

    @cached_property
    def applied_now(self) -> list[TypedNote]:
        """The notes whose application was first typed this week."""
        return [n for n in self.applied() if self.first <= n.typed["applied"] <= self.last]

    def learning_counts(self) -> set[tuple[int, int]]:
        """Return the fair (total, applied): of this week's learnings, of twelve weeks, of all."""
        fair = set()
        for since in (
            self.first,
            self.first - timedelta(weeks=12),
            self.first - timedelta(weeks=11),
            date.min,
        ):
            notes = [n for n in self.learned() if n.typed["learned"] >= since]
            fair.add((len(notes), sum(bool(n.at("applied", self.day)) for n in notes)))
            touched = [
                n for n in self.learned() if n.typed["learned"] >= since or n in self.applied_now
            ]
            fair.add((len(touched), sum(bool(n.at("applied", self.day)) for n in touched)))
        return fair

    # ── promises
    # ─────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What was promised up to the week's end."""
        notes = {note.id: note for note in self.team.notes}
        found = []
        for one in self.team.data.get("promise", ()):
            note = notes[one["note"]]
            made = note.typed["next"]
            if made <= self.day:
                states = frozenset(self._states(one, notes))
                found.append(Promise(note, note.at("next", self.day), made, states))
        return tuple(found)

    def _states(self, one: dict, notes: dict[str, TypedNote]) -> set[str]:
        by, day = notes.get(one.get("by", "")), one.get("day")
        past = day is not None and day <= self.day
        if one["state"] == "came_back":
            return {"came_back"} if past else {"kept"}
        if one["state"] == "kept" and by is None:
            return {"kept"}
        if one["state"] == "kept" and by is not None and past:
            over = bool(by.at("result", self.day)) or (by.end is not None and by.end <= self.last)
            found = "kept" if over and self.outcome(by) != "running" else "running"
            # likeness alone only suggests an answer: no reader is misled by "not answered yet"
            # either
            return (
                {found}
                if same_start(by.fields["done"], notes[one["note"]].fields["next"])
                else {found, "unanswered"}
            )
        return {"unanswered"}

    def promise(self, text: str) -> Promise | None:
        """Return the promise that a text quotes."""
        return next((one for one in self.promises if same_start(one.text, text)), None)

    # ── looking back
    # ─────────────────────────────────────────────────────────────────────────────────────────

    def concluded(self) -> list[TypedNote]:
        """Return the notes whose outcome belongs to the week: their end, or the day it was
        typed where later.
        """
        return [n for n in self.known if self._told(n, "result")]

    def looked_back(self) -> list[TypedNote]:
        """Return the notes whose retrospective belongs to the week."""
        return [n for n in self.known if self._told(n, "look")]

    def _told(self, note: TypedNote, name: str) -> bool:
        if not note.at(name, self.day):
            return False
        typed = note.typed[name]
        end = note.end or self.over(note, name)
        return self.holds(end if end and typed <= end + LATE else typed)

    @staticmethod
    def over(note: TypedNote, name: str) -> date | None:
        """Return the day on which a row with one date is over: that date, or the day of a
        result typed later.
        """
        typed = note.typed[name]
        if note.start is None or typed <= min(note.typed.values()):
            return note.start
        return max(typed, note.start)

    # ── plans
    # ──────────────────────────────────────────────────────────────────────────────────────────────

    def agreed(self, week: str | None = None) -> tuple[int, int, int]:
        """Return (done, planned, unmarked) of the action log's week in whole items."""
        table = self.team.data.get("actions", {"rows": ()})
        weeks = weeks_of(week or self.week, THURSDAY)
        rows = [row for row in table["rows"] if row[0] in weeks and row[2] != ""]
        marked = [row for row in rows if row[3] != ""]
        return sum(row[3] >= row[2] for row in marked), len(rows), len(rows) - len(marked)

    def executions(self) -> set[tuple[int, int]]:
        """Return the fair (done, planned) of the week: of lines, or of the things counted in
        them.
        """
        table = self.team.data.get("actions", {"rows": ()})
        rows = [
            row
            for row in table["rows"]
            if row[0] in weeks_of(self.week, THURSDAY) and row[2] != "" and row[3] != ""
        ]
        items = (sum(min(row[3], row[2]) for row in rows), sum(row[2] for row in rows))
        return {(self.agreed()[0], len(rows)), items, (self.agreed()[0], self.agreed()[1])}

    def unplanned(self) -> set[int]:
        """Return how many unplanned lines, or things done in them, the week has."""
        table = self.team.data.get("actions", {"rows": ()})
        rows = [
            row
            for row in table["rows"]
            if row[0] in weeks_of(self.week, THURSDAY) and row[2] == "" and row[3] != ""
        ]
        return {len(rows), int(sum(row[3] for row in rows))}

    def card(self, week: str | None = None) -> dict[str, str] | None:
        """Return the plan card of a week (the coming one by default), None where none is typed."""
        table = self.team.data.get("plan")
        if not table:
            return None
        coming = period_of(last_day(self.week) + timedelta(days=1), self.week)
        wanted = weeks_of(week or coming, THURSDAY)
        found = [
            row
            for row in table["rows"]
            if row[0] in wanted and table["typed"].get(row[0], monday_of(row[0])) <= self.last
        ]
        return dict(zip(CARD, (str(cell) for cell in found[-1]), strict=False)) if found else None

    # ── people
    # ──────────────────────────────────────────────────────────────────────────────────────────────

    def blaming(self) -> list[str]:
        """Return the sentences of the log that blame a person: none of them may ever be printed."""
        return [
            str(note.fields["look"])
            for note in self.team.notes
            if note.id in self.team.data.get("blaming", ())
        ]

    def unhelped(self) -> list[TypedNote]:
        """Return the trials that run in the week and name nobody who helps."""
        return [note for note in self.here if self.runs(note) and not note.at("with", self.day)]

    def runs(self, note: TypedNote) -> bool:
        """Tell whether a trial runs: by its outcome, or by an end that is still to come."""
        if note.at("result", self.day):
            return self.outcome(note) == "running"
        return bool(note.end and note.end > self.last and note.at("done", self.day))

    def names_contacts(self) -> bool:
        """Tell whether a People lever, by now, names somebody to keep in touch with."""
        table = self.team.data.get("plan", {"rows": [], "typed": {}})
        return any(
            dict(zip(CARD, row, strict=False)).get("People 레버")
            for row in table["rows"]
            if table["typed"].get(row[0], monday_of(row[0])) <= self.last
        )

    def last_contact(self, person: str) -> date | None:
        """Return the last day on which a note names a person."""
        days = [
            day
            for n in self.known
            if (day := n.end or n.start)
            and person in f"{n.at('with', self.day)} {n.at('owner', self.day)}"
        ]
        return max(days, default=None)

    # ── funnel
    # ──────────────────────────────────────────────────────────────────────────────────────────────

    def funnel_step(self, start: str, end: str) -> list[tuple[str, int, int]]:
        """Return (week, passed, entered) of a step up to this week."""
        table = self.team.data.get("funnel")
        if not table or start not in table["header"] or end not in table["header"]:
            return []
        at, to = table["header"].index(start), table["header"].index(end)
        rows = [
            (row[0], row[to], row[at])
            for row in table["rows"]
            if row_day(table, row[0]) <= self.last
        ]
        if not self.monthly:
            return rows
        months: dict[str, list[tuple[str, int, int]]] = {}
        for row in rows:
            month = f"{monday_of(row[0]):%Y-%m}"
            months.setdefault(month, []).append(row)
        return [
            (month, sum(row[1] for row in of), sum(row[2] for row in of))
            for month, of in months.items()
        ]

    def pooled(self, start: str, end: str) -> tuple[int, int, int, float | None]:
        """Return passed, entered, the weeks pooled until twenty cases, and the usual rate of
        the eight before.
        """
        rows = self.funnel_step(start, end)
        if not rows or rows[-1][0] != self.week:
            return 0, 0, 0, None
        weeks, passed, entered = 0, 0, 0
        for _, through, into in reversed(rows):
            passed, entered, weeks = passed + through, entered + into, weeks + 1
            if entered >= 20:
                break
        through, into = self._earlier(rows, weeks)
        return passed, entered, weeks, through / into if into else None

    def baseline(self, start: str, end: str) -> tuple[int, int]:
        """Return passed and entered of the eight weeks before those pooled."""
        return self._earlier(self.funnel_step(start, end), self.pooled(start, end)[2])

    @staticmethod
    def _earlier(rows: list[tuple[str, int, int]], weeks: int) -> tuple[int, int]:
        earlier = rows[: len(rows) - weeks][-8:]
        return sum(row[1] for row in earlier), sum(row[2] for row in earlier)


def kind_of(line: dict) -> str:
    """Return how a month's number of a series is made: mean of a share or time, sum of things
    counted, else last.
    """
    if "month" in line:
        return line["month"]
    if line["unit"] in {"%", "분", "일"}:
        return "mean"
    return "sum" if line["unit"] in SUMMED else "last"


def taken(line: dict, values: list[float]) -> float:
    """Return a period's number from those of its weeks."""
    if len(values) == 1:
        return values[0]
    kind = kind_of(line)
    return (
        sum(values)
        if kind == "sum"
        else sum(values) / len(values)
        if kind == "mean"
        else values[-1]
    )


def same_start(whole: str, quoted: str) -> bool:
    """Tell whether a text as printed, possibly cut, is the start of a cell."""
    low, start = " ".join(whole.split()).casefold(), " ".join(quoted.split()).casefold()
    cut = start.endswith("…")
    start = start.rstrip("…").strip(" .")
    return bool(start) and (low.startswith(start) if cut else low.rstrip(".") == start)


def points(text: str) -> float:
    """Return the number in a text as printed: "▼ 1,200만원" → 1200 (its unit apart); nan
    without one.
    """
    text = text.partition(" · ")[
        0
    ]  # what follows is another number: "지난주 1,900만원 · 목표 3억원"
    found = re.search(r"[−-]?\d[\d,]*(?:\.\d+)?", text)
    if not found:
        return math.nan
    value = float(found[0].replace(",", "").replace("−", "-"))
    hundred_millions = re.search(r"([\d,]+)억(?:\s?([\d,]+)만)?원", text)
    if hundred_millions:
        value = float(hundred_millions[1].replace(",", "")) * 10_000 + float(
            (hundred_millions[2] or "0").replace(",", "")
        )
    return value


def near(text: str, value: float | None, slack: float = 0.051) -> bool:
    """Tell whether a printed number is a value, rounded as pages round."""
    return value is not None and abs(points(text) - value) <= slack
