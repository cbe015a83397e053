"""How a log lies on its tabs: rows of cells, merges, hidden lines, and where each trial went."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from bench.corpus.model import Log, Trial, cell, day_text, key_of, trials


@dataclass
class Tab:
    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    formats: dict[tuple[int, int], str] = field(default_factory=dict)

    def add(self, *cells: Any) -> int:
        self.rows.append(list(cells))
        return len(self.rows)


@dataclass
class Built:
    tabs: list[Tab]
    notes: list[dict[str, Any]]
    problems: list[dict[str, Any]] = field(default_factory=list)
    neutral: list[dict[str, Any]] = field(default_factory=list)


def build(log: Log) -> Built:
    """Return the tabs of the log and the notes that a careful reader makes of them."""
    built = LAYOUTS[log.layout](log)
    for row in log.below:
        built.tabs[0].add(*row)
    for name, rows, hidden in log.extra.get("more_tabs", []):
        built.tabs.append(Tab(name, [list(row) for row in rows], hidden=hidden))
    return built


def _note(
    log: Log, trial: Trial, tab: Tab, row: int, roles: set[str], **over: Any
) -> dict[str, Any]:
    return {
        "id": f"{log.name}-{row}",
        "source_ref": {"tab": tab.name, "row": row, "row_end": row},
        **key_of(trial, roles, log),
        **over,
    }


def _roles(log: Log) -> set[str]:
    return {role for role, _ in log.columns}


def _top(log: Log, tab: Tab) -> None:
    for line in log.above:
        tab.add(*(line if isinstance(line, list) else [line] if line else []))


def _trapped(
    log: Log, built: Built, tab: Tab, row: int, place: int, cells: list[Any], note: dict[str, Any]
) -> None:
    for at, role, value, fields, kind in log.traps:
        if at != place:
            continue
        column = [name for name, _ in log.columns].index(role)
        cells[column] = value
        accept = fields.pop("accept", {}) if "accept" in fields else {}
        note.update(fields)
        for name in fields:
            note["accept"].pop(name, None)
        note["accept"].update(accept)
        if kind == "error_value" and note["metric"]:
            note["metric"] = {**note["metric"], role: None}
            note["accept"]["metric"] = [{**one, role: None} for one in note["accept"]["metric"]]
        if kind:
            reference = {"tab": tab.name, "row": row, "col": chr(65 + column)}
            built.problems.append(
                {"source_ref": reference, "kind": kind, "reason": kind, "required": True}
            )


def _body(
    log: Log,
    tab: Tab,
    built: Built,
    chosen: list[Trial],
    *,
    blank: Set[str] = frozenset(),
    start: int = 0,
    **over: Any,
) -> None:
    for place, trial in enumerate(chosen, start):
        cells = [
            None if role in blank else cell(trial, role, log, place) for role, _ in log.columns
        ]
        note = _note(log, trial, tab, len(tab.rows) + 1, _roles(log), **over)
        _trapped(log, built, tab, len(tab.rows) + 1, place, cells, note)
        built.notes.append(note)
        tab.add(*cells)


def plain(log: Log) -> Built:
    tab = Tab(log.tab or "Sheet1")
    built = Built([tab], [])
    _top(log, tab)
    tab.add(*(head for _, head in log.columns))
    if example := log.extra.get("example"):
        tab.add(*example)
    _body(log, tab, built, trials(log.domain))
    if total := log.extra.get("total"):
        tab.add(*total)
    if log.extra.get("copy_last"):
        tab.add(*tab.rows[-1])
        built.problems.append(
            {
                "source_ref": {"tab": tab.name, "row": len(tab.rows)},
                "kind": "duplicate_row",
                "reason": "x",
                "required": True,
            }
        )
        built.neutral.append({"tab": tab.name, "rows": [len(tab.rows), len(tab.rows)]})
    return built


def two_row(log: Log) -> Built:
    """A group line above the header, merged over its columns.

    Extra["groups"] is [(text, width)].
    """
    tab = Tab(log.tab or "Log")
    built = Built([tab], [])
    _top(log, tab)
    line: list[Any] = []
    for text, width in log.extra["groups"]:
        if text and width > 1:
            tab.merges.append(
                (len(tab.rows) + 1, len(line) + 1, len(tab.rows) + 1, len(line) + width)
            )
        line += [text] + [None] * (width - 1)
    tab.add(*line)
    tab.add(*(head for _, head in log.columns))
    _body(log, tab, built, trials(log.domain))
    return built


def goal_merged(log: Log) -> Built:
    tab = Tab(log.tab or "실험")
    built = Built([tab], [])
    _top(log, tab)
    tab.add(*(head for _, head in log.columns))
    column = [role for role, _ in log.columns].index("goal")
    place = 0
    for _, group in groupby(
        sorted(trials(log.domain), key=lambda one: one.goal), key=lambda one: one.goal
    ):
        members = list(group)
        top = len(tab.rows) + 1
        _body(log, tab, built, members, start=place)
        place += len(members)
        for row in range(top + 1, len(tab.rows) + 1):
            tab.rows[row - 1][column] = None
        if len(members) > 1 and log.extra.get("merge", True):
            tab.merges.append((top, column + 1, len(tab.rows), column + 1))
    return built


def goal_sections(log: Log) -> Built:
    tab = Tab(log.tab or "log")
    built = Built([tab], [])
    _top(log, tab)
    tab.add(*(head for _, head in log.columns))
    place = 0
    for goal, group in groupby(
        sorted(trials(log.domain), key=lambda one: one.goal), key=lambda one: one.goal
    ):
        tab.add(log.extra["section"].format(goal))
        members = list(group)
        _body(log, tab, built, members, start=place, goal=goal)
        place += len(members)
    for note in built.notes:
        note["accept"]["goal"] = [None]
    return built


def _monday_of(trial: Trial) -> date:
    assert trial.start, trial.title
    return trial.start - timedelta(days=trial.start.weekday())


def week_labels(log: Log) -> Built:
    """A line names the week of the rows below it; the rows themselves have no date."""
    tab = Tab(log.tab or "주간")
    built = Built([tab], [])
    _top(log, tab)
    tab.add(*(head for _, head in log.columns))
    place = 0
    for monday, group in groupby(trials(log.domain), key=_monday_of):
        sunday, friday = monday + timedelta(days=6), monday + timedelta(days=4)
        week = "{}-W{:02d}".format(*monday.isocalendar()[:2])
        thursday = monday + timedelta(days=3)
        words = {
            "month_week": f"{thursday.month}월 {(thursday.day - 1) // 7 + 1}주차",
            "week": f"Week {monday.isocalendar().week}",
            "range": f"Week {monday.isocalendar().week} ({monday.month}/{monday.day}–{friday.month}/{friday.day})",
            "range_ko": f"{thursday.month}월 {(thursday.day - 1) // 7 + 1}주 ({monday.month}/{monday.day}~{friday.month}/{friday.day})",
        }
        tab.add(log.extra.get("mark", "") + words[log.extra["week_style"]])
        stated = log.extra["week_style"].startswith("range")
        members = list(group)
        _body(
            log, tab, built, members, start=place, week=week,
            start_date=monday.isoformat() if stated else None, end_date=friday.isoformat() if stated else None,
        )  # fmt: skip
        place += len(members)
        for note in built.notes[-len(members) :]:
            note["accept"] |= {
                "start_date": [None, monday.isoformat()], "end_date": [None, friday.isoformat(), sunday.isoformat()],
            }  # fmt: skip
    return built


def month_tabs(log: Log) -> Built:
    built = Built([], [])
    for month, group in groupby(trials(log.domain), key=lambda one: one.start.month):
        tab = Tab(
            log.extra["month_name"].format(
                month=month,
                name=[
                    "Jan",
                    "Feb",
                    "Mar",
                    "Apr",
                    "May",
                    "Jun",
                    "Jul",
                    "Aug",
                    "Sep",
                    "Oct",
                    "Nov",
                    "Dec",
                ][month - 1],
            )
        )
        built.tabs.append(tab)
        _top(log, tab)
        tab.add(*(head for _, head in log.columns))
        _body(log, tab, built, list(group))
    return built


def person_tabs(log: Log) -> Built:
    built = Built([], [])
    for person, group in groupby(
        sorted(trials(log.domain), key=lambda one: one.owners[0]), key=lambda one: one.owners[0]
    ):
        tab = Tab(person)
        built.tabs.append(tab)
        _top(log, tab)
        tab.add(*(head for _, head in log.columns))
        _body(log, tab, built, list(group), owners=[person])
    for note in built.notes:
        note["accept"]["owners"] = [[]]
    return built


def transposed(log: Log) -> Built:
    tab = Tab(log.tab or "가로")
    built = Built([tab], [])
    _top(log, tab)
    chosen = trials(log.domain)
    first = len(tab.rows) + 1
    for role, head in log.columns:
        tab.add(head, *(cell(trial, role, log, place) for place, trial in enumerate(chosen)))
    for place, trial in enumerate(chosen):
        column = chr(66 + place)
        note = _note(log, trial, tab, first, _roles(log))
        note["source_ref"] = {
            "tab": tab.name,
            "row": first,
            "row_end": len(tab.rows),
            "col": column,
        }
        built.notes.append(note)
    return built


def cards(log: Log) -> Built:
    tab = Tab(log.tab or "카드")
    built = Built([tab], [])
    _top(log, tab)
    for place, trial in enumerate(trials(log.domain)):
        top = len(tab.rows) + 1
        for role, head in log.columns:
            tab.add(head, cell(trial, role, log, place))
        note = _note(log, trial, tab, top, _roles(log))
        note["source_ref"]["row_end"] = len(tab.rows)
        built.notes.append(note)
        tab.add()
    return built


def backlog(log: Log) -> Built:
    """The log, and below it on the same tab a table of what is to come.

    Extra["plan"] is (headers, rows as fields).
    """
    built = plain(log)
    tab = built.tabs[0]
    tab.add()
    title, heads, rows = log.extra["plan"]
    tab.add(title)
    tab.add(*heads)
    for cells, fields in rows:
        row = tab.add(*cells)
        note: dict[str, Any] = dict.fromkeys(key_of(trials(log.domain)[0], set(), log))
        note.update(
            owners=[],
            people=[],
            tags=[],
            outcome="planned",
            accept={"outcome": [None], "next_kind": ["start", None]},
            may_include={},
            optional={},
        )
        note.update(fields)
        built.notes.append(
            {
                "id": f"{log.name}-{row}",
                "source_ref": {"tab": tab.name, "row": row, "row_end": row},
                **note,
            }
        )
    return built


def dated_sections(log: Log) -> Built:
    """Month lines between the rows, the header repeated under each, days without a month."""
    tab = Tab(log.tab or "기록")
    built = Built([tab], [])
    _top(log, tab)
    place = 0
    for month, group in groupby(
        trials(log.domain), key=lambda one: (one.start.year, one.start.month)
    ):
        tab.add(log.extra["month_line"].format(year=month[0], month=month[1]))
        tab.add(*(head for _, head in log.columns))
        members = list(group)
        _body(log, tab, built, members, start=place)
        place += len(members)
        tab.add("────────")
    return built


LAYOUTS = {
    "plain": plain, "two_row": two_row, "goal_merged": goal_merged, "goal_sections": goal_sections, "week_labels": week_labels,
    "month_tabs": month_tabs, "person_tabs": person_tabs, "transposed": transposed, "cards": cards, "backlog": backlog,
    "dated_sections": dated_sections,
}  # fmt: skip

__all__ = ["LAYOUTS", "Built", "Tab", "build", "day_text"]
