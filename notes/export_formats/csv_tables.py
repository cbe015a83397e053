"""Export as four CSV tables: notes, their history, their numbers, and problems.

UTF-8 with a byte order mark, CRLF between rows, line breaks kept in a cell, commas between cells.
Numbers are numbers, days and instants ISO texts, several names in one cell are parted by "; ". No
cell is a formula (`guard`).
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from notes.messages.problems import reason_of
from notes.model.notes import Language, Place, Problem
from notes.model.periods import Week

from .formula_guard import guard_formula
from .metric_records import MEMBERS, measures
from .record import Record, text_value

Cell = str | int | float | bool | None
Values = Mapping[str, Any]

MARK = "\ufeff"
"""Tells Excel that the text is UTF-8."""

_PLACE = ("tab", "row", "col", "file", "page_id", "property")
_TEXTS = (
    *(
        "key",
        "title",
        "goal",
        "hypothesis",
        "execution",
        "retrospective",
        "outcome",
        "start_date",
        "end_date",
        "week",
    ),
    *("owners", "people"),
)
_METRIC = ("before", "after", "target", "unit", "lower_is_better")
_MORE = (
    *(
        "success_factors",
        "failure_factors",
        "learned",
        "applied_to",
        "next_action",
        "next_kind",
        "flow",
        "tags",
    ),
    *("links", "more_metrics", "details", "needs"),
)
_OUTLINE = ("version", "first_seen", "changed", "gone")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "notes": (
        *(
            "id",
            "team",
            "source",
            "kind",
            *_PLACE[:-1],
            "url",
            *_TEXTS,
            "metric",
            *_METRIC,
            *_MORE,
            *_OUTLINE,
            "sure",
        ),
    ),
    "history": ("note", "version", "at", "event", "field", "before", "after", "run"),
    "metrics": MEMBERS,
    "problems": ("source", "team", *_PLACE, "code", "value", "reason", "first_seen", "url"),
}
"""The tables and their columns, by the stable names of the fields."""


def heading(table: str, word: Callable[[str], str]) -> str:
    """Return the header row of a table; `word` gives the label of a column."""
    return MARK + _line([word(name) for name in COLUMNS[table]])


def rows(records: Iterable[Record], language: Language) -> Iterator[tuple[str, str]]:
    """Yield each row with the name of its table, as the records come.

    `language` is that of reasons.
    """
    for kind, values in records:
        if kind == "note":
            yield "notes", _line(_note(values))
            yield "history", _line(_first_version(values))
            for measure in measures(values):
                yield "metrics", _line([_told(measure.get(name)) for name in MEMBERS])
        elif kind == "version":
            for cells in _version(values):
                yield "history", _line(cells)
        elif kind == "problem":
            yield "problems", _line(_problem(values, language))


def _line(cells: Iterable[Cell]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(
        [guard_formula(cell) if isinstance(cell, str) else cell for cell in cells]
    )
    return _printable(line.getvalue())


def _printable(text: str) -> str:
    """Return the text with unpaired surrogates and NUL replaced, for other programs."""
    return text.encode(errors="replace").decode().replace("\0", "\ufffd")


def _note(values: Values) -> Iterator[Cell]:
    fields, place = values["fields"], values["place"]
    metric = fields.get("metric") or {}
    for name in ("id", "team", "source", "kind"):
        yield values[name]
    for name in _PLACE[:-1]:
        yield place.get(name)
    yield values["url"]
    for name in _TEXTS:
        yield _week(fields) if name == "week" else _told(fields.get(name))
    yield metric.get("name")
    for name in _METRIC:
        yield _told(metric.get(name))
    for name in _MORE:
        yield _told(fields.get(name))
    for name in _OUTLINE:
        yield _told(values[name])
    yield _told(values["link"] is None)


def _week(fields: Values) -> str:
    """Return the note's stated week, else the week of its start."""
    stated, start = text_value(fields, "week"), text_value(fields, "start_date")
    return stated or (str(Week.containing(date.fromisoformat(start))) if start else "")


def _first_version(values: Values) -> list[Cell]:
    return [values["id"], 1, values["first_seen"], "new", None, None, None, values["first_run"]]


def _version(values: Values) -> Iterator[list[Cell]]:
    """Yield one row for each change; an event without changes has one row."""
    whose = [values["note"], values["version"], values["at"], values["event"]]
    for change in values["changes"] or [[None, None, None]]:
        yield [*whose, *change, values["run"]]


def _problem(values: Values, language: Language) -> Iterator[Cell]:
    problem = values["problem"]
    place = problem["place"]
    yield values["source"]
    yield values["team"]
    for name in _PLACE:
        yield place.get(name)
    yield problem["code"]
    yield problem.get("value")
    facts = tuple((name, fact) for name, fact in problem.get("facts", ()))
    yield reason_of(Problem(Place(), problem["code"], problem.get("value", ""), facts), language)
    yield values["first_seen"]
    yield problem.get("url")


def _told(value: Any) -> Cell:
    """Return a value as one cell.

    A whole number without a point, several as a list, a record by its members.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, int):
        return value
    if isinstance(value, dict):
        return " · ".join(f"{name} {_told(part)}" for name, part in value.items() if name != "is")
    between = "/" if all(isinstance(part, int) for part in value) else "; "
    return between.join(str(_told(part)) for part in value)
