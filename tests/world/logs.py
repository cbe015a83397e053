"""The teams of the world, and their files as they stood on a day.

A note of `teams/*.toml` says when its cells were typed; a series, funnel or plan says its week.
"""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

FOLDER = Path(__file__).parent / "teams"
MONDAY, THURSDAY, FRIDAY = 1, 4, 5
TABLES = ("log", "metrics", "funnel", "actions", "plan", "feedback")
"""The tables that a team's file may hold; each is a source of its own."""
WEEKDAYS = "월화수목금토일"


@dataclass(frozen=True)
class TypedNote:
    """One row: its fields as finally typed, and the day on which each was typed.

    Attributes:
        fields: goal, hypothesis, done, result … as texts; `before`, `after`, `target` as typed.
        typed: field → the day it was first typed.
        fixes: (day, field, text): what somebody typed over it later.
        metric: name, unit, before, after, target as numbers, None where not typed.
        counts: (hits, of) of the other side and of the trial's side; () where it is no comparison.
    """

    id: str
    start: date | None
    end: date | None
    fields: Mapping[str, str]
    typed: Mapping[str, date]
    fixes: tuple[tuple[date, str, str], ...]
    metric: Mapping[str, Any]
    counts: tuple[int, ...]
    gone: date | None

    def at(self, name: str, day: date) -> str:
        """Return a field as it stood at the end of a day, "" where it was not typed yet."""
        if self.typed.get(name, date.max) > day:
            return ""
        over = [text for when, what, text in self.fixes if what == name and when <= day]
        return over[-1] if over else self.fields.get(name, "")

    def stands(self, day: date) -> bool:
        """Tell whether the row stood in the log at the end of a day."""
        return min(self.typed.values()) <= day and (self.gone is None or day < self.gone)


@dataclass(frozen=True)
class TeamLog:
    """What one team types."""

    name: str
    language: str
    timezone: str
    data: Mapping[str, Any]
    notes: tuple[TypedNote, ...] = field(default_factory=tuple)

    @property
    def log_file(self) -> str:
        """The name of the file with the notes."""
        return str(self.data["log"]["file"])


def load_team(name: str) -> TeamLog:
    """Return a team of the world by the name of its file."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    notes = tuple(_note(raw, data) for raw in data["log"]["notes"])
    return TeamLog(data["name"], data["language"], data["timezone"], data, notes)


def load_world(
    names: Iterable[str] = ("sales", "newsletter", "shop", "product"),
) -> tuple[TeamLog, ...]:
    """Return the teams of the world."""
    return tuple(load_team(name) for name in names)


def week_of(day: date) -> str:
    """Return the ISO week of a day as people write it: 2026-W47."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(week: str) -> date:
    """Return the first day of a week."""
    return date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)


def first_day(period: str) -> date:
    """Return the first day of a week (2026-W47) or a month (2026-11)."""
    return monday_of(period) if "-W" in period else date.fromisoformat(f"{period}-01")


def last_day(period: str) -> date:
    """Return the last day of a week or a month."""
    if "-W" in period:
        return monday_of(period) + timedelta(days=6)
    return (first_day(period) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def period_of(day: date, like: str) -> str:
    """Return the week or month, of the same kind as another, that holds a day."""
    return week_of(day) if "-W" in like else f"{day:%Y-%m}"


def weeks_of(period: str, dated: int = MONDAY) -> list[str]:
    """Return the weeks of a period; a number of a week is dated on its Monday, other rows on
    its Thursday.
    """
    if "-W" in period:
        return [period]
    days = (first_day(period) + timedelta(days=n) for n in range(last_day(period).day))
    return [week_of(day) for day in days if day.isoweekday() == dated]


def weeks_from(first: str, count: int) -> list[str]:
    """Return so many weeks, the first one first."""
    return [week_of(monday_of(first) + timedelta(weeks=n)) for n in range(count)]


def _note(raw: Mapping[str, Any], data: Mapping[str, Any]) -> TypedNote:
    name, before, after, unit, target = (*raw.get("metric", ()), *[""] * 5)[:5]
    texts = {
        key: str(raw[key]) for key in raw if key in data["columns"] and isinstance(raw[key], str)
    }
    if name:
        space = "" if unit in {"%", "건", ""} else " "
        shown = {"before": before, "after": after, "target": target}
        texts |= {key: f"{value}{space}{unit}" for key, value in shown.items() if value != ""}
        texts["metric"] = name
    days = [day for day in (raw.get("start"), raw.get("end")) if day]
    if days:
        texts |= _dates(data["dates"], *days)
    typed = dict.fromkeys(texts, raw["typed"])
    for day, names in raw.get("late", {}).items():
        typed |= dict.fromkeys((n for n in names if n in texts), date.fromisoformat(day))
    metric = {
        "name": name,
        "unit": unit,
        "before": None if before == "" else before,
        "after": None if after == "" else after,
        "target": None if target == "" else target,
    }
    fixes = tuple((date.fromisoformat(day), what, text) for day, what, text in raw.get("fix", ()))
    return TypedNote(
        raw["id"],
        raw.get("start"),
        raw.get("end"),
        {k: v for k, v in texts.items() if v},
        {k: v for k, v in typed.items() if texts.get(k)},
        fixes,
        metric if name else {},
        tuple(raw.get("counts", ())),
        raw.get("gone"),
    )


def _dates(habit: str, start: date, end: date | None = None) -> dict[str, str]:
    if habit == "two":
        return {"start": start.isoformat(), "end": end.isoformat() if end else ""}
    if habit == "range":
        days = [f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]})" for day in (start, end) if day]
        return {"period": "~".join(days)}
    last = f"~{end.month}.{end.day}" if end and end != start else ""
    return {"period": f"{start.year}.{start.month}.{start.day}{last}"}


def write_files(team: TeamLog, folder: Path, day: date) -> None:
    """Write a team's files as they stood at the end of a day."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_log(team, folder / team.log_file, day)
    data = team.data
    if "metrics" in data:
        _write_csv(folder / data["metrics"]["file"], _metric_rows(data["metrics"], day))
    for name in ("funnel", "actions", "plan", "feedback"):
        if name in data:
            table = data[name]
            rows = [row for row in table["rows"] if row_day(table, row[0]) <= day]
            _write_csv(folder / table["file"], [table["header"], *rows])


def readable(team: TeamLog, day: date) -> bool:
    """Tell whether the log's file could be opened that day.

    It is damaged from a Friday to a Tuesday (`unreadable`), or from one day to before another
    (`damaged`).
    """
    for week in team.data.get("unreadable", ()):
        friday = monday_of(week) + timedelta(days=FRIDAY - 1)
        if friday <= day < friday + timedelta(days=4):
            return False
    return not _within(team, "damaged", day)


def legible(team: TeamLog, day: date) -> bool:
    """Tell whether the log could be opened and understood that day."""
    return readable(team, day) and not lost(team, day)


def lost(team: TeamLog, day: date) -> bool:
    """Tell whether the file held nothing that anybody could understand that day."""
    return readable(team, day) and _within(team, "lost", day)


def scribbled(team: TeamLog, day: date) -> bool:
    """Tell whether a tab beside the log, or all of it, could not be understood that day."""
    return readable(team, day) and (_within(team, "scribbled", day) or lost(team, day))


def _within(team: TeamLog, name: str, day: date) -> bool:
    return any(since <= day < until for since, until in team.data.get(name, ()))


def row_day(table: Mapping[str, Any], week: str) -> date:
    """Return the day on which a row of a table was typed: its own, else the Friday of its week."""
    if "-W" not in week:
        return date.fromisoformat(week)
    typed = table.get("typed", {}).get(week) or table.get("late", {}).get(week)
    return typed or monday_of(week) + timedelta(days=FRIDAY - 1)


def metric_day(team: TeamLog, week: str) -> date:
    """Return the day on which a week's numbers were typed."""
    return row_day(team.data["metrics"], week)


def _metric_rows(table: Mapping[str, Any], day: date) -> list[list[Any]]:
    rows: list[list[Any]] = [table["header"]]
    for at, week in enumerate(table["weeks"]):
        if row_day(table, week) > day:
            continue
        if table["form"] == "wide":
            rows.append([week, *(one["values"][at] for one in table["series"])])
        else:
            rows += [
                [week, one["name"], one["values"][at], one["unit"], one["target"], one["role"],
                 one["rank"], one.get("judge_from", "")]
                for one in table["series"]
            ]  # fmt: skip
    return rows


def _write_csv(path: Path, rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def _write_log(team: TeamLog, path: Path, day: date) -> None:
    if not readable(team, day):
        path.unlink(missing_ok=True)
        return
    notes = [note for note in team.notes if note.stands(day)]
    if team.data.get("reversed_from", date.max) <= day:
        notes.reverse()
    columns = team.data["columns"]
    rows = [(note, [note.at(name, day) for name in columns]) for note in notes]
    if lost(team, day):
        rows = []
    if path.suffix == ".csv":
        _write_csv(path, [columns.values(), *(cells for _, cells in rows)])
        return
    book = Workbook()
    book.remove(book.worksheets[0])
    if scribbled(team, day):
        wall = book.create_sheet("Wall")
        for line in team.data["wall"]:
            wall.append(line)
    for note, cells in rows:
        tab = f"{note.start:%Y}년 {note.start.month}월" if note.start else "기타"
        if tab not in book.sheetnames:
            sheet = book.create_sheet(tab)
            sheet.append([f"{tab} 실험 기록"])
            sheet.append([])
            sheet.append(list(columns.values()))
        book[tab].append([cell or None for cell in cells])
    book.save(path)
