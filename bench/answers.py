"""Readings as an answer file: one JSON object a line, as the score of the example logs wants it."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.notion_answers import decode_page_set
from notes.model.notes import Metric, Note, Place, Problem
from sync.contents.pages import PageSet
from sync.contents.workbook import Workbook
from sync.files.text_tables.csv_files import read_csv
from sync.files.xlsx import read_xlsx
from sync.parse_result import ParseOptions, ParseResult
from sync.parsing.logs.content import parse_content

_KINDS = {
    "plan": "plan_card",
    "metric": "series",
    "funnel": "funnel",
    "action": "summary",
    "feedback": "summary",
}


def open_log(path: Path) -> Workbook | PageSet:
    """Return what a file holds.

    .xlsx, .csv, or the .json of a recorded Notion query (its neighbours beside it).
    """
    if path.suffix == ".json":
        return _pages(path)
    if path.suffix == ".csv":
        return read_csv(path.read_bytes(), path.name, path.stem)
    return read_xlsx(path.read_bytes(), path.stem, lambda _tab: True)


def _pages(path: Path) -> PageSet:
    def beside(ending: str) -> Any:
        file = path.with_name(f"{path.stem}.{ending}.json")
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None

    results = list(json.loads(path.read_text(encoding="utf-8"))["results"])
    number = 1
    while (more := beside(f"next{number}")) is not None:
        results.extend(more["results"])
        number += 1
    return decode_page_set(beside("data_source") or {}, results, beside("blocks") or {})


def answer(path: Path, options: ParseOptions | None = None) -> list[dict[str, Any]]:
    """Return the answer lines for one log."""
    return list(lines(parse_content(open_log(path), options or ParseOptions())))


def lines(readings: Iterable[ParseResult]) -> Iterator[dict[str, Any]]:
    """Give one object a note, one a problem."""
    for reading in readings:
        for entry in reading.entries:
            yield _note(entry.note)
        for problem in reading.problems:
            yield _problem(problem)


def _note(note: Note) -> dict[str, Any]:
    if note.kind != "experiment":
        return {"kind": _KINDS[note.kind], "source_ref": _reference(note.place)}
    return {
        "source_ref": _reference(note.place),
        "title": note.title or None,
        **{
            name: getattr(note, name) or None
            for name in ("goal", "hypothesis", "execution", "retrospective")
        },
        "outcome": note.outcome,
        "start_date": note.start_date and str(note.start_date),
        "end_date": note.end_date and str(note.end_date),
        "week": note.week or None,
        "owners": list(note.owners),
        "people": list(note.people),
        "metric": _metric(note.metric),
        **{name: getattr(note, name) or None for name in ("learned", "applied_to", "next_action")},
        "next_kind": note.next_kind,
        "tags": list(note.tags),
    }


def _metric(metric: Metric | None) -> dict[str, Any] | None:
    if metric is None:
        return None
    return {
        "name": metric.name or None,
        "before": metric.before,
        "after": metric.after,
        "target": metric.target,
        "unit": metric.unit or None,
        "lower_is_better": metric.lower_is_better,
        "kind": "comparison" if metric.comparison else "change",
    }


def _reference(place: Place) -> dict[str, Any]:
    if place.page_id:
        return {
            "page_id": place.page_id,
            **({"property": place.property} if place.property else {}),
        }
    return {"tab": place.tab, "row": place.row, **({"col": place.col} if place.col else {})}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "kind": "problem",
        "source_ref": _reference(problem.place),
        "reason": f"{problem.code} {problem.value}",
    }
